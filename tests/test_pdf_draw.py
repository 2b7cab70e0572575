"""The whole drawing: a document that holds everything, read back, judged, and drawn again."""

import hashlib
import os
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from datetime import date
from io import BytesIO
from pathlib import Path

import page as page_validation
import pikepdf
import pytest

from agreement.pdf import Meta, draw
from agreement.typeset.boxes import Document, Element, Role
from tests import pdf
from tests.pdf_specimen import specimen, words
from tests.verapdf import findings

META = Meta("Ana Rivera", "A promise", ("family", "agreement"), date(2026, 3, 12), "agreement 0.1.0")
TAGS = """\
Document
  H1 'Our agreement'
  Sect
    H2 'Friends: AV, To, fi'
    L listnumbering='Decimal'
      LI
        Lbl '1'
        LBody 'I will ask before I add.'
      LI
        Lbl '2'
        LBody 'I will ask before I add.'
  P 'Ana knows محمد and سلام well.'
  P 'Nguyễn Thị Hạnh, Юлия, Ελένη'
  P lang='es' '¿Dónde está el teléfono?'
  P
    'Phones go to bed at '
    Form <text 'Bedtime'>
    ' each night. Ask '
    Span e='National Center for Missing Children' 'NCMEC'
    '.'
  Figure alt='A ring to draw a face in' ''
  P
    'This promise begins on side one '
    'and ends (on) side\\\\two.'
  H2 'Help'
  P
    Link
      'report.cybertip.org'
      <link https://report.cybertip.org/a%20b 'Report it to the CyberTipline'>
  Table
    TR
      TH scope='Column' 'App'
      TH scope='Column' 'Who'
    TR
      TD 'Roblox'
      TD
        Form <text 'Who uses Roblox'>
  P
    'Initials '
    Form <check 'Initials of person 1' = 'Yes'>
    Form <check 'Initials of person 2' = 'Off'>
    Form <text 'Initials of person 3' = 'MÑ'>
"""


@pytest.fixture(scope="module", params=[True, False], ids=["fields", "print"])
def drawn(request: pytest.FixtureRequest) -> bytes:
    """Give the specimen drawn with fields, and without."""
    return draw(specimen(), META, fields=request.param)


def _broken(sound: bytes, how: str) -> bytes:
    """Return the file with one thing wrong."""
    with pikepdf.open(BytesIO(sound)) as document:
        if how == "no title shown":
            del document.Root.ViewerPreferences
        elif how == "no parents":
            del document.pages[0].StructParents
        elif how == "no profile":
            del document.Root.OutputIntents
        elif how == "no meaning":
            font = next(
                font for font in document.pages[0].Resources.Font.as_dict().values() if font.Subtype == "/Type0"
            )
            font.ToUnicode.write(font.ToUnicode.read_bytes().replace(b"<0001> <", b"<0001> <0000> % <", 1))
        changed = BytesIO()
        document.save(changed)
    return changed.getvalue()


def _faults(file: bytes, profile: str) -> list[str]:
    report = page_validation.validate_pdf_bytes(file, profile=profile)
    return [str(failure) for failure in report.failures]


def test_tags_read_as_the_document_says() -> None:
    assert pdf.tags(draw(specimen(), META)) == TAGS


def test_without_fields_places_to_write_are_still_announced() -> None:
    printed = pdf.tags(draw(specimen(), META, fields=False))
    assert "<text" not in printed
    assert "    Form role='tv' desc='Bedtime' ''\n" in printed
    assert "Form role='cb' checked='on' desc='Initials of person 1' ''" in printed
    assert "      TD 'Roblox'\n      TD\n" in printed  # nothing is drawn there, so there is nothing to announce


def test_pdfium_reads_the_text(drawn: bytes) -> None:
    first, second = pdf.text(drawn).split("\f")
    assert "Ana knows محمد and سلام well." in first
    assert "Nguyễn Thị Hạnh, Юлия, Ελένη" in first
    assert "report.cybertip.org" in second


@pytest.mark.parametrize("profile", ["ua1", "2a"])
def test_page_validation_finds_nothing(drawn: bytes, profile: str) -> None:
    assert _faults(drawn, profile) == []


