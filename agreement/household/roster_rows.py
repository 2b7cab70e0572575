"""Rows of a roster become households and choices, read by the same form as a family file.

A row of a child, or of a household with several. What is wrong in a row is noted with row and column and costs that
row alone. This module knows cells and what they mean, and no file.
"""

import re
from collections.abc import Iterator, Mapping
from typing import Any, NamedTuple

from agreement.errors import InputError, Problem, Where
from agreement.form import Found
from agreement.household.family import choices_of, household_of, read_family
from agreement.household.people import Choices, Household
from agreement.household.roster import Roster
from agreement.household.roster_cells import ADULT_PARTS, Cells, Layout, is_last_first
from agreement.household.roster_text import TableRow
from agreement.household.roster_words import these
from agreement.source import Mapping as Written
from agreement.source import Node, Scalar
from agreement.source import Sequence as Several

_SEVERAL = re.compile(r"\s*(?:[;\n]|(?<=\w)\s(?:&|and|y)\s)\s*")
_TRUSTED = re.compile(r"\s*[;\n]\s*")
_IDS = re.compile(r"[\s,;]+")
_STUDENTS = these("student students pupil learner child alumno alumna alumno/a alumn@ estudiante")
_SUMS = re.compile(r"(?:grand |sub-?)?total(?:s|es)?\b.*|(?:class )?average|promedio", re.IGNORECASE | re.DOTALL)
_NOT_ALONE = "Leave it, or take it out. If it is a child, write the age or the class beside it."
_HEADING = re.compile(
    r".*[\d:].*|(?:ms|mrs|mr|miss|dr|sra?|prof|class|clase|grupo|aula|homeroom)\b\.? .*", re.IGNORECASE
)
_PEOPLE = frozenset({"", "children", "adults", "family", "trusted_adults"})
"""What a row says that is no choice; "" is its place."""


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
        self._layout = Layout(roster.columns.read)
        self._width = len(roster.columns.headers)
        self._header = roster.columns.headers
        self._languages = languages

    def entry(self, row: TableRow, base: Household, choices: Choices) -> Entry:
        """Read one row."""
        found = Found("F")
        if row.problem:
            return Entry((row.number,), base, choices, problems=(row.problem,))
        extra = self._width
        while extra < len(row.cells) and not row.cells[extra].strip():
            extra += 1
        if extra < len(row.cells):
            said = f"this row has {len(row.cells)} cells and the header {self._width}."
            mend = 'Put a cell that holds a separator in "quotes".'
            found.problems.append(Problem(Where(self._name, row.number, extra + 1), "R303", said, mend))
        cells = Cells(row, self._layout, self._name, found)
        if said := self._no_child(row, cells):
            problem = Problem(Where(self._name, row.number), "R310", said, "Leave it as it is, or take it out.")
            return Entry((row.number,), base, choices, problems=(problem,))
        cells.country = cells.text("country") or choices.country
        try:
            values = read_family(self._written(cells, found), found)
            household = household_of(values)
            picked = choices_of(values, household).over(choices) if values.keys() - _PEOPLE else choices
        except InputError as error:
            return Entry((row.number,), base, choices, problems=error.problems)
        if _is_heading(row, household):
            said = f'"{household.children[0].name[:40]}" is a heading or a sum, not a child.'
            found.problems.append(Problem(cells.where_of("child", "first"), "R310", said, _NOT_ALONE))
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

    def _no_child(self, row: TableRow, cells: Cells) -> str:
        """Tell a row that repeats the headers, as a printed list does, and one of a teacher."""
        if row.cells == self._header:
            return "this row repeats the headers."
        if ("role", 0) not in self._layout.places:
            return ""
        role = cells.text("role")
        return f"this row is about a {role[:40]}, not a student." if role and role.casefold() not in _STUDENTS else ""

    def _written(self, cells: Cells, found: Found) -> Written:
        """Return the row in the shape of a family file."""
        where = Where(self._name, cells.number)
        entries: list[tuple[str, Node]] = []
        children = list(self._children(cells))
        if children:
            entries.append(("children", Several(tuple(children), where)))
        adults: dict[str, Scalar] = {}
        for adult in _adults(cells):
            adults.setdefault(adult.text.strip().casefold(), adult)
        if adults:
            entries.append(("adults", Several(tuple(adults.values()), where)))
        family = self._family(cells)
        if family:
            entries.append(("family", family))
        for name in ("country", "pack", "paper", "review"):
            if scalar := cells.scalar(name):
                entries.append((name, scalar))
        if language := cells.scalar("language"):
            code = self._languages.get(language.text.strip().casefold(), language.text.strip())
            entries.append(("language", Scalar(code, language.where, plain=False)))
        elif (home := cells.scalar("home language")) and (known := self._known(home.text)):
            entries.append(("language", Scalar(known, home.where, plain=False)))
        for name in ("with", "without", "ages"):
            if scalar := cells.scalar(name):
                entries.append((name, _split(scalar, _IDS)))
        if scalar := cells.scalar("trusted"):
            entries.append(("trusted_adults", _split(scalar, _TRUSTED)))
        blanks = [
            (Scalar(meaning.partition(" ")[2], scalar.where, plain=False), scalar)
            for meaning in self._layout.blanks
            if (scalar := cells.scalar(meaning))
        ]
        if blanks:
            entries.append(("blanks", Written(tuple(blanks), where)))
        return Written(tuple((Scalar(key, where, plain=False), node) for key, node in entries), where)

    def _known(self, said: str) -> str:
        """Return the code of a language that we have among the words of a cell, or ""."""
        words = [said.strip(), *re.split(r"[\W\d_]+", said)]
        return next((self._languages[word.casefold()] for word in words if word.casefold() in self._languages), "")

    def _family(self, cells: Cells) -> Scalar | None:
        """Return the family's name, or the child's last name; a number of a family is no name."""
        last = self._last_name(cells)
        family = cells.scalar("family")
        if family and not (last and any(mark.isdigit() for mark in family.text)):
            return cells.checked(family)
        return last

    def _last_name(self, cells: Cells) -> Scalar | None:
        if last := cells.joined(("last", "second last")) or cells.name("preferred last", 0):
            return last
        several = [last for number in self._layout.lasts if (last := cells.name("last", number))]
        if several:
            names = dict.fromkeys(last.text.strip() for last in several)
            return Scalar(" / ".join(names), several[0].where, plain=False)
        named = cells.scalar("child")
        if named and is_last_first(named.text):
            return Scalar(named.text.partition(",")[0].strip(), named.where, plain=False)
        return None

    def _children(self, cells: Cells) -> Iterator[Node]:
        for number in self._layout.children:
            first = cells.joined(("first", "second first"), number) or (
                cells.name("preferred first", 0) if number == 0 else None
            )
            name = first or cells.name("child", number)
            if name is None:
                continue
            if not first and is_last_first(name.text):
                name = Scalar(name.text.partition(",")[2].strip(), name.where, plain=False)
            age = cells.age(number)
            yield _mapping({"name": name, "age": age}) if age else name
        if several := cells.scalar("children"):
            for part in _split(several, _SEVERAL).kids:
                yield cells.checked(part) if isinstance(part, Scalar) else part


