"""Pictures of programs: their text for Graphviz, byte for byte, and what it says."""

from __future__ import annotations

import re

import pytest
from pictured import CONVERSATION, HOSTILE, RACE, compare, program_of

from conclang.ir.ops import OpKind
from conclang.render import dot
from conclang.render.code_dot import blocks_of, code_dot, held_at
from conclang.render.machine_dot import machine_dot
from conclang.render.touching import body_of, walk

SYSTEM = """
scenario "Two processes, a disk and a pipeline"
processor big { cores 4  scheduler cfs  switch_cost 1 }
processor little { cores 2  scheduler round_robin(quantum: 3) }
channel requests(4)
channel replies
device disk
semaphore slots(2)
runtime pool { workers 2  scheduler work_stealing }
fn handle(n) {
  acquire slots
  io 3 on disk
  release slots
  replies <- n
}
process web {
  shared total = 0
  lock m
  thread front with on big, priority 3 {
    for i in 0..3 { requests <- i
      lock m { total += 1 } }
    close requests
  }
  thread stats with pinned 1, on little, daemon { lock m { print "{total}" } }
}
process store {
  thread back[i in 0..2] { for r in requests { go handle(r) on pool } }
  thread sink { repeat 3 { let x = <-replies
    print "{x}" } }
}
"""

RING = """
lock fork[5]
thread p[i in 0..5] { lock fork[i] { lock fork[(i + 1) % 5] { work 1 } } }
"""

CROWD = """
shared total = 0
lock m
thread worker[i in 0..30] { lock m { total += 1 } }
"""


def labels(text: str) -> list[str]:
    return re.findall(r'label="([^"]*)"', text)


@pytest.mark.parametrize(("name", "text"), [("system", SYSTEM), ("ring", RING), ("crowd", CROWD)])
def test_machine_golden(name: str, text: str) -> None:
    compare(f"machine_{name}.dot", machine_dot(program_of(text)))


@pytest.mark.parametrize(("name", "text"), [("conversation", CONVERSATION), ("race", RACE)])
def test_code_golden(name: str, text: str) -> None:
    compare(f"code_{name}.dot", code_dot(program_of(text)))


def test_philosophers_touch_their_own_two_forks() -> None:
    program = program_of(RING)
    for number, thread in enumerate(program.threads):
        touches = body_of(program, thread.code, thread.arguments).touches
        taken = [t.numbers for t in touches if t.verb == "locks"]
        assert taken == [(number,), ((number + 1) % 5,)]


def test_unknown_index_touches_the_whole_array() -> None:
    program = program_of("shared a[3] = 0\nshared k = 1\nthread t { let i = k\n a[i] = 2 }")
    touches = body_of(program, program.threads[0].code, ()).touches
    written = [t.numbers for t in touches if t.verb == "writes"]
    assert len(written) == 1 and len(written[0]) == 3


def test_what_a_function_touches_is_the_callers() -> None:
    program = program_of("lock m\nfn f(n) { lock m { work n } }\nthread t { f(2) }")
    touches = body_of(program, program.threads[0].code, ()).touches
    assert [t.verb for t in touches] == ["locks"]


def test_recursion_ends() -> None:
    program = program_of(
        "shared x = 0\nfn f(n) { if n > 0 { f(n - 1) }\n x = n }\nthread t { f(9) }"
    )
    assert body_of(program, program.threads[0].code, ()).touches


def test_many_instances_are_one_node() -> None:
    found = labels(machine_dot(program_of(CROWD)))
    assert "worker[0..30]" in found and "worker[3]" not in found


def test_tasks_run_on_workers_and_workers_on_cores() -> None:
    made = machine_dot(
        program_of(
            "processor cpu { cores 4 }\nruntime pool { workers 10 }\nfn f() { work 1 }\n"
            "thread a { go f() on pool }"
        )
    )
    box = made[made.index("subgraph cluster_runtime0") : made.index("worker0_0 -> core0_0")]
    assert r'label="runtime pool\n10 workers\nwork_stealing"' in box
    assert labels(box)[1:] == [*(f"worker {n}" for n in range(8)), "and 2 more"]
    task = re.findall(r'(n\d+) \[label="f\(\)', made)[0]
    assert f'{task} -> worker0_0 [label="  runs on  " lhead=cluster_runtime0]' in made
    workers = next(line for line in made.splitlines() if "worker0_0 -> core0_0" in line)
    assert "lhead=cluster_processor0 ltail=cluster_runtime0" in workers


def test_tasks_stand_in_the_process_whose_function_they_run() -> None:
    text = "process web { fn f() { work 1 }\n thread s { go f() } }\nthread t { work 1 }"
    made = machine_dot(program_of(text))
    web = made[made.index('label="process web"') :]
    assert "web.f()" in web[: web.index("}")]


def test_locks_held_on_every_way() -> None:
    program = program_of(
        "shared x = 0\nlock m\nthread t { lock m { x = 1 }\n x = 2\n"
        "let ok = try_acquire m\n if ok { x = 3\n release m } }"
    )
    code = program.codes[program.threads[0].code]
    held = held_at(program, code, walk(program, program.threads[0].code, ()))
    writes = [pc for pc in range(code.entry, code.end) if program.ops[pc].kind.name == "WRITE"]
    assert [{name for _, name in held[pc]} for pc in writes] == [{"m"}, set(), {"m"}]


def test_a_semaphore_of_one_unit_is_held_like_a_lock() -> None:
    program = program_of(
        "semaphore mutex(1)\nsemaphore item(0)\nshared n = 0\n"
        "thread p { acquire item; acquire mutex; n = 1; release mutex; n = 2\n"
        "if try_acquire mutex { n = 3; release mutex } }"
    )
    code = program.codes[program.threads[0].code]
    held = held_at(program, code, walk(program, program.threads[0].code, ()))
    writes = [pc for pc in held if program.ops[pc].kind == OpKind.WRITE]
    names = [[name for _, name in held[pc]] for pc in sorted(writes)]
    assert names == [["mutex"], [], ["mutex"]]


def test_blocks_cover_the_code_once() -> None:
    for text in (SYSTEM, CONVERSATION, RACE):
        program = program_of(text)
        for code in program.codes:
            places = [pc for block in blocks_of(program, code) for pc in block]
            assert places == list(range(code.entry, code.end))


def test_hostile_title_stays_in_its_quotes() -> None:
    for made in (machine_dot(program_of(HOSTILE)), code_dot(program_of(HOSTILE))):
        head = next(line for line in made.splitlines() if "labelloc" in line)
        assert '\\"]; ;' in head
        assert "\u202e" not in made
        assert not any(line.startswith("<") for line in re.findall(r"label=(.)", made))


def test_backslashes_and_angle_brackets_are_text() -> None:
    graph = dot.digraph("<b>bold</b>")
    graph.node("a", dot.label("C:\\new", "<i>x</i>"))
    made = dot.source(graph)
    assert 'label="<b>bold</b>"' in made
    assert "C:\\\\new\\n<i>x</i>" in made


def test_without_dot_the_hint_says_what_to_do(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(dot, "program", lambda: None)
    with pytest.raises(dot.NoDot):
        dot.drawn("digraph {}", "svg", "t", "d")


def test_svg_of_a_graph_gets_title_and_description() -> None:
    made = dot._titled(
        '<?xml?>\n<!-- Generated by graphviz\n -->\n<svg width="1">x</svg>', "a<b", "c&d", ""
    )
    assert "<!-- Made by conclang -->" in made
    assert '<title id="title">a&lt;b</title>' in made and "<desc>c&amp;d</desc>" in made
