"""Where a table begins: the header among titles and notes, in one line or in two, and the sheet that holds it.

Only lines that say less than the header are passed over; a line that is as full as the header is never lost. This
module knows rows and headers, and nothing of households.
"""

from collections.abc import Iterable, Mapping, Sequence
from itertools import islice
from typing import NamedTuple

from agreement.errors import InputError, Where
from agreement.household.roster_columns import read_columns
from agreement.household.roster_meaning import meaning_of
from agreement.household.roster_text import LINES_BEFORE_HEADER, MAX_SHEETS, TableRow, refuse
from agreement.household.roster_words import words_of

LOOKED_AT = 4 * LINES_BEFORE_HEADER
"""Rows of each sheet that say whether it holds children."""
_CHILDREN = frozenset({"child", "first", "children", "preferred first"})


class Asked(NamedTuple):
    """What columns were asked for: headers by meaning, and the names of blanks that a column may fill."""

    columns: Mapping[str, str]
    blanks: Sequence[str]

    def is_understood(self, header: TableRow) -> bool:
        """Tell whether a line of headers can be read whole."""
        try:
            read_columns(header.cells, self.columns, self.blanks, Where("", header.number))
        except InputError:
            return False
        return True

    def names_children(self, row: TableRow) -> bool:
        """Tell whether a line has a header for children, or one that was asked for."""
        named = [words_of(header) for header in self.columns.values()]
        return any(
            ((meaning := meaning_of(cell, self.blanks)) and meaning[0] in _CHILDREN) or words_of(cell) in named
            for cell in row.cells
            if cell.strip()
        )

    def is_mostly_known(self, row: TableRow) -> bool:
        """Tell a line of headers from one of cells, one of which is the word for a child."""
        known = _filled(row) - len(self._unknown(row))
        return known > 2 or 2 * known >= _filled(row)

    def has_sentences(self, row: TableRow) -> bool:
        """Tell a line of a guide to the columns, which says much beside a header, from headers."""
        unknown = self._unknown(row)
        return 2 * len(unknown) >= _filled(row) and any(len(words_of(cell)) > 3 for cell in unknown)

    def _unknown(self, row: TableRow) -> list[str]:
        named = [words_of(header) for header in self.columns.values()]
        filled = [cell for cell in row.cells if cell.strip()]
        return [cell for cell in filled if meaning_of(cell, self.blanks) is None and words_of(cell) not in named]

    def is_second_line(self, row: TableRow) -> bool:
        """Tell whether every cell of a row is a header, too."""
        filled = [cell for cell in row.cells if cell.strip()]
        return len(filled) > 1 and all(meaning_of(cell, self.blanks) for cell in filled)


def header_of(rows: Iterable[TableRow], asked: Asked) -> TableRow | None:
    """Return the header, with the number of its last line; None for an empty table.

    Raises InputError when no row can be read.
    """
    first = [row for row in islice(rows, LINES_BEFORE_HEADER) if row.problem or _filled(row)]
    sound = [row for row in first if not row.problem]
    if not sound:
        if first and (problem := first[0].problem):
            refuse(*problem[:4])
        return None
    at = _place(sound, asked)
    header = sound[at]
    lower = sound[at + 1] if at + 1 < len(sound) else None
    if lower and _filled(header) < _filled(lower) and asked.is_second_line(lower):
        both = _joined(header, lower)
        return both if asked.is_understood(both) or not asked.is_understood(lower) else lower
    if at and not asked.is_understood(header) and asked.is_understood(both := _joined(sound[at - 1], header)):
        return both
    return header


def _place(rows: Sequence[TableRow], asked: Asked) -> int:
    """Return which row is the header: the first full one that names children, if none as full stands over it."""
    naming = [at for at, row in enumerate(rows) if asked.names_children(row)]
    usual = next((at for at, row in enumerate(rows) if _filled(row) > 1), 0)
    at = next((at for at in naming if _filled(rows[at]) > 1), naming[0] if naming else usual)
    over = [_filled(row) for row in rows[:at]]
    if any(count >= max(2, _filled(rows[at])) for count in over):
        return usual
    return at if max(over, default=0) < 2 or asked.is_mostly_known(rows[at]) else usual


def _filled(row: TableRow) -> int:
    return sum(bool(cell.strip()) for cell in row.cells)


def _joined(upper: TableRow, lower: TableRow) -> TableRow:
    """Return two lines of headers as one: a cell above holds for those to its right that are empty."""
    cells, above = [], ""
    for place in range(max(len(upper.cells), len(lower.cells))):
        here = upper.cells[place].strip() if place < len(upper.cells) else ""
        above = here or above
        below = lower.cells[place].strip() if place < len(lower.cells) else ""
        cells.append(f"{above} {below}".strip() if below else here)
    return TableRow(lower.number, tuple(cells))


def choose_sheet(sheets: Sequence[tuple[str, list[TableRow]]], asked: Asked, file: str) -> str:
    """Return the one sheet that holds children, else the first that holds anything. Raises InputError.

    `sheets` are names with the first rows.
    """
    filled = [name for name, rows in sheets if any(map(_filled, rows))]
    if len(sheets) > MAX_SHEETS:
        said = f"this file has {len(sheets)} sheets."
        refuse(Where(file), "R107", said, f"Say which one it is: {_option(sheets[0][0])}.")
    fitting = [name for name, rows in sheets if _has_children(rows, asked)]
    if len(fitting) > 1:
        shown = ", ".join(f'"{name[:40]}"' for name in fitting[:12])
        said = f"several sheets of this file hold children: {shown}."
        refuse(Where(file), "R107", said, f"Say which one it is: {_option(fitting[0])}.")
    return next(iter([*fitting, *filled, *(name for name, _ in sheets)]), "")


def _has_children(rows: Sequence[TableRow], asked: Asked) -> bool:
    header = header_of(rows, asked)
    return (
        header is not None
        and asked.is_understood(header)
        and not asked.has_sentences(header)
        and any(_filled(row) for row in rows if row.number > header.number)
    )


def _option(name: str) -> str:
    return f'--sheet-name "{name[:40]}"'
