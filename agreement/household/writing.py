"""What people may write in a name or a sentence: shapes for agreement/form.py that refuse what nobody can see.

Any letter of any script is welcome, and `<b>`, `&`, `{blank}` and `()` are letters like others. This room knows no
key of the family file.
"""

import re
from typing import Any, NamedTuple

from agreement.form import Found, Kind, ListOf, Words
from agreement.household.people import MAX_AGE_YEARS, MAX_NAME, MIN_AGE_YEARS
from agreement.source import Node, Scalar, Sequence, Text

_DIRECTION = "[\u200e\u200f\u061c\u202a-\u202e\u2066-\u2069]"
_BREAK = "[\t\n\r\x0b\x0c\x1c-\x1e\x85\u2028\u2029]"
_CONTROL = "[\x00-\x1f\x7f-\x9f\ud800-\udfff\ufffe\uffff]"
_FOR_CHILDREN = f"This sheet is for children from {MIN_AGE_YEARS} to {MAX_AGE_YEARS}"
_BREAKS = {"\t": "a tab", "\n": "a line break", "\r": "a line break"}


def check_writing(text: Text, found: Found) -> None:
    """Note invisible direction signs, line breaks, tabs and control characters."""
    if text.isprintable():
        return
    direction = re.search(_DIRECTION, text)
    if direction:
        said = f"there is an invisible sign in this text, {_named(direction[0])}; it turns letters around."
        found.add(text.where, 321, said, "Delete the text and type it anew.")
    broken = re.search(_BREAK, text)
    if broken:
        said = f"there is {_BREAKS.get(broken[0], 'a line break')} in this text."
        found.add(text.where, 322, said, "Write it on one line, with spaces.")
    control = re.search(_CONTROL, re.sub(_BREAK, "", text))
    if control:
        found.add(
            text.where, 323, f"there is a control character, {_named(control[0])}.", "Delete it and type the text anew."
        )


def _named(character: str) -> str:
    from unicodedata import name  # only needed once something is wrong

    code = f"U+{ord(character):04X}"
    known = name(character, "")
    return f"{code} ({known.lower()})" if known else code


WRITING = Words(MAX_NAME, check=check_writing)


class Age(NamedTuple):
    """The age of a child in whole years."""

    def read(self, node: Node, found: Found) -> int | None:
        """Return the age; note what is none, and whom this sheet is not for."""
        text = node.text.strip() if isinstance(node, Scalar) else ""
        figures = text.removeprefix("-").removeprefix("+")
        if not (figures.isascii() and figures.isdigit()):
            mend = f"Write the age in figures, a whole number from {MIN_AGE_YEARS} to {MAX_AGE_YEARS}."
            found.add(node.where, 324, f'"{text[:40]}" is not an age.' if text else "here must stand an age.", mend)
            return None
        years = int(text) if len(text) < 5 else 9999
        if years < 0:
            found.add(node.where, 324, f"{years} is not an age.", "Write a whole number without the minus.")
        elif years < MIN_AGE_YEARS:
            mend = f"{_FOR_CHILDREN}; leave younger ones out, they can sign later."
            found.add(node.where, 325, f"{years} is too young for this sheet.", mend)
        elif years > MAX_AGE_YEARS:
            said = f"{text[:20]} is too old for a child here."
            found.add(node.where, 326, said, f"{_FOR_CHILDREN}; list grown-ups under adults.")
        else:
            return years
        return None

    def schema(self) -> dict[str, Any]:
        """Describe an age as JSON Schema."""
        return {"type": "integer", "minimum": MIN_AGE_YEARS, "maximum": MAX_AGE_YEARS}


class Several(NamedTuple):
    """A text, or a list of texts that is joined with commas."""

    def read(self, node: Node, found: Found) -> Text | None:
        """Return one text at the place of the first."""
        parts = ListOf(WRITING).read(node, found)
        return Text(", ".join(parts), node.where) if parts else None

    def schema(self) -> dict[str, Any]:
        """Describe it as JSON Schema."""
        return {"anyOf": [WRITING.schema(), ListOf(WRITING).schema()]}


class BlankValue(NamedTuple):
    """What fills a blank: a text, or a list of them. Nothing at all means: a line to write on."""

    def read(self, node: Node, found: Found) -> Text | tuple[Text, ...] | None:
        """Return a text, a tuple of several, or None."""
        if isinstance(node, Sequence):
            return ListOf(WRITING).read(node, found) or None
        if isinstance(node, Scalar) and node.empty:
            return None
        return WRITING.read(node, found)

    def schema(self) -> dict[str, Any]:
        """Describe it as JSON Schema."""
        return {"anyOf": [WRITING.schema(), ListOf(WRITING).schema(), {"type": "null"}]}


class People(NamedTuple):
    """A list of people of one kind, at most `limit`; `called` is what messages call them."""

    kind: Kind
    called: str
    limit: int

    def read(self, node: Node, found: Found) -> tuple[Any, ...]:
        """Return those who can be read; note when there are too many."""
        count = len(node.kids) if isinstance(node, Sequence) else 1
        if count > self.limit:
            said = f"there are {count} {self.called}; {self.limit} are the most that one agreement can hold."
            found.add(node.where, 327, said, "Make two agreements.")
            return ()
        values: tuple[Any, ...] = ListOf(self.kind).read(node, found)
        return values

    def schema(self) -> dict[str, Any]:
        """Describe it as JSON Schema."""
        return ListOf(self.kind, self.limit).schema()
