"""ReportLab's canvas and document with what they lack: page keys, sound streams, object streams, a lasting file ID.

Knows PDF files and ReportLab, and nothing of what is drawn. Registers no font and leaves no trace in ReportLab's
process-wide tables, so that several documents can be drawn at the same time.
"""

import hashlib
import struct
import zlib
from collections.abc import Iterable, Sequence
from functools import lru_cache

from reportlab.pdfbase import pdfdoc
from reportlab.pdfgen.canvas import Canvas

from agreement.pdf.syntax import reference

HEADER = b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n"
ROW = struct.Struct(">xBIH")
"""A row of a cross-reference, and before it the byte that says how the row is coded."""
_UP = b"\x02"
_LEVEL = 6
_PACKED_LEVEL = 4
"""For objects, which are many and alike: twice as fast as 6, for 1 % of the file."""
_PAGE_KEYS = ("StructParents", "Tabs")
_CATALOG_KEYS = ("OutputIntents",)


class Body(pdfdoc.PDFObject):  # type: ignore[misc]
    """An object whose text is written by us; it may be filled in any time before the file is finished."""

    def __init__(self, text: str = "") -> None:
        self.text = text

    def format(self, document: object) -> bytes:
        """Return the bytes of the object."""
        return self.text.encode("latin-1")


class Stream(pdfdoc.PDFObject):  # type: ignore[misc]
    """A stream with an end-of-line before `endstream`, which PDF/A asks for and ReportLab's own does not write.

    It is CR LF: after a single one, data that themselves end in CR or LF would read as shorter than /Length says.
    `keys` stand in its dictionary as they are.
    """

    __RefOnly__ = 1

    def __init__(self, content: bytes, keys: str = "", *, deflate: bool = True, level: int = _LEVEL) -> None:
        self.content = zlib.compress(content, level) if deflate else content
        self.keys = f"{keys}/Filter/FlateDecode" if deflate else keys

    @classmethod
    def deflated(cls, pieces: Iterable[bytes], keys: str = "") -> "Stream":
        """Return a stream that is deflated piece by piece and never stands in memory as a whole."""
        packer = zlib.compressobj(_LEVEL)
        content = b"".join(map(packer.compress, pieces)) + packer.flush()
        return cls(content, f"{keys}/Filter/FlateDecode", deflate=False)

    def format(self, document: object) -> bytes:
        """Return the bytes of the dictionary and the stream."""
        return stream_text(self.keys, self.content)


class Sheet(Canvas):  # type: ignore[misc]
    """A canvas of pages of one size that takes finished operators and objects, and gives the bytes of the file."""

    def __init__(self, width_pt: float, height_pt: float, lang: str) -> None:
        box = [0, 0, width_pt, height_pt]
        super().__init__(
            "", pagesize=(width_pt, height_pt), invariant=1, pageCompression=0, lang=lang, cropBox=box, trimBox=box
        )

    def _make_preamble(self) -> None:
        """Begin pages with nothing: ReportLab would select Helvetica, which is not embedded."""
        self._preamble = ""

    def add(self, thing: "Body | Stream") -> int:
        """Take an object into the file, which does not hold it yet, and return its number.

        This is what ReportLab's Reference does for an object that it has not met.
        """
        doc = self._doc
        number: int = doc.objectcounter + 1
        doc.objectcounter = number
        key = f"R{number}"
        doc.idToObjectNumberAndVersion[key] = (number, 0)
        doc.numberToId[number] = key
        doc.idToObject[key] = thing
        return number

    def add_font(self, resource: str, font: "Body") -> int:
        """Take a font into the file and into the resources of every page."""
        found = self.add(font)
        self._doc.idToObject["BasicFonts"].dict[resource] = reference(found)
        return found

    def fonts(self) -> str:
        """Return a reference to the fonts of the document, for the resources of an appearance."""
        return reference(self._doc.idToObjectNumberAndVersion["BasicFonts"][0])

    def add_annotation(self, annotation: "Body") -> int:
        """Take an annotation into the file and onto the page at hand."""
        found = self.add(annotation)
        self._annotationrefs.append(reference(found))
        return found

    def set_catalog(self, key: str, text: str) -> None:
        """Set an entry of the catalog to what is written in `text`."""
        catalog = self._doc.Catalog
        if key in _CATALOG_KEYS:
            catalog.__NoDefault__ = [*catalog.__NoDefault__, key]
        setattr(catalog, key, text)

    def set_info(self, info: "Body") -> None:
        """Use `info` in the place of ReportLab's document information, which says "anonymous"."""
        self._doc.info = info

    def close_page(self, operators: list[str], struct_parents: int | None) -> int:
        """Finish the page at hand with these operators and return its object number."""
        self._code.extend(operators)
        self.showPage()
        page = self._doc.Pages.pages[-1]
        page.__NoDefault__ = [*page.__NoDefault__, *_PAGE_KEYS]
        page.Contents = Stream(page.stream.encode("latin-1"))
        if struct_parents is not None:
            page.StructParents = struct_parents
        if page.Annots:
            page.Tabs = "/S"
        found: int = self._doc.idToObjectNumberAndVersion[page.__InternalName__][0]
        return found

    def finish(self) -> bytes:
        """Return the whole file. The canvas must not be used any more."""
        found, keys = self.objects()
        plain = [(number, text) for number, thing, text in found if thing.__class__ is not Stream]
        streams = [(number, text) for number, thing, text in found if thing.__class__ is Stream]
        return _file(plain, streams, keys)

    def objects(self) -> tuple[list[tuple[int, object, bytes]], str]:
        """Return every object with its number and bytes, and the roots for the cross-reference.

        The canvas must not be used any more.
        """
        doc = self._doc
        doc.Reference(doc.Catalog)
        doc.Reference(doc.info)
        doc.Outlines.prepare(doc, self)
        if doc.Outlines.ready < 0:
            doc.Catalog.Outlines = None
        objects: list[tuple[int, object, bytes]] = []
        found, names, things = 1, doc.numberToId, doc.idToObject
        while found in names:  # formatting an object may add further ones
            thing = things[names[found]]
            if thing.__class__ is Body:
                text = thing.text.encode("latin-1")
            else:
                text = thing.format(doc) if isinstance(thing, Stream) else pdfdoc.format(thing, doc, toplevel=1)
            objects.append((found, thing, text))
            found += 1
        roots = {"Root": doc.Reference(doc.Catalog), "Info": doc.Reference(doc.info)}
        keys = "".join(f"/{key} {reference(doc.idToObjectNumberAndVersion[ref.name][0])}" for key, ref in roots.items())
        return objects, keys


