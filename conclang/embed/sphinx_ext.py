"""Pictures in Sphinx: `extensions = ["conclang.embed.sphinx_ext"]` and the directive `conclang`.

    .. conclang:: timeline
       :cores: 2

       thread alice { work 3 }

The text of the scenario is shown with the picture below it; `:hide-source:` leaves the text out.
Mistakes are reported with the line of the document.
"""

from __future__ import annotations

import base64
from typing import Any, ClassVar

from docutils import nodes
from docutils.parsers.rst import Directive, directives

from conclang._version import VERSION
from conclang.views.asking import CannotBeHad
from conclang.views.fences import (
    FLAGS,
    NUMBERS,
    TEXTS,
    drawn,
    load_of,
    mistakes_of,
    title_of,
    wish_of,
)

OPTIONS = {name.replace("_", "-"): name for name in (*NUMBERS, *TEXTS, "define")}


class Conclang(Directive):  # type: ignore[misc]
    """One picture."""

    has_content = True
    optional_arguments = 1
    final_argument_whitespace = True
    option_spec: ClassVar[dict[str, Any]] = {
        **dict.fromkeys(OPTIONS, directives.unchanged_required),
        **{name.replace("_", "-"): directives.flag for name in FLAGS},
        "hide-source": directives.flag,
    }

    def run(self) -> list[Any]:
        text = "\n".join(self.content) + "\n"
        made: list[Any] = []
        if "hide-source" not in self.options:
            made.append(nodes.literal_block(text, text, language="none"))
        name = self.state_machine.get_source(self.lineno) or "document"
        try:
            wish = wish_of(self._words())
            checked = load_of(wish, text, name)
            if checked.program is None:
                problems = mistakes_of(checked, self.content_offset)
            else:
                return [*made, _image(drawn(wish, checked), title_of(wish, checked))]
        except CannotBeHad as problem:
            problems = [str(problem)]
        return [
            *made,
            *(self.state_machine.reporter.error(p, line=self.lineno) for p in problems),
        ]

    def _words(self) -> list[str]:
        words = self.arguments[0].split() if self.arguments else ["timeline"]
        for name, value in self.options.items():
            if name in OPTIONS:
                words.append(f"{OPTIONS[name]}={value}")
            elif name.replace("-", "_") in FLAGS:
                words.append(f"--{name}")
        return words


def _image(picture: str, title: str) -> Any:
    data = base64.b64encode(picture.encode("utf-8")).decode("ascii")
    return nodes.image(uri=f"data:image/svg+xml;base64,{data}", alt=title)


def setup(app: Any) -> dict[str, Any]:
    """What Sphinx calls."""
    app.add_directive("conclang", Conclang)
    return {"version": VERSION, "parallel_read_safe": True, "parallel_write_safe": True}
