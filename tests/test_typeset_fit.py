"""Sizes, sides and spaces: the largest type that holds, where the pledge stands, how strips fill pages."""

from itertools import pairwise
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from agreement.compose import compose
from agreement.compose.agreement import Agreement
from agreement.errors import FontError, LayoutError
from agreement.household import Adult, Child, Choices, Household
from agreement.typeset import fit as fitting
from agreement.typeset.block import Strip
from agreement.typeset.boxes import Element
from agreement.typeset.card import card_height
from agreement.typeset.fit import fit
from agreement.typeset.flow import Frame, Placed, even_breaks, fill, height_of
from agreement.typeset.pen import Pen
from agreement.typeset.pledge import Pledge
from agreement.typeset.style import MAX_GAP, MIN_GAP, SIZES, YOUNG_SIZES, Style, styles
from tests.sheets import LIBRARY, TODAY, composed, composed_riveras
from tests.strategies import families


def long_family(clauses: int) -> Agreement:
    """Return an agreement with so many clauses more than usual."""
    usual = {*LIBRARY.core, *LIBRARY.packs["everyday"].clauses}
    more = [
        name
        for name, clause in LIBRARY.clauses.items()
        if name not in usual and clause.wording("en", "8-10") and not clause.conflicts and clause.place != "pledge"
    ]
    return composed(Household(children=(Child("Maya", 9),)), with_=tuple(more[:clauses]))


# ---- the largest size ------------------------------------------------------------------------------------------------


def tried(agreement: Agreement) -> list[Style]:
    """Return the styles in the order in which they are preferred, each with the height of this card."""
    return [
        style._replace(card_height=card_height(agreement, style))
        for style in styles(agreement.paper, agreement.young, agreement.language)
    ]


def holds_on_two_sides(agreement: Agreement, style: Style) -> bool:
    """Try one style in full: do the promises stand on side one, and what a family writes on side two?"""
    sides = (fitting._promises(agreement, style), fitting._family(agreement, style))
    return all(
        height_of(blocks) <= style.live_bottom - top + 0.01 for blocks, top in zip(sides, (36, 36 + 18), strict=True)
    )


@settings(max_examples=15)
@given(families())
def test_the_largest_size_that_holds_is_taken(family: tuple[Household, Choices]) -> None:
    agreement = compose(*family, LIBRARY, TODAY)
    try:
        found = fit(agreement, 0)
    except (FontError, LayoutError):
        return
    if holding := [style for style in tried(agreement) if holds_on_two_sides(agreement, style)]:
        assert found.style == holding[0]
        assert {one.page for one in found.placed} == {0, 1}
    else:
        assert max(one.page for one in found.placed) >= 3
        assert found.style.size <= 12 or agreement.young


def test_a_longer_agreement_has_smaller_letters_and_then_more_sides() -> None:
    found = [fit(long_family(count), 0) for count in (0, 3, 8, 30)]
    fewer = ("be-kind", "off-limits", "right-for-my-age", "stay-calm", "make-it-right", "talk-about-what-is-right")
    short = fit(composed(Household(children=(Child("Maya", 9),)), without=fewer), 0)
    assert short.style.size > found[0].style.size
    sides = [max(placed.page for placed in one.placed) + 1 for one in found]
    assert sides[0] == 2
    assert sides == sorted(sides)
    assert sides[-1] >= 4


def test_side_one_and_two_are_of_one_size() -> None:
    found = fit(composed_riveras(), 0)
    assert {one.page for one in found.placed} == {0, 1}
    assert (found.style.size, found.style.leading) in SIZES


def test_many_sides_are_never_set_larger_than_twelve_points() -> None:
    household = Household("", (Child("Maya", 9),) * 8, (Adult("Ana"),) * 4)
    found = fit(composed(household), 0)
    assert max(one.page for one in found.placed) == 3
    assert found.style.size == 12


def test_the_first_page_is_the_one_that_was_asked_for() -> None:
    agreement = composed()
    first, later = fit(agreement, 0), fit(agreement, 6)
    assert [one.page + 6 for one in first.placed] == [one.page for one in later.placed]
    assert [one.top for one in first.placed] == [one.top for one in later.placed]


# ---- the pledge ------------------------------------------------------------------------------------------------------


def pledge_of(agreement: Agreement) -> tuple[Placed, Style]:
    found = fit(agreement, 0)
    return next(one for one in found.placed if isinstance(one.block, Pledge)), found.style


@pytest.mark.parametrize("clauses", [0, 1, 2, 3, 5, 8, 12, 20])
def test_the_pledge_stays_on_side_one_however_long_it_gets(clauses: int) -> None:
    placed, style = pledge_of(long_family(clauses))
    assert placed.page == 0
    assert 0.38 <= (placed.top + placed.strip.height / 2) / style.height <= 0.58


def test_a_long_topic_breaks_between_pairs_for_the_pledge() -> None:
    friends = [name for name, clause in LIBRARY.clauses.items() if clause.topic == "friending"]
    household = Household("", tuple(Child(name, 9) for name in "ABCDE"), (Adult("Ana"),))
    agreement = composed(household, with_=tuple(friends))
    placed, style = pledge_of(agreement)
    assert 0.38 <= (placed.top + placed.strip.height / 2) / style.height <= 0.58
    blocks = list(dict.fromkeys(id(one.block) for one in fit(agreement, 0).placed))
    assert len(blocks) == 3 + len(agreement.sections) + 1 + 1 + 5


# ---- styles ----------------------------------------------------------------------------------------------------------


