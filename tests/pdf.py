"""What tests ask of a PDF: its text, its tags with the text under each, its fonts, its fields, a picture of a page.

`tags` is a reader of its own that goes from the structure tree through marks to the codes in the content and back to
text, and raises AssertionError where tree and content do not fit together. It shares no code with agreement.pdf.
"""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from io import BytesIO

import pikepdf
import pypdfium2

_PAINTING = {"S", "s", "f", "F", "f*", "B", "B*", "b", "b*", "Do", "sh"}
_Marks = dict[tuple[int, int], str]


@dataclass(frozen=True)
class Font:
    """A font as the file names it."""

    name: str
    kind: str
    embedded: bool


@dataclass(frozen=True)
class Field:
    """A field as a viewer finds it; `page` counts from 0, `box` is left, bottom, right, top."""

    name: str
    label: str
    kind: str
    value: str
    page: int
    box: tuple[float, float, float, float]


def text(pdf: bytes) -> str:
    """Return the text that pdfium reads, in the order of the content, with a form feed between pages."""
    document = pypdfium2.PdfDocument(pdf)
    try:
        pages = [page.get_textpage().get_text_range().replace("\r\n", "\n") for page in document]
    finally:
        document.close()
    return "\f".join(pages)


def png(pdf: bytes, page: int = 0, scale: float = 1.0) -> bytes:
    """Return a picture of a page, with its fields; at scale 1 a point is a pixel."""
    document = pypdfium2.PdfDocument(pdf)
    try:
        document.init_forms()
        picture = BytesIO()
        document[page].render(scale=scale).to_pil().save(picture, "PNG")
    finally:
        document.close()
    return picture.getvalue()


def fonts(pdf: bytes) -> list[Font]:
    """Return every font of the file, sorted by name and kind."""
    found = set()
    with pikepdf.open(BytesIO(pdf)) as document:
        for thing in document.objects:
            if (
                isinstance(thing, pikepdf.Dictionary)
                and thing.get("/Type") == "/Font"
                and "/DescendantFonts" not in thing
            ):
                descriptor = thing.get("/FontDescriptor", pikepdf.Dictionary())
                found.add(Font(str(thing.BaseFont)[1:], str(thing.Subtype)[1:], "/FontFile2" in descriptor))
    return sorted(found, key=lambda font: (font.name, font.kind))


def fields(pdf: bytes) -> list[Field]:
    """Return the fields in the order of the form."""
    with pikepdf.open(BytesIO(pdf)) as document:
        form = document.Root.get("/AcroForm")
        pages = {page.objgen: place for place, page in enumerate(document.pages)}
        homes = {note.objgen: pages[page.objgen] for page in document.pages for note in page.get("/Annots", [])}
        return [_field(each, homes[each.objgen]) for each in _leaves(form.Fields if form is not None else [])]


def _leaves(fields: Iterable[pikepdf.Object]) -> Iterator[pikepdf.Object]:
    """Yield the fields that groups hold, and those that are in none."""
    for field in fields:
        if "/Kids" in field:
            yield from _leaves(field.Kids)
        else:
            yield field


def _field(each: pikepdf.Object, page: int) -> Field:
    left, bottom, right, top = (float(edge) for edge in each.Rect)
    value = each.get("/V", "")
    return Field(str(each.T), str(each.TU), str(each.FT)[1:], str(value).lstrip("/"), page, (left, bottom, right, top))


def tags(pdf: bytes) -> str:
    """Return the structure tree, an element a line, with what a reader hears under each."""
    with pikepdf.open(BytesIO(pdf)) as document:
        marks = read_marks(document)
        reader = _TreeReader(document, marks)
        lines = list(reader.element(document.Root.StructTreeRoot.K, 0))
        reader.check_all_read()
    return "\n".join(lines) + "\n"


