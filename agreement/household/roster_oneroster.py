"""A OneRoster 1.1 or 1.2 CSV set, as a folder or a zip, told as one plain table: a row a student.

Reads users, roles, relationships, classes, enrollments and the names of schools; demographics, with birth dates, are
never opened. The column names are those of the specification (IMS OneRoster 1.1 and 1.2, CSV binding): 1.1 says in
users.csv who is a student, 1.2 in roles.csv. Microsoft's School Data Sync 2.1 is alike, with grades in roles.csv and
guardians in relationships.csv. `enabledUser` is about logging in and not about being there, so it is not asked.
"""

import io
import zipfile
import zlib
from collections.abc import Iterator, Mapping
from contextlib import AbstractContextManager, nullcontext
from pathlib import Path
from typing import TextIO

from agreement.errors import Problem, Where
from agreement.household.roster_text import MAX_BYTES, TableRow, plain_class, records, refuse

HEADERS = (
    "Student First Name",
    "Student Last Name",
    "Guardian 1",
    "Guardian 2",
    "Guardian 3",
    "Guardian 4",
    "Grade",
    "Class",
)
_USERS = "users.csv"
_ADULTS = frozenset({"parent", "guardian", "relative"})
_LEFT = frozenset({"tobedeleted", "inactive"})
MAX_ADULTS_SHOWN = 4


def is_oneroster(path: Path) -> bool:
    """Tell whether a folder or a zip holds a users.csv."""
    if path.is_dir():
        return (path / _USERS).is_file()
    if not zipfile.is_zipfile(path):
        return False
    with zipfile.ZipFile(path) as packed:
        return any(name.rpartition("/")[2].lower() == _USERS for name in packed.namelist())


def oneroster_rows(path: Path, name: str, wanted: str = "") -> Iterator[TableRow]:
    """Yield a header and a row for each student, in the order of users.csv. Raises InputError.

    The class is the one that is `wanted` if the student is in it, else the homeroom, else the first one.
    """
    with _Set(path, name) as parts:
        classes = _classes(parts)
        roles, grades = _roles(parts)
        wards = _wards(parts)
        known = {adult for named in wards.values() for adult in named}
        adults: dict[str, str] = {}
        for row in parts.read(_USERS, lenient=True):
            mine = _roles_of(row, roles)
            if _stays(row) and (mine & _ADULTS or (not mine and row.get("sourcedid") in known)):
                adults[row.get("sourcedid", "")] = _full_name(row)
                for ward in _agents(row):
                    wards.setdefault(ward, []).append(row.get("sourcedid", ""))
        yield TableRow(1, HEADERS)
        for number, row, problem in parts.rows(_USERS):
            mine = _roles_of(row, roles)
            if problem:
                yield TableRow(number, (), problem)
            elif _stays(row) and not mine and any(row.values()) and row.get("sourcedid") not in known:
                said = "nothing says whether this user is a student."
                yield TableRow(number, (), Problem(Where(name, number), "R308", said, "Export the set anew."))
            elif _stays(row) and "student" in mine:
                user = row.get("sourcedid", "")
                title = _best(classes.get(user, []), wanted)
                named = [
                    adults[agent] for agent in dict.fromkeys([*_agents(row), *wards.get(user, ())]) if agent in adults
                ]
                yield _student(number, row, named, (grades.get(user, ""), title))


def _best(mine: list[tuple[str, bool]], wanted: str) -> str:
    """Return the class to name of those that a student is in, each with whether it is a homeroom."""
    asked = plain_class(wanted)
    return max(mine, key=lambda one: (bool(asked) and plain_class(one[0]) == asked, one[1]))[0] if mine else ""


def _classes(parts: "_Set") -> dict[str, list[tuple[str, bool]]]:
    """Return the classes of each student: the title, and whether it is a homeroom."""
    schools = {row.get("sourcedid", ""): row.get("name", "") for row in parts.read("orgs.csv")}
    found = [row for row in parts.read("classes.csv") if _stays(row)]
    places: dict[str, set[str]] = {}
    for row in found:
        places.setdefault(plain_class(row.get("title", "")), set()).add(_school(row))
    titles = {}
    for row in found:
        title, school = row.get("title", ""), schools.get(_school(row), "")
        if school and len(places[plain_class(title)]) > 1:  # the 3B of one school is not that of another
            title = f"{title}, {school}"
        titles[row.get("sourcedid", "")] = (title, row.get("classtype", "").lower() == "homeroom")
    classes: dict[str, list[tuple[str, bool]]] = {}
    for row in parts.read("enrollments.csv"):
        named = titles.get(row.get("classsourcedid", ""))
        if named and _stays(row) and row.get("role", "").lower() == "student":
            classes.setdefault(row.get("usersourcedid", ""), []).append(named)
    return classes


def _school(row: Mapping[str, str]) -> str:
    return row.get("schoolsourcedid") or row.get("orgsourcedid", "")


