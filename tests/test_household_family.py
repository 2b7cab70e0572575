"""The family file: people and choices, and a sentence for everything that cannot be one."""

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from agreement.errors import InputError, Problem, Where
from agreement.household import (
    Adult,
    AppRow,
    Child,
    Choices,
    Household,
    OwnRule,
    TrustedAdult,
    load_family,
    parse_family,
)
from agreement.household.family import FAMILY_FORM
from agreement.source import Text

# Line ends inside quotes, which YAML reads as a space.
FOLDED = set("\r\n\x85\u2028\u2029")
EXAMPLE = Path(__file__).parent.parent / "docs" / "examples" / "rivera.yaml"


def problems_of(text: str) -> list[Problem]:
    with pytest.raises(InputError) as caught:
        parse_family(text, "family.yaml")
    return list(caught.value.problems)


def test_the_riveras() -> None:
    household, choices = load_family(EXAMPLE)
    assert household == Household(
        family="The Rivera family",
        children=(Child("Maya", 9), Child("Leo", 14)),
        adults=(Adult("Ana"), Adult("Grandpa Joe"), Adult("Mari")),
        trusted_adults=(
            TrustedAdult("Ms. Lopez", "school counselor"),
            TrustedAdult("Aunt Rosa", "lives next door to Mari"),
        ),
    )
    assert choices == Choices(
        language="en",
        country="US",
        pack="everyday",
        with_=("put-phones-down", "no-phones-at-meals"),
        without=("think-before-we-post",),
        blanks={"bedtime": "20:30", "place": "the kitchen", "times": ("meals", "the car")},
        apps=(AppRow("Roblox", "Maya", "Ana"), AppRow("Instagram", "Leo", "Ana")),
        own=(OwnRule("I will teach Grandpa the group chat.", "Leo"), OwnRule("Sunday is board game day.", "Maya")),
        review="in 3 months",
    )


def test_every_value_keeps_its_place() -> None:
    household, choices = parse_family("children:\n  - Maya\nown: 'Maya: Be kind.'\n", "f")
    name, rule = household.children[0].name, choices.own[0]
    assert isinstance(name, Text)
    assert name.where == Where("f", 2, 5)
    assert isinstance(rule.text, Text)
    assert rule.text.where == Where("f", 3, 6)


def test_every_key_is_read() -> None:
    flags = ("figures", "reasons")
    text = "\n".join(
        f"{key}: {'true' if key in flags else 'x'}" for key in FAMILY_FORM.fields if key not in {"blanks", "language"}
    )
    household, choices = parse_family(f"{text}\nblanks: {{bedtime: 21:00}}\nlanguage: es\n")
    assert (household.family, household.children, household.adults) == ("x", (Child("x"),), (Adult("x"),))
    assert choices == Choices(
        "es", "x", "x", ("x",), ("x",), ("x",), {"bedtime": "21:00"}, (AppRow("x"),), (OwnRule("x"),), "x", "x"
    )._replace(text_size="x", style="x", add=("x",), figures=True, reasons=True)


@pytest.mark.parametrize(
    "name", ["no", "yes", "null", "on", "007", "1e3", "<b>Ana</b>", "Tom & Jerry", "{blank}", "()\\", "Zoë", "安娜"]
)
def test_odd_names_are_names(name: str) -> None:
    for written in (f'"{name}"'.replace("\\", "\\\\"), name if name[0] not in "{" else f"'{name}'"):
        household, _ = parse_family(f"adults:\n  - {written}\n")
        assert household.adults == (Adult(name),)


def test_name_of_400_letters_is_a_name_and_401_is_not() -> None:
    household, _ = parse_family(f"children: [{'a' * 400}]")
    assert len(household.children[0].name) == 400
    assert [problem.code for problem in problems_of(f"children: [{'a' * 401}]")] == ["F106"]


@pytest.mark.parametrize(
    ("age", "code", "words"),
    [
        ("-1", "F324", "-1 is not an age"),
        ("nine", "F324", "in figures"),
        ("9.5", "F324", '"9.5" is not an age'),
        ("[9]", "F324", "here must stand an age"),
        ("९", "F324", "in figures"),
        ("3", "F325", "for children from 5 to 17"),
        ("18", "F326", "list grown-ups under adults"),
        ("99999999999999999999999999", "F326", "list grown-ups under adults"),
    ],
)
def test_each_age_that_is_none_has_its_own_sentence(age: str, code: str, words: str) -> None:
    (problem,) = problems_of(f"children: [{{name: Maya, age: {age}}}]")
    assert problem.code == code
    assert words in str(problem)
    assert problem.where == Where("family.yaml", 1, 30)


@pytest.mark.parametrize("age", ["5", "17", "+9"])
def test_ages_from_5_to_17_are_read(age: str) -> None:
    household, _ = parse_family(f"children: [{{name: Maya, age: {age}}}]")
    assert household.children == (Child("Maya", int(age)),)


