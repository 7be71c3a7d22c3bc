"""MkDocs and Sphinx build a tiny site with pictures, by the real tools."""

from __future__ import annotations

import base64
import re
import subprocess
import sys
from pathlib import Path

import markdown
import pytest

from conclang.embed import superfences

FENCE = {
    "name": "conclang",
    "class": "conclang",
    "format": superfences.formatter,
    "validator": superfences.validator,
}
CODE = 'scenario "A <b> & c"\nthread a { work 2 }\nthread b { work 1 }\n'
MKDOCS = """
site_name: Notes
markdown_extensions:
  - pymdownx.superfences:
      custom_fences:
        - name: conclang
          class: conclang
          format: !!python/name:conclang.embed.superfences.formatter
          validator: !!python/name:conclang.embed.superfences.validator
"""
RST = """
Notes
=====

.. conclang:: timeline
   :cores: 1
   :define: N=4

   scenario "A picture"
   const N = 1
   thread a { work N }

.. conclang:: locks
   :all-schedules:
   :hide-source:

   lock m
   thread secret { lock m { work 1 } }
"""


def html_of(text: str) -> str:
    return markdown.markdown(
        text,
        extensions=["pymdownx.superfences"],
        extension_configs={"pymdownx.superfences": {"custom_fences": [FENCE]}},
    )


def images(page: str) -> list[str]:
    found = re.findall(r'src="data:image/svg\+xml;base64,([^"]+)"', page)
    return [base64.b64decode(data).decode("utf-8") for data in found]


def run(*arguments: object) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-m", *map(str, arguments)]
    return subprocess.run(command, capture_output=True, text=True, check=False)


def test_a_fence_with_a_view_gets_its_picture() -> None:
    page = html_of(f'```conclang timeline cores="1" policy="fifo"\n{CODE}```\n')
    [picture] = images(page)
    assert "fifo on 1 core" in picture
    assert 'alt="timeline: A &lt;b&gt; &amp; c"' in page and "<b>" not in page
    assert "thread a { work 2 }" in page


def test_constants_and_brackets() -> None:
    page = html_of('```conclang timeline D="N=6"\nconst N = 1\nthread a { work N }\n```\n')
    assert "completed at tick 6" in images(page)[0]


def test_a_fence_without_a_view_stays_code() -> None:
    page = html_of(f"```conclang\n{CODE}```\n")
    assert images(page) == [] and "<code" in page


@pytest.mark.parametrize(
    ("fence", "words"),
    [
        ("```conclang timeline\nthread a { y = 1 <script> }\n```\n", "fence:1:"),
        ("```conclang timelin\nthread a { work 1 }\n```\n", "did you mean"),
        ('```conclang timeline cores="x"\nthread a { work 1 }\n```\n', "is no number"),
    ],
)
def test_mistakes_are_shown_and_logged(
    fence: str, words: str, caplog: pytest.LogCaptureFixture
) -> None:
    page = html_of(fence)
    assert 'role="alert"' in page and words in page and "<script>" not in page
    assert any(words in record.message for record in caplog.records)


def test_mkdocs_builds_a_site(tmp_path: Path) -> None:
    (tmp_path / "mkdocs.yml").write_text(MKDOCS)
    docs = tmp_path / "docs"
    docs.mkdir()
    (docs / "index.md").write_text(f"# Notes\n\n```conclang sequence\n{CODE}```\n")
    out = tmp_path / "site"
    command = ("mkdocs", "build", "--strict", "-f", tmp_path / "mkdocs.yml", "-d", out)
    done = run(*command)
    assert done.returncode == 0, done.stderr
    assert len(images((out / "index.html").read_text())) == 1
    (docs / "index.md").write_text("```conclang timeline\nthread a { y = 1 }\n```\n")
    assert run(*command).returncode != 0  # strict: a mistake is a warning


def test_sphinx_builds_a_site(tmp_path: Path) -> None:
    (tmp_path / "conf.py").write_text(
        'project = "Notes"\nextensions = ["conclang.embed.sphinx_ext"]\n'
    )
    (tmp_path / "index.rst").write_text(RST)
    out = tmp_path / "out"
    done = run("sphinx", "-q", "-W", "-b", "html", tmp_path, out)
    assert done.returncode == 0, done.stderr
    page = (out / "index.html").read_text()
    one, two = images(page)
    assert "completed at tick 4" in one and "lock m" in two
    assert "thread a { work N }" in page and "secret" not in page.replace(two, "")
    broken = RST.replace("thread a { work N }", "thread a { y = N }")
    (tmp_path / "index.rst").write_text(broken)
    done = run("sphinx", "-q", "-W", "-b", "html", tmp_path, out)
    line = broken.split("\n").index("   thread a { y = N }") + 1
    assert done.returncode != 0 and f"index.rst:{line}:" in done.stderr
