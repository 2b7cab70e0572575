"""Paragraphs that begin with a name ("Maya: I will ..."): where they break, and what stands where on the first line.

The words after the name are the same for all households, so only the name is set anew, and the lines are kept for each
way in which the words fall. Knows names and lines, no die.
"""

from collections.abc import Iterator, Sequence
from itertools import accumulate
from typing import NamedTuple

from agreement.batch.texts import Look, Texts
from agreement.pdf.slotted import UnfitError
from agreement.typeset.boxes import GlyphRun
from agreement.typeset.breaks import Widths, most_even
from agreement.typeset.lines import Piece, PlacedRun, Span, Type, set_lines
from agreement.typeset.paragraph import Paragraph, ink_pt, prepared
from agreement.typeset.shape import width
from agreement.typeset.watch import Placing, Setting

_PIECES = 3
"""Of a paragraph: the name, what ends it, and the words after it; and so many runs on the first line."""


class Passage(NamedTuple):
    """A paragraph that begins with a name, in so many lines.

    `close` is the word that ends the name, up to the space after it (": "), and `words` what follows, in `widths`.
    """

    look: Look
    name: Span
    close: Span
    words: Span
    type_: Type
    measure_pt: float
    widths: Widths
    line_count: int


class Part(NamedTuple):
    """What stands in a slot of the die: on which line of a passage, at which place, and where that line begins."""

    passage: Passage
    number: int
    line: int
    place: int
    x: float
    y: float


class Passages:
    """The passages of one shape."""

    def __init__(self) -> None:
        self._asked: dict[Passage, None] = {}
        self.parts: list[Part] = []
        self._known: dict[tuple[Passage, tuple[int, ...]], _Lines] = {}

    def ask(self, passage: Passage) -> None:
        """Take a passage that layout asked about."""
        self._asked[passage] = None

    def place(self, passage: Passage, placing: Placing, line: int, first: int) -> range:
        """Take a line of a passage that was placed; return the slots of its runs, from `first` on."""
        _, x, y = placing.at
        self.parts += [Part(passage, first + place, line, place, x, y) for place in range(len(placing.boxes))]
        return range(first, first + len(placing.boxes))

    def letters(self) -> str:
        """Return all letters of the words in slots."""
        return "".join(part.passage.close.text + part.passage.words.text for part in self.parts if not part.line)

    def hold(self, texts: Texts) -> bool:
        """Tell whether all passages take as many lines with the names of another household."""
        return all(len(_ends(passage, texts)) == passage.line_count for passage in self._asked)

    def drawn(self, texts: Texts) -> Iterator[tuple[int, GlyphRun, float, float]]:
        """Yield each slot with its run, and from where that is drawn for a household."""
        for passage, number, line, place, x, y in self.parts:
            row, em_pt = texts.row(passage.look), passage.type_.size_pt / 1000
            if not line and not place:
                yield number, row.run, x, y
            else:
                run, after = self._lines(passage, texts)[line][place]
                yield number, run, x + (after if line else row.wide * em_pt + after), y

    def _lines(self, passage: Passage, texts: Texts) -> "_Lines":
        key = passage, _ends(passage, texts)
        if key not in self._known:
            name = passage.name._replace(text=texts.texts[passage.look.slot])
            self._known[key] = _set([name, passage.close, passage.words], passage)
        return self._known[key]


_Lines = tuple[tuple[tuple[GlyphRun, float], ...], ...]
"""The runs of each line, and how far from the name's end they begin, or from where a line without the name does."""


def passage_of(setting: Setting, look: Look) -> Passage:
    """Return what was asked about a paragraph whose first piece is a name.

    Raises UnfitError for one of which we cannot tell how it is set with another name.
    """
    type_, measure_pt = setting.type_, setting.measure_pt
    whole = prepared(setting.pieces, type_.stack, type_.bold, type_.lang, type_.direction)
    if not setting.balanced or whole.base or len(setting.pieces) != _PIECES or not _are_plain(setting.pieces[1:]):
        raise UnfitError("a name among other words")
    name, close, words = setting.pieces
    begun = len(_begun(name, close, type_).words)
    widths = Widths(
        tuple(ink_pt(word, whole.pieces, type_, measure_pt) for word in whole.words[begun:]),
        tuple(word.space * type_.size_pt / 1000 for word in whole.words[begun:]),
        reluctant=frozenset(place - begun for place in whole.reluctant if place >= begun),
    )
    passage = Passage(look, name, close, words, type_, measure_pt, widths, len(setting.lines))
    if [len(line) for line in _set(setting.pieces, passage)] != [_PIECES, *[1] * (len(setting.lines) - 1)]:
        raise UnfitError("a name in several faces, or on a line of its own")
    return passage


def _are_plain(pieces: Sequence[Piece]) -> bool:
    """Tell whether there is a word that ends a name, with a space after it, and then words without a blank."""
    close, words = pieces
    if not (isinstance(close, Span) and isinstance(words, Span)) or words.underline:
        return False
    return close.text.find(" ") == len(close.text) - 1


def _set(pieces: Sequence[Piece], passage: Passage) -> _Lines:
    lines = set_lines(pieces, passage.type_, passage.measure_pt)
    first, *others = [[part for part in line.parts if isinstance(part, PlacedRun)] for line in lines]
    name, *after_it = [part.run for part in first]
    # Widths added up as layout does: a difference of places would at times be rounded to another hundredth.
    em_pt = passage.type_.size_pt / 1000
    afters = accumulate((width([run]) * em_pt for run in after_it), initial=0.0)
    begun = ((name, 0.0), *zip(after_it, afters, strict=False))
    return begun, *(tuple((part.run, part.x_pt) for part in line) for line in others)


def _ends(passage: Passage, texts: Texts) -> tuple[int, ...]:
    """Return the numbers of words after the name up to each line's end; none where the name fills the first line."""
    found = texts.ends.get(passage)
    if found is None:
        found = texts.ends[passage] = _ends_of(passage, texts.texts[passage.look.slot])
    return found


def _ends_of(passage: Passage, name: str) -> tuple[int, ...]:
    type_, after = passage.type_, passage.widths
    before = _begun(passage.name._replace(text=name), passage.close, type_)
    begun, em_pt = len(before.words), type_.size_pt / 1000
    words = [word.ink * em_pt for word in before.words]
    if max(words) > passage.measure_pt:
        return ()
    widths = Widths(
        [*words, *after.words],
        [*(word.space * em_pt for word in before.words), *after.spaces],
        reluctant=frozenset(place + begun for place in after.reluctant) | before.reluctant,
    )
    ends = most_even(widths, passage.measure_pt)
    return tuple(end - begun for end in ends) if ends[0] > begun else ()


def _begun(name: Span, close: Span, type_: Type) -> Paragraph:
    return prepared((name, close), type_.stack, type_.bold, type_.lang, type_.direction)
