"""The parts of side one, one by one: pen, head, faces, promises, pledge."""

import pytest

from agreement.compose.agreement import Agreement, Hole, Words
from agreement.household import Adult, Child, Household
from agreement.typeset.boxes import Box, Document, FieldBox, FieldKind, Ink, Shape, TextBox
from agreement.typeset.faces import Beside, Rows, Stacked, faces
from agreement.typeset.head import HowTo, Title, largest_that_fits
from agreement.typeset.icons import ICON_SIZE, ICONS, draw_icon
from agreement.typeset.lines import PlacedGap, set_lines
from agreement.typeset.pen import Pen, dated, has_open_end, pieces_of
from agreement.typeset.pledge import Pledge
from agreement.typeset.promises import Circles, Promises
from agreement.typeset.style import Style
from tests import layouts
from tests.sheets import LIBRARY, STYLE, YOUNG, composed, drawn, people


def texts(document: Document) -> dict[str, TextBox]:
    """Return where each word or line stands, by what it says."""
    return {box.run.text.strip(): box for box in layouts.texts(document)}


def circles(document: Document, prefix: str = "") -> list[FieldBox]:
    return [box for box in layouts.fields(document) if box.kind is FieldKind.CHECK and box.name.startswith(prefix)]


# ---- pen and sentences -----------------------------------------------------------------------------------------------


def test_measures_from_the_top_become_heights_above_the_bottom() -> None:
    pen = Pen(STYLE, 0, [], set())
    assert pen.up(0) == 792
    assert pen.up(792) == 0


def test_capitals_stand_in_the_middle_of_their_leading() -> None:
    pen = Pen(STYLE, 0, [], set())
    base = pen.baseline(100, STYLE.body)
    assert 100 < base < 100 + STYLE.leading
    assert base - 100 - STYLE.leading / 2 == pytest.approx(0.33 * STYLE.size, abs=0.5)


def test_names_of_fields_are_made_unique() -> None:
    names: set[str] = set()
    pen = Pen(STYLE, 0, [], names)
    for _ in range(3):
        pen.write_on(100, 100, 50, ("rule", "Rule"), 11)
    assert names == {"rule", "rule.2", "rule.3"}


def test_a_line_to_write_on_has_its_field_over_it() -> None:
    form = Pen(STYLE, 0, [], set()).write_on(100, 200, 50, ("rule", "Rule"), 11)
    line, field = form.boxes()
    assert isinstance(line, Shape)
    assert isinstance(field, FieldBox)
    assert form.alt == "Rule"
    assert field.y == line.path[0][2] == 792 - 203
    assert (field.x, field.width, field.height) == (100, 50, 16.5)


def test_a_filled_blank_is_bold_and_underlined_and_an_empty_one_a_gap() -> None:
    filled, empty = Hole("bedtime", "time", "Bedtime", "8:30 pm"), Hole("bedtime", "time", "Bedtime")
    (line,) = set_lines(pieces_of((Words("At "), filled)), STYLE.body, 300)
    assert [(getattr(part, "bold", None), getattr(part, "underline", None)) for part in line.parts] == [
        (False, False),
        (True, True),
    ]
    (line,) = set_lines(pieces_of((Words("At "), empty)), STYLE.body, 300)
    assert isinstance(line.parts[1], PlacedGap)
    assert line.parts[1].width_pt == 60
    assert [has_open_end(sentence) for sentence in ((), (empty,), (filled,), (empty, Words(".")))] == [
        False,
        True,
        False,
        False,
    ]
    (line,) = set_lines(dated((empty,), 33), STYLE.body, 300)
    assert line.width_pt == 33


def test_frames_lie_inside_their_box_with_their_stroke() -> None:
    artifacts: list[Box] = []
    pen = Pen(STYLE, 0, artifacts, set())
    pen.ring(100, 200, 23, 2.0)
    pen.frame((100, 200), (49, 23), 5, 1.0)
    pill, field = pen.initial((100, 200), (49, 23), "promise", "Initials").boxes()
    for box, width in zip((*artifacts, pill, field), (23, 49, 49, 49), strict=True):
        assert layouts.frame(box) == pytest.approx((100, 569, 100 + width, 592))


