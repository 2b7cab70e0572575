"""The names of one household set as lines, and what layout asked about them.

This module knows names and lines, and no die.
"""

import re
from functools import cache, lru_cache
from typing import NamedTuple

from agreement.batch.slots import FAMILY, TITLED, Slot
from agreement.compose.agreement import titled
from agreement.pdf.slotted import EUROPE, LETTERS, UnfitError
from agreement.typeset.boxes import GlyphRun
from agreement.typeset.fonts import Stack, face, key_of
from agreement.typeset.lines import Line, PlacedRun, Span, Type, fit_one_line, set_lines
from agreement.typeset.pairs import run_of_words

ANY_PT = 1e9
_WORD = re.compile("[^ ]+ ?")
_WHOLE = (LETTERS | EUROPE) - frozenset("-\u00a0\u00ad")
"""Letters of names that break at their spaces alone."""


class Look(NamedTuple):
    """How a name is written, at any size."""

    slot: Slot
    bold: bool
    stack: Stack
    lang: str


class Question(NamedTuple):
    """What layout asked about a name, and the answer: how many lines it takes, 0 for more than the one asked for."""

    look: Look
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
    """Between which widths a name has the same answers, in thousandths of the type size."""

    look: Look
    over: float
    most: float


class Row(NamedTuple):
    """A name on one line, in thousandths of the type size: what layout adds up, so that all is rounded alike."""

    wide: float
    run: GlyphRun


def look_of(slot: Slot, span: Span, type_: Type) -> Look:
    """Return what is the same for a name at all sizes: one object for all that are equal."""
    return _one_look(slot, span.bold or type_.bold, type_.stack, span.lang or type_.lang)


_one_look = cache(Look)


@lru_cache(maxsize=4096)
def _row_of(text: str, bold: bool, stack: Stack, lang: str) -> Row:
    """Set a name on one line; the same names come again and again in a roster."""
    key = key_of(stack[0], bold)
    words = _WORD.findall(text)
    if not (_whole(key).issuperset(text) and "".join(words) == text and text[-1] != " "):
        return _row_by_layout(text, bold, stack, lang)
    found = run_of_words(words, key, lang)
    return Row(found[1], found[0]) if found else _row_by_layout(text, bold, stack, lang)


@lru_cache
def _whole(key: str) -> frozenset[str]:
    return frozenset(filter(face(key).covers, _WHOLE))


def _row_by_layout(text: str, bold: bool, stack: Stack, lang: str) -> Row:
    line = fit_one_line([Span(text, bold, lang, isolate=True)], Type(stack, 1000.0, 1000.0, bold, lang), ANY_PT)
    assert line is not None, "anything fits"
    return Row(line.width_pt, _only_run(line))


def _only_run(line: Line) -> GlyphRun:
    """Return the run of a line. Raises UnfitError for several, or one that does not begin where the line does."""
    if len(line.parts) != 1 or not isinstance(line.parts[0], PlacedRun) or line.parts[0].x_pt:
        raise UnfitError(line.text)
    return line.parts[0].run


class Texts:
    """The names of one household, set as they are asked for."""

    def __init__(self, texts: dict[Slot, str]) -> None:
        self.texts = texts
        self._rows: dict[int, Row] = {}
        self._lines: dict[tuple[Look, Type, float], tuple[Line, ...]] = {}
        self.ends: dict[object, tuple[int, ...]] = {}
        """Where paragraphs that begin with a name break, for who asks again."""

    def row(self, look: Look) -> Row:
        """Return a name on one line. Raises UnfitError for one that is not of one run."""
        found = self._rows.get(id(look))
        if found is None:
            slot, *how = look
            found = self._rows[id(look)] = _row_of(self._text(slot), *how)
        return found

    def _text(self, slot: Slot) -> str:
        if slot[0] == TITLED:
            return titled(str(slot[1]), self.texts[FAMILY])
        return self.texts[slot]

    def lines(self, question: Question) -> tuple[Line, ...]:
        """Return a name that takes several lines."""
        key = (question.look, question.type_, question.measure_pt)
        found = self._lines.get(key)
        if found is None:
            span = question.span._replace(text=self._text(question.look.slot))
            found = self._lines[key] = set_lines([span], question.type_, question.measure_pt)
        return found

    def width_pt(self, question: Question) -> float:
        """Return the width of a name that takes one line."""
        return self.row(question.look).wide * question.type_.size_pt / 1000

    def placed(self, spot: Spot) -> tuple[GlyphRun, float, float]:
        """Return the run of a line of a name, and from where it is drawn."""
        question, _, _, (_, x, y), middle = spot
        if question.line_count == 1:
            run = self.row(question.look).run
            return run, x if middle is None else middle - self.width_pt(question) / 2, y
        line = self.lines(question)[spot.line]
        return _only_run(line), x if middle is None else middle - line.width_pt / 2, y
