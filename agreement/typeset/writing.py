"""Where a family writes: apps and own rules side by side, trusted adults beside what follows a broken promise."""

from collections.abc import Sequence
from functools import partial
from itertools import pairwise
from typing import TypeVar

from agreement.compose.agreement import Agreement, Lines, Sentence, Words
from agreement.typeset.block import Strip
from agreement.typeset.boxes import Element, Role
from agreement.typeset.lines import Line, Span, set_lines
from agreement.typeset.pen import LINE_UNDER, Kid, Pen, entry, pieces_of
from agreement.typeset.promises import HEADING_GAP
from agreement.typeset.reason import set_reason
from agreement.typeset.style import MIN_GAP, Style

SHARES = (1.1, 0.9, 1.0)
"""The widths of the columns of the table of apps."""
CELL_GAP = 8.0
TEXT_OVER_LINE = 2.0
MOST_TOGETHER = 8
"""Lines of one row, or of one rule, that no side's end divides."""
Row = TypeVar("Row", bound=tuple[object, ...])


def heading_lines(text: str, style: Style, measure: float) -> tuple[Line, ...]:
    """Set a heading of side two."""
    return set_lines([Span(text)], style.side_heading, measure)


def write_line(pen: Pen, line: Line | None, at: tuple[float, float, float], name: tuple[str, str]) -> list[Kid]:
    """Draw one line to write on at (x, top of its pitch, width), with what is already written on it, or a field."""
    style = pen.style
    x, top, width = at
    bottom = top + style.write_pitch
    if line is None:
        base = bottom - LINE_UNDER
        return [pen.write_on(x, base, width, name, style.size)]
    pen.rule(x, bottom, width)
    base_offset = pen.baseline(0, style.body)
    return pen.line(line, style.body, x, bottom - TEXT_OVER_LINE - LINE_UNDER - base_offset)


def table_cell(kids: Sequence[Kid], column: int) -> Element:
    """Return a cell of the table of apps; the app that stands first is what the rest of its row is about."""
    return Element(Role.CELL if column else Role.HEADER_CELL, tuple(kids), scope="" if column else "Row")


