"""How PDF writes numbers, names and strings, as text whose characters are bytes (Latin-1).

Knows the grammar of PDF and nothing of pages, fonts or ReportLab.
"""

import codecs
import re
from functools import lru_cache

_ESCAPES = str.maketrans({"\\": "\\\\", "(": "\\(", ")": "\\)", "\r": "\\r", "\n": "\\n"})
_NEEDS_ESCAPE = re.compile(r"[\\()\r\n]").search
_NONE = "\ufffe"
_DOC_LETTERS = (
    bytes(range(0x18)).decode("ascii") + _NONE * 8 + bytes(range(0x20, 0x7F)).decode("ascii") + _NONE
    + "•†‡…—–ƒ⁄‹›−‰„“”‘’‚™ﬁﬂŁŒŠŸŽıłœšž" + _NONE
    + "€" + bytes(range(0xA1, 0xAD)).decode("latin-1") + _NONE + bytes(range(0xAE, 0x100)).decode("latin-1")
)  # fmt: skip
"""ISO 32000-1, annex D.3."""
_DOC_ENCODING = codecs.charmap_build(_DOC_LETTERS)
_MARKS = (b"\xfe\xff", b"\xff\xfe", b"\xef\xbb\xbf")
_ENTITIES = str.maketrans({"&": "&amp;", "<": "&lt;", ">": "&gt;", '"': "&quot;"})
_SCHEMES = ("https:", "mailto:", "tel:")
_DELIMITERS = "()<>[]{}/%#"


@lru_cache(maxsize=4096)
def number(value: float) -> str:
    """Write a number with at most two decimals, far below what a printer can show."""
    text = f"{value:.2f}".rstrip("0").rstrip(".")
    return "0" if text == "-0" else text


def numbers(*values: float) -> str:
    """Write numbers with a space between."""
    return " ".join(map(number, values))


@lru_cache(maxsize=256)
def name(text: str) -> str:
    """Write a name, with its slash."""
    return "/" + "".join(
        chr(byte) if 0x21 <= byte <= 0x7E and chr(byte) not in _DELIMITERS else f"#{byte:02X}"
        for byte in text.encode("utf-8")
    )


def byte_string(data: bytes) -> str:
    """Write a string of bytes."""
    return f"({data.decode('latin-1').translate(_ESCAPES)})"


def text_string(text: str) -> str:
    """Write a text string that a person may read: in PDFDocEncoding where that has all of it, else as UTF-16.

    Text that would begin like a mark of another encoding goes as UTF-16 too.
    """
    if not text.isascii():
        try:
            data = codecs.charmap_encode(text, "strict", _DOC_ENCODING)[0]
        except UnicodeEncodeError:
            data = b""
        if not data or data.startswith(_MARKS):
            data = b"\xfe\xff" + text.encode("utf-16-be")
        text = data.decode("latin-1")
    return f"({text.translate(_ESCAPES)})" if _NEEDS_ESCAPE(text) else f"({text})"


def read_doc_encoding(data: bytes) -> str:
    """Return the text of bytes in PDFDocEncoding."""
    return codecs.charmap_decode(data, "strict", _DOC_LETTERS)[0]


def xml_text(text: str) -> str:
    """Write text as it stands in XML, in an element or in an attribute."""
    return text.translate(_ENTITIES)


def reference(number_of_object: int) -> str:
    """Write a reference to an object."""
    return f"{number_of_object} 0 R"


def web_address(address: str) -> str:
    """Write an address in ASCII, as a link holds it. Raises ValueError for any but https:, mailto: and tel:."""
    if not address.lower().startswith(_SCHEMES):
        raise ValueError(f"a link must begin with https:, mailto: or tel:, not {address!r}")
    return "".join(chr(byte) if 0x21 <= byte <= 0x7E else f"%{byte:02X}" for byte in address.encode("utf-8"))
