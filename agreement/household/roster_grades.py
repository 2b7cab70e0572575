"""Which age a grade stands for, and which one an age that is written with months or with words.

This module knows words of schools and no roster.
"""

import re
from functools import lru_cache
from unicodedata import combining, normalize

from agreement.household.roster_words import these

FIRST_GRADE_AGE = 6
LAST_GRADE = 12
TOO_YOUNG = 4
_LONGEST = 80

_FIVE = these(
    "k kg kindergarten kinder tk transitionalkindergarten 0 00 kf kh kindergarden foundation f prep pre-primary sk"
    " transicion nt2 kdg t-k ka kp"
) | {"senior infants", "senior kindergarten", "year 0", "y0", "grade k", "year k", "grade 0", "pre primary"}
_YOUNGER = these(
    "pk prek pre-k ppk prekindergarten preschool pre-kindergarten infanttoddler nursery reception r rec jk n1 n2 eyfs"
    " prekinder pre-kinder nt1 ee"
) | {"year r", "junior infants", "junior kindergarten", "reception year", "pre k"}
_BEFORE = re.compile(r"^(?:grade|grd|gr)\b[\s.:]*")
_YEARS_FROM_FIVE = frozenset({"uk", "gb", "nz", "united kingdom", "great britain", "england", "wales", "new zealand"})
_AUSTRALIA = frozenset({"au", "australia"})
_ORDINALS = {
    word: number
    for number, words in enumerate(
        (
            "first primero primer primera",
            "second segundo segunda",
            "third tercero tercer tercera",
            "fourth cuarto cuarta",
            "fifth quinto quinta",
            "sixth sexto sexta",
            "seventh septimo septima",
            "eighth octavo octava",
            "ninth noveno novena",
            "tenth decimo decima",
            "eleventh undecimo once",
            "twelfth duodecimo",
        ),
        1,
    )
    for word in words.split()
}
_GRADE = re.compile(
    r"(?P<before>[a-z. ]*?)[\s.:]*"
    rf"(?:0?(?P<figure>\d{{1,2}})(?:[.,]0+)?|(?P<word>{'|'.join(_ORDINALS)}))"
    r"\s*(?:st|nd|rd|th|er|ero|ro|do|to|mo|vo|no|o|a)?\.?"
    r"\s*(?:de\s)?(?P<after>[a-z. ]*?)\s*(?:[\"'-]?\s?(?<![a-z])[a-l][\"']?)?"
)
_MEDIO = re.compile(r"(i{1,3}|iv)(?=\s*o?\s*medio)")
_ROMAN = {"i": "1", "ii": "2", "iii": "3", "iv": "4"}
_ORDINAL_SIGN = re.compile("[°ºª]")
_ANYTHING_AFTER = re.compile(r"\(.*")
_INFANTS = re.compile(r"\b([2-5]) anos\b")
_STAGES = {
    "": r"|grade|grd|gr|g|year|yr|y|grado|ano|curso|class|ncyear|escolar",
    "primary": r"ep|egb|(?:ed(?:uc?)?|educacion|ensenanza)?(?:basica)?(?:prim|prima|primaria|primario|basico|basica)"
    r"|(?:ed(?:uc?)?|educacion)?basicasecundaria",
    "eso": r"eso|(?:ed(?:uc?)?|educacion)secundaria(?:obligatoria)?|secundariaobligatoria",
    "secondary": r"secundaria|sec",
    "medio": r"(?:educacion|ensenanza)?medi[oa]",
    "bachillerato": r"(?:bachillerato|bachiller|bach|bto).*",
    "prepa": r"preparatoria|prepa",
    "preschool": r"(?:educacion)?preescolar",
}
"""What is written of a stage, its letters alone."""
_HIGHER = {"eso": (4, 11), "secondary": (5, 11), "medio": (4, 13), "bachillerato": (2, 15), "prepa": (3, 14)}
"""How many years each stage has, and the age before its first."""
_AGE = re.compile(
    r"(\d{1,2})(?:[.,;]\d{1,2}|[.,]\d{3,17}|\s?[¼½¾]|\s[13]/[24])?\s*(?:y/o|y|yr|yrs|yo|y\.o|years?(?: old)?|anos?)?\.?"
    r"(?:[\s,]*(?:and\s|y\s)?\d{1,2}\s*(?:m|mo|mos|mths?|months?|mes|meses)\.?)?"
)


@lru_cache(1024)
def age_in_grade(text: str, country: str = "", stage: str = "") -> int | None:
    """Return the age in years at which a grade usually begins; None if it is none.

    Grades count as in the United States, Latin America and Australia, from 6 in the first. In the United Kingdom and
    New Zealand the first year begins at 5, so Year 4 is a year younger than Grade 4. Stages that count from one again
    begin as in Spain (ESO 12, Bachillerato 16), Mexico (Secundaria 12, Preparatoria 15) and Chile (Medio 14). Years
    before the first five are TOO_YOUNG. `stage` is the stage where it does not stand in `text`.
    """
    plain = _plain(text)
    if len(plain) > _LONGEST:
        return None
    where = country.strip().casefold()
    if _BEFORE.sub("", plain).removesuffix(" grade") in _FIVE or (plain == "reception" and where in _AUSTRALIA):
        return FIRST_GRADE_AGE - 1
    if plain in _YOUNGER:
        return TOO_YOUNG
    if infants := _INFANTS.search(plain):
        return int(infants[1])
    match = _GRADE.fullmatch(_MEDIO.sub(lambda found: _ROMAN[found[1]], _ANYTHING_AFTER.sub("", plain).strip()))
    if not match:
        return None
    grade = int(match["figure"]) if match["figure"] else _ORDINALS[match["word"]]
    kinds = {_kind(match["before"]), _kind(match["after"])} - {""}
    kind = kinds.pop() if len(kinds) == 1 else None if kinds else _kind(_plain(stage))
    return None if kind is None else _age(grade, kind, where in _YEARS_FROM_FIVE)


def _kind(stage: str) -> str | None:
    letters = re.sub(r"[^a-z]|\bde\b", "", stage)
    return next((kind for kind, pattern in _STAGES.items() if re.fullmatch(pattern, letters)), None)


def _age(grade: int, kind: str, earlier: bool) -> int | None:
    if kind == "preschool":
        return min(grade + 2, FIRST_GRADE_AGE - 1) if grade else FIRST_GRADE_AGE - 1
    if kind in _HIGHER:
        years, before = _HIGHER[kind]
        if 1 <= grade <= years:
            return grade + before
        # The sixth year of Secundaria is at 11 in one country, at 17 in another.
        if kind in ("eso", "bachillerato", "prepa") or grade <= 6:
            return None
    earlier = earlier and not kind
    return grade + FIRST_GRADE_AGE - 1 - earlier if 1 <= grade <= LAST_GRADE + earlier else None


def whole_years(text: str) -> str:
    """Return an age without its months, halves and words: "9" for "9 yrs", "9;4" and "9.5"; else the text as it is."""
    match = _AGE.fullmatch(_plain(text)) if len(text) <= _LONGEST else None
    return match[1] if match else text


def _plain(text: str) -> str:
    bare = normalize("NFD", _ORDINAL_SIGN.sub("o ", text).casefold())
    return " ".join("".join(mark for mark in bare if not combining(mark)).split())
