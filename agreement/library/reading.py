"""How hard a sentence is to read, as a school grade, by a published formula for each language.

English: Flesch-Kincaid (Kincaid et al. 1975), 0.39 words a sentence + 11.8 syllables a word - 15.59. Spanish: Crawford
(1989, doi 10.2307/40171161), 0.049 syllables and -0.205 sentences a hundred words - 3.407, for the years of primary
school. Sentences of one or two words are not counted as sentences, as textstat does; a blank, like a figure,
is one word of one syllable.
Syllables are counted from the spelling: Spanish has rules without exceptions, English has some below. This room
knows no clause.
"""

import re
import unicodedata
from collections.abc import Callable
from typing import NamedTuple

_WORD = re.compile(r"[^\W_]+(?:['’\-][^\W_]+)*")
_BLANK = re.compile(r"\{\w+\}")
_SENTENCE = re.compile(r"[^.!?…]+")
_DIGITS = re.compile(r"\d+")


class Measured(NamedTuple):
    """A text in numbers."""

    words: int
    sentences: int
    syllables: int


def measured(text: str, language: str) -> Measured:
    """Count words, sentences of more than two words (at least one), and syllables."""
    count = _COUNTERS[language]
    plain = _BLANK.sub("0", text)
    words = _WORD.findall(plain)
    sentences = [part for part in _SENTENCE.findall(plain) if len(_WORD.findall(part)) > 2]
    return Measured(len(words), max(1, len(sentences)), sum(map(count, words)))


def grade(text: str, language: str) -> float | None:
    """Return the school grade of a text; None for a language without a formula."""
    if language not in _FORMULAS:
        return None
    numbers = measured(text, language)
    return _FORMULAS[language][1](numbers) if numbers.words else 0.0


def formula(language: str) -> str:
    """Return the name of the formula for a language, or "" when there is none."""
    return _FORMULAS[language][0] if language in _FORMULAS else ""


def syllables(word: str, language: str) -> int:
    """Count the syllables of a word; figures count as one."""
    return _COUNTERS[language](word)


# ---- English ---------------------------------------------------------------------------------------------------------

# Words that the rules below get wrong, one line a number of syllables.
_ENGLISH = {
    1: "mosque",
    2: "beyond business catholic client couldn't create doesn't eavesdrop facebook fired fluid forehead "
    "hereby homework household hundred isn't lifelong lifetime likewise lion lions maybe naive naked namesake "
    "notebook oneself people persuade player players poem poems poet quiet react reuse ruin safety science "
    "sideways someday someone something sometimes somewhere therefore tired wouldn't xbox",
    3: "annual anyone area areas australia caregiver cereal created creative creator curious denial easier employer "
    "entire especially everyday everything everywhere furious genuine guardian idea ideas liable manual museum "
    "obvious previous quietly reacted realise realize realized reunion serious sexual somebody suicide synagogue "
    "theater usual various whoever",
    4: "contractual deactivate entirely everybody february january material obviously reality reliable seriously "
    "sexually society",
    5: "creativity",
}
_ENGLISH_WORDS = {word: count for count, words in _ENGLISH.items() for word in words.split()}
_SILENT = re.compile(
    r"(?:[^laeiouy]|[aeiou]l|l(?=l))es?$|(?<![td])ed$|(?<=[^aeiou])e(?=(?:ly|ment|ments|ful|less|ness)$)"
)
_SOUNDED = re.compile(r"(?:[sxz]|[cs]h|[cg])es$|[^aeiou]le[ds]?$")
_GROUPS = re.compile(r"[aeiouy]+")
_APART = re.compile(
    r"ia(?!l$|n$|ge|ble)|io(?!n|us)|eo(?!u)|iu|ua(?!r|l)|[aeou]ing|yi|die[tn]|(?<!f)rie[tn]|(?<![gq])uo|ius"
)


def _english(word: str) -> int:
    word = word.lower().replace("’", "'")
    if "-" in word:
        return sum(map(_english, word.split("-")))
    known = _ENGLISH_WORDS.get(word) or _ENGLISH_WORDS.get(word.removesuffix("'s"))
    if known:
        return known
    word = word.removesuffix("'s").replace("'", "")
    if _DIGITS.fullmatch(word):
        return 1
    bare = word if _SOUNDED.search(word) else _SILENT.sub(lambda found: found[0].replace("e", ""), word)
    return max(1, len(_GROUPS.findall(bare)) + len(_APART.findall(bare)))


# ---- Spanish ---------------------------------------------------------------------------------------------------------

_STRONG = "aeoáéóíú"
_SPANISH_GROUPS = re.compile(r"[aeiouáéíóúüy]+")
_MUTE_U = re.compile(r"(?<=q)u(?=[eiéí])|(?<=g)u(?=[eiéí])")
_MUTE_H = re.compile(r"(?<=[aeiouáéíóú])h(?=[aeiouáéíóú])")


def _spanish(word: str) -> int:
    """Count groups of vowels, parted where two strong ones or a stressed weak one meet; h between vowels parts them
    as its absence would."""
    word = unicodedata.normalize("NFC", word.lower())
    if _DIGITS.fullmatch(word):
        return 1
    word = _MUTE_U.sub("", word)
    word = _MUTE_H.sub("", word)
    word = re.sub(r"y(?=[aeiouáéíóú])", "-", word)
    total = 0
    for group in _SPANISH_GROUPS.findall(word):
        strong = sum(sign in _STRONG for sign in group)
        total += max(1, strong)
    return max(1, total)


_COUNTERS: dict[str, Callable[[str], int]] = {"en": _english, "es": _spanish}
_FORMULAS: dict[str, tuple[str, Callable[[Measured], float]]] = {
    "en": (
        "Flesch-Kincaid",
        lambda of: 0.39 * of.words / of.sentences + 11.8 * of.syllables / of.words - 15.59,
    ),
    "es": (
        "Crawford",
        lambda of: 0.049 * 100 * of.syllables / of.words - 0.205 * 100 * of.sentences / of.words - 3.407,
    ),
}
