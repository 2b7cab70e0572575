"""Rosters as text: which encoding, which separator, and one record after the other, however the quotes stand.

Reads line by line, so that memory does not grow with the file. A record that cannot be read costs itself and no other.
This module knows rows of cells and nothing of children.
"""

import codecs
import csv
from collections import Counter
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import BinaryIO, NamedTuple, NoReturn, TextIO
from unicodedata import normalize

from agreement.errors import InputError, Problem, Where

MAX_BYTES = 1_000_000_000
"""A million households are a hundred million bytes; what is ten times larger is no roster."""
MAX_RECORD_LINES = 20
MAX_RECORD = 65_536
MAX_CELLS = 1_024
MAX_SHEETS = 60
LINES_BEFORE_HEADER = 40
_CHUNK = 1 << 20
_SEPARATORS = "\t;|,"
_ODD = bytes(
    [*range(0x81, 0x85), *range(0x86, 0x91), *range(0x98, 0xA0), *range(0xA1, 0xAA), *range(0xB1, 0xB4), 0xB5, 0xB8]
)
_ACCENTED = bytes(range(0xC0, 0x100))
_MARKS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)


class Figure(str):
    """What a spreadsheet keeps as a number or a date, in the form in which it is read."""

    __slots__ = ()


class TableRow(NamedTuple):
    """A row of a roster. `number` counts from 1, the header included; `problem` says why it could not be read."""

    number: int
    cells: tuple[str, ...]
    problem: Problem | None = None


def refuse(where: Where, code: str, text: str, mend: str = "") -> NoReturn:
    """Raise InputError with one problem."""
    raise InputError([Problem(where, code, text, mend)])


def plain_class(name: str) -> str:
    """Return the name of a class without regard to case, spaces and the way its accents are written."""
    return normalize("NFC", " ".join(name.split())).casefold()


def encoding_of(path: Path, name: str) -> str:
    """Return the encoding of a text file: by its mark, by its zeros, UTF-8 if all of it is, else Windows-1252.

    Raises InputError for a file that is none of these.
    """
    with path.open("rb") as stream:
        start = stream.read(4096)
        for mark, encoding in _MARKS:
            if start.startswith(mark):
                return encoding
        zeros = start.count(0)
        if zeros > len(start) // 4:
            return "utf-16-le" if start[1::2].count(0) > start[0::2].count(0) else "utf-16-be"
        if start.lstrip().lower().startswith((b"<html", b"<!doctype", b"<table", b"<?xml")):
            said = "this is a web page, whatever its name says."
            refuse(Where(name), "R104", said, "Open it in a spreadsheet program and save it as XLSX or CSV.")
        stream.seek(0)
        if _decodes(stream, "utf-8"):
            return "utf-8"
        stream.seek(0)
        if b"\r" in start and b"\n" not in start:
            return "mac-roman"  # lines that end like these are of a Macintosh
        if not zeros and _decodes(stream, "cp1252"):
            return "cp1252"
    refuse(
        Where(name),
        "R103",
        "this is neither UTF-8, UTF-16 nor Windows-1252 text.",
        'Save the roster as "CSV UTF-8" and try again.',
    )


def _decodes(stream: BinaryIO, encoding: str) -> bool:
    """Tell whether it is text in this encoding; what has more odd signs than letters with accents is not."""
    decoder = codecs.getincrementaldecoder(encoding)("strict")
    odd = letters = 0
    try:
        while chunk := stream.read(_CHUNK):
            decoder.decode(chunk)
            if encoding == "cp1252":
                odd += len(chunk) - len(chunk.translate(None, _ODD))
                letters += len(chunk) - len(chunk.translate(None, _ACCENTED))
        decoder.decode(b"", final=True)
    except UnicodeDecodeError:
        return False
    return odd <= letters


