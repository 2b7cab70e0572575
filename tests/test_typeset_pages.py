"""Extra pages on paper: fronts and backs, columns, cards that meet their backs, one side for a school, reasons."""

import re
import subprocess
import sys
from collections.abc import Iterator, Sequence
from functools import cache

import page as page_validation
import pytest

from agreement.compose import compose
from agreement.compose.agreement import Agreement, Term
from agreement.errors import LayoutError
from agreement.household import Adult, Child, Choices, Household, OwnRule
from agreement.library import load_library
from agreement.make import make_document, make_pdf
from agreement.typeset import lay_out
from agreement.typeset.boxes import Box, Document, FieldBox, TextBox
from agreement.typeset.columns import Column, evened, pour, spread
from agreement.typeset.running import Strip
from agreement.typeset.wallet import CARD_HEIGHT, CARD_WIDTH
from tests import pdf
from tests.command import CHECKOUT

NAMES = ("parents-guide", "talk", "if-something-happens", "help-cards", "check-in", "facilitator")
SIDES = {"parents-guide": 4, "talk": 2, "if-something-happens": 2, "help-cards": 2, "check-in": 2, "facilitator": 2}
RIVERA = Household("Rivera", (Child("Maya", 9), Child("Leo", 14)), (Adult("Ana"), Adult("Grandpa Joe")))
LANGUAGES, PAPERS = ("en", "es"), ("letter", "a4")


@cache
def document(
    language: str = "en", paper: str = "letter", names: tuple[str, ...] = NAMES, country: str = ""
) -> Document:
    return make_document(RIVERA, Choices(add=names, language=language, paper=paper, country=country))


def boxes(of: Document) -> Iterator[Box]:
    yield from of.root.boxes()
    yield from of.artifacts


def texts(of: Document, page: int) -> str:
    return "".join(box.run.text for box in of.root.boxes() if isinstance(box, TextBox) and box.page == page)


# ---- sides ---------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("paper", PAPERS)
@pytest.mark.parametrize("language", LANGUAGES)
def test_each_page_begins_on_a_front_and_has_an_even_number_of_sides(language: str, paper: str) -> None:
    laid = document(language, paper)
    assert laid.page_count == 2 + sum(SIDES.values())
    assert len(laid.page_labels) == laid.page_count
    starts = [mark.page for mark in laid.bookmarks if mark.level == 0 and mark.page >= 2]
    assert starts == [2, 6, 8, 10, 12, 14]


def test_the_sheet_itself_is_the_same_with_and_without_extra_pages() -> None:
    alone, with_pages = document(names=()), document()
    assert with_pages.root.kids[: len(alone.root.kids)] == alone.root.kids
    assert with_pages.artifacts[: len(alone.artifacts)] == alone.artifacts


def test_a_blank_side_comes_before_pages_that_follow_one_side() -> None:
    laid = make_document(None, Choices(pack="workshop", add=("facilitator",)))
    assert [mark.page for mark in laid.bookmarks if mark.title == "A workshop in 45 minutes"] == [2]
    assert laid.page_count == 4
    assert texts(laid, 1) == ""


@pytest.mark.parametrize("paper", PAPERS)
@pytest.mark.parametrize("language", LANGUAGES)
def test_nothing_leaves_the_margins_and_nothing_is_small(language: str, paper: str) -> None:
    laid = document(language, paper)
    for box in boxes(laid):
        if isinstance(box, FieldBox):
            assert box.x >= 34
            assert box.x + box.width <= laid.width_pt - 34
        if isinstance(box, TextBox):
            width = sum(glyph.advance for glyph in box.run.glyphs) * box.size_pt / 1000
            space = box.size_pt * 0.3 if box.run.text.endswith(" ") else 0
            assert box.x >= 34
            assert box.x + width - space <= laid.width_pt - 34
            assert 34 <= box.y <= laid.height_pt - 34
            furniture = box.size_pt == 9
            assert furniture or box.size_pt >= 11, box.run.text


@pytest.mark.parametrize("country", ["US", "UK", "DE", "JP"])
@pytest.mark.parametrize("profile", ["ua1", "pdfa-2a"])
def test_extra_pages_pass_the_judge(profile: str, country: str) -> None:
    for language in LANGUAGES:
        made = make_pdf(RIVERA, Choices(add=NAMES, language=language, country=country, figures=True, reasons=True))
        report = page_validation.validate_pdf_bytes(made, profile=profile)
        assert not report.failures, report.failures


def test_the_tags_hold_every_word_and_say_what_it_is() -> None:
    tree = pdf.tags(make_pdf(RIVERA, Choices(add=NAMES)))
    for line in ("H1 'A guide for the adults'", "H1 'Let us talk'", "H1 'If something happens'"):
        assert line in tree
    assert "TH scope='Column' 'Minutes'" in tree
    assert re.search(r"Lbl '1'\n +LBody '?\n? *", tree)
    assert "Form <check 'Someone asked me for a picture.' = 'Off'>" in tree


