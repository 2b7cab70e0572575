"""Names of files: safe on every system, one for each, inside the folder."""

from pathlib import PurePosixPath, PureWindowsPath
from unicodedata import normalize

import pytest
from hypothesis import given
from hypothesis import strategies as st

from agreement.batch.naming import Names, safe, wrong_in
from agreement.household import Child, Choices, Household
from agreement.household.roster_rows import Entry

PATTERNS = ["{class}/{row:04}-{family}", "{family}", "{child} {family}", "{class}/{language}/{child}", "x"]


def entry(row: int, family: str, classroom: str = "3B", child: str = "Maya") -> Entry:
    return Entry((row,), Household(family, (Child(child),)), Choices(), classroom)


def test_the_usual_name() -> None:
    assert Names().path(entry(12, "Rivera")) == "3B/0012-Rivera.pdf"
    assert Names().path(entry(12, "", "")) == "0012-Maya.pdf"


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("../../etc/passwd", "etc-passwd"),
        ("/etc/passwd", "etc-passwd"),
        ("C:\\x", "C--x"),
        ("CON", "_CON"),
        ("nul.txt", "_nul.txt"),
        ("com1", "_com1"),
        ("Rivera. ", "Rivera"),
        ("- .Li", "Li"),
        ("a\nb\x00c", "a-b-c"),
        ("\u202eRivera", "Rivera"),
        ("-rf", "rf"),
        ("...", ""),
    ],
)
def test_hostile_names(name: str, expected: str) -> None:
    assert safe(name) == expected


@pytest.mark.parametrize("pattern", ["/abs/{row}", "../{row}", "{row.__class__}", "{shoe}", "{row", "", " / "])
def test_patterns_that_do_not_do(pattern: str) -> None:
    assert wrong_in(pattern)


@pytest.mark.parametrize("pattern", PATTERNS)
def test_patterns_that_do(pattern: str) -> None:
    assert not wrong_in(pattern)


def test_names_that_one_file_system_takes_for_one_are_told_apart() -> None:
    names = Names("{family}")
    twins = ["Zoë", normalize("NFD", "Zoë"), "ZOË", "zoë"]
    paths = [names.path(entry(row, twin)) for row, twin in enumerate(twins, 2)]
    assert len({normalize("NFC", path).casefold() for path in paths}) == 4


@given(
    st.lists(st.tuples(st.text(max_size=300), st.text(max_size=40)), min_size=1, max_size=8),
    st.sampled_from(PATTERNS),
)
def test_every_name_is_safe_unique_and_inside(written: list[tuple[str, str]], pattern: str) -> None:
    names = Names(pattern)
    paths = [names.path(entry(row, family, room)) for row, (family, room) in enumerate(written, 2)]
    assert len({normalize("NFC", path).casefold() for path in paths}) == len(paths)
    for path in paths:
        parts = PurePosixPath(path).parts
        assert ".." not in parts
        assert not PurePosixPath(path).is_absolute()
        assert not PureWindowsPath(path).drive
        assert all(
            len(part.encode("utf-8")) <= 255 and part == part.strip(" ") and not part.endswith(".") for part in parts
        )
        assert not set(path) & set('<>:"\\|?*\0\n')
        path.encode("utf-8")
