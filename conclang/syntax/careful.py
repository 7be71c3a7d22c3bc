"""Reading again, one token at a time, after the quick loop met a mistake.

LALR reduces before it notices that a token does not fit, which spoils both the stack and the set of
what would have fitted. So here every token is first tried on state numbers alone (`fits`) and fed
only if it will be shifted. The stack is thus always the one on which the mistake was made, and can
be cut back to an earlier moment: `anchors` remembers where each statement began.
"""

from __future__ import annotations

from typing import Any

from conclang.record import record
from conclang.syntax.build_expressions import ExpressionBuilder
from conclang.syntax.driver import Prepared
from conclang.syntax.lexicon import lexicon
from conclang.syntax.table import Table
from conclang.syntax.tokens import Tokens


@record
class Anchor:
    """The beginning of a statement, declaration, arm or setting."""

    token: int
    depth: int  # length of the stack before its first token
    context: str  # one of CONTEXTS


# What a list consists of → the nonterminal that a state inside such a list can go on with.
CONTEXTS = {
    "statement": "line_statement",
    "declaration": "line_declaration",
    "arm": "select_arm",
    "setting": "setting",
}


class Careful:
    """A stack that tokens are fed to one by one, and questions about it."""

    def __init__(
        self,
        builder: ExpressionBuilder,
        table: Table,
        rules: dict[int, Prepared],
        tokens: Tokens,
        start: str,
    ) -> None:
        self.builder = builder
        self.table = table
        self.rules = rules
        self.tokens = tokens
        self.words = lexicon()
        self.kinds = tokens.kinds
        self.starts = tokens.starts
        self.ends = tokens.ends
        self.text = builder.text
        first, self.last_state = table.starts[start]
        self.states: list[int] = [first]
        self.values: list[Any] = [None]
        self.firsts: list[int] = [0]
        self.at = 0
        self.anchors: list[Anchor] = []
        self.opened: list[tuple[int, int]] = []  # open braces: (token, depth of the stack)
        made = {name: number for number, name in enumerate(table.nonterminals)}
        self._lists = {made[symbol]: name for name, symbol in CONTEXTS.items()}

    # -------------------------------------------------------------- questions

    def fits(self, kinds: list[int], depth: int | None = None) -> bool:
        """Would these tokens be shifted one after another, on the stack cut to `depth`?"""
        states, actions, gotos = self.states, self.table.actions, self.table.gotos
        base = len(states) if depth is None else depth
        extra: list[int] = []
        for kind in kinds:
            while True:
                state = extra[-1] if extra else states[base - 1]
                action = actions[state].get(kind)
                if action is None:
                    return kind == self.words.end and state == self.last_state
                if action >= 0:
                    extra.append(action)
                    break
                made, length, _, _ = self.rules[~action]
                inner = min(length, len(extra))
                if inner:
                    del extra[-inner:]
                base -= length - inner
                below = extra[-1] if extra else states[base - 1]
                extra.append(gotos[below][made])
        return True

    def fitting(self) -> frozenset[int]:
        """All kinds of token that would be shifted now."""
        names = self.table.terminals
        return frozenset(kind for kind in range(len(names)) if self.fits([kind]))

    def anchor(self) -> Anchor | None:
        """The beginning of what is being read."""
        return self.anchors[-1] if self.anchors else None

    def context(self) -> str:
        """What the token at hand would begin if it began something; "" in the middle."""
        for made in self.table.gotos[self._settled()]:
            if made in self._lists:
                return self._lists[made]
        return ""

    def _settled(self) -> int:
        """The state after the reductions that an ERR would cause, if it fits; else the top."""
        states, base = self.states, len(self.states)
        extra: list[int] = []
        while True:
            state = extra[-1] if extra else states[base - 1]
            action = self.table.actions[state].get(self.words.error)
            if action is None or action >= 0:
                return state
            made, length, _, _ = self.rules[~action]
            inner = min(length, len(extra))
            if inner:
                del extra[-inner:]
            base -= length - inner
            extra.append(self.table.gotos[extra[-1] if extra else states[base - 1]][made])

    # ------------------------------------------------------------------ deeds

    def feed(self) -> bool:
        """Shift the token at hand, which fits; True if it was the end and all is read."""
        at = self.at
        kind = self.kinds[at]
        self._reduce(kind)
        state = self.states[-1]
        if kind == self.words.end:
            return True
        self._remember(state, at)
        self.states.append(self.table.actions[state][kind])
        self.values.append(at)
        self.firsts.append(at)
        self.at = at + 1
        if kind == self.words.lbrace:
            self.opened.append((at, len(self.states)))
        elif kind == self.words.rbrace and self.opened:
            opener, _ = self.opened.pop()
            while self.anchors and self.anchors[-1].token > opener:
                self.anchors.pop()
        return False

    def _reduce(self, kind: int) -> None:
        """All reductions before a token of this kind can be shifted."""
        states, values, firsts = self.states, self.values, self.firsts
        while (action := self.table.actions[states[-1]].get(kind)) is not None and action < 0:
            made, length, kept, function = self.rules[~action]
            if function is not None:
                self._apply(length, kept, function)
            else:
                states.pop()
            states.append(self.table.gotos[states[-1]][made])
        assert len(states) == len(values) == len(firsts)

    def _apply(self, length: int, kept: tuple[int, ...] | None, function: Any) -> None:
        cut = len(self.states) - length
        part = self.values[cut:]
        first = self.firsts[cut] if length else self.at
        del self.states[cut:], self.values[cut:], self.firsts[cut:]
        if kept is not None:
            part.append(None)
            part = [part[k] for k in kept]
        self.values.append(function(first, self.ends[self.at - 1], part))
        self.firsts.append(first)

    def _remember(self, state: int, at: int) -> None:
        depth = len(self.states)
        for made in self.table.gotos[state]:
            if made in self._lists:
                while self.anchors and self.anchors[-1].depth >= depth:
                    self.anchors.pop()
                self.anchors.append(Anchor(at, depth, self._lists[made]))
                return

    def cut(self, depth: int) -> None:
        """Forget everything above a depth of the stack."""
        del self.states[depth:], self.values[depth:], self.firsts[depth:]
        while self.anchors and self.anchors[-1].depth >= depth:
            self.anchors.pop()
        while self.opened and self.opened[-1][1] > depth:
            self.opened.pop()

    def back_to(self, anchor: Anchor) -> None:
        """Go back to the beginning of a statement, to read it again."""
        self.cut(anchor.depth)
        self.at = anchor.token

    def splice(self, first: int, stop: int, new: list[tuple[int, int, int]]) -> None:
        """Put other tokens (kind, start, end) in the place of some."""
        self.kinds[first:stop] = [kind for kind, _, _ in new]
        self.starts[first:stop] = [start for _, start, _ in new]
        self.ends[first:stop] = [end for _, _, end in new]
