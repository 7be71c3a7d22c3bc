"""Slips in `expect` lines."""

from __future__ import annotations

from conclang.diagnostics.spelling import suggestion
from conclang.syntax.keywords import FLAWS, MODES
from conclang.syntax.slips_sight import Edit, Mend, Sight

# Words of other tools → ours.
OTHERS = {
    "invariant": "always", "globally": "always", "forall": "always", "sometimes": "reachable",
    "ever": "reachable", "exists": "reachable", "maybe": "possible", "possibly": "possible",
    "final": "finally", "end": "finally", "result": "outcomes", "values": "outcomes",
    "deadlocks": "deadlock", "races": "race", "starving": "starvation",
}  # fmt: skip
NEEDED = {
    "timed": ("a condition on the metrics", "timed makespan <= 100"),
    "outcomes": ("an expression and its values", "outcomes count == {1, 2}"),
    "error": ("a text in double quotes", 'error "division"'),
    "no": ("the flaw that must not exist", "no deadlock"),
    "at": ("a number and a section", "at most 1 in NAME"),
}


COMPARES = ("LESS", "LESS_EQUAL", "GREATER", "GREATER_EQUAL", "EQUAL", "NOT_EQUAL")


def outcome_comparison(see: Sight) -> Mend | None:
    """`expect outcomes x > 1 == {true}`."""
    first, at = see.start + 2, see.at
    if see.kind(see.start) != "EXPECT" or see.kind(first - 1) != "_OUTCOMES" or at <= first:
        return None
    if see.kind(at) not in COMPARES and see.kind(at - 1) != "EQUAL":
        return None
    for equal in range(at, len(see.reader.kinds)):
        if see.ends(equal):
            return None
        if see.kind(equal) == "EQUAL" and see.kind(equal + 1) == "LBRACE":
            help = f"write `outcomes ({see.text(first, equal)}) == …`"
            message = "a comparison stands in parentheses here"
            edit = Edit(first, equal, ("ERR",))
            return see.mend("CL0251", see.span(first, equal), message, help, edit)
    return None


def outcome_set(see: Sight) -> Mend | None:
    """`expect outcomes count in {1, 2}`, `= {…}`, or nothing between."""
    at = see.at
    if see.kind(see.start + 1) != "_OUTCOMES" or see.kind(see.start) != "EXPECT":
        return None
    value = see.text(see.start + 2, at) or "E"
    if see.kind(at - 1) == "EQUAL" and see.fits("LBRACE"):
        stop = see.line_end(at)
        if stop == at:
            return None
        values = see.text(at, stop).strip("[]()")
        edit = Edit(at, stop, ("{", "ERR", "}"))
        help = f"write `outcomes {see.text(see.start + 2, at - 1)} == {{{values}}}`"
        message = "the outcomes stand between `{` and `}`"
        return see.mend("CL0251", see.span(at, stop), message, help, edit)
    if see.kind(at) in ("IN", "ASSIGN") and see.kind(at + 1) == "LBRACE":
        edit = Edit(at, at + 1, ("==",))
    elif see.kind(at) == "LBRACE" and see.fits("EQUAL"):
        edit = Edit(at, at, ("==",))
    else:
        return None
    help = f"write `outcomes {value} == {{…}}`"
    message = "between an expression and its outcomes stands `==`"
    return see.mend("CL0251", see.span(at), message, help, edit)


def expect_without_mode(see: Sight) -> Mend | None:
    """`expect count == 2`, `expect not deadlock`."""
    at, first = see.at, see.start + 1
    if see.kind(see.start) != "EXPECT" or not see.ends(at) or not see.fits("_LEADS"):
        return None
    if see.kind(first) == "NOT" and see.word(first + 1) in FLAWS and at == first + 2:
        flaw = see.word(first + 1)
        edit = Edit(first, first + 2, ("NO", "FLAW"))
        message = "that a flaw does not exist is said with `no`"
        edit = Edit(first, first + 1, ("NO",))
        edits = (Edit(first + 1, first + 2, ("FLAW",)), edit)
        return see.mend("CL0251", see.span(first), message, f"write `no {flaw}`", *edits)
    if at == first + 1 and see.is_name(first):
        return None  # a misspelt flaw, most likely
    text = see.text(first, at)
    help = f"write `expect finally {text}` for the end, `expect always {text}` for every state"
    message = "this does not say when it should hold"
    if see.kind(first) == "NAME" and see.kind(first + 1) in ("NAME", "INT"):
        return None
    return see.mend("CL0251", see.span(first, at), message, help, Edit(first, first, ("MODE",)))


def misspelt_expectation(see: Sight) -> Mend | None:
    """`expect alwyas x`, `expect no dedlock`, `expect invariant x`."""
    if see.kind(see.start) != "EXPECT" or see.fresh:
        return None
    first = see.start + 1
    candidates = sorted({*MODES, *FLAWS, "timed", "outcomes", "error", "no"})
    if see.kind(first) == "NO":
        first += 1
        candidates = sorted(FLAWS)
    if see.at not in (first, first + 1) or see.kind(first) != "NAME":
        return None
    word = see.word(first)
    meant = OTHERS.get(word) or suggestion(word, candidates)
    if meant is None:
        return None
    kind = "FLAW" if meant in FLAWS else "MODE" if meant in MODES else {"no": "NO"}.get(meant)
    kind = kind or f"_{meant.upper()}"
    see.reader.builder.meant[see.reader.starts[first]] = meant
    edit = Edit(first, first + 1, (kind,))
    message = f"there is no `{word}` to expect"
    return see.mend("CL0207", see.span(first), message, f"did you mean `{meant}`?", edit)


