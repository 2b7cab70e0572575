"""`agreement make`, and everything odd that a person can type to it."""

import datetime
import os
import signal
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from agreement.errors import Where
from agreement.household import Adult, AppRow, Child, Choices, Household, OwnRule, TrustedAdult
from agreement.household import parse_family as parse
from agreement.library import load_library
from agreement.pdf.seal import is_ours
from agreement.source import Text
from tests.command import CHECKOUT, Answer, call, process, start

EXAMPLE = CHECKOUT / "docs" / "examples" / "rivera.yaml"
RIVERA_OPTIONS = (
    *("--family", "Rivera", "--child", "Maya:9", "--child", "Leo:14", "--adult", "Ana", "--adult", "Grandpa Joe"),
    *("--trusted", "Ms. Lopez (school counselor)", "--pack", "everyday", "--with", "reason-for-no"),
    *(
        "--without",
        "think-before-we-post",
        "--set",
        "bedtime=20:30",
        "--own",
        "Leo: I will teach Grandpa the group chat.",
    ),
    *("--app", "Roblox: Maya / Ana", "--review", "in 3 months", "--country", "US", "--language", "en", "--paper", "a4"),
)
Capture = pytest.CaptureFixture[bytes]
Make = Callable[..., Answer]
pytestmark = pytest.mark.usefixtures("here")


@pytest.fixture
def make(capfdbinary: Capture) -> Make:
    """Run `agreement make` here; `family` is the text of a family file."""

    def run(*arguments: str, family: str | bytes | None = None) -> Answer:
        if family is not None:
            Path("family.yaml").write_bytes(family.encode("utf-8") if isinstance(family, str) else family)
            arguments = ("family.yaml", *arguments)
        return call(capfdbinary, "make", *arguments)

    return run


@pytest.fixture
def asked(monkeypatch: pytest.MonkeyPatch) -> list[tuple[Household, Choices, dict[str, Any]]]:
    """Gather what make_pdf is asked for, instead of making it."""
    calls: list[tuple[Household, Choices, dict[str, Any]]] = []

    def gather(household: Household, choices: Choices, **how: Any) -> bytes:
        calls.append((household, choices, how))
        return b"%PDF-1.7\nxref\ntrailer\n<</ID[<00><00>]>>\nstartxref\n9\n%%EOF\n"

    monkeypatch.setattr("agreement.make.make_pdf", gather)
    return calls


Asked = list[tuple[Household, Choices, dict[str, Any]]]


# ---- what it makes ---------------------------------------------------------------------------------------------------


def test_without_anything_an_empty_sheet(make: Make, here: Path) -> None:
    answer = make()
    assert (answer.code, answer.out) == (0, b"")
    assert answer.err.splitlines() == [
        "The card has the help lines of this country: United States. "
        f"Use --country for another: {', '.join(load_library().countries)}.",
        "family-agreement.pdf: 2 sides. Print it on both sides of the paper, flip on the long edge.",
    ]
    assert [path.name for path in here.iterdir()] == ["family-agreement.pdf"]
    assert is_ours(Path("family-agreement.pdf").read_bytes())


def test_the_riveras(make: Make) -> None:
    answer = make(str(EXAMPLE), "-o", "rivera.pdf")
    assert answer.code == 0, answer.err
    assert Path("rivera.pdf").read_bytes().startswith(b"%PDF-")


def test_stdout_gets_the_same_bytes_and_nothing_else(make: Make) -> None:
    assert make(str(EXAMPLE), "-o", "rivera.pdf").code == 0
    answer = make(str(EXAMPLE), "-o", "-")
    assert (answer.code, answer.err) == (0, "")
    assert answer.out == Path("rivera.pdf").read_bytes()


def test_another_process_with_another_hash_seed_gives_the_same_bytes(here: Path) -> None:
    made = [process(["make", str(EXAMPLE), "-o", "-"], here, environment={"PYTHONHASHSEED": seed}) for seed in "17"]
    assert made[0].code == 0
    assert made[0].out == made[1].out


def test_family_file_from_stdin(here: Path) -> None:
    with EXAMPLE.open("rb") as stream:
        answer = process(["make", "-", "-o", "a.pdf"], here, stdin=stream)
    assert (answer.code, (here / "a.pdf").exists()) == (0, True)


