"""Two pages side by side on a sheet of twice the paper, in reading order or as a booklet to fold.

Moves boxes, never pictures of pages, so tags and fields stay. Nothing is made smaller: two letter pages are one of
tabloid, two of A4 one of A3. This module knows a Document and nothing of households.
"""

from agreement.typeset.boxes import Box, Document, Element, FieldBox, LinkBox, Shape, TextBox

BOOKLET, TWO_UP = "booklet", "two-up"
_Spot = tuple[int, float]


def impose(document: Document, kind: str) -> Document:
    """Return the document with two of its pages on each side of a sheet; `kind` is BOOKLET or TWO_UP."""
    sides = _booklet(document.page_count) if kind == BOOKLET else _two_up(document.page_count)
    spots = {
        page: (side, place * document.width_pt) for side, pair in enumerate(sides) for place, page in enumerate(pair)
    }
    return document._replace(
        width_pt=2 * document.width_pt,
        page_count=len(sides),
        root=_element(document.root, spots),
        artifacts=tuple(_moved(box, spots[box.page]) for box in document.artifacts),
        bookmarks=(),
        page_labels=(),
    )


def _two_up(count: int) -> list[tuple[int, int]]:
    return [(page, page + 1) for page in range(0, count, 2)]


def _booklet(count: int) -> list[tuple[int, int]]:
    """Pair the pages of sheets that lie in each other; pages from `count` on are empty."""
    whole = -(-count // 4) * 4
    pairs = []
    for sheet in range(whole // 4):
        first, last = 2 * sheet, whole - 1 - 2 * sheet
        pairs += [(last, first), (first + 1, last - 1)]
    return pairs


def _element(element: Element, spots: dict[int, _Spot]) -> Element:
    kids = tuple(
        _element(kid, spots) if isinstance(kid, Element) else _moved(kid, spots[kid.page]) for kid in element.kids
    )
    return element._replace(kids=kids)


def _moved(box: Box, spot: _Spot) -> Box:
    side, right_pt = spot
    if isinstance(box, Shape):
        path = tuple(_step(step, right_pt) for step in box.path)
        return box._replace(page=side, path=path)
    assert isinstance(box, TextBox | FieldBox | LinkBox), "a box of another kind"
    return box._replace(page=side, x=box.x + right_pt)


def _step(step: tuple[str | float, ...], right_pt: float) -> tuple[str | float, ...]:
    """Move a step of a path; the width and height of a rectangle stay what they are."""
    operator, *values = step
    count = 2 if operator == "R" else len(values)
    moved = (float(value) + (right_pt if at < count and at % 2 == 0 else 0.0) for at, value in enumerate(values))
    return (operator, *moved)
