"""Rosters to fear, beyond the usual: what must never put a wrong name on a sheet, or lose a row."""

import tracemalloc
import zipfile
from pathlib import Path

import pytest

from agreement.household import Adult, Household
from agreement.household.roster import open_roster
from agreement.household.roster_grades import age_in_grade
from agreement.household.roster_meaning import meaning_of
from agreement.household.roster_rows import Entry
from agreement.household.roster_siblings import grouped
from tests.rosters import codes, opened, read, refused
from tests.spreadsheets import sheet_xml, write_ods, write_xls, write_xlsx

# ---- siblings --------------------------------------------------------------------------------------------------------


def rows_of(found: list[Entry]) -> list[tuple[int, ...]]:
    return [entry.rows for entry in found]


def test_children_without_a_family_name_are_nobodys_siblings(tmp_path: Path) -> None:
    found = read(opened(tmp_path, "Child,Guardian\nLeo,Ana\nZed,Ana\n"))
    assert rows_of(list(grouped(found))) == [(2,), (3,)]


def test_adults_that_hold_for_all_rows_make_nobody_siblings(tmp_path: Path) -> None:
    found = read(opened(tmp_path, "Child,Family\nLeo,Ng\nZed,Ng\n"), Household(adults=(Adult("Coach Kim"),)))
    assert rows_of(list(grouped(found))) == [(2,), (3,)]


def test_siblings_who_ask_for_different_things_are_reported(tmp_path: Path) -> None:
    text = "Child,Household,Language,Pack\nMaya,7,Spanish,\nBo,8,,\nLeo,7,English,\nAna,8,,\n"
    first, second = grouped(read(opened(tmp_path, text)))
    assert (first.rows, codes(first)) == ((2, 4), ["R309@4:3"])
    assert (second.rows, codes(second)) == ((3, 5), [])


def test_a_mark_that_half_the_school_shares(tmp_path: Path) -> None:
    text = "Child,Household\n" + "".join(f"Child{at},1\n" for at in range(21))
    (entry,) = grouped(read(opened(tmp_path, text)))
    assert codes(entry) == ["F327@2:1"]
    assert len(entry.rows) == 21


# ---- cells -----------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("cell", ["-", "--", "–", "N/A", "n/a", ".", " . ", "(blank)"])
def test_cells_that_say_nothing_are_empty(tmp_path: Path, cell: str) -> None:
    (entry,) = read(opened(tmp_path, f"Child,Guardian 1,Guardian 2\nMaya,Ana,{cell}\n"))
    assert (entry.problems, [adult.name for adult in entry.household.adults]) == ((), ["Ana"])


@pytest.mark.parametrize("cell", ["#REF!", "#N/A", "#NAME?", "######", "#VALUE!"])
def test_an_error_of_a_spreadsheet_is_no_name(tmp_path: Path, cell: str) -> None:
    (entry,) = read(opened(tmp_path, f"Child,Guardian\n{cell},Ana\n"))
    assert "R305@2:1" in codes(entry)


@pytest.mark.parametrize("name", ["Null", "Blank", "None", "Test", "NaN", "True", "Na", "Ng", "O", "Jan", "Σ", "D'Ng"])
def test_names_that_look_like_nothing_are_names(tmp_path: Path, name: str) -> None:
    (entry,) = read(opened(tmp_path, f"First Name,Last Name\n{name},{name}\n"))
    assert (entry.problems, entry.household.children[0].name, entry.household.family) == ((), name, name)


@pytest.mark.parametrize("name", ["ZoÃ«", "NÃºÃ±ez", "Zo\ufffd", "Å�ukasz"])
def test_damaged_letters_are_told(tmp_path: Path, name: str) -> None:
    (entry,) = read(opened(tmp_path, f"Child,Age\n{name},9\n"))
    assert codes(entry) == ["R307@2:1"]


@pytest.mark.parametrize("name", ["Zoë", "Núñez", "Łukasz", "Ægir", "Ångström", "Ça", "São", "Дмитрий"])
def test_sound_letters_are_not(tmp_path: Path, name: str) -> None:
    (entry,) = read(opened(tmp_path, f"Child,Age\n{name},9\n"))
    assert entry.problems == ()


