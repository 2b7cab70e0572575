"""Rosters as offices have them, and rosters to fear: the right household, or a problem with row and column."""

import os
import tracemalloc
import zipfile
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from agreement.errors import InputError
from agreement.household import Household
from agreement.household.roster import open_roster
from agreement.household.roster_grades import age_in_grade
from agreement.household.roster_meaning import meaning_of
from agreement.household.roster_siblings import grouped
from tests.rosters import codes, opened, read, refused
from tests.spreadsheets import sheet_xml, write_ods, write_xlsx
from tests.strategies import households, roster_of

HEADER = "First Name,Last Name,Grade,Class,Guardian 1,Guardian 2\n"


def test_a_row_a_child(tmp_path: Path) -> None:
    (entry,) = read(opened(tmp_path, HEADER + "Maya,Rivera,4,3B,Ana Rivera,Grandpa Joe\n"))
    household = entry.household
    assert (entry.row, entry.classroom, household.family) == (2, "3B", "Rivera")
    assert [(child.name, child.age_years) for child in household.children] == [("Maya", 9)]
    assert [adult.name for adult in household.adults] == ["Ana Rivera", "Grandpa Joe"]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp1252", "utf-16", "utf-16-le", "utf-16-be"])
@pytest.mark.parametrize("separator", [",", ";", "\t", "|"])
def test_every_encoding_and_separator(tmp_path: Path, encoding: str, separator: str) -> None:
    text = "Nombre;Apellidos;Grado\r\nZoë;Núñez;3\r\nJosé;Ñandú;4\r\n".replace(";", separator)
    first, second = read(opened(tmp_path, text.encode(encoding)))
    assert (first.household.children[0].name, first.household.family) == ("Zoë", "Núñez")
    assert second.household.children[0].age_years == 9


@pytest.mark.parametrize(
    ("header", "meaning"),
    [
        ("Student", ("child", 0)),
        (" STUDENT  first_name ", ("first", 0)),
        ("Name, First", ("first", 0)),
        ("studentLastName", ("last", 0)),
        ("Guardian 1", ("adult", 1)),
        ("Parent/Guardian 2 Name", ("adult", 2)),
        ("Apellidos del alumno", ("last", 0)),
        ("Nombre", ("first", 0)),
        ("Edad", ("age", 0)),
        ("Homeroom", ("class", 0)),
        ("Household ID", ("household", 0)),
        ("Home Language", ("home language", 0)),
        ("Birth Date", ("private", 0)),
        ("Fecha de nacimiento", ("private", 0)),
        ("Student Number", ("private", 0)),
        ("Guardian 1 Email", ("private", 0)),
        ("Home Address", ("private", 0)),
        ("Children", ("children", 0)),
        ("Child 2 age", ("age", 2)),
        ("bed time", ("blank bed_time", 0)),
        ("Shoe size", None),
        ("", None),
    ],
)
def test_headers(header: str, meaning: tuple[str, int] | None) -> None:
    assert meaning_of(header, ["bed_time"]) == meaning


def test_what_must_not_be_printed_is_not_read(tmp_path: Path) -> None:
    roster = opened(tmp_path, "Student,Birth Date,Password,Shoe\nMaya,2015-01-01,hunter2,36\n")
    assert roster.columns.private == ("Birth Date", "Password")
    assert roster.columns.unknown == ("Shoe",)
    assert "hunter2" not in repr(read(roster))


def test_a_column_can_be_named(tmp_path: Path) -> None:
    roster = opened(
        tmp_path, "Name of pupil X,Other\nMaya,Rivera\n", asked={"child": "Name of pupil X", "last": "other"}
    )
    (entry,) = read(roster)
    assert (entry.household.children[0].name, entry.household.family) == ("Maya", "Rivera")


@pytest.mark.parametrize("asked", [{"chidl": "Name"}, {"child": "Nmae"}])
def test_a_column_that_is_not_there(tmp_path: Path, asked: dict[str, str]) -> None:
    with pytest.raises(InputError, match="R203"):
        opened(tmp_path, "Name,Age\nMaya,9\n", asked=asked)


@pytest.mark.parametrize(("text", "code"), [("Shoe,Hat\n1,2\n", "R201"), ("Name,Age,Name\nMaya,9,Leo\n", "R202")])
def test_headers_that_do_not_do(tmp_path: Path, text: str, code: str) -> None:
    with pytest.raises(InputError, match=code):
        opened(tmp_path, text)


def test_choices_by_row(tmp_path: Path) -> None:
    text = "Child,Age,Language,Country,Pack,Paper,With,Bedtime\nMaya,9,Spanish,UK,everyday,a4,be-kind; x,20:30\n"
    (entry,) = read(opened(tmp_path, text, blanks=["bedtime"]))
    choices = entry.choices
    assert (choices.language, choices.country, choices.pack, choices.paper) == ("es", "UK", "everyday", "a4")
    assert choices.with_ == ("be-kind", "x")
    assert choices.blanks == {"bedtime": "20:30"}


