"""When things happen: costs, quanta, arrivals, preemption. All figures are worked out by hand."""

from __future__ import annotations

import pytest
from running import FREE, ONE, TWO, events, finishes, lines, program, run

from conclang.analyses.runner import Request, run_program
from conclang.testing import check_replay


def test_effects_are_at_the_end_of_their_ticks() -> None:
    """Two reads and a write at 1 each: the value is seen after tick 2, printed at 0 cost then."""
    result = run(ONE + "shared x = 5\nthread a { let y = x\n x = y + 1\n print now }")
    assert lines(result) == ["2 a: 2"]
    assert result.metrics.makespan == 2


def test_costs_come_from_the_table() -> None:
    head = "processor cpu { cores 1 scheduler fifo cost { read 2 write 3 sync 5 local 1 } }\n"
    text = head + 'shared x = 0\nlock m\nthread a { x += 1\n lock m { }\n print "end" }'
    # read 2, write 3 more, acquire 5, release 5, print 1
    assert lines(run(text)) == ["16 a: end"]


def test_a_long_work_is_one_event() -> None:
    found = events(ONE + "thread a { work 1000000000000 }")
    assert len(found) < 8
    assert found[-1].tick == 1_000_000_000_000


def test_a_work_that_ends_with_the_quantum_finishes() -> None:
    """a needs exactly its quantum: it ends at 2, b runs 2 to 4, a is not dispatched again."""
    result = run(ONE + "thread a { work 2\n print 1 }\nthread b { work 2 }", "round_robin(2)")
    assert finishes(result) == {"a": 2, "b": 4}
    assert result.metrics.switches == 1


def test_an_arrival_queues_before_the_one_whose_quantum_ends() -> None:
    """At 2 both happen: b arrives first, so a waits behind it: a 0-2, b 2-4, a 4-6."""
    text = ONE + "thread a { work 4 }\nthread b with arrival 2 { work 2 }"
    assert finishes(run(text, "round_robin(2)")) == {"a": 6, "b": 4}


def test_a_thread_alone_keeps_its_core() -> None:
    result = run(TWO + "thread a { work 10 }\nthread b { work 10 }", "round_robin(3)")
    assert (result.metrics.switches, result.metrics.migrations) == (0, 0)


def test_a_release_at_cost_zero_comes_before_the_arrival_of_that_moment() -> None:
    """L ends its section at 3 and releases at once; H arrives at 3 and finds the lock free."""
    head = f"processor cpu {{ cores 1 scheduler priority {FREE} }}\nlock m\n"
    text = head + (
        "thread L with priority 1 { lock m { work 3 }\n work 5 }\n"
        "thread H with priority 2, arrival 3 { lock m { work 1 } }"
    )
    result = run(text)
    assert finishes(result) == {"L": 9, "H": 4}
    assert result.metrics.thread("H").blocked == 0  # type: ignore[union-attr]


def test_an_equal_priority_does_not_preempt() -> None:
    text = ONE + (
        "thread a with priority 2 { work 4 }\n"
        "thread b with priority 2, arrival 1 { work 1 }\n"
        "thread c with priority 3, arrival 2 { work 1 }"
    )
    assert finishes(run(text, "priority")) == {"a": 6, "b": 4, "c": 3}
    assert finishes(run(text, "priority(preemptive: false)")) == {"a": 4, "b": 6, "c": 5}


def test_aging_lets_the_least_important_run() -> None:
    """With one level per 2 ticks b (0 against 3) is above a after waiting 8 ticks."""
    text = ONE + "thread a with priority 3 { work 20 }\nthread b { work 1 }"
    assert finishes(run(text, "priority")) == {"a": 20, "b": 21}
    assert finishes(run(text, "priority(aging: 2)")) == {"a": 21, "b": 9}


def test_switch_cost_is_paid_for_another_thread_only() -> None:
    """a 0-2, switch 2-5, b 5-7, switch 7-10, a 10-12; the first dispatch is free."""
    head = "processor cpu { cores 1 scheduler round_robin(quantum: 2) switch_cost 3 }\n"
    result = run(head + "thread a { work 4 }\nthread b { work 2 }")
    assert finishes(result) == {"a": 12, "b": 7}
    core = result.metrics.cores[0]
    assert (core.busy, core.switching, core.idle) == (6, 6, 0)
    assert result.metrics.switches == 2


def test_idling_changes_nothing_about_the_last_thread() -> None:
    head = "processor cpu { cores 1 scheduler fifo switch_cost 3 }\n"
    result = run(head + "thread a { work 1\n sleep 4\n work 1 }")
    assert finishes(result) == {"a": 6}
    assert result.metrics.switches == 0


def test_migration_cost() -> None:
    """c holds core 0 when a comes back: a goes on at core 1, which costs 2."""
    head = "processor cpu { cores 2 scheduler fifo migration_cost 2 }\n"
    text = head + (
        "thread a { work 1\n sleep 2\n work 1 }\n"
        "thread b { work 2 }\n"
        "thread c with arrival 1 { work 9 }"
    )
    result = run(text)
    assert finishes(result) == {"a": 6, "b": 2, "c": 10}
    assert result.metrics.migrations == 1


