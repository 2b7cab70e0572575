"""Lines of several names with words between them ("Coach Lee, swim team"), each a run of its own behind the last.

Such a line is stamped while it is one line. Knows names and lines, no die.
"""

from collections.abc import Iterator, Sequence
from itertools import accumulate
from typing import NamedTuple

from agreement.batch.slots import Slot
from agreement.batch.texts import Look, Row, Texts, look_of
from agreement.pdf.slotted import UnfitError
from agreement.typeset.boxes import GlyphRun
from agreement.typeset.breaks import FIT
from agreement.typeset.lines import PlacedRun, Span
from agreement.typeset.shape import width
from agreement.typeset.watch import Placing, Setting


class Series(NamedTuple):
    """A line of names, and of words that are the same for all households; each is set by itself."""

    members: tuple[Look | Row, ...]
    size_pt: float
    measure_pt: float

    def rows(self, texts: Texts) -> list[Row]:
        """Return what stands on the line."""
        return [member if isinstance(member, Row) else texts.row(member) for member in self.members]


class Standing(NamedTuple):
    """A series on a page: its first slot in the die, one for each member, and where the line begins."""

    series: Series
    first: int
    x: float
    y: float


class AllSeries:
    """The series of one shape."""

    def __init__(self) -> None:
        self._asked: list[Series] = []
        self._standing: list[Standing] = []

    def ask(self, series: Series) -> None:
        """Take a series that layout asked about."""
        self._asked.append(series)

    def place(self, series: Series, placing: Placing, first: int) -> range:
        """Take a series that was placed; return the slots of its runs, from `first` on.

        Raises UnfitError where it does not begin at a place of its own.
        """
        _, x, y = placing.at
        if placing.middle is not None:
            raise UnfitError("several names around a middle")
        self._standing.append(Standing(series, first, x, y))
        return range(first, first + len(placing.boxes))

    def letters(self) -> str:
        """Return all letters of the words between names."""
        return "".join(
            member.run.text for series in self._asked for member in series.members if isinstance(member, Row)
        )

    def hold(self, texts: Texts) -> bool:
        """Tell whether each is one line with the names of another household, too."""
        return all(
            sum(row.wide for row in series.rows(texts)) * series.size_pt / 1000 <= series.measure_pt + FIT
            for series in self._asked
        )

    def drawn(self, texts: Texts) -> Iterator[tuple[int, GlyphRun, float, float]]:
        """Yield each slot with its run, and from where that is drawn for a household."""
        for series, first, x, y in self._standing:
            rows = series.rows(texts)
            afters = accumulate((row.wide * (series.size_pt / 1000) for row in rows), initial=0.0)
            for number, (row, after) in enumerate(zip(rows, afters, strict=False), first):
                yield number, row.run, x + after, y


def series_of(setting: Setting, slots: Sequence[Slot | None]) -> Series:
    """Return what was asked about a paragraph of several names. Raises UnfitError for more than a line of plain runs.

    `slots` are those of its pieces.
    """
    runs = [part for line in setting.lines for part in line.parts if isinstance(part, PlacedRun)]
    if len(setting.lines) != 1 or [run.run.text for run in runs] != [piece.text for piece in setting.pieces]:
        raise UnfitError("several names on several lines, or in several faces")
    members: list[Look | Row] = []
    for slot, piece, part in zip(slots, setting.pieces, runs, strict=True):
        if not isinstance(piece, Span) or piece.underline:
            raise UnfitError("a blank among names")
        members.append(look_of(slot, piece, setting.type_) if slot else Row(width([part.run]), part.run))
    return Series(tuple(members), setting.type_.size_pt, setting.measure_pt)
