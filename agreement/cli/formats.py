"""Which kind of file the name after -o asks for, and its bytes: a PDF, or a twin of it as HTML or text.

Knows the ways that lead to each kind, and nothing of how options are read or files are written.
"""

import datetime
from typing import TYPE_CHECKING, TypedDict

if TYPE_CHECKING:
    from agreement.household import Choices, Household
    from agreement.library import Library


class Made(TypedDict):
    """From what else an agreement is made."""

    library: "Library"
    date: datetime.date
    each: bool


HTML, TEXT, PDF = "html", "txt", "pdf"
_KINDS = {".html": HTML, ".htm": HTML, ".txt": TEXT}


def kind_of(output: str) -> str:
    """Return HTML, TEXT or PDF by how the name ends; whatever is not known is a PDF."""
    dot = output.rfind(".")
    return _KINDS.get(output[dot:].lower(), PDF) if dot >= 0 else PDF


def bytes_of(kind: str, household: "Household", choices: "Choices", made: "Made") -> bytes:
    """Return the whole file: a PDF, or a twin in UTF-8 that says what the PDF of the same says."""
    from agreement.make import compose_added, compose_all, make_pdf

    if kind == PDF:
        return make_pdf(household, choices, **made)
    from agreement.twin import articles_of, write_html, write_text
    from agreement.typeset.course import as_printed, course_of

    agreements, added = compose_all(household, choices, **made), []
    if choices.add:
        added = compose_added(household, choices, agreements, library=made["library"], date=made["date"])
    articles = articles_of(agreements, list(map(course_of, agreements)), list(map(as_printed, added)))
    text = write_html(articles, agreements[0], fields=choices.fields) if kind == HTML else write_text(articles)
    return text.encode("utf-8")


def tags_of(household: "Household", choices: "Choices", made: "Made") -> str:
    """Return the structure tree of the PDF, as a screen reader walks it."""
    from agreement.make import make_document
    from agreement.pdf import read_aloud

    return read_aloud(make_document(household, choices, **made), fields=choices.fields).rstrip("\n")


def told_of(output: str, kind: str) -> str:
    """Return the line that names a twin and says what it is good for."""
    what = "open it in a browser" if kind == HTML else "plain text for any reader"
    return f"{output}: {what}."
