"""The words of one agreement: blanks, marks, letters, lists, times and dates in the country's way."""

from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from agreement.compose import compose, notes
from agreement.compose.agreement import Agreement, Hole, Sentence, Term, Words
from agreement.compose.people import people
from agreement.compose.tongue import locale_of, read_date, read_time, say_date, say_list, say_time
from agreement.errors import Where
from agreement.household import Adult, AppRow, Child, Choices, Household, OwnRule, TrustedAdult
from agreement.source import Text
from tests.sheets import LIBRARY, TODAY, composed, problems, said, terms
from tests.strategies import families, hostile_names


def children(*ages: int | None) -> Household:
    """Return a household of children named A, B, C and so on, and one adult."""
    return Household(children=tuple(Child(chr(65 + at), age) for at, age in enumerate(ages)), adults=(Adult("Ana"),))


def every_sentence(agreement: Agreement) -> list[Sentence]:
    written = [term.mark + term.sentence for term in terms(agreement)]
    return [*written, agreement.family, agreement.review, *agreement.own.rows, *agreement.trusted.rows]


def together(agreement: Agreement, clause: str) -> Term:
    return next(term for term in agreement.together.adults if term.clause == clause)


# ---- blanks ----------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("country", "written", "printed"),
    [
        ("US", "20:30", "8:30\u00a0pm"),
        ("US", "8 pm", "8:00\u00a0pm"),
        ("UK", "20:30", "20:30"),
        ("UK", "8:30 pm", "20:30"),
        ("UK", "7.15", "07:15"),
        ("IE", "20h", "20:00"),
        ("US", "0:00", "12:00\u00a0am"),
        ("US", "12 am", "12:00\u00a0am"),
        ("US", "12:05 p.m.", "12:05\u00a0pm"),
    ],
)
def test_time_as_on_the_clocks_of_the_country(country: str, written: str, printed: str) -> None:
    term = together(composed(country=country, blanks={"bedtime": written}), "phones-go-to-bed")
    assert [part.value for part in term.sentence if isinstance(part, Hole) and part.id == "bedtime"] == [printed]


@pytest.mark.parametrize("written", ["25:00", "8", "soon", "13 pm", "0 am", "20:60", "20:3", "", "8:30 xm", "٢٠:٣٠x"])
def test_what_is_no_time_is_refused_with_its_place(written: str) -> None:
    (found,) = problems(blanks={"bedtime": Text(written, Where("f", 9, 2))})
    assert (found.code, found.where, found.mend) == ("F308", Where("f", 9, 2), "Write 20:30 or 8:30 pm.")


@pytest.mark.parametrize(
    ("country", "written", "printed"),
    [
        ("US", "2026-06-12", "June 12, 2026"),
        ("UK", "2026-06-12", "12 June 2026"),
        ("US", "in 3 months", "June 12, 2026"),
        ("US", "in a week", "March 19, 2026"),
        ("UK", "In 10 days", "22 March 2026"),
        ("UK", "in 1 year", "12 March 2027"),
    ],
)
def test_day_of_review(country: str, written: str, printed: str) -> None:
    agreement = composed(country=country, review=written)
    assert said(agreement.review) == f"We look at it again on {printed}"
    again = [part.value for term in agreement.signing.adults for part in term.sentence if isinstance(part, Hole)]
    assert again == [printed]


@pytest.mark.parametrize(
    "written", ["soon", "2026-02-30", "in 3 blue moons", "in 0x3 days", "in 999 years and a day", "3"]
)
def test_what_is_no_day_is_refused(written: str) -> None:
    (found,) = problems(review=Text(written, Where("--review")))
    assert (found.code, found.where) == ("F309", Where("--review"))


def test_the_end_of_a_short_month() -> None:
    assert read_date("in 1 month", date(2026, 1, 31)) == date(2026, 2, 28)
    assert read_date("in 1 year", date(2024, 2, 29)) == date(2025, 2, 28)
    assert read_date("in 1 month", date(2026, 12, 5)) == date(2027, 1, 5)
    assert read_date("in 900 years", date(9500, 1, 1)) is None
    assert read_date("in 3 months", None) is None


def test_lists_are_joined_as_the_language_does() -> None:
    english, spanish = locale_of("en", "US"), locale_of("es", "US")
    assert [say_list(words, english) for words in ([], ["a"], ["a", "b"], ["a", "b", "c"])] == [
        "",
        "a",
        "a and b",
        "a, b, and c",
    ]
    assert say_list(["a", "b", "c"], locale_of("en", "GB")) == "a, b and c"
    assert say_list(["a", "b", "c"], spanish) == "a, b y c"
    term = together(
        composed(blanks={"times": ("meals", "the car")}, with_=("no-phones-at-meals",)), "no-phones-at-meals"
    )
    assert "meals and the car" in said(term.sentence)


@given(st.lists(hostile_names(), min_size=2, max_size=5))
@settings(max_examples=40)
def test_what_is_listed_is_never_read_as_a_pattern(words: list[str]) -> None:
    joined = say_list(words, locale_of("en", "US"))
    for word in words:
        assert word in joined


