"""A print file of many households: each one's pages, tags and fields are those of the sheet that is made alone."""

import os
import subprocess
import sys
from datetime import date
from io import BytesIO
from pathlib import Path

import page
import pikepdf
import pytest

from agreement import load_library, make_pdf
from agreement.batch import Making
from agreement.batch.print_file import PrintOrder, left_over, print_files, refuse_to_begin
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
    Household("Trần", (Child("Nguyễn Thị", 13),), (Adult("Trần Văn Đức"),)),
    Household("Παπαδοπούλου", (Child("Ζωή", 9),), (Adult("Νίκος"),)),
    Household("Ќосев", (Child("Ѓорѓи", 12),), (Adult("E\u0301lodie"),)),
    ONE._replace(family="Núñez", children=(Child("Zoë", 9),)),
    ONE._replace(family="Okoye", children=(Child("Ada", 9),), adults=(Adult("Eze"), Adult("Grandma Ife"))),
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


@pytest.mark.parametrize("choices", [Choices(), SPANISH, Choices(fields=False)], ids=["en", "es", "flat"])
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


@pytest.mark.parametrize("flat", [False, True])
def test_empty_backs_are_in_no_tree(flat: bool, tmp_path: Path) -> None:
    choices = Choices(pack="workshop", fields=not flat)
    merged = printed(tmp_path, entries([ONE, ONE], choices), PrintOrder(separators=True, duplex=True))
    assert [not side.strip() for side in reader.text(merged).split("\f")] == [False, True] * 3
    assert reader.tags(merged).count("Document") == 4


def test_letters_are_in_the_file_once(tmp_path: Path) -> None:
    merged = printed(tmp_path, entries([ONE, ONE._replace(family="Xu"), ONE._replace(family="Zoë")]))
    names = [font.name for font in reader.fonts(merged) if font.kind == "TrueType"]
    assert len({name.split("+")[1] for name in names}) == len(set(names))


def test_a_household_of_a_print_file_costs_little(tmp_path: Path) -> None:
    few = len(printed(tmp_path, entries([ONE._replace(family=f"Rivera{'a' * (count % 9)}") for count in range(64)])))
    many = len(printed(tmp_path, entries([ONE._replace(family=f"Rivera{'a' * (count % 9)}") for count in range(192)])))
    assert (many - few) / 128 < 3500


@pytest.mark.parametrize("choices", [Choices(), Choices(pack="workshop", fields=False)], ids=["full", "smallest"])
def test_strict_readers_find_every_household(choices: Choices, tmp_path: Path) -> None:
    """One reader takes no number of an object above a third of the file's size in bytes."""
    found = entries([ONE._replace(family=f"Rivera{'a' * (count % 9)}") for count in range(150)], choices)
    with pikepdf.open(BytesIO(printed(tmp_path, found))) as pdf:
        sides = len(pdf.pages) // len(found)
        assert all(int(kid.Count) == sides for kid in pdf.Root.Pages.Kids)
        assert len(pdf.pages) == sides * len(found)
        parents = pikepdf.NumberTree(pdf.Root.StructTreeRoot.ParentTree)
        assert [int(page.StructParents) for page in pdf.pages if int(page.StructParents) not in parents] == []
        assert not pdf.get_warnings()


# ---- covers, cuts and order ------------------------------------------------------------------------------------------

IN_CLASSES = [
    ("Zoë", "10A", Choices()),
    ("Bo", "3b", Choices()),
    ("李", "3B", Choices()),
    ("Éa", "3B", Choices(language="es")),
    ("Ann", "3B", Choices(pack="nosuch")),
    ("Cy", "三年级", Choices()),
    ("Di", "Ladybirds and bees and butterflies " * 40, Choices()),
    ("Ed", "", Choices()),
    ("Flo", "3B", Choices()),
]


def of_classes() -> list[Entry]:
    return [
        Entry((row,), Household("", (Child(name, 9),)), choices, room)
        for row, (name, room, choices) in enumerate(IN_CLASSES, 2)
    ]


def run(folder: Path, order: PrintOrder) -> list[tuple[str, str]]:
    """Print the classes; return the name of the child and the file of each entry, in print order."""
    done = print_files(folder / "all.pdf", of_classes(), MAKING, order, force=True)
    return [(one.entry.household.children[0].name, one.file) for one in done]


