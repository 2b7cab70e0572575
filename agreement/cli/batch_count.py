"""What a run of `agreement batch` counts: the rows it was asked for, and what became of each. Knows no file."""

import re
from typing import TYPE_CHECKING

import click

from agreement.cli.sentences import counted

if TYPE_CHECKING:
    from agreement.errors import Problem
    from agreement.household.roster_rows import Entry

_ROWS = re.compile(r"\s*(\d{1,9})\s*(?:-\s*(\d{1,9}))?\s*")


class Count:
    """Rows in, sheets out and rows reported; the three must agree."""

    def __init__(self) -> None:
        self.rows = self.sheets = self.kept = self.reported = self.on_sheets = 0

    def add(self, entry: "Entry", problems: "tuple[Problem, ...]", fresh: bool = True) -> None:
        """Count an entry and what became of it."""
        self.rows += len(entry.rows)
        if problems:
            self.reported += len(entry.rows)
            return
        self.on_sheets += len(entry.rows)
        self.sheets += 1
        self.kept += not fresh

    def said(self, where: str) -> str:
        """Return the last line. A sum that does not agree is a mistake of the program."""
        assert self.rows == self.on_sheets + self.reported, "a row was lost"
        kept = f" ({self.kept} were there already)" if self.kept else ""
        shared = f" for {self.on_sheets} of them" if self.on_sheets != self.sheets else ""
        return (
            f"{counted(self.rows, 'row')} in: {counted(self.sheets, 'sheet')}{shared} in {where}{kept}, "
            f"{counted(self.reported, 'row')} reported."
        )


class Rows:
    """The rows of --rows."""

    def __init__(self, ranges: list[range]) -> None:
        self._ranges = ranges

    def __contains__(self, row: int) -> bool:
        return any(row in one for one in self._ranges)


def rows_of(text: str | None) -> Rows | None:
    """Read 12,40-45."""
    if not text:
        return None
    ranges = []
    for part in text.split(","):
        match = _ROWS.fullmatch(part)
        if not match:
            raise click.UsageError(f'--rows: "{part[:20]}" is no row. Write them as in 12,40-45.')
        first, last = int(match[1]), int(match[2] or match[1])
        if last < first:
            raise click.UsageError(f"--rows: {first}-{last} runs backwards. Write them as in 12,40-45.")
        ranges.append(range(first, last + 1))
    return Rows(ranges)
