"""Judges on trial: each file that is broken on purpose is noticed by at least one, and tests/broken.md says by whom."""

from pathlib import Path

import page as page_validation
import pytest

from agreement.pdf import read_aloud
from tests import pdf
from tests.broken import DEFECTS, broken
from tests.matrix import FAMILIES, FILLED, Case
from tests.verapdf import findings

TABLE = Path(__file__).with_name("broken.md")
PROFILES = ("ua1", "2a")
COLUMNS = ("veraPDF ua1", "veraPDF 2a", "page-validation ua1", "page-validation 2a", "round trip")
HEAD = f"""\
# Who notices what

One thing is wrong with each file (tests/broken.py). A cross says that the judge refuses it; tests/test_pdf_broken.py
asks them all again. "Round trip" is our own reader of tags and text, tests/pdf.py, against what was to be said.

| what is wrong | {" | ".join(COLUMNS)} |
|---|{"---|" * len(COLUMNS)}
"""
SOUND = Case("", FAMILIES["two bands"], FILLED)


@pytest.fixture(scope="module")
def sound() -> bytes:
    """Give a file that nobody refuses."""
    return SOUND.pdf()


def page_refuses(file: bytes, profile: str) -> bool:
    return bool(page_validation.validate_pdf_bytes(file, profile=profile).failures)


def round_trip_refuses(file: bytes) -> bool:
    try:
        return pdf.tags(file) != read_aloud(SOUND.document())
    except (AssertionError, AttributeError, KeyError, RuntimeError):
        return True


def table() -> dict[str, list[bool]]:
    """Return the crosses of tests/broken.md."""
    rows = [line.strip("|\n").split("|") for line in TABLE.read_text(encoding="utf-8").splitlines() if "|" in line]
    return {cells[0].strip(): [cell.strip() == "x" for cell in cells[1:]] for cells in rows[2:]}


def test_the_table_has_every_defect_and_somebody_notices_each() -> None:
    crosses = table()
    assert list(crosses) == list(DEFECTS)
    assert not any(crosses["nothing"])
    assert [how for how, row in crosses.items() if not any(row)] == ["nothing"]


@pytest.mark.parametrize("how", DEFECTS)
def test_page_validation_and_the_round_trip_notice_what_the_table_says(sound: bytes, how: str) -> None:
    file = broken(sound, how)
    assert [*(page_refuses(file, profile) for profile in PROFILES), round_trip_refuses(file)] == table()[how][2:]


@pytest.mark.verapdf
def test_verapdf_notices_what_the_table_says(sound: bytes, update_goldens: bool) -> None:
    rows = []
    for how in DEFECTS:
        file = broken(sound, how)
        crosses = [bool(findings(file, profile)) for profile in PROFILES]
        crosses += [page_refuses(file, profile) for profile in PROFILES]
        rows.append(
            f"| {how} | {' | '.join('x' if cross else ' ' for cross in [*crosses, round_trip_refuses(file)])} |\n"
        )
    if update_goldens:
        TABLE.write_text(HEAD + "".join(rows), encoding="utf-8", newline="\n")
    assert TABLE.read_text(encoding="utf-8") == HEAD + "".join(rows)
