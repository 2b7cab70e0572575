"""What goes wrong while `agreement batch` runs: two runs, killed runs, full disks, folders and files in the way."""

import contextlib
import json
import os
import random
import re
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from datetime import date
from hashlib import sha256
from pathlib import Path

import pytest

from agreement.batch import Crew, Making
from agreement.batch.folder import Folder
from agreement.batch.naming import Names
from agreement.household import Child, Choices, Household
from agreement.household.roster_rows import Entry
from agreement.pdf.seal import is_ours
from tests.command import CHECKOUT, Answer, call, process, start

Batch = Callable[..., Answer]
HEADER = "First Name,Last Name,Age,Class,Guardian 1\n"
GOOD = HEADER + "Maya,Rivera,9,3B,Ana\nLeo,Ng,14,9A,Bo\nZoë,Núñez,6,3B,Jo\n"
MAKING = Making(date=date(2026, 3, 12))
pytestmark = pytest.mark.usefixtures("here")


@pytest.fixture
def batch(capfdbinary: pytest.CaptureFixture[bytes]) -> Batch:
    """Run `agreement batch roster.csv` here; `roster` is the text of the roster."""

    def run(*arguments: str, roster: str = GOOD) -> Answer:
        Path("roster.csv").write_text(roster, encoding="utf-8")
        return call(capfdbinary, "batch", "roster.csv", *arguments)

    return run


def many(count: int) -> str:
    return HEADER + "".join(f"Child{at},Family{at},{5 + at % 13},{at % 3}A,Ana\n" for at in range(count))


def tree(folder: Path) -> dict[str, str]:
    return {
        path.relative_to(folder).as_posix(): sha256(path.read_bytes()).hexdigest()
        for path in sorted(folder.rglob("*"))
        if path.is_file()
    }


def manifest(folder: str = "out") -> list[dict[str, object]]:
    return [json.loads(line) for line in Path(folder, "manifest.jsonl").read_text("utf-8").splitlines()]


def limited(size: int, *arguments: str) -> Answer:
    """Run the command line where no file may be larger than `size` bytes, as on a disk that is full."""
    code = (
        "import resource, signal; signal.signal(signal.SIGXFSZ, signal.SIG_IGN)\n"
        f"resource.setrlimit(resource.RLIMIT_FSIZE, ({size}, {size}))\n"
        "from agreement.cli.main import main\nmain()"
    )
    done = subprocess.run(
        [sys.executable, "-c", code, "batch", *arguments],
        capture_output=True,
        check=False,
        env={**os.environ, "PYTHONPATH": str(CHECKOUT)},
    )
    return Answer(done.returncode, done.stdout, done.stderr.decode("utf-8"))


# ---- nobody else's files ---------------------------------------------------------------------------------------------


@pytest.mark.parametrize("name", ["report.csv", "manifest.jsonl"])
def test_a_file_of_somebody_elses_with_the_name_of_ours_is_kept(
    capfdbinary: pytest.CaptureFixture[bytes], name: str
) -> None:
    Path(name).write_text(GOOD, encoding="utf-8")
    answer = call(capfdbinary, "batch", name, "-o", ".")
    assert (answer.code, "Move it away" in answer.err) == (5, True)
    assert Path(name).read_text(encoding="utf-8") == GOOD


def test_a_file_where_a_folder_belongs_costs_those_rows_alone(batch: Batch) -> None:
    Path("out").mkdir()
    Path("out/3B").write_text("notes")
    answer = batch("-o", "out")
    assert (answer.code, answer.err.count("R403")) == (6, 2)
    assert Path("out/9A/0003-Ng.pdf").exists()
    assert Path("out/3B").read_text() == "notes"


def test_nothing_is_made_behind_a_link_that_leads_out(batch: Batch, here: Path) -> None:
    outside = here / "outside"
    outside.mkdir()
    Path("out").mkdir()
    Path("out/3B").symlink_to(outside, target_is_directory=True)
    assert batch("-o", "out", "--name", "{class}/{language}/{row}").code == 6
    assert not list(outside.iterdir())


