"""Writing a result: to standard output, or to a file without ever losing somebody's work.

* The input is never written to, however it is named (links and case included).
* An existing file is replaced only if conclang wrote it: it carries our mark, or its content is
  among what we remember having written. Everything else needs `--force`.
* A file is complete or not there: the new content is moved into place at the end.
"""

from __future__ import annotations

import os
import stat
import sys
from collections.abc import Iterable

from conclang.cli.common import Unusable, shortened

MARK = "Made by conclang"  # renderers put it into a comment or the metadata of what they make
REMEMBERED = 2000  # contents remembered, newest last


def write_output(
    data: str | bytes, path: str | None, inputs: Iterable[str] = (), force: bool = False
) -> None:
    """Write a result to a path, or to standard output if it is None or `-`."""
    content = data.encode("utf-8", "backslashreplace") if isinstance(data, str) else data
    if path is None or path == "-":
        _to_stdout(content)
        return
    refuse_output(path, inputs, force)
    if _is_special(path):
        _to_special(path, content)
        return
    replace_file(path, content)
    _remember(content)


def refuse_output(path: str | None, inputs: Iterable[str] = (), force: bool = False) -> None:
    """End this command if a result may not go there; to be asked before long work, too."""
    if path is None or path == "-":
        return
    refuse_input(path, inputs)
    if _is_special(path):
        return
    if os.path.isdir(path):
        raise Unusable(f"{shortened(path)}: this is a directory, not a file to write to")
    if os.path.exists(path) and not force and not _is_ours(path):
        raise Unusable(
            f"{shortened(path)}: this file exists and was not written by conclang;"
            " --force replaces it"
        )
    if not os.path.isdir(os.path.dirname(path) or os.curdir):
        raise Unusable(f"{shortened(path)}: cannot be written: there is no such folder")


def _to_special(path: str, content: bytes) -> None:
    try:
        with open(path, "wb") as stream:
            stream.write(content)
    except BrokenPipeError:
        raise
    except OSError as error:
        raise Unusable(f"{shortened(path)}: cannot be written: {error.strerror}") from None


def refuse_input(path: str, inputs: Iterable[str]) -> None:
    """End this command if the output is one of its inputs."""
    for given in inputs:
        if _same_file(path, given):
            raise Unusable(f"{shortened(path)}: this is the input, which is never overwritten")


def replace_file(path: str, content: bytes) -> None:
    """Put a new content in place at once; through links, and keeping the permissions."""
    import contextlib  # late, as `tempfile`: most commands write to a terminal
    import tempfile

    try:
        target = os.path.realpath(path)
        folder = os.path.dirname(target)
        mode = stat.S_IMODE(os.stat(target).st_mode) if os.path.exists(target) else _fresh_mode()
        handle, temporary = tempfile.mkstemp(prefix=".conclang-", dir=folder)
        try:
            with os.fdopen(handle, "wb") as stream:
                stream.write(content)
            os.chmod(temporary, mode)
            os.replace(temporary, target)
        except BaseException:
            with contextlib.suppress(OSError):
                os.unlink(temporary)
            raise
    except OSError as error:
        raise Unusable(f"{shortened(path)}: cannot be written: {error.strerror}") from None


def _to_stdout(content: bytes) -> None:
    buffer = getattr(sys.stdout, "buffer", None)
    if buffer is None:  # somebody reads what is written, without its bytes
        import click

        click.echo(content, nl=False)
        return
    sys.stdout.flush()
    buffer.write(content)
    buffer.flush()


def _is_special(path: str) -> bool:
    """A pipe or a device: there is nothing to replace and nothing to lose."""
    try:
        mode = os.stat(path).st_mode
    except OSError:
        return False
    return not stat.S_ISREG(mode) and not stat.S_ISDIR(mode)


def _same_file(path: str, given: str) -> bool:
    try:
        there = os.stat(path)
    except OSError:
        return given != "-" and os.path.realpath(path) == os.path.realpath(given)
    try:
        here = os.fstat(sys.stdin.fileno()) if given == "-" else os.stat(given)
    except (OSError, ValueError):
        return False
    return stat.S_ISREG(there.st_mode) and os.path.samestat(there, here)


def _fresh_mode() -> int:
    mask = os.umask(0)
    os.umask(mask)
    return 0o666 & ~mask


def _is_ours(path: str) -> bool:
    try:
        with open(path, "rb") as stream:
            content = stream.read()
    except OSError:
        return False
    return MARK.encode() in content[:4000] or _digest(content) in _memory()


def _digest(content: bytes) -> str:
    import hashlib  # late: most commands write to a terminal

    return hashlib.sha256(content).hexdigest()[:32]


def _memory_path() -> str:
    from platformdirs import user_state_path

    return str(user_state_path("conclang") / "written")


def _memory() -> list[str]:
    try:
        with open(_memory_path(), encoding="ascii") as stream:
            return stream.read().split()
    except (OSError, UnicodeDecodeError):
        return []


def _remember(content: bytes) -> None:
    """Note a digest; a home that cannot be written to only means asking for --force later."""
    import contextlib

    known, digest = _memory(), _digest(content)
    if digest in known[-REMEMBERED // 2 :]:
        return
    with contextlib.suppress(OSError, Unusable):
        path = _memory_path()
        os.makedirs(os.path.dirname(path), exist_ok=True)
        kept = [line for line in known if line != digest]
        lines = [*kept[-REMEMBERED + 1 :], digest]
        replace_file(path, ("\n".join(lines) + "\n").encode("ascii"))
