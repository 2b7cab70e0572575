"""How a language and a country write dates, times and lists: Babel's data, asked for only when needed."""

import datetime
import re
from collections.abc import Sequence
from functools import cache
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from babel import Locale

_CLOCK = r"(\d{1,2})(?:[:.h](\d{2}))?\s*(?:([ap])\.?\s*m\.?)?h?"
_SPAN = r"(?:in|en)\s+(\d{1,3}|an?|one|una?)\s+(day|week|month|year|día|dia|semana|mes|año)(?:e?s)?"
_SOUNDS_LIKE_I = re.compile(r"[Hh]?[IiÍí](?![aeouáéóúA-Z])")
_UNITS = {"día": "day", "dia": "day", "semana": "week", "mes": "month", "año": "year"}


@cache
def locale_of(language: str, territory: str) -> "Locale":
    """Return Babel's locale of a language in a territory, or of the language alone where that pair is unknown."""
    from babel import Locale, UnknownLocaleError

    try:
        return Locale.parse(f"{language}_{territory}")
    except (UnknownLocaleError, ValueError):
        return Locale.parse(language)


def say_date(day: datetime.date, locale: "Locale") -> str:
    """Write a day out: June 12, 2026."""
    from babel.dates import format_date

    return _spaces(format_date(day, "long", locale=locale))


def say_month(month: str, locale: "Locale") -> str:
    """Write 2026-11 out: November 2026. A year alone stays as it is."""
    from babel.dates import format_skeleton

    year, _, number = month.partition("-")
    return (
        _spaces(format_skeleton("yMMMM", datetime.date(int(year), int(number), 1), locale=locale)) if number else month
    )


def say_time(time: datetime.time, locale: "Locale") -> str:
    """Write a time of day as on the country's clocks: 8:30 pm, or 20:30."""
    from babel.dates import format_time

    text = _spaces(format_time(time, "short", locale=locale))
    return text.replace("AM", "am").replace("PM", "pm")


def say_list(words: Sequence[str], locale: "Locale") -> str:
    """Join words as the language does: a, b and c."""
    return re.sub(r"\{(\d+)\}", lambda place: words[int(place[1])], list_pattern(words, locale))


def list_pattern(words: Sequence[str], locale: "Locale") -> str:
    """Return how the language joins words, with {0}, {1} and so on in their places.

    Babel's patterns do not look at the words; Spanish says "e" for "y" before the sound of i (Ana e Inés, but y hielo).
    """
    places = [f"{{{at}}}" for at in range(len(words))]
    if len(words) < 2:
        return "".join(places)
    from babel.lists import format_list

    pattern = format_list(places, locale=locale)
    if locale.language == "es" and _SOUNDS_LIKE_I.match(words[-1]):
        return pattern.replace(f" y {places[-1]}", f" e {places[-1]}")
    return pattern


def _spaces(text: str) -> str:
    return text.replace("\u202f", "\u00a0")


def read_time(text: str) -> datetime.time | None:
    """Read 20:30, 8:30 pm, 8pm or 20h; None when it is no time of day."""
    match = re.fullmatch(_CLOCK, text.strip(), re.IGNORECASE)
    if not match or (not match[2] and not match[3] and "h" not in text.lower()):
        return None
    hour, minute, half = int(match[1]), int(match[2] or 0), (match[3] or "").lower()
    if half and not 1 <= hour <= 12:
        return None
    if half:
        hour = hour % 12 + (12 if half == "p" else 0)
    return datetime.time(hour, minute) if hour < 24 and minute < 60 else None


def read_date(text: str, today: datetime.date | None) -> datetime.date | None:
    """Read 2026-06-12, or "in 3 months" counted from `today`; None when it is neither."""
    text = text.strip()
    try:
        return datetime.date.fromisoformat(text)
    except ValueError:
        match = re.fullmatch(_SPAN, text, re.IGNORECASE)
    if not match or today is None:
        return None
    count = int(match[1]) if match[1].isdigit() else 1
    unit = match[2].lower()
    return _later(today, count, _UNITS.get(unit, unit))


def _later(day: datetime.date, count: int, unit: str) -> datetime.date | None:
    try:
        if unit in {"day", "week"}:
            return day + datetime.timedelta(days=count * (7 if unit == "week" else 1))
        months = day.year * 12 + day.month - 1 + count * (12 if unit == "year" else 1)
        year, month = divmod(months, 12)
        first_of_next = datetime.date(year + (month == 11), (month + 1) % 12 + 1, 1)
        last = (first_of_next - datetime.timedelta(days=1)).day
        return datetime.date(year, month + 1, min(day.day, last))
    except (ValueError, OverflowError):
        return None
