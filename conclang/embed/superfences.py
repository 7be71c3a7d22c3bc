"""Pictures in Python-Markdown and MkDocs: a custom fence for `pymdownx.superfences`.

    markdown_extensions:
      - pymdownx.superfences:
          custom_fences:
            - name: conclang
              class: conclang
              format: !!python/name:conclang.embed.superfences.formatter
              validator: !!python/name:conclang.embed.superfences.validator

A fence with a view, ```` ```conclang timeline cores="2" ````, shows its text and the picture below
it; one without stays a block of code. A mistake is shown in the place of the picture and logged as
a warning, so `mkdocs build --strict` fails.
"""

from __future__ import annotations

import html
import logging
from typing import Any

from conclang.embed.shown import as_image
from conclang.views.asking import CannotBeHad
from conclang.views.fences import drawn, load_of, mistakes_of, title_of, wish_of

LOG = logging.getLogger("mkdocs.conclang")


def validator(
    language: str, inputs: dict[str, str], options: dict[str, Any], attrs: Any, md: Any
) -> bool:
    """Is this a fence that wants a picture? Its words go to `options`."""
    words = [key if key == value else f"{key}={value}" for key, value in inputs.items()]
    if not words or "=" in words[0]:
        return False
    options["words"] = words
    return True


def formatter(
    source: str,
    language: str,
    css_class: str,
    options: dict[str, Any],
    md: Any,
    **more: Any,
) -> str:
    """The text of the scenario and its picture, as HTML."""
    code = f'<pre class="{css_class}"><code>{html.escape(source)}</code></pre>'
    try:
        wish = wish_of(options["words"])
        checked = load_of(wish, source, "fence")
        problems = mistakes_of(checked)
        if checked.program is not None:
            picture = as_image(drawn(wish, checked), title_of(wish, checked))
            return f'{code}\n<figure class="{css_class}">{picture}</figure>'
    except CannotBeHad as problem:
        problems = [str(problem)]
    for words in problems:
        LOG.warning("conclang: %s", words)
    shown = "<br>".join(map(html.escape, problems))
    return f'{code}\n<p class="{css_class} error" role="alert">{shown}</p>'
