"""What may be asked of `agreement batch`: the choices of `make` for all rows, and columns that win over them."""

import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from agreement.cli.batch import batch as batch_command
from agreement.cli.batch_run import Run
from agreement.cli.make import make as make_command
from agreement.household.roster_rows import Entry
from tests import pdf as reader
from tests.command import call
from tests.rosters import GOOD, Batch, batch_in

ONE_ONLY = {"family_file", "output", "family", "child", "adult", "tags", "password"}
"""Of `make`: names of one family, and what is for one file."""
pytestmark = pytest.mark.usefixtures("here")


@pytest.fixture
def batch(capfdbinary: pytest.CaptureFixture[bytes]) -> Batch:
    """Run `agreement batch roster.csv` here; `roster` is the text of the roster."""
    return batch_in(capfdbinary)


def text_of(name: str) -> str:
    return reader.text(Path(name).read_bytes())


def test_every_choice_of_make_is_one_of_batch() -> None:
    of_make = {parameter.name for parameter in make_command.params} - ONE_ONLY
    assert of_make - {parameter.name for parameter in batch_command.params} == set()


@pytest.mark.parametrize(
    "options",
    [
        ["--text-size", "large"],
        ["--style", "contrast"],
        ["--reasons", "--add", "talk", "--with-figures"],
        ["--flat"],
        ["--each", "--own", "Leo: I will knit"],
    ],
)
def test_a_choice_for_all_rows_is_what_make_makes(
    batch: Batch, capfdbinary: pytest.CaptureFixture[bytes], options: list[str]
) -> None:
    assert batch("-o", "out", "--rows", "2", "--date", "2026-03-12", *options).code == 0
    people = ["--family", "Rivera", "--child", "Maya:9", "--adult", "Ana", "--date", "2026-03-12"]
    assert call(capfdbinary, "make", *people, "-o", "one.pdf", *options).code == 0
    made, alone = Path("out/3B/0002-Rivera.pdf").read_bytes(), Path("one.pdf").read_bytes()
    assert reader.tags(made) == reader.tags(alone)
    assert reader.fields(made) == reader.fields(alone)
    assert reader.png(made, 0) == reader.png(alone, 0)


def test_a_family_file_gives_choices_and_columns_win_over_it(batch: Batch) -> None:
    Path("family.yaml").write_text(
        "language: en\npaper: a4\ntext_size: large\nreasons: true\nadd: [talk]\nblanks: {bedtime: '21:00'}\n"
        "with: [be-kind]\ncountry: US\n"
    )
    roster = "Child,Age,Language,Paper,Country,Bedtime,Pack\nMaya,9,,,,,\nLeo,9,Spanish,letter,UK,19:15,everyday\n"
    answer = batch("--like", "family.yaml", "-o", "out", roster=roster)
    assert answer.code == 0
    maya, leo = text_of("out/0002-Maya.pdf"), text_of("out/0003-Leo.pdf")
    assert ("9:00" in maya, "19:15" in leo) == (True, True)
    assert ("911" in maya, "999" in leo) == (True, True)
    assert len(maya.split("\f")) > 2


def test_names_of_the_family_file_are_on_no_other_sheet(batch: Batch) -> None:
    Path("family.yaml").write_text("family: The Xylo family\nadults: [Xander]\nchildren: [Xenia]\nlanguage: es\n")
    answer = batch("--like", "family.yaml", "-o", "out", roster="Child,Age\nMaya,9\n")
    assert "its family's names stay with it" in answer.err
    text = text_of("out/0002-Maya.pdf")
    assert not [name for name in ("Xylo", "Xander", "Xenia") if name in text]


def test_what_names_the_family_of_the_file_is_on_no_other_sheet(batch: Batch) -> None:
    Path("family.yaml").write_text(
        "family: The Xylo family\nadults: [Xander]\nchildren: [Xenia]\n"
        "trusted_adults: [{name: Ms. Lopez, who: lives beside Xander}, Mr. Ho (coach)]\n"
        "apps: [{app: Roblox, who: Xenia, follows: Xander}, {app: Chess, who: all of us}]\n"
        'own: ["Xenia: I will knit.", In the Xylo house we knit., We knit on Sundays.]\n'
        "blanks: {bedtime: '21:00', place: the room of Xander}\nwith: [phones-go-to-bed]\n"
    )
    batch("--like", "family.yaml", "-o", "out", roster="Child,Age\nMaya,9\n")
    text = text_of("out/0002-Maya.pdf")
    assert not [name for name in ("Xylo", "Xander", "Xenia") if name in text]
    kept = ("Ms. Lopez", "Mr. Ho, coach", "Roblox", "Chess", "all of us", "We knit on Sundays.", "9:00")
    assert [words for words in kept if words not in text] == []


@pytest.mark.parametrize(
    "options", [["--pack", "nosuch"], ["--add", "nosuch"], ["--without", "nosuch"], ["--review", "soon"]]
)
def test_what_is_wrong_for_all_rows_is_told_once(batch: Batch, options: list[str]) -> None:
    answer = batch("-o", "out", *options)
    assert (answer.code, answer.err.count(options[1])) == (1, 1)
    assert not Path("out").exists()


