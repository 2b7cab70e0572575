"""One household after the other becomes a sealed PDF, or problems that name its row.

This room's smallest part: it knows households and bytes, and no file, roster or process.
"""

import datetime
from collections.abc import Iterable, Iterator
from functools import lru_cache
from typing import TYPE_CHECKING, NamedTuple

from agreement.batch.letters import unprintable
from agreement.errors import FontError, InputError, LayoutError, Problem, Where
from agreement.household.roster_rows import Entry
from agreement.library import Library, load_library
from agreement.source import where_of

if TYPE_CHECKING:
    from agreement.batch.shapes import Shapes
    from agreement.batch.slots import Kind

MOST_KINDS_KNOWN = 4096


class Making(NamedTuple):
    """What holds for all sheets of a run: folders of clauses over ours, the day, and a sheet for each child or not."""

    clauses: tuple[str, ...] = ()
    date: datetime.date | None = None
    each: bool = False


class Stored(NamedTuple):
    """A sheet that was written down where it was made: the path of its file, and the file's hash in hexadecimal."""

    path: str
    sha256: str


class Made(NamedTuple):
    """What became of an entry: a PDF, in memory or kept in a file, or problems."""

    entry: Entry
    pdf: bytes = b""
    problems: tuple[Problem, ...] = ()
    stored: Stored | None = None


@lru_cache(maxsize=4)
def library_of(clauses: tuple[str, ...]) -> Library:
    """Return the library with these folders laid over it, read once a process."""
    return load_library(*clauses)


@lru_cache(maxsize=2)
def _sound_kinds(making: Making) -> "set[Kind]":
    """Return the kinds of sheets in which nothing is wrong, whoever's names are on them."""
    return set()


@lru_cache(maxsize=2)
def shapes_of(making: Making) -> "Shapes":
    """Return the shapes of a run."""
    from agreement.batch.shapes import Shapes

    return Shapes(library_of(making.clauses), making.date)


def make_each(entries: Iterable[Entry], making: Making) -> Iterator[Made]:
    """Make and yield agreements one by one, in order; what is wrong with one costs that one alone."""
    for entry in entries:
        yield make_entry(entry, making)


def make_entry(entry: Entry, making: Making) -> Made:
    """Make the agreement of one entry."""
    parts, problems = make_parts(entry, making)
    return Made(entry, b"".join(parts), problems)


def make_parts(entry: Entry, making: Making) -> tuple[tuple[bytes, ...], tuple[Problem, ...]]:
    """Return an agreement in parts, of which many share the first, and what is wrong with it."""
    if entry.problems:
        return (), entry.problems
    from agreement.make import make_pdf

    try:
        if not making.each and (stamped := shapes_of(making).parts(entry.household, entry.choices)):
            return stamped, ()
        library = library_of(making.clauses)
        made = make_pdf(entry.household, entry.choices, library=library, date=making.date, each=making.each)
        return (made,), ()
    except (InputError, FontError, LayoutError) as error:
        return (), problems_of(error, entry)


def check_entry(entry: Entry, making: Making) -> tuple[Problem, ...]:
    """Return everything that can be known to be wrong with an entry before its pages are laid out."""
    if entry.problems:
        return entry.problems
    from agreement.batch.slots import kind_of
    from agreement.make import compose_added, compose_all

    library, sound = library_of(making.clauses), _sound_kinds(making)
    kind = kind_of(entry.household, entry.choices, library)
    if kind is not None and kind in sound:
        return ()
    lacking = unprintable(entry) if kind is None else ()
    try:
        whole = compose_all(entry.household, entry.choices, library=library, date=making.date, each=making.each)
        if entry.choices.add:
            compose_added(entry.household, entry.choices, whole, library=library, date=making.date)
    except InputError as error:
        return (*problems_of(error, entry), *lacking)
    if kind is not None and len(sound) < MOST_KINDS_KNOWN:
        sound.add(kind)
    return lacking


def problems_of(error: InputError | FontError | LayoutError, entry: Entry) -> tuple[Problem, ...]:
    """Return what an error says as problems, at the row where none of them has a place of its own."""
    if isinstance(error, InputError):
        return error.problems
    if isinstance(error, FontError) and (lacking := unprintable(entry)):
        return lacking
    code = "R401" if isinstance(error, FontError) else "R402"
    children = entry.household.children
    place = where_of(children[0].name, "roster") if children else Where("roster")
    return (Problem(place._replace(line=entry.row), code, str(error)),)
