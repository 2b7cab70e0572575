"""The words of the extra pages: one folder a page under pages/, one file a language, as an author writes them.

It reads what stands there and knows no family. Nothing here is imported for a sheet without extra pages.
"""

from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import Any, NamedTuple

from agreement.form import Either, Field, Found, Kind, ListOf, MapOf, Number, OneOf, Record, Words
from agreement.library.forms import AUDIENCE, PURPOSES, waiver_form
from agreement.library.load import Library
from agreement.library.phrases import Phrases, read_phrases
from agreement.source import read_source

FOLDER = "pages"
FORMS = {
    "columns": "running text in two columns",
    "side-heads": "headings in the margin, the text beside them",
    "questions": "open questions to talk about, a side for each age band",
    "cards": "cards to cut out, with their backs on the next side",
    "slips": "slips to cut apart, with their backs on the next side",
}
SHOWN = {
    "trusted-adults": "the adults the family trusts, or lines to write their names on",
    "minimum-ages": "the ages that the law of the country names",
}
STARTS = {"side": "a new side", "column": "a new column"}
ADULTS, EVERYONE = "adults", "everyone"
READERS = {
    ADULTS: "adults alone: crimes and figures may be named, and no reading grade holds",
    EVERYONE: "the whole family: nothing that scares, and no reading grade holds",
}
WARNING = "warning"
QUOTED = {WARNING: "what somebody says who means harm, in quotation marks, so that readers know it when they hear it"}
HOLES = {"emergency": "the emergency number of the country", "day": "the day on which the family looks again"}
"""What may stand in {braces} on a page, in sentences; not in titles, headings and tables."""


class Line(NamedTuple):
    """A sentence or two; `term` is what stands before it in bold."""

    text: str
    term: str = ""


class Part(NamedTuple):
    """What stands under one heading, in the order of these fields.

    `contacts` are purposes of help lines; for a child those of the card, for an adult with those for adults, else all;
    `figures` are (text, source and year), printed when asked for; `lines` are to write on.
    """

    heading: str = ""
    starts: str = ""
    text: tuple[str, ...] = ()
    points: tuple[Line, ...] = ()
    steps: tuple[Line, ...] = ()
    ticks: tuple[Line, ...] = ()
    headers: tuple[str, ...] = ()
    rows: tuple[tuple[str, ...], ...] = ()
    contacts: tuple[str, ...] = ()
    audience: str = "everyone"
    show: str = ""
    figures: tuple[tuple[str, str], ...] = ()
    lines: int = 0
    then: tuple[str, ...] = ()


class ExtraPage(NamedTuple):
    """One extra page in one language.

    `side_title` is over its second side, where that has a title of its own; `side_form` is how that side is set, if it
    is set otherwise.
    """

    name: str
    form: str
    title: str
    lead: str
    parts: tuple[Part, ...]
    side_title: str = ""
    side_lead: str = ""
    side_form: str = ""


class MinimumAge(NamedTuple):
    """What one law says; `since` and `checked` are a year, or a year and month."""

    age_years: int
    what: Mapping[str, str]
    since: str
    source: str
    checked: str


def page_names(library: Library) -> tuple[str, ...]:
    """Return the names of the extra pages, sorted."""
    folders = [base / FOLDER for base in library.folders if (base / FOLDER).is_dir()]
    names = {entry.name for folder in folders for entry in folder.iterdir() if entry.is_dir()}
    return tuple(sorted(names - {"words"}))


def read_page(library: Library, name: str, language: str) -> ExtraPage:
    """Return an extra page in a language; a folder laid over ours wins. Raises InputError, KeyError for no file."""
    path = page_path(library, name, language)
    if path is None:
        raise KeyError(f"{FOLDER}/{name}/{language}.yaml")
    values = _read(path, page_form(library.bands))
    parts = tuple(_part(part) for part in values["parts"])
    return ExtraPage(
        name,
        str(values["form"]),
        values["title"],
        values.get("lead", ""),
        parts,
        values.get("side_title", ""),
        values.get("side_lead", ""),
        str(values.get("side_form", "")),
    )


def page_path(library: Library, name: str, language: str) -> Path | None:
    """Return the file of an extra page in a language, the topmost one, or None where there is none."""
    paths = [base / FOLDER / name / f"{language}.yaml" for base in library.folders]
    return next((path for path in reversed(paths) if path.exists()), None)


def page_words(library: Library, language: str) -> Phrases:
    """Return the fixed words of the extra pages in a language."""
    return Phrases(language, read_phrases([base / FOLDER / "words" / f"{language}.yaml" for base in library.folders]))


def minimum_ages(library: Library, country: str) -> tuple[MinimumAge, ...]:
    """Return the ages that the laws of a country name, as far as they were confirmed."""
    found: dict[str, Any] = {}
    for path in (base / FOLDER / "minimum-ages.yaml" for base in library.folders):
        if path.exists():
            found |= {str(key): laws for key, laws in _read(path, ages_form()).items()}
    return tuple(
        MinimumAge(law["age"], law["what"], str(law["since"]), str(law["source"]), str(law["checked"]))
        for law in found.get(country, ())
    )


