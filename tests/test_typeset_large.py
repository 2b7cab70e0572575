"""Large print: nothing smaller than it says, few sheets, full sides, and nothing torn that belongs together."""

from functools import cache

import pytest

from agreement.errors import LayoutError
from agreement.household import Choices, Household, TrustedAdult, load_family
from agreement.typeset.block import Block, Strip
from agreement.typeset.boxes import Document, Element, FieldBox, FieldKind, Role, TextBox
from agreement.typeset.flow import Frame
from agreement.typeset.large_flow import MOST_BEFORE_A_PART, over_fewest_sheets
from agreement.typeset.pen import Pen
from tests import layouts
from tests.conftest import CHECKOUT
from tests.matrix import FAMILIES, FILLED, Case, cases

LARGE = {case.name: case for case in cases() if case.choices.text_size == "large"}
OVER_THE_CARD = 200.0
OF_ONE_SIZE = ("help-cards", "check-in")
RIVERAS = CHECKOUT / "docs" / "examples" / "rivera.yaml"


@cache
def laid_out(name: str) -> Document:
    return LARGE[name].document()


def sheet(family: str, **choices: object) -> Document:
    """Lay out the usual pack for a family that wrote little."""
    asked = Choices(country="US", text_size="large")._replace(**choices)  # type: ignore[arg-type]
    return Case("", FAMILIES[family], asked).document()


@pytest.mark.parametrize("name", LARGE)
def test_nothing_is_smaller_than_eighteen_points(name: str) -> None:
    document, choices = laid_out(name), LARGE[name].choices
    last = document.page_count
    if name.startswith(OF_ONE_SIZE):
        last = LARGE[name]._replace(name="", choices=choices._replace(add=())).document().page_count
    sizes = [
        box.size_pt
        for box in (*document.root.boxes(), *document.artifacts)
        if box.page < last and (isinstance(box, TextBox) or (isinstance(box, FieldBox) and box.kind is FieldKind.TEXT))
    ]
    assert min(sizes) >= 18


@pytest.mark.parametrize(("family", "sides"), [("one", 4), ("two bands", 4), ("turned", 4), ("young", 4), ("ten", 6)])
def test_a_family_takes_few_sides(family: str, sides: int) -> None:
    assert sheet(family).page_count == sides
    assert sheet(family, language="es").page_count == sides


def test_three_adults_and_two_children_take_two_sheets_of_a4_and_three_of_letter() -> None:
    household, choices = load_family(RIVERAS)
    asked = choices._replace(text_size="large")
    assert Case("", household, asked._replace(paper="a4")).document().page_count == 4
    assert Case("", household, asked).document().page_count == 6


@pytest.mark.parametrize("name", LARGE)
def test_no_promise_parts_from_its_circles_and_no_name_from_its_line(name: str) -> None:
    for entry in layouts.elements(laid_out(name).root, Role.ENTRY):
        if any(isinstance(box, FieldBox) for box in entry.boxes()):
            assert len({box.page for box in entry.boxes()}) == 1


@pytest.mark.parametrize("name", [name for name in LARGE if not LARGE[name].choices.add])
def test_no_heading_stands_alone_at_a_foot(name: str) -> None:
    for section in layouts.elements(laid_out(name).root, Role.SECTION):
        heading, *rest = section.kids
        if isinstance(heading, Element) and heading.role is Role.H2:
            first = next(box for kid in rest if isinstance(kid, Element) for box in kid.boxes())
            assert {box.page for box in heading.boxes()} == {first.page}


@pytest.mark.parametrize("family", ["nobody", "young", "ten", "scripts"])
@pytest.mark.parametrize("language", ["en", "es"])
def test_what_to_do_stands_on_one_side(family: str, language: str) -> None:
    case = Case("", FAMILIES[family], Choices(country="US", text_size="large", language=language))
    steps = layouts.section(case.document(), case.agreements()[0].steps.heading)
    assert len({box.page for box in steps.boxes()}) == 1


@pytest.mark.parametrize("family", ["nobody", "one", "two bands", "ten", "young", "scripts"])
@pytest.mark.parametrize("paper", ["letter", "a4"])
def test_no_side_is_half_empty(family: str, paper: str) -> None:
    document = sheet(family, paper=paper)
    for page in range(document.page_count):
        foot = 36 if page < document.page_count - 2 else OVER_THE_CARD
        written = [box.y for box in document.root.boxes() if box.page == page and isinstance(box, TextBox | FieldBox)]
        lowest = min(y for y in written if y > foot - 10)
        assert document.height_pt - lowest > 0.55 * (document.height_pt - foot)


