"""What the columns of a roster mean together: a line of headers, and what was asked for with --column.

What a sheet must never print (birth dates, addresses, passwords, numbers of students) is known by its header and is not
read. This module knows headers and no cell.
"""

from collections.abc import Mapping, Sequence
from typing import NamedTuple

from agreement.errors import Problem, Where
from agreement.form import Found, suggestion
from agreement.household.roster_meaning import meaning_of
from agreement.household.roster_words import words_of
from agreement.source import Text

MEANINGS = {
    "child": "a child's name, as it is printed",
    "first": "a child's first name",
    "last": "a child's last name; the family's name",
    "children": "several children in one cell, with ; between",
    "age": "a child's age",
    "second first": "a child's second given name",
    "second last": "a child's second last name",
    "preferred first": "the first name that a child goes by, where the register has none",
    "preferred last": "the last name that a child goes by, where the register has none",
    "grade": "a child's grade, from K to 12",
    "stage": "the stage of school that a grade counts in, such as Secundaria",
    "adult": "an adult's name",
    "adults": "several adults in one cell, with ; between",
    "adult first": "an adult's first name",
    "adult last": "an adult's last name",
    "adult second last": "an adult's second last name",
    "family": "the family's name",
    "household": "what the rows of one household share",
    "class": "the class",
    "trusted": "an adult to go to",
    "language": "the language of the sheet",
    "home language": "the language of the sheet, where we have it",
    "role": "who the row is about; only students get a sheet",
    "country": "whose help lines, paper and dates",
    "pack": "the choice of clauses to start from",
    "ages": "the ages it is for where no child has one",
    "paper": "letter or a4",
    "with": "ids of clauses to add",
    "without": "ids of clauses to leave out",
    "review": "when you look at it again",
}
"""What --column may name, each also with a number behind it ("child 2"), and what it is; any blank by its name too."""
_PARTS = ("adult first", "adult last", "adult second last")
_ONCE = frozenset(MEANINGS) - {"child", "first", "last", "age", "grade", "adult", *_PARTS}
_TEACHER = frozenset({"teacher", "tchr", "maestro", "maestra", "profesor", "profesora"})
_UNNUMBERED = 200
_GRADES = (frozenset({"grade", "grd", "gr", "grado"}), frozenset({"year", "yr"}), frozenset({"curso"}))


class Column(NamedTuple):
    """A column that is read: its place from 0, its header, what it means, and whose it is (0: the only one's)."""

    place: int
    header: str
    meaning: str
    number: int = 0


class Columns(NamedTuple):
    """What was understood of a header line. `private` are headers not read by intent, `unknown` the rest."""

    read: tuple[Column, ...]
    private: tuple[str, ...]
    unknown: tuple[str, ...]
    headers: tuple[str, ...]


def columns_asked(settings: Sequence[str]) -> dict[str, str]:
    """Read settings such as child=Name of pupil: a header by its meaning. Raises InputError."""
    found = Found("R")
    asked = {}
    for setting in settings:
        meaning, equals, header = setting.partition("=")
        if equals and meaning.strip() and header.strip():
            asked[meaning.strip()] = header
        else:
            mend = 'Write it as in --column child="Name of pupil".'
            found.problems.append(Problem(Where("--column"), "R203", f'"{setting[:60]}" is not MEANING=HEADER.', mend))
    found.stop()
    return asked


