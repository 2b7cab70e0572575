"""Painting with slots: pages in which lines of names are left out, and those lines by themselves.

Knows operators and faces, and nothing of files.
"""

from collections.abc import Mapping

from agreement.pdf.embed import Embedded, Faces, Letters
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
        self._known = {key: frozenset(embedded.letters.shown) for key, embedded in self._used.items()}

    def letters_of(self, run: GlyphRun) -> Letters:
        """Return the font of letters for a run that it has all letters of. Raises UnfitError for any other."""
        embedded = self[run.face]
        if not embedded.letters.takes(run) or not self._known[run.face].issuperset(run.text):
            raise UnfitError(run.text)
        return embedded.letters


class SlotPainter(Painter):
    """Leaves slots where the boxes of `slots` would stand; -1 stands for a box that its neighbour's slot draws.

    Ink and font are set before the slot, as for any box.
    """

    def __init__(self, faces: Faces, inks: Inks, slots: Mapping[int, int]) -> None:
        super().__init__(faces, inks)
        self._slots = slots
        self.langs: dict[int, str] = {}
        self.faces: dict[int, str] = {}

    def _text(self, box: TextBox, lang: str) -> None:
        slot = self._slots.get(id(box))
        if slot is None:
            super()._text(box, lang)
        elif slot >= 0:
            self._set("fill", self._inks.fill_operator(box.ink))
            self._set("font", f"/{self._faces[box.run.face].letters.resource} {number(box.size_pt)} Tf")
            self.operators.append(mark(slot))
            self.langs[slot], self.faces[slot] = lang, box.run.face


class Shown:
    """Runs of names as operators, each worked out once a household."""

    def __init__(self, faces: ShutFaces) -> None:
        self._faces = faces
        self._known: dict[int, tuple[GlyphRun, str]] = {}

    def line(self, run: GlyphRun, x: float, y: float, lang: str) -> bytes:
        """Return what draws a run from (x, y) in a passage of a language. Raises UnfitError for an unknown letter."""
        known = self._known.get(id(run))
        if known is None:
            known = self._known[id(run)] = (run, show(run, self._faces.letters_of(run), 1.0))
        return placed(run, known[1], (x, y), lang).encode("latin-1")

    def forget(self) -> None:
        """Forget the runs of one household before the next."""
        self._known.clear()
