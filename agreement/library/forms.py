"""The shapes of the library's files: what an author may write, with a description for every key.

Ages, sections and topics are data, so the shapes that depend on them are made from it.
"""

from collections.abc import Iterable, Mapping

from agreement.form import Either, Field, Flag, Kind, ListOf, MapOf, Number, OneOf, Record, Words

TONGUES = MapOf(Words(1200))
BLANK_KINDS = {
    "time": "a time of day, such as 20:30 or 8:30 pm",
    "date": "a day, such as 2026-06-12 or in 3 months",
    "text": "a few words",
    "place": "a place in the home",
    "list": "several things",
    "person": "somebody's name",
}
WHO = {"child": "each child promises it", "adult": "each adult promises it", "everyone": "the whole family promises it"}
STATUS = {
    "draft": "not yet read by a second person; not in any pack",
    "stable": "finished",
    "retired": "kept so that old files load; in no pack and no list",
}
FORMS = {
    "pairs": "children's promises on the left, adults' on the right",
    "pledge": "between the two arcs",
    "together": "one line each, with everybody's circles",
    "steps": "numbered, children's steps left, adults' right",
    "broken": "a paragraph, and a line to write on",
    "review": "the sentence beside the signatures",
}
PURPOSES = {
    "emergency": "somebody is in danger now",
    "report": "tell those who stop offenders",
    "talk": "somebody to talk to",
    "crisis": "somebody to talk to when life feels too hard",
    "remove": "have a picture taken down",
    "missing": "a child is missing, or thinks of running away",
}
AUDIENCE = {"child": "for children", "adult": "for adults", "everyone": "for both"}
PAPERS = {"letter": "8.5 by 11 inches", "a4": "210 by 297 mm"}


def _banded(bands: Iterable[str], limit: int) -> Kind:
    ages = OneOf("age band", dict.fromkeys(bands, ""))
    return MapOf(Either(Words(limit), MapOf(Words(limit), ages)))


def bands_form() -> Kind:
    """Return the shape of bands.yaml."""
    band = Record(
        "An age band.",
        {
            "first_age": Field(Number(0, 99), "the youngest age in years", required=True),
            "last_age": Field(Number(0, 99), "the oldest age in years", required=True),
            "grade": Field(
                Number(0, 20), "the highest Flesch-Kincaid grade, or the like, of its wordings", required=True
            ),
            "label": Field(TONGUES, "how the sheet names the band", required=True),
            "pack": Field(Words(60), "the pack that this age gets when none is named"),
            "description": Field(TONGUES, "what readers of this age need"),
        },
    )
    return MapOf(band)


def sections_form(bands: Iterable[str]) -> Kind:
    """Return the shape of sections.yaml."""
    section = Record(
        "A part of the sheet.",
        {
            "form": Field(OneOf("form", FORMS), "how the section is set", required=True),
            "icon": Field(Words(20), "the drawing beside its heading on a sheet for ages 5 to 7"),
            "heading": Field(_banded(bands, 60), "its heading, for all ages or a band", required=True),
            "description": Field(TONGUES, "what belongs in it"),
        },
    )
    return MapOf(section)


def topics_form(sections: Iterable[str]) -> Kind:
    """Return the shape of topics.yaml."""
    topic = Record(
        "What clauses are about.",
        {
            "section": Field(OneOf("section", dict.fromkeys(sections, "")), "where its clauses stand", required=True),
            "label": Field(TONGUES, "its name", required=True),
            "description": Field(TONGUES, "what belongs in it", required=True),
        },
    )
    return MapOf(topic)


