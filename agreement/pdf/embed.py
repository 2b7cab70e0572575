"""The fonts of one document: which code stands for which glyph and text, and in the end the subsets for the file.

A face is up to three fonts with one subset. One of single bytes draws letters by their own glyphs, as nearly all are
drawn; its codes are Windows Latin 1, unchanged, the same in every document. One of two bytes draws all else; there a
code stands for a glyph *and* the text it means, so that text always reads back exactly: one glyph may serve two
letters. A third is for what people type. Nothing here is kept from one document to the next.
"""

import hashlib
from collections.abc import Iterable, Sequence
from string import ascii_uppercase

import uharfbuzz as hb

from agreement.pdf.engine import Body, Sheet, Stream
from agreement.pdf.syntax import name, number, numbers, reference
from agreement.pdf.typed import DIFFERENCES, LETTERS
from agreement.typeset.boxes import GlyphRun
from agreement.typeset.fonts import Face, face

_UNSAFE = frozenset(b"\n\r()\\")
_KEPT_TABLES = ("glyf", "loca", "head", "hhea", "hmtx", "maxp", "cmap")
_SYMBOLIC, _PLAIN, _ITALIC, _BOLD = 1 << 2, 1 << 5, 1 << 6, 1 << 18
_FIRST = 0x20


def _codes() -> dict[str, str]:
    """Return what stands in a string for each letter of Windows Latin 1, as characters that are bytes."""
    places = {bytes((place,)).decode("cp1252", "ignore"): chr(place) for place in range(_FIRST, 0x100)}
    return {
        letter: f"\\{code}" if code in "()\\" else code
        for letter, code in places.items()
        if letter and letter.isprintable()
    }


CODES = _codes() | {"\u00a0": "\u00a0"}
CODES.pop("\u00ad", None)
_PLACE = {letter: ord(code[-1]) for letter, code in CODES.items()}


class Letters:
    """The font of single bytes of a face. Widths are thousandths of the type size, as they will stand in the file."""

    def __init__(self, source: Face, resource: str) -> None:
        self.face = source
        self.resource = resource
        self.shown: set[str] = set()
        self._glyphs: dict[str, int | None] = {}
        self._widths: dict[str, float] = {}

    def takes(self, run: GlyphRun) -> bool:
        """Tell whether each glyph of a run is the own glyph of one letter that has a place here."""
        glyphs = self._glyphs
        for glyph in run.glyphs:
            text = glyph.text
            if text not in glyphs:
                glyphs[text] = self._own(text)
            if glyphs[text] != glyph.gid:
                return False
        return not run.right_to_left

    def _own(self, text: str) -> int | None:
        if text not in CODES:
            return None
        found: int | None = self.face.font.get_nominal_glyph(ord(" " if text == "\u00a0" else text))
        return found

    def code(self, gid: int, text: str) -> tuple[str, float]:
        """Return what stands in a string for the letter, and the glyph's width."""
        self.shown.add(text)
        return CODES[text], self._widths.get(text) or self._width(text)

    def codes(self, text: str) -> list[str]:
        """Return what stands in a string for each of letters that follow each other."""
        self.shown.update(text)
        return [CODES[letter] for letter in text]

    def widths(self, text: str) -> list[float]:
        """Return the width of each letter."""
        return [self._widths.get(letter) or self._width(letter) for letter in text]

    def _width(self, letter: str) -> float:
        return self._widths.setdefault(letter, round(self.face.advance(self._own(letter) or 0), 2))

    def write(self, sheet: Sheet, label: str, file_number: int, to_unicode: int) -> None:
        """Write the font."""
        places = {_PLACE[letter]: self._own(letter) or 0 for letter in self.shown}
        first, last = min(places), max(places)
        widths = [round(self.face.advance(places[at]), 2) if at in places else 0 for at in range(first, last + 1)]
        described = sheet.add(Body(descriptor(self.face, label, file_number, _PLAIN)))
        sheet.add_font(
            self.resource,
            Body(
                f"<</Type/Font/Subtype/TrueType/BaseFont{name(label)}/Encoding/WinAnsiEncoding"
                f"/FirstChar {first}/LastChar {last}/Widths[{numbers(*widths)}]"
                f"/FontDescriptor {reference(described)}/ToUnicode {reference(to_unicode)}>>"
            ),
        )