def elements(pdf: bytes) -> list[tuple[str, str]]:
    """Return every element in reading order: its role, and all the text in it and below it."""
    with pikepdf.open(BytesIO(pdf)) as document:
        marks = read_marks(document)
        pages: dict[object, int] = {page.objgen: place for place, page in enumerate(document.pages)}
        found: list[tuple[str, str]] = []

        def read(element: pikepdf.Object) -> str:
            place = len(found)
            found.append(("", ""))
            kids = element.get("/K", pikepdf.Array([]))
            words = "".join(words_of(element, kid) for kid in (kids if isinstance(kids, pikepdf.Array) else [kids]))
            found[place] = (str(element.S)[1:], words)
            return words

        def words_of(element: pikepdf.Object, kid: pikepdf.Object | int) -> str:
            if not isinstance(kid, pikepdf.Dictionary):
                return marks[pages[element.Pg.objgen], int(kid)]
            if "/MCID" in kid:
                return marks[pages[kid.Pg.objgen], int(kid.MCID)]
            return read(kid) if "/S" in kid else ""

        read(document.Root.StructTreeRoot.K)
    return found


def read_marks(document: pikepdf.Pdf) -> _Marks:
    """Return the text under each mark, by page and number. Anything shown outside all marks is an AssertionError."""
    marks: _Marks = {}
    for place, page in enumerate(document.pages):
        for mark, words in _page_marks(page):
            assert (place, mark) not in marks, f"mark {mark} stands twice on page {place}"
            marks[place, mark] = words
    return marks


@dataclass
class _Frame:
    mark: int | None
    instead: str | None
    turned: bool
    parts: list[str]

    def words(self) -> str:
        if self.instead is not None:
            return self.instead
        return "".join(reversed(self.parts) if self.turned else self.parts)


def _page_marks(page: pikepdf.Page) -> Iterator[tuple[int, str]]:
    stack: list[_Frame] = []
    meanings: dict[bytes, str] = {}
    known: dict[str, dict[bytes, str]] = {}
    for instruction in pikepdf.parse_content_stream(page):
        operator, operands = str(instruction.operator), list(instruction.operands)
        if operator in ("BMC", "BDC"):
            stack.append(_frame(operands))
        elif operator == "EMC":
            frame = stack.pop()
            if frame.mark is not None:
                yield frame.mark, frame.words()
            elif stack:
                stack[-1].parts.append(frame.words())
        elif operator == "Tf":
            name = str(operands[0])
            if name not in known:
                known[name] = _meanings(page.Resources.Font[name])
            meanings = known[name]
        elif operator in ("Tj", "TJ"):
            assert stack, "text stands outside all marks"
            stack[-1].parts.extend(_shown(operands[0], meanings))
        elif operator in _PAINTING:
            assert stack, "a path is painted outside all marks"
    assert not stack, "a mark is not closed"


def _frame(operands: list[pikepdf.Object]) -> _Frame:
    properties = operands[1] if len(operands) > 1 else pikepdf.Dictionary()
    mark = properties.get("/MCID")
    instead = properties.get("/ActualText")
    return _Frame(
        None if mark is None else int(mark),
        None if instead is None else str(instead),
        str(operands[0]) == "/ReversedChars",
        [],
    )


def _shown(operand: pikepdf.Object, meanings: dict[bytes, str]) -> Iterator[str]:
    size = len(next(iter(meanings)))
    for piece in operand if isinstance(operand, pikepdf.Array) else [operand]:
        if isinstance(piece, pikepdf.String):
            codes = bytes(piece)
            assert len(codes) % size == 0, "half a code is shown"
            yield from (meanings[codes[place : place + size]] for place in range(0, len(codes), size))


def _meanings(font: pikepdf.Object) -> dict[bytes, str]:
    """Return what each code means, all codes of a font being of one length."""
    cmap = font.ToUnicode.read_bytes().decode("ascii")
    found: dict[bytes, str] = {}
    for size, kind, block in re.findall(r"(\d+) beginbf(char|range)\n(.*?)endbf", cmap, re.DOTALL):
        rows = [[bytes.fromhex(part) for part in re.findall(r"<([0-9A-F]+)>", line)] for line in block.splitlines()]
        assert len(rows) == int(size) <= 100, "a block of the ToUnicode map has another length than it says"
        for first, *last, meaning in rows:
            assert len(last) == (kind == "range"), "a line of the ToUnicode map has too much or too little"
            letter = meaning.decode("utf-16-be")
            for step in range(int.from_bytes(last[0]) - int.from_bytes(first) + 1 if last else 1):
                code = (int.from_bytes(first) + step).to_bytes(len(first))
                found[code] = letter[:-1] + chr(ord(letter[-1]) + step)
    assert len(set(map(len, found))) == 1, "codes of different lengths"
    assert "\0" not in "".join(found.values()), "a code means U+0000"
    return found


