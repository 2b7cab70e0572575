"""One print file of many households: in which order, on which sides, how many times, cut where.

Laid out and drawn one household at a time, so that memory does not grow. This module knows entries and documents, and
of PDF only that a Volume takes documents.
"""

import os
import re
from collections import Counter
from collections.abc import Collection, Iterable, Iterator
from contextlib import suppress
from itertools import chain
from pathlib import Path
from stat import S_IMODE
from typing import IO, NamedTuple

from agreement.batch.cover import cover
from agreement.batch.folder import locked, told_by_disk
from agreement.batch.impose import impose
from agreement.batch.making import Making, check_entry, library_of, problems_of, shapes_of
from agreement.batch.piles import class_key, sorted_entries
from agreement.batch.shapes import Casting
from agreement.errors import FontError, InputError, LayoutError, OutputError, Problem
from agreement.household.roster_rows import Entry
from agreement.pdf.volume import Called, Volume
from agreement.typeset.boxes import Document

_Checked = tuple[Entry, bool]


class PrintOrder(NamedTuple):
    """How a print file lies in the tray.

    `by` are fields of piles.SORTS, before which separators put the class; `split` households a file, 0 for all in one.
    `language` is that of the title and of the sheets between classes, which are no household's.
    """

    by: tuple[str, ...] = ()
    separators: bool = False
    duplex: bool = False
    copies: int = 1
    split: int = 0
    sheet: str = ""
    language: str = "en"


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
    checked = _checked(sorted_entries(entries, order.by, classes_first=order.separators), making, order)
    counts: Counter[tuple[int, str]] = Counter()
    if order.separators:
        checked = list(checked)
        counts = _counts(checked, order.split)
    source, number = iter(checked), 0
    while first := next(source, None):
        number += 1
        of_file = Counter({room: count for (file, room), count in counts.items() if file == number})
        households = _cut(chain([first], source), order.split)
        yield from _one_file(_numbered(path, order, number), households, making, (order, of_file), force)


def _checked(entries: Iterable[Entry], making: Making, order: PrintOrder) -> Iterable[_Checked]:
    """Say of each entry whether anything is known to be wrong with it, where households are counted beforehand."""
    counted = order.separators or order.split
    return ((entry, not counted or not check_entry(entry, making)) for entry in entries)


def _counts(checked: Iterable[_Checked], split: int) -> Counter[tuple[int, str]]:
    """Count the households to print of each class in each file."""
    sound = [class_key(entry.classroom) for entry, is_sound in checked if is_sound]
    return Counter((at // split + 1 if split else 1, room) for at, room in enumerate(sound))


def _cut(checked: Iterator[_Checked], split: int) -> Iterator[Entry]:
    """Yield entries until so many are sound, or all."""
    left = split
    for entry, is_sound in checked:
        yield entry
        left -= is_sound
        if split and not left:
            return


def refuse_to_begin(path: Path, order: PrintOrder, *, force: bool = False) -> None:
    """Raise OutputError where a print file could not be written in the end, before anything is made."""
    with told_by_disk(path):
        _refuse_to_lose(_numbered(path, order, 1), force)


def left_over(path: Path, order: PrintOrder, files: Collection[str]) -> list[str]:
    """Return the numbered files of an earlier run with --split that this one, which wrote `files`, did not write."""
    if not order.split:
        return []
    number = re.compile(rf"{re.escape(path.stem)}-\d{{3,}}{re.escape(path.suffix)}")
    return sorted(name for name in os.listdir(path.parent) if number.fullmatch(name) and name not in files)


def _numbered(path: Path, order: PrintOrder, number: int) -> Path:
    """Return the name of a print file, or of one of several with --split."""
    return path.with_name(f"{path.stem}-{number:03}{path.suffix}") if order.split else path


def _one_file(
    path: Path, entries: Iterator[Entry], making: Making, how: tuple[PrintOrder, Counter[str]], force: bool
) -> Iterator[Printed]:
    order, counts = how
    with told_by_disk(path):
        _refuse_to_lose(path, force)
        target = Path(os.path.realpath(path))
        part = target.with_name(f".{target.name}.part")
        out = _alone(part, path)
        if target.exists():
            part.chmod(S_IMODE(target.stat().st_mode))
    press = _Press(out, making, order)
    try:
        for number, entry in enumerate(entries, 1):
            with told_by_disk(path):
                sheet, problems = press.lay(entry)
                if sheet is not None:
                    if order.separators and press.begins_class(entry):
                        press.separate(number, entry, counts[class_key(entry.classroom)], sheet.height_pt)
                    press.print(number, entry, sheet)
            yield Printed(entry, path.name if sheet is not None else "", problems)
        with told_by_disk(path):
            if press.finish():
                out.close()
                os.replace(part, target)
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
        self._say = library_of(making.clauses).phrases(order.language)
        self._rooms: dict[str, str] = {}
        self._room: str | None = None

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
            self._volume = Volume(self._out, self._say("title"), self._order.language, meta_of(self._making.date))
            return self.lay(entry)
        return laid, problems

    def begins_class(self, entry: Entry) -> bool:
        """Tell whether an entry is of another class than the one before it."""
        before, self._room = self._room, class_key(entry.classroom)
        return self._room != before

    def separate(self, number: int, entry: Entry, count: int, height_pt: float) -> None:
        """Print a sheet to lay before the class of an entry, on paper like the sheet that follows."""
        assert self._volume is not None, "something was laid"
        times = f" × {self._order.copies}" if self._order.copies > 1 else ""
        below = self._say("cover_households", count=count) + times
        first = cover(entry.classroom or self._say("cover_no_class"), below, height_pt, self._order.language)
        self._volume.part(_sided(first, self._order), Called(f"c{number}"))

    def print(self, number: int, entry: Entry, sheet: "Document | Casting") -> None:
        """Print what was laid for an entry, as often as is wished."""
        assert self._volume is not None, "something was laid"
        room = self._rooms.setdefault(class_key(entry.classroom), entry.classroom)
        for copy in range(self._order.copies):
            group = f"h{number}" if not copy else f"h{number}-{copy + 1}"
            called = Called(group, room, "" if copy else _called(entry))
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


def _called(entry: Entry) -> str:
    children = ", ".join(child.name for child in entry.household.children)
    return ": ".join(filter(None, (entry.household.family, children))) or str(entry.row)


def _refuse_to_lose(path: Path, force: bool) -> None:
    from agreement.pdf.seal import is_file_of_ours

    if path.is_dir():
        raise OutputError(f"{path} is a folder. Name a file for --merged.")
    if path.exists() and not path.is_file():
        raise OutputError(f"{path} is no file but a device or a pipe. Name a file for --merged.")
    if not path.parent.is_dir():
        raise OutputError(f"There is no folder {path.parent}. Make it first, or name another place.")
    if path.exists() and not force and path.stat().st_size and not is_file_of_ours(path):
        raise OutputError(f"{path} is already there and was changed, or is not ours. Use --force to replace it.")
