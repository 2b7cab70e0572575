"""Which age a grade stands for. This module knows words of schools and no roster."""

import re

_GRADE = re.compile(
    r"(?:grade|year|grado|gr\.?)?\s*0?(\d{1,2})\s*(?:st|nd|rd|th|º|°|ª|er|ero|ro|do|to|mo|vo|no|o|a)?\s*(?:grade|grado)?",
    re.IGNORECASE,
)
_KINDERGARTEN = frozenset({"k", "kg", "kindergarten", "kinder", "tk", "0", "00", "kf", "kindergarden"})
_YEARS_FROM_FIVE = frozenset({"uk", "gb", "nz", "united kingdom", "great britain", "england", "wales", "new zealand"})
FIRST_GRADE_AGE = 6
LAST_GRADE = 12


def age_in_grade(text: str, country: str = "") -> int | None:
    """Return the age in years at which a grade usually begins; None if it is none.

    Grades count as in the United States, Latin America and Australia, from 6 in the first. In the United Kingdom and
    New Zealand the first year begins at 5, so Year 4 is a year younger than Grade 4.
    """
    plain = " ".join(text.casefold().split())
    if plain.removesuffix(" grade") in _KINDERGARTEN:
        return FIRST_GRADE_AGE - 1
    match = _GRADE.fullmatch(plain)
    grade = int(match[1]) if match else 0
    earlier = country.strip().casefold() in _YEARS_FROM_FIVE
    return grade + FIRST_GRADE_AGE - 1 - earlier if 1 <= grade <= LAST_GRADE + earlier else None
