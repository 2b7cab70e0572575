"""The outline of a long file: titles under headings, kept on disk until the end so that memory does not grow.

Knows titles and the numbers of pages, and nothing of what stands on them.
"""

import struct
import tempfile
from array import array
from collections.abc import Sequence
from typing import NamedTuple

from agreement.pdf.engine import Body
from agreement.pdf.longfile import LongFile
from agreement.pdf.syntax import reference, text_string

_LENGTH = struct.Struct(">I")
_AT_A_TIME = 5000


class _Group(NamedTuple):
    """The titles under one heading: where each lies in the temporary file, and the page it leads to."""

    places: "array[int]"
    pages: "array[int]"


class Outline:
    """Takes titles in the order of the file; `write` puts them under their headings."""

    def __init__(self) -> None:
        self._titles = tempfile.TemporaryFile()  # noqa: SIM115 - closed when all is written
        self._groups: dict[str, _Group] = {}

    def add(self, heading: str, title: str, page: int) -> None:
        """Take a title under a heading ("" for none), with the object number of its page."""
        group = self._groups.setdefault(heading, _Group(array("Q"), array("Q")))
        group.places.append(self._titles.seek(0, 2))
        group.pages.append(page)
        text = title.encode("utf-8", "surrogatepass")
        self._titles.write(_LENGTH.pack(len(text)) + text)

    def write(self, file: LongFile) -> int:
        """Write the outline into the file and return its number, or 0 for an empty one."""
        if not self._groups:
            self._titles.close()
            return 0
        root = file.reserve()
        if set(self._groups) == {""}:
            top: Sequence[int] = self._siblings(file, self._groups[""], root)
        else:
            top = [file.reserve() for _ in self._groups]
            for at, (heading, group) in enumerate(self._groups.items()):
                below = self._siblings(file, group, top[at])
                head = f"/Title{text_string(heading or '-')}{_links(top, at, root)}"
                inside = f"/First {reference(below[0])}/Last {reference(below[-1])}/Count -{len(below)}"
                file.set(top[at], Body(f"<<{head}/Dest[{reference(group.pages[0])}/Fit]{inside}>>"))
        inside = f"/First {reference(top[0])}/Last {reference(top[-1])}/Count {len(top)}"
        file.set(root, Body(f"<</Type/Outlines{inside}>>"))
        self._titles.close()
        return root

    def _siblings(self, file: LongFile, group: _Group, parent: int) -> "array[int]":
        found = array("Q", (file.reserve() for _ in group.places))
        for at, (place, page) in enumerate(zip(group.places, group.pages, strict=True)):
            self._titles.seek(place)
            (length,) = _LENGTH.unpack(self._titles.read(_LENGTH.size))
            title = self._titles.read(length).decode("utf-8", "surrogatepass")
            head = f"/Title{text_string(title)}{_links(found, at, parent)}"
            file.set(found[at], Body(f"<<{head}/Dest[{reference(page)}/Fit]>>"))
            file.flush(at_least=_AT_A_TIME)
        return found


def _links(siblings: Sequence[int], at: int, parent: int) -> str:
    before = f"/Prev {reference(siblings[at - 1])}" if at else ""
    after = f"/Next {reference(siblings[at + 1])}" if at + 1 < len(siblings) else ""
    return f"/Parent {reference(parent)}{before}{after}"
