"""Fields and links: what is typed can be seen, every one is in the tree, and nothing dangerous gets in."""

from io import BytesIO

import pikepdf
import pypdfium2
import pytest
from PIL import Image, ImageChops

from agreement.pdf import Meta, draw
from agreement.pdf.fields import PLAIN_RESOURCE
from agreement.typeset.boxes import Document, Element, FieldBox, FieldKind, LinkBox, Role
from tests import hand, pdf
from tests.pdf_specimen import specimen, words

NAME = FieldBox(0, 100, 600, 200, 20, "name", "Name of a child")


def sheet_of(*kids: Element) -> Document:
    """Make a page of these elements."""
    return Document(612, 792, 1, Element(Role.DOCUMENT, kids), (), "T", "en")


def form(*boxes: FieldBox) -> Element:
    """Make a Form."""
    return Element(Role.FORM, boxes)


def link(address: str) -> Document:
    """Make a page with one link."""
    box = LinkBox(0, 40, 700, 100, 14, address, "Call for help")
    return sheet_of(Element(Role.LINK, (*words("Help", 40, 700), box)))


def typed(document: Document, text: str) -> Image.Image:
    """Type a text into NAME as a person would, and return the picture of the field."""
    _, picture = hand.typed(draw(document, Meta()), text)
    return picture.crop((202, 2 * 172, 598, 2 * 192))


def test_typed_latin_letters_are_drawn_in_the_face_of_the_sheet() -> None:
    sheet = sheet_of(form(NAME))
    ours = pypdfium2.PdfDocument(draw(sheet_of(form(NAME._replace(value="José Núñez"))), Meta()))
    ours.init_forms()
    expected = ours[0].render(scale=2).to_pil().convert("L").crop((202, 2 * 172, 598, 2 * 192))
    ours.close()
    by_hand = typed(sheet, "José Núñez")
    assert min(by_hand.tobytes()) < 100
    assert _inked(by_hand)[0] == pytest.approx(_inked(expected)[0], abs=4)
    assert _inked(by_hand)[2] == pytest.approx(_inked(expected)[2], abs=6)


def test_nothing_is_drawn_before_somebody_types() -> None:
    assert min(typed(sheet_of(form(NAME)), "").tobytes()) > 150


def _inked(picture: Image.Image) -> tuple[int, int, int, int]:
    box = ImageChops.invert(picture).point(lambda level: 255 if level > 128 else 0).getbbox()
    assert box is not None
    return box


def test_every_field_has_a_label_and_a_place() -> None:
    found = pdf.fields(draw(specimen(), Meta()))
    assert [(field.name, field.label, field.kind, field.page) for field in found] == [
        ("bedtime-1", "Bedtime", "Tx", 0),
        ("who", "Who uses Roblox", "Tx", 1),
        ("initials-0", "Initials of person 1", "Btn", 1),
        ("initials-1", "Initials of person 2", "Btn", 1),
        ("initials-2", "Initials of person 3", "Tx", 1),
    ]
    assert found[0].box == (150, 517, 230, 535)


def test_a_sheet_without_fields_has_no_form() -> None:
    printed = draw(specimen(), Meta(), fields=False)
    assert pdf.fields(printed) == []
    with pikepdf.open(BytesIO(printed)) as document:
        assert "/AcroForm" not in document.Root
        assert f"/{PLAIN_RESOURCE}" not in document.pages[0].Resources.Font
    with pikepdf.open(BytesIO(draw(specimen(), Meta()))) as document:
        assert f"/{PLAIN_RESOURCE}" in document.pages[0].Resources.Font


def test_a_form_with_two_fields_becomes_two_forms() -> None:
    told = pdf.tags(draw(sheet_of(form(NAME, NAME._replace(name="date", label="Date", y=500.0))), Meta()))
    assert told == "Document\n  Form <text 'Name of a child'>\n  Form <text 'Date'>\n"


def test_a_field_outside_a_form_gets_one() -> None:
    told = pdf.tags(draw(sheet_of(Element(Role.PARAGRAPH, (NAME,))), Meta()))
    assert told == "Document\n  P\n    Form <text 'Name of a child'>\n"


def test_a_field_is_named_once() -> None:
    element = form(NAME)._replace(alt="Name of a child")
    assert pdf.tags(draw(sheet_of(element), Meta())) == "Document\n  Form <text 'Name of a child'>\n"


def test_text_in_a_form_is_read_beside_it() -> None:
    told = pdf.tags(draw(sheet_of(Element(Role.FORM, (*words("Name", 40, 600), NAME))), Meta()))
    assert told == "Document\n  Span 'Name'\n  Form <text 'Name of a child'>\n"


def test_two_fields_of_one_name_are_refused() -> None:
    with pytest.raises(ValueError, match="two fields are called 'name'"):
        draw(sheet_of(form(NAME), form(NAME)), Meta())


def test_the_form_carries_an_embedded_font_and_no_need_to_make_appearances() -> None:
    with pikepdf.open(BytesIO(draw(specimen(), Meta()))) as document:
        acro_form = document.Root.AcroForm
        assert "/NeedAppearances" not in acro_form
        assert str(acro_form.DA).startswith("/Write ")
        assert "/FontFile2" in acro_form.DR.Font.Write.FontDescriptor
        for shown in document.pages:
            assert shown.Tabs == "/S"
            for note in shown.Annots:
                assert int(note.F) == 4
                assert note.Subtype == "/Link" or "/N" in note.AP


def test_a_check_box_shows_a_tick_when_it_is_ticked() -> None:
    box = FieldBox(0, 100, 600, 20, 20, "yes", "Yes", FieldKind.CHECK)
    pictures = [
        Image.open(BytesIO(pdf.png(draw(sheet_of(form(box._replace(value=value))), Meta())))).convert("L")
        for value in ("", "yes")
    ]
    darkest = [min(picture.crop((102, 174, 118, 190)).tobytes()) for picture in pictures]
    assert darkest[1] < 60 < darkest[0]


def test_a_value_in_another_script_reads_in_its_own_font() -> None:
    drawn = draw(sheet_of(form(NAME._replace(value="محمد Nguyễn"))), Meta())
    assert pdf.fields(drawn)[0].value == "محمد Nguyễn"
    names = {font.name.partition("+")[2] for font in pdf.fonts(drawn)}
    assert {"NotoNaskhArabic-Regular", "AtkinsonHyperlegibleNext-Regular"} <= names


@pytest.mark.parametrize("address", ["https://takeitdown.ncmec.org", "mailto:help@example.org", "tel:988"])
def test_links_that_help_are_taken(address: str) -> None:
    assert f"<link {address} 'Call for help'>" in pdf.tags(draw(link(address), Meta()))


@pytest.mark.parametrize("address", ["javascript:alert(1)", "http://example.org", "file:///etc/passwd", "x", ""])
def test_other_addresses_are_refused(address: str) -> None:
    with pytest.raises(ValueError, match="a link must begin with"):
        draw(link(address), Meta())


def test_an_address_cannot_break_out_of_its_string() -> None:
    drawn = draw(link("https://example.org/a)b\\c(ñ"), Meta())
    assert "<link https://example.org/a)b\\c(%C3%B1 'Call for help'>" in pdf.tags(drawn)
