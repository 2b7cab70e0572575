"""Grades and syllables agree with the published formulas and with the pronouncing dictionary."""

import pytest

from agreement.library import load_library
from agreement.library.reading import formula, grade, measured, syllables

# Counted by the CMU Pronouncing Dictionary, which textstat uses for English.
ENGLISH = {
    1: ["phone", "tell", "friends", "asked", "changed", "clothes"],
    2: ["people", "something", "always", "picture", "password", "online"],
    3: ["somebody", "adventure", "together", "remember", "easier", "idea"],
    4: ["everybody", "reality", "information"],
}
# Counted by hand, by the rules of the Academia.
SPANISH = {
    1: ["que", "quien", "guion", "y", "muy"],
    2: ["ahí", "país", "guerra", "ciudad", "oír"],
    3: ["vacío", "ahora", "línea", "pingüino", "cuidado", "rehúsa"],
    4: ["teléfono", "contraseña", "aéreo", "pantallitas"],
}


@pytest.mark.parametrize(("count", "words"), ENGLISH.items())
def test_english_syllables(count: int, words: list[str]) -> None:
    assert {word: syllables(word, "en") for word in words} == dict.fromkeys(words, count)


@pytest.mark.parametrize(("count", "words"), SPANISH.items())
def test_spanish_syllables(count: int, words: list[str]) -> None:
    assert {word: syllables(word, "es") for word in words} == dict.fromkeys(words, count)


def test_sentences_of_two_words_do_not_count() -> None:
    assert measured("Stop. Put it down.", "en") == (4, 1, 4)


def test_formulas() -> None:
    assert grade("We will put our phones to bed.", "en") == pytest.approx(0.39 * 7 + 11.8 * 7 / 7 - 15.59)
    assert grade("Voy a contarles todo.", "es") == pytest.approx(0.049 * 175 - 0.205 * 25 - 3.407)
    assert (formula("en"), formula("es"), formula("fr")) == ("Flesch-Kincaid", "Crawford", "")
    assert grade("Bonjour.", "fr") is None


def test_a_blank_is_one_short_word() -> None:
    assert measured("We look again on {review}.", "en").words == 5


def test_no_wording_reads_above_its_band() -> None:
    library = load_library()
    over = [
        (clause.id, language, band, found)
        for clause in library.clauses.values()
        for language, words in clause.text.items()
        for band, text in words.items()
        if (found := grade(text, language)) is not None and found > library.bands[band].grade
    ]
    assert over == []
