"""One print file of many households: in which order, on which sides, how many times, cut where.

Laid out and drawn one household at a time, so that memory does not grow. This module knows entries and documents, and
of PDF only that a Volume takes documents.
"""

import os
from collections import Counter
from collections.abc import Iterable, Iterator
from itertools import islice
from pathlib import Path
from typing import NamedTuple

from agreement.batch.cover import cover
from agreement.batch.folder import told_by_disk
from agreement.batch.impose import impose
from agreement.batch.making import Making, library_of, problems_of
from agreement.errors import FontError, InputError, LayoutError, OutputError, Problem
from agreement.household.roster_rows import Entry
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
        file = path.with_name(f"{path.stem}-{number:03}{path.suffix}") if order.split else path
        yield from _one_file(file, _before(first, group), making, (order, counts), force)


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
    from agreement.make import meta_of
    from agreement.pdf.volume import Volume

    order, counts = how
    with told_by_disk(path):
        _refuse_to_lose(path, force)
        part = path.with_name(f".{path.name}.part")
        out = part.open("wb+")
    volume: Volume | None = None
    room: str | None = None
    try:
        for number, entry in enumerate(entries, 1):
            laid, problems = _lay_out(entry, making)
            if laid is None:
                yield Printed(entry, "", problems)
                continue
            with told_by_disk(path):
                volume = volume or Volume(out, _untitled(laid, entry), laid.lang, meta_of(making.date))
                if order.separators and entry.classroom != room:
                    room = entry.classroom
                    sheet = cover(room or "-", counts[room], laid.height_pt, laid.lang)
                    volume.part(_sided(sheet, order), f"c{number}")
                for copy in range(order.copies):
                    name = f"h{number}" if not copy else f"h{number}-{copy + 1}"
                    volume.draws_fields = entry.choices.fields
                    volume.part(_sided(laid, order), name, entry.classroom, "" if copy else _called(entry))
            yield Printed(entry, path.name)
        with told_by_disk(path):
            if volume:
                volume.finish()
                out.close()
                os.replace(part, path)
    finally:
        out.close()
        part.unlink(missing_ok=True)


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
    from agreement.pdf.seal import is_ours

    if path.is_dir():
        raise OutputError(f"{path} is a folder. Name a file for --merged.")
    if not path.parent.is_dir():
        raise OutputError(f"There is no folder {path.parent}. Make it first, or name another place.")
    if path.exists() and not force and path.stat().st_size and not is_ours(path.read_bytes()):
        raise OutputError(f"{path} is already there and was changed, or is not ours. Use --force to replace it.")