def test_the_same_input_gives_the_same_bytes() -> None:
    assert make_pdf(RIVERA, Choices(add=NAMES)) == make_pdf(RIVERA, Choices(add=NAMES))


def test_each_child_has_a_sheet_and_the_family_has_the_pages_once() -> None:
    laid = make_document(RIVERA, Choices(add=("talk",)), each=True)
    assert laid.page_count == 2 + 2 + 2
    assert "Ages 8 to 10: Maya" in texts(laid, 4)
    assert "Ages 14 to 17: Leo" in texts(laid, 5)


def test_one_age_leaves_the_back_of_the_talk_for_notes_and_two_do_not() -> None:
    one = make_document(Household(children=(Child("Maya", 9),)), Choices(add=("talk",)))
    assert "What we want to remember" in texts(one, 3)
    assert len([box for box in one.root.boxes() if isinstance(box, FieldBox) and box.page == 3]) == 20
    assert all("remember" not in texts(document(), page) for page in range(document().page_count))


def test_a_plain_sheet_imports_nothing_of_the_extra_pages() -> None:
    code = (
        "import sys; from agreement import make_pdf; make_pdf();"
        "print([name for name in sys.modules if name.startswith('agreement.') and name.rsplit('.')[-1] in"
        " ('pages', 'handout', 'talk', 'running', 'insets', 'columns', 'reading_pages', 'slips', 'wallet',"
        " 'one_side')])"
    )
    made = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, cwd=CHECKOUT, check=True)
    assert made.stdout.strip() == "[]"


# ---- columns -------------------------------------------------------------------------------------------------------


def strips(*heights: float, keep: Sequence[int] = (), starts: Sequence[int] = ()) -> list[Strip]:
    return [
        Strip(height, lambda pen, x, top: None, 5.0, at in keep, False, "side" if at in starts else "")
        for at, height in enumerate(heights)
    ]


TWO = [Column(0, 40, 0, 100), Column(0, 320, 0, 100)]


def test_strips_fill_a_column_and_no_space_stands_over_the_first() -> None:
    stood = pour(strips(50, 45, 10), TWO)
    assert stood is not None
    assert [(one.column.x, one.top) for one in stood] == [(40, 0), (40, 55), (320, 0)]


def test_what_is_kept_together_moves_together() -> None:
    stood = pour(strips(50, 20, 40, keep=[1]), TWO)
    assert stood is not None
    assert [(one.column.x, one.top) for one in stood] == [(40, 0), (320, 0), (320, 25)]


def test_a_new_side_skips_the_column_beside() -> None:
    stood = pour(strips(10, 10, starts=[1]), [*TWO, Column(1, 40, 0, 100)])
    assert stood is not None
    assert [one.column.page for one in stood] == [0, 1]


def test_what_does_not_hold_is_said() -> None:
    assert pour(strips(60, 60, 60), TWO) is None
    with pytest.raises(LayoutError):
        pour(strips(60, 60, keep=[0]), TWO)


def test_columns_end_at_about_the_same_height() -> None:
    stood = evened(strips(*[10] * 10), TWO)
    assert stood is not None
    ends = [max(one.top + 10 for one in stood if one.column.x == x) for x in (40, 320)]
    assert ends[0] == ends[1]


def test_what_is_left_is_shared_by_elastic_spaces() -> None:
    elastic = [strip._replace(elastic=True) for strip in strips(10, 10, 10)]
    stood = pour(elastic, TWO)
    assert stood is not None
    assert [one.top for one in spread(stood)] == [0, 31, 62]


