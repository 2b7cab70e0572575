"""What a paragraph is made of, and what is known of it before any measure: its words, shaped, with their directions.

A word is what stands between two places at which a line may break: after spaces, after the hyphen of a hyphenated
word, nowhere else; only a word wider than the measure is cut between grapheme clusters. What does not hang on the type
size is worked out once and kept, because layout asks for the same words at many sizes. Nothing here places anything.
"""

import re
from collections.abc import Sequence
from functools import cache, lru_cache
from typing import NamedTuple

from agreement.typeset import bidi
from agreement.typeset.breaks import FIT
from agreement.typeset.cover import faces_of
from agreement.typeset.fonts import Stack
from agreement.typeset.scripts import likely_language
from agreement.typeset.shape import SPACES, Atom, Hole, base_level, ending_spaces, shape_atom, split

_WORD = re.compile(" *[^ ]+ *| +")
_RARE_SPACES = SPACES - {" "}
_HYPHEN = re.compile(r"(?<=[^\W\d_])[-\u2010](?=[^\W\d_])")
_ADDRESS = re.compile(r"[@/]|\w\.\w")


class Type(NamedTuple):
    """How a paragraph is set. `direction` is "ltr" or "rtl"."""

    stack: Stack
    size_pt: float
    leading_pt: float
    bold: bool = False
    lang: str = ""
    direction: str = "ltr"


class Span(NamedTuple):
    """Text of one style. With a `gap_id` it is what fills a blank.

    An isolated span, and every filled blank, is a whole: it stands in one face if any face has all of it, and keeps its
    own direction to itself. Names want that. `whose` says what the text is, for the
    sentence about a character that no font has ("the name"). `expansion` is what an abbreviation stands for.
    """

    text: str
    bold: bool = False
    lang: str = ""
    underline: bool = False
    gap_id: str = ""
    isolate: bool = False
    whose: str = "the text"
    expansion: str = ""


class Gap(NamedTuple):
    """An empty blank in a line; it never breaks. With `stretch` it fills the rest of its line.

    `label` is what a screen reader says.
    """

    gap_id: str
    min_width_pt: float
    stretch: bool = False
    label: str = ""


Piece = Span | Gap


class Word(NamedTuple):
    """What stands between two breaks. Thousandths of the size: `ink` without and `space` of the spaces that end it.

    `holes` are the places of its gaps among the pieces.
    """

    atoms: tuple[Atom | Hole, ...]
    ink: float
    space: float
    text: str
    holes: tuple[int, ...]


class Row(NamedTuple):
    """What stands on a line at any size: its atoms from left to right.

    With each stand the width of the space in it that ends the line, and its number in reading order.
    """

    text: str
    atoms: tuple[tuple[Atom | Hole, float, int], ...]
    ink: float
    space: float
    holes: tuple[int, ...]


class Paragraph:
    """What is known of pieces at any size; `rows` remembers the lines that were put together, by their words."""

    def __init__(self, pieces: tuple[Piece, ...], base: int, words: list[Word]) -> None:
        self.pieces, self.base, self.words = pieces, base, words
        self.rows: dict[tuple[int, int], Row] = {}
        self.elastic = frozenset(
            place for place, word in enumerate(words) if any(self.stretches(hole) for hole in word.holes)
        )
        self.reluctant = frozenset(place for place, word in enumerate(words) if word.text and not word.space)

    def stretches(self, hole: int) -> bool:
        """Tell whether the gap at this place among the pieces fills its line."""
        piece = self.pieces[hole]
        return isinstance(piece, Gap) and piece.stretch


@lru_cache(maxsize=2048)
def prepared(pieces: tuple[Piece, ...], stack: Stack, bold: bool, lang: str, direction: str) -> Paragraph:
    """Cut the pieces into words, with the direction of each part, and shape them. Raises FontError."""
    text = "".join(piece.text if isinstance(piece, Span) else bidi.OBJECT for piece in pieces)
    base = base_level(direction)
    stretches = _stretches_of(pieces, stack, bold)
    levels = bidi.levels(text, base, _isolates(pieces)) if base or bidi.turns(text) else None
    languages = [piece.lang if isinstance(piece, Span) else "" for piece in pieces]
    word_ends = set(_word_ends(text))
    cuts = word_ends | {end for end, _, _ in stretches}
    if levels:
        cuts |= {place for place in range(1, len(text)) if levels[place] != levels[place - 1]}
        cuts |= {place for place in range(1, len(text)) if text[place] in SPACES and text[place - 1] not in SPACES}
    words: list[Word] = []
    atoms: list[Atom | Hole] = []
    start, stretch = 0, 0
    for end in sorted(cuts):
        while stretches[stretch][0] < end:
            stretch += 1
        _, piece, key = stretches[stretch]
        level = levels[start] if levels else 0
        if not key:
            atoms.append(Hole(level, piece))
        else:
            part = text[start:end]
            spoken = languages[piece] or likely_language(part) or lang
            atoms.append(shape_atom(part, key, spoken, level, piece))
        if end in word_ends:
            words.append(_word(atoms))
            atoms = []
        start = end
    return Paragraph(pieces, base, words)


