"""Passages and shapes as PDF operators, one page at a time, with marks round everything.

Knows content streams (ISO 32000-1, 8 and 9, 14.6) and nothing of objects or files.
"""

from collections.abc import Iterable, Iterator, Sequence

from agreement.pdf.embed import Faces, Letters, Signs
from agreement.pdf.ink import PRINT, Inks
from agreement.pdf.reading import Passage
from agreement.pdf.syntax import name, number, numbers, text_string
from agreement.typeset.boxes import Glyph, GlyphRun, Shape, TextBox

_PATH_OPERATORS: dict[str | float, str] = {"R": "re", "M": "m", "L": "l", "C": "c", "Z": "h"}
_NOTHING = "\u2060"  # what the second glyph of a letter means to a reader that does not know ActualText
_MOVED_FROM = 4
"""Paths of this many steps are drawn from their own origin: circles of one size are then the same bytes everywhere."""
SLACK = 4.5  # thousandths of the type size: a gap smaller than this, 0.02 mm, is left to the next one


class Painter:
    """The operators of one page, in the order in which things are drawn; states that already hold are not set again."""

    def __init__(self, faces: Faces, inks: Inks = PRINT) -> None:
        self.operators: list[str] = []
        self._inks = inks
        self._faces = faces
        self._state: dict[str, str] = {"fill": "0 g", "stroke": "0 G", "width": "1 w", "dash": "[] 0 d", "cap": "0 J"}

    def artifacts(self, boxes: Sequence[TextBox | Shape]) -> None:
        """Draw what is seen and never read."""
        shapes = [box for box in boxes if isinstance(box, Shape)]
        texts = [box for box in boxes if isinstance(box, TextBox)]
        if shapes:
            self.operators.append("/Artifact<</Type/Layout>>BDC")
            for shape in shapes:
                self._shape(shape)
            self.operators.append("EMC")
        if texts:
            self.operators.append("/Artifact<</Type/Pagination>>BDC")
            self._texts(texts, "")
            self.operators.append("EMC")

    def passage(self, passage: Passage) -> None:
        """Draw a passage under its mark."""
        self.operators.append(f"{name(passage.role)}<</MCID {passage.mark}>>BDC")
        texts: list[TextBox] = []
        for box in passage.boxes:
            if isinstance(box, TextBox):
                texts.append(box)
            else:
                self._texts(texts, passage.lang)
                texts = []
                self._shape(box)
        self._texts(texts, passage.lang)
        self.operators.append("EMC")

    def _set(self, what: str, operator: str) -> None:
        if self._state.get(what) != operator:
            self._state[what] = operator
            self.operators.append(operator)

    def _texts(self, boxes: Iterable[TextBox], lang: str) -> None:
        begun = False
        for box in boxes:
            if not box.run.glyphs:
                continue
            if not begun:
                self.operators.append("BT")
                begun = True
            self._text(box, lang)
        if begun:
            self.operators.append("ET")

    def _text(self, box: TextBox, lang: str) -> None:
        face = self._faces[box.run.face].font_of(box.run)
        self._set("fill", self._inks.fill_operator(box.ink))
        self._set("font", f"/{face.resource} {number(box.size_pt)} Tf")
        self.operators.append(placed(box.run, show(box.run, face, box.size_pt), (box.x, box.y), lang))

    def _shape(self, shape: Shape) -> None:
        if shape.fill:
            self._set("fill", self._inks.fill_operator(shape.ink))
        else:
            self._set("stroke", self._inks.stroke_operator(shape.ink))
            self._set("width", f"{number(shape.width_pt * self._inks.weight)} w")
            self._set("dash", f"[{numbers(*shape.dash)}] 0 d")
            self._set("cap", f"{int(shape.round_caps)} J")
        paint = "f" if shape.fill else "S"
        if len(shape.path) < _MOVED_FROM:
            self.operators.append(f"{path_operators(shape.path)} {paint}")
            return
        left, bottom = (float(at) for at in shape.path[0][1:3])
        if shape.grid_pt:
            pitch = f"{shape.grid_pt:.4f}"
            self.operators.append(f"q {pitch} 0 0 {pitch} {numbers(left, bottom)} cm")
            self.operators.append(path_operators(_on_grid(shape.path, (left, bottom), shape.grid_pt)))
            self.operators.append(f"{paint} Q")
            return
        self.operators.append(f"q 1 0 0 1 {numbers(left, bottom)} cm")
        self.operators.append(path_operators(moved(shape.path, -round(left, 2), -round(bottom, 2))))
        self.operators.append(f"{paint} Q")


