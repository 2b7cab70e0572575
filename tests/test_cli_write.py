"""A file appears whole or not at all, and nothing of somebody else's is lost."""

import os
import stat
import subprocess
import sys
import threading
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from agreement.cli.write import write_output
from agreement.errors import OutputError
from agreement.pdf.seal import count_sides, is_ours, stamp
from tests.command import CHECKOUT

root_only = pytest.mark.skipif(not hasattr(os, "geteuid") or os.geteuid() != 0, reason="only root may do this")
not_on_windows = pytest.mark.skipif(sys.platform == "win32", reason="Windows has no such files")


def pdf_of(text: str, second: str = "0" * 32) -> bytes:
    """Return something that is shaped as a PDF of one page."""
    body = f"%PDF-1.7\n1 0 obj\n<</Type/Page/Note({text})>>\nendobj\n".encode()
    tail = f"xref\n0 0\ntrailer\n<</Size 1/ID[<{'a' * 32}><{second}>]>>\nstartxref\n{len(body)}\n%%EOF\n"
    return body + tail.encode()


OLD, NEW = stamp(pdf_of("old")), stamp(pdf_of("new"))


def left_over(folder: Path) -> list[str]:
    return sorted(path.name for path in folder.iterdir())


# ---- the seal --------------------------------------------------------------------------------------------------------


def test_sealed_file_is_known_again() -> None:
    assert is_ours(OLD)
    assert len(OLD) == len(pdf_of("old"))
    assert stamp(OLD) == OLD
    assert count_sides(OLD) == 1


@pytest.mark.parametrize("place", range(0, len(OLD) - 1, 7))
def test_one_changed_byte_is_noticed(place: int) -> None:
    changed = bytearray(OLD)
    changed[place] ^= 1
    assert not is_ours(bytes(changed))


