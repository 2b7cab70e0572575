"""Pages of running text: a title, then two columns, or one with its headings in the margin.

It takes the largest type that needs no more sheets than the smallest does.
"""

from collections.abc import Sequence
from functools import partial
from typing import NamedTuple

from agreement.compose.agreement import Sentence
from agreement.compose.handout import Handout, Lines, Passage
from agreement.errors import LayoutError
from agreement.typeset.boxes import Bookmark, Element, Role
from agreement.typeset.columns import Column, Stood, evened, pour, spread
from agreement.typeset.fit import RUNNING_TOP, UNDER_RUNNING
from agreement.typeset.head import largest_that_fits
from agreement.typeset.insets import running
from agreement.typeset.lines import Line, Span, Type, set_lines
from agreement.typeset.pen import Pen, pieces_of
from agreement.typeset.running import Laid, Paper, Paragraph, Room, Running, Strip
from agreement.typeset.style import GUTTER, TOP, Style

SIZES = ((14.0, 19.0), (13.0, 17.5), (12.0, 16.0), (11.5, 15.0), (11.0, 14.5))
LARGEST_IN_COLUMNS = 13.0
LARGE_SIZES = ((18.0, 24.0), (18.0, 22.5))
"""In large print, set in one column with its headings above the text; closer lines where they save a sheet."""
SIDE_HEAD = 118.0
"""The width of the headings in the margin."""
UNDER_TITLE, UNDER_LEAD, UNDER_SUBTITLE = 4.0, 14.0, 8.0
HEADING_SPACE, PASSAGE_SPACE = 15.0, 13.0
MAX_SIDES = 40


class Segment(NamedTuple):
    """What begins on a side of its own."""

    title: str
    lead: Sentence
    subtitle: str
    in_columns: bool
    passages: tuple[Passage, ...]


class Top(NamedTuple):
    """What stands across the page over a segment's columns."""

    title: tuple[Line, ...]
    title_type: Type
    lead: tuple[Line, ...]
    lead_type: Type
    subtitle: tuple[Line, ...]
    height: float


class Set(NamedTuple):
    """A segment in one style: its parts with their headings, and where each strip stands; pages count from its own."""

    segment: Segment
    top: Top
    parts: tuple[tuple[Paragraph | None, tuple[Running, ...]], ...]
    stood: list[Stood]
    sides: int


def lay_text(handout: Handout, style: Style, paper: Paper, page: int) -> Laid:
    """Draw running text from `page` on."""
    style, sets = _largest(handout, style)
    elements: list[Element] = []
    marks: list[Bookmark] = []
    first = page
    for set_ in sets:
        drawn = _draw(set_, style, paper.pen(style, first), first == page)
        elements += drawn.elements
        marks += drawn.marks
        first += set_.sides
    return Laid(elements, marks, first - page)


def shown_of(handout: Handout, style: Style) -> tuple[Passage, ...]:
    """Return the passages that `lay_text` draws: all but notes that would cost a sheet."""
    _, sets = _largest(handout, style)
    return handout.passages[: sum(len(set_.segment.passages) for set_ in sets)]


def _largest(handout: Handout, style: Style) -> tuple[Style, list[Set]]:
    """Return the largest style that needs no more sheets than the smallest, and everything set in it."""
    sizes = [size for size in SIZES if handout.form == "side-heads" or size[0] <= LARGEST_IN_COLUMNS]
    sizes = list(LARGE_SIZES) if handout.large else sizes
    fewest = _all_set(handout, style._replace(size=sizes[-1][0], leading=sizes[-1][1]))
    for size, leading in sizes[:-1]:
        larger = style._replace(size=size, leading=leading)
        try:
            found = _all_set(handout, larger)
        except LayoutError:
            continue
        if _sheets(found) <= _sheets(fewest):
            return larger, found
    return style._replace(size=sizes[-1][0], leading=sizes[-1][1]), fewest


