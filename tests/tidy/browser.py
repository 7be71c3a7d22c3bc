"""`make browser`: a Chromium for the tests that look at the page in a real browser.

Looks for one; if there is none and this is Debian and we are root (as in continuous integration),
installs it. Otherwise it says plainly that those tests are left out, and how to get them. With
CONCLANG_BROWSER=required that is an error.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys

NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable", "chrome")
MISSING = (
    "no Chromium found: the tests in a browser (tests/browser) are LEFT OUT.\n"
    "    apt-get install chromium      or      CONCLANG_CHROMIUM=/path/to/chrome make test"
)


def find() -> str:
    """The path of a Chromium, or ""."""
    named = os.environ.get("CONCLANG_CHROMIUM", "")
    if named:
        return named if os.access(named, os.X_OK) else ""
    return next((path for name in NAMES if (path := shutil.which(name))), "")


def install() -> None:
    """Through apt, if that is ours to do."""
    if shutil.which("apt-get") is None or not hasattr(os, "geteuid") or os.geteuid() != 0:
        return
    quiet = {**os.environ, "DEBIAN_FRONTEND": "noninteractive"}
    for command in (
        ["update", "-qq"],
        ["install", "-y", "-qq", "--no-install-recommends", "chromium"],
    ):
        result = subprocess.run(["apt-get", *command], env=quiet, capture_output=True, text=True)
        if result.returncode:
            print(result.stderr.strip()[-400:], file=sys.stderr)
            return


def main() -> int:
    if not find() and not os.environ.get("CONCLANG_CHROMIUM"):
        install()
    if find():
        return 0
    print(MISSING, file=sys.stderr)
    return 1 if os.environ.get("CONCLANG_BROWSER") == "required" else 0


if __name__ == "__main__":
    raise SystemExit(main())
