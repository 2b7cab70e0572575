"""A OneRoster 1.1 or 1.2 CSV set, as a folder or a zip, told as one plain table: a row a student.

Reads users, classes and enrollments; demographics, with birth dates, are never opened. The column names are those of
the specification (IMS OneRoster 1.2, CSV binding).
"""

import csv
import io
import zipfile
from collections.abc import Iterator, Mapping
from contextlib import AbstractContextManager, nullcontext
from pathlib import Path
from typing import TextIO

from agreement.errors import Where
from agreement.household.roster_text import MAX_BYTES, TableRow, refuse

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
_PARTS = ("users.csv", "classes.csv", "enrollments.csv")
_ADULTS = frozenset({"parent", "guardian", "relative"})
_LEFT = frozenset({"tobedeleted", "inactive"})
MAX_ADULTS_SHOWN = 4


def is_oneroster(path: Path) -> bool:
    """Tell whether a folder or a zip holds a users.csv."""
    if path.is_dir():
        return (path / _PARTS[0]).is_file()
    if not zipfile.is_zipfile(path):
        return False
    with zipfile.ZipFile(path) as packed:
        return any(name.rpartition("/")[2].lower() == _PARTS[0] for name in packed.namelist())


def oneroster_rows(path: Path, name: str, wanted: str = "") -> Iterator[TableRow]:
    """Yield a header and a row for each student, in the order of users.csv. Raises InputError.

    The class is the one that is `wanted` if the student is in it, else the homeroom, else the first one.
    """
    with _Set(path, name) as parts:
        titles, homerooms = {}, set()
        for row in parts.rows("classes.csv"):
            if _stays(row):
                titles[row.get("sourcedid", "")] = row.get("title", "")
                if row.get("classtype", "").lower() == "homeroom":
                    homerooms.add(row.get("title", ""))
        classes: dict[str, list[str]] = {}
        for row in parts.rows("enrollments.csv"):
            if _stays(row) and row.get("role", "").lower() == "student":
                classes.setdefault(row.get("usersourcedid", ""), []).append(
                    titles.get(row.get("classsourcedid", ""), "")
                )
        adults = {
            row.get("sourcedid", ""): _full_name(row)
            for row in parts.rows("users.csv")
            if _stays(row) and row.get("role", "").lower() in _ADULTS
        }
        yield TableRow(1, HEADERS)
        for number, row in enumerate(parts.rows("users.csv"), 2):
            student = row.get("role", "student").lower() in {"student", ""}
            if student and _stays(row):
                mine = classes.get(row.get("sourcedid", ""), [""])
                best = max(mine, key=lambda title: (title.casefold() == wanted.casefold(), title in homerooms))
                yield _student(number, row, adults, best)


def _student(number: int, row: Mapping[str, str], adults: Mapping[str, str], title: str) -> TableRow:
    agents = [word.strip() for word in row.get("agentsourcedids", row.get("agents", "")).split(",")]
    named = [adults[agent] for agent in agents if agent in adults][:MAX_ADULTS_SHOWN]
    named += [""] * (MAX_ADULTS_SHOWN - len(named))
    grade = row.get("grades", row.get("grade", "")).split(",")[0].strip()
    first = row.get("preferredfirstname") or row.get("givenname", "")
    last = row.get("preferredlastname") or row.get("familyname", "")
    return TableRow(number, (first, last, *named, grade, title))


def _full_name(row: Mapping[str, str]) -> str:
    return f"{row.get('givenname', '')} {row.get('familyname', '')}".strip()


def _stays(row: Mapping[str, str]) -> bool:
    return row.get("status", "").lower() not in _LEFT and row.get("enableduser", "true").lower() != "false"


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
        return self

    def __exit__(self, *_: object) -> None:
        if self._packed:
            self._packed.close()

    def rows(self, part: str) -> Iterator[dict[str, str]]:
        """Yield the records of a part by header in small letters; nothing when the set does not have it."""
        try:
            with self._opened(part) as stream:
                if stream is None:
                    return
                records = csv.reader(stream)
                header = [cell.strip().lower() for cell in next(records, [])]
                for record in records:
                    yield dict(zip(header, (cell.strip() for cell in record), strict=False))
        except (UnicodeDecodeError, csv.Error, zipfile.BadZipFile, OSError) as error:
            refuse(Where(f"{self._name}/{part}"), "R104", f"this part cannot be read: {error}.", "Export the set anew.")

    def _opened(self, part: str) -> AbstractContextManager[TextIO | None]:
        if self._packed is None:
            path = self._path / part
            return path.open(encoding="utf-8-sig", newline="") if path.is_file() else nullcontext(None)
        inside = next((n for n in self._packed.namelist() if n.rpartition("/")[2].lower() == part), None)
        if inside is None:
            return nullcontext(None)
        return io.TextIOWrapper(self._packed.open(inside), encoding="utf-8-sig", newline="")