def test_made_again_it_is_replaced_and_filled_in_it_is_kept(make: Make) -> None:
    assert make().code == 0
    assert make("--family", "Rivera").code == 0
    target = Path("family-agreement.pdf")
    filled = target.read_bytes() + b"2 0 obj\n<</V(Leo)>>\nendobj\n"
    target.write_bytes(filled)
    answer = make()
    assert answer.code == 5
    assert "--force" in answer.err
    assert target.read_bytes() == filled
    assert make("--force").code == 0
    assert is_ours(target.read_bytes())


def test_the_family_file_is_never_overwritten(make: Make) -> None:
    answer = make("-o", "family.yaml", "--force", family="family: Rivera\n")
    assert (answer.code, Path("family.yaml").read_text("utf-8")) == (5, "family: Rivera\n")
    assert "the family file itself" in answer.err


# ---- options ---------------------------------------------------------------------------------------------------------


def test_options_alone(make: Make, asked: Asked) -> None:
    assert make(*RIVERA_OPTIONS).code == 0
    household, choices, how = asked[0]
    assert household == Household(
        "Rivera",
        (Child("Maya", 9), Child("Leo", 14)),
        (Adult("Ana"), Adult("Grandpa Joe")),
        (TrustedAdult("Ms. Lopez", "school counselor"),),
    )
    assert choices == Choices(
        language="en",
        country="US",
        pack="everyday",
        with_=("reason-for-no",),
        without=("think-before-we-post",),
        blanks={"bedtime": "20:30"},
        apps=(AppRow("Roblox", "Maya", "Ana"),),
        own=(OwnRule("I will teach Grandpa the group chat.", "Leo"),),
        review="in 3 months",
        paper="a4",
    )
    assert (how["date"], how["each"]) == (datetime.date(2026, 3, 12), False)


def test_options_make_a_sheet(make: Make) -> None:
    answer = make(*RIVERA_OPTIONS, "--each", "-o", "-")
    assert answer.code == 0, answer.err
    assert answer.out.startswith(b"%PDF-")


def test_options_win_over_the_file(make: Make, asked: Asked) -> None:
    family = (
        "family: Rivera\nchildren: [{name: Maya, age: 9}]\nadults: [Ana]\ntrusted_adults: [Jo]\ncountry: US\n"
        "with: [a, b]\nwithout: [c]\nblanks: {bedtime: 20:30, place: hall}\n"
        "apps: [Roblox]\nown: ['Leo: x', 'Maya: y']\n"
    )
    options = (
        *("--child", "Leo", "--adult", "Joe", "--trusted", "Rosa (aunt)", "--app", "Chess", "--country", "UK"),
        *("--with", "c", "--without", "a", "--set", "place=kitchen", "--own", "z", "--family", "Smith"),
    )
    assert make(*options, family=family).code == 0
    household, choices, _ = asked[0]
    assert household == Household("Smith", (Child("Leo"),), (Adult("Joe"),), (TrustedAdult("Rosa", "aunt"),))
    assert (choices.country, choices.with_, choices.without) == ("UK", ("b", "c"), ("a",))
    assert choices.blanks == {"bedtime": "20:30", "place": "kitchen"}
    assert choices.apps == (AppRow("Chess"),)
    assert choices.own == (OwnRule("x", "Leo"), OwnRule("Maya: y"), OwnRule("z"))


def test_a_value_from_an_option_knows_the_option(make: Make, asked: Asked) -> None:
    assert make("--child", "Maya:9", "--set", "bedtime=20:30").code == 0
    name = asked[0][0].children[0].name
    value = asked[0][1].blanks["bedtime"]
    assert isinstance(name, Text)
    assert isinstance(value, Text)
    assert (name.where, value.where) == (Where("--child"), Where("--set"))


@pytest.mark.parametrize(
    ("words", "row"),
    [
        ("Roblox", AppRow("Roblox")),
        ("Roblox: Maya", AppRow("Roblox", "Maya")),
        ("Roblox: Maya / Ana", AppRow("Roblox", "Maya", "Ana")),
        ("Roblox:  / Ana", AppRow("Roblox", "", "Ana")),
        ("Tic/Tac: Maya", AppRow("Tic/Tac", "Maya")),
    ],
)
def test_app_rows(words: str, row: AppRow, make: Make, asked: Asked) -> None:
    assert make("--app", words).code == 0
    assert asked[0][1].apps == (row,)


def test_a_blank_that_is_set_twice_is_a_list(make: Make, asked: Asked) -> None:
    assert make("--set", "times=meals", "--set", "times=the car", "--set", "eq=a=b").code == 0
    assert asked[0][1].blanks == {"times": ("meals", "the car"), "eq": "a=b"}