def test_icons_stay_in_their_square() -> None:
    assert {section.icon for section in LIBRARY.sections.values() if section.icon} <= set(ICONS)
    for name in ICONS:
        artifacts: list[Box] = []
        draw_icon(Pen(YOUNG, 0, artifacts, set()), name, 100, 200)
        (shape,) = artifacts
        left, bottom, right, top = layouts.frame(shape)
        assert left >= 100 - 1
        assert right <= 100 + ICON_SIZE + 1
        assert top <= 592 + 1
        assert bottom >= 592 - ICON_SIZE - 1
    nothing: list[Box] = []
    draw_icon(Pen(YOUNG, 0, nothing, set()), "no-such-icon", 100, 200)
    assert nothing == []


# ---- head ------------------------------------------------------------------------------------------------------------


def test_family_and_review_share_a_line_where_both_fit() -> None:
    block = Title(composed(people(1, 1), review="in 3 months"), STYLE)
    document = drawn(block)
    family, review = texts(document)["The Rivera family"], texts(document)["We look at it again on"]
    assert block.beside
    assert family.y == pytest.approx(review.y)
    assert layouts.frame(texts(document)["June 12, 2026"]).right == pytest.approx(STYLE.right)
    long = Title(composed(Household("The " + "very long name of a " * 3), review="in 3 months"), STYLE)
    found = texts(drawn(long))
    assert not long.beside
    assert found["We look at it again on"].x == STYLE.left
    assert found["We look at it again on"].y < found["Our social media agreement"].y - 50


def test_a_long_title_gets_smaller_before_it_gets_two_lines() -> None:
    lines, type_ = largest_that_fits("Our social media agreement", STYLE.titles, STYLE.measure)
    assert (len(lines), type_.size_pt) == (1, 34)
    lines, type_ = largest_that_fits("Our agreement on social media and such", STYLE.titles, STYLE.measure)
    assert (len(lines), type_.size_pt) in {(1, 30), (1, 26)}
    lines, type_ = largest_that_fits("Our agreement " * 5, STYLE.titles, STYLE.measure)
    assert (len(lines), type_.size_pt) == (2, 26)


def test_how_to_is_read_whole() -> None:
    agreement = composed()
    assert layouts.words(drawn(HowTo(agreement, STYLE)).root) == agreement.how_to


# ---- faces -----------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("children", "adults", "form"),
    [(1, 1, Beside), (2, 2, Beside), (3, 1, Stacked), (2, 3, Stacked), (0, 0, Stacked), (2, 0, Stacked), (4, 1, Rows)],
)
def test_the_strip_takes_the_form_that_suits_the_most(children: int, adults: int, form: type) -> None:
    block = faces(composed(people(children, adults)), STYLE)
    assert type(block) is form
    document = drawn(block)
    rings = [shape for shape in layouts.shapes(document, Ink.ACCENT) if shape.width_pt == 1.6]
    assert len(rings) == (children or 3) + (adults or 3)
    assert len({round(layouts.frame(ring).right - layouts.frame(ring).left) for ring in rings}) == 1


def test_long_names_get_a_row_of_their_own() -> None:
    block = faces(composed(people(1, 1, " and a name of many words that goes on and on for lines" * 2)), STYLE)
    assert isinstance(block, Rows)
    assert block.per_row == 1
    assert len(block.strips()) == 2


def test_without_names_there_are_lines_and_captions() -> None:
    document = drawn(faces(composed(), STYLE))
    assert {"Children", "Adults"} <= set(texts(document))
    assert [box.label for box in layouts.fields(document)] == [
        *(f"Name of child {number}" for number in (1, 2, 3)),
        *(f"Name of adult {number}" for number in (1, 2, 3)),
    ]


# ---- promises --------------------------------------------------------------------------------------------------------


def first_topic(agreement: Agreement, style: Style = STYLE) -> Document:
    return drawn(Promises(agreement.sections[0], agreement, style), style)


