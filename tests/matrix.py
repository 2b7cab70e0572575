"""One agreement of every kind: each pack in each language, on both papers, in every size and style, for all families.

Not every kind with every other: each pack meets each language, text size and way to fill in, and so does each extra
page and --reasons; papers, styles and families take turns among them, so that the judges are asked about some hundred
files and not about thousands.
"""

from collections.abc import Iterator
from datetime import date
from functools import cache
from itertools import cycle, product
from typing import NamedTuple

from agreement.compose import Agreement
from agreement.household import Adult, AppRow, Child, Choices, Household, OwnRule, TrustedAdult
from agreement.library import Library, load_library
from agreement.library.pages import page_names
from agreement.make import compose_added, compose_all, make_document, make_pdf
from agreement.twin import Article, articles_of, write_html, write_text
from agreement.typeset.boxes import Document
from agreement.typeset.course import as_printed, course_of

DAY = date(2026, 3, 12)
SCRIPTS = ("Maja Wiśniewska", "Nguyễn Thị Hạnh", "Юлия Щукина", "Ελένη", "محمد", "پریسا", "Zoë O’Neil", "Łukasz")
"""First names in every script that fonts/ covers, in two directions."""


class Case(NamedTuple):
    """What one agreement is made from; `name` is "" for one beside `cases`."""

    name: str
    household: Household
    choices: Choices
    each: bool = False

    def pdf(self) -> bytes:
        """Return the file. Those of `cases` are made once."""
        return _made(self.name) if self.name else self.drawn()

    def drawn(self) -> bytes:
        """Make the file now."""
        return make_pdf(self.household, self.choices, library=library(), date=DAY, each=self.each)

    def agreements(self) -> list[Agreement]:
        return compose_all(self.household, self.choices, library=library(), date=DAY, each=self.each)

    def document(self) -> Document:
        return make_document(self.household, self.choices, library=library(), date=DAY, each=self.each)

    def articles(self) -> list[Article]:
        """Return what the twins of the file say."""
        agreements, added = self.agreements(), []
        if self.choices.add:
            added = compose_added(self.household, self.choices, agreements, library=library(), date=DAY)
        return articles_of(agreements, list(map(course_of, agreements)), list(map(as_printed, added)))

    def html(self) -> str:
        return write_html(self.articles(), self.agreements()[0], fields=self.choices.fields)

    def text(self) -> str:
        return write_text(self.articles())


@cache
def library() -> Library:
    """Return the one library of the tests, read once."""
    return load_library()


@cache
def _made(name: str) -> bytes:
    return next(case for case in cases() if case.name == name).drawn()


def _scripts() -> Household:
    """Return a family with a name in each script, eight on either side, one name alone in its own direction."""
    people = [Child(name, 8 + place) for place, name in enumerate(SCRIPTS)]
    adults = tuple(Adult(name) for name in reversed(SCRIPTS))
    return Household("Wiśniewski-محمدی", tuple(people), adults, (TrustedAdult("فاطمة الزهراء", "бабушка"),))


def _turned() -> Household:
    """Return a family of two whose names run to the left."""
    trusted = (TrustedAdult("مریم (Mary) 12"),)
    return Household("الأحمد", (Child("محمد", 12), Child("لالة", 9)), (Adult("Ana"), Adult("أم محمد")), trusted)


FAMILIES = {
    "nobody": Household(),
    "one": Household("Rivera", (Child("Maya", 9),), (Adult("Ana"),)),
    "two bands": Household(
        "The Rivera family", (Child("Maya", 9), Child("Leo", 14)), (Adult("Ana"), Adult("Joe")), (TrustedAdult("Rosa"),)
    ),
    "ten": Household(
        "Núñez", tuple(Child(f"Child {'ABCDEFGHIJ'[at]}", 8 + at % 9) for at in range(10)), (Adult("Mari"), Adult("Lu"))
    ),
    "young": Household("Rivera", (Child("Bo", 6),), (Adult("Ana"), Adult("Grandpa Joe"))),
    "scripts": _scripts(),
    "turned": _turned(),
}
FILLED = Choices(
    country="US",
    apps=(AppRow("Roblox", "Maya", "Ana"), AppRow("إنستغرام", "Leo")),
    own=(OwnRule("I will teach Grandpa the group chat.", "Leo"), OwnRule("Вместе за столом.")),
    review="in 3 months",
)


@cache
def cases() -> tuple[Case, ...]:
    """Return all cases; their names are unique and do not change from run to run."""
    return tuple(_cases())


def _cases() -> Iterator[Case]:
    packs, tongues = tuple(library().packs), _tongues()
    families, papers, styles = cycle(FAMILIES.items()), cycle(("letter", "a4", "a4")), cycle(("print", "contrast"))
    for pack, tongue, size, fields in product(packs, tongues, ("normal", "large"), (True, False)):
        family, household = next(families)
        chosen = Choices(
            pack=pack,
            language=tongue,
            country="US",
            paper=next(papers),
            text_size=size,
            style=next(styles),
            fields=fields,
        )
        yield Case(f"{pack} {tongue} {size} {'fields' if fields else 'flat'} {family}", household, chosen)
    for page, tongue, size in product((*page_names(library()), ""), tongues, ("normal", "large")):
        family, household = next(families)
        chosen = FILLED._replace(
            add=(page,) if page else (),
            reasons=not page,
            figures=True,
            language=tongue,
            paper=next(papers),
            text_size=size,
            style=next(styles),
            fields=size == "normal",
        )
        yield Case(f"{page or 'reasons'} {tongue} {size} {family}", household, chosen)
    yield Case("all pages", FAMILIES["two bands"], FILLED._replace(add=tuple(page_names(library())), reasons=True))
    pages = Choices(country="JP", add=tuple(page_names(library())))
    yield Case("all pages no country", FAMILIES["nobody"], pages)
    for (family, household), size in product(FAMILIES.items(), ("normal", "large")):
        yield Case(f"filled {size} {family}", household, FILLED._replace(text_size=size))
    yield Case("each", FAMILIES["two bands"], FILLED._replace(add=("talk", "check-in")), each=True)
    yield Case("no country", FAMILIES["nobody"], Choices(country="JP"))


def _tongues() -> tuple[str, ...]:
    """Return the languages that have words for the sheet and for every clause of the usual pack."""
    return tuple(sorted(library().languages))
