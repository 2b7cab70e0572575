"""One row of a roster by what its cells mean: names that can be names, ages, and what says nothing.

What cannot be a name is noted with row and column. This module knows the cells of one row and nothing of households.
"""

import re
from collections.abc import Sequence

from agreement.errors import Problem, Where
from agreement.form import Found
from agreement.household.roster_columns import Column
from agreement.household.roster_grades import age_in_grade, whole_years
from agreement.household.roster_text import Figure, TableRow
from agreement.source import Scalar

ADULT_PARTS = ("adult first", "adult last", "adult second last")
ADULT_COLUMNS = frozenset({"adult", *ADULT_PARTS})
_NOTHING = re.compile(r"[\s.\-\u2010-\u2015]*|n/a|\(blank\)", re.IGNORECASE)
_STARTS_OF_NOTHING = frozenset(".-\u2010\u2011\u2012\u2013\u2014\u2015nN(")
_ERROR = re.compile(r"#(?:n/a|ref!|name\?|value!|div/0!|num!|null!|n/d|\u00a1ref!|#+)", re.IGNORECASE)
_SUFFIX = re.compile(r"(?:jr|sr|ii|iii|iv|v|phd|md|esq|ed\.?d|dds|rn|mba)\.?", re.IGNORECASE)
_LETTER = re.compile(r"[^\W\d_]")
_MAIL = re.compile(r"\S@[\w-]+\.\w")
_ENTITY = re.compile(r"&(?:#\d{2,6}|#x[0-9a-f]{2,5}|[a-z]{2,8});", re.IGNORECASE)
_NOBODY = frozenset(
    {"deceased", "unknown", "none", "no contact", "not applicable", "not listed", "tbd", "same", "see above"}
    | {"fallecido", "fallecida", "desconocido", "desconocida", "no aplica", "no tiene", "ninguno", "sin datos", "idem"}
)
_NOTE = re.compile(r"\b(?:deceased|no contact|restraining|custody|fallecid[oa]|difunt[oa]|sin contacto|custodia)\b")
_UNSEEN = " \t\n\r\xa0\u200b\u200c\u200d\u2060\ufeff\xad"
_DAMAGE = re.compile(
    "[\xa1-\xa9\xab-\xae\xb1-\xb3\xb5\xb6\xb8\xb9\xbb-\xbf†‡…‰‹›€™]"  # never in a name
    r"|(?<=[a-z])[–—“”„‚ˆ˜](?=[a-z])"
    r"|(?<=[a-z])(?:[ŠŒŽŸÀ-ÖØ-Þ]|‘)(?![^\W\d_])"
)
"""Letters of Mac Roman, DOS or Central Europe that were read as Windows-1252."""


def says_nothing(cell: str) -> bool:
    """Tell whether a cell without spaces around it is as good as empty."""
    return not cell or (cell[0] in _STARTS_OF_NOTHING and _NOTHING.fullmatch(cell) is not None)


def is_last_first(name: str) -> bool:
    """Tell "Rivera, Maya" from "Maya Rivera, Jr."."""
    last, comma, first = name.partition(",")
    return bool(comma and last.strip() and first.strip()) and "," not in first and not _SUFFIX.fullmatch(first.strip())


class Layout:
    """Where in a row what stands; read from the columns once. Numbers are those of children, adults and last names."""

    def __init__(self, columns: Sequence[Column]) -> None:
        self.places = {(column.meaning, column.number): column.place for column in columns}
        self.children = sorted({column.number for column in columns if column.meaning in ("child", "first")})
        self.adults = list(dict.fromkeys(column.number for column in columns if column.meaning in ADULT_COLUMNS))
        self.lasts = [column.number for column in columns if column.meaning == "last" and column.number]
        self.blanks = [column.meaning for column in columns if column.meaning.startswith("blank ")]

    def place_of(self, *meanings: str) -> int:
        """Return the place of the first column that has one of these meanings, or -1."""
        return min((place for (meaning, _), place in self.places.items() if meaning in meanings), default=-1)


