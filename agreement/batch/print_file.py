"""One print file of many households: in which order, on which sides, how many times, cut where.

Laid out and drawn one household at a time, so that memory does not grow. This module knows entries and documents, and
of PDF only that a Volume takes documents.
"""

import os
from collections import Counter
from collections.abc import Iterable, Iterator
from contextlib import suppress
from itertools import islice
from pathlib import Path
from typing import IO, NamedTuple

from agreement.batch.cover import cover
from agreement.batch.folder import locked, told_by_disk
from agreement.batch.impose import impose
from agreement.batch.making import Making, library_of, problems_of, shapes_of
from agreement.batch.shapes import Casting
from agreement.errors import FontError, InputError, LayoutError, OutputError, Problem
from agreement.household.roster_rows import Entry
from agreement.pdf.volume import Called, Volume
from agreement.typeset.boxes import Document

SORTS = ("class", "child", "family", "row")


class PrintOrder(NamedTuple):
    """How a print file lies in the tray. `by` are fields of SORTS; `split` households a file, 0 for all in one."""

    by: tuple[str, ...] = ()
    separators: bool = False
    duplex: bool = False
    copies: int = 1
    split: int = 0
    sheet: str = ""


class Printed(NamedTuple):
    """What became of an entry in the print file."""

    entry: Entry
    file: str
    problems: tuple[Problem, ...] = ()


def print_files(
    path: Path, entries: Iterable[Entry], making: Making, order: PrintOrder, *, force: bool = False
) -> Iterator[Printed]:
    """Write the print file, or several with --split, and yield what became of each entry.

    A file appears when it is whole. Raises OutputError.
    """
    entries = _sorted(entries, order)
    counts = Counter(entry.classroom for entry in entries) if isinstance(entries, list) else Counter[str]()
    source = iter(entries)
    number = 0
    while True:
        group = iter(islice(source, order.split)) if order.split else source
        first = next(iter(group), None)
        if first is None:
            return
        number += 1
        file = _numbered(path, order, number)
        yield from _one_file(file, _before(first, group), making, (order, counts), force)


def refuse_to_begin(path: Path, order: PrintOrder, *, force: bool = False) -> None:
    """Raise OutputError where a print file could not be written in the end, before anything is made."""
    with told_by_disk(path):
        _refuse_to_lose(_numbered(path, order, 1), force)


def _numbered(path: Path, order: PrintOrder, number: int) -> Path:
    """Return the name of a print file, or of one of several with --split."""
    return path.with_name(f"{path.stem}-{number:03}{path.suffix}") if order.split else path


def _before(first: Entry, rest: Iterator[Entry]) -> Iterator[Entry]:
    yield first
    yield from rest


def _sorted(entries: Iterable[Entry], order: PrintOrder) -> Iterable[Entry]:
    by = order.by or (("class",) if order.separators else ())
    if not by:
        return entries

    def key(entry: Entry) -> tuple[object, ...]:
        children = entry.household.children
        values = {
            "class": _natural(entry.classroom),
            "child": children[0].name.casefold() if children else "",
            "family": entry.household.family.casefold(),
            "row": entry.row,
        }
        return (*(values[name] for name in by), entry.row)

    return sorted(entries, key=key)


def _natural(text: str) -> tuple[tuple[int, str], ...]:
    """Sort 2A before 10A."""
    from re import split

    return tuple((int(part), "") if part.isdigit() else (0, part.casefold()) for part in split(r"(\d{1,9})", text))


def _one_file(
    path: Path, entries: Iterator[Entry], making: Making, how: tuple[PrintOrder, "Counter[str]"], force: bool
) -> Iterator[Printed]:
    order, counts = how
    with told_by_disk(path):
        _refuse_to_lose(path, force)
        part = path.with_name(f".{path.name}.part")
        out = _alone(part, path)
    press = _Press(out, making, order)
    room: str | None = None
    try:
        for number, entry in enumerate(entries, 1):
            with told_by_disk(path):
                sheet, problems = press.lay(entry)
                if sheet is not None:
                    if order.separators and entry.classroom != room:
                        room = entry.classroom
                        press.separate(number, room, counts[room], sheet)
                    press.print(number, entry, sheet)
            yield Printed(entry, path.name if sheet is not None else "", problems)
        with told_by_disk(path):
            if press.finish():
                out.close()
                os.replace(part, path)
    finally:
        with suppress(OSError):  # what a full disk did not take; the part goes anyway
            out.close()
        part.unlink(missing_ok=True)


