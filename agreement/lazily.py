"""Patterns of other people's modules that wait until somebody uses them.

PyYAML compiles patterns when it is imported, for a parser and types of its own that this program never asks for: 5 ms
of every start. Knows nothing of what the patterns are for.
"""

import re
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any


class _Pattern:
    """A pattern that is compiled when it is first asked for anything."""

    def __init__(self, *how: Any) -> None:
        self._how = how

    def __getattr__(self, name: str) -> Any:
        return getattr(re.compile(*self._how), name)


@contextmanager
def patterns_later() -> Iterator[None]:
    """Let patterns that are compiled meanwhile wait."""
    compiled, re.compile = re.compile, _Pattern  # type: ignore[assignment]
    try:
        yield
    finally:
        re.compile = compiled
