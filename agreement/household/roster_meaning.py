"""What a header says that its column holds.

A header is understood when every word of it is: of "Guardian 1 Relationship" or "Teacher's first name" nothing is
guessed, because what stands there must not come on a sheet as a name. What must never be printed is known by its words.
This module knows one header at a time and no cell.
"""

from collections.abc import Sequence
from itertools import pairwise
from typing import NamedTuple

from agreement.household.roster_words import (
    FATHER,
    FILLING,
    FIRST,
    MANY_ADULTS,
    MANY_CHILDREN,
    MOTHER,
    OF,
    PRIVATE,
    SECOND,
    these,
    words_of,
)

_SINGLE = ("language", "country", "pack", "paper", "with", "without")
_TONGUE = these("home native spoken primary corr correspondence first preferred hogar materno materna familiar")
_ROLES = (["role"], ["rol"], ["user", "role"], ["user", "type"], ["person", "type"], ["primary", "role"])
_GIVEN = frozenset({"nombre", "s", *FIRST, *map(str, range(10))})
_MOTHERS = frozenset({"materno", "maternal"})
_OF_WHOM = _MOTHERS | {"paterno", "paternal"}
_NAMES = frozenset({"first", "last", "name", "preferred"})


class _Said(NamedTuple):
    """The ideas in a header, and the numbers that stand by a person and by a surname or a given name (0: none)."""

    ideas: frozenset[str]
    person: int
    surname: int
    given: int


def meaning_of(header: str, blanks: Sequence[str] = ()) -> tuple[str, int] | None:
    """Return a header's meaning and number; ("private", 0) for what must not be read, None for what is not known."""
    plain = words_of(header)
    blank = "_".join(plain)
    if not plain:
        return None
    if blank in blanks:
        return f"blank {blank}", 0
    if plain in _ROLES:
        return "role", 0
    if PRIVATE.intersection(plain):
        return "private", 0
    if "language" in map(OF.get, plain):
        return _language(plain)
    said = _said(plain)
    return _household_or_id(said, plain) or _meaning(said, plain) if said else None


def _language(plain: Sequence[str]) -> tuple[str, int] | None:
    others = {word for word in plain if OF.get(word) != "language"} - (FILLING - _TONGUE)
    if not others or others == {"sheet"}:
        return "language", 0
    return ("home language", 0) if others <= _TONGUE | {"at", "student", "code", "id"} else None


def _said(plain: Sequence[str]) -> _Said | None:
    """Return what the words say; None where one of them is not known, or says something else here."""
    ideas: set[str] = set()
    numbers = {"person": 0, "surname": 0, "given": 0}
    waiting, about = 0, ""
    for at, word in enumerate(plain):
        if word.isdigit():
            if len(word) == 4:
                return None  # a year: what held then does not hold now
            if about and len(word) < 3:
                numbers[about] = numbers[about] or int(word)
            elif not at and word in "123" and any(_can_be_second(near) for near in plain[1:3]):
                waiting = int(word)
        elif word in FIRST | SECOND or (word == "first" and _is_adult(plain[at + 1 : at + 2])):
            waiting = 2 if word in SECOND else 1
        elif idea := OF.get(word, ""):
            ideas.add(idea)
            here = "surname" if waiting and idea == "last" else _numbered(idea, word)
            about = here or about
            if waiting and here:
                numbers[here], waiting = numbers[here] or waiting, 0
        elif word not in FILLING and not (len(word) < 4 and at and plain[at - 1].isdigit()):
            return _review(plain)
    return None if waiting > 1 else _Said(frozenset(ideas), **numbers)


def _review(plain: Sequence[str]) -> _Said | None:
    is_day = set(plain) <= {"review", "date", "next", "revision", "fecha", "de", "day"}
    return _Said(frozenset({"review"}), 0, 0, 0) if is_day and {"review", "revision"} & set(plain) else None


def _is_adult(words: Sequence[str]) -> bool:
    return any(OF.get(word) == "adult" for word in words)


def _can_be_second(word: str) -> bool:
    return word in ("apellido", "nombre", "surname") or OF.get(word) in ("adult", "tutor")


def _numbered(idea: str, word: str) -> str:
    """Return what a number beside this word counts."""
    if word in ("apellido", "surname"):
        return "surname"
    if word == "nombre":
        return "given"
    return "person" if idea in ("child", "adult", "tutor", "first", "last", "name", "age", "grade") else ""