class _TreeReader:
    def __init__(self, document: pikepdf.Pdf, marks: _Marks) -> None:
        self._pages: dict[object, int] = {page.objgen: place for place, page in enumerate(document.pages)}
        self._marks = marks
        self._unread = set(marks)
        self._owners = _owners(document)
        self._keys = [int(page.get("/StructParents", -1)) for page in document.pages]
        self._notes = {note.objgen for page in document.pages for note in page.get("/Annots", [])}

    def element(self, element: pikepdf.Object, depth: int) -> Iterator[str]:
        """Yield the lines of an element and all below it."""
        head = f"{'  ' * depth}{str(element.S)[1:]}{_says(element)}"
        kids = element.get("/K", pikepdf.Array([]))
        below: list[str] = []
        for kid in kids if isinstance(kids, pikepdf.Array) else [kids]:
            below.extend(self._kid(element, kid, depth + 1))
        if len(below) == 1 and below[0].lstrip().startswith(("'", '"', "<")):
            yield f"{head} {below[0].strip()}"
        else:
            yield head
            yield from below

    def check_all_read(self) -> None:
        """Assert that every mark and every annotation belongs to an element."""
        assert not self._unread, f"no element holds the marks {sorted(self._unread)}"
        assert not self._notes, f"no element holds {len(self._notes)} annotations"

    def _kid(self, element: pikepdf.Object, kid: pikepdf.Object | int, depth: int) -> Iterator[str]:
        if isinstance(kid, pikepdf.Dictionary) and "/S" in kid:
            assert kid.P.objgen == element.objgen, "an element names another parent"
            yield from self.element(kid, depth)
        elif isinstance(kid, pikepdf.Dictionary) and kid.Type == "/OBJR":
            note = kid.Obj
            assert self._owners[int(note.StructParent)].objgen == element.objgen, "an annotation names another element"
            self._notes.discard(note.objgen)
            yield f"{'  ' * depth}<{_note(note)}>"
        else:
            page, mark = self._place(element, kid)
            owner = self._owners[self._keys[page]][mark]
            assert owner.objgen == element.objgen, f"mark {mark} of page {page} names another element"
            self._unread.remove((page, mark))
            yield f"{'  ' * depth}{self._marks[page, mark]!r}"

    def _place(self, element: pikepdf.Object, kid: pikepdf.Object | int) -> tuple[int, int]:
        if isinstance(kid, pikepdf.Dictionary):
            return self._pages[kid.Pg.objgen], int(kid.MCID)
        return self._pages[element.Pg.objgen], int(kid)


def _owners(document: pikepdf.Pdf) -> dict[int, pikepdf.Object]:
    """Return what the parent tree says by its keys, which must rise through all its leaves."""
    nums = list(_numbers(document.Root.StructTreeRoot.ParentTree))
    keys = [int(key) for key in nums[0::2]]
    assert keys == sorted(set(keys)), "the keys of the parent tree are not in order"
    assert not keys or keys[-1] < int(document.Root.StructTreeRoot.ParentTreeNextKey), "the next key is taken"
    return dict(zip(keys, nums[1::2], strict=True))


def _numbers(node: pikepdf.Object) -> Iterator[pikepdf.Object]:
    for kid in node.get("/Kids", []):
        found = list(_numbers(kid))
        assert [int(limit) for limit in kid.Limits] == [int(found[0]), int(found[-2])], "a leaf has other limits"
        yield from found
    yield from node.get("/Nums", [])


def _says(element: pikepdf.Object) -> str:
    said = "".join(f" {key[1:].lower()}={str(element[key])!r}" for key in ("/Lang", "/Alt", "/E") if key in element)
    attributes = element.get("/A", pikepdf.Dictionary())
    for key in ("/Scope", "/ListNumbering", "/Role", "/checked", "/Desc"):
        if key in attributes:
            said += f" {key[1:].lower()}={str(attributes[key]).lstrip('/')!r}"
    return said


def _note(note: pikepdf.Object) -> str:
    if note.Subtype == "/Link":
        return f"link {note.A.URI!s} {str(note.Contents)!r}"
    kind = {"/Tx": "text", "/Btn": "check"}[str(note.FT)]
    value = str(note.get("/V", "")).lstrip("/")
    return f"{kind} {str(note.TU)!r}{f' = {value!r}' if value else ''}"
