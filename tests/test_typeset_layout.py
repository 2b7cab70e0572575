"""Whole documents, made of every kind of family: what stands where, and that nothing is lost, torn or covered."""

import os
import subprocess
import sys
from collections.abc import Callable
from itertools import pairwise
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from agreement.compose import compose
from agreement.compose.agreement import Agreement
from agreement.errors import FontError, LayoutError
from agreement.household import Adult, AppRow, Child, Choices, Household, OwnRule, load_family
from agreement.typeset import lay_out
from agreement.typeset.boxes import Document, Element, FieldBox, FieldKind, Ink, LinkBox, Role, TextBox
from agreement.typeset.style import PAPERS
from tests import layouts
from tests.sheets import LIBRARY, RIVERAS, TODAY, composed, laid_out, people, riveras
from tests.strategies import any_names, families

DEFAULTS: dict[str, Callable[[], Document]] = {
    "empty": lambda: laid_out(country="US"),
    "empty-a4": lambda: laid_out(country="UK"),
    "rivera": riveras,
    "little-ones": lambda: laid_out(pack="little-ones"),
    "little-ones-a4": lambda: laid_out(pack="little-ones", paper="a4"),
    "young": lambda: laid_out(Household("Okafor", (Child("Ada", 6),), (Adult("Ngozi"),))),
    "teens": lambda: laid_out(ages=("14-17",)),
}


# ---- every family ----------------------------------------------------------------------------------------------------


def test_steps_that_end_a_side_stay_above_its_margin() -> None:
    many = Household("", (Child("Maya"),) * 12, (*(Adult("Maya"),) * 19, Adult("a" * 399)))
    choices = Choices(country="US", apps=(AppRow("Maya", "Maya", ""),) * 5, paper="letter")
    assert layouts.outside(lay_out([compose(many, choices, LIBRARY, TODAY)])) == []


@settings(max_examples=25)
@given(families())
def test_every_family_has_a_sheet_on_which_nothing_is_lost_torn_or_covered(family: tuple[Household, Choices]) -> None:
    agreement = compose(*family, LIBRARY, TODAY)
    try:
        document = lay_out([agreement])
    except (FontError, LayoutError):
        return
    assert layouts.outside(document) == []
    assert layouts.overlapping(document) == []
    assert torn(document, rows=False) == []
    assert lonely_headings(document) == []
    assert_card_ends(document, agreement)
    assert_names_stand(document, agreement)
    assert_promises_stand(document, agreement)
    assert_fields_are_named_apart(document)


@settings(max_examples=40)
@given(any_names(), st.sampled_from(["child", "adult", "family", "own"]))
def test_a_name_prints_back_exactly_or_is_refused_by_name(name: str, where: str) -> None:
    household = Household(
        family=name if where == "family" else "",
        children=(Child(name, 9),) if where == "child" else (),
        adults=(Adult(name),) if where == "adult" else (),
    )
    agreement = composed(household, own=(OwnRule(name),) if where == "own" else ())
    refused = ""
    try:
        document = lay_out([agreement])
    except FontError as error:
        refused = str(error)
    if refused:
        assert any(f"U+{ord(character):04X}" in refused for character in name)
        return
    printed = [layouts.words(block) for block in layouts.blocks(document.root)]
    assert (agreement.family_name if where == "family" else name) in printed


@pytest.mark.parametrize("name", ["Ana 🦊", "安娜", "a\nb", "\u202eana", "ไทย"])
def test_a_name_that_no_font_has_is_refused(name: str) -> None:
    with pytest.raises(FontError, match=r"U\+[0-9A-F]{4,}"):
        laid_out(Household(children=(Child(name, 9),)))


@settings(max_examples=8)
@given(families())
def test_the_same_family_has_the_same_sheet(family: tuple[Household, Choices]) -> None:
    try:
        first = lay_out([compose(*family, LIBRARY, TODAY)])
    except (FontError, LayoutError):
        return
    assert lay_out([compose(*family, LIBRARY, TODAY)]) == first


@pytest.mark.slow
def test_another_process_with_another_hash_seed_has_the_same_sheet() -> None:
    script = (
        "import hashlib; from tests.test_typeset_layout import laid_out, people, riveras;"
        "print(hashlib.sha256(repr((riveras(), laid_out(people(11, 5)))).encode()).hexdigest())"
    )
    root = str(Path(__file__).parent.parent)
    seeds = [os.environ | {"PYTHONHASHSEED": seed, "PYTHONPATH": root} for seed in ("1", "2")]
    said = [subprocess.run([sys.executable, "-c", script], env=seed, capture_output=True, check=True) for seed in seeds]
    assert len({done.stdout for done in said}) == 1
    assert len(said[0].stdout) == 65


