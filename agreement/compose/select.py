"""Which clauses this household's agreement carries, for which ages, in which order."""

from collections.abc import Iterable
from typing import NamedTuple

from agreement.errors import Where
from agreement.form import Found
from agreement.household import Child, Choices, Household
from agreement.library import Band, Clause, Country, Library, Pack
from agreement.source import Text, where_of

DEFAULT_BAND = "8-10"
DEFAULT_LANGUAGE = "en"
DEFAULT_COUNTRY = "US"
NO_COUNTRIES = {"EU", "EZ", "UN", "QO", "XA", "XB", "ZZ"}
"""Codes that Babel lists among the territories and nobody lives in."""
COUNTRY_NAMES_ELSEWHERE = {"GB": "UK", "USA": "US", "ENGLAND": "UK", "EL": "GR"}


class Selection(NamedTuple):
    """What was picked: bands youngest first, each child's band, and clauses in print order."""

    language: str
    country: Country | None
    territory: str
    bands: tuple[Band, ...]
    band_of: tuple[str, ...]
    clauses: tuple[Clause, ...]
    sides: int = 2


def select(household: Household, choices: Choices, library: Library, found: Found) -> Selection:
    """Pick the clauses; note what is unknown, contradictory or refused. Only if nothing was noted is it whole."""
    language = _language(choices, library, found)
    country, territory = country_of(choices, library, found)
    pack = _known_pack(choices, library, found)
    asked = _asked_bands(choices, pack, library, found)
    band_of = tuple(_band_of(child, asked[0], library, found) for child in household.children)
    bands = tuple(band for band in library.bands.values() if band.id in (band_of or asked))
    pack = pack or _usual_pack(bands, library)
    names = _names(pack, choices, library, found)
    clauses = _worded([library.clauses[name] for name in names], bands, language)
    _refuse_unworded(choices, library, bands, language, found)
    _refuse_conflicts(clauses, choices, found)
    return Selection(language, country, territory, bands, band_of, _ordered(clauses, pack, library), pack.sides)


def _language(choices: Choices, library: Library, found: Found) -> str:
    language = choices.language or DEFAULT_LANGUAGE
    if language not in library.languages:
        found.unknown("language", Text(language, where_of(language, "language")), library.languages)
        return DEFAULT_LANGUAGE
    return str(language)


def country_of(choices: Choices, library: Library, found: Found) -> tuple[Country | None, str]:
    """Return the country and its ISO code. A country that exists and has no help lines here is (None, code)."""
    asked = choices.country or DEFAULT_COUNTRY
    name = COUNTRY_NAMES_ELSEWHERE.get(asked.upper(), asked.upper())
    if name in library.countries:
        return library.countries[name], library.countries[name].territory
    from babel import Locale

    if len(name) == 2 and name.isalpha() and name not in NO_COUNTRIES and name in Locale("en").territories:
        return None, name
    found.add(where_of(asked, "country"), 104, f'there is no country "{asked[:60]}".', _meant(asked, library))
    return None, "US"


def _meant(asked: str, library: Library) -> str:
    """Return the code of a country that was asked for by its name, or those to choose from."""
    for name, country in library.countries.items():
        if asked.casefold() in {told.casefold() for told in country.name.values()}:
            return f'Did you mean "{name}"?'
    return f"Write the two letters of one country. These have help lines: {', '.join(library.countries)}."


def _known_pack(choices: Choices, library: Library, found: Found) -> Pack | None:
    if choices.pack and choices.pack not in library.packs:
        found.unknown("pack", Text(choices.pack, where_of(choices.pack, "pack")), library.packs)
    return library.packs.get(choices.pack)


def _asked_bands(choices: Choices, pack: Pack | None, library: Library, found: Found) -> list[str]:
    """Return the bands for children of whom no age is known, at least one."""
    asked = []
    for name in choices.ages:
        if name in library.bands:
            asked.append(str(name))
        else:
            found.unknown("age band", Text(name, where_of(name, "ages")), library.bands)
    return asked or [pack.ages[0] if pack and pack.ages else DEFAULT_BAND]


def _band_of(child: Child, usual: str, library: Library, found: Found) -> str:
    if child.age_years is None:
        return usual
    band = library.band_of(child.age_years)
    if band is None:
        found.add(
            where_of(child.name, "child"), 302, f"no age band holds {child.age_years} years.", "Ages go from 5 to 17."
        )
        return usual
    return band.id


def _usual_pack(bands: Iterable[Band], library: Library) -> Pack:
    """Return the pack that is usual for the oldest band on the sheet."""
    oldest = max(bands, key=lambda band: band.first_age)
    return library.packs[oldest.pack if oldest.pack in library.packs else next(iter(library.packs))]


def _names(pack: Pack, choices: Choices, library: Library, found: Found) -> list[str]:
    added = [name for name in (_living(name, library, found) for name in choices.with_) if name]
    taken = {name for name in (_living(name, library, found) for name in choices.without) if name}
    for name in choices.without:
        if name in library.core:
            why = library.clauses[name].why.get("en", "")
            found.add(where_of(name, "without"), 303, f'"{name}" is in every agreement and stays. {why}'.strip())
        elif name in added:
            found.add(
                where_of(name, "without"), 304, f'"{name}" is asked for and taken away at once.', "Keep one of the two."
            )
    names = dict.fromkeys([*library.core, *pack.clauses, *added])
    return [name for name in names if name in library.core or name not in taken]


def _living(name: str, library: Library, found: Found) -> str:
    now = library.current(name)
    if not now:
        found.unknown("clause", Text(name, where_of(name, "with")), library.clauses)
    return now


def _worded(clauses: list[Clause], bands: Iterable[Band], language: str) -> list[Clause]:
    return [clause for clause in clauses if any(clause.wording(language, band.id) for band in bands)]


def _refuse_unworded(choices: Choices, library: Library, bands: tuple[Band, ...], language: str, found: Found) -> None:
    """Note each clause that was asked for by name and that no child here could read."""
    for name in choices.with_:
        clause = library.clauses[library.current(name)] if library.current(name) else None
        if clause is None or _worded([clause], bands, language):
            continue
        said_to = ", ".join(clause.text.get(language, {}))
        text = f'"{name}" has no words for ages {", ".join(band.id for band in bands)}.'
        found.add(
            where_of(name, "with"),
            305,
            text,
            f"It has them for {said_to}." if said_to else f'It has none in "{language}".',
        )


def _refuse_conflicts(clauses: list[Clause], choices: Choices, found: Found) -> None:
    places = {str(name): where_of(name, "with") for name in choices.with_}
    for at, first in enumerate(clauses):
        for second in clauses[at + 1 :]:
            if second.id in first.conflicts or first.id in second.conflicts:
                where = places.get(second.id) or places.get(first.id) or Where("pack")
                text = f'"{first.id}" and "{second.id}" say different things about the same.'
                found.add(where, 306, text, f"Leave one out: without {first.id}, or without {second.id}.")


def _ordered(clauses: Iterable[Clause], pack: Pack, library: Library) -> tuple[Clause, ...]:
    """Sort by section, by the clause's own order in it, by topic, then as the pack lists them, then by id."""
    sections = {name: at for at, name in enumerate(library.sections)}
    topics = {name: at for at, name in enumerate(library.topics)}
    listed = {name: at for at, name in enumerate(pack.clauses)}

    def key(clause: Clause) -> tuple[int, int, int, int, str]:
        return (
            sections[clause.place],
            clause.order,
            topics[clause.topic],
            listed.get(clause.id, len(listed)),
            clause.id,
        )

    return tuple(sorted(clauses, key=key))
