"""Text to glyphs: each stretch of one face and one direction through HarfBuzz, and the stretches in drawing order.

Text is shaped word by word and the words joined afterwards, so that a word costs its shaping once, whatever line and
size it comes to stand in; kerning from a space to the letter after it is the price. All lengths are thousandths of the
type size. Nothing here knows about sizes in points, measures or pages.
"""

from collections.abc import Iterable, Sequence
from functools import lru_cache
from typing import NamedTuple

from agreement.errors import FontError
from agreement.typeset import bidi
from agreement.typeset.boxes import Glyph, GlyphRun
from agreement.typeset.cover import INVISIBLE, faces_of
from agreement.typeset.fonts import Stack, face

SPACES = frozenset(" \u1680\u2000\u2001\u2002\u2003\u2004\u2005\u2006\u2008\u2009\u200a\u205f\u3000\u200b")
"""The spaces at which a line may break."""

_BREAKING = "".join(sorted(SPACES))

LONGEST_KEPT = 64
"""Longer words are shaped anew each time; keeping them would fill the memory."""


_FEATURES = {key: {"liga": False} for key in ("andika-regular", "andika-bold")}
"""Andika is for those who learn to read: they know an f and an i, and not the two grown together."""


class Atom(NamedTuple):
    """A shaped stretch of one face, one level and one piece that no line break divides.

    `wide` is its width and `space` that of the breaking spaces that end it. `piece` is its place in the paragraph.
    """

    run: GlyphRun
    wide: float
    space: float
    level: int = 0
    piece: int = 0


class Hole(NamedTuple):
    """A place among atoms where something stands that is not text."""

    level: int
    piece: int


def shape(text: str, stack: Stack, bold: bool = False, lang: str = "", direction: str = "ltr") -> tuple[GlyphRun, ...]:
    """Shape one line's text and return its runs from left to right; `direction` is the paragraph's, "ltr" or "rtl".

    Raises FontError for a character that no face of the stack has.
    """
    faces = faces_of(text, stack, bold)
    base = base_level(direction)
    levels = bidi.levels(text, base) if base or bidi.turns(text) else None
    atoms: list[Atom] = []
    start = 0
    for end, key in faces:
        for left, right in _words(text, start, end, levels):
            atoms.append(shape_atom(text[left:right], key, lang, levels[left] if levels else 0))
        start = end
    joined = join_atoms(atoms)
    ordered = [joined[place] for place in bidi.visual_order([atom.level for atom in joined])]
    return tuple(atom.run for atom in ordered if isinstance(atom, Atom) and atom.run.glyphs)


def width(runs: Iterable[GlyphRun]) -> float:
    """Add up the advances of runs, in thousandths of the type size."""
    return sum(glyph.advance for run in runs for glyph in run.glyphs)


def base_level(direction: str) -> int:
    """Return the paragraph level of "ltr" or "rtl"."""
    return ("ltr", "rtl").index(direction)


def shape_atom(text: str, key: str, lang: str, level: int = 0, piece: int = 0) -> Atom:
    """Shape a text of one face; it should be a word with the spaces after it."""
    measured = _kept if len(text) <= LONGEST_KEPT else _measured
    run, wide, space = measured(text, key, bool(level % 2), lang)
    return Atom(run, wide, space, level, piece)


def join(runs: Sequence[GlyphRun]) -> GlyphRun:
    """Make one run of runs of one face, direction and language that follow each other in logical order."""
    first = runs[0]
    if len(runs) == 1:
        return first
    drawn = reversed(runs) if first.right_to_left else runs
    return GlyphRun(
        first.face,
        tuple(glyph for run in drawn for glyph in run.glyphs),
        "".join(run.text for run in runs),
        first.right_to_left,
        first.lang,
        all(run.natural for run in runs),
    )


def join_atoms(atoms: Iterable[Atom | Hole]) -> list[Atom | Hole]:
    """Join neighbours, in logical order, that share face, level, piece and language."""
    joined: list[Atom | Hole] = []
    group: list[Atom] = []
    for atom in atoms:
        if group and not _together(group[-1], atom):
            joined.append(_joined(group))
            group = []
        if isinstance(atom, Atom):
            group.append(atom)
        else:
            joined.append(atom)
    if group:
        joined.append(_joined(group))
    return joined


def turned(atom: Atom, level: int) -> Atom:
    """Give an atom of nothing but spaces another level."""
    run = atom.run
    glyphs = run.glyphs if run.right_to_left == bool(level % 2) else run.glyphs[::-1]
    spaces = GlyphRun(run.face, glyphs, run.text, bool(level % 2), run.lang, run.natural)
    return Atom(spaces, atom.wide, atom.space, level, atom.piece)


def ending_spaces(atoms: Sequence[Atom | Hole]) -> list[float]:
    """Return, from the last atom backwards, the width of the spaces that end the text in each."""
    found: list[float] = []
    for atom in reversed(atoms):
        if isinstance(atom, Hole):
            break
        found.append(atom.space)
        if not is_blank(atom.run.text):
            break
    return found