def _household_or_id(said: _Said, plain: Sequence[str]) -> tuple[str, int] | None:
    ideas = said.ideas
    if ideas in ({"household"}, {"household", "id"}, {"family", "id"}):
        return "household", 0
    if "id" not in ideas:
        return None
    counted = any(OF.get(word) == "id" and after.isdigit() for word, after in pairwise(plain))
    if ideas == {"class", "id"} and {"room", "rm", "homeroom"} & set(plain):
        return "class", 0
    if not counted or not ideas & {"adult", "child", "name", "first"}:
        return "private", 0
    return _meaning(said._replace(ideas=ideas - {"id"}), plain)


def _meaning(said: _Said, plain: Sequence[str]) -> tuple[str, int] | None:
    ideas = said.ideas
    number = said.person or said.surname or said.given
    if "teacher" in ideas or {"tutor", "class"} <= ideas:
        return ("class", 0) if ideas <= {"teacher", "tutor", "class", "name", "child"} else None
    if "trusted" in ideas:
        return ("trusted", 0) if ideas <= {"trusted", "adult", "name"} else None
    if "band" in ideas or {"age", "class"} <= ideas:
        return "ages", 0
    if ideas & {"age", "grade", "stage"} and not ideas & _NAMES | ideas & {"adult", "tutor", "family"}:
        if "letra" in plain:
            return "class", 0
        return next(kind for kind in ("age", "grade", "stage") if kind in ideas), number
    if "adult" in ideas or "tutor" in ideas:
        return _adult(said, plain)
    if "class" in ideas:
        return ("class", 0) if not ideas - {"class", "name", "child"} else None
    if ideas and ideas <= _NAMES | {"child"}:
        return _child(said, plain)
    if "family" in ideas:
        return ("family", 0) if ideas <= {"family", "name"} else None
    single = next((name for name in (*_SINGLE, "review") if ideas == {name}), "")
    return (single, 0) if single else None


def _part(said: _Said, plain: Sequence[str]) -> str:
    """Return which part of a name a header is about; "" for the whole of it."""
    ideas = said.ideas
    if {"first", "last"} <= ideas or ("last" in ideas and "nombre" in plain):
        return ""
    if "last" in ideas:
        return "last"
    return "first" if "first" in ideas else ""


def _child(said: _Said, plain: Sequence[str]) -> tuple[str, int] | None:
    part = _part(said, plain)
    if "preferred" in said.ideas:
        return ("preferred last" if part == "last" else "preferred first"), 0
    if part == "last":
        if not said.person and set(plain) & (FIRST | SECOND | _OF_WHOM):
            return ("second last" if said.surname == 2 or set(plain) & _MOTHERS else "last"), 0
        return "last", said.person or said.surname
    if set(plain) & SECOND:
        return ("second first", 0) if said.given == 2 and not part else None
    if "child" in said.ideas and not part and MANY_CHILDREN.intersection(plain) and "name" not in said.ideas:
        return ("children", 0) if not said.person else ("child", said.person)
    is_given = plain[0] == "nombre" or set(plain) & FIRST
    if not part and is_given and "child" not in said.ideas and not said.ideas - {"name"} and set(plain) <= _GIVEN:
        return "first", (said.given if any(word.isdigit() for word in plain) and not set(plain) & FIRST else 0)
    return part or "child", said.person or said.given


def _adult(said: _Said, plain: Sequence[str]) -> tuple[str, int] | None:
    ideas, words = said.ideas, set(plain)
    if ideas - {"adult", "tutor", "name", "first", "last", "child"} or "preferred" in ideas:
        return None
    if "adult" not in ideas and not (said.person or "legal" in words or "tutores" in words):
        return None  # a class teacher in Spain and the United Kingdom
    part = _part(said, plain)
    many = bool(words & (MANY_ADULTS | {"tutores"}))
    relative = 101 if words & MOTHER else 102 if words & FATHER else 0
    person = said.person or relative
    if many and not part and relative != 101 and not any(word.isdigit() for word in plain):
        return "adults", 0
    if part == "last" and (said.surname == 2 or words & _MOTHERS):
        part = "second last"
    return f"adult {part}".strip(), person
