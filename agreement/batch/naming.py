"""Names of files: from a pattern and a stranger's spreadsheet to names that every system takes, inside one folder.

This module knows names and no disk.
"""

import re
from collections.abc import Iterable
from hashlib import blake2b
from unicodedata import category, normalize

from agreement.household.roster_rows import Entry

USUAL = "{class}/{row:04}-{family}"
FIELDS = ("row", "class", "family", "child", "language", "pack")
MOST_BYTES = 60
"""Of one value, in UTF-8: four of them and the folders before them stay under every system's limit."""
_FIELD = re.compile(r"\{(\w+)(?::0?(\d{1,2}))?\}")
_FORBIDDEN = re.compile(r'[<>:"/\\|?*]')
_OURS = frozenset({"report.csv", "manifest.jsonl"})
MOST_LAST_BYTES = 200
"""Of a file's whole name in UTF-8, so that a number behind it and .pdf stay below 255."""
_RESERVED = re.compile(r"(?:con|prn|aux|nul|conin\$|conout\$|com[0-9¹²³]|lpt[0-9¹²³])(?:\..*)?", re.IGNORECASE)
_ROW_FIRST = re.compile(r"(?:^|/)\{row(?::0?\d{1,2})?\}(?:[^0-9{/][^/]*)?$")


def wrong_in(pattern: str) -> str:
    """Return what is wrong with a pattern of names, or ""."""
    unknown = [name for name, _ in _FIELD.findall(pattern) if name not in FIELDS]
    if unknown:
        return f'there is no "{{{unknown[0][:20]}}}" in names of files. Known: {", ".join(FIELDS)}.'
    if "{" in _FIELD.sub("", pattern) or "}" in _FIELD.sub("", pattern):
        return "a { or } has no partner."
    if not pattern.strip("/ ") or pattern.startswith(("/", "\\")) or ".." in pattern:
        return "a name of files lies inside the output folder, such as {class}/{row:04}-{family}."
    return ""


class Names:
    """Gives each entry a path of its own, folders parted by "/", ending in .pdf. The order of asking decides ties."""

    def __init__(self, pattern: str = USUAL) -> None:
        self._parts = [part for part in re.split(r"[/\\]", pattern.removesuffix(".pdf")) if part.strip()]
        self._unique = bool(_ROW_FIRST.search("/".join(self._parts)))
        self._taken: set[int] = set()
        self._owners: dict[int, int] = {}

    def claim(self, files: Iterable[tuple[int, str]]) -> None:
        """Keep the files of rows that are not asked for this time: what is made now must not replace them."""
        if not self._unique:
            self._owners = {_key(file.removesuffix(".pdf")): row for row, file in files if file}

    def path(self, entry: Entry) -> str:
        """Return the path of an entry."""
        *folders, last = (_FIELD.sub(lambda field: _value(entry, field), part) for part in self._parts)
        above = [name for folder in folders if (name := _cut(_folder(folder), MOST_LAST_BYTES))]
        name = "/".join([*above, _cut(safe(last), MOST_LAST_BYTES) or f"{entry.row}"])
        if self._unique:
            return f"{name}.pdf"
        attempt, count = name, 1
        while (key := _key(attempt)) in self._taken or self._owners.get(key, entry.row) != entry.row:
            count += 1
            attempt = f"{name}-{count}"
        self._taken.add(key)
        return f"{attempt}.pdf"


def _key(name: str) -> int:
    """Return a number that is the same for names that some file system takes for one: small letters, one spelling."""
    plain = normalize("NFC", normalize("NFKC", name).casefold())
    return int.from_bytes(blake2b(plain.encode("utf-8"), digest_size=8).digest())


def _value(entry: Entry, field: "re.Match[str]") -> str:
    household, choices = entry.household, entry.choices
    if field[1] == "row":
        return f"{entry.row:0{int(field[2] or 1)}d}"
    values = {
        "class": entry.classroom,
        "family": household.family or (household.children[0].name if household.children else ""),
        "child": household.children[0].name if household.children else "",
        "language": choices.language or "en",
        "pack": choices.pack,
    }
    return _cut(safe(str(values[field[1]])))


def safe(name: str) -> str:
    """Return a name of a file or folder that Windows, macOS and Linux take, "" when nothing is left of it."""
    seen = name if name.isascii() and name.isprintable() else _seen(name)
    plain = " ".join(_FORBIDDEN.sub("-", seen).split()).rstrip(". ").lstrip("-~. ")
    return f"_{plain}" if _RESERVED.fullmatch(plain) else plain


def _seen(name: str) -> str:
    """Return a name in one spelling, without what cannot be seen, and with dashes for what is no letter."""
    return "".join(
        "-" if category(mark) in {"Cc", "Cs", "Zl", "Zp", "Co", "Cn"} else "" if category(mark) == "Cf" else mark
        for mark in normalize("NFC", name)
    )


def _folder(name: str) -> str:
    """Return a safe name of a folder that is none of our own files' and no sheet's."""
    plain = safe(name)
    return f"{plain}_" if plain.casefold() in _OURS or plain.casefold().endswith(".pdf") else plain


def _cut(text: str, most_bytes: int = MOST_BYTES) -> str:
    return text.encode("utf-8")[:most_bytes].decode("utf-8", "ignore").rstrip(". ")
