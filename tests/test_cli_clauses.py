"""`agreement clauses`: list, show and check."""

import json
from pathlib import Path

import pytest

from agreement.library import load_library
from tests.command import CHECKOUT, call

Capture = pytest.CaptureFixture[bytes]
LINT = CHECKOUT / "tests" / "lint"


def test_list_stands_by_topic(capfdbinary: Capture) -> None:
    answer = call(capfdbinary, "clauses", "list")
    assert answer.code == 0
    lines = answer.text.splitlines()
    assert lines[0].endswith("(friending)")
    ids = [line.split()[0] for line in lines if line.startswith("  ")]
    library = load_library()
    assert sorted(ids) == [clause.id for clause in library.clauses.values() if clause.status != "retired"]
    assert answer.err == f"{len(ids)} clauses.\n"


@pytest.mark.parametrize(
    ("option", "value", "key", "expected"),
    [("--topic", "friending", "topic", {"friending"}), ("--who", "adult", "who", {"adult"})],
)
def test_list_can_be_narrowed(option: str, value: str, key: str, expected: set[str], capfdbinary: Capture) -> None:
    listed = json.loads(call(capfdbinary, "clauses", "list", option, value, "--json").out)
    assert {clause[key] for clause in listed} == expected


def test_list_of_a_pack_and_an_age(capfdbinary: Capture) -> None:
    listed = json.loads(call(capfdbinary, "clauses", "list", "--pack", "little-ones", "--age", "6", "--json").out)
    assert {clause["id"] for clause in listed} <= set(load_library().packs["little-ones"].clauses)
    assert listed
    assert all("5-7" in clause["bands"] and "little-ones" in clause["packs"] for clause in listed)
    banded = json.loads(call(capfdbinary, "clauses", "list", "--pack", "little-ones", "--age", "5-7", "--json").out)
    assert banded == listed


@pytest.mark.parametrize(
    ("option", "value"),
    [("--topic", "freinding"), ("--who", "x"), ("--pack", "y"), ("--age", "44"), ("--language", "xx")],
)
def test_list_by_something_unknown(option: str, value: str, capfdbinary: Capture) -> None:
    answer = call(capfdbinary, "clauses", "list", option, value)
    assert (answer.code, answer.out) == (1, b"")
    assert answer.err.startswith(f"{option}: F104 ")


def test_list_with_nothing_in_it(capfdbinary: Capture) -> None:
    answer = call(capfdbinary, "clauses", "list", "--topic", "friending", "--who", "everyone", "--pack", "little-ones")
    assert (answer.code, answer.out, answer.err) == (0, b"", "0 clauses.\n")


def test_show_tells_everything(capfdbinary: Capture) -> None:
    answer = call(capfdbinary, "clauses", "show", "phones-go-to-bed")
    assert answer.code == 0
    clause = load_library().clauses["phones-go-to-bed"]
    for words in clause.text["en"].values():
        assert words in answer.text
    for part in (clause.why["en"], clause.talk["en"], "bedtime (time", *(source["name"] for source in clause.sources)):
        assert part in answer.text


def test_show_as_json(capfdbinary: Capture) -> None:
    shown = json.loads(call(capfdbinary, "clauses", "show", "phones-go-to-bed", "--json").out)
    assert shown["id"] == "phones-go-to-bed"
    assert set(shown["text"]["en"]) == {"5-7", "8-10", "11-13", "14-17"}
    assert shown["blanks"]["bedtime"]["kind"] == "time"


def test_show_of_an_unknown_id_names_near_ones(capfdbinary: Capture) -> None:
    answer = call(capfdbinary, "clauses", "show", "phone-goes-to-bed")
    assert (answer.code, answer.out) == (1, b"")
    assert 'Did you mean "phones-go-to-bed"' in answer.err


def test_show_of_nothing_near_says_where_to_look(capfdbinary: Capture) -> None:
    assert "agreement clauses list" in call(capfdbinary, "clauses", "show", "xyzzy").err


