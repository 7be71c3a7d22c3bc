"""Every form of the language reads, prints back as written, and reads back the same."""

from __future__ import annotations

import pytest

from conclang.diagnostics.source import SourceText
from conclang.ir.policy_spec import POLICIES
from conclang.syntax.compare import first_difference
from conclang.syntax.emit import EMIT
from conclang.syntax.keywords import SOFT, WORDS, Place
from conclang.syntax.nodes import Node, Scenario
from conclang.syntax.parse import parse
from conclang.syntax.unparse import unparse, unparse_expression

DECLARATIONS = """
scenario "title"
scenario ""
processor cpu { }
processor cpu { cores 4 }
processor cpu { cores N  scheduler fifo  switch_cost 2  migration_cost (N + 1) }
processor cpu { cost { read 1 write 1 sync 1 local 0 } }
process web { }
process web { shared x = 0; thread a { x = 1 } }
const N = 3
const big = -(2 * N) + 1
shared x = 0
shared a[4] = 0
shared a = [1, 2, 3]
shared a[N * 2] = false
atomic hits = 0
atomic cells[2] = 0
lock m
lock forks[5]
lock m with recursive
lock m with inherit
lock m with ceiling(9)
lock m with recursive, inherit
rwlock table
rwlock t with prefer_writers
semaphore slots(3)
semaphore slots[2](3)
condition ready
condition ready with hoare
condition ready with spurious
barrier meet(3)
event done
channel jobs
channel jobs(4)
channel inbox[3](1)
device disk
device net(2)
runtime pool { workers 2  scheduler work_stealing }
runtime pools[2] { workers 2 }
fn name() { }
fn name(a, b) { return a + b }
thread NAME { }
thread NAME[i in 0..5] { work i }
thread NAME with daemon { }
thread NAME with priority 3, arrival 10, on cpu, pinned 0, burst 8, deadline 20, period 50 { }
thread NAME with tickets 100, nice -5, daemon { }
thread NAME[i in 0..n - 1] with priority i * 2 { }
"""

STATEMENTS = """
let x = 1
let (a, b) = (1, 2)
let (v, ok) = <-ch
let h = spawn f(1)
let h = go f(1) on pool
let h = async f()
x = 1
x += 1
x -= 1
x *= 2
x /= 2
x %= 2
a[i] = 1
a[i + 1] += a[i]
if c { }
if c { x = 1 } else { x = 2 }
if c { x = 1 } else if d { x = 2 } else { x = 3 }
while c { x = 1 }
loop { break }
repeat n { continue }
for i in 0..n { work i }
for v in ch { print v }
for v in [1, 2] { print v }
return
return x
work 3
sleep n + 1
io 5
io 5 on disk
io 2 * n on disks[1]
yield
lock m { x = 1 }
lock forks[(i + 1) % n] { }
read t { }
write t { x = 1 }
acquire m
release m
acquire forks[i]
acquire read t
acquire write t
release read t
release write t
wait c
signal c
broadcast c
reset e
close ch
ch <- 1
ch <- (1, 2)
inbox[2] <- <-ch
<-ch
join t
await t
spawn f(x)
go f(x)
go f(x) on pool
async f(x)
f(x, y)
hits.add(1)
hits.cas(0, 1)
select { case v = <-a { } case (v, ok) = <-a { } case <-a { } }
select { case b <- e { } after 10 { } default { } }
select { case inbox[1] <- x + 1 { x = 1 } }
atomic { x = 1; y = 2 }
section critical { }
print x
print "x = {x}, {a[i] + 1}: {{}}"
print "tab\\t, quote \\", back \\\\, line\\n"
assert x == 1
assert x == 1, "x is {x}"
"""

EXPRESSIONS = """
0
1_000_000
true
false
"text {not} interpolated"
x
self
now
web.total
a[0][1]
f()
f(1, x, g(2))
min(a, b, 3)
hits.swap(2)
-x
- -x
not not x
a or b and not c
a == b
0 <= x < 3
a != b != c
a + b - c * d / e % f
(a + b) * c
a - (b - c)
((a))
<-ch
<-inbox[1]
-<-ch
await h
await async f(1)
await go f(1) on pool
join h
try_acquire m
try_acquire read t
try_acquire write t
f(spawn g(), 2)
choose(a, b, c)
choose(0..n)
[]
[1, 2, 3]
[[1, 2], [3, 4]]
(1, 2)
(1,)
(a, b)[0]
[1, 2][i]
len(a) == abs(-3)
a < -b
"""