def separator_of(lines: Sequence[str]) -> str:
    """Return the separator of which most lines have equally many outside quotes; a comma only where it is plain.

    A title over the header, or commas in names between semicolons, do not decide.
    """
    outside = ["".join(line.split('"')[0::2]) for line in lines]

    def weight(mark: str) -> tuple[int, int, int]:
        usual, lines_with = max(
            Counter(count for line in outside if (count := line.count(mark))).items(),
            key=lambda one: (one[1], one[0]),
            default=(0, 0),
        )
        return lines_with, usual, -_SEPARATORS.index(mark)

    return max(_SEPARATORS, key=weight)


class _Lines:
    """Physical lines of a text, some of which may be given back."""

    def __init__(self, stream: TextIO) -> None:
        self._stream = stream
        self._kept: list[str] = []

    def next(self) -> str:
        """Return the next line with its end, or "" at the end. No line is longer than MAX_RECORD and a letter."""
        return self._kept.pop() if self._kept else self._stream.readline(MAX_RECORD + 1)

    def give_back(self, lines: list[str]) -> None:
        self._kept += reversed(lines)

    def skip_rest_of_line(self) -> None:
        """Leave a line that is too long behind."""
        while (part := self._stream.readline(_CHUNK)) and not part.endswith(("\n", "\r")):
            continue


def text_rows(path: Path, name: str, encoding: str) -> Iterator[TableRow]:
    """Yield the records of a CSV or TSV file, the header first."""
    with path.open(encoding=encoding, errors="replace", newline="") as stream:
        yield from records(stream, name)


def records(stream: TextIO, name: str) -> Iterator[TableRow]:
    """Yield the records of a text that was opened with newline="". A line `sep=;` before them is obeyed."""
    lines = _Lines(stream)
    first = lines.next()
    named = first.strip().lower()
    if named.startswith("sep=") and len(named) == 5:
        separator = first.strip()[4]
    else:
        lines.give_back([first])
        separator = _separator_ahead(lines)
    number = 0
    while line := lines.next():
        number += 1
        yield _record(line, lines, separator, Where(name, number, 1))


def _separator_ahead(lines: _Lines) -> str:
    ahead: list[str] = []
    while len(ahead) < LINES_BEFORE_HEADER and (line := lines.next()):
        ahead.append(line)
        if len(line) > MAX_RECORD:
            break
    lines.give_back(ahead)
    return separator_of(ahead)


def _record(line: str, lines: _Lines, separator: str, where: Where) -> TableRow:
    if len(line) > MAX_RECORD:
        lines.skip_rest_of_line()
        return TableRow(where.line, (), Problem(where, "R302", "this row is longer than any row of a roster."))
    gathered = [line]
    text = line
    while is_open(text, separator) and len(gathered) < MAX_RECORD_LINES and len(text) < MAX_RECORD:
        following = lines.next()
        if not following:
            break
        gathered.append(following)
        text += following
    if is_open(text, separator):
        lines.give_back(gathered[1:])
        said = "a quotation mark opens in this row and never closes."
        mend = 'Close it, or write each " inside a cell twice.'
        return TableRow(where.line, (), Problem(where, "R301", said, mend))
    cells = next(csv.reader([text.rstrip("\r\n")] if len(gathered) == 1 else [text], delimiter=separator), [])
    if len(cells) > MAX_CELLS:
        return TableRow(where.line, (), Problem(where, "R302", f"this row has {len(cells)} cells."))
    return TableRow(where.line, tuple(cell.replace("\ufeff", "") for cell in cells))


def is_open(text: str, separator: str) -> bool:
    """Tell whether a quotation mark at the beginning of a cell has no partner yet."""
    if '"' not in text:
        return False
    at, length = 0, len(text)
    while at < length:
        if text[at] == '"':  # a quoted cell: find the mark that ends it
            at += 1
            while True:
                at = text.find('"', at)
                if at < 0:
                    return True
                if at + 1 < length and text[at + 1] == '"':
                    at += 2
                    continue
                break
        at = text.find(separator, at)
        if at < 0:
            return False
        at += 1
    return False