@pytest.mark.parametrize(
    "change",
    [
        lambda pdf: pdf + b"\n",
        lambda pdf: pdf[:-1],
        lambda pdf: pdf[: len(pdf) // 2],
        lambda pdf: pdf + b"2 0 obj\n<</V(Leo)>>\nendobj\n" + pdf[pdf.index(b"xref") :],
        lambda pdf: pdf_of("another program", "a" * 32),
        lambda pdf: b"",
        lambda pdf: b"%PDF-1.7\n%%EOF\n",
        lambda pdf: b"a family file",
    ],
)
def test_filled_in_cut_and_foreign_files_are_not_ours(change: Callable[[bytes], bytes]) -> None:
    assert not is_ours(change(OLD))


def test_a_pdf_without_an_id_cannot_be_sealed() -> None:
    with pytest.raises(ValueError, match="/ID"):
        stamp(b"%PDF-1.7\nxref\ntrailer\n<<>>\nstartxref\n9\n%%EOF\n")


# ---- files -----------------------------------------------------------------------------------------------------------


def test_new_file_is_written_whole_with_the_usual_permissions(tmp_path: Path) -> None:
    target = tmp_path / "a.pdf"
    mask = os.umask(0o027)
    try:
        write_output(str(target), NEW)
    finally:
        os.umask(mask)
    assert target.read_bytes() == NEW
    assert left_over(tmp_path) == ["a.pdf"]
    if sys.platform != "win32":
        assert stat.S_IMODE(target.stat().st_mode) == 0o640


def test_our_own_file_is_replaced_and_keeps_its_permissions(tmp_path: Path) -> None:
    target = tmp_path / "a.pdf"
    target.write_bytes(OLD)
    target.chmod(0o600)
    write_output(str(target), NEW)
    assert target.read_bytes() == NEW
    assert stat.S_IMODE(target.stat().st_mode) & 0o077 == 0


def test_empty_file_is_replaced(tmp_path: Path) -> None:
    target = tmp_path / "a.pdf"
    target.touch()
    write_output(str(target), NEW)
    assert target.read_bytes() == NEW


@pytest.mark.parametrize(
    ("there", "words"),
    [
        (OLD + b"%filled in\n", "changed since it was made"),
        (pdf_of("x"), "another program"),
        (b"my homework", "not an agreement"),
    ],
)
def test_what_others_wrote_is_kept_until_forced(there: bytes, words: str, tmp_path: Path) -> None:
    target = tmp_path / "rivera.pdf"
    target.write_bytes(there)
    with pytest.raises(OutputError, match=words) as caught:
        write_output(str(target), NEW)
    assert "--force" in str(caught.value)
    assert str(target) in str(caught.value)
    assert target.read_bytes() == there
    assert left_over(tmp_path) == ["rivera.pdf"]
    write_output(str(target), NEW, force=True)
    assert target.read_bytes() == NEW


def test_folder_is_refused_with_a_name_in_it(tmp_path: Path) -> None:
    with pytest.raises(OutputError, match=r"is a folder\. Name a file in it"):
        write_output(str(tmp_path), NEW, force=True)


@pytest.mark.parametrize("name", ["missing/a.pdf", "a.txt/b.pdf"])
def test_missing_folder_is_named(name: str, tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text("x", "utf-8")
    with pytest.raises(OutputError, match="There is no folder"):
        write_output(str(tmp_path / name), NEW)
    assert left_over(tmp_path) == ["a.txt"]


def test_too_long_a_name_is_a_sentence(tmp_path: Path) -> None:
    with pytest.raises(OutputError, match="cannot be written"):
        write_output(str(tmp_path / ("x" * 300)), NEW)
    assert left_over(tmp_path) == []


@not_on_windows
def test_link_is_followed(tmp_path: Path) -> None:
    (tmp_path / "real").mkdir()
    target, link = tmp_path / "real" / "a.pdf", tmp_path / "link.pdf"
    link.symlink_to(target)
    write_output(str(link), OLD)
    write_output(str(link), NEW)
    assert link.is_symlink()
    assert target.read_bytes() == NEW


@not_on_windows
def test_link_to_itself_is_a_sentence(tmp_path: Path) -> None:
    link = tmp_path / "a.pdf"
    link.symlink_to(link)
    with pytest.raises(OutputError, match="link"):
        write_output(str(link), NEW)


@not_on_windows
def test_pipe_gets_every_byte(tmp_path: Path) -> None:
    pipe = tmp_path / "pipe"
    os.mkfifo(pipe)
    taken: list[bytes] = []
    reader = threading.Thread(target=lambda: taken.append(pipe.read_bytes()))
    reader.start()
    large = NEW + b"x" * 500_000
    write_output(str(pipe), large)
    reader.join(10)
    assert taken == [large]


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="this system has no /dev/full")
def test_full_device_is_a_sentence() -> None:
    with pytest.raises(OutputError, match="The disk is full"):
        write_output("/dev/full", NEW)


@root_only
def test_full_disk_leaves_the_old_file_and_nothing_else(tmp_path: Path) -> None:
    disk = tmp_path / "disk"
    disk.mkdir()
    mounted = subprocess.run(
        ["mount", "-t", "tmpfs", "-o", "size=64k", "tmpfs", str(disk)], capture_output=True, check=False
    )
    if mounted.returncode:
        pytest.skip(f"no small disk can be mounted here: {mounted.stderr.decode().strip()}")
    try:
        target = disk / "a.pdf"
        target.write_bytes(OLD)
        with pytest.raises(OutputError, match="The disk is full"):
            write_output(str(target), NEW + b"x" * 100_000, force=True)
        assert target.read_bytes() == OLD
        assert left_over(disk) == ["a.pdf"]
    finally:
        subprocess.run(["umount", str(disk)], check=True)


@pytest.fixture
def as_nobody(tmp_path: Path) -> Iterator[Callable[[Path], str]]:
    """Give a function that writes to a path as somebody who may write nearly nowhere, and returns the error."""

    def write(target: Path) -> str:
        code = (
            "import os, sys; os.geteuid() or (os.setgid(65534), os.setuid(65534))\n"
            "from agreement.cli.write import write_output; from agreement.errors import OutputError\n"
            "try: write_output(sys.argv[1], b'new', force=True)\n"
            "except OutputError as error: print(error)\n"
        )
        # The checkout may lie where nobody else can look: import first, then step down.
        code = code.replace("import os, sys; ", "import os, sys, agreement.cli.write, agreement.errors; ")
        command = [sys.executable, "-c", code, str(target)]
        environment = {**os.environ, "PYTHONPATH": str(CHECKOUT)}
        done = subprocess.run(command, env=environment, capture_output=True, text=True, check=False)
        assert done.stderr == ""
        return done.stdout.strip()

    for folder in (tmp_path, *tmp_path.parents):
        if folder.stat().st_uid == os.geteuid() and folder.is_relative_to(
            "/tmp/pytest-of-" + os.environ.get("USER", "root")
        ):
            folder.chmod(0o755)
    yield write
    tmp_path.chmod(0o755)


@not_on_windows
def test_folder_that_may_not_be_written(tmp_path: Path, as_nobody: Callable[[Path], str]) -> None:
    tmp_path.chmod(0o555)
    assert as_nobody(tmp_path / "a.pdf").endswith(
        "a.pdf cannot be written. You may not write there. Use -o with another place."
    )


@not_on_windows
def test_file_that_may_not_be_written(tmp_path: Path, as_nobody: Callable[[Path], str]) -> None:
    target = tmp_path / "a.pdf"
    target.write_bytes(OLD)
    target.chmod(0o444)
    assert "write-protected" in as_nobody(target)
    assert target.read_bytes() == OLD


@pytest.mark.parametrize("stage", ["fsync", "replace", "chmod"])
@pytest.mark.parametrize("error", [KeyboardInterrupt, OSError, MemoryError])
def test_stopped_at_any_moment_the_old_file_stays(
    stage: str, error: type[BaseException], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    target = tmp_path / "a.pdf"
    target.write_bytes(OLD)

    def stop(*_: object) -> None:
        raise error

    monkeypatch.setattr(os if stage == "fsync" else Path, stage, stop)
    with pytest.raises(OutputError if error is OSError else error):
        write_output(str(target), NEW)
    monkeypatch.undo()
    assert target.read_bytes() == OLD
    assert left_over(tmp_path) == ["a.pdf"]


def test_stale_part_of_another_run_is_no_hindrance(tmp_path: Path) -> None:
    (tmp_path / f".agreement-{os.getpid()}-0.part").write_text("stale", "utf-8")
    write_output(str(tmp_path / "a.pdf"), NEW)
    assert (tmp_path / "a.pdf").read_bytes() == NEW


# ---- standard output -------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("name", ["-", "/dev/stdout"])
def test_stdout_gets_the_bytes_and_nothing_else(name: str, capfdbinary: pytest.CaptureFixture[bytes]) -> None:
    write_output(name, NEW)
    assert capfdbinary.readouterr() == (NEW, b"")


def test_closed_stdout_is_a_sentence(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "stdout", None)
    with pytest.raises(OutputError, match="Standard output is closed"):
        write_output("-", NEW)


@not_on_windows
@pytest.mark.parametrize("through_its_name", [False, True])
def test_a_terminal_gets_no_pdf(through_its_name: bool, monkeypatch: pytest.MonkeyPatch) -> None:
    main, side = os.openpty()
    try:
        with os.fdopen(side, "w", closefd=False) as terminal:
            monkeypatch.setattr(sys, "stdout", terminal)
            with pytest.raises(OutputError, match="not for a screen"):
                write_output(os.ttyname(side) if through_its_name else "-", NEW)
    finally:
        os.close(main)
        os.close(side)
