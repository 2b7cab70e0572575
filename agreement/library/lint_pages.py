"""The wording of what is no promise: extra pages, the fixed words of the sheet, names and descriptions.

Who reads a text decides which rules hold for it: crimes and figures may stand where adults alone read, a reading grade
holds where children read by themselves, and the words of somebody who means harm may be quoted as a warning. This room
finds the texts; the rules are in lint.
"""

from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from agreement.errors import Problem
from agreement.library.lint import Lint, Said
from agreement.library.pages import ADULTS, EVERYONE, READERS, WARNING, texts_under
from agreement.source import where_of

_QUOTES = (("“", "”"), ("«", "»"), ('"', '"'))
_LEAD, _GOES_ON = "_lead", "…"
_DRAFT = "draft"


def check_page(language: str, page: Mapping[str, Any], lint: Lint) -> None:
    """Note what is wrong with the words of an extra page, as far as its own `waive` does not excuse it."""
    first = str(page.get("readers", EVERYONE))
    beside = str(page.get("side_readers", first))
    passages = [
        (first, [*texts_under(page, "title", "lead")]),
        (beside, [*texts_under(page, "side_title", "side_lead")]),
    ]
    side = first
    for part in page.get("parts", ()):
        side = beside if part.get("starts") == "side" else side
        passages.append((str(part.get("readers", side)), [*_texts_of_part(part)]))
        # A figure is printed only when it is asked for, and only adults ask.
        passages.append((ADULTS, [*texts_under({"figures": part.get("figures", ())}, "figures")]))
    problems = [problem for readers, texts in passages for problem in _of_passage(language, readers, texts, lint)]
    for band in dict.fromkeys(readers for readers, _ in passages if readers not in READERS):
        said = [text for readers, texts in passages if readers == band for text in texts]
        problems += _of_grade(Said(language, "page", band, _as_one(said), where_of(said[0])), lint) if said else ()
    problems += (problem for part in page.get("parts", ()) for problem in _of_quotation(part))
    if page.get("reviewed") == _DRAFT:
        mend = "Have a second reader read them, then write the month."
        told = f"nobody has reviewed the {language} words."
        problems.append(Problem(where_of(page["reviewed"]), "C326", told, mend, advice=True))
    lint.note(page, problems)


def check_words(language: str, words: Mapping[str, Any], lint: Lint) -> None:
    """Note what is wrong with fixed words, for all ages and as each band is given them."""
    common = {key: said for key, said in words.items() if key != "bands"}
    for own in (common, *words.get("bands", {}).values()):
        said = [Said(language, "page", "", whole, where_of(text)) for whole, text in _phrases(own, common | own)]
        lint.note({}, [problem for text in said for problem in lint.of_words(text)])


def check_labels(things: Iterable[Mapping[str, Any]], lint: Lint) -> None:
    """Note what is wrong with the names and descriptions of bands, sections, topics, packs and help lines.

    What a service calls itself, the same in every language, is left alone.
    """
    for thing in things:
        for key in ("label", "description", "heading", "name"):
            for language, told in _tongues(thing.get(key)):
                for text in told.values() if isinstance(told, Mapping) else (told,):
                    lint.note({}, [*lint.of_words(Said(language, "label", "", text, where_of(text)))])


def check_laws(laws: Iterable[Mapping[str, Any]], lint: Lint) -> None:
    """Note what is wrong with the words for ages that laws name."""
    for law in laws:
        for language, text in _tongues(law.get("what")):
            lint.note({}, [*lint.of_words(Said(language, "adults", "", text, where_of(text)))])


def _of_passage(language: str, readers: str, texts: list[str], lint: Lint) -> Iterator[Problem]:
    """Yield what is wrong with texts that stand together, one by one."""
    place = "adults" if readers == ADULTS else "page"
    for text in texts:
        yield from lint.of_words(Said(language, place, "", text, where_of(text)))
        if readers not in READERS:
            said = Said(language, place, readers, text, where_of(text))
            yield from (problem for problem in lint.of_reading(said) if problem.code == "C322")


def _of_grade(said: Said, lint: Lint) -> Iterator[Problem]:
    """Yield when all that a child reads on a page is too hard; the grade of one short line would say little."""
    return (problem for problem in lint.of_reading(said) if problem.code == "C321")


def _as_one(texts: Iterable[str]) -> str:
    return " ".join(text if text[-1] in ".?!…”" else f"{text}." for text in texts)


def _texts_of_part(part: Mapping[str, Any]) -> Iterator[str]:
    """Yield the texts of a part, but for the points that are words of somebody who means harm."""
    yield from texts_under(part, "heading", "text", "steps", "ticks", "headers", "rows", "then")
    yield from (text for text in texts_under(part, "points") if not (_is_warning(part) and _is_quoted(text)))


def _of_quotation(part: Mapping[str, Any]) -> Iterator[Problem]:
    if _is_warning(part) and not any(map(_is_quoted, texts_under(part, "points"))):
        told = "no point of this part stands in quotation marks."
        yield Problem(where_of(part["quoted"]), "C331", told, "Write them in “ and ”, or take this out.")


def _is_warning(part: Mapping[str, Any]) -> bool:
    return part.get("quoted") == WARNING


def _is_quoted(text: str) -> bool:
    bare = text.rstrip(".")
    return any(bare.startswith(first) and bare.endswith(last) and len(bare) > 2 for first, last in _QUOTES)


def _phrases(own: Mapping[str, Any], known: Mapping[str, Any]) -> Iterator[tuple[str, str]]:
    """Yield each phrase as it is read and as it is written: entries of a list stand behind a lead that goes on."""
    for key, said in own.items():
        if isinstance(said, str):
            yield said, said
            continue
        lead = str(known.get(key.rpartition("_")[0] + _LEAD, ""))
        before = f"{lead.removesuffix(_GOES_ON).rstrip()} " if lead.endswith(_GOES_ON) else ""
        yield from ((before + text, text) for text in said)


def _tongues(value: Any) -> Iterator[tuple[str, Any]]:
    if isinstance(value, Mapping):
        yield from ((str(language), told) for language, told in value.items())


__all__ = ["check_labels", "check_laws", "check_page", "check_words"]
