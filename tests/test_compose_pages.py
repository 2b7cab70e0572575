"""The words of the extra pages: one shape in every language, this family's people in them, nothing that ages."""

import re
from collections.abc import Iterator

import pytest

from agreement.compose import compose
from agreement.compose.agreement import Hole, Sentence, Words
from agreement.compose.handout import Grid, Handout, Lines, Piece, Points, Prose, Services
from agreement.compose.pages import compose_pages
from agreement.errors import InputError
from agreement.household import Adult, Child, Choices, Household, TrustedAdult, parse_family
from agreement.library import Library, load_library
from agreement.library.pages import ExtraPage, Part, minimum_ages, page_names, page_words, read_page

NAMES = ("check-in", "facilitator", "help-cards", "if-something-happens", "parents-guide", "talk")
RIVERA = Household(
    "Rivera",
    (Child("Maya", 9), Child("Leo", 14)),
    (Adult("Ana"),),
    (TrustedAdult("Ms. Lopez", "school counselor"),),
)


@pytest.fixture(scope="module")
def library() -> Library:
    return load_library()


def pages(library: Library, *names: str, household: Household = RIVERA, **chosen: object) -> list[Handout]:
    choices = Choices(add=names, **chosen)  # type: ignore[arg-type]
    return compose_pages(household, choices, library, compose(household, choices, library, None))


def said(sentence: Sentence) -> str:
    return "".join(part.text if isinstance(part, Words) else "____" for part in sentence)


def words_of(piece: Piece) -> Iterator[str]:
    match piece:
        case Prose(sentence):
            yield said(sentence)
        case Points(_, entries):
            yield from map(said, entries)
        case Grid(headers, rows):
            yield from headers
            yield from (cell for row in rows for cell in row)
        case Services(entries):
            yield from (f"{service.label} {service.contacts}" for service in entries)
        case Lines(written, _, _):
            yield from map(said, written)


def text_of(handout: Handout) -> str:
    sentences = [handout.title, said(handout.lead), handout.side_title, said(handout.side_lead)]
    for passage in handout.passages:
        sentences += [passage.heading, *(words for piece in passage.pieces for words in words_of(piece))]
    return "\n".join(sentences)


def shape_of(part: Part) -> tuple[object, ...]:
    """Return what must be the same in every language: which lists, how long, with which terms and insertions."""
    lists = (part.points, part.steps, part.ticks)
    return (
        bool(part.heading),
        part.starts,
        len(part.text),
        tuple(tuple(bool(line.term) for line in lines) for lines in lists),
        len(part.headers),
        tuple(map(len, part.rows)),
        (part.contacts, part.audience, part.show, len(part.figures), part.lines, len(part.then)),
    )


def test_the_pages_that_the_help_names_are_those_of_the_library(library: Library) -> None:
    from agreement.cli.make import PAGES

    assert page_names(library) == NAMES
    assert sorted(re.findall(r"[a-z][a-z-]+", PAGES.replace(" or ", " "))) == list(NAMES)


@pytest.mark.parametrize("name", NAMES)
def test_a_page_has_the_same_shape_in_every_language(library: Library, name: str) -> None:
    first, *others = (read_page(library, name, language) for language in library.languages)

    def head(page: ExtraPage) -> tuple[object, ...]:
        return page.form, page.side_form, bool(page.lead), bool(page.side_title), bool(page.side_lead)

    for page in others:
        assert head(page) == head(first)
        assert [shape_of(part) for part in page.parts] == [shape_of(part) for part in first.parts]
        assert page.title != first.title


def test_the_fixed_words_are_the_same_ones_in_every_language(library: Library) -> None:
    words = {language: page_words(library, language)._words for language in library.languages}
    holes = {
        language: {key: sorted(re.findall(r"\{\w+\}", str(text))) for key, text in kept.items()}
        for language, kept in words.items()
    }
    assert holes["en"] == holes["es"]


def test_an_unknown_page_is_answered_with_the_names(library: Library) -> None:
    with pytest.raises(InputError) as caught:
        pages(library, "parent-guide", "wall-chart")
    assert [problem.code for problem in caught.value.problems] == ["F104", "F104"]
    assert 'Did you mean "parents-guide"?' in caught.value.problems[0].mend


def test_a_page_that_is_asked_for_twice_comes_once_and_in_order(library: Library) -> None:
    assert [page.name for page in pages(library, "talk", "check-in", "talk")] == ["talk", "check-in"]


def test_a_family_file_can_ask_for_pages() -> None:
    _, choices = parse_family("add: [talk, check-in]\nfigures: true\nreasons: true\n")
    assert (choices.add, choices.figures, choices.reasons) == (("talk", "check-in"), True, True)
    assert Choices(add=("facilitator",)).over(choices).add == ("talk", "check-in", "facilitator")


def test_figures_are_printed_only_when_asked_for(library: Library) -> None:
    for language in library.languages:
        (plain,) = pages(library, "parents-guide", language=language)
        (full,) = pages(library, "parents-guide", language=language, figures=True)
        figures = [figure for part in read_page(library, "parents-guide", language).parts for figure in part.figures]
        assert len(figures) == 4
        for text, source in figures:
            assert f"{text} ({source})" in text_of(full)
            assert text not in text_of(plain)
            assert re.search(r"\b20\d\d\b", source), "a figure has a year"