def incomplete(see: Sight) -> Mend | None:
    """`expect always`, `expect no x`, `expect error division`, `expect race in count`."""
    at, first = see.at, see.start + 1
    if see.kind(see.start) != "EXPECT" or see.fresh or at < first:
        return None
    word = see.word(first)
    if word in MODES and at == first + 1 and see.ends(at):
        help = f"write `expect {word} count == 1`, for example"
        edit = Edit(first, at, ("ERR",))
        return see.mend("CL0251", see.span(first), f"`{word}` needs a condition", help, edit)
    if word in FLAWS and at == first + 1:
        return _target(see, first)
    if word in NEEDED and at == first + 1:
        what, example = NEEDED[word]
        edit = Edit(first, see.line_end(first), ("ERR",))
        help = f"write `expect {example}`, for example"
        return see.mend("CL0251", see.span(first), f"after `{word}` stands {what}", help, edit)
    return None


def one_thing(see: Sight) -> Mend | None:
    """`expect no deadlock, no race`, `expect finally x == 1 and no deadlock`."""
    at = see.at
    if see.kind(see.start) != "EXPECT" or see.fresh or see.reader._open_bracket("(") >= 0:
        return None
    stop = see.line_end(at)
    first = at + 1 if see.kind(at) in ("COMMA", "AND") else at
    if see.word(at - 1) == "no" and see.kind(at - 2) in ("AND", "OR"):
        first, at = at - 1, at - 2
    elif see.kind(at) not in ("COMMA", "AND", "OR") or see.kind(stop) == "LBRACE":
        return None
    help = f"write `expect {see.text(first, stop)}` on a line of its own"
    message = "one `expect` line says one thing"
    return see.mend("CL0252", see.span(at), message, help, Edit(at, stop))


def data_race(see: Sight) -> Mend | None:
    """`expect no data race`."""
    first = see.start + (2 if see.word(see.start + 1) == "no" else 1)
    if see.kind(see.start) != "EXPECT" or (see.word(first), see.word(first + 1)) != (
        "data",
        "race",
    ):
        return None
    flaw = "no race" if first > see.start + 1 else "race"
    edits = [Edit(first, first + 2, ("FLAW",))]
    if flaw == "no race":
        edits.append(Edit(first - 1, first, ("NO",)))
    see.reader.builder.meant[see.reader.starts[first]] = "race"
    message, help = "a data race is called `race`", f"write `expect {flaw}`"
    return see.mend("CL0207", see.span(first, first + 2), message, help, *edits)


def after_mode(see: Sight) -> Mend | None:
    """`expect always: x == 2`, `expect that x == 2`, `expect safe`."""
    at, first = see.at, see.start + 1
    if see.kind(see.start) != "EXPECT" or see.fresh or at not in (first, first + 1):
        return None
    if see.kind(at) == "COLON" and see.word(at - 1) in (*MODES, "expect", "timed"):
        help, word = "leave out the `:`", see.word(at - 1)
        return see.mend("CL0251", see.span(at), f"no `:` after `{word}`", help, Edit(at, at + 1))
    if see.kind(first) != "NAME" or at != first + 1:
        return None
    if not (see.ends(at) or see.is_name(at) or see.kind(at) in ("INT", "STRING")):
        return None
    stop = see.line_end(at)
    edit = Edit(first, stop, ("ERR",))
    message = f"`{see.word(first)}` is nothing that can be expected"
    help = "write a flaw, as in `expect no deadlock`, or a condition: `expect always x == 2`"
    if see.word(first) in ("mutual", "mutex", "exclusive"):
        help = "name the region with `section NAME { … }` and write `expect at most 1 in NAME`"
    return see.mend("CL0251", see.span(first), message, help, edit)


def _target(see: Sight, first: int) -> Mend | None:
    """`race in count`, `race count`."""
    at, word = see.at, see.word(first)
    if see.word(at) in ("free", "freedom", "freeness"):
        flaw, no = Edit(first, first + 1, ("FLAW",)), Edit(first, first, ("NO",))
        message, help = "that a flaw does not exist is said with `no`", f"write `expect no {word}`"
        return see.mend("CL0251", see.span(at), message, help, Edit(at, at + 1), flaw, no)
    name = at + 1 if see.kind(at) == "IN" or see.word(at) in ("of", "at", "for") else at
    if not see.is_name(name):
        return None
    help = f"write `{word} on {see.text(name, see.line_end(name))}`"
    edits = (Edit(at, name, ("on",)), Edit(first, first + 1, ("FLAW",)))
    message = "before the variable of a flaw stands `on`"
    return see.mend("CL0251", see.span(at), message, help, *edits)


def leads(see: Sight) -> Mend | None:
    """`expect x leads y`, `expect x -> y`, `expect always x implies y`."""
    at = see.at
    if see.kind(see.start) != "EXPECT" or see.word(at) not in ("leads", "implies", "causes", "->"):
        return None
    if not see.fits("_LEADS"):
        stop = see.line_end(at)
        help = "write `not a or b` for “if a, then b”; `a leads to b` is about later states"
        message = f"there is no `{see.word(at)}` in a condition"
        code = "CL0215" if see.word(at) == "->" else "CL0213"
        return see.mend(code, see.span(at), message, help, Edit(at, stop))
    after = at + 1 if see.kind(at + 1) not in ("_TO",) else at + 2
    edit = Edit(at, after, ("_LEADS", "_TO"))
    message = f"`{see.word(at)}` is written `leads to`"
    return see.mend("CL0251", see.span(at), message, "write `leads to`", edit)


EXPECT_RULES = (
    data_race,
    one_thing,
    outcome_comparison,
    outcome_set,
    leads,
    expect_without_mode,
    misspelt_expectation,
    incomplete,
    after_mode,
)
