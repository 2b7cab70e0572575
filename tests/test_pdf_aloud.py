"""The tree as a screen reader walks it: goldens to read, contrast of all text, and large print that is large."""

from collections.abc import Callable

import pytest

from agreement.pdf import read_aloud
from agreement.pdf.ink import CONTRAST, PRINT, Inks
from agreement.typeset.boxes import Element, FieldBox, Ink, Role, TextBox
from tests.matrix import FAMILIES, FILLED, Case, cases

CASES = {case.name: case for case in cases()}
LEAST_CONTRAST = 7.0
LARGE_PT = 18.0


def contrast_with_white(colour: tuple[float, ...]) -> float:
    """Return the contrast ratio of WCAG 2.2 for grey, or for red, green and blue, from 0 to 1."""
    linear = [part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in colour * 3][:3]
    red, green, blue = linear if len(colour) == 3 else [linear[0]] * 3
    return 1.05 / (0.2126 * red + 0.7152 * green + 0.0722 * blue + 0.05)


def texts_of(case: Case) -> list[TextBox]:
    """Return all text on the pages, furniture too."""
    document = case.document()
    return [box for box in (*document.root.boxes(), *document.artifacts) if isinstance(box, TextBox)]


@pytest.mark.parametrize(
    "name", ["filled normal two bands", "filled large one", "filled normal nobody", "filled normal turned"]
)
def test_it_is_read_as_it_was(name: str, check_golden: Callable[[str, str], None]) -> None:
    case = CASES[name]
    check_golden(f"{name.replace(' ', '-')}.tags", read_aloud(case.document(), fields=case.choices.fields))


def test_without_fields_the_places_to_write_are_named(check_golden: Callable[[str, str], None]) -> None:
    document = Case("", FAMILIES["one"], FILLED).document()
    told = read_aloud(document, fields=False)
    assert "Form alt='Signature of Maya' desc='Signature of Maya' ''" in told
    assert "<text" not in told
    check_golden("flat-one.tags", told)


@pytest.mark.parametrize("inks", [PRINT, CONTRAST], ids=["print", "contrast"])
def test_all_text_stands_out(inks: Inks) -> None:
    used = {box.ink for case in CASES.values() if case.name.startswith("filled") for box in texts_of(case)}
    assert used
    assert all(contrast_with_white(inks.colours[ink]) >= LEAST_CONTRAST for ink in used)
    assert contrast_with_white(inks.colours[Ink.LINE]) >= LEAST_CONTRAST


def test_contrast_is_measured_as_the_guideline_says() -> None:
    assert contrast_with_white((0,)) == pytest.approx(21)
    assert contrast_with_white((1.0, 1.0, 1.0)) == pytest.approx(1)
    assert contrast_with_white((0x76 / 255,) * 3) == pytest.approx(4.54, abs=0.01)


def test_high_contrast_is_black_with_heavier_strokes() -> None:
    assert set(CONTRAST.colours.values()) == {(0,)}
    assert CONTRAST.weight > PRINT.weight


@pytest.mark.parametrize("family", FAMILIES)
def test_large_print_has_no_small_letter(family: str) -> None:
    case = CASES[f"filled large {family}"]
    assert min(box.size_pt for box in texts_of(case)) == LARGE_PT
    fields = [box for box in case.document().root.boxes() if isinstance(box, FieldBox) and not box.round]
    assert all(box.size_pt >= LARGE_PT for box in fields)


def test_large_print_stands_in_one_column_inside_the_margins() -> None:
    document = CASES["filled large two bands"].document()
    bodies = [element for element in _all(document.root) if element.role is Role.BODY]
    lefts = {
        round(min(box.x for box in body.boxes() if isinstance(box, TextBox)), 1) for body in bodies if _texts(body)
    }
    assert len([left for left in lefts if left < 60]) <= 3
    right = max(box.x + box.width for box in document.root.boxes() if isinstance(box, FieldBox))
    assert right <= document.width_pt - 36


def _texts(element: Element) -> list[TextBox]:
    return [box for box in element.boxes() if isinstance(box, TextBox)]


def _all(element: Element) -> list[Element]:
    kids = [kid for kid in element.kids if isinstance(kid, Element)]
    return [element, *(below for kid in kids for below in _all(kid))]


def test_two_sheets_hold_a_small_family_in_large_print() -> None:
    assert CASES["filled large one"].document().page_count <= 6
    assert Case("", FAMILIES["one"], FILLED._replace(text_size="large", own=(), apps=())).document().page_count == 4
