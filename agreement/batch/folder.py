"""A run of separate files: each whole or not there, none made twice, and nothing of anybody else's overwritten.

This module knows a folder and bytes; what is in a sheet is not its business.
"""

import errno
import hashlib
import os
import shutil
from collections import deque
from collections.abc import Callable, Iterable, Iterator
from contextlib import closing
from functools import lru_cache
from itertools import count
from pathlib import Path, PurePosixPath
from typing import IO, Any, NamedTuple

from agreement.batch.ledger import FAILED, KEPT, MADE, Ledger, Line
from agreement.batch.making import Made, Making, Stored
from agreement.batch.naming import Names
from agreement.batch.workers import Crew, made, undisturbed
from agreement.errors import OutputError, Problem, Where
from agreement.household import Choices, Household
from agreement.household.roster_rows import Entry

_PARTS, _RUNNING = ".agreement-parts", "running"
_THERE = (Problem(Where(""), "", "it is there already"),)
_MENDS = {
    errno.ENOSPC: "The disk is full. Make room and run the same command again; it goes on where it stopped.",
    errno.EDQUOT: "Your share of the disk is full. Make room and run the same command again; it goes on.",
    errno.EROFS: "This place is read-only. Use another place.",
    errno.EACCES: "You may not write there, or another program has a file open. Close it, or use another place.",
    errno.EPERM: "You may not write there. Use another place.",
    errno.ENAMETOOLONG: "A name is too long for this disk. Use a shorter place, or --name with less in it.",
    errno.EFBIG: "A file is larger than this disk takes. Use another place.",
    errno.ENOENT: "The folder was taken away. Bring it back and run the same command again; it goes on.",
    errno.ENOTDIR: "A file stands where a folder belongs. Use another place.",
    errno.EXDEV: "A folder in it is on another disk. Use a place that is all on one.",
    errno.EEXIST: "A file stands where a folder belongs. Use another place.",
}
_numbers = count()
Picked = Callable[[Entry, Line | None], bool]


class Done(NamedTuple):
    """What became of an entry: its line, whether it was made just now, and its problems."""

    entry: Entry
    line: Line
    fresh: bool
    problems: tuple[Problem, ...] = ()