def _stretches_of(pieces: Sequence[Piece], stack: Stack, bold: bool) -> list[tuple[int, int, str]]:
    """Return (end, place of the piece, face key or "" for a gap) of each stretch of the paragraph's text."""
    found: list[tuple[int, int, str]] = []
    done = 0
    for place, piece in enumerate(pieces):
        if isinstance(piece, Gap):
            found.append((done + 1, place, ""))
            done += 1
            continue
        faces = faces_of(piece.text, stack, bold or piece.bold, piece.whose, piece.isolate or bool(piece.gap_id))
        found += [(done + end, place, key) for end, key in faces]
        done += len(piece.text)
    return found


def _isolates(pieces: Sequence[Piece]) -> list[tuple[int, int]]:
    found: list[tuple[int, int]] = []
    done = 0
    for piece in pieces:
        length = len(piece.text) if isinstance(piece, Span) else 1
        if isinstance(piece, Span) and piece.text and (piece.isolate or piece.gap_id):
            found.append((done, done + length))
        done += length
    return found


@cache
def _any_word() -> "re.Pattern[str]":
    """Return what finds words between all kinds of spaces; to compile it takes as long as to set ten lines."""
    spaces = "".join(sorted(SPACES))
    return re.compile(f"[{spaces}]*[^{spaces}]+[{spaces}]*|[{spaces}]+")


def _word_ends(text: str) -> list[int]:
    ends: list[int] = []
    words = _WORD if _RARE_SPACES.isdisjoint(text) else _any_word()
    for word in words.finditer(text):
        if not _ADDRESS.search(word[0]):
            ends += [word.start() + hyphen.end() for hyphen in _HYPHEN.finditer(word[0])]
        ends.append(word.end())
    return ends


def _word(atoms: Sequence[Atom | Hole]) -> Word:
    shaped = [atom for atom in atoms if isinstance(atom, Atom)]
    if len(shaped) == len(atoms) == 1:
        (only,) = shaped
        return Word((only,), only.wide - only.space, only.space, only.run.text, ())
    space = sum(ending_spaces(atoms))
    ink = sum(atom.wide for atom in shaped) - space
    holes = tuple(atom.piece for atom in atoms if isinstance(atom, Hole))
    return Word(tuple(atoms), ink, space, "".join(atom.run.text for atom in shaped), holes)


def gap_pt(piece: Piece, measure_pt: float) -> float:
    """Return the least width of a gap: never more than the measure."""
    return min(piece.min_width_pt, measure_pt) if isinstance(piece, Gap) else 0.0


def ink_pt(word: Word, pieces: Sequence[Piece], type_: Type, measure_pt: float) -> float:
    """Return the width of a word without the spaces that end it; a gap in it has its least width."""
    ink = word.ink * type_.size_pt / 1000
    return ink + sum(gap_pt(pieces[place], measure_pt) for place in word.holes) if word.holes else ink


def narrowed(paragraph: Paragraph, type_: Type, measure_pt: float) -> list[Word]:
    """Cut each word that is wider than the measure between its clusters."""
    words: list[Word] = []
    for word in paragraph.words:
        if ink_pt(word, paragraph.pieces, type_, measure_pt) <= measure_pt + FIT:
            words.append(word)
            continue
        gathered: list[Atom | Hole] = []
        filled_pt = 0.0
        for part in (part for atom in word.atoms for part in (split(atom) if isinstance(atom, Atom) else [atom])):
            if isinstance(part, Atom):
                part_pt = part.wide * type_.size_pt / 1000
            else:
                part_pt = gap_pt(paragraph.pieces[part.piece], measure_pt)
            if gathered and filled_pt + part_pt > measure_pt:
                words.append(_word(gathered))
                gathered, filled_pt = [], 0.0
            gathered.append(part)
            filled_pt += part_pt
        words.append(_word(gathered))
    return words
