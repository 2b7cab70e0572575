"""The way from a document to its bytes: boxes are sorted, pages are painted, then come fields, tags and metadata."""

from collections.abc import Sequence

from agreement.pdf.about import bookmark_page, write_about, write_outline
from agreement.pdf.embed import Faces
from agreement.pdf.engine import Sheet
from agreement.pdf.fields import PLAIN_RESOURCE, Desk, paint_page
from agreement.pdf.ink import inks_of
from agreement.pdf.meta import Meta
from agreement.pdf.paint import Painter
from agreement.pdf.reading import Reading, plain_stack, plan
from agreement.pdf.tags import write_tree
from agreement.typeset.boxes import Document, FieldBox
from agreement.typeset.fonts import key_of


def draw(document: Document, meta: Meta, *, fields: bool = True) -> bytes:
    """Return a document as a PDF file.

    Without `fields` there is nothing to type in: values of fields are drawn as text, and empty places to write are
    drawn and read all the same. Raises ValueError for what layout must not give: an address of another kind than
    https:, mailto: or tel:, two fields of one name.
    """
    reading = plan(document, fields=fields)
    sheet = Sheet(document.width_pt, document.height_pt, document.lang)
    faces = Faces()
    plain_key = typing_key(document, reading)
    desk = Desk(sheet, faces, plain_key)
    inks = inks_of(document.contrast)
    draw_pages(sheet, document, reading, desk, [Painter(faces, inks) for _ in range(document.page_count)])
    desk.finish(faces.write(sheet, plain_key, PLAIN_RESOURCE))
    write_about(sheet, document, meta)
    return sheet.finish()


def draw_pages(sheet: Sheet, document: Document, reading: Reading, desk: Desk, painters: Sequence[Painter]) -> None:
    """Paint each page with its own painter, place its fields and links, and write the outline and the tags of all."""
    pages = []
    for page, painter in enumerate(painters):
        paint_page(painter, reading, desk, page)
        bookmark_page(sheet, document.bookmarks, page)
        pages.append(sheet.close_page(painter.operators, page if reading.passages[page] else None))
    write_outline(sheet, document.bookmarks)
    write_tree(sheet, reading, pages)


def typing_key(document: Document, reading: Reading) -> str:
    """Return the face in which people type, the regular one of the first words on the sheet; "" without any field."""
    if not any(isinstance(note.box, FieldBox) for notes in reading.notes for note in notes):
        return ""
    return key_of(plain_stack(document)[0], False)
