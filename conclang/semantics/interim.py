"""INTERIM: resolves valid programs only; to be replaced by the real passes."""
from __future__ import annotations
from conclang.diagnostics.diagnostic import Bag
from conclang.semantics import types as t
from conclang.semantics.collect import collect
from conclang.semantics.const_order import evaluate_constants
from conclang.semantics.declare import declare
from conclang.semantics.resolved import Resolved, ScopedExpectation, Signature
from conclang.semantics.scopes import Scopes
from conclang.semantics.symbols import *
from conclang.semantics.symbols import Kind
from conclang.semantics.unify import Freezer, prune, unify
from conclang.semantics.values import arithmetic, compare, flatten
from conclang.semantics.world import Entry, World
from conclang.semantics.policies import PolicyChecker
from conclang.syntax import nodes as n


def check_expectations(world):
    expectations = []
    def expect(decls, process):
        for d in decls:
            if isinstance(d, n.ExpectDeclaration):
                try:
                    Expect(world, process).run(d)
                except (KeyError, AttributeError):
                    pass
                expectations.append(ScopedExpectation(d, process))
            if isinstance(d, n.ProcessDeclaration) and d.name.text in world.spaces:
                expect(d.declarations, world.spaces[d.name.text].process)
    expect(world.scenario.declarations, None)
    return tuple(expectations)