@pytest.mark.parametrize(
    ("arguments", "code", "words"),
    [
        (
            ["--child", "Maya:nine"],
            "F324",
            '"nine" is not an age. Write the age in figures behind the last colon, as in "Maya:9"',
        ),
        (["--child", "Ana: the boss"], "F324", '"the boss" is not an age.'),
        (["--child", "Maya:"], "F324", 'as in "Maya:9"'),
        (["--child", "Maya:-1"], "F324", "-1 is not an age"),
        (["--child", "Maya:3"], "F325", "for children from 5 to 17"),
        (["--child", "Maya:18"], "F326", "list grown-ups under adults"),
        (["--child", ":9"], "F102", "name"),
        (["--child", ""], "F105", "nothing here"),
        (["--adult", "a\nb"], "F322", "a line break"),
        (["--adult", "a\u202eb"], "F321", "U+202E"),
        (["--adult", "a\x1bb"], "F323", "U+001B"),
        (["--adult", "\udcff"], "F323", "U+DCFF"),
        (["--family", "x" * 401], "F106", "401 characters"),
        (["--set", "bedtime"], "F329", "--set bedtime=20:30"),
        (["--set", "=20:30"], "F329", "not BLANK=VALUE"),
        (["--set", "bedtime="], "F105", "nothing here"),
        (["--date", "2026-02-30"], "F330", "not a day"),
        (["--date", "tomorrow"], "F330", "2026-06-12"),
        (["--with", "no-phone-at-meals"], "F104", 'Did you mean "no-phones-at-meals"?'),
        (["--without", "be-kindd"], "F104", '"be-kind"'),
        (["--pack", "everday"], "F104", '"everyday"'),
        (["--language", "eng"], "F104", "en"),
        (["--country", "Narnia"], "F104", "Narnia"),
        (["--paper", "leter"], "F104", '"letter"'),
        (["--ages", "11-14"], "F104", '"11-13"'),
        (["--clauses", "nowhere"], "C201", "no such folder"),
        (["--set", "bedtime=25:00"], "F308", "not a time of day"),
        (["--set", "bedtme=20:30"], "F307", '"bedtime"'),
    ],
)
def test_every_odd_option_is_a_sentence_that_names_it(arguments: list[str], code: str, words: str, make: Make) -> None:
    answer = make(*arguments)
    assert (answer.code, answer.out) == (1, b"")
    assert f" {code} " in answer.err
    assert words in answer.err
    assert answer.err.startswith(arguments[0] if code != "C201" else "nowhere")
    assert answer.err.endswith("\n1 problem; nothing was written.\n")
    assert not Path("family-agreement.pdf").exists()


def test_many_children_as_options_are_one_problem(make: Make) -> None:
    answer = make(*(word for number in range(40) for word in ("--child", f"C{number}")))
    assert answer.err.startswith("--child: F327 there are 40 children;")


# ---- the file --------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("family", "start"),
    [
        ("", "family.yaml:1:1: S106 "),
        ("[a, b]", "family.yaml:1:1: F103 "),
        ("a: [", "family.yaml:2:1: S105 "),
        (b"\xff\xfe", "family.yaml:1:1: S103 "),
        ("famly: Rivera", 'family.yaml:1:1: F101 the key "famly" is not known here. Did you mean "family"?'),
        ("with: [no-phone-at-meals]", "family.yaml:1:8: F104 "),
        ("language: eng", "family.yaml:1:11: F104 "),
        ("country: Narnia", "family.yaml:1:10: F104 "),
        ("paper: leter", "family.yaml:1:8: F104 "),
        ("blanks: {bedtime: soon}", "family.yaml:1:19: F308 "),
        ("blanks: {bedtme: 20:30}", "family.yaml:1:10: F307 "),
        ("children: [{name: A, age: -1}]", "family.yaml:1:27: F324 "),
        ("children: [{name: A, age: 3}]", "family.yaml:1:27: F325 "),
        ("children: [{name: A, age: 18}]", "family.yaml:1:27: F326 "),
        ("children: [{name: A, age: nine}]", "family.yaml:1:27: F324 "),
        ("adults: ['']", "family.yaml:1:10: F105 "),
        ('adults: ["a\\nb"]', "family.yaml:1:10: F322 "),
        ('adults: ["a\\u202Eb"]', "family.yaml:1:10: F321 "),
    ],
)
def test_every_odd_file_is_a_sentence_with_its_place(family: str | bytes, start: str, make: Make) -> None:
    answer = make(family=family)
    assert (answer.code, answer.out) == (1, b"")
    assert answer.err.startswith(start)
    assert answer.err.endswith("; nothing was written.\n")
    assert not Path("family-agreement.pdf").exists()