@pytest.mark.parametrize("name", NAMES)
def test_no_sentence_holds_a_number_that_can_go_stale(library: Library, name: str) -> None:
    for language in library.languages:
        page = read_page(library, name, language)
        for part in page.parts:
            lines = (*part.points, *part.steps, *part.ticks)
            sentences = [*part.text, *part.then, *(f"{line.term} {line.text}" for line in lines)]
            assert [text for text in sentences if re.search(r"\d", text)] == []


def test_minimum_ages_are_dated_and_those_of_the_country(library: Library) -> None:
    (guide,) = pages(library, "parents-guide", country="AU")
    (law,) = minimum_ages(library, "AU")
    assert f"{law.age_years} is the lowest age for an account on most social media (" in text_of(guide)
    assert f"({law.source}, since December 2025; checked November 2026)." in text_of(guide)
    (guide,) = pages(library, "parents-guide", country="AU", language="es")
    assert "16 años es la edad mínima para tener una cuenta" in text_of(guide)
    assert "desde diciembre de 2025; comprobado en noviembre de 2026)." in text_of(guide)
    for country in library.countries:
        assert all(re.fullmatch(r"\d{4}-\d\d", one.checked) for one in minimum_ages(library, country))


def test_a_country_without_ages_or_help_lines_has_lines_to_write_on(library: Library) -> None:
    (guide, plan) = pages(library, "parents-guide", "if-something-happens", country="JP")
    ages = next(passage for passage in guide.passages if passage.heading == "Minimum ages")
    assert ages.pieces[-1] == Lines((), 1, "Age in our country")
    holes = [
        part
        for passage in plan.passages
        for piece in passage.pieces
        if isinstance(piece, Points)
        for entry in piece.entries
        for part in entry
        if isinstance(part, Hole)
    ]
    assert [hole.label for hole in holes] == ["In danger right now"] * 2


@pytest.mark.parametrize("country", ["AU", "BE", "CA", "DE", "IE", "NZ", "UK", "US"])
def test_help_lines_are_those_of_the_country_and_no_other(library: Library, country: str) -> None:
    (guide,) = pages(library, "parents-guide", country=country)
    services = next(piece for passage in guide.passages for piece in passage.pieces if isinstance(piece, Services))
    own = library.countries[country].help_lines
    filled = [entry for entry in services.entries if entry.contacts]
    assert len(filled) == len(own)
    for line in own:
        entry = next(one for one in filled if line.called("en") in one.label or line.purpose == "emergency")
        assert line.purpose != "emergency" or line.number in services.entries[0].contacts
        ways = () if line.purpose == "emergency" else (line.address, line.texted("en"))
        assert all(way in entry.contacts for way in ways)


def test_a_childs_side_shows_the_help_lines_of_the_card(library: Library) -> None:
    (plan,) = pages(library, "if-something-happens", country="UK")
    first, second = (piece for passage in plan.passages for piece in passage.pieces if isinstance(piece, Services))
    assert "NSPCC" not in "".join(one.label for one in first.entries)
    assert "NSPCC" in "".join(one.label for one in second.entries)


def test_trusted_adults_stand_on_the_plan_by_name(library: Library) -> None:
    (plan,) = pages(library, "if-something-happens")
    assert "Ms. Lopez, school counselor" in text_of(plan)
    lines = next(piece for passage in plan.passages for piece in passage.pieces if isinstance(piece, Lines))
    assert lines.empty >= 1


def test_the_talk_asks_the_open_questions_of_the_picked_clauses_once_for_each_age(library: Library) -> None:
    (talk,) = pages(library, "talk")
    sides = [passage.heading for passage in talk.passages if passage.starts == "side"]
    assert sides == ["Ages 8 to 10: Maya", "Ages 14 to 17: Leo", "What we want to remember"]
    asked = text_of(talk).split("\n")
    picked = library.packs["everyday"].clauses
    for clause in (library.clauses[name] for name in picked):
        assert asked.count(clause.talk["en"]) == 2, clause.id
    without = pages(library, "talk", without=("friend-people-i-know",))[0]
    assert library.clauses["friend-people-i-know"].talk["en"] not in text_of(without)


def test_a_question_is_left_out_for_an_age_that_has_no_such_promise(library: Library) -> None:
    household = Household(children=(Child("Kim", 6), Child("Leo", 14)))
    (talk,) = pages(library, "talk", household=household, pack="social-media")
    question = library.clauses["chats-are-yours"].talk["en"]
    assert not library.clauses["chats-are-yours"].wording("en", "5-7")
    assert text_of(talk).split("\n").count(question) == 1


def test_of_what_every_agreement_carries_only_the_pledge_asks(library: Library) -> None:
    asked = text_of(pages(library, "talk")[0]).split("\n")
    for clause in (library.clauses[name] for name in library.core):
        assert (clause.talk["en"] in asked) == (clause.place == "pledge"), clause.id


def test_questions_follow_the_order_of_the_sheet(library: Library) -> None:
    (talk,) = pages(library, "talk", household=Household())
    order = [section.heading["en"].get("8-10") for section in library.sections.values()]
    headings = [passage.heading for passage in talk.passages if not passage.starts]
    assert headings == sorted(headings, key=order.index)
    assert len(set(headings)) == len(headings)
