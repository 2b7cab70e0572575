"""A run of separate files: each whole or not there, none made twice, and nothing of anybody else's overwritten.

This module knows a folder and bytes; what is in a sheet is not its business.
"""

import errno
import hashlib
import os
import shutil
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path, PurePosixPath
from typing import Any, NamedTuple

from agreement.batch.ledger import FAILED, MADE, Ledger, Line
from agreement.batch.making import Made, Making
from agreement.batch.naming import Names
from agreement.batch.workers import Crew, made
from agreement.errors import OutputError, Problem, Where
from agreement.household.roster_rows import Entry

_PARTS = ".agreement-parts"
_MENDS = {
    errno.ENOSPC: "The disk is full. Make room and run the same command again; it goes on where it stopped.",
    errno.EDQUOT: "Your share of the disk is full. Make room and run the same command again; it goes on.",
    errno.EROFS: "This place is read-only. Use -o with another place.",
    errno.EACCES: "You may not write there. Use -o with another place.",
    errno.EPERM: "You may not write there. Use -o with another place.",
    errno.ENOENT: "The folder was taken away. Bring it back and run the same command again; it goes on.",
    errno.ENOTDIR: "A file stands where a folder belongs. Use -o with another place.",
}
Picked = Callable[[Entry, Line | None], bool]


class Done(NamedTuple):
    """What became of an entry: its line, whether it was made just now, and its problems."""

    entry: Entry
    line: Line
    fresh: bool
    problems: tuple[Problem, ...] = ()


class Folder:
    """An output folder with its ledger."""

    def __init__(self, path: Path, names: Names, *, force: bool = False, whole: bool = True) -> None:
        self.path, self._names, self._force = path, names, force
        with told_by_disk(path):
            path.mkdir(parents=True, exist_ok=True)
            self._root = path.resolve()
            self._parts = self._root / _PARTS
            self.ledger = Ledger(self._root, whole)

    def write_all(
        self, entries: Iterable[Entry], making: Making, crew: Crew, picked: Picked | None = None
    ) -> Iterator[Done]:
        """Make what is missing and yield what became of each entry that is `picked`. Raises OutputError.

        The ledger is finished when all have been yielded, and left open to go on from when not.
        """
        with told_by_disk(self.path):
            shutil.rmtree(self._parts, ignore_errors=True)
            self._parts.mkdir(exist_ok=True)
            self.ledger.begin({"date": making.date.isoformat() if making.date else ""})
        salt = _salt(making)
        waiting: list[tuple[Entry, str, str, Line | None]] = []

        def missing() -> Iterator[Entry]:
            for entry in entries:
                file, known = self._names.path(entry), self.ledger.known(entry.row)
                if picked and not picked(entry, known):
                    continue
                digest = _digest(entry, salt)
                there = known if known and self._is_there(known, file, digest) else None
                waiting.append((entry, file, digest, there))
                if there is None:
                    yield entry

        try:
            for result in made(missing(), making, crew):
                yield from self._due(waiting, result)
            yield from self._due(waiting, None)
            with told_by_disk(self.path):
                self._parts.rmdir()
                self.ledger.finish()
        except GeneratorExit:
            raise
        finally:
            self.ledger.close()
            shutil.rmtree(self._parts, ignore_errors=True)

    def _due(self, waiting: list[tuple[Entry, str, str, Line | None]], result: Made | None) -> Iterator[Done]:
        """Yield what stood before a result in order, and the result."""
        while waiting:
            entry, file, digest, there = waiting[0]
            if there is not None:
                waiting.pop(0)
                with told_by_disk(self.path):
                    self.ledger.note(there)
                yield Done(entry, there, False)
                continue
            if result is None:
                return
            waiting.pop(0)
            with told_by_disk(self.path):
                done = self._write(result, file, digest)
                self.ledger.note(done.line)
            yield done
            return

    def _is_there(self, known: Line, file: str, digest: str) -> bool:
        if known.status != MADE or known.input != digest or known.file != file:
            return False
        try:
            return hashlib.sha256((self._root / file).read_bytes()).hexdigest() == known.sha256
        except OSError:
            return False

    def _write(self, result: Made, file: str, digest: str) -> Done:
        entry, problems = result.entry, result.problems
        if not problems:
            refused = self._put(file, result.pdf)
            problems = (Problem(Where(file), "R403", refused, "Use --force to replace it."),) if refused else ()
        if problems:
            said = "; ".join(f"{problem.code} column {problem.where.column}" for problem in problems)
            line = Line(entry.row, "", digest, "", FAILED, said, len(entry.rows))
            return Done(entry, line, True, problems)
        line = Line(entry.row, file, digest, hashlib.sha256(result.pdf).hexdigest(), MADE, "", len(entry.rows))
        return Done(entry, line, True)

    def _put(self, file: str, pdf: bytes) -> str:
        """Write a file whole; return why it was not, if it must not be."""
        target = self._root / PurePosixPath(file)
        if target.parent != self._root:
            target.parent.mkdir(parents=True, exist_ok=True)
            if not target.parent.resolve().is_relative_to(self._root):
                return "the folder is a link that leads out of the output folder."
        if target.is_symlink() or target.exists():
            refused = "" if self._force else _foreign(target)
            if refused:
                return refused
        part = self._parts / "sheet.part"
        with part.open("wb") as stream:
            stream.write(pdf)
        part.replace(target)
        return ""


def _foreign(target: Path) -> str:
    """Return why a file must be kept, or ""."""
    from agreement.pdf.seal import is_ours

    if target.is_symlink() or not target.is_file():
        return "something that is no file has this name."
    there = target.read_bytes()
    if there and not is_ours(there):
        return "the file is there and was changed since it was made, or is not ours."
    return ""


def _digest(entry: Entry, salt: bytes) -> str:
    said = repr((entry.household, entry.choices._replace(blanks={}), sorted(entry.choices.blanks.items())))
    return hashlib.sha256(salt + said.encode("utf-8", "surrogatepass")).hexdigest()[:32]


def _salt(making: Making) -> bytes:
    """Return what changes when anything does that all sheets hang on: the program, the clauses, the day."""
    from agreement import __version__
    from agreement.batch.making import library_of

    digest = hashlib.sha256(f"{__version__}{making}".encode())
    for folder in library_of(making.clauses).folders:
        for path in sorted(folder.rglob("*.yaml")):
            digest.update(path.relative_to(folder).as_posix().encode() + b"\0" + path.read_bytes())
    return digest.digest()


class told_by_disk:  # noqa: N801 - reads as a sentence where it is used
    """Turn what the disk says into a sentence."""

    def __init__(self, path: Path) -> None:
        self._path = path

    def __enter__(self) -> None:
        return None

    def __exit__(self, kind: object, error: BaseException | None, _: Any) -> None:
        if isinstance(error, OSError) and not isinstance(error, BrokenPipeError):
            mend = _MENDS.get(error.errno or 0, f"{error.strerror or error}. Run the same command again to go on.")
            raise OutputError(f"{os.fspath(self._path)} cannot be written. {mend}") from error
