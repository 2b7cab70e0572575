"""Text from disk, or from an option, becomes values that know their file, line and column.

YAML's own types are a trap for what families write (`21:00` is 1260, `no` is False, a doubled key vanishes, an alias
can explode), so every scalar stays text, and whatever makes YAML clever is refused by name. This room knows YAML and
nothing of agreements.
"""

import re
from collections.abc import Callable
from pathlib import Path
from typing import Any, NamedTuple, NoReturn

from agreement.errors import InputError, Problem, Where
from agreement.lazily import patterns_later

with patterns_later():
    import yaml

MAX_BYTES = 1_000_000
MAX_DEPTH = 20
_LOADER = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
_new = tuple.__new__  # twice as fast as calling a NamedTuple, for the thousands of words of every start
_ScalarEvent, _MappingEndEvent = yaml.ScalarEvent, yaml.MappingEndEvent
# C0 and C1 controls but tab, line feed, carriage return and next line; surrogates; the two noncharacters.
_CONTROL = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x84\x86-\x9f\ud800-\udfff\ufffe\uffff]")


class Text(str):
    """A string that knows where it was written."""

    where: Where

    def __new__(cls, value: str, where: Where) -> "Text":
        text = super().__new__(cls, value)
        text.where = where
        return text

    def __getnewargs__(self) -> tuple[str, Where]:  # type: ignore[override]
        """Say how to make it again in another process."""
        return str(self), self.where


def where_of(value: object, otherwise: str = "agreement") -> Where:
    """Return the place of a value from a file or an option, or a place named `otherwise`."""
    return value.where if isinstance(value, Text) else Where(otherwise)


class Scalar(NamedTuple):
    """One word or sentence, always text; `plain` when it stood without quotes."""

    text: str
    where: Where
    plain: bool = True

    @property
    def empty(self) -> bool:
        """Tell whether nothing at all was written (`key:`). `null` is a word, and somebody's name."""
        return self.plain and self.text in {"", "~"}


class Sequence(NamedTuple):
    """A list."""

    kids: tuple["Node", ...]
    where: Where


class Mapping(NamedTuple):
    """Keys and values in the order in which they were written; no key stands twice."""

    entries: tuple[tuple[Scalar, "Node"], ...]
    where: Where


Node = Scalar | Sequence | Mapping


def read_source(path: Path, name: str = "") -> Node:
    """Read a YAML file.

    `name` is what messages call the file (its path, when not given). Raises InputError with every problem found.
    """
    name = name or str(path)
    try:
        if path.is_dir():
            raise IsADirectoryError
        if not path.exists():
            raise FileNotFoundError
        with path.open("rb") as stream:
            raw = stream.read(MAX_BYTES + 1)
    except FileNotFoundError:
        _refuse(Where(name), "S101", "there is no such file.", "Look at the spelling and the folder.")
    except IsADirectoryError:
        _refuse(Where(name), "S101", "this is a folder, not a file.", "Name the file inside it.")
    except OSError as error:
        _refuse(Where(name), "S101", f"the file cannot be read: {error.strerror or error}.")
    return parse_source(raw, name)


def parse_source(raw: bytes | str, name: str) -> Node:
    """Parse one YAML document: bytes (UTF-8, with or without a byte-order mark) or text.

    Raises InputError for what is not UTF-8, control characters, more than MAX_BYTES or MAX_DEPTH, no or several
    documents, anchors, aliases, tags, keys that are lists, keys that stand twice, and broken YAML.
    """
    if len(raw) > MAX_BYTES:
        _refuse(Where(name), "S102", f"the file is larger than {MAX_BYTES:,} bytes.", "A family file is one page long.")
    text = _decode(raw, name) if isinstance(raw, bytes) else raw
    text = text.removeprefix("\ufeff")
    control = _CONTROL.search(text)
    if control:
        where = _where_at(text, control.start(), name)
        _refuse(
            where,
            "S104",
            f"there is a control character, U+{ord(control[0]):04X}.",
            "Delete it and type the text anew.",
        )
    return _Reader(text, name).document()


def _decode(raw: bytes, name: str) -> str:
    try:
        return raw.decode("utf-8")
    except UnicodeDecodeError as error:
        line = raw[: error.start].count(b"\n") + 1
        column = error.start - (raw.rfind(b"\n", 0, error.start) + 1) + 1
        _refuse(Where(name, line, column), "S103", "this is not UTF-8 text.", 'Save the file as "UTF-8" and try again.')


def _where_at(text: str, index: int, name: str) -> Where:
    return Where(name, text.count("\n", 0, index) + 1, index - (text.rfind("\n", 0, index) + 1) + 1)


