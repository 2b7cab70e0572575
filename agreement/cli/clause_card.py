"""How a clause is told on the screen: a line in a list, a card with everything about it, or JSON."""

from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from agreement.library import Clause, Library


def _packs_of(clause: "Clause", library: "Library") -> list[str]:
    return [pack.id for pack in library.packs.values() if clause.id in pack.clauses]


def table(chosen: "list[Clause]", library: "Library", language: str) -> Iterator[str]:
    """Yield a line a clause under the label of its topic."""
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


def short(clause: "Clause", library: "Library") -> dict[str, Any]:
    """Return what a list tells of a clause, for JSON."""
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


def whole(clause: "Clause", library: "Library") -> dict[str, Any]:
    """Return everything about a clause, for JSON; a grade is None in a language without a formula."""
    from agreement.library.reading import grade

    grades = {
        language: {band: grade(text, language) for band, text in words.items()}
        for language, words in clause.text.items()
    }
    blanks = {
        blank.id: {"kind": blank.kind, "example": blank.example, "label": dict(blank.label)}
        for blank in clause.blanks.values()
    }
    return short(clause, library) | {
        "place": clause.place,
        "text": {language: dict(words) for language, words in clause.text.items()},
        "grades": grades,
        "blanks": blanks,
        "why": dict(clause.why),
        "talk": dict(clause.talk),
        "sources": [dict(source) for source in clause.sources],
        "conflicts": list(clause.conflicts),
        "replaces": list(clause.replaces),
        "reviewed": dict(clause.reviewed),
        "file": clause.where.file,
    }


def card(clause: "Clause", library: "Library") -> Iterator[str]:
    """Yield the lines that tell everything about a clause."""
    core = ", in every agreement" if clause.core else ""
    yield f"{clause.id} ({clause.topic}; {clause.who}{core}; {clause.status})"
    packs = _packs_of(clause, library)
    if packs:
        yield f"Packs: {', '.join(packs)}"
    for language, words in clause.text.items():
        yield ""
        yield f"{clause.title.get(language, clause.id)} [{language}]"
        yield from _wordings(language, words, library)
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


def _wordings(language: str, words: Any, library: "Library") -> Iterator[str]:
    """Yield one line a wording, with the ages that share it and its reading grade."""
    from agreement.library.reading import formula, grade

    ages: dict[str, list[str]] = {}
    for band in library.bands:
        if band in words:
            ages.setdefault(words[band], []).append(band)
    for text, bands in ages.items():
        measured = grade(text, language)
        told = "" if measured is None else f" ({formula(language)} grade {measured:.1f})"
        yield f"  {'all ages' if len(bands) == len(library.bands) else ', '.join(bands)}: {text}{told}"
