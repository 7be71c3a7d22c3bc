"""Random scenarios of threads that use their index, most of them alike for all members.

Most statements treat all members alike: an array at one's own or a neighbour's position, a cell
that says whose turn it is. Now and then one of the *traps* is drawn, which tells members apart.
"""

from __future__ import annotations

from random import Random

ARRAYS = ("a", "b")
TRAPS = (
    "x += i",
    "a[0] = 1",
    "if i < turn { x += 1 }",
    "x = turn",
    "for k in 0..N { x += a[k] }",
    "a[i] = i",
    "if i == 0 { x += 1 }",
    'assert a[i] < 2, "{i} has {a[i]}"',
    "ch <- i",
    "if turn == 1 { x += 1 }",
    "if i + 1 < N { a[i + 1] = 1 }",
    "acquire m[0]\nrelease m[0]",
    "spawn helper(i)",
    "turn = 0",
)
HARMLESS = ('print "{i} is here"', "work i", "if turn == -1 { x += 1 }")


class Draft:
    """What is known while a program is written."""

    def __init__(self, seed: int, traps: bool) -> None:
        self.random = Random(seed)
        self.size = self.random.choice([2, 2, 3, 3, 4])
        self.first = self.random.choice([0, 0, 0, 1])
        self.ring = self.random.random() < 0.4
        self.trap = traps and self.random.random() < 0.35
        self.fresh = 0

    def member(self) -> str:
        """An expression that is the index of a member, from 0 on."""
        mine = "i" if self.first == 0 else "(i - 1)"
        if self.size == 2 and self.random.random() < 0.3:
            return f"1 - {mine}"
        if self.ring and self.random.random() < 0.5:
            by = self.random.choice([1, 1, self.size - 1])
            return f"({mine} + {by}) % N"
        return mine

    def statement(self, depth: int) -> list[str]:
        r = self.random
        if self.trap and r.random() < 0.3:
            return r.choice(TRAPS).split("\n")
        makers = [
            self.memory,
            self.memory,
            self.memory,
            self.turn,
            self.turn,
            self.lock,
            self.event,
        ]
        if depth < 2:
            makers += [self.test, self.held, self.loop]
        return r.choice(makers)(depth)

    def memory(self, depth: int) -> list[str]:
        r, array = self.random, self.random.choice(ARRAYS)
        return [
            r.choice(
                [
                    f"{array}[{self.member()}] = {r.randint(0, 1)}",
                    f"{array}[{self.member()}] += 1",
                    f"{array}[{self.member()}] = {array}[{self.member()}] + 1",
                    "x += 1",
                    f"x += a[{self.member()}]",
                    f"own[{self.member()}] = turn",
                    f"own[{self.member()}] = {self.member()}",
                    f"note({self.member()})",
                    *HARMLESS,
                ]
            )
        ]

    def turn(self, depth: int) -> list[str]:
        self.fresh += 1
        return self.random.choice(
            [
                [f"turn = {self.member()}"],
                ["turn = -1"],
                [f"turn = own[{self.member()}]"],
                [f"if turn.cas(-1, {self.member()}) {{ x += 1 }}"],
                [f"let v{self.fresh} = turn", f"if v{self.fresh} != -1 {{ a[v{self.fresh}] = 1 }}"],
                [f"let v{self.fresh} = turn.swap({self.member()})"],
                [f"let j{self.fresh} = {self.member()}", f"a[j{self.fresh}] += 1"],
            ]
        )

    def lock(self, depth: int) -> list[str]:
        r, who = self.random, self.member()
        return r.choice(
            [
                [f"acquire m[{who}]", *self.memory(depth), f"release m[{who}]"],
                [f"lock m[{who}] {{ x += 1 }}"],
                [f"acquire s[{who}]"],
                [f"release s[{who}]"],
                ["lock g { x += 1 }"],
                ["lock g { if turn == -1 { wait c[" + who + "] } }"],
                ["lock g { signal c[" + who + "] }"],
                [f"if try_acquire m[{who}] {{ x += 1\n  release m[{who}] }}"],
            ]
        )

    def event(self, depth: int) -> list[str]:
        return [f"{self.random.choice(['signal', 'signal', 'wait', 'reset'])} e[{self.member()}]"]

    def test(self, depth: int) -> list[str]:
        condition = self.random.choice(
            [
                f"a[{self.member()}] == {self.random.randint(0, 1)}",
                f"turn == {self.member()}",
                f"turn != {self.member()}",
                f"own[{self.member()}] == {self.member()}",
                "turn == -1",
                "x < 2",
            ]
        )
        return [f"if {condition} {{", *self.block(1, depth + 1), "}"]

    def held(self, depth: int) -> list[str]:
        return [f"lock m[{self.member()}] {{", *self.block(1, depth + 1), "}"]

    def loop(self, depth: int) -> list[str]:
        if self.random.random() < 0.3:
            return ["atomic {", *self.memory(depth), "}"]
        if self.random.random() < 0.3:
            return ["section cs {", *self.block(1, depth + 1), "}"]
        return ["repeat 2 {", *self.block(1, depth + 1), "}"]

    def block(self, count: int, depth: int) -> list[str]:
        return [line for _ in range(count) for line in self.statement(depth)]


def program(seed: int, traps: bool = True, endless: bool = False) -> str:
    """A scenario of two to four members, sometimes with somebody else beside them."""
    d = Draft(seed, traps)
    r, size = d.random, d.size
    objects = [
        f"const N = {size}",
        "shared x = 0",
        *(f"shared {array}[N] = 0" for array in ARRAYS),
        f"shared own[N] = {r.choice([-1, -1, -1, 7])}",
        "atomic turn = -1",
        "lock g\nlock m[N]\ncondition c[N]\nevent e[N]",
        f"semaphore s[N]({r.randint(0, 2)})",
        "channel ch(9)",
        "fn helper(v) { x += v }",
        "fn note(k) { b[k] += 1 }",
    ]
    body = d.block(r.randint(1, 4 if size == 2 else 3 if size == 3 else 2), 0)
    if endless:
        first = r.choice(["wait e", "acquire s", "acquire m", "acquire s"])
        body = [f"{first}[{d.member()}]", "loop {", *body, "if x > 1 { x = 0 }", "}"]
    text = [*objects, f"thread w[i in {d.first}..{d.first + size}] {{", *body, "}"]
    if r.random() < 0.25:
        other = r.choice(
            ["x += 1", "turn = -1", "lock g { x = 3 }", "a[0] = 2", "if turn == 0 { x = 9 }"]
        )
        text.append(f"thread other {{ {other} }}")
    if r.random() < 0.1:
        text.append("thread v[j in 0..N] { a[j] += 1 }")
    return "\n".join([*text, *_lines(d, any("section" in line for line in text)), ""])


def _lines(d: Draft, section: bool) -> list[str]:
    r = d.random
    lines = [
        f"expect {r.choice(['always', 'never', 'reachable', 'finally', 'possible'])} x "
        f"{r.choice(['<', '==', '!='])} {r.randint(0, 3)}"
    ]
    if r.random() < 0.3:
        lines.append(f"expect {r.choice(['finally', 'possible'])} a[0] == {r.randint(0, 1)}")
    if r.random() < 0.1:
        lines.append("expect always a[1] < 2")
    if r.random() < 0.1:
        lines.append(f"expect {r.choice(['reachable', 'never'])} turn == 1")
    if r.random() < 0.2:
        lines.append("expect outcomes (a[0], turn) == {(0, -1), (1, 0)}")
    if section:
        lines.append("expect at most 1 in cs")
    return lines
