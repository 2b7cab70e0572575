"""What was made and what was not: a journal while a run goes on, a manifest and a report when it is over.

They hold rows, names of files, hashes, states and problems, and no more of a child than its file's name. The journal
is how a run that was killed goes on. This module knows lines on disk and no PDF.
"""

import csv
import json
from collections.abc import Iterator
from pathlib import Path
from typing import IO, Any, NamedTuple

MANIFEST, REPORT, JOURNAL = "manifest.jsonl", "report.csv", ".agreement-journal.jsonl"
MADE, FAILED = "made", "failed"


class Line(NamedTuple):
    """What became of one entry. `input` and `sha256` are hashes of what it was made from and of the file."""

    row: int
    file: str
    input: str
    sha256: str
    status: str
    problem: str = ""
    rows: int = 1


class Ledger:
    """The lines of a folder. Rows come in rising order in each run.

    A `whole` run tells of every row, and nothing else stands in the manifest after it; any other run adds to it.
    """

    def __init__(self, folder: Path, whole: bool = True) -> None:
        self._folder, self._whole = folder, whole
        self._journal: IO[str] | None = None
        self._known = _Known(self._all_lines(whole=False))
        self._noted = _Known(_rising(folder / JOURNAL))

    def begun(self) -> dict[str, Any]:
        """Return what an unfinished run was begun with, or nothing."""
        for line in _objects(self._folder / JOURNAL):
            return dict(line.get("begun", {}))
        return {}

    def begin(self, with_: dict[str, Any]) -> None:
        """Open the journal; what a killed run left torn at its end is cut off."""
        path = self._folder / JOURNAL
        _cut_torn_end(path)
        fresh = not path.exists() or path.stat().st_size == 0
        self._journal = path.open("a", encoding="utf-8", newline="\n")
        if fresh:
            self._write(json.dumps({"begun": with_}))

    def known(self, row: int) -> Line | None:
        """Return the last that was noted of a row."""
        return self._known.get(row)

    def note(self, line: Line) -> None:
        """Write what became of an entry, so that it survives the end of this program."""
        if self._noted.get(line.row) != line:
            self._write(json.dumps(line._asdict(), ensure_ascii=False))

    def _write(self, text: str) -> None:
        assert self._journal is not None, "begin first"
        self._journal.write(text + "\n")
        self._journal.flush()

    def close(self) -> None:
        """Let go of the journal; it stays for the next run."""
        if self._journal is not None:
            self._journal.close()
            self._journal = None

    def finish(self) -> None:
        """Write manifest and report, sorted by row, and remove the journal."""
        self.close()
        manifest, report = self._folder / MANIFEST, self._folder / REPORT
        with (
            _beside(manifest).open("w", encoding="utf-8", newline="\n") as lines,
            _beside(report).open("w", encoding="utf-8-sig", newline="") as table,
        ):
            writer = csv.writer(table)
            writer.writerow(["row", "file", "status", "problem", "input", "sha256"])
            for line in self._all_lines(self._whole):
                lines.write(json.dumps(line._asdict(), ensure_ascii=False) + "\n")
                writer.writerow(
                    [line.row, _shown(line.file), line.status, _shown(line.problem), line.input, line.sha256]
                )
        _beside(manifest).replace(manifest)
        _beside(report).replace(report)
        (self._folder / JOURNAL).unlink(missing_ok=True)

    def _all_lines(self, whole: bool) -> Iterator[Line]:
        """Yield the last line of each row, by rising row, from the journal, and from the manifest unless `whole`."""
        old = iter(()) if whole else _lines(self._folder / MANIFEST)
        new = _rising(self._folder / JOURNAL)
        one, other = next(old, None), next(new, None)
        while one or other:
            if other is None or (one is not None and one.row < other.row):
                assert one is not None
                yield one
                one = next(old, None)
            else:
                if one is not None and one.row == other.row:
                    one = next(old, None)
                yield other
                other = next(new, None)


class _Known:
    """Looks up rows that are asked for in rising order, without keeping them."""

    def __init__(self, lines: Iterator[Line]) -> None:
        self._lines = lines
        self._now: Line | None = next(lines, None)

    def get(self, row: int) -> Line | None:
        while self._now is not None and self._now.row < row:
            self._now = next(self._lines, None)
        return self._now if self._now is not None and self._now.row == row else None


def _rising(journal: Path) -> Iterator[Line]:
    """Return the lines of a journal by rising row; the last one of a row wins. Only a journal in disorder is kept."""
    latest = 0
    for line in _lines(journal):
        if line.row <= latest:
            return iter(sorted({line.row: line for line in _lines(journal)}.values()))
        latest = line.row
    return _lines(journal)


def _lines(path: Path) -> Iterator[Line]:
    for found in _objects(path):
        if "row" in found:
            try:
                yield Line(**found)
            except TypeError:
                continue


def _objects(path: Path) -> Iterator[dict[str, Any]]:
    try:
        stream = path.open(encoding="utf-8")
    except (FileNotFoundError, NotADirectoryError):
        return
    with stream:
        for text in stream:
            if not text.endswith("\n"):
                return
            try:
                found = json.loads(text)
            except ValueError:
                continue
            if isinstance(found, dict):
                yield found


def _cut_torn_end(path: Path) -> None:
    if not path.exists():
        return
    with path.open("rb+") as stream:
        size = stream.seek(0, 2)
        back = min(size, 65_536)
        stream.seek(size - back)
        end = stream.read(back).rfind(b"\n")
        stream.truncate(size - back + end + 1)


def _beside(path: Path) -> Path:
    return path.with_name(f".{path.name}.part")


def _shown(text: str) -> str:
    """Return a cell that no spreadsheet takes for a formula."""
    return f"'{text}" if text[:1] in "=+-@\t\r" and text else text