@pytest.mark.parametrize(
    ("row", "expected"),
    [
        ("Maya,Rivera,99,3B,Ana,", ["R306@2:3"]),
        (",Rivera,4,3B,Ana,", ["R304@2:1"]),
        ("12,Rivera,4,3B,Ana,", ["R305@2:1"]),
        ("2015-03-01,Rivera,4,3B,Ana,", ["R305@2:1"]),
        ("=HYPERLINK(A1),Rivera,4,3B,Ana,", ["R305@2:1"]),
        ("Maya,Rivera,4,3B,Ana,Joe,extra", ["R303@2:7"]),
        ("Maya\u202e,Rivera,4,3B,A\x00na,", ["F321@2:1", "F323@2:5"]),
        ('"Ma\nya",Rivera,4,3B,Ana,', ["F322@2:1"]),
        ('"Maya,Rivera,4,3B,Ana,', ["R301@2:1"]),
        (f"{'x' * 401},Rivera,4,3B,Ana,", ["F106@2:1"]),
        (f"{'x' * 70000},Rivera,4,3B,Ana,", ["R302@2:1"]),
    ],
)
def test_a_bad_row_is_named_and_costs_no_other(tmp_path: Path, row: str, expected: list[str]) -> None:
    bad, *good = read(opened(tmp_path, f"{HEADER}{row}\nLeo,Ng,5,3B,Bo,\nAna,Li,6,3B,Jo,\n"))
    assert [code for code in codes(bad) if code in expected] == expected
    assert [(entry.row, entry.household.children[0].name, entry.problems) for entry in good] == [
        (3, "Leo", ()),
        (4, "Ana", ()),
    ]


def test_quotes_inside_cells_are_letters(tmp_path: Path) -> None:
    first, second = read(opened(tmp_path, 'Child,Family\nZo "Zed" E,"O""Neil, Jr"\nMaya 5",Ng\n'))
    assert (first.household.children[0].name, first.household.family) == ('Zo "Zed" E', 'O"Neil, Jr')
    assert second.household.children[0].name == 'Maya 5"'


def test_empty_rows_and_a_title_over_the_header(tmp_path: Path) -> None:
    roster = opened(tmp_path, "sep=;\nClass list 2026;;\n;;\nStudent;Age;Class\n;;\nMaya;9;3B\n ;  ;\nLeo;10;3B\n")
    assert [(entry.row, entry.household.children[0].name) for entry in read(roster)] == [(5, "Maya"), (7, "Leo")]


def test_last_name_first(tmp_path: Path) -> None:
    (entry,) = read(opened(tmp_path, 'Student,Guardian\n"Rivera, Maya","Rivera, Ana"\n'))
    assert (entry.household.family, entry.household.children[0].name) == ("Rivera", "Maya")
    assert entry.household.adults[0].name == "Ana Rivera"


def test_siblings(tmp_path: Path) -> None:
    text = HEADER + "Maya,Rivera,4,3B,Ana,Joe\nBo,Li,4,3B,Jo,\nLeo,Rivera,9,9A,Joe,Ana\nLone,Rivera,4,3B,,\n"
    found = list(grouped(read(opened(tmp_path, text))))
    assert [entry.rows for entry in found] == [(2, 4), (3,), (5,)]
    assert [child.name for child in found[0].household.children] == ["Maya", "Leo"]
    assert [adult.name for adult in found[0].household.adults] == ["Ana", "Joe"]


def test_households_by_their_own_mark(tmp_path: Path) -> None:
    found = list(grouped(read(opened(tmp_path, "Child,Household\nMaya,7\nBo,8\nLeo,7\n"))))
    assert [entry.rows for entry in found] == [(2, 4), (3,)]


@pytest.mark.parametrize(
    ("grade", "age"),
    [
        ("K", 5),
        ("Kindergarten", 5),
        ("1", 6),
        ("01", 6),
        ("4th grade", 9),
        ("3º", 8),
        ("12", 17),
        ("13", None),
        ("x", None),
    ],
)
def test_grades(grade: str, age: int | None) -> None:
    assert age_in_grade(grade) == age


def test_spreadsheets(tmp_path: Path) -> None:
    rows = [["Maya's class", None], [], ["First name", "Last name", "Grade"], ["Maya", "Rivera", 4], ["Leo", 45000, 9]]
    path = write_xlsx(tmp_path / "roster.xlsx", sheet_xml(rows))  # type: ignore[arg-type]
    first, second = read(open_roster(path))
    assert (first.row, first.household.children[0].age_years, codes(second)) == (4, 9, ["R305@5:2"])
    path = write_ods(tmp_path / "roster.ods", [["Child", "Age"], ["Zoë", "9"]])
    (entry,) = read(open_roster(path))
    assert entry.household.children[0].name == "Zoë"


def test_a_spreadsheet_that_claims_too_much(tmp_path: Path) -> None:
    far = sheet_xml([["Child"]]).replace(
        "</sheetData>", '<row r="1048576"><c r="XFD1048576"><v>1</v></c></row></sheetData>'
    )
    assert refused(write_xlsx(tmp_path / "far.xlsx", far)) == "R102"


