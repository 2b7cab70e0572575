"""Placing things on pages: text, lines, circles and fields, from measures counted downwards from the top of the page.

The one place where such measures become PDF coordinates (points from the bottom left).
"""

from collections.abc import Iterator, Mapping, Sequence

from agreement.compose.agreement import Hole, Sentence, Words
from agreement.typeset.boxes import Box, Element, FieldBox, FieldKind, Ink, LinkBox, Role, Shape, TextBox
from agreement.typeset.fonts import face, key_of
from agreement.typeset.lines import Gap, Line, Piece, PlacedGap, Span, Type
from agreement.typeset.style import Style
from agreement.typeset.watch import Placing, current

Kid = Element | Box
_CURVE = 4 / 3 * (2**0.5 - 1)
LINE_UNDER = 3.0
"""How far a line to write on lies under the baseline."""
MIN_BLANK, MIN_TIME_BLANK = 90.0, 60.0
CIRCLE_WEIGHT = 0.8


def pieces_of(sentence: Sentence, stretch: bool = False) -> tuple[Piece, ...]:
    """Return a sentence as the line breaker takes it. With `stretch`, an empty blank at the end runs to the measure."""
    pieces: list[Piece] = []
    for at, part in enumerate(sentence):
        if isinstance(part, Words):
            pieces.append(Span(part.text, part.strong, part.lang, isolate=part.alone, whose=part.whose or "the text"))
        elif part.value:
            pieces.append(Span(part.value, bold=True, underline=True, gap_id=part.id, whose=f'the blank "{part.id}"'))
        else:
            last = at == len(sentence) - 1
            pieces.append(
                Gap(part.id, MIN_TIME_BLANK if part.kind == "time" else MIN_BLANK, stretch and last, part.label)
            )
    return tuple(pieces)


def has_open_end(sentence: Sentence) -> bool:
    """Tell whether a sentence ends in an empty blank."""
    return bool(sentence) and isinstance(sentence[-1], Hole) and not sentence[-1].value


def dated(sentence: Sentence, blank_pt: float) -> tuple[Piece, ...]:
    """Return a sentence with a name or a day in it: a written one without a line, an empty one `blank_pt` wide."""
    return tuple(
        piece._replace(min_width_pt=blank_pt) if isinstance(piece, Gap) else piece._replace(underline=False, gap_id="")
        for piece in pieces_of(sentence)
    )


def entry(kids: Sequence[Kid], mark: Sentence = ()) -> Element:
    """Return a list entry. What `mark` says at its beginning ("Maya: ") becomes the entry's label."""
    return labelled(*parted(kids, sum(len(part.text) for part in mark if isinstance(part, Words))))


def parted(kids: Sequence[Kid], letters: int) -> tuple[Sequence[Kid], Sequence[Kid]]:
    """Part what was drawn behind its first letters."""
    count = 0
    while letters > 0 and count < len(kids):
        letters -= sum(len(box.run.text) for box in _boxes(kids[count]) if isinstance(box, TextBox))
        count += 1
    return kids[:count], kids[count:]


def labelled(label: Sequence[Kid], kids: Sequence[Kid]) -> Element:
    """Return a list entry with its label, if it has one."""
    body = Element(Role.BODY, tuple(kids))
    return Element(Role.ENTRY, (Element(Role.LABEL, tuple(label)), body) if label else (body,))


def _boxes(kid: Kid) -> Iterator[Box]:
    if isinstance(kid, Element):
        yield from kid.boxes()
    else:
        yield kid


