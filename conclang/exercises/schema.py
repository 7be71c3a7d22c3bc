"""The JSON Schema of `exercise.yaml`, made from the table; editors complete and check with it.

`python -m conclang.exercises.schema` writes it beside this file. A test says when it is stale, and
another that it and the loader agree. What YAML alone knows (doubled keys, anchors, `010`) no
schema can see.
"""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from conclang.exercises.table import EXERCISE

FILE = Path(__file__).with_name("exercise.schema.json")


def schema() -> dict[str, Any]:
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": "conclang exercise",
        "description": "The file exercise.yaml of an exercise for conclang",
        **EXERCISE.schema(),
    }


def text() -> str:
    return json.dumps(schema(), indent=2, ensure_ascii=False) + "\n"


if __name__ == "__main__":
    FILE.write_text(text(), encoding="utf-8")
