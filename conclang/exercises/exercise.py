"""`exercise.yaml` and the files beside it → an `Exercise`, or what is wrong with them."""

from __future__ import annotations

import hashlib
import os
import re
from fractions import Fraction
from itertools import product
from typing import Any

from conclang.diagnostics.diagnostic import Bag, Diagnostic
from conclang.diagnostics.source import SourceText, read_source
from conclang.exercises.regions import RegionError, regions_of
from conclang.exercises.table import EXERCISE, KINDS
from conclang.exercises.types import BAD, Path, Reading
from conclang.exercises.yaml_tree import read_tree
from conclang.record import record

FILE_NAME = "exercise.yaml"
ANSWER_FILE = "answer.yaml"
MOST_VARIANTS = 64
Defines = dict[str, str | int]


@record
class Limits:
    """When to give up on one submission. States and steps are reached alike on every machine."""

    states: int = 200_000
    steps: int = 2_000_000
    seconds: int = 30
    memory: int = 1024  # MB


@record
class Machine:
    """What a timed check runs on; None = as the scenario says."""

    name: str = ""
    cores: int | None = None
    policy: str | None = None


@record
class Check:
    """Something that is judged. `asked` is the value of the key that names its kind."""

    number: int
    kind: str
    name: str
    points: Fraction
    hidden: bool
    message: str
    asked: Any
    machines: tuple[Machine, ...] = ()


