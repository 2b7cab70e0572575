"""What a file may hold, said once: each shape reads nodes into values and describes itself as JSON Schema.

A shape never stops at the first mistake; it notes a Problem with its place and mend and reads on. (A measured choice:
importing pydantic alone takes half of the time that a whole `agreement make` may take, and its messages know neither
line nor mend.) This room knows no clause and no family.
"""

from collections.abc import Callable, Iterable
from collections.abc import Mapping as MappingType
from typing import Any, NamedTuple, Protocol

from agreement.errors import InputError, Problem, Where
from agreement.source import Mapping, Node, Scalar, Sequence, Text


class Found:
    """Gathers problems. `group` is the letter of their codes: F family files and options, C clauses, R rosters."""

    def __init__(self, group: str) -> None:
        self.group = group
        self.problems: list[Problem] = []

    def add(self, where: Where, number: int, text: str, mend: str = "") -> None:
        """Note a problem under the code `group` + `number`."""
        self.problems.append(Problem(where, f"{self.group}{number}", text, mend))

    def unknown(self, what: str, word: Text, known: Iterable[str]) -> None:
        """Note that `word` is not one of the `known` ids, and name the nearest ones."""
        self.add(word.where, 104, f'there is no {what} "{_shorten(word)}".', suggestion(word, known))

    def stop(self) -> None:
        """Raise InputError if anything was noted."""
        if any(not problem.advice for problem in self.problems):
            raise InputError(self.problems)


def suggestion(word: str, known: Iterable[str]) -> str:
    """Return "Did you mean ...?" with up to three near words, or the list of known ones when it is short."""
    from difflib import get_close_matches

    names = list(known)
    within = [name for name in names if len(word) > 3 and word in name]
    near = get_close_matches(word.lower()[:80], names, n=3, cutoff=0.6) or within[:3]
    if near:
        return f"Did you mean {_alternatives(near)}?"
    if len(names) <= 12:
        return f"Known: {', '.join(names)}."
    return ""


def _alternatives(words: list[str]) -> str:
    quoted = [f'"{word}"' for word in words]
    return quoted[0] if len(quoted) == 1 else f"{', '.join(quoted[:-1])} or {quoted[-1]}"


def _shorten(text: str, limit: int = 60) -> str:
    return text if len(text) <= limit else f"{text[:limit]}…"


class Kind(Protocol):
    """A shape: reads a node, noting problems (and giving None where there is nothing usable), and describes itself."""

    def read(self, node: Node, found: Found) -> Any: ...

    def schema(self) -> dict[str, Any]: ...


class Words(NamedTuple):
    """A word or sentence. `check` may note further problems."""

    limit: int = 400
    check: Callable[[Text, Found], None] | None = None
    pattern: str = ""

    def read(self, node: Node, found: Found) -> Text | None:
        if not isinstance(node, Scalar):
            found.add(
                node.where,
                103,
                "here must stand a word or a sentence.",
                'Write it behind the colon, in "quotes" if need be.',
            )
            return None
        if not node.text.strip() or node.empty:
            found.add(node.where, 105, "there is nothing here.", "Write something, or leave it out.")
            return None
        if len(node.text) > self.limit:
            found.add(
                node.where, 106, f"this has {len(node.text)} characters.", f"{self.limit} are the most that fit here."
            )
            return None
        text = Text(node.text.strip(), node.where)
        if self.check:
            self.check(text, found)
        return text

    def schema(self) -> dict[str, Any]:
        pattern = {"pattern": self.pattern} if self.pattern else {}
        return {"type": ["string", "number", "boolean"], "maxLength": self.limit} | pattern


class Number(NamedTuple):
    """A whole number between two bounds, both included."""

    low: int
    high: int
    mend: str = ""

    def read(self, node: Node, found: Found) -> int | None:
        text = node.text if isinstance(node, Scalar) else ""
        if not text.removeprefix("-").isascii() or not text.removeprefix("-").isdigit() or len(text) > 9:
            found.add(node.where, 107, f'"{_shorten(text)}" is not a whole number.', self.mend)
            return None
        if not self.low <= int(text) <= self.high:
            found.add(node.where, 107, f"{text} is not between {self.low} and {self.high}.", self.mend)
            return None
        return int(text)

    def schema(self) -> dict[str, Any]:
        return {"type": "integer", "minimum": self.low, "maximum": self.high}


