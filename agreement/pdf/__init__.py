"""A laid-out document becomes the bytes of a PDF: accessible (PDF/UA-1), lasting (PDF/A-2a), the same each time.

The only room that knows ReportLab. It must not know of families, promises or how a page is laid out: it draws the boxes
that it is given and marks them with the roles that they carry.
"""

from agreement.pdf.about import Meta, bookmark_page, write_about, write_outline
from agreement.pdf.embed import Faces
from agreement.pdf.engine import Sheet
from agreement.pdf.fields import PLAIN_RESOURCE, Desk
from agreement.pdf.paint import Painter
from agreement.pdf.reading import Reading, plan
from agreement.pdf.tags import write_tree
from agreement.typeset.boxes import Document, FieldBox, TextBox

__all__ = ["Meta", "draw"]


def draw(document: Document, meta: Meta, *, fields: bool = True) -> bytes:
    """Return a document as a PDF file.

    Without `fields` there is nothing to type in; places to write are drawn and read all the same. Raises ValueError
    for what layout must not give: an address of another kind than https:, mailto: or tel:, two fields of one name.
    """
    reading = plan(document, fields=fields)
    sheet = Sheet(document.width_pt, document.height_pt, document.lang)
    faces = Faces()
    plain_key = _plain_key(document, reading)
    desk = Desk(sheet, faces, plain_key)
    pages = []
    for page in range(document.page_count):
        painter = Painter(faces)
        painter.artifacts(reading.artifacts[page])
        for passage in reading.passages[page]:
            painter.passage(passage)
        for note in reading.notes[page]:
            desk.place(note)
        bookmark_page(sheet, document.bookmarks, page)
        pages.append(sheet.close_page(painter.operators, page if reading.passages[page] else None))
    write_outline(sheet, document.bookmarks)
    write_tree(sheet, reading, pages)
    desk.finish(faces.write(sheet, plain_key, PLAIN_RESOURCE))
    write_about(sheet, document, meta)
    return sheet.finish()


def _plain_key(document: Document, reading: Reading) -> str:
    """Return the face in which people type, the regular one of the first words on the sheet; "" without any field."""
    if not any(isinstance(note.box, FieldBox) for notes in reading.notes for note in notes):
        return ""
    first = next((box.run.face for box in document.root.boxes() if isinstance(box, TextBox)), "atkinson-regular")
    family = first.rpartition("-")[0]
    return f"{family if family in ('atkinson', 'andika') else 'atkinson'}-regular"