def test_sizes_go_from_large_to_small() -> None:
    assert [style.size for style in styles("letter", False, "en") if not style.tight] == [size for size, _ in SIZES]
    assert [style.size for style in styles("a4", True, "en")] == [size for size, _ in YOUNG_SIZES]
    assert list(SIZES) == sorted(SIZES, reverse=True)


@pytest.mark.parametrize("paper", ["letter", "a4"])
@pytest.mark.parametrize("young", [False, True])
def test_measures_of_the_grid(paper: str, young: bool) -> None:
    for style in styles(paper, young, "en"):
        assert style.right - style.left == pytest.approx(style.measure)
        assert style.left + style.column + 24 == pytest.approx(style.middle)
        assert style.middle + style.column == pytest.approx(style.right)
        assert style.left >= 34.02
        assert style.live_bottom < style.cut_line < style.card_top < style.height - 36
        assert style.body.size_pt == style.size
        assert style.heading.size_pt > style.size
        assert style.pledge_rest.size_pt >= style.size + 0.8
        assert style.pledges[0].size_pt < style.titles[0].size_pt
        assert style.heading.bold
        assert not style.titles[0].bold


def test_what_the_sheet_says_of_letter() -> None:
    style = styles("letter", False, "en")[3]
    assert (style.size, style.leading, style.margin, style.column) == (11.5, 14.5, 40, 254)
    assert (style.circle, style.ring, style.pill, style.write_pitch) == (23, 36, 49, 24)
    assert (style.letters.size_pt, style.running.size_pt) == (11, 9)


# ---- strips on pages -------------------------------------------------------------------------------------------------


class Stack:
    """A block of strips of given heights, each with a space of ten before it."""

    def __init__(self, *heights: float, elastic: bool = False) -> None:
        self._strips = tuple(Strip(height, self._draw, 10.0, elastic) for height in heights)

    def strips(self) -> tuple[Strip, ...]:
        return self._strips

    def elements(self) -> tuple[Element, ...]:
        return ()

    def _draw(self, pen: Pen, top: float) -> None: ...


ROOM = (Frame(0.0, 100.0),)


def places(placed: list[Placed]) -> list[tuple[int, float]]:
    return [(one.page, one.top) for one in placed]


def test_strips_stand_under_each_other_with_their_spaces() -> None:
    assert places(fill([Stack(20, 30), Stack(20)], ROOM, 0)) == [(0, 0), (0, 30), (0, 70)]


def test_a_strip_that_does_not_fit_begins_a_page_without_its_space() -> None:
    assert places(fill([Stack(50, 50, 50)], ROOM, 3)) == [(3, 0), (4, 0), (5, 0)]
    assert places(fill([Stack(50, 40, 1)], ROOM, 0)) == [(0, 0), (0, 60), (1, 0)]


def test_pages_may_differ_and_the_last_frame_stands_for_all_after_it() -> None:
    frames = (Frame(0, 100), Frame(20, 60))
    assert places(fill([Stack(90, 40, 40)], frames, 0)) == [(0, 0), (1, 20), (2, 20)]


def test_a_strip_higher_than_its_page_is_refused() -> None:
    with pytest.raises(LayoutError):
        fill([Stack(101)], ROOM, 0)


def test_breaks_that_were_asked_for() -> None:
    assert places(fill([Stack(10, 10, 10)], ROOM, 0, (1, 2))) == [(0, 0), (1, 0), (2, 0)]
    assert places(fill([Stack(10, 10)], ROOM, 0, (0,))) == [(0, 0), (0, 20)]


def test_elastic_spaces_share_what_is_left_up_to_the_widest() -> None:
    one, two, three = (Stack(20, elastic=True) for _ in range(3))
    assert places(fill([one, two, three], ROOM, 0)) == [(0, 0), (0, 40), (0, 80)]
    wide = places(fill([Stack(20, elastic=True), Stack(20, elastic=True)], ROOM, 0))
    assert wide == [(0, 0), (0, 20 + MAX_GAP)]
    assert places(fill([Stack(20, 20)], ROOM, 0)) == [(0, 0), (0, 30)]


def test_what_is_left_is_spread_evenly_over_the_last_sides() -> None:
    blocks = [Stack(30, 30), Stack(30), Stack(60), Stack(30)]
    frames = [Frame(0, 100)] * 3
    assert even_breaks(blocks, 0, frames) == (0, 2, 3)
    placed = fill(blocks, frames, 0, even_breaks(blocks, 0, frames))
    assert [one.page for one in placed] == [0, 0, 1, 2, 2]


def test_a_block_is_divided_only_where_it_must_be() -> None:
    frames = [Frame(0, 400)] * 3
    assert even_breaks([Stack(*[20.0] * 5), Stack(20), Stack(20)], 0, frames) == (0, 5, 6)
    assert even_breaks([Stack(*[90.0] * 9)], 0, frames) == (0, 3, 6)


@given(st.lists(st.lists(st.integers(1, 100), min_size=1, max_size=5), min_size=1, max_size=6))
def test_nothing_is_lost_and_no_page_is_over_full(heights: list[list[int]]) -> None:
    blocks: list[Any] = [Stack(*block, elastic=bool(len(block) % 2)) for block in heights]
    placed = fill(blocks, ROOM, 0)
    assert [one.strip for one in placed] == [strip for block in blocks for strip in block.strips()]
    for before, after in pairwise(placed):
        if before.page == after.page:
            assert after.top >= before.top + before.strip.height + MIN_GAP - 0.02
        else:
            assert (after.page, after.top) == (before.page + 1, 0)
    assert all(one.top + one.strip.height <= 100.02 for one in placed)
