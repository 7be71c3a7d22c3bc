"""Did you mean …? The names nearest to a misspelt one.

The distance is Damerau and Levenshtein's in its restricted form (optimal string alignment): an
insertion, a deletion, a substitution or a swap of neighbours costs one. Candidates are compared in
a band around the diagonal, so the cost is bounded by length × allowed distance each.
"""

from __future__ import annotations

from collections.abc import Iterable

LONGEST = 60  # nobody misspells names longer than that; they were pasted
MOST = 5000  # candidates looked at


def suggestions(word: str, names: Iterable[str], most: int = 3) -> list[str]:
    """The names a person may have meant, nearest first, then in alphabetical order."""
    if not word or len(word) > LONGEST:
        return []
    ranked = []
    for name in sorted(set(names))[:MOST]:
        far = _badness(word, name)
        if far is not None:
            ranked.append((far, name))
    ranked.sort()
    if ranked:
        best = ranked[0][0]
        ranked = [item for item in ranked if item[0] <= best + 0.2]
    return [name for _, name in ranked[:most]]


def suggestion(word: str, names: Iterable[str]) -> str | None:
    """The one name a person most likely meant, if any is near enough."""
    found = suggestions(word, names, most=1)
    return found[0] if found else None


def did_you_mean(word: str, names: Iterable[str]) -> str:
    """The question as a sentence, "did you mean `count`?"; empty if nobody knows."""
    found = [f"`{name}`" for name in suggestions(word, names)]
    if not found:
        return ""
    if len(found) == 1:
        return f"did you mean {found[0]}?"
    return f"did you mean {', '.join(found[:-1])} or {found[-1]}?"


def distance(a: str, b: str, limit: int) -> int:
    """The number of slips between two words, or `limit + 1` if there are more than `limit`."""
    if abs(len(a) - len(b)) > limit:
        return limit + 1
    far = limit + 1
    before: list[int] = []
    row = [j if j <= limit else far for j in range(len(b) + 1)]
    for i in range(1, len(a) + 1):
        low, high = max(1, i - limit), min(len(b), i + limit)
        fresh = [far] * (len(b) + 1)
        if i <= limit:
            fresh[0] = i
        for j in range(low, high + 1):
            cost = a[i - 1] != b[j - 1]
            best = min(row[j] + 1, fresh[j - 1] + 1, row[j - 1] + cost)
            if i > 1 and j > 1 and a[i - 1] == b[j - 2] and a[i - 2] == b[j - 1]:
                best = min(best, before[j - 2] + 1)
            fresh[j] = min(best, far)
        if min(fresh) > limit:
            return far
        before, row = row, fresh
    return row[len(b)]


def _badness(word: str, name: str) -> float | None:
    """How unlikely it is that `name` was meant; None if it surely was not."""
    if word == name:
        return None
    plain, other = _folded(word), _folded(name)
    if plain == other:
        return 0.1
    limit = _allowed(max(len(plain), len(other)))
    slips = distance(plain, other, limit)
    if slips > limit:
        return _part(plain, other)
    # People get the first letter right.
    return slips + (0.0 if plain[0] == other[0] else 0.3)


def _part(word: str, name: str) -> float | None:
    """A word cut short, or one with something before or after it, is a weaker hint."""
    short, long = sorted((word, name), key=len)
    if len(short) >= 4 and (long.startswith(short) or long.endswith(short)):
        return 3.5
    return None


def _folded(word: str) -> str:
    return word.lower().replace("_", "").replace("-", "") or word


def _allowed(length: int) -> int:
    """One slip in three letters, at most three; none in a name of one or two letters."""
    return 0 if length <= 2 else min(3, (length + 1) // 3)