class Signs:
    """The font of two bytes of a face, for glyphs and meanings of every kind."""

    def __init__(self, source: Face, resource: str) -> None:
        self.face = source
        self.resource = resource
        self._codes: dict[tuple[int, str], tuple[str, float]] = {}
        self.numbers: list[tuple[int, int, str]] = []
        self._next = 1

    def code(self, gid: int, text: str) -> tuple[str, float]:
        """Return the two characters that draw the glyph and mean `text`, and the glyph's width.

        Neither character needs an escape in a string.
        """
        found = self._codes.get((gid, text))
        if found is None:
            while self._next >> 8 in _UNSAFE or self._next & 0xFF in _UNSAFE:
                self._next += 1
            self.numbers.append((self._next, gid, text))
            found = (chr(self._next >> 8) + chr(self._next & 0xFF), round(self.face.advance(gid), 2))
            self._codes[gid, text] = found
            self._next += 1
        return found

    def knows(self, run: GlyphRun) -> bool:
        """Tell whether each glyph of a run has a code with its meaning."""
        return all((glyph.gid, glyph.text) in self._codes for glyph in run.glyphs)

    def write(self, sheet: Sheet, label: str, file_number: int, glyphs: dict[int, int]) -> None:
        """Write the font. `glyphs` gives the numbers of glyphs in the subset."""
        to_glyph = bytearray(2 * self._next)
        widths: list[float] = [0.0] * (self._next - 1)
        for code, gid, _ in self.numbers:
            to_glyph[2 * code : 2 * code + 2] = glyphs[gid].to_bytes(2)
            widths[code - 1] = round(self.face.advance(gid), 2)
        described = sheet.add(Body(descriptor(self.face, label, file_number, _SYMBOLIC)))
        to_glyph_number = sheet.add(Stream(bytes(to_glyph)))
        descendant = sheet.add(
            Body(
                f"<</Type/Font/Subtype/CIDFontType2/BaseFont{name(label)}"
                "/CIDSystemInfo<</Registry(Adobe)/Ordering(Identity)/Supplement 0>>"
                f"/FontDescriptor {reference(described)}/CIDToGIDMap {reference(to_glyph_number)}"
                f"/DW 0/W[1[{numbers(*widths)}]]>>"
            )
        )
        to_unicode = sheet.add(Stream(to_unicode_map([(code, text) for code, _, text in self.numbers])))
        sheet.add_font(
            self.resource,
            Body(
                f"<</Type/Font/Subtype/Type0/BaseFont{name(label)}/Encoding/Identity-H"
                f"/DescendantFonts[{reference(descendant)}]/ToUnicode {reference(to_unicode)}>>"
            ),
        )


class Embedded:
    """One face in one document: its fonts, and one subset for all."""

    def __init__(self, source: Face, place: int) -> None:
        self.face = source
        self.letters = Letters(source, f"F{place}")
        self.signs = Signs(source, f"G{place}")

    def font_of(self, run: GlyphRun) -> Letters | Signs:
        """Return the font that a run is drawn with."""
        return self.letters if self.letters.takes(run) else self.signs

    def carry(self, letters: Sequence[str]) -> None:
        """Take letters into the fonts, whether any text has them or not.

        Beside a letter that has no single byte all others stand in the font of two bytes, too.
        """
        covered = [letter for letter in letters if self.face.covers(letter)]
        self.letters.shown.update(letter for letter in covered if letter in CODES)
        for letter in covered if any(letter not in CODES for letter in covered) else ():
            self.signs.code(self.face.font.get_nominal_glyph(ord(letter)), letter)

    def write(self, sheet: Sheet, to_unicode: int, typed_resource: str = "") -> int:
        """Write the subset and its fonts; with a `typed_resource` one for typing too, whose number is returned."""
        letters = sorted({*self.letters.shown, *(LETTERS if typed_resource else "")})
        plan = self._plan(letters)
        subset = plan.execute().blob.data
        label = f"{_tag(self.signs.numbers, letters)}+{self.face.postscript_name}"
        file_number = sheet.add(Stream(subset, f"/Length1 {len(subset)}"))
        if self.signs.numbers:
            self.signs.write(sheet, label, file_number, plan.old_to_new_glyph_mapping)
        if self.letters.shown:
            self.letters.write(sheet, label, file_number, to_unicode)
        return self._write_typed(sheet, label, file_number, typed_resource) if typed_resource else 0

    def _write_typed(self, sheet: Sheet, label: str, file_number: int, resource: str) -> int:
        described = sheet.add(Body(descriptor(self.face, label, file_number, _PLAIN)))
        nominal, advance = self.face.font.get_nominal_glyph, self.face.advance
        widths = numbers(*(round(advance(nominal(ord(letter)) or 0), 2) for letter in LETTERS))
        return sheet.add_font(
            resource,
            Body(
                f"<</Type/Font/Subtype/TrueType/BaseFont{name(label)}"
                f"/Encoding<</Type/Encoding/BaseEncoding/WinAnsiEncoding/Differences[{DIFFERENCES}]>>"
                f"/FirstChar {_FIRST}/LastChar 255/Widths[{widths}]/FontDescriptor {reference(described)}>>"
            ),
        )

    def _plan(self, letters: Iterable[str]) -> hb.SubsetPlan:
        wanted = hb.SubsetInput()
        wanted.flags = hb.SubsetFlags.NO_HINTING | hb.SubsetFlags.NO_LAYOUT_CLOSURE
        wanted.sets(hb.SubsetInputSets.GLYPH_INDEX).update(gid for _, gid, _ in self.signs.numbers)
        wanted.sets(hb.SubsetInputSets.UNICODE).update(map(ord, letters))
        wanted.sets(hb.SubsetInputSets.DROP_TABLE_TAG).update(
            int.from_bytes(table.encode("ascii")) for table in self.face.hb.table_tags if table not in _KEPT_TABLES
        )
        return hb.SubsetPlan(self.face.hb, wanted)


