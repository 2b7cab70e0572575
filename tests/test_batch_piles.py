"""The order of a print file: as a person would file the sheets."""

import pytest

from agreement.batch.piles import class_key, sorted_entries
from agreement.household import Child, Choices, Household
from agreement.household.roster_rows import Entry


def entry(row: int, child: str, room: str = "", family: str = "") -> Entry:
    return Entry((row,), Household(family, (Child(child),)), Choices(), room)


@pytest.mark.parametrize(
    ("by", "names"),
    [
        (("child",), ["Ann", "Éa", "Edda", "Łucja", "lukas", "Ole", "Øyvind", "Zoë"]),
        (("class", "child"), ["Edda", "Ole", "Łucja", "Zoë", "Ann", "Éa", "lukas", "Øyvind"]),
        (("row",), ["Zoë", "Éa", "Ann", "Øyvind", "Ole", "Łucja", "lukas", "Edda"]),
        (("family", "class"), ["Zoë", "Łucja", "Éa", "Edda", "Ole", "Ann", "lukas", "Øyvind"]),
    ],
)
def test_as_a_person_would_file_them(by: tuple[str, ...], names: list[str]) -> None:
    found = [
        entry(2, "Zoë", "2A", "Abt"),
        entry(3, "Éa", "10A", "Ácre"),
        entry(4, "Ann", "10a", "Đoàn"),
        entry(5, "Øyvind", "10B", "Zhu"),
        entry(6, "Ole", "", "Berg"),
        entry(7, "Łucja", "2A", "Abt"),
        entry(8, "lukas", "10B", "Ødegård"),
        entry(9, "Edda", "", "Adams"),
    ]
    assert [one.household.children[0].name for one in sorted_entries(found, by)] == names


def test_without_an_order_nothing_is_kept() -> None:
    found = iter([entry(2, "Zoë"), entry(3, "Ann")])
    assert sorted_entries(found, ()) is found


def test_classes_lie_together_where_covers_are_between_them() -> None:
    found = [entry(2, "Ann", "3b"), entry(3, "Bo", "2A"), entry(4, "Cy", "3B")]
    rooms = [class_key(one.classroom) for one in sorted_entries(found, ("child",), classes_first=True)]
    assert rooms == ["2a", "3b", "3b"]
