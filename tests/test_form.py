"""Shapes read what fits, note what does not with its place and mend, and read on."""

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from agreement.errors import InputError, Problem, Where
from agreement.form import Either, Field, Flag, Found, Kind, ListOf, MapOf, Number, OneOf, Record, Words, suggestion
from agreement.source import Node, Text, parse_source

PERSON = Record(
    "A person.",
    {"name": Field(Words(5), "the name", required=True), "age": Field(Number(5, 17, "Write 9."), "the age")},
)


def read(kind: Kind, text: str) -> tuple[Any, list[Problem]]:
    found = Found("F")
    return kind.read(parse_source(text, "f"), found), found.problems


@pytest.mark.parametrize(
    ("kind", "text", "code", "place"),
    [
        (PERSON, "{name: Ana, agee: 9}", "F101", (1, 13)),
        (PERSON, "{age: 9}", "F102", (1, 1)),
        (PERSON, "[Ana]", "F103", (1, 1)),
        (PERSON, "{name: [Ana]}", "F103", (1, 8)),
        (OneOf("paper", {"a4": "", "letter": ""}), "lettr", "F104", (1, 1)),
        (PERSON, '{name: ""}', "F105", (1, 8)),
        (PERSON, "{name: Maximilian}", "F106", (1, 8)),
        (ListOf(Words(), 2), "[a, b, c]", "F106", (1, 1)),
        (PERSON, "{name: Ana, age: nine}", "F107", (1, 18)),
        (PERSON, "{name: Ana, age: 18}", "F107", (1, 18)),
        (Number(0, 9), "99999999999999999999", "F107", (1, 1)),
        (Number(0, 9), "²", "F107", (1, 1)),
        (Flag(), "yes", "F108", (1, 1)),
        (MapOf(Words()), "[a]", "F103", (1, 1)),
    ],
)
def test_mistakes_have_a_code_and_a_place(kind: Kind, text: str, code: str, place: tuple[int, int]) -> None:
    (problem,) = read(kind, text)[1]
    assert (problem.code, problem.where) == (code, Where("f", *place))


def test_what_fits_is_read() -> None:
    values, problems = read(PERSON, "{name: ' Ana ', age: 9}")
    assert problems == []
    assert values == {"": Where("f", 1, 1), "name": "Ana", "age": 9}
    assert values["name"].where == Where("f", 1, 8)


def test_reading_goes_on_after_a_mistake() -> None:
    values, problems = read(ListOf(PERSON), "[{name: Ana, age: x}, {nam: Leo}, {name: Maya}]")
    assert [problem.code for problem in problems] == ["F107", "F101", "F102"]
    assert [value.get("name") for value in values] == ["Ana", None, "Maya"]


def test_empty_value_of_a_key_that_may_be_missing_is_missing() -> None:
    assert read(PERSON, "name: Ana\nage:\n") == ({"": Where("f", 1, 1), "name": "Ana"}, [])


def test_empty_value_of_a_key_that_must_be_there_is_a_mistake() -> None:
    assert [problem.code for problem in read(PERSON, "name:\n")[1]] == ["F105"]


def test_one_value_stands_for_a_list_of_one() -> None:
    assert read(ListOf(Words()), "a") == (("a",), [])
    assert read(MapOf(ListOf(Words())), "a: []") == ({"a": ()}, [])


def test_either_follows_what_was_written() -> None:
    kind = ListOf(Either(Words(), PERSON))
    values, problems = read(kind, "[Ana, {name: Leo}]")
    assert (values[0], values[1]["name"], problems) == ("Ana", "Leo", [])


def test_further_checks_note_their_own_problems() -> None:
    def no_digits(text: Text, found: Found) -> None:
        if any(letter.isdigit() for letter in text):
            found.add(text.where, 399, "no digits.")

    assert [problem.code for problem in read(Words(check=no_digits), "a1")[1]] == ["F399"]


def test_near_words_are_suggested() -> None:
    known = ["no-phones-at-meals", "phones-go-to-bed", "be-kind"]
    assert suggestion("no-phone-at-meals", known) == 'Did you mean "no-phones-at-meals"?'
    assert suggestion("meals", known) == 'Did you mean "no-phones-at-meals"?'
    assert suggestion("xyzzy", known) == "Known: no-phones-at-meals, phones-go-to-bed, be-kind."
    assert suggestion("xyzzy", [f"clause-{number}" for number in range(40)]) == ""


def test_problems_are_raised_together_and_sorted() -> None:
    found = Found("C")
    found.add(Where("b"), 102, "second.")
    found.add(Where("a", 2), 101, "first.", "Mend.")
    with pytest.raises(InputError) as caught:
        found.stop()
    assert str(caught.value) == "a:2:0: C101 first. Mend.\nb: C102 second."


def test_advice_stops_nobody() -> None:
    found = Found("C")
    found.problems.append(Problem(Where("a"), "C250", "you could.", advice=True))
    found.stop()


def test_shapes_describe_themselves() -> None:
    schema = PERSON.schema()
    assert schema["required"] == ["name"]
    assert schema["properties"]["age"] == {"type": "integer", "minimum": 5, "maximum": 17, "description": "the age"}
    assert schema["additionalProperties"] is False
    assert OneOf("paper", {"a4": "210 by 297 mm"}).schema() == {
        "oneOf": [{"const": "a4", "description": "210 by 297 mm"}]
    }


def test_a_list_says_that_one_value_is_enough() -> None:
    word = {"type": "integer", "minimum": 1, "maximum": 9}
    assert ListOf(Number(1, 9), 4).schema() == {"anyOf": [word, {"type": "array", "items": word, "maxItems": 4}]}


NODES = st.recursive(
    st.sampled_from(["a", "", "9", "true", "~", '"x y"', "-1"]),
    lambda inner: (
        st.lists(inner, max_size=3).map(lambda kids: f"[{', '.join(kids)}]")
        | st.lists(inner, min_size=1, max_size=3).map(
            lambda kids: (
                "{" + ", ".join(f"{key}: {kid}" for key, kid in zip(["name", "age", "z"], kids, strict=False)) + "}"
            )
        )
    ),
    max_leaves=8,
)
KINDS: list[Kind] = [
    PERSON,
    ListOf(PERSON),
    MapOf(PERSON),
    Either(Words(), PERSON),
    Flag(),
    Number(0, 9),
    OneOf("x", {"a": ""}),
]


@given(NODES, st.sampled_from(KINDS))
def test_any_shape_reads_any_node(text: str, kind: Kind) -> None:
    node: Node
    try:
        node = parse_source(text, "f")
    except InputError:
        return
    found = Found("F")
    kind.read(node, found)
    assert all(problem.where.file == "f" and problem.text for problem in found.problems)