def page_form(bands: Iterable[str]) -> Record:
    """Return the shape of an extra page's file."""
    readers = OneOf("reader", READERS | dict.fromkeys(bands, ""))
    line = Record(
        "A sentence with a word in bold before it.",
        {
            "term": Field(Words(90), "what stands before it in bold", required=True),
            "text": Field(Words(700), "what is said of it", required=True),
        },
    )
    lines: Kind = ListOf(Either(Words(700), line))
    figure = Record(
        "A figure, with where it is from.",
        {
            "text": Field(Words(400), "what was found", required=True),
            "source": Field(Words(200), "who found it, and in which year", required=True),
        },
    )
    part = Record(
        "What stands under one heading.",
        {
            "heading": Field(Words(90), "its heading"),
            "starts": Field(OneOf("start", STARTS), "where it begins, if not under what comes before"),
            "text": Field(ListOf(Words(1200)), "paragraphs"),
            "points": Field(lines, "a list with bullets"),
            "steps": Field(lines, "a list with numbers"),
            "ticks": Field(lines, "a list with boxes to tick"),
            "headers": Field(ListOf(Words(60)), "the headers of a table"),
            "rows": Field(ListOf(ListOf(Words(300))), "the rows of the table"),
            "contacts": Field(ListOf(OneOf("purpose", PURPOSES)), "purposes of the help lines to print"),
            "audience": Field(OneOf("audience", AUDIENCE), "child: those of the card; adult: and those for adults"),
            "show": Field(OneOf("insertion", SHOWN), "what the program puts here"),
            "figures": Field(ListOf(figure), "printed only when figures are asked for"),
            "lines": Field(Number(1, 20), "how many lines to write on"),
            "then": Field(ListOf(Words(1200)), "paragraphs after all that"),
            "readers": Field(readers, "who reads this part, if others than the page: adults, everyone, or an age band"),
            "quoted": Field(OneOf("quotation", QUOTED), "whose words its points in quotation marks are"),
        },
    )
    return Record(
        "An extra page in one language.",
        {
            "form": Field(OneOf("form", FORMS), "how it is set", required=True),
            "title": Field(Words(60), "its title", required=True),
            "lead": Field(Words(400), "a sentence or two under the title"),
            "side_title": Field(Words(60), "the title of its second side"),
            "side_lead": Field(Words(400), "what stands under that"),
            "side_form": Field(OneOf("form", FORMS), "how that side is set, if otherwise than the first"),
            "readers": Field(readers, "who reads it: adults, everyone (as without this key), or the youngest age band"),
            "side_readers": Field(readers, "who reads its second side, if others than the first"),
            "reviewed": Field(Words(10), "year and month of the last review by a second reader, 2026-11; or draft"),
            "waive": Field(ListOf(waiver_form("page")), "wording rules that it is excused from, and why"),
            "parts": Field(ListOf(part), "what it says", required=True),
        },
    )


def ages_form() -> Kind:
    """Return the shape of minimum-ages.yaml."""
    law = Record(
        "One law.",
        {
            "age": Field(Number(5, 21), "the age in years", required=True),
            "what": Field(MapOf(Words(200)), "what the age is for", required=True),
            "since": Field(Words(10), "since when, a year or a year and month", required=True),
            "source": Field(Words(120), "where it can be read", required=True),
            "checked": Field(Words(10), "year and month in which it was confirmed", required=True),
        },
    )
    return MapOf(ListOf(law))


def texts_under(holder: Mapping[str, Any], *keys: str) -> Iterator[str]:
    """Yield the texts under some keys of what `page_form` read, as deep as they lie; a figure's source is none."""
    for key in keys:
        yield from _within(holder.get(key, ()))


def _within(value: Any) -> Iterator[str]:
    if isinstance(value, str):
        yield value
    elif isinstance(value, Mapping):
        yield from (text for key in ("term", "text") if key in value for text in _within(value[key]))
    else:
        for inner in value:
            yield from _within(inner)


def _read(path: Path, kind: Kind) -> Any:
    found = Found("C")
    values = kind.read(read_source(path), found)
    found.stop()
    return values


def _part(values: Mapping[str, Any]) -> Part:
    kept = {key: value for key, value in values.items() if key in Part._fields}
    for key in ("points", "steps", "ticks"):
        kept[key] = tuple(_line(value) for value in kept.get(key, ()))
    kept["figures"] = tuple((figure["text"], figure["source"]) for figure in kept.get("figures", ()))
    return Part(**kept)


def _line(value: Any) -> Line:
    return Line(value["text"], value["term"]) if isinstance(value, dict) else Line(value)


__all__ = ["ExtraPage", "Line", "MinimumAge", "Part", "minimum_ages", "page_names", "page_words", "read_page"]