def test_whose_help_lines_are_on_the_sheets_is_told(batch: Batch) -> None:
    assert batch("-o", "out").err.count("help lines of this country: United States") == 1
    assert "help lines of this country" not in batch("-o", "out", "--country", "UK").err
    assert "help lines of this country" not in batch("-o", "out", "--quiet").err


def test_the_python_example_of_the_page_about_it(here: Path, capsys: pytest.CaptureFixture[str]) -> None:
    page = (Path(__file__).parent.parent / "docs" / "batch.md").read_text("utf-8")
    (example,) = re.findall(r"```python\n(.*?)```", page, re.DOTALL)
    exec(compile(example, "batch.md", "exec"), {})
    assert "no age band holds 19 years" in capsys.readouterr().out
    assert "Maya" in text_of("1.pdf")
    assert not Path("2.pdf").exists()


# ---- which rows ------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("options", "told"),
    [
        (["--class", "3X"], 'R106 no row is of class "3X". Known: 3B, 9A.'),
        (["--rows", "40-45"], "R106 no row is among --rows 40-45."),
    ],
)
def test_rows_that_are_not_there(batch: Batch, options: list[str], told: str) -> None:
    answer = batch("-o", "out", *options)
    assert (answer.code, told in answer.err) == (1, True)


def test_a_class_without_a_column_of_classes(batch: Batch) -> None:
    assert "--column class=" in batch("-o", "out", "--class", "3B", roster="Child\nMaya\n").err


def test_headers_alone(batch: Batch) -> None:
    answer = batch("-o", "out", roster="Child,Age\n,\n")
    assert (answer.code, "R105 there is no row under the headers" in answer.err) == (1, True)


@pytest.mark.parametrize("name", ["3b", " 3B ", "3B\u00a0"])
def test_a_class_is_found_however_it_is_typed(batch: Batch, name: str) -> None:
    assert "2 rows in: 2 sheets" in batch("-o", "out", "--class", name).err


def test_only_the_rows_that_were_asked_for_are_told_of(batch: Batch) -> None:
    answer = batch("-o", "out", "--rows", "2", roster=GOOD + "Old,Li,44,3B,Jo\n")
    assert (answer.code, "F326" in answer.err) == (0, False)
    assert "1 row checked: 1 sheet to make" in answer.err


def test_the_print_file_of_those_that_failed_holds_no_other(batch: Batch) -> None:
    batch("-o", "out", roster=GOOD.replace("Leo,Ng,14", "Leo,Ng,99"))
    assert batch("-o", "out", "--merged", "rest.pdf", "--only-failed").code == 0
    assert len(text_of("rest.pdf").split("\f")) == 2
    assert "Leo" in text_of("rest.pdf")


def test_every_sibling_has_a_line_in_the_report(batch: Batch) -> None:
    roster = GOOD + "Tom,Rivera,7,1A,Ana\n"
    assert "4 rows in: 3 sheets for 4 of them in out" in batch("-o", "out", "--group", "siblings", roster=roster).err
    lines = Path("out/report.csv").read_text("utf-8-sig").splitlines()[1:]
    assert sorted(line.split(",")[0] for line in lines) == ["2", "3", "4", "5"]
    assert len({line.split(",")[1] for line in lines}) == 3


def test_a_blank_that_one_sibling_fills_is_filled_for_all(batch: Batch) -> None:
    roster = "Child,Family,Age,Guardian,Bedtime\nMaya,R,9,Ana,\nLeo,R,9,Ana,20:30\nTom,R,9,Ana,{}\n"
    assert batch("-o", "out", "--group", "siblings", roster=roster.format("20:30")).code == 0
    assert "8:30" in text_of("out/0002-R.pdf")
    answer = batch("-o", "out", "--group", "siblings", roster=roster.format("21:00"))
    told = 'row 4, "Bedtime": R309 row 3 of the same household says something else about the blank "bedtime".'
    assert (answer.code, told in answer.err) == (6, True)


def test_files_that_no_row_has_any_more_are_told_of_and_kept(batch: Batch) -> None:
    assert "earlier run" not in batch("-o", "out").err
    answer = batch("-o", "out", roster=GOOD.replace("Leo,Ng,14,9A,Bo\n", ""))
    told = "2 files of an earlier run, no row's now and kept: 3B/0004-Núñez.pdf, 9A/0003-Ng.pdf."
    assert (answer.code, told in answer.err) == (0, True)
    assert Path("out/9A/0003-Ng.pdf").exists()
    assert "earlier run" not in batch("-o", "out", "--rows", "2").err


def test_a_report_holds_no_formula(batch: Batch) -> None:
    roster = "Child,Family,Class\nMaya,+Rivera,=1+1\n"
    batch("-o", "out", "--name", "{family}", roster=roster)
    batch("-o", "two", "--name", "{class}/{row}", roster=roster)
    cells = [Path(name, "report.csv").read_text("utf-8-sig").splitlines()[1].split(",")[1] for name in ("out", "two")]
    assert cells == ["'+Rivera.pdf", "'=1+1/2.pdf"]