def test_one_wrong_byte_in_a_file_of_utf_8_spoils_no_name_unseen(tmp_path: Path) -> None:
    raw = "Child,Age\nZoë,9\n".encode() + b"Ren\xe9,9\nLeo,9\n"
    first, second, third = read(opened(tmp_path, raw))
    assert codes(first) == ["R307@2:1"]
    assert 'should be "Zoë"' in first.problems[0].mend
    assert (second.household.children[0].name, second.problems, third.problems) == ("René", (), ())


@pytest.mark.parametrize(
    ("cell", "child", "family"),
    [
        ("Rivera, Maya", "Maya", "Rivera"),
        ("Maya Rivera, Jr.", "Maya Rivera, Jr.", ""),
        ("Rivera Jr., Leo", "Leo", "Rivera Jr."),
        ("Rivera,", "Rivera,", ""),
    ],
)
def test_commas_in_names(tmp_path: Path, cell: str, child: str, family: str) -> None:
    (entry,) = read(opened(tmp_path, f'Student (Last, First)\n"{cell}"\n'.replace("(Last, First)", "")))
    assert (entry.household.children[0].name, entry.household.family) == (child, family)


@pytest.mark.parametrize("cell", ["Ana Rivera, PhD", "Ana Rivera, Jr."])
def test_a_title_behind_an_adults_name_stays_there(tmp_path: Path, cell: str) -> None:
    (entry,) = read(opened(tmp_path, f'Child,Guardian\nMaya,"{cell}"\n'))
    assert entry.household.adults[0].name == cell


@pytest.mark.parametrize(
    ("cell", "adults"),
    [
        ("Ana Rivera, Joe Rivera", ["Ana Rivera", "Joe Rivera"]),
        ("De la Cruz, Ana María", ["Ana María De la Cruz"]),
    ],
)
def test_two_guardians_in_one_cell(tmp_path: Path, cell: str, adults: list[str]) -> None:
    (entry,) = read(opened(tmp_path, f'Child,Guardian\nMaya,"{cell}"\n'))
    assert [adult.name for adult in entry.household.adults] == adults


def test_trusted_adults_are_not_cut_at_and(tmp_path: Path) -> None:
    text = "Child;Trusted\nMaya;Ms. Lopez (health and safety)\n"
    (entry,) = read(opened(tmp_path, text))
    assert [tuple(adult) for adult in entry.household.trusted_adults] == [("Ms. Lopez", "health and safety")]


@pytest.mark.parametrize(("grade", "age"), [("1ro", 6), ("2do grado", 7), ("3er grado", 8), ("5to", 10), ("7mo", 12)])
def test_grades_in_spanish(grade: str, age: int) -> None:
    assert age_in_grade(grade) == age


@pytest.mark.parametrize(("country", "age"), [("UK", 8), ("nz", 8), ("US", 9), ("AU", 9), ("", 9)])
def test_year_4_is_younger_where_school_begins_at_five(tmp_path: Path, country: str, age: int) -> None:
    (entry,) = read(opened(tmp_path, f"Child,Year group,Country\nMaya,Year 4,{country}\n"))
    assert entry.household.children[0] == ("Maya", age)


# ---- headers ---------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("header", ["Student Name (Last, First)", "Last Name, First Name", "Name (First Last)"])
def test_a_header_of_both_names_is_the_childs(header: str) -> None:
    assert meaning_of(header) == ("child", 0)


def test_a_second_column_of_classes_is_told_as_not_read(tmp_path: Path) -> None:
    roster = opened(tmp_path, "Child,Homeroom,Teacher\nMaya,3B,Ms. Lopez\n")
    assert roster.columns.unknown == ("Teacher",)


def test_a_title_without_separators_over_the_header(tmp_path: Path) -> None:
    (entry,) = read(opened(tmp_path, "Class list 2026\n\nStudent;Age\nMaya;9\n"))
    assert entry.household.children[0] == ("Maya", 9)


