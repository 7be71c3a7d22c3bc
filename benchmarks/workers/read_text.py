"""Text → checked program, and Lark alone over the same text. Arguments: repetitions, files….

Lark gets the same grammar, its LALR parser and its basic lexer, a layout that only filters and
inserts separators, and rule callbacks that do nothing: it says yes or no and builds no tree. Both
are warm, and take turns. Processor time is measured: nothing here waits, and other work on the
machine would be counted otherwise.
"""

from __future__ import annotations

import gc
import json
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any


class LeanLayout:
    """Separators and the words of `expect` lines, one token at a time, for well-formed text."""

    def __init__(self) -> None:
        from conclang.syntax.lark_build import BETWEEN

        self.always_accept = BETWEEN

    def process(self, stream: Iterator[Any]) -> Iterator[Any]:
        from lark import Token

        from conclang.syntax.lark_reference import PlainLayout

        depth, ended, last = 0, False, ""
        line: list[Any] | None = None
        retagged = PlainLayout()._retagged
        for token in stream:
            kind = token.type
            if kind in ("NEWLINE", "SEMICOLON"):
                ended = True
                continue
            if ended:
                ended = False
                ends = depth == 0 and last and last not in ("COMMA", "LBRACE")
                if ends and kind not in ("RBRACE", "ELSE", "LBRACE"):
                    if line:
                        yield from retagged(line)
                        line = None
                    yield Token.new_borrow_pos("_SEP", "", token)
            if kind in ("LPAR", "LSQB"):
                depth += 1
            elif kind in ("RPAR", "RSQB"):
                depth -= 1
            last = kind
            if kind == "EXPECT":
                line = [token]
            elif line is not None:
                line.append(token)
            else:
                yield token
        if line:
            yield from retagged(line)


def lark_alone() -> Callable[[str], None]:
    from conclang.syntax.grammar import grammar_text
    from conclang.syntax.lark_build import lark_parser

    lark = lark_parser(grammar_text(), layout=LeanLayout())
    callbacks = lark.parser.parser.parser.callbacks
    for rule in list(callbacks):
        callbacks[rule] = _nothing
    return lambda text: lark.parse(text, start="scenario") and None


def _nothing(children: list[Any]) -> None:
    return None


def conclang_text() -> Callable[[str], None]:
    from conclang import pipeline

    def read(text: str) -> None:
        checked = pipeline.load_text(text)
        if checked.program is None:
            raise SystemExit(f"the generated file has mistakes: {checked.bag.errors[:3]}")

    return read


def main() -> None:
    repetitions, *files = sys.argv[1:]
    ways = {"conclang": conclang_text(), "lark": lark_alone()}
    found: dict[str, dict[str, list[float]]] = {}
    for name in files:
        text = Path(name).read_text("utf-8")
        times = found[name] = {way: [] for way in ways}
        for _ in range(int(repetitions)):
            for way, read in ways.items():
                gc.collect()
                start = time.process_time()
                read(text)
                times[way].append(time.process_time() - start)
    print(json.dumps(found))


main()
