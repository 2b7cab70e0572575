"""Everything that can go wrong, and how it is said.

    AgreementError                 base of all; `exit_code` is what the command line returns
      InputError(problems)    1    what somebody wrote is wrong; carries every Problem at once
      FontError               3    no font of ours has a character
      LayoutError             4    the words do not fit on paper
      OutputError             5    the file cannot be written, or must not be

This module knows nothing of YAML, of pages or of the screen.
"""

from collections.abc import Iterable
from typing import NamedTuple


class Where(NamedTuple):
    """A place to go to: a file (or an option), a line and a column, both from 1; 0 when there is none."""

    file: str
    line: int = 0
    column: int = 0

    def __str__(self) -> str:
        if not self.line:
            return self.file
        return f"{self.file}:{self.line}:{self.column}"


class Problem(NamedTuple):
    """One thing wrong: where it stands, a stable code, what is wrong, and what to write instead."""

    where: Where
    code: str
    text: str
    mend: str = ""
    advice: bool = False

    def __str__(self) -> str:
        return f"{self.where}: {self.code} {self.text}{' ' + self.mend if self.mend else ''}"


class AgreementError(Exception):
    """Base of the errors that a person can mend."""

    exit_code = 1


class InputError(AgreementError):
    """What somebody wrote is wrong. `problems` holds all of it, sorted by place."""

    exit_code = 1

    def __init__(self, problems: Iterable[Problem]) -> None:
        self.problems = tuple(sorted(set(problems)))
        super().__init__("\n".join(map(str, self.problems)))


class FontError(AgreementError):
    """No font of ours has a character."""

    exit_code = 3


class LayoutError(AgreementError):
    """The words do not fit on the paper."""

    exit_code = 4


class OutputError(AgreementError):
    """The file cannot be written, or must not be."""

    exit_code = 5
