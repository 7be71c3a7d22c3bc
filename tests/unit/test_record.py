"""Records: what dataclasses promise, at a tenth of the price."""

from __future__ import annotations

import copy
import pickle
from typing import Any

import pytest

from conclang.record import FEW, FrozenRecordError, fields, new, record, replace


@record
class Point:
    x: int
    y: int = 0


@record
class Named(Point):
    name: str = "?"


@record(eq=False)
class Thing:
    size: int


@record(frozen=False)
class Basket:
    owner: str
    things: list[int] = new(factory=list)
    seen: set[int] = new(factory=set)


@record
class Nothing:
    pass


def fresh_kind() -> Any:
    """A class of which there is no record yet."""

    @record(frozen=False)
    class Fresh:
        x: int
        y: int = 0
        things: list[int] = new(factory=list)

    return Fresh


def test_values_come_by_place_by_name_and_by_default() -> None:
    assert (Point(1).x, Point(1).y, Point(x=1, y=2).y) == (1, 0, 2)
    assert fields(Named) == ("x", "y", "name")
    assert repr(Named(1, name="n")) == "Named(x=1, y=0, name='n')"
    assert repr(Nothing()) == "Nothing()"


@pytest.mark.parametrize("wrong", [lambda: Point(), lambda: Point(1, 2, 3), lambda: Point(1, z=2)])
def test_wrong_arguments_are_refused(wrong: object) -> None:
    with pytest.raises(TypeError):
        wrong()  # type: ignore[operator]


def test_they_are_compared_by_value_and_by_kind() -> None:
    assert Point(1, 2) == Point(1, 2) != Point(2, 1)
    assert hash(Point(1, 2)) == hash(Point(1, 2))
    assert Point(1, 2) != Named(1, 2)
    assert Nothing() == Nothing()
    assert Thing(1) != Thing(1)
    assert len({Thing(1), Thing(1), Point(1), Point(1)}) == 3


def test_they_cannot_be_changed_or_extended() -> None:
    for name in ("x", "unheard_of"):
        with pytest.raises(FrozenRecordError):
            setattr(Point(1), name, 2)
    with pytest.raises(FrozenRecordError):
        del Point(1).x
    assert not hasattr(Point(1), "__dict__")


def test_a_builder_may_be_changed_and_has_lists_of_its_own() -> None:
    one, two = Basket("ann"), Basket("bob", things=[7])
    one.things.append(1)
    one.owner = "eve"
    assert (one.owner, one.things, two.things, Basket("c").things) == ("eve", [1], [7], [])
    assert one == Basket("eve", [1])
    with pytest.raises(TypeError):
        hash(one)
    with pytest.raises(AttributeError):
        one.unheard_of = 1  # type: ignore[attr-defined]


def test_a_default_must_not_stand_before_a_field_without_one() -> None:
    with pytest.raises(TypeError, match="without default"):

        @record
        class _Wrong:
            a: int = 1
            b: int  # type: ignore[misc]


def test_the_first_records_are_made_as_all_later_ones() -> None:
    """By hand at first; a real `__init__` is made for whoever has many of them."""
    kind = fresh_kind()
    made = [kind(7) for _ in range(FEW + 2)]
    assert [(each.x, each.y, each.things) for each in made] == [(7, 0, [])] * (FEW + 2)
    assert made == made[:1] * (FEW + 2)
    assert len({id(each.things) for each in made}) == FEW + 2


@pytest.mark.parametrize("before", [0, FEW + 1])
def test_wrong_arguments_are_refused_at_any_time(before: int) -> None:
    said = []
    for values, named in (((), {}), ((1, 2, 3, 4), {}), ((1,), {"x": 1}), ((1,), {"odd": 1})):
        kind = fresh_kind()
        for _ in range(before):
            kind(1)
        with pytest.raises(TypeError) as error:
            kind(*values, **named)
        said.append(str(error.value))
        assert kind(5, things=[6]) == kind(5, 0, [6]) != kind(5)
    assert all("__init__()" in each for each in said)
    assert "missing 1 required positional argument: 'x'" in said[0]


def test_copies() -> None:
    assert replace(Named(1, name="n"), x=5) == Named(5, 0, "n")
    assert copy.deepcopy(Basket("ann", [1])) == Basket("ann", [1])
    assert pickle.loads(pickle.dumps(Named(1))) == Named(1)