def _adults(cells: Cells) -> Iterator[Scalar]:
    for number in cells.layout.adults:
        whole = cells.name("adult", number)
        if whole is None:
            whole = cells.joined(ADULT_PARTS, number)
        elif is_last_first(whole.text):
            last, _, first = whole.text.partition(",")
            if _are_two(last.split(), first.split()):
                yield Scalar(last.strip(), whole.where, plain=False)
                last = ""
            whole = Scalar(f"{first.strip()} {last.strip()}".strip(), whole.where, plain=False)
        elif (given := cells.name("adult first", number)) and given.text.strip() not in whole.text:
            whole = Scalar(f"{given.text.strip()} {whole.text.strip()}", given.where, plain=False)
        if whole and (adult := cells.grown_up(whole)):
            yield adult
    if several := cells.scalar("adults"):
        for part in _split(several, _SEVERAL).kids:
            if isinstance(part, Scalar) and (adult := cells.grown_up(cells.checked(part))):
                yield adult


def _is_heading(row: TableRow, household: Household) -> bool:
    """Tell "Total: 25", "Class 3B" or "Ms. Lopez" in a row of its own from a child."""
    if len(household.children) != 1 or household.family:
        return False
    name = household.children[0].name
    if _SUMS.fullmatch(name):
        return True
    alone = len(row.cells) > 1 and not household.adults and household.children[0].age_years is None
    return alone and _HEADING.fullmatch(name) is not None and sum(bool(cell.strip()) for cell in row.cells) == 1


def _are_two(one: list[str], other: list[str]) -> bool:
    """Tell "Ana Rivera, Joe Rivera", two people, from "De la Cruz, Ana Maria"."""
    return len(one) > 1 and len(other) > 1 and one[-1].casefold() == other[-1].casefold()


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
