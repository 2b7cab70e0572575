"""A clause with its blanks filled, and for whom it is said in which words."""

import re
from collections.abc import Mapping, Sequence
from datetime import date
from typing import TYPE_CHECKING, NamedTuple

from agreement.compose import tongue
from agreement.compose.agreement import Hole, Person, Sentence, Term, Words
from agreement.form import Found, suggestion
from agreement.household import Choices
from agreement.library import Blank, Clause
from agreement.library.load import BLANK
from agreement.library.phrases import Phrases
from agreement.source import where_of

if TYPE_CHECKING:
    from babel import Locale

MAX_NAMES_IN_MARK = 3


class Voice(NamedTuple):
    """The language and country in which one agreement speaks, and the day on which it is made."""

    language: str
    territory: str
    phrases: Phrases
    today: date | None

    @property
    def locale(self) -> "Locale":
        return tongue.locale_of(self.language, self.territory)

    @property
    def locale_name(self) -> str:
        """The language with its country, as BCP 47 writes it: en-US."""
        return f"{self.language}-{self.territory}" if self.territory else self.language


class Side(NamedTuple):
    """The children of the sheet with their bands. Without children, `bands` are the ages it is for."""

    people: tuple[Person, ...]
    band_of: tuple[str, ...]
    bands: tuple[str, ...]
    labels: Mapping[str, str]


def fill_blanks(clauses: Sequence[Clause], choices: Choices, voice: Voice, found: Found) -> dict[str, str]:
    """Return the text of every blank that was filled, as it is printed.

    Notes a blank that none of the clauses has, and a value that its kind does not take.
    """
    known: dict[str, Blank] = {}
    for clause in clauses:
        known |= clause.blanks
    filled = {}
    for name, value in choices.blanks.items():
        blank = known.get(name)
        if blank is None:
            mend = suggestion(name, known)
            found.add(where_of(name, "blanks"), 307, f'no promise on this sheet has a blank "{name}".', mend)
        else:
            filled[str(name)] = _say_value(blank, value, voice, found)
    return filled


def _say_value(blank: Blank, value: str | tuple[str, ...], voice: Voice, found: Found) -> str:
    parts = [str(part).strip() for part in ([value] if isinstance(value, str) else value)]
    text = parts[0] if len(parts) == 1 else ""
    where = where_of(value if isinstance(value, str) else (value[0] if value else ""), f"blank {blank.id}")
    if blank.kind == "time":
        time = tongue.read_time(text)
        if time is None:
            found.add(where, 308, f'"{text[:40]}" is not a time of day.', "Write 20:30 or 8:30 pm.")
        return tongue.say_time(time, voice.locale) if time else ""
    if blank.kind == "date":
        day = tongue.read_date(text, voice.today)
        if day is None:
            found.add(where, 309, f'"{text[:40]}" is not a day.', "Write 2026-06-12, or: in 3 months.")
        return tongue.say_date(day, voice.locale) if day else ""
    return text if len(parts) == 1 else tongue.say_list(parts, voice.locale)


def sentence(clause: Clause, words: str, filled: Mapping[str, str], language: str) -> Sentence:
    """Return the words of a clause with its holes.

    No full stop stands behind a line to write on at the end of a sentence.
    """
    pieces: list[Words | Hole] = []
    end = 0
    for match in BLANK.finditer(words):
        _say(pieces, words[end : match.start()])
        blank = clause.blanks[match[1]]
        label = blank.label.get(language) or blank.label.get("en", blank.id)
        pieces.append(Hole(blank.id, blank.kind, label, filled.get(blank.id, "")))
        end = match.end()
    open_end = bool(pieces) and isinstance(pieces[-1], Hole) and not pieces[-1].value
    if not (open_end and words[end:] == "."):
        _say(pieces, words[end:])
    return tuple(pieces)


def _say(pieces: list[Words | Hole], words: str) -> None:
    """Add fixed words, without a second full stop behind a value that ends in one (8:30 p. m.)."""
    if pieces and isinstance(pieces[-1], Hole) and pieces[-1].value.endswith("."):
        words = words.removeprefix(".")
    if words:
        pieces.append(Words(words))


def child_terms(clause: Clause, side: Side, filled: Mapping[str, str], voice: Voice) -> list[Term]:
    """Return a Term for each different wording, youngest band first, marked when it is not for every child here."""
    bands_of: dict[str, list[str]] = {}
    for band in side.bands:
        words = clause.wording(voice.language, band)
        if words:
            bands_of.setdefault(words, []).append(band)
    terms = []
    for words, bands in bands_of.items():
        promisers = tuple(who for who, band in zip(side.people, side.band_of, strict=True) if band in bands)
        partly = len(promisers) < len(side.people) if side.people else len(bands) < len(side.bands)
        terms.append(
            Term(
                clause.id,
                sentence(clause, words, filled, voice.language),
                children=promisers,
                mark=_mark(promisers, bands, side, voice) if partly else (),
                why=clause.why.get(voice.language, ""),
            )
        )
    return terms


def shared_words(clause: Clause, bands: Sequence[str], language: str) -> str:
    """Return the wording of the first of `bands` that has one: what is for all is said once."""
    return next(filter(None, (clause.wording(language, band) for band in bands)), "")


def _mark(promisers: tuple[Person, ...], bands: list[str], side: Side, voice: Voice) -> Sentence:
    names = [who.name for who in promisers]
    if 0 < len(names) <= MAX_NAMES_IN_MARK:
        return mark_of(names, voice)
    said = tongue.say_list([side.labels[band] for band in bands], voice.locale)
    return (Words(voice.phrases("band_mark", band=said[:1].upper() + said[1:]) + " ", strong=True),)


def mark_of(names: Sequence[str], voice: Voice) -> Sentence:
    """Return the bold words before what is for some people only ("Maya and Leo: "), each name a piece of its own."""
    joined = tongue.list_pattern(names, voice.locale) if len(names) > 1 else "{0}"
    pattern = voice.phrases("mark", names=joined) + " "
    pieces: list[Words] = []
    for part in re.split(r"(\{\d+\})", pattern):
        name = names[int(part[1:-1])] if part.startswith("{") else ""
        if name:
            pieces.append(Words(name, strong=True, whose="the name", alone=True))
        elif part:
            pieces.append(Words(part, strong=True))
    return tuple(pieces)
