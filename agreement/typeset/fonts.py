"""The faces that we embed: their files, their measures, and which characters each can draw.

Lengths are thousandths of the type size, as PDF and boxes.py count them, whatever units the file itself uses.
A file is opened when a character first needs it. Nothing here knows about lines, pages or PDF.
"""

import struct
from functools import cache, cached_property
from pathlib import Path
from typing import Any
from unicodedata import category

from agreement.errors import FontError
from agreement.place import folder

Stack = tuple[str, ...]
"""Families in the order in which they are asked for a character."""

ATKINSON: Stack = ("atkinson", "andika", "noto-sans", "naskh")
ANDIKA: Stack = ("andika", "noto-sans", "naskh")

FILES = {
    "atkinson-regular": "atkinson/AtkinsonHyperlegibleNext-Regular.ttf",
    "atkinson-bold": "atkinson/AtkinsonHyperlegibleNext-Bold.ttf",
    "andika-regular": "andika/Andika-Regular.ttf",
    "andika-bold": "andika/Andika-Bold.ttf",
    "noto-sans-regular": "noto-sans/NotoSans-Regular.ttf",
    "noto-sans-bold": "noto-sans/NotoSans-Bold.ttf",
    "naskh-regular": "naskh/NotoNaskhArabic-Regular.ttf",
    "naskh-bold": "naskh/NotoNaskhArabic-Bold.ttf",
}


class Face:
    """One font file. Everything but `key`, `bold` and `path` is read from the file when it is first asked for."""

    def __init__(self, key: str, path: Path) -> None:
        self.key = key
        self.path = path
        self.bold = key.endswith("-bold")
        self._covered: dict[str, bool] = {}
        self._advances: dict[int, float] = {}

    def blob(self) -> bytes:
        """Return the bytes of the file."""
        return self._bytes

    @cached_property
    def _bytes(self) -> bytes:
        try:
            return self.path.read_bytes()
        except OSError as error:
            told = f"the font {self.path.name} is missing from this copy. Install the program again."
            raise FontError(told) from error

    @cached_property
    def hb(self) -> Any:
        """The uharfbuzz.Face."""
        import uharfbuzz  # type: ignore[import-untyped, unused-ignore]

        return uharfbuzz.Face(uharfbuzz.Blob(self._bytes))

    @cached_property
    def font(self) -> Any:
        """The uharfbuzz.Font, at a scale of one unit to one unit of the file."""
        import uharfbuzz

        return uharfbuzz.Font(self.hb)

    @cached_property
    def postscript_name(self) -> str:
        return str(self.hb.get_name(6))

    @cached_property
    def upem(self) -> int:
        """The units of the file to one type size."""
        return int(self.hb.upem)

    @cached_property
    def ascent(self) -> float:
        return self.thousandths(int(self.font.get_font_extents("ltr").ascender))

    @cached_property
    def descent(self) -> float:
        """How far the face reaches under the baseline; negative."""
        return self.thousandths(int(self.font.get_font_extents("ltr").descender))

    @cached_property
    def cap_height(self) -> float:
        """The height of a capital; that of the face where it has no capitals."""
        os2 = self._table("OS/2")
        (version,) = struct.unpack_from(">H", os2, 0)
        capital = struct.unpack_from(">h", os2, 88)[0] if version >= 2 else 0
        return self.thousandths(capital) or self.ascent

    @cached_property
    def bbox(self) -> tuple[float, float, float, float]:
        """Left, bottom, right and top of the box that holds every glyph."""
        left, bottom, right, top = struct.unpack_from(">4h", self._table("head"), 36)
        return (self.thousandths(left), self.thousandths(bottom), self.thousandths(right), self.thousandths(top))

    @cached_property
    def italic_angle(self) -> float:
        """Degrees counter-clockwise from upright."""
        return float(struct.unpack_from(">i", self._table("post"), 4)[0]) / 65536

    def thousandths(self, units: int) -> float:
        """Turn units of the file into thousandths of the type size."""
        return units * 1000 / self.upem

    def advance(self, gid: int) -> float:
        """Return the own width of a glyph, before any kerning."""
        known = self._advances.get(gid)
        if known is None:
            known = self._advances[gid] = self.thousandths(self.font.get_glyph_h_advance(gid))
        return known

    def covers(self, character: str) -> bool:
        """Tell whether this face draws the character; any kind of space is drawn where the plain one is."""
        known = self._covered.get(character)
        if known is None:
            drawn_as = " " if category(character) == "Zs" else character
            known = self._covered[character] = self.font.get_nominal_glyph(ord(drawn_as)) is not None
        return known

    def _table(self, tag: str) -> bytes:
        return bytes(self.hb.reference_table(tag).data)


@cache
def face(key: str) -> Face:
    """Return the one Face of a key of FILES; an unknown key is a KeyError."""
    return Face(key, folder("fonts") / FILES[key])


def key_of(family: str, bold: bool) -> str:
    """Return the key of a family's regular or bold face."""
    return f"{family}-bold" if bold else f"{family}-regular"
