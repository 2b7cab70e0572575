"""Who promises and what they picked, as plain values.

A text that came from a file or an option is a `Text` that knows its place; a program may give plain strings. Nothing
here is checked against the library: that is select's part.
"""

from collections.abc import Mapping
from types import MappingProxyType
from typing import NamedTuple

MIN_AGE_YEARS = 5
MAX_AGE_YEARS = 17
MAX_CHILDREN = 20
MAX_ADULTS = 20
MAX_NAME = 400


class Child(NamedTuple):
    """A child who promises. Without an age, the bands of Choices count."""

    name: str
    age_years: int | None = None


class Adult(NamedTuple):
    """An adult who promises."""

    name: str


class TrustedAdult(NamedTuple):
    """An adult to go to, and who that is ("school counselor")."""

    name: str
    who: str = ""


class AppRow(NamedTuple):
    """A row of the table of apps: the app, who uses it, which adult follows."""

    app: str
    who: str = ""
    follows: str = ""


class OwnRule(NamedTuple):
    """A rule in the family's own words, and whose it is, if anybody's."""

    text: str
    name: str = ""


class Household(NamedTuple):
    """The people of one agreement. No children, or no adults, means lines to write their names on."""

    family: str = ""
    children: tuple[Child, ...] = ()
    adults: tuple[Adult, ...] = ()
    trusted_adults: tuple[TrustedAdult, ...] = ()


class Choices(NamedTuple):
    """What a household picked and filled in; empty means: what is usual.

    `ages` are band ids for children without an age. `with_` and `without` are clause ids. `blanks` fills holes by their
    name, with a text or with several for a list. `review` is a date as 2026-06-12, or "in 3 months". `paper` is letter
    or a4, by default the country's. `text_size` is normal or large, `style` print or contrast. Without `fields` there
    is nothing to type in. `add` are names of extra pages; `figures` puts figures into them; `reasons` puts the reason
    under each promise.
    """

    language: str = ""
    country: str = ""
    pack: str = ""
    ages: tuple[str, ...] = ()
    with_: tuple[str, ...] = ()
    without: tuple[str, ...] = ()
    blanks: Mapping[str, str | tuple[str, ...]] = MappingProxyType({})
    apps: tuple[AppRow, ...] = ()
    own: tuple[OwnRule, ...] = ()
    review: str = ""
    paper: str = ""
    text_size: str = ""
    style: str = ""
    fields: bool = True
    add: tuple[str, ...] = ()
    figures: bool = False
    reasons: bool = False

    def over(self, below: "Choices") -> "Choices":
        """Return these choices laid over others: a single value replaces, lists and blanks are joined, `below` first.

        A clause that one names and the other takes away follows this one.
        """
        alone = ("language", "country", "pack", "review", "paper", "ages", "text_size", "style", "figures", "reasons")
        values = {name: getattr(self, name) or getattr(below, name) for name in alone}
        return self._replace(
            **values,
            with_=_joined([name for name in below.with_ if name not in self.without], self.with_),
            without=_joined([name for name in below.without if name not in self.with_], self.without),
            blanks={**below.blanks, **self.blanks},
            apps=(*below.apps, *self.apps),
            own=(*below.own, *self.own),
            fields=self.fields and below.fields,
            add=_joined(list(below.add), self.add),
        )


def _joined(first: "list[str]", second: tuple[str, ...]) -> tuple[str, ...]:
    return tuple(dict.fromkeys([*first, *second]))