# ---- cards and slips -------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("paper", PAPERS)
@pytest.mark.parametrize("language", LANGUAGES)
def test_every_card_meets_a_back_when_the_paper_is_turned(language: str, paper: str) -> None:
    laid = document(language, paper, ("help-cards",))
    words = load_library().phrases(language)

    def cells(page: int, text: str) -> set[tuple[int, int]]:
        found = [box for box in boxes(laid) if isinstance(box, TextBox) and box.page == page and box.run.text == text]
        left, bottom = (laid.width_pt - 2 * CARD_WIDTH) / 2, (laid.height_pt - 4 * CARD_HEIGHT) / 2
        return {(int((box.x - left) // CARD_WIDTH), int((box.y - bottom) // CARD_HEIGHT)) for box in found}

    fronts, backs = cells(2, words("card")), cells(3, words("time_to_tell"))
    assert fronts == {(column, row) for column in range(2) for row in range(4)}
    assert {(1 - column, row) for column, row in backs} == fronts


def test_only_one_of_the_cards_is_read() -> None:
    tree = pdf.tags(make_pdf(RIVERA, Choices(add=("help-cards",))))
    assert tree.count("H2 'Time to tell'") == 2, "once on the sheet, once for all cards"
    assert tree.count("'takeitdown.ncmec.org'") + tree.count("takeitdown.ncmec.org'") >= 2


@pytest.mark.parametrize("ages", ["5-7", "8-10", "11-13", "14-17", "5-7 11-13", "5-7 8-10 14-17"])
def test_cards_hold_for_every_age_country_and_language(ages: str) -> None:
    for country in (*load_library().countries, "JP"):
        for language in LANGUAGES:
            choices = Choices(ages=tuple(ages.split()), country=country, language=language)
            alone = make_document(None, choices)
            added = make_document(None, choices._replace(add=("help-cards",)))
            assert added.page_count == alone.page_count + alone.page_count % 2 + 2


def test_slips_stand_three_a_side_with_their_backs() -> None:
    laid = document(names=("check-in",))
    headings = [mark.title for mark in laid.bookmarks if mark.page == 2 and mark.level == 1]
    assert headings == ["After two weeks", "After three months", "After a year"]
    assert [mark.page for mark in laid.bookmarks if mark.title == "What could grow or change"] == [3, 3, 3]


# ---- packs, one side and reasons -------------------------------------------------------------------------------------


@pytest.mark.parametrize("pack", ["everyday", "little-ones", "first-phone", "games", "social-media"])
@pytest.mark.parametrize("paper", PAPERS)
@pytest.mark.parametrize("language", LANGUAGES)
def test_a_pack_stands_on_one_sheet_with_at_most_ten_promises_a_child(pack: str, paper: str, language: str) -> None:
    library = load_library()
    choices = Choices(pack=pack, paper=paper, language=language)
    agreement = compose(Household(), choices, library, None)
    assert lay_out([agreement]).page_count == 2
    promised = [term for section in agreement.sections for term in section.children]
    adults = [term for section in agreement.sections for term in section.adults]
    assert len(promised) + len(agreement.together.adults) <= 11
    assert len(promised) <= 8
    assert abs(len(adults) - len(promised)) <= 2


@pytest.mark.parametrize("paper", PAPERS)
@pytest.mark.parametrize("language", LANGUAGES)
def test_the_workshop_stands_on_one_side_with_all_that_every_agreement_carries(paper: str, language: str) -> None:
    library = load_library()
    choices = Choices(pack="workshop", paper=paper, language=language)
    made = make_pdf(None, choices)
    read = re.sub(r"\s+", " ", pdf.text(made))
    assert make_document(None, choices).page_count == 1
    for name in (*library.core, *library.packs["workshop"].clauses):
        words = library.clauses[name].wording(language, "8-10").partition("{")[0].strip()
        assert words in read, name
    assert library.phrases(language)("card") in read


def test_a_workshop_sheet_that_holds_more_takes_two_sides_and_loses_nothing() -> None:
    own = tuple(OwnRule(f"Rule number {number} of our own.") for number in range(1, 7))
    choices = Choices(pack="workshop", with_=("be-kind", "off-limits"), own=own)
    laid = make_document(RIVERA, choices)
    assert laid.page_count == 2
    read = texts(laid, 0) + texts(laid, 1)
    assert all(rule.text in read for rule in own)
    assert "We will be kind online" in read


def test_one_side_holds_what_a_family_adds_where_there_is_room() -> None:
    laid = make_document(None, Choices(pack="workshop", with_=("be-kind",), paper="a4"))
    assert laid.page_count == 1
    assert "We will be kind online" in texts(laid, 0)


def test_sheets_of_one_side_begin_on_fronts() -> None:
    laid = make_document(RIVERA, Choices(pack="workshop"), each=True)
    assert laid.page_count == 3
    assert texts(laid, 1) == ""
    assert len(laid.page_labels) == 3


def terms_of(agreement: Agreement) -> list[Term]:
    """Return everything that is promised, but for the pledge."""
    last = (agreement.together, agreement.steps, agreement.broken, agreement.signing)
    return [term for section in (*agreement.sections, *last) for term in (*section.children, *section.adults)]


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("chosen", [{}, {"ages": ("5-7",)}, {"text_size": "large"}], ids=["", "young", "large"])
def test_reasons_stand_once_under_everything_that_is_promised_when_asked_for(
    language: str, chosen: dict[str, str | tuple[str, ...]]
) -> None:
    library = load_library()
    choices = Choices(language=language, reasons=True, **chosen)  # type: ignore[arg-type]
    household = Household() if "ages" in chosen else RIVERA
    plain = compose(household, choices._replace(reasons=False), library, None)
    assert not any(term.why for term in terms_of(plain))
    assert plain.pledge_why == ()
    agreement = compose(household, choices, library, None)
    laid = lay_out([agreement])
    assert laid.page_count % 2 == 0
    read = "".join(texts(laid, page) for page in range(laid.page_count))
    terms = terms_of(agreement)
    pledged = [clause.why[language] for clause in library.clauses.values() if clause.core and clause.place == "pledge"]
    assert sorted(agreement.pledge_why) == sorted(pledged)
    assert {"say-thank-you", "fair-and-short", "look-again"} <= {term.clause for term in terms}
    for why in (*agreement.pledge_why, *(term.why for term in terms)):
        again = sum(other.why == why for other in terms) or 1
        assert read.count(why) == again, why
    sizes = {box.size_pt for box in boxes(laid) if isinstance(box, TextBox)}
    assert min(sizes - {9.0}) >= 11
