"""Agreements and extra pages as articles one after the other: all that one file says, in the order of its paper."""

from collections.abc import Sequence
from typing import NamedTuple

from agreement.compose.agreement import Agreement, Course
from agreement.compose.handout import Handout
from agreement.twin.pages import parts_of_page
from agreement.twin.parts import Part, parts_of


class Article(NamedTuple):
    """An agreement or an extra page: its parts, the first one with the title, and the line at its end or ""."""

    parts: tuple[Part, ...]
    end: str = ""


def articles_of(
    agreements: Sequence[Agreement], courses: Sequence[Course] = (), handouts: Sequence[Handout] = ()
) -> list[Article]:
    """Return everything that a PDF of the same says; without `courses`, each agreement takes the usual one."""
    given = courses or [Course()] * len(agreements)
    sheets = [
        Article(tuple(parts_of(agreement, course)), agreement.date_text)
        for agreement, course in zip(agreements, given, strict=True)
    ]
    return [*sheets, *(Article(tuple(parts_of_page(handout))) for handout in handouts)]
