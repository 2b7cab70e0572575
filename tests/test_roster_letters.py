"""Grades, ages and letters as offices write them, and which sheet of a spreadsheet holds the children."""

from pathlib import Path

import pytest

from agreement.errors import InputError
from agreement.household.roster import open_roster
from agreement.household.roster_grades import TOO_YOUNG, age_in_grade, whole_years
from tests.command import call
from tests.rosters import codes, opened, read, told
from tests.spreadsheets import Cell, write_book

# ---- grades, ages, letters -------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("grade", "age"),
    [
        ("Fourth grade", 9),
        ("4.0", 9),
        ("Gr 3", 8),
        ("4°A", 9),
        ("4 PRIMARIA", 9),
        ("Infantil 5 años", 5),
        ("1º de Bachillerato (Ciencias)", 16),
        ("2do secundaria", 13),
        ("6 Secundaria", None),
        ("Sexto", 11),
        ("4º de Educ. Prima.", 9),
        ("II° medio", 15),
        ("Gr. K", 5),
        ("1º F.P.I.G.M. (Cocina)", None),
        ("SK", 5),
        ("PK", TOO_YOUNG),
        ("Reception", TOO_YOUNG),
        ("3/4", None),
        ("2034", None),
        ("A-", None),
    ],
)
def test_grades_as_offices_write_them(grade: str, age: int | None) -> None:
    assert age_in_grade(grade) == age


@pytest.mark.parametrize(
    "text", ["9 yrs", "9;4", "9.5", "9,5", "9y 4m", "9 years 4 months", "9 años", "9.53424657534247", "9½"]
)
def test_ages_with_words_and_months(text: str) -> None:
    assert whole_years(text) == "9"


@pytest.mark.parametrize("text", ["10/4/2015", "2016-03-01", "9-10", "nine", "9:30"])
def test_what_is_no_age_stays(text: str) -> None:
    assert whole_years(text) == text


def test_letters_of_a_macintosh(tmp_path: Path) -> None:
    first, second = read(opened(tmp_path, "Child,Age\rJosé,9\rZoë Núñez,10\r".encode("mac-roman")))
    assert [entry.household.children[0].name for entry in (first, second)] == ["José", "Zoë Núñez"]


@pytest.mark.parametrize("encoding", ["mac-roman", "cp850", "cp437"])
def test_letters_of_another_age_are_refused(tmp_path: Path, encoding: str) -> None:
    with pytest.raises(InputError, match="R103"):
        opened(tmp_path, "Nombre,Edad\nJosé,9\nMuñoz,10\nMaría,9\n".encode(encoding))


@pytest.mark.parametrize("name", ["£ukasz", "Nu–ez", "JosŽ", "Mu¤oz", "O&#39;Neil", "Mu&ntilde;oz"])
def test_letters_that_were_read_wrong_are_told(tmp_path: Path, name: str) -> None:
    (entry,) = read(opened(tmp_path, f"Child,Age\n{name},9\n"))
    assert codes(entry) == ["R307@2:1"]


@pytest.mark.parametrize("name", ["Zoë–Ana", "Ka‘ahu", "O’Neil “Bo”", "DeÁngelo", "Col·lell", "Ž. Šimić"])
def test_names_with_odd_signs_are_names(tmp_path: Path, name: str) -> None:
    (entry,) = read(opened(tmp_path, f"Child,Age\n{name},9\n"))
    assert entry.problems == ()


# ---- sheets ----------------------------------------------------------------------------------------------------------

PUPILS: list[list[Cell]] = [["First name", "Last name", "Age"], ["Maya", "Rivera", 9.0]]
NOTES: list[list[Cell]] = [["How to fill this in"], ["First name", "as the family writes it"], ["Age", "5 to 17"]]


def test_the_sheet_that_holds_children(tmp_path: Path) -> None:
    path = write_book(tmp_path / "roster.xlsx", {"Notes": NOTES, "Old": PUPILS, "Pupils": PUPILS}, hidden=("Old",))
    roster = open_roster(path)
    assert roster.told == 'spreadsheet, sheet "Pupils"'
    assert [told(entry) for entry in read(roster)] == ["Maya 9 | Rivera |  | "]


def test_several_sheets_with_children_are_asked_about(tmp_path: Path) -> None:
    path = write_book(tmp_path / "roster.xlsx", {"3A": PUPILS, "3B": [PUPILS[0], ["Leo", "Ng", 10.0]]})
    with pytest.raises(InputError, match='--sheet-name "3A"'):
        open_roster(path)
    with pytest.raises(InputError, match="R107"):
        open_roster(path, sheet="3C")
    (entry,) = read(open_roster(path, sheet="3b"))
    assert told(entry) == "Leo 10 | Ng |  | "


def test_a_text_has_no_sheets(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="R107"):
        opened(tmp_path, "Child\nMaya\n", sheet="3A")


def test_the_command_takes_the_name_of_a_sheet(tmp_path: Path, capfdbinary: pytest.CaptureFixture[bytes]) -> None:
    path = write_book(tmp_path / "roster.xlsx", {"3A": PUPILS, "3B": PUPILS})
    refused = call(capfdbinary, "batch", str(path), "--dry-run")
    assert (refused.code, "R107" in refused.err) == (1, True)
    answer = call(capfdbinary, "batch", str(path), "--dry-run", "--sheet-name", "3b")
    assert (answer.code, b'sheet "3B"' in answer.out) == (0, True)
