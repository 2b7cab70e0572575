"""Every mistake in the library's files, at once: the form of each file, the links between them, the wording.

`Library` stops at the first file that is wrong; this room reads on. It says what is wrong and prints nothing.
"""

import datetime
from collections import Counter
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

from agreement.errors import InputError, Problem, Where
from agreement.form import Found, Kind, Record
from agreement.library import forms
from agreement.library.check_pages import check_pages, read_file
from agreement.library.clause import Clause
from agreement.library.links import Read, check_links
from agreement.library.lint import Lint
from agreement.library.lint_pages import check_labels
from agreement.library.load import Library, clause_files
from agreement.library.shared import FILE as SHARED_LINES
from agreement.library.starter import is_id
from agreement.source import Mapping, Node, Text, read_source


def check(library: Library, only: Path | None = None, *, today: datetime.date | None = None) -> list[Problem]:
    """Return everything that is wrong in the library's files, or in the file or folder `only`, sorted by place.

    Bands, sections and topics come first: while they are wrong, nothing else is looked at. Without `today`, no help
    line is too old.
    """
    found = Found("C")
    order = _words_of_order(library, found)
    if not found.problems:
        _check_rest(library, order, today, found)
    problems = set(found.problems)
    if only is not None:
        problems = {problem for problem in problems if _lies_in(problem.where, only)}
    return sorted(problems)


def _lies_in(where: Where, only: Path) -> bool:
    return Path(where.file).resolve().is_relative_to(only.resolve())


def _words_of_order(library: Library, found: Found) -> list[dict[Text, Any]]:
    """Return bands, then sections, which name bands, then topics, which name sections; note what is wrong there."""
    steps: tuple[tuple[str, Callable[[], Kind]], ...] = (
        ("bands.yaml", forms.bands_form),
        ("sections.yaml", lambda: forms.sections_form(library.bands)),
        ("topics.yaml", lambda: forms.topics_form(library.sections)),
    )
    order: list[dict[Text, Any]] = []
    for name, form in steps:
        laid: dict[Text, Any] = {}
        for path in (base / name for base in library.folders):
            laid |= (read_file(path, form(), found) or {}) if path.exists() else {}
        order.append(laid)
        if found.problems:
            break
    return order


def _check_rest(library: Library, order: list[dict[Text, Any]], today: datetime.date | None, found: Found) -> None:
    for base in library.folders:
        _check_names(base, found)
    library.note_hidden_core(found)
    packs = _read_folder(library, "packs", forms.pack_form(library.bands), found)
    countries = _read_folder(library, "countries", forms.country_form(), found)
    shared = _read_shared(library, found)
    clauses = {name: _read_clause(library, path, found) for name, path in library.clauses.paths.items()}
    check_links(Read(order[-1], packs, countries, shared, clauses), today, found)
    lint = Lint(library, found)
    for clause, values in clauses.values():
        if clause is not None:
            lint.check(clause, values)
    lines = (line for country in countries.values() for line in country.get("help_lines", ()))
    check_labels(
        [*(thing for laid in order for thing in laid.values()), *packs.values(), *shared.values(), *lines], lint
    )
    check_pages(lint, today)


def _read_shared(library: Library, found: Found) -> dict[str, dict[str, Any]]:
    """Return the help lines that several countries have in common, by id; upper folders hide lower ones."""
    paths = (base / SHARED_LINES for base in library.folders)
    read = [_read_in_order(path, forms.help_lines_form(), found) or {} for path in paths if path.exists()]
    return {str(line["id"]): line for values in read for line in values.get("help_lines", ()) if "id" in line}


def _read_folder(library: Library, name: str, kind: Record, found: Found) -> dict[str, dict[str, Any]]:
    """Return what stands in the files of a folder, by file name; upper folders hide lower ones."""
    paths = {path.stem: path for base in library.folders for path in sorted(base.glob(f"{name}/*.yaml"))}
    files = {}
    for stem, path in paths.items():
        values = _read_in_order(path, kind, found)
        if values is None:
            continue
        if "id" in values and values["id"] != stem:
            said = f'the id is "{values["id"]}" and the file is "{path.name}".'
            found.add(values["id"].where, 202, said, "Make them one.")
        files[stem] = values
    return files


def _read_in_order(path: Path, kind: Record, found: Found) -> dict[str, Any] | None:
    try:
        node = read_source(path)
    except InputError as error:
        found.problems.extend(error.problems)
        return None
    _check_order(node, list(kind.fields), found)
    values: dict[str, Any] | None = kind.read(node, found)
    return values


def _check_order(node: Node, order: list[str], found: Found) -> None:
    """Note the first key that stands after one that belongs behind it."""
    last = ""
    for key, _ in node.entries if isinstance(node, Mapping) else ():
        if key.text not in order:
            continue
        if last and order.index(key.text) < order.index(last):
            said = f'the key "{key.text}" stands after "{last}".'
            found.add(key.where, 215, said, f"The order is: {', '.join(order)}.")
            return
        last = key.text


def _read_clause(library: Library, path: Path, found: Found) -> tuple[Clause | None, dict[str, Any]]:
    alone = Found("C")
    values = _read_in_order(path, library.clause_form, alone) or {}
    unread = [problem for problem in alone.problems if problem.code != "C215"]
    clause = library.clause_of(values, path, alone) if values and not unread else None
    if "id" in values and not is_id(values["id"]):
        mend = "Write small letters and figures with hyphens, as in phones-go-to-bed."
        alone.add(values["id"].where, 219, f'"{values["id"]}" is not an id.', mend)
    if "topic" in values and path.parent.resolve().name != values["topic"]:
        said = f'the topic is "{values["topic"]}" and the folder is "{path.parent.resolve().name}".'
        alone.add(values["topic"].where, 206, said, "Make them one.")
    found.problems.extend(alone.problems)
    return clause, values


def _check_names(base: Path, found: Found) -> None:
    """Note clause ids that stand twice in one folder of clauses, and files that nothing reads."""
    counted = Counter(path.stem for path in clause_files(base))
    first: dict[str, Path] = {}
    for path in sorted(clause_files(base)):
        if counted[path.stem] > 1 and path.stem in first:
            said = f'the id "{path.stem}" is already taken by {first[path.stem].parent.name}/{path.name}.'
            found.add(Where(str(path), 1, 1), 214, said, "Give one of them another name.")
        first.setdefault(path.stem, path)
    for path in sorted(_never_read(base)):
        found.add(Where(str(path), 1, 1), 216, "this file is never read.", "Its name must end in .yaml.")


def _never_read(base: Path) -> Iterator[Path]:
    for pattern in ("*/*.yml", "*/*.YAML", "*/*.YML", "pages/*/*.yml", "pages/*/*.YAML", "pages/*/*.YML"):
        yield from (path for path in base.glob(pattern) if path.suffix != ".yaml")