def read_columns(headers: Sequence[str], asked: Mapping[str, str], blanks: Sequence[str], where: Where) -> Columns:
    """Return what the headers mean. `asked` are meanings with the header that was named for each.

    Raises InputError for two columns of one meaning, a meaning or header in `asked` that is not there, and for a
    roster in which no column holds a child.
    """
    found = Found("R")
    named = _asked_places(headers, asked, blanks, found)
    understood: list[Column] = []
    private: list[str] = []
    taken = set(named.values())
    if ("child", 0) in taken:
        taken.add(("first", 0))
    if ("first", 0) in taken:
        taken |= {("preferred first", 0), ("second first", 0)}
    if ("last", 0) in taken:
        taken |= {("preferred last", 0), ("second last", 0)}
    for place, header in enumerate(headers):
        meaning = named.get(place) or meaning_of(header, blanks)
        if meaning == ("private", 0):
            private.append(header)
        elif meaning and (place in named or meaning not in taken):
            understood.append(Column(place, header, *meaning))
    read = _without_doubles(_settled(understood, set(named), where, found), where, found)
    kinds = {column.meaning for column in read}
    if not kinds & {"child", "first", "children"} and not found.problems:
        found.problems.append(_no_child(headers, where))
    found.stop()
    places = {column.place for column in read}
    left = (header for place, header in enumerate(headers) if place not in places and header.strip())
    unknown = tuple(header for header in left if header not in private)
    return Columns(tuple(read), tuple(private), unknown, tuple(headers))


def _settled(read: list[Column], named: set[int], where: Where, found: Found) -> list[Column]:
    """Return the columns as they are meant beside each other, such as "Student" beside "First name"."""
    read = _one_name_in_parts(read, where, found)
    kinds = {column.meaning for column in read}
    if "first" not in kinds:
        alone = "last" in kinds and "child" not in kinds
        as_first = {"preferred first": "first"} if alone or not kinds & {"child", "children"} else {}
        read = [column._replace(meaning=as_first.get(column.meaning, column.meaning)) for column in read]
    if "last" not in kinds:
        read = [column._replace(meaning="last") if column.meaning == "preferred last" else column for column in read]
    kinds = {column.meaning for column in read}
    needless = set()
    if "first" in kinds and "child" in kinds:
        needless.add("child")
    elif "preferred first" in kinds and "first" not in kinds:
        needless.add("preferred first")
    if "grade" not in kinds:
        read = [column._replace(meaning="grade") if column.meaning == "stage" else column for column in read]
    if "language" in kinds:
        needless.add("home language")
    read = [column for column in read if column.meaning not in needless or column.place in named]
    return _with_a_class(_with_parts_of_adults(read))


def _one_name_in_parts(read: list[Column], where: Where, found: Found) -> list[Column]:
    """Read APELLIDO1, APELLIDO2, NOMBRE1 and NOMBRE2 as the parts of one name, not as two children."""
    last = {column.number: column for column in read if column.meaning == "last" and "apellido" in _words(column)}
    first = {column.number: column for column in read if column.meaning == "first" and "nombre" in _words(column)}
    parts = {("last", 1): "last", ("last", 2): "second last", ("first", 1): "first", ("first", 2): "second first"}
    as_parts = [
        column._replace(meaning=parts[column[2:]], number=0) if column[2:] in parts else column for column in read
    ]
    if any(column.meaning == "second first" for column in read):
        return as_parts
    if any(column.number for column in read if column.meaning in ("age", "grade", "child")):
        return read
    if 2 not in first and not {1, 2} <= set(last):
        return read
    lasts, firsts = ([column.place for column in some.values()] for some in (last, first))
    apart = max(firsts, default=-1) < min(lasts, default=-1) or max(lasts, default=-1) < min(firsts)
    if first.keys() & {1, 2} and not ({1, 2} <= last.keys() and apart):
        unclear = first.get(2) or last[2]
        said = f'are "{unclear.header[:40]}" and the like parts of one name, or is each another child?'
        mend = 'Say it: --column second-first="..." for a second given name, or --column child-2="..." for a child.'
        found.problems.append(Problem(where._replace(column=unclear.place + 1), "R204", said, mend))
        return read
    return as_parts


def _words(column: Column) -> list[str]:
    return words_of(column.header)


def _with_parts_of_adults(read: list[Column]) -> list[Column]:
    """Read "Nombre Primer tutor" beside "Primer apellido Primer tutor" as the first name."""
    have = {column[2:] for column in read}
    return [
        column._replace(meaning="adult first")
        if column.meaning == "adult"
        and ("adult last", column.number) in have
        and ("adult first", column.number) not in have
        else column
        for column in read
    ]


