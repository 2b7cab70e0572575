"""Places to write, boxes to tick and links to follow, as annotations with appearances of our own.

A field shows what is typed in the plain font that the sheet carries; what that font lacks, a viewer draws in a font
of its own. No scripts, no NeedAppearances, no address but https:, mailto: and tel:.
"""

from agreement.pdf.embed import Faces
from agreement.pdf.engine import Body, Sheet, Stream
from agreement.pdf.flat import tick_of, written
from agreement.pdf.paint import Painter, path_operators, show
from agreement.pdf.reading import Note, Reading
from agreement.pdf.syntax import byte_string, number, numbers, reference, text_string, web_address
from agreement.typeset.boxes import FieldBox, FieldKind, LinkBox
from agreement.typeset.fonts import ANDIKA, ATKINSON

PLAIN_RESOURCE = "Write"
_PRINTED, _MULTILINE = 4, 1 << 12
_NOTHING_TYPED = "/Tx BMC\nEMC"
_SMALL = "0 0 1 1"


class Desk:
    """The fields and links of one document; `plain_key` is the face in which people type."""

    def __init__(self, sheet: Sheet, faces: Faces, plain_key: str) -> None:
        self._sheet = sheet
        self._faces = faces
        self._plain_key = plain_key
        self._appearances: dict[str, int] = {}
        self._ticks: dict[tuple[float, float], tuple[int, int]] = {}
        self._names: set[str] = set()
        self._widgets: list[int] = []

    def place(self, note: Note) -> None:
        """Put a field or a link onto the page at hand, and its object number into the note."""
        text = self._link(note.box) if isinstance(note.box, LinkBox) else self._widget(note.box)
        box = note.box
        edges = numbers(box.x, box.y, box.x + box.width, box.y + box.height)
        note.number = self._sheet.add_annotation(
            Body(f"<</Type/Annot/Rect[{edges}]/F {_PRINTED}/StructParent {note.key}{text}>>")
        )
        if isinstance(box, FieldBox):
            self._widgets.append(note.number)

    def finish(self, plain_font: int) -> None:
        """Write the form into the catalog, if there is a field at all."""
        if not self._widgets:
            return
        fields = " ".join(map(reference, self._widgets))
        self._sheet.set_catalog(
            "AcroForm",
            f"<</Fields[{fields}]/DA(/{PLAIN_RESOURCE} 11 Tf 0 g)"
            f"/DR<</Font<</{PLAIN_RESOURCE} {reference(plain_font)}>>>>>>",
        )

    def _link(self, box: LinkBox) -> str:
        return (
            f"/Subtype/Link/Border[0 0 0]/Contents{text_string(box.label)}"
            f"/A<</S/URI/URI{byte_string(web_address(box.address).encode('ascii'))}>>"
        )

    def _widget(self, box: FieldBox) -> str:
        called = box.name.replace(".", "-")  # a full stop would make a family of fields
        if called in self._names:
            raise ValueError(f"two fields are called {called!r}")
        self._names.add(called)
        begin = f"/Subtype/Widget/T{text_string(called)}/TU{text_string(box.label)}"
        if box.kind is FieldKind.CHECK:
            return begin + self._check(box)
        return begin + self._text(box)

    def _check(self, box: FieldBox) -> str:
        state = "Yes" if box.value else "Off"
        size = (box.width, box.height)
        if size not in self._ticks:
            self._ticks[size] = (self._appearance(box, ""), self._appearance(box, _tick(box)))
        off, on = self._ticks[size]
        return f"/FT/Btn/V/{state}/AS/{state}/AP<</N<</Yes {reference(on)}/Off {reference(off)}>>>>"

    def _text(self, box: FieldBox) -> str:
        content = self._written(box) if box.value else _NOTHING_TYPED
        flags = f"/Ff {_MULTILINE}" if box.multiline else ""
        value = f"/V{text_string(box.value)}/DV{text_string(box.value)}" if box.value else ""
        middle = "/Q 1" if box.round else ""
        return (
            f"/FT/Tx{flags}{middle}{value}/DA(/{PLAIN_RESOURCE} {number(box.size_pt)} Tf 0 g)"
            f"/AP<</N {reference(self._appearance(box, content))}>>"
        )

    def _written(self, box: FieldBox) -> str:
        """Write a value as it will look before anybody types; every face of the sheet may be needed."""
        stack = ANDIKA if self._plain_key.startswith("andika") else ATKINSON
        operators = ["/Tx BMC", "q", f"0 0 {numbers(box.width, box.height)} re W n", "BT", "0 g"]
        for text in written(box, stack):
            face = self._faces[text.run.face].font_of(text.run)
            operators.append(f"/{face.resource} {number(box.size_pt)} Tf")
            operators.append(f"1 0 0 1 {numbers(text.x - box.x, text.y - box.y)} Tm")
            operators.append(show(text.run, face, box.size_pt))
        return "\n".join([*operators, "ET", "Q", "EMC"])

    def _appearance(self, box: FieldBox, content: str) -> int:
        """Write what a field looks like, once for all of that size and content; all that show nothing share one."""
        edges = _SMALL if content in ("", _NOTHING_TYPED) else numbers(0, 0, box.width, box.height)
        found = self._appearances.get(edges + content)
        if found is None:
            fonts = f"/Font {self._sheet.fonts()}" if " Tf" in content else ""
            keys = f"/Type/XObject/Subtype/Form/BBox[{edges}]/Resources<<{fonts}>>"
            found = self._sheet.add(Stream(content.encode("latin-1"), keys))
            self._appearances[edges + content] = found
        return found


def paint_page(painter: Painter, reading: Reading, desk: Desk, page: int) -> None:
    """Paint what is seen and what is read on a page, and place its fields and links."""
    painter.artifacts(reading.artifacts[page])
    for passage in reading.passages[page]:
        painter.passage(passage)
    for note in reading.notes[page]:
        desk.place(note)


def _tick(box: FieldBox) -> str:
    """Draw a tick; a path needs no font."""
    width_pt, points = tick_of(box)
    return f"q {number(width_pt)} w 1 J 1 j 0 G {path_operators(points)} S Q"
