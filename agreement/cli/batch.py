"""`agreement batch`: a roster in, a sheet for every household out."""

import datetime
from typing import TYPE_CHECKING, Any

import click

from agreement.cli.completion import complete
from agreement.cli.make import _day_of, _library, _read

if TYPE_CHECKING:
    from agreement.household import Choices, Household
    from agreement.library import Library


@click.command("batch", short_help="Make one agreement for each household of a roster.")
@click.argument("roster", metavar="[ROSTER]", required=False, type=click.Path())
@click.option("-o", "--output", metavar="DIR", help="The folder for one PDF a household.")
@click.option("--merged", metavar="FILE", help="One PDF of all sheets, in print order.")
@click.option("--name", "pattern", metavar="PATTERN", help="Names of files, usually {class}/{row:04}-{family}.")
@click.option("--like", metavar="FAMILY.yaml", help="A family file whose choices hold for every row.")
@click.option("--column", multiple=True, metavar="MEANING=HEADER", help="What a column means. Repeatable.")
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
@click.option("--jobs", type=click.IntRange(1, 256), default=1, metavar="N", help="Use N processes.")
@click.option("--on", "scheduler", metavar="ADDRESS", help="Use a Dask cluster, such as tcp://host:8786.")
@click.option("--force", is_flag=True, help="Replace files even if they were changed, or are not ours.")
@click.option("--quiet", is_flag=True, help="Print problems and the last line only.")
@click.option("--each", is_flag=True, help="A sheet for each child instead of one for all.")
@click.option("--pack", metavar="ID", help="The choice of clauses to start from.", shell_complete=complete("packs"))
@click.option(
    "--with", multiple=True, metavar="ID", help="Add a clause. Repeatable.", shell_complete=complete("clauses")
)
@click.option(
    "--without", multiple=True, metavar="ID", help="Leave a clause out. Repeatable.", shell_complete=complete("clauses")
)
@click.option("--trusted", multiple=True, metavar="NAME (WHO)", help="An adult to go to. Repeatable.")
@click.option("--set", multiple=True, metavar="BLANK=VALUE", help="Fill a blank. Repeatable.")
@click.option("--own", multiple=True, metavar="TEXT", help="A rule in your own words. Repeatable.")
@click.option("--app", multiple=True, metavar="APP: WHO / ADULT", help="An app, who uses it, who follows. Repeatable.")
@click.option("--review", metavar="WHEN", help="When you look at it again: 2026-06-12, or in 3 months.")
@click.option("--country", metavar="CODE", help="Whose help lines, paper and dates, such as US.")
@click.option("--language", metavar="CODE", help="The language of the sheets, such as en.")
@click.option("--ages", multiple=True, metavar="BAND", help="The ages it is for where a row has none. Repeatable.")
@click.option("--paper", metavar="NAME", help="letter or a4; usually the country's.")
@click.option("--date", metavar="YYYY-MM-DD", help="The day they are made; today without it.")
@click.option("--clauses", multiple=True, metavar="DIR", help="A folder of clauses laid over ours. Repeatable.")
def batch(roster: str | None, **asked: Any) -> int:
    """Make one agreement for each household of a roster.

    ROSTER is a CSV, TSV, XLSX, XLS or ODS file, or a OneRoster set. A row that is wrong is reported and costs that row
    alone; the same command again makes what is missing. Try first: agreement batch ROSTER --dry-run
    """
    from agreement.cli.batch_run import Run

    _refuse_odd(roster, asked)
    from agreement.batch import Making

    library, household, choices, day = _for_all(asked)
    run = Run(asked, Making(asked["clauses"], day, asked["each"]), library, (household, choices))
    return run.blank() if roster is None else run.roster(roster)


def _refuse_odd(roster: str | None, asked: dict[str, Any]) -> None:
    if (roster is None) == (asked["blank"] is None):
        raise click.UsageError("Name a roster, or use --blank N for sheets to fill in by hand.")
    if not (asked["output"] or asked["merged"] or asked["dry_run"]):
        raise click.UsageError("Say where to: -o DIR for one PDF a household, --merged FILE for one print file.")
    if asked["blank"] and not asked["merged"]:
        raise click.UsageError("--blank makes one print file: use it with --merged FILE.")


def _for_all(asked: dict[str, Any]) -> "tuple[Library, Household, Choices, datetime.date]":
    """Return the library, the people and choices that hold for every row, and the day. Raises InputError."""
    from agreement.form import Found

    found = Found("F")
    day = _day_of(asked["date"], found)
    library = _library(asked["clauses"], found)
    household, choices = _read(asked["like"], asked, found)
    found.stop()
    assert library is not None, "noted where it could not be read"
    assert day is not None, "noted where it is none"
    return library, household, choices, day