def is_blank(text: str) -> bool:
    """Tell whether a text is breaking spaces only."""
    return not text.strip(_BREAKING)


def split(atom: Atom) -> list[Atom]:
    """Cut an atom into its clusters, in logical order, each in the form it has in the whole."""
    run = atom.run
    groups: list[list[Glyph]] = []
    for glyph in reversed(run.glyphs) if run.right_to_left else run.glyphs:
        if glyph.text or not groups:
            groups.append([])
        groups[-1].append(glyph)
    parts = [_part(run, group) for group in groups] or [run]
    return [Atom(part, width((part,)), _space_after(part), atom.level, atom.piece) for part in parts]


def _space_after(run: GlyphRun) -> float:
    if not run.text or run.text[-1] not in SPACES:
        return 0.0
    total = 0.0
    for glyph in run.glyphs if run.right_to_left else reversed(run.glyphs):
        if not glyph.text or not is_blank(glyph.text):
            break
        total += glyph.advance
    return total


def _part(run: GlyphRun, glyphs: list[Glyph]) -> GlyphRun:
    text = "".join(glyph.text for glyph in glyphs)
    drawn = glyphs[::-1] if run.right_to_left else glyphs
    return GlyphRun(run.face, tuple(drawn), text, run.right_to_left, run.lang, run.natural)


def _together(one: Atom, other: Atom | Hole) -> bool:
    if isinstance(other, Hole) or one.level != other.level or one.piece != other.piece:
        return False
    return one.run.face == other.run.face and one.run.lang == other.run.lang


def _joined(group: Sequence[Atom]) -> Atom:
    if len(group) == 1:
        return group[0]
    wide, space = sum(atom.wide for atom in group), sum(ending_spaces(group))
    return Atom(join([atom.run for atom in group]), wide, space, group[0].level, group[0].piece)


def _words(text: str, start: int, end: int, levels: Sequence[int] | None) -> list[tuple[int, int]]:
    """Cut text[start:end] after its spaces and what is invisible there, and where the level changes."""
    found: list[tuple[int, int]] = []
    left, spaced = start, False
    for place in range(start, end):
        ends = text[place] in SPACES or (spaced and text[place] in INVISIBLE)
        if (spaced and not ends) or (levels and place > start and levels[place] != levels[place - 1]):
            found.append((left, place))
            left = place
        spaced = ends
    if end > start:
        found.append((left, end))
    return found


@lru_cache(maxsize=16384)
def _glyph(key: str, gid: int, moved: tuple[int, int, int], text: str) -> tuple[Glyph | None, bool]:
    """Return a glyph, None for that of no letter, and whether its own width and place are what it has here.

    `moved` are its advance and its offsets to the right and up, in units of the face.
    """
    chosen = face(key)
    advance, dx, dy = map(chosen.thousandths, moved)
    return (Glyph(gid, advance, dx, dy, text) if gid else None), not (dx or dy) and advance == chosen.advance(gid)


def _shape(text: str, key: str, right_to_left: bool, lang: str) -> GlyphRun:
    import uharfbuzz as hb  # type: ignore[import-untyped, unused-ignore]

    chosen = face(key)
    buffer = hb.Buffer()
    buffer.add_str(text)
    buffer.direction = "rtl" if right_to_left else "ltr"
    buffer.language = lang or "und"
    if not text.isascii():
        buffer.flags = hb.BufferFlags.REMOVE_DEFAULT_IGNORABLES
    buffer.guess_segment_properties()
    hb.shape(chosen.font, buffer, _FEATURES.get(key, {}))
    infos, positions = buffer.glyph_infos, buffer.glyph_positions
    starts = [info.cluster for info in infos]
    texts = text if starts == list(range(len(text))) else _cluster_texts(text, starts, right_to_left)
    glyphs: list[Glyph] = []
    natural = True
    for info, position, stands_for in zip(infos, positions, texts, strict=True):
        moved = (position.x_advance, position.x_offset, position.y_offset)
        glyph, own = _glyph(key, info.codepoint, moved, stands_for)
        if glyph is None:
            raise FontError(f'no font here has a letter of "{text}". Write it in another way.')
        natural = natural and own
        glyphs.append(glyph)
    return GlyphRun(key, tuple(glyphs), text, right_to_left, lang, natural)


def _measured(text: str, key: str, right_to_left: bool, lang: str) -> tuple[GlyphRun, float, float]:
    run = _shape(text, key, right_to_left, lang)
    return run, width((run,)), _space_after(run)


_kept = lru_cache(maxsize=8192)(_measured)


def _cluster_texts(text: str, starts: list[int], right_to_left: bool) -> list[str]:
    """Give each glyph's text: the cluster on its first glyph in logical order, "" on the others."""
    logical = starts[::-1] if right_to_left else starts
    found: list[str] = []
    for place, start in enumerate(logical):
        if place and logical[place - 1] == start:
            found.append("")
            continue
        following = place + 1
        while following < len(logical) and logical[following] == start:
            following += 1
        found.append(text[start : logical[following] if following < len(logical) else len(text)])
    return found[::-1] if right_to_left else found
