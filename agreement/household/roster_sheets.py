"""Rosters as spreadsheets: XLSX, XLS and ODS by python-calamine, once it is sure that they are no larger than they say.

A small file can claim a table of seventeen thousand million cells, or unpack to more than the memory holds; both are
refused before calamine sees them. This module knows rows of cells and nothing of children.
"""

import datetime
import re
import zipfile
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from functools import lru_cache
from itertools import islice
from pathlib import Path
from typing import TYPE_CHECKING, Any

from agreement.errors import Where
from agreement.household.roster_text import MAX_CELLS, MAX_SHEETS, Figure, TableRow, refuse

if TYPE_CHECKING:
    from python_calamine import CalamineWorkbook

MAX_FILE_BYTES = 100_000_000
MAX_UNPACKED_BYTES = 1_000_000_000
MAX_TABLE_CELLS = 20_000_000
_CHUNK = 1 << 18
_CELL = re.compile(rb'<(?:\w+:)?c\s[^>]*?r="([A-Z]{1,3})(\d{1,7})"')
_ODS = re.compile(rb"<table:(table-row|(?:covered-)?table-cell)\b([^>]*)>")
_TIMES = re.compile(rb'-repeated="(\d{1,9})"')


def sheets_ahead(path: Path, name: str, row_count: int) -> list[tuple[str, list[TableRow]]]:
    """Return the sheets that a person sees, each with its first rows where there are several. Raises InputError."""
    with _book(path, name) as book:
        from python_calamine import SheetTypeEnum, SheetVisibleEnum

        known = book.sheets_metadata
        seen = [
            sheet.name
            for sheet in known
            if sheet.typ == SheetTypeEnum.WorkSheet and sheet.visible == SheetVisibleEnum.Visible
        ] or [sheet.name for sheet in known]
        if not 1 < len(seen) <= MAX_SHEETS:
            return [(one, []) for one in seen]
        return [(one, list(islice(_rows(book, one, name), row_count))) for one in seen]


def sheet_rows(path: Path, name: str, sheet_name: str) -> Iterator[TableRow]:
    """Yield the rows of a sheet, empty ones over the header included. Raises InputError."""
    with _book(path, name) as book:
        yield from _rows(book, sheet_name, name)


def _rows(book: "CalamineWorkbook", sheet_name: str, name: str) -> Iterator[TableRow]:
    sheet = book.get_sheet_by_name(sheet_name)
    height, width = sheet.end if sheet.end else (0, 0)
    if (height + 1) * (width + 1) > MAX_TABLE_CELLS:
        _refuse_size(name)
    for number, cells in enumerate(sheet.iter_rows(), 1):
        yield TableRow(number, tuple(map(_written, cells[:MAX_CELLS])))


@contextmanager
def _book(path: Path, name: str) -> Iterator["CalamineWorkbook"]:
    status = path.stat()
    if status.st_size > MAX_FILE_BYTES:
        refuse(Where(name), "R102", "this spreadsheet is too large.", "Save the roster as CSV.")
    if zipfile.is_zipfile(path):
        _refuse_bomb(path, name, (status.st_size, status.st_mtime_ns))
    from python_calamine import CalamineError, CalamineWorkbook

    try:
        yield CalamineWorkbook.from_path(str(path))
    except (CalamineError, OSError, ValueError) as error:
        said = str(error).splitlines()[0][:120] if str(error) else "it is broken"
        refuse(Where(name), "R104", f"the spreadsheet cannot be read: {said}.", "Open it and save it anew, or as CSV.")


def _refuse_size(name: str) -> None:
    refuse(
        Where(name),
        "R102",
        "this spreadsheet unpacks to more than a roster holds.",
        "Save the sheet with the families as CSV.",
    )


@lru_cache(8)
def _refuse_bomb(path: Path, name: str, state: tuple[int, int]) -> None:
    """Unpack every part once, keeping nothing, and stop at the first sign of more than a roster holds.

    `state` is the size and the time of the file: one that is what it was is sound still.
    """
    unpacked = 0
    try:
        with zipfile.ZipFile(path) as packed:
            if len(packed.infolist()) > 10_000:
                _refuse_size(name)
            for part in packed.infolist():
                if part.flag_bits & 1:
                    refuse(Where(name), "R104", "the spreadsheet asks for a password.", "Save it without one.")
                unpacked += _measure(packed, part, name, MAX_UNPACKED_BYTES - unpacked)
    except (zipfile.BadZipFile, zlib.error, NotImplementedError, EOFError, RuntimeError, OSError) as error:
        refuse(Where(name), "R104", f"the spreadsheet is broken: {error}.", "Open it and save it anew, or as CSV.")


def _measure(packed: zipfile.ZipFile, part: zipfile.ZipInfo, name: str, room: int) -> int:
    """Return how many bytes a part has; refuse a table that is wider times higher than any roster."""
    size, rest, columns, rows = 0, b"", 1, 1
    table = _OpenTable()
    with packed.open(part) as stream:
        while chunk := stream.read(_CHUNK):
            size += len(chunk)
            if size > room:
                _refuse_size(name)
            text = rest + chunk
            for letters, number in _CELL.findall(text):
                columns = max(columns, _column(letters))
                rows = max(rows, int(number))
            rest = table.read(text)
            if max(columns * rows, table.cell_count) > MAX_TABLE_CELLS:
                _refuse_size(name)
    return size


class _OpenTable:
    """How far the cells of an OpenDocument table reach that hold something, repeated ones included."""

    def __init__(self) -> None:
        self._row = self._column = self._columns = self._rows = self._times = 0

    @property
    def cell_count(self) -> int:
        return self._columns * self._rows

    def read(self, text: bytes) -> bytes:
        """Read a part; return its end that must be read again with the next."""
        done = 0
        for found in _ODS.finditer(text):
            done = found.end()
            times = _TIMES.search(found[2])
            count = int(times[1]) if times else 1
            if found[1] == b"table-row":
                self._row, self._column, self._times = self._row + self._times, 0, count
                continue
            self._column += count
            if b"value" in found[2] or b"formula" in found[2]:
                self._columns = max(self._columns, self._column)
                self._rows = max(self._rows, self._row + self._times)
        return text[max(done, len(text) - 4096) :]


def _column(letters: bytes) -> int:
    number = 0
    for letter in letters:
        number = number * 26 + letter - 64
    return number


def _written(value: Any) -> str:
    """Return a cell as text; what is a number or a date to the spreadsheet is a Figure."""
    if isinstance(value, str):
        return value
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, float) and value.is_integer() and abs(value) < 1e15:
        return Figure(int(value))
    if isinstance(value, datetime.datetime):
        return Figure(value.date().isoformat() if value.time() == datetime.time() else value.isoformat(" "))
    if isinstance(value, datetime.time):
        return Figure(f"{value:%H:%M}")
    return Figure(value)
