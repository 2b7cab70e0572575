"""`agreement batch`: a roster in, a sheet for every household out."""

import datetime
import os
from typing import TYPE_CHECKING, Any

import click

from agreement.cli.make import _day_of, _library, _read, choices_options
from agreement.cli.sentences import say
from agreement.cli.write import STANDARD_OUTPUT

if TYPE_CHECKING:
    from agreement.form import Found
    from agreement.household import Choices, Household
    from agreement.library import Library

_ROSTERS = {
    "column": "--column",
    "sheet_name": "--sheet-name",
    "wanted": "--class",
    "group": "--group",
    "rows": "--rows",
    "by": "--by",
    "separators": "--separators",
}
_FOR_EVERY_ROW = frozenset({104, 303, 304, 308, 309})
"""Numbers of the codes of what is wrong with a choice whoever it is for; told once, and not for each row."""


@click.command("batch", short_help="Make one agreement for each household of a roster.")
@click.argument("roster", metavar="[ROSTER]", required=False, type=click.Path())
@click.option("-o", "--output", metavar="DIR", help="The folder for one PDF a household.")
@click.option("--merged", metavar="FILE", help="One PDF of all sheets, in print order.")
@click.option("--name", "pattern", metavar="PATTERN", help="Names of files, usually {class}/{row:04}-{family}.")
@click.option("--like", metavar="FAMILY.yaml", help="A family file whose choices hold for every row.")
@click.option("--column", multiple=True, metavar="MEANING=HEADER", help="What a column means. Repeatable.")
@click.option("--sheet-name", metavar="NAME", help="The sheet of a spreadsheet that holds the children.")
@click.option("--class", "wanted", metavar="NAME", help="Only the rows of this class.")
@click.option("--group", type=click.Choice(["siblings"]), help="One agreement for siblings, not one for each child.")
@click.option("--rows", metavar="LIST", help="Only these rows, such as 12,40-45.")
@click.option("--only-failed", is_flag=True, help="Only the rows that could not be made last time.")
@click.option("--dry-run", is_flag=True, help="Check every row, show what was understood, write nothing.")
@click.option("--blank", type=click.IntRange(1, 100_000), metavar="N", help="N sheets to fill in by hand; no roster.")
@click.option("--by", metavar="FIELDS", help="Sort the merged file, by class, child, family or row.")
@click.option("--separators", is_flag=True, help="A cover sheet before each class.")
@click.option("--duplex", is_flag=True, help="Every household begins on a front; backs that must be empty are.")
@click.option("--copies", type=click.IntRange(1, 100), default=1, metavar="N", help="Each household N times.")
@click.option("--split", type=click.IntRange(1), metavar="N", help="Cut the merged file after N households.")
@click.option("--sheet", type=click.Choice(["booklet", "two-up"]), help="Two pages on a sheet.")
@click.option(
    "--jobs", type=click.IntRange(1, 256), metavar="N", help="Use N processes for the separate files; usually all."
)
@click.option(
    "--on", "scheduler", metavar="ADDRESS", help="Make the separate files on a Dask cluster, tcp://host:8786."
)
@click.option("--force", is_flag=True, help="Replace files even if they were changed, or are not ours.")
@click.option("--quiet", is_flag=True, help="Print problems and the last line only.")
@choices_options
def batch(roster: str | None, **asked: Any) -> int:
    """Make one agreement for each household of a roster.

    ROSTER is a CSV, TSV, XLSX, XLS or ODS file, or a OneRoster set. A row that is wrong is reported and costs that row
    alone; the same command again makes what is missing. Try first: agreement batch ROSTER --dry-run
    """
    _refuse_odd(roster, asked)
    from agreement.batch import Making
    from agreement.cli.batch_run import Run
    from agreement.cli.stopping import heard_once

    with heard_once():
        library, household, choices, day = _for_all(asked)
        run = Run(asked, Making(asked["clauses"], day, asked["each"]), library, (household, choices))
        return run.blank() if roster is None else run.roster(roster)


def _refuse_odd(roster: str | None, asked: dict[str, Any]) -> None:
    if (roster is None) == (asked["blank"] is None):
        raise click.UsageError("Name a roster, or use --blank N for sheets to fill in by hand; not both.")
    if not (asked["output"] or asked["merged"] or asked["dry_run"]):
        raise click.UsageError("Say where to: -o DIR for one PDF a household, --merged FILE for one print file.")
    if asked["blank"] and (asked["output"] or not asked["merged"]):
        raise click.UsageError("--blank makes one print file: use it with --merged FILE and without -o.")
    needless = [option for name, option in _ROSTERS.items() if asked[name] and asked["blank"]]
    if needless:
        raise click.UsageError(f"{needless[0]} is for a roster; --blank has none.")
    if asked["only_failed"] and not asked["output"]:
        raise click.UsageError("--only-failed reads the report of -o DIR. For a print file, use --rows.")
    if asked["merged"] in STANDARD_OUTPUT:
        raise click.UsageError("A print file is not for standard output. Use --merged with the name of a PDF.")
    if roster and asked["merged"] and os.path.realpath(roster) == os.path.realpath(asked["merged"]):
        raise click.UsageError(f"{asked['merged']} is the roster itself. Use --merged with the name of a PDF.")


def _for_all(asked: dict[str, Any]) -> "tuple[Library, Household, Choices, datetime.date]":
    """Return the library, the people and choices that hold for every row, and the day. Raises InputError.

    Of the people only adults to go to hold for every row: nobody's names are put on another family's sheet.
    """
    from agreement.form import Found

    found = Found("F")
    day = _day_of(asked["date"], found)
    library = _library(asked["clauses"], found)
    household, choices = _read(asked["like"], asked, found)
    choices = choices._replace(fields=choices.fields and not asked["no_fields"])
    if library is not None and day is not None:
        _note_what_no_row_mends(choices, library, day, found)
    found.stop()
    assert library is not None, "noted where it could not be read"
    assert day is not None, "noted where it is none"
    if household.family or household.children or household.adults:
        from agreement.batch.like import for_every_household

        household, choices = for_every_household(household, choices)
        if not asked["quiet"]:
            told = "its choices and trusted adults hold for every row; its family's names stay with it"
            say(f"{asked['like']}: {told}, and so does what names one of them.")
    return library, household, choices, day


def _note_what_no_row_mends(choices: "Choices", library: "Library", day: datetime.date, found: "Found") -> None:
    from agreement.errors import InputError
    from agreement.make import compose_added, compose_all

    try:
        agreements = compose_all(None, choices, library=library, date=day)
        compose_added(None, choices, agreements, library=library, date=day)
    except InputError as error:
        found.problems.extend(problem for problem in error.problems if int(problem.code[1:]) in _FOR_EVERY_ROW)
