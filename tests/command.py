"""The command line as a test calls it: in this process, or as a process of its own."""

import os
import signal
import subprocess
import sys
from collections.abc import Sequence
from dataclasses import dataclass
from functools import partial
from pathlib import Path

import pytest

from agreement.cli.main import run

CHECKOUT = Path(__file__).resolve().parent.parent


@dataclass(frozen=True, slots=True)
class Answer:
    """What a call gave: exit code, bytes on stdout, text on stderr."""

    code: int
    out: bytes
    err: str

    @property
    def text(self) -> str:
        return self.out.decode("utf-8")


def call(capture: pytest.CaptureFixture[bytes], *arguments: str) -> Answer:
    """Run the command line here; `capture` is capfdbinary."""
    capture.readouterr()
    code = run(list(arguments))
    sys.stdout.flush()
    sys.stderr.flush()
    said = capture.readouterr()
    return Answer(code, said.out, said.err.decode("utf-8"))


def start(arguments: Sequence[str], folder: Path, **how: object) -> "subprocess.Popen[bytes]":
    """Start `python -m agreement` in a folder; `how` goes to Popen."""
    settings: dict[str, object] = {"stdout": subprocess.PIPE, "stderr": subprocess.PIPE, "stdin": subprocess.DEVNULL}
    if os.name == "posix":  # who runs the tests in the background ignores Ctrl-C, and so would what they start
        settings["preexec_fn"] = partial(signal.signal, signal.SIGINT, signal.SIG_DFL)
    settings |= {"env": {**os.environ, "PYTHONPATH": str(CHECKOUT)} | dict(how.pop("environment", {}))}  # type: ignore[call-overload]
    return subprocess.Popen([sys.executable, "-m", "agreement", *arguments], cwd=folder, **(settings | how))  # type: ignore[call-overload, no-any-return]


def process(arguments: Sequence[str], folder: Path, **how: object) -> Answer:
    """Run `python -m agreement` to its end."""
    running = start(arguments, folder, **how)
    out, err = running.communicate(timeout=60)
    return Answer(running.returncode, out or b"", (err or b"").decode("utf-8", "replace"))
