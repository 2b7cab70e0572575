"""Every mistake in what is not a clause and is printed: extra pages, fixed words, the ages that laws name.

It reads each file as `make` will, says what no form can (blanks that nothing fills, languages that lack a page), and
hands the words to lint_pages. It prints nothing.
"""

import datetime
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import Any

from agreement.errors import InputError, Problem, Where
from agreement.form import Found, Kind, suggestion
from agreement.library.links import check_age, check_month
from agreement.library.lint import Lint
from agreement.library.lint_pages import check_laws, check_page, check_words
from agreement.library.load import BLANK, BRACES
from agreement.library.pages import FOLDER, HOLES, ages_form, page_form, page_names, page_path, texts_under
from agreement.library.phrases import read_phrases
from agreement.source import Text, read_source, where_of

FIRST = "en"
_PLAIN = {"page": ("title", "side_title"), "part": ("heading", "headers", "rows", "figures")}
_FILLED = {"page": ("lead", "side_lead"), "part": ("text", "points", "steps", "ticks", "then")}


def read_file(path: Path, kind: Kind, found: Found) -> Any:
    """Return what a file holds, or None where it is no YAML; notes every mistake."""
    try:
        return kind.read(read_source(path), found)
    except InputError as error:
        found.problems.extend(error.problems)
        return None


def check_pages(lint: Lint, today: datetime.date | None) -> None:
    """Note everything that is wrong in fixed words, extra pages and ages that laws name."""
    library = lint.library
    for folder in ("words", f"{FOLDER}/words"):
        if any((base / folder).is_dir() for base in library.folders):
            _check_words(folder, lint)
    for name in page_names(library):
        _check_page(name, lint)
    for path in (base / FOLDER / "minimum-ages.yaml" for base in library.folders):
        if path.exists():
            _check_laws(read_file(path, ages_form(), lint.found) or {}, today, lint)


def _check_words(folder: str, lint: Lint) -> None:
    read: dict[str, dict[str, Any]] = {}
    for language in lint.library.languages:
        paths = [base / folder / f"{language}.yaml" for base in lint.library.folders]
        try:
            read[language] = read_phrases(paths)
        except InputError as error:
            lint.found.problems.extend(error.problems)
            continue
        check_words(language, read[language], lint)
        lacking = sorted(read.get(FIRST, {}).keys() - read[language].keys())
        if lacking:
            last = next((path for path in reversed(paths) if path.exists()), paths[-1])
            _note_lacking(Where(str(last), 1, 1), language, lacking, lint.found)


def _check_page(name: str, lint: Lint) -> None:
    library = lint.library
    paths = {language: page_path(library, name, language) for language in library.languages}
    lacking = [language for language, path in paths.items() if path is None]
    form = page_form(library.bands)
    for language, path in paths.items():
        page = read_file(path, form, lint.found) if path else None
        if page is None:
            continue
        while lacking:
            _note_lacking(page[""], lacking.pop(0), [f"the page {name}"], lint.found)
        if "reviewed" in page:
            check_month(page["reviewed"], lint.found)
        for text, known in _with_blanks(page):
            _check_blanks(text, known, lint.found)
        check_page(language, page, lint)


def _check_laws(laws: Mapping[Text, Any], today: datetime.date | None, lint: Lint) -> None:
    for country, of_country in laws.items():
        if country not in lint.library.countries:
            lint.found.unknown("country", country, lint.library.countries)
        for law in of_country:
            if "checked" in law:
                check_age(law["checked"], today, lint.found, "age")
            lacking = [language for language in lint.library.languages if language not in law.get("what", {})]
            for language in lacking:
                _note_lacking(law[""], language, ["what"], lint.found)
        check_laws(of_country, lint)


def _with_blanks(page: Mapping[str, Any]) -> Iterator[tuple[str, Iterable[str]]]:
    """Yield each text of a page with the blanks that may stand in it: in sentences, not in titles and tables."""
    for kind, holders in (("page", [page]), ("part", page.get("parts", ()))):
        for holder in holders:
            yield from ((text, ()) for text in texts_under(holder, *_PLAIN[kind]))
            yield from ((text, HOLES) for text in texts_under(holder, *_FILLED[kind]))


def _check_blanks(text: str, known: Iterable[str], found: Found) -> None:
    for name in BLANK.findall(text):
        if name not in known:
            mend = suggestion(name, known) if known else "Only sentences of a page have blanks."
            found.add(where_of(text), 204, f'nothing fills the blank "{name}" here.', mend)
    if BRACES.search(BLANK.sub("", text)):
        said = "there is a { or } that belongs to no blank."
        found.add(where_of(text), 203, said, "Write a blank as {emergency}.")


def _note_lacking(where: Where, language: str, what: list[str], found: Found) -> None:
    told = f"these are not yet there in {language}: {', '.join(what)}."
    found.problems.append(Problem(where, "C325", told, "Write them; until then nobody is given them.", advice=True))