def clause_form(bands: Iterable[str], sections: Iterable[str], topics: Mapping[str, str]) -> Record:
    """Return the shape of a clause file."""
    blank = Record(
        "A hole that a family fills.",
        {
            "kind": Field(OneOf("kind of blank", BLANK_KINDS), "what may be written there", required=True),
            "example": Field(Words(80), "something that a family could write"),
            "label": Field(TONGUES, "what a form or a screen reader calls it", required=True),
        },
    )
    source = Record(
        "Where the idea comes from.",
        {
            "name": Field(Words(200), "who published it, and what it is called", required=True),
            "address": Field(Words(300), "its address, with https://"),
        },
    )
    return Record(
        "One promise of the library.",
        {
            "id": Field(Words(60), "its name, equal to the file's name", required=True),
            "topic": Field(OneOf("topic", topics), "what it is about, equal to the folder's name", required=True),
            "who": Field(OneOf("kind of promise", WHO), "who promises it", required=True),
            "core": Field(Flag(), "true when every agreement carries it and nothing removes it"),
            "place": Field(
                OneOf("section", dict.fromkeys(sections, "")), "where it stands, if not where its topic does"
            ),
            "order": Field(
                Number(1, 99), "where it stands among its neighbours, 1 first; without it, as the pack lists it"
            ),
            "title": Field(TONGUES, "its short name in lists", required=True),
            "text": Field(_banded(bands, 400), "the promise: one wording for all ages, or one a band", required=True),
            "blanks": Field(MapOf(blank), "the holes in the text, by the names that stand in {braces}"),
            "why": Field(TONGUES, "the reason, in a sentence that a child accepts", required=True),
            "talk": Field(TONGUES, "an open question that starts the talk"),
            "sources": Field(ListOf(source), "where the idea comes from"),
            "conflicts": Field(ListOf(Words(60)), "ids of clauses that say the opposite"),
            "replaces": Field(ListOf(Words(60)), "ids of clauses that this one stands for now"),
            "status": Field(OneOf("status", STATUS), "how far it is", required=True),
            "reviewed": Field(TONGUES, "year and month of the last review by a second reader, a language; or draft"),
            "waive": Field(ListOf(waiver_form("clause")), "wording rules that it is excused from, and why"),
        },
    )


def waiver_form(what: str) -> Record:
    """Return the shape of an excuse from a wording rule; `what` is what is excused."""
    return Record(
        f"A rule that this {what} is excused from.",
        {
            "code": Field(Words(4, pattern="^C3[0-9][0-9]$"), "the code of the rule, such as C324", required=True),
            "reason": Field(Words(300), "why the rule is wrong here", required=True),
        },
    )


def pack_form(bands: Iterable[str]) -> Record:
    """Return the shape of a pack."""
    ages = OneOf("age band", dict.fromkeys(bands, ""))
    return Record(
        "A choice of clauses to start from.",
        {
            "id": Field(Words(60), "its name, equal to the file's name", required=True),
            "label": Field(TONGUES, "its name for people", required=True),
            "description": Field(TONGUES, "whom it is for", required=True),
            "ages": Field(ListOf(ages), "the ages it is made for; the first one counts when nobody's age is known"),
            "sides": Field(Number(1, 2), "1 for a sheet on one side of one page, where that holds"),
            "clauses": Field(ListOf(Words(60)), "ids of clauses, in the order in which they stand", required=True),
        },
    )


def _help_line() -> Kind:
    """Return the shape of a help line."""
    return Record(
        "One service.",
        {
            "id": Field(Words(60), "its name in this file", required=True),
            "purpose": Field(OneOf("purpose", PURPOSES), "what it is for", required=True),
            "for": Field(OneOf("audience", AUDIENCE), "who may use it", required=True),
            "name": Field(
                Either(Words(120), MapOf(Words(120))),
                "what it calls itself, or what each language calls it",
                required=True,
            ),
            "number": Field(Words(40), "the number to call"),
            "text": Field(
                Either(Words(60), MapOf(Words(60))),
                "the number to send a text to; with a word to send, as each language says it",
            ),
            "address": Field(Words(120), "the web address, without https://"),
            "source": Field(Words(200), "who confirmed it", required=True),
            "checked": Field(Words(10), "year and month in which it was confirmed, 2026-11", required=True),
        },
    )


def help_lines_form() -> Record:
    """Return the shape of help-lines.yaml: the services that several countries have in common."""
    return Record(
        "Services that hold in several countries.",
        {"help_lines": Field(ListOf(_help_line()), "the services; a country names those that it has", required=True)},
    )


def country_form() -> Record:
    """Return the shape of a country's help lines."""
    return Record(
        "A country: paper and help lines.",
        {
            "id": Field(Words(3), "its name, equal to the file's name", required=True),
            "name": Field(TONGUES, "its name for people", required=True),
            "territory": Field(Words(3), "its ISO 3166 code, for dates and times", required=True),
            "paper": Field(OneOf("paper", PAPERS), "the paper in its printers", required=True),
            "shared": Field(ListOf(Words(60)), "ids of the services of help-lines.yaml that hold here too"),
            "help_lines": Field(ListOf(_help_line()), "the services of its own"),
            "card": Field(ListOf(Words(60)), "ids of the services on the child's card, at most five", required=True),
            "qr": Field(Words(60), "id of the service whose address is in the QR code"),
        },
    )
