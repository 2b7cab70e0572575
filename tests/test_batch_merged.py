"""A print file of many households: each one's pages, tags and fields are those of the sheet that is made alone."""

import subprocess
import sys
from datetime import date
from pathlib import Path

import page
import pytest

from agreement import load_library, make_pdf
from agreement.batch import Making
from agreement.batch.print_file import PrintOrder, print_files, refuse_to_begin
from agreement.errors import OutputError
from agreement.household import Adult, Child, Choices, Household
from agreement.household.roster_rows import Entry
from agreement.pdf.seal import is_ours
from tests import pdf as reader
from tests.verapdf import findings

CHECKOUT = Path(__file__).resolve().parents[1]
DAY = date(2026, 3, 12)
MAKING = Making(date=DAY)
LIBRARY = load_library()
ONE = Household("Rivera", (Child("Maya", 9),), (Adult("Ana"), Adult("Grandpa Joe")))
HOUSEHOLDS = [
    ONE,
    ONE._replace(family="O'Neil (junior) \\", children=(Child("Tom & <b>", 9),)),
    Household("Świątek", (Child("Łucja", 9),), (Adult("Ewa"), Adult("Jan"))),
    Household("", (Child("Maya", 9), Child("Leo", 14)), (Adult("Ana"),)),
    Household("الحسن", (Child("مريم", 9),), (Adult("علي"),)),
    ONE._replace(family="Núñez", children=(Child("Zoë", 9),)),
    Household("Xu", (Child("Bo", 6),), (Adult("Li"), Adult("Mei"))),
    ONE._replace(family="Wilhelmina-Featherstonehaugh", adults=(Adult("Christopher Robin García"), Adult("Jo"))),
]
SPANISH = Choices(language="es", country="ES", paper="a4")


def entries(households: list[Household], choices: Choices | None = None) -> list[Entry]:
    return [Entry((row,), each, choices or Choices(), "2A") for row, each in enumerate(households, 2)]


def printed(folder: Path, found: list[Entry], order: PrintOrder | None = None) -> bytes:
    """Return the print file; every entry must be in it."""
    out = folder / "all.pdf"
    done = list(print_files(out, found, MAKING, order or PrintOrder(), force=True))
    assert [one.entry for one in done] == found
    assert {one.file for one in done} == {"all.pdf"}
    return out.read_bytes()


def alone(entry: Entry) -> bytes:
    return make_pdf(entry.household, entry.choices, library=LIBRARY, date=DAY)


def indented(tags: str) -> str:
    return "".join(f"  {line}\n" for line in tags.splitlines())


@pytest.mark.parametrize("choices", [Choices(), SPANISH], ids=["en", "es"])
def test_each_household_is_in_the_print_file_as_it_is_made(choices: Choices, tmp_path: Path) -> None:
    found = entries(HOUSEHOLDS, choices)
    merged = printed(tmp_path, found)
    sheets = [alone(entry) for entry in found]
    assert is_ours(merged)
    assert reader.text(merged).split("\f") == [side for sheet in sheets for side in reader.text(sheet).split("\f")]
    assert reader.tags(merged) == "Document\n" + "".join(indented(reader.tags(sheet)) for sheet in sheets)
    read, wanted = reader.fields(merged), [field for sheet in sheets for field in reader.fields(sheet)]
    assert [field[:4] + field[5:] for field in map(_plain, read)] == [
        field[:4] + field[5:] for field in map(_plain, wanted)
    ]
    side = 0
    for sheet in sheets:
        for number in range(len(reader.text(sheet).split("\f"))):
            assert reader.png(merged, side) == reader.png(sheet, number)
            side += 1


def _plain(field: reader.Field) -> tuple[object, ...]:
    return (field.name, field.label, field.kind, field.value, field.page, field.box)


@pytest.mark.parametrize("profile", ["ua1", "2a"])
def test_a_print_file_conforms(profile: str, tmp_path: Path) -> None:
    merged = printed(tmp_path, entries(HOUSEHOLDS), PrintOrder(separators=True, duplex=True, copies=2))
    assert "no failures" in str(page.validate_pdf_bytes(merged, profile=profile))


@pytest.mark.verapdf
@pytest.mark.parametrize("flavour", ["ua1", "2a"])
def test_verapdf_accepts_a_print_file(flavour: str, tmp_path: Path) -> None:
    assert findings(printed(tmp_path, entries(HOUSEHOLDS)), flavour) == []
    many = entries([ONE._replace(family=f"Rivera{'a' * count}") for count in range(70)])
    assert findings(printed(tmp_path, many, PrintOrder(separators=True, duplex=True, copies=2)), flavour) == []


def test_letters_are_in_the_file_once(tmp_path: Path) -> None:
    merged = printed(tmp_path, entries([ONE, ONE._replace(family="Xu"), ONE._replace(family="Zoë")]))
    names = [font.name for font in reader.fonts(merged) if font.kind == "TrueType"]
    assert len({name.split("+")[1] for name in names}) == len(set(names))


def test_a_household_of_a_print_file_costs_little(tmp_path: Path) -> None:
    few = len(printed(tmp_path, entries([ONE] * 10)))
    many = len(printed(tmp_path, entries([ONE._replace(family=f"Rivera{'a' * count}") for count in range(60)])))
    assert (many - few) / 50 < 7000


def test_two_runs_do_not_write_one_print_file(tmp_path: Path) -> None:
    out = tmp_path / "all.pdf"
    first = print_files(out, entries([ONE, ONE]), MAKING, PrintOrder())
    next(first)
    other = [sys.executable, "-c", f"from tests.test_batch_merged import again; again({str(out)!r})"]
    done = subprocess.run(other, check=False, capture_output=True, text=True, cwd=CHECKOUT)
    assert "Another run is writing it" in done.stderr
    assert len(list(first)) == 1
    assert out.exists()
    assert list(tmp_path.iterdir()) == [out]


def again(out: str) -> None:
    list(print_files(Path(out), entries([ONE]), MAKING, PrintOrder()))


def test_a_print_file_that_somebody_changed_is_refused_at_once(tmp_path: Path) -> None:
    out = tmp_path / "all.pdf"
    printed(tmp_path, entries([ONE]))
    refuse_to_begin(out, PrintOrder())
    with out.open("ab") as stream:
        stream.write(b"\n")
    with pytest.raises(OutputError, match="was changed"):
        refuse_to_begin(out, PrintOrder())
    with pytest.raises(OutputError, match="There is no folder"):
        refuse_to_begin(tmp_path / "none" / "all.pdf", PrintOrder(split=2))
