"""`agreement clauses`: list, show and check what the library holds, and begin a new clause."""

import datetime
import json
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from agreement.cli.clause_card import card, short, table, whole
from agreement.cli.completion import complete
from agreement.cli.sentences import counted, say, tell
from agreement.errors import InputError, OutputError, Problem, Where

if TYPE_CHECKING:
    from agreement.library import Band, Clause, Library

_FOLDERS = click.option(
    "--clauses", "folders", multiple=True, metavar="DIR", help="A folder of clauses laid over ours. Repeatable."
)
_JSON = click.option("--json", "as_json", is_flag=True, help="Print JSON, for programs.")
_RETIRED = "retired"
_MOST_ADVICE = 5


@click.group("clauses", short_help="List, show and check the clauses of the library.")
def clauses() -> None:
    """List, show and check the clauses of the library, and begin new ones."""


def _tell_json(value: object) -> None:
    tell(json.dumps(value, ensure_ascii=False, indent=2))


@clauses.command("list", short_help="List clauses by topic.")
@click.option("--topic", metavar="ID", help="Only what is about this topic.", shell_complete=complete("topics"))
@click.option("--who", metavar="WHO", help="Only what child, adult or everyone promises.")
@click.option("--pack", metavar="ID", help="Only what this pack holds.", shell_complete=complete("packs"))
@click.option("--age", metavar="AGE", help="Only what is said to this age (9) or band (8-10).")
@click.option("--language", metavar="CODE", help="Only what is written in this language; titles in it.")
@_FOLDERS
@_JSON
def list_clauses(language: str | None, folders: tuple[str, ...], as_json: bool, **wanted: str | None) -> None:
    """List clauses by topic. Retired ones are left out."""
    from agreement.library import load_library

    library = load_library(*folders)
    chosen = _chosen(library, wanted, language)
    if as_json:
        _tell_json([short(clause, library) for clause in chosen])
        return
    if chosen:
        tell("\n".join(table(chosen, library, language or "en")))
    say(f"{counted(len(chosen), 'clause')}.")


@clauses.command("show", short_help="Show everything about one clause.")
@click.argument("name", metavar="ID", shell_complete=complete("clauses"))
@_FOLDERS
@_JSON
def show(name: str, folders: tuple[str, ...], as_json: bool) -> None:
    """Show every wording of a clause with its reading grade.

    Its blanks, its reason, the question that starts the talk and its sources follow.
    """
    from agreement.form import suggestion
    from agreement.library import load_library

    library = load_library(*folders)
    if name not in library.clauses:
        mend = suggestion(name, library.clauses) or "See agreement clauses list."
        raise InputError([Problem(Where("ID"), "F104", f'there is no clause "{name[:60]}".', mend)])
    clause = library.clauses[name]
    if as_json:
        _tell_json(whole(clause, library))
    else:
        tell("\n".join(card(clause, library)))


@clauses.command("check", short_help="Check clause files and tell every mistake.")
@click.argument("path", required=False, type=click.Path())
@_FOLDERS
@_JSON
def check_clauses(path: str | None, folders: tuple[str, ...], as_json: bool) -> int:
    """Check clause files and tell every mistake with its place and mend.

    Extra pages, packs, help lines and the fixed words of the sheet are checked like clauses. PATH is one file, or a
    folder of clauses that is laid over ours. Without it, ours are checked. Exit code 1 when something is wrong; advice
    alone is 0.
    """
    from agreement.library import load_library
    from agreement.library.check import check

    library = load_library(*folders)
    only = Path(path) if path is not None else None
    beside = _folder_beside(only) if only is not None else None
    if only is not None and not _is_within(only, library):
        own = only if only.is_dir() else beside
        library = load_library(*folders, own) if own else library.with_file(only)
    today = datetime.datetime.now().astimezone().date()
    problems = [_from_here(problem) for problem in check(library, only, today=today)]
    wrong = sum(not problem.advice for problem in problems)
    if as_json:
        _tell_json([_as_json(problem) for problem in problems])
    else:
        for line in _told(problems):
            tell(line)
        advice = len(problems) - wrong
        files = 1 if only and not only.is_dir() else len(library.clauses)
        told = f"{counted(files, 'file' if beside else 'clause')}: {counted(wrong, 'problem')}"
        say(f"{told}, {advice} {'piece' if advice == 1 else 'pieces'} of advice." if advice else f"{told}.")
    return 1 if wrong else 0


def _told(problems: list[Problem]) -> Iterator[str]:
    """Yield a line a problem; of the same advice only the first few, and then how many more there are."""
    seen: Counter[str] = Counter()
    for problem in problems:
        seen[problem.code] += problem.advice
        if seen[problem.code] <= _MOST_ADVICE:
            yield f"{problem}{' (advice)' if problem.advice else ''}"
    for code, count in sorted(seen.items()):
        if count > _MOST_ADVICE:
            yield f"and {count - _MOST_ADVICE} more of {code}; --json tells all of them. (advice)"


