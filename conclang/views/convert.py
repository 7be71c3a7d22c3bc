"""Our SVG as PNG or PDF, by whatever program or package can do it here."""

from __future__ import annotations

import shutil
import subprocess
from collections.abc import Callable
from importlib import import_module
from typing import Any

from conclang.views.asking import CannotBeHad

ZOOM = 2.0  # pixels of a PNG for each of the SVG: crisp on a projector


def converted(text: str, form: str) -> bytes:
    """By `rsvg-convert`, else by one of the packages of the extra `[png]`."""
    for way in WAYS:
        made = way(text, form)
        if made:
            return made
    more = " or `pip install 'conclang[png]'`" if form == "png" else " or `pip install cairosvg`"
    raise CannotBeHad(f"{form}: this needs `rsvg-convert` (librsvg){more}; SVG needs nothing")


def _rsvg(text: str, form: str) -> bytes | None:
    command = shutil.which("rsvg-convert")
    if command is None:
        return None
    zoom = ["-z", str(ZOOM)] if form == "png" else []
    done = subprocess.run(
        [command, "-f", form, *zoom], input=text.encode("utf-8"), capture_output=True, check=False
    )
    return done.stdout if done.returncode == 0 else None


def _resvg(text: str, form: str) -> bytes | None:
    package = _package("resvg_py") if form == "png" else None
    if package is None:
        return None
    try:
        return bytes(package.svg_to_bytes(svg_string=text, zoom=ZOOM))
    except ValueError:
        return None


def _cairosvg(text: str, form: str) -> bytes | None:
    package = _package("cairosvg")
    if package is None:
        return None
    maker = package.svg2png if form == "png" else package.svg2pdf
    options = {"scale": ZOOM} if form == "png" else {}
    return bytes(maker(bytestring=text.encode("utf-8"), **options))


def _package(name: str) -> Any:
    try:
        return import_module(name)
    except (ImportError, OSError):  # a package may be there without the library below it
        return None


WAYS: tuple[Callable[[str, str], bytes | None], ...] = (_rsvg, _resvg, _cairosvg)