def _with_a_class(read: list[Column]) -> list[Column]:
    """Read the class from "Curso" and "Grado y grupo", too, where no column of its own holds it."""
    if any(column.meaning == "class" for column in read):
        return read
    both = (column for column in read if column.meaning == "grade" and not column.number)
    told = [column for column in both if {"curso", "grupo", "seccion"} & set(_words(column))]
    return read + [column._replace(meaning="class") for column in told[:1]]


def _without_doubles(read: list[Column], where: Where, found: Found) -> list[Column]:
    kept: dict[tuple[str, int], Column] = {}
    for column in read:
        key = (column.meaning, 0 if column.meaning in _ONCE else column.number)
        twin = kept.get(key)
        if twin is None or _is_better(column, twin):
            kept[key] = column
        elif column.meaning == "adult" and not column.number:
            kept[column.meaning, _UNNUMBERED + column.place] = column._replace(number=_UNNUMBERED + column.place)
        elif column.meaning != "class" and not _is_better(twin, column):
            found.problems.append(_twice(twin, column, where))
    return sorted(kept.values())


def _is_better(one: Column, other: Column) -> bool:
    """Tell "Legal surname" from "Surname", "Grade" from "Year" and from "Curso", a homeroom from a teacher."""
    mine, theirs = _words(one), _words(other)
    if one.meaning in ("first", "last", "child"):
        return "legal" in mine and "legal" not in theirs
    if one.meaning == "grade":
        return _rank(mine) < _rank(theirs)
    if one.meaning == "class":
        return bool(_TEACHER & set(theirs)) and "homeroom" not in theirs and not _TEACHER & set(mine)
    return False


def _rank(words: list[str]) -> int:
    return next((at for at, some in enumerate(_GRADES) if some & set(words)), len(_GRADES))


def _twice(one: Column, other: Column, where: Where) -> Problem:
    said = (
        f'the columns "{one.header[:60]}" and "{other.header[:60]}" both say {MEANINGS.get(one.meaning, one.meaning)}.'
    )
    mend = f'Say which one it is: --column {one.meaning.replace(" ", "-")}="{one.header[:60]}", or give each a number.'
    return Problem(where._replace(column=other.place + 1), "R202", said, mend)


def _no_child(headers: Sequence[str], where: Where) -> Problem:
    if sum(bool(header.strip()) for header in headers) == 1 and any(
        header.count(mark) > 1 for header in headers for mark in ",;\t|"
    ):
        mend = "Split it first: in a spreadsheet program that is Data, Text to Columns."
        return Problem(where, "R201", "all columns of this roster stand in one.", mend)
    shown = ", ".join(f'"{header[:40]}"' for header in headers[:12] if header.strip()) or "none"
    mend = 'Name it: --column child="..." with the header of the column that holds the children\'s names.'
    return Problem(where, "R201", f"no column here holds the children's names. The columns are: {shown}.", mend)


def _asked_places(
    headers: Sequence[str], asked: Mapping[str, str], blanks: Sequence[str], found: Found
) -> dict[int, tuple[str, int]]:
    """Return the place and meaning of each --column."""
    places: dict[int, tuple[str, int]] = {}
    plain = [words_of(header) for header in headers]
    for asking, header in asked.items():
        words = words_of(asking)
        name = " ".join(word for word in words if not word.isdigit())
        number = next((int(word) for word in words if word.isdigit() and len(word) < 3), 0)
        if name.replace(" ", "_") in blanks:
            name = f"blank {name.replace(' ', '_')}"
        elif name not in MEANINGS:
            mend = suggestion(name, MEANINGS)
            found.problems.append(
                Problem(Where("--column"), "R203", f'"{asking[:40]}" is no meaning of a column.', mend)
            )
            continue
        fitting = [place for place, known in enumerate(headers) if known.strip() == header.strip()]
        fitting = fitting or [place for place, words_here in enumerate(plain) if words_here == words_of(header)]
        if not fitting:
            mend = suggestion(Text(header, Where("--column")), [known for known in headers if known.strip()])
            found.problems.append(Problem(Where("--column"), "R203", f'there is no column "{header[:60]}".', mend))
        else:
            places[fitting[0]] = (name, number)
    return places