@clauses.command("new", short_help="Begin a new clause file.")
@click.argument("name", metavar="ID")
@click.option("--topic", metavar="ID", help="What it is about.", shell_complete=complete("topics"), required=True)
@click.option("--who", metavar="WHO", default="child", help="child, adult or everyone. [default: child]")
@_FOLDERS
def new(name: str, topic: str, who: str, folders: tuple[str, ...]) -> None:
    """Write a new clause file, with a word on every line, and name it.

    It goes into the folder of its topic: in DIR of --clauses, or else in the library of this checkout. A file that is
    there already is never changed.
    """
    from agreement.library import load_library
    from agreement.library.starter import SCHEMA_LINE, starter
    from agreement.place import PACKAGE, folder

    base = Path(folders[-1]) if folders else folder("clauses")
    if base.is_relative_to(PACKAGE):
        raise click.UsageError("Name a folder of your own with --clauses DIR; the built-in one is replaced by updates.")
    text = starter(load_library(*folders), name, topic, who)
    path = base / topic / f"{name}.yaml"
    if (base / "clause.schema.json").exists():
        text = SCHEMA_LINE + text
    try:
        path.parent.mkdir(exist_ok=True)
        with path.open("x", encoding="utf-8", newline="\n") as stream:
            stream.write(text)
    except FileExistsError:
        raise OutputError(f"{path} is there already and stays as it is.") from None
    except OSError as error:
        raise OutputError(f"{path} cannot be written: {error.strerror or error}.") from error
    tell(str(path))
    say("Write your words into it, then run: agreement clauses check")


def _is_within(path: Path, library: "Library") -> bool:
    return any(path.resolve().is_relative_to(base.resolve()) for base in library.folders) and path.exists()


def _folder_beside(path: Path) -> Path | None:
    """Return the folder of clauses in which a file of pages, packs, countries, words or rules stands."""
    from agreement.library.load import KEPT_APART

    parents = path.resolve().parents
    return next((parent.parent for parent in parents if parent.name in KEPT_APART), None) if path.is_file() else None


def _from_here(problem: Problem) -> Problem:
    """Name a file that lies below the current folder from there."""
    path = Path(problem.where.file)
    here = Path.cwd()
    if not path.is_absolute() or not path.is_relative_to(here):
        return problem
    where = Where(str(path.relative_to(here)), problem.where.line, problem.where.column)
    return Problem(where, problem.code, problem.text, problem.mend, problem.advice)


def _as_json(problem: Problem) -> dict[str, Any]:
    return {
        "file": problem.where.file,
        "line": problem.where.line,
        "column": problem.where.column,
        "code": problem.code,
        "text": problem.text,
        "mend": problem.mend,
        "advice": problem.advice,
    }


def _chosen(library: "Library", wanted: dict[str, str | None], language: str | None) -> "list[Clause]":
    from agreement.form import Found
    from agreement.library.forms import WHO
    from agreement.source import Text

    found = Found("F")
    known = {"topic": library.topics, "who": WHO, "pack": library.packs}
    for option, ids in known.items():
        asked = wanted.get(option)
        if asked is not None and asked not in ids:
            found.unknown(option if option != "who" else "kind of promise", Text(asked, Where(f"--{option}")), ids)
    age = wanted.get("age")
    band = _band(library, age) if age is not None else None
    if age is not None and band is None:
        found.unknown("age band", Text(age, Where("--age")), library.bands)
    written = sorted({tongue for clause in _living(library) for tongue in clause.text})
    if language is not None and language not in written:
        found.unknown("language", Text(language, Where("--language")), written)
    found.stop()
    asked_pack = wanted.get("pack")
    pack = library.packs[asked_pack].clauses if asked_pack else None
    order = list(library.topics)
    chosen = [
        clause
        for clause in _living(library)
        if (wanted.get("topic") in {None, clause.topic})
        and (wanted.get("who") in {None, clause.who})
        and (pack is None or clause.id in pack)
        and (band is None or any(band.id in words for words in clause.text.values()))
        and (language is None or language in clause.text)
    ]
    return sorted(chosen, key=lambda clause: (order.index(clause.topic), clause.id))


def _living(library: "Library") -> "list[Clause]":
    """Return all clauses that are not retired. Raises InputError with the mistakes of every file at once."""
    problems: list[Problem] = []
    living = []
    for name in library.clauses:
        try:
            clause = library.clauses[name]
        except InputError as error:
            problems.extend(error.problems)
        else:
            if clause.status != _RETIRED:
                living.append(clause)
    if problems:
        raise InputError(problems)
    return living


def _band(library: "Library", age: str) -> "Band | None":
    if age.isascii() and age.isdigit() and len(age) < 4:
        return library.band_of(int(age))
    return library.bands.get(age)