def descriptor(source: Face, label: str, file_number: int, flags: int) -> str:
    """Write what a viewer asks about a face before it opens the subset."""
    flags |= (_ITALIC if source.italic_angle else 0) | (_BOLD if source.bold else 0)
    box = numbers(*(round(edge) for edge in source.bbox))
    return (
        f"<</Type/FontDescriptor/FontName{name(label)}/Flags {flags}/FontBBox[{box}]"
        f"/ItalicAngle {number(source.italic_angle)}/Ascent {round(source.ascent)}"
        f"/Descent {round(source.descent)}/CapHeight {round(source.cap_height)}"
        f"/StemV {140 if source.bold else 80}/FontFile2 {reference(file_number)}>>"
    )


class Faces:
    """The faces of one document, numbered in the order in which they are first used."""

    def __init__(self) -> None:
        self._used: dict[str, Embedded] = {}

    def __getitem__(self, key: str) -> Embedded:
        found = self._used.get(key)
        if found is None:
            found = self._used[key] = Embedded(face(key), len(self._used))
        return found

    def write(self, sheet: Sheet, plain_key: str, plain_resource: str) -> int:
        """Write all faces, that with `plain_key` also as a font for typing. Return the number of that font, or 0."""
        plain = 0
        if plain_key:
            self[plain_key]
        to_unicode = sheet.add(Stream(_LETTERS_TO_UNICODE))
        for key, embedded in self._used.items():
            plain += embedded.write(sheet, to_unicode, plain_resource if key == plain_key else "")
        return plain


def to_unicode_map(meanings: list[tuple[int, str]]) -> bytes:
    """Write a ToUnicode map of codes of two bytes: in blocks of at most a hundred, as Adobe's note 5014 asks."""
    pairs = [f"<{code:04X}> <{text.encode('utf-16-be').hex().upper()}>" for code, text in meanings]
    return _map("<0000> <FFFF>", "bfchar", pairs)


def _map(space: str, kind: str, entries: list[str]) -> bytes:
    lines = [
        "/CIDInit /ProcSet findresource begin",
        "12 dict begin",
        "begincmap",
        "/CIDSystemInfo << /Registry (Adobe) /Ordering (UCS) /Supplement 0 >> def",
        "/CMapName /Adobe-Identity-UCS def",
        "/CMapType 2 def",
        "1 begincodespacerange",
        space,
        "endcodespacerange",
    ]
    for start in range(0, len(entries), 100):
        block = entries[start : start + 100]
        lines += [f"{len(block)} begin{kind}", *block, f"end{kind}"]
    lines += ["endcmap", "CMapName currentdict /CMap defineresource pop", "end", "end"]
    return "\n".join(lines).encode("ascii")


def _meanings() -> bytes:
    """Write the ToUnicode map of Windows Latin 1: two stretches as they are in Unicode, and the letters between."""
    between = [
        f"<{place:02X}> <{place:02X}> <{ord(letter):04X}>" for letter, place in _PLACE.items() if 126 < place < 160
    ]
    return _map("<00> <FF>", "bfrange", ["<20> <7E> <0020>", *sorted(between), "<A0> <FF> <00A0>"])


_LETTERS_TO_UNICODE = _meanings()


def _tag(numbers_used: list[tuple[int, int, str]], letters: list[str]) -> str:
    """Return six capitals that differ when the subset does."""
    gids = sorted({gid for _, gid, _ in numbers_used})
    digest = hashlib.md5(f"{gids}{letters}".encode(), usedforsecurity=False).digest()
    return "".join(ascii_uppercase[byte % 26] for byte in digest[:6])