def stream_text(keys: str, content: bytes) -> bytes:
    """Write a stream: what its dictionary holds beside the length, and its bytes as they are."""
    return b"<<%b/Length %d>>\nstream\n%b\r\nendstream" % (keys.encode("latin-1"), len(content), content)


def object_text(number: int, text: bytes) -> bytes:
    """Write an object with its number."""
    return b"%d 0 obj\n%b\nendobj\n" % (number, text)


def packed(objects: Sequence[tuple[int, bytes]]) -> tuple[bytes, str]:
    """Return the content of an object stream, which begins with its index, and the keys of its dictionary."""
    index, at = [], 0
    for number, text in objects:
        index.append(f"{number} {at}")
        at += len(text) + 1
    first = " ".join(index).encode("ascii") + b"\n"
    return first + b"\n".join([text for _, text in objects]), packed_keys(len(objects), len(first))


def packed_keys(count: int, first: int) -> str:
    """Return what the dictionary of an object stream says; `first` is the length of the index."""
    return f"/Type/ObjStm/N {count}/First {first}"


def _file(plain: list[tuple[int, bytes]], streams: list[tuple[int, bytes]], keys: str) -> bytes:
    """Write streams one by one, all other objects in one object stream, and a cross-reference stream."""
    holder = len(plain) + len(streams) + 1
    together = Stream(*packed(plain), level=_PACKED_LEVEL).format(None)
    rows = [ROW.pack(0, 0, 65535)] * (holder + 2)
    pieces, offset = [HEADER], len(HEADER)
    for found, text in [*streams, (holder, together)]:
        rows[found] = ROW.pack(1, offset, 0)
        piece = object_text(found, text)
        pieces.append(piece)
        offset += len(piece)
    for order, (found, _) in enumerate(plain):
        rows[found] = ROW.pack(2, holder, order)
    rows[holder + 1] = ROW.pack(1, offset, 0)
    digest = f"<{hashlib.md5(b''.join(pieces), usedforsecurity=False).hexdigest()}>"
    table = Stream(
        predicted(b"".join(rows), ROW.size),
        f"/Type/XRef/Size {holder + 2}/W[1 4 2]{keys}/ID[{digest}{digest}]/DecodeParms<</Predictor 12/Columns 7>>",
    )
    pieces.append(b"%d 0 obj\n%b\nendobj\nstartxref\n%d\n%%%%EOF\n" % (holder + 1, table.format(None), offset))
    return b"".join(pieces)


def predicted(rows: bytes, size: int, above: bytes = b"") -> bytes:
    """Write each row as its difference from the row above (PNG's "up"), which deflates to a fifth.

    The first byte of a row is for saying that it is coded so. `above` is the row before the first one.
    """
    changes = bytearray(_differences(rows, ((above or bytes(size)) + rows)[: len(rows)]))
    changes[::size] = _UP * (len(rows) // size)
    return bytes(changes)


def _differences(new: bytes, old: bytes) -> bytes:
    """Subtract bytes from as many bytes, each by itself.

    All at once, as two numbers of many digits: the highest bit of each byte is kept out of the subtraction, so that
    nothing is ever borrowed from the next.
    """
    high = _high_bits(len(new))
    left, right = int.from_bytes(new), int.from_bytes(old)
    return (((left | high) - (right & ~high)) ^ ((left ^ right ^ high) & high)).to_bytes(len(new))


@lru_cache(maxsize=16)
def _high_bits(count: int) -> int:
    return int.from_bytes(b"\x80" * count)