def test_check_of_our_own(capfdbinary: Capture) -> None:
    answer = call(capfdbinary, "clauses", "check")
    assert answer.code == 0, answer.text
    assert answer.err.startswith(f"{len(load_library().clauses)} clauses: 0 problems")


def copy(code: str, folder: Path) -> Path:
    path = folder / "sleep" / "lights-out.yaml"
    path.parent.mkdir(parents=True)
    text = (LINT / f"{code}.bad.yaml").read_text("utf-8")
    path.write_text(text.replace("topic: sleep", "topic: balance"), "utf-8")
    return path


def test_check_of_one_file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capfdbinary: Capture) -> None:
    monkeypatch.chdir(tmp_path)
    path = copy("C204", tmp_path)
    path.rename(tmp_path / "lights-out.yaml")
    answer = call(capfdbinary, "clauses", "check", "lights-out.yaml")
    assert answer.code == 1
    wrong = [line.split()[:2] for line in answer.text.splitlines() if not line.endswith("(advice)")]
    assert wrong == [
        ["lights-out.yaml:3:8:", "C206"],
        ["lights-out.yaml:7:12:", "C204"],
    ]
    assert answer.err == "1 clause: 2 problems, 1 piece of advice.\n"


def test_check_of_a_folder_laid_over(tmp_path: Path, capfdbinary: Capture) -> None:
    copy("C205", tmp_path)
    answer = call(capfdbinary, "clauses", "check", str(tmp_path))
    assert answer.code == 1
    assert {line.split()[1] for line in answer.text.splitlines()} == {"C205", "C206", "C325"}


def test_check_of_one_page_of_a_school(tmp_path: Path, capfdbinary: Capture) -> None:
    page = tmp_path / "pages" / "our-page" / "en.yaml"
    page.parent.mkdir(parents=True)
    page.write_text((LINT / "C303-page.bad.yaml").read_text("utf-8"), "utf-8")
    answer = call(capfdbinary, "clauses", "check", str(page))
    assert answer.code == 1
    told = [line for line in answer.text.splitlines() if not line.endswith("(advice)")]
    assert [line.split(": ")[1].split()[0] for line in told] == ["C303"]
    assert answer.err.startswith("1 file: 1 problem")


def test_check_as_json(tmp_path: Path, capfdbinary: Capture) -> None:
    path = copy("C205", tmp_path)
    answer = call(capfdbinary, "clauses", "check", str(tmp_path), "--json")
    (problem,) = (told for told in json.loads(answer.out) if told["code"] == "C205")
    assert answer.code == 1
    assert problem == {
        "file": str(path),
        "line": 9,
        "column": 3,
        "code": "C205",
        "text": 'the blank "bedtime" stands in no wording.',
        "mend": "Use it or take it out.",
        "advice": False,
    }


def test_check_marks_advice_and_lets_it_pass(tmp_path: Path, capfdbinary: Capture) -> None:
    ours = (CHECKOUT / "clauses" / "topics.yaml").read_text("utf-8")
    extra = "\nhoverboards:\n  section: time\n  label: {en: Hoverboards}\n  description: {en: Not yet.}\n"
    (tmp_path / "topics.yaml").write_text(ours + extra, "utf-8")
    answer = call(capfdbinary, "clauses", "check", str(tmp_path))
    assert answer.code == 0, answer.text
    assert "C250" in answer.text
    assert answer.text.splitlines()[-1].endswith("(advice)")
    assert answer.err.endswith("of advice.\n")


@pytest.mark.parametrize("name", ["nowhere", "nowhere.yaml"])
def test_check_of_nothing(name: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capfdbinary: Capture) -> None:
    monkeypatch.chdir(tmp_path)
    answer = call(capfdbinary, "clauses", "check", name)
    assert answer.code == 1
    assert f"{name}: S101 there is no such file." in answer.text


