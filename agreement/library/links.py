"""What one file of the library says about another: does it exist, does it agree, is it still true?"""

import datetime
import re
from collections.abc import Iterable, Mapping
from typing import Any, NamedTuple

from agreement.errors import Problem, Where
from agreement.form import Found, suggestion
from agreement.library.clause import Clause
from agreement.source import Text, where_of

_MONTH = re.compile(r"(\d{4})-(0[1-9]|1[0-2])")
_MONTHS_A_CHECK_HOLDS = 12
_STABLE, _RETIRED, _DRAFT = "stable", "retired", "draft"


class Read(NamedTuple):
    """What was read, by id. A clause that is wrong by itself is None beside what could be read of it."""

    topics: Mapping[Text, Any]
    packs: Mapping[str, Mapping[str, Any]]
    countries: Mapping[str, Mapping[str, Any]]
    shared: Mapping[str, Mapping[str, Any]]
    clauses: Mapping[str, tuple[Clause | None, Mapping[str, Any]]]


def check_links(read: Read, today: datetime.date | None, found: Found) -> None:
    """Note every link that leads nowhere or is answered otherwise, and what is out of date on `today`."""
    for clause, values in read.clauses.values():
        if clause is not None:
            _check_clause(clause, values, read.clauses, found)
    for pack in read.packs.values():
        _check_pack(pack, read.clauses, found)
    for country in read.countries.values():
        _check_country(country, read.shared, found)
    for line in (*read.shared.values(), *(line for one in read.countries.values() for line in _own(one))):
        _check_line(line, today, found)
    taken = {values.get("topic") for _, values in read.clauses.values()}
    for topic in read.topics:
        if topic not in taken:
            said = f'no clause is about "{topic}".'
            found.problems.append(Problem(topic.where, "C250", said, "Write one, or take the topic out.", advice=True))


def _check_clause(clause: Clause, values: Mapping[str, Any], clauses: Mapping[str, Any], found: Found) -> None:
    for name in clause.conflicts:
        other = clauses.get(name, (None, {}))[0]
        if name not in clauses:
            _note_missing(207, name, clauses, found)
        elif other is not None and clause.id not in other.conflicts:
            said = f'"{name}" does not name "{clause.id}" among its conflicts.'
            found.add(where_of(name), 208, said, "Write it into both, or into neither.")
    for name in clause.replaces:
        other = clauses.get(name, (None, {}))[0]
        if other is not None and other.status != _RETIRED:
            said = f'"{name}" is replaced here and still in use.'
            found.add(where_of(name), 209, said, "Make it `status: retired`, or take it out here.")
    if clause.core and clause.status != _STABLE:
        said = f'a clause that every agreement carries cannot be "{clause.status}".'
        found.add(where_of(values["status"]), 211, said, "Make it stable, or `core: false`.")
    for source in values.get("sources", ()):
        address = source.get("address")
        if address is not None and not _is_full(address):
            said = f'"{address}" is not a whole web address.'
            found.add(where_of(address), 213, said, "Write it with https:// in front.")
    for month in values.get("reviewed", {}).values():
        check_month(month, found)


def check_month(month: Text, found: Found) -> None:
    """Note a review that is neither a year and a month nor a draft."""
    if month != _DRAFT and not _MONTH.fullmatch(month):
        found.add(month.where, 218, f'"{month}" is not a year and a month.', "Write it as in 2026-11, or draft.")


def _check_pack(pack: Mapping[str, Any], clauses: Mapping[str, Any], found: Found) -> None:
    for name in pack.get("clauses", ()):
        clause = clauses.get(name, (None, {}))[0]
        if name not in clauses:
            _note_missing(210, name, clauses, found)
        elif clause is not None and clause.status != _STABLE:
            said = f'"{name}" is {clause.status}, and a pack holds stable clauses.'
            found.add(where_of(name), 210, said, "Take it out here, or finish it.")


def _own(country: Mapping[str, Any]) -> Iterable[Mapping[str, Any]]:
    """Return the help lines that stand in the country's own file."""
    lines: Iterable[Mapping[str, Any]] = country.get("help_lines", ())
    return lines


def _check_country(country: Mapping[str, Any], shared: Mapping[str, Mapping[str, Any]], found: Found) -> None:
    named = country.get("shared", ())
    for name in named:
        if name not in shared:
            _note_missing(212, name, shared, found, "shared help line")
    lines = {str(name): shared[name] for name in named if name in shared}
    lines |= {str(line["id"]): line for line in _own(country) if "id" in line}
    for name in [*country.get("card", ()), *([country["qr"]] if "qr" in country else [])]:
        if name not in lines:
            _note_missing(212, name, lines, found, "help line")
    qr = country.get("qr")
    if qr is not None and qr in lines and "address" not in lines[qr]:
        found.add(where_of(qr), 212, f'"{qr}" has no address for the code.', "Name a help line that has one.")


def _check_line(line: Mapping[str, Any], today: datetime.date | None, found: Found) -> None:
    address = line.get("address")
    if address is not None and not _is_bare(address):
        said = f'"{address}" cannot be printed as an address.'
        found.add(where_of(address), 213, said, "Write it without https:// and without spaces.")
    if "checked" in line:
        check_age(line["checked"], today, found)


def check_age(checked: Text, today: datetime.date | None, found: Found, what: str = "help line") -> None:
    """Note a month that is none, or one that lies more than a year before `today`; `what` was confirmed then."""
    month = _MONTH.fullmatch(checked)
    if not month:
        found.add(checked.where, 218, f'"{checked}" is not a year and a month.', "Write it as in 2026-11.")
    elif today and (today.year - int(month[1])) * 12 + today.month - int(month[2]) > _MONTHS_A_CHECK_HOLDS:
        said = f"this {what} was last confirmed in {checked}, more than a year ago."
        found.add(checked.where, 251, said, "Confirm it and write the new month, or take it out.")


def _note_missing(number: int, name: str, known: Iterable[str], found: Found, what: str = "clause") -> None:
    where: Where = where_of(name)
    found.add(where, number, f'there is no {what} "{name}".', suggestion(name, known))


def _is_full(address: str) -> bool:
    return address.startswith("https://") and " " not in address and "." in address


def _is_bare(address: str) -> bool:
    return "://" not in address and " " not in address and "." in address
