"""PDF and twins say the same words in the same order, for every pack, extra page, language, family and text size.

Left aside is what stands beside places to write: names over promises, captions of sides, numbers of steps, dates.
"""

import re
from collections import Counter
from collections.abc import Iterable, Iterator

import pytest

from agreement.compose.handout import Grid
from agreement.household import Choices
from agreement.twin import Article
from agreement.twin.parts import Group, Part, text_of
from agreement.typeset.boxes import Box, Element, Role
from tests import layouts, pdf
from tests.matrix import FAMILIES, Case, cases

CASES = {case.name: case for case in cases()}
WORD = re.compile(r"\w+")


def said_by_twin(articles: list[Article]) -> Iterator[str]:
    """Yield what the twins say, a heading, paragraph, entry or row at a time."""
    for part in (part for article in articles for part in article.parts):
        yield from _said_in(part)


def _said_in(part: Part) -> Iterator[str]:
    yield part.heading
    for block in part.blocks:
        if isinstance(block, Grid):
            yield from (" ".join(row) for row in (block.headers, *block.rows))
        elif isinstance(block, Group):
            for entry in block.entries:
                yield f"{text_of(entry.label)} {text_of(entry.sentence)} {entry.why}"
        else:
            yield text_of(block.sentence)


def told(case: Case, units: Iterator[str]) -> list[str]:
    """Return words in order, without those of units that only say who or where."""
    people = [person.name for agreement in case.agreements() for person in (*agreement.children, *agreement.adults)]
    say = case.agreements()[0].say
    numbered = (say(key, number=number) for key in ("child_number", "adult_number") for number in range(1, 4))
    aside = set(WORD.findall(" ".join([*people, say("children"), say("adults"), say("date"), *numbered, "10"])))
    aside |= {str(digit) for digit in range(10)}
    found = []
    for unit in units:
        words = WORD.findall(unit)
        found += [] if set(words) <= aside else words
    return found


def said_by_pdf(case: Case) -> Iterator[str]:
    return map(_heard, layouts.blocks(case.document().root))


def _heard(node: Element | Box) -> str:
    """Return the words of a unit with a space around each label, cell and field, without the numbers of steps."""
    if not isinstance(node, Element):
        return layouts.words(node)
    said = "".join(map(_heard, node.kids))
    if node.role is Role.LABEL and said.isdigit():
        return ""
    return said if node.role is Role.SPAN else f" {said} "


def is_torn(case: Case) -> bool:
    """Tell whether paper divides a topic around the pledge; the twins keep it whole."""
    lists = list(layouts.elements(case.document().root, Role.SECTION))
    headless = [one for one in lists if one.kids and getattr(one.kids[0], "role", None) == Role.LIST]
    return bool(headless) and case.document().page_count > 1


@pytest.mark.parametrize("name", CASES)
def test_the_same_words(name: str) -> None:
    case = CASES[name]
    paper, twin = told(case, said_by_pdf(case)), told(case, said_by_twin(case.articles()))
    assert Counter(paper) == Counter(twin)
    if not is_torn(case):
        assert paper == twin


def test_few_topics_are_torn() -> None:
    assert sum(map(is_torn, CASES.values())) < len(CASES) / 10


def letters_of(units: Iterable[str], case: Case) -> str:
    """Return all letters in order, without what stands beside lines to sign: names, child, adult, date."""
    text = "".join(letter for letter in "".join(units) if letter.isalpha())
    people = [*(child.name for child in case.household.children), *(adult.name for adult in case.household.adults)]
    say = case.agreements()[0].say
    for beside in (*people, *(say(key, number="") for key in ("child_number", "adult_number")), say("date")):
        text = text.replace("".join(filter(str.isalpha, beside)), "")
    return text


@pytest.mark.parametrize("name", ["all pages no country", "filled large two bands", "each"])
def test_the_same_words_as_in_the_file(name: str) -> None:
    """The file itself, by our reader of PDF; its alternative text and its code are nothing to read in a twin."""
    case = CASES[name]
    read = [words for role, words in pdf.elements(case.pdf()) if role in {"H1", "H2", "P", "LI", "TR"}]
    assert letters_of(read, case) == letters_of(said_by_twin(case.articles()), case)


def test_one_side_stays_one_side() -> None:
    sheet = Case("", FAMILIES["nobody"], Choices(pack="workshop", country="US"))
    headings = [part.heading for part in sheet.articles()[0].parts]
    back = sheet.agreements()[0].card_back.heading
    assert back not in headings
    assert headings[1] == ""
    assert back in [part.heading for part in CASES["no country"].articles()[0].parts]
