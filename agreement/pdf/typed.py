"""The letters of the font in which people type: Windows Latin 1, its least used signs given up for letters of Europe.

A font of single bytes is one that every viewer types with; it has 224 places. What is not among them a viewer draws in
a font of its own, if it has one. Names are those of Adobe's glyph list, which PDF/A asks for.
"""

_FIRST = 0x20
_GIVEN_UP = "ƒˆ˜‰‡†¤¦¨¬\u00ad¯²³´µ¶¸¹¥¢®™±§×÷¼¾‹›Ÿ‚"
_TAKEN_IN = {
    "Ą": "Aogonek", "ą": "aogonek", "Ć": "Cacute", "ć": "cacute", "Ę": "Eogonek", "ę": "eogonek",
    "Ł": "Lslash", "ł": "lslash", "Ń": "Nacute", "ń": "nacute", "Ś": "Sacute", "ś": "sacute",
    "Ź": "Zacute", "ź": "zacute", "Ż": "Zdotaccent", "ż": "zdotaccent",
    "Ğ": "Gbreve", "ğ": "gbreve", "İ": "Idotaccent", "ı": "dotlessi", "Ş": "Scedilla", "ş": "scedilla",
    "Č": "Ccaron", "č": "ccaron", "Ě": "Ecaron", "ě": "ecaron", "Ř": "Rcaron", "ř": "rcaron",
    "Ů": "Uring", "ů": "uring", "Ő": "Ohungarumlaut", "ő": "ohungarumlaut", "Ű": "Uhungarumlaut",
    "ű": "uhungarumlaut", "Ă": "Abreve", "ă": "abreve", "Đ": "Dcroat", "đ": "dcroat",
}  # fmt: skip


def _letters() -> tuple[str, str]:
    """Return the letter at each place from 32 to 255, and what /Differences says of the places that changed."""
    letters = list(bytes(range(_FIRST, 0x100)).decode("cp1252", "replace"))
    free = [place for place, letter in enumerate(letters) if letter == "\ufffd" or letter in _GIVEN_UP]
    said = []
    for place, (letter, name) in zip(free, _TAKEN_IN.items(), strict=True):
        letters[place] = letter
        said.append(f"{place + _FIRST}/{name}")
    return "".join(letters), " ".join(said)


LETTERS, DIFFERENCES = _letters()
