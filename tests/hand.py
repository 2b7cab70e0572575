"""Typing into a field as a person does, in pdfium."""

import ctypes
from io import BytesIO

import pypdfium2
import pypdfium2.raw as pdfium
from PIL import Image


def typed(file: bytes, text: str) -> tuple[bytes, Image.Image]:
    """Type into the field at (150, 610); return the saved file, and the page as it then looks, at scale 2 in grey."""
    opened = pypdfium2.PdfDocument(file)
    opened.init_forms()
    shown, environment = opened[0], opened.formenv.raw
    pdfium.FORM_OnLButtonDown(environment, shown.raw, 0, 150, 610)
    pdfium.FORM_OnLButtonUp(environment, shown.raw, 0, 150, 610)
    letters = ctypes.create_string_buffer((text + "\0").encode("utf-16-le"))
    pdfium.FORM_ReplaceSelection(environment, shown.raw, ctypes.cast(letters, ctypes.POINTER(ctypes.c_ushort)))
    pdfium.FORM_ForceToKillFocus(environment)
    picture = shown.render(scale=2).to_pil().convert("L")
    saved = BytesIO()
    opened.save(saved)
    opened.close()
    return saved.getvalue(), picture
