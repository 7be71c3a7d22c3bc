"""Random programs whose threads have things of their own, the same for the same seed.

Every thread has a cell, a lock and an element of an array, and works mostly with these. Now and
then it reaches for what is shared or for what belongs to another thread: at once, late, in a
function, through a computed index, or by a thread that it starts. So some steps can be taken alone
and others only seem to.
"""

from __future__ import annotations

from random import Random

OBJECTS = (
    "shared x = 0",
    "shared y = 0",
    "atomic n = 0",
    "shared own[4] = 0",
    "shared p0 = 0\nshared p1 = 0\nshared p2 = 0",
    "lock l0\nlock l1\nlock l2",
    "lock m",
)
EXTRAS = {
    "channel": "channel ch(2)\nchannel back(1)",
    "plain_channel": "channel meet",
    "semaphore": "semaphore s(1)\nsemaphore t(0)",
    "event": "event e",
    "condition": "lock cm\ncondition c",
    "rwlock": "rwlock w",
    "prefer": "rwlock w with prefer_writers",
    "barrier": "barrier b(2)",
    "function": "fn bump(k) {\n  own[k] += 1\n  return own[k]\n}",
    "spawn": "",
    "section": "",
    "assert": "",
    "fault": "",
    "choose": "",
    "print": "",
    "select": "channel sel(1)",
    "block": "",
    "endless": "",
}


