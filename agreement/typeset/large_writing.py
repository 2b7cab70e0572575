"""Large print, what is written on: the table of apps, lines, and signatures, each over the full width."""

from collections.abc import Sequence
from functools import partial
from typing import TypeVar

from agreement.compose.agreement import Agreement, Lines, Person
from agreement.typeset.block import Strip
from agreement.typeset.boxes import Element, Role
from agreement.typeset.closing import DATE_WIDTH, EMPTY_LINES, REVIEW_LINE, SIGN_GAP, joined
from agreement.typeset.large_text import SIDES, Column
from agreement.typeset.lines import Line, Span, set_lines
from agreement.typeset.pen import LINE_UNDER, Kid, Pen, dated, entry, labelled
from agreement.typeset.promises import UNDER_GAP
from agreement.typeset.reason import set_reasons
from agreement.typeset.style import Style
from agreement.typeset.writing import CELL_GAP, SHARES, mark_of, table_cell, write_line

LARGE_DATE = DATE_WIDTH * 1.6
DATE_GAP = 6.0
NAME_SHARE = 0.28
"""Names take so much of the measure, long ones on several lines: every line to sign begins at the same place."""
ROOM_TO_SIGN, SIGN_SPACE = 4.0, 2.0
MOST_ROWS = 3
Row = TypeVar("Row", bound=tuple[object, ...])


def _fewer(rows: tuple[Row, ...], style: Style) -> tuple[Row, ...]:
    """Leave out the last row where it is empty and there are several more: large print needs the room."""
    most = MOST_ROWS - 1 if style.tight else MOST_ROWS
    while len(rows) > most and not any(rows[-1]):
        rows = rows[:-1]
    return rows


class LargeApps(Column):
    """The table of apps over the full width."""

    TOO_LONG = "one row of the table of apps takes more than a page. Shorten it."

    def __init__(self, agreement: Agreement, style: Style) -> None:
        super().__init__(agreement.apps.heading, agreement, style)
        unit = (style.measure - CELL_GAP * (len(SHARES) - 1)) / sum(SHARES)
        self.widths = [unit * share for share in SHARES]
        self.filled = _fewer(agreement.apps.rows, style)
        self._rows: list[Element] = []

    def rows(self) -> list[Strip]:
        headers = self._cells(self.agreement.apps.headers)
        height = max(map(self._height, headers))
        first = Strip(height, partial(self._draw_headers, headers))
        rows = [Strip(self._row_height(row), partial(self._draw_row, at, row)) for at, row in enumerate(self.filled)]
        opening = Strip(first.height + rows[0].height, partial(self._draw_opening, first, rows[0]))
        return [opening, *rows[1:]]

    def _cells(self, row: Sequence[str]) -> list[tuple[Line, ...]]:
        return [
            set_lines([Span(text, isolate=True, whose="the table of apps")], self.style.body, width) if text else ()
            for text, width in zip(row, self.widths, strict=True)
        ]

    def _row_height(self, row: Sequence[str]) -> float:
        return max(self.style.write_pitch, max(map(self._height, self._cells(row))) + UNDER_GAP)

    def _draw_opening(self, headers: Strip, first: Strip, pen: Pen, top: float) -> None:
        headers.draw(pen, top)
        first.draw(pen, top + headers.height)

    def _draw_headers(self, headers: Sequence[tuple[Line, ...]], pen: Pen, top: float) -> None:
        cells, x = [], self.style.left
        for lines, width in zip(headers, self.widths, strict=True):
            kids = pen.lines(lines, self.style.body, x, top)
            cells.append(Element(Role.HEADER_CELL, tuple(kids), scope="Column"))
            x += width + CELL_GAP
        self._rows.append(Element(Role.TABLE_ROW, tuple(cells)))

    def _draw_row(self, at: int, row: Sequence[str], pen: Pen, top: float) -> None:
        style, say, table = self.style, self.agreement.say, self.agreement.apps
        bottom, cells, x = top + self._row_height(row), [], self.style.left
        for column, (lines, width) in enumerate(zip(self._cells(row), self.widths, strict=True)):
            if lines:
                pen.rule(x, bottom, width)
                kids = pen.lines(lines, style.body, x, bottom - UNDER_GAP - self._height(lines))
            else:
                label = say("app_cell_label", header=table.headers[column], number=at + 1)
                place = (x, bottom - style.write_pitch, width)
                kids = write_line(pen, None, place, (f"app.{at + 1}.{column + 1}", label))
            cells.append(table_cell(kids, column))
            x += width + CELL_GAP
        self._rows.append(Element(Role.TABLE_ROW, tuple(cells)))

    def body(self) -> tuple[Element, ...]:
        return (Element(Role.TABLE, tuple(self._rows)),)


