"""Errors and notes become sentences for a person on stderr, and answers lines on stdout. Knows no command."""

import re
import sys
from collections.abc import Iterator

import click

from agreement.errors import AgreementError, InputError, OutputError

# What a terminal obeys instead of showing it: controls, line ends, direction signs, lone surrogates.
_UNSEEN = "[\x00-\x1f\x7f-\x9f\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069\ud800-\udfff]"


def visible(text: str) -> str:
    r"""Return `text` with every character that a terminal obeys, or cannot show, written as \u202E."""
    if text.isprintable():
        return text
    return re.sub(_UNSEEN, lambda found: f"\\u{ord(found[0]):04X}", text)


def say(text: str) -> None:
    """Print one line for a person to stderr."""
    click.echo(visible(text), err=True)


def tell(text: str) -> None:
    """Print to stdout what was asked for. Raises OutputError when stdout is closed."""
    if sys.stdout is None:
        raise OutputError("Standard output is closed.")
    click.echo("\n".join(map(visible, text.split("\n"))))


def sentences_of(error: AgreementError) -> Iterator[str]:
    """Yield the lines that tell an error: each problem on its own, then how many they are."""
    if not isinstance(error, InputError):
        yield str(error)
        return
    yield from map(str, error.problems)
    count = sum(not problem.advice for problem in error.problems)
    yield f"{counted(count, 'problem')}; nothing was written."


def counted(count: int, word: str) -> str:
    """Return "1 problem" or "2 problems"."""
    return f"{count} {word}{'' if count == 1 else 's'}"
