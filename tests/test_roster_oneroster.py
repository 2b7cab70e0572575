"""OneRoster sets of both versions: who is a student, and that no row of one is lost."""

import zipfile
from pathlib import Path

import pytest

from agreement.errors import InputError
from agreement.household import Choices, Household
from agreement.household.roster import open_roster
from agreement.household.roster_rows import Entry, entries


def read(path: Path) -> list[Entry]:
    return list(entries(open_roster(path), Household(), Choices(), {}))


def codes(entry: Entry) -> list[str]:
    return [f"{problem.code}@{problem.where.line}:{problem.where.column}" for problem in entry.problems]


USERS = "sourcedId,status,enabledUser,givenName,familyName,preferredGivenName,grades,agentSourcedIds\n"


def _set(folder: Path, users: str, **parts: str) -> Path:
    folder.mkdir()
    (folder / "users.csv").write_text(users, encoding="utf-8")
    for name, text in parts.items():
        (folder / f"{name}.csv").write_text(text, encoding="utf-8")
    return folder


def test_version_1_2_says_in_roles_who_is_a_student(tmp_path: Path) -> None:
    users = USERS + "s1,,false,Margarita,Rivera,Maya,04,\ng1,,false,Ana,Rivera,,,s1\nt1,,true,Tom,Teacher,,,\n"
    roles = (
        "sourcedId,userSourcedId,roleType,role\nr1,s1,primary,student\nr2,g1,primary,parent\nr3,t1,primary,teacher\n"
    )
    (entry,) = read(_set(tmp_path / "set", users, roles=roles))
    assert entry.household.children[0].name == "Margarita"
    assert [adult.name for adult in entry.household.adults] == ["Ana Rivera"]
    assert entry.problems == ()


def test_a_user_without_a_role_is_reported(tmp_path: Path) -> None:
    users = USERS + "s1,,true,Maya,Rivera,,04,\ns2,,true,Leo,Ng,,04,\n"
    roles = "sourcedId,userSourcedId,role\nr1,s1,student\n"
    maya, leo = read(_set(tmp_path / "set", users, roles=roles))
    assert (maya.problems, codes(leo)) == ((), ["R308@3:0"])


def test_an_open_quote_in_a_set_costs_its_row_alone(tmp_path: Path) -> None:
    users = "sourcedId,role,givenName,familyName\ns1,student,Maya,Rivera\n" + 's2,student,"Leo,Ng\ns3,student,Bo,Li\n'
    found = read(_set(tmp_path / "set", users))
    assert [(entry.row, codes(entry)) for entry in found] == [(2, []), (3, ["R301@3:1"]), (4, [])]


def test_a_set_with_a_password_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "set.zip"
    with zipfile.ZipFile(path, "w") as packed:
        packed.writestr("users.csv", "sourcedId,role\n")
    raw = bytearray(path.read_bytes())
    raw[6] |= 1
    raw[raw.index(b"PK\x01\x02") + 8] |= 1
    path.write_bytes(bytes(raw))
    with pytest.raises(InputError, match="R104"):
        open_roster(path)


def test_school_data_sync_says_grades_in_roles_and_guardians_in_relationships(tmp_path: Path) -> None:
    users = (
        "sourcedId,username,givenName,familyName,password\ns1,m,Maya,Rivera,hunter2\ng1,,Ana,Rivera,\nt1,,Pat,Lopez,\n"
    )
    (entry,) = read(
        _set(
            tmp_path / "set",
            users,
            roles="userSourcedId,orgSourcedId,role,grade\ns1,o1,student,04\nt1,o1,teacher,\n",
            relationships="userSourcedId,relationshipUserSourcedId,relationshipRole\ns1,g1,guardian\ns1,t1,doctor\n",
            classes="sourcedId,orgSourcedId,title\nc1,o1,3B\n",
            enrollments="classSourcedId,userSourcedId,role\nc1,s1,student\nc1,t1,teacher\n",
        )
    )
    assert (entry.household.children[0], entry.classroom, entry.problems) == (("Maya", 9), "3B", ())
    assert [adult.name for adult in entry.household.adults] == ["Ana Rivera"]


def test_classes_of_one_name_in_two_schools_stay_apart(tmp_path: Path) -> None:
    found = read(
        _set(
            tmp_path / "set",
            "sourcedId,role,givenName,familyName,grades\ns1,student,Maya,Rivera,04\ns2,student,Leo,Ng,04\n",
            orgs="sourcedId,name,type\no1,Maple,school\no2,Oak,school\n",
            classes="sourcedId,title,schoolSourcedId\nc1,3B,o1\nc2,3B,o2\nc3,3A,o1\n",
            enrollments="sourcedId,classSourcedId,userSourcedId,role\ne1,c1,s1,student\ne2,c2,s2,student\n",
        )
    )
    assert [entry.classroom for entry in found] == ["3B, Maple", "3B, Oak"]


def test_two_sets_in_a_zip_are_not_guessed_between(tmp_path: Path) -> None:
    path = tmp_path / "set.zip"
    with zipfile.ZipFile(path, "w") as packed:
        for school in ("Maple", "Oak"):
            packed.writestr(f"{school}/users.csv", "sourcedId,role,givenName,familyName\ns1,student,Maya,Rivera\n")
    with pytest.raises(InputError, match="R104"):
        read(path)


def test_a_part_that_is_not_utf_8_is_told(tmp_path: Path) -> None:
    path = _set(tmp_path / "set", "")
    (path / "users.csv").write_bytes("sourcedId,role,givenName,familyName\ns1,student,Zoë,Núñez\n".encode("cp1252"))
    with pytest.raises(InputError, match="R103"):
        read(path)