def test_blank_that_no_clause_here_has() -> None:
    (found,) = problems(blanks={Text("bedtme", Where("f", 2, 3)): "20:30"})
    assert (found.code, found.where) == ("F307", Where("f", 2, 3))
    assert found.mend == 'Did you mean "bedtime"?'
    assert problems(blanks={"bedtime": "20:30"}, without=("phones-go-to-bed",))[0].code == "F307"


def test_no_full_stop_stands_after_a_line_to_write_on() -> None:
    empty = together(composed(), "phones-go-to-bed").sentence
    assert isinstance(empty[-1], Hole)
    assert not empty[-1].value
    full = together(composed(blanks={"bedtime": "20:30"}), "phones-go-to-bed").sentence
    assert isinstance(full[-1], Words)
    assert full[-1].text == "."
    half = together(composed(blanks={"place": "the kitchen"}), "phones-go-to-bed").sentence
    assert [type(part) for part in half] == [Words, Hole, Words, Hole]


@settings(max_examples=40)
@given(families())
def test_no_brace_of_ours_is_left(family: tuple[Household, Choices]) -> None:
    agreement = compose(*family, LIBRARY, TODAY)
    blanks = {name for clause in LIBRARY.clauses.values() for name in clause.blanks}
    for sentence in every_sentence(agreement):
        ours = "".join(part.text for part in sentence if isinstance(part, Words) and not part.whose)
        assert not set("{}") & set(ours)
        for part in sentence:
            assert not isinstance(part, Hole) or part.id in blanks | {"family", "review"}
    fixed = (agreement.title, agreement.how_to, *agreement.pledge, *agreement.card_back, agreement.card.heading)
    assert not set("{}") & set(str(fixed))


def test_a_name_in_braces_is_a_name() -> None:
    household = Household("{name}", (Child("{names}", 9), Child("{0}", 15)), (), (TrustedAdult("{who}", "{name}"),))
    agreement = composed(household, own=(OwnRule("{bedtime}", "{1}"),))
    assert said(agreement.family) == "The {name} family"
    assert said(agreement.trusted.rows[0]) == "{who}, {name}"
    assert said(agreement.own.rows[0]) == "{1}: {bedtime}"
    marks = {said(term.mark) for part in agreement.sections for term in part.children}
    assert marks == {"", "{names}: ", "{0}: "}


# ---- for whom --------------------------------------------------------------------------------------------------------


def marks(household: Household, clause: str = "come-when-it-feels-wrong") -> list[str]:
    agreement = composed(household, pack="everyday")
    return [said(term.mark) for part in agreement.sections for term in part.children if term.clause == clause]


def test_a_promise_that_all_share_has_no_mark() -> None:
    assert marks(children(9, 8, 10)) == [""]
    assert marks(children(9)) == [""]
    assert marks(Household()) == [""]
    assert marks(children(9, 14), "friend-people-i-know") == [""]


def test_up_to_three_names_mark_a_promise_and_more_become_ages() -> None:
    assert marks(children(9, 14)) == ["A: ", "B: "]
    assert marks(children(9, 8, 14)) == ["A and B: ", "C: "]
    assert marks(children(9, 8, 10, 14)) == ["A, B, and C: ", "D: "]
    assert marks(children(9, 8, 10, 8, 14)) == ["Ages 8 to 10: ", "E: "]


def test_ages_asked_for_mark_a_sheet_without_names() -> None:
    agreement = composed(ages=("8-10", "14-17"))
    said_to = [said(t.mark) for s in agreement.sections for t in s.children if t.clause == "come-when-it-feels-wrong"]
    assert said_to == ["Ages 8 to 10: ", "Ages 14 to 17: "]


def test_without_names_nobody_is_counted() -> None:
    agreement = composed()
    assert (agreement.children, agreement.adults) == ((), ())
    assert {(term.children, term.adults) for part in agreement.sections for term in part.children} == {((), ())}


def test_the_marked_words_are_those_of_the_band() -> None:
    agreement = composed(children(9, 14), pack="everyday")
    clause = LIBRARY.clauses["come-when-it-feels-wrong"]
    found = {said(t.mark): said(t.sentence) for s in agreement.sections for t in s.children if t.clause == clause.id}
    assert found == {"A: ": clause.text["en"]["8-10"], "B: ": clause.text["en"]["14-17"]}


def test_what_all_share_is_said_as_to_the_youngest_from_eight_on() -> None:
    clause = LIBRARY.clauses["stay-calm"]
    agreement = composed(children(6, 9), pack="everyday", with_=("stay-calm",))
    found = [said(t.sentence) for s in agreement.sections for t in s.adults if t.clause == "stay-calm"]
    assert found == [clause.text["en"]["8-10"]]


