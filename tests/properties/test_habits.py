"""What the compiled engine remembers of steps on channels, conditions, barriers, in blocks and so on.

The plain engine learns by watching what a step looks at, so the two do not share a mistake.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
from random import Random
from typing import Any

import pytest

from conclang import engine
from conclang.explore.checker import CheckOptions, check
from conclang.explore.driver import Limits, drive, open_search
from conclang.explore.reports import SearchOptions
from conclang.ir.program import Program
from conclang.machine.state import Machine
from conclang.pipeline import load_text

MOST_STATES = 4_000
HEAD = """
shared x = 0
shared y = 0
lock m
lock n
lock o
condition c
condition d
rwlock w
rwlock v
channel p({small})
channel q({large})
channel u
barrier b({parties})
semaphore s({small})
event e
"""
STATEMENTS = (
    "x += 1",
    "y = x",
    "p <- {value}",
    "p <- me + {value}",
    "q <- x * {value}",
    "q <- {value}",
    "select {{ case got = <-p {{ x = got }} }}",
    "select {{ case got = <-q {{ y = got }} case p <- 7 {{ }} }}",
    "section busy {{ q <- me }}",
    "section busy {{ acquire m\nrelease m }}",
    "acquire read w\nx += 1\nrelease read w",
    "acquire write w\ny += 1\nrelease write w",
    "acquire read w\nacquire write v\nrelease write v\nrelease read w",
    "if try_acquire write v {{ release write v }}",
    "if try_acquire m {{ acquire n\nrelease m\nx += 1\nrelease n }}",
    "acquire m\nacquire n\nrelease m\nacquire o\nrelease n\nrelease o",
    "acquire m\nif x < 2 {{ wait c }}\nrelease m",
    "acquire n\nacquire o\nwait d\nrelease o\nrelease n",
    "acquire n\nrelease n\nacquire m\nwait c\nx = 0\nrelease m",
    "acquire m\nx += 1\nsignal c\nrelease m",
    "acquire o\nbroadcast d\nrelease o",
    "section busy {{ signal c\nsignal d }}",
    "broadcast c",
    "u <- {value}",
    "u <- x + me\nx += 1",
    "if x < 9 {{ let got = <-u\nx = got }}",
    "if y < 9 {{ let got = <-u\nif got > 1 {{ section busy {{ y = got }} }} }}",
    "section busy {{ u <- me }}\nsection busy {{ wait b }}",
    "select {{ case u <- me {{ section busy {{ y = 3 }} }} case got = <-q {{ y = got }} }}",
    "select {{ case got = <-u {{ x = got }} case other = <-u {{ y = other }} }}",
    "select {{ case got = <-u {{ x = got }} default {{ y += 1 }} }}",
    "select {{ case got = <-p {{ x = got }} case u <- y {{ }} after 3 {{ x = 0 }} }}",
    "if x > 1 {{ close u }}",
    "wait b",
    "x += 1\nwait b\nif choose(true, false) {{ y = me }}",
    "if choose(true, false) {{ u <- x }}",
    "atomic {{ x += {value}\ny = x }}",
    "atomic {{ if x < y {{ x = y }} else {{ y += 1 }} }}\nx = 0",
    "atomic {{ release s\nsignal e }}",
    "atomic {{ if try_acquire s {{ section busy {{ x += me }} }} }}",
    "atomic {{ let mine = choose(1, 2)\nx = mine }}",
    "atomic {{ assert x < 100_000 }}\nwait e",
    "atomic {{ if try_acquire m {{ release m }} }}",
    "atomic {{ signal c\nx += 1 }}",
)
SCRIPT = """
import json, sys
from tests.properties.test_habits import answers
print(json.dumps({seed: answers(seed) for seed in map(int, sys.argv[1:])}))
"""


def body(r: Random) -> str:
    lines = "\n".join(
        r.choice(STATEMENTS).format(value=r.choice([1, 2, 100, 300, 70_000, -5]))
        for _ in range(r.randint(1, 4))
    )
    return f"repeat {r.randint(1, 3)} {{\n{lines}\n}}" if r.random() < 0.6 else lines


def scenario(seed: int) -> Program:
    r = Random(seed)
    large = r.choice([1, 3, 6, 12])
    text = HEAD.format(small=r.randint(0, 2), large=large, parties=r.randint(1, 3))
    for name in ("one", "two", "three")[: r.randint(2, 3)]:
        text += f"thread {name}[me in 0..{r.randint(1, 2)}] {{\n{body(r)}\n}}\n"
    text += "thread taker with daemon {\nfor got in q { y = got }\n}\n"
    if r.random() < 0.4:
        text += "thread other with daemon {\nfor got in u { x = got }\n}\n"
    text += "expect at most 1 in busy\n" if "busy" in text else ""
    loaded = load_text(text)
    assert loaded.program is not None, (text, [d.message for d in loaded.bag])
    return loaded.program


def answers(seed: int) -> list[Any]:
    """What a search without reductions and a check with all of them say, as plain data."""
    program = scenario(seed)
    search = open_search(Machine(program), SearchOptions(keep=seed % 2 == 0), 1)
    found = drive(search, Limits(states=MOST_STATES), None, None)
    reduced = check(program, CheckOptions(max_states=MOST_STATES, probe=1))
    told = [(finding.kind, finding.message, finding.schedule) for finding in reduced.findings]
    seen = sorted((report.kind, report.words, report.depth) for report in found.reports)
    return [search.states, found.transitions, seen, reduced.verdict, told, reduced.stats.states]


@pytest.mark.parametrize("block", range(2))
def test_both_engines_find_the_same(block: int) -> None:
    other = {**os.environ, "CONCLANG_PURE": "0" if engine.name() == "plain" else "1"}
    seeds = [str(seed) for seed in range(block * 50, block * 50 + 50)]
    command = [sys.executable, "-c", SCRIPT, *seeds]
    done = subprocess.run(command, env=other, capture_output=True, text=True, check=True)
    theirs = json.loads(done.stdout)
    for seed in seeds:
        assert json.loads(json.dumps(answers(int(seed)))) == theirs[seed], seed