def test_file_of_fifty_megabytes(make: Make) -> None:
    answer = make(family=b"x" * 50_000_000)
    assert answer.code == 1
    assert answer.err.startswith("family.yaml: S102 ")


@pytest.mark.parametrize("name", ["missing.yaml", ".", ""])
def test_file_that_is_none(name: str, make: Make) -> None:
    answer = make(name)
    assert answer.code == 1
    assert " S101 " in answer.err


@pytest.mark.parametrize(
    "name", ["a" * 400, "<b>Ana</b>", "Tom & Jerry", "{blank}", "()\\", "no", "null", "Nguyễn Thị Ánh", "Юлия", "ليلى"]
)
def test_odd_names_make_a_sheet(name: str, make: Make) -> None:
    quoted = "'" + name + "'"
    answer = make("-o", "-", family=f"family: {quoted}\nchildren: [{quoted}]\nadults: [{quoted}]\nown: [{quoted}]\n")
    assert answer.code == 0, answer.err
    assert answer.out.startswith(b"%PDF-")


def test_character_that_no_font_has_is_named(make: Make) -> None:
    answer = make("--adult", "Ana 🦊")
    assert answer.code == 3
    assert "U+1F98A" in answer.err
    assert "Ana" in answer.err
    assert not Path("family-agreement.pdf").exists()


def test_unquoted_time_means_the_evening(make: Make) -> None:
    assert parse("blanks: {bedtime: 21:00}")[1].blanks == {"bedtime": "21:00"}
    assert make("-o", "-", family="blanks: {bedtime: 21:00}").code == 0


def test_problems_of_file_options_and_ids_are_told_together(make: Make) -> None:
    answer = make("--child", "Maya:nine", "--pack", "everday", family="famly: X\nwith: [no-phone-at-meals]\n")
    assert [line.split()[1] for line in answer.err.splitlines()[:-1]] == ["F324", "F104", "F101", "F104"]
    assert answer.err.endswith("\n4 problems; nothing was written.\n")


# ---- the day ---------------------------------------------------------------------------------------------------------


def test_day_from_the_option(make: Make, asked: Asked) -> None:
    make("--date", "2027-01-05")
    assert asked[0][2]["date"] == datetime.date(2027, 1, 5)


def test_day_from_the_clock(make: Make, asked: Asked, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("SOURCE_DATE_EPOCH")
    before = datetime.datetime.now().astimezone().date()
    make()
    assert before <= asked[0][2]["date"] <= datetime.datetime.now().astimezone().date()


@pytest.mark.parametrize("epoch", ["soon", "1e9", "99999999999999999999"])
def test_day_that_the_environment_cannot_give(epoch: str, make: Make, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SOURCE_DATE_EPOCH", epoch)
    answer = make()
    assert (answer.code, answer.err.split()[:2]) == (1, ["SOURCE_DATE_EPOCH:", "F331"])


# ---- the process -----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("output", ["nowhere/a.pdf", ".", "/dev/full"])
def test_place_that_cannot_be_written_is_5(output: str, make: Make) -> None:
    answer = make("-o", output)
    assert (answer.code, answer.err.count("\n")) == (5, 1)


@pytest.mark.skipif(sys.platform == "win32", reason="Windows sends no SIGINT to one process")
def test_ctrl_c_while_it_works(here: Path) -> None:
    reading, writing = os.pipe()
    running = start(["make", "-"], here, stdin=reading)
    os.close(reading)
    os.write(writing, b"family: ")
    time.sleep(1.0)
    running.send_signal(signal.SIGINT)
    _, err = running.communicate(timeout=30)
    os.close(writing)
    assert (running.returncode, err.decode().strip()) == (130, "Stopped; nothing was written.")
    assert list(here.iterdir()) == []


@pytest.mark.skipif(sys.platform == "win32", reason="there is no sh")
@pytest.mark.parametrize(("ending", "code"), [("-o - >&-", 5), ("-o - >/dev/full", 5), ("-o a.pdf >&-", 0)])
def test_stdout_that_is_closed_or_full(ending: str, code: int, here: Path) -> None:
    import subprocess

    environment = {**os.environ, "PYTHONPATH": str(CHECKOUT)}
    script = f'exec "{sys.executable}" -m agreement make --country US {ending}'
    done = subprocess.run(["sh", "-c", script], cwd=here, env=environment, capture_output=True, text=True, check=False)
    assert (done.returncode, done.stderr.count("\n")) == (code, 1)
    assert "Traceback" not in done.stderr