def test_links_in_the_place_of_our_own_files_are_not_followed(batch: Batch, here: Path) -> None:
    other = here / "other.txt"
    other.write_text("keep me")
    parts = here / "parts"
    parts.mkdir()
    (parts / "mine.txt").write_text("keep me")
    Path("out").mkdir()
    Path("out/.agreement-journal.jsonl").symlink_to(other)
    Path("out/.agreement-parts").symlink_to(parts, target_is_directory=True)
    assert batch("-o", "out").code == 0
    assert (other.read_text(), (parts / "mine.txt").read_text()) == ("keep me", "keep me")


def test_a_file_that_is_read_only_and_held_open_is_replaced_and_its_reader_keeps_what_it_reads(batch: Batch) -> None:
    batch("-o", "out")
    sheet = Path("out/3B/0002-Rivera.pdf")
    before = sheet.read_bytes()
    sheet.chmod(0o444)
    with sheet.open("rb") as held:
        assert batch("-o", "out", "--date", "2026-03-12", "--language", "es").code == 0
        assert held.read() == before
    assert sheet.read_bytes() != before


@pytest.mark.parametrize("room", ["report.csv", "Manifest.jsonl", "0003-Ng.pdf"])
def test_a_class_with_the_name_of_a_file_of_ours(batch: Batch, room: str) -> None:
    answer = batch("-o", "out", roster=f"Child,Family,Class\nMaya,Rivera,{room}\nLeo,Ng,\n")
    assert answer.code == 0
    assert len(list(Path("out").rglob("0*.pdf/*.pdf")) + list(Path("out").rglob("*Rivera.pdf"))) == 1
    assert Path("out/report.csv").is_file()


@pytest.mark.parametrize("pattern", ["x" * 300 + "{row}", "{row}" + "{family}" * 6, "y" * 300 + "/{row}"])
def test_names_that_are_too_long_for_a_disk(batch: Batch, pattern: str) -> None:
    assert batch("-o", "out", "--name", pattern, roster=GOOD.replace("Ng", "N" * 90)).code == 0
    assert len([path for path in Path("out").rglob("*.pdf") if path.is_file()]) == 3


def test_classes_that_are_made_one_by_one_keep_each_others_files(batch: Batch) -> None:
    roster = GOOD.replace("Ng,14", "Rivera,14")
    batch("-o", "out", "--name", "{family}", "--class", "3B", roster=roster)
    first = Path("out/Rivera.pdf").read_bytes()
    assert batch("-o", "out", "--name", "{family}", "--class", "9A", roster=roster).code == 0
    assert Path("out/Rivera.pdf").read_bytes() == first
    assert {line["row"]: line["file"] for line in manifest()} == {2: "Rivera.pdf", 3: "Rivera-2.pdf", 4: "Núñez.pdf"}


# ---- what an earlier run left ----------------------------------------------------------------------------------------


def test_what_a_run_of_another_roster_left_is_in_no_report(batch: Batch) -> None:
    batch("-o", "out")
    lines = Path("out/manifest.jsonl").read_text("utf-8")
    late = lines.splitlines()[0].replace('"row": 2', '"row": 900').replace("[2]", "[900]")
    Path("out/.agreement-journal.jsonl").write_text('{"begun": {"date": ""}}\n' + lines + late + "\n", "utf-8")
    batch("-o", "out")
    assert [line["row"] for line in manifest()] == [2, 3, 4]


def test_a_folder_where_parts_are_kept_is_cleared_away(batch: Batch) -> None:
    Path("out/.agreement-parts/old").mkdir(parents=True)
    assert batch("-o", "out").code == 0
    assert not Path("out/.agreement-parts").exists()


@pytest.mark.parametrize(
    "line", [b"\xff\x00\x81", b'{"row": "x", "file": 1}', b"[" * 5000, b'{"row": 2}', b'{"row": 2, "rows": 5}', b"null"]
)
def test_a_spoilt_journal_is_passed_over(batch: Batch, line: bytes) -> None:
    Path("out").mkdir()
    Path("out/.agreement-journal.jsonl").write_bytes(line + b"\n" + line + b"\n{")
    assert batch("-o", "out").code == 0
    assert [entry["row"] for entry in manifest()] == [2, 3, 4]


