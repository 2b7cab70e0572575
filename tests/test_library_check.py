"""Every code of `check` has a file that earns exactly it, at the line marked `# here`, and one that earns nothing."""

import datetime
import re
import shutil
from pathlib import Path

import pytest

from agreement.errors import InputError
from agreement.library import Library, load_library
from agreement.library.check import check

LINT = Path(__file__).parent / "lint"
TODAY = datetime.date(2026, 11, 22)
STANDS_AT = re.compile(r"# (?P<place>[a-z-]+(?:/[A-Za-z-]+)+\.yaml)")
# C303 is a clause, C303-page the same code in another kind of file.
CASES = sorted({path.name.split(".")[0] for path in LINT.iterdir() if path.name not in {"base", "sentences"}})
CODES = sorted({case.partition("-")[0] for case in CASES})
# Problems of a whole file, which no line of a clause can show; tests/test_source.py shows each.
OF_WHOLE_FILES = {"S101", "S102", "S103", "S106", "S107"}
# Raised by load_library before anything is read.
OF_FOLDERS = {"C201"}


def laid(case: str, kind: str, tmp_path: Path) -> Library:
    """Lay a fixture over the small library in tests/lint/base."""
    top = tmp_path / "school"
    source = LINT / f"{case}.{kind}"
    if source.is_dir():
        shutil.copytree(source, top)
    else:
        text = source.with_name(f"{source.name}.yaml").read_text("utf-8")
        place = STANDS_AT.match(text)
        assert place, "the first line says where the file stands"
        path = top / place["place"]
        path.parent.mkdir(parents=True)
        path.write_text(text, "utf-8")
    return Library((LINT / "base", top))


def marked_places(top: Path) -> list[tuple[str, int]]:
    files = sorted(path for path in top.rglob("*") if path.is_file())
    return [
        (str(path), number)
        for path in files
        for number, line in enumerate(path.read_text("utf-8").splitlines(), 1)
        if line.endswith("# here")
    ]


@pytest.mark.parametrize("case", CASES)
def test_bad_file_earns_its_code_alone_and_where_it_is_marked(case: str, tmp_path: Path) -> None:
    library = laid(case, "bad", tmp_path)
    problems = check(library, today=TODAY)
    assert [problem.code for problem in problems] == [case.partition("-")[0]]
    top = library.folders[-1]
    (place,) = marked_places(top)
    assert (problems[0].where.file, problems[0].where.line) == place
    assert problems[0].text.endswith(".")


@pytest.mark.parametrize("case", CASES)
def test_good_file_earns_nothing(case: str, tmp_path: Path) -> None:
    assert check(laid(case, "good", tmp_path), today=TODAY) == []


def test_cases_of_pages_words_and_labels_are_there() -> None:
    kinds = {case.partition("-")[2] for case in CASES}
    assert kinds >= {"page", "child-page", "words", "label", "help-line", "law"}


def test_every_code_of_the_room_has_its_files() -> None:
    from tests.codes import codes_in

    room = {code for code in codes_in("library", "form.py", "source.py") if code[0] in "SC"}
    assert room - OF_WHOLE_FILES - OF_FOLDERS == set(CODES)


def test_advice_is_told_from_mistakes(tmp_path: Path) -> None:
    assert [problem.advice for problem in check(laid("C250", "bad", tmp_path))] == [True]


def test_all_files_are_read_and_told_in_order(tmp_path: Path) -> None:
    top = tmp_path / "school"
    for code, name in (("C104", "lights-out"), ("C205", "lights-off")):
        path = top / "sleep" / f"{name}.yaml"
        path.parent.mkdir(parents=True, exist_ok=True)
        text = (LINT / f"{code}.bad.yaml").read_text("utf-8")
        path.write_text(text.replace("id: lights-out", f"id: {name}"), "utf-8")
    problems = check(Library((LINT / "base", top)))
    assert [(Path(problem.where.file).stem, problem.code) for problem in problems] == [
        ("lights-off", "C205"),
        ("lights-out", "C104"),
    ]


def test_one_file_can_be_asked_for(tmp_path: Path) -> None:
    library = laid("C104", "bad", tmp_path)
    bad = library.folders[-1] / "sleep" / "lights-out.yaml"
    assert [problem.code for problem in check(library, bad)] == ["C104"]
    assert check(library, LINT / "base" / "sleep" / "phones-sleep.yaml") == []
    assert [problem.code for problem in check(library, library.folders[-1])] == ["C104"]


def test_a_file_anywhere_can_be_laid_over_the_library(tmp_path: Path) -> None:
    stray = tmp_path / "sleep" / "lights-out.yaml"
    stray.parent.mkdir()
    shutil.copy(LINT / "C105.bad.yaml", stray)
    library = Library((LINT / "base",)).with_file(stray)
    assert [problem.code for problem in check(library, stray)] == ["C105"]


def test_wrong_bands_stop_the_rest(tmp_path: Path) -> None:
    top = tmp_path / "school"
    top.mkdir()
    (top / "bands.yaml").write_text("5-7: {first_age: five}\n", "utf-8")
    problems = check(Library((LINT / "base", top)))
    assert {problem.code for problem in problems} == {"C102", "C107"}


def test_broken_files_of_every_kind_are_told_together(tmp_path: Path) -> None:
    top = tmp_path / "school"
    for name in ("packs/a.yaml", "countries/b.yaml", "words/en.yaml", "sleep/c.yaml"):
        (top / name).parent.mkdir(parents=True)
        (top / name).write_text("id: [\n", "utf-8")
    problems = check(Library((LINT / "base", top)))
    assert {(Path(problem.where.file).parent.name, problem.code) for problem in problems} == {
        ("packs", "S105"),
        ("countries", "S105"),
        ("words", "S105"),
        ("sleep", "S105"),
    }


def test_pack_and_country_are_named_as_their_files(tmp_path: Path) -> None:
    (tmp_path / "packs").mkdir()
    text = (LINT / "base" / "packs" / "usual.yaml").read_text("utf-8")
    (tmp_path / "packs" / "other.yaml").write_text(text, "utf-8")
    assert [problem.code for problem in check(Library((LINT / "base", tmp_path)))] == ["C202"]


def test_help_line_addresses_are_bare(tmp_path: Path) -> None:
    (tmp_path / "countries").mkdir()
    text = (LINT / "base" / "countries" / "US.yaml").read_text("utf-8")
    (tmp_path / "countries" / "US.yaml").write_text(text.replace("report.cybertip", "https://report.cybertip"), "utf-8")
    assert [problem.code for problem in check(Library((LINT / "base", tmp_path)))] == ["C213"]


def test_our_own_library_is_without_a_mistake() -> None:
    wrong = [problem for problem in check(load_library()) if not problem.advice]
    assert wrong == []


def test_missing_folder_is_named() -> None:
    with pytest.raises(InputError) as caught:
        load_library("no-such-folder")
    assert [problem.code for problem in caught.value.problems] == ["C201"]
