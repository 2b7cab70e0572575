"""Text as codes: every run reads back exactly, stands where layout put it, and no code can harm the file."""

from io import BytesIO

import pikepdf
import pypdfium2
import pytest
from hypothesis import given
from hypothesis import strategies as st

from agreement.pdf import Meta, draw
from agreement.pdf.embed import CODES, Faces, to_unicode_map
from agreement.pdf.paint import SLACK, show
from agreement.typeset.boxes import Document, Element, Glyph, GlyphRun, Role, TextBox
from agreement.typeset.fonts import ATKINSON, face
from agreement.typeset.shape import shape
from tests import pdf

LETTERS = "abcABCfiflTVAo ÁÑßçœŁżžĞİ ăơưệạ жЯїґ ΑλΩέ 0123456789 .,:;!?'\"()[]\\{}<>&%@/-_–—’“”…€\u00a0\u00ad"
ARABIC = "ابتثجحخدذرزسشصضطظعغفقكلمنهويءآأإؤئةىپچژگ لا 0123 ٠١٢٣ ،؟()َُِّْ"


def sheet_of(runs: tuple[GlyphRun, ...]) -> Document:
    """Set each run as a paragraph of its own."""
    kids = tuple(
        Element(Role.PARAGRAPH, (TextBox(0, 40.0, 700.0 - 20 * place, 12.0, run),)) for place, run in enumerate(runs)
    )
    return Document(612, 792, 1, Element(Role.DOCUMENT, kids), (), "T", "en")


def read_back(runs: tuple[GlyphRun, ...]) -> list[str]:
    """Draw the runs and return the text of each mark."""
    with pikepdf.open(BytesIO(draw(sheet_of(runs), Meta()))) as document:
        marks = pdf.read_marks(document)
    return [marks[place] for place in sorted(marks)]


@given(st.text(LETTERS, min_size=1, max_size=60))
def test_left_to_right_runs_read_back_exactly(text: str) -> None:
    runs = shape(text, ATKINSON)
    assert read_back(runs) == [run.text for run in runs]


@given(st.text(ARABIC, min_size=1, max_size=40))
def test_right_to_left_runs_read_back_exactly(text: str) -> None:
    runs = shape(text, ATKINSON, direction="rtl")
    assert read_back(runs) == [run.text for run in runs]


@pytest.mark.parametrize("text", ["fi ffl office", "e\u0301 o\u0323\u0302", "a\u00a0b c", "co\u00adop", "مُحَمَّد لا"])
def test_what_is_hard_to_read_back(text: str) -> None:
    runs = shape(text, ATKINSON)
    assert sorted(read_back(runs)) == sorted(run.text for run in runs)


def test_one_glyph_that_means_two_things_has_two_codes() -> None:
    embedded = Faces()["atkinson-regular"]
    gid = face("atkinson-regular").font.get_nominal_glyph(0x20)
    for font in (embedded.letters, embedded.signs):
        assert font.code(gid, " ") != font.code(gid, "\u00a0")
        assert font.code(gid, " ") == font.code(gid, " ")


def test_letters_of_one_byte_are_those_of_windows() -> None:
    for letter, code in CODES.items():
        place = code.removeprefix("\\").encode("latin-1") if code != "\\\\" else b"\\"
        assert place.decode("cp1252") == letter
    assert len(CODES) == 224 - 5 - 2, "cp1252 has five empty places; DEL and the soft hyphen draw nothing"
    (run,) = shape("Ana ¡sí! (\\) “É”", ATKINSON)
    embedded = Faces()["atkinson-regular"]
    assert embedded.font_of(run) is embedded.letters
    (run,) = shape("Łucja", ATKINSON)
    assert embedded.font_of(run) is embedded.signs


def test_no_code_needs_an_escape() -> None:
    embedded = Faces()["atkinson-regular"].signs
    codes = [embedded.code(3, str(place))[0] for place in range(12_000)]
    assert len(set(codes)) == 12_000
    assert not set("".join(codes)) & set("()\\\r\n")


def test_to_unicode_has_short_blocks_and_surrogate_pairs() -> None:
    told = to_unicode_map([*((code, "x") for code in range(1, 202)), (500, "fi"), (501, "\U0001f9d1")]).decode()
    assert [int(line.split()[0]) for line in told.splitlines() if line.endswith("beginbfchar")] == [100, 100, 3]
    assert "<01F4> <00660069>" in told
    assert "<01F5> <D83EDDD1>" in told


def test_kerned_letters_stand_where_layout_put_them() -> None:
    (run,) = shape("AVAToWaTo", ATKINSON)
    assert not run.natural
    document = pypdfium2.PdfDocument(draw(sheet_of((run,)), Meta()))
    read = document[0].get_textpage()
    pen = 40.0
    for place, glyph in enumerate(run.glyphs):
        left = read.get_charbox(place, loose=True)[0]
        assert left == pytest.approx(pen + glyph.dx * 12 / 1000, abs=SLACK * 12 / 1000)
        pen += glyph.advance * 12 / 1000
    document.close()


def test_a_raised_glyph_is_raised_and_the_next_is_not() -> None:
    gid = face("atkinson-regular").font.get_nominal_glyph(ord("a"))
    run = GlyphRun(
        "atkinson-regular",
        (Glyph(gid, 500, 0, 250, "a"), Glyph(gid, 500, 0, 0, "b")),
        "ab",
        natural=False,
    )
    operators = show(run, Faces()["atkinson-regular"].signs, 12.0)
    assert operators.index("3 Ts") < operators.index("TJ") < operators.index("0 Ts")
    raised = GlyphRun("atkinson-regular", (Glyph(gid, 500, 0, 250, "a"),), "a", natural=False)
    assert show(raised, Faces()["atkinson-regular"].signs, 12.0).endswith("0 Ts")


def test_several_glyphs_of_one_cluster_say_what_they_mean_together() -> None:
    gid = face("atkinson-regular").font.get_nominal_glyph(ord("a"))
    run = GlyphRun("atkinson-regular", (Glyph(gid, 500, 0, 0, "ạ̈"), Glyph(gid, 0, 0, 0, "")), "ạ̈", natural=False)
    assert read_back((run,)) == ["ạ̈"]
    assert "ActualText" in show(run, Faces()["atkinson-regular"].signs, 12.0)


def test_foreign_words_say_their_language() -> None:
    (run,) = shape("mamá", ATKINSON, lang="es")
    content = _content(sheet_of((run,)))
    assert b"/Span<</Lang(es)>>BDC" in content
    (run,) = shape("mum", ATKINSON, lang="en")
    assert b"/Span" not in _content(sheet_of((run,)))


def _content(document: Document) -> bytes:
    with pikepdf.open(BytesIO(draw(document, Meta()))) as opened:
        return opened.pages[0].Contents.read_bytes()
