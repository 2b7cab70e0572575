"""What stands under each structure element, read from the codes in the content, is what the Agreement says, exactly.

Read by tests/pdf.py, which shares no code with what draws; right to left included.
"""

from collections import Counter
from collections.abc import Iterator

import pytest

from agreement.compose import Agreement
from agreement.compose.agreement import Lines, Sentence, Term, Words
from agreement.pdf import read_aloud
from tests import pdf
from tests.matrix import FAMILIES, FILLED, Case, cases

CASES = {case.name: case for case in cases()}


def said(sentence: Sentence) -> str:
    """Return the words of a sentence; a blank that nobody filled has none."""
    return "".join(part.text if isinstance(part, Words) else part.value for part in sentence)


def terms_of(agreement: Agreement) -> Iterator[Term]:
    """Yield every promise that stands in a list."""
    for section in (*agreement.sections, agreement.together, agreement.steps):
        yield from section.children
        yield from section.adults


def reasons_of(agreement: Agreement) -> str:
    """Return the reasons beside the signatures, which are said as one."""
    return " ".join(term.why for term in agreement.signing.adults if term.why)


def rows_of(lines: Lines) -> Iterator[tuple[str, str]]:
    """Yield what is written in lines, as label and words."""
    for row in filter(None, lines.rows):
        mark = tuple(part for part in row if isinstance(part, Words) and part.strong)
        yield said(mark), said(row[len(mark) :])


def promised(agreement: Agreement) -> Counter[tuple[str, str]]:
    """Count what must stand even on a sheet of one side, which leaves out headings and places to write."""
    found = Counter([("H1", agreement.title), ("H2", agreement.pledge[0]), ("P", " ".join(agreement.pledge[1:]))])
    sections = (*agreement.sections, agreement.together)
    found.update(
        ("LBody", said(term.sentence) + term.why) for each in sections for term in (*each.children, *each.adults)
    )
    return found


def expected(agreement: Agreement) -> Counter[tuple[str, str]]:
    """Count what must stand under an element of its own."""
    back, card = agreement.card_back, agreement.card
    sections = (*agreement.sections, agreement.together, agreement.steps, agreement.broken, agreement.signing)
    tables = (agreement.apps, agreement.own, agreement.trusted)
    headings = [section.heading for section in sections if section.children or section.adults] + [
        table.heading for table in tables
    ]
    headings += [agreement.pledge[0], back.heading, card.heading]
    found = Counter({("H1", agreement.title): 1})
    found.update(("H2", heading) for heading in headings)
    found.update(("P", said(sentence)) for sentence in (agreement.family, agreement.review))
    found.update(("P", text) for text in (agreement.how_to, " ".join(agreement.pledge[1:]), back.lead, card.line))
    found.update(("LBody", sign) for sign in back.signs)
    for term in terms_of(agreement):
        found.update([("LBody", said(term.sentence) + term.why), *([("Lbl", said(term.mark))] if term.mark else [])])
        found.update([("P", term.why)] if term.why else [])
    for label, words in (*rows_of(agreement.own), *rows_of(agreement.trusted)):
        found.update([("LBody", words), *([("Lbl", label)] if label else [])])
    found.update(("P", said(term.sentence)) for term in agreement.broken.adults)
    found.update(("P", term.why) for term in agreement.broken.adults if term.why)
    found[("P", " ".join(said(term.sentence) for term in agreement.signing.adults))] += 1
    found.update(("P", whys) for whys in (reasons_of(agreement), " ".join(agreement.pledge_why)) if whys)
    found.update(("P", lines.hint) for lines in (agreement.own, agreement.trusted) if lines.hint)
    found.update(("LBody", person.name) for person in (*agreement.children, *agreement.adults))
    cells = [*agreement.apps.rows, agreement.apps.headers]
    found.update(
        ("TH" if row is cells[-1] or not at else "TD", cell) for row in cells for at, cell in enumerate(row) if cell
    )
    for contact in card.contacts:
        found.update([("Lbl", contact.label), *([("LBody", contact.contact)] if contact.contact else [])])
    return found


@pytest.mark.parametrize("name", CASES)
def test_every_element_reads_as_the_agreement_says(name: str) -> None:
    case = CASES[name]
    heard = Counter(pdf.elements(case.pdf()))
    short = case.document().page_count == 1
    wanted = [promised(agreement) if short else expected(agreement) for agreement in case.agreements()]
    missing = sum(wanted, Counter()) - heard
    assert not missing


@pytest.mark.parametrize("name", CASES)
def test_what_is_read_aloud_is_what_the_file_holds(name: str) -> None:
    case = CASES[name]
    assert read_aloud(case.document(), fields=case.choices.fields) == pdf.tags(case.pdf())


def test_nothing_is_said_that_the_agreement_does_not_say() -> None:
    case = Case("", FAMILIES["turned"], FILLED)
    (agreement,) = case.agreements()
    known = (
        "".join(text for _, text in expected(agreement))
        + agreement.say("date")
        + "123456"
        + "".join(agreement.say(key) for key in ("children", "adults"))
    )
    for role, text in pdf.elements(case.pdf()):
        if role in ("H1", "H2", "P", "Lbl", "TD", "TH", "Span", "Link"):
            assert text in known, (role, text)


def test_names_that_run_to_the_left_read_in_the_order_of_writing() -> None:
    heard = pdf.elements(Case("", FAMILIES["turned"], FILLED).pdf())
    assert ("LBody", "محمد") in heard
    assert ("LBody", "مریم (Mary) 12") in heard
    assert ("TH", "إنستغرام") in heard


def test_a_letter_that_goes_missing_is_missed() -> None:
    case = Case("", FAMILIES["one"], FILLED)
    (agreement,) = case.agreements()
    other = expected(agreement._replace(how_to=agreement.how_to + "!"))
    assert other - Counter(pdf.elements(case.pdf())) == {("P", agreement.how_to + "!"): 1}