class LargeWritten(Column):
    """Lines that are written, and lines to write on."""

    TOO_LONG = "one line of your own rules or of the adults to go to takes more than a page. Shorten it."

    def __init__(self, lines: Lines, key: str, agreement: Agreement, style: Style) -> None:
        super().__init__(lines.heading, agreement, style)
        self.lines, self.key = lines, key
        self.hint = set_lines([Span(lines.hint)], style.body, style.measure) if lines.hint else ()
        self._hint: list[Kid] = []
        self._entries: list[Element] = []

    def rows(self) -> list[Strip]:
        rows: list[Strip] = []
        for at, sentence in enumerate(_fewer(self.lines.rows, self.style)):
            written = self._set(sentence, self.style.measure) if sentence else (None,)
            height = len(written) * self.style.write_pitch + (self._height(self.hint) if at == 0 else 0)
            rows.append(Strip(height, partial(self._draw, at, written)))
        return rows

    def _draw(self, at: int, written: Sequence[Line | None], pen: Pen, top: float) -> None:
        style = self.style
        if at == 0 and self.hint:
            self._hint += pen.lines(self.hint, style.body, style.left, top)
            top += self._height(self.hint)
        kids: list[Kid] = []
        name = (f"{self.key}.{at + 1}", self.agreement.say(f"{self.key}_label", number=at + 1))
        for row, line in enumerate(written):
            kids += write_line(pen, line, (style.left, top + row * style.write_pitch, style.measure), name)
        self._entries.append(entry(kids, mark_of(self.lines, at)))

    def body(self) -> tuple[Element, ...]:
        hint = (Element(Role.PARAGRAPH, tuple(self._hint)),) if self._hint else ()
        return (*hint, Element(Role.LIST, tuple(self._entries)))


class LargeSignatures(Column):
    """A name, a line to sign and one for the date for every member; without names, lines under whose they are."""

    TOO_LONG = "one name takes more than a page. Shorten it."

    def __init__(self, agreement: Agreement, style: Style) -> None:
        super().__init__(agreement.signing.heading, agreement, style)
        sentence = joined([term.sentence for term in agreement.signing.adults])
        self.sentence = set_lines(dated(sentence, REVIEW_LINE), style.body, style.measure)
        self.reason = set_reasons([term.why for term in agreement.signing.adults], style, style.measure)
        self.date = set_lines([Span(agreement.say("date"))], style.body, LARGE_DATE)
        self._sentence: list[Kid] = []
        self._reason: tuple[Element, ...] = ()
        self._entries: list[list[Element]] = [[], []]

    def rows(self) -> list[Strip]:
        rows: list[Strip] = []
        for side, people in enumerate((self.agreement.children, self.agreement.adults)):
            for at in range(len(people) or EMPTY_LINES):
                person = people[at] if people else None
                first = self._height(self.sentence) + self.reason.height if not rows else 0.0
                name = self._name(side, person) if person or at == 0 else ()
                over = self._height(name) if not person else 0.0
                row = max(self.style.write_pitch + ROOM_TO_SIGN, self._height(name) if person else 0.0)
                rows.append(Strip(first + over + row, partial(self._draw, (side, at), person, name), SIGN_SPACE))
        return rows

    def _name(self, side: int, person: Person | None) -> tuple[Line, ...]:
        """Set a name that stands before its line, or whose the lines below it are."""
        if not person:
            return set_lines([Span(self.agreement.say(SIDES[side]), bold=True)], self.style.body, self.style.measure)
        span = Span(person.name, isolate=True, whose="the name")
        return set_lines([span], self.style.body, NAME_SHARE * self.style.measure - SIGN_GAP)

    def _draw(self, place: tuple[int, int], person: Person | None, name: Sequence[Line], pen: Pen, top: float) -> None:
        style, say, type_ = self.style, self.agreement.say, self.style.body
        side, at = place
        if place == (0, 0):
            self._sentence += pen.lines(self.sentence, type_, style.left, top, "again")
            self._reason = self.reason.elements(pen, style.left, top + self._height(self.sentence))
            top += self._height(self.sentence) + self.reason.height
        who = person.name if person else say(("child_number", "adult_number")[side], number=at + 1)
        words: list[Kid] = []
        left = style.left
        if person:
            base = top + max(style.write_pitch + ROOM_TO_SIGN, self._height(name)) - LINE_UNDER
            words = pen.lines(name, type_, left, self._top_of_last(pen, base) - self._height(name[1:]))
            left += NAME_SHARE * style.measure
        else:
            pen.furnish(pen.lines(name, type_, left, top))
            base = top + self._height(name) + style.write_pitch + ROOM_TO_SIGN - LINE_UNDER
        date_left = style.right - LARGE_DATE
        date_said = date_left - DATE_GAP - self.date[0].width_pt
        pen.furnish(pen.line(self.date[0], type_, date_said, self._top_of_last(pen, base)))
        signature = (f"sign.{side}.{at}", say("signature_of", name=who))
        date = (f"sign.{side}.{at}.date", say("signature_date_of", name=who))
        sign = pen.write_on(left, base, date_said - SIGN_GAP - left, signature, style.size)
        self._entries[side].append(labelled(words, [sign, pen.write_on(date_left, base, LARGE_DATE, date, style.size)]))

    def _top_of_last(self, pen: Pen, base: float) -> float:
        """Return where a line of words begins that stands on this baseline."""
        return base - pen.baseline(0, self.style.body)

    def body(self) -> tuple[Element, ...]:
        lists = (Element(Role.LIST, tuple(entries)) for entries in self._entries if entries)
        return (Element(Role.PARAGRAPH, tuple(self._sentence)), *self._reason, *lists)