class AppsAndRules:
    """The table of apps on the left, own rules on the right; their lines meet."""

    def __init__(self, agreement: Agreement, style: Style) -> None:
        self.agreement, self.style = agreement, style
        self.table, self.own = agreement.apps, agreement.own
        unit = (style.column - CELL_GAP * (len(SHARES) - 1)) / sum(SHARES)
        self.widths = [unit * share for share in SHARES]
        self.cells = [self._row(row) for row in _fewer(self.table.rows, style)]
        self.left_lines = [
            (row, line) for row, cells in enumerate(self.cells) for line in range(max(map(len, cells), default=0) or 1)
        ]
        self.right_lines = self._right_lines()
        self.headings = (
            heading_lines(self.table.heading, style, style.column),
            heading_lines(self.own.heading, style, style.column),
        )
        self.headers = [
            set_lines([Span(text)], style.body, width)
            for text, width in zip(self.table.headers, self.widths, strict=True)
        ]
        self.hint = set_lines([Span(self.own.hint)], style.body, style.column)
        self._parts: dict[str, list[Kid]] = {"apps": [], "headers": [], "own": [], "hint": []}
        self._rows: dict[int, list[list[Kid]]] = {}
        self._rules: dict[int, list[Kid]] = {}

    def _row(self, row: tuple[str, ...]) -> list[tuple[Line, ...]]:
        whose = "the table of apps"
        return [
            set_lines([Span(text, isolate=True, whose=whose)], self.style.body, width) if text else ()
            for text, width in zip(row, self.widths, strict=True)
        ]

    def _right_lines(self) -> list[tuple[int, Line | None]]:
        lines: list[tuple[int, Line | None]] = []
        for at, sentence in enumerate(_fewer(self.own.rows, self.style)):
            set_ = set_lines(pieces_of(sentence), self.style.body, self.style.column) if sentence else (None,)
            lines += [(at, line) for line in set_]
        return lines

    @property
    def _count(self) -> int:
        return max(len(self.left_lines), len(self.right_lines))

    def _top_height(self) -> float:
        style = self.style
        headings = max(map(len, self.headings)) * style.side_heading.leading_pt
        return headings + HEADING_GAP + max(len(self.hint), *map(len, self.headers)) * style.leading

    def _starts(self) -> list[int]:
        """Return the lines at which a side may end: where neither a row nor a rule goes on, if it is not too long."""
        starts = [0]
        for at in range(1, self._count):
            sides = (self.left_lines, self.right_lines)
            goes_on = any(at < len(lines) and lines[at][0] == lines[at - 1][0] for lines in sides)
            if not goes_on or at - starts[-1] >= MOST_TOGETHER:
                starts.append(at)
        return starts

    def strips(self) -> tuple[Strip, ...]:
        pitch, starts = self.style.write_pitch, self._starts()
        strips = []
        for start, end in pairwise([*starts, self._count]):
            head = 0.0 if start else self._top_height()
            draw = partial(self._draw, range(start, end), head)
            strips.append(Strip(head + (end - start) * pitch, draw, 0.0 if start else MIN_GAP, elastic=not start))
        return tuple(strips)

    def _draw(self, places: range, head: float, pen: Pen, top: float) -> None:
        if head:
            self._draw_top(pen, top)
        for at in places:
            self._draw_line(at, pen, top + head + (at - places.start) * self.style.write_pitch)

    def _draw_line(self, at: int, pen: Pen, top: float) -> None:
        style = self.style
        if at < len(self.left_lines):
            self._draw_cells(pen, top, *self.left_lines[at])
        number, line = self.right_lines[at] if at < len(self.right_lines) else (at, None)
        name = (f"own.{at + 1}", self.agreement.say("own_label", number=number + 1))
        self._rules.setdefault(number, []).extend(write_line(pen, line, (style.middle, top, style.column), name))

    def _draw_top(self, pen: Pen, top: float) -> None:
        style = self.style
        y = top + max(map(len, self.headings)) * style.side_heading.leading_pt + HEADING_GAP
        self._parts["apps"] += pen.lines(self.headings[0], style.side_heading, style.left, top)
        self._parts["own"] += pen.lines(self.headings[1], style.side_heading, style.middle, top)
        x = style.left
        for header, width in zip(self.headers, self.widths, strict=True):
            self._parts["headers"].append(
                Element(Role.HEADER_CELL, tuple(pen.lines(header, style.body, x, y)), scope="Column")
            )
            x += width + CELL_GAP
        self._parts["hint"] += pen.lines(self.hint, style.body, style.middle, y)

    def _draw_cells(self, pen: Pen, top: float, row: int, line: int) -> None:
        """Draw one line of a row of the table; the rule stands under the row's last line."""
        style, x = self.style, self.style.left
        cells = self._rows.setdefault(row, [[] for _ in self.widths])
        count = max(map(len, self.cells[row]), default=0) or 1
        for column, (lines, width) in enumerate(zip(self.cells[row], self.widths, strict=True)):
            if line < len(lines):
                base_offset = pen.baseline(0, style.body)
                text_top = top + style.write_pitch - TEXT_OVER_LINE - LINE_UNDER - base_offset
                cells[column] += pen.line(lines[line], style.body, x, text_top)
            if line == count - 1 and lines:
                pen.rule(x, top + style.write_pitch, width)
            elif line == count - 1:
                label = self.agreement.say("app_cell_label", header=self.table.headers[column], number=row + 1)
                name = (f"app.{row + 1}.{column + 1}", label)
                cells[column] += write_line(pen, None, (x, top, width), name)
            x += width + CELL_GAP

    def elements(self) -> tuple[Element, ...]:
        parts = self._parts
        rows = [Element(Role.TABLE_ROW, tuple(parts["headers"]))]
        rows += [
            Element(Role.TABLE_ROW, tuple(table_cell(cell, column) for column, cell in enumerate(cells)))
            for cells in self._rows.values()
        ]
        rules = tuple(entry(kids, mark_of(self.own, at)) for at, kids in self._rules.items())
        return (
            Element(Role.SECTION, (Element(Role.H2, tuple(parts["apps"])), Element(Role.TABLE, tuple(rows)))),
            Element(
                Role.SECTION,
                (
                    Element(Role.H2, tuple(parts["own"])),
                    Element(Role.PARAGRAPH, tuple(parts["hint"])),
                    Element(Role.LIST, rules),
                ),
            ),
        )


