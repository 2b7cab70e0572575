"""`agreement clauses`: list, show and check what the library holds."""

import datetime
import json
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from agreement.cli.completion import complete
from agreement.cli.sentences import counted, say, tell
from agreement.errors import InputError, Problem, Where

if TYPE_CHECKING:
    from agreement.library import Band, Clause, Library

_FOLDERS = click.option(
    "--clauses", "folders", multiple=True, metavar="DIR", help="A folder of clauses laid over ours. Repeatable."
)
_JSON = click.option("--json", "as_json", is_flag=True, help="Print JSON, for programs.")
_RETIRED = "retired"


@click.group("clauses", short_help="List, show and check the clauses of the library.")
def clauses() -> None:
    """List, show and check the clauses of the library."""


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
        _tell_json([_short(clause, library) for clause in chosen])
        return
    if chosen:
        tell("\n".join(_table(chosen, library, language or "en")))
    say(f"{counted(len(chosen), 'clause')}.")


@clauses.command("show", short_help="Show everything about one clause.")
@click.argument("name", metavar="ID", shell_complete=complete("clauses"))
@_FOLDERS
@_JSON
def show(name: str, folders: tuple[str, ...], as_json: bool) -> None:
    """Show every wording of a clause, its blanks, its reason, the question that starts the talk, and its sources."""
    from agreement.form import suggestion
    from agreement.library import load_library

    library = load_library(*folders)
    if name not in library.clauses:
        mend = suggestion(name, library.clauses) or "See agreement clauses list."
        raise InputError([Problem(Where("ID"), "F104", f'there is no clause "{name[:60]}".', mend)])
    clause = library.clauses[name]
    if as_json:
        _tell_json(_whole(clause, library))
    else:
        tell("\n".join(_card(clause, library)))


@clauses.command("check", short_help="Check clause files and tell every mistake.")
@click.argument("path", required=False, type=click.Path())
@_FOLDERS
@_JSON
def check_clauses(path: str | None, folders: tuple[str, ...], as_json: bool) -> int:
    """Check clause files and tell every mistake with its place and mend.

    PATH is a clause file, or a folder of clauses that is laid over ours. Without it, ours are checked. Exit code 1 when
    something is wrong; advice alone is 0.
    """
    from agreement.library import load_library
    from agreement.library.check import check

    library = load_library(*folders)
    only = Path(path) if path is not None else None
    if only is not None and not _is_within(only, library):
        library = load_library(*folders, only) if only.is_dir() else library.with_file(only)
    today = datetime.datetime.now().astimezone().date()
    problems = [_from_here(problem) for problem in check(library, only, today=today)]
    wrong = sum(not problem.advice for problem in problems)
    if as_json:
        _tell_json([_as_json(problem) for problem in problems])
    else:
        for problem in problems:
            tell(f"{problem}{' (advice)' if problem.advice else ''}")
        advice = len(problems) - wrong
        files = 1 if only and not only.is_dir() else len(library.clauses)
        told = f"{counted(files, 'clause')}: {counted(wrong, 'problem')}"
        say(f"{told}, {advice} {'piece' if advice == 1 else 'pieces'} of advice." if advice else f"{told}.")
    return 1 if wrong else 0


def _is_within(path: Path, library: "Library") -> bool:
    return any(path.resolve().is_relative_to(base.resolve()) for base in library.folders) and path.exists()


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


def _packs_of(clause: "Clause", library: "Library") -> list[str]:
    return [pack.id for pack in library.packs.values() if clause.id in pack.clauses]


def _table(chosen: "list[Clause]", library: "Library", language: str) -> Iterator[str]:
    widest = max(len(clause.id) for clause in chosen)
    topic = ""
    for clause in chosen:
        if clause.topic != topic:
            if topic:
                yield ""
            topic = clause.topic
            label = library.topics[topic].label
            yield f"{label.get(language) or label.get('en', topic)} ({topic})"
        title = clause.title.get(language) or clause.title.get("en", "")
        yield f"  {clause.id:<{widest}}  {clause.who:<8}  {title}".rstrip()


def _short(clause: "Clause", library: "Library") -> dict[str, Any]:
    return {
        "id": clause.id,
        "topic": clause.topic,
        "who": clause.who,
        "core": clause.core,
        "status": clause.status,
        "title": dict(clause.title),
        "bands": [band for band in library.bands if any(band in words for words in clause.text.values())],
        "languages": sorted(clause.text),
        "packs": _packs_of(clause, library),
    }


def _whole(clause: "Clause", library: "Library") -> dict[str, Any]:
    blanks = {
        blank.id: {"kind": blank.kind, "example": blank.example, "label": dict(blank.label)}
        for blank in clause.blanks.values()
    }
    return _short(clause, library) | {
        "place": clause.place,
        "text": {language: dict(words) for language, words in clause.text.items()},
        "blanks": blanks,
        "why": dict(clause.why),
        "talk": dict(clause.talk),
        "sources": [dict(source) for source in clause.sources],
        "conflicts": list(clause.conflicts),
        "replaces": list(clause.replaces),
        "reviewed": dict(clause.reviewed),
        "file": clause.where.file,
    }


def _card(clause: "Clause", library: "Library") -> Iterator[str]:
    core = ", in every agreement" if clause.core else ""
    yield f"{clause.id} ({clause.topic}; {clause.who}{core}; {clause.status})"
    packs = _packs_of(clause, library)
    if packs:
        yield f"Packs: {', '.join(packs)}"
    for language, words in clause.text.items():
        yield ""
        yield f"{clause.title.get(language, clause.id)} [{language}]"
        yield from _wordings(words, library)
        if clause.why.get(language):
            yield f"  Why: {clause.why[language]}"
        if clause.talk.get(language):
            yield f"  To talk about: {clause.talk[language]}"
    if clause.blanks:
        yield ""
        yield "Blanks"
        for blank in clause.blanks.values():
            example = f", for example {blank.example}" if blank.example else ""
            yield f"  {blank.id} ({blank.kind}{example}): {' / '.join(blank.label.values())}"
    if clause.sources:
        yield ""
        yield "Sources"
        for source in clause.sources:
            yield "  " + ", ".join(filter(None, (source["name"], source.get("address", ""))))
    for title, names in (("Says otherwise", clause.conflicts), ("Stands for", clause.replaces)):
        if names:
            yield ""
            yield f"{title}: {', '.join(names)}"


def _wordings(words: Any, library: "Library") -> Iterator[str]:
    """Yield one line a wording, with the ages that share it."""
    ages: dict[str, list[str]] = {}
    for band in library.bands:
        if band in words:
            ages.setdefault(words[band], []).append(band)
    for text, bands in ages.items():
        yield f"  {'all ages' if len(bands) == len(library.bands) else ', '.join(bands)}: {text}"
