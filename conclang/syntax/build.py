"""From reductions to nodes: the builder has one method per rule that makes something.

A method gets the number of the rule's first token, the offset at which its last one ends, and the
children that matter. Children are nodes, Python lists (for lists of the grammar), None for an
optional part left out, and for a word the number of its token. The methods are grouped by file:
expressions, statements, declarations and expectations; this file has what all of them use.

Slips that still read as a sentence (`shared x` without a value, `assert(e, "msg")`) are reported by
the method concerned, which then makes the node that was meant.
"""

from __future__ import annotations

from collections.abc import Callable
from itertools import count

from conclang.diagnostics.diagnostic import Bag, Diagnostic
from conclang.diagnostics.source import Span
from conclang.syntax import nodes
from conclang.syntax.lexicon import Lexicon, lexicon
from conclang.syntax.tokens import Tokens

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any

Kids = list["Any"]


class BuilderBase:
    """The state of building one tree, and small helpers."""

    def __init__(self, bag: Bag, tokens: Tokens) -> None:
        self.bag = bag
        self.text = bag.source.text
        self.words: Lexicon = lexicon()
        self.new_id = count().__next__
        self.say: Callable[[Diagnostic], bool] = bag.add  # recovery puts its own in here
        self.title_node: nodes.StringLiteral | None = None
        self.meant: dict[int, str] = {}  # offset of a misspelt word → the word meant
        self.lost_names: dict[int, tuple[int, ...]] = {}  # ERR token → tokens of names skipped
        self.depths: dict[int, int] = {}  # node → length of the longest chain below it, if any
        self._functions: frozenset[str] | None = None
        self._whole = tokens
        self.take(tokens)

    def take(self, tokens: Tokens) -> None:
        """Read from these tokens from now on."""
        self.tokens = tokens
        self.kinds = tokens.kinds
        self.starts = tokens.starts
        self.ends = tokens.ends

    def span(self, first: int, end: int) -> Span:
        return Span(self.starts[first], end)

    def token_span(self, token: int) -> Span:
        return Span(self.starts[token], self.ends[token])

    def word(self, token: int) -> str:
        """The text of a token."""
        return self.text[self.starts[token] : self.ends[token]]

    def keyword(self, token: int) -> str:
        """The word of the language a token was read as, however it was written."""
        return self.words.spelling[self.kinds[token]]

    def meaning(self, token: int) -> str:
        """The text of a word of an `expect` line, spelt right."""
        return self.meant.get(self.starts[token]) or self.word(token)

    def name(self, token: int) -> nodes.Name:
        return nodes.Name(self.new_id(), self.token_span(token), self.word(token))

    def report(self, code: str, span: Span, message: str, **more: str) -> None:
        helps = (more["help"],) if "help" in more else ()
        self.say(Diagnostic(code, message, span, label=more.get("label", ""), helps=helps))

    def deeper(self, *below: nodes.Node) -> int:
        """One more than the depth of the nodes below."""
        depths = self.depths
        return 1 + max([depths.get(node.id, 0) for node in below])

    @property
    def functions(self) -> frozenset[str]:
        """The names of all functions of the file, to tell `wait(x)` from a call of one's own."""
        if self._functions is None:
            fn, tokens = self.words.number["FN"], self._whole
            after = [i + 1 for i, kind in enumerate(tokens.kinds[:-1]) if kind == fn]
            self._functions = frozenset(self.text[tokens.starts[i] : tokens.ends[i]] for i in after)
        return self._functions

    # ------------------------------------------------------------------ lists

    def first(self, first: int, end: int, kids: Kids) -> list[Any]:
        return kids

    def more(self, first: int, end: int, kids: Kids) -> list[Any]:
        items: list[Any] = kids[0]
        items.append(kids[1])
        return items

    def grow(self, first: int, end: int, kids: Kids) -> list[Any]:
        """A list that starts empty; what made no node (a title) is left out."""
        if not kids:
            return []
        items: list[Any] = kids[0]
        if kids[1] is not None:
            items.append(kids[1])
        return items

    declarations = statements = settings = select_arms = grow

    # ------------------------------------------------------------ small parts

    def new_name(self, first: int, end: int, kids: Kids) -> nodes.Name:
        return self.name(kids[0])

    def only_word(self, first: int, end: int, kids: Kids) -> str:
        return self.words.spelling[self.kinds[first]]

    side = object_kind = assign_operator = compare_operator = only_word

    def block(self, first: int, end: int, kids: Kids) -> nodes.Block:
        statements, last = kids
        if last is not None:
            statements.append(last)
        return nodes.Block(self.new_id(), Span(self.starts[first], end), tuple(statements))