def test_a_roster_that_changes_while_it_is_read(batch: Batch, monkeypatch: pytest.MonkeyPatch) -> None:
    whole, readings = Run.entries, []

    def entries(self: Run, roster: object) -> Iterator[Entry]:
        readings.append(roster)
        found = list(whole(self, roster))  # type: ignore[arg-type]
        return iter(found if len(readings) == 1 else found[:-1])

    monkeypatch.setattr(Run, "entries", entries)
    answer = batch("-o", "out")
    assert answer.code == 6
    assert "The roster changed while it was read: 3 rows at first, 2 then." in answer.err


def test_a_name_that_no_font_has_is_told_by_the_check_at_its_cell_and_once(batch: Batch) -> None:
    roster = "First Name,Last Name,Guardian\n李小龙,Li,Ana\nMaya,Rivera,👩\nZoë,Núñez,محمد\n"
    answer = batch("--dry-run", roster=roster)
    assert (answer.code, answer.err.count("R401")) == (6, 2)
    assert 'row 2, "First Name": R401' in answer.err
    assert 'row 3, "Guardian": R401' in answer.err
    made = batch("-o", "out", roster=roster)
    assert made.err.count("R401") == 2
    assert "3 rows in: 1 sheet in out, 2 rows reported." in made.err


def test_classes_are_counted_however_they_are_typed_and_in_their_order(batch: Batch) -> None:
    answer = batch("--dry-run", roster="Child,Class\nMaya,10A\nLeo,3b\nTom,3B\nAnn,2A\n")
    assert "by class: 2A 1, 3b 2, 10A 1" in answer.text


def test_covers_without_a_column_of_classes(batch: Batch) -> None:
    told = '--separators: no column of the roster says the class. Name one: --column class="...".'
    assert told in batch("--merged", "all.pdf", "--separators", roster="Child,Age\nMaya,9\n").err
    assert told not in batch("--merged", "all.pdf", "--separators").err


@pytest.mark.parametrize(
    ("options", "told"),
    [
        (["-o", "out", "--merged", "all.pdf"], "what is done stays. Run the same command again to go on."),
        (["--merged", "all.pdf"], "nothing was written. Run the same command again to begin anew."),
        (["--merged", "all.pdf", "--split", "1"], "print files that are whole stay."),
    ],
)
def test_a_run_that_is_stopped_tells_what_stays(
    batch: Batch, monkeypatch: pytest.MonkeyPatch, options: list[str], told: str
) -> None:
    def stop(*_: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr(Run, "_merge", stop)
    answer = batch(*options)
    assert (answer.code, told in answer.err) == (130, True)


# ---- blank sheets, and options that do not go together ---------------------------------------------------------------


def test_whose_help_lines_are_on_blank_sheets_is_told(batch: Batch) -> None:
    assert "help lines of this country: United States" in batch("--blank", "1", "--merged", "all.pdf", roster=None).err


def test_blank_sheets_that_cannot_be_made_are_not_said_to_be(batch: Batch) -> None:
    answer = batch("--blank", "3", "--merged", "all.pdf", "--set", "nosuch=1", roster=None)
    assert answer.code == 1
    assert "blank sheets in" not in answer.err
    assert not Path("all.pdf").exists()


def test_a_dry_run_of_blank_sheets_writes_nothing(batch: Batch) -> None:
    answer = batch("--blank", "3", "--merged", "all.pdf", "--dry-run", roster=None)
    assert (answer.code, Path("all.pdf").exists()) == (0, False)


@pytest.mark.parametrize(
    "arguments",
    [
        ["--blank", "3", "--merged", "all.pdf", "-o", "out"],
        ["--blank", "3", "--merged", "all.pdf", "--class", "3B"],
        ["roster.csv", "--merged", "all.pdf", "--only-failed"],
        ["roster.csv", "--merged", "roster.csv", "--force"],
        ["roster.csv", "-o", "out", "--rows", "9-2"],
        ["roster.csv", "--dry-run", "--by", "shoe"],
        ["roster.csv", "--dry-run", "--name", "{shoe}"],
    ],
)
def test_options_that_do_not_go_together(
    batch: Batch, capfdbinary: pytest.CaptureFixture[bytes], arguments: list[str]
) -> None:
    Path("roster.csv").write_text(GOOD, encoding="utf-8")
    assert call(capfdbinary, "batch", *arguments).code == 2
    assert Path("roster.csv").read_text(encoding="utf-8") == GOOD


@pytest.mark.parametrize(
    ("arguments", "told"),
    [
        (["-o", "out", "--copies", "2", "--duplex"], "--duplex, --copies: for the print file of --merged"),
        (["--merged", "all.pdf", "--jobs", "2"], "--jobs: for the separate files of -o"),
    ],
)
def test_options_that_mean_nothing_here_are_told(batch: Batch, arguments: list[str], told: str) -> None:
    answer = batch(*arguments)
    assert (answer.code, told in answer.err) == (0, True)
