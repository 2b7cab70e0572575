"""Every language says the same: no phrase, wording, blank or label of the library is missing in one of them."""

import re
from collections.abc import Iterator, Mapping
from typing import Any

import pytest

from agreement.library import Library, load_library
from agreement.library.clause import Clause
from agreement.library.load import BLANK
from agreement.library.phrases import read_phrases
from agreement.source import Mapping as Entries
from agreement.source import read_source

LIBRARY = load_library()
CLAUSES = LIBRARY.folders[0]
HOLE = re.compile(r"\{\w+\}")
FIRST = "en"
OTHERS = [language for language in LIBRARY.languages if language != FIRST]


def words_of(language: str) -> dict[str, Any]:
    words = read_phrases([CLAUSES / "words" / f"{language}.yaml"])
    assert words, f"there is no file of words for {language}"
    return words


def as_said(words: Mapping[str, Any], band: str) -> dict[str, Any]:
    """Return the phrases as a band is given them."""
    return {key: said for key, said in words.items() if key != "bands"} | dict(words["bands"].get(band, {}))


def shape(said: Any) -> Any:
    """Return what must be the same in every language: whether it is a list, how long, and its holes."""
    if isinstance(said, str):
        return sorted(HOLE.findall(said))
    return [shape(one) for one in said]


def missing_phrases(first: Mapping[str, Any], other: Mapping[str, Any]) -> Iterator[str]:
    """Yield each phrase that one file has and the other has not, or that a band has in `first` alone.

    A language may have more words of its own for a band: Spanish has one word for young people and none for children.
    """
    yield from sorted(first.keys() ^ other.keys())
    for band, own in first["bands"].items():
        yield from (f"{band}: {key}" for key in own if key not in other["bands"].get(band, {}))
    for band, own in other["bands"].items():
        yield from (f"{band}: {key}" for key in own if key not in first)


def unlike_phrases(first: Mapping[str, Any], other: Mapping[str, Any]) -> Iterator[str]:
    """Yield each phrase with other holes, or a list of another length, for any band."""
    for band in ("", *LIBRARY.bands):
        ours, theirs = as_said(first, band), as_said(other, band)
        yield from (f"{band}: {key}" for key, said in ours.items() if shape(said) != shape(theirs.get(key, "")))


def tongues(clause: Clause) -> Iterator[tuple[str, Mapping[str, Any]]]:
    yield from (("title", clause.title), ("text", clause.text), ("why", clause.why), ("talk", clause.talk))
    yield from ((f"blank {blank.id}", blank.label) for blank in clause.blanks.values())


def gaps(clause: Clause, language: str) -> Iterator[str]:
    """Yield what a clause says in English and not in `language`."""
    for name, said in tongues(clause):
        if FIRST in said and not said.get(language):
            yield name
    ours, theirs = clause.text[FIRST], clause.text.get(language, {})
    for band in ours.keys() | theirs.keys():
        if sorted(BLANK.findall(ours.get(band, ""))) != sorted(BLANK.findall(theirs.get(band, ""))):
            yield f"blanks for {band}"
        if bool(ours.get(band)) != bool(theirs.get(band)):
            yield f"text for {band}"


def tongues_in(node: Any, path: str = "") -> Iterator[tuple[str, set[str]]]:
    """Yield each place of a file where languages stand, with those that stand there."""
    if isinstance(node, Entries):
        languages = {str(key.text) for key, _ in node.entries}
        if FIRST in languages:
            yield path, languages
        for key, inner in node.entries:
            yield from tongues_in(inner, f"{path}.{key.text}")


def test_there_is_more_than_one_language() -> None:
    assert FIRST in LIBRARY.languages
    assert "es" in OTHERS


@pytest.mark.parametrize("language", OTHERS)
def test_every_language_has_every_phrase(language: str) -> None:
    assert list(missing_phrases(words_of(FIRST), words_of(language))) == []


