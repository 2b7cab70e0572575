"""Which strip of running text stands in which column: columns fill from the top, and end at about the same height."""

from collections.abc import Sequence
from typing import NamedTuple

from agreement.errors import LayoutError
from agreement.typeset.flow import FIT
from agreement.typeset.running import Strip

STEPS = 16
"""How often the height of the columns is halved in: 600 points to a hundredth."""
MAX_GROWTH = 16.0


class Column(NamedTuple):
    """The room of one column on a page counted from 0: its left edge, and its top and bottom from the page's top."""

    page: int
    x: float
    top: float
    bottom: float


class Stood(NamedTuple):
    """A strip in its column, at a distance from the top of the page."""

    strip: Strip
    column: Column
    top: float


def pour(strips: Sequence[Strip], columns: Sequence[Column]) -> list[Stood] | None:
    """Fill columns one after another; None if they do not hold everything.

    Raises LayoutError for strips that are kept together and higher than a column.
    """
    stood: list[Stood] = []
    number, at, started = 0, columns[0].top, False
    for group in _groups(strips):
        if started and group[0].starts:
            number = _next(number, columns, group[0].starts)
            started = False
        while number < len(columns):
            column = columns[number]
            at = at if started else column.top
            height = sum(strip.height + strip.space for strip in group) - (0 if started else group[0].space)
            if at + height <= column.bottom + FIT:
                break
            if not started and column.bottom - column.top >= max(one.bottom - one.top for one in columns) - FIT:
                raise LayoutError("a part of an extra page is longer than a page. Make it shorter.")
            number, started = number + 1, False
        if number >= len(columns):
            return None
        for strip in group:
            at += strip.space if started else 0.0
            stood.append(Stood(strip, columns[number], at))
            at, started = at + strip.height, True
    return stood


def _groups(strips: Sequence[Strip]) -> list[list[Strip]]:
    groups: list[list[Strip]] = []
    joined = False
    for strip in strips:
        if joined:
            groups[-1].append(strip)
        else:
            groups.append([strip])
        joined = strip.keep
    return groups


def _next(number: int, columns: Sequence[Column], starts: str) -> int:
    page = columns[number].page
    for later in range(number + 1, len(columns)):
        if starts == "column" or columns[later].page > page:
            return later
    return len(columns)


def evened(strips: Sequence[Strip], columns: Sequence[Column]) -> list[Stood] | None:
    """Fill columns so that all end at about the same height, as high on their pages as that allows."""
    best = pour(strips, columns)
    if best is None:
        return None
    low, high = 0.0, 1.0
    for _ in range(STEPS):
        share = (low + high) / 2
        lower = [column._replace(bottom=column.top + (column.bottom - column.top) * share) for column in columns]
        try:
            found = pour(strips, lower)
        except LayoutError:
            found = None
        if found:
            best, high = found, share
        else:
            low = share
    return best


def spread(stood: Sequence[Stood]) -> list[Stood]:
    """Share what is left in each column among its elastic spaces, each growing by no more than MAX_GROWTH."""
    columns = dict.fromkeys(one.column for one in stood)
    moved: list[Stood] = []
    for column in columns:
        here = [one for one in stood if one.column == column]
        elastic = [at for at, one in enumerate(here) if at and one.strip.elastic]
        left = column.bottom - (here[-1].top + here[-1].strip.height)
        extra = min(left / len(elastic), MAX_GROWTH) if elastic else 0.0
        shift = 0.0
        for at, one in enumerate(here):
            shift += extra if at in elastic else 0.0
            moved.append(one._replace(top=one.top + shift))
    return moved