def placed(run: GlyphRun, shown: str, at: tuple[float, float], lang: str) -> str:
    """Return what draws a run from a point, in a passage of a language; `shown` are the operators that show it."""
    if foreign := _foreign_lang(run, lang):
        shown = f"/Span<</Lang{text_string(foreign)}>>BDC\n{shown}\nEMC"
    return f"1 0 0 1 {number(at[0])} {number(at[1])} Tm\n{shown}"


def _foreign_lang(run: GlyphRun, lang: str) -> str:
    """Return the language that a run must say inside a passage in another one; "" where that holds for it too."""
    return "" if not (run.lang and lang) or run.lang == lang or lang.startswith(f"{run.lang}-") else run.lang


def path_operators(path: Iterable[tuple[str | float, ...]]) -> str:
    """Write a path without painting it."""
    return " ".join([" ".join([*map(number, values), _PATH_OPERATORS[operator]]) for operator, *values in path])


def _on_grid(
    path: Iterable[tuple[str | float, ...]], start: tuple[float, float], pitch_pt: float
) -> Iterator[tuple[str | float, ...]]:
    """Yield the steps of a path counted in steps of a grid."""
    for operator, *values in path:
        points = [float(value) - (start[at] if at < 2 else 0) for at, value in enumerate(values)]
        yield (operator, *(round(value / pitch_pt) for value in points))


def moved(path: Iterable[tuple[str | float, ...]], right_pt: float, up_pt: float) -> Iterator[tuple[str | float, ...]]:
    """Yield the steps of a path in another place; the width and height of a rectangle stay what they are."""
    for operator, *values in path:
        lengths = values[2:] if operator == "R" else []
        points = values[:2] if operator == "R" else values
        shifted = [float(value) + (up_pt if at % 2 else right_pt) for at, value in enumerate(points)]
        yield (operator, *shifted, *lengths)


def show(run: GlyphRun, face: Letters | Signs, size_pt: float) -> str:
    """Write the operators that show a run from the point where the text matrix stands.

    Glyphs go from left to right in both directions: browsers, and most who read PDF without its tags, expect letters
    that run to the left in that order and turn them. To who reads by the tags the run says that it is turned.
    """
    straight = None if run.right_to_left else _straight(run, face)
    if straight is not None:
        return straight
    line = _Line(size_pt)
    for cluster in _clusters(run):
        line.show_cluster(cluster, face)
    shown = line.finish()
    return f"/ReversedChars BMC\n{shown}\nEMC" if run.right_to_left else shown


def _straight(run: GlyphRun, face: Letters | Signs) -> str | None:
    """Show a run in which each glyph is a cluster on the baseline, as nearly all are; return None for any other."""
    if isinstance(face, Letters) and (shown := _letters(run, face)):
        return shown
    code_of = face.code
    array: list[str] = []
    codes: list[str] = []
    drift = 0.0  # how far the pen lags behind its place
    for gid, advance, dx, dy, text in run.glyphs:
        if not text or dy:
            return None
        code, own_width = code_of(gid, text)
        gap = drift + dx
        if gap > SLACK or gap < -SLACK:
            whole = round(gap)
            drift -= whole
            array.append(f"({''.join(codes)}){-whole}" if codes else str(-whole))
            codes = []
        codes.append(code)
        drift += advance - own_width
    shown = f"({''.join(codes)})"
    return f"[{''.join(array)}{shown}]TJ" if array else f"{shown}Tj"


