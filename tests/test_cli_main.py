"""Where errors become sentences and exit codes, whatever happens to the streams."""

import os
import subprocess
import sys
from importlib import import_module
from pathlib import Path

import click
import pytest

from agreement import __version__
from agreement.cli import main as main_module
from agreement.cli.main import run
from agreement.cli.sentences import visible
from agreement.errors import AgreementError, FontError, InputError, LayoutError, OutputError, Problem, Where
from tests.command import CHECKOUT, call, process, start

Capture = pytest.CaptureFixture[bytes]
FULL = Path("/dev/full")


def test_help_imports_nothing_heavy(tmp_path: Path) -> None:
    code = (
        "import sys; from agreement.cli.main import run; code = run(['--help']); "
        "heavy = {'yaml', 'reportlab', 'uharfbuzz', 'bidi', 'babel', 'agreement.form', 'agreement.make'}; "
        "sys.exit(code or ', '.join(sorted(heavy & set(sys.modules))) or 0)"
    )
    done = subprocess.run([sys.executable, "-c", code], cwd=CHECKOUT, capture_output=True, text=True, check=False)
    assert (done.returncode, done.stderr) == (0, "")
    assert "make" in done.stdout


def test_short_help_is_that_of_the_commands() -> None:
    for name, summary in main_module._COMMANDS.items():
        command = getattr(import_module(f"agreement.cli.{name}"), name)
        assert isinstance(command, click.Command)
        assert command.short_help == summary


def test_version(capfdbinary: Capture) -> None:
    assert call(capfdbinary, "--version").text == f"agreement {__version__}\n"


@pytest.mark.parametrize("arguments", [[], ["mak"], ["make", "--nonsense"], ["make", "a", "b"], ["clauses", "show"]])
def test_wrong_usage_is_2(arguments: list[str], capfdbinary: Capture) -> None:
    answer = call(capfdbinary, *arguments)
    assert (answer.code, answer.out) == (2, b"")
    assert "Usage: agreement" in answer.err


def raising(monkeypatch: pytest.MonkeyPatch, error: BaseException) -> None:
    @click.command()
    def fails() -> None:
        raise error

    monkeypatch.setattr(main_module._Commands, "get_command", lambda *_: fails)


@pytest.mark.parametrize(("error", "code"), [(FontError, 3), (LayoutError, 4), (OutputError, 5)])
def test_each_error_has_its_exit_code(
    error: type[AgreementError], code: int, monkeypatch: pytest.MonkeyPatch, capfdbinary: Capture
) -> None:
    raising(monkeypatch, error("A sentence."))
    answer = call(capfdbinary, "make")
    assert (answer.code, answer.out, answer.err) == (code, b"", "A sentence.\n")


def test_problems_are_told_one_a_line_with_their_count(monkeypatch: pytest.MonkeyPatch, capfdbinary: Capture) -> None:
    raising(
        monkeypatch,
        InputError([Problem(Where("b", 1, 2), "F101", "One.", "Mend."), Problem(Where("a"), "F102", "Two.")]),
    )
    answer = call(capfdbinary, "make")
    assert answer.code == 1
    assert answer.err == "a: F102 Two.\nb:1:2: F101 One. Mend.\n2 problems; nothing was written.\n"


def test_one_problem_is_counted_as_one(monkeypatch: pytest.MonkeyPatch, capfdbinary: Capture) -> None:
    raising(monkeypatch, InputError([Problem(Where("a"), "F102", "Two.")]))
    assert call(capfdbinary, "make").err.endswith("\n1 problem; nothing was written.\n")


def test_a_bug_stays_a_traceback(monkeypatch: pytest.MonkeyPatch) -> None:
    raising(monkeypatch, ZeroDivisionError())
    with pytest.raises(ZeroDivisionError):
        run(["make"])


def test_ctrl_c_is_130(monkeypatch: pytest.MonkeyPatch, capfdbinary: Capture) -> None:
    raising(monkeypatch, KeyboardInterrupt())
    answer = call(capfdbinary, "make")
    assert (answer.code, answer.err.strip()) == (130, "Stopped; nothing was written.")


def test_what_a_terminal_obeys_is_shown_instead(monkeypatch: pytest.MonkeyPatch, capfdbinary: Capture) -> None:
    raising(monkeypatch, OutputError("a\x1b[31mb\u202ec\r\ud800 é 🦊"))
    assert call(capfdbinary, "make").err == "a\\u001B[31mb\\u202Ec\\u000D\\uD800 é 🦊\n"
    assert visible("é 🦊 \u200d") == "é 🦊 \u200d"


def test_messages_survive_a_plain_locale(tmp_path: Path) -> None:
    plain = {"LC_ALL": "C", "PYTHONUTF8": "0", "PYTHONCOERCECLOCALE": "0"}
    answer = process(["clauses", "show", "Ñandú🦊"], tmp_path, environment=plain)
    assert answer.code == 1
    assert "Traceback" not in answer.err
    assert "F104" in answer.err


def test_data_survives_a_plain_locale(tmp_path: Path) -> None:
    plain = {"LC_ALL": "C", "PYTHONUTF8": "0", "PYTHONCOERCECLOCALE": "0"}
    answer = process(["clauses", "show", "say-thank-you"], tmp_path, environment=plain)
    assert (answer.code, answer.err) == (0, "")
    assert b"say-thank-you" in answer.out


@pytest.mark.skipif(not FULL.exists(), reason="this system has no /dev/full")
@pytest.mark.parametrize("arguments", [["--help"], ["clauses", "list"], ["clauses", "show", "say-thank-you", "--json"]])
def test_stdout_that_takes_nothing_is_a_sentence(arguments: list[str], tmp_path: Path) -> None:
    with FULL.open("wb") as stream:
        answer = process(arguments, tmp_path, stdout=stream)
    assert (answer.code, answer.err.count("\n")) == (5, 1)
    assert answer.err.startswith("Standard output cannot be written")


def test_broken_pipe_is_quiet(tmp_path: Path) -> None:
    reading, writing = os.pipe()
    os.close(reading)
    answer = process(["clauses", "list"], tmp_path, stdout=writing)
    os.close(writing)
    assert answer.err == ""
    assert answer.code != 0


def test_closed_stdout_is_a_sentence(tmp_path: Path) -> None:
    script = f'exec "{sys.executable}" -m agreement clauses list >&-'
    environment = {**os.environ, "PYTHONPATH": str(CHECKOUT)}
    done = subprocess.run(
        ["sh", "-c", script], cwd=tmp_path, env=environment, capture_output=True, text=True, check=False
    )
    assert (done.returncode, done.stderr) == (5, "Standard output is closed.\n")


def test_completion_knows_commands_and_clauses(tmp_path: Path) -> None:
    words = {
        "_AGREEMENT_COMPLETE": "bash_complete",
        "COMP_WORDS": "agreement clauses show no-phones",
        "COMP_CWORD": "3",
    }
    code = "from agreement.cli.main import main; main()"
    environment = {**os.environ, "PYTHONPATH": str(CHECKOUT), **words}
    done = subprocess.run(
        [sys.executable, "-c", code], cwd=tmp_path, env=environment, capture_output=True, text=True, check=False
    )
    assert "plain,no-phones-at-meals" in done.stdout.splitlines()


def test_python_m_agreement_is_the_same_program(tmp_path: Path) -> None:
    running = start(["--version"], tmp_path)
    out, _ = running.communicate(timeout=60)
    assert out.decode().strip() == f"agreement {__version__}"
