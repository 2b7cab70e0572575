"""One long file of many documents, written part by part: fonts, profile and appearances once, memory flat.

Each part is drawn, tagged and closed before the next one begins; what has been written is forgotten but for a few
numbers. This module knows PDF files and nothing of households; the order of parts is the caller's.
"""

from array import array
from collections.abc import Iterable, Iterator, Mapping
from hashlib import sha256
from itertools import accumulate
from typing import IO, NamedTuple

from agreement.pdf.about import write_about
from agreement.pdf.cut import Cast, Cut
from agreement.pdf.embed import Faces
from agreement.pdf.engine import Body, Stream
from agreement.pdf.fields import PLAIN_RESOURCE
from agreement.pdf.lockstep import digits_of
from agreement.pdf.longfile import LongFile
from agreement.pdf.meta import Meta
from agreement.pdf.mold import CASTS_AT_A_TIME, GROUP, PLAIN_KEY, Mold
from agreement.pdf.outline import Outline
from agreement.pdf.syntax import reference, text_string
from agreement.typeset.boxes import Document, Element, Role

_MOST_WAITING = 32
"""Kinds of parts that wait until there are enough of them; of more, the one that began first is written as it is."""


class Called(NamedTuple):
    """What a part is called: the group of its fields, and in the outline, under a heading ("" for none)."""

    group: str
    heading: str = ""
    title: str = ""


class _Nodes(NamedTuple):
    """Own numbers of the objects of a part that others point to, 0 where there is none, and how many pages it has."""

    pages: int
    root: int
    leaf: int
    group: int
    page_count: int


