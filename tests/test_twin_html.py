"""The HTML twin: the same words, nothing from outside, and two judges that find nothing wrong."""

import re
from collections.abc import Sequence
from functools import cache
from html import unescape
from html.parser import HTMLParser
from itertools import pairwise

import pytest

from agreement.compose.agreement import Agreement
from agreement.compose.handout import Grid
from agreement.household import Adult, Child, Choices, Household
from agreement.twin import Article, articles_of, write_html
from agreement.twin.html import CONTRAST, STYLE
from agreement.twin.parts import Group, text_of
from tests import browser
from tests.matrix import FAMILIES, FILLED, Case, cases

CASES = {case.name: case for case in cases()}
JUDGED = [
    name
    for name in CASES
    if name.startswith(("filled normal", "all pages", "reasons en"))
    or "everyday" in name
    or name in ("each", "no country")
]


class Reader(HTMLParser):
    """Takes a page apart: its text, its tags with their attributes, and what names each place to write."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.tags: list[tuple[str, dict[str, str | None]]] = []
        self.text = ""
        self.open: list[str] = []
        self.feed(page)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, dict(attrs)))
        if tag not in ("meta", "input", "br"):
            self.open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag

    def handle_data(self, data: str) -> None:
        if "style" not in self.open:
            self.text += data


@cache
def page_of(name: str) -> str:
    return CASES[name].html()


def twin_of(agreement: Agreement, **how: bool) -> str:
    return write_html(articles_of([agreement]), agreement, **how)


def sentences(articles: Sequence[Article]) -> list[str]:
    """Return everything that articles say, a sentence at a time, without its blanks."""
    found = []
    for part in (part for article in articles for part in article.parts):
        found.append(part.heading)
        for block in part.blocks:
            if isinstance(block, Group):
                found += [block.caption, *map(text_of, (part for entry in block.entries for part in entry[:2]))]
                found += [entry.why for entry in block.entries]
            elif isinstance(block, Grid):
                found += [*block.headers, *(cell for row in block.rows for cell in row)]
            else:
                found.append(text_of(block.sentence))
    return [piece for text in found for piece in text.split("…") if piece.strip()]


@pytest.mark.parametrize("name", CASES)
def test_it_says_what_the_agreement_says(name: str) -> None:
    read = Reader(page_of(name))
    assert read.open == []
    for text in sentences(CASES[name].articles()):
        assert text.strip() in read.text, text


@pytest.mark.parametrize("name", CASES)
def test_nothing_comes_from_outside_and_nothing_runs(name: str) -> None:
    for tag, attributes in Reader(page_of(name)).tags:
        assert tag not in ("script", "link", "img", "iframe", "object", "form", "base")
        assert not any(key.startswith("on") or key in ("src", "style", "srcset") for key in attributes)
        assert tag != "a" or str(attributes["href"]).startswith("https://")
    assert "url(" not in STYLE + CONTRAST
    assert "@import" not in STYLE + CONTRAST


def test_every_place_to_write_has_a_name_to_say() -> None:
    inputs = [attributes for tag, attributes in Reader(page_of("filled normal nobody")).tags if tag == "input"]
    assert len(inputs) > 40
    assert all(attributes.get("aria-label") for attributes in inputs)
    labels = [attributes["aria-label"] for attributes in inputs if attributes["type"] == "text"]
    assert "Signature of child 1" in labels
    assert len(labels) == len(set(labels))


def test_without_fields_there_is_nothing_to_type_in() -> None:
    page = twin_of(CASES["filled normal two bands"].agreements()[0], fields=False)
    assert "<input" not in page
    assert '<span class="spoken">(Signature of Maya)</span>' in page


def test_names_are_data() -> None:
    household = Household("<b>&amp;", (Child('<script>"alert(1)"', 9),), (Adult("A & B"),))
    page = Case("", household, Choices(own=FILLED.own[:0])).html()
    assert "<script" not in page
    assert unescape(Reader(page).text).count('<script>"alert(1)"') > 5


def test_headings_go_down_by_one_and_ids_are_unique() -> None:
    page = page_of("each")
    levels = [int(level) for level in re.findall(r"<h(\d)", page)]
    assert levels[0] == 1
    assert all(after <= before + 1 for before, after in pairwise(levels))
    ids = re.findall(r' id="([^"]+)"', page)
    assert len(ids) == len(set(ids))
    assert set(re.findall(r'aria-labelledby="([^"]+)"', page)) <= set(ids)


def test_language_and_direction_stand_at_the_top() -> None:
    assert '<html lang="es-US">' in page_of("everyday es normal fields " + _family("everyday es normal fields"))
    turned = CASES["filled normal turned"].agreements()[0]._replace(language="ar", locale="ar-US")
    assert '<html lang="ar-US" dir="rtl">' in twin_of(turned)


def _family(start: str) -> str:
    return next(name for name in CASES if name.startswith(start)).removeprefix(start).strip()


def test_large_print_and_contrast_are_told_to_the_browser() -> None:
    agreement = CASES["filled normal one"].agreements()[0]
    plain, changed = (twin_of(each) for each in (agreement, agreement._replace(large=True, contrast=True)))
    assert "1.5rem" in changed.split("</style>")[0].replace(plain.split("</style>")[0], "")
    assert CONTRAST in changed
    assert CONTRAST not in plain


def test_all_families_are_judged() -> None:
    assert all(any(family in name for name in JUDGED) for family in FAMILIES)


@pytest.mark.browser
@pytest.mark.parametrize("name", JUDGED)
def test_axe_finds_nothing(name: str) -> None:
    assert browser.faults(page_of(name)) == []


@pytest.mark.browser
@pytest.mark.parametrize(
    ("old", "new", "fault"),
    [
        ('<html lang="en-US">', "<html>", ""),
        (' aria-label="Name of the family"', "", "label"),
        ("color: #000; background: #fff; overflow", "color: #777; background: #fff; overflow", "color-contrast"),
        ("<h2", "<h4", "heading-order"),
    ],
)
def test_axe_notices_what_is_wrong(old: str, new: str, fault: str) -> None:
    page = page_of("no country").replace("en-JP", "en-US")
    assert old in page
    found = browser.faults(page.replace(old, new))
    assert not fault or any(line.startswith(fault) for line in found)


@pytest.mark.browser
def test_the_html_checker_finds_nothing() -> None:
    assert browser.html_errors([page_of(name) for name in CASES]) == []


@pytest.mark.browser
def test_the_html_checker_notices_what_is_wrong() -> None:
    page = page_of("no country")
    found = browser.html_errors([page.replace("</ul>", "</ol>", 1), page.replace("<title>", "<titel>")])
    assert any("0.html" in line for line in found)
    assert any("1.html" in line for line in found)
