"""Scenarios whose pictures the tests look at, and how golden files are compared."""

from __future__ import annotations

import os
from pathlib import Path

from conclang.analyses.runner import Request, RunResult
from conclang.ir.program import Program
from conclang.pipeline import load_text
from conclang.render.timeline import Timeline
from conclang.views.runs import timeline_of

GOLDEN = Path(__file__).parents[2] / "golden"

CONVERSATION = """
scenario "A lock, a message, a signal <& more>"
processor cpu { cores 2  scheduler round_robin(quantum: 2)  switch_cost 1 }
shared count = 0
lock m
channel jobs(2)
event done
device disk
fn helper(n) { work n }
thread alice {
  repeat 2 { lock m { section crit { work 2
    count += 1 } } }
  jobs <- 5
  let t = spawn helper(3)
  join t
  signal done
}
thread bob with priority 2, arrival 3 {
  repeat 2 { lock m { count += 1 } }
  let x = <-jobs
  print "got {x}"
  io 4 on disk
  wait done
}
"""

DEADLOCK = """
scenario "AB-BA"
lock a
lock b
thread x { lock a { work 2
  lock b { work 1 } } }
thread y { lock b { work 2
  lock a { work 1 } } }
"""

AT_ONCE = """
scenario "Deadlock at tick 0"
processor cpu { cores 2  cost { sync 0 } }
lock a
lock b
thread x { acquire a
  acquire a }
thread y { acquire b
  acquire b }
"""

RACE = """
scenario "Two threads, one counter, no lock"
processor cpu { cores 2  scheduler round_robin(quantum: 2) }
shared count = 0
thread alice { repeat 2 { count += 1 } }
thread bob { repeat 2 { count += 1 } }
expect race on count
"""

HOSTILE = """
scenario "</svg><script>alert(1)</script> \\"]; ; \u202eesrever\u202c 日本語 🧵"
shared x = 0
thread a { work 1
  x = 1
  print "<b>&amp;\\n]]> \u202e 😀 \\"];" }
thread b { x = 2 }
"""


def program_of(text: str) -> Program:
    checked = load_text(text)
    assert checked.program is not None, [str(d.message) for d in checked.bag]
    return checked.program


def ran(text: str) -> tuple[RunResult, Timeline]:
    return timeline_of(program_of(text), Request())


def compare(name: str, made: str) -> None:
    """Against the file of that name; CONCLANG_GOLDEN=write writes it anew, to be looked at."""
    path = GOLDEN / name
    if os.environ.get("CONCLANG_GOLDEN") == "write":
        path.write_text(made, encoding="utf-8")
    assert made == path.read_text(encoding="utf-8")
