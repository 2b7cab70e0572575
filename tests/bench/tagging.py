"""What tags and fields add to the time of a warm `make_pdf`, measured side by side.

Without them the same boxes are drawn as decoration: the same text and lines on the same pages, no tree, no form.
"""

import statistics
import time
from collections.abc import Callable
from datetime import date
from functools import partial
from pathlib import Path

from agreement.household import Choices, Household, load_family
from agreement.library import Library, load_library
from agreement.make import compose_all
from agreement.pdf import Meta, draw
from agreement.typeset import lay_out
from agreement.typeset.boxes import Document, Element, Role, Shape, TextBox

ROUNDS = 60
LIMIT = 1.30
DAY = date(2026, 3, 12)
FAMILY = Path(__file__).resolve().parents[2] / "docs" / "examples" / "rivera.yaml"


def stripped(document: Document) -> Document:
    """Return a document that draws the same and says nothing."""
    drawn = tuple(box for box in document.root.boxes() if isinstance(box, TextBox | Shape))
    return document._replace(root=Element(Role.DOCUMENT), artifacts=(*document.artifacts, *drawn))


def took_ms(work: Callable[[], object]) -> float:
    """Return how long a piece of work took."""
    began = time.perf_counter()
    work()
    return (time.perf_counter() - began) * 1000


def make(family: tuple[Household, Choices], library: Library, told: bool) -> bytes:
    """Make the sheet with all that is told of it, or without."""
    document = lay_out(compose_all(*family, library=library, date=DAY))
    return draw(document if told else stripped(document), Meta(date=DAY))


def run() -> None:
    """Print the medians and their ratio."""
    library, family = load_library(), load_family(FAMILY)
    ways = {told: partial(make, family, library, told) for told in (True, False)}
    for _ in range(5):
        for work in ways.values():
            work()
    times_ms: dict[bool, list[float]] = {True: [], False: []}
    for _ in range(ROUNDS):
        for told, work in ways.items():
            times_ms[told].append(took_ms(work))
    with_ms, without_ms = (statistics.median(times_ms[told]) for told in (True, False))
    print(f"medians of {ROUNDS} warm sheets of {FAMILY.name}")
    print(f"text and lines alone     {without_ms:6.2f} ms  {len(ways[False]()):6} bytes")
    print(f"with tags and fields     {with_ms:6.2f} ms  {len(ways[True]()):6} bytes")
    print(f"with / without           {with_ms / without_ms:6.2f}  (limit {LIMIT:.2f})")