def torn(document: Document, rows: bool = True) -> list[str]:
    """Describe what must stay on one page and does not: promises with circles, signatures with name and date.

    With `rows`, also the rows of the table and the rules of one's own; only very long ones may go on overleaf.
    """
    wrong = []
    for one in layouts.elements(document.root, Role.ENTRY, Role.TABLE_ROW, Role.LINK, Role.H2):
        names = [box.name.partition(".")[0] for box in one.boxes() if isinstance(box, FieldBox)]
        free = one.role is Role.TABLE_ROW or not names or names[0] == "own"
        if len(layouts.pages_of(one)) > 1 and (rows or not free):
            wrong.append(layouts.words(one)[:60])
    return wrong


def lonely_headings(document: Document) -> list[str]:
    """Name each heading that does not stand on the page on which what it heads begins."""
    lonely = []
    for section in layouts.elements(document.root, Role.SECTION):
        blocks = [block for block in layouts.blocks(section) if list(block.boxes())]
        for heading, following in pairwise(blocks):
            if heading.role is Role.H2 and layouts.pages_of(heading) != {min(layouts.pages_of(following))}:
                lonely.append(layouts.words(heading))
    return lonely


def assert_card_ends(document: Document, agreement: Agreement) -> None:
    """Assert an even number of pages, the card on the last of them, its back behind it, both alone at the foot."""
    assert document.page_count % 2 == 0
    back = layouts.section(document, agreement.card_back.heading)
    card = next(
        one
        for one in layouts.elements(document.root, Role.SECTION)
        if layouts.words(one).startswith(agreement.card.heading) and list(layouts.elements(one, Role.LIST))
    )
    assert layouts.pages_of(card) == {document.page_count - 1}
    assert layouts.pages_of(back) == {document.page_count - 2}
    for page, section in ((document.page_count - 1, card), (document.page_count - 2, back)):
        own = set(section.boxes())
        inside = [box for box in layouts.all_boxes(document) if box.page == page and layouts.frame(box).bottom < 116]
        assert {box for box in inside if isinstance(box, TextBox | FieldBox | LinkBox)} <= own


def assert_names_stand(document: Document, agreement: Agreement) -> None:
    """Assert that each name stands by a face and by a line to sign, and that the line has its date beside it."""
    said: dict[str, list[Element]] = {}
    for entry in layouts.elements(document.root, Role.ENTRY):
        said.setdefault(layouts.words(entry), []).append(entry)
    furniture = [box for box in document.artifacts if isinstance(box, TextBox)]
    dates = [box for box in furniture if box.run.text == agreement.say("date")]
    for person in (*agreement.children, *agreement.adults):
        entries = [[box for box in entry.boxes() if isinstance(box, FieldBox)] for entry in said[person.name]]
        signed = [boxes for boxes in entries if boxes]
        assert signed
        for boxes in signed:
            assert [box.kind for box in boxes] == [FieldKind.TEXT, FieldKind.TEXT]
            assert boxes[0].y == boxes[1].y
            assert any(date.page == boxes[1].page and date.x == boxes[1].x and date.y < boxes[1].y for date in dates)


def assert_promises_stand(document: Document, agreement: Agreement) -> None:
    """Assert that each promise stands once, with the circles of those who promise it, each below its own name."""
    checked = {box.name.rpartition(".")[0].partition(".")[0] for box in layouts.fields(document) if box.round}
    for section in (*agreement.sections, agreement.together):
        for term in (*section.children, *section.adults):
            assert term.clause in checked
    checks = [box for box in layouts.fields(document) if box.kind is FieldKind.CHECK]
    terms = [term for section in agreement.sections for term in (*section.children, *section.adults)]
    expected = sum(len(term.children) + len(term.adults) or 1 for term in terms)
    for term in agreement.together.adults:
        expected += (len(term.children) or 1) + (len(term.adults) or 1)
    assert len(checks) == expected


def assert_fields_are_named_apart(document: Document) -> None:
    names = [box.name for box in layouts.fields(document)]
    assert len(names) == len(set(names))
    assert all(box.label for box in layouts.fields(document))


# ---- the default sheets ----------------------------------------------------------------------------------------------


@pytest.mark.parametrize("name", DEFAULTS)
def test_the_default_sheets_have_two_sides_and_the_pledge_in_the_eyes_centre(name: str) -> None:
    document = DEFAULTS[name]()
    assert document.page_count == 2
    arcs = [shape for shape in layouts.shapes(document, Ink.ACCENT) if shape.width_pt == 2.2]
    assert [arc.page for arc in arcs] == [0, 0]
    frames = [layouts.frame(arc) for arc in arcs]
    middle = (max(frame.top for frame in frames) + min(frame.bottom for frame in frames)) / 2
    assert 0.38 <= 1 - middle / document.height_pt <= 0.55


