"""What a person should hear about an agreement without mistakes: whose help lines it has, and how old they are."""

from collections.abc import Iterator
from datetime import date

from agreement.compose.select import country_of
from agreement.form import Found
from agreement.household import Choices
from agreement.library import Library

MAX_AGE_MONTHS = 12
"""A help line that nobody confirmed for longer may have changed."""
WHAT_FOR = {
    "emergency": "when somebody is in danger",
    "talk": "to talk to somebody",
    "report": "to report someone",
    "remove": "to have a picture taken down",
}
"""What a family should be able to find, whatever its country."""


def notes(choices: Choices, library: Library, today: date) -> Iterator[str]:
    """Yield sentences for the one who makes an agreement; `choices` are those of an agreement without problems."""
    country, territory = country_of(choices, library, Found("F"))
    known = ", ".join(library.countries)
    if country is None:
        yield f"There are no help lines for {territory} here, so the card has lines to write them on. Known: {known}."
        return
    if not choices.country:
        yield f"The card has the help lines of this country: {country.name['en']}. Use --country for another: {known}."
    purposes = {line.purpose for line in country.help_lines}
    missing = [told for purpose, told in WHAT_FOR.items() if purpose not in purposes]
    if missing:
        told = " or ".join(missing)
        yield f"No help line is known here for {country.name['en']} {told}. Look for one, and write it on the sheet."
    for line in (country.names[name] for name in country.card):
        year, month = map(int, line.checked.split("-"))
        if (today.year - year) * 12 + today.month - month > MAX_AGE_MONTHS:
            name = line.called("en")
            yield f"The help line {name} was last confirmed in {line.checked}. Look whether it still holds."
