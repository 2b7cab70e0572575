"""Household and choices become an Agreement: everything that the sheet says, in print order."""

from datetime import date

from agreement.compose import tongue
from agreement.compose.agreement import (
    Agreement,
    CardBack,
    Contact,
    HelpCard,
    Hole,
    Lines,
    Section,
    Sentence,
    Table,
    Term,
    Words,
)
from agreement.compose.people import people
from agreement.compose.select import Selection, select
from agreement.compose.wording import Side, Voice, child_terms, fill_blanks, mark_of, sentence, shared_words
from agreement.form import Found
from agreement.household import Choices, Household
from agreement.library import Clause, HelpLine, Library
from agreement.library import Section as Part
from agreement.library.phrases import Phrases
from agreement.source import Text, where_of

PAPERS = ("letter", "a4")
TEXT_SIZES = ("normal", "large")
STYLES = ("print", "contrast")
YOUNG_BAND = "5-7"
ROWS_TO_WRITE, ROWS_TO_WRITE_YOUNG = 4, 2
TRUSTED_ROWS = 2
REVIEW = "review"
NEEDED = {"emergency": "help_emergency", "talk": "help_talk_call", "report": "help_report"}
"""What a child's card must have room for, with the phrase over the line to write it on where no number is known."""


def compose(household: Household, choices: Choices, library: Library, today: date | None) -> Agreement:
    """Return the agreement of one household.

    `today` is the day on which it is made; None prints no date. Raises InputError with everything that is wrong.
    """
    found = Found("F")
    selection = select(household, choices, library, found)
    found.stop()
    return _Composer(household, choices, library, selection, today).agreement()


