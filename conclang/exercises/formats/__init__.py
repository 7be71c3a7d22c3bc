"""Forms of results: one small file each, with `show(grades, many) -> str`.

`many` says whether a list was asked for, even if only one grade is in it. The same grades give the
same bytes. All text that came from a submission is made harmless for the form it goes into.
"""

from __future__ import annotations

FORMATS = ("text", "json", "csv", "junit", "gradescope", "prairielearn", "check50")
WITH_PICTURES = frozenset({"gradescope", "prairielearn"})
"""Forms with drawings in them."""