@pytest.mark.parametrize(("how", "profile"), [("no title shown", "ua1"), ("no profile", "2a"), ("no meaning", "2a")])
def test_page_validation_sees_what_is_broken(how: str, profile: str) -> None:
    assert _faults(_broken(draw(specimen(), META), how), profile)


@pytest.mark.verapdf
@pytest.mark.parametrize("profile", ["ua1", "2a"])
def test_verapdf_finds_nothing(drawn: bytes, profile: str) -> None:
    assert findings(drawn, profile) == []


@pytest.mark.verapdf
@pytest.mark.parametrize(("how", "profile"), [("no title shown", "ua1"), ("no profile", "2a"), ("no parents", "ua1")])
def test_verapdf_sees_what_is_broken(how: str, profile: str) -> None:
    assert findings(_broken(draw(specimen(), META), how), profile)


def test_our_reader_sees_a_page_that_names_another_place() -> None:
    broken = BytesIO()
    with pikepdf.open(BytesIO(draw(specimen(), META))) as document:
        document.pages[0].StructParents = 1
        document.save(broken)
    with pytest.raises(AssertionError, match="names another"):
        pdf.tags(broken.getvalue())


def test_our_reader_sees_a_mark_under_another_element() -> None:
    broken = BytesIO()
    with pikepdf.open(BytesIO(draw(specimen(), META))) as document:
        root = document.Root.StructTreeRoot.K
        root.K[0].K = 1
        document.save(broken)
    with pytest.raises(AssertionError, match="mark 1 of page 0 names another element"):
        pdf.tags(broken.getvalue())


def test_the_same_document_gives_the_same_bytes() -> None:
    assert draw(specimen(), META) == draw(specimen(), META)


@pytest.mark.parametrize("seed", ["0", "1", "4242"])
def test_another_process_and_another_hash_seed_give_the_same_bytes(seed: str) -> None:
    program = (
        "import hashlib, sys; from tests.test_pdf_draw import META, draw, specimen;"
        "sys.stdout.write(hashlib.sha256(draw(specimen(), META)).hexdigest())"
    )
    told = subprocess.run(
        [sys.executable, "-c", program],
        env={**os.environ, "PYTHONHASHSEED": seed},
        cwd=Path(__file__).parent.parent,
        capture_output=True,
        text=True,
        check=True,
    )
    assert told.stdout == hashlib.sha256(draw(specimen(), META)).hexdigest()


def test_documents_drawn_at_the_same_time_do_not_mix() -> None:
    documents = [specimen()._replace(title=f"Family {place}") for place in range(8)]
    alone = [draw(document, META) for document in documents]
    with ThreadPoolExecutor(4) as pool:
        together = list(pool.map(lambda document: draw(document, META), documents))
    assert together == alone


def test_nothing_stays_behind_in_reportlab() -> None:
    from reportlab.pdfbase import pdfmetrics

    before = dict(pdfmetrics._fonts)
    draw(specimen(), META)
    assert dict(pdfmetrics._fonts) == before


def test_another_word_gives_another_file_id() -> None:
    ids = set()
    for word in ("one", "two"):
        root = Element(Role.DOCUMENT, (Element(Role.PARAGRAPH, words(word, 40, 700)),))
        with pikepdf.open(BytesIO(draw(Document(612, 792, 1, root, (), "T", "en"), Meta()))) as document:
            ids.add(bytes(document.trailer.ID[0]))
    assert len(ids) == 2


def test_every_font_is_embedded_once() -> None:
    found = pdf.fonts(draw(specimen(), META))
    assert all(font.embedded for font in found)
    assert len(found) == len({(font.name, font.kind) for font in found}) == 6
    assert all(font.name[6] == "+" for font in found)


def test_a_picture_shows_ink_where_a_box_stands() -> None:
    from PIL import Image

    picture = Image.open(BytesIO(pdf.png(draw(specimen(), META)))).convert("L")
    assert picture.size == (612, 792)
    assert min(picture.crop((40, 792 - 752, 130, 792 - 736)).tobytes()) < 80  # the heading
    assert picture.getpixel((300, 350)) == 255


def test_a_full_sheet_with_fields_stays_small() -> None:
    assert len(draw(specimen(), META)) < 40_000