def test_a_broken_folder_is_a_sentence_for_every_command(tmp_path: Path, capfdbinary: Capture) -> None:
    copy("S105", tmp_path)
    other = tmp_path / "sleep" / "lights-off.yaml"
    other.write_text("[]", "utf-8")
    answer = call(capfdbinary, "clauses", "list", "--clauses", str(tmp_path))
    assert answer.code == 1
    assert answer.err.endswith("\n2 problems; nothing was written.\n")


def test_retired_clauses_are_shown_but_not_listed(tmp_path: Path, capfdbinary: Capture) -> None:
    path = tmp_path / "balance" / "old-bedtime.yaml"
    path.parent.mkdir()
    text = (LINT / "base" / "sleep" / "old-bedtime.yaml").read_text("utf-8")
    path.write_text(text.replace("topic: sleep", "topic: balance"), "utf-8")
    listed = call(capfdbinary, "clauses", "list", "--topic", "balance", "--clauses", str(tmp_path))
    assert listed.code == 0
    assert "old-bedtime" not in listed.text
    shown = call(capfdbinary, "clauses", "show", "old-bedtime", "--clauses", str(tmp_path))
    assert (shown.code, "retired" in shown.text) == (0, True)


def test_show_tells_the_grade_of_every_wording(capfdbinary: Capture) -> None:
    answer = call(capfdbinary, "clauses", "show", "phones-go-to-bed")
    assert "(Flesch-Kincaid grade " in answer.text
    shown = json.loads(call(capfdbinary, "clauses", "show", "phones-go-to-bed", "--json").out)
    assert set(shown["grades"]["en"]) == set(shown["text"]["en"])
    assert all(isinstance(found, float) for found in shown["grades"]["en"].values())


@pytest.mark.parametrize("who", ["child", "adult", "everyone"])
def test_new_writes_a_starter_without_a_mistake(who: str, tmp_path: Path, capfdbinary: Capture) -> None:
    asked = ("clauses", "new", "pets-online", "--topic", "photos", "--who", who, "--clauses", str(tmp_path))
    answer = call(capfdbinary, *asked)
    path = tmp_path / "photos" / "pets-online.yaml"
    assert (answer.code, answer.text) == (0, f"{path}\n")
    checked = json.loads(call(capfdbinary, "clauses", "check", str(tmp_path), "--json").out)
    assert [problem for problem in checked if not problem["advice"]] == []


def test_new_never_overwrites(tmp_path: Path, capfdbinary: Capture) -> None:
    asked = ("clauses", "new", "pets-online", "--topic", "photos", "--clauses", str(tmp_path))
    call(capfdbinary, *asked)
    path = tmp_path / "photos" / "pets-online.yaml"
    path.write_text(path.read_text("utf-8") + "# mine\n", "utf-8")
    answer = call(capfdbinary, *asked)
    assert answer.code == 1
    assert "C214" in answer.err
    assert path.read_text("utf-8").endswith("# mine\n")


def test_new_tells_all_that_is_wrong_at_once(tmp_path: Path, capfdbinary: Capture) -> None:
    asked = ("clauses", "new", "Pets Online", "--topic", "fotos", "--who", "dog", "--clauses", str(tmp_path))
    answer = call(capfdbinary, *asked)
    assert answer.code == 1
    assert [line.split()[1] for line in answer.err.splitlines()[:3]] == ["C104", "C104", "C219"]
    assert list(tmp_path.iterdir()) == []


def test_check_folds_the_same_advice(tmp_path: Path, capfdbinary: Capture) -> None:
    for number in range(8):
        call(capfdbinary, "clauses", "new", f"pets-{number}", "--topic", "photos", "--clauses", str(tmp_path))
    answer = call(capfdbinary, "clauses", "check", str(tmp_path))
    assert answer.code == 0
    assert answer.text.count(": C326 ") == 5
    assert "and 3 more of C326" in answer.text