def test_forty_children_are_one_clear_problem() -> None:
    (problem,) = problems_of(f"children: [{', '.join(f'Child {number}' for number in range(40))}]")
    assert (problem.code, problem.text) == (
        "F327",
        "there are 40 children; 20 are the most that one agreement can hold.",
    )


def test_twenty_children_and_adults_are_a_household() -> None:
    names = ", ".join(f"N{number}" for number in range(20))
    household, _ = parse_family(f"children: [{names}]\nadults: [{names}]")
    assert (len(household.children), len(household.adults)) == (20, 20)


@pytest.mark.parametrize("point", [0x200E, 0x200F, 0x61C, *range(0x202A, 0x202F), *range(0x2066, 0x206A)])
def test_invisible_direction_signs_are_named(point: int) -> None:
    (problem,) = problems_of(f"own: 'a{chr(point)}b'")
    assert problem.code == "F321"
    assert f"U+{point:04X}" in problem.text
    assert "invisible" in problem.text


@pytest.mark.parametrize(("written", "said"), [("\\n", "a line break"), ("\\t", "a tab"), ("\\u2028", "a line break")])
@pytest.mark.parametrize(
    "line", ['family: "a{}b"', 'review: "a{}b"', 'blanks: {{x: "a{}b"}}', 'apps: [{{app: "a{}b"}}]']
)
def test_line_breaks_and_tabs_are_refused_in_every_text(line: str, written: str, said: str) -> None:
    (problem,) = problems_of(line.format(written))
    assert problem.code == "F322"
    assert said in problem.text


def test_joiners_that_letters_need_are_kept() -> None:
    household, _ = parse_family('children: ["می\u200cخواهم"]')
    assert household.children[0].name == "می\u200cخواهم"


@pytest.mark.parametrize("text", ["children: ['']", "children: [{name: ''}]", "adults: [' ']", "family: ''"])
def test_empty_names_are_refused(text: str) -> None:
    assert [problem.code for problem in problems_of(text)] == ["F105"]


def test_key_without_a_value_is_a_key_left_out() -> None:
    assert parse_family("family:\nchildren:\nblanks:\n  bedtime:\nown: []\n") == (Household(), Choices())


def test_all_problems_are_told_in_the_order_of_the_file() -> None:
    problems = problems_of("famly: X\nchildren: [{name: A, age: 3}, {nme: B}]\nreview: 'a\u202eb'\n")
    assert [(problem.where.line, problem.code) for problem in problems] == [
        (1, "F101"),
        (2, "F325"),
        (2, "F102"),
        (2, "F101"),
        (3, "F321"),
    ]


@pytest.mark.parametrize(("text", "code"), [("[a, b]", "F103"), ("just words", "F103"), ("", "S106"), ("a: [", "S105")])
def test_what_is_no_family_file_is_refused(text: str, code: str) -> None:
    assert problems_of(text)[0].code == code


def test_a_rule_belongs_to_a_member_only() -> None:
    _, choices = parse_family(
        "children: [Leo]\nadults: [Ana]\nown: ['Leo: a', 'Ana : b', 'Zed: c', 'Leo:', 'Leo waits']\n"
    )
    assert choices.own == (
        OwnRule("a", "Leo"),
        OwnRule("b", "Ana"),
        OwnRule("Zed: c"),
        OwnRule("Leo:"),
        OwnRule("Leo waits"),
    )


@pytest.mark.parametrize(
    ("written", "adult"),
    [
        ("Ms. Lopez (school counselor)", TrustedAdult("Ms. Lopez", "school counselor")),
        ("Ms. Lopez", TrustedAdult("Ms. Lopez")),
        ("{name: Ms. Lopez, who: counselor}", TrustedAdult("Ms. Lopez", "counselor")),
        ("Jo (Joanna) Lee", TrustedAdult("Jo (Joanna) Lee")),
        ("()\\", TrustedAdult("()\\")),
        ("Ana ()", TrustedAdult("Ana ()")),
    ],
)
def test_trusted_adults_may_say_who_they_are(written: str, adult: TrustedAdult) -> None:
    household, _ = parse_family(f"trusted_adults:\n  - {written}\n")
    assert household.trusted_adults == (adult,)


def test_several_who_use_an_app() -> None:
    _, choices = parse_family("apps: [{app: Roblox, who: [Maya, Leo]}]")
    assert choices.apps == (AppRow("Roblox", "Maya, Leo"),)


def test_a_code_of_a_language_may_be_in_capitals() -> None:
    _, choices = parse_family("children: [Maya]\nlanguage: ES\n")
    assert choices.language == "es"


def test_a_sheet_has_one_language() -> None:
    assert parse_family("language: [en]")[1].language == "en"
    assert [problem.code for problem in problems_of("language: [en, es]")] == ["F328"]


@given(st.text(min_size=1, max_size=40).filter(lambda name: name.strip() and not FOLDED & set(name)))
def test_a_name_comes_back_exactly_or_is_refused(name: str) -> None:
    quoted = "'" + name.replace("'", "''") + "'"
    try:
        household, _ = parse_family(f"adults: [{quoted}]")
    except InputError:
        return
    assert household.adults == (Adult(name.strip()),)
