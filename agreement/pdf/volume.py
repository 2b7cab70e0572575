"""One long file of many documents, written part by part: fonts, profile and appearances once, memory flat.

Each part is drawn, tagged and closed before the next one begins; what has been written is forgotten but for a few
numbers. This module knows PDF files and nothing of households; the order of parts is the caller's.
"""

from array import array
from collections.abc import Mapping
from hashlib import sha256
from typing import IO, NamedTuple

from agreement.pdf.about import write_about
from agreement.pdf.embed import Faces
from agreement.pdf.engine import Body, Stream
from agreement.pdf.fields import PLAIN_RESOURCE
from agreement.pdf.longfile import BLOCK, LongFile
from agreement.pdf.meta import Meta
from agreement.pdf.mold import GROUP, PLAIN_KEY, Cast, Mold
from agreement.pdf.outline import Outline
from agreement.pdf.syntax import reference, text_string
from agreement.typeset.boxes import Document, Element, Role

_CASTS_AT_A_TIME = 64
"""Households whose objects go into one object stream: kind by kind, each deflates to its difference from the last."""


class Called(NamedTuple):
    """What a part is called: the group of its fields, and in the outline, under a heading ("" for none)."""

    group: str
    heading: str = ""
    title: str = ""


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
        self._widget_parents: array[int] = array("Q")
        self._page_nodes: array[int] = array("Q")
        self._first_pages: array[int] = array("Q")
        self._kids: array[int] = array("Q")
        self._leaves: array[int] = array("Q")
        self._next_key = 0
        self._outline = Outline()
        self._waiting: dict[int, tuple[Mold, list[Cast]]] = {}
        self._pages = 0
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
        mold = Mold(self, document, {}, fields=fields)
        self.cast(mold, {}, {}, called)
        self._write_waiting(mold)

    def cast(self, mold: Mold, drawn: Mapping[int, bytes], said: Mapping[int, str], called: Called) -> None:
        """Take what a mold gives for one household as the next pages.

        `drawn` are the lines in the slots of pages, `said` the names in labels.
        """
        block = self.take_block(mold.count)
        first = block * BLOCK
        self._page_nodes.append(first + int(mold.pages_node))
        self._first_pages.append(self._pages)
        self._pages += len(mold.pages)
        if mold.keys:
            self._leaves.append(first + int(mold.leaf))
            self._next_key = first + mold.keys
            self._kids.append(first + int(mold.root))
        if mold.group:
            self._widget_parents.append(first + int(mold.group))
        if called.title:
            self._outline.add(called.heading, called.title, first + int(mold.pages[0]))
        _, casts = self._waiting.setdefault(id(mold), (mold, []))
        casts.append(Cast(block, drawn, {**said, GROUP: called.group}))
        if len(casts) == _CASTS_AT_A_TIME:
            self._write_waiting(mold)

    def _write_waiting(self, mold: Mold) -> None:
        _, casts = self._waiting.pop(id(mold))
        self.flush()
        mold.write(self, casts)

    # ---- the end ---------------------------------------------------------------------------------------------------

    def finish(self) -> None:
        """Write what all parts share, the outline, the cross-reference and the seal."""
        for mold, _ in list(self._waiting.values()):
            self._write_waiting(mold)
        plain = self.faces.write(self, PLAIN_KEY if self._widget_parents else "", PLAIN_RESOURCE)  # type: ignore[arg-type]
        fonts = "".join(f"/{name} {ref}" for name, ref in self._fonts_text.items())
        self.set(self._fonts_number, Body(f"<<{fonts}>>"))
        kids = " ".join(map(reference, self._page_nodes))
        self.set(self.pages_number, Body(f"<</Type/Pages/Kids[{kids}]/Count {self._pages}>>"))
        self.flush()
        self._finish_tree()
        if self._widget_parents:
            groups = " ".join(map(reference, self._widget_parents))
            self.set_catalog(
                "AcroForm",
                f"<</Fields[{groups}]/DA(/{PLAIN_RESOURCE} 11 Tf 0 g)"
                f"/DR<</Font<</{PLAIN_RESOURCE} {reference(plain)}>>>>>>",
            )
        if outline := self._outline.write(self):
            self.set_catalog("Outlines", reference(outline))
            self.set_catalog("PageMode", "/UseOutlines")
        labels = "".join(f"{first}<</S/D>>" for first in self._first_pages)
        self.set_catalog("PageLabels", f"<</Nums[{labels}]>>")
        self.set_catalog("Pages", reference(self.pages_number))
        self.set_catalog("Lang", text_string(self._lang))
        root = Element(Role.DOCUMENT)
        write_about(self, Document(0, 0, 0, root, (), self._title, self._lang), self._meta)  # type: ignore[arg-type]
        entries = "".join(f"/{key} {text}" for key, text in self._catalog.items())
        self.set(self._catalog_number, Body(f"<<{entries}>>"))
        self.flush()
        self.write_table(self._catalog_number, self._info)

    def _finish_tree(self) -> None:
        kids = " ".join(map(reference, self._kids))
        tree, parents = self.reserve(), self.reserve()
        self.set(self.document_number, Body(f"<</Type/StructElem/S/Document/P {reference(tree)}/K[{kids}]>>"))
        leaves = " ".join(map(reference, self._leaves))
        self.flush()
        self.set(parents, Body(f"<</Kids[{leaves}]>>"))
        ways = f"/K {reference(self.document_number)}/ParentTree {reference(parents)}"
        self.set(tree, Body(f"<</Type/StructTreeRoot{ways}/ParentTreeNextKey {self._next_key}>>"))
        self.set_catalog("StructTreeRoot", reference(tree))
        self.set_catalog("MarkInfo", "<</Marked true>>")
