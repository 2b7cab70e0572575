"""Which face draws which part of a text, and the sentence for a character that none of them has.

A base and its marks are never parted: the fallback goes by grapheme cluster. Text is never changed: a cluster is
looked up in its composed form, so that both spellings of one letter get one face, and is handed on as it was written.
Characters of INVISIBLE draw nothing and take no width; they stay in the text, with the cluster before them, and a run
of nothing else is left out of what is drawn. Other characters that draw nothing (control characters, marks that force
a direction, lone surrogates) are refused.
Nothing here shapes or measures.
"""

from collections.abc import Iterator
from functools import lru_cache
from itertools import pairwise
from unicodedata import category, is_normalized, name, normalize

from agreement.errors import FontError
from agreement.typeset.fonts import Stack, face, key_of

INVISIBLE = frozenset(
    "\u00ad\u034f\u061c\u200b\u200c\u200d\u200e\u200f\u2060\ufeff"
    + "".join(map(chr, range(0xFE00, 0xFE10)))
    + "".join(map(chr, range(0xE0100, 0xE01F0)))
)
"""Soft hyphen, grapheme joiner, direction marks, joiners, zero-width spaces, byte-order mark, variation selectors."""

FORCED_DIRECTION = frozenset("\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069")

UNNAMED = {0: "NULL", 9: "TAB", 10: "LINE FEED", 13: "CARRIAGE RETURN"}

QUOTED_LENGTH = 60

SCRIPTS = "Latin, Greek, Cyrillic or Arabic"
"""What the fonts of fonts/ hold."""


def clusters(text: str) -> list[str]:
    """Cut a text into grapheme clusters: a base with the marks and invisible characters that follow it."""
    if text.isascii():
        return list(text)
    starts: list[int] = []
    for place, character in enumerate(text):
        if not starts or not (character in INVISIBLE or category(character)[0] == "M"):
            starts.append(place)
    starts.append(len(text))
    return [text[start:end] for start, end in pairwise(starts)]


@lru_cache(maxsize=8192)
def faces_of(
    text: str, stack: Stack, bold: bool, whose: str = "the text", whole: bool = False
) -> tuple[tuple[int, str], ...]:
    """Return (end, face key) of each stretch of one face; raise FontError for a character that no face has.

    A word stands in one face if any face has all of it; so does a `whole` text, such as a name. Spaces and closing
    punctuation keep the face before them, opening punctuation the face after it, where that face has them.
    """
    if not text:
        return ()
    first = key_of(stack[0], bold)
    if text.isprintable() and is_normalized("NFC", text) and all(map(face(first).covers, set(text))):
        return ((len(text), first),)
    parts = clusters(text)
    keys = [_key(part, stack, bold) for part in parts]
    for part, key in zip(parts, keys, strict=True):
        if key is None and not _is_invisible(part):
            raise FontError(_sentence(part, text, stack, bold, whose))
    if not whole or not _unite(keys, parts, range(len(parts)), (stack, bold)):
        for word in _words(parts):
            _unite(keys, parts, word, (stack, bold))
    _lean(parts, keys)
    return _stretches(parts, [key or first for key in keys])


def _is_invisible(part: str) -> bool:
    return all(character in INVISIBLE for character in part)


@lru_cache(maxsize=4096)
def _key(part: str, stack: Stack, bold: bool) -> str | None:
    visible = _visible(part)
    if not visible or any(_is_refused(character) for character in visible):
        return None
    keys = [key_of(family, bold) for family in stack]
    for key in keys:
        if _draws(key, visible):
            return key
    return next((key for key in keys if all(map(face(key).covers, visible))), None)


def _is_refused(character: str) -> bool:
    return character in FORCED_DIRECTION or category(character) in ("Cc", "Cs", "Co", "Zl", "Zp")


def _words(parts: list[str]) -> Iterator[range]:
    """Yield the places of each unbroken row of letters, marks, digits and signs within words."""
    start = 0
    for place, part in enumerate([*parts, " "]):
        if category(part[0])[0] in "ZP" and part[0] not in "-'’·":
            if place > start:
                yield range(start, place)
            start = place + 1


def _unite(keys: list[str | None], parts: list[str], places: range, asked: tuple[Stack, bool]) -> bool:
    """Give all places the first face that has them all, in place, and tell whether there is one."""
    if len({keys[place] for place in places}) < 2:
        return True
    stack, bold = asked
    for family in stack:
        key = key_of(family, bold)
        if all(_draws(key, parts[place]) for place in places):
            for place in places:
                keys[place] = key
            return True
    return False


@lru_cache(maxsize=8192)
def _draws(key: str, part: str) -> bool:
    return all(map(face(key).covers, normalize("NFC", _visible(part))))


def _visible(part: str) -> str:
    return "".join(character for character in part if character not in INVISIBLE)


def _lean(parts: list[str], keys: list[str | None]) -> None:
    """Give punctuation the face of its neighbour, in place."""
    kinds = [category(part[0]) for part in parts]
    for place in range(len(parts) - 2, -1, -1):
        if kinds[place] in ("Ps", "Pi") or keys[place] is None or (place == 0 and kinds[place] == "Zs"):
            keys[place] = _neighbour(parts[place], keys[place + 1], keys[place])
    for place in range(1, len(parts)):
        if keys[place] is None or kinds[place] in ("Zs", "Pe", "Pf", "Po", "Pd"):
            keys[place] = _neighbour(parts[place], keys[place - 1], keys[place])


def _neighbour(part: str, near: str | None, own: str | None) -> str | None:
    return near if near is not None and _draws(near, part) else own


def _stretches(parts: list[str], keys: list[str]) -> tuple[tuple[int, str], ...]:
    found: list[tuple[int, str]] = []
    end = 0
    for part, key in zip(parts, keys, strict=True):
        end += len(part)
        if found and found[-1][1] == key:
            found[-1] = (end, key)
        else:
            found.append((end, key))
    return tuple(found)


def _sentence(part: str, text: str, stack: Stack, bold: bool, whose: str) -> str:
    lacking = [character for character in part if character not in INVISIBLE and _key(character, stack, bold) is None]
    told = " with ".join(_told(character) for character in lacking[:1] or part)
    other = "without it" if not lacking or category(lacking[0])[0] != "L" else f"in {SCRIPTS} letters"
    return f'no font here has {told}, in {whose} "{_quoted(text, text.find(part))}". Write {whose} {other}.'


def _told(character: str) -> str:
    code = ord(character)
    called = name(character, UNNAMED.get(code, "half of a character" if category(character) == "Cs" else ""))
    point = f"U+{code:04X}{' ' if called else ''}{called}"
    return f"'{character}' ({point})" if character.isprintable() else point


def _quoted(text: str, place: int) -> str:
    start = max(0, min(place - QUOTED_LENGTH // 2, len(text) - QUOTED_LENGTH))
    shown = text[start : start + QUOTED_LENGTH]
    plain = "".join(letter if letter.isprintable() else f"\\u{ord(letter):04x}" for letter in shown)
    return f"{'…' if start else ''}{plain}{'…' if start + QUOTED_LENGTH < len(text) else ''}"
