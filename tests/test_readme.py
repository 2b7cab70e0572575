"""The README says what is true: its Python runs, its commands and links exist."""

import re
from pathlib import Path

import pytest

from agreement.cli.main import run

ROOT = Path(__file__).parent.parent
README = (ROOT / "README.md").read_text("utf-8")


def test_the_python_example_gives_a_pdf(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (example,) = re.findall(r"```python\n(.*?)```", README, re.DOTALL)
    monkeypatch.chdir(tmp_path)
    exec(compile(example, "README.md", "exec"), {})
    assert (tmp_path / "rivera.pdf").read_bytes().startswith(b"%PDF-1.7")


def test_the_command_with_names_works(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (command,) = re.findall(r"agreement (make --family .*?)```", README, re.DOTALL)
    words = [word.strip('"') for word in re.findall(r'"[^"]*"|[^\s\\]+', command)]
    monkeypatch.chdir(tmp_path)
    assert run(words) == 0
    assert (tmp_path / "family-agreement.pdf").exists()


def test_every_option_it_names_exists(capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["make", "--help"]) == 0
    told = capsys.readouterr().out
    table = README[README.index("| You want") : README.index("`agreement make --help`")]
    named = set(re.findall(r"(--[a-z]+)", table))
    assert named
    assert not {option for option in named if option not in told}


@pytest.mark.parametrize("link", sorted(set(re.findall(r"\]\((?!https?:)([^)#]+)\)", README))))
def test_every_link_leads_somewhere(link: str) -> None:
    assert (ROOT / link).exists(), link
