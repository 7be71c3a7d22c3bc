"""What a notebook shows of a result: SVG, HTML and text, whichever the front end likes best."""

from __future__ import annotations

import base64
import html
import os
from collections.abc import Collection
from typing import Any


class Shown:
    """A result with a picture and words; subclasses say what they are."""

    def _words(self) -> str:
        raise NotImplementedError

    def _picture(self) -> str:
        """An SVG, or "" if there is none."""
        return ""

    def _title(self) -> str:
        return "picture"

    def __repr__(self) -> str:
        return self._words()

    def _repr_mimebundle_(
        self, include: Collection[str] | None = None, exclude: Collection[str] | None = None
    ) -> dict[str, Any]:
        picture = self._picture()
        made = {"text/plain": self._words(), "text/html": self._html(picture)}
        if picture:
            made["image/svg+xml"] = picture
        return {
            kind: text
            for kind, text in made.items()
            if (not include or kind in include) and kind not in (exclude or ())
        }

    def _html(self, picture: str) -> str:
        """The picture as an image of its own: its style touches nothing else on the page."""
        words = f'<pre style="white-space:pre-wrap">{html.escape(self._words())}</pre>'
        if not picture:
            return words
        details = f"<details><summary>in words</summary>{words}</details>"
        return f"{as_image(picture, self._title())}{details}"


def as_image(picture: str, title: str) -> str:
    """An SVG as an `img` element that needs nothing else."""
    data = base64.b64encode(picture.encode("utf-8")).decode("ascii")
    alternative = html.escape(title, quote=True)
    return f'<img src="data:image/svg+xml;base64,{data}" alt="{alternative}">'


def saved(made: str | bytes, path: str | os.PathLike[str]) -> None:
    """Write it, complete or not at all."""
    import tempfile

    content = made.encode("utf-8") if isinstance(made, str) else made
    target = os.path.realpath(path)
    handle, temporary = tempfile.mkstemp(prefix=".conclang-", dir=os.path.dirname(target))
    try:
        with os.fdopen(handle, "wb") as stream:
            stream.write(content)
        mask = os.umask(0)
        os.umask(mask)
        os.chmod(temporary, 0o666 & ~mask)
        os.replace(temporary, target)
    except BaseException:
        os.unlink(temporary)
        raise
