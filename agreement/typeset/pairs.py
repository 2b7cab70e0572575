"""Words of plain letters set by pairs: each letter by its own glyph, kerned by what follows it.

That is all that HarfBuzz does with such words in our faces, and a tenth of the work; a test holds it against HarfBuzz.
What it does more for a pair (a ligature, a mark) is left to it. Meant for names in a roster, none of which comes twice.
"""

from functools import cache

from agreement.typeset.boxes import Glyph, GlyphRun
from agreement.typeset.fonts import face
from agreement.typeset.shape import shape_atom


class _Pairs(dict[str, Glyph | None]):
    """The first glyph of each pair of letters, and that of each letter that ends a word; None for any other pair."""

    def __init__(self, key: str) -> None:
        super().__init__()
        self._key = key
        self._face = face(key)
        self.kerned: set[str] = set()

    def __missing__(self, letters: str) -> Glyph | None:
        glyphs = shape_atom(letters, self._key, "").run.glyphs
        first = glyphs[0]
        own = [(self._face.font.get_nominal_glyph(ord(letter)), 0, 0, letter) for letter in letters]
        plain = [(glyph.gid, glyph.dx, glyph.dy, glyph.text) for glyph in glyphs] == own
        if plain and glyphs[-1].advance == self._face.advance(glyphs[-1].gid):
            if first.advance != self._face.advance(first.gid):
                self.kerned.add(letters)
            self[letters] = first
            return first
        self[letters] = None
        return None


_pairs_of = cache(_Pairs)


def run_of_words(words: list[str], key: str, lang: str) -> tuple[GlyphRun, float] | None:
    """Return words, each with the space after it, as one run with its width; None where a pair is not plain.

    The letters must be of one script that runs to the right, and the face must have them.
    """
    pairs = _pairs_of(key)
    glyphs: list[Glyph] = []
    wide: list[float] = []
    natural = True
    for word in words:
        ends = [word[at : at + 2] for at in range(len(word))]
        plain = [glyph for letters in ends if (glyph := pairs[letters])]
        if len(plain) < len(ends):
            return None
        natural = natural and pairs.kerned.isdisjoint(ends)
        wide.append(sum([glyph.advance for glyph in plain]))
        glyphs += plain
    return GlyphRun(key, tuple(glyphs), "".join(words), False, lang, natural), sum(wide)
