"""Breaking by numbers alone, against every other way to break."""

from itertools import combinations

from hypothesis import given, settings
from hypothesis import strategies as st

from agreement.typeset.breaks import SHORT, Widths, first_fit, most_even


def every_setting(words: list[float], space: float, measure: float) -> list[tuple[list[int], list[float]]]:
    """Return all ways to break words, with the slack of each line; a lone word may be too wide."""
    found = []
    count = len(words)
    for lines in range(1, count + 1):
        for inner in combinations(range(1, count), lines - 1):
            ends = [*inner, count]
            starts = [0, *inner]
            slack = [measure - sum(words[a:b]) - space * (b - a - 1) for a, b in zip(starts, ends, strict=True)]
            if all(left >= 0 or b == a + 1 for left, a, b in zip(slack, starts, ends, strict=True)):
                found.append((ends, slack))
    return found


@given(st.lists(st.integers(1, 60), min_size=1, max_size=9), st.integers(20, 80))
@settings(max_examples=400)
def test_fewest_lines_then_most_even(words: list[int], measure: int) -> None:
    wide = [float(word) for word in words]
    ends = most_even(Widths(wide, [3.0] * len(words)), measure)
    settings_ = every_setting(wide, 3.0, measure)
    fewest = min(len(choice) for choice, _ in settings_)
    rivals = [(choice, slack) for choice, slack in settings_ if len(choice) == fewest]
    if wide[-1] < measure * SHORT:
        rivals = [rival for rival in rivals if rival[0][-2:-1] != [len(words) - 1]] or rivals
    assert len(ends) == fewest == len(first_fit(Widths(wide, [3.0] * len(words)), measure))
    own = next(slack for choice, slack in rivals if choice == ends)
    assert sum(left**2 for left in own) == min(sum(left**2 for left in slack) for _, slack in rivals)


def test_first_fit_fills_each_line() -> None:
    assert first_fit(Widths([10, 10, 10, 10], [1] * 4), 32) == [3, 4]
    assert most_even(Widths([10, 10, 10, 10], [1] * 4), 32) == [2, 4]
    assert first_fit(Widths([], []), 10) == most_even(Widths([], []), 10) == []


def test_no_last_line_of_one_short_word() -> None:
    widths = Widths([40.0, 55.0, 30.0], [2.0] * 3)
    assert most_even(widths, 100) == [1, 3]
    assert most_even(Widths([98.0, 30.0], [2.0] * 2), 100) == [1, 2]
    even_but_lonely, mended = 18**2 + 70**2, 80**2 + 8**2
    assert even_but_lonely < mended
    assert most_even(Widths([10.0, 60.0, 20.0], [2.0] * 3), 90) == [1, 3]


def test_a_line_that_a_gap_fills_has_no_slack() -> None:
    words, spaces = [40.0, 40.0, 10.0, 20.0], [2.0] * 4
    assert most_even(Widths(words, spaces), 100) == [1, 4]
    assert most_even(Widths(words, spaces, frozenset({3})), 100) == [3, 4]


def test_a_reluctant_end_is_taken_only_to_save_a_line() -> None:
    widths = Widths([40.0, 30.0, 50.0], [2.0, 0.0, 2.0], reluctant=frozenset({1}))
    assert most_even(widths, 85) == [1, 3]
    assert most_even(widths, 75) == [2, 3]
