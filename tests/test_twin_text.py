"""The text twin: goldens to read, and the same words as the agreement."""

from collections.abc import Callable

import pytest

from tests.matrix import cases
from tests.test_twin_html import sentences

CASES = {case.name: case for case in cases()}


@pytest.mark.parametrize("name", CASES)
def test_it_says_what_the_agreement_says(name: str) -> None:
    text = CASES[name].text()
    for sentence in sentences(CASES[name].articles()):
        assert sentence.strip() in text, sentence


@pytest.mark.parametrize("name", ["filled normal two bands", "filled normal nobody", "all pages no country"])
def test_it_reads_as_it_did(name: str, check_golden: Callable[[str, str], None]) -> None:
    check_golden(f"{name.replace(' ', '-')}.txt", CASES[name].text())


def test_no_line_ends_in_a_space_and_each_has_an_end() -> None:
    text = CASES["each"].text()
    assert text.endswith("\n")
    assert not any(line != line.rstrip() for line in text.split("\n"))