@pytest.mark.parametrize("language", OTHERS)
def test_phrases_have_the_same_holes_and_lists_in_every_band(language: str) -> None:
    assert list(unlike_phrases(words_of(FIRST), words_of(language))) == []


@pytest.mark.parametrize("language", OTHERS)
@pytest.mark.parametrize("clause", LIBRARY.clauses)
def test_every_clause_is_said_whole(clause: str, language: str) -> None:
    assert sorted(set(gaps(LIBRARY.clauses[clause], language))) == []


@pytest.mark.parametrize("language", OTHERS)
def test_a_language_is_reviewed_or_marked_as_draft(language: str) -> None:
    silent = [name for name, clause in LIBRARY.clauses.items() if language not in clause.reviewed]
    assert silent == []


@pytest.mark.parametrize("language", OTHERS)
def test_sections_topics_bands_packs_and_countries_are_said_too(language: str) -> None:
    names = ["sections.yaml", "topics.yaml", "bands.yaml"]
    paths = [CLAUSES / name for name in names] + sorted(CLAUSES.glob("packs/*.yaml"))
    paths += sorted(CLAUSES.glob("countries/*.yaml"))
    missing = [
        f"{path.name}{place}"
        for path in paths
        for place, languages in tongues_in(read_source(path))
        if language not in languages
    ]
    assert missing == []


@pytest.mark.parametrize("band", list(LIBRARY.bands))
@pytest.mark.parametrize("language", OTHERS)
def test_headings_are_said_to_every_band(language: str, band: str) -> None:
    silent = [name for name, part in LIBRARY.sections.items() if not part.heading.get(language, {}).get(band)]
    assert silent == []


# ---- the checks themselves -------------------------------------------------------------------------------------------

WHOLE: dict[str, Any] = {"title": "Ours", "side": "{n} of {m}", "signs": ["a", "b"], "bands": {"5-7": {"signs": ["a"]}}}


@pytest.mark.parametrize(
    ("other", "missing"),
    [
        ({"title": "T", "side": "{n} {m}", "signs": ["a", "b"], "bands": {"5-7": {"signs": ["a"]}}}, []),
        ({"title": "T", "signs": ["a", "b"], "bands": {"5-7": {"signs": ["a"]}}}, ["side"]),
        ({**WHOLE, "more": "x"}, ["more"]),
        ({**WHOLE, "bands": {}}, ["5-7: signs"]),
        ({**WHOLE, "bands": {**WHOLE["bands"], "14-17": {"title": "T"}}}, []),
        ({**WHOLE, "bands": {**WHOLE["bands"], "14-17": {"titel": "T"}}}, ["14-17: titel"]),
    ],
)
def test_the_check_sees_what_is_missing(other: dict[str, Any], missing: list[str]) -> None:
    assert list(missing_phrases(WHOLE, other)) == missing


@pytest.mark.parametrize(
    ("other", "band"),
    [
        ({**WHOLE, "side": "{n} of {l}"}, ""),
        ({**WHOLE, "side": "{n}"}, "8-10"),
        ({**WHOLE, "signs": ["a"]}, "11-13"),
        ({**WHOLE, "title": ["Ours"]}, ""),
        ({**WHOLE, "bands": {"5-7": {"signs": ["a", "b"]}}}, "5-7"),
    ],
)
def test_the_check_sees_other_holes_and_lengths(other: dict[str, Any], band: str) -> None:
    assert list(unlike_phrases(WHOLE, WHOLE)) == []
    assert any(said.startswith(f"{band}: ") for said in unlike_phrases(WHOLE, other))


def test_the_check_sees_a_clause_that_is_not_said_whole() -> None:
    library = Library(LIBRARY.folders)
    clause = library.clauses["phones-go-to-bed"]
    said = {**clause.text["es"], "8-10": "Los teléfonos duermen."}
    del said["14-17"]
    broken = clause._replace(text={**clause.text, "es": said}, why={"en": clause.why["en"]})
    assert sorted(set(gaps(broken, "es"))) == ["blanks for 14-17", "blanks for 8-10", "text for 14-17", "why"]
