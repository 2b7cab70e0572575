"""Where the program begins, and the one place where errors become sentences and exit codes.

Nothing heavy is imported here: a command is imported when it runs, so that --help and --version answer at once.
"""

import gc
import os
import sys
from collections.abc import Sequence
from importlib import import_module
from typing import NoReturn

import click

from agreement import __version__
from agreement.cli.sentences import say, sentences_of
from agreement.errors import AgreementError, OutputError

STOPPED = 130
_COMMANDS = {
    "make": "Make one agreement as a PDF.",
    "batch": "Make one agreement for each household of a roster.",
    "clauses": "List, show and check the clauses of the library.",
}
_EPILOG = """\b
To complete words with the Tab key:
  bash  eval "$(_AGREEMENT_COMPLETE=bash_source agreement)"
  zsh   eval "$(_AGREEMENT_COMPLETE=zsh_source agreement)"
  fish  _AGREEMENT_COMPLETE=fish_source agreement | source
"""


class _Commands(click.Group):
    """A group whose commands live in agreement/cli/NAME.py and are imported when they are called."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        return list(_COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        if cmd_name not in _COMMANDS:
            return None
        command: click.Command = getattr(import_module(f"agreement.cli.{cmd_name}"), cmd_name)
        return command

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        with formatter.section("Commands"):
            formatter.write_dl(list(_COMMANDS.items()))


@click.group(cls=_Commands, epilog=_EPILOG, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(__version__, prog_name="agreement", message="%(prog)s %(version)s")
def commands() -> None:
    """Print a family's social media agreement: one sheet to talk over, fill in and sign together.

    Nothing leaves this computer. Try: agreement make
    """


def run(arguments: Sequence[str] | None = None) -> int:
    """Run the command line and return its exit code.

    0 done · 1 something written is wrong · 2 usage · 3 no font · 4 does not fit · 5 cannot be written · 130 stopped.
    A mistake of the program itself stays a traceback.
    """
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(errors="backslashreplace")
    try:
        answer = commands.main(arguments, prog_name="agreement", standalone_mode=False)
    except click.ClickException as error:
        error.show()
        return error.exit_code
    except (click.Abort, KeyboardInterrupt):
        say("Stopped; nothing was written.")
        return STOPPED
    except AgreementError as error:
        for sentence in sentences_of(error):
            say(sentence)
        return error.exit_code
    except OSError as error:
        if error.filename is not None:
            raise
        _let_go_of_stdout()
        say(f"Standard output cannot be written: {error.strerror or error}.")
        return OutputError.exit_code
    return answer if isinstance(answer, int) else 0


def main() -> NoReturn:
    """Run the command line and leave with its exit code.

    What is left is frozen first: the collector would look through all of it on the way out, for 20 ms.
    """
    code = run()
    gc.freeze()
    sys.exit(code)


def _let_go_of_stdout() -> None:
    """Point standard output at nothing, so that what is still waiting in it cannot fail a second time at the end."""
    nowhere = os.open(os.devnull, os.O_WRONLY)
    os.dup2(nowhere, 1)
    os.close(nowhere)