class Folder:
    """An output folder with its ledger. `left_over` are files of an earlier run that no row has, once all is done."""

    def __init__(self, path: Path, names: Names, *, force: bool = False, whole: bool = True) -> None:
        self.path, self._names, self._force = path, names, force
        self.left_over: list[str] = []
        self._opened: set[str] = set()
        with told_by_disk(path):
            path.mkdir(parents=True, exist_ok=True)
            self._root = path.resolve()
            self._parts = self._root / _PARTS
            self._store = _Store(path, self._parts)
            self.ledger = Ledger(self._root, whole, force)
            if not whole:
                names.claim((line.row, line.file) for line in self.ledger.before())

    def write_all(
        self, entries: Iterable[Entry], making: Making, crew: Crew, picked: Picked | None = None
    ) -> Iterator[Done]:
        """Make what is missing and yield what became of each entry that is `picked`. Raises OutputError.

        The ledger is finished when all have been yielded, and left open to go on from when not.
        """
        with told_by_disk(self.path):
            running = self._begin()
        waiting: deque[tuple[Entry, str, str, Line | None]] = deque()
        try:
            with told_by_disk(self.path):
                self.ledger.begin({"date": making.date.isoformat() if making.date else ""})
            with closing(made(self._asked(entries, making, picked, waiting), making, crew, self._store)) as results:
                for result in results:
                    entry, file, digest, there = waiting.popleft()
                    with told_by_disk(self.path):
                        done = Done(entry, there, False) if there else self._write(entry, result, file, digest)
                        self.ledger.note(done.line)
                    yield done
            with told_by_disk(self.path):
                self.left_over = self.ledger.left_over()
                self.ledger.finish()
        finally:
            with undisturbed():
                self.ledger.close()
                running.close()
                shutil.rmtree(self._parts, ignore_errors=True)

    def _begin(self) -> IO[bytes]:
        """Take the folder for this run alone, and clear away what a killed one left."""
        if self._parts.is_symlink():
            self._parts.unlink()
        self._parts.mkdir(exist_ok=True)
        running = (self._parts / _RUNNING).open("ab")
        if not locked(running):
            running.close()
            raise OutputError(f"{self.path} cannot be written. Another run is writing there; let it come to its end.")
        for left in self._parts.iterdir():
            if left.is_dir() and not left.is_symlink():
                shutil.rmtree(left)
            elif left.name != _RUNNING:
                left.unlink()
        return running

    def _asked(
        self,
        entries: Iterable[Entry],
        making: Making,
        picked: Picked | None,
        waiting: "deque[tuple[Entry, str, str, Line | None]]",
    ) -> Iterator[Entry]:
        """Yield what is to be made; for what is there already an entry that nobody makes, so that none waits long."""
        salt = _salt(making)
        for entry in entries:
            file, known = self._names.path(entry), self.ledger.known(entry.row)
            if picked and not picked(entry, known):
                continue
            digest = _digest(entry, salt)
            there = known if known and self._is_there(known, file, digest) else None
            waiting.append((entry, file, digest, there))
            yield Entry(entry.rows, Household(), Choices(), problems=_THERE) if there else entry

    def _is_there(self, known: Line, file: str, digest: str) -> bool:
        if known.status != MADE or known.input != digest or known.file != file:
            return False
        try:
            return hashlib.sha256((self._root / file).read_bytes()).hexdigest() == known.sha256
        except OSError:
            return False

    def _write(self, entry: Entry, result: Made, file: str, digest: str) -> Done:
        problems, sha256 = result.problems, ""
        if not problems:
            stored = result.stored or self._store((result.pdf,))
            sha256 = stored.sha256
            if refused := self._put(file, stored.path):
                os.unlink(stored.path)
                problems = (Problem(Where(file), KEPT, *refused),)
        if problems:
            said = "; ".join(f"{problem.code} column {problem.where.column}" for problem in problems)
            line = Line(entry.row, "", digest, "", FAILED, said, entry.rows)
            return Done(entry, line, True, problems)
        return Done(entry, Line(entry.row, file, digest, sha256, MADE, "", entry.rows), True)

    def _put(self, file: str, part: str) -> tuple[str, str] | None:
        """Give a whole file its name; return why it was not, and the mend, if it must not be."""
        target, above = f"{self._root}/{file}", file.rpartition("/")[0]
        if above not in self._opened:
            if refused := self._open(self._root / PurePosixPath(above)):
                return refused
            self._opened.add(above)
        if os.path.lexists(target) and (refused := _foreign(Path(target), self._force)):
            return refused
        os.replace(part, target)
        return None

    def _open(self, folder: Path) -> tuple[str, str] | None:
        """Make the folder of a sheet; return why it must not be used, and the mend."""
        above = next(path for path in (folder, *folder.parents) if os.path.lexists(path))
        if not above.is_dir():
            return "a file, or a link to nowhere, stands where its folder belongs.", "Move it away."
        if not above.resolve().is_relative_to(self._root):
            return "its folder is a link that leads out of the output folder.", "Move the link away."
        folder.mkdir(parents=True, exist_ok=True)
        return None


class _Store:
    """Writes sheets down whole, each in a file of its own, in whichever process makes them."""

    def __init__(self, told: Path, parts: Path) -> None:
        self._told, self._parts = told, parts

    def __call__(self, parts: tuple[bytes, ...]) -> Stored:
        """Write a sheet. Raises OutputError for what the disk says."""
        path = f"{self._parts}/sheet-{os.getpid()}-{next(_numbers)}.part"
        with told_by_disk(self._told), open(path, "wb") as stream:
            stream.write(b"".join(parts))
        first, *others = parts
        digest = _begun(first).copy()
        for part in others:
            digest.update(part)
        return Stored(path, digest.hexdigest())


@lru_cache(maxsize=64)
def _begun(first: bytes) -> "hashlib._Hash":
    """Return the hash of what many sheets begin with, to go on from."""
    return hashlib.sha256(first)


def locked(stream: IO[bytes]) -> bool:
    """Tell whether this process alone has a file; yes where the system, or the disk, knows no such thing."""
    try:
        import fcntl
    except ImportError:
        return True
    try:
        fcntl.lockf(stream, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError as error:
        return error.errno not in {errno.EACCES, errno.EAGAIN}
    return True


def _foreign(target: Path, force: bool) -> tuple[str, str] | None:
    """Return why a file must be kept, and the mend, or None."""
    from agreement.pdf.seal import is_ours

    if target.is_dir() and not target.is_symlink():
        return "a folder has this name.", "Move it away."
    if force:
        return None
    if target.is_symlink() or not target.is_file():
        return "something that is no file has this name.", "Use --force to replace it."
    try:
        there = target.read_bytes()
    except PermissionError:
        return "the file is there and may not be read.", "Use --force to replace it."
    if there and not is_ours(there):
        return "the file is there and was changed since it was made, or is not ours.", "Use --force to replace it."
    return None


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
            name = path.relative_to(folder).as_posix()
            if not name.startswith("rules/"):  # they say what a clause may not say, and no sheet hangs on them
                digest.update(name.encode() + b"\0" + path.read_bytes())
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
