"""Values of fields as boxes to draw: how what is typed or ticked looks before anybody opens the file.

Knows boxes and type, and nothing of how PDF writes either.
"""

from collections.abc import Iterator

from agreement.typeset.boxes import FieldBox, FieldKind, Ink, Shape, TextBox
from agreement.typeset.fonts import Stack, face, key_of
from agreement.typeset.shape import shape, width

_INSET_PT = 2.0
_TICK = ((0.24, 0.52), (0.42, 0.3), (0.76, 0.72))


def drawn_value(box: FieldBox, stack: Stack) -> list[TextBox | Shape]:
    """Return a field's value as it stands on the page; nothing for an empty field."""
    if not box.value:
        return []
    if box.kind is not FieldKind.CHECK:
        return list(written(box, stack))
    width_pt, points = tick_of(box)
    moved = tuple((operator, box.x + x, box.y + y) for operator, x, y in points)
    return [Shape(box.page, moved, Ink.TEXT, width_pt, round_caps=True)]


def written(box: FieldBox, stack: Stack) -> Iterator[TextBox]:
    """Yield the runs of a text field's value: one line in the middle of its height, or several from its top."""
    line_pt = box.size_pt * 1.25
    cap_pt = face(key_of(stack[0], False)).cap_height * box.size_pt / 1000
    lines = box.value.splitlines() if box.multiline else [" ".join(box.value.split())]
    top = box.height - _INSET_PT - box.size_pt if box.multiline else (box.height - cap_pt) / 2
    for row, line in enumerate(lines):
        runs = shape(line, stack)
        free_pt = box.width - width(runs) * box.size_pt / 1000
        x = box.x + (free_pt / 2 if box.round else _INSET_PT)
        for run in runs:
            yield TextBox(box.page, x, box.y + top - row * line_pt, box.size_pt, run)
            x += width([run]) * box.size_pt / 1000


def tick_of(box: FieldBox) -> tuple[float, tuple[tuple[str, float, float], ...]]:
    """Return the stroke width and the path of a tick, from the field's lower left corner; a path needs no font."""
    side = min(box.width, box.height)
    left, bottom = (box.width - side) / 2, (box.height - side) / 2
    points = [(left + x * side, bottom + y * side) for x, y in _TICK]
    return max(1.0, side / 9), tuple(("L" if at else "M", *point) for at, point in enumerate(points))