@pytest.mark.parametrize("name", DEFAULTS)
def test_the_default_sheets_hold_together(name: str) -> None:
    document = DEFAULTS[name]()
    assert layouts.outside(document) == []
    assert layouts.overlapping(document) == []
    assert torn(document) == []
    assert lonely_headings(document) == []


@pytest.mark.parametrize(("paper", "country"), [("letter", "US"), ("a4", "UK")])
def test_paper(paper: str, country: str) -> None:
    document = laid_out(country=country)
    assert (document.width_pt, document.height_pt) == PAPERS[paper][:2]


def test_children_stand_on_the_left_and_adults_on_the_right() -> None:
    document = riveras()
    middle = document.width_pt / 2
    sides = {
        (box.name.split(".")[1], box.x > middle) for box in layouts.fields(document) if box.page == 0 and box.round
    }
    assert sides == {("children", False), ("adults", True)}
    signatures = {(box.name.split(".")[1], box.x > middle) for box in layouts.fields(document) if "sign." in box.name}
    assert signatures == {("0", False), ("1", True)}
    faces = {layouts.words(entry): next(iter(entry.boxes())) for entry in layouts.elements(document.root, Role.ENTRY)}
    for name in ("Maya", "Leo", "Ana", "Grandpa Joe", "Mari"):
        box = faces[name]
        assert isinstance(box, TextBox)
        assert (box.x > middle) == (name in {"Ana", "Grandpa Joe", "Mari"})


def test_each_of_a_pair_stands_on_the_same_height_with_the_same_size() -> None:
    document = riveras()
    for heading in ("Friends", "What stays private"):
        lists = list(layouts.elements(layouts.section(document, heading), Role.LIST))
        firsts = [[_first_text(entry) for entry in layouts.elements(side, Role.ENTRY)] for side in lists]
        assert len(firsts) == 2
        for child, adult in zip(*firsts, strict=False):
            assert (child.y, child.size_pt) == (adult.y, adult.size_pt)


def _first_text(entry: Element) -> TextBox:
    return next(box for box in entry.boxes() if isinstance(box, TextBox))


def test_reading_goes_as_the_paper_does() -> None:
    document = riveras()
    headings = layouts.headings(document)
    assert headings[:2] == ["Friends", "You can always come to us."]
    assert headings[-7:] == [
        "Apps and games we use",
        "Our own rules",
        "If something goes wrong",
        "Adults we trust, one outside our home",
        "When a promise gets broken",
        "We made this together",
        "Need help?",
    ]
    assert headings.index("Time to tell") < headings.index("All of us promise")
    pages = [min(layouts.pages_of(block)) for block in layouts.blocks(document.root)]
    assert pages == sorted(pages)


def test_nothing_on_the_card_is_about_this_family() -> None:
    document = riveras()
    for heading in ("Time to tell", "Need help?"):
        (section,) = [
            one for one in layouts.elements(document.root, Role.SECTION) if layouts.words(one).startswith(heading)
        ][:1]
        assert not any(name in layouts.words(section) for name in ("Rivera", "Maya", "Leo", "Ana", "Joe", "Mari"))


def test_the_running_line_stands_on_every_side_but_the_first() -> None:
    document = laid_out(people(10, 4), country="US")
    assert document.page_count == 4
    running = {(box.page, box.run.text) for box in document.artifacts if isinstance(box, TextBox) and box.size_pt == 9}
    assert {page for page, _ in running} == {1, 2, 3}
    assert (3, "Side 4 of 4") in running
    assert (1, "The Rivera family · Our social media agreement · March 12, 2026") in running


# ---- sheets for ages 5 to 7 ------------------------------------------------------------------------------------------


@pytest.mark.parametrize("name", ["young", "little-ones", "little-ones-a4"])
def test_a_young_sheet_is_in_andika_and_nothing_is_small(name: str) -> None:
    document = DEFAULTS[name]()
    running = {box for box in document.artifacts if isinstance(box, TextBox) and box.size_pt == 9}
    assert len(running) == 2
    for box in layouts.texts(document):
        assert box.run.face.startswith("andika")
        assert box.size_pt >= 14 or box in running


def test_a_sheet_for_six_and_fourteen_is_in_large_letters_too() -> None:
    document = laid_out(Household("", (Child("Ada", 6), Child("Leo", 14)), (Adult("Ana"),)))
    assert min(box.size_pt for box in layouts.texts(document) if box.size_pt != 9) >= 14


def test_nothing_else_is_under_eleven_points() -> None:
    for name in ("empty", "empty-a4", "rivera", "teens"):
        small = {box.size_pt for box in layouts.texts(DEFAULTS[name]()) if box.size_pt < 11}
        assert small == {9}, name


# ---- without names ---------------------------------------------------------------------------------------------------