class Body(Scopes):
    def __init__(self, world, symbol):
        space = world.space_of(symbol.process)
        super().__init__(world, space, symbol)
        self.symbol = symbol
        self.result = world.signatures[symbol.index].result if symbol.kind is Kind.FUNCTION else None
    def run(self):
        self.scopes.append({e.name: e for e in self.world.bound[self.symbol.index]})
        self.block(self.symbol.node.body)
    def block(self, b):
        self.scopes.append({})
        for st in b.statements: self.st(st)
        self.scopes.pop()
    def st(self, s):
        for name in type(s).__match_args__ if 0 else (): pass
        k = type(s)
        if k is n.LetStatement:
            v = prune(self.ex(s.value, len(s.names)))
            if len(s.names) == 1: self.declare(s.names[0], v, "let")
            elif isinstance(s.value, n.ReceiveExpression):
                self.declare(s.names[0], v, "let"); self.declare(s.names[1], t.BOOL, "let")
            else:
                if not isinstance(v, t.TupleType):
                    tt = t.TupleType(tuple(t.Unknown() for _ in s.names)); unify(v, tt); v = tt
                for nm, it in zip(s.names, v.items): self.declare(nm, it, "let")
        elif k is n.AssignStatement:
            unify(self.ex(s.target), self.ex(s.value))
        elif k is n.IfStatement:
            self.ex(s.condition); self.block(s.then)
            if isinstance(s.otherwise, n.Block): self.block(s.otherwise)
            elif s.otherwise: self.st(s.otherwise)
        elif k is n.ForStatement:
            it = s.iterable
            if isinstance(it, n.RangeExpression):
                self.ex(it.start); self.ex(it.end); v = t.INT
            else:
                c = prune(self.ex(it))
                if isinstance(c, t.Unknown):
                    cc = t.ChannelType(t.Unknown()); unify(c, cc); c = cc
                v = c.item
            self.scopes.append({}); self.declare(s.name, v, "for"); self.block(s.body); self.scopes.pop()
        elif k is n.ReturnStatement:
            if s.value is not None: unify(self.result, self.ex(s.value))
        elif k is n.SendStatement:
            c = prune(self.ex(s.channel)); v = self.ex(s.value)
            unify(c, t.ChannelType(v))
        elif k is n.SelectStatement:
            for a in s.arms:
                self.scopes.append({})
                if a.kind == "receive":
                    item = t.Unknown(); unify(self.ex(a.channel), t.ChannelType(item))
                    if a.names: self.declare(a.names[0], item, "receive")
                    if len(a.names) > 1: self.declare(a.names[1], t.BOOL, "receive")
                elif a.kind == "send": unify(self.ex(a.channel), t.ChannelType(self.ex(a.value)))
                elif a.value is not None: self.ex(a.value)
                self.block(a.body); self.scopes.pop()
        elif k is n.SectionStatement:
            sec = self.space.sections.get(s.name.text)
            if sec is None:
                e = Entry(s.name.text, Kind.SECTION, s.name.span, s); e.used = True
                sec = self.space.sections[s.name.text] = self.world.symbol(e, self.space.process)
            self.world.refs[s.name.id] = sec
            self.block(s.body)
        elif k is n.PrintStatement: self.ex(s.value)
        elif k is n.AssertStatement:
            self.ex(s.condition)
            if s.message is not None: self.ex(s.message)
        else:
            for fld in s.__match_args__[2:]:
                v = getattr(s, fld)
                if isinstance(v, n.Block): self.block(v)
                elif isinstance(v, n.Expression): self.ex(v)
    def ex(self, e, names=1):
        ty = self.ex2(e, names)
        self.world.types[e.id] = ty
        return ty
    def const(self, e, v):
        self.world.constants[e.id] = v
    def kids(self, e):
        return [self.world.constants.get(x.id) for x in e]
    def ex2(self, e, names):
        k = type(e)
        if k is n.IntLiteral: self.const(e, e.value); return t.INT
        if k is n.BoolLiteral: self.const(e, e.value); return t.BOOL
        if k is n.StringLiteral:
            for p in e.parts:
                if not isinstance(p, str): self.ex(p)
            if all(isinstance(p, str) for p in e.parts): self.const(e, "".join(e.parts))
            return t.STR
        if k is n.NameExpression:
            entry = self.lookup(e)
            if entry is None or entry.symbol is None: return t.ERROR
            s = entry.symbol
            if s.kind is Kind.CONSTANT: self.const(e, s.data.value)
            if s.kind is Kind.BUILTIN: return t.HandleType(t.Unknown()) if s.name == "self" else t.INT
            if s.kind is Kind.THREAD: return t.HandleType(t.UNIT)
            return self.world.symbol_types.get(s.index, t.ERROR)
        if k is n.FieldExpression:
            b = e.base
            if isinstance(b, n.NameExpression) and b.name in self.world.spaces:
                s = self.world.spaces[b.name].names[e.name.text].symbol
                self.world.refs[e.id] = s
                return self.world.symbol_types.get(s.index, t.ERROR)
            self.ex(b); return t.ERROR
        if k is n.IndexExpression:
            b = prune(self.ex(e.base)); self.ex(e.index)
            if isinstance(b, t.HandleType): return b
            return b.item if isinstance(b, t.ArrayType) else t.ERROR
        if k is n.CallExpression:
            if isinstance(e.callee, n.FieldExpression):
                self.ex(e.callee.base)
                for a in e.arguments: self.ex(a)
                return t.BOOL if e.callee.name.text == "cas" else t.UNIT if e.callee.name.text == "store" else t.INT
            args = [self.ex(a) for a in e.arguments]
            entry = self.lookup(e.callee)
            s = entry.symbol
            if s.kind is Kind.BUILTIN: return t.INT
            sig = self.world.signatures[s.index]
            for a, p in zip(args, sig.parameters): unify(a, p)
            return sig.result if not self.unit(s) else t.UNIT
        if k is n.UnaryExpression:
            o = self.ex(e.operand); v = self.world.constants.get(e.operand.id)
            if v is not None: self.const(e, -v if e.operator == "-" else not v)
            return o
        if k is n.BinaryExpression:
            l, r = self.ex(e.left), self.ex(e.right)
            a, b = self.kids((e.left, e.right))
            if e.operator in ("and", "or"): return t.BOOL
            if a is not None and b is not None: self.const(e, arithmetic(e.operator, a, b))
            return t.INT
        if k is n.CompareExpression:
            tys = [self.ex(o) for o in e.operands]
            for x in tys[1:]: unify(tys[0], x)
            return t.BOOL
        if k is n.ReceiveExpression:
            item = t.Unknown(); unify(self.ex(e.channel), t.ChannelType(item)); return item
        if k in (n.AwaitExpression, n.JoinExpression):
            h = prune(self.ex(e.handle))
            if isinstance(h, t.Unknown):
                hh = t.HandleType(t.Unknown()); unify(h, hh); h = hh
            return h.result
        if k is n.TryAcquireExpression: self.ex(e.target); return t.BOOL
        if k is n.SpawnExpression:
            args = [self.ex(a) for a in e.arguments]
            s = self.lookup(e.callee).symbol
            if e.runtime is not None: self.ex(e.runtime)
            sig = self.world.signatures[s.index]
            for a, p in zip(args, sig.parameters): unify(a, p)
            return t.HandleType(sig.result if not self.unit(s) else t.UNIT)
        if k is n.ChooseExpression:
            if isinstance(e.options[0], n.RangeExpression):
                self.ex(e.options[0].start); self.ex(e.options[0].end); return t.INT
            tys = [self.ex(o) for o in e.options]
            return tys[0]
        if k is n.ArrayExpression: 
            tys = [self.ex(o) for o in e.items]
            vs = self.kids(e.items)
            if all(v is not None for v in vs): self.const(e, tuple(vs))
            return t.ArrayType(tys[0], len(tys))
        if k is n.TupleExpression:
            tys = [self.ex(o) for o in e.items]
            vs = self.kids(e.items)
            if all(v is not None for v in vs): self.const(e, tuple(vs))
            return t.TupleType(tuple(tys))
        if k is n.ParenExpression:
            ty = self.ex(e.inner); v = self.world.constants.get(e.inner.id)
            if v is not None: self.const(e, v)
            return ty
        return t.ERROR
    def unit(self, s):
        """Does a function never return a value?"""
        stack = [s.node.body]
        while stack:
            x = stack.pop()
            if isinstance(x, n.ReturnStatement) and x.value is not None: return False
            if isinstance(x, (n.Block, n.Statement, n.SelectArm)):
                for fld in x.__match_args__[2:]:
                    v = getattr(x, fld)
                    for y in v if isinstance(v, tuple) else (v,):
                        if isinstance(y, n.Node): stack.append(y)
        return True


