"""The fonts of one document: which code stands for which glyph and text, and in the end the subsets for the file.

A code stands for a glyph *and* the text it means, so that text always reads back exactly: one glyph may serve a space
and a no-break space. Nothing here is kept from one document to the next.
"""

import hashlib
from string import ascii_uppercase

import uharfbuzz as hb

from agreement.pdf.engine import Body, Sheet, Stream
from agreement.pdf.syntax import name, number, numbers, reference
from agreement.pdf.typed import DIFFERENCES, LETTERS
from agreement.typeset.fonts import Face, face

_UNSAFE = frozenset(b"\n\r()\\")
_KEPT_TABLES = ("glyf", "loca", "head", "hhea", "hmtx", "maxp", "cmap")
_SYMBOLIC, _PLAIN, _ITALIC, _BOLD = 1 << 2, 1 << 5, 1 << 6, 1 << 18


class Embedded:
    """One face in one document. Widths are thousandths of the type size, as they will stand in the file."""

    def __init__(self, source: Face, resource: str) -> None:
        self.face = source
        self.resource = resource
        self._codes: dict[tuple[int, str], tuple[str, float]] = {}
        self._numbers: list[tuple[int, int, str]] = []
        self._next = 1

    def code(self, gid: int, text: str) -> tuple[str, float]:
        """Return the two characters that draw the glyph and mean `text`, and the glyph's width.

        Neither character needs an escape in a string.
        """
        found = self._codes.get((gid, text))
        if found is None:
            while self._next >> 8 in _UNSAFE or self._next & 0xFF in _UNSAFE:
                self._next += 1
            self._numbers.append((self._next, gid, text))
            found = (chr(self._next >> 8) + chr(self._next & 0xFF), self._width(gid))
            self._codes[gid, text] = found
            self._next += 1
        return found

    def _width(self, gid: int) -> float:
        return round(self.face.advance(gid), 2)

    def write(self, sheet: Sheet, plain_resource: str = "") -> int:
        """Write the subset and its font, and return 0.

        With `plain_resource` add a font of single bytes for what people type, and return its number.
        """
        plan = self._plan(LETTERS if plain_resource else "")
        subset = plan.execute().blob.data
        glyphs = plan.old_to_new_glyph_mapping
        label = f"{_tag(self._numbers, bool(plain_resource))}+{self.face.postscript_name}"
        file_number = sheet.add(Stream(subset, f"/Length1 {len(subset)}"))
        if self._numbers:
            self._write_composite(sheet, label, file_number, glyphs)
        if not plain_resource:
            return 0
        described = sheet.add(Body(self._descriptor(label, file_number, _PLAIN)))
        return sheet.add_font(plain_resource, Body(self._plain_font(label, described)))

    def _plan(self, extra: str) -> hb.SubsetPlan:
        wanted = hb.SubsetInput()
        wanted.flags = hb.SubsetFlags.NO_HINTING | hb.SubsetFlags.NO_LAYOUT_CLOSURE
        wanted.sets(hb.SubsetInputSets.GLYPH_INDEX).update(gid for _, gid, _ in self._numbers)
        wanted.sets(hb.SubsetInputSets.UNICODE).update(map(ord, extra))
        wanted.sets(hb.SubsetInputSets.DROP_TABLE_TAG).update(
            int.from_bytes(table.encode("ascii")) for table in self.face.hb.table_tags if table not in _KEPT_TABLES
        )
        return hb.SubsetPlan(self.face.hb, wanted)

    def _write_composite(self, sheet: Sheet, label: str, file_number: int, glyphs: dict[int, int]) -> None:
        to_glyph = bytearray(2 * self._next)
        widths: list[float] = [0.0] * (self._next - 1)
        for code, gid, _ in self._numbers:
            to_glyph[2 * code : 2 * code + 2] = glyphs[gid].to_bytes(2)
            widths[code - 1] = self._width(gid)
        described = sheet.add(Body(self._descriptor(label, file_number, _SYMBOLIC)))
        to_glyph_number = sheet.add(Stream(bytes(to_glyph)))
        descendant = sheet.add(
            Body(
                f"<</Type/Font/Subtype/CIDFontType2/BaseFont{name(label)}"
                "/CIDSystemInfo<</Registry(Adobe)/Ordering(Identity)/Supplement 0>>"
                f"/FontDescriptor {reference(described)}/CIDToGIDMap {reference(to_glyph_number)}"
                f"/DW 0/W[1[{numbers(*widths)}]]>>"
            )
        )
        to_unicode = sheet.add(Stream(to_unicode_map([(code, text) for code, _, text in self._numbers])))
        sheet.add_font(
            self.resource,
            Body(
                f"<</Type/Font/Subtype/Type0/BaseFont{name(label)}/Encoding/Identity-H"
                f"/DescendantFonts[{reference(descendant)}]/ToUnicode {reference(to_unicode)}>>"
            ),
        )

    def _descriptor(self, label: str, file_number: int, flags: int) -> str:
        source = self.face
        flags |= (_ITALIC if source.italic_angle else 0) | (_BOLD if source.bold else 0)
        box = numbers(*(round(edge) for edge in source.bbox))
        return (
            f"<</Type/FontDescriptor/FontName{name(label)}/Flags {flags}/FontBBox[{box}]"
            f"/ItalicAngle {number(source.italic_angle)}/Ascent {round(source.ascent)}"
            f"/Descent {round(source.descent)}/CapHeight {round(source.cap_height)}"
            f"/StemV {140 if source.bold else 80}/FontFile2 {reference(file_number)}>>"
        )

    def _plain_font(self, label: str, described: int) -> str:
        widths = numbers(*(self._width(self.face.font.get_nominal_glyph(ord(letter)) or 0) for letter in LETTERS))
        return (
            f"<</Type/Font/Subtype/TrueType/BaseFont{name(label)}"
            f"/Encoding<</Type/Encoding/BaseEncoding/WinAnsiEncoding/Differences[{DIFFERENCES}]>>"
            f"/FirstChar 32/LastChar 255/Widths[{widths}]/FontDescriptor {reference(described)}>>"
        )


