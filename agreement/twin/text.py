"""An agreement as plain text: one line a paragraph, so that a screen reader or a braille line breaks it as it likes."""

from collections.abc import Iterator, Sequence

from agreement.compose.agreement import Agreement, Sentence, Table, Words
from agreement.twin.parts import Group, Part, head_of, parts_of

LINE = "_" * 20
"""A place to write."""


def write_text(agreements: Sequence[Agreement]) -> str:
    """Return one or more agreements as text, each line ending in a line feed."""
    return "\n\n".join("\n".join(_agreement(agreement)) + "\n" for agreement in agreements)


def _agreement(agreement: Agreement) -> Iterator[str]:
    yield from _part(head_of(agreement), "=")
    for part in parts_of(agreement):
        yield ""
        yield from _part(part, "-")
    if agreement.date_text:
        yield from ("", agreement.date_text)


def _part(part: Part, under: str) -> Iterator[str]:
    yield part.heading
    yield under * len(part.heading)
    for sentence in part.paragraphs:
        yield from ("", _words(sentence))
    for group in part.groups:
        yield ""
        if group.caption:
            yield from (f"{group.caption}:", "")
        yield from _entries(group)
    if part.table:
        yield ""
        yield from _table(part.table)


def _entries(group: Group) -> Iterator[str]:
    for number, entry in enumerate(group.entries, start=1):
        yield f"{f'{number}.' if group.numbered else '-'} {_words(entry.label)}{_words(entry.sentence)}"
        if entry.checks:
            yield "  " + "  ".join(f"[ ] {check.name}" for check in entry.checks)


def _words(sentence: Sentence) -> str:
    return "".join(part.text if isinstance(part, Words) else part.value or LINE for part in sentence)


def _table(table: Table) -> Iterator[str]:
    """Write each row as a line that names its columns, so that nobody must remember them."""
    for row in table.rows:
        yield "- " + "; ".join(f"{header}: {cell or LINE}" for header, cell in zip(table.headers, row, strict=True))