def mark_of(rules: Lines, at: int) -> Sentence:
    """Return the bold words that say whose rule it is; () for everybody's, and for an empty line."""
    sentence = rules.rows[at] if at < len(rules.rows) else ()
    return tuple(part for part in sentence if isinstance(part, Words) and part.strong)


class TrustAndRepair:
    """Adults to go to on the left; what follows a broken promise, and a line to make it right, on the right."""

    TOO_LONG = "the adults to go to take more than a page. Name fewer of them, or say less of each."

    def __init__(self, agreement: Agreement, style: Style) -> None:
        self.agreement, self.style = agreement, style
        self.trusted = agreement.trusted
        self.headings = (
            heading_lines(agreement.trusted.heading, style, style.column),
            heading_lines(agreement.broken.heading, style, style.column),
        )
        self.left = _written(self.trusted, style)
        self.right = [self._paragraph(term.sentence) for term in agreement.broken.adults]
        self.reasons = [set_reason(term, style, style.column) for term in agreement.broken.adults]
        self._parts: dict[str, list[Kid]] = {"trusted": [], "names": [], "broken": [], "words": []}

    def _paragraph(self, sentence: Sentence) -> tuple[Line, ...]:
        return set_lines(pieces_of(sentence, stretch=True), self.style.body, self.style.column)

    def strips(self) -> tuple[Strip, ...]:
        style = self.style
        left = len(self.left) * style.write_pitch
        right = sum(map(self._right_height, range(len(self.right)))) + 6 * max(0, len(self.right) - 1) + LINE_UNDER
        height = max(self._heading_height(0) + left, self._heading_height(1) + right)
        return (Strip(height, self._draw, MIN_GAP, elastic=True),)

    def _right_height(self, at: int) -> float:
        """Return the height of a paragraph with its reason, which keeps clear of a line to write on."""
        reason = self.reasons[at].height
        return len(self.right[at]) * self.style.leading + (LINE_UNDER + reason if reason else 0.0)

    def _heading_height(self, side: int) -> float:
        return len(self.headings[side]) * self.style.side_heading.leading_pt + HEADING_GAP

    def _draw(self, pen: Pen, top: float) -> None:
        style, parts = self.style, self._parts
        parts["trusted"] += pen.lines(self.headings[0], style.side_heading, style.left, top)
        parts["broken"] += pen.lines(self.headings[1], style.side_heading, style.middle, top)
        y = top + self._heading_height(0)
        for at, line in enumerate(self.left):
            name = (f"trusted.{at + 1}", self.agreement.say("trusted_label", number=at + 1))
            place = (style.left, y + at * style.write_pitch, style.column)
            parts["names"].append(entry(write_line(pen, line, place, name)))
        y = top + self._heading_height(1)
        for at, term in enumerate(self.agreement.broken.adults):
            kids = pen.lines(self.right[at], style.body, style.middle, y, term.clause)
            under = y + len(self.right[at]) * style.leading + LINE_UNDER
            parts["words"] += [
                Element(Role.PARAGRAPH, tuple(kids)),
                *self.reasons[at].elements(pen, style.middle, under),
            ]
            y += self._right_height(at) + 6

    def elements(self) -> tuple[Element, ...]:
        parts = self._parts
        return (
            Element(
                Role.SECTION, (Element(Role.H2, tuple(parts["trusted"])), Element(Role.LIST, tuple(parts["names"])))
            ),
            Element(Role.SECTION, (Element(Role.H2, tuple(parts["broken"])), *parts["words"])),
        )


def _fewer(rows: tuple[Row, ...], style: Style) -> tuple[Row, ...]:
    """Leave out the last empty row where the sheet is tight."""
    return rows[:-1] if style.tight and len(rows) > 1 and not any(rows[-1]) else rows


def _written(lines: Lines, style: Style) -> list[Line | None]:
    """Return every line of a list of written and empty ones, long ones over several."""
    written: list[Line | None] = []
    for sentence in lines.rows:
        written += set_lines(pieces_of(sentence), style.body, style.column) if sentence else [None]
    return written