EXPECTATIONS = """
always x == 1
never x > 1 and y > 1
reachable x == 1
finally x == 1
possible x == 1
eventually x == 1
x == 1 leads to y == 1
outcomes x == {1, 2, 3}
outcomes (x, y) == {(1, 2), (2, 1)}
outcomes (x < y) == {true}
outcomes x + y == {}
at most 1 in critical
at most n in web.critical
deadlock
no deadlock
race
no race
race on count
no race on a[1]
leak
no leak
lost_update
no lost_update
atomicity
no atomicity
starvation
no starvation
livelock
no livelock
error "division by zero"
timed makespan == 30
timed average(turnaround) <= 10.5
timed turnaround(p[1]) < 3 and finish(a) == 4
timed makespan == 4 under fifo
timed makespan == 4 under round_robin(quantum: 2) on 2 cores
timed makespan == 4 on 1 core
timed misses == 0 under edf on N cores
"""

POLICY_TEXTS = """
round_robin(2)
round_robin(quantum: 2)
priority
priority(preemptive: false, aging: 10)
mlfq(levels: 3, quanta: [1, 2, 4], boost: 100)
mlfq(gaming: true)
mlfq(boost: off)
lottery(quantum: 5)
pct(3)
pct(depth: 3)
partitioned(fifo)
partitioned(round_robin(quantum: 2))
partitioned(fifo())
script [alice, bob[1], web.server]
"""


def rows(text: str) -> list[str]:
    return text.strip().split("\n")


POLICY_ROWS = [
    *(name for name, rule in POLICIES.items() if not any(a.required for a in rule.arguments)),
    *rows(POLICY_TEXTS),
]


FILES = [
    *rows(DECLARATIONS),
    *(f"thread t {{ {row} }}" for row in rows(STATEMENTS)),
    *(f"const c = {row}" for row in rows(EXPRESSIONS) if " on " not in row and "spawn" not in row),
    *(f"thread t {{ let v = {row} }}" for row in rows(EXPRESSIONS)),
    *(f"expect {row}" for row in rows(EXPECTATIONS)),
    *(f"processor cpu {{ scheduler {row} }}" for row in POLICY_ROWS),
    *(f"runtime pool {{ scheduler {row} }}" for row in POLICY_ROWS),
    *(f"expect timed makespan == 1 under {row} on 2 cores" for row in POLICY_ROWS),
    *(f"shared {word} = 0" for word in SOFT),
]


def read(text: str) -> Scenario:
    scenario, bag = parse(SourceText.of(text))
    assert not list(bag), [(d.code, d.message) for d in bag]
    return scenario


@pytest.mark.parametrize("line", FILES)
def test_a_form_prints_as_it_is_written(line: str) -> None:
    text = line + "\n"
    assert unparse(read(text), text) == text


@pytest.mark.parametrize("line", FILES)
def test_a_form_reads_back_as_the_same_tree(line: str) -> None:
    tree = read(line)
    assert first_difference(tree, read(unparse(tree))) is None


@pytest.mark.parametrize("row", rows(EXPECTATIONS))
def test_an_expectation_is_quoted_on_one_line(row: str) -> None:
    tree = read(f"expect {row}")
    expected = f"expect {row}".replace("on 1 core", "on 1 cores")
    assert unparse_expression(tree.declarations[0]) == expected


def test_the_list_has_every_class_of_the_tree() -> None:
    seen: set[type] = set()
    for line in FILES:
        stack: list[object] = [read(line)]
        while stack:
            item = stack.pop()
            if isinstance(item, Node):
                seen.add(type(item))
                stack.extend(getattr(item, name) for name in type(item).__slots__)
            elif isinstance(item, tuple):
                stack.extend(item)
    missing = {kind.__name__ for kind in set(EMIT) - seen if not kind.__name__.startswith("Error")}
    assert missing == set()


def test_the_list_has_every_policy_and_every_reserved_word() -> None:
    text = "\n".join(FILES)
    words = set(text.replace("(", " ").replace("{", " ").replace(",", " ").split())
    assert set(POLICIES) <= words
    assert {w.text for w in WORDS if w.place is Place.EVERYWHERE} <= words