def test_circles_stand_in_the_order_of_the_strip_and_carry_letters_once() -> None:
    document = first_topic(composed(people(2, 2)))
    row = circles(document, "friend-people-i-know.children")
    assert [box.label for box in row] == [
        f"Tick if C{number} agrees: I will friend only people I know in real life." for number in (0, 1)
    ]
    assert row[1].x - row[0].x == STYLE.circle + STYLE.circle_gap
    assert row[1].x + row[1].width == STYLE.left + STYLE.column
    letters = [box.run.text for box in document.artifacts if isinstance(box, TextBox)]
    assert letters == ["C0", "C1", "A0", "A1"]


def test_a_promise_for_one_has_its_circle_in_that_ones_place() -> None:
    household = Household("", (Child("Maya", 9), Child("Leo", 14)), (Adult("Ana"),))
    agreement = composed(household, pack="everyday")
    section = next(one for one in agreement.sections if one.id == "wrong")
    document = drawn(Promises(section, agreement, STYLE))
    one, other = circles(document, "come-when-it-feels-wrong.children")
    assert other.x - one.x == STYLE.circle + STYLE.circle_gap
    assert other.y < one.y
    assert texts(document)["Maya"].run.face == "atkinson-bold"


def test_circles_agree_in_height_across_a_pair() -> None:
    document = first_topic(composed(people(2, 2)))
    heights = {box.y for box in circles(document)}
    assert len(heights) == 2


def test_four_on_a_side_have_their_circles_under_the_text() -> None:
    document = first_topic(composed(people(4, 2)))
    row = circles(document, "friend-people-i-know.children")
    assert row[0].x == STYLE.left
    assert row[0].y + row[0].height < texts(document)["I will friend only people I know in real life."].y


@pytest.mark.parametrize(("style", "most"), [(STYLE, 10), (YOUNG, 8)])
def test_rows_of_circles_stay_in_their_column(style: Style, most: int) -> None:
    agreement = composed(people(20, 1))
    side = Circles(agreement.children, agreement, style, "children")
    assert side.per_row == most
    assert side.width <= style.column
    document = first_topic(agreement, style)
    assert max(box.x + box.width for box in circles(document) if ".children" in box.name) <= style.middle - 24
    assert len(circles(document, "friend-people-i-know.children")) == 20


def test_without_names_one_undivided_pill() -> None:
    (pill,) = circles(first_topic(composed()), "friend-people-i-know")
    assert (pill.width, pill.height) == (49, 23)
    assert pill.label == "Tick if the children agree: I will friend only people I know in real life."


def test_a_topic_that_is_split_keeps_its_heading_on_the_first_part() -> None:
    agreement = composed(people(1, 1))
    first, second = Promises(agreement.sections[0], agreement, STYLE).split(1)
    assert layouts.headings(drawn(first)) == ["Friends"]
    assert layouts.headings(drawn(second)) == []
    assert len(first.pairs) + len(second.pairs) == 2


def test_young_headings_have_an_icon() -> None:
    agreement = composed(Household("", (Child("Ada", 6),), (Adult("Ngozi"),)))
    icons = list(layouts.shapes(first_topic(agreement, YOUNG), Ink.ACCENT))
    assert len(icons) == 1
    assert layouts.shapes(first_topic(composed(people(1, 1))), Ink.ACCENT) == []


# ---- the pledge ------------------------------------------------------------------------------------------------------


def test_the_pledge_is_centred_between_two_arcs_without_circles() -> None:
    agreement = composed()
    document = drawn(Pledge(agreement, STYLE))
    assert len(layouts.shapes(document, Ink.ACCENT)) == 2
    assert layouts.fields(document) == []
    lines: dict[float, list[TextBox]] = {}
    for box in layouts.texts(document):
        lines.setdefault(box.y, []).append(box)
    assert len(lines) == 3
    for line in lines.values():
        frames = [layouts.frame(box) for box in line]
        assert (min(f.left for f in frames) + max(f.right for f in frames)) / 2 == pytest.approx(
            STYLE.width / 2, abs=0.5
        )
    assert layouts.words(document.root).replace(" ", "") == "".join(agreement.pledge).replace(" ", "")
    assert Pledge(agreement, STYLE).height == 108
