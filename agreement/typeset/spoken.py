"""What is heard of a sheet beside its words: pictures that caption lists, and long promises cut to name their boxes.

Every picture is ink that stands on the paper anyway. Knows elements and nothing of places.
"""

from collections import Counter
from collections.abc import Iterable, Sequence

from agreement.compose.agreement import Agreement, Term, Words
from agreement.typeset.boxes import Box, Element, Role, Shape

Kid = Element | Box
LEAST_WORDS = 14
"""Nearly every promise is whole in the name of its box: nobody should agree to half of one."""


def text_of(term: Term) -> str:
    """Return the words of a term as a screen reader says them in the name of a field."""
    return "".join(part.text if isinstance(part, Words) else part.value or "…" for part in term.sentence)


def short_texts(agreement: Agreement) -> dict[str, str]:
    """Return every promise that has boxes, cut to its first words; no two promises of a sheet are cut alike."""
    sections = (*agreement.sections, agreement.together)
    return shortened([text_of(term) for section in sections for term in (*section.children, *section.adults)])


def shortened(texts: Iterable[str]) -> dict[str, str]:
    """Return each text cut to at least LEAST_WORDS words and to as many as tell it from all others."""
    words = {text: text.split() for text in texts}
    starts = Counter(_start(each, LEAST_WORDS) for each in words.values())
    short = {}
    for text, each in words.items():
        count = LEAST_WORDS
        alone = starts[_start(each, count)] == 1
        while not alone and count < len(each):
            count += 1
            start = _start(each, count)
            alone = sum(_start(other, count) == start for other in words.values()) == 1
        short[text] = text if count >= len(each) - 1 else f"{_start(each, count)} …"
    return short


def _start(words: Sequence[str], count: int) -> str:
    return " ".join(words[:count]).rstrip(" ,;:.…")


def picture(shapes: Iterable[Shape], alt: str) -> Element:
    """Return lines on the paper as a picture that says what they stand for."""
    return Element(Role.FIGURE, tuple(shapes), alt=alt)


def pictured_caption(form: Element, alt: str) -> Element:
    """Return a caption for a list whose first circle is `form`: an arc of that circle, drawn once more, says `alt`.

    Who promises stands nowhere in words: on paper the side of the sheet tells it, and the letters over the circles.
    """
    ring = next(box for box in form.kids if isinstance(box, Shape))
    start, curve = ring.path[1:3]
    arc = (("M", *start[1:]), curve)
    return caption_of([picture([ring._replace(path=arc)], alt)])


def caption_of(words: Sequence[Kid]) -> Element:
    """Return words that stand over a list as its caption."""
    return Element(Role.CAPTION, tuple(words))


def captioned(caption: Element | None, entries: Sequence[Element]) -> Element:
    """Return a list, and first in it its caption, if it has one."""
    return Element(Role.LIST, (caption, *entries) if caption else tuple(entries))