def test_an_empty_sheet_suggests_no_number_of_people() -> None:
    document = laid_out(country="US")
    names = [box.name for box in layouts.fields(document)]
    for kind in ("child", "adult"):
        assert sum(name.startswith(f"{kind}.") for name in names) == 3
    for side in ("0", "1"):
        signing = [name for name in names if name.startswith(f"sign.{side}.") and not name.endswith(".date")]
        assert len(signing) == 3
    pills = [box for box in layouts.fields(document) if box.kind is FieldKind.CHECK]
    assert {round(box.width / box.height, 2) for box in pills} == {round(49 / 23, 2)}
    assert {box.name.rpartition(".")[2] for box in pills} == {"children", "adults"}


def test_one_side_without_names_has_lines_for_them() -> None:
    document = laid_out(Household("", (Child("Maya", 9),)), country="US")
    names = [box.name for box in layouts.fields(document)]
    assert not any(name.startswith("child.") for name in names)
    assert sum(name.startswith("adult.") for name in names) == 3


# ---- long and many ---------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(("children", "adults"), [(1, 1), (3, 3), (4, 1), (1, 4), (10, 4), (11, 2), (20, 20)])
@pytest.mark.parametrize("age", [6, 9])
def test_many_people(children: int, adults: int, age: int) -> None:
    agreement = composed(people(children, adults, age=age))
    document = lay_out([agreement])
    assert layouts.outside(document) == []
    assert layouts.overlapping(document) == []
    assert torn(document) == []
    assert_card_ends(document, agreement)


def test_no_side_is_left_empty() -> None:
    for household in (people(2, 2), people(4, 4), people(10, 4), people(15, 11)):
        longer = ("freedom-grows", "no-phones-at-meals", "put-phones-down", "reason-for-no", "be-kind")
        document = laid_out(household, with_=longer)
        pages = [[box for box in layouts.texts(document) if box.page == page] for page in range(document.page_count)]
        assert [len(texts) > 12 for texts in pages] == [True] * document.page_count


def test_a_row_of_the_table_keeps_its_lines_together() -> None:
    apps = tuple(AppRow(f"An app with a long name, number {number}", "Maya and Leo", "Ana") for number in range(5))
    for count in range(12):
        rules = tuple(OwnRule(f"Rule {number} " * 12) for number in range(count))
        document = laid_out(people(3, 3), apps=apps, own=rules)
        assert torn(document) == []


def test_what_no_page_holds_is_refused_by_its_name() -> None:
    with pytest.raises(LayoutError, match="the adults to go to take more than a page"):
        laid_out(Household("Rivera", (), (), tuple(load_family(RIVERAS)[0].trusted_adults) * 20))
    with pytest.raises(LayoutError, match="one promise is longer than a page"):
        laid_out(people(1, 1), blanks={"off_limits": "games " * 1500})


# ---- several sheets in one document ----------------------------------------------------------------------------------


def test_a_sheet_for_each_child_begins_on_a_front() -> None:
    household, choices = load_family(RIVERAS)
    alone = [compose(household._replace(children=(child,)), choices, LIBRARY, TODAY) for child in household.children]
    document = lay_out(alone)
    assert document.page_count == 4
    titles = [min(layouts.pages_of(one)) for one in layouts.elements(document.root, Role.H1)]
    assert titles == [0, 2]
    assert [mark.title for mark in document.bookmarks if mark.level == 0] == ["Maya", "Leo"]
    assert [mark.page for mark in document.bookmarks if mark.level == 0] == [0, 2]
    assert_fields_are_named_apart(document)


def test_the_outline_leads_to_the_headings() -> None:
    document = riveras()
    assert [mark.title for mark in document.bookmarks] == layouts.headings(document)
    for mark in document.bookmarks:
        heading = next(one for one in layouts.elements(document.root, Role.H2) if layouts.words(one) == mark.title)
        box = next(iter(heading.boxes()))
        assert isinstance(box, TextBox)
        assert mark.page == box.page
        assert 0 <= mark.y - box.y <= 50


def test_a_long_heading_gives_way_to_the_letters_under_it() -> None:
    """Three children, and a topic that opens the second side."""
    usual = {"friending", "games", "money"}
    friends = tuple(
        n for n, clause in LIBRARY.clauses.items() if clause.topic in usual and clause.wording("en", "8-10")
    )
    for count in range(len(friends)):
        document = laid_out(people(3, 2), with_=friends[:count])
        assert layouts.overlapping(document) == []


@pytest.mark.parametrize("paper", ["letter", "a4"])
@pytest.mark.parametrize("name", ["0" * 9, "W" * 7, "m" * 30])
def test_long_words_under_faces_stay_on_the_paper(paper: str, name: str) -> None:
    household = Household("", (Child("Ada", 6),), (Adult("Ana"), Adult("Jo"), Adult(name)))
    document = laid_out(household, paper=paper)
    assert layouts.outside(document) == []
    assert layouts.overlapping(document) == []