def _sheets(sets: Sequence[Set]) -> int:
    return -(-sum(set_.sides for set_ in sets) // 2)


def _all_set(handout: Handout, style: Style) -> list[Set]:
    """Set every segment. Notes at the end, which hold nothing but lines, are left out where they cost a sheet."""
    sets: list[Set] = []
    for segment in _segments(handout):
        sets.append(_set(segment, handout, style, sum(set_.sides for set_ in sets)))
    notes = all(isinstance(piece, Lines) for passage in sets[-1].segment.passages for piece in passage.pieces)
    if len(sets) > 1 and notes and _sheets(sets[:-1]) < _sheets(sets):
        return sets[:-1]
    return sets


def _segments(handout: Handout) -> list[Segment]:
    cut: list[list[Passage]] = [[]]
    for passage in handout.passages:
        if passage.starts == "side" and (cut[-1] or len(cut) > 1):
            cut.append([])
        cut[-1].append(passage)
    segments = []
    for at, passages in enumerate(cut):
        subtitle = ""
        if handout.form == "questions":
            subtitle, passages[0] = passages[0].heading, passages[0]._replace(heading="")
        title, lead = (handout.title, handout.lead) if at == 0 else ("", ())
        if at == 1:
            title, lead = handout.side_title, handout.side_lead
        form = handout.form if at == 0 else handout.side_form
        in_columns = form != "side-heads" or handout.large
        segments.append(Segment(title, lead, subtitle, in_columns, tuple(passages)))
    return segments


def _top(segment: Segment, style: Style) -> Top:
    title: tuple[Line, ...] = ()
    title_type = style.titles[-1]
    if segment.title:
        title, title_type = largest_that_fits(segment.title, style.titles[1:], style.measure)
    lead_type = style.type(max(style.size + 1, 13), max(style.leading + 1, 18))
    lead = set_lines(pieces_of(segment.lead), lead_type, style.measure) if segment.lead else ()
    subtitle = set_lines([Span(segment.subtitle, bold=True)], style.second, style.measure) if segment.subtitle else ()
    height = len(title) * title_type.leading_pt
    height += UNDER_TITLE + len(lead) * lead_type.leading_pt if lead else 0
    height += UNDER_LEAD if height else 0
    height += len(subtitle) * style.second.leading_pt + UNDER_SUBTITLE if subtitle else 0
    return Top(title, title_type, lead, lead_type, subtitle, height)


def _set(segment: Segment, handout: Handout, style: Style, sides_before: int) -> Set:
    """Set a segment in as few sides as it needs."""
    in_columns = segment.in_columns
    top = _top(segment, style)
    edges = _edges(style, in_columns, handout.large)
    measure = style.column if len(edges) > 1 else style.right - edges[0]
    room = Room(style, measure, handout.name, handout.word("tick"), handout.expansions)
    parts = tuple(_part(passage, room, at == 0, in_columns) for at, passage in enumerate(segment.passages))
    strips = [strip for heading, runs in parts for strip in _strips(heading, runs, in_columns, style)]
    for sides in range(1, MAX_SIDES):
        columns = _columns(style, edges, (sides, sides_before, top.height))
        stood = (evened if len(edges) > 1 or handout.large else pour)(strips, columns)
        if stood is not None:
            return Set(segment, top, parts, stood if len(edges) > 1 else spread(_at_full_height(stood, columns)), sides)
    raise LayoutError(f"the extra page {handout.name} has more than {MAX_SIDES} sides.")


def _at_full_height(stood: Sequence[Stood], columns: Sequence[Column]) -> list[Stood]:
    """Return strips in the columns of their sides, one a side, however high these were while they filled."""
    return [one._replace(column=columns[one.column.page]) for one in stood]


def _edges(style: Style, in_columns: bool, large: bool) -> tuple[float, ...]:
    """Return the left edges of the columns on one side."""
    if large:
        return (style.left,)
    return (style.left, style.middle) if in_columns else (style.left + SIDE_HEAD + GUTTER,)


def _columns(style: Style, edges: Sequence[float], counts: tuple[int, int, float]) -> list[Column]:
    sides, before, head = counts
    columns = []
    for side in range(sides):
        top = _under_running(style) if before + side else TOP
        top += head if side == 0 else 0
        columns += [Column(side, x, top, style.page_bottom) for x in edges]
    return columns


def _under_running(style: Style) -> float:
    """Return where the text begins on a side that has a running line."""
    return RUNNING_TOP + style.running.leading_pt + UNDER_RUNNING


def _part(passage: Passage, room: Room, first: bool, in_columns: bool) -> tuple[Paragraph | None, tuple[Running, ...]]:
    style = room.style
    heading = None
    if passage.heading:
        type_ = style.type(style.size + 2, style.leading + 2, bold=True)
        measure = room.measure if in_columns else SIDE_HEAD
        lines = set_lines([Span(passage.heading)], type_, measure)
        heading = Paragraph(lines, type_, Role.H2)
        heading.keep, heading.elastic, heading.starts = True, not first, "" if first else passage.starts
        heading.space = HEADING_SPACE if in_columns else PASSAGE_SPACE
    return heading, tuple(running(piece, room) for piece in passage.pieces)


def _strips(heading: Paragraph | None, runs: Sequence[Running], in_columns: bool, style: Style) -> list[Strip]:
    """Return the strips of a passage; a heading in the margin stands beside the first of them and takes no room."""
    body = [list(run.strips()) for run in runs]
    strips = [strip for one in body for strip in one]
    if heading is None:
        return strips
    if in_columns:
        gap = [strips[0]._replace(space=3.0), *strips[1:]] if strips else []
        return [*heading.strips(), *gap]
    height = sum(strip.height + strip.space for strip in strips) - strips[0].space if strips else 0.0
    beside = Strip(
        0.0,
        partial(_draw_beside, heading, style),
        heading.space,
        keep=True,
        elastic=heading.elastic,
        starts=heading.starts,
    )
    strips = [strips[0]._replace(space=0.0), *strips[1:]] if strips else []
    lacking = len(heading.lines) * heading.type.leading_pt - height
    if lacking > 0:
        strips[-1] = strips[-1]._replace(keep=True)
        strips.append(Strip(lacking, lambda pen, x, top: None))
    return [beside, *strips]


def _draw_beside(heading: Paragraph, style: Style, pen: Pen, x: float, top: float) -> None:
    """Draw a heading in the margin, its first baseline that of the text beside it."""
    shift = pen.baseline(top, style.body) - pen.baseline(top, heading.type)
    heading.place = (pen.page, top)
    heading.kids += pen.lines(heading.lines, heading.type, style.left, top + shift)


def _draw(set_: Set, style: Style, pen: Pen, opens: bool) -> Laid:
    """Draw a segment whose first side is the pen's; `opens` the extra page, so that its title is the first heading."""
    elements = _draw_top(set_, style, pen, opens)
    for one in set_.stood:
        one.strip.draw(pen.at(pen.page + one.column.page), one.column.x, one.top)
    marks = [Bookmark(set_.segment.subtitle, pen.page, style.height, 1)] if set_.segment.subtitle else []
    for heading, runs in set_.parts:
        kids = [element for run in runs for element in run.elements()]
        if heading is None:
            elements += kids
            continue
        elements.append(Element(Role.SECTION, (*heading.elements(), *kids)))
        page, top = heading.place
        text = "".join(line.text for line in heading.lines)
        marks.append(Bookmark(text, page, style.height - top, 2 if set_.segment.subtitle else 1))
    return Laid(elements, marks, set_.sides)


def _draw_top(set_: Set, style: Style, pen: Pen, opens: bool) -> list[Element]:
    top, elements = set_.top, []
    y = TOP if opens else _under_running(style)
    if top.title:
        words = pen.lines(top.title, top.title_type, style.left, y)
        elements.append(Element(Role.H1 if opens else Role.H2, tuple(words)))
        y += len(top.title) * top.title_type.leading_pt
    if top.lead:
        y += UNDER_TITLE
        elements.append(Element(Role.PARAGRAPH, tuple(pen.lines(top.lead, top.lead_type, style.left, y))))
        y += len(top.lead) * top.lead_type.leading_pt
    if top.subtitle:
        y += UNDER_LEAD if elements else 0
        elements.append(Element(Role.H2, tuple(pen.lines(top.subtitle, style.second, style.left, y))))
    return elements
