"""The pages of `docs/concepts/`: one for each term of the glossary that has a sentence to remember.

A page is made whole from the glossary, so that `conclang explain` and the page cannot disagree. Its
outputs and pictures are then made like those of every other page.
"""

from __future__ import annotations

from pathlib import Path

from conclang.collection.catalogue import catalogue
from conclang.diagnostics.glossary import folded, groups, lookup, terms
from conclang.diagnostics.glossary.term import Term
from weave.blocks import ROOT

FOLDER = ROOT / "docs" / "concepts"
INDEX = "README.md"

CHAPTERS = {
    "01-one-processor": "processor, core, time slicing, context switch, concurrency",
    "02-many-cores": "parallelism, concurrency, core",
    "03-processes": "process, thread, multithreading, multiprocessing",
    "04-count": "lost update, data race, shared variable",
    "05-locks": "lock, critical section, thread",
    "06-atomics": "atomic, compare and swap",
    "07-deadlock": "deadlock",
    "08-semaphores": "semaphore, barrier",
    "09-conditions": "condition, lost wake-up",
    "10-channels": "channel, leak",
    "11-tasks": "task, runtime",
    "12-async": "event loop, await, synchronous call, asynchronous call, device"
    ", atomicity violation",
    "13-schedulers": "policy, preemption, response, throughput, convoy",
    "14-priorities": "priority inversion",
    "15-proof": "starvation, livelock",
}

ENDLESS = frozenset({"livelock", "starvation"})

PICTURES = {"deadlock": ("waits --schedule cl1/ab", "Who waits for whom")}
"""A further picture of a concept: how it is drawn, and what it shows."""


def concepts() -> list[Term]:
    """The terms that have a page, in the order of the glossary."""
    return [term for _, group in groups() for term in group if term.remember]


def slug(term: Term) -> str:
    return term.name.replace(" ", "-")


def paths() -> list[Path]:
    """The pages that there must be."""
    return [FOLDER / INDEX, *(FOLDER / f"{slug(term)}.md" for term in concepts())]


def page_of(path: Path) -> str:
    """The page without its outputs."""
    if path.name == INDEX:
        return _index()
    return _page(terms()[path.stem] if path.stem in terms() else _term_of(path.stem))


def _term_of(stem: str) -> Term:
    return next(term for term in concepts() if slug(term) == stem)


def _index() -> str:
    lines = [
        "# Concepts",
        "",
        "One page for each: what it is, a scenario to run, how that looks, and the sentence to",
        "take home. `conclang explain WORD` prints the short form.",
    ]
    for title, group in groups():
        those = [term for term in group if term.remember]
        if those:
            lines += ["", f"## {title}", ""]
            lines += [f"* [{term.name}]({slug(term)}.md): {term.remember}" for term in those]
    return "\n".join([*lines, ""])


def _page(term: Term) -> str:
    file = f"{slug(term).replace('-', '_')}.cl"
    parts = [
        f"# {term.name[0].upper()}{term.name[1:]}",
        f"> {term.remember}",
        term.meaning,
        f"```conclang file={file}\n{term.example}```",
        _outputs(term, file),
        _drawn(term, "timeline", slug(term), "how it runs"),
    ]
    if term.name in PICTURES:
        _, shows = PICTURES[term.name]
        parts.append(_drawn(term, "", f"{slug(term)}-more", shows))
    return "\n\n".join([*parts, *_links(term)]) + "\n"


def _outputs(term: Term, file: str) -> str:
    commands = []
    if "expect timed" not in term.example:
        commands.append(f"$ conclang check {file} --no-stats")
    until = " --until 40" if term.name in ENDLESS else ""
    commands.append(f"$ conclang run {file}{until} | sed '/^# running/q'")
    commands.append(f"$ conclang draw {file} timeline{until} -o pictures/{slug(term)}.svg")
    if term.name in PICTURES:
        how, _ = PICTURES[term.name]
        commands.append(f"$ conclang draw {file} {how} -o pictures/{slug(term)}-more.svg")
    return "\n".join(["```console", *commands, "```"])


def _drawn(term: Term, view: str, name: str, shows: str) -> str:
    return f"![{term.name}: {shows[0].lower()}{shows[1:]}](pictures/{name}.svg)"


def _links(term: Term) -> list[str]:
    """Where else there is something about it."""
    found = []
    named = [f"[{w}]({slug(lookup_(w))}.md)" for w in term.see if lookup_(w).remember]
    if named:
        found.append(f"See also: {', '.join(named)}.")
    chapters = [c for c, those in CHAPTERS.items() if term.name in those.split(", ")]
    if chapters:
        links = [f"[{c.partition('-')[2].replace('-', ' ')}](../tutorial/{c}.md)" for c in chapters]
        found.append(f"In the tour: {', '.join(links)}.")
    words = {folded(word) for word in (term.name, *term.also)}
    examples = [e for e in catalogue() if folded(e.concept) in words]
    if examples:
        links = [f"[{e.theme}/{e.name}](../../examples/{e.file})" for e in examples]
        found.append(f"In the collection: {', '.join(links)}.")
    return found


def lookup_(word: str) -> Term:
    term = lookup(word)
    if term is None:
        raise KeyError(word)
    return term
