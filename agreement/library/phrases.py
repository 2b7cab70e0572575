"""The fixed words of the sheet: headings, captions, labels. One file a language; a band may have words of its own."""

import re
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

from agreement.form import Found, ListOf, MapOf, Words
from agreement.source import Node, Scalar, Sequence, read_source

_HOLE = re.compile(r"\{(\w+)\}")


class _WordsOrList:
    """A sentence, a list of them, or a mapping of both."""

    def read(self, node: Node, found: Found) -> Any:
        kind = (
            Words(400)
            if isinstance(node, Scalar)
            else ListOf(Words(400))
            if isinstance(node, Sequence)
            else MapOf(self)
        )
        return kind.read(node, found)

    def schema(self) -> dict[str, Any]:
        return {"type": ["string", "array", "object"]}


def read_phrases(paths: Iterable[Path]) -> dict[str, Any]:
    """Read the files that exist, later ones over earlier ones. Raises InputError."""
    laid: dict[str, Any] = {}
    found = Found("C")
    for path in paths:
        if path.exists():
            laid |= {str(key): words for key, words in MapOf(_WordsOrList()).read(read_source(path), found).items()}
    found.stop()
    return laid


class Phrases:
    """Fixed words in one language, for one band or for all."""

    def __init__(self, language: str, words: Mapping[str, Any], band: str = "") -> None:
        self.language = language
        self.band = band
        self._words = words
        self._own: Mapping[str, Any] = words.get("bands", {}).get(band, {})

    def __call__(self, key: str, **values: object) -> str:
        """Return the phrase `key` with {names} replaced by `values`, text for text.

        A missing key is a mistake of the program or of the words file: KeyError names it.
        """
        text = str(self._own[key] if key in self._own else self._words[key])
        return _HOLE.sub(lambda hole: str(values.get(hole[1], hole[0])), text)

    def split(self, key: str, name: str) -> tuple[str, str]:
        """Return what stands before and after {name} in the phrase `key`."""
        before, _, after = self(key).partition(f"{{{name}}}")
        return before, after

    def several(self, key: str) -> tuple[str, ...]:
        """Return the phrases of a list."""
        return tuple(map(str, self._own[key] if key in self._own else self._words[key]))

    def pairs(self, key: str) -> tuple[tuple[str, str], ...]:
        """Return what stands in the mapping `key`, in its order."""
        return tuple((str(name), str(said)) for name, said in self._words[key].items())