def test_a_zip_bomb(tmp_path: Path) -> None:
    path = write_xlsx(tmp_path / "bomb.xlsx", sheet_xml([["Child"], ["Maya"]]))
    with zipfile.ZipFile(path, "a", zipfile.ZIP_DEFLATED) as packed, packed.open("xl/more.xml", "w") as part:
        for _ in range(1100):
            part.write(b" " * 1_000_000)
    assert path.stat().st_size < 3_000_000
    assert refused(path) == "R102"


@pytest.mark.parametrize("raw", [b"PK\x03\x04 but no zip", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1 but no sheet"])
def test_a_broken_spreadsheet(tmp_path: Path, raw: bytes) -> None:
    path = tmp_path / "roster.xlsx"
    path.write_bytes(raw)
    assert refused(path) == "R104"


def test_what_is_no_roster(tmp_path: Path) -> None:
    assert refused(tmp_path / "nowhere.csv") == "R101"
    assert refused(tmp_path) == "R101"
    (tmp_path / "empty.csv").write_bytes(b"")
    assert refused(tmp_path / "empty.csv") == "R105"
    (tmp_path / "odd.csv").write_bytes(b"Name\x81\x8d\n\xff\xfe\x81")
    assert refused(tmp_path / "odd.csv") == "R103"
    with (tmp_path / "huge.csv").open("wb") as stream:
        stream.truncate(2_000_000_000)
    assert refused(tmp_path / "huge.csv") == "R102"


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="no pipes with names here")
def test_a_pipe_is_refused_and_not_waited_for(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe.csv")
    assert refused(tmp_path / "pipe.csv") == "R101"


def test_memory_does_not_grow_with_the_roster(tmp_path: Path) -> None:
    roster = opened(tmp_path, HEADER + "Maya,Rivera,4,3B,Ana,Joe\n" * 30_000)
    tracemalloc.start()
    assert sum(1 for _ in roster.rows()) == 30_000
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert peak < 2_000_000


def _oneroster(folder: Path) -> Path:
    folder.mkdir()
    (folder / "users.csv").write_text(
        "sourcedId,status,enabledUser,role,givenName,familyName,grades,agentSourcedIds,password\n"
        "s1,active,true,student,Maya,Rivera,04,g1,secret\n"
        "g1,active,true,parent,Ana,Rivera,,,\n"
        "s2,tobedeleted,true,student,Gone,Ng,04,,\n"
        "s3,active,true,student,Leo,Li,03,,\n",
        encoding="utf-8-sig",
    )
    (folder / "classes.csv").write_text(
        "sourcedId,status,title,classType\nc1,active,3B,homeroom\nc2,active,Math,scheduled\n"
    )
    (folder / "enrollments.csv").write_text(
        "sourcedId,status,classSourcedId,userSourcedId,role\ne1,active,c2,s1,student\ne2,active,c1,s1,student\n"
    )
    (folder / "demographics.csv").write_text("sourcedId,birthDate\ns1,2015-01-01\n")
    return folder


@pytest.mark.parametrize("packed", [False, True])
def test_oneroster(tmp_path: Path, packed: bool) -> None:
    path = _oneroster(tmp_path / "set")
    if packed:
        with zipfile.ZipFile(tmp_path / "set.zip", "w") as archive:
            for part in path.iterdir():
                archive.write(part, f"export/{part.name}")
        path = tmp_path / "set.zip"
    first, second = read(open_roster(path))
    assert (first.household.children[0].name, first.classroom) == ("Maya", "3B")
    assert first.household.adults[0].name == "Ana Rivera"
    assert second.household.children[0].name == "Leo"
    (only,) = read(open_roster(path, wanted="math"))
    assert (only.household.children[0].name, only.classroom) == ("Maya", "Math")


@given(st.lists(households, min_size=1, max_size=4), st.sampled_from(",;\t"))
@settings(max_examples=60)
def test_what_is_written_is_read(tmp_path_factory: pytest.TempPathFactory, written: list[Household], mark: str) -> None:
    path = tmp_path_factory.mktemp("roster") / "roster.csv"
    path.write_text(roster_of(written, mark), encoding="utf-8", newline="")
    found = read(open_roster(path))
    assert len(found) == len(written)
    for entry, household in zip(found, written, strict=True):
        if not entry.problems:
            assert [child.name for child in entry.household.children] == [child.name for child in household.children]
            assert entry.household.family == household.family


@given(st.binary(max_size=400))
@settings(max_examples=200)
def test_any_bytes_are_rows_or_a_sentence(tmp_path_factory: pytest.TempPathFactory, raw: bytes) -> None:
    path = tmp_path_factory.mktemp("roster") / "roster.csv"
    path.write_bytes(b"Child,Age\n" + raw)
    try:
        found = read(open_roster(path))
    except InputError:
        return
    rows = [entry.row for entry in found]
    assert rows == sorted(set(rows))
