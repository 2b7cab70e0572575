"""The tree as a screen reader walks it: goldens to read, contrast of all text, and large print that is large."""

from collections import Counter
from collections.abc import Callable

import pytest
from hypothesis import given
from hypothesis import strategies as st

from agreement.household import Choices
from agreement.make import make_document
from agreement.pdf import read_aloud
from agreement.pdf.ink import CONTRAST, PRINT, Inks
from agreement.typeset.boxes import Element, FieldBox, Ink, Role, TextBox
from agreement.typeset.lines import Span
from agreement.typeset.running import Room
from agreement.typeset.spoken import shortened
from agreement.typeset.style import styles
from tests.matrix import DAY, FAMILIES, FILLED, Case, cases, library

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


def test_it_is_read_in_spanish_too(check_golden: Callable[[str, str], None]) -> None:
    document = Case("", FAMILIES["two bands"], FILLED._replace(language="es")).document()
    check_golden("filled-spanish-two-bands.tags", read_aloud(document))


def test_without_fields_the_places_to_write_are_named(check_golden: Callable[[str, str], None]) -> None:
    document = Case("", FAMILIES["one"], FILLED).document()
    told = read_aloud(document, fields=False)
    assert "Form alt='Signature of Maya' role='tv' ''" in told
    assert "<text" not in told
    assert " desc=" not in told
    check_golden("flat-one.tags", told)


def test_abbreviations_of_services_say_what_they_stand_for() -> None:
    choices = Choices(country="UK", add=("parents-guide",))
    told = read_aloud(make_document(FAMILIES["one"], choices, library=library(), date=DAY))
    assert "Span e='Child Exploitation and Online Protection' 'CEOP'\n" in told


def test_a_name_is_never_spelled_out() -> None:
    room = Room(styles("a4", False, "en")[0], 200, "guide", "", (("FBI", "Federal Bureau"),))
    name, filled = Span("FBI", isolate=True), Span("FBI", gap_id="name")
    said = room.spelled_out([Span("Tell the FBI, not FBIX. "), name, filled])
    assert [(span.text, span.expansion) for span in said if isinstance(span, Span)] == [
        ("Tell the ", ""),
        ("FBI", "Federal Bureau"),
        (", not FBIX. ", ""),
        ("FBI", ""),
        ("FBI", ""),
    ]


@pytest.mark.parametrize("name", CASES)
def test_every_list_of_promises_says_first_who_promises(name: str) -> None:
    lists = [each for each in _all(CASES[name].document().root) if each.role is Role.LIST]
    sided = [each for each in lists if len(_promising_sides(each)) == 1]
    assert sided
    for each in sided:
        caption = each.kids[0]
        assert isinstance(caption, Element)
        assert caption.role is Role.CAPTION
        assert "".join(box.run.text for box in _texts(caption)) or [one.alt for one in _all(caption) if one.alt]


def _promising_sides(element: Element) -> set[str]:
    names = [box.name.split(".") for box in element.boxes() if isinstance(box, FieldBox) and box.round]
    return {side for _, side, *_ in names}


@pytest.mark.parametrize("name", [name for name in CASES if "scripts" not in name])
def test_no_two_boxes_of_a_sheet_have_one_name(name: str) -> None:
    sheets = len(CASES[name].agreements())
    labels = Counter(
        box.label for box in CASES[name].document().root.boxes() if isinstance(box, FieldBox) and box.round
    )
    assert labels
    assert max(labels.values()) <= sheets


@pytest.mark.parametrize("name", CASES)
def test_parts_are_read_in_the_order_in_which_they_begin_on_paper(name: str) -> None:
    headings = [each for each in _all(CASES[name].document().root) if each.role in (Role.H1, Role.H2)]
    pages = [next(each.boxes()).page for each in headings]
    assert pages == sorted(pages)


@given(
    st.lists(st.lists(st.sampled_from(["we", "will", "we,", "…"]), min_size=4, max_size=9).map(" ".join), unique=True)
)
def test_promises_cut_short_are_told_apart(texts: list[str]) -> None:
    short = shortened(texts)
    assert list(short) == texts
    assert len(set(short.values())) == len(texts)
    for text, cut in short.items():
        assert cut == text or (cut.endswith(" …") and text.startswith(cut.removesuffix(" …")))


def test_a_promise_is_cut_where_it_differs_from_the_others() -> None:
    begin = "I will come and tell you at any time of the day or night when"
    kind, secrets = "I will be kind.", f"{begin} a person asks me for secrets."
    money = f"{begin} a person asks for money."
    assert list(shortened([kind, secrets, money]).values()) == [kind, f"{begin} a person asks me …", money]
    assert shortened([secrets])[secrets] == f"{begin.removesuffix(' when')} …"


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