def test_going_on_holds_few_entries_at_a_time() -> None:
    def entries() -> Iterator[Entry]:
        for row in range(2, 42):
            asked.append(row)
            yield Entry((row,), Household("", (Child(f"Child{row}", 9),)), Choices())

    asked: list[int] = []
    list(Folder(Path("out"), Names()).write_all(entries(), MAKING, Crew()))
    asked.clear()
    again = Folder(Path("out"), Names()).write_all(entries(), MAKING, Crew())
    assert (next(again).fresh, asked) == (False, [2])
    assert [done.fresh for done in again] == [False] * 39


# ---- two at once, and what stops a run -------------------------------------------------------------------------------


def wait_for(pattern: str, running: "subprocess.Popen[bytes]") -> None:
    while not list(Path().glob(pattern)) and running.poll() is None:
        time.sleep(0.02)


@pytest.mark.slow
def test_two_runs_do_not_write_into_one_folder(batch: Batch, here: Path) -> None:
    Path("long.csv").write_text(many(4000), encoding="utf-8")
    running = start(["batch", "long.csv", "-o", "out", "--quiet"], here)
    wait_for("out/*/*.pdf", running)
    answer = batch("-o", "out")
    running.kill()
    running.communicate()
    assert (answer.code, "Another run is writing there" in answer.err) == (5, True)
    assert batch("-o", "out", "--name", "new/{row}").code == 0


@pytest.mark.slow
@pytest.mark.parametrize("how", [["-o", "out", "--jobs", "1"], ["-o", "out"], ["--merged", "all.pdf"]])
def test_ctrl_c(here: Path, how: list[str]) -> None:
    Path("roster.csv").write_text(many(4000), encoding="utf-8")
    running = start(["batch", "roster.csv", *how], here, start_new_session=True)
    wait_for("out/*/*.pdf" if "-o" in how else ".all.pdf.part", running)
    os.killpg(running.pid, signal.SIGINT)
    _, err = running.communicate(timeout=30)
    told = err.decode("utf-8").strip().splitlines()
    assert (running.returncode, told[-1].startswith("Stopped; ")) == (130, True)
    assert "Traceback" not in "".join(told)
    assert not list(here.glob(".*part*")) + list(here.glob("*.pdf")) + list(here.glob("out/.agreement-parts"))


@pytest.mark.slow
@pytest.mark.skipif(sys.platform == "win32", reason="Ctrl-C is not sent like that here")
@pytest.mark.parametrize("gap", [0.005, 0.01, 0.02])
def test_ctrl_c_again_and_again(here: Path, gap: float) -> None:
    Path("roster.csv").write_text(many(4000), encoding="utf-8")
    running = start(["batch", "roster.csv", "-o", "out", "--jobs", "2", "--quiet"], here, start_new_session=True)
    wait_for("out/*/*.pdf", running)
    for _ in range(12):
        if running.poll() is None:
            os.killpg(running.pid, signal.SIGINT)
        time.sleep(gap)
    try:
        _, err = running.communicate(timeout=30)
    finally:
        with contextlib.suppress(ProcessLookupError):  # where all went well
            os.killpg(running.pid, signal.SIGKILL)
    assert (running.returncode, err.count(b"\n"), err[:30]) == (130, 1, b"Stopped; what is done stays. R")
    assert not Path("out/.agreement-parts").exists()


@pytest.mark.slow
@pytest.mark.skipif(not Path("/proc/self/stat").exists(), reason="processes are not listed like that here")
def test_workers_go_when_the_run_is_killed(here: Path) -> None:
    Path("roster.csv").write_text(many(4000), encoding="utf-8")
    running = start(["batch", "roster.csv", "-o", "out", "--jobs", "2", "--quiet"], here, stderr=subprocess.DEVNULL)
    wait_for("out/*/*.pdf", running)
    workers = Path(f"/proc/{running.pid}/task/{running.pid}/children").read_text().split()
    running.kill()
    running.communicate()
    for _ in range(100):
        left = [pid for pid in workers if Path(f"/proc/{pid}/stat").exists() and not _is_dead(pid)]
        if not left:
            break
        time.sleep(0.05)
    assert (len(workers), left) == (2, [])


