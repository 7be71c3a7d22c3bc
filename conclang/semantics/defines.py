"""`-D NAME=VALUE`: constants given on the command line."""

from __future__ import annotations

import re

from conclang.diagnostics.source import NOWHERE
from conclang.semantics.constants import Known
from conclang.semantics.symbols import Kind
from conclang.semantics.types import BOOL, INT, STR, Type, describe
from conclang.semantics.values import LARGEST, SMALLEST
from conclang.semantics.world import Entry, World

USAGE_CODES = frozenset({"CL0606", "CL0607"})  # mistakes on the command line, not in the file

_NUMBER = re.compile(r"[+-]?[0-9](_?[0-9]){0,30}\Z")


def targets(world: World) -> dict[int, tuple[str, str | int]]:
    """The defines, by identity of the entry they set; unknown names are reported."""
    if not world.defines:
        return {}
    by_name: dict[str, Entry] = {}
    for space in reversed(list(world.every_space())):
        for entry in space.names.values():
            if entry.kind is Kind.CONSTANT:
                by_name[entry.name] = entry
                if space.process:
                    by_name[f"{space.process.name}.{entry.name}"] = entry
    found: dict[int, tuple[str, str | int]] = {}
    for name, value in world.defines.items():
        target = by_name.get(name)
        if target is None:
            unknown(world, name, by_name)
        else:
            target.used = True
            found[id(target)] = (name, value)
    return found


def unknown(world: World, name: str, known: dict[str, Entry]) -> None:
    """Say that `-D` names no constant."""
    entry = world.top.names.get(name)
    text = f"-D {name}: the file has no constant `{name}`"
    if entry is not None and entry.kind is not Kind.ERROR:
        text = f"-D {name}: `{name}` is a {entry.kind}; only constants can be set"
    help = "declare it in the file with `const NAME = …`"
    if known:
        help = f"its constants are {', '.join(f'`{word}`' for word in sorted(known)[:20])}"
    world.reporter.misspelt("CL0606", NOWHERE, text, name, known, help)


def given(world: World, name: str, value: str | int, wanted: Type | None) -> Known | None:
    """The value of a define, which must be of the type that the file gives the constant."""
    known = _read(value, wanted)
    if isinstance(known, str):
        world.reporter.report("CL0607", NOWHERE, f"-D {name}={str(value)[:60]}: {known}")
        return None
    return known


def _read(value: str | int, wanted: Type | None) -> Known | str:
    text = str(value).strip()
    if wanted == STR:
        if len(text) >= 2 and text[0] == text[-1] == '"':
            text = text[1:-1]
        return Known(text, STR)
    if wanted == BOOL:
        if text.lower() in ("true", "false"):
            return Known(text.lower() == "true", BOOL)
        return "the value must be `true` or `false`"
    if wanted is not None and wanted != INT:
        return f"this constant is {describe(wanted)}, which cannot be given here"
    if not _NUMBER.match(text):
        return "the value must be an integer"
    number = int(text)
    if not SMALLEST <= number <= LARGEST:
        return "this is more than a 64-bit integer can hold"
    return Known(number, INT)
