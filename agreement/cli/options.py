"""Options of `make` become the nodes that a family file is made of, so that both are read by one form.

This module knows how options are written, and nothing of what they mean.
"""

import re
from collections.abc import Iterable
from collections.abc import Mapping as MappingType
from typing import Any

from agreement.errors import Where
from agreement.form import Found
from agreement.source import Mapping, Node, Scalar, Sequence

_SINGLE = ("family", "country", "pack", "review", "paper", "language", "text_size", "style")
_REPEATED = {"adult": "adults", "trusted": "trusted_adults", "with": "with", "without": "without", "own": "own"}
_FLAGS = {"with_figures": "figures", "reasons": "reasons"}
_AGE = re.compile(r"[+-]?\d+(?:[.,]\d+)?")


def options_node(options: MappingType[str, Any], found: Found) -> Mapping:
    """Return what the options say in the shape of a family file; each value's place is its option."""
    entries: list[tuple[str, str, Node]] = []
    for name in _SINGLE:
        if options.get(name) is not None:
            entries.append((name, name, _scalar(options[name], name)))
    for option, key in _FLAGS.items():
        if options.get(option):
            entries.append((option, key, _scalar("true", option)))
    for option, key in (_REPEATED | {"ages": "ages", "add": "add"}).items():
        if options.get(option):
            entries.append((option, key, _sequence((_scalar(word, option) for word in options[option]), option)))
    if options.get("child"):
        children = (_child(words, found) for words in options["child"])
        entries.append(("child", "children", _sequence((child for child in children if child), "child")))
    if options.get("app"):
        entries.append(("app", "apps", _sequence(map(_app, options["app"]), "app")))
    if options.get("set"):
        entries.append(("set", "blanks", _blanks(options["set"], found)))
    keys = tuple((_scalar(key, option), node) for option, key, node in entries)
    return Mapping(keys, Where("options"))


def _where(option: str) -> Where:
    return Where(f"--{option.replace('_', '-')}")


def _scalar(text: str, option: str) -> Scalar:
    return Scalar(text, _where(option), plain=False)


def _sequence(kids: Iterable[Node], option: str) -> Sequence:
    return Sequence(tuple(kids), _where(option))


def _mapping(values: MappingType[str, str], option: str) -> Mapping:
    entries = tuple((_scalar(key, option), _scalar(value, option)) for key, value in values.items() if value)
    return Mapping(entries, _where(option))


def _child(words: str, found: Found) -> Node | None:
    """Split NAME:AGE at its last colon."""
    name, colon, age = words.rpartition(":")
    if not colon:
        return _scalar(words, "child")
    if not _AGE.fullmatch(age.strip()):
        said = f'"{age.strip()[:40]}" is not an age.'
        example = f'"{name.strip()[:40] or "Maya"}:9"'
        mend = f"Write the age in figures behind the last colon, as in {example}, or the name alone."
        found.add(_where("child"), 324, said, mend)
        return None
    return _mapping({"name": name, "age": age}, "child")


def _app(words: str) -> Node:
    """Split APP: WHO / ADULT."""
    app, _, people = words.partition(": ")
    who, _, follows = people.partition(" / ")
    return _mapping(
        {"app": app.removesuffix(":") if not people else app, "who": who.strip(), "follows": follows.strip()}, "app"
    )


def _blanks(settings: Iterable[str], found: Found) -> Mapping:
    """Split BLANK=VALUE; a blank that is set several times is a list."""
    values: dict[str, list[str]] = {}
    for setting in settings:
        name, equals, value = setting.partition("=")
        if not equals or not name.strip():
            found.add(
                _where("set"), 329, f'"{setting[:40]}" is not BLANK=VALUE.', "Write it as in --set bedtime=20:30."
            )
        else:
            values.setdefault(name.strip(), []).append(value)
    entries = []
    for name, parts in values.items():
        node: Node = (
            _scalar(parts[0], "set") if len(parts) == 1 else _sequence((_scalar(p, "set") for p in parts), "set")
        )
        entries.append((_scalar(name, "set"), node))
    return Mapping(tuple(entries), _where("set"))
