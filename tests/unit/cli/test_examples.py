"""`conclang examples`: list, show, copy."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from conclang.cli.main import cli
from conclang.collection.catalogue import THEMES, catalogue


def run(*arguments: str) -> Result:
    return CliRunner().invoke(cli, ["examples", *arguments])


def names(*arguments: str) -> list[str]:
    result = run(*arguments, "--format", "json")
    assert result.exit_code == 0, result.output
    return [row["name"] for row in json.loads(result.stdout)]


def test_the_list_has_every_example_under_its_theme() -> None:
    result = run()
    assert result.exit_code == 0
    lines = result.stdout.splitlines()
    heads = [line.split(" ")[0] for line in lines if line[:1].strip()][:-1]
    assert heads == list(THEMES)
    shown = [line.split()[0] for line in lines if line.startswith("  ")]
    assert shown == [one.name for one in catalogue()]
    for one in catalogue():
        row = next(line for line in lines if line.split()[:1] == [one.name])
        assert one.concept in row and one.verdict in row and row.endswith(one.title)


def test_columns_are_aligned() -> None:
    rows = [line for line in run("locks").stdout.splitlines() if line.startswith("  ")]
    starts = {line.index(one.title) for line in rows for one in catalogue() if one.title in line}
    assert len(starts) == 1


@pytest.mark.parametrize(
    ("arguments", "wanted"),
    [
        (("exclusion", "starvation"), ["attempt1_broken"]),
        (("--theme", "exclusion", "--verdict", "livelock", "spinlock"), ["mcs_broken"]),
        (("list", "peterson"), ["peterson"]),
        (("--concept", "ABA"), ["treiber", "treiber_broken"]),
    ],
)
def test_words_and_options_filter(arguments: tuple[str, ...], wanted: list[str]) -> None:
    assert names(*arguments) == wanted


def test_text_looks_everywhere() -> None:
    assert set(names("peterson", "--text")) > {"peterson", "peterson_broken", "filter"}


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (("petersn",), "did you mean `peterson`?"),
        (("zzzzzz",), "`conclang examples` without a word lists all"),
        (("--theme", "lock"), "there is no theme 'lock'; did you mean `locks`?"),
        (("--verdict", "deadlok"), "did you mean `deadlock`?"),
        (("async", "spinlock"), "no example is about async and spinlock at once"),
        (("show",), "say which one"),
        (("show", "a", "b"), "say which one"),
        (("show", "countr"), "there is no example 'countr'; did you mean `counter`?"),
        (("copy",), "say which one"),
        (("copy", "a", "b", "c"), "say which one"),
        (("copy", "nothing_like_it"), "`conclang examples` lists all"),
    ],
)
def test_slips_are_answered(arguments: tuple[str, ...], message: str) -> None:
    result = run(*arguments)
    assert result.exit_code == 2
    assert message in result.stderr
    assert result.stdout == ""


def test_show_prints_the_file() -> None:
    for one in catalogue()[:4]:
        assert run("show", one.name).stdout == one.text


def test_json_has_everything(tmp_path: Path) -> None:
    row = json.loads(run("show", "exclusion/peterson", "--format", "json").stdout)[0]
    assert row["file"] == "exclusion/peterson.cl" and row["twin"] == "peterson_broken"
    assert row["checked_by"] == ["oracle", "hand", "spin", "harmony"]
    assert row["verdict"] == "safe" and row["theme"] == "exclusion"
    assert all(row[key] for key in ("title", "idea", "concept", "source", "by_hand", "next"))
    assert row["text"].startswith("// ")


def test_copy_brings_the_twin(tmp_path: Path) -> None:
    folder = tmp_path / "new" / "deep"
    result = run("copy", "ordered_broken", str(folder))
    assert result.exit_code == 0
    assert sorted(p.name for p in folder.iterdir()) == ["ordered.cl", "ordered_broken.cl"]
    assert "Two locks in one order (safe)" in result.stderr
    assert run("copy", "ordered", str(folder)).exit_code == 0, "the same text is no conflict"


def test_copy_goes_to_the_present_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    assert run("copy", "peterson").exit_code == 0
    assert (tmp_path / "peterson.cl").read_text("utf-8").startswith("// ")


def test_a_theme_is_copied_whole(tmp_path: Path) -> None:
    assert run("copy", "locks/", str(tmp_path)).exit_code == 0
    wanted = sorted(f"{one.name}.cl" for one in catalogue() if one.theme == "locks")
    assert sorted(p.name for p in tmp_path.iterdir()) == wanted


def test_copy_never_overwrites(tmp_path: Path) -> None:
    mine = tmp_path / "ordered_broken.cl"
    mine.write_text("thread mine { }\n")
    result = run("copy", "ordered", str(tmp_path))
    assert result.exit_code == 2 and "nothing was copied" in result.stderr
    assert mine.read_text() == "thread mine { }\n"
    assert not (tmp_path / "ordered.cl").exists()
    assert run("copy", "ordered", str(tmp_path), "--force").exit_code == 0
    assert mine.read_text("utf-8").startswith("// ")


def test_copy_where_no_folder_can_be(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("x")
    (tmp_path / "ordered.cl").mkdir()
    for target in (str(tmp_path / "file"), str(tmp_path / "file" / "deep"), str(tmp_path)):
        result = run("copy", "ordered", target, "--force")
        assert result.exit_code == 2 and "Traceback" not in result.output, target