class Cells:
    """The cells of one row by what they mean. `country` decides what a grade means."""

    def __init__(self, row: TableRow, layout: Layout, name: str, found: Found) -> None:
        self.number, self.layout, self._found = row.number, layout, found
        self._cells, self._name, self._places = row.cells, name, layout.places
        self.country = ""

    def scalar(self, meaning: str, number: int = 0) -> Scalar | None:
        """Return a cell that holds something."""
        place = self._places.get((meaning, number))
        if place is None or place >= len(self._cells):
            return None
        cell = self._cells[place]
        if not cell.isascii() and cell.strip(_UNSEEN) != cell:
            cell = cell.strip(_UNSEEN)
        if says_nothing(cell.strip()):
            return None
        return Scalar(cell, Where(self._name, self.number, place + 1), plain=False)

    def text(self, meaning: str) -> str:
        """Return what a cell holds with single spaces, or ""."""
        scalar = self.scalar(meaning)
        return " ".join(scalar.text.split()) if scalar else ""

    def name(self, meaning: str, number: int) -> Scalar | None:
        """Return a cell that holds a name; note what is a number, a date or a formula."""
        scalar = self.scalar(meaning, number)
        return self.checked(scalar) if scalar else None

    def joined(self, meanings: Sequence[str], number: int = 0) -> Scalar | None:
        """Return the names in several cells as one, at the place of the first."""
        known = self._places
        parts = [part for meaning in meanings if (meaning, number) in known and (part := self.name(meaning, number))]
        if len(parts) < 2:
            return parts[0] if parts else None
        return Scalar(" ".join(part.text.strip() for part in parts), parts[0].where, plain=False)

    def grown_up(self, scalar: Scalar) -> Scalar | None:
        """Return an adult's name; None where a cell says that there is nobody. Note what says more of a person."""
        text = scalar.text.strip().casefold()
        if text in _NOBODY or (text.partition(" ")[0] in _NOBODY and _NOBODY.issuperset(text.split())):
            return None
        if found := _NOTE.search(text):
            said = f'"{found[0]}" is a note about a person, not a name.'
            self._note(scalar, "R305", said, "Leave the cell empty, or write the name alone.")
        return scalar

    def checked(self, scalar: Scalar) -> Scalar:
        """Note a number, a date or a formula where a name belongs."""
        text = scalar.text.strip()
        if isinstance(scalar.text, Figure) or (not _LETTER.search(text) and text.isascii()):
            said = f'"{text[:40]}" is a number or a date, not a name.'
            self._note(scalar, "R305", said, "Write the name; format the column as text.")
        elif text[0] == "#" and _ERROR.fullmatch(text):
            self._note(scalar, "R305", f'"{text[:40]}" is an error of the spreadsheet, not a name.', "Write the name.")
        elif "@" in text and _MAIL.search(text):
            self._note(scalar, "R305", f'"{text[:40]}" is an e-mail address, not a name.', "Write the name.")
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
            return Scalar(age.text if age.text.isdigit() else whole_years(age.text), age.where, plain=False)
        grade = self.scalar("grade", number)
        if grade is None:
            return None
        years = age_in_grade(str(grade.text), self.country, self.text("stage"))
        if years is None:
            said = f'"{grade.text.strip()[:40]}" is not a grade.'
            self._note(grade, "R306", said, "Write K or a number from 1 to 12, or use a column of ages.")
            return None
        return Scalar(str(years), grade.where, plain=False)

    def where_of(self, *meanings: str) -> Where:
        """Return the place of the first column that has one of these meanings."""
        return Where(self._name, self.number, self.layout.place_of(*meanings) + 1)

    def _note(self, scalar: Scalar, code: str, said: str, mend: str) -> None:
        self._found.problems.append(Problem(scalar.where, code, said, mend))


def _damaged(text: str) -> str:
    """Return how to mend a name in which letters are lost, or were read in a wrong encoding; "" for a sound one."""
    anew = 'Write it anew, and save the roster as "CSV UTF-8".'
    if "&" in text and _ENTITY.search(text):
        from html import unescape  # only needed once something is wrong

        return f'It should be "{unescape(text)[:40]}".'
    if text.isascii():
        return ""
    if "\ufffd" in text:
        return anew
    try:
        meant = text.encode("cp1252").decode("utf-8")
    except UnicodeError:
        return anew if _DAMAGE.search(text) else ""
    return f'It should be "{meant[:40]}": save the roster as "CSV UTF-8".'
