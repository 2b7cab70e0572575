"""Which way each character runs: embedding levels, and the order in which runs stand on a line.

The levels come from python-bidi's Python algorithm (UAX #9 without isolates and bracket pairs); both are added here,
because a name must never turn the words around it, and a bracket must meet its other half. python-bidi is imported
only when a text needs it.
Nothing here knows about fonts or widths.
"""

from collections.abc import Sequence
from typing import Any
from unicodedata import bidirectional

OBJECT = "\ufffc"
"""Stands for an isolated stretch or a gap among the characters around it: a neutral."""

FIRST_RIGHT_TO_LEFT = "\u0590"

_BRACKETS = {"(": ")", "[": "]", "{": "}"}
_CLOSING = frozenset(_BRACKETS.values())
_DEEPEST = 63
_STRONG = {"L": "L", "R": "R", "AL": "R", "EN": "R", "AN": "R"}
"""What counts as a direction between brackets; numbers run with the right-to-left side there."""


def turns(text: str) -> bool:
    """Tell whether the text holds a character that runs from right to left."""
    if text.isascii() or max(text) < FIRST_RIGHT_TO_LEFT:
        return False
    return any(character >= FIRST_RIGHT_TO_LEFT and bidirectional(character) in ("R", "AL", "AN") for character in text)


def levels(text: str, base: int, isolates: Sequence[tuple[int, int]] = ()) -> list[int]:
    """Return the level of each character: even runs left to right, odd right to left.

    `base` is the paragraph's level, 0 or 1. `isolates` are (start, end) of stretches, in order and not nested, whose
    characters do not touch the direction of what is around them; each runs as its own first strong letter does.
    """
    outside: list[str] = []
    places: list[int] = []
    done = 0
    for start, end in isolates:
        outside.append(text[done:start] + OBJECT)
        places.extend(range(done, start + 1))
        done = end
    outside.append(text[done:])
    places.extend(range(done, len(text)))
    found = [base] * len(text)
    for place, level in zip(places, _plain_levels("".join(outside), base), strict=True):
        found[place] = level
    for start, end in isolates:
        inside = text[start:end]
        inner_base = base + (1 if base % 2 != _first_strong(inside) else 2)
        found[start:end] = _plain_levels(inside, inner_base)
    return found


def visual_order(run_levels: Sequence[int]) -> list[int]:
    """Return the places of runs from left to right (UAX #9, rule L2)."""
    order = list(range(len(run_levels)))
    odd = [level for level in run_levels if level % 2]
    if not odd:
        return order
    for threshold in range(max(run_levels), min(odd) - 1, -1):
        start = 0
        while start < len(order):
            if run_levels[order[start]] < threshold:
                start += 1
                continue
            end = start
            while end < len(order) and run_levels[order[end]] >= threshold:
                end += 1
            order[start:end] = order[start:end][::-1]
            start = end
    return order


def _first_strong(text: str) -> int:
    for character in text:
        kind = bidirectional(character)
        if kind == "L":
            return 0
        if kind in ("R", "AL"):
            return 1
    return 0


def _pair_brackets(characters: list[dict[str, Any]], before: str) -> None:
    """Give both halves of a pair of brackets one direction, in place (UAX #9, rule N0); `before` leads the run."""
    own = "LR"[characters[0]["level"] % 2]
    strong = [_STRONG.get(character["type"], "") for character in characters]
    opened: list[int] = []
    pairs: list[tuple[int, int]] = []
    for place, character in enumerate(characters):
        if character["type"] != "ON":
            continue
        if character["ch"] in _BRACKETS:
            opened.append(place)
            if len(opened) > _DEEPEST:
                return
        elif character["ch"] in _CLOSING:
            fitting = [
                depth for depth, left in enumerate(opened) if _BRACKETS[characters[left]["ch"]] == character["ch"]
            ]
            if fitting:
                pairs.append((opened[fitting[-1]], place))
                del opened[fitting[-1] :]
    read = 0
    for left, right in sorted(pairs):
        while read < left:
            before = strong[read] or before
            read += 1
        inside = set(strong[left + 1 : right]) - {""}
        if inside:
            chosen = own if own in inside else before
            for place in (left, right):
                characters[place]["type"] = strong[place] = chosen


def _plain_levels(text: str, base: int) -> list[int]:
    from bidi import algorithm

    storage = algorithm.get_empty_storage()
    storage["base_level"] = base
    storage["base_dir"] = "LR"[base % 2]
    algorithm.get_embedding_levels(text, storage)
    for place, character in enumerate(storage["chars"]):
        character["place"] = place
    algorithm.explicit_embed_and_overrides(storage)
    algorithm.resolve_weak_types(storage)
    for run in storage["runs"]:
        _pair_brackets(storage["chars"][run["start"] : run["start"] + run["length"]], run["sor"])
    algorithm.resolve_neutral_types(storage, False)
    algorithm.resolve_implicit_levels(storage, False)
    resolved = {character["place"]: character["level"] for character in storage["chars"]}
    found: list[int] = []
    for place in range(len(text)):
        found.append(resolved.get(place, found[-1] if found else base))
    return found
