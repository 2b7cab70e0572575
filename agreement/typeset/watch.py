"""What layout asked of paragraphs and where it put their lines, noted while somebody watches.

Who knows every question that hung on a name, and its answer, knows when another name leads to the same sheet. This
module notes and judges nothing; nobody watches while one sheet is made.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any, NamedTuple


class Setting(NamedTuple):
    """A paragraph that was set. `whole` asked for one line or none; `lines` is what came of it.

    `balanced` asked for the most even lines.
    """

    pieces: tuple[Any, ...]
    type_: Any
    measure_pt: float
    whole: bool
    lines: tuple[Any, ...]
    balanced: bool = False


class Placing(NamedTuple):
    """A line that was placed from `x`, or with its middle at `middle`; `boxes` are its runs on the page."""

    line: Any
    type_: Any
    at: tuple[int, float, float]
    middle: float | None
    boxes: tuple[Any, ...]


class Meeting(NamedTuple):
    """Two lines that might stand beside each other in `room_pt`, and whether they did."""

    left: Any
    right_pt: float
    room_pt: float
    beside: bool


class Watch:
    """Everything noted since the watch began."""

    def __init__(self) -> None:
        self.settings: list[Setting] = []
        self.placings: list[Placing] = []
        self.meetings: list[Meeting] = []
        self.middle: float | None = None


_watches: list[Watch] = []


@contextmanager
def watching() -> Iterator[Watch]:
    """Watch what is laid out inside."""
    watch = Watch()
    _watches.append(watch)
    try:
        yield watch
    finally:
        _watches.remove(watch)


def current() -> Watch | None:
    """Return the watch that is on, if any."""
    return _watches[-1] if _watches else None
