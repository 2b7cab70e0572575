"""Files with one thing wrong each, made from a sound one, to see which judge notices what."""

from collections.abc import Callable
from io import BytesIO

import pikepdf

Defect = Callable[[pikepdf.Pdf], None]


def broken(sound: bytes, how: str) -> bytes:
    """Return the file with the defect of that name; "nothing" only writes it again."""
    changed = BytesIO()
    with pikepdf.open(BytesIO(sound)) as document:
        DEFECTS[how](document)
        document.save(
            changed,
            fix_metadata_version=False,
            compress_streams=False,
            stream_decode_level=pikepdf.StreamDecodeLevel.none,
        )
    return changed.getvalue()


def _first(document: pikepdf.Pdf, role: str, place: int = 0) -> pikepdf.Object:
    """Return the first element of a role, or one further on."""
    found = [thing for thing in document.objects if isinstance(thing, pikepdf.Dictionary) and thing.get("/S") == role]
    return found[place]


def _note(document: pikepdf.Pdf, kind: str) -> pikepdf.Object:
    notes = (note for page in document.pages for note in page.get("/Annots", []))
    return next(note for note in notes if note.get("/FT", note.Subtype) == kind)


def _font(document: pikepdf.Pdf) -> pikepdf.Object:
    return document.pages[0].Resources.Font.F0


def _map(document: pikepdf.Pdf, old: bytes, new: bytes) -> None:
    """Replace what a code of the first font means."""
    cmap = _font(document).ToUnicode
    told = cmap.read_bytes()
    assert old in told, f"the font has nothing that means {old!r}"
    cmap.write(told.replace(old, new))


def _drop(key: str) -> Defect:
    """Take an entry out of the catalog."""

    def drop(document: pikepdf.Pdf) -> None:
        del document.Root[key]

    return drop


def _skip_a_heading(document: pikepdf.Pdf) -> None:
    for thing in document.objects:
        if isinstance(thing, pikepdf.Dictionary) and thing.get("/S") == "/H2":
            thing.S = pikepdf.Name.H3


def _swap_marks(document: pikepdf.Pdf) -> None:
    first, second = _first(document, "/H2"), _first(document, "/H2", 1)
    first.K, second.K = second.K, first.K


def _not_embedded(document: pikepdf.Pdf) -> None:
    del _font(document).DescendantFonts[0].FontDescriptor["/FontFile2"]


def _text_outside(document: pikepdf.Pdf) -> None:
    page = document.pages[0]
    page.Contents = document.make_stream(
        page.Contents.read_bytes() + b"\nBT /F0 11 Tf 1 0 0 1 40 20 Tm (" + _first_code(document) + b") Tj ET"
    )


def _first_code(document: pikepdf.Pdf) -> bytes:
    told = _font(document).ToUnicode.read_bytes().split(b"beginbfchar\n")[1]
    return bytes.fromhex(told[1:5].decode())


def _ends_in_return(document: pikepdf.Pdf) -> None:
    page = document.pages[0]
    page.Contents = document.make_stream(page.Contents.read_bytes() + b"\n\r")


def _unlabelled_field(document: pikepdf.Pdf) -> None:
    del _note(document, "/Tx")["/TU"]


def _lost_field(document: pikepdf.Pdf) -> None:
    del _note(document, "/Tx")["/StructParent"]


def _silent_link(document: pikepdf.Pdf) -> None:
    del _note(document, "/Link")["/Contents"]


def _no_appearance(document: pikepdf.Pdf) -> None:
    del _note(document, "/Btn")["/AP"]


def _no_alt(document: pikepdf.Pdf) -> None:
    del _first(document, "/Figure")["/Alt"]


def _no_parents(document: pikepdf.Pdf) -> None:
    del document.pages[0]["/StructParents"]


def _no_order(document: pikepdf.Pdf) -> None:
    del document.pages[0]["/Tabs"]


def _no_headers(document: pikepdf.Pdf) -> None:
    for thing in document.objects:
        if isinstance(thing, pikepdf.Dictionary) and thing.get("/S") == "/TH":
            thing.S = pikepdf.Name.TD


def _other_order(document: pikepdf.Pdf) -> None:
    kids = document.Root.StructTreeRoot.K.K
    kids[1], kids[2] = kids[2], kids[1]


def _script(document: pikepdf.Pdf) -> None:
    document.Root.OpenAction = pikepdf.Dictionary(S=pikepdf.Name.JavaScript, JS="app.alert(1)")


def _letters_swapped(document: pikepdf.Pdf) -> None:
    _map(document, b"<0061>\n", b"<E000>\n")
    _map(document, b"<0065>\n", b"<0061>\n")
    _map(document, b"<E000>\n", b"<0065>\n")


DEFECTS: dict[str, Defect] = {
    "nothing": lambda _: None,
    "no language": _drop("/Lang"),
    "heading level skipped": _skip_a_heading,
    "marks of two headings swapped": _swap_marks,
    "font not embedded": _not_embedded,
    "field without a name to say": _unlabelled_field,
    "field outside the tree": _lost_field,
    "no metadata": _drop("/Metadata"),
    "title not shown": _drop("/ViewerPreferences"),
    "no colour profile": _drop("/OutputIntents"),
    "not marked as tagged": _drop("/MarkInfo"),
    "no tree": _drop("/StructTreeRoot"),
    "page without its place in the tree": _no_parents,
    "page without tab order": _no_order,
    "stream ends in a return": _ends_in_return,
    "space means soft hyphen": lambda document: _map(document, b"<0020>\n", b"<00AD>\n"),
    "letter means U+0000": lambda document: _map(document, b"<0061>\n", b"<0000>\n"),
    "two letters mean each other": _letters_swapped,
    "text outside all marks": _text_outside,
    "link that does not say where it goes": _silent_link,
    "picture without words": _no_alt,
    "box without an appearance": _no_appearance,
    "table without headers": _no_headers,
    "read in another order": _other_order,
    "a script": _script,
}
