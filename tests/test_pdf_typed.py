"""What people type: letters of Europe in the face of the sheet, saved and read back."""

from io import BytesIO
from itertools import pairwise

import pikepdf
import pypdfium2
import pytest
from PIL import Image, ImageChops

from agreement.pdf import Meta, draw
from agreement.pdf.typed import DIFFERENCES, LETTERS
from agreement.typeset.boxes import Document, Element, FieldBox, Role
from agreement.typeset.fonts import face
from tests import pdf
from tests.hand import typed

NAMES = ("José Núñez", "Świątek Łódź", "Gökçe Işık", "Škoda Dvořák", "Erdős Fűző", "Đorđe Ćosić")
FIRST = FieldBox(0, 100, 600, 200, 20, "first", "First name")
SECOND = FieldBox(0, 100, 500, 200, 20, "second", "Second name")


def sheet(*fields: FieldBox) -> bytes:
    kids = tuple(Element(Role.FORM, (field,)) for field in fields)
    return draw(Document(612, 792, 1, Element(Role.DOCUMENT, kids), (), "T", "en"), Meta())


def crop(picture: Image.Image, field: FieldBox) -> Image.Image:
    """Return what a page at scale 2 shows inside a field, a little smaller than it."""
    top = round(2 * (792 - field.y - field.height)) + 2
    return picture.crop((round(2 * field.x) + 2, top, round(2 * (field.x + field.width)) - 2, top + 36))


def ink(picture: Image.Image) -> tuple[int, int, int, int]:
    box = ImageChops.invert(picture).point(lambda level: 255 if level > 128 else 0).getbbox()
    assert box is not None
    return box


def test_every_place_of_the_font_has_a_letter_that_the_face_draws() -> None:
    places = DIFFERENCES.replace("/", " ").split()[0::2]
    assert len(LETTERS) == 224
    assert len(set(LETTERS)) == 224
    assert len(places) == DIFFERENCES.count("/") == DIFFERENCES.count(" ") + 1
    assert all(int(before) < int(after) for before, after in pairwise(places))
    for key in ("atkinson-regular", "andika-regular"):
        assert [letter for letter in LETTERS if not face(key).covers(letter)] in ([], ["\x7f"])


@pytest.mark.parametrize("name", NAMES)
def test_a_typed_name_looks_as_if_we_had_drawn_it(name: str) -> None:
    _, by_hand = typed(sheet(FIRST), name)
    _, ours = typed(sheet(FIRST._replace(value=name), SECOND), "")
    left, _, right, _ = ink(crop(by_hand, FIRST))
    wanted_left, _, wanted_right, _ = ink(crop(ours, FIRST))
    assert left == pytest.approx(wanted_left, abs=5)
    assert right == pytest.approx(wanted_right, abs=8)


@pytest.mark.parametrize("name", [*NAMES, "Nguyễn Thị Hạnh", "محمد علي", "Юлия"])
def test_what_was_typed_is_saved_and_read_back(name: str) -> None:
    saved, _ = typed(sheet(FIRST, SECOND), name)
    assert [field.value for field in pdf.fields(saved)] == [name, ""]


def test_typing_into_one_field_leaves_the_others_empty() -> None:
    saved, picture = typed(sheet(FIRST, SECOND), "Maya")
    assert min(crop(picture, FIRST).tobytes()) < 100
    assert min(crop(picture, SECOND).tobytes()) > 150
    opened = pypdfium2.PdfDocument(saved)
    opened.init_forms()
    again = opened[0].render(scale=2).to_pil().convert("L")
    opened.close()
    assert min(crop(again, FIRST).tobytes()) < 100
    assert min(crop(again, SECOND).tobytes()) > 150


def test_the_font_for_typing_has_one_byte_a_letter() -> None:
    with pikepdf.open(BytesIO(sheet(FIRST))) as document:
        font = document.Root.AcroForm.DR.Font.Write
        assert font.Subtype == "/TrueType"
        assert font.Encoding.BaseEncoding == "/WinAnsiEncoding"
        places = [int(place) for place in list(font.Encoding.Differences)[0::2]]
        assert all(LETTERS[place - 32] not in "ƒ¤§" for place in places)