class Faces:
    """The faces of one document, named F0, F1 ... in the order in which they are first used."""

    def __init__(self) -> None:
        self._used: dict[str, Embedded] = {}

    def __getitem__(self, key: str) -> Embedded:
        found = self._used.get(key)
        if found is None:
            found = self._used[key] = Embedded(face(key), f"F{len(self._used)}")
        return found

    def write(self, sheet: Sheet, plain_key: str, plain_resource: str) -> int:
        """Write all faces; the one with `plain_key`, if any, also as a plain font. Return that font's number, or 0."""
        plain = 0
        if plain_key:
            self[plain_key]
        for key, embedded in self._used.items():
            plain += embedded.write(sheet, plain_resource if key == plain_key else "")
        return plain


def to_unicode_map(meanings: list[tuple[int, str]]) -> bytes:
    """Write a ToUnicode map: codes with their text, in blocks of at most a hundred, as Adobe's note 5014 asks."""
    lines = [
        "/CIDInit /ProcSet findresource begin",
        "12 dict begin",
        "begincmap",
        "/CIDSystemInfo << /Registry (Adobe) /Ordering (UCS) /Supplement 0 >> def",
        "/CMapName /Adobe-Identity-UCS def",
        "/CMapType 2 def",
        "1 begincodespacerange",
        "<0000> <FFFF>",
        "endcodespacerange",
    ]
    for start in range(0, len(meanings), 100):
        block = meanings[start : start + 100]
        lines.append(f"{len(block)} beginbfchar")
        lines += [f"<{code:04X}> <{text.encode('utf-16-be').hex().upper()}>" for code, text in block]
        lines.append("endbfchar")
    lines += ["endcmap", "CMapName currentdict /CMap defineresource pop", "end", "end"]
    return "\n".join(lines).encode("ascii")


def _tag(numbers_used: list[tuple[int, int, str]], plain: bool) -> str:
    """Return six capitals that differ when the subset does."""
    gids = sorted({gid for _, gid, _ in numbers_used})
    digest = hashlib.md5(f"{gids}{plain}".encode("ascii"), usedforsecurity=False).digest()
    return "".join(ascii_uppercase[byte % 26] for byte in digest[:6])
