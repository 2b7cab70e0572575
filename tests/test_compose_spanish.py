"""A Spanish sheet is Spanish throughout, and writes lists and times as Spanish does."""

import re
from collections.abc import Iterator
from datetime import date, time
from typing import Any

import pytest

from agreement.compose import compose
from agreement.compose.agreement import Hole, Words
from agreement.compose.tongue import list_pattern, locale_of, say_date, say_list, say_time
from agreement.household import Adult, Child, Choices, Household
from agreement.library import load_library
from agreement.library.phrases import read_phrases

LIBRARY = load_library()
RIVERAS = Household("Rivera", (Child("Ana", 9), Child("Inés", 14)), (Adult("Sofía"),), ())


def written(value: Any) -> Iterator[str]:
    """Yield every text in an agreement, its labels for forms among them."""
    if isinstance(value, str):
        yield value
    elif isinstance(value, tuple):
        for one in value:
            yield from written(one)


@pytest.mark.parametrize("country", ["", *LIBRARY.countries, "MX"])
@pytest.mark.parametrize("band", list(LIBRARY.bands))
def test_no_sentence_of_the_english_sheet_is_on_the_spanish_one(band: str, country: str, fixed_date: date) -> None:
    household = Household("", (), (), ())
    english, spanish = (
        set(written(compose(household, Choices(language=tongue, ages=(band,), country=country), LIBRARY, fixed_date)))
        for tongue in ("en", "es")
    )
    shared = {text for text in english & spanish if " " in text.strip() and not any(sign.isdigit() for sign in text)}
    assert shared == set()
    assert not any("{" in text for text in spanish)


def test_every_phrase_has_spanish_words() -> None:
    english, spanish = (
        read_phrases([folder / "words" / f"{tongue}.yaml" for folder in LIBRARY.folders]) for tongue in ("en", "es")
    )
    words = {key for key, said in english.items() if re.search(r"[^\W_]", re.sub(r"\{\w+\}", "", str(said)))}
    assert {key for key in words if english[key] == spanish[key]} == set()


def test_country_and_language_are_chosen_apart(fixed_date: date) -> None:
    choices = Choices(language="es", country="US")
    agreement = compose(RIVERAS, choices, LIBRARY, fixed_date)
    assert (agreement.locale, agreement.paper) == ("es-US", "letter")
    assert "911" in {contact.contact for contact in agreement.card.contacts}
    assert agreement.date_text == "12 de marzo de 2026"


@pytest.mark.parametrize(
    ("names", "joined"),
    [
        (["Inés"], "Inés"),
        (["Ana", "Luis"], "Ana y Luis"),
        (["Ana", "Inés"], "Ana e Inés"),
        (["Leo", "Ana", "Hilda"], "Leo, Ana e Hilda"),
        (["Inés", "Ana"], "Inés y Ana"),
        (["agua", "hielo"], "agua y hielo"),
        (["un reloj", "iPad"], "un reloj y iPad"),
        (["a y b", "Íñigo"], "a y b e Íñigo"),
    ],
)
def test_y_becomes_e_before_its_own_sound(names: list[str], joined: str) -> None:
    assert say_list(names, locale_of("es", "US")) == joined


def test_other_languages_join_as_before() -> None:
    assert say_list(["Ana", "Inés"], locale_of("en", "US")) == "Ana and Inés"
    assert list_pattern(["Ana", "Inés"], locale_of("es", "MX")) == "{0} e {1}"


def test_a_name_that_looks_like_a_place_is_only_a_name() -> None:
    assert say_list(["{1}", "{0}"], locale_of("es", "US")) == "{1} y {0}"


def test_a_mark_with_two_names_is_joined_by_their_sound(fixed_date: date) -> None:
    family = Household("Rivera", (Child("Ana", 14), Child("Inés", 14), Child("Leo", 9)), (), ())
    agreement = compose(
        family, Choices(language="es", with_=("use-my-real-age", "go-live-with-an-adult")), LIBRARY, fixed_date
    )
    terms = [term for part in agreement.sections for term in part.children]
    marks = {"".join(word.text for word in term.mark if isinstance(word, Words)) for term in terms}
    assert "Ana e Inés: " in marks


@pytest.mark.parametrize(
    ("country", "ends"),
    [("US", ["8:30\u00a0p.m."]), ("AR", ["8:30\u00a0p.\u00a0m."]), ("ES", ["20:30", "."]), ("", ["8:30\u00a0p.m."])],
)
def test_no_second_full_stop_behind_a_time_that_ends_in_one(country: str, ends: list[str], fixed_date: date) -> None:
    choices = Choices(language="es", country=country, blanks={"bedtime": "20:30", "place": "la cocina"})
    agreement = compose(RIVERAS, choices, LIBRARY, fixed_date)
    (term,) = [term for term in agreement.together.adults if term.clause == "phones-go-to-bed"]
    pieces = [piece.value if isinstance(piece, Hole) else piece.text for piece in term.sentence]
    assert pieces[-len(ends) :] == ends


def test_a_value_without_a_full_stop_is_followed_by_one(fixed_date: date) -> None:
    choices = Choices(language="en", blanks={"bedtime": "20:30", "place": "the kitchen"})
    agreement = compose(RIVERAS, choices, LIBRARY, fixed_date)
    (term,) = [term for term in agreement.together.adults if term.clause == "phones-go-to-bed"]
    assert term.sentence[-1] == Words(".")


def test_days_and_times_are_written_as_the_country_does() -> None:
    assert say_date(date(2026, 6, 12), locale_of("es", "MX")) == "12 de junio de 2026"
    assert say_time(time(20, 30), locale_of("es", "ES")) == "20:30"
