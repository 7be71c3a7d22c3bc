"""A real browser for the page: one for all tests, driven headless.

Without a Chromium these tests are not collected (`make browser` says so, and installs one where it
may); with CONCLANG_BROWSER=required, as in continuous integration, that is an error.
"""

from __future__ import annotations

import os
import runpy
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

sys.path.insert(0, str(Path(__file__).parent))
HELPER = runpy.run_path(str(Path(__file__).parents[1] / "tidy" / "browser.py"))
CHROMIUM: str = HELPER["find"]()

if not CHROMIUM:
    if os.environ.get("CONCLANG_BROWSER") == "required":
        raise RuntimeError(HELPER["MISSING"])
    collect_ignore_glob = ["test_*.py"]


@pytest.fixture(scope="session")
def browser() -> Iterator[object]:
    from playwright.sync_api import sync_playwright

    with sync_playwright() as driver:
        made = driver.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox"])
        yield made
        made.close()


@pytest.fixture
def opened(browser, tmp_path) -> Iterator[object]:
    """Opens pages; at the end of each test nothing may have gone wrong in them."""
    from pages import Opener

    opener = Opener(browser, tmp_path)
    yield opener
    opener.close()
    assert opener.troubles == []
