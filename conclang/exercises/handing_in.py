"""Submissions, read without ever leaving their folder.

A submission is a file, or a folder with the files to hand in directly inside. Links, pipes and
devices are not opened at all, and no file is read beyond a modest size: whatever a name or a file
is made to look like, it ends as a submission with a problem.
"""

from __future__ import annotations

import os
import stat

from conclang.diagnostics.source import decode
from conclang.exercises.exercise import ANSWER_FILE, Exercise
from conclang.record import record

LARGEST = 256 * 1024
MOST_ENTRIES = 1000  # of one submission's folder that are looked at
KINDS = (".cl", ".yaml", ".yml")


@record
class Submission:
    """Texts by the name of the file wanted; `problem`: why there is nothing to judge."""

    name: str  # printable
    texts: tuple[tuple[str, str], ...] = ()
    problem: str = ""


def printable(name: str) -> str:
    """A name that can stand in a line of any result."""
    raw = os.fsencode(name).decode("utf-8", "backslashreplace")
    return "".join(c if c.isprintable() else c.encode("unicode_escape").decode() for c in raw)


def collect(paths: tuple[str, ...], exercise: Exercise) -> list[Submission]:
    """All submissions below some paths, in order of names."""
    found: list[Submission] = []
    for path in paths:
        if not _is_folder(path):
            found.append(_lone(path, os.path.basename(path.rstrip("/")) or path, exercise))
        elif _is_submission(path, exercise):
            name = os.path.basename(os.path.abspath(path))
            found.append(_folder(path, name, exercise))
        else:
            found += _inside(path, exercise)
    return found


def _inside(folder: str, exercise: Exercise) -> list[Submission]:
    """Each file and each folder in a folder is a submission; hidden ones are none."""
    found = []
    for name in sorted(os.listdir(folder), key=os.fsencode):
        path = os.path.join(folder, name)
        if name.startswith("."):
            continue
        if _is_folder(path, follow=False):
            found.append(_folder(path, name, exercise))
        elif name.endswith(KINDS) or os.path.islink(path):
            found.append(_lone(path, name, exercise))
    return found


def _is_folder(path: str, follow: bool = True) -> bool:
    try:
        mode = (os.stat if follow else os.lstat)(path).st_mode
    except (OSError, ValueError):
        return False
    return stat.S_ISDIR(mode)


def _is_submission(path: str, exercise: Exercise) -> bool:
    """Does a folder hold the very file to hand in?"""
    return any(os.path.lexists(os.path.join(path, name)) for name in exercise.wanted)


def _lone(path: str, name: str, exercise: Exercise) -> Submission:
    """A single file; it can be all only of an exercise that wants one."""
    wanted = exercise.wanted
    target = wanted[0]
    if len(wanted) > 1 and name.endswith((".yaml", ".yml")):
        target = ANSWER_FILE
    text, problem = read(path)
    if problem:
        return Submission(printable(name), problem=problem)
    texts = {file: "" for file in wanted if file == ANSWER_FILE} | {target: text}
    if wanted[0] not in texts:
        texts[wanted[0]] = exercise.starter
    return Submission(printable(name), tuple(texts.items()))


def _folder(path: str, name: str, exercise: Exercise) -> Submission:
    """The wanted files of a folder; a lone file of the right kind may have another name."""
    texts: list[tuple[str, str]] = []
    for file in exercise.wanted:
        chosen = _chosen(path, file)
        if chosen is None:
            if file == ANSWER_FILE and len(exercise.wanted) > 1:
                texts.append((file, ""))
                continue
            return Submission(printable(name), problem=f"there is no {file} in it")
        text, problem = read(os.path.join(path, chosen))
        if problem:
            return Submission(printable(name), problem=f"{printable(chosen)}: {problem}")
        texts.append((file, text))
    return Submission(printable(name), tuple(texts))


def _chosen(path: str, file: str) -> str | None:
    """The file itself, or the only one of its kind."""
    if os.path.lexists(os.path.join(path, file)):
        return file
    kind = os.path.splitext(file)[1]
    try:
        with os.scandir(path) as entries:
            names = [e.name for _, e in zip(range(MOST_ENTRIES), entries, strict=False)]
    except OSError:
        return None
    fitting = sorted(n for n in names if n.endswith(kind) and not n.startswith("."))
    return fitting[0] if len(fitting) == 1 else None


def read(path: str) -> tuple[str, str]:
    """The text of a file, or why it is not read."""
    flags = os.O_RDONLY | getattr(os, "O_NOFOLLOW", 0) | getattr(os, "O_NONBLOCK", 0)
    try:
        if stat.S_ISLNK(os.lstat(path).st_mode):
            return "", "this is a link, not a file"
        handle = os.open(path, flags)
    except FileNotFoundError:
        return "", "there is no such file"
    except (OSError, ValueError) as error:
        return "", f"it cannot be read: {getattr(error, 'strerror', None) or 'not a path'}"
    with os.fdopen(handle, "rb") as stream:
        if not stat.S_ISREG(os.fstat(stream.fileno()).st_mode):
            return "", "this is not a file"
        data = stream.read(LARGEST + 1)
    if len(data) > LARGEST:
        return "", f"it is larger than {LARGEST // 1024} KB"
    source, problem = decode(data, "submission")
    return ("", problem.message) if problem is not None else (source.text, "")
