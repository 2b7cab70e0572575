"""One long file of many documents, written part by part: fonts, profile and appearances once, memory flat.

Each part is drawn, tagged and closed before the next one begins; what has been written is forgotten but for a few
numbers. This module knows PDF files and nothing of households; the order of parts is the caller's.
"""

from array import array
from typing import IO, NamedTuple

from agreement.pdf.about import write_about
from agreement.pdf.embed import Faces
from agreement.pdf.engine import Body, Stream
from agreement.pdf.fields import PLAIN_RESOURCE, Desk
from agreement.pdf.ink import inks_of
from agreement.pdf.longfile import LongFile
from agreement.pdf.meta import Meta
from agreement.pdf.paint import Painter
from agreement.pdf.reading import plan
from agreement.pdf.syntax import numbers, reference, text_string
from agreement.pdf.tags import write_elements
from agreement.typeset.boxes import Document, Element, FieldBox, Role

_PLAIN_KEY = "atkinson-regular"


class Entry(NamedTuple):
    """A line of the outline: a title under a heading ("" for none), and the object number of its page."""

    heading: str
    title: str
    page: int


class Volume(LongFile):
    """Writes to a binary file that can be sought in. Call `part` for each document, then `finish`."""

    def __init__(self, out: IO[bytes], title: str, lang: str, meta: Meta) -> None:
        super().__init__(out)
        self._title, self._lang, self._meta = title, lang, meta
        self._faces = Faces()
        self._catalog: dict[str, str] = {"Type": "/Catalog"}
        self._fonts_text: dict[str, str] = {}
        self._reserved = {
            name: self._reserve() for name in ("catalog", "pages", "fonts", "tree", "document", "parents")
        }
        self._appearances: dict[str, int] = {}
        self._widget_parents: array[int] = array("Q")
        self._page_nodes: array[int] = array("Q")
        self._first_pages: array[int] = array("Q")
        self._kids: array[int] = array("Q")
        self._leaves: list[tuple[int, int, int]] = []
        self._outline: list[Entry] = []
        self._keys = self._pages = 0
        self._info = 0
        self.draws_fields = True

    # ---- what drawing asks of a sheet ------------------------------------------------------------------------------

    def add_font(self, resource: str, font: Body) -> int:
        """Take a font into the file and into the resources of every page."""
        number = self.add(font)
        self._fonts_text[resource] = reference(number)
        return number

    def fonts(self) -> str:
        """Return a reference to the fonts, for the resources of an appearance."""
        return reference(self._reserved["fonts"])

    def add_annotation(self, annotation: Body) -> int:
        """Take an annotation into the file and onto the page at hand."""
        number = self.add(annotation)
        self._annotations.append(number)
        return number

    def set_catalog(self, key: str, text: str) -> None:
        """Set an entry of the catalog."""
        self._catalog[key] = text

    def set_info(self, info: Body) -> None:
        """Use `info` as the document information."""
        self._info = self.add(info)

    # ---- parts -----------------------------------------------------------------------------------------------------

    def part(self, document: Document, name: str, heading: str = "", title: str = "") -> None:
        """Draw a document as the next pages. `name` is that of the group of its fields, unlike all others.

        With a `title` it stands in the outline, under `heading` if there is one.
        """
        reading = plan(document, fields=self.draws_fields)
        pages_node, group = self._reserve(), self._reserve()
        first_key = self._keys
        for notes in reading.notes:
            for note in notes:
                note.key += first_key
        desk = _GroupDesk(self, self._faces, group, self._appearances)
        pages: list[int] = []
        inks = inks_of(document.contrast)
        for page in range(document.page_count):
            self._annotations: list[int] = []
            painter = Painter(self._faces, inks)
            painter.artifacts(reading.artifacts[page])
            for passage in reading.passages[page]:
                painter.passage(passage)
            for note in reading.notes[page]:
                desk.place(note)
            key = first_key + page if reading.passages[page] else None
            pages.append(self._page(document, painter.operators, pages_node, key))
        if document.page_count and any(reading.passages):
            entries = write_elements(self, reading, pages, self._reserved["document"], first_key)
            self._keys = first_key + document.page_count + sum(map(len, reading.notes))
            leaf = self.add(Body(f"<</Limits[{first_key} {self._keys - 1}]/Nums[{' '.join(entries)}]>>"))
            self._leaves.append((leaf, first_key, self._keys - 1))
            self._kids.append(reading.root.number)
        if desk.widgets:
            kids = " ".join(map(reference, desk.widgets))
            self._pending[group] = Body(f"<</T{text_string(name)}/Kids[{kids}]>>")
            self._widget_parents.append(group)
        else:
            self._pending[group] = Body("null")
        self._close_part(document, pages_node, pages)
        if title:
            self._outline.append(Entry(heading, title, pages[0]))

    def _close_part(self, document: Document, pages_node: int, pages: list[int]) -> None:
        kids = " ".join(map(reference, pages))
        parent = reference(self._reserved["pages"])
        self._pending[pages_node] = Body(f"<</Type/Pages/Parent {parent}/Kids[{kids}]/Count {len(pages)}>>")
        self._page_nodes.append(pages_node)
        self._first_pages.append(self._pages)
        self._pages += len(pages)
        self._flush()

    def _page(self, document: Document, operators: list[str], parent: int, key: int | None) -> int:
        box = numbers(0, 0, document.width_pt, document.height_pt)
        parts = [f"<</Type/Page/Parent {reference(parent)}/MediaBox[{box}]/CropBox[{box}]/TrimBox[{box}]"]
        parts.append(f"/Resources<</Font {self.fonts()}>>")
        if operators:
            content = self.add(Stream("\n".join(operators).encode("latin-1")))
            parts.append(f"/Contents {reference(content)}")
        if self._annotations:
            parts.append(f"/Annots[{' '.join(map(reference, self._annotations))}]/Tabs/S")
        if key is not None:
            parts.append(f"/StructParents {key}")
        return self.add(Body("".join(parts) + ">>"))

    # ---- the end ---------------------------------------------------------------------------------------------------

    def finish(self) -> None:
        """Write what all parts share, the outline, the cross-reference and the seal."""
        plain = self._faces.write(self, _PLAIN_KEY if self._widget_parents else "", PLAIN_RESOURCE)  # type: ignore[arg-type]
        fonts = "".join(f"/{name} {ref}" for name, ref in self._fonts_text.items())
        self._pending[self._reserved["fonts"]] = Body(f"<<{fonts}>>")
        kids = " ".join(map(reference, self._page_nodes))
        self._pending[self._reserved["pages"]] = Body(f"<</Type/Pages/Kids[{kids}]/Count {self._pages}>>")
        self._finish_tree()
        if self._widget_parents:
            groups = " ".join(map(reference, self._widget_parents))
            self.set_catalog(
                "AcroForm",
                f"<</Fields[{groups}]/DA(/{PLAIN_RESOURCE} 11 Tf 0 g)"
                f"/DR<</Font<</{PLAIN_RESOURCE} {reference(plain)}>>>>>>",
            )
        self._finish_outline()
        labels = "".join(f"{first}<</S/D>>" for first in self._first_pages)
        self.set_catalog("PageLabels", f"<</Nums[{labels}]>>")
        self.set_catalog("Pages", reference(self._reserved["pages"]))
        self.set_catalog("Lang", text_string(self._lang))
        root = Element(Role.DOCUMENT)
        write_about(self, Document(0, 0, 0, root, (), self._title, self._lang), self._meta)  # type: ignore[arg-type]
        self._pending[self._reserved["catalog"]] = Body(
            f"<<{''.join(f'/{key} {text}' for key, text in self._catalog.items())}>>"
        )
        self._flush()
        self._write_table(self._reserved["catalog"], self._info)

    def _finish_tree(self) -> None:
        reserved = self._reserved
        tree, document, parents = (reserved[name] for name in ("tree", "document", "parents"))
        kids = " ".join(map(reference, self._kids))
        self._pending[document] = Body(f"<</Type/StructElem/S/Document/P {reference(tree)}/K[{kids}]>>")
        leaves = " ".join(reference(leaf) for leaf, _, _ in self._leaves)
        self._pending[parents] = Body(f"<</Kids[{leaves}]>>")
        self._pending[tree] = Body(
            f"<</Type/StructTreeRoot/K {reference(document)}/ParentTree {reference(parents)}"
            f"/ParentTreeNextKey {self._keys}>>"
        )
        self.set_catalog("StructTreeRoot", reference(tree))
        self.set_catalog("MarkInfo", "<</Marked true>>")

    def _finish_outline(self) -> None:
        if not self._outline:
            return
        root = self._reserve()
        groups: dict[str, list[Entry]] = {}
        for entry in self._outline:
            groups.setdefault(entry.heading, []).append(entry)
        if set(groups) == {""}:
            numbers_here = self._siblings(groups[""], root)
        else:
            numbers_here = [self._reserve() for _ in groups]
            for at, (heading, entries) in enumerate(groups.items()):
                below = self._siblings(entries, numbers_here[at])
                self._pending[numbers_here[at]] = Body(
                    f"<</Title{text_string(heading or '-')}{_links(numbers_here, at, root)}"
                    f"/Dest[{reference(entries[0].page)}/Fit]"
                    f"/First {reference(below[0])}/Last {reference(below[-1])}/Count -{len(below)}>>"
                )
        self._pending[root] = Body(
            f"<</Type/Outlines/First {reference(numbers_here[0])}/Last {reference(numbers_here[-1])}"
            f"/Count {len(numbers_here)}>>"
        )
        self.set_catalog("Outlines", reference(root))
        self.set_catalog("PageMode", "/UseOutlines")

    def _siblings(self, entries: list[Entry], parent: int) -> list[int]:
        found = [self._reserve() for _ in entries]
        for at, entry in enumerate(entries):
            self._pending[found[at]] = Body(
                f"<</Title{text_string(entry.title)}{_links(found, at, parent)}/Dest[{reference(entry.page)}/Fit]>>"
            )
        return found


def _links(siblings: list[int], at: int, parent: int) -> str:
    before = f"/Prev {reference(siblings[at - 1])}" if at else ""
    after = f"/Next {reference(siblings[at + 1])}" if at + 1 < len(siblings) else ""
    return f"/Parent {reference(parent)}{before}{after}"


class _GroupDesk(Desk):
    """A desk whose fields belong to a group, and whose appearances are shared with other desks."""

    def __init__(self, volume: Volume, faces: Faces, group: int, appearances: dict[str, int]) -> None:
        super().__init__(volume, faces, _PLAIN_KEY)  # type: ignore[arg-type]
        self._appearances = appearances
        self._group = group

    @property
    def widgets(self) -> list[int]:
        return self._widgets

    def _widget(self, box: FieldBox) -> str:
        return f"{super()._widget(box)}/Parent {reference(self._group)}"
