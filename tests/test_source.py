"""Text becomes values that know their place, and whatever makes YAML clever is refused by name."""

import contextlib
import time
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from agreement.errors import InputError, Problem, Where
from agreement.source import (
    MAX_BYTES,
    MAX_DEPTH,
    Mapping,
    Node,
    Scalar,
    Sequence,
    Text,
    parse_source,
    read_source,
    where_of,
)


def problems_of(text: str | bytes) -> list[Problem]:
    with pytest.raises(InputError) as caught:
        parse_source(text, "family.yaml")
    return list(caught.value.problems)


def only_value(text: str) -> Node:
    node = parse_source(text, "family.yaml")
    assert isinstance(node, Mapping)
    return node.entries[0][1]


@pytest.mark.parametrize(
    ("text", "code", "line", "column"),
    [
        ("a: b\x07c", "S104", 1, 5),
        ('a: "b\\x1bc"', "S104", 1, 4),
        ("a: 1\nb: [", "S105", 3, 1),
        ("a: 'b", "S105", 1, 6),
        ("a:\n\tb: 1", "S105", 2, 1),
        ("", "S106", 1, 1),
        ("# only a remark\n", "S106", 1, 1),
        ("a: 1\n---\nb: 2\n", "S107", 2, 1),
        ("a: &x 1\n", "S108", 1, 4),
        ("a: &x 1\nb: *x\n", "S108", 1, 4),
        ("a: 1\nb: !!int 2\n", "S109", 2, 4),
        ("a: !python/object:os.system x", "S109", 1, 4),
        ("? [a, b]\n: c\n", "S110", 1, 3),
        ("a: 1\nb: 2\na: 3\n", "S111", 3, 1),
    ],
)
def test_clever_or_broken_yaml_is_refused_with_its_place(text: str, code: str, line: int, column: int) -> None:
    first = problems_of(text)[0]
    assert (first.code, first.where) == (code, Where("family.yaml", line, column))


def test_all_problems_are_told_at_once() -> None:
    assert [problem.code for problem in problems_of("a: &x 1\nb: !t 2\nb: 3\n")] == ["S108", "S109", "S111"]


def test_not_utf_8_names_line_and_column() -> None:
    (problem,) = problems_of(b"a: 1\nname: Andr\xe9\n")
    assert (problem.code, problem.where) == ("S103", Where("family.yaml", 2, 11))


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig"])
def test_utf_8_is_read_with_and_without_its_mark(encoding: str) -> None:
    node = parse_source("name: André".encode(encoding), "family.yaml")
    assert isinstance(node, Mapping)
    assert node.entries[0][0].text == "name"
    assert node.entries[0][1] == Scalar("André", Where("family.yaml", 1, 7))


@pytest.mark.parametrize("word", ["21:00", "no", "yes", "null", "0x10", "1_000", "2026-03-12", ".inf", "012"])
def test_every_scalar_stays_the_text_that_was_written(word: str) -> None:
    value = only_value(f"a: {word}")
    assert isinstance(value, Scalar)
    assert (value.text, value.empty) == (word, False)


@pytest.mark.parametrize(
    ("written", "empty"), [("", True), ("~", True), ('""', False), ('"~"', False), ("null", False)]
)
def test_only_nothing_at_all_is_empty(written: str, empty: bool) -> None:
    value = only_value(f"a: {written}\n")
    assert isinstance(value, Scalar)
    assert value.empty is empty


def test_alias_bomb_is_refused_at_once() -> None:
    bomb = "a: &a [x, x, x, x, x, x, x, x, x]\n"
    for before, name in zip("abcdefgh", "bcdefghi", strict=True):
        bomb += f"{name}: &{name} [{', '.join([f'*{before}'] * 9)}]\n"
    start = time.perf_counter()
    assert {problem.code for problem in problems_of(bomb)} == {"S108"}
    assert time.perf_counter() - start < 5


@pytest.mark.parametrize("text", ["[" * 2000 + "x" + "]" * 2000, "a: " * 1 + "{b: " * 500 + "c" + "}" * 500])
def test_too_deep_is_refused(text: str) -> None:
    assert problems_of(text)[0].code == "S102"


def test_as_deep_as_allowed_is_read() -> None:
    assert isinstance(parse_source("[" * (MAX_DEPTH - 1) + "x" + "]" * (MAX_DEPTH - 1), "f"), Sequence)


def test_fifty_megabytes_are_refused_without_reading_them(tmp_path: Path) -> None:
    path = tmp_path / "large.yaml"
    with path.open("wb") as stream:
        stream.truncate(50_000_000)
    with pytest.raises(InputError) as caught:
        read_source(path)
    assert [problem.code for problem in caught.value.problems] == ["S102"]
    assert f"{MAX_BYTES:,}" in caught.value.problems[0].text


@pytest.mark.parametrize("name", ["missing.yaml", "", "a\x00b", "x" * 300])
def test_file_that_cannot_be_read_is_a_sentence(tmp_path: Path, name: str) -> None:
    with pytest.raises(InputError) as caught:
        read_source(tmp_path / name, "family.yaml")
    assert [problem.code for problem in caught.value.problems] == ["S101"]


def test_text_knows_its_place() -> None:
    assert where_of(Text("a", Where("f", 1, 2))) == Where("f", 1, 2)
    assert where_of("a", "--child") == Where("--child")
    assert str(Where("f", 1, 2)) == "f:1:2"
    assert str(Where("--child")) == "--child"


@given(st.text(max_size=60) | st.binary(max_size=60))
def test_nothing_that_can_be_typed_is_a_traceback(text: str | bytes) -> None:
    with contextlib.suppress(InputError):
        parse_source(text, "family.yaml")
