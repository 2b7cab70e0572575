"""The small drawings beside headings on a sheet for ages 5 to 7, on a square of 32 units."""

from agreement.typeset.boxes import Ink
from agreement.typeset.pen import Pen

ICON_SIZE = 32.0
UNITS = 32.0
STROKE = 1.7
K = 0.5523
Step = tuple[str | float, ...]


def _circle(x: float, y: float, r: float) -> list[Step]:
    k = r * K
    return [
        ("M", x + r, y),
        ("C", x + r, y + k, x + k, y + r, x, y + r),
        ("C", x - k, y + r, x - r, y + k, x - r, y),
        ("C", x - r, y - k, x - k, y - r, x, y - r),
        ("C", x + k, y - r, x + r, y - k, x + r, y),
    ]


def _shoulders(x: float, y: float, r: float) -> list[Step]:
    """Half a circle over the line at y."""
    k = r * K
    return [("M", x - r, y), ("C", x - r, y - k, x - k, y - r, x, y - r), ("C", x + k, y - r, x + r, y - k, x + r, y)]


ICONS: dict[str, list[Step]] = {
    "friends": [
        *_circle(10.5, 10, 4.6),
        *_circle(22, 11.5, 4),
        *_shoulders(10.5, 27, 8),
        ("M", 21, 20.1), ("C", 26, 19.6, 29, 23, 29, 27),
    ],
    "home": [
        ("M", 3, 15.5), ("L", 16, 4.5), ("L", 29, 15.5),
        ("M", 6.5, 13), ("L", 6.5, 26), ("C", 6.5, 27.4, 7.6, 28.5, 9, 28.5), ("L", 23, 28.5),
        ("C", 24.4, 28.5, 25.5, 27.4, 25.5, 26), ("L", 25.5, 13),
        ("M", 16, 24), ("C", 11, 20.5, 11.5, 16.5, 14, 16.5), ("C", 15.2, 16.5, 16, 17.5, 16, 18.3),
        ("C", 16, 17.5, 16.8, 16.5, 18, 16.5), ("C", 20.5, 16.5, 21, 20.5, 16, 24),
    ],
    "talk": [
        ("M", 9, 3.5), ("L", 23, 3.5), ("C", 26.3, 3.5, 29, 6.2, 29, 9.5), ("L", 29, 14.5),
        ("C", 29, 17.8, 26.3, 20.5, 23, 20.5), ("L", 14, 20.5), ("L", 9, 27.5), ("L", 9, 20.5),
        ("C", 5.7, 20.5, 3, 17.8, 3, 14.5), ("L", 3, 9.5), ("C", 3, 6.2, 5.7, 3.5, 9, 3.5), ("Z",),
        *_circle(10.5, 12, 0.8), *_circle(16, 12, 0.8), *_circle(21.5, 12, 0.8),
    ],
    "moon": [
        ("M", 20, 4.5), ("C", 11, 5, 5, 11, 5.5, 18), ("C", 6, 24.5, 12, 28.5, 18, 28),
        ("C", 23, 27.5, 26.5, 24.5, 28, 20.5), ("C", 18, 23, 13, 13, 20, 4.5), ("Z",),
    ],
    "picture": [
        ("M", 7, 5.5), ("L", 25, 5.5), ("C", 27.2, 5.5, 29, 7.3, 29, 9.5), ("L", 29, 22.5),
        ("C", 29, 24.7, 27.2, 26.5, 25, 26.5), ("L", 7, 26.5), ("C", 4.8, 26.5, 3, 24.7, 3, 22.5),
        ("L", 3, 9.5), ("C", 3, 7.3, 4.8, 5.5, 7, 5.5), ("Z",),
        *_circle(10, 11.5, 2.2), ("M", 5, 24), ("L", 13, 17), ("L", 17, 21), ("L", 21.5, 15.5), ("L", 28, 22.5),
    ],
    "heart": [
        ("M", 16, 27.5), ("C", 4, 19, 2.5, 13, 4.5, 9), ("C", 7, 4.5, 13.5, 4.5, 16, 10),
        ("C", 18.5, 4.5, 25, 4.5, 27.5, 9), ("C", 29.5, 13, 28, 19, 16, 27.5), ("Z",),
    ],
    "game": [
        ("M", 10, 9.5), ("L", 22, 9.5), ("C", 27, 9.5, 30, 15, 29, 21), ("C", 28.4, 25, 24.5, 25.5, 22.5, 22),
        ("L", 21, 19.5), ("L", 11, 19.5), ("L", 9.5, 22), ("C", 7.5, 25.5, 3.6, 25, 3, 21),
        ("C", 2, 15, 5, 9.5, 10, 9.5), ("Z",),
        ("M", 10.5, 12), ("L", 10.5, 17), ("M", 8, 14.5), ("L", 13, 14.5), *_circle(21.5, 14.5, 1.2),
    ],
    "eye": [
        ("M", 3, 16), ("C", 8, 7.5, 24, 7.5, 29, 16), ("C", 24, 24.5, 8, 24.5, 3, 16), ("Z",), *_circle(16, 16, 4.2),
    ],
    "sprout": [
        ("M", 16, 28.5), ("L", 16, 15),
        ("M", 16, 18), ("C", 9, 18.5, 5, 14.5, 5, 8.5), ("C", 11.5, 8, 16, 11.5, 16, 18),
        ("M", 16, 15), ("C", 16, 9, 20, 5, 27, 5.5), ("C", 27.5, 11.5, 23, 15.5, 16, 15),
    ],
}  # fmt: skip
"""Paths on the square, y counted downwards."""


def draw_icon(pen: Pen, name: str, x: float, top: float) -> None:
    """Draw an icon, its square's left upper corner at (x, top); a name without a drawing draws nothing."""
    scale = ICON_SIZE / UNITS
    path: list[Step] = []
    for step in ICONS.get(name, ()):
        numbers = [float(number) for number in step[1:]]
        placed = [x + n * scale if at % 2 == 0 else pen.up(top + n * scale) for at, n in enumerate(numbers)]
        path.append((step[0], *placed))
    if path:
        pen.draw(tuple(path), Ink.ACCENT, STROKE * scale)
