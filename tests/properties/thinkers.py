"""Random scenarios in which threads think: most of their statements touch nothing but locals.

Locals are computed, tested, counted in loops, handed to functions and drawn with `choose`; now and
then an assertion or a division fails, or a loop never ends. In between there is a little of
everything that others can see.
"""

from __future__ import annotations

from random import Random

OBJECTS = """shared x = 0
shared y = 0
atomic n = 0
shared a[2] = 0
lock m
lock k
semaphore s(1)
condition c
event e
rwlock w{prefers}
channel q({room})
"""
FUNCTIONS = """fn twice(v) { return v * 2 }
fn least(v, u) {
  if v < u { return v }
  return u
}
fn down(v) {
  if v <= 0 { return 0 }
  let less = v - 1
  return down(less)
}
fn bump(v) {
  let more = v + 1
  x = more
  return more
}
fn helper(v) {
  let more = v + 1
  y += more
  let less = more - v
}
"""
SEEN = (
    "x = {l}",
    "x += {l}",
    "{l} = x",
    "{l} = y",
    "y = {l}",
    "y += 1",
    "n.add(1)",
    "{l} = n.add({l})",
    "{l} = n",
    "a[{i}] = {l}",
    "{l} = a[{i}]",
    "lock m {{ x += 1\n{l} = x }}",
    "lock k {{ {l} += 1\nlock m {{ y = {l} }} }}",
    "acquire s\n{l} = 1 - {l}\nrelease s",
    "lock m {{ let t = x\nif t < 1 {{ wait c }} }}",
    "lock m {{ x = 1\nsignal c }}",
    "signal e",
    "wait e",
    "read w {{ {l} = x }}",
    "write w {{ x = {l} }}",
    "q <- {l}",
    "{l} = <-q",
    "if try_acquire m {{ {l} += 1\nrelease m }}",
    "select {{ case v = <-q {{ {l} = v }} case q <- {l} {{ {l} = 2 }}{default} }}",
    "{l} = bump({l})",
    "section cs {{ {l} += 1\nx = {l} }}",
    "atomic {{ let t = x\nx = t + 1 }}",
    'print "{{{l}}}"',
    "spawn helper({l})",
)
UNSEEN = (
    "{l} = {v}",
    "{l} += 1",
    "{l} = {v} + {v}",
    "{l} = twice({l})",
    "{l} = least({l}, {v})",
    "{l} = down(2)",
    "{l} = choose(0, 1)",
    "{l} = choose(0..2)",
    "repeat 2 {{ {l} += 1 }}",
    "for t in 0..2 {{ {l} += t }}",
    "while {l} < 2 {{ {l} += 1 }}",
    "if {l} < {v} {{ {l} += 1 }} else {{ {l} = 0 }}",
    "if {l} == 1 and {v} < 2 {{ {l} = 2 }}",
    "work 1",
    "yield",
)
FAILING = (
    "assert {l} < 2",
    'assert {l} != 1, "x is {{x}}"',
    "{l} = 2 / {l}",
    "assert {l} < 5",
    "{l} = b[{l}]",
)
ENDLESS = (
    "while {l} == 1 {{ }}",
    "if {l} == 0 {{ loop {{ work 1 }} }}",
    "if {l} == 1 {{ loop {{ {l} += 1 }} }}",
    "while x == 0 {{ {l} = 1 - {l} }}",
    "if {l} == 1 {{ {l} = down({l}) }}",
)


class Draft:
    """What is known while a program is written."""

    def __init__(self, seed: int) -> None:
        self.random = Random(seed)
        self.fails = self.random.random() < 0.3
        self.endless = self.random.random() < 0.15
        self.default = self.random.random() < 0.2
        self.tasks = self.random.random() < 0.25

    def local(self) -> str:
        return self.random.choice(["p", "r"])

    def statement(self, depth: int) -> list[str]:
        r = self.random
        kind = r.random()
        if depth < 2 and kind < 0.2:
            head = r.choice(["if {l} < {v} {{", "repeat 2 {{", "while {l} < 1 {{", "if x < {l} {{"])
            rest = [f"{self.local()} += 1"] if "while" in head else []
            return [self.filled(head), *self.block(1, depth + 1), *rest, "}"]
        if self.fails and kind < 0.32:
            return self.filled(r.choice(FAILING)).split("\n")
        if self.endless and kind < 0.32:
            return self.filled(r.choice(ENDLESS)).split("\n")
        return self.filled(r.choice(UNSEEN if r.random() < 0.5 else SEEN)).split("\n")

    def filled(self, text: str) -> str:
        r = self.random
        default = " default { p = 3 }" if self.default else ""
        value = r.choice(["p", "r", "0", "1", "2"])
        return text.format(l=self.local(), v=value, i=r.choice(["0", "1"]), default=default)

    def block(self, count: int, depth: int) -> list[str]:
        return [line for _ in range(count) for line in self.statement(depth)]

    def body(self, count: int) -> str:
        lines = [f"let p = {self.random.randint(0, 1)}", "let r = 0", *self.block(count, 0)]
        if any("b[" in line for line in lines):
            lines.insert(0, "let b = [0, 1]")
        return "\n".join(lines)


def program(seed: int) -> str:
    """Two or three threads, sometimes alike, sometimes tasks."""
    d = Draft(seed)
    r = d.random
    prefers = r.choice(["", "", " with prefer_writers"])
    text = OBJECTS.format(prefers=prefers, room=r.randint(0, 1)) + FUNCTIONS
    if r.random() < 0.3:
        text += f"thread like[i in 0..2] {{\n{d.body(r.randint(1, 3))}\n}}\n"
    else:
        text += f"thread one {{\n{d.body(r.randint(2, 4))}\n}}\n"
        text += f"thread two {{\n{d.body(r.randint(1, 4))}\n}}\n"
    if d.tasks:
        text += f"runtime pool {{ workers 1 }}\nfn task(p) {{\nlet r = p\n{_rest(d)}\n}}\n"
        verb = r.choice(["go task({}) on pool", "go task({}) on pool", "async task({})"])
        again = r.choice(["", "let h = ", ""])
        text += f"thread maker {{\nlet g = 1\n{again}{verb.format('g')}\n{verb.format('0')}\n"
        text += ("await h\n" if again and r.random() < 0.5 else "") + "}\n"
    return "\n".join([text, *_lines(r, "section" in text), ""])


def _rest(d: Draft) -> str:
    lines = d.block(d.random.randint(1, 3), 0)
    return "\n".join(["let b = [0, 1]"] * any("b[" in line for line in lines) + lines)


def _lines(r: Random, section: bool) -> list[str]:
    test = f"{r.choice(['x', 'y', 'n', 'x + y'])} {r.choice(['<', '==', '!='])} {r.randint(0, 3)}"
    lines = [f"expect {r.choice(['always', 'never', 'reachable', 'finally', 'possible'])} {test}"]
    if section:
        lines.append("expect at most 1 in cs")
    lines += r.choice([[], [], ["expect eventually x > 0"], ["expect no livelock"]])
    lines += r.choice([[], [], ["expect no lost_update"], ["expect no atomicity"]])
    lines += r.choice([[], [], [], ["expect no starvation"], ["expect x == 1 leads to y == 1"]])
    return lines
