"""Random scenarios in which threads are started, by one or by several, the same for the same seed.

Those who are started have cells of their own, or share everything, or start others. Most often no
handle is kept; or all are, and whoever has them waits for all of them. Now and then one of the
*traps* is drawn: a handle that is passed on or compared, a result that is used, somebody nobody
waits for, something done before all were waited for.
"""

from __future__ import annotations

from random import Random

OBJECTS = (
    "shared x = 0",
    "shared own[4] = 0",
    "atomic n = 0",
    "lock m",
    "semaphore s(1)",
    "event e",
    "channel ch(2)",
)
TRAPS = (
    "x = join h0",
    "if h0 == h0 { x += 1 }",
    "spawn job(4)",
    "let late = spawn job(1)\njoin late",
    "join h0\nx += 1",
    'print "{h0}"',
    "if n == 1 { join h0 }",
    "let again = h0\njoin again",
    "wait e",
    "ch <- 1",
    "join h0\nassert n < 2",
)


class Draft:
    """What is known while a program is written."""

    def __init__(self, seed: int) -> None:
        self.random = Random(seed)
        self.keeps = self.random.random() < 0.6
        self.traps = self.random.random() < 0.35

    def text(self) -> str:
        r = self.random
        self.alike = r.random() < 0.5
        self.nested = not self.keeps and r.random() < 0.25
        parts = [*OBJECTS, f"fn touch(k) {{\n{self.indented(self.work(1))}\n}}", self.job()]
        if self.nested:
            parts.append(f"fn more(k) {{\n  spawn job(k)\n{self.indented(self.work(1))}\n}}")
        makers = r.choice([1, 1, 1, 2])
        parts += [self.maker(f"maker{number}") for number in range(makers)]
        if r.random() < 0.4:
            parts.append(f"thread other {{\n{self.indented(self.work(r.randint(1, 2), '1'))}\n}}")
        parts += r.sample(["expect finally x >= 0", "expect always n <= 3", "expect no race"], 1)
        return "\n".join(parts) + "\n"

    def job(self) -> str:
        lines = self.work(self.random.randint(1, 2))
        lines += ["touch(k)"] * (self.random.random() < 0.4)
        if self.random.random() < 0.3:
            lines.append("return k")
        return f"fn job(k) {{\n{self.indented(lines)}\n}}"

    def work(self, count: int, k: str = "k") -> list[str]:
        """What somebody does who was given k."""
        r, own = self.random, f"own[min(max({k}, 0), 3)]"
        choices = (
            f"{own} += 1",
            f"{own} = {own} + 1",
            "x += 1",
            f"x = {k}",
            f"lock m {{ x += {k} }}",
            f"lock m {{ {own} += 1 }}",
            "acquire s\nn += 1\nrelease s",
            "n += 1",
            f"if {k} == 1 {{ x = 2 }}",
            f"repeat 2 {{ {own} += 1 }}",
        )
        rare = (f"ch <- {k}", "wait e", "set e", "assert x < 4", "acquire m")
        found = [r.choice(choices) for _ in range(count)]
        if r.random() < 0.15:
            found.append(r.choice(rare))
        return found

    def maker(self, name: str) -> str:
        r = self.random
        lines = self.kept() if self.keeps else self.dropped()
        if self.traps:
            at = r.randint(0, len(lines))
            trap = r.choice(TRAPS)
            if "h0" in trap and not any(line.startswith("let h0") for line in lines[:at]):
                lines.insert(0, "let h0 = spawn job(0)")
                at += 1
            lines.insert(at, trap)
        if r.random() < 0.5:
            lines.append(r.choice(["x += 1", "n += 1", "own[0] += x", "assert n < 9"]))
        return f"thread {name} {{\n{self.indented(lines)}\n}}"

    def argument(self, number: int) -> int:
        return 1 if self.alike else number

    def dropped(self) -> list[str]:
        r, what = self.random, "more" if self.nested else "job"
        count = r.randint(2, 2 if self.nested else 3)
        given = "1" if self.alike else "j"
        if r.random() < 0.5:
            return [f"for j in 0..{count} {{ spawn {what}({given}) }}"]
        return [f"spawn {what}({self.argument(number)})" for number in range(count)]

    def kept(self) -> list[str]:
        r = self.random
        count = r.randint(2, 3)
        lines = [f"let h{number} = spawn job({self.argument(number)})" for number in range(count)]
        if r.random() < 0.3:
            lines.append("x += 1")
        order = list(range(count))
        r.shuffle(order)
        how = r.randrange(3)
        if how == 0:
            names = ", ".join(f"h{number}" for number in order)
            return [*lines, f"for h in [{names}] {{ join h }}"]
        if how == 1:
            names = ", ".join(f"h{number}" for number in order)
            return [*lines, f"let hs = [{names}]", f"for j in 0..{count} {{ join hs[j] }}"]
        return [*lines, *(f"join h{number}" for number in order)]

    def indented(self, lines: list[str]) -> str:
        return "\n".join(f"  {line}" for text in lines for line in text.split("\n"))


def program(seed: int) -> str:
    """The text of a scenario."""
    return Draft(seed).text()