class Pen:
    """Draws on one page of one document; everything that nobody reads goes to `artifacts`."""

    def __init__(self, style: Style, page: int, artifacts: list[Box], names: set[str], opens: bool = False) -> None:
        self.style = style
        self.page = page
        self.opens = opens
        self.artifacts = artifacts
        self._names = names
        self.shorts: Mapping[str, str] = {}
        """What the names of boxes say of promises, by all their words."""

    def at(self, page: int, opens: bool = False) -> "Pen":
        """Return a pen for a page of the same document; `opens`: this block's first strip there."""
        pen = Pen(self.style, page, self.artifacts, self._names, opens)
        pen.shorts = self.shorts
        return pen

    def up(self, top: float) -> float:
        """Turn a distance from the top into a height above the bottom."""
        return self.style.height - top

    def baseline(self, top: float, type_: Type) -> float:
        """Return how far from the top of the page the baseline of a line stands whose box begins at `top`.

        Capitals stand in the middle of their leading, whatever the face reserves above and below.
        """
        cap = face(key_of(type_.stack[0], type_.bold)).cap_height * type_.size_pt / 1000
        return top + (type_.leading_pt + cap) / 2

    def lines(self, lines: Sequence[Line], type_: Type, x: float, top: float, prefix: str = "") -> list[Kid]:
        """Place lines under each other, set from the left. `prefix` goes before the names of fields for blanks."""
        kids: list[Kid] = []
        for at, line in enumerate(lines):
            kids += self.line(line, type_, x, top + at * type_.leading_pt, prefix)
        return kids

    def centred(self, lines: Sequence[Line], type_: Type, x: float, top: float) -> list[Kid]:
        """Place lines under each other, each with its middle at `x`."""
        kids: list[Kid] = []
        for at, line in enumerate(lines):
            if watch := current():
                watch.middle = x
            kids += self.line(line, type_, x - line.width_pt / 2, top + at * type_.leading_pt)
        return kids

    def line(self, line: Line, type_: Type, x: float, top: float, prefix: str = "") -> list[Kid]:
        """Place one line whose box begins at `top`, its parts in reading order; blanks become lines to write on."""
        base = self.baseline(top, type_)
        kids: list[Kid] = []
        for part in sorted(line.parts, key=lambda part: part.order):
            if isinstance(part, PlacedGap):
                name = ".".join(filter(None, (prefix, part.gap_id)))
                kids.append(self.write_on(x + part.x_pt, base, part.width_pt, (name, part.label), type_.size_pt))
                continue
            box = TextBox(self.page, x + part.x_pt, self.up(base), type_.size_pt, part.run)
            if part.underline:
                self.rule(x + part.left_pt, base + LINE_UNDER, part.width_pt)
            foreign = part.lang if part.lang != type_.lang else ""
            alone = foreign or part.expansion
            kids.append(Element(Role.SPAN, (box,), lang=foreign, expansion=part.expansion) if alone else box)
        if watch := current():
            boxes = tuple(box for kid in kids for box in _boxes(kid) if isinstance(box, TextBox))
            watch.placings.append(Placing(line, type_, (self.page, x, self.up(base)), watch.middle, boxes))
            watch.middle = None
        return kids

    def furnish(self, kids: Sequence[Kid]) -> None:
        """Put text among the things that nobody reads: letters over circles, running lines."""
        for kid in kids:
            self.artifacts += kid.boxes() if isinstance(kid, Element) else [kid]

    def write_on(self, x: float, base: float, width: float, name: tuple[str, str], size_pt: float) -> Element:
        """Draw a line to write on under the baseline `base`. `name` is its field's name and spoken label."""
        y = self.up(base + LINE_UNDER)
        line = Shape(self.page, (("M", x, y), ("L", x + width, y)), Ink.LINE, round_caps=True)
        return self.field(FieldBox(self.page, x, y, width, size_pt * 1.5, *name, size_pt=size_pt), line)

    def field(self, box: FieldBox, shape: Shape) -> Element:
        """Return the Form element of a field and of its line or circle, its name made unique in the document."""
        name, number = box.name, 2
        while name in self._names:
            name, number = f"{box.name}.{number}", number + 1
        self._names.add(name)
        return Element(Role.FORM, (shape, box._replace(name=name)), alt=box.label)

    def rule(self, x: float, top: float, width: float, weight: float = 0.75, ink: Ink = Ink.LINE) -> None:
        """Draw a level line."""
        y = self.up(top)
        self.draw((("M", x, y), ("L", x + width, y)), ink, weight)

    def draw(
        self, path: tuple[tuple[str | float, ...], ...], ink: Ink, weight: float, dash: tuple[float, ...] = ()
    ) -> None:
        """Stroke a path in page coordinates, with round caps unless it is dashed."""
        self.artifacts.append(Shape(self.page, path, ink, weight, dash=dash, round_caps=not dash))

    def ring(self, x: float, top: float, size: float, weight: float = CIRCLE_WEIGHT, ink: Ink = Ink.LINE) -> None:
        """Draw a circle whose box begins at (x, top). The stroke lies inside the box."""
        self.artifacts.append(self.circle(x, top, size, weight, ink))

    def circle(self, x: float, top: float, size: float, weight: float = CIRCLE_WEIGHT, ink: Ink = Ink.LINE) -> Shape:
        """Return the circle that `ring` draws."""
        return self.rounded((x, top), (size, size), size / 2, weight, ink)

    def frame(
        self, at: tuple[float, float], size: tuple[float, float], radius: float, weight: float, ink: Ink = Ink.LINE
    ) -> None:
        """Draw a rectangle with round corners."""
        self.artifacts.append(self.rounded(at, size, radius, weight, ink))

    def rounded(
        self, at: tuple[float, float], size: tuple[float, float], radius: float, weight: float, ink: Ink = Ink.LINE
    ) -> Shape:
        """Return the rectangle that `frame` draws."""
        half = weight / 2
        x0, x1 = at[0] + half, at[0] + size[0] - half
        y1, y0 = self.up(at[1] + half), self.up(at[1] + size[1] - half)
        r = radius - half
        c = r * (1 - _CURVE)
        path = (
            ("M", x0 + r, y0), ("L", x1 - r, y0), ("C", x1 - c, y0, x1, y0 + c, x1, y0 + r),
            ("L", x1, y1 - r), ("C", x1, y1 - c, x1 - c, y1, x1 - r, y1),
            ("L", x0 + r, y1), ("C", x0 + c, y1, x0, y1 - c, x0, y1 - r),
            ("L", x0, y0 + r), ("C", x0, y0 + c, x0 + c, y0, x0 + r, y0), ("Z",),
        )  # fmt: skip
        return Shape(self.page, path, ink, weight)

    def initial(self, at: tuple[float, float], size: tuple[float, float], name: str, label: str) -> Element:
        """Draw a circle, or a form with half-round ends, to initial, and its field."""
        pill = self.rounded(at, size, size[1] / 2, CIRCLE_WEIGHT, Ink.LINE)
        box = FieldBox(self.page, at[0], self.up(at[1] + size[1]), *size, name, label, FieldKind.CHECK, round=True)
        return self.field(box, pill)

    def link(self, kids: Sequence[Kid], at: tuple[float, float, float, float], address: str, label: str) -> Element:
        """Return a Link element over a rectangle (x, top, width, height)."""
        x, top, width, height = at
        box = LinkBox(self.page, x, self.up(top + height), width, height, address, label)
        return Element(Role.LINK, (*kids, box))
