"""Colours and patterns of a timeline, light and dark.

A state is told by colour *and* pattern: running is plain, ready striped, blocked crossed, sleeping
dotted, switching barred. The eight colours of threads are chosen so that black text on them is easy
to read and that the two nearest are as far apart as can be for people with any common colour
blindness (a test measures both); from the ninth thread on they come again with stripes over them.
"""

from __future__ import annotations

from conclang.render.svg import FONT

THREADS = (
    "#56b4e9", "#e69f00", "#50f580", "#f55080", "#f0e442", "#8080f5", "#d0f5f5", "#80a850"
)  # fmt: skip

LIGHT = {
    "back": "#ffffff",
    "ink": "#1a1a1a",
    "soft": "#555555",
    "grid": "#dddddd",
    "row": "#f4f5f7",
    "edge": "#333333",
    "wake": "#1a1a1a",
    "message": "#0b5394",
    "spawn": "#1b6b2f",
    "join": "#7a3e9d",
    "alarm": "#b3261e",
}
DARK = {
    "back": "#16181d",
    "ink": "#f0f0f0",
    "soft": "#b5b8bf",
    "grid": "#33363d",
    "row": "#1e2127",
    "edge": "#16181d",
    "wake": "#f0f0f0",
    "message": "#8ab8ff",
    "spawn": "#7fd494",
    "join": "#d2a4f0",
    "alarm": "#ff8a80",
}

STATES = {  # ground and strokes of the pattern; black text is legible on every ground
    "running": ("#5cb894", ""),
    "ready": ("#fff1c2", "#8a6d00"),
    "blocked": ("#f6b7a5", "#8c1d0a"),
    "sleeping": ("#d6d9e8", "#4b5280"),
    "switch": ("#9a9a9a", "#1a1a1a"),
    "held": ("#cfc3ea", ""),
    "inside": ("#bfdcf2", ""),
}

PATTERNS = {
    "ready": (7, "M-2,5 L5,-2 M2,9 L9,2"),
    "blocked": (6, "M0,0 L6,6 M6,0 L0,6"),
    "switch": (4, "M1,0 V4"),
    "sleeping": (6, "M1.5,3 h2"),
    "again1": (8, "M-2,6 L6,-2 M2,10 L10,2"),
    "again2": (8, "M4,0 V8"),
    "again3": (8, "M0,4 H8"),
}


def patterns() -> str:
    """The patterns, as definitions."""
    out = []
    for name, (size, data) in PATTERNS.items():
        out.append(
            f'<pattern id="p-{name}" width="{size}" height="{size}" '
            f'patternUnits="userSpaceOnUse">{_ground(name, size)}'
            f'<path class="l-{name}" d="{data}"/></pattern>'
        )
    return "".join(out) + ARROWHEADS


def _ground(name: str, size: int) -> str:
    if name not in STATES:
        return ""
    return f'<rect class="g-{name}" width="{size}" height="{size}"/>'


ARROWHEADS = "".join(
    f'<marker id="h-{kind}" viewBox="0 0 8 8" refX="7" refY="4" markerWidth="5" markerHeight="5" '
    f'orient="auto"><path class="f-{kind}" d="M0,0 L8,4 L0,8 z"/></marker>'
    for kind in ("wake", "message", "spawn", "join")
)


def style() -> str:
    """The style sheet."""
    rules = [
        f"text{{font-family:{FONT};font-size:12px}}",
        ".big{font-size:17px;font-weight:bold}",
        ".small{font-size:11px}.bar{font-size:11px;fill:#1a1a1a}",
        ".grid{stroke-width:1}.arrow{fill:none;stroke-width:1.4}",
        ".mark{stroke-width:1.2;stroke-linejoin:round}.alarm{stroke-width:1.6;paint-order:stroke}.box{fill:none;stroke-width:.7}",
    ]
    for name, (ground, strokes) in STATES.items():
        rules.append(f".g-{name}{{fill:{ground}}}")
        if strokes:
            rules.append(f".s-{name}{{fill:url(#p-{name})}}")
            rules.append(f".l-{name}{{stroke:{strokes};stroke-width:1;fill:none}}")
        else:
            rules.append(f".s-{name}{{fill:{ground}}}")
    rules += [f".t{n}{{fill:{color}}}" for n, color in enumerate(THREADS)]
    rules += [f".again{n}{{fill:url(#p-again{n})}}" for n in (1, 2, 3)]
    rules += [f".l-again{n}{{stroke:#1a1a1a;stroke-width:1;opacity:.45}}" for n in (1, 2, 3)]
    return "".join([*rules, *_scheme(LIGHT)]) + _dark()


def _dark() -> str:
    return "@media (prefers-color-scheme:dark){" + "".join(_scheme(DARK)) + "}"


def _scheme(colors: dict[str, str]) -> list[str]:
    rules = [
        f".back{{fill:{colors['back']}}}text{{fill:{colors['ink']}}}.soft{{fill:{colors['soft']}}}",
        f".row{{fill:{colors['row']}}}.grid{{stroke:{colors['grid']}}}",
        f".box{{stroke:{colors['edge']}}}",
        f".mark{{fill:{colors['back']};stroke:{colors['ink']}}}",
        f".alarm{{fill:{colors['alarm']};stroke:{colors['back']}}}",
        f".axis{{stroke:{colors['soft']}}}text.bar{{fill:#1a1a1a}}",
    ]
    for kind in ("wake", "message", "spawn", "join"):
        rules.append(f".a-{kind}{{stroke:{colors[kind]};marker-end:url(#h-{kind})}}")
        rules.append(f".f-{kind}{{fill:{colors[kind]}}}")
    rules.append(".a-message{stroke-dasharray:5 2}.a-spawn{stroke-dasharray:2 2}")
    return rules
