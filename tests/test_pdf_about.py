"""What a file says of itself, and the file as a file."""

import re
from datetime import date
from io import BytesIO

import pikepdf
import pytest
from hypothesis import given
from hypothesis import strategies as st

from agreement.pdf import Meta, draw
from agreement.pdf.engine import Stream, predicted
from agreement.pdf.ink import CONTRAST, PRINT
from agreement.pdf.syntax import byte_string, name, number, text_string
from agreement.typeset.boxes import Bookmark, Ink
from tests.pdf_specimen import specimen

META = Meta("Ana <Rivera> & Co", 'A "promise"', ("family", "año"), date(2026, 3, 12), "agreement 0.1.0")


def test_document_information_and_xmp_say_the_same() -> None:
    with pikepdf.open(BytesIO(draw(specimen(), META))) as document:
        info = {key: str(value) for key, value in document.docinfo.items()}
        xmp = document.open_metadata()
        assert info["/Title"] == xmp["dc:title"] == "The Rivera family · ¿sí?"
        assert info["/Author"] == "Ana <Rivera> & Co" == xmp["dc:creator"][0]
        assert info["/Subject"] == xmp["dc:description"] == 'A "promise"'
        assert info["/Keywords"] == xmp["pdf:Keywords"] == "family, año"
        assert info["/Producer"] == xmp["pdf:Producer"] == "agreement 0.1.0"
        assert (info["/CreationDate"], xmp["xmp:CreateDate"]) == ("D:20260312000000Z", "2026-03-12T00:00:00Z")
        assert (xmp["pdfaid:part"], xmp["pdfaid:conformance"], xmp["pdfuaid:part"]) == ("2", "A", "1")
        assert xmp["dc:language"] == {"en"}


def test_what_nobody_gave_is_left_out() -> None:
    drawn = draw(specimen(), Meta())
    with pikepdf.open(BytesIO(drawn)) as document:
        assert set(document.docinfo.keys()) == {"/Title", "/Creator", "/Producer"}
        xmp = document.Root.Metadata.read_bytes()
    for word in (b"anonymous", b"unspecified", b"Trapped", b"ReportLab", b"dc:creator", b"CreateDate"):
        assert word not in xmp
        assert word not in drawn


def test_the_catalog_tells_viewers_how_to_show_and_print() -> None:
    with pikepdf.open(BytesIO(draw(specimen(), META))) as document:
        root = document.Root
        assert str(root.Lang) == "en"
        assert bool(root.MarkInfo.Marked)
        assert bool(root.ViewerPreferences.DisplayDocTitle)
        assert root.ViewerPreferences.Duplex == "/DuplexFlipLongEdge"
        assert root.ViewerPreferences.PrintScaling == "/None"
        assert root.OutputIntents[0].S == "/GTS_PDFA1"
        assert [str(each.P) for each in list(root.PageLabels.Nums)[1::2]] == ["1", "2"]
        for page in document.pages:
            assert [float(edge) for edge in page.MediaBox] == [0, 0, 612, 792]
            assert page.CropBox == page.TrimBox == page.MediaBox


def test_the_outline_follows_the_bookmarks() -> None:
    with pikepdf.open(BytesIO(draw(specimen(), META))) as document, document.open_outline() as outline:
        first, second = outline.root
        assert (first.title, [kid.title for kid in first.children]) == ("Side one", ["Friends · أصدقاء"])
        assert second.title == "Side two"
        destination = second.destination
        assert isinstance(destination, pikepdf.Array)
        assert destination[0].objgen == document.pages[1].objgen
        assert float(destination[3]) == 760


def test_a_level_too_deep_is_drawn_as_deep_as_can_be() -> None:
    sheet = specimen()._replace(bookmarks=(Bookmark("A", 0, 700, 2), Bookmark("B", 1, 700, 5)))
    with pikepdf.open(BytesIO(draw(sheet, META))) as document, document.open_outline() as outline:
        assert [(each.title, [kid.title for kid in each.children]) for each in outline.root] == [("A", ["B"])]


def test_no_bookmarks_no_outline() -> None:
    with pikepdf.open(BytesIO(draw(specimen()._replace(bookmarks=()), META))) as document:
        assert "/Outlines" not in document.Root


def test_the_file_is_sound() -> None:
    drawn = draw(specimen(), META)
    with pikepdf.open(BytesIO(drawn)) as document:
        assert document.check_pdf_syntax() == []
    assert drawn.startswith(b"%PDF-1.7\n")
    assert drawn.endswith(b"%%EOF\n")
    assert b"Helvetica" not in drawn


def test_every_stream_ends_with_a_line_of_its_own() -> None:
    drawn = draw(specimen(), META)
    assert len(re.findall(rb"\r\nendstream\nendobj\n", drawn)) == drawn.count(b"endstream")
    for content in (b"abc\n", b"abc\r", b""):
        text = Stream(content, deflate=False).format(None)
        assert text == b"<</Length %d>>\nstream\n%b\r\nendstream" % (len(content), content)


@pytest.mark.parametrize(
    ("value", "written"), [(0, "0"), (-0.001, "0"), (12.0, "12"), (0.126, "0.13"), (-4.5, "-4.5"), (100, "100")]
)
def test_numbers(value: float, written: str) -> None:
    assert number(value) == written


def test_strings_and_names() -> None:
    assert text_string("a(b)\\c\r\n") == "(a\\(b\\)\\\\c\\r\\n)"
    assert text_string("ñ (…") == "(\xf1 \\(\x83)"
    assert text_string("€ğ") == "(\xfe\xff \xac\x01\x1f)"
    assert text_string("ÿþ") == "(\xfe\xff\x00\xff\x00\xfe)"
    assert text_string("\x85") == "(\xfe\xff\x00\x85)"
    assert byte_string(b"\x00(\r") == "(\x00\\(\\r)"
    assert name("a b/ñ#") == "/a#20b#2F#C3#B1#23"


def test_inks() -> None:
    assert PRINT.fill_operator(Ink.TEXT) == "0 g"
    assert PRINT.stroke_operator(Ink.LINE) == "0.29 G"
    assert PRINT.stroke_operator(Ink.ACCENT) == "0.09 0.38 0.42 RG"
    assert {PRINT.fill_operator(ink) for ink in Ink} >= {"0.13 g", "0.54 g"}
    assert {CONTRAST.fill_operator(ink) for ink in Ink} == {"0 g"}


@given(st.text("aZ(\\)\r\n€ﬁž•—–“”‘’… ñÿþï»¿ \u00adŁم😀\x80\x9f", max_size=8))
def test_a_text_string_reads_as_what_it_says(text: str) -> None:
    assert str(pikepdf.Object.parse(text_string(text).encode("latin-1"))) == text


@given(st.lists(st.binary(min_size=7, max_size=7), min_size=1, max_size=6))
def test_rows_are_written_as_their_differences(rows: list[bytes]) -> None:
    above, found = bytes(7), []
    written = predicted(b"".join(b"\0" + row for row in rows), 8)
    for place in range(0, len(written), 8):
        assert written[place] == 2
        above = bytes((old + change) % 256 for old, change in zip(above, written[place + 1 : place + 8], strict=True))
        found.append(above)
    assert found == rows