def covers(pdf: Path) -> list[str]:
    """Return the words of the covers of a print file, in which sheets have two sides with their titles on the first."""
    sides = [" ".join(side.split()) for side in reader.text(pdf.read_bytes()).split("\f")]
    return [side for side in sides if "Households: " in side]


def test_a_cover_counts_what_follows_it_however_its_class_is_typed(tmp_path: Path) -> None:
    done = run(tmp_path, PrintOrder(separators=True))
    assert [name for name, file in done if file] == ["Ed", "Bo", "Éa", "Flo", "Zoë", "Di", "Cy"]
    told = covers(tmp_path / "all.pdf")
    assert told[:3] == ["No class Households: 1", "3b Households: 3", "10A Households: 1"]
    assert told[3].startswith("Ladybirds and bees")
    assert told[4:] == ["Households: 1"]


def test_a_cover_stays_on_its_page(tmp_path: Path) -> None:
    import pypdfium2

    run(tmp_path, PrintOrder(separators=True))
    with pypdfium2.PdfDocument(tmp_path / "all.pdf") as document:
        for side in document:
            words = side.get_textpage()
            boxes = [words.get_charbox(at) for at in range(words.count_chars())]
            assert all(left >= 0 and low >= 0 and right <= 612 and high <= 792 for left, low, right, high in boxes)


def test_separators_put_the_class_before_all_else(tmp_path: Path) -> None:
    done = run(tmp_path, PrintOrder(by=("child",), separators=True))
    assert [name for name, file in done if file] == ["Ed", "Bo", "Éa", "Flo", "Zoë", "Di", "Cy"]
    assert len(covers(tmp_path / "all.pdf")) == 5


def test_a_file_is_cut_after_so_many_households_that_are_in_it(tmp_path: Path) -> None:
    done = run(tmp_path, PrintOrder(split=3, separators=True))
    assert [file for _, file in done if file] == [f"all-00{number}.pdf" for number in (1, 1, 1, 2, 2, 2, 3)]
    assert covers(tmp_path / "all-001.pdf") == ["No class Households: 1", "3b Households: 2"]
    assert covers(tmp_path / "all-002.pdf")[:2] == ["3B Households: 1", "10A Households: 1"]
    plain = run(tmp_path, PrintOrder(split=2))
    assert [file for _, file in plain if file] == [f"all-00{number}.pdf" for number in (1, 1, 2, 2, 3, 3, 4)]


def test_print_files_of_a_longer_run_are_told_of(tmp_path: Path) -> None:
    order = PrintOrder(split=1)
    files = {file for _, file in run(tmp_path, order) if file}
    assert left_over(tmp_path / "all.pdf", order, files) == []
    assert left_over(tmp_path / "all.pdf", order, files - {"all-007.pdf"}) == ["all-007.pdf"]
    assert left_over(tmp_path / "all.pdf", PrintOrder(), set()) == []


def test_the_file_is_called_as_most_of_its_sheets_are(tmp_path: Path) -> None:
    order = PrintOrder(separators=True, language="es")
    with_covers = printed(tmp_path, entries([ONE], SPANISH) + entries([ONE]), order)
    with pikepdf.open(BytesIO(with_covers)) as document:
        assert (str(document.docinfo.Title), str(document.Root.Lang)) == ("Nuestro acuerdo sobre redes sociales", "es")
    assert "Familias: 2" in reader.text(with_covers)


def test_a_file_that_is_made_anew_keeps_its_permissions(tmp_path: Path) -> None:
    printed(tmp_path, entries([ONE]))
    (tmp_path / "all.pdf").chmod(0o640)
    printed(tmp_path, entries([ONE, ONE]))
    assert (tmp_path / "all.pdf").stat().st_mode & 0o777 == 0o640


def test_a_link_is_followed_and_a_pipe_is_refused(tmp_path: Path) -> None:
    (tmp_path / "real").mkdir()
    (tmp_path / "all.pdf").symlink_to(tmp_path / "real" / "set.pdf")
    printed(tmp_path, entries([ONE]))
    assert (tmp_path / "all.pdf").is_symlink()
    assert is_ours((tmp_path / "real" / "set.pdf").read_bytes())
    os.mkfifo(tmp_path / "pipe.pdf")
    with pytest.raises(OutputError, match="a device or a pipe"):
        refuse_to_begin(tmp_path / "pipe.pdf", PrintOrder(), force=True)


# ---- one file, one run -----------------------------------------------------------------------------------------------


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