def _refuse(where: Where, code: str, text: str, mend: str = "") -> NoReturn:
    raise InputError([Problem(where, code, text, mend)])


class _Reader:
    """Builds nodes from the parser's events; problems that do not stop the reading are gathered."""

    def __init__(self, text: str, name: str) -> None:
        self.name = name
        self.problems: list[Problem] = []
        self.next_event: Callable[[], yaml.Event] = _LOADER(text).get_event

    def document(self) -> Node:
        try:
            node = self._first_document()
        except yaml.MarkedYAMLError as error:
            mark = error.problem_mark or error.context_mark
            said = " ".join(part for part in (error.problem, error.context) if part)
            _refuse(self._at(mark), "S105", f"this is not YAML: {said}.", "Look at the quotes, colons and spaces here.")
        except yaml.YAMLError as error:
            _refuse(Where(self.name), "S105", f"this is not YAML: {error}.")
        if self.problems:
            raise InputError(self.problems)
        return node

    def _first_document(self) -> Node:
        node: Node | None = None
        while not isinstance(event := self.next_event(), yaml.StreamEndEvent):
            if isinstance(event, yaml.DocumentStartEvent):
                if node is not None:
                    self._note(event, "S107", "there is a second document after `---`.", "Keep one in a file.")
                    break
                node = self._node(self.next_event(), 1)
        if node is None or (isinstance(node, Scalar) and node.empty):
            _refuse(
                Where(self.name, 1, 1),
                "S106",
                "the file is empty.",
                "Write at least one line, such as `family: Rivera`.",
            )
        assert node is not None
        return node

    def _node(self, event: yaml.Event, depth: int) -> Node:
        mark: Any = event.start_mark
        where = _new(Where, (self.name, mark.line + 1, mark.column + 1))
        if type(event) is _ScalarEvent and event.anchor is event.tag is None and depth <= MAX_DEPTH:
            if event.style != '"':
                return _new(Scalar, (event.value, where, not event.style))
            return self._scalar(event, where)
        if depth > MAX_DEPTH:
            _refuse(
                where, "S102", f"this is nested more than {MAX_DEPTH} deep.", "An agreement needs three levels at most."
            )
        if isinstance(event, yaml.AliasEvent):
            self._note(event, "S108", "aliases (`*name`) are not read here.", "Write the text out.")
            return Scalar("", where)
        if getattr(event, "anchor", None):
            self._note(
                event, "S108", "anchors (`&name`) are not read here.", "Put the text in quotes, or leave the & out."
            )
        if getattr(event, "tag", None):
            self._note(
                event, "S109", "tags (`!name`) are not read here.", "Put the text in quotes, or leave the ! out."
            )
        if isinstance(event, yaml.ScalarEvent):
            return self._scalar(event, where)
        if isinstance(event, yaml.SequenceStartEvent):
            kids = []
            while not isinstance(inner := self.next_event(), yaml.SequenceEndEvent):
                kids.append(self._node(inner, depth + 1))
            return Sequence(tuple(kids), where)
        return self._mapping(where, depth)

    def _scalar(self, event: yaml.ScalarEvent, where: Where) -> Scalar:
        """Return a scalar. Only an escape between double quotes can bring in what the whole text was searched for."""
        control = _CONTROL.search(event.value)
        if control:
            text = f"there is a control character, U+{ord(control[0]):04X}."
            self._note(event, "S104", text, "Delete it and type the text anew.")
        return Scalar(event.value, where, not event.style)

    def _mapping(self, where: Where, depth: int) -> Mapping:
        entries: list[tuple[Scalar, Node]] = []
        seen: dict[str, Where] = {}
        next_event, node, depth = self.next_event, self._node, depth + 1
        while type(inner := next_event()) is not _MappingEndEvent:
            key = node(inner, depth)
            value = node(next_event(), depth)
            if not isinstance(key, Scalar):
                self.problems.append(Problem(key.where, "S110", "a key must be one word.", "Write `word: value`."))
            elif key.text in seen:
                text = f'"{key.text}" stands twice; it is already in line {seen[key.text].line}.'
                self.problems.append(Problem(key.where, "S111", text, "Keep one."))
            else:
                seen[key.text] = key.where
                entries.append((key, value))
        return Mapping(tuple(entries), where)

    def _note(self, event: yaml.Event, code: str, text: str, mend: str) -> None:
        self.problems.append(Problem(self._at(event.start_mark), code, text, mend))

    def _at(self, mark: Any) -> Where:
        return Where(self.name, mark.line + 1, mark.column + 1) if mark else Where(self.name)