def test_pinned_threads_stay() -> None:
    text = TWO + "thread a with pinned 1 { work 3 }\nthread b with pinned 1 { work 3 }"
    result = run(text)
    assert finishes(result) == {"a": 3, "b": 6}
    assert [core.busy for core in result.metrics.cores] == [0, 6]


def test_several_processors() -> None:
    text = (
        "processor big { cores 1 scheduler fifo }\nprocessor small { cores 1 scheduler fifo }\n"
        "thread a with on small { work 2 }\nthread b with on small { work 2 }\n"
        "thread c with on big { work 5 }"
    )
    assert finishes(run(text)) == {"a": 2, "b": 4, "c": 5}


def test_sleep_and_io_take_no_core() -> None:
    text = ONE + "thread a { sleep 5\n work 1 }\nthread b { io 3\n work 4 }"
    result = run(text)
    assert finishes(result) == {"a": 8, "b": 7}
    assert dict(result.metrics.thread("a").blocked_by) == {"sleep": 5}  # type: ignore[union-attr]


def test_a_device_serves_first_come_first_served() -> None:
    text = "device disk\n" + TWO + "thread a { io 4 on disk }\nthread b { io 2 on disk }"
    assert finishes(run(text)) == {"a": 4, "b": 6}
    text = text.replace("disk\n", "disk(2)\n", 1)
    assert finishes(run(text)) == {"a": 4, "b": 2}


def test_yield_goes_behind() -> None:
    text = ONE + "thread a { work 1\n yield\n work 1 }\nthread b { work 3 }"
    assert finishes(run(text)) == {"a": 5, "b": 4}


@pytest.mark.parametrize("body", ["loop { yield }", "loop { }", "while true { x = x }"])
def test_a_loop_without_time_is_an_error(body: str) -> None:
    head = f"processor cpu {{ cores 1 scheduler fifo {FREE} }}\natomic x = 0\n"
    result = run(head + f"thread a {{ {body} }}")
    assert result.kind == "failed"
    assert "without any time passing" in result.outcome.message


def test_until_stops_with_what_is_known() -> None:
    result = run(ONE + "thread a { loop { work 1 } }", until=7)
    assert (result.kind, result.outcome.ticks) == ("limit", 7)
    assert result.metrics.cores[0].busy == 7


def test_a_step_limit_stops_with_what_is_known() -> None:
    result = run(ONE + "shared x = 0\nthread a { loop { x += 1 } }", max_steps=1000)
    assert result.kind == "limit"
    assert "steps" in result.outcome.message


def test_periodic_threads() -> None:
    """Released at 1, 11, 21; until 25 two jobs are complete and a third has run 3 of 3 ticks."""
    text = ONE + "thread a with period 10, arrival 1 { work 3 }"
    result = run(text, until=25)
    thread = result.metrics.thread("a")
    assert thread is not None
    assert (result.kind, thread.jobs, thread.turnaround, thread.start) == ("completed", 3, 3, 1)


def test_a_late_job_runs_on_and_the_next_waits_for_it() -> None:
    """Work 6 every 4 ticks: done at 6, 12, 18; deadlines 4, 8, 12(met? no: job 3 ends at 18)."""
    result = run(ONE + "thread a with period 4 { work 6 }", until=12)
    assert result.metrics.misses == 3
    assert result.metrics.thread("a").jobs == 2  # type: ignore[union-attr]
    assert [f.kind for f in result.findings] == ["miss"]


def test_a_deadline_met_at_the_last_moment_is_met() -> None:
    assert run(ONE + "thread a with deadline 3 { work 3 }").metrics.misses == 0
    assert run(ONE + "thread a with deadline 2 { work 3 }").metrics.misses == 1


def test_script_follows_micro_op_by_micro_op() -> None:
    text = ONE + "shared x = 0\nthread a { x += 1 }\nthread b { x += 1 }"
    assert dict(run(text, "script [a, b, a, b]").outcome.final) == {"x": 1}
    assert dict(run(text, "script [a, a, b, b]").outcome.final) == {"x": 2}
    short = run(text, "script [a, a, b]")
    assert short.kind == "failed"
    assert "ends after entry 3" in short.outcome.message
    late = run(text, "script [a, a, a, b, b]")
    assert "entry 3: a cannot run" in late.outcome.message


def test_a_daemon_does_not_keep_the_run_alive() -> None:
    result = run(ONE + "thread a { work 3 }\nthread d with daemon { loop { sleep 1 } }")
    assert (result.kind, result.metrics.makespan) == ("completed", 3)


def test_the_result_is_a_function_of_seed_and_file() -> None:
    text = TWO + "shared x = 0\nthread a[i in 0..4] { x += choose(1, 2, 3)\n work choose(0..5) }"
    made = program(text)
    first = run_program(made, Request(seed=3))
    again = run_program(made, Request(seed=3))
    assert (first.outcome, first.schedule) == (again.outcome, again.schedule)
    assert len({run_program(made, Request(seed=n)).outcome.final for n in range(8)}) > 1
    check_replay(made, Request(seed=3))
