"""Every kind of agreement before both judges of PDF/UA-1 and PDF/A-2a."""

import page as page_validation
import pytest

from agreement.library.pages import page_names
from tests.matrix import FAMILIES, cases, library
from tests.verapdf import findings

CASES = {case.name: case for case in cases()}


def test_nothing_is_left_out() -> None:
    names = " ".join(CASES)
    chosen = [case.choices for case in cases()]
    assert {choices.pack for choices in chosen} >= set(library().packs)
    assert {choices.language for choices in chosen} >= set(library().languages)
    assert {choices.paper for choices in chosen} >= {"letter", "a4"}
    assert {choices.style for choices in chosen} >= {"print", "contrast"}
    assert {choices.text_size for choices in chosen} >= {"normal", "large"}
    assert {choices.fields for choices in chosen} == {True, False}
    assert all(family in names for family in FAMILIES)
    for page in page_names(library()):
        asked = [choices for choices in chosen if page in choices.add]
        assert {choices.language for choices in asked} >= set(library().languages)
        assert {choices.text_size for choices in asked} >= {"normal", "large"}
        assert {choices.fields for choices in asked} == {True, False}
    assert {choices.text_size for choices in chosen if choices.reasons} >= {"normal", "large"}


@pytest.mark.parametrize("profile", ["ua1", "2a"])
@pytest.mark.parametrize("name", CASES)
def test_page_validation_finds_nothing(name: str, profile: str) -> None:
    assert not page_validation.validate_pdf_bytes(CASES[name].pdf(), profile=profile).failures


@pytest.mark.verapdf
@pytest.mark.parametrize("profile", ["ua1", "2a"])
@pytest.mark.parametrize("name", CASES)
def test_verapdf_finds_nothing(name: str, profile: str) -> None:
    assert findings(CASES[name].pdf(), profile) == []
