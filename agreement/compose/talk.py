"""Open questions to talk about, one list for each age on the sheet: those of the promises that the family picked."""

from collections.abc import Iterator

from agreement.compose.agreement import Agreement, Words
from agreement.compose.handout import Passage, Points
from agreement.compose.select import Selection
from agreement.library import Band, Clause, Library


def questions(selection: Selection, agreement: Agreement, library: Library) -> Iterator[Passage]:
    """Yield a passage for each part of the sheet that has questions; each age begins on a side of its own.

    The heading of a side's first passage is the age it is for, with the children's names where they are known; that
    passage has no pieces. Of what every agreement carries, only the pledge asks: the rest says what happens.
    """
    for band in selection.bands:
        passages = list(_passages(band, selection, library))
        if passages:
            yield Passage(_whose(band, selection, agreement), (), "side")
            yield from passages


def _passages(band: Band, selection: Selection, library: Library) -> Iterator[Passage]:
    language = selection.language
    by_place: dict[str, list[str]] = {place: [] for place in library.sections}
    for clause in selection.clauses:
        if clause.core and library.sections[clause.place].form != "pledge":
            continue
        asked = _question(clause, band, language)
        if asked and asked not in (question for kept in by_place.values() for question in kept):
            by_place[_place(clause, library)].append(asked)
    for place, asked_here in by_place.items():
        headings = library.sections[place].heading
        heading = headings.get(language, headings["en"]).get(band.id, "")
        if not asked_here:
            continue
        yield Passage(heading, (Points("points", tuple((Words(question),) for question in asked_here)),))


def _place(clause: Clause, library: Library) -> str:
    """Return the section whose heading stands over the question: the topic's, since the talk comes before the sheet."""
    return library.topics[clause.topic].section


def _question(clause: Clause, band: Band, language: str) -> str:
    if not clause.wording(language, band.id):
        return ""
    return str(clause.talk.get(language, ""))


def _whose(band: Band, selection: Selection, agreement: Agreement) -> str:
    label = str(band.label.get(selection.language, band.id))
    label = label[:1].upper() + label[1:]
    names = [who.name for who, own in zip(agreement.children, selection.band_of, strict=True) if own == band.id]
    return f"{label}: {', '.join(names)}" if 0 < len(names) <= 3 else label
