"""The language that letters of another script are most likely in, so that a voice can read a name aloud.

Nobody says in which language a name is. For a script that our own languages do not use, the likeliest one is better
than theirs: those of CLDR (likelySubtags: und_Arab, und_Cyrl, und_Grek).
"""

_FIRST_FOREIGN = "\u0370"
_LIKELIEST = (
    ("\u0370", "\u03ff", "el"),
    ("\u0400", "\u052f", "ru"),
    ("\u0600", "\u06ff", "ar"),
    ("\u0750", "\u077f", "ar"),
    ("\u1f00", "\u1fff", "el"),
    ("\ufb50", "\ufdff", "ar"),
    ("\ufe70", "\ufefc", "ar"),
)


def likely_language(text: str) -> str:
    """Return the likeliest language of a text by its first letter of another script; "" where there is none."""
    if text.isascii():
        return ""
    for letter in text:
        if letter >= _FIRST_FOREIGN:
            for first, last, language in _LIKELIEST:
                if first <= letter <= last and letter.isalpha():
                    return language
    return ""
