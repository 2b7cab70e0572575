"""The wording of what is printed: what it must not say (the rules in clauses/rules), how hard it reads, how long it is.

Each thing found has a code of the group C3. A clause may be excused from some of them, with a reason; an excuse that
excuses nothing is a mistake. This room knows no font: lengths are counted in characters.
"""

import re
from collections.abc import Iterator, Mapping
from functools import lru_cache
from pathlib import Path
from typing import Any, NamedTuple

from agreement.errors import InputError, Problem, Where
from agreement.form import Found
from agreement.library.clause import Band, Clause
from agreement.library.lint_rules import RuleBook
from agreement.library.lint_words import read_words
from agreement.library.load import Library
from agreement.library.reading import formula, grade, measured
from agreement.place import folder
from agreement.source import Text, where_of

# The longest promise that keeps two lines in its column at the usual size, in characters (measured on the sheet).
MOST_CHARACTERS = {"child": 60, "adult": 65, "everyone": 65}
MOST_CHARACTERS_YOUNG = 44
BLANK_CHARACTERS = 12
YOUNG_GRADE = 2
# A share of negatives above a quarter, or two of them, is more than a promise needs.
MOST_NEGATIVES, MOST_NEGATIVE_SHARE = 1, 0.25
_DRAFT, _RETIRED = "draft", "retired"
# Measures that a clause may be excused from; for the rules of a language their files say it.
_WAIVABLE = frozenset({"C321", "C322", "C323", "C324", "C327", "C329"})
_BLANK = re.compile(r"\{(\w+)\}")
_CONTACT = re.compile(r"https?://|www\.|\b[\w-]+\.(?:com|org|net|gov|edu|uk|ca|au|nz|ie|es|mx)\b|\d[\d\-. ]{4,}\d")
_SHORT_NUMBER = re.compile(r"(?<![\d.,:])(?:911|988|999|112|000|111|116 ?\d{3})(?![\d:])")


class Said(NamedTuple):
    """A text: its language, its place (a key of lint_rules.PLACES) and the band that it is for, or ""."""

    language: str
    place: str
    band: str
    text: str
    where: Where


class Lint:
    """Checks wordings; rule books are read once. Problems go to `found`."""

    def __init__(self, library: Library, found: Found) -> None:
        self.library = library
        self.found = found
        self._books: dict[str, RuleBook | None] = {}

    def book(self, language: str) -> RuleBook | None:
        """Return the rules of a language, or None when there are none; notes mistakes in their files once."""
        if language not in self._books:
            bases = dict.fromkeys(base.resolve() for base in (folder("clauses"), *self.library.folders))
            paths = [base / "rules" / f"{language}.yaml" for base in bases]
            self._books[language] = self._read_book(language, [path for path in paths if path.exists()])
        return self._books[language]

    def _read_book(self, language: str, paths: list[Path]) -> RuleBook | None:
        try:
            book = _book(language, tuple((path, path.read_bytes()) for path in paths)) if paths else None
        except InputError as error:
            self.found.problems.extend(error.problems)
            return None
        return book

    def check(self, clause: Clause, values: Mapping[str, Any]) -> None:
        """Note what is wrong with the wording of a clause that `values` were read from."""
        if clause.status == _RETIRED:
            return
        problems = [problem for said in _texts(clause, values) for problem in self._of_text(clause, said)]
        problems += _translations(clause, values, self.library.languages)
        self.note(values, problems)

    def note(self, values: Mapping[str, Any], problems: list[Problem]) -> None:
        """Note the problems of a file, as far as no waiver in its `values` excuses them."""
        self.found.problems.extend(self._excused(values, problems))

    def of_words(self, said: Said) -> Iterator[Problem]:
        """Yield what no text may say at its place."""
        book = self.book(said.language)
        if book:
            for rule in book.broken_by(said.text, said.place):
                yield Problem(said.where, rule.code, rule.says, rule.mend)
        if said.place != "blank" and (_CONTACT.search(said.text) or _SHORT_NUMBER.search(said.text)):
            mend = "Take it out; the help lines of the reader's country are printed from their own list."
            yield Problem(said.where, "C313", "a number or an address stands in the words.", mend)

    def of_reading(self, said: Said) -> Iterator[Problem]:
        """Yield when a text reads harder than its band, or has longer sentences."""
        return _of_reading(said, self.library.bands[said.band])

    def _of_text(self, clause: Clause, said: Said) -> Iterator[Problem]:
        book = self.book(said.language)
        yield from self.of_words(said)
        if said.place == "text":
            yield from self.of_reading(said)
            band = self.library.bands[said.band]
            yield from _of_length(clause, said, band, self.library.sections[clause.place].form)
            yield from _of_promise(said, book) if book else ()
        if said.place == "talk" and book and re.search(book.measures.get("closed_question", "(?!)"), said.text.lower()):
            mend = "Ask what, how, when, who or which."
            yield Problem(said.where, "C329", "a yes or a no answers this question.", mend)

    def _excused(self, values: Mapping[str, Any], problems: list[Problem]) -> Iterator[Problem]:
        """Yield the problems that no waiver takes, and the waivers that take none."""
        waived: dict[str, Where] = {}
        for waiver in values.get("waive", ()):
            code = str(waiver.get("code", ""))
            if code in self.waivable():
                waived[code] = where_of(waiver["code"])
            else:
                mend = f"Mend the wording. These can be waived: {', '.join(sorted(self.waivable()))}."
                yield Problem(where_of(waiver["code"]), "C332", f'"{code}" is not a rule that can be waived.', mend)
        used = {problem.code for problem in problems}
        for code, where in waived.items():
            if code not in used:
                yield Problem(where, "C331", f"{code} is waived here, and nothing earns it.", "Take the waiver out.")
        yield from (problem for problem in problems if problem.code not in waived)

    def waivable(self) -> frozenset[str]:
        """Return the codes that a clause may be excused from."""
        books = [book for book in self._books.values() if book]
        return _WAIVABLE | {rule.code for book in books for rule in book.rules if rule.waivable}