@pytest.mark.parametrize(
    ("page", "sides"), [("parents-guide", 6), ("talk", 2), ("if-something-happens", 4), ("facilitator", 4)]
)
def test_extra_pages_end_about_evenly(page: str, sides: int) -> None:
    document = sheet("one", add=(page,))
    own = range(sheet("one").page_count, document.page_count)
    assert len(own) == sides
    for side in own:
        written = [box.y for box in document.root.boxes() if box.page == side and isinstance(box, TextBox)]
        assert document.height_pt - min(written) > 0.5 * document.height_pt


def test_every_name_stands_before_its_line() -> None:
    document = sheet("two bands")
    signing = list(layouts.elements(document.root, Role.SECTION))[-2]
    names = []
    for entry in layouts.elements(signing, Role.ENTRY):
        words = [box for box in entry.boxes() if isinstance(box, TextBox)]
        sign, date = [box for box in entry.boxes() if isinstance(box, FieldBox)]
        names.append("".join(box.run.text for box in words))
        assert sign.label == f"Signature of {names[-1]}"
        assert words[-1].x < sign.x < date.x
        assert sign.y < words[-1].y < sign.y + sign.height
        assert sign.width > 170
    assert names == ["Maya", "Leo", "Ana", "Joe"]


def test_reasons_are_printed_too() -> None:
    choices = FILLED._replace(text_size="large", reasons=True)
    document = Case("", FAMILIES["two bands"], choices).document()
    reasons = [
        term.why
        for section in Case("", FAMILIES["two bands"], choices).agreements()[0].sections
        for term in (*section.children, *section.adults)
    ]
    said = layouts.words(document.root)
    assert len(reasons) > 8
    assert all(reason in said for reason in reasons)


def test_ten_circles_stand_in_one_row_and_their_numbers_before_the_names() -> None:
    document = sheet("ten")
    boxes = [box for box in document.root.boxes() if isinstance(box, FieldBox)]
    circles = [box for box in boxes if box.name.startswith("friend-people-i-know.children.")]
    assert len(circles) == 10
    assert len({box.y for box in circles}) == 1
    names = [layouts.words(entry) for entry in layouts.elements(document.root, Role.ENTRY)][:10]
    assert names[0] == "1 Child A"
    assert names[9] == "10 Child J"


# ---- where sides end -------------------------------------------------------------------------------------------------


class Rows:
    """A part of some rows, all of one height."""

    def __init__(self, count: int, height: float = 50.0) -> None:
        self.count, self.height = count, height

    def strips(self) -> tuple[Strip, ...]:
        return tuple(Strip(self.height, self.draw, 0.0 if at else 10.0, elastic=not at) for at in range(self.count))

    def draw(self, pen: Pen, top: float) -> None: ...

    def elements(self) -> tuple[Element, ...]:
        return ()


def ends(*blocks: Block, height: float = 200.0) -> list[list[Block]]:
    """Return the parts of the rows on each side of paper of this height."""
    placed = over_fewest_sheets(blocks, lambda sides: [Frame(0.0, height)] * sides, 0.0, 0)
    return [[one.block for one in placed if one.page == page] for page in range(1 + placed[-1].page)]


def test_parts_stay_whole_where_they_can() -> None:
    first, second = Rows(2), Rows(3)
    assert ends(first, second) == [[first] * 2, [second] * 3]


def test_no_row_of_a_part_is_left_alone() -> None:
    long = Rows(6)
    assert ends(long) == [[long] * 3, [long] * 3]


def test_a_row_alone_is_worse_than_sides_that_differ() -> None:
    first, second = Rows(2), Rows(5)
    assert ends(first, second, height=220.0) == [[first] * 2 + [second] * 2, [second] * 3]


def test_sheets_have_two_sides_and_none_is_empty() -> None:
    parts = [Rows(3) for _ in range(3)]
    assert len(ends(*parts)) == 4


def test_what_is_left_goes_between_parts_and_rows() -> None:
    parts = [Rows(2), Rows(1), Rows(3)]
    placed = over_fewest_sheets(parts, lambda sides: [Frame(0.0, 200.0)] * sides, 0.0, 0)
    first = [one.top for one in placed if one.page == 0]
    assert first[0] == 0
    assert first[2] - first[1] - 50 > first[1] - first[0] - 50 > 0
    assert first[2] - first[1] - 50 <= MOST_BEFORE_A_PART
    assert first[-1] + 50 <= 200


def test_what_no_side_holds_is_refused() -> None:
    with pytest.raises(LayoutError, match="one promise is longer than a page"):
        ends(Rows(3), Rows(3, 300.0))
    rosa = TrustedAdult("Rosa " * 400)
    long = Case("", Household("Rivera", trusted_adults=(rosa,)), Choices(country="US", text_size="large"))
    with pytest.raises(LayoutError, match="of the adults to go to takes more than a page"):
        long.document()