def _wards(parts: "_Set") -> dict[str, list[str]]:
    """Return the parents and guardians of each user that relationships.csv names."""
    wards: dict[str, list[str]] = {}
    for row in parts.read("relationships.csv"):
        if _stays(row) and row.get("relationshiprole", "").lower() in _ADULTS:
            wards.setdefault(row.get("usersourcedid", ""), []).append(row.get("relationshipusersourcedid", ""))
    return wards


def _roles(parts: "_Set") -> tuple[dict[str, set[str]] | None, dict[str, str]]:
    """Return the roles of each user, None where no roles.csv tells, and the grades that stand beside them."""
    found: dict[str, set[str]] = {}
    grades: dict[str, str] = {}
    told = False
    for row in parts.read("roles.csv"):
        told = True
        if _stays(row):
            user = row.get("usersourcedid", "")
            found.setdefault(user, set()).add(row.get("role", "").lower())
            if grade := row.get("grade"):
                grades[user] = grade
    return (found if told else None), grades


def _roles_of(row: Mapping[str, str], roles: Mapping[str, set[str]] | None) -> set[str]:
    if own := row.get("role", "").lower():
        return {own}
    if roles is not None:
        return roles.get(row.get("sourcedid", ""), set())
    return set() if "role" in row else {"student"}


def _agents(row: Mapping[str, str]) -> list[str]:
    return [word.strip() for word in row.get("agentsourcedids", row.get("agents", "")).split(",") if word.strip()]


def _student(number: int, row: Mapping[str, str], named: list[str], place: tuple[str, str]) -> TableRow:
    adults = [*named, *[""] * MAX_ADULTS_SHOWN][:MAX_ADULTS_SHOWN]
    grade = (row.get("grades") or row.get("grade") or place[0]).split(",")[0].strip()
    return TableRow(number, (_first(row), _last(row), *adults, grade, place[1]))


def _first(row: Mapping[str, str]) -> str:
    return row.get("givenname") or row.get("preferredgivenname") or row.get("preferredfirstname", "")


def _last(row: Mapping[str, str]) -> str:
    return row.get("familyname") or row.get("preferredfamilyname") or row.get("preferredlastname", "")


def _full_name(row: Mapping[str, str]) -> str:
    return f"{_first(row)} {_last(row)}".strip()


def _stays(row: Mapping[str, str]) -> bool:
    return row.get("status", "").lower() not in _LEFT


class _Set:
    """The files of a set, opened by name wherever they lie."""

    def __init__(self, path: Path, name: str) -> None:
        self._path, self._name = path, name
        self._packed: zipfile.ZipFile | None = None

    def __enter__(self) -> "_Set":
        if not self._path.is_dir():
            self._packed = zipfile.ZipFile(self._path)
            if sum(part.file_size for part in self._packed.infolist()) > MAX_BYTES:
                refuse(Where(self._name), "R102", "this set unpacks to more than a roster holds.")
            if len([name for name in self._packed.namelist() if name.rpartition("/")[2].lower() == _USERS]) > 1:
                said = f"there are several sets in it, each with a {_USERS}."
                refuse(Where(self._name), "R104", said, "Unpack it, and name the folder of one set.")
        return self

    def __exit__(self, *_: object) -> None:
        if self._packed:
            self._packed.close()

    def read(self, part: str, lenient: bool = False) -> Iterator[dict[str, str]]:
        """Yield the records of a part. Raises InputError for one that cannot be read, unless `lenient`."""
        for number, row, problem in self.rows(part):
            if problem and not lenient:
                refuse(Where(f"{self._name}/{part}", number), problem.code, problem.text, problem.mend)
            yield row

    def rows(self, part: str) -> Iterator[tuple[int, dict[str, str], Problem | None]]:
        """Yield number and record, by header in small letters; nothing when the set does not have the part."""
        try:
            with self._opened(part) as stream:
                if stream is None:
                    return
                found = records(stream, self._name)
                first = next(found, None)
                header = [cell.strip().lower() for cell in first.cells] if first else []
                for row in found:
                    cells = (cell.strip() for cell in row.cells)
                    yield row.number, dict(zip(header, cells, strict=False)), row.problem
        except UnicodeDecodeError:
            mend = "Export the set anew; OneRoster is always UTF-8."
            refuse(Where(f"{self._name}/{part}"), "R103", "this part is not UTF-8 text.", mend)
        except (zlib.error, RuntimeError, zipfile.BadZipFile, OSError) as error:
            refuse(Where(f"{self._name}/{part}"), "R104", f"this part cannot be read: {error}.", "Export the set anew.")

    def _opened(self, part: str) -> AbstractContextManager[TextIO | None]:
        if self._packed is None:
            path = self._path / part
            return path.open(encoding="utf-8-sig", newline="") if path.is_file() else nullcontext(None)
        inside = next((n for n in self._packed.namelist() if n.rpartition("/")[2].lower() == part), None)
        if inside is None:
            return nullcontext(None)
        return io.TextIOWrapper(self._packed.open(inside), encoding="utf-8-sig", newline="")
