"""`make docs`: make every table, output and picture in the documentation anew.

With `--check` nothing is written and the pages that are out of date are named; exit code 1.
Pages may be named; without any, all are done.
"""

from __future__ import annotations

import sys
from pathlib import Path

sys.path[:0] = [str(Path(__file__).parent), str(Path(__file__).parents[1])]

from weave.pages import all_pages, is_same, made_anew


def main(arguments: list[str]) -> int:
    check = "--check" in arguments
    chosen = [Path(a).resolve() for a in arguments if a != "--check"] or all_pages()
    stale = 0
    for page in chosen:
        made = made_anew(page)
        wanted = {page: made.text.encode(), **made.pictures}
        for path, content in wanted.items():
            if path.is_file() and is_same(path.read_bytes(), content):
                continue
            stale += 1
            print(f"{'out of date' if check else 'updated'}: {path}")
            if not check:
                path.parent.mkdir(parents=True, exist_ok=True)
                path.write_bytes(content)
    return 1 if check and stale else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
