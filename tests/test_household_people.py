"""Choices laid over choices."""

from agreement.household import AppRow, Choices, OwnRule


def test_single_values_replace_and_lists_are_joined() -> None:
    below = Choices("en", "US", "everyday", ("8-10",), ("a", "b"), ("x",), {"bedtime": "20:30", "place": "hall"})
    above = Choices(language="es", with_=("b", "c"), blanks={"bedtime": "21:00"}, paper="a4")
    both = above.over(below)
    assert (both.language, both.country, both.pack, both.ages, both.paper) == ("es", "US", "everyday", ("8-10",), "a4")
    assert (both.with_, both.without) == (("a", "b", "c"), ("x",))
    assert both.blanks == {"bedtime": "21:00", "place": "hall"}


def test_the_upper_word_about_a_clause_counts() -> None:
    both = Choices(with_=("x",), without=("a",)).over(Choices(with_=("a",), without=("x",)))
    assert (both.with_, both.without) == (("x",), ("a",))


def test_rows_and_rules_below_come_first() -> None:
    both = Choices(apps=(AppRow("B"),), own=(OwnRule("b"),)).over(Choices(apps=(AppRow("A"),), own=(OwnRule("a"),)))
    assert [row.app for row in both.apps] == ["A", "B"]
    assert [rule.text for rule in both.own] == ["a", "b"]
