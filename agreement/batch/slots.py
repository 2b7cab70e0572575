"""Names as slots: which sheets differ in nothing but names, and where names stand in what fields are called.

This module knows agreements and documents, and nothing of dies but how a slot is marked.
"""

from collections.abc import Iterator
from typing import NamedTuple

from agreement.compose.agreement import Agreement, Person, Sentence, Term, Words
from agreement.household import Adult, Child, Choices, Household, TrustedAdult
from agreement.library import Library
from agreement.pdf.slotted import TITLE, UnfitError, letter_set, mark
from agreement.typeset.boxes import Document, Element, FieldBox, LinkBox, Role

Slot = tuple[str, ...] | tuple[str, int] | tuple[str, str, int] | tuple[str, int, int]
FAMILY: Slot = ("family",)
RUNNING: Slot = ("running",)
FAMILY_TOKEN = "Xqzfamiliaz"
TITLED = "titled"
"""What the slots of running lines of extra pages begin with; their titles follow."""
MOST_IN_SEVERAL_BANDS = 2
"""Children of several bands in one kind of sheet; of more there are so many kinds that hardly one comes twice."""


class Named(str):
    """A text on the sheet that knows of whom it is."""

    slot: Slot

    def __new__(cls, value: str, slot: Slot) -> "Named":
        text = super().__new__(cls, value)
        text.slot = slot
        return text


class Kind(NamedTuple):
    """What sheets that differ only in names have in common."""

    choices: Choices
    """With `blanks` as sorted pairs, so that a kind can be looked up."""
    bands: tuple[str, ...]
    adult_count: int
    has_family: bool
    trusted_adults: tuple[bool, ...]
    """Whether it is said of each who that is."""
    letters: int
    """Which of LETTER_SETS the names are written in."""


def kind_of(household: Household, choices: Choices, library: Library) -> Kind | None:
    """Return the kind of sheet that a household gets; None when its ages or its choices are for nobody else."""
    bands = []
    for child in household.children:
        band = library.band_of(child.age_years) if child.age_years is not None else None
        if child.age_years is not None and band is None:
            return None
        bands.append(band.id if band else "")
    if len(set(bands)) > 1 and len(bands) > MOST_IN_SEVERAL_BANDS:
        return None
    names = [
        household.family,
        *(child.name for child in household.children),
        *(adult.name for adult in household.adults),
        *(said for adult in household.trusted_adults for said in adult),
    ]
    letters = letter_set(names)
    if letters < 0:
        return None
    return Kind(
        choices._replace(blanks=tuple(sorted(choices.blanks.items()))),  # type: ignore[arg-type]
        tuple(bands),
        len(household.adults),
        bool(household.family),
        tuple(bool(adult.who) for adult in household.trusted_adults),
        letters,
    )


def tokens(household: Household) -> Household:
    """Return a household with a word that nobody is called in the place of each name."""
    return household._replace(
        family=FAMILY_TOKEN if household.family else "",
        children=tuple(Child(f"Xqzchild{at}z", child.age_years) for at, child in enumerate(household.children)),
        adults=tuple(Adult(f"Xqzadult{at}z") for at in range(len(household.adults))),
        trusted_adults=_trusted_tokens(household),
    )


def _trusted_tokens(household: Household) -> tuple[TrustedAdult, ...]:
    return tuple(
        TrustedAdult(f"Xqztrusted{at}z", f"Xqzwho{at}z" if adult.who else "")
        for at, adult in enumerate(household.trusted_adults)
    )


def named(agreement: Agreement) -> Agreement:
    """Return an agreement whose names know their slots."""
    first = agreement.family[0] if agreement.family_name else None
    family = (Words(Named(agreement.family_name, FAMILY), whose=first.whose),) if isinstance(first, Words) else ()
    return agreement._replace(
        children=_members("child", agreement.children),
        adults=_members("adult", agreement.adults),
        family=family or agreement.family,
        sections=tuple(
            section._replace(children=tuple(_marked(term, agreement.children) for term in section.children))
            for section in agreement.sections
        ),
        trusted=agreement.trusted._replace(
            rows=tuple(_trusted(at, row) for at, row in enumerate(agreement.trusted.rows))
        ),
    )


def _trusted(at: int, row: Sentence) -> Sentence:
    """Return a line of a trusted adult in which what the household says knows its slot."""
    return tuple(
        words._replace(text=Named(words.text, ("trusted", at, place)))
        if isinstance(words, Words) and words.whose
        else words
        for place, words in enumerate(row)
    )


