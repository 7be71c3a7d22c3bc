"""Small random scenarios, the same for the same seed.

A program is drawn in two strokes: a few *themes* decide which objects exist, then every thread
gets a handful of statements over them. Programs are small on purpose (the oracle visits every
state); mistakes such as releasing a lock not held are drawn now and then, because what a checker
says about them has to agree too.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from random import Random

THEMES = (
    "cells array atomic lock recursive rwlock semaphore condition barrier event channel select "
    "spawn go async choose function block section loop try print assert"
).split()


@dataclass
class Draft:
    """What is known while a program is written."""

    random: Random
    themes: set[str]
    budget: int
    declarations: list[str] = field(default_factory=list)
    functions: list[str] = field(default_factory=list)
    locals: list[str] = field(default_factory=list)
    handles: list[tuple[str, str]] = field(default_factory=list)
    fresh: int = 0
    holding: int = 0
    in_task: bool = False
    in_function: bool = False

    def name(self, stem: str) -> str:
        self.fresh += 1
        return f"{stem}{self.fresh}"

    def chance(self, percent: int) -> bool:
        return self.random.randrange(100) < percent


def program(seed: int, themes: set[str] | None = None) -> str:
    """A scenario of two or three threads over two to four themes."""
    random = Random(seed)
    chosen = themes or {"cells", *random.sample(THEMES, random.randint(1, 4))}
    draft = Draft(random, set(chosen), random.randint(5, 9))
    _objects(draft)
    threads = _threads(draft)
    text = "\n".join([*draft.declarations, *draft.functions, *threads])
    return "\n".join([text, *_expectations(draft, "section cs" in text), ""])


def _expectations(d: Draft, section: bool) -> list[str]:
    r = d.random
    test = f"{r.choice(['x', 'y', 'x + y'])} {r.choice(['<', '==', '!='])} {r.randint(0, 3)}"
    lines = [f"expect {r.choice(['always', 'never', 'reachable', 'finally', 'possible'])} {test}"]
    if section:
        lines.append("expect at most 1 in cs")
    return lines


def _objects(d: Draft) -> None:
    r = d.random
    add = d.declarations.append
    add(f"shared x = {r.randint(0, 1)}")
    if d.chance(50):
        add("shared y = 0")
    else:
        add("atomic y = 0")
    lines = {
        "array": "shared a[2] = 0",
        "atomic": "atomic n = 0",
        "lock": r.choice(["lock m", "lock m\nlock k", "lock ms[2]"]),
        "recursive": "lock again with recursive",
        "rwlock": r.choice(["rwlock t", "rwlock t with prefer_writers"]),
        "semaphore": f"semaphore s({r.randint(0, 2)})",
        "condition": "lock cm\ncondition c" + r.choice(["", "", " with hoare", " with spurious"]),
        "barrier": "barrier b(2)",
        "event": "event e",
        "channel": r.choice(["channel ch", "channel ch(1)", "channel ch(2)"]),
        "select": r.choice(
            ["channel p\nchannel q", "channel p(1)\nchannel q", "channel p(1)\nchannel q(1)"]
        ),
        "go": r.choice(["", "runtime pool { workers 1 }", "runtime pool { workers 2 }"]),
    }
    for theme in THEMES:
        if theme in d.themes and lines.get(theme):
            add(lines[theme])
    if "function" in d.themes:
        d.functions.append("fn twice(v) {\n  if v > 2 { return v }\n  x += 1\n  return v * 2\n}")
    for verb in ("spawn", "go", "async"):
        if verb in d.themes:
            _function(d, verb)


def _function(d: Draft, verb: str) -> None:
    d.in_task, d.in_function = verb != "spawn", True
    d.locals = ["v"]
    body = _block(d, d.random.randint(1, 2), 1)
    if verb == "async" or (verb == "go" and d.chance(40)):
        body.insert(d.random.choice([0, len(body)]), "sleep 1")
    if verb != "spawn" and d.chance(20):
        body = ["work 1"]
    d.functions.append(f"fn {verb}_task(v) {{\n{_indent(body)}\n  return v + 1\n}}")
    d.in_task = d.in_function = False


def _threads(d: Draft) -> list[str]:
    r = d.random
    count = r.choice([2, 2, 2, 3])
    if count == 2 and d.chance(25):
        d.locals = ["i"]
        body = _block(d, r.randint(1, 3), 0)
        return [f"thread w[i in 0..2] {{\n{_indent(body)}\n}}"]
    threads = []
    for number in range(count):
        d.locals, d.handles = [], []
        body = _block(d, r.randint(1, 3 if count == 3 else 4), 0)
        if number == 0:
            body += _makers(d)
        daemon = " with daemon" if d.chance(5) else ""
        threads.append(f"thread t{number}{daemon} {{\n{_indent(body)}\n}}")
    return threads


def _makers(d: Draft) -> list[str]:
    """Make sure that functions meant for threads and tasks are used."""
    lines = []
    for verb in ("spawn", "go", "async"):
        if verb in d.themes and not any(v == verb for v, _ in d.handles):
            lines += _spawn(d, verb)
    for verb, handle in d.handles:
        if d.chance(70):
            how = "await" if verb != "spawn" or d.chance(40) else "join"
            how = "join" if verb == "go" and d.chance(30) else how
            lines.append(f"{how} {handle}" if d.chance(60) else f"x = {how} {handle}")
    return lines


def _indent(lines: list[str]) -> str:
    return "\n".join("  " + part for line in lines for part in line.split("\n"))


def _block(d: Draft, count: int, depth: int) -> list[str]:
    kept = len(d.locals)
    lines: list[str] = []
    for _ in range(count):
        if d.budget <= 0 and lines:
            break
        d.budget -= 1
        lines += _statement(d, depth)
    del d.locals[kept:]
    return lines


def _statement(d: Draft, depth: int) -> list[str]:
    makers: list[Callable[[], list[str]]] = [lambda: _memory(d), lambda: _memory(d)]
    for theme, maker in SIMPLE.items():
        if theme in d.themes:
            makers += [lambda maker=maker: maker(d)] * 3
    if depth < 2:
        for theme, nested in NESTED.items():
            if theme in d.themes:
                makers += [lambda nested=nested: nested(d, depth)] * 2
        makers.append(lambda: _if(d, depth))
    return d.random.choice(makers)()


# ---------------------------------------------------------------- expressions


def _value(d: Draft, depth: int = 0) -> str:
    r = d.random
    atoms = [str(r.randint(0, 3)), "x", "y", *d.locals]
    if "array" in d.themes:
        atoms.append(f"a[{_index(d)}]")
    if "choose" in d.themes:
        atoms.append(r.choice(["choose(0, 1)", "choose(0..2)", "choose(2, 3)"]))
    if depth == 0 and d.chance(35):
        operator = r.choice(["+", "-", "*"] + (["/", "%"] if d.chance(20) else []))
        # A division by a literal zero may be refused before anything runs.
        right = _value(d, 1) if operator in "+-*" else r.choice(["x", "y", "2", "3"])
        return f"{_value(d, 1)} {operator} {right}"
    if "function" in d.themes and not d.in_function and d.chance(20):
        return f"twice({r.choice(atoms)})"
    return r.choice(atoms)


def _index(d: Draft) -> str:
    if "i" in d.locals:
        return d.random.choice(["i", "1 - i", "0"])
    return d.random.choice(["0", "1", "0", "1", "x"] if d.chance(30) else ["0", "1"])


def _test(d: Draft) -> str:
    r = d.random
    one = f"{_value(d, 1)} {r.choice(['==', '!=', '<', '>='])} {_value(d, 1)}"
    if d.chance(15):
        return f"{one} {r.choice(['and', 'or'])} {_value(d, 1)} > 0"
    if d.chance(8):
        return f"0 <= {_value(d, 1)} < {r.randint(1, 2)}"
    return one


# ----------------------------------------------------------------- statements


def _memory(d: Draft) -> list[str]:
    r = d.random
    targets = ["x", "x", "y"] + (["a[" + _index(d) + "]"] if "array" in d.themes else [])
    target = r.choice(targets)
    if d.chance(20):
        value = _value(d)
        local = d.name("v")
        d.locals.append(local)
        return [f"let {local} = {value}"]
    if d.chance(45):
        return [f"{target} {r.choice(['+=', '+=', '-='])} {_value(d, 1)}"]
    return [f"{target} = {_value(d)}"]


def _atomic(d: Draft) -> list[str]:
    r = d.random
    if d.chance(50):
        return [f"n.{r.choice(['add(1)', 'swap(2)', 'add(x)'])}"]
    if d.chance(50):
        local = d.name("v")
        call = r.choice(["n.add(1)", "n.swap(3)", "n"])
        d.locals.append(local)
        return [f"let {local} = {call}"]
    return [f"if n.cas({r.randint(0, 1)}, {r.randint(1, 2)}) {{ x += 1 }}"]


def _lock_name(d: Draft) -> str:
    text = "\n".join(d.declarations)
    if "lock ms" in text:
        return f"ms[{_index(d)}]" if "i" in d.locals else d.random.choice(["ms[0]", "ms[1]"])
    return d.random.choice(["m", "k"]) if "lock k" in text else "m"


def _lock(d: Draft) -> list[str]:
    lock = _lock_name(d)
    if d.chance(8):
        return [d.random.choice([f"release {lock}", f"acquire {lock}"])]
    return [f"acquire {lock}", *_memory_in(d), f"release {lock}"]


def _memory_in(d: Draft) -> list[str]:
    kept = len(d.locals)
    lines = _memory(d) if d.chance(70) else []
    del d.locals[kept:]
    return lines


def _semaphore(d: Draft) -> list[str]:
    return [d.random.choice(["acquire s", "release s"])]


def _event(d: Draft) -> list[str]:
    return [d.random.choice(["signal e", "signal e", "wait e", "reset e"])]


def _barrier(d: Draft) -> list[str]:
    return ["wait b"]


def _condition(d: Draft) -> list[str]:
    r = d.random
    if d.chance(45):
        test = r.choice(["x == 0", "y < 1", "x < 2"])
        head = r.choice([f"while {test} {{ wait c }}", f"if {test} {{ wait c }}", "wait c"])
        return ["lock cm {", f"  {head}", *_indented(_memory_in(d)), "}"]
    if d.chance(6):
        return [r.choice(["wait c", "signal c", "broadcast c"])]
    wake = r.choice(["signal c", "signal c", "broadcast c"])
    return ["lock cm {", *_indented(_memory_in(d)), f"  {wake}", "}"]


def _indented(lines: list[str]) -> list[str]:
    return ["  " + line for line in lines]


def _channel(d: Draft) -> list[str]:
    r = d.random
    roll = r.randrange(100)
    if roll < 45:
        return [f"ch <- {_value(d, 1)}"]
    if roll < 80:
        return [r.choice(["x = <-ch", "<-ch", "y = <-ch"])]
    if roll < 86:
        a, b = d.name("v"), d.name("ok")
        return [f"let ({a}, {b}) = <-ch", f"if {b} {{ x = {a} }}"]
    if roll < 93:
        return ["close ch"]
    return ["for v in ch { x += v }"]


def _select(d: Draft) -> list[str]:
    r = d.random
    if d.chance(45):
        return [r.choice(["p <- 1", "q <- 2", "x = <-p", "x = <-q", "q <- x", "close q"])]
    arms = r.sample(
        [
            "case v = <-p { x = v }",
            "case v = <-q { y = v }",
            "case (v, ok) = <-q { if ok { x = v } }",
            "case <-p { }",
            "case p <- 3 { x = 3 }",
            "case q <- x { }",
        ],
        r.randint(1, 3),
    )
    arms += [["default { y = 5 }"], ["after 2 { y = 6 }"], [], []][r.randrange(4)]
    return ["select {", *_indented(arms), "}"]


def _spawn(d: Draft, verb: str) -> list[str]:
    on = " on pool" if verb == "go" and any("runtime" in t for t in d.declarations) else ""
    handle = d.name("h")
    d.handles.append((verb, handle))
    return [f"let {handle} = {verb} {verb}_task({d.random.randint(0, 2)}){on}"]


def _maker(verb: str) -> Callable[[Draft], list[str]]:
    def make(d: Draft) -> list[str]:
        if d.in_function or len(d.handles) >= 2:
            return _memory(d)
        on = " on pool" if verb == "go" and any("runtime" in t for t in d.declarations) else ""
        return [f"{verb} {verb}_task({d.random.randint(0, 2)}){on}"]

    return make


def _try(d: Draft) -> list[str]:
    if "lock" in d.themes:
        lock = _lock_name(d)
        return [f"if try_acquire {lock} {{ x += 1\n  release {lock} }} else {{ y = 2 }}"]
    if "semaphore" in d.themes:
        return ["if try_acquire s { x = 1 }"]
    if "rwlock" in d.themes:
        side = d.random.choice(["read", "write"])
        return [f"if try_acquire {side} t {{ x = 1\n  release {side} t }}"]
    return _memory(d)


def _print(d: Draft) -> list[str]:
    return [d.random.choice(["print 1", 'print "x = {x}"', "print y"])]


def _assert(d: Draft) -> list[str]:
    return [f"assert {_test(d)}"]


SIMPLE: dict[str, Callable[[Draft], list[str]]] = {
    "atomic": _atomic,
    "lock": _lock,
    "semaphore": _semaphore,
    "event": _event,
    "barrier": _barrier,
    "condition": _condition,
    "channel": _channel,
    "select": _select,
    "spawn": _maker("spawn"),
    "go": _maker("go"),
    "try": _try,
    "print": _print,
    "assert": _assert,
}


def _if(d: Draft, depth: int) -> list[str]:
    lines = [f"if {_test(d)} {{", *_indented(_lines(_block(d, 1, depth + 1)))]
    if d.chance(40):
        lines += ["} else {", *_indented(_lines(_block(d, 1, depth + 1)))]
    return [*lines, "}"]


def _lines(lines: list[str]) -> list[str]:
    return [part for line in lines for part in line.split("\n")]


def _wrapped(d: Draft, head: str, depth: int, count: int = 2) -> list[str]:
    body = _block(d, d.random.randint(1, count), depth + 1)
    return [f"{head} {{", *_indented(_lines(body)), "}"]


def _locked(d: Draft, depth: int) -> list[str]:
    return _wrapped(d, f"lock {_lock_name(d)}", depth)


def _recursive(d: Draft, depth: int) -> list[str]:
    if d.chance(50):
        return ["lock again {", "  lock again {", *_indented(_indented(_memory_in(d))), "  }", "}"]
    return _wrapped(d, "lock again", depth)


def _rwlock(d: Draft, depth: int) -> list[str]:
    return _wrapped(d, d.random.choice(["read t", "write t"]), depth)


def _atomic_block(d: Draft, depth: int) -> list[str]:
    lines = [line for _ in range(d.random.randint(1, 2)) for line in _memory_in(d)]
    if d.chance(30):
        lines.append(f"if {_test(d)} {{ y = 7 }}")
    if d.chance(6) and "semaphore" in d.themes:
        lines.append("acquire s")
    return ["atomic {", *_indented(lines), "}"]


def _section(d: Draft, depth: int) -> list[str]:
    return _wrapped(d, "section cs", depth)


def _loop(d: Draft, depth: int) -> list[str]:
    r = d.random
    roll = r.randrange(100)
    if roll < 45:
        return _wrapped(d, "repeat 2", depth, 1)
    if roll < 65:
        name = d.name("j")
        d.locals.append(name)
        lines = _wrapped(d, f"for {name} in 0..2", depth, 1)
        d.locals.remove(name)
        return lines
    if roll < 85:
        return _wrapped(d, f"while {r.choice(['x', 'y'])} < {r.randint(1, 2)}", depth, 1)
    body = _lines(_block(d, 1, depth + 1))
    return ["loop {", *_indented(body), f"  if {_test(d)} {{ break }}", "}"]


NESTED: dict[str, Callable[[Draft, int], list[str]]] = {
    "lock": _locked,
    "recursive": _recursive,
    "rwlock": _rwlock,
    "block": _atomic_block,
    "section": _section,
    "loop": _loop,
}
