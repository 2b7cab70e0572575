"""`agreement batch` from roster to files: what is told, what is written, what is kept, and how it goes on."""

import csv
import json
import os
import random
import signal
import subprocess
import sys
import time
from hashlib import sha256
from pathlib import Path

import pikepdf
import pytest

from agreement import Adult, Child, Household, make_pdf
from agreement.cli.batch_told import Progress
from agreement.pdf.seal import is_ours, stamp
from tests import pdf as reader
from tests.command import Answer, call, process, start
from tests.rosters import GOOD, HEADER, Batch, batch_in
from tests.verapdf import findings

Capture = pytest.CaptureFixture[bytes]
pytestmark = pytest.mark.usefixtures("here")


@pytest.fixture
def batch(capfdbinary: Capture) -> Batch:
    """Run `agreement batch roster.csv` here; `roster` is the text of the roster."""
    return batch_in(capfdbinary)


def tree(folder: Path) -> dict[str, str]:
    """Return every file below a folder with the hash of what is in it."""
    return {
        path.relative_to(folder).as_posix(): sha256(path.read_bytes()).hexdigest()
        for path in sorted(folder.rglob("*"))
        if path.is_file()
    }


def last_line(answer: Answer) -> str:
    return answer.err.strip().splitlines()[-1]


# ---- separate files --------------------------------------------------------------------------------------------------


def test_one_file_a_household(batch: Batch) -> None:
    answer = batch("-o", "out")
    assert (answer.code, answer.out) == (0, b"")
    assert sorted(tree(Path("out"))) == [
        "3B/0002-Rivera.pdf",
        "3B/0004-Núñez.pdf",
        "9A/0003-Ng.pdf",
        "manifest.jsonl",
        "report.csv",
    ]
    assert last_line(answer) == "3 rows in: 3 sheets in out, 0 rows reported."


def test_a_sheet_is_what_make_makes(batch: Batch, fixed_date: "object") -> None:
    batch("-o", "out")
    made = Path("out/3B/0002-Rivera.pdf").read_bytes()
    household = Household("Rivera", (Child("Maya", 9),), (Adult("Ana"),))
    alone = stamp(make_pdf(household, date=fixed_date))  # type: ignore[arg-type]
    assert is_ours(made)
    assert reader.tags(made) == reader.tags(alone)
    assert reader.fields(made) == reader.fields(alone)
    assert [reader.png(made, page) for page in (0, 1)] == [reader.png(alone, page) for page in (0, 1)]


def test_a_bad_row_is_reported_and_costs_that_row_alone(batch: Batch) -> None:
    answer = batch("-o", "out", roster=GOOD + ",Lost,9,3B,Ana\nOld,Li,44,3B,Jo\n")
    assert answer.code == 6
    assert 'row 5, "First Name": R304' in answer.err
    assert 'row 6, "Age": F326' in answer.err
    assert last_line(answer) == "5 rows in: 3 sheets in out, 2 rows reported."
    with Path("out/report.csv").open(encoding="utf-8-sig") as stream:
        rows = list(csv.DictReader(stream))
    assert [(row["row"], row["status"]) for row in rows] == [
        ("2", "made"),
        ("3", "made"),
        ("4", "made"),
        ("5", "failed"),
        ("6", "failed"),
    ]


def test_what_was_mended_is_made_and_the_rest_is_kept(batch: Batch) -> None:
    batch("-o", "out", roster=GOOD.replace("Leo,Ng,14", "Leo,Ng,99"))
    before = {path: path.stat().st_mtime_ns for path in Path("out").rglob("*.pdf")}
    answer = batch("-o", "out", "--only-failed")
    assert last_line(answer) == "1 row in: 1 sheet in out, 0 rows reported."
    assert {path: path.stat().st_mtime_ns for path in before} == before
    lines = [json.loads(line) for line in Path("out/manifest.jsonl").read_text("utf-8").splitlines()]
    assert [(line["row"], line["status"]) for line in lines] == [(2, "made"), (3, "made"), (4, "made")]
    assert last_line(batch("-o", "out")) == "3 rows in: 3 sheets in out (3 were there already), 0 rows reported."


def test_only_some_rows(batch: Batch) -> None:
    answer = batch("-o", "out", "--rows", "2,4-9")
    assert last_line(answer) == "2 rows in: 2 sheets in out, 0 rows reported."
    assert batch("-o", "out", "--rows", "two").code == 2


def test_the_report_and_the_manifest_hold_no_more_of_a_child_than_the_name_of_its_file(batch: Batch) -> None:
    batch("-o", "out", "--name", "{row}", roster=GOOD + "Secretname,Li,44,3B,Jo\n")
    told = Path("out/report.csv").read_text("utf-8") + Path("out/manifest.jsonl").read_text("utf-8")
    assert not [name for name in ("Maya", "Rivera", "Ana", "Secretname", "Zoë") if name in told]