def trusted_texts(household: Household, model: Agreement) -> dict[Slot, str]:
    """Return what a household says of its trusted adults, by slot; `model` is the agreement of its tokens."""
    if not household.trusted_adults:
        return {}
    said = {
        token: text
        for adult, stand_in in zip(household.trusted_adults, _trusted_tokens(household), strict=True)
        for token, text in zip(stand_in, adult, strict=True)
    }
    return {
        ("trusted", at, place): said[words.text]
        for at, row in enumerate(model.trusted.rows)
        for place, words in enumerate(row)
        if isinstance(words, Words) and words.text in said
    }


def _marked(term: Term, children: tuple[Person, ...]) -> Term:
    """Return a term before which names know their slots: they are those of its promisers, in their order."""
    promisers = iter(term.children)
    mark = tuple(
        words._replace(text=Named(words.text, ("child", children.index(next(promisers)))))
        if isinstance(words, Words) and words.whose == "the name"
        else words
        for words in term.mark
    )
    return term._replace(mark=mark)


def _members(side: str, members: tuple[Person, ...]) -> tuple[Person, ...]:
    return tuple(
        Person(Named(person.name, (side, at)), Named(person.letters, ("letters", side, at)), person.number)
        for at, person in enumerate(members)
    )


class Labels:
    """What fields are called, as texts with tokens: from a document that was laid out for tokens."""

    def __init__(self, document: Document, household: Household) -> None:
        """Read a document. Raises UnfitError where a name is said in a place that nobody would mark."""
        self._labels = {box.name: box.label for box in document.root.boxes() if isinstance(box, FieldBox)}
        self.names: list[tuple[Slot, str]] = [
            (("child", at), child.name) for at, child in enumerate(household.children)
        ]
        self.names += [(("adult", at), adult.name) for at, adult in enumerate(household.adults)]
        tokens = [*filter(None, [household.family]), *(token for _, token in self.names)]
        tokens += [token for adult in household.trusted_adults for token in filter(None, adult)]
        for said in _said_elsewhere(document):
            if any(token in said for token in tokens):
                raise UnfitError("a name where no slot can be")

    def marked(self, document: Document, own: dict[Slot, str]) -> Document:
        """Return a document with marks for the names in labels and title. Raises UnfitError where that loses a name.

        `own` are the names of the household that the document was laid out for.
        """
        return document._replace(root=self._element(document.root, own), title=mark(TITLE))

    def _element(self, element: Element, own: dict[Slot, str]) -> Element:
        kids = tuple(
            self._element(kid, own)
            if isinstance(kid, Element)
            else kid._replace(label=self._label(kid, own))
            if isinstance(kid, FieldBox)
            else kid
            for kid in element.kids
        )
        return element._replace(kids=kids, alt=self._alt(element, own))

    def _alt(self, element: Element, own: dict[Slot, str]) -> str:
        """Return the text that stands for an element; that of a place to write is its field's label."""
        if element.role is not Role.FORM or not element.alt:
            return element.alt
        box = next((kid for kid in element.kids if isinstance(kid, FieldBox)), None)
        if box is None or box.label != element.alt:
            raise UnfitError("a place to write that is called unlike its field")
        return self._label(box, own)

    def _label(self, box: FieldBox, own: dict[Slot, str]) -> str:
        pattern = self._labels.get(box.name, "")
        said = written = pattern
        for number, (slot, token) in enumerate(self.names, 1):
            said = said.replace(token, own[slot])
            written = written.replace(token, mark(number))
        if said != box.label:
            raise UnfitError(f"the label of {box.name} is made in another way")
        return written


def _said_elsewhere(document: Document) -> Iterator[str]:
    """Yield everything that is said of a document beside its words, its title, and what its fields are called."""
    yield from (bookmark.title for bookmark in document.bookmarks)
    yield from document.page_labels
    yield from _said_in(document.root)


def _said_in(element: Element) -> Iterator[str]:
    yield element.expansion
    if element.role is not Role.FORM:
        yield element.alt
    for kid in element.kids:
        if isinstance(kid, Element):
            yield from _said_in(kid)
        elif isinstance(kid, FieldBox):
            yield from (kid.name, kid.value)
        elif isinstance(kid, LinkBox):
            yield from (kid.label, kid.address)
