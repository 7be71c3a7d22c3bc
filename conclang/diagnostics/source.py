"""Text that a person wrote, and places in it.

Everything that points at source points with a `Span`: two offsets, counted in code points of the
*normalised* text. Lines and columns are worked out only when somebody wants to read them.

Normalising changes the text once, at the door, so that no later stage meets an oddity:

* a byte order mark goes; CRLF and CR alone become LF;
* form feed, vertical tab, NEL, U+2028 and U+2029 become a space (editors do not break lines there);
* NUL and lone surrogates become U+FFFD, which no construct of the language contains.

All of these but the first two keep every column where an editor shows it, and those two do as well,
because a line's end is not part of it.
"""

from __future__ import annotations

import errno
import os
import stat
import sys
from bisect import bisect_right

from conclang.record import new, record

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import BinaryIO

MAX_BYTES = 64 * 1024 * 1024
STDIN = "-"

_REPLACED = dict.fromkeys((0x0B, 0x0C, 0x85, 0x2028, 0x2029), " ") | {0: "\ufffd"}
_SURROGATES = dict.fromkeys(range(0xD800, 0xE000), "\ufffd")


@record
class Span:
    """The half-open range of code points `start … end` of a text; empty at a mere place."""

    start: int
    end: int

    def __lt__(self, other: Span) -> bool:
        return (self.start, self.end) < (other.start, other.end)

    def to(self, other: Span) -> Span:
        """The smallest span that covers both."""
        return Span(min(self.start, other.start), max(self.end, other.end))


NOWHERE = Span(0, 0)


@record
class Place:
    """A line and a column as people count them: both from 1, columns in code points."""

    line: int
    column: int


@record(eq=False)
class SourceText:
    """A named, normalised text. Build it with `of`, never directly from raw text."""

    name: str
    text: str
    _starts: list[int] = new(factory=list)  # filled at the first question

    @classmethod
    def of(cls, text: str, name: str = "<text>") -> SourceText:
        """The source made from any Python string."""
        return cls(name, normalise(text))

    @property
    def line_count(self) -> int:
        """How many lines there are; an empty text has one."""
        return len(self._line_starts())

    def place(self, offset: int) -> Place:
        """Line and column of an offset; one outside the text is taken to its nearest end."""
        starts = self._line_starts()
        offset = max(0, min(offset, len(self.text)))
        line = bisect_right(starts, offset)
        return Place(line, offset - starts[line - 1] + 1)

    def line(self, number: int) -> str:
        """The text of a line, counted from 1, without its end; empty if there is no such line."""
        starts = self._line_starts()
        if not 1 <= number <= len(starts):
            return ""
        end = starts[number] - 1 if number < len(starts) else len(self.text)
        return self.text[starts[number - 1] : end]

    def line_start(self, number: int) -> int:
        """The offset at which a line (counted from 1) starts."""
        return self._line_starts()[number - 1]

    def slice(self, span: Span) -> str:
        """The text of a span."""
        return self.text[span.start : span.end]

    def _line_starts(self) -> list[int]:
        if not self._starts:
            starts = [0]
            find = self.text.find
            at = find("\n")
            while at >= 0:
                starts.append(at + 1)
                at = find("\n", at + 1)
            self._starts.extend(starts)
        return self._starts


@record
class Unreadable:
    """Why a file could not be taken as text: code, words and place of the diagnostic."""

    code: str
    message: str
    span: Span = NOWHERE
    help: str = ""


def normalise(text: str) -> str:
    """The text as every later stage sees it."""
    if text.startswith("\ufeff"):
        text = text[1:]
    if "\r" in text:
        text = text.replace("\r\n", "\n").replace("\r", "\n")
    if text.isascii():
        if "\0" in text or "\x0b" in text or "\x0c" in text:
            text = text.translate(_REPLACED)
        return text
    text = text.translate(_REPLACED)
    try:
        text.encode("utf-8")
    except UnicodeEncodeError:
        text = text.translate(_SURROGATES)
    return text


def read_source(path: str) -> tuple[SourceText, Unreadable | None]:
    """The text of a file (`-`: standard input), and what was wrong with it, if anything.

    A file that cannot be read gives an empty text, so that the complaint has a place to stand at.
    """
    name = "<stdin>" if path == STDIN else path
    try:
        data = _read_bytes(path)
    except (OSError, ValueError) as error:
        return SourceText(name, ""), _complaint(error)
    if len(data) > MAX_BYTES:
        limit = MAX_BYTES // (1024 * 1024)
        return SourceText(name, ""), Unreadable("CL0106", f"the file is larger than {limit} MB")
    return decode(data, name)


def decode(data: bytes, name: str) -> tuple[SourceText, Unreadable | None]:
    """The text in some bytes of UTF-8, and the complaint about the first byte that is not."""
    try:
        return SourceText(name, normalise(data.decode("utf-8"))), None
    except UnicodeDecodeError as error:
        source = SourceText(name, normalise(data.decode("utf-8", errors="replace")))
        at = len(normalise(data[: error.start].decode("utf-8")))
        message = f"this file is not UTF-8: byte {data[error.start]:#04x} makes no character"
        return source, Unreadable("CL0105", message, Span(at, at + 1), _encoding_hint(data))


def _read_bytes(path: str) -> bytes:
    if path == STDIN:
        if sys.stdin is None:
            raise OSError(errno.EBADF, "standard input is closed")
        return _read_limited(sys.stdin.buffer)
    with open(path, "rb") as file:
        mode = os.fstat(file.fileno()).st_mode
        if stat.S_ISCHR(mode) and not file.isatty() and path != os.devnull:
            raise OSError(errno.EINVAL, "it is a device, not a file")
        return _read_limited(file)


def _read_limited(file: BinaryIO) -> bytes:
    return file.read(MAX_BYTES + 1)


def _complaint(error: OSError | ValueError) -> Unreadable:
    if isinstance(error, FileNotFoundError):
        return Unreadable("CL0101", "there is no such file")
    if isinstance(error, IsADirectoryError):
        return Unreadable("CL0102", "this is a directory, not a file")
    if isinstance(error, PermissionError):
        return Unreadable("CL0103", "no permission to read this file")
    reason = error.strerror if isinstance(error, OSError) and error.strerror else str(error)
    return Unreadable("CL0104", f"the file cannot be read: {reason[:1].lower()}{reason[1:]}")


def _encoding_hint(data: bytes) -> str:
    if data[:2] in (b"\xff\xfe", b"\xfe\xff"):
        return "it looks like UTF-16; save it as UTF-8 in your editor"
    return "save it as UTF-8 in your editor"