def test_a_changed_file_is_kept(batch: Batch) -> None:
    batch("-o", "out")
    path = Path("out/3B/0002-Rivera.pdf")
    path.write_bytes(path.read_bytes() + b"% filled in\n")
    kept = path.read_bytes()
    answer = batch("-o", "out")
    assert answer.code == 6
    assert "R403" in answer.err
    assert path.read_bytes() == kept
    assert batch("-o", "out", "--force").code == 0
    assert path.read_bytes() != kept


def test_a_link_that_leads_out_is_not_followed(batch: Batch, here: Path) -> None:
    outside = here / "outside"
    outside.mkdir()
    Path("out").mkdir()
    Path("out/3B").symlink_to(outside, target_is_directory=True)
    assert batch("-o", "out").code == 6
    assert not list(outside.iterdir())


def test_a_dry_run_tells_all_and_writes_nothing(batch: Batch) -> None:
    answer = batch("--dry-run", "-o", "out", roster=GOOD + ",Lost,9,3B,Ana\n")
    assert answer.code == 6
    assert "by class: 3B 2, 9A 1" in answer.text
    assert "row 2: Rivera; Maya (9); adults: Ana" in answer.text
    assert 'row 5, "First Name": R304' in answer.err
    assert not Path("out").exists()


def test_an_unknown_pack_in_a_row(batch: Batch) -> None:
    answer = batch("-o", "out", roster="Child,Pack\nMaya,everyday\nLeo,evryday\n")
    assert 'row 3, "Pack": F104 there is no pack "evryday". Did you mean "everyday"?' in answer.err


def test_choices_for_all_rows(batch: Batch) -> None:
    Path("family.yaml").write_text("trusted_adults: [Ms. Lopez (school counselor)]\npaper: a4\n")
    batch("-o", "out", "--like", "family.yaml", "--set", "bedtime=20:30")
    text = reader.text(Path("out/3B/0002-Rivera.pdf").read_bytes())
    assert "Ms. Lopez" in text
    assert "8:30" in text


@pytest.mark.slow
def test_two_processes_make_the_same(batch: Batch) -> None:
    batch("-o", "one")
    batch("-o", "two", "--jobs", "2")
    assert tree(Path("one")) == tree(Path("two"))


# ---- going on --------------------------------------------------------------------------------------------------------


def many(count: int) -> str:
    return HEADER + "".join(f"Child{at},Family{at},{5 + at % 13},{at % 3}A,Ana\n" for at in range(count))


@pytest.mark.slow
def test_a_run_that_is_killed_goes_on_to_the_same_end(here: Path) -> None:
    Path("roster.csv").write_text(many(40), encoding="utf-8")
    assert process(["batch", "roster.csv", "-o", "whole"], here).code == 0
    dice = random.Random(5)
    for _ in range(6):
        running = start(["batch", "roster.csv", "-o", "out", "--quiet"], here)
        time.sleep(dice.uniform(0.2, 1.6))
        running.send_signal(signal.SIGKILL)
        running.communicate()
        for path in Path("out").rglob("*.pdf"):
            assert is_ours(path.read_bytes())
    assert process(["batch", "roster.csv", "-o", "out"], here).code == 0
    assert tree(here / "out") == tree(here / "whole")


@pytest.mark.slow
def test_interrupting_stops_cleanly(here: Path) -> None:
    Path("roster.csv").write_text(many(2000), encoding="utf-8")
    running = start(["batch", "roster.csv", "-o", "out"], here)
    while not list(here.glob("out/*/*.pdf")) and running.poll() is None:
        time.sleep(0.05)
    running.send_signal(signal.SIGINT)
    _, err = running.communicate(timeout=30)
    assert running.returncode == 130
    assert b"Run the same command again" in err
    assert not (here / "out" / ".agreement-parts").exists()


def test_a_folder_that_cannot_be_written(batch: Batch) -> None:
    Path("out").write_text("a file")
    answer = batch("-o", "out")
    assert answer.code == 5
    assert "out cannot be written. A file stands where a folder belongs." in answer.err


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="no full disk here")
@pytest.mark.slow
def test_a_full_disk(here: Path) -> None:
    Path("roster.csv").write_text(many(8), encoding="utf-8")
    limit = "import resource; resource.setrlimit(resource.RLIMIT_FSIZE, (20_000, 20_000))\n"
    quiet = "import signal; signal.signal(signal.SIGXFSZ, signal.SIG_IGN)\n"
    code = f"{quiet}{limit}from agreement.cli.main import main\nmain()"
    done = subprocess.run(
        [sys.executable, "-c", code, "batch", "roster.csv", "-o", "out"],
        cwd=here,
        capture_output=True,
        check=False,
        env={**os.environ, "PYTHONPATH": str(Path(__file__).parent.parent)},
    )
    assert done.returncode == 5, done.stderr
    assert not list(here.glob("out/*/*.pdf"))
    assert process(["batch", "roster.csv", "-o", "out"], here).code == 0


