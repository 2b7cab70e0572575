"""Bytes to a file or to standard output: whole or not at all, and never over what somebody else wrote.

This module knows PDF only as bytes that may carry our seal.
"""

import errno
import os
import stat
import sys
from pathlib import Path

from agreement.errors import OutputError
from agreement.pdf.seal import is_ours

STANDARD_OUTPUT = frozenset({"-", "/dev/stdout", "/dev/fd/1", "/proc/self/fd/1"})
_TO_A_TERMINAL = "A PDF is not for a screen. Name a file with -o, or send it on: agreement make -o - > agreement.pdf"
_MENDS = {
    errno.ENOSPC: "The disk is full. Make room, or use -o with another place.",
    errno.EDQUOT: "Your share of the disk is full. Make room, or use -o with another place.",
    errno.EROFS: "This place is read-only. Use -o with another place.",
    errno.EACCES: "You may not write there. Use -o with another place.",
    errno.EPERM: "You may not write there. Use -o with another place.",
    errno.ENAMETOOLONG: "The name is too long. Use -o with a shorter one.",
    errno.ELOOP: "The name is a link that leads back to itself. Use -o with another name.",
}


def write_output(path: str, data: bytes, force: bool = False) -> None:
    """Write `data` to the file `path`, or to standard output for "-".

    A new file appears whole or not at all. One that is already there is replaced only if this program made it and
    nobody changed it since, or with `force`. Links are followed. Raises OutputError; BrokenPipeError from a pipe.
    """
    if path in STANDARD_OUTPUT:
        _write_to_stdout(data)
        return
    target = Path(os.path.realpath(path))
    try:
        mode = _mode_of(target)
        if mode is not None and stat.S_ISDIR(mode):
            raise OutputError(f"{path} is a folder. Name a file in it, such as {Path(path) / 'family-agreement.pdf'}.")
        if mode is not None and not stat.S_ISREG(mode):
            _write_through(target, data)
            return
        if mode is not None:
            _refuse_to_lose(path, target, data, force)
        elif not target.parent.is_dir():
            raise OutputError(f"There is no folder {target.parent}. Make it first, or use -o with another place.")
        _replace(target, data, mode)
    except BrokenPipeError:
        raise
    except OSError as error:
        raise OutputError(f"{path} cannot be written. {_mend(error)}") from error


def _mend(error: OSError) -> str:
    return _MENDS.get(error.errno or 0, f"{error.strerror or error}. Use -o with another place.")


def _mode_of(target: Path) -> int | None:
    try:
        return target.stat().st_mode
    except (FileNotFoundError, NotADirectoryError):
        return None


def _refuse_to_lose(path: str, target: Path, data: bytes, force: bool) -> None:
    if not os.access(target, os.W_OK):
        raise OutputError(f"{path} is already there and write-protected. Use -o with another name.")
    if force or target.stat().st_size == 0:
        return
    there = target.read_bytes()
    if there == data or is_ours(there):
        return
    if there.startswith(b"%PDF-"):
        said = "is already there and has been changed since it was made (it may be filled in), or is another program's."
    else:
        said = "is already there and is not an agreement."
    raise OutputError(f"{path} {said} Use --force to replace it, or -o with another name.")


def _replace(target: Path, data: bytes, mode: int | None) -> None:
    """Write beside the target, then take its name. The file that is there keeps its permissions."""
    beside, descriptor = _new_file_beside(target)
    try:
        with os.fdopen(descriptor, "wb") as stream:
            stream.write(data)
            stream.flush()
            os.fsync(stream.fileno())
        beside.chmod(_usual_mode() if mode is None else stat.S_IMODE(mode))
        beside.replace(target)
    except BaseException:
        beside.unlink(missing_ok=True)
        raise


def _new_file_beside(target: Path) -> tuple[Path, int]:
    """Create an empty file that only its owner may read, under a name that nobody has."""
    attempt = 0
    while True:
        beside = target.with_name(f".agreement-{os.getpid()}-{attempt}.part")
        try:
            return beside, os.open(beside, os.O_WRONLY | os.O_CREAT | os.O_EXCL | getattr(os, "O_BINARY", 0), 0o600)
        except FileExistsError:
            attempt += 1


def _usual_mode() -> int:
    """Return the permissions that this person's new files have."""
    mask = os.umask(0o077)
    os.umask(mask)
    return 0o666 & ~mask


def _write_through(target: Path, data: bytes) -> None:
    """Write to a pipe or a device, which cannot be replaced."""
    with target.open("wb", buffering=0) as stream:
        if stream.isatty():
            raise OutputError(_TO_A_TERMINAL)
        _write_all(stream.fileno(), data)


def _write_to_stdout(data: bytes) -> None:
    if sys.stdout is None:
        raise OutputError("Standard output is closed. Name a file with -o.")
    if sys.stdout.isatty():
        raise OutputError(_TO_A_TERMINAL)
    sys.stdout.flush()
    try:
        _write_all(sys.stdout.fileno(), data)
    except BrokenPipeError:
        raise
    except OSError as error:
        raise OutputError(f"Standard output cannot be written. {_mend(error)}") from error


def _write_all(descriptor: int, data: bytes) -> None:
    """Write every byte: one call may take only a part."""
    rest = memoryview(data)
    while rest:
        rest = rest[os.write(descriptor, rest) :]