@record
class Exercise:
    """Everything about one exercise; texts are those of its files."""

    folder: str
    id: str
    title: str
    theme: str
    difficulty: int
    prompt: str
    file: str  # the name of the file to hand in
    starter: str
    solution: str  # "" if there is none
    scenario: str  # what questions are about; "" if there are none
    hints: tuple[str, ...]
    variants: tuple[tuple[str, tuple[int, ...]], ...]
    machines: tuple[Machine, ...]
    limits: Limits
    checks: tuple[Check, ...]
    files: tuple[tuple[str, str], ...] = ()  # mutants' texts by name

    @property
    def points(self) -> Fraction:
        return sum((check.points for check in self.checks), Fraction(0))

    @property
    def wanted(self) -> tuple[str, ...]:
        """The files to hand in."""
        asks = any(check.kind == "answer" for check in self.checks)
        return (self.file, ANSWER_FILE) if asks and self.file != ANSWER_FILE else (self.file,)

    @property
    def only_answers(self) -> bool:
        return self.file == ANSWER_FILE

    def variant(self, seed: int | None) -> Defines:
        """The constants that a seed draws; without a seed those of the starter count."""
        if seed is None:
            return {}
        return {
            name: values[_draw(self.id, name, seed, len(values))] for name, values in self.variants
        }

    def all_variants(self) -> list[Defines]:
        """Every combination, or an even choice of them if there are very many."""
        names = [name for name, _ in self.variants]
        found = list(product(*(values for _, values in self.variants)))
        if len(found) > MOST_VARIANTS:
            found = [found[i * len(found) // MOST_VARIANTS] for i in range(MOST_VARIANTS)]
        return [dict(zip(names, values, strict=True)) for values in found] if names else [{}]

    def shown_prompt(self, seed: int | None = None) -> str:
        """The prompt with the values of the variant in it."""
        base = self.scenario or self.starter
        plain = dict(re.findall(r"(?m)^\s*const ([A-Za-z_]\w*) = (\S+)\s*$", base))
        text = self.prompt
        for name, value in (plain | self.variant(seed)).items():
            text = text.replace("{" + name + "}", str(value))
        return text


@record
class Loaded:
    """An exercise file after reading: its text, what is wrong, and the exercise if it can be."""

    source: SourceText
    bag: Bag
    exercise: Exercise | None
    spans: dict[Path, Any]


def _draw(*parts: object) -> int:
    *key, count = parts
    assert isinstance(count, int)
    text = "/".join(str(part) for part in key)
    return int.from_bytes(hashlib.sha256(text.encode()).digest()[:8], "big") % count


def load_exercise(path: str) -> Loaded:
    """Read an exercise: a folder with `exercise.yaml` in it, or the file itself."""
    file = os.path.join(path, FILE_NAME) if os.path.isdir(path) else path
    source, problem = read_source(file)
    bag = Bag(source)
    spans: dict[Path, Any] = {}
    if problem is not None:
        bag.add(Diagnostic.unreadable(problem))
        return Loaded(source, bag, None, spans)
    values = read_values(source, bag, spans)
    if values is None:
        return Loaded(source, bag, None, spans)
    exercise = _Builder(os.path.dirname(file) or ".", values, Reading(bag, spans)).build()
    return Loaded(source, bag, exercise if bag.ok else None, spans)


def read_values(source: SourceText, bag: Bag, spans: dict[Path, Any]) -> dict[str, Any] | None:
    """The keys and their values, checked against the table."""
    tree = read_tree(source, bag)
    if tree is None:
        return None
    values = EXERCISE.read(tree, (), Reading(bag, spans))
    return None if values is BAD or not bag.ok else values


class _Builder:
    """From checked values to records; what the values refer to must be there."""

    def __init__(self, folder: str, values: dict[str, Any], reading: Reading) -> None:
        self.folder = folder
        self.values = values
        self.reading = reading
        self.machines: dict[str, Machine] = {}
        self.files: dict[str, str] = {}

    def build(self) -> Exercise:
        values = self.values
        self.machines = {
            name: Machine(name, m.get("cores"), m.get("policy"))
            for name, m in values.get("machines", {}).items()
        }
        checks = tuple(self._check(n, made) for n, made in enumerate(values["checks"]))
        starter = self._file("starter")
        self._regions(starter)
        self._fitting(checks)
        return Exercise(
            folder=self.folder,
            id=values["id"],
            title=values["title"],
            theme=values.get("theme", ""),
            difficulty=values.get("difficulty", 1),
            prompt=values["prompt"],
            file=values["starter"],
            starter=starter,
            solution=self._file("solution") if "solution" in values else "",
            scenario=self._file("scenario") if "scenario" in values else "",
            hints=values.get("hints", ()),
            variants=self._variants(),
            machines=tuple(self.machines.values()),
            limits=Limits(**values.get("limits", {})),
            checks=checks,
            files=tuple(self.files.items()),
        )

    def _report(self, path: Path, code: str, message: str, help: str = "") -> None:
        span = self.reading.spans[path]
        helps = (help,) if help else ()
        self.reading.bag.add(Diagnostic(code, message, span, helps=helps), once_per_line=False)

    def _file(self, key: str, name: str = "", path: Path = ()) -> str:
        name, path = name or self.values[key], path or (key,)
        full = os.path.join(self.folder, name)
        source, problem = read_source(full)
        if problem is not None:
            self._report(path, "CL1009", f"{name}: {problem.message}")
        elif os.path.islink(full):
            self._report(path, "CL1009", f"{name}: this is a link, not a file of the exercise")
        return source.text

    def _regions(self, starter: str) -> None:
        try:
            regions_of(starter)
        except RegionError as problem:
            self._report(("starter",), "CL1010", f"{self.values['starter']}, {problem}")

    def _variants(self) -> tuple[tuple[str, tuple[int, ...]], ...]:
        made = []
        for name, given in self.values.get("variants", {}).items():
            if isinstance(given, dict):
                least, most = given["from"], given["to"]
                if not 0 <= most - least < 10_000:
                    said = f"a range from {least} to {most} has no or too many values"
                    self._report(("variants", name), "CL1008", said)
                    most = least
                given = tuple(range(least, most + 1))
            made.append((name, tuple(given)))
        return tuple(made)

    def _check(self, number: int, made: dict[str, Any]) -> Check:
        kind = next(kind for kind in KINDS if kind in made)
        path: Path = ("checks", number)
        machines = self._named(made.get("machines", ()), (*path, "machines"))
        if kind == "answer" and "machine" in made["answer"]:
            machines = self._named((made["answer"]["machine"],), (*path, "answer", "machine"))
        if kind == "catches":
            if not made["catches"]:
                said = "`catches` needs `mutants`, or a number of `slips`, or both"
                self._report((*path, "catches"), "CL1007", said)
            for n, mutant in enumerate(made["catches"].get("mutants", ())):
                self._mutant(mutant, (*path, "catches", "mutants", n))
        if kind not in ("timed", "allows") and "machines" in made:
            said = f"`machines` means nothing to a check of kind `{kind}`"
            self._report((*path, "machines"), "CL1002", said)
        return Check(
            number=number,
            kind=kind,
            name=made.get("name") or _default_name(kind, made[kind]),
            points=made.get("points", Fraction(1)),
            hidden=made.get("hidden", False),
            message=made.get("message", ""),
            asked=made[kind],
            machines=machines,
        )

    def _named(self, names: tuple[str, ...], path: Path) -> tuple[Machine, ...]:
        found = []
        for n, name in enumerate(names):
            if name in self.machines:
                found.append(self.machines[name])
                continue
            from conclang.diagnostics.spelling import did_you_mean

            place = (*path, n) if (*path, n) in self.reading.spans else path
            help = did_you_mean(name, self.machines) or "declare it under `machines`"
            self._report(place, "CL1008", f"there is no machine `{name}`", help)
        return tuple(found)

    def _mutant(self, mutant: dict[str, Any], path: Path) -> None:
        if "file" in mutant:
            self.files[mutant["file"]] = self._file("", mutant["file"], (*path, "file"))
            return
        starter = os.path.join(self.folder, self.values["starter"])
        text = read_source(starter)[0].text
        if text.count(mutant["replace"]) < mutant.get("nth", 1):
            said = f"the starter has no such text: `{mutant['replace'].strip()[:60]}`"
            self._report((*path, "replace"), "CL1009", said)

    def _fitting(self, checks: tuple[Check, ...]) -> None:
        """Keys that need each other."""
        values = self.values
        asks = any(check.kind == "answer" for check in checks)
        others = any(check.kind != "answer" for check in checks)
        if asks and "scenario" not in values:
            number = next(check.number for check in checks if check.kind == "answer")
            said = "a question needs the key `scenario`: the file it is about"
            self._report(("checks", number), "CL1007", said)
        if values["starter"] == ANSWER_FILE and others:
            number = next(check.number for check in checks if check.kind != "answer")
            said = "only questions can be asked where answer.yaml is handed in"
            self._report(("checks", number), "CL1008", said)
        if others and "solution" not in values:
            self._report(("starter",), "CL1007", "an exercise needs the key `solution`")


def _default_name(kind: str, asked: Any) -> str:
    if kind in ("expect", "timed"):
        return "; ".join(line.strip() for line in asked)[:80]
    if kind == "uses":
        parts = []
        for key, given in asked.items():
            listed = given.items() if isinstance(given, dict) else ((word, "") for word in given)
            words = ", ".join(f"{word} {count}".strip() for word, count in listed)
            parts.append(f"{key.replace('_', ' ')} {words}".replace("_", " "))
        return "; ".join(parts)
    if kind == "answer":
        return str(asked["ask"])[:80]
    return {"allows": "not over-synchronised", "catches": "catches the flawed twins"}[kind]