class Flag(NamedTuple):
    """true or false."""

    def read(self, node: Node, found: Found) -> bool | None:
        if isinstance(node, Scalar) and node.text in {"true", "false"}:
            return node.text == "true"
        found.add(node.where, 108, "here must stand true or false.")
        return None

    def schema(self) -> dict[str, Any]:
        return {"type": "boolean"}


class OneOf(NamedTuple):
    """One of some words; `choices` maps each to what it means."""

    what: str
    choices: MappingType[str, str]

    def read(self, node: Node, found: Found) -> Text | None:
        word = Words().read(node, found)
        if word is not None and word not in self.choices:
            found.unknown(self.what, word, self.choices)
            return None
        return word

    def schema(self) -> dict[str, Any]:
        return {"oneOf": [{"const": word, "description": meaning} for word, meaning in self.choices.items()]}


class ListOf(NamedTuple):
    """A list of one kind. A single value stands for a list of one."""

    kind: Kind
    limit: int = 1000

    def read(self, node: Node, found: Found) -> tuple[Any, ...]:
        if isinstance(node, Scalar) and node.empty:
            return ()
        if not isinstance(node, Sequence):
            value = self.kind.read(node, found)
            return () if value is None else (value,)
        if len(node.kids) > self.limit:
            found.add(node.where, 106, f"these are {len(node.kids)} entries.", f"{self.limit} are the most.")
            return ()
        values = [self.kind.read(kid, found) for kid in node.kids]
        return tuple(value for value in values if value is not None)

    def schema(self) -> dict[str, Any]:
        one = self.kind.schema()
        return {"anyOf": [one, {"type": "array", "items": one, "maxItems": self.limit}]}


class MapOf(NamedTuple):
    """Words that lead to values of one kind. `keys` is what the keys may be: a check, or nothing."""

    kind: Kind
    keys: OneOf | None = None

    def read(self, node: Node, found: Found) -> dict[Text, Any]:
        if isinstance(node, Scalar) and node.empty:
            return {}
        if not isinstance(node, Mapping):
            found.add(node.where, 103, "here must stand `key: value` lines.")
            return {}
        values = {}
        for key, inner in node.entries:
            word = self.keys.read(key, found) if self.keys else Text(key.text, key.where)
            value = self.kind.read(inner, found)
            if word is not None and value is not None:
                values[word] = value
        return values

    def schema(self) -> dict[str, Any]:
        names = {"propertyNames": {"enum": list(self.keys.choices)}} if self.keys else {}
        return {"type": "object", "additionalProperties": self.kind.schema()} | names


class Either(NamedTuple):
    """One kind where a word stands, another where a mapping (or list) stands."""

    word: Kind
    other: Kind

    def read(self, node: Node, found: Found) -> Any:
        return (self.word if isinstance(node, Scalar) else self.other).read(node, found)

    def schema(self) -> dict[str, Any]:
        return {"anyOf": [self.word.schema(), self.other.schema()]}


class Field(NamedTuple):
    """A key of a Record: what may stand there, what it is for, and whether it must be there."""

    kind: Kind
    about: str
    required: bool = False


class Record(NamedTuple):
    """Named keys. `read` gives a dict of those that were written, and under "" the place of the whole."""

    about: str
    fields: MappingType[str, Field]

    def read(self, node: Node, found: Found) -> dict[str, Any] | None:
        if not isinstance(node, Mapping):
            keys = ", ".join(list(self.fields)[:6])
            found.add(node.where, 103, "here must stand `key: value` lines.", f"Keys: {keys} …")
            return None
        values: dict[str, Any] = {"": node.where}
        written = {key.text for key, _ in node.entries}
        for key, inner in node.entries:
            known = self.fields.get(key.text)
            if known is None:
                rest = [name for name in self.fields if name not in written]
                found.add(
                    key.where, 101, f'the key "{_shorten(key.text)}" is not known here.', suggestion(key.text, rest)
                )
            elif not (isinstance(inner, Scalar) and inner.empty and not known.required):
                value = known.kind.read(inner, found)
                if value is not None:
                    values[key.text] = value
        for name, known in self.fields.items():
            if known.required and name not in written:
                found.add(node.where, 102, f'the key "{name}" is missing.', f"It holds {known.about}.")
        return values

    def schema(self) -> dict[str, Any]:
        properties = {name: inner.kind.schema() | {"description": inner.about} for name, inner in self.fields.items()}
        required = [name for name, inner in self.fields.items() if inner.required]
        shape = {"type": "object", "description": self.about, "properties": properties, "additionalProperties": False}
        return shape | ({"required": required} if required else {})
