"""The family file: what a family writes about itself becomes a Household and its Choices.

Options of the command line are read through the same form, so that a mistake is called the same in both. Whether an id,
a country or a language exists is not known here: that is select's part.
"""

import re
from collections.abc import Mapping as MappingType
from pathlib import Path
from typing import Any

from agreement.form import Either, Field, Flag, Found, ListOf, MapOf, Record
from agreement.household.people import (
    MAX_ADULTS,
    MAX_CHILDREN,
    Adult,
    AppRow,
    Child,
    Choices,
    Household,
    OwnRule,
    TrustedAdult,
)
from agreement.household.writing import WRITING, Age, BlankValue, People, Several
from agreement.source import Node, Text, parse_source, read_source

_WITH_WHO = re.compile(r"(?P<name>.*\S)\s*\((?P<who>[^()]*\S[^()]*)\)")

_CHILD = Record(
    "A child who promises.",
    {
        "name": Field(WRITING, "the child's first name", required=True),
        "age": Field(Age(), "the age in years, from 5 to 17; it chooses the words"),
    },
)
_TRUSTED = Record(
    "An adult to go to.",
    {
        "name": Field(WRITING, "the adult's name", required=True),
        "who": Field(WRITING, "who that is, such as school counselor"),
    },
)
_ADULT = Record("An adult who promises.", {"name": Field(WRITING, "the adult's name", required=True)})
_APP = Record(
    "An app or game.",
    {
        "app": Field(WRITING, "what it is called", required=True),
        "who": Field(Several(), "who uses it"),
        "follows": Field(Several(), "which adult follows there"),
    },
)

FAMILY_FORM = Record(
    "A family file: everything in it may be left out.",
    {
        "family": Field(WRITING, "the family's name, such as The Rivera family"),
        "children": Field(People(Either(WRITING, _CHILD), "children", MAX_CHILDREN), "the children who promise"),
        "adults": Field(People(Either(WRITING, _ADULT), "adults", MAX_ADULTS), "the adults who promise, from any home"),
        "trusted_adults": Field(
            People(Either(WRITING, _TRUSTED), "trusted adults", MAX_ADULTS),
            "adults to go to, one of them outside the home",
        ),
        "language": Field(ListOf(WRITING), "the language of the sheet, such as en"),
        "country": Field(WRITING, "whose help lines, paper and dates, such as US"),
        "pack": Field(WRITING, "the choice of clauses to start from"),
        "ages": Field(ListOf(WRITING), "age bands for children without an age, such as 11-13"),
        "with": Field(ListOf(WRITING), "ids of clauses to add"),
        "without": Field(ListOf(WRITING), "ids of clauses to leave out"),
        "blanks": Field(MapOf(BlankValue()), "what fills the blanks, by their names"),
        "apps": Field(ListOf(Either(WRITING, _APP)), "apps and games, who uses them and which adult follows"),
        "own": Field(ListOf(WRITING), 'rules in your own words; "Leo: ..." is a rule of Leo\'s'),
        "review": Field(WRITING, "when you look at it again: 2026-06-12, or in 3 months"),
        "paper": Field(WRITING, "letter or a4"),
        "text_size": Field(WRITING, "normal, or large: 18 points in one column"),
        "style": Field(WRITING, "print, or contrast: black and white with heavier lines"),
        "add": Field(ListOf(WRITING), "names of extra pages to print with it, such as parents-guide"),
        "figures": Field(Flag(), "true puts figures with their sources into the extra pages"),
        "reasons": Field(Flag(), "true prints the reason under each promise"),
    },
)


def load_family(path: str | Path) -> tuple[Household, Choices]:
    """Read a family file from disk.

    Raises InputError with everything that is wrong in it.
    """
    return _household_and_choices(read_source(Path(path)))


def parse_family(text: str | bytes, name: str = "family") -> tuple[Household, Choices]:
    """Read the text of a family file.

    `name` is what messages call it. Raises InputError with everything that is wrong in it.
    """
    return _household_and_choices(parse_source(text, name))


def _household_and_choices(node: Node) -> tuple[Household, Choices]:
    found = Found("F")
    values = read_family(node, found)
    found.stop()
    household = household_of(values)
    return household, choices_of(values, household)


def read_family(node: Node, found: Found) -> dict[str, Any]:
    """Return what was written, by the keys of FAMILY_FORM; what could not be read is noted and left out."""
    values = FAMILY_FORM.read(node, found) or {}
    tongues = values.get("language", ())
    if len(tongues) > 1:
        found.add(
            tongues[1].where, 328, "a sheet has one language.", "Keep one here, and make a second sheet in the other."
        )
    return values


def household_of(values: MappingType[str, Any]) -> Household:
    """Return the people among what was written."""
    return Household(
        family=values.get("family", ""),
        children=tuple(_child(child) for child in values.get("children", ())),
        adults=tuple(Adult(_name(adult)) for adult in values.get("adults", ()) if _name(adult)),
        trusted_adults=tuple(_trusted(adult) for adult in values.get("trusted_adults", ())),
    )


def choices_of(values: MappingType[str, Any], household: Household) -> Choices:
    """Return the choices among what was written; a rule that begins with a member's name and a colon is theirs."""
    members = {child.name for child in household.children} | {adult.name for adult in household.adults}
    return Choices(
        language=_in_small_letters(next(iter(values.get("language", ())), "")),
        country=values.get("country", ""),
        pack=values.get("pack", ""),
        ages=values.get("ages", ()),
        with_=values.get("with", ()),
        without=values.get("without", ()),
        blanks=values.get("blanks", {}),
        apps=tuple(_app(app) for app in values.get("apps", ())),
        own=tuple(_rule(rule, members) for rule in values.get("own", ())),
        review=values.get("review", ""),
        paper=values.get("paper", ""),
        text_size=values.get("text_size", ""),
        style=values.get("style", ""),
        add=values.get("add", ()),
        figures=values.get("figures", False),
        reasons=values.get("reasons", False),
    )


def _in_small_letters(code: str) -> str:
    return Text(code.lower(), code.where) if isinstance(code, Text) else code.lower()


def _name(value: Text | dict[str, Any]) -> Text:
    return value.get("name", Text("", value[""])) if isinstance(value, dict) else value


def _child(value: Text | dict[str, Any]) -> Child:
    return Child(_name(value), value.get("age") if isinstance(value, dict) else None)


def _trusted(value: Text | dict[str, Any]) -> TrustedAdult:
    if isinstance(value, dict):
        return TrustedAdult(_name(value), value.get("who", ""))
    match = _WITH_WHO.fullmatch(value)
    if not match:
        return TrustedAdult(value)
    return TrustedAdult(Text(match["name"], value.where), Text(match["who"].strip(), value.where))


def _app(value: Text | dict[str, Any]) -> AppRow:
    if isinstance(value, dict):
        return AppRow(value.get("app", ""), value.get("who", ""), value.get("follows", ""))
    return AppRow(value)


def _rule(rule: Text, members: set[str]) -> OwnRule:
    name, colon, text = rule.partition(":")
    if colon and text.strip() and name.strip() in members:
        return OwnRule(Text(text.strip(), rule.where), Text(name.strip(), rule.where))
    return OwnRule(rule)
