"""What six families read and see, kept as text in reading order and as small pictures.

`pytest --update-goldens` writes them anew; read the difference in git before you commit it.
"""

from collections.abc import Callable
from datetime import date
from io import BytesIO
from pathlib import Path

import pytest
from PIL import Image, ImageChops

from agreement.household import load_family
from agreement.make import compose_all, make_pdf
from agreement.typeset import lay_out
from tests import layouts, pdf
from tests.conftest import GOLDEN

TODAY = date(2026, 3, 12)
CASES = ("empty", "empty-a4", "rivera", "young", "ten", "arabic")
PICTURED = ("empty", "rivera", "young")
DOTS_PER_INCH = 50
SHADES = 16
BLOCK = 5
MOST_DIFFERENT = 40
"""How far two blocks of BLOCK by BLOCK dots may differ in brightness, of 255. Another version of pdfium draws edges a
little differently (3 to 8); a letter that is missing or stands elsewhere gives 60 and more."""


@pytest.mark.parametrize("case", CASES)
def test_text(case: str, check_golden: Callable[[str, str], None]) -> None:
    household, choices = load_family(GOLDEN / case / "family.yaml")
    document = lay_out(compose_all(household, choices, date=TODAY))
    check_golden(f"{case}/text.txt", layouts.reading(document))


@pytest.mark.parametrize("page", [1, 2])
@pytest.mark.parametrize("case", PICTURED)
def test_picture(case: str, page: int, update_goldens: bool) -> None:
    household, choices = load_family(GOLDEN / case / "family.yaml")
    drawn = pdf.png(make_pdf(household, choices, date=TODAY), page - 1, DOTS_PER_INCH / 72)
    actual = Image.open(BytesIO(drawn)).convert("L")
    check_picture(GOLDEN / case / f"page-{page}.png", actual, update_goldens)


def check_picture(expected: Path, actual: Image.Image, update: bool) -> None:
    """Compare a picture with the one that is kept; on a difference leave both it and the difference beside it."""
    made, difference = expected.with_suffix(".actual.png"), expected.with_suffix(".difference.png")
    if update:
        step = 256 // SHADES
        few = actual.point([min(255, (value // step) * 255 // (SHADES - 1)) for value in range(256)])
        few.quantize(SHADES).save(expected, optimize=True)
    if not expected.exists():
        actual.save(made)
        pytest.fail(f"there is no picture {expected}; what was drawn is in {made}", pytrace=False)
    kept = Image.open(expected).convert("L")
    apart = 255 if kept.size != actual.size else farthest(kept, actual)
    if apart <= MOST_DIFFERENT:
        made.unlink(missing_ok=True)
        difference.unlink(missing_ok=True)
        return
    actual.save(made)
    ImageChops.invert(ImageChops.difference(kept, actual.resize(kept.size))).save(difference)
    pytest.fail(f"differs by {apart} from {expected}; see {made} and {difference}", pytrace=False)


def farthest(one: Image.Image, other: Image.Image) -> int:
    """Return by how much the block that differs most differs in brightness."""
    small = (one.width // BLOCK, one.height // BLOCK)
    shrunk = [picture.resize(small, Image.Resampling.BOX) for picture in (one, other)]
    return max(ImageChops.difference(*shrunk).tobytes())


def test_a_picture_that_differs_is_seen(tmp_path: Path) -> None:
    kept = GOLDEN / "empty" / "page-1.png"
    (tmp_path / "page-1.png").write_bytes(kept.read_bytes())
    changed = Image.open(kept).convert("L")
    changed.paste(255, (25, 25, 60, 60))
    with pytest.raises(pytest.fail.Exception, match=r"differs by \d+"):
        check_picture(tmp_path / "page-1.png", changed, update=False)
    assert sorted(path.name for path in tmp_path.iterdir()) == [
        "page-1.actual.png",
        "page-1.difference.png",
        "page-1.png",
    ]


def test_a_text_that_differs_is_seen(
    check_golden: Callable[[str, str], None], update_goldens: bool, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    if update_goldens:
        pytest.skip("nothing differs while goldens are written")
    monkeypatch.setattr("tests.conftest.GOLDEN", tmp_path)
    (tmp_path / "text.txt").write_text("some words\n", "utf-8")
    check_golden("text.txt", "some words\n")
    with pytest.raises(pytest.fail.Exception, match="differs from"):
        check_golden("text.txt", "other words\n")
    assert (tmp_path / "text.txt.actual").read_text("utf-8") == "other words\n"
    assert "-some words" in (tmp_path / "text.txt.difference").read_text("utf-8")
