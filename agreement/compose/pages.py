"""The extra pages of one household: the words of each, with this family's people, help lines and questions in them.

Nothing here is imported for a sheet without extra pages.
"""

import re
from collections.abc import Iterator, Sequence

from agreement.compose.agreement import Agreement, Hole, Sentence, Words
from agreement.compose.compose import NEEDED
from agreement.compose.handout import Grid, Handout, Lines, Passage, Piece, Points, Prose, Service, Services
from agreement.compose.select import Selection, select
from agreement.compose.talk import questions
from agreement.compose.tongue import locale_of, say_month
from agreement.form import Found
from agreement.household import Choices, Household
from agreement.library import Country, HelpLine, Library
from agreement.library.pages import Line, MinimumAge, Part, minimum_ages, page_names, page_words, read_page
from agreement.library.phrases import Phrases
from agreement.source import Text, where_of

_HOLE = re.compile(r"\{(\w+)\}")


def compose_pages(household: Household, choices: Choices, library: Library, agreement: Agreement) -> list[Handout]:
    """Return the extra pages that `choices` ask for, each once, in the order in which they were asked for.

    `agreement` is the household's own. Raises InputError with every name that is unknown.
    """
    found = Found("F")
    known = page_names(library)
    for name in choices.add:
        if name not in known:
            found.unknown("extra page", Text(name, where_of(name, "add")), known)
    selection = select(household, choices, library, found)
    found.stop()
    writer = _Writer(agreement, selection, library, choices.figures)
    return [writer.handout(str(name)) for name in dict.fromkeys(choices.add)]


class _Writer:
    """Holds what every extra page of one household is made from."""

    def __init__(self, agreement: Agreement, selection: Selection, library: Library, figures: bool) -> None:
        self.agreement, self.selection, self.library, self.figures = agreement, selection, library, figures
        self.words = page_words(library, agreement.language)

    def handout(self, name: str) -> Handout:
        """Return one extra page."""
        agreement = self.agreement
        page = read_page(self.library, name, agreement.language)
        passages = tuple(self._passage(part) for part in page.parts)
        if page.form == "questions":
            passages = (*questions(self.selection, agreement, self.library), *passages)
        return Handout(
            name=name,
            form=page.form,
            language=agreement.language,
            locale=agreement.locale,
            paper=agreement.paper,
            title=page.title,
            lead=self._sentence(page.lead),
            passages=tuple(passage for passage in passages if passage.pieces or passage.heading),
            side=agreement.say("side"),
            whose=agreement.family_name,
            side_title=page.side_title,
            side_lead=self._sentence(page.side_lead),
            side_form=page.side_form or page.form,
            card=agreement.card,
            card_back=agreement.card_back,
            young=agreement.young,
            large=agreement.large,
            words=tuple((key, self.words(key)) for key in ("cut", "qr_alt", "tick")),
            expansions=agreement.say.pairs("abbreviations"),
        )

    def _passage(self, part: Part) -> Passage:
        pieces = tuple(self._pieces(part))
        return Passage(part.heading if pieces else "", pieces, part.starts)

    def _pieces(self, part: Part) -> Iterator[Piece]:
        yield from (Prose(self._sentence(text)) for text in part.text)
        for kind, lines in (("points", part.points), ("steps", part.steps), ("ticks", part.ticks)):
            if lines:
                yield Points(kind, tuple(self._line(line) for line in lines))
        if part.rows:
            yield Grid(part.headers, part.rows)
        if part.show:
            yield from self._shown(part.show)
        if part.contacts:
            yield Services(tuple(self._services(part)))
        if part.figures and self.figures:
            yield Points("points", tuple((Words(f"{text} ({source})"),) for text, source in part.figures))
        if part.lines:
            yield Lines((), part.lines, part.heading or self.words("line"))
        yield from (Prose(self._sentence(text)) for text in part.then)

    def _line(self, line: Line) -> Sentence:
        term = (Words(f"{line.term} ", strong=True),) if line.term else ()
        return (*term, *self._sentence(line.text))

    def _sentence(self, text: str) -> Sentence:
        """Return text with the country's emergency number for {emergency}, or a line to write it on, as for {day}."""
        pieces: list[Words | Hole] = []
        end = 0
        for match in _HOLE.finditer(text):
            pieces.append(Words(text[end : match.start()]))
            pieces.append(self._hole(match[1]))
            end = match.end()
        pieces.append(Words(text[end:]))
        return tuple(piece for piece in pieces if isinstance(piece, Hole) or piece.text)

    def _hole(self, name: str) -> Words | Hole:
        if name == "day":
            return Hole(name, "date", self.agreement.say("review_label"))
        if name != "emergency":
            raise KeyError(name)
        number = next((line.number for line in self._lines() if line.purpose == "emergency"), "")
        return Words(number, strong=True) if number else Hole(name, "time", self.agreement.say("help_emergency"))

    def _lines(self) -> Sequence[HelpLine]:
        country: Country | None = self.selection.country
        return country.help_lines if country else ()

    def _services(self, part: Part) -> Iterator[Service]:
        """Yield the country's services; a purpose that none of them serves gets a line to write on where it must."""
        country = self.selection.country
        shown = {line.id for line in self._lines() if part.audience in (line.audience, "everyone")}
        shown = set(country.card if country else ()) | (shown if part.audience != "child" else set())
        for purpose in part.contacts:
            lines = [line for line in self._lines() if line.purpose == purpose and line.id in shown]
            yield from map(self._service, lines)
            if not lines and (country is None or purpose in NEEDED):
                yield Service(self.words(f"purpose_{purpose}"), "")

    def _service(self, line: HelpLine) -> Service:
        name = line.called(self.agreement.language)
        label = self.words("service", purpose=self.words(f"purpose_{line.purpose}"), name=name)
        if line.purpose == "emergency":
            label = self.words("purpose_emergency")
        return Service(label, contacts_of(line, self.words), line.address)

    def _shown(self, what: str) -> Iterator[Piece]:
        if what == "trusted-adults":
            rows = tuple(row for row in self.agreement.trusted.rows if row)
            empty = len(self.agreement.trusted.rows) - len(rows)
            yield Lines(rows, max(empty, 1), self.words("trusted_label"))
        else:
            country = self.selection.country
            laws = minimum_ages(self.library, country.id) if country else ()
            if laws:
                yield Points("points", tuple(map(self._law, laws)))
            else:
                yield Lines((), 1, self.words("age_label"))

    def _law(self, law: MinimumAge) -> Sentence:
        what = law.what.get(self.agreement.language) or law.what["en"]
        locale = locale_of(self.agreement.language, self.selection.territory)
        since, checked = say_month(law.since, locale), say_month(law.checked, locale)
        said = self.words("law", what=what, since=since, source=law.source, checked=checked)
        return (Words(f"{law.age_years} ", strong=True), Words(said))


def contacts_of(line: HelpLine, words: Phrases) -> str:
    """Return every way to reach a service, the quickest first: numbers, then the address."""
    ways = []
    text = line.texted(words.language)
    if line.number and line.number == text:
        ways.append(words("call_or_text", number=line.number))
    else:
        ways += [words("call", number=line.number)] if line.number else []
        ways += [words("send_text", number=text)] if text else []
    if line.purpose == "emergency":
        ways = [line.number]
    return "\u00a0· ".join([*ways, *([line.address] if line.address else [])])
