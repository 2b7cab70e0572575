"""Painting with slots: pages in which lines of names are left out, and those lines by themselves.

Knows operators and faces, and nothing of files.
"""

from collections.abc import Mapping
from typing import NamedTuple

from agreement.pdf.embed import Embedded, Faces, Letters, Signs
from agreement.pdf.ink import Inks
from agreement.pdf.paint import Painter, placed, show
from agreement.pdf.slotted import UnfitError, mark
from agreement.pdf.syntax import number
from agreement.typeset.boxes import GlyphRun, TextBox


class ShutFaces(Faces):
    """Faces that take no further letter once they are shut."""

    shut = False

    def __getitem__(self, key: str) -> Embedded:
        if self.shut and key not in self._used:
            raise UnfitError(key)
        return super().__getitem__(key)

    def close(self) -> None:
        """Refuse, from now on, every glyph and meaning that the fonts do not have yet."""
        self.shut = True
        self._letters = {key: frozenset(embedded.letters.shown) for key, embedded in self._used.items()}

    def show(self, run: GlyphRun) -> "ShownRun":
        """Show a run at any size. Raises UnfitError for a glyph, or a meaning, that the fonts do not have."""
        embedded = self[run.face]
        if not embedded.letters.takes(run):
            if not embedded.signs.knows(run):
                raise UnfitError(run.text)
            return _signs_of(run, embedded)
        if not self._letters[run.face].issuperset(run.text):
            raise UnfitError(run.text)
        return ShownRun(run, show(run, embedded.letters, 1.0))


class SlotType(NamedTuple):
    """How a slot is written: in a passage of which language, with which face, and how large, as it stands in a file."""

    lang: str
    face: str
    size: str


class SlotPainter(Painter):
    """Leaves slots where the boxes of `slots` would stand; -1 stands for a box that its neighbour's slot draws.

    Ink and font are set before the slot, as for any box.
    """

    def __init__(self, faces: Faces, inks: Inks, slots: Mapping[int, int]) -> None:
        super().__init__(faces, inks)
        self._slots = slots
        self.types: dict[int, SlotType] = {}

    def _text(self, box: TextBox, lang: str) -> None:
        slot = self._slots.get(id(box))
        if slot is None:
            super()._text(box, lang)
        elif slot >= 0:
            self._set("fill", self._inks.fill_operator(box.ink))
            type_ = self.types[slot] = SlotType(lang, box.run.face, number(box.size_pt))
            self._set("font", _font_operator(self._faces[box.run.face].letters, type_))
            self.operators.append(mark(slot))


class ShownRun(NamedTuple):
    """A run as operators that hold at any size.

    `fonts` is empty where the font of letters shows it, which is set before every slot, else the font that does, and
    the one of letters, to go back to.
    """

    run: GlyphRun
    operators: str
    fonts: tuple[Signs | Letters, ...] = ()

    def line(self, at: tuple[float, float], type_: SlotType) -> bytes:
        """Return what draws the run in a slot, from a point."""
        operators = self.operators
        if self.fonts:
            before, after = (_font_operator(font, type_) for font in self.fonts)
            operators = f"{before}\n{operators}\n{after}"
        return placed(self.run, operators, at, type_.lang).encode("latin-1")


def show_plain(run: GlyphRun, embedded: Embedded) -> ShownRun:
    """Show a run at any size. Raises UnfitError for one that a size must be known for, or that runs to the left."""
    if embedded.letters.takes(run):
        return ShownRun(run, show(run, embedded.letters, 1.0))
    return _signs_of(run, embedded)


def _signs_of(run: GlyphRun, embedded: Embedded) -> ShownRun:
    if run.right_to_left or any(glyph.dy or not glyph.text for glyph in run.glyphs):
        raise UnfitError(run.text)
    return ShownRun(run, show(run, embedded.signs, 1.0), (embedded.signs, embedded.letters))


def _font_operator(font: Letters | Signs, type_: SlotType) -> str:
    return f"/{font.resource} {type_.size} Tf"


class Shown:
    """Runs of names as operators, each worked out once a household."""

    def __init__(self, faces: ShutFaces) -> None:
        self._faces = faces
        self._known: dict[int, ShownRun] = {}

    def line(self, run: GlyphRun, at: tuple[float, float], type_: SlotType) -> bytes:
        """Return what draws a run from a point in a slot. Raises UnfitError for an unknown letter."""
        known = self._known.get(id(run))
        if known is None:
            known = self._known[id(run)] = self._faces.show(run)
        return known.line(at, type_)

    def forget(self) -> None:
        """Forget the runs of one household before the next."""
        self._known.clear()
