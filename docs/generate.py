"""`make docs`: make every table and every output in the documentation anew.

With `--check` nothing is written and the pages that are out of date are named; exit code 1.
Pages may be named; without any, all are done.
"""

from __future__ import annotations

import sys
from pathlib import Path

sys.path[:0] = [str(Path(__file__).parent), str(Path(__file__).parents[1])]

from weave.blocks import pages
from weave.pages import made_anew


def main(arguments: list[str]) -> int:
    check = "--check" in arguments
    chosen = [Path(a).resolve() for a in arguments if a != "--check"] or pages()
    stale = 0
    for page in chosen:
        text = made_anew(page)
        if text == page.read_text(encoding="utf-8"):
            continue
        stale += 1
        print(f"{'out of date' if check else 'updated'}: {page}")
        if not check:
            page.write_text(text, encoding="utf-8")
    return 1 if check and stale else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
