"""Painting with slots: pages in which lines are left out, and those lines by themselves.

Knows operators and faces, and nothing of files.
"""

from collections.abc import Mapping, Sequence

from agreement.pdf.embed import Embedded, Faces
from agreement.pdf.ink import Inks
from agreement.pdf.paint import Painter, show
from agreement.pdf.slotted import UnfitError, mark
from agreement.pdf.syntax import number, numbers, text_string
from agreement.typeset.boxes import GlyphRun, TextBox


class ShutFaces(Faces):
    """Faces that take no further letter once they are shut."""

    shut = False

    def __getitem__(self, key: str) -> Embedded:
        if self.shut and key not in self._used:
            raise UnfitError(key)
        return super().__getitem__(key)

    def close(self) -> None:
        """Refuse, from now on, every glyph and meaning that has no code yet."""
        self.shut = True
        for embedded in self._used.values():
            known = embedded._codes

            def code(
                gid: int, text: str, known: Mapping[tuple[int, str], tuple[str, float]] = known
            ) -> tuple[str, float]:
                try:
                    return known[gid, text]
                except KeyError:
                    raise UnfitError(text) from None

            embedded.code = code  # type: ignore[method-assign]


class SlotPainter(Painter):
    """Leaves slots where the boxes of `slots` would stand; -1 stands for a box that its neighbour's slot draws."""

    def __init__(self, faces: Faces, inks: Inks, slots: Mapping[int, int]) -> None:
        super().__init__(faces, inks)
        self._slots = slots
        self.langs: dict[int, str] = {}

    def _text(self, box: TextBox, lang: str) -> None:
        slot = self._slots.get(id(box))
        if slot is None:
            super()._text(box, lang)
            return
        if slot >= 0:
            self.langs[slot] = lang
            self.operators.append(mark(slot))
        self._state = {}


class OneLine(Painter):
    """Paints the boxes of a slot, setting everything that they need."""

    def __init__(self, faces: Faces, inks: Inks) -> None:
        super().__init__(faces, inks)
        self._shown: dict[int, tuple[GlyphRun, str]] = {}

    def line(self, boxes: Sequence[TextBox], lang: str) -> bytes:
        """Return the operators of boxes that stand on one line."""
        if len(boxes) == 1:
            (box,) = boxes
            face = self._faces[box.run.face]
            shown = self._level(box.run, face) or show(box.run, face, box.size_pt)
            if lang and box.run.lang not in ("", lang):
                shown = f"/Span<</Lang{text_string(box.run.lang)}>>BDC\n{shown}\nEMC"
            fill = self._inks.fill_operator(box.ink)
            font = f"/{face.resource} {number(box.size_pt)} Tf"
            return f"{fill}\n{font}\n1 0 0 1 {numbers(box.x, box.y)} Tm\n{shown}".encode("latin-1")
        self.operators, self._state = [], {}
        for box in boxes:
            if box.run.glyphs:
                self._text(box, lang)
        return "\n".join(self.operators).encode("latin-1")

    def _level(self, run: GlyphRun, face: Embedded) -> str:
        """Return what shows a run that stands on its baseline, which is the same at every size; "" for any other."""
        known = self._shown.get(id(run))
        if known is None:
            level = not any(glyph.dy for glyph in run.glyphs)
            known = self._shown[id(run)] = (run, show(run, face, 1.0) if level else "")
        return known[1]

    def forget(self) -> None:
        """Forget the runs of one household before the next."""
        self._shown.clear()
