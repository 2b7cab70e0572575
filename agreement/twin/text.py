"""An agreement as plain text: one line a paragraph, so that a screen reader or a braille line breaks it as it likes."""

from collections.abc import Iterator, Sequence

from agreement.compose.agreement import Sentence, Words
from agreement.compose.handout import Grid, Prose
from agreement.twin.articles import Article
from agreement.twin.parts import Block, Entry, Group, Part

LINE = "_" * 20
"""A place to write."""


def write_text(articles: Sequence[Article]) -> str:
    """Return agreements and extra pages as text, each line ending in a line feed."""
    return "\n\n".join("\n".join(_article(article)) + "\n" for article in articles)


def _article(article: Article) -> Iterator[str]:
    for at, part in enumerate(article.parts):
        yield from [""] * min(at, 1)
        yield from _part(part, "-" if at else "=")
    if article.end:
        yield from ("", article.end)


def _part(part: Part, under: str) -> Iterator[str]:
    lines = [part.heading, under * len(part.heading)] if part.heading else []
    for block in part.blocks:
        lines += ["", *_block(block)]
    yield from lines if part.heading else lines[1:]


def _block(block: Block) -> Iterator[str]:
    if isinstance(block, Prose):
        yield _words(block.sentence)
    elif isinstance(block, Grid):
        yield from _rows(block)
    else:
        yield from (f"{block.caption}:", "") if block.caption else ()
        yield from _entries(block)


def _entries(group: Group) -> Iterator[str]:
    for number, entry in enumerate(group.entries, start=1):
        yield f"{f'{number}.' if group.numbered else '-'} {_entry(entry)}"
        if entry.why:
            yield f"  {entry.why}"
        if entry.checks:
            yield "  " + "  ".join(f"[ ] {check.name}" for check in entry.checks)


def _entry(entry: Entry) -> str:
    box = "[ ] " if entry.tick else ""
    between = "\n  " if entry.below else ""
    return f"{box}{_words(entry.label)}{between}{_words(entry.sentence)}"


def _words(sentence: Sentence) -> str:
    return "".join(part.text if isinstance(part, Words) else part.value or LINE for part in sentence)


def _rows(grid: Grid) -> Iterator[str]:
    """Write each row as a line that names its columns, so that nobody must remember them."""
    for row in grid.rows:
        yield "- " + "; ".join(f"{header}: {cell or LINE}" for header, cell in zip(grid.headers, row, strict=True))
