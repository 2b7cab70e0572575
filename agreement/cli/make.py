"""`agreement make`: a family file and options in, a PDF out."""

import datetime
import os
import sys
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

import click

from agreement.cli.completion import complete
from agreement.cli.formats import PDF, Made, bytes_of, kind_of, tags_of, told_of
from agreement.cli.sentences import say, tell

if TYPE_CHECKING:
    from agreement.form import Found
    from agreement.household import Choices, Household
    from agreement.library import Library

DEFAULT_OUTPUT = "family-agreement.pdf"
PAGES = "parents-guide, talk, if-something-happens, help-cards, check-in or facilitator"
_Command = TypeVar("_Command", bound=Callable[..., Any])
_REPLACING = ("children", "adults", "trusted_adults", "apps")


def _several(name: str, metavar: str, text: str, kind: str = "") -> Callable[[_Command], _Command]:
    known = complete(kind) if kind else None
    return click.option(name, multiple=True, metavar=metavar, help=f"{text} Repeatable.", shell_complete=known)


_FOR_ALL = (
    click.option("--each", is_flag=True, help="A sheet for each child instead of one for all."),
    _several("--trusted", "NAME (WHO)", "An adult to go to, one of them outside the home."),
    click.option("--pack", metavar="ID", help="The choice of clauses to start from.", shell_complete=complete("packs")),
    _several("--with", "ID", "Add a clause.", "clauses"),
    _several("--without", "ID", "Leave a clause out.", "clauses"),
    _several("--set", "BLANK=VALUE", "Fill a blank, as in bedtime=20:30. Twice for the same blank makes a list."),
    _several("--own", "TEXT", 'A rule in your own words; "Leo: ..." is a rule of Leo\'s.'),
    _several("--app", "APP: WHO / ADULT", "An app, who uses it, and which adult follows."),
    click.option("--review", metavar="WHEN", help="When you look at it again: 2026-06-12, or in 3 months."),
    click.option("--country", metavar="CODE", help="Whose help lines, paper and dates, such as US."),
    click.option("--language", metavar="CODE", help="The language of the sheet, such as en."),
    _several("--ages", "BAND", "The ages it is for when a child has none here, such as 11-13."),
    _several("--add", "NAME", "An extra page: " + PAGES + "."),
    click.option("--with-figures", is_flag=True, help="Figures with their sources in the extra pages."),
    click.option("--reasons", is_flag=True, help="The reason under each promise."),
    click.option("--paper", metavar="NAME", help="letter or a4; usually the country's."),
    click.option("--text-size", metavar="SIZE", help="normal, or large: 18 points in one column, on more sheets."),
    click.option("--style", metavar="NAME", help="print, or contrast: black and white with heavier lines."),
    click.option(
        "--no-fields",
        "--flat",
        is_flag=True,
        help="Nothing to type in: what is known is text, the rest are lines. Either name will do.",
    ),
    click.option("--date", metavar="YYYY-MM-DD", help="The day it is made; today without it."),
    click.option("--clauses", multiple=True, metavar="DIR", help="A folder of clauses laid over ours. Repeatable."),
)


def choices_options(command: _Command) -> _Command:
    """Give a command the options for what holds for a sheet whoever's it is, in the order of _FOR_ALL."""
    for option in reversed(_FOR_ALL):
        command = option(command)
    return command


@click.command("make", short_help="Make one agreement as a PDF.")
@click.argument("family_file", metavar="[FAMILY.yaml]", required=False, type=click.Path(allow_dash=True))
@click.option(
    "-o",
    "--output",
    default=DEFAULT_OUTPUT,
    show_default=True,
    metavar="FILE",
    help="The PDF, or the same as FILE.html or FILE.txt; - for stdout.",
)
@click.option("--force", is_flag=True, help="Replace a file even if it was changed, or is not ours.")
@click.option("--family", metavar="NAME", help="The family's name.")
@_several("--child", "NAME[:AGE]", "A child who promises.")
@_several("--adult", "NAME", "An adult who promises.")
@choices_options
@click.option("--tags", is_flag=True, help="Print what a screen reader finds in the PDF, and write no file.")
@click.option("--password", metavar="WORD", help="Encrypt the PDF. It is no longer PDF/A then.")
def make(
    family_file: str | None,
    output: str,
    force: bool,
    each: bool,
    date: str | None,
    clauses: tuple[str, ...],
    no_fields: bool,
    tags: bool,
    password: str | None,
    **written: Any,
) -> None:
    """Make one agreement as a PDF.

    FAMILY.yaml says who promises and what; - reads it from stdin. Options win over the file. With neither, the sheet
    has empty lines, ready to print and fill in by hand.
    """
    from agreement.cli.write import STANDARD_OUTPUT, write_output
    from agreement.form import Found

    found = Found("F")
    day = _day_of(date, found)
    library = _library(clauses, found)
    household, choices = _read(family_file, written, found)
    if library is None or day is None or any(not problem.advice for problem in found.problems):
        if library is not None:
            _note_unknown_ids(household, choices, library, found)
        found.stop()
    assert library is not None, "found.stop() has told why"
    assert day is not None, "found.stop() has told why"
    _refuse_own_source(family_file, output)
    choices = choices._replace(fields=choices.fields and not no_fields)
    kind = kind_of(output)
    if password is not None and (tags or kind != PDF):
        raise click.UsageError("--password is for a PDF.")

    from agreement.compose import notes

    made = Made(library=library, date=day, each=each)
    if tags:
        tell(tags_of(household, choices, made))
        return
    data = bytes_of(kind, household, choices, made)
    if password is not None:
        from agreement.pdf.lock import lock

        data = lock(data, password)
    write_output(output, data, force)
    for note in notes(choices, library, day):
        say(note)
    if password is not None:
        say("The PDF is encrypted: keep the password. It is not PDF/A, and another run gives other bytes.")
    elif output not in STANDARD_OUTPUT:
        say(_told(output, data) if kind == PDF else told_of(output, kind))