class Writer:
    """Writes one program."""

    def __init__(self, seed: int, themes: set[str] | None) -> None:
        self.random = Random(seed)
        chosen = self.random.sample(sorted(EXTRAS), self.random.randint(0, 3))
        self.themes = set(chosen) if themes is None else themes
        if "prefer" in self.themes:
            self.themes.discard("rwlock")
        self.fresh = 0
        self.started: list[str] = []

    def text(self) -> str:
        r = self.random
        objects = [*OBJECTS, *(EXTRAS[theme] for theme in sorted(self.themes))]
        if r.randrange(4) == 0:
            count = r.randint(2, 3)
            threads = [self.body(f"thread q[i in 0..{count}]", "i")]
        else:
            count = r.choice([2, 2, 3])
            threads = [self.body(f"thread t{k}", str(k)) for k in range(count)]
        text = "\n".join([*objects, *self.started, *threads])
        return "\n".join([text, *self.expectations("section cs" in text), ""])

    def expectations(self, counted: bool) -> list[str]:
        r = self.random
        cell = r.choice(["x", "x", "p0", "own[1]", "y"])
        test = f"{cell} {r.choice(['<', '==', '!='])} {r.randint(0, 3)}"
        how = r.choice(["always", "never", "reachable", "finally", "possible"])
        lines = [f"expect {how} {test}"] if r.randrange(3) else []
        if counted:
            lines.append("expect at most 1 in cs")
        return lines

    def body(self, head: str, me: str) -> str:
        lines = self.block(me, self.random.randint(2, 4), 0)
        return f"{head} {{\n" + "\n".join("  " + line for line in lines) + "\n}"

    def block(self, me: str, count: int, depth: int) -> list[str]:
        return [line for _ in range(count) for line in self.statement(me, depth)]

    def statement(self, me: str, depth: int) -> list[str]:
        r = self.random
        roll = r.randrange(100)
        if roll < 48:
            return self.private(me, depth)
        if roll < 62 and depth < 2:
            return self.nested(me, depth)
        if roll < 84 and self.themes:
            return self.special(me, depth)
        return self.shared(me)

    def cell(self, me: str) -> str:
        if me == "i":
            return self.random.choice(["own[i]", "own[i]", "own[i + 1]"])
        return self.random.choice([f"p{me}", f"own[{me}]"])

    def private(self, me: str, depth: int) -> list[str]:
        r, cell = self.random, self.cell(me)
        plain = [f"{cell} = {r.randint(0, 2)}", f"{cell} += 1", f"{cell} = {self.cell(me)} + 1"]
        if depth == 0 and me != "i" and r.randrange(3) == 0:
            return [f"lock l{me} {{", *self.inside(me, depth), "}"]
        return [r.choice(plain)]

    def inside(self, me: str, depth: int) -> list[str]:
        return ["  " + line for line in self.block(me, self.random.randint(1, 2), depth + 1)]

    def nested(self, me: str, depth: int) -> list[str]:
        r = self.random
        heads = [
            "repeat 2 {",
            "repeat 2 {",
            "lock m {",
            f"if {self.cell(me)} < {r.randint(0, 2)} {{",
        ]
        if "endless" in self.themes:
            heads += [f"while {r.choice(['x', self.cell(me)])} < {r.randint(1, 2)} {{", "loop {"]
        if "section" in self.themes:
            heads += ["section cs {"]
        if "block" in self.themes:
            heads += ["atomic {"]
        head = r.choice(heads)
        if head == "atomic {":
            return [head, "  " + self.private(me, 9)[0], "}"]
        return [head, *self.inside(me, depth), "}"]

    def shared(self, me: str) -> list[str]:
        r = self.random
        other = str(r.randrange(3))
        return [
            r.choice(
                [
                    "x += 1",
                    "x = 1",
                    "y = x",
                    "y = 2",
                    "n.add(1)",
                    f"own[{other}] = 3",
                    f"x = own[{other}]",
                    f"y = p{other}",
                    f"p{other} = 5",
                    f"lock l{other} {{ x += 1 }}",
                    f"own[(x + {other}) % 4] = 1",
                ]
            )
        ]

    def special(self, me: str, depth: int) -> list[str]:
        r, cell = self.random, self.cell(me)
        theme = r.choice(sorted(self.themes))
        lines = {
            "channel": ["ch <- 1", "x = <-ch", "back <- 2", f"{cell} = <-back", "close ch"],
            "plain_channel": ["meet <- 1", f"{cell} = <-meet"],
            "semaphore": ["acquire s", "release s", "acquire t", "release t"],
            "event": ["wait e", "signal e", "signal e", "reset e"],
            "condition": ["lock cm { wait c }", "lock cm { signal c }", "lock cm { broadcast c }"],
            "rwlock": ["read w { y = x }", f"write w {{ {cell} = 1 }}"],
            "prefer": [
                "read w { y = x }",
                f"write w {{ {cell} = 1 }}",
                "lock m { write w { x = 1 } }",
            ],
            "barrier": ["wait b"],
            "function": [f"bump({me})", f"x = bump({r.randrange(3)})"],
            "assert": [f"assert {cell} < {r.randint(1, 3)}", f"assert x < {r.randint(1, 2)}"],
            "fault": [f"{cell} = 1 / {cell}", f"own[{cell} + 3] = 1", f"release l{r.randrange(3)}"],
            "choose": [f"{cell} = choose(0, 1)", "y = choose(0..3)"],
            "print": [f'print "{{{cell}}}"'],
        }
        if theme in lines:
            return [r.choice(lines[theme])]
        if theme == "spawn" and depth == 0 and len(self.started) < 2:
            return self.spawn(me)
        if theme == "select":
            arm = r.choice(["default { y = 1 }", "default { y = 1 }", "case sel <- 2 { }"])
            return ["select {", f"  case v = <-sel {{ {cell} = v }}", "  " + arm, "}"] + (
                ["sel <- 1"] if r.randrange(2) else []
            )
        return self.private(me, depth)

    def spawn(self, me: str) -> list[str]:
        name = f"child{len(self.started)}"
        self.started.append("")
        keep, self.themes = self.themes, self.themes - {"spawn"}
        lines = [line.replace("[i", "[v") for line in self.block("i", 2, 1)]
        self.themes = keep
        self.started[int(name[-1])] = f"fn {name}(v) {{\n" + "\n".join(lines) + "\n}"
        self.fresh += 1
        ends = [f"join h{self.fresh}"] if self.random.randrange(2) else []
        return [f"let h{self.fresh} = spawn {name}({me})", *self.private(me, 1), *ends]


def program(seed: int, themes: set[str] | None = None) -> str:
    """A scenario of two or three threads."""
    return Writer(seed, themes).text()