def _letters(run: GlyphRun, face: Letters) -> str:
    """Do the same for letters none of which is moved, faster; return "" for any other run."""
    codes = face.codes(run.text)
    if run.natural:
        return f"({''.join(codes)})Tj"
    lags: list[float] = []
    for glyph, own_width in zip(run.glyphs, face.widths(run.text), strict=True):
        if glyph[2] or glyph[3]:
            return ""
        lags.append(glyph[1] - own_width)
    array, start, drift = [], 0, 0.0
    lags[-1] = 0.0
    for place, lag in enumerate(lags, 1):
        if lag:
            drift += lag
            if drift > SLACK or drift < -SLACK:
                whole = round(drift)
                drift -= whole
                array.append(f"({''.join(codes[start:place])}){-whole}")
                start = place
    shown = f"({''.join(codes[start:])})"
    return f"[{''.join(array)}{shown}]TJ" if array else f"{shown}Tj"


_Placed = tuple[Glyph, float]


def _clusters(run: GlyphRun) -> list[list[_Placed]]:
    """Return the clusters from left to right; the glyphs of each are in logical order, with the place of the pen."""
    pen = 0.0
    placed: list[_Placed] = []
    for glyph in run.glyphs:
        placed.append((glyph, pen + glyph.dx))
        pen += glyph.advance
    if run.right_to_left:
        placed.reverse()
    clusters: list[list[_Placed]] = []
    for pair in placed:
        if pair[0].text or not clusters:
            clusters.append([pair])
        else:
            clusters[-1].append(pair)
    if run.right_to_left:
        clusters.reverse()
    return clusters


class _Line:
    """A show string that is being written, with the place of its pen in thousandths of the type size."""

    def __init__(self, size_pt: float) -> None:
        self._size_pt = size_pt
        self._operators: list[str] = []
        self._array: list[str] = []
        self._codes: list[str] = []
        self._pen = 0.0
        self._rise = 0.0

    def show_cluster(self, cluster: list[_Placed], face: Letters | Signs) -> None:
        """Show the glyphs of one cluster. Where there are several, say what they mean together beside them."""
        text = cluster[0][0].text or _NOTHING
        if len(cluster) == 1:
            self._show(*cluster[0], face.code(cluster[0][0].gid, text))
            return
        self._flush()
        self._operators.append(f"/Span<</ActualText{text_string(text)}>>BDC")
        for place, (glyph, x) in enumerate(cluster):
            alone = text[place : place + 1] if place < len(cluster) - 1 else text[place:]
            self._show(glyph, x, face.code(glyph.gid, alone or _NOTHING))
        self._raise_to(0.0)
        self._flush()
        self._operators.append("EMC")

    def finish(self) -> str:
        """Return all operators, with the rise back at zero."""
        self._raise_to(0.0)
        self._flush()
        return "\n".join(self._operators)

    def _show(self, glyph: Glyph, x: float, code: tuple[str, float]) -> None:
        if glyph.dy != self._rise:
            self._raise_to(glyph.dy)
        gap = x - self._pen
        if gap > SLACK or gap < -SLACK:
            whole = round(gap)
            if self._codes:
                self._array.append(f"({''.join(self._codes)})")
                self._codes = []
            self._array.append(str(-whole))
            self._pen += whole
        self._codes.append(code[0])
        self._pen += code[1]

    def _raise_to(self, dy: float) -> None:
        if dy != self._rise:
            self._flush()
            self._rise = dy
            self._operators.append(f"{number(dy * self._size_pt / 1000)} Ts")

    def _flush(self) -> None:
        if self._codes:
            self._array.append(f"({''.join(self._codes)})")
            self._codes = []
        if self._array:
            self._operators.append(f"[{''.join(self._array)}]TJ")
            self._array = []