# ---- letters over circles --------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("names", "letters"),
    [
        (["Maya", "Leo"], ["M", "L"]),
        (["Ana", "Grandpa Joe", "Mari"], ["A", "G", "M"]),
        (["Maya", "Mia"], ["Ma", "Mi"]),
        (["Maya", "Max", "Leo"], ["May", "Max", "L"]),
        (["Mark", "Mary"], ["1", "2"]),
        (["Maya", "maya"], ["1", "2"]),
        (["Maya", "Mayan"], ["1", "2"]),
        (["Al", "Ali"], ["1", "2"]),
        (["Ma", "Maya", "Leo"], ["1", "2", "3"]),
        (["Zoe\u0308", "Zac"], ["Zo", "Za"]),
        (["e\u0301a", "e\u0300a"], ["e\u0301", "e\u0300"]),
        (["ليلى", "محمد"], ["ل", "م"]),
        ([], []),
    ],
)
def test_letters_are_the_shortest_that_tell_apart(names: list[str], letters: list[str]) -> None:
    assert [person.letters for person in people(names)] == letters


@given(st.lists(hostile_names(), max_size=20))
@settings(max_examples=40)
def test_letters_always_tell_apart(names: list[str]) -> None:
    found = people(names)
    letters = [person.letters for person in found]
    assert [person.name for person in found] == names
    assert [person.number for person in found] == list(range(1, len(names) + 1))
    assert len({each.casefold() for each in letters}) == len(names)
    numbered = letters == [str(number) for number in range(1, len(names) + 1)]
    assert numbered or all(name.startswith(each) for name, each in zip(names, letters, strict=True))


# ---- what a family writes --------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("written", "printed"),
    [
        ("Rivera", "The Rivera family"),
        ("The Rivera family", "The Rivera family"),
        ("The  Rivera\nFamily", "The Rivera Family"),
        ("Familia Rivera", "Familia Rivera"),
        ("Families First", "Families First"),
    ],
)
def test_family_name(written: str, printed: str) -> None:
    assert said(composed(Household(written)).family) == printed


def test_lines_to_write_on_are_as_many_as_fit_beside_each_other() -> None:
    apps = tuple(AppRow(f"App {number}") for number in range(6))
    agreement = composed(apps=apps)
    assert (len(agreement.apps.rows), len(agreement.own.rows)) == (6, 6)
    assert agreement.own.rows == ((),) * 6
    assert (len(composed().apps.rows), len(composed().own.rows)) == (4, 4)
    young = composed(Household(children=(Child("Ada", 6),)))
    assert (len(young.apps.rows), len(young.own.rows)) == (2, 2)
    assert len(composed().trusted.rows) == 2
    three = tuple(TrustedAdult(name) for name in "abc")
    assert [said(row) for row in composed(Household(trusted_adults=three)).trusted.rows] == ["a", "b", "c"]


def test_a_name_stands_apart_from_what_is_said_of_it() -> None:
    row = composed(Household(trusted_adults=(TrustedAdult("نور", "counselor"),))).trusted.rows[0]
    assert [part.text for part in row if isinstance(part, Words)] == ["نور", ", ", "counselor"]


def test_only_a_familys_own_sheet_has_a_date() -> None:
    assert composed().date_text == ""
    assert composed(Household("Rivera"), country="UK").date_text == "12 March 2026"
    assert compose(Household("Rivera"), Choices(), LIBRARY, None).date_text == ""


# ---- countries -------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(("asked", "known"), [("us", "US"), ("GB", "UK"), ("usa", "US"), ("England", "UK")])
def test_country_by_another_name(asked: str, known: str) -> None:
    assert composed(country=asked).card == composed(country=known).card


def test_a_country_without_help_lines_has_lines_to_write_them_on() -> None:
    agreement = composed(country="JP")
    assert (agreement.paper, agreement.locale, agreement.card.qr) == ("a4", "en-JP", "")
    assert [contact.contact for contact in agreement.card.contacts] == ["", "", ""]
    told = list(notes(Choices(country="JP"), LIBRARY, TODAY))
    assert told[0].startswith("There are no help lines for JP here, so the card has lines to write them on.")
    assert len(told) == 1


def test_whose_help_lines_the_card_has_is_told_when_nobody_said() -> None:
    assert [note for note in notes(Choices(), LIBRARY, TODAY) if "United States" in note]
    assert list(notes(Choices(country="US"), LIBRARY, TODAY)) == []


def test_help_lines_that_nobody_confirmed_for_a_year_are_told() -> None:
    told = list(notes(Choices(country="US"), LIBRARY, date(2036, 1, 1)))
    card = LIBRARY.countries["US"].card
    assert len(told) == len(card)
    assert all("was last confirmed in 20" in note for note in told)


def test_the_paper_is_the_countrys_unless_somebody_says_otherwise() -> None:
    assert [composed(country=name).paper for name in ("US", "UK", "CA")] == ["letter", "a4", "letter"]
    assert composed(country="US", paper="A4").paper == "a4"


def test_odd_words_are_no_times_and_days() -> None:
    for text in ("", " ", "1e3", "20:30:00", "१०:००x", "-1:00"):
        assert read_time(text) is None, text
    assert say_time(read_time("9:05 AM") or pytest.fail("no time"), locale_of("en", "US")) == "9:05\u00a0am"
    assert say_date(date(2026, 1, 2), locale_of("en", "GB")) == "2 January 2026"