def _is_dead(pid: str) -> bool:
    try:
        return Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0] == "Z"
    except (FileNotFoundError, ProcessLookupError):
        return True


@pytest.mark.slow
@pytest.mark.parametrize("more", [[], ["--jobs", "2"]])
def test_a_run_that_is_killed_again_and_again_ends_with_the_same_bytes(here: Path, more: list[str]) -> None:
    Path("roster.csv").write_text(many(400), encoding="utf-8")
    assert process(["batch", "roster.csv", "-o", "whole"], here).code == 0
    dice = random.Random(50)
    for _ in range(25):
        running = start(["batch", "roster.csv", "-o", "out", "--quiet", *more], here, stderr=subprocess.DEVNULL)
        time.sleep(dice.uniform(0.3, 1.1))
        running.send_signal(signal.SIGKILL)
        running.communicate()
        torn = [path for path in Path("out").rglob("*.pdf") if not is_ours(path.read_bytes())]
        assert not torn
    assert process(["batch", "roster.csv", "-o", "out", *more], here).code == 0
    assert tree(here / "out") == tree(here / "whole")


@pytest.mark.slow
def test_a_print_file_after_a_killed_run(here: Path) -> None:
    Path("roster.csv").write_text(many(200), encoding="utf-8")
    assert process(["batch", "roster.csv", "--merged", "whole.pdf"], here).code == 0
    for wait in (0.3, 0.6, 0.9):
        running = start(["batch", "roster.csv", "--merged", "all.pdf", "--quiet"], here)
        time.sleep(wait)
        running.send_signal(signal.SIGKILL)
        running.communicate()
    assert process(["batch", "roster.csv", "--merged", "all.pdf"], here).code == 0
    assert Path("all.pdf").read_bytes() == Path("whole.pdf").read_bytes()
    assert not list(here.glob(".*part"))


@pytest.mark.slow
@pytest.mark.skipif(sys.platform == "win32", reason="no such limit here")
@pytest.mark.parametrize(
    ("size", "how"),
    [
        (60_000, ["-o", "out"]),
        (60_000, ["--merged", "all.pdf"]),
        (2_000, ["-o", "out"]),
        (0, ["-o", "out"]),
        (2_000, ["-o", "out", "--jobs", "2"]),
    ],
)
def test_a_disk_that_is_full_is_told_in_a_sentence(here: Path, size: int, how: list[str]) -> None:
    Path("roster.csv").write_text(many(400), encoding="utf-8")
    answer = limited(size, "roster.csv", *how)
    assert answer.code == 5, answer.err
    assert re.search(r"(out|all\.pdf) cannot be written\. .+[.]$", answer.err.strip().splitlines()[-1])
    assert "Traceback" not in answer.err
    assert process(["batch", "roster.csv", *how], here).code == 0
    if "-o" in how:
        assert process(["batch", "roster.csv", "-o", "whole"], here).code == 0
        assert tree(here / "out") == tree(here / "whole")


@pytest.mark.slow
@pytest.mark.parametrize("jobs", ["1", "2"])
def test_a_folder_that_is_taken_away(here: Path, jobs: str) -> None:
    Path("roster.csv").write_text(many(4000), encoding="utf-8")
    running = start(["batch", "roster.csv", "-o", "out", "--quiet", "--jobs", jobs], here)
    wait_for("out/*/*.pdf", running)
    Path("out").rename("away")
    _, err = running.communicate(timeout=60)
    assert (running.returncode, "The folder was taken away" in err.decode("utf-8")) == (5, True)
    assert "Traceback" not in err.decode("utf-8")
    Path("away").rename("out")
    assert process(["batch", "roster.csv", "-o", "out", "--quiet"], here).code == 0
    assert len(manifest()) == 4000
