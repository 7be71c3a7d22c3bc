"""The generated tables: one function per name in `<!-- generated: NAME -->`, each from the one
place in the code that knows."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import TYPE_CHECKING, Any

from conclang.collection.catalogue import THEMES

if TYPE_CHECKING:
    from conclang.ir.policy_spec import ArgumentRule, PolicyRule

Lines = list[str]


def table(head: tuple[str, ...], rows: Iterable[tuple[str, ...]]) -> Lines:
    """A Markdown table; bars inside cells are escaped."""
    lines = ["| " + " | ".join(head) + " |", "|" + " --- |" * len(head)]
    for row in rows:
        cells = (cell.replace("|", "\\|").replace("\n", " ") for cell in row)
        lines.append("| " + " | ".join(cells) + " |")
    return lines


def code(text: str) -> str:
    return f"`{text}`"


def keywords() -> Lines:
    from conclang.syntax.keywords import WORDS, Place

    reserved = (w for w in WORDS if w.place is Place.EVERYWHERE)
    return table(("word", "meaning"), ((code(w.text), w.sentence) for w in reserved))


def soft_words() -> Lines:
    from conclang.syntax.keywords import WORDS, Place

    soft = (w for w in WORDS if w.place is not Place.EVERYWHERE)
    head = ("word", "where", "meaning")
    return table(head, ((code(w.text), w.place.value, w.sentence) for w in soft))


def policies() -> Lines:
    from conclang.ir.policy_spec import POLICIES

    return table(
        ("policy", "arguments", "who runs"),
        (
            (code(p.name), "; ".join(_argument(a) for a in p.arguments), p.summary + _needs(p))
            for p in POLICIES.values()
        ),
    )


def _argument(rule: ArgumentRule) -> str:
    text = f"{code(rule.name)}: {rule.summary}"
    if rule.required:
        return text + " (required)"
    if rule.default is not None:
        default = rule.default
        shown = str(default).lower() if isinstance(default, bool) else str(default)
        return f"{text} (default {shown})"
    return text + (" (default: never)" if rule.off else "")


def _needs(rule: PolicyRule) -> str:
    needs = {
        "needs `burst` or countable work": rule.needs_burst,
        "needs `period`": rule.needs_period,
        "also for runtimes": rule.runtime,
    }
    told = [text for text, so in needs.items() if so]
    return f" ({', '.join(told)})" if told else ""


def metrics() -> Lines:
    from conclang.ir.metrics import AGGREGATES, SYSTEM, THREAD

    rows = [(code(name), "the run", text) for name, text in SYSTEM.items()]
    rows += [(code(f"{name}(t)"), "a thread", text) for name, text in THREAD.items()]
    rows += [(code(f"{name}(metric)"), "all threads", text) for name, text in AGGREGATES.items()]
    return table(("metric", "of", "meaning"), rows)


def codes() -> Lines:
    from conclang.diagnostics.codes import AREAS
    from conclang.diagnostics.codes import table as rows

    found = ((code(r.code), AREAS[r.code[2:4]], r.title) for r in rows().values())
    return table(("code", "about", "mistake"), found)


def ops() -> Lines:
    from conclang.ir.ops import OPS

    visible = (op for op in OPS if op.visible)
    plain = str.maketrans({"{": "", "}": ""})
    rows = ((code(op.name), op.cost, op.sentence.translate(plain)) for op in visible)
    return table(("micro-op", "cost class", "what it does with its operands a, b, …"), rows)


def attributes() -> Lines:
    from conclang.semantics.attributes import ATTRIBUTES

    values = {"int": "N", "processor": "NAME", "": ""}
    rows = ((code(f"{a.name} {values[a.value]}".strip()), a.summary) for a in ATTRIBUTES.values())
    return table(("attribute", "meaning"), rows)


def options_of(kind: str) -> Callable[[], Lines]:
    def options() -> Lines:
        from conclang.semantics.objects import OPTIONS

        rows = ((code(f"with {name}"), summary) for name, summary in OPTIONS[kind].items())
        return table(("option", "meaning"), rows)

    return options


def commands() -> Lines:
    from conclang.cli.commands import COMMANDS

    return table(("command", "does"), ((code(f"conclang {c.name}"), c.help) for c in COMMANDS))


def glossary() -> Lines:
    from conclang.diagnostics.glossary import groups

    lines: Lines = []
    for title, terms in groups():
        lines += [f"## {title}", ""]
        for term in terms:
            also = f" *({', '.join(term.also)})*" if term.also else ""
            see = f" See {', '.join(term.see)}." if term.see else ""
            meaning = " ".join(term.meaning.split())
            lines += [f"**{term.name}**{also}: {meaning}{see}", ""]
    return lines[:-1]


def examples_of(theme: str) -> Callable[[], Lines]:
    def pairs() -> Lines:
        from conclang.collection.catalogue import catalogue, twin_of

        rows = []
        for one in catalogue():
            twin = twin_of(one)
            if one.theme == theme and not one.broken and twin is not None:
                file = f"[`{one.name}`](../examples/{one.file})"
                broken = f"[{twin.title}](../examples/{twin.file})"
                rows.append((file, one.concept, one.title, broken, twin.verdict))
        head = ("name", "concept", "what holds", "its broken twin", "which ends in")
        return table(head, rows)

    return pairs


def words_of(name: str) -> Callable[[], Lines]:
    def words() -> Lines:
        from conclang.collection import header

        meanings: dict[str, str] = getattr(header, name)
        return table(("word", "meaning"), ((code(word), said) for word, said in meanings.items()))

    return words


LEVELS = {
    "exercise": "EXERCISE",
    "check": "CHECK",
    "question": "ANSWER",
    "uses": "USES",
    "allows": "ALLOWS",
    "catches": "CATCHES",
    "mutant": "MUTANT",
    "machine": "MACHINE",
    "range": "RANGE",
    "limits": "LIMITS",
}
"""Levels of exercise.yaml, and what they are called in its table."""


def keys_of(name: str) -> Callable[[], Lines]:
    def keys() -> Lines:
        from conclang.exercises import table as known

        return _keys(getattr(known, name))

    return keys


def constructs() -> Lines:
    from conclang.exercises.table import CONSTRUCTS

    return table(("construct", "counted"), ((code(k), said) for k, said in CONSTRUCTS.items()))


def _keys(record: Any) -> Lines:
    """The keys of one level of exercise.yaml; the constructs have a table of their own."""
    from conclang.exercises.table import CONSTRUCT

    return table(
        ("key", "what it says", "it is"),
        (
            (
                code(f.name) + (" (needed)" if f.required else ""),
                f.about,
                f.type.what.replace(CONSTRUCT.what, "a construct"),
            )
            for f in record.fields.values()
        ),
    )


TABLES: dict[str, Callable[[], Lines]] = {
    "keywords": keywords,
    "soft-words": soft_words,
    "policies": policies,
    "metrics": metrics,
    "codes": codes,
    "ops": ops,
    "attributes": attributes,
    **{f"{kind}-options": options_of(kind) for kind in ("lock", "rwlock", "condition")},
    "commands": commands,
    "glossary": glossary,
    **{f"examples-{theme}": examples_of(theme) for theme in THEMES},
    "verdicts": words_of("VERDICTS"),
    "methods": words_of("METHODS"),
    **{f"{level}-keys": keys_of(name) for level, name in LEVELS.items()},
    "constructs": constructs,
}