def _alone(part: Path, path: Path) -> IO[bytes]:
    """Open an empty file for this run alone. Raises OutputError where another run writes it."""
    out = os.fdopen(os.open(part, os.O_RDWR | os.O_CREAT | getattr(os, "O_BINARY", 0), 0o666), "rb+")
    if not locked(out):
        out.close()
        raise OutputError(f"{path} cannot be written. Another run is writing it; let it come to its end.")
    out.truncate()
    return out


class _Press:
    """A volume that begins with the first sheet, and the shapes that sheets are cast in."""

    def __init__(self, out: IO[bytes], making: Making, order: PrintOrder) -> None:
        self._out, self._making, self._order = out, making, order
        self._volume: Volume | None = None

    def lay(self, entry: Entry) -> "tuple[Document | Casting | None, tuple[Problem, ...]]":
        """Return what there is to print for an entry, or what is wrong with it."""
        from agreement.make import meta_of

        if self._volume and not self._order.sheet and not self._making.each and not entry.problems:
            shapes = shapes_of(self._making)
            casting = shapes.cast(self._volume, entry.household, entry.choices, self._order.duplex)
            if casting:
                return casting, ()
        laid, problems = _lay_out(entry, self._making)
        if laid is not None and self._volume is None:
            self._volume = Volume(self._out, _untitled(laid, entry), laid.lang, meta_of(self._making.date))
            return self.lay(entry)
        return laid, problems

    def separate(self, number: int, room: str, count: int, sheet: "Document | Casting") -> None:
        """Print a sheet to lay before a class."""
        assert self._volume is not None, "something was laid"
        first = cover(room or "-", count, sheet.height_pt, sheet.lang)
        self._volume.part(_sided(first, self._order), Called(f"c{number}"))

    def print(self, number: int, entry: Entry, sheet: "Document | Casting") -> None:
        """Print what was laid for an entry, as often as is wished."""
        assert self._volume is not None, "something was laid"
        for copy in range(self._order.copies):
            group = f"h{number}" if not copy else f"h{number}-{copy + 1}"
            called = Called(group, entry.classroom, "" if copy else _called(entry))
            if isinstance(sheet, Document):
                self._volume.part(_sided(sheet, self._order), called, fields=entry.choices.fields)
            else:
                self._volume.cast(sheet.mold, sheet.drawn, sheet.said, called)

    def finish(self) -> bool:
        """Finish the volume, and tell whether there is one."""
        if self._volume:
            self._volume.finish()
        return self._volume is not None


def _lay_out(entry: Entry, making: Making) -> tuple[Document | None, tuple[Problem, ...]]:
    from agreement.make import make_document

    if entry.problems:
        return None, entry.problems
    try:
        library = library_of(making.clauses)
        return make_document(entry.household, entry.choices, library=library, date=making.date, each=making.each), ()
    except (InputError, FontError, LayoutError) as error:
        return None, problems_of(error, entry)


def _sided(document: Document, order: PrintOrder) -> Document:
    """Impose, and with duplex add a truly empty back to an odd number of sides."""
    if order.sheet:
        document = impose(document, order.sheet)
    odd = order.duplex and document.page_count % 2
    return document._replace(page_count=document.page_count + 1) if odd else document


def _untitled(document: Document, entry: Entry) -> str:
    """Return a document's title without the family: a print file is many families' and names none of them."""
    return document.title.split(" · ", 1)[0] if entry.household.family else document.title


def _called(entry: Entry) -> str:
    children = ", ".join(child.name for child in entry.household.children)
    return ": ".join(filter(None, (entry.household.family, children))) or str(entry.row)


def _refuse_to_lose(path: Path, force: bool) -> None:
    from agreement.pdf.seal import is_file_of_ours

    if path.is_dir():
        raise OutputError(f"{path} is a folder. Name a file for --merged.")
    if not path.parent.is_dir():
        raise OutputError(f"There is no folder {path.parent}. Make it first, or name another place.")
    if path.exists() and not force and path.stat().st_size and not is_file_of_ours(path):
        raise OutputError(f"{path} is already there and was changed, or is not ours. Use --force to replace it.")