# ---- files -----------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "raw",
    [
        b"<html><table><tr><td>Child</td></tr></table></html>",
        b"\n<!DOCTYPE html><p>",
        b"PK\x03\x04" + b"x" * 30 + b"PK\x05\x06" + b"\0" * 8 + b"\xff" * 10,
    ],
)
def test_files_that_are_not_what_they_say(tmp_path: Path, raw: bytes) -> None:
    (tmp_path / "roster.xls").write_bytes(raw)
    assert refused(tmp_path / "roster.xls") == "R104"


def test_rows_of_a_spreadsheet_keep_their_numbers(tmp_path: Path) -> None:
    rows = [[None], [], [None, "Child", "Age"], [None, "Maya", 9.0], [], [None, "Leo", 99.0]]
    maya, leo = read(open_roster(write_xlsx(tmp_path / "roster.xlsx", sheet_xml(rows))))  # type: ignore[arg-type]
    assert (maya.row, leo.row, leo.problems[0].code) == (4, 6, "F326")


def test_a_spreadsheet_of_the_old_kind(tmp_path: Path) -> None:
    zoe, leo, date, formula = read(open_roster(write_xls(tmp_path / "roster.xls")))
    assert (zoe.household.children[0], zoe.household.family, zoe.problems) == (("Zoë", 9), "Núñez", ())
    assert [codes(entry)[0] for entry in (leo, date, formula)] == ["F326@3:3", "R305@4:1", "R304@5:1"]


@pytest.mark.parametrize("before", [0, 16_000])
def test_a_table_that_repeats_its_cells(tmp_path: Path, before: int) -> None:
    path = write_ods(tmp_path / "roster.ods", [["Child", "Age"], ["Zoë", "9"]])
    with zipfile.ZipFile(path) as packed:
        parts = {name: packed.read(name) for name in packed.namelist()}
    empty = f'<table:table-cell table:number-columns-repeated="{before}"/>' if before else ""
    wide = '<table:table-cell office:value-type="string" table:number-columns-repeated="9000"><text:p>x</text:p>'
    row = f'<table:table-row table:number-rows-repeated="9000">{empty}{wide}</table:table-cell></table:table-row>'
    parts["content.xml"] = parts["content.xml"].replace(b"</table:table>", row.encode() + b"</table:table>")
    with zipfile.ZipFile(path, "w") as packed:
        for name, part in parts.items():
            packed.writestr(name, part)
    tracemalloc.start()
    assert refused(path) == "R102"
    tracemalloc.stop()


def test_empty_cells_to_the_end_of_a_sheet_are_no_bomb(tmp_path: Path) -> None:
    path = write_ods(tmp_path / "roster.ods", [["Child", "Age"], ["Zoë", "9"]])
    with zipfile.ZipFile(path) as packed:
        parts = {name: packed.read(name) for name in packed.namelist()}
    row = (
        '<table:table-row table:number-rows-repeated="1048000">'
        '<table:table-cell table:number-columns-repeated="16384"/></table:table-row>'
    )
    parts["content.xml"] = parts["content.xml"].replace(b"</table:table>", row.encode() + b"</table:table>")
    with zipfile.ZipFile(path, "w") as packed:
        for name, part in parts.items():
            packed.writestr(name, part)
    (entry,) = read(open_roster(path))
    assert entry.household.children[0].name == "Zoë"


@pytest.mark.slow
def test_a_million_rows_take_the_memory_of_one(tmp_path: Path) -> None:
    path = tmp_path / "roster.csv"
    with path.open("w", encoding="utf-8") as stream:
        stream.write("First Name,Last Name,Age,Class,Guardian 1\n")
        for _ in range(1000):
            stream.write("Zoë,Núñez,9,3B,Ana\n" * 1000)
    roster = open_roster(path)
    tracemalloc.start()
    found = 0
    for found, _ in enumerate(roster.rows(), 1):
        if found == 200_000:
            break
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert found == 200_000
    assert peak < 2_000_000
    assert sum(1 for _ in roster.rows()) == 1_000_000