class Expect(Body):
    def __init__(self, world, process):
        space = world.space_of(process)
        Scopes.__init__(self, world, space, None)
        self.scopes.append({})
    def run(self, d):
        x = d.expectation
        k = type(x)
        if k is n.ExpectState: self.ex(x.condition)
        elif k is n.ExpectLeadsTo: self.ex(x.cause); self.ex(x.effect)
        elif k is n.ExpectOutcomes:
            self.ex(x.value)
            for o in x.outcomes: self.ex(o)
        elif k is n.ExpectAtMost:
            self.ex(x.limit)
            self.world.refs[x.section.id] = self.space.sections[x.section.name]
        elif k is n.ExpectFlaw:
            if x.target is not None: self.ex(x.target)
        elif k is n.ExpectTimed:
            self.timed(x.condition)
            if x.policy is not None: self.world.policies[x.policy.id] = PolicyChecker(self.world, self.space).spec(x.policy)
            if x.cores is not None: self.ex(x.cores)
    def timed(self, e):
        k = type(e)
        if k is n.CallExpression:
            name = e.callee.name
            if name in ("min", "max", "abs"):
                self.world.refs[e.callee.id] = self.world.builtins[name].symbol
                for a in e.arguments: self.timed(a)
            else:
                ent = Entry(name, Kind.METRIC, e.callee.span, None)
                self.world.refs[e.callee.id] = self.world.symbol(ent, None)
                if name != "average": self.ex(e.arguments[0])
        elif k in (n.BinaryExpression,): self.timed(e.left); self.timed(e.right)
        elif k is n.CompareExpression:
            for o in e.operands: self.timed(o)
        elif k is n.UnaryExpression: self.timed(e.operand)
        elif k is n.ParenExpression: self.timed(e.inner)
        elif k is n.IntLiteral: self.ex(e)