# ---- one print file --------------------------------------------------------------------------------------------------


def pages_of(path: str) -> list[str]:
    return reader.text(Path(path).read_bytes()).split("\f")


def titles(path: str) -> list[str]:
    with pikepdf.open(path) as document, document.open_outline() as outline:
        return [f"{one.title}: {', '.join(kid.title for kid in one.children)}" for one in outline.root]


def test_one_print_file(batch: Batch) -> None:
    answer = batch("--merged", "all.pdf")
    assert answer.code == 0
    assert last_line(answer) == "3 rows in: 3 sheets in all.pdf, 0 rows reported."
    assert is_ours(Path("all.pdf").read_bytes())
    pages = pages_of("all.pdf")
    assert len(pages) == 6
    assert ["Maya" in pages[0], "Leo" in pages[2], "Zoë" in pages[4]] == [True] * 3
    assert titles("all.pdf") == ["3B: Rivera: Maya, Núñez: Zoë", "9A: Ng: Leo"]


def test_a_print_file_in_the_new_folder_of_the_others(batch: Batch) -> None:
    for again in range(2):
        answer = batch("-o", "out", "--merged", "out/all.pdf")
        assert (answer.code, "earlier run" in answer.err) == (0, False), again
    assert len(pages_of("out/all.pdf")) == 6


def test_print_order(batch: Batch) -> None:
    batch("--merged", "all.pdf", "--by", "class,child", "--separators", "--duplex", "--copies", "2")
    pages = pages_of("all.pdf")
    assert len(pages) == 2 * 2 + 3 * 2 * 2
    assert [" ".join(page.split()) for page in pages[:2]] == ["3B Households: 2 × 2", ""]
    assert ["Maya" in page for page in pages[2:6]] == [True] * 4
    assert ["Zoë" in page for page in pages[6:10]] == [True] * 4
    assert " ".join(pages[10].split()) == "9A Households: 1 × 2"
    with pikepdf.open("all.pdf") as document:
        assert "/Contents" not in document.pages[1]
        assert [str(one.T) for one in document.Root.AcroForm.Fields] == ["h1", "h1-2", "h2", "h2-2", "h3", "h3-2"]


def test_a_print_file_is_in_the_language_of_most(batch: Batch) -> None:
    roster = "Child,Age,Language\nMaya,6,English\nLeo,9,Spanish\nZoë,9,Español\n"
    batch("--merged", "all.pdf", "--separators", roster=roster)
    assert "Sin clase" in pages_of("all.pdf")[0]
    with pikepdf.open("all.pdf") as document:
        assert (str(document.docinfo.Title), str(document.Root.Lang)) == ("Nuestro acuerdo sobre redes sociales", "es")


def test_a_print_file_without_a_sheet_is_not_written(batch: Batch) -> None:
    answer = batch("--merged", "all.pdf", roster="Child,Age\nMaya,44\n")
    assert (answer.code, Path("all.pdf").exists()) == (6, False)
    assert "No sheet could be made, so all.pdf was not written." in answer.err


def test_split(batch: Batch) -> None:
    answer = batch("--merged", "all.pdf", "--split", "2")
    assert last_line(answer) == "3 rows in: 3 sheets in all-001.pdf to all-002.pdf, 0 rows reported."
    assert [len(pages_of(f"all-00{number}.pdf")) for number in (1, 2)] == [4, 2]
    answer = batch("--merged", "all.pdf", "--split", "3")
    assert last_line(answer) == "3 rows in: 3 sheets in all-001.pdf, 0 rows reported."
    assert "1 print file of an earlier run, kept; do not print them with these: all-002.pdf." in answer.err


@pytest.mark.parametrize(("kind", "sides"), [("booklet", 2), ("two-up", 1)])
def test_imposition_keeps_tags_and_fields(batch: Batch, kind: str, sides: int) -> None:
    batch("--merged", "all.pdf", "--sheet", kind, "--rows", "2")
    batch("--merged", "flat.pdf", "--rows", "2")
    with pikepdf.open("all.pdf") as document, pikepdf.open("flat.pdf") as flat:
        assert len(document.pages) == sides
        assert float(document.pages[0].MediaBox[2]) == 1224
        names = [[str(kid.T) for kid in one.Root.AcroForm.Fields[0].Kids] for one in (document, flat)]
        assert sorted(names[0]) == sorted(names[1])
    words = [sorted(" ".join(pages_of(name)).split()) for name in ("all.pdf", "flat.pdf")]
    assert words[0] == words[1]


