"""From a spec to a policy. Modules are imported when their policy is first asked for.

A policy of one's own comes from a Python file (`file.py:Name`) or from an installed package, by
the entry point group `conclang.policies`.
"""

from __future__ import annotations

import os
from collections.abc import Callable
from importlib import import_module
from importlib.metadata import entry_points
from importlib.util import module_from_spec, spec_from_file_location
from typing import Any

from conclang.ir.policy_spec import PolicySpec
from conclang.machine.policy import Policy

Maker = Callable[[], Policy]
GROUP = "conclang.policies"

CLASSES = {
    "fifo": "fifo:Fifo",
    "sjf": "sjf:Sjf",
    "srtf": "srtf:Srtf",
    "round_robin": "round_robin:RoundRobin",
    "priority": "priority:Priority",
    "mlfq": "mlfq:Mlfq",
    "lottery": "lottery:Lottery",
    "stride": "stride:Stride",
    "cfs": "cfs:Cfs",
    "eevdf": "eevdf:Eevdf",
    "edf": "edf:Edf",
    "rate_monotonic": "rate_monotonic:RateMonotonic",
    "cooperative": "cooperative:Cooperative",
    "random": "random:Random",
    "pct": "pct:Pct",
    "partitioned": "partitioned:Partitioned",
    "work_stealing": "work_stealing:WorkStealing",
    "script": "script:Script",
}


class PolicyError(Exception):
    """A policy that cannot be had; the message says why."""


def make(spec: PolicySpec) -> Policy:
    """A fresh policy, as the spec says."""
    return maker(spec)()


def maker(spec: PolicySpec) -> Maker:
    """What makes fresh policies of this spec."""
    arguments = {name: value for name, value in spec.arguments if value is not None}
    found = _class(spec.name)
    arguments = _adapted(spec.name, arguments)
    if spec.name == "priority" and "aging" in arguments:
        found = getattr(import_module("conclang.policies.priority"), "Aging")  # noqa: B009
    return lambda: found(**arguments)


def _class(name: str) -> Callable[..., Policy]:
    module, _, attribute = CLASSES[name].partition(":")
    found: Callable[..., Policy] = getattr(import_module(f"conclang.policies.{module}"), attribute)
    return found


def _adapted(name: str, arguments: dict[str, Any]) -> dict[str, Any]:
    """The constructor's arguments, where they differ from the spec's."""
    if name == "partitioned":
        return {"make": maker(arguments["policy"])}
    if name == "mlfq":
        arguments = dict(arguments)
        levels = arguments.pop("levels")
        quanta = arguments["quanta"]
        arguments["quanta"] = tuple(quanta) + quanta[-1:] * (levels - len(quanta))
    return arguments


def is_foreign(text: str) -> bool:
    """Does the text name a class of the user's rather than a policy of ours?"""
    path, colon, name = text.strip().rpartition(":")
    return bool(colon) and path.endswith(".py") and name.isidentifier()


def foreign(text: str) -> Maker:
    """What makes policies of the class `file.py:Name`."""
    path, _, name = text.strip().rpartition(":")
    if not os.path.isfile(path):
        raise PolicyError(f"there is no file {path}")
    try:
        spec = spec_from_file_location("conclang_user_policy", path)
        assert spec is not None
        assert spec.loader is not None
        module = module_from_spec(spec)
        spec.loader.exec_module(module)
    except Exception as problem:
        raise PolicyError(f"{path} cannot be loaded: {_said(problem)}") from problem
    return _checked(getattr(module, name, None), name, path)


def installed(name: str) -> Maker | None:
    """What makes policies of an installed package's class; None if there is none of the name."""
    for entry in entry_points(group=GROUP, name=name):
        try:
            return _checked(entry.load(), name, entry.value)
        except ImportError as problem:
            raise PolicyError(f"{entry.value} cannot be loaded: {_said(problem)}") from problem
    return None


def _checked(found: Any, name: str, where: str) -> Maker:
    if found is None:
        raise PolicyError(f"{where} has no class {name}")
    if not isinstance(found, type) or not issubclass(found, Policy):
        raise PolicyError(f"{name} in {where} is no subclass of conclang.machine.policy.Policy")

    def build() -> Policy:
        try:
            return found()
        except Exception as problem:
            raise PolicyError(f"{name} cannot be made: {_said(problem)}") from problem

    return build


def _said(problem: BaseException) -> str:
    return f"{type(problem).__name__}: {problem}"