def _read(family_file: str | None, written: dict[str, Any], found: "Found") -> "tuple[Household, Choices]":
    """Return the file's people and choices with the options' laid over them; all problems of both are noted."""
    if family_file is None and not any(written.values()):
        from agreement.household import Choices, Household

        return Household(), Choices()
    from agreement.cli.options import options_node
    from agreement.household.family import choices_of, household_of, read_family

    below = _read_file(family_file, found) if family_file is not None else {}
    above = read_family(options_node(written, found), found)
    below |= {key: above[key] for key in (*_REPLACING, "family") if above.get(key)}
    household = household_of(below)
    own = choices_of({key: value for key, value in above.items() if key != "apps"}, household)
    return household, own.over(choices_of(below, household))


def _read_file(name: str, found: "Found") -> dict[str, Any]:
    from agreement.errors import InputError
    from agreement.household.family import read_family
    from agreement.source import MAX_BYTES, parse_source, read_source

    try:
        if name == "-":
            raw = sys.stdin.buffer.read(MAX_BYTES + 1) if sys.stdin else b""
            node = parse_source(raw, "standard input")
        else:
            node = read_source(Path(name))
    except InputError as error:
        found.problems.extend(error.problems)
        return {}
    return read_family(node, found)


def _library(folders: tuple[str, ...], found: "Found") -> "Library | None":
    from agreement.errors import InputError
    from agreement.library import load_library

    try:
        return load_library(*folders)
    except InputError as error:
        found.problems.extend(error.problems)
        return None


def _note_unknown_ids(household: "Household", choices: "Choices", library: "Library", found: "Found") -> None:
    """Note, beside what is already wrong, the ids that nothing has; other checks would be misled by what is missing."""
    from agreement.compose import compose
    from agreement.errors import AgreementError, InputError

    try:
        compose(household, choices, library, None)
    except InputError as error:
        found.problems.extend(problem for problem in error.problems if problem.code == f"{found.group}104")
    except AgreementError:
        pass


def _day_of(date: str | None, found: "Found") -> datetime.date | None:
    """Return the day of making: --date, else SOURCE_DATE_EPOCH (in UTC), else today. The only clock of the program."""
    from agreement.errors import Where

    if date is not None:
        try:
            return datetime.datetime.strptime(date.strip(), "%Y-%m-%d").replace(tzinfo=datetime.UTC).date()
        except ValueError:
            found.add(Where("--date"), 330, f'"{date[:40]}" is not a day.', "Write it as in 2026-06-12.")
            return None
    epoch = os.environ.get("SOURCE_DATE_EPOCH", "")
    if not epoch:
        return datetime.datetime.now().astimezone().date()
    try:
        return datetime.datetime.fromtimestamp(int(epoch), datetime.UTC).date()
    except (ValueError, OverflowError, OSError):
        said = f'"{epoch[:40]}" is not a number of seconds since 1970.'
        found.add(Where("SOURCE_DATE_EPOCH"), 331, said, "Set it as in 1773273600, or unset it.")
        return None


def _refuse_own_source(family_file: str | None, output: str) -> None:
    from agreement.errors import OutputError

    if family_file not in {None, "-"} and os.path.realpath(str(family_file)) == os.path.realpath(output):
        raise OutputError(f"{output} is the family file itself. Use -o with the name of a PDF.")


def _told(output: str, pdf: bytes) -> str:
    """Return the line that names the file and says how to print it."""
    from agreement.pdf.seal import count_sides

    sides = count_sides(pdf)
    if sides == 1:
        return f"{output}: 1 side."
    return f"{output}: {sides} sides. Print it on both sides of the paper, flip on the long edge."
