"""What later stages rely on: the tables of `Resolved` and the evaluated data of symbols."""

from __future__ import annotations

import pytest

from conclang import pipeline
from conclang.diagnostics.source import SourceText
from conclang.semantics import symbols as s
from conclang.semantics.resolved import Resolved
from conclang.semantics.symbols import Symbol
from conclang.semantics.types import BOOL, INT, STR, UNIT, ArrayType, ChannelType, TupleType
from conclang.syntax import nodes as n


def resolve(text: str, **defines: str | int) -> Resolved:
    checked = pipeline.check(SourceText.of(text), defines)
    assert not checked.bag.errors, [d.message for d in checked.bag]
    assert checked.resolved is not None
    return checked.resolved


def named(resolved: Resolved, name: str) -> Symbol:
    found = [symbol for symbol in resolved.symbols if symbol.qualified_name == name]
    assert len(found) == 1, name
    return found[0]


def nodes_of(node: object) -> list[n.Node]:
    found, stack = [], [node]
    while stack:
        part = stack.pop()
        if isinstance(part, tuple):
            stack.extend(part)
        elif isinstance(part, n.Node):
            found.append(part)
            stack.extend(getattr(part, f) for f in type(part).__match_args__[2:])
    return found


def test_data_of_objects() -> None:
    r = resolve(
        """
        const N = 2 + 1
        lock a with recursive
        lock b with ceiling(N)
        rwlock c with prefer_writers
        semaphore d[2](N)
        condition e with hoare, spurious
        barrier f(N)
        channel g(N * 2)
        channel h
        device i
        device j(N)
        """
    )
    data = {symbol.name: symbol.data for symbol in r.symbols}
    assert data["N"] == s.ConstantData(3)
    assert data["a"] == s.LockData(recursive=True)
    assert data["b"] == s.LockData(ceiling=3)
    assert data["c"] == s.RwLockData(prefer_writers=True)
    assert data["d"] == s.SemaphoreData(3)
    assert named(r, "d").size == 2
    assert data["e"] == s.ConditionData(hoare=True, spurious=True)
    assert data["f"] == s.BarrierData(3)
    assert data["g"] == s.ChannelData(6)
    assert data["h"] == s.ChannelData(0)
    assert (data["i"], data["j"]) == (s.DeviceData(1), s.DeviceData(3))


def test_cells_are_written_out() -> None:
    r = resolve('shared a[3] = 7\nshared b = [1, 2]\nshared c[2] = [true, false]\natomic d = "x"\n')
    assert named(r, "a").data == s.CellData((7, 7, 7))
    assert (named(r, "a").size, named(r, "b").size, named(r, "d").size) == (3, 2, None)
    assert named(r, "c").data == s.CellData((True, False))
    assert r.type_of(named(r, "c")) == ArrayType(BOOL, 2)
    assert r.type_of(named(r, "d")) == STR


def test_attributes_may_depend_on_the_index() -> None:
    r = resolve(
        "processor cpu { cores 2 }\n"
        "thread p[i in 2..5] with arrival i * 10, priority 4, on cpu { work i }\n"
        "thread q with daemon, nice -3 { work 1 }\n"
    )
    p, q = named(r, "p"), named(r, "q")
    assert isinstance(p.data, s.ThreadData)
    assert isinstance(q.data, s.ThreadData)
    assert [p.data.attributes(k).arrival for k in range(3)] == [20, 30, 40]
    assert [p.data.name(p, k) for k in range(3)] == ["p[2]", "p[3]", "p[4]"]
    assert all(p.data.attributes(k).on is named(r, "cpu") for k in range(3))
    assert (q.data.attributes().daemon, q.data.attributes().nice) == (True, -3)
    assert not q.data.own_attributes


