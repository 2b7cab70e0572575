"""Which clauses an agreement carries, and a sentence for everything that cannot be chosen."""

from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from agreement.compose import compose
from agreement.compose.agreement import Agreement
from agreement.compose.select import select
from agreement.errors import Where
from agreement.form import Found
from agreement.household import Adult, Child, Choices, Household
from agreement.library import Clause, Library, load_library
from agreement.source import Text
from tests.sheets import LIBRARY, TODAY, composed, holes, problems, terms
from tests.strategies import families

CORE = LIBRARY.core


def clauses_on(agreement: Agreement, library: Library = LIBRARY) -> list[str]:
    """Return the ids of the clauses whose words stand on a sheet; those of the pledge are told by their words."""
    pledge = [
        clause.id
        for clause in library.clauses.values()
        if clause.place == "pledge" and set(clause.text[agreement.language].values()) & set(agreement.pledge)
    ]
    return [*pledge, *(term.clause for term in terms(agreement))]


# ---- the safety core -------------------------------------------------------------------------------------------------


def test_the_core_holds_what_it_must() -> None:
    assert {"no-trouble-for-telling", "not-your-fault", "use-the-help-lines", "whole-family-keeps-it"} <= set(CORE)


@pytest.mark.parametrize("name", CORE)
def test_no_option_takes_a_core_clause_away(name: str) -> None:
    found = problems(without=(Text(name, Where("f", 3, 1)),))
    assert [(problem.code, problem.where) for problem in found] == [("F303", Where("f", 3, 1))]
    assert found[0].text.startswith(f'"{name}" is in every agreement and stays. ')
    assert found[0].text.endswith(LIBRARY.clauses[name].why["en"])


def test_a_pack_of_nothing_still_has_the_core(tmp_path: Path) -> None:
    (tmp_path / "packs").mkdir()
    (tmp_path / "packs" / "bare.yaml").write_text(
        "id: bare\nlabel: {en: Bare}\ndescription: {en: As little as there is.}\nclauses: [friend-people-i-know]\n",
        "utf-8",
    )
    library = load_library(tmp_path)
    agreement = composed(library=library, pack="bare")
    assert set(clauses_on(agreement, library)) == {*CORE, "friend-people-i-know"}


# ---- every choice ----------------------------------------------------------------------------------------------------


@settings(max_examples=40)
@given(families())
def test_each_clause_stands_once_a_wording_and_the_core_always(family: tuple[Household, Choices]) -> None:
    household, choices = family
    found = Found("F")
    selection = select(household, choices, LIBRARY, found)
    assert found.problems == []
    agreement = compose(household, choices, LIBRARY, TODAY)
    words = [(term.clause, term.sentence) for term in terms(agreement)]
    assert len(words) == len(set(words))
    assert set(clauses_on(agreement)) == {clause.id for clause in selection.clauses}
    assert set(CORE) <= set(clauses_on(agreement))
    assert not set(choices.without) & set(clauses_on(agreement))
    assert set(choices.with_) <= set(clauses_on(agreement))
    for term in terms(agreement):
        clause = LIBRARY.clauses[term.clause]
        if clause.who != "child":
            assert [each.clause for each in terms(agreement)].count(term.clause) == 1


@settings(max_examples=40)
@given(families())
def test_every_child_has_one_wording_of_each_promise_that_is_said_to_its_age(family: tuple[Household, Choices]) -> None:
    household, choices = family
    agreement = compose(household, choices, LIBRARY, TODAY)
    selection = select(household, choices, LIBRARY, Found("F"))
    for clause in (clause for clause in selection.clauses if clause.who == "child"):
        mine = [term for term in terms(agreement) if term.clause == clause.id and term.children]
        for person, band in zip(agreement.children, selection.band_of, strict=True):
            said = sum(person in term.children for term in mine)
            steps = any(term.clause == clause.id for term in agreement.steps.children)
            assert said == (0 if steps else bool(clause.wording("en", band))), clause.id


def test_print_order_does_not_hang_on_the_order_of_options() -> None:
    names = ("put-phones-down", "no-phones-at-meals", "freedom-grows")
    assert clauses_on(composed(with_=names)) == clauses_on(composed(with_=names[::-1]))


@given(st.permutations(["think-before-we-post", "off-limits", "be-kind"]))
@settings(max_examples=6)
def test_what_is_left_out_is_gone(names: list[str]) -> None:
    assert not set(names) & set(clauses_on(composed(without=tuple(names))))


def test_the_usual_pack_follows_the_oldest_child() -> None:
    young = composed(Household(children=(Child("Ada", 6),)))
    mixed = composed(Household(children=(Child("Ada", 6), Child("Leo", 14))))
    assert terms(young) == terms(composed(Household(children=(Child("Ada", 6),)), pack="little-ones"))
    assert "privacy-settings-together" in clauses_on(mixed)
    assert "privacy-settings-together" not in clauses_on(young)


