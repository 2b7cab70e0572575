"""A run of `agreement batch` from its options to its last line: check, tell, make, tell what became of it."""

import re
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from agreement.cli.batch_told import Progress, preview, said_of
from agreement.cli.sentences import counted, say, tell
from agreement.errors import Problem

if TYPE_CHECKING:
    from agreement.batch import Making
    from agreement.batch.ledger import Line
    from agreement.batch.print_file import PrintOrder
    from agreement.household import Choices, Household
    from agreement.household.roster import Roster
    from agreement.household.roster_rows import Entry
    from agreement.library import Library

SOME_FAILED = 6
STOPPED = 130
MOST_TOLD = 200
"""Problems on the screen; a roster with more has one reason, and the report names every row."""
_ROWS = re.compile(r"\s*(\d{1,9})\s*(?:-\s*(\d{1,9}))?\s*")


class Run:
    """One run: what was asked, and what holds for all sheets."""

    def __init__(
        self, asked: dict[str, Any], making: "Making", library: "Library", for_all: "tuple[Household, Choices]"
    ) -> None:
        self.asked, self.making, self.library = asked, making, library
        self.household, self.choices = for_all
        self.told = self.sheet_count = 0
        self.known_bad: set[Problem] = set()

    def blank(self) -> int:
        """Make sheets to fill in by hand."""
        from agreement.household.roster_rows import Entry

        count = self.asked["blank"]
        blank = Entry((1,), self.household._replace(children=()), self.choices)
        self._merge([blank._replace(rows=(row,)) for row in range(1, count + 1)])
        say(f"{counted(count, 'blank sheet')} in {self.asked['merged']}.")
        return 0

    def roster(self, path: str) -> int:
        """Check every row, then make every sheet that is missing."""
        rows = _rows_of(self.asked["rows"])
        roster = self._open(path)
        checked = preview(self.entries(roster), self.making, self.library)
        if self.asked["dry_run"]:
            tell("\n".join(checked.lines(roster)))
        elif not self.asked["quiet"]:
            say(checked.summary())
        for problem in checked.problems[:MOST_TOLD]:
            say(said_of(problem, roster))
        if checked.failed_count > len(checked.problems[:MOST_TOLD]):
            say(f"... and more: {counted(checked.failed_count, 'row')} in all have problems.")
        if self.asked["dry_run"]:
            say(f"{counted(checked.row_count, 'row')} checked, {checked.failed_count} reported; nothing was written.")
            return SOME_FAILED if checked.failed_count else 0
        self.sheet_count = checked.sheet_count + checked.failed_count
        self.known_bad = set(checked.problems)
        failed = 0
        try:
            if self.asked["output"]:
                failed = max(failed, self._folder(roster, rows))
            if self.asked["merged"]:
                failed = max(failed, self._merge_roster(roster, rows))
        except KeyboardInterrupt:
            say("Stopped. Run the same command again to go on; nothing is lost.")
            return STOPPED
        return SOME_FAILED if failed else 0

    def _open(self, path: str) -> "Roster":
        from agreement.household.roster import open_roster
        from agreement.household.roster_columns import columns_asked

        blanks = sorted({name for clause in self.library.clauses.values() for name in clause.blanks})
        asked = columns_asked(self.asked["column"])
        return open_roster(path, asked=asked, blanks=blanks, wanted=self.asked["wanted"] or "")

    def entries(self, roster: "Roster") -> "Iterator[Entry]":
        """Yield the households of the roster."""
        from agreement.household.roster_rows import entries, grouped

        found = entries(roster, self.household, self.choices, _languages(self.library))
        return grouped(found) if self.asked["group"] else found

    def _folder(self, roster: "Roster", rows: "Rows | None") -> int:
        """Write the separate files; return how many rows were reported."""
        from agreement.batch.folder import Folder
        from agreement.batch.ledger import FAILED
        from agreement.batch.naming import USUAL, Names, wrong_in
        from agreement.batch.workers import Crew

        pattern = self.asked["pattern"] or USUAL
        if wrong := wrong_in(pattern):
            raise click.UsageError(f"--name: {wrong}")
        only_failed = self.asked["only_failed"]
        folder = Folder(
            Path(self.asked["output"]),
            Names(pattern),
            force=self.asked["force"],
            whole=rows is None and not only_failed and not self.asked["wanted"],
        )
        making = self._as_begun(folder.ledger.begun())

        def picked(entry: "Entry", line: "Line | None") -> bool:
            if rows is not None and not any(row in rows for row in entry.rows):
                return False
            return not only_failed or (line is not None and line.status == FAILED)

        count = Count()
        crew = Crew(self.asked["jobs"], self.asked["scheduler"] or "")
        progress = Progress(self.asked["quiet"], self.sheet_count)
        for done in folder.write_all(self.entries(roster), making, crew, picked):
            count.add(done.entry, done.problems, done.fresh)
            progress.step(done.fresh and not done.problems)
            self._tell(done.problems, roster, progress)
        progress.clear()
        say(count.said(self.asked["output"]))
        return count.reported

    def _as_begun(self, begun: dict[str, Any]) -> "Making":
        """Return what a killed run was made with, so that what goes on the next day ends as it began."""
        import datetime

        if self.asked["date"] is None and begun.get("date"):
            day = datetime.date.fromisoformat(begun["date"])
            if day != self.making.date and not self.asked["quiet"]:
                say(f"Going on with the run of {day}; --date gives another day.")
            return self.making._replace(date=day)
        return self.making

    def _merge_roster(self, roster: "Roster", rows: "Rows | None") -> int:
        found = (entry for entry in self.entries(roster) if rows is None or any(row in rows for row in entry.rows))
        return self._merge(found, roster)

    def _merge(self, entries: "Iterable[Entry]", roster: "Roster | None" = None) -> int:
        """Write the print file; return how many rows were reported."""
        from agreement.batch.print_file import print_files

        path = Path(self.asked["merged"])
        count = Count()
        progress = Progress(self.asked["quiet"], self.sheet_count or self.asked["blank"] or 0)
        for printed in print_files(path, entries, self.making, self._order(), force=self.asked["force"]):
            count.add(printed.entry, printed.problems)
            progress.step(not printed.problems)
            if roster and not self.asked["output"]:
                self._tell(printed.problems, roster, progress)
        progress.clear()
        if roster:
            say(count.said(str(path)))
        return count.reported

    def _order(self) -> "PrintOrder":
        from agreement.batch.print_file import SORTS, PrintOrder

        by = tuple(part.strip() for part in (self.asked["by"] or "").split(",") if part.strip())
        if unknown := [part for part in by if part not in SORTS]:
            raise click.UsageError(f'--by: there is no "{unknown[0][:20]}". Known: {", ".join(SORTS)}.')
        asked = self.asked
        return PrintOrder(
            by, asked["separators"], asked["duplex"], asked["copies"], asked["split"] or 0, asked["sheet"] or ""
        )

    def _tell(self, problems: tuple[Problem, ...], roster: "Roster", progress: Progress) -> None:
        """Tell the problems that the check could not know."""
        for problem in problems:
            if problem not in self.known_bad and self.told < MOST_TOLD:
                self.told += 1
                progress.clear()
                say(said_of(problem, roster))


class Count:
    """Rows in, sheets out and rows reported; the three must agree."""

    def __init__(self) -> None:
        self.rows = self.sheets = self.kept = self.reported = self.on_sheets = 0

    def add(self, entry: "Entry", problems: tuple[Problem, ...], fresh: bool = True) -> None:
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


def _rows_of(text: str | None) -> Rows | None:
    """Read 12,40-45."""
    if not text:
        return None
    ranges = []
    for part in text.split(","):
        match = _ROWS.fullmatch(part)
        if not match:
            raise click.UsageError(f'--rows: "{part[:20]}" is no row. Write them as in 12,40-45.')
        ranges.append(range(int(match[1]), int(match[2] or match[1]) + 1))
    return Rows(ranges)


def _languages(library: "Library") -> dict[str, str]:
    """Return codes of the library's languages by their names in English, in themselves, and as codes."""
    from babel import Locale

    names: dict[str, str] = {}
    for code in library.languages:
        locale = Locale(code)
        names |= {str(locale.get_display_name(other)).casefold(): code for other in ("en", code)}
        names[code.casefold()] = code
    return names