class Volume(LongFile):
    """Writes to a binary file that can be sought in. Call `part` or `cast` for each document, then `finish`."""

    def __init__(self, out: IO[bytes], title: str, lang: str, meta: Meta) -> None:
        super().__init__(out)
        self._title, self._lang, self._meta = title, lang, meta
        self.faces = Faces()
        self.appearances: dict[str, int] = {}
        self.pages_number, self.document_number = self.reserve(), self.reserve()
        self._catalog: dict[str, str] = {"Type": "/Catalog"}
        self._fonts_text: dict[str, str] = {}
        self._fonts_number, self._catalog_number = self.reserve(), self.reserve()
        self._shared: dict[bytes, int] = {}
        self._starts: array[int] = array("Q")
        self._nodes: dict[_Nodes, int] = {}
        self._nodes_at: array[int] = array("I")
        self._next_key = 0
        self._outline = Outline()
        self._waiting: dict[int, tuple[Cut, list[Cast]]] = {}
        self._info = 0

    # ---- what drawing asks of a sheet ------------------------------------------------------------------------------

    def add_font(self, resource: str, font: Body) -> int:
        """Take a font into the file and into the resources of every page."""
        number = self.add(font)
        self._fonts_text[resource] = reference(number)
        return number

    def fonts(self) -> str:
        """Return a reference to the fonts, for the resources of pages and appearances."""
        return reference(self._fonts_number)

    def share(self, content: bytes) -> int:
        """Return the number of a stretch of a page that several parts share, and write it if it is new."""
        digest = sha256(content).digest()
        if digest not in self._shared:
            self._shared[digest] = self.add(Stream(content))
        return self._shared[digest]

    def set_catalog(self, key: str, text: str) -> None:
        """Set an entry of the catalog."""
        self._catalog[key] = text

    def set_info(self, info: Body) -> None:
        """Use `info` as the document information."""
        self._info = self.add(info)

    # ---- parts -----------------------------------------------------------------------------------------------------

    def part(self, document: Document, called: Called, *, fields: bool = True) -> None:
        """Draw a document as the next pages. The group of its fields must be called unlike all others."""
        mold = Mold(self, document, None, fields=fields)
        self._write_waiting(self._take(mold, {}, {}, called))

    def cast(self, mold: Mold, drawn: Mapping[int, bytes], said: Mapping[int, str], called: Called) -> None:
        """Take what a mold gives for one household as the next pages.

        `drawn` are the lines in the slots of pages, `said` the names in labels.
        """
        cut = self._take(mold, drawn, said, called)
        if len(self._casts(cut)) == CASTS_AT_A_TIME:
            self._write_waiting(cut)
        elif len(self._waiting) > _MOST_WAITING:
            self._write_waiting(next(iter(self._waiting.values()))[0])

    def _take(self, mold: Mold, drawn: Mapping[int, bytes], said: Mapping[int, str], called: Called) -> Cut:
        """Give a household its pages, and let what is on them wait to be written."""
        cut, block = mold.take(self)
        start = cut.start(block)
        self._starts.append(start)
        self._nodes_at.append(self._nodes.setdefault(_nodes_of(mold), len(self._nodes)))
        self._next_key = max(self._next_key, start + mold.keys)
        if called.title:
            self._outline.add(called.heading, called.title, start + int(mold.pages[0]))
        casts = self._casts(cut)
        if casts and len(digits_of(casts[0].block)) != len(digits_of(block)):
            self._write_waiting(cut)
            casts = self._casts(cut)
        casts.append(Cast(block, drawn, {**said, GROUP: called.group}))
        return cut

    def _casts(self, cut: Cut) -> list[Cast]:
        return self._waiting.setdefault(id(cut), (cut, []))[1]

    def _write_waiting(self, cut: Cut) -> None:
        _, casts = self._waiting.pop(id(cut))
        self.flush()
        cut.write(self, casts)

    # ---- the end ---------------------------------------------------------------------------------------------------

    def finish(self) -> None:
        """Write what all parts share, the outline, the cross-reference and the seal."""
        for cut, _ in list(self._waiting.values()):
            self._write_waiting(cut)
        has_fields = any(nodes.group for nodes in self._nodes)
        plain = self.faces.write(self, PLAIN_KEY if has_fields else "", PLAIN_RESOURCE)  # type: ignore[arg-type]
        fonts = "".join(f"/{name} {ref}" for name, ref in self._fonts_text.items())
        self.set(self._fonts_number, Body(f"<<{fonts}>>"))
        self.flush()
        first_pages = accumulate((nodes.page_count for _, nodes in self._parts()), initial=0)
        labels = (f"{first}<</S/D>>" for first, _ in zip(first_pages, self._starts, strict=False))
        self._set_long("PageLabels", "<</Nums[", labels, "]>>")
        count = sum(nodes.page_count for _, nodes in self._parts())
        self.write_long(self.pages_number, "<</Type/Pages/Kids[", self._references("pages"), f"]/Count {count}>>")
        self._finish_tree()
        if has_fields:
            typed = f"]/DA(/{PLAIN_RESOURCE} 11 Tf 0 g)/DR<</Font<</{PLAIN_RESOURCE} {reference(plain)}>>>>>>"
            self._set_long("AcroForm", "<</Fields[", self._references("group"), typed)
        if outline := self._outline.write(self):
            self.set_catalog("Outlines", reference(outline))
            self.set_catalog("PageMode", "/UseOutlines")
        self.set_catalog("Pages", reference(self.pages_number))
        self.set_catalog("Lang", text_string(self._lang))
        root = Element(Role.DOCUMENT)
        write_about(self, Document(0, 0, 0, root, (), self._title, self._lang), self._meta)  # type: ignore[arg-type]
        entries = "".join(f"/{key} {text}" for key, text in self._catalog.items())
        self.set(self._catalog_number, Body(f"<<{entries}>>"))
        self.flush()
        self.write_table(self._catalog_number, self._info)

    def _finish_tree(self) -> None:
        tree, parents = self.reserve(), self.reserve()
        above = f"<</Type/StructElem/S/Document/P {reference(tree)}/K["
        self.write_long(self.document_number, above, self._references("root"), "]>>")
        leaves = array("Q", sorted(self._numbers("leaf")))
        self.write_long(parents, "<</Kids[", map(reference, leaves), "]>>")  # readers search by halves
        ways = f"/K {reference(self.document_number)}/ParentTree {reference(parents)}"
        self.set(tree, Body(f"<</Type/StructTreeRoot{ways}/ParentTreeNextKey {self._next_key}>>"))
        self.set_catalog("StructTreeRoot", reference(tree))
        self.set_catalog("MarkInfo", "<</Marked true>>")

    def _set_long(self, key: str, before: str, listed: Iterable[str], after: str) -> None:
        """Set an entry of the catalog to an object with a list that grows with the file."""
        number = self.reserve()
        self.write_long(number, before, listed, after)
        self.set_catalog(key, reference(number))

    def _parts(self) -> Iterator[tuple[int, _Nodes]]:
        """Yield the number of each part's first object, and which objects are pointed to."""
        nodes = list(self._nodes)
        return ((start, nodes[at]) for start, at in zip(self._starts, self._nodes_at, strict=True))

    def _references(self, which: str) -> Iterator[str]:
        """Yield references to one object of each part that has it."""
        return map(reference, self._numbers(which))

    def _numbers(self, which: str) -> Iterator[int]:
        found = ((start, getattr(nodes, which)) for start, nodes in self._parts())
        return (start + own for start, own in found if own or which == "pages")


def _nodes_of(mold: Mold) -> _Nodes:
    return _Nodes(int(mold.pages_node), int(mold.root), int(mold.leaf), int(mold.group), len(mold.pages))
