"""Rows of a roster become households and choices, read by the same form as a family file.

A row of a child, or of a household with several. What is wrong in a row is noted with row and column and costs that
row alone. This module knows cells and what they mean, and no file.
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from typing import Any, NamedTuple

from agreement.errors import InputError, Problem, Where
from agreement.form import Found
from agreement.household.family import choices_of, household_of, read_family
from agreement.household.people import Choices, Household
from agreement.household.roster import Roster
from agreement.household.roster_columns import Column
from agreement.household.roster_grades import age_in_grade
from agreement.household.roster_text import Figure, TableRow
from agreement.source import Mapping as Written
from agreement.source import Node, Scalar
from agreement.source import Sequence as Several

_SEVERAL = re.compile(r"\s*(?:[;\n]|(?<=\w)\s(?:&|and|y)\s)\s*")
_TRUSTED = re.compile(r"\s*[;\n]\s*")
_IDS = re.compile(r"[\s,;]+")
_NOTHING = re.compile(r"[\s.\-\u2010-\u2015]*|n/a|\(blank\)", re.IGNORECASE)
_STARTS_OF_NOTHING = frozenset(".-\u2010\u2011\u2012\u2013\u2014\u2015nN(")
_ERROR = re.compile(r"#(?:n/a|ref!|name\?|value!|div/0!|num!|null!|n/d|\u00a1ref!|#+)", re.IGNORECASE)
_SUFFIX = re.compile(r"(?:jr|sr|ii|iii|iv|v|phd|md|esq|ed\.?d|dds|rn|mba)\.?", re.IGNORECASE)
_LETTER = re.compile(r"[^\W\d_]")


class Entry(NamedTuple):
    """A household of a roster. `rows` are the rows that say it; with `problems` there is no sheet for it.

    `classroom` is the class of its first row, or "". `key` is what siblings share, or "".
    """

    rows: tuple[int, ...]
    household: Household
    choices: Choices
    classroom: str = ""
    key: str = ""
    problems: tuple[Problem, ...] = ()

    @property
    def row(self) -> int:
        return self.rows[0]


def entries(roster: Roster, base: Household, choices: Choices, languages: Mapping[str, str]) -> Iterator[Entry]:
    """Yield an Entry for each row. What a row does not say is as in `base` and `choices`.

    `languages` maps names of languages in small letters to their codes.
    """
    reader = _Reader(roster, languages)
    for row in roster.rows():
        yield reader.entry(row, base, choices)


class _Reader:
    def __init__(self, roster: Roster, languages: Mapping[str, str]) -> None:
        self._name = roster.name
        self._columns = roster.columns.read
        self._width = len(roster.columns.headers)
        self._languages = languages

    def entry(self, row: TableRow, base: Household, choices: Choices) -> Entry:
        """Read one row."""
        found = Found("F")
        if row.problem:
            return Entry((row.number,), base, choices, problems=(row.problem,))
        extra = next((at for at in range(self._width, len(row.cells)) if row.cells[at].strip()), None)
        if extra is not None:
            said = f"this row has {len(row.cells)} cells and the header {self._width}."
            mend = 'Put a cell that holds a separator in "quotes".'
            found.problems.append(Problem(Where(self._name, row.number, extra + 1), "R303", said, mend))
        cells = _Cells(row, self._columns, self._name, found)
        cells.country = cells.text("country") or choices.country
        try:
            values = read_family(self._written(cells, found), found)
            household = household_of(values)
            picked = choices_of(values, household).over(choices)
        except InputError as error:
            return Entry((row.number,), base, choices, problems=error.problems)
        if "children" not in values and not found.problems:
            where = cells.where_of("child", "first", "children")
            found.problems.append(Problem(where, "R304", "there is no child's name in this row.", "Write one."))
        key = _key(cells.text("household"), household)
        household = household._replace(
            family=household.family or base.family,
            adults=household.adults or base.adults,
            trusted_adults=household.trusted_adults or base.trusted_adults,
        )
        return Entry((row.number,), household, picked, cells.text("class"), key, tuple(found.problems))

    def _written(self, cells: "_Cells", found: Found) -> Written:
        """Return the row in the shape of a family file."""
        where = Where(self._name, cells.number)
        entries: list[tuple[str, Node]] = []
        children = list(self._children(cells))
        if children:
            entries.append(("children", Several(tuple(children), where)))
        adults = list(_adults(cells))
        if adults:
            entries.append(("adults", Several(tuple(adults), where)))
        family = cells.name("family", 0) or self._last_name(cells)
        if family:
            entries.append(("family", family))
        for name in ("country", "pack", "paper", "review"):
            if scalar := cells.scalar(name):
                entries.append((name, scalar))
        if language := cells.scalar("language"):
            code = self._languages.get(language.text.strip().casefold(), language.text.strip())
            entries.append(("language", Scalar(code, language.where, plain=False)))
        for name in ("with", "without", "ages"):
            if scalar := cells.scalar(name):
                entries.append((name, _split(scalar, _IDS)))
        if scalar := cells.scalar("trusted"):
            entries.append(("trusted_adults", _split(scalar, _TRUSTED)))
        blanks = [
            (Scalar(column.meaning.partition(" ")[2], scalar.where, plain=False), scalar)
            for column in self._columns
            if column.meaning.startswith("blank ") and (scalar := cells.scalar(column.meaning))
        ]
        if blanks:
            entries.append(("blanks", Written(tuple(blanks), where)))
        return Written(tuple((Scalar(key, where, plain=False), node) for key, node in entries), where)

    def _last_name(self, cells: "_Cells") -> Scalar | None:
        last = cells.name("last", 0)
        if last:
            return last
        named = cells.scalar("child")
        if named and _is_last_first(named.text):
            return Scalar(named.text.partition(",")[0].strip(), named.where, plain=False)
        return None

    def _children(self, cells: "_Cells") -> Iterator[Node]:
        numbers = sorted({column.number for column in self._columns if column.meaning in ("child", "first")})
        for number in numbers:
            name = cells.name("first", number) or cells.name("child", number)
            if name is None:
                continue
            if _is_last_first(name.text) and not cells.scalar("first", number):
                name = Scalar(name.text.partition(",")[2].strip(), name.where, plain=False)
            age = cells.age(number)
            yield _mapping({"name": name, "age": age}) if age else name
        if several := cells.scalar("children"):
            for part in _split(several, _SEVERAL).kids:
                yield cells.checked(part) if isinstance(part, Scalar) else part


def _adults(cells: "_Cells") -> Iterator[Node]:
    kinds = ("adult", "adult first", "adult last")
    numbers = dict.fromkeys(column.number for column in cells.columns if column.meaning in kinds)
    for number in numbers:
        whole = cells.name("adult", number)
        if whole is None:
            parts = [part for kind in kinds[1:] if (part := cells.name(kind, number))]
            if parts:
                whole = Scalar(" ".join(part.text.strip() for part in parts), parts[0].where, plain=False)
        elif _is_last_first(whole.text):
            last, _, first = whole.text.partition(",")
            if _are_two(last.split(), first.split()):
                yield Scalar(last.strip(), whole.where, plain=False)
                last = ""
            whole = Scalar(f"{first.strip()} {last.strip()}".strip(), whole.where, plain=False)
        if whole:
            yield whole
    if several := cells.scalar("adults"):
        yield from _split(several, _SEVERAL).kids


def _are_two(one: list[str], other: list[str]) -> bool:
    """Tell "Ana Rivera, Joe Rivera", two people, from "De la Cruz, Ana Maria"."""
    return len(one) > 1 and len(other) > 1 and one[-1].casefold() == other[-1].casefold()


def _says_nothing(cell: str) -> bool:
    return not cell or (cell[0] in _STARTS_OF_NOTHING and _NOTHING.fullmatch(cell) is not None)


def _is_last_first(name: str) -> bool:
    """Tell "Rivera, Maya" from "Maya Rivera, Jr."."""
    last, comma, first = name.partition(",")
    return bool(comma and last.strip() and first.strip()) and "," not in first and not _SUFFIX.fullmatch(first.strip())


class _Cells:
    """The cells of one row by what they mean."""

    def __init__(self, row: TableRow, columns: Sequence[Column], name: str, found: Found) -> None:
        self.number, self.columns, self._found = row.number, columns, found
        self._row, self._name = row, name
        self.country = ""
        self._places = {(column.meaning, column.number): column.place for column in columns}

    def scalar(self, meaning: str, number: int = 0) -> Scalar | None:
        """Return a cell that holds something."""
        place = self._places.get((meaning, number))
        if place is None or place >= len(self._row.cells) or _says_nothing(self._row.cells[place].strip()):
            return None
        return Scalar(self._row.cells[place], Where(self._name, self.number, place + 1), plain=False)

    def text(self, meaning: str) -> str:
        scalar = self.scalar(meaning)
        return " ".join(scalar.text.split()) if scalar else ""

    def name(self, meaning: str, number: int) -> Scalar | None:
        """Return a cell that holds a name; note what is a number, a date or a formula."""
        scalar = self.scalar(meaning, number)
        return self.checked(scalar) if scalar else None

    def checked(self, scalar: Scalar) -> Scalar:
        """Note a number, a date or a formula where a name belongs."""
        text = scalar.text.strip()
        if isinstance(scalar.text, Figure) or (not _LETTER.search(text) and text.isascii()):
            said = f'"{text[:40]}" is a number or a date, not a name.'
            self._note(scalar, "R305", said, "Write the name; format the column as text.")
        elif text[0] == "#" and _ERROR.fullmatch(text):
            self._note(scalar, "R305", f'"{text[:40]}" is an error of the spreadsheet, not a name.', "Write the name.")
        elif found := _damaged(text):
            said = f'"{text[:40]}" is a name whose letters were damaged on the way.'
            self._note(scalar, "R307", said, found)
        elif text[0] in "=@" or (text[0] in "+-" and text[1:2].isdigit()):
            self._note(scalar, "R305", f'"{text[:40]}" is a formula, not a name.', "Write the name itself.")
        return scalar

    def age(self, number: int) -> Scalar | None:
        """Return the age that stands in the row, or the usual one of the grade."""
        age = self.scalar("age", number)
        if age:
            return Scalar(str(age.text), age.where, plain=False)
        grade = self.scalar("grade", number)
        if grade is None:
            return None
        years = age_in_grade(grade.text, self.country)
        if years is None:
            said = f'"{grade.text.strip()[:40]}" is not a grade.'
            self._note(grade, "R306", said, "Write K or a number from 1 to 12, or use a column of ages.")
            return None
        return Scalar(str(years), grade.where, plain=False)

    def where_of(self, *meanings: str) -> Where:
        """Return the place of the first column that has one of these meanings."""
        place = next((column.place for column in self.columns if column.meaning in meanings), -1)
        return Where(self._name, self.number, place + 1)

    def _note(self, scalar: Scalar, code: str, said: str, mend: str) -> None:
        self._found.problems.append(Problem(scalar.where, code, said, mend))


def _damaged(text: str) -> str:
    """Return how to mend a name in which letters are lost, or were read in a wrong encoding; "" for a sound one."""
    if "\ufffd" in text:
        return 'Write it anew, and save the roster as "CSV UTF-8".'
    if text.isascii():
        return ""
    try:
        meant = text.encode("cp1252").decode("utf-8")
    except UnicodeError:
        return ""
    return f'It should be "{meant[:40]}": save the roster as "CSV UTF-8".'


def _split(scalar: Scalar, between: re.Pattern[str]) -> Several:
    parts = [part.strip() for part in between.split(scalar.text) if part.strip()]
    return Several(tuple(Scalar(part, scalar.where, plain=False) for part in parts), scalar.where)


def _mapping(values: dict[str, Any]) -> Written:
    where = values["name"].where
    return Written(tuple((Scalar(key, where, plain=False), value) for key, value in values.items()), where)


def _key(written: str, household: Household) -> str:
    """Return what siblings share: the household's own mark, else the family's name with the same adults."""
    if written:
        return f"={written.casefold()}"
    adults = sorted(adult.name.casefold() for adult in household.adults)
    return "\n".join([household.family.casefold(), *adults]) if adults and household.family else ""
