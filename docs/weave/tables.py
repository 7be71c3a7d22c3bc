"""The generated tables: one function per name in `<!-- generated: NAME -->`, each from the one
place in the code that knows."""

from __future__ import annotations

from collections.abc import Callable, Iterable

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


def _argument(rule: object) -> str:
    default = getattr(rule, "default")
    text = f"{code(getattr(rule, 'name'))}: {getattr(rule, 'summary')}"
    if getattr(rule, "required"):
        return text + " (required)"
    if default is not None:
        shown = str(default).lower() if isinstance(default, bool) else str(default)
        return f"{text} (default {shown})"
    return text + (" (default: never)" if getattr(rule, "off") else "")


def _needs(rule: object) -> str:
    needs = []
    if getattr(rule, "needs_burst"):
        needs.append("needs `burst` or countable work")
    if getattr(rule, "needs_period"):
        needs.append("needs `period`")
    if getattr(rule, "runtime"):
        needs.append("also for runtimes")
    return f" ({', '.join(needs)})" if needs else ""


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

    return table(
        ("attribute", "meaning"), ((code(a.form), a.summary) for a in ATTRIBUTES.values())
    )


def commands() -> Lines:
    from conclang.cli.commands import COMMANDS

    return table(("command", "does"), ((code(f"conclang {c.name}"), c.help) for c in COMMANDS))


TABLES: dict[str, Callable[[], Lines]] = {
    "keywords": keywords,
    "soft-words": soft_words,
    "policies": policies,
    "metrics": metrics,
    "codes": codes,
    "ops": ops,
    "attributes": attributes,
    "commands": commands,
}