# ---- what cannot be chosen -------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("chosen", "said"),
    [
        (
            {"with_": ("no-phone-at-meals",)},
            'there is no clause "no-phone-at-meals". Did you mean "no-phones-at-meals"?',
        ),
        ({"without": ("be-kindd",)}, 'there is no clause "be-kindd". Did you mean "be-kind"?'),
        ({"pack": "everday"}, 'there is no pack "everday". Did you mean "everyday"?'),
        ({"language": "xx"}, 'there is no language "xx". Known: en'),
        ({"country": "Atlantis"}, 'there is no country "Atlantis". Write the two letters of one country. These have'),
        ({"country": "alemania"}, 'there is no country "alemania". Did you mean "DE"?'),
        ({"ages": ("11-14",)}, 'there is no age band "11-14". Did you mean "11-13"'),
        ({"paper": "a5"}, 'there is no paper "a5". '),
    ],
)
def test_an_unknown_id_is_answered_with_near_ones(chosen: dict[str, Any], said: str) -> None:
    found = problems(**chosen)
    assert [problem.code for problem in found] == ["F104"]
    assert f"{found[0].text} {found[0].mend}".startswith(said)


def test_everything_unknown_is_told_at_once() -> None:
    found = problems(pack="x", language="y", country="Narnia", with_=("q",), without=("w",), ages=("1-2",))
    assert {problem.text.split('"')[1] for problem in found} == {"1-2", "Narnia", "q", "w", "x", "y"}
    assert found == sorted(found)


def test_asked_for_and_taken_away() -> None:
    (found,) = problems(with_=("freedom-grows",), without=("freedom-grows",))
    assert (found.code, found.where, found.mend) == ("F304", Where("without"), "Keep one of the two.")


def test_a_clause_without_words_for_these_ages() -> None:
    (found,) = problems(Household(children=(Child("Ada", 6),)), with_=("check-what-an-app-asks-for",))
    assert found.code == "F305"
    assert found.text == '"check-what-an-app-asks-for" has no words for ages 5-7.'
    assert found.mend.startswith("It has them for ")


def test_an_age_that_no_band_holds() -> None:
    (found,) = problems(Household(children=(Child("Ada", 3),)))
    assert (found.code, found.text) == ("F302", "no age band holds 3 years.")


# ---- clauses of a school's own ---------------------------------------------------------------------------------------

CLAUSE = """id: {id}
topic: friending
who: child
title: {{en: T}}
text: {{en: '{text}'}}
why: {{en: Because.}}
talk: {{en: What do you think?}}
sources: [{{name: Us}}]
{more}status: {status}
reviewed: {{en: 2026-11}}
"""


def own_library(tmp_path: Path, **clauses: tuple[str, str, str]) -> Library:
    """Return the library with clauses laid over it: words, further lines, and status of each."""
    (tmp_path / "friending").mkdir()
    for name, (text, more, status) in clauses.items():
        written = CLAUSE.format(id=name, text=text, more=more, status=status)
        (tmp_path / "friending" / f"{name}.yaml").write_text(written, "utf-8")
    return load_library(tmp_path)


def test_clauses_that_contradict_each_other_are_refused(tmp_path: Path) -> None:
    library = own_library(
        tmp_path, stay=("I will stay.", "conflicts: [leave]\n", "stable"), leave=("I go.", "", "stable")
    )
    (found,) = problems(library=library, with_=("leave", Text("stay", Where("f", 2, 9))))
    assert found.code == "F306"
    assert found.where in {Where("f", 2, 9), Where("with")}
    assert found.mend in {
        "Leave one out: without leave, or without stay.",
        "Leave one out: without stay, or without leave.",
    }
    assert "stay" in clauses_on(composed(library=library, with_=("stay",)), library)


def test_the_clause_that_replaced_another_stands_for_it(tmp_path: Path) -> None:
    library = own_library(tmp_path, newer=("I will do it well.", "replaces: [older]\n", "stable"))
    assert "newer" in clauses_on(composed(library=library, with_=("older",)), library)
    (found,) = problems(library=library, with_=("oldr",))
    assert (found.code, found.text) == ("F104", 'there is no clause "oldr".')


def test_a_retired_clause_still_loads(tmp_path: Path) -> None:
    library = own_library(tmp_path, gone=("I will do it.", "", "retired"))
    assert "gone" in clauses_on(composed(library=library, with_=("gone",)), library)
    assert "gone" not in clauses_on(composed(library=library), library)


def test_a_clause_keeps_its_own_blank(tmp_path: Path) -> None:
    more = "blanks:\n  spot: {kind: place, example: the hall, label: {en: Where}}\n"
    library = own_library(tmp_path, there=("I will go to {spot}.", more, "stable"))
    agreement = composed(library=library, with_=("there",))
    (term,) = [term for term in terms(agreement) if term.clause == "there"]
    assert [hole.id for hole in holes(term.sentence)] == ["spot"]


def test_core_is_refused_to_a_folder_that_hides_it(tmp_path: Path) -> None:
    (tmp_path / "telling").mkdir()
    hidden = CLAUSE.format(id="not-your-fault", text="I am good.", more="", status="stable")
    (tmp_path / "telling" / "not-your-fault.yaml").write_text(hidden, "utf-8")
    (found,) = problems(library=load_library(tmp_path))
    assert found.code == "C217"


def test_adults_promise_on_every_sheet() -> None:
    for pack in LIBRARY.packs:
        agreement = composed(Household(children=(Child("A", 9),), adults=(Adult("B"),)), pack=pack)
        clauses: list[Clause] = [LIBRARY.clauses[term.clause] for term in terms(agreement)]
        assert sum(clause.who == "adult" for clause in clauses) >= 3, pack
