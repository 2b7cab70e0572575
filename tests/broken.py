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


def _map(document: pikepdf.Pdf, meanings: dict[str, str]) -> None:
    """Replace what letters of the first font mean; they are ASCII."""
    cmap = _font(document).ToUnicode
    told, lines, start = cmap.read_bytes().decode("ascii"), [], 0x20
    for letter, meaning in sorted(meanings.items()):
        code = ord(letter)
        if code > start:
            lines.append(f"<{start:02X}> <{code - 1:02X}> <{start:04X}>")
        lines.append(f"<{code:02X}> <{code:02X}> <{ord(meaning):04X}>")
        start = code + 1
    lines.append(f"<{start:02X}> <7E> <{start:04X}>")
    count, _, _ = told.split("endcodespacerange\n")[1].partition(" ")
    assert "<20> <7E> <0020>" in told, "the font of the sheet says what its letters mean in another way"
    told = told.replace(f"\n{count} beginbfrange", f"\n{int(count) + len(lines) - 1} beginbfrange")
    cmap.write(told.replace("<20> <7E> <0020>", "\n".join(lines)).encode("ascii"))


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
    del _font(document).FontDescriptor["/FontFile2"]


def _text_outside(document: pikepdf.Pdf) -> None:
    page = document.pages[0]
    page.Contents = document.make_stream(page.Contents.read_bytes() + b"\nBT /F0 11 Tf 1 0 0 1 40 20 Tm (a) Tj ET")


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
    "space means soft hyphen": lambda document: _map(document, {" ": "\u00ad"}),
    "letter means U+0000": lambda document: _map(document, {"a": "\0"}),
    "two letters mean each other": lambda document: _map(document, {"a": "e", "e": "a"}),
    "text outside all marks": _text_outside,
    "link that does not say where it goes": _silent_link,
    "picture without words": _no_alt,
    "box without an appearance": _no_appearance,
    "table without headers": _no_headers,
    "read in another order": _other_order,
    "a script": _script,
}