def test_processors_and_runtimes() -> None:
    r = resolve(
        "processor a { cores 4 scheduler round_robin(quantum: 2) switch_cost 3 cost { sync 0 } }\n"
        "processor b { scheduler partitioned(fifo) }\n"
        "runtime c { workers 3 scheduler fifo }\nruntime d { }\n"
    )
    a, b = named(r, "a").data, named(r, "b").data
    assert isinstance(a, s.ProcessorData)
    assert isinstance(b, s.ProcessorData)
    assert (a.cores, str(a.policy), a.switch_cost) == (4, "round_robin(quantum: 2)", 3)
    assert (a.read, a.write, a.sync, a.local) == (1, 1, 0, 0)
    assert (b.cores, str(b.policy)) == (2, "partitioned(fifo)")
    c, d = named(r, "c").data, named(r, "d").data
    assert isinstance(c, s.RuntimeData)
    assert isinstance(d, s.RuntimeData)
    assert (c.workers, c.scheduler.name) == (3, "fifo")
    assert (d.workers, d.scheduler.name) == (None, "work_stealing")


def test_qualified_names_and_processes() -> None:
    r = resolve("shared t = 0\nprocess web {\n  shared t = 1\n  thread w { t = 2 }\n}\n")
    assert named(r, "web.t").process is named(r, "web")
    assert named(r, "t").process is None
    cells = [ref for ref in r.refs.values() if ref.name == "t"]
    assert named(r, "web.t") in cells


def test_inferred_types() -> None:
    r = resolve(
        """
        channel jobs(1)
        channel unused(1)
        fn pair(x) { return (x, x > 0) }
        fn nothing() { work 1 }
        fn through(ch, v) { ch <- v }
        thread t {
          let p = pair(3)
          let h = spawn pair(4)
          let q = join h
          through(jobs, q)
          if p == q { nothing() }
        }
        """
    )
    both = TupleType((INT, BOOL))
    assert r.signatures[named(r, "pair").index].result == both
    assert r.signatures[named(r, "nothing").index].result is UNIT
    assert r.signatures[named(r, "through").index].parameters == (ChannelType(both), both)
    assert r.type_of(named(r, "jobs")) == ChannelType(both)
    assert r.type_of(named(r, "unused")) == ChannelType(INT)
    assert r.type_of(named(r, "q")) == both
    assert both.width == 2
    assert ArrayType(both, 3).width == 6


def test_every_expression_of_a_body_has_a_type_and_every_name_a_meaning() -> None:
    r = resolve(
        "const K = 2\nshared a[3] = 0\natomic c = 0\nchannel ch(1)\nlock m\n"
        "fn f(x) { return x + K }\n"
        "thread t {\n  let v = f(1) + a[K - 1]\n  lock m { a[0] = -v }\n  c.add(v)\n"
        "  ch <- (v, c)\n  let (p, ok) = <-ch\n  if ok and v < 3 <= K { print \"{p}\" }\n}\n"
    )  # fmt: skip
    for node in nodes_of(r.scenario):
        if isinstance(node, n.NameExpression):
            assert node.id in r.refs
    thread = next(d for d in r.scenario.declarations if isinstance(d, n.ThreadDeclaration))
    for node in nodes_of(thread.body):
        if isinstance(node, n.BinaryExpression | n.CompareExpression | n.TupleExpression):
            assert node.id in r.types
        if isinstance(node, n.IntLiteral):
            assert r.constants[node.id] == node.value


@pytest.mark.parametrize(
    ("defines", "value"), [({}, 12), ({"N": 5}, 20), ({"N": "-1"}, -4), ({"web.M": "7"}, 12)]
)
def test_constants_and_defines(defines: dict[str, str | int], value: int) -> None:
    text = "const K = N * 4\nconst N = 3\nprocess web { const M = 1; thread t { sleep M * M + K * K } }\n"
    r = resolve(text, **defines)
    assert named(r, "K").data == s.ConstantData(value)
    assert named(r, "web.M").data == s.ConstantData(7 if "web.M" in defines else 1)


def test_a_long_chain_of_constants_needs_no_stack() -> None:
    lines = [f"const c{i} = c{i + 1} + 1" for i in range(20_000)]
    r = resolve("\n".join([*lines, "const c20000 = 0\nthread t { work c0 }"]))
    assert named(r, "c0").data == s.ConstantData(20_000)