def test_blank_sheets(batch: Batch) -> None:
    answer = batch("--blank", "3", "--merged", "blank.pdf", roster=None)
    assert (answer.code, last_line(answer)) == (0, "3 blank sheets in blank.pdf.")
    pages = pages_of("blank.pdf")
    assert len(pages) == 6
    assert pages[0] == pages[2] == pages[4]
    answer = batch("--blank", "3", "--merged", "blank.pdf", "--split", "2", roster=None)
    assert last_line(answer) == "3 blank sheets in blank-001.pdf to blank-002.pdf."


@pytest.mark.parametrize(
    "options", [["--merged", "all.pdf"], ["--merged", "all.pdf", "--sheet", "booklet", "--separators"]]
)
@pytest.mark.parametrize("profile", ["ua1", "2a"])
def test_a_print_file_conforms(batch: Batch, options: list[str], profile: str) -> None:
    import page

    batch(*options)
    assert "no failures" in str(page.validate_pdf("all.pdf", profile=profile))


@pytest.mark.verapdf
@pytest.mark.parametrize("flavour", ["ua1", "2a"])
def test_verapdf_accepts_a_print_file(batch: Batch, flavour: str) -> None:
    batch("--merged", "all.pdf", "--separators", "--duplex", "--sheet", "booklet")
    assert findings(Path("all.pdf").read_bytes(), flavour) == []


def test_a_print_file_is_the_same_each_time(batch: Batch) -> None:
    batch("--merged", "one.pdf")
    batch("--merged", "two.pdf")
    assert Path("one.pdf").read_bytes() == Path("two.pdf").read_bytes()


def test_the_time_that_is_left_is_told_as_a_person_would() -> None:
    progress = Progress(True, 1_000_000)
    assert progress._told(progress._began + 1.0) == "0 of 1000000, 0 a second"
    progress._count = progress._made = 1000
    assert progress._told(progress._began + 1.0) == "1000 of 1000000, 1000 a second, 17 minutes left"
    progress._count = progress._made = 999_500
    assert progress._told(progress._began + 999.5) == "999500 of 1000000, 1000 a second, 1 second left"


# ---- usage -----------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "arguments",
    [
        [],
        ["roster.csv"],
        ["roster.csv", "-o", "out", "--blank", "3"],
        ["--blank", "3", "-o", "out"],
        ["roster.csv", "-o", "out", "--name", "../{row}"],
        ["roster.csv", "--merged", "all.pdf", "--by", "shoe"],
        ["roster.csv", "--merged", "-"],
        ["roster.csv", "--merged", "/dev/stdout"],
        ["--blank", "3", "--merged", "all.pdf", "--separators"],
        ["--blank", "3", "--merged", "all.pdf", "--by", "class"],
    ],
)
def test_wrong_usage(batch: Batch, capfdbinary: Capture, arguments: list[str]) -> None:
    Path("roster.csv").write_text(GOOD, encoding="utf-8")
    assert call(capfdbinary, "batch", *arguments).code == 2


@pytest.mark.slow
@pytest.mark.skipif(not Path("/usr/bin/strace").exists(), reason="no strace here")
@pytest.mark.parametrize("more", [[], ["--jobs", "2", "--merged", "all.pdf"]])
def test_no_network_and_no_name_in_the_open(here: Path, more: list[str]) -> None:
    Path("roster.csv").write_text(GOOD, encoding="utf-8")
    run = ["batch", "roster.csv", "-o", "out", "--name", "{row}", *more]
    subprocess.run(
        ["strace", "-f", "-e", "trace=network,execve,file", "-o", "trace.txt", sys.executable, "-m", "agreement", *run],
        check=True,
        capture_output=True,
        cwd=here,
        env={**os.environ, "PYTHONPATH": str(Path(__file__).parent.parent)},
    )
    trace = Path("trace.txt").read_text("utf-8", "replace")
    assert "AF_INET" not in trace
    assert not [name for name in ("Rivera", "Maya", "Ana", "Zo") if name in trace]
    left = {path.relative_to(here).as_posix() for path in here.rglob("*") if path.is_file()}
    made = {"roster.csv", "trace.txt", *(f"out/{name}" for name in ("2.pdf", "3.pdf", "4.pdf"))}
    assert left == made | {"out/manifest.jsonl", "out/report.csv"} | ({"all.pdf"} if more else set())
