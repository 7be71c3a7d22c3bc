"""What the layout hands to the parser."""

from __future__ import annotations


class Tokens:
    """Parallel lists; the last token is the end of the text."""

    __slots__ = ("comments", "ends", "kinds", "starts", "too_deep")

    def __init__(self) -> None:
        self.kinds: list[int] = []
        self.starts: list[int] = []
        self.ends: list[int] = []
        self.comments: list[tuple[int, int]] = []
        self.too_deep = False  # nesting went beyond the limit; reading stopped there

    def add(self, kind: int, start: int, end: int) -> None:
        """Append one token."""
        self.kinds.append(kind)
        self.starts.append(start)
        self.ends.append(end)