@lru_cache(maxsize=8)
def _book(language: str, files: tuple[tuple[Path, bytes], ...]) -> RuleBook:
    """Return the rule book of some files; the same files give the same book. Raises InputError."""
    book = RuleBook(language, [path for path, _ in files])
    _ = book.rules, book.second_promise
    return book


def _texts(clause: Clause, values: Mapping[str, Any]) -> Iterator[Said]:
    """Yield every text of a clause once: a wording that several bands share is that of the youngest."""
    for language, words in clause.text.items():
        seen: set[str] = set()
        for band, text in words.items():
            if text not in seen:
                yield Said(language, "text", band, text, where_of(text))
            seen.add(text)
    for place in ("title", "why", "talk"):
        for tongue, sentence in values.get(place, {}).items():
            yield Said(str(tongue), place, "", sentence, where_of(sentence))
    for name, blank in values.get("blanks", {}).items():
        for tongue, label in blank.get("label", {}).items():
            both = f"{name.replace('_', ' ')}. {label}."
            yield Said(str(tongue), "blank", "", both, where_of(name))


def _of_reading(said: Said, band: Band) -> Iterator[Problem]:
    measured_grade = grade(said.text, said.language)
    if measured_grade is None:
        return
    if measured_grade > band.grade:
        name = formula(said.language)
        told = f"this reads at grade {measured_grade:.2f} ({name}); {band.grade} is the most for {band.id}."
        yield Problem(said.where, "C321", told, "Use shorter words and fewer of them.")
    numbers = measured(said.text, said.language)
    most = 6 + 2 * band.grade
    if numbers.words > most * numbers.sentences:
        told = f"its sentences have {numbers.words / numbers.sentences:.0f} words; {most} are the most for {band.id}."
        yield Problem(said.where, "C322", told, "Say one thing, or make two sentences.")


def _of_length(clause: Clause, said: Said, band: Band, form: str) -> Iterator[Problem]:
    """Yield when a promise that stands in a column is too long for two lines. A blank counts BLANK_CHARACTERS."""
    if form != "pairs":
        return
    most = MOST_CHARACTERS_YOUNG if band.grade <= YOUNG_GRADE else MOST_CHARACTERS[clause.who]
    length = len(_BLANK.sub("_" * BLANK_CHARACTERS, said.text))
    if length > most:
        told = f"this has {length} characters; {most} keep two lines in its column."
        yield Problem(said.where, "C327", told, "Shorten it, if it can be said in fewer words.", advice=True)


def _of_promise(said: Said, book: RuleBook) -> Iterator[Problem]:
    words = read_words(said.text, book.grammar)
    denying = set(map(book.grammar.plain, book.measures.get("negatives", ())))
    negatives = [word for word in words if word.text in denying]
    if words and (len(negatives) > MOST_NEGATIVES or len(negatives) > MOST_NEGATIVE_SHARE * len(words)):
        told = f"{len(negatives)} of its {len(words)} words say no."
        yield Problem(said.where, "C323", told, "Say what to do.", advice=True)
    if book.second_promise.find(words):
        yield Problem(said.where, "C324", "this promises two things.", "Make two clauses of it.", advice=True)


def _translations(clause: Clause, values: Mapping[str, Any], languages: tuple[str, ...]) -> Iterator[Problem]:
    """Advise on languages, or bands in a language, that have no words yet, and on words that nobody has reviewed."""
    bands = {band for words in clause.text.values() for band in words}
    first = next(iter(values["text"]))
    for language in languages:
        lacking = [key for key in ("title", "text", "why", "talk") if key in values and language not in values[key]]
        if language in clause.text and set(clause.text[language]) != bands:
            lacking.append(f"text of {', '.join(sorted(bands - set(clause.text[language])))}")
        if lacking:
            told = f"these are not yet there in {language}: {', '.join(lacking)}."
            yield Problem(where_of(first), "C325", told, "Write them; until then nobody is given them.", advice=True)
    for language, month in values.get("reviewed", {}).items():
        if month == _DRAFT:
            told = f"nobody has reviewed the {language} words."
            where = month.where if isinstance(month, Text) else clause.where
            mend = "Have a second reader read them, then write the month."
            yield Problem(where, "C326", told, mend, advice=True)