class _Composer:
    """Holds what every part of one agreement is made from.

    What is said once for all ages is said in the words of the youngest, but of those from 8 on where there are any:
    what a six-year-old can read alone is too little for a sister of fifteen, and somebody reads it to them.
    """

    def __init__(
        self, household: Household, choices: Choices, library: Library, selection: Selection, today: date | None
    ) -> None:
        self.household, self.choices, self.library, self.selection = household, choices, library, selection
        bands = tuple(band.id for band in selection.bands)
        self.alone_young = bands == (YOUNG_BAND,)
        self.shared = (*(band for band in bands if band != YOUNG_BAND), *(band for band in bands if band == YOUNG_BAND))
        phrases = library.phrases(selection.language, bands[0] if len(bands) == 1 else "")
        self.voice = Voice(selection.language, selection.territory, phrases, today)
        self.found = Found("F")
        labels = {band.id: band.label.get(selection.language, band.id) for band in selection.bands}
        self.side = Side(people([child.name for child in household.children]), selection.band_of, bands, labels)
        self.adults = people([adult.name for adult in household.adults])
        blanks = dict(choices.blanks) | (
            {Text(REVIEW, where_of(choices.review)): choices.review} if choices.review else {}
        )
        self.filled = fill_blanks(selection.clauses, Choices(blanks=blanks), self.voice, self.found)

    def agreement(self) -> Agreement:
        say, bands = self.voice.phrases, self.side.bands
        paper = self._paper()
        agreement = Agreement(
            language=self.voice.language,
            locale=self.voice.locale_name,
            paper=paper,
            young=YOUNG_BAND in bands,
            say=say,
            title=say("title"),
            family=self._family(),
            family_name=self._family_name(),
            review=self._phrase(
                "review_line", "date", Hole(REVIEW, "date", say("review_label"), self.filled.get(REVIEW, ""))
            ),
            children=self.side.people,
            adults=self.adults,
            how_to=say("how_to" if self.selection.sides > 1 else "how_to_one_side"),
            sections=tuple(self._sections("pairs")),
            pledge=tuple(self._plain("pledge")),
            card_back=CardBack(say("time_to_tell"), say("time_to_tell_lead"), say.several("time_to_tell_signs")),
            together=self._one("together"),
            apps=self._apps(),
            own=self._own(),
            steps=self._one("steps"),
            trusted=self._trusted(),
            broken=self._one("broken"),
            signing=self._one("review"),
            card=self._card(),
            date=self.voice.today,
            date_text=self._date_text(),
            large=self._choice("text_size", TEXT_SIZES) == "large",
            sides=self.selection.sides,
            contrast=self._choice("style", STYLES) == "contrast",
            pledge_why=self._whys("pledge"),
        )
        self.found.stop()
        return agreement

    def _date_text(self) -> str:
        """Only a family's own sheet carries the day on which it was made; an empty one is for any day."""
        today = self.voice.today
        return tongue.say_date(today, self.voice.locale) if today and self.household.family else ""

    def _paper(self) -> str:
        country = self.selection.country
        paper = self.choices.paper.lower() or (country.paper if country else "a4")
        if paper not in PAPERS:
            self.found.unknown("paper", Text(self.choices.paper, where_of(self.choices.paper, "paper")), PAPERS)
        return str(paper)

    def _choice(self, key: str, known: tuple[str, ...]) -> str:
        """Return what was chosen among a few words, the first without a choice."""
        chosen = getattr(self.choices, key)
        if chosen and chosen.lower() not in known:
            self.found.unknown(key.replace("_", " "), Text(chosen, where_of(chosen, key)), known)
        return str(chosen.lower() or known[0])

    def _family_name(self) -> str:
        name = " ".join(self.household.family.split())
        words = {word.casefold() for word in self.voice.phrases.several("family_names")}
        if not name or words & {word.casefold() for word in name.split()}:
            return name
        return self.voice.phrases("family", name=name)

    def _family(self) -> Sentence:
        if self.household.family:
            return (Words(self._family_name(), whose="the family's name"),)
        return self._phrase("family", "name", Hole("family", "text", self.voice.phrases("family_label")))

    def _phrase(self, key: str, name: str, hole: Hole) -> Sentence:
        before, after = self.voice.phrases.split(key, name)
        pieces = (Words(before) if before else None, hole, Words(after) if after else None)
        return tuple(piece for piece in pieces if piece)

    def _heading(self, part: Part) -> str:
        texts = part.heading.get(self.voice.language) or part.heading["en"]
        return texts.get(self.side.bands[0] if len(self.side.bands) == 1 else "8-10", "") or next(iter(texts.values()))

    def _part(self, form: str) -> Part:
        return next(part for part in self.library.sections.values() if part.form == form)

    def _clauses_of(self, part: Part) -> list[Clause]:
        return [clause for clause in self.selection.clauses if clause.place == part.id]

    def _plain(self, form: str) -> list[str]:
        """Return the wordings of a section that has no blanks and nobody's circles."""
        return [shared_words(clause, self.shared, self.voice.language) for clause in self._clauses_of(self._part(form))]

    def _whys(self, form: str) -> tuple[str, ...]:
        """Return the reasons of such a section, where reasons were asked for."""
        clauses = self._clauses_of(self._part(form)) if self.choices.reasons else []
        return tuple(filter(None, (clause.why.get(self.voice.language, "") for clause in clauses)))

    def _sections(self, form: str) -> list[Section]:
        parts = [part for part in self.library.sections.values() if part.form == form]
        sections = [self._section(part) for part in parts]
        return [section for section in sections if section.children or section.adults]

    def _one(self, form: str) -> Section:
        return self._section(self._part(form))

    def _section(self, part: Part) -> Section:
        children: list[Term] = []
        adults: list[Term] = []
        for clause in self._clauses_of(part):
            if clause.who != "child":
                adults.append(self._shared_term(clause))
            elif part.form == "steps":
                children.append(self._shared_term(clause))
            else:
                children += child_terms(clause, self.side, self.filled, self.voice)
        return Section(part.id, self._heading(part), part.icon, self._reasoned(children), self._reasoned(adults))

    def _reasoned(self, terms: list[Term]) -> tuple[Term, ...]:
        """Return terms with their reasons where these were asked for, else without."""
        return tuple(terms if self.choices.reasons else (term._replace(why="") for term in terms))

    def _shared_term(self, clause: Clause) -> Term:
        words = shared_words(clause, self.shared, self.voice.language)
        everyone = clause.who == "everyone"
        return Term(
            clause.id,
            sentence(clause, words, self.filled, self.voice.language),
            children=self.side.people if everyone else (),
            adults=self.adults,
            why=clause.why.get(self.voice.language, ""),
        )

    @property
    def _rows(self) -> int:
        return ROWS_TO_WRITE_YOUNG if self.alone_young else ROWS_TO_WRITE

    def _apps(self) -> Table:
        say = self.voice.phrases
        rows = [(row.app, row.who, row.follows) for row in self.choices.apps]
        empty = [("", "", "")] * (max(self._rows, len(self.choices.own)) - len(rows))
        return Table(say("apps"), say.several("apps_headers"), (*rows, *empty))

    def _own(self) -> Lines:
        say = self.voice.phrases
        rows: list[Sentence] = []
        for rule in self.choices.own:
            mark = mark_of([rule.name], self.voice) if rule.name else ()
            rows.append((*mark, Words(rule.text, whose="the rule")))
        rows += [()] * (max(self._rows, len(self.choices.apps)) - len(rows))
        return Lines(say("own"), say("own_hint"), tuple(rows))

    def _trusted(self) -> Lines:
        say = self.voice.phrases
        rows: list[Sentence] = []
        for adult in self.household.trusted_adults:
            said = {"name": adult.name, "who": adult.who}
            parts = (say("trusted_line") if adult.who else "{name}").replace("}", "{").split("{")
            whose = "the trusted adult's name"
            rows.append(tuple(Words(said[p], whose=whose, alone=True) if p in said else Words(p) for p in parts if p))
        rows += [()] * (TRUSTED_ROWS - len(rows))
        return Lines(say("trusted"), "", tuple(rows))

    def _card(self) -> HelpCard:
        """Return the card: the country's lines, and a line to write on for each purpose that must not be missing."""
        say, country = self.voice.phrases, self.selection.country
        lines = [country.names[name] for name in country.card] if country else []
        if self.alone_young:
            lines = [line for line in lines if line.purpose in NEEDED]
        known = {line.purpose for line in lines}
        empty = [Contact(say(phrase), "") for purpose, phrase in NEEDED.items() if purpose not in known]
        qr = country.names[country.qr].address if country and country.qr else ""
        return HelpCard(say("card"), say("card_line"), (*(_contact(line, say) for line in lines), *empty), qr)


def _contact(line: HelpLine, say: Phrases) -> Contact:
    """Return the cell of a help line: a number first for talking, an address first for the rest."""
    if line.purpose in {"talk", "crisis"}:
        text = line.texted(say.language)
        channels = (
            "_call_text"
            if line.number and line.number == text
            else "_call"
            if line.number
            else "_text"
            if text
            else "_web"
        )
        contact = line.number or text or line.address
        return Contact(say(f"help_{line.purpose}{channels}"), contact, "" if line.number or text else line.address)
    contact = line.address or line.number
    if line.purpose == "emergency":
        contact = line.number
    return Contact(say(f"help_{line.purpose}"), contact, line.address if contact == line.address else "")
