"""Patterns that wait: compiled when first asked, and never for who did not ask to wait."""

import re

import pytest

from agreement.lazily import patterns_later


def test_a_pattern_waits_and_then_finds() -> None:
    with patterns_later():
        later = re.compile("(", 0)  # wrong, and nobody minds yet
        found = re.compile("A+", re.IGNORECASE)
    assert found.search("baac").group() == "aa"  # type: ignore[union-attr]
    with pytest.raises(re.error):
        later.search("a")


def test_outside_patterns_are_compiled_at_once_even_after_an_error() -> None:
    with pytest.raises(KeyError), patterns_later():
        raise KeyError
    assert isinstance(re.compile("a+"), re.Pattern)
