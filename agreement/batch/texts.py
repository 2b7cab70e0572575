"""The names of one household set as lines, and what layout asked about them.

This module knows names and lines, and no die.
"""

from functools import lru_cache
from typing import Any, NamedTuple

from agreement.batch.slots import Slot
from agreement.typeset.boxes import GlyphRun, TextBox
from agreement.typeset.lines import Line, PlacedRun, Span, Type, fit_one_line, set_lines

ANY_PT = 1e9


class Question(NamedTuple):
    """What layout asked about a name, and the answer: how many lines it takes, 0 for more than the one asked for."""

    slot: Slot
    span: Span
    type_: Type
    measure_pt: float
    line_count: int


class Spot(NamedTuple):
    """Where a line of a name stands, and its slot in the die."""

    question: Question
    line: int
    number: int
    at: tuple[int, float, float]
    middle: float | None


class Limit(NamedTuple):
    """Between which widths a name has the same answers, in type sizes."""

    slot: Slot
    span: Span
    type_: Type
    over: float
    most: float


class _Row(NamedTuple):
    """A name on one line at a size of one point: its width, and each run with its place."""

    width: float
    runs: tuple[tuple[float, GlyphRun], ...]


@lru_cache(maxsize=4096)
def _row_of(span: Span, type_: Type) -> _Row:
    """Set a name on one line; the same names come again and again in a roster."""
    line = fit_one_line([span], type_, ANY_PT)
    assert line is not None, "anything fits"
    return _Row(line.width_pt, tuple((part.x_pt, part.run) for part in _in_order(line)))


class Texts:
    """The names of one household, set as they are asked for."""

    def __init__(self, texts: dict[Slot, str]) -> None:
        self.texts = texts
        self._rows: dict[tuple[Any, ...], _Row] = {}
        self._lines: dict[tuple[Any, ...], tuple[Line, ...]] = {}

    def row(self, slot: Slot, span: Span, type_: Type) -> _Row:
        """Return a name on one line."""
        bold = span.bold or type_.bold
        key = (slot, bold, type_.stack)
        found = self._rows.get(key)
        if found is None:
            one = span._replace(text=self.texts[slot], whose="", gap_id="")
            found = self._rows[key] = _row_of(one, type_._replace(size_pt=1.0, leading_pt=1.0))
        return found

    def lines(self, question: Question) -> tuple[Line, ...]:
        """Return a name that takes several lines."""
        key = (question.slot, question.span.bold, question.type_, question.measure_pt)
        found = self._lines.get(key)
        if found is None:
            span = question.span._replace(text=self.texts[question.slot])
            found = self._lines[key] = set_lines([span], question.type_, question.measure_pt)
        return found

    def width_pt(self, question: Question) -> float:
        """Return the width of a name that takes one line."""
        return self.row(question.slot, question.span, question.type_).width * question.type_.size_pt

    def boxes(self, spot: Spot) -> list[TextBox]:
        """Return the runs of a line of a name in its place."""
        question = spot.question
        size_pt = question.type_.size_pt
        page, x, y = spot.at
        if question.line_count == 1:
            row = self.row(question.slot, question.span, question.type_)
            if spot.middle is not None:
                x = spot.middle - row.width * size_pt / 2
            return [TextBox(page, x + place * size_pt, y, size_pt, run) for place, run in row.runs]
        line = self.lines(question)[spot.line]
        if spot.middle is not None:
            x = spot.middle - line.width_pt / 2
        return [TextBox(page, x + part.x_pt, y, size_pt, part.run) for part in _in_order(line)]


def _in_order(line: Line) -> list[PlacedRun]:
    runs = [part for part in line.parts if isinstance(part, PlacedRun)]
    return sorted(runs, key=lambda part: part.order) if len(runs) > 1 else runs
