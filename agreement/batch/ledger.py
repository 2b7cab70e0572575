"""What was made and what was not: a journal while a run goes on, a manifest and a report when it is over.

They hold rows, names of files, hashes, states and problems, and no more of a child than its file's name. The journal
is how a run that was killed goes on. This module knows lines on disk and no PDF.
"""

import csv
import json
from collections.abc import Iterator
from pathlib import Path
from typing import IO, Any, NamedTuple

from agreement.errors import OutputError

MANIFEST, REPORT, JOURNAL = "manifest.jsonl", "report.csv", ".agreement-journal.jsonl"
MADE, FAILED = "made", "failed"
MOST_LEFT = 10_000
KEPT = "R403"
"""The code of a row whose file was there and must not be replaced."""
HEADER = ("row", "file", "status", "problem", "input", "sha256")


class Line(NamedTuple):
    """What became of one entry. `input` and `sha256` are hashes of what it was made from and of the file.

    `rows` are all rows of the entry, `row` the first of them.
    """

    row: int
    file: str
    input: str
    sha256: str
    status: str
    problem: str = ""
    rows: tuple[int, ...] = ()


class Ledger:
    """The lines of a folder. Rows come in rising order in each run.

    A `whole` run tells of every row, and nothing else stands in the manifest after it; any other run adds to it.
    """

    def __init__(self, folder: Path, whole: bool = True, force: bool = False) -> None:
        """Look at what is there. Raises OutputError where a file of somebody else's has the name of one of ours."""
        self._folder, self._whole = folder, whole
        self._journal: IO[str] | None = None
        self._mark = 0
        if not force:
            _refuse_foreign(folder)
        self._known = _Known(self.before())

    def before(self) -> Iterator[Line]:
        """Yield what was noted of each row before this run, by rising row."""
        return _merged(_lines(self._folder / MANIFEST), _rising(self._folder / JOURNAL))

    def begun(self) -> dict[str, Any]:
        """Return what an unfinished run was begun with, or nothing."""
        for line in _objects(self._folder / JOURNAL):
            return dict(line.get("begun", {}))
        return {}

    def begin(self, with_: dict[str, Any]) -> None:
        """Open the journal; what a killed run left torn at its end is cut off. Each run begins with a mark."""
        path = self._folder / JOURNAL
        if path.is_symlink():
            path.unlink()
        _cut_torn_end(path)
        self._mark = path.stat().st_size if path.exists() else 0
        self._journal = path.open("a", encoding="utf-8", newline="\n")
        self._write(json.dumps({"begun": with_}))

    def known(self, row: int) -> Line | None:
        """Return the last that was noted of a row."""
        return self._known.get(row)

    def note(self, line: Line) -> None:
        """Write what became of an entry, so that it survives the end of this program."""
        self._write(json.dumps(line._asdict(), ensure_ascii=False))

    def _write(self, text: str) -> None:
        assert self._journal is not None, "begin first"
        self._journal.write(text + "\n")
        self._journal.flush()

    def close(self) -> None:
        """Let go of the journal; it stays for the next run."""
        journal, self._journal = self._journal, None
        if journal is not None:
            try:
                journal.close()
            except OSError:  # a full disk, which was told of when the line was written
                return

    def left_over(self) -> list[str]:
        """Return files that an earlier run made, that are still there, and that no row has now.

        Of a whole run alone, and before it is finished.
        """
        if not self._whole:
            return []
        new = _Known(_lines(self._folder / JOURNAL, self._mark))
        gone: set[str] = set()
        for line in _lines(self._folder / MANIFEST):
            now = new.get(line.row)
            if line.file and (now is None or (now.file != line.file and KEPT not in now.problem)):
                gone.add(line.file)
            if len(gone) >= MOST_LEFT:
                break
        if gone:
            gone.difference_update(line.file for line in _lines(self._folder / JOURNAL, self._mark))
        return sorted(file for file in gone if (self._folder / file).is_file())

    def finish(self) -> None:
        """Write manifest and report, sorted by row, and remove the journal."""
        self.close()
        new = _rising(self._folder / JOURNAL, self._mark)
        lines = new if self._whole else self.before()
        manifest, report = self._folder / MANIFEST, self._folder / REPORT
        try:
            _write_both(lines, _beside(manifest), _beside(report))
            _beside(manifest).replace(manifest)
            _beside(report).replace(report)
        finally:
            _beside(manifest).unlink(missing_ok=True)
            _beside(report).unlink(missing_ok=True)
        (self._folder / JOURNAL).unlink(missing_ok=True)


def _write_both(lines: Iterator[Line], manifest: Path, report: Path) -> None:
    """Write a line an entry into the manifest, and a line a row into the report."""
    with (
        manifest.open("w", encoding="utf-8", newline="\n") as entries,
        report.open("w", encoding="utf-8-sig", newline="") as table,
    ):
        writer = csv.writer(table)
        writer.writerow(HEADER)
        for line in lines:
            entries.write(json.dumps(line._asdict(), ensure_ascii=False) + "\n")
            for row in line.rows or (line.row,):
                writer.writerow([row, _shown(line.file), line.status, _shown(line.problem), line.input, line.sha256])


def _merged(old: Iterator[Line], new: Iterator[Line]) -> Iterator[Line]:
    """Yield the lines of two by rising row; of two of one row, the new one."""
    one, other = next(old, None), next(new, None)
    while one or other:
        if other is None or (one is not None and one.row < other.row):
            assert one is not None, "one of the two is there"
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


def _rising(journal: Path, mark: int = 0) -> Iterator[Line]:
    """Return the lines of a journal by rising row; the last one of a row wins. Only a journal in disorder is kept."""
    latest = 0
    for line in _lines(journal, mark):
        if line.row <= latest:
            return iter(sorted({line.row: line for line in _lines(journal, mark)}.values()))
        latest = line.row
    return _lines(journal, mark)


def _lines(path: Path, mark: int = 0) -> Iterator[Line]:
    """Yield the lines of a file, from a place in bytes; what is no line of ours is passed over."""
    for found in _objects(path, mark):
        rows = found.pop("rows", ())
        try:
            line = Line(**found, rows=tuple(rows))
        except TypeError:
            continue
        if all(type(row) is int for row in (line.row, *line.rows)) and all(type(text) is str for text in line[1:6]):
            yield line


def _objects(path: Path, mark: int = 0) -> Iterator[dict[str, Any]]:
    try:
        stream = path.open("rb")
    except (FileNotFoundError, NotADirectoryError):
        return
    with stream:
        stream.seek(mark)
        for text in stream:
            if not text.endswith(b"\n"):
                return
            try:
                found = json.loads(text)
            except (ValueError, RecursionError):
                continue
            if isinstance(found, dict):
                yield found


def _refuse_foreign(folder: Path) -> None:
    """Refuse to write over a manifest or a report that this program did not write. Raises OutputError."""
    report, manifest = folder / REPORT, folder / MANIFEST
    if _start(report) not in {b"", ",".join(HEADER).encode("utf-8-sig")[:20]}:
        raise OutputError(f"{report} is no report of ours. Move it away, use -o with another place, or --force.")
    if _start(manifest)[:8] not in {b"", b'{"row": '}:
        raise OutputError(f"{manifest} is no manifest of ours. Move it away, use -o with another place, or --force.")


def _start(path: Path) -> bytes:
    try:
        with path.open("rb") as stream:
            return stream.read(20)
    except FileNotFoundError:
        return b""


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
    return f"'{text}" if text[:1] in "=+-@\t\r＝＋－＠" and text else text
