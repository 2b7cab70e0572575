"""Paragraph setting: pieces of text and blanks in, lines of placed runs out.

x is counted from the left end of the line; the parts of a line go from left to right, whatever way its words run.
Nothing here knows about pages, styles of the sheet or PDF.
"""

from collections.abc import Iterator, Sequence
from itertools import pairwise
from typing import NamedTuple

from agreement.typeset import bidi
from agreement.typeset.boxes import GlyphRun
from agreement.typeset.breaks import FIT, Widths, first_fit, most_even
from agreement.typeset.paragraph import (
    Gap,
    Paragraph,
    Piece,
    Row,
    Span,
    Type,
    Word,
    gap_pt,
    ink_pt,
    narrowed,
    prepared,
)
from agreement.typeset.shape import Atom, Hole, ending_spaces, is_blank, join_atoms, turned
from agreement.typeset.watch import Setting, current

__all__ = ["Gap", "Line", "Piece", "PlacedGap", "PlacedRun", "Span", "Type", "fit_one_line", "set_lines"]


class PlacedRun(NamedTuple):
    """A run from `x_pt`, the one of number `order` in reading order on its line.

    Its ink, without the space that ends the line, goes from `left_pt` over `width_pt`.
    """

    x_pt: float
    run: GlyphRun
    bold: bool
    lang: str
    underline: bool
    gap_id: str
    left_pt: float
    width_pt: float
    order: int
    expansion: str = ""


class PlacedGap(NamedTuple):
    """An empty blank on its line."""

    x_pt: float
    width_pt: float
    gap_id: str
    label: str
    order: int


class Line(NamedTuple):
    """A set line. `text` is in logical order with the space that ended the line; `width_pt` is without that space.

    `parts` go from left to right.
    """

    width_pt: float
    text: str
    parts: tuple[PlacedRun | PlacedGap, ...]


def set_lines(pieces: Sequence[Piece], type_: Type, measure_pt: float, balanced: bool = True) -> tuple[Line, ...]:
    """Set pieces as lines of at most `measure_pt`: the fewest, then the most even; `balanced=False` fills each line.

    The texts of the lines joined are the texts of the pieces joined. Only a single cluster wider than the measure
    exceeds it; a gap wider than the measure is as wide as the measure. Raises FontError.
    """
    paragraph = prepared(tuple(pieces), type_.stack, type_.bold, type_.lang, type_.direction)
    words_pt = [ink_pt(word, paragraph.pieces, type_, measure_pt) for word in paragraph.words]
    if words_pt and max(words_pt) > measure_pt + FIT:
        paragraph = Paragraph(paragraph.pieces, paragraph.base, narrowed(paragraph, type_, measure_pt))
        words_pt = [ink_pt(word, paragraph.pieces, type_, measure_pt) for word in paragraph.words]
    em_pt = type_.size_pt / 1000
    spaces_pt = [word.space * em_pt for word in paragraph.words]
    widths = Widths(words_pt, spaces_pt, paragraph.elastic, paragraph.reluctant)
    ends = most_even(widths, measure_pt) if balanced else first_fit(widths, measure_pt)
    lines = tuple(_line(paragraph, words, type_, measure_pt) for words in pairwise([0, *ends]))
    if watch := current():
        watch.settings.append(Setting(tuple(pieces), type_, measure_pt, False, lines, balanced))
    return lines


def fit_one_line(pieces: Sequence[Piece], type_: Type, measure_pt: float) -> Line | None:
    """Set pieces as one line, or return None if it is wider than `measure_pt`."""
    paragraph = prepared(tuple(pieces), type_.stack, type_.bold, type_.lang, type_.direction)
    line = _line(paragraph, (0, len(paragraph.words)), type_, measure_pt)
    fits = line.width_pt <= measure_pt + FIT
    if watch := current():
        watch.settings.append(Setting(tuple(pieces), type_, measure_pt, True, (line,) if fits else ()))
    return line if fits else None


def _line(paragraph: Paragraph, words: tuple[int, int], type_: Type, measure_pt: float) -> Line:
    """Place the words from the first number up to the second on one line."""
    row = paragraph.rows.get(words)
    if row is None:
        row = paragraph.rows[words] = _row(paragraph.words[words[0] : words[1]], paragraph.base)
    width_pt, extra_pt = row.ink * type_.size_pt / 1000, 0.0
    if row.holes:
        width_pt += sum(gap_pt(paragraph.pieces[hole], measure_pt) for hole in row.holes)
        elastic = sum(paragraph.stretches(hole) for hole in row.holes)
        if elastic and width_pt < measure_pt:
            width_pt, extra_pt = measure_pt, (measure_pt - width_pt) / elastic
    return Line(width_pt, row.text, tuple(_placed(row, paragraph, type_, (measure_pt, extra_pt))))


def _placed(
    row: Row, paragraph: Paragraph, type_: Type, room_pt: tuple[float, float]
) -> Iterator[PlacedRun | PlacedGap]:
    """Yield the parts of a line; `room_pt` is the measure and what each stretching gap gets of the rest."""
    em_pt = type_.size_pt / 1000
    rightward = not paragraph.base
    x_pt = 0.0 if rightward else -row.space * em_pt
    for atom, ending, place in row.atoms:
        piece = paragraph.pieces[atom.piece]
        if isinstance(piece, Gap):
            gap_width_pt = gap_pt(piece, room_pt[0]) + (room_pt[1] if piece.stretch else 0.0)
            yield PlacedGap(x_pt, gap_width_pt, piece.gap_id, piece.label, place)
            x_pt += gap_width_pt
        elif isinstance(atom, Atom) and atom.run.glyphs:
            left_pt = x_pt if rightward else x_pt + ending * em_pt
            style = (piece.bold or type_.bold, atom.run.lang, piece.underline, piece.gap_id)
            width_pt = (atom.wide - ending) * em_pt
            yield PlacedRun(x_pt, atom.run, *style, left_pt, width_pt, place, piece.expansion)
            x_pt += atom.wide * em_pt


def _row(words: Sequence[Word], base: int) -> Row:
    """Join and order the atoms of a line; spaces that end it take the paragraph's direction (UAX #9, rule L1)."""
    atoms = [atom for word in words for atom in word.atoms]
    for place in range(len(atoms) - 1, -1, -1):
        atom = atoms[place]
        if isinstance(atom, Hole) or not is_blank(atom.run.text):
            break
        if atom.level != base:
            atoms[place] = turned(atom, base)
    joined = join_atoms(atoms)
    tail = ending_spaces(joined)
    endings = [0.0] * (len(joined) - len(tail)) + tail[::-1]
    space = sum(tail)
    order = bidi.visual_order([atom.level for atom in joined])
    return Row(
        "".join(word.text for word in words),
        tuple((joined[place], endings[place], place) for place in order),
        sum(atom.wide for atom in joined if isinstance(atom, Atom)) - space,
        space,
        tuple(hole for word in words for hole in word.holes),
    )
