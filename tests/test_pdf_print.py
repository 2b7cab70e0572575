"""What comes out of a printer: the same picture from three viewers, whole pages, both sides, at their own size."""

import shutil
import subprocess
from functools import cache
from io import BytesIO
from pathlib import Path

import pikepdf
import pypdfium2
import pytest
from PIL import Image

from agreement.household import Choices
from agreement.library.pages import page_names
from agreement.pdf.lock import lock
from tests.matrix import FAMILIES, FILLED, Case, library

DOTS_PER_INCH = 150
ALIKE = 16.0
"""How far the mean grey of a square of 12 points may differ between two viewers, of 255. Edges give up to 13, a
word of the text that is missing 40 and more."""
SQUARE = 25
WORD = (84, 72, 180, 144)
"""Where the first letters of the title stand."""
PRINTED = {
    "sheet": FILLED,
    "fields left out": FILLED._replace(fields=False),
    "large": FILLED._replace(text_size="large", fields=False),
    "contrast on A4": FILLED._replace(style="contrast", paper="a4", fields=False),
    "large contrast in Spanish": FILLED._replace(text_size="large", style="contrast", language="es"),
    "reasons": FILLED._replace(reasons=True, fields=False),
    "one side": Choices(pack="workshop", country="US"),
    "all pages": FILLED._replace(add=page_names(library()), figures=True, fields=False),
    "all pages in large print": FILLED._replace(add=page_names(library()), text_size="large", paper="a4"),
}


@cache
def printed(name: str) -> bytes:
    family = "nobody" if name == "one side" else "two bands"
    return Case("", FAMILIES[family], PRINTED[name]).pdf()


def by_pdfium(file: Path) -> list[Image.Image]:
    opened = pypdfium2.PdfDocument(file)
    opened.init_forms()
    pictures = [page.render(scale=DOTS_PER_INCH / 72).to_pil().convert("L") for page in opened]
    opened.close()
    return pictures


def by_program(viewer: str, file: Path) -> list[Image.Image]:
    if shutil.which(viewer) is None:
        pytest.skip(f"{viewer} is not installed here")
    folder, dots = file.parent, str(DOTS_PER_INCH)
    ways = {
        "pdftoppm": ["pdftoppm", "-r", dots, "-gray", str(file), str(folder / "side")],
        "mutool": ["mutool", "draw", "-q", "-c", "gray", "-r", dots, "-o", str(folder / "side-%02d.pgm"), str(file)],
    }
    subprocess.run(ways[viewer], check=True, capture_output=True, timeout=120)
    pictures = []
    for made in sorted(folder.glob("side-*.pgm")):
        with Image.open(made) as picture:
            pictures.append(picture.convert("L"))
    return pictures


def farthest(one: Image.Image, other: Image.Image) -> int:
    """Return by how much the square that differs most differs in its mean grey."""
    side = (one.width // SQUARE, one.height // SQUARE)
    pairs: list[bytes] = [picture.resize(side, Image.Resampling.BOX).tobytes() for picture in (one, other)]
    return int(max(abs(mine - theirs) for mine, theirs in zip(*pairs, strict=True)))


@pytest.mark.parametrize("viewer", ["pdftoppm", "mutool"])
@pytest.mark.parametrize("name", PRINTED)
def test_paper_looks_the_same_from_other_viewers(viewer: str, name: str, tmp_path: Path) -> None:
    file = tmp_path / "sheet.pdf"
    file.write_bytes(printed(name))
    ours, theirs = by_pdfium(file), by_program(viewer, file)
    assert len(ours) == len(theirs)
    for mine, other in zip(ours, theirs, strict=True):
        assert abs(mine.width - other.width) <= 1
        assert abs(mine.height - other.height) <= 1
        assert farthest(mine, other) <= ALIKE


def test_letters_that_one_viewer_leaves_out_are_seen(tmp_path: Path) -> None:
    file = tmp_path / "sheet.pdf"
    file.write_bytes(printed("sheet"))
    whole = by_pdfium(file)[0]
    lacking = whole.copy()
    lacking.paste(255, WORD)
    assert farthest(whole, whole) == 0
    assert farthest(whole, lacking) > 1.5 * ALIKE


@pytest.mark.parametrize("name", [*PRINTED, "locked"])
def test_whole_pages_both_sides_no_scaling(name: str) -> None:
    file = lock(printed("sheet"), "word") if name == "locked" else printed(name)
    with pikepdf.open(BytesIO(file), password="word" if name == "locked" else "") as document:
        preferences = document.Root.ViewerPreferences
        assert preferences.Duplex == "/DuplexFlipLongEdge"
        assert preferences.PrintScaling == "/None"
        for page in document.pages:
            assert list(page.MediaBox)[:2] == [0, 0]
            assert page.MediaBox == page.CropBox == page.TrimBox
            assert int(page.get("/Rotate", 0)) == 0
            assert "/UserUnit" not in page
        sizes = {tuple(map(float, list(page.MediaBox)[2:])) for page in document.pages}
        assert sizes == {(595.28, 841.89)} or sizes == {(612.0, 792.0)}
