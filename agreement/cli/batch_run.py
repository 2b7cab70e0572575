"""A run of `agreement batch` from its options to its last line: check, tell, make, tell what became of it."""

from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from agreement.cli.batch_count import Count, Rows, rows_of
from agreement.cli.batch_told import Preview, Progress, preview, said_of
from agreement.cli.sentences import counted, say, tell
from agreement.errors import InputError, Problem

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


class Run:
    """One run: what was asked, and what holds for all sheets."""

    def __init__(
        self, asked: dict[str, Any], making: "Making", library: "Library", for_all: "tuple[Household, Choices]"
    ) -> None:
        self.asked, self.making, self.library = asked, making, library
        self.household, self.choices = for_all
        self.language = self.choices.language or "en"
        self.told = self.sheet_count = self.row_count = 0
        self.known_bad: set[Problem] = set()
        self.rows: Rows | None = None
        self.again: set[int] | None = None

    def blank(self) -> int:
        """Make sheets to fill in by hand."""
        from agreement.batch import check_entry
        from agreement.household.roster_rows import Entry

        count = self.asked["blank"]
        blank = Entry((1,), self.household, self.choices)
        if problems := check_entry(blank, self.making):
            raise InputError(problems)
        self._order()
        heard = Preview()
        heard.note(self.choices, self.making, self.library)
        for note in heard.notes if not self.asked["quiet"] else ():
            say(note)
        if self.asked["dry_run"]:
            say(f"{counted(count, 'blank sheet')} to make in {self.asked['merged']}; nothing was written.")
            return 0
        _, where = self._merge(blank._replace(rows=(row,)) for row in range(1, count + 1))
        say(f"{counted(count, 'blank sheet')} in {where}.")
        return 0

    def roster(self, path: str) -> int:
        """Check every row, then make every sheet that is missing."""
        self.rows = rows_of(self.asked["rows"])
        self._pattern(), self._order()
        roster = self._open(path)
        checked = preview(self.picked(roster), self.making, self.library)
        if not checked.row_count:
            roster.refuse_as_empty(self.asked["rows"] or "")
        self._tell_check(checked, roster)
        if self.asked["dry_run"]:
            say(f"{counted(checked.row_count, 'row')} checked, {checked.failed_count} reported; nothing was written.")
            return SOME_FAILED if checked.failed_count else 0
        self.sheet_count = checked.sheet_count + checked.failed_count
        self.row_count = checked.row_count
        self.known_bad = set(checked.problems)
        self.language = next((code for code, _ in checked.by_language.most_common(1)), self.language)
        if not self.asked["quiet"]:
            self._say_what_is_not_used(roster)
        failed = 0
        self._refuse_print_file()
        try:
            if self.asked["output"]:
                failed = max(failed, self._folder(roster))
            if self.asked["merged"]:
                count, where = self._merge(self.picked(roster), roster)
                failed = max(failed, self._last_line(count, where))
        except KeyboardInterrupt:
            say(f"Stopped; {self._kept()}")
            return STOPPED
        return SOME_FAILED if failed else 0

    def _kept(self) -> str:
        """Return what a run that was stopped leaves, and what the same command does next."""
        if self.asked["output"]:
            return "what is done stays. Run the same command again to go on."
        if self.asked["split"]:
            return "print files that are whole stay. Run the same command again to make all of them."
        return "nothing was written. Run the same command again to begin anew."

    def _tell_check(self, checked: Preview, roster: "Roster") -> None:
        if self.asked["dry_run"]:
            tell("\n".join(checked.lines(roster)))
        elif not self.asked["quiet"]:
            say(checked.summary())
        for note in checked.notes if not self.asked["quiet"] else ():
            say(note)
        for problem in checked.problems[:MOST_TOLD]:
            say(said_of(problem, roster))
        if len(checked.problems) > MOST_TOLD:
            say(f"... and more: {counted(checked.failed_count, 'row')} in all have problems.")

    def _say_what_is_not_used(self, roster: "Roster") -> None:
        """Tell of options that mean nothing without -o, without --merged or without a class."""
        asked = self.asked
        if asked["separators"] and all(column.meaning != "class" for column in roster.columns.read):
            say('--separators: no column of the roster says the class. Name one: --column class="...".')
        if not asked["merged"]:
            printing = ("by", "separators", "duplex", "split", "sheet")
            options = [f"--{name}" for name in printing if asked[name]] + ["--copies"] * (asked["copies"] > 1)
            if options:
                say(f"{', '.join(options)}: for the print file of --merged; the separate files are as always.")
        if not asked["output"]:
            known = {"--name": asked["pattern"], "--jobs": asked["jobs"], "--on": asked["scheduler"]}
            if options := [option for option, used in known.items() if used]:
                say(f"{', '.join(options)}: for the separate files of -o; one process makes a print file.")

    def _open(self, path: str) -> "Roster":
        from agreement.household.roster import open_roster
        from agreement.household.roster_columns import columns_asked

        blanks = sorted({name for clause in self.library.clauses.values() for name in clause.blanks})
        asked = columns_asked(self.asked["column"])
        wanted, sheet = self.asked["wanted"] or "", self.asked["sheet_name"] or ""
        return open_roster(path, asked=asked, blanks=blanks, wanted=wanted, sheet=sheet)

    def entries(self, roster: "Roster") -> "Iterator[Entry]":
        """Yield the households of the roster."""
        from agreement.household.roster_rows import entries
        from agreement.household.roster_siblings import grouped

        found = entries(roster, self.household, self.choices, _languages(self.library))
        return grouped(found) if self.asked["group"] else found

    def picked(self, roster: "Roster") -> "Iterator[Entry]":
        """Yield the households that were asked for."""
        for entry in self.entries(roster):
            if self.rows is not None and not any(row in self.rows for row in entry.rows):
                continue
            if self.again is None or entry.row in self.again:
                yield entry

    def _pattern(self) -> str:
        """Return the pattern of names, once it is sound."""
        from agreement.batch.naming import USUAL, wrong_in

        pattern: str = self.asked["pattern"] or USUAL
        if wrong := wrong_in(pattern):
            raise click.UsageError(f"--name: {wrong}")
        return pattern

    def _folder(self, roster: "Roster") -> int:
        """Write the separate files; return how many rows were reported."""
        from agreement.batch.folder import Folder
        from agreement.batch.ledger import FAILED
        from agreement.batch.naming import Names
        from agreement.batch.workers import Crew, useful_jobs

        only_failed = self.asked["only_failed"]
        folder = Folder(
            Path(self.asked["output"]),
            Names(self._pattern()),
            force=self.asked["force"],
            whole=self.rows is None and not only_failed and not self.asked["wanted"],
        )
        self.making = self._as_begun(folder.ledger.begun())
        again: set[int] = set()

        def picked(entry: "Entry", line: "Line | None") -> bool:
            if self.rows is not None and not any(row in self.rows for row in entry.rows):
                return False
            if only_failed and (line is None or line.status != FAILED):
                return False
            if only_failed:
                again.add(entry.row)
            return True

        count = Count()
        crew = Crew(useful_jobs(self.sheet_count, self.asked["jobs"]), self.asked["scheduler"] or "")
        progress = Progress(self.asked["quiet"], self.sheet_count)
        for done in folder.write_all(self.entries(roster), self.making, crew, picked):
            count.add(done.entry, done.problems, done.fresh)
            progress.step(done.fresh and not done.problems)
            self._tell(done.problems, roster, progress)
        progress.clear()
        if left := folder.left_over:
            say(f"{counted(len(left), 'file')} of an earlier run, no row's now and kept: {_named(left)}")
        self.again = again if only_failed else None
        return self._last_line(count, self.asked["output"])

    def _last_line(self, count: Count, where: str) -> int:
        """Tell that rows in are rows on sheets and rows reported; return whether any was reported, or lost."""
        lost = not self.asked["only_failed"] and count.rows != self.row_count
        if lost:
            said = f"{counted(self.row_count, 'row')} at first, {count.rows} then"
            say(f"The roster changed while it was read: {said}. Run the same command again.")
        say(count.said(where))
        return count.reported + lost

    def _as_begun(self, begun: dict[str, Any]) -> "Making":
        """Return what a killed run was made with, so that what goes on the next day ends as it began."""
        import datetime

        if self.asked["date"] is None and begun.get("date"):
            day = datetime.date.fromisoformat(begun["date"])
            if day != self.making.date:
                say(f"Going on with the run of {day}; --date gives another day.")
            return self.making._replace(date=day)
        return self.making

    def _refuse_print_file(self) -> None:
        """Refuse a print file that cannot be written, before the separate files are made."""
        from agreement.batch.print_file import refuse_to_begin

        merged, output = self.asked["merged"], self.asked["output"]
        in_new_folder = merged and output and Path(merged).parent == Path(output) and not Path(output).exists()
        if merged and not in_new_folder:
            refuse_to_begin(Path(merged), self._order(), force=self.asked["force"])

    def _merge(self, entries: "Iterable[Entry]", roster: "Roster | None" = None) -> tuple[Count, str]:
        """Write the print file; return what was counted, and which files there are."""
        from agreement.batch.folder import told_by_disk
        from agreement.batch.print_file import left_over, print_files

        path, order = Path(self.asked["merged"]), self._order()
        files: list[str] = []
        count = Count()
        progress = Progress(self.asked["quiet"], self.sheet_count or self.asked["blank"] or 0)
        with told_by_disk(path):
            for printed in print_files(path, entries, self.making, order, force=self.asked["force"]):
                if printed.file and printed.file not in files[-1:]:
                    files.append(printed.file)
                if roster is None and printed.problems:
                    raise InputError(printed.problems)
                count.add(printed.entry, printed.problems)
                progress.step(not printed.problems)
                if roster and not self.asked["output"]:
                    self._tell(printed.problems, roster, progress)
            left = left_over(path, order, files)
        progress.clear()
        if left:
            said = f"{counted(len(left), 'print file')} of an earlier run, kept"
            say(f"{said}; do not print them with these: {_named(left)}")
        if not files:
            say(f"No sheet could be made, so {path} was not written.")
        where = path.with_name(files[0] if files else path.name)
        return count, f"{where} to {files[-1]}" if len(files) > 1 else f"{where}"

    def _order(self) -> "PrintOrder":
        from agreement.batch.piles import SORTS
        from agreement.batch.print_file import PrintOrder

        by = tuple(part.strip() for part in (self.asked["by"] or "").split(",") if part.strip())
        if unknown := [part for part in by if part not in SORTS]:
            raise click.UsageError(f'--by: there is no "{unknown[0][:20]}". Known: {", ".join(SORTS)}.')
        asked = self.asked
        how = asked["separators"], asked["duplex"], asked["copies"], asked["split"] or 0, asked["sheet"] or ""
        return PrintOrder(by, *how, str(self.language))

    def _tell(self, problems: tuple[Problem, ...], roster: "Roster", progress: Progress) -> None:
        """Tell the problems that the check could not know."""
        for problem in problems:
            if problem not in self.known_bad and self.told < MOST_TOLD:
                self.told += 1
                progress.clear()
                say(said_of(problem, roster))


def _named(files: list[str]) -> str:
    """Return the first three of several files, and the end of the sentence."""
    return ", ".join(files[:3]) + (" ..." if len(files) > 3 else ".")


def _languages(library: "Library") -> dict[str, str]:
    """Return codes of the library's languages by their names in English, in themselves, and as codes."""
    from babel import Locale

    names: dict[str, str] = {}
    for code in library.languages:
        locale = Locale(code)
        names |= {str(locale.get_display_name(other)).casefold(): code for other in ("en", code)}
        names[code.casefold()] = code
    return names
