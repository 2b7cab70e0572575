"""What a run of `agreement batch` tells: the preview, problems by row and column, progress. Knows no file."""

import sys
import time
from collections import Counter
from collections.abc import Iterable
from math import ceil
from typing import TYPE_CHECKING

from agreement.cli.sentences import counted, say
from agreement.errors import Problem

if TYPE_CHECKING:
    from agreement.batch import Making
    from agreement.household import Choices
    from agreement.household.roster import Roster
    from agreement.household.roster_rows import Entry
    from agreement.library import Library

SAMPLES = 3
MOST_KEPT = 10_000
EACH = 1000
MOST_CLASSES = 40
MOST_SECONDS = 120


class Preview:
    """What the check of all rows found."""

    def __init__(self) -> None:
        self.row_count = self.failed_count = self.sheet_count = 0
        self.problems: list[Problem] = []
        self.samples: list[Entry] = []
        self.by_class: Counter[str] = Counter()
        self.by_language: Counter[str] = Counter()
        self.by_pack: Counter[str] = Counter()
        self.by_paper: Counter[str] = Counter()
        self.notes: dict[str, None] = {}
        self._countries: set[str] = set()
        self._rooms: dict[str, str] = {}

    def add(self, entry: "Entry", problems: tuple[Problem, ...]) -> None:
        """Count an entry and what is wrong with it."""
        from agreement.batch.piles import class_key

        self.row_count += len(entry.rows)
        if problems:
            self.failed_count += len(entry.rows)
            if len(self.problems) < MOST_KEPT:
                self.problems += sorted(problems, key=lambda problem: (problem.where.line, problem.where.column))
            return
        self.sheet_count += 1
        self.by_class[self._rooms.setdefault(class_key(entry.classroom), entry.classroom)] += 1
        self.by_language[entry.choices.language or "en"] += 1
        self.by_pack[entry.choices.pack or "usual for the age"] += 1
        self.by_paper[entry.choices.paper or "usual for the country"] += 1
        if len(self.samples) < SAMPLES:
            self.samples.append(entry)

    def note(self, choices: "Choices", making: "Making", library: "Library") -> None:
        """Note what a person should hear of the help lines on a sheet, once for each country."""
        if choices.country in self._countries or making.date is None:
            return
        from agreement.compose import notes

        self._countries.add(choices.country)
        self.notes |= dict.fromkeys(notes(choices, library, making.date))

    def summary(self) -> str:
        """Return one line for a run that is going to make them."""
        return (
            f"{counted(self.row_count, 'row')} checked: {counted(self.sheet_count, 'sheet')} to make, "
            f"{counted(self.failed_count, 'row')} with problems."
        )

    def _counts(self) -> "tuple[tuple[str, Counter[str]], ...]":
        counts = self.by_class, self.by_language, self.by_pack, self.by_paper
        return tuple(zip(("class", "language", "pack", "paper"), counts, strict=True))

    def lines(self, roster: "Roster") -> list[str]:
        """Return the whole preview: mapping, counts, samples."""
        from agreement.batch.piles import natural

        columns = roster.columns
        lines = [f"{roster.name}: {roster.told}", "", "Columns"]
        for column in columns.read:
            number = f" {column.number}" if 0 < column.number < 100 else ""
            lines.append(f"  {column.header}: {column.meaning}{number}")
        if columns.private:
            lines.append(f"  not read, because no sheet prints it: {', '.join(columns.private)}")
        if columns.unknown:
            lines.append(f"  not known, not read: {', '.join(columns.unknown)}")
        lines += ["", f"{counted(self.row_count, 'row')}, {counted(self.sheet_count, 'sheet')}"]
        for what, counts in self._counts():
            ordered = sorted(counts.items(), key=lambda one: (natural(one[0]), one[0]))
            shown = [f"{name or 'none'} {count}" for name, count in ordered[:MOST_CLASSES]]
            more = f" and {len(counts) - MOST_CLASSES} more" if len(counts) > MOST_CLASSES else ""
            lines.append(f"  by {what}: {', '.join(shown)}{more}")
        lines += ["", "The first sheets"]
        for entry in self.samples:
            household = entry.household
            children = ", ".join(
                f"{child.name} ({child.age_years})" if child.age_years else child.name for child in household.children
            )
            adults = ", ".join(adult.name for adult in household.adults) or "lines to write on"
            lines.append(f"  row {entry.row}: {household.family or 'no family name'}; {children}; adults: {adults}")
        return lines


def preview(entries: "Iterable[Entry]", making: "Making", library: "Library") -> Preview:
    """Check every entry."""
    from agreement.batch import check_entry

    found = Preview()
    for entry in entries:
        problems = check_entry(entry, making)
        found.add(entry, problems)
        if not problems:
            found.note(entry.choices, making, library)
    return found


def said_of(problem: Problem, roster: "Roster") -> str:
    """Return a problem with the header of its column: row 12, "Age": F325 ..."""
    where = problem.where
    if where.file != roster.name or not where.line:
        return str(problem)
    headers = roster.columns.headers
    header = headers[where.column - 1] if 0 < where.column <= len(headers) else ""
    column = f', "{header[:40]}"' if header else f", column {where.column}" if where.column > 1 else ""
    return f"row {where.line}{column}: {problem.code} {problem.text}{' ' + problem.mend if problem.mend else ''}"


def _lasting(seconds: float) -> str:
    """Return about how long something takes."""
    return counted(ceil(seconds), "second") if seconds < MOST_SECONDS else counted(ceil(seconds / 60), "minute")


class Progress:
    """Says how far a run is: in place on a terminal, else a line a thousand."""

    def __init__(self, quiet: bool, total: int = 0) -> None:
        self._quiet, self._total = quiet, total
        self._count = self._made = 0
        self._began = self._last = time.monotonic()
        self._terminal = bool(sys.stderr and sys.stderr.isatty())
        self._shown = False

    def step(self, fresh: bool) -> None:
        """Count one more."""
        self._count += 1
        self._made += fresh
        if self._quiet:
            return
        now = time.monotonic()
        if self._terminal and now - self._last > 0.2:
            self._last = now
            sys.stderr.write(f"\r\x1b[K{self._told(now)}")
            sys.stderr.flush()
            self._shown = True
        elif not self._terminal and self._count % EACH == 0:
            say(self._told(now))

    def _told(self, now: float) -> str:
        rate = self._made / max(now - self._began, 0.001)
        left = (self._total - self._count) / rate if rate and self._total else 0
        of = f" of {self._total}" if self._total else ""
        return f"{self._count}{of}, {rate:.0f} a second" + (f", {_lasting(left)} left" if left else "")

    def clear(self) -> None:
        """Take the line on a terminal away."""
        if self._shown:
            sys.stderr.write("\r\x1b[K")
            sys.stderr.flush()
            self._shown = False
