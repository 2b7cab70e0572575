"""A sheet that is stamped is the sheet that is made: text, tags, fields and pixels, whoever came before."""

import zlib
from datetime import date

import page
import pikepdf
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from agreement import load_library, make_pdf
from agreement.batch.shapes import Shapes
from agreement.batch.slots import Labels, tokens
from agreement.compose import compose
from agreement.errors import AgreementError
from agreement.household import Adult, Child, Choices, Household, OwnRule, TrustedAdult
from agreement.pdf.seal import is_ours
from agreement.pdf.slotted import TITLE, Pattern, Slotted, Strings, UnfitError, mark
from agreement.pdf.syntax import text_string
from agreement.typeset import lay_out
from agreement.typeset.boxes import Element, Role
from tests import pdf as reader
from tests.strategies import households
from tests.verapdf import findings

DAY = date(2026, 3, 12)
LIBRARY = load_library()
RIVERA = Household("Rivera", (Child("Maya", 9),), (Adult("Ana"), Adult("Grandpa Joe")))


@pytest.fixture
def shapes() -> Shapes:
    return Shapes(LIBRARY, DAY)


def made(household: Household, choices: Choices | None = None) -> bytes:
    return make_pdf(household, choices or Choices(), library=LIBRARY, date=DAY)


def assert_same(stamped: bytes, alone: bytes, pixels: bool = True) -> None:
    assert is_ours(stamped)
    assert reader.text(stamped) == reader.text(alone)
    assert reader.tags(stamped) == reader.tags(alone)
    assert reader.fields(stamped) == reader.fields(alone)
    for side in range(len(reader.text(alone).split("\f"))) if pixels else ():
        assert reader.png(stamped, side) == reader.png(alone, side)


SOME = [
    RIVERA,
    Household("", (Child("Zoë", 6),), ()),
    Household("Núñez", (Child("Léo", 14), Child("Bo", 15)), (Adult("Jo"),)),
    Household("O'Neil (junior) \\", (Child("Tom & <b>", 9),), (Adult("{braces}"),)),
    Household("García", (Child("Maximiliane Theodora", 9),), (Adult("Christopher Robin García"), Adult("Ana"))),
    Household("Ng", (), (Adult("Jo"),)),
    Household("Rivera", (Child("Maya", 9), Child("Leo", 14)), (Adult("Ana"), Adult("Grandpa Joe"))),
    Household("Le-Roy", (Child("Mary-Ann Zoë", 6), Child("Wilhelmina Jo", 12)), (Adult("Ana"),)),
    Household("Li", (Child("A", 9), Child("B", 9), Child("C", 9), Child("D", 9)), (Adult("E"), Adult("F"))),
    Household("Żółć", (Child("Łukasz", 9), Child("Şule Zoë", 12)), (Adult("Jiří Dvořák"), Adult("Ana"))),
    Household("García", (Child("Ștefan", 6),), ()),
    RIVERA._replace(trusted_adults=(TrustedAdult("Ms. Lopez", "school counselor"), TrustedAdult("Aunt Rosa"))),
    RIVERA._replace(trusted_adults=(TrustedAdult("Łucja", "swim team"),)),
    Household("Ito", (Child("I", 9), Child("Maya Maya", 12)), (Adult("Ana"),)),
]


@pytest.mark.parametrize("household", SOME, ids=lambda household: household.family or "none")
def test_a_stamped_sheet_is_the_sheet_that_is_made(shapes: Shapes, household: Household) -> None:
    others = household._replace(
        family="Xu" if household.family else "",
        children=tuple(Child("Io", child.age_years) for child in household.children),
        trusted_adults=tuple(
            TrustedAdult("Mr. Avatar", "the neighbor" if adult.who else "") for adult in household.trusted_adults
        ),
    )
    shapes.pdf(others, Choices())
    stamped = shapes.pdf(household, Choices())
    assert stamped is not None
    assert_same(stamped, made(household))


@pytest.mark.parametrize(
    "choices",
    [
        Choices(paper="a4"),
        Choices(country="UK", blanks={"bedtime": "20:30"}),
        Choices(style="contrast"),
        Choices(review="in 3 months"),
        Choices(fields=False),
        Choices(text_size="large"),
        Choices(text_size="large", language="es", fields=False),
        Choices(own=(OwnRule("No phones at dinner."), OwnRule("10234"))),
        Choices(add=("facilitator", "help-cards", "if-something-happens")),
        Choices(add=("parents-guide", "check-in"), text_size="large", language="es"),
    ],
)
def test_choices_are_stamped_too(shapes: Shapes, choices: Choices) -> None:
    household = RIVERA._replace(trusted_adults=(TrustedAdult("Ms. Lopez", "school counselor"),))
    others = Household("Xu", (Child("Io", 9),), (Adult("Bo"), Adult("Li")), (TrustedAdult("Mr. Avatar", "a neighbor"),))
    assert shapes.pdf(others, choices)
    stamped = shapes.pdf(household, choices)
    assert stamped is not None
    assert_same(stamped, made(household, choices))


@pytest.mark.parametrize(
    ("household", "choices"),
    [
        (RIVERA._replace(children=(Child("Maya", 9), Child("Tom", 9), Child("Leo", 14))), Choices()),
        (RIVERA._replace(children=(Child("Maya", 6), Child("Wilhelmina Featherstonehaugh", 12))), Choices()),
        (RIVERA._replace(children=(Child("مريم", 9),)), Choices()),
        (RIVERA._replace(family="Family Rivera"), Choices()),
        (RIVERA, Choices(own=(OwnRule("I charge my phone in the hall.", "Maya"),))),
        (RIVERA, Choices(add=("talk",))),
        (RIVERA._replace(children=(Child("10234", 9),)), Choices(reasons=True)),
        (RIVERA._replace(trusted_adults=(TrustedAdult("Wilhelmina Featherstonehaugh", "a teacher " * 3),)), Choices()),
        (RIVERA._replace(trusted_adults=(TrustedAdult("10234", "school"),)), Choices()),
    ],
)
def test_what_has_no_shape_is_made_the_long_way(shapes: Shapes, household: Household, choices: Choices) -> None:
    assert shapes.pdf(household, choices) is None


@pytest.mark.parametrize("profile", ["ua1", "2a"])
@pytest.mark.parametrize("household", [*SOME[:5], *SOME[9:11]], ids=lambda household: household.family or "none")
def test_a_stamped_sheet_conforms(shapes: Shapes, household: Household, profile: str) -> None:
    stamped = shapes.pdf(household, Choices())
    assert stamped is not None
    assert "no failures" in str(page.validate_pdf_bytes(stamped, profile=profile))


@pytest.mark.verapdf
@pytest.mark.parametrize("flavour", ["ua1", "2a"])
def test_verapdf_accepts_a_stamped_sheet(shapes: Shapes, flavour: str) -> None:
    for household in (*SOME[:3], *SOME[9:11]):
        stamped = shapes.pdf(household, Choices())
        assert stamped is not None
        assert findings(stamped, flavour) == []


@pytest.mark.parametrize("language", ["en", "es"])
@pytest.mark.parametrize(
    "choices",
    [Choices(), Choices(fields=False), Choices(reasons=True), Choices(fields=False, reasons=True, style="contrast")],
)
def test_no_name_of_one_household_is_on_the_sheet_of_the_next(shapes: Shapes, choices: Choices, language: str) -> None:
    choices = choices._replace(language=language)
    trusted = TrustedAdult("Xyzzy", "Thud")
    before = Household("Quux", (Child("Plugh", 9),), (Adult("Corge"), Adult("Garply")), (trusted,))
    assert shapes.pdf(before, choices)
    after = Household("Okoye", (Child("Ada", 9),), (Adult("Ngozi"), Adult("Emeka")), (TrustedAdult("Obi", "a friend"),))
    stamped = shapes.pdf(after, choices)
    assert stamped is not None
    assert_same(stamped, made(after, choices), pixels=False)
    for name in ("Quux", "Plugh", "Corge", "Garply", "Xyzzy", "Thud"):
        assert name not in reader.text(stamped) + reader.tags(stamped) + str(reader.fields(stamped))


def test_a_sheet_does_not_hang_on_who_came_before() -> None:
    names = ["Maya", "Wilhelmina Ana", "I", "Zoë", "Mmmmmmmmmmmmm"]
    people = [RIVERA._replace(children=(Child(name, 9),), adults=(Adult(name), Adult("Jo"))) for name in names]
    one, other = Shapes(LIBRARY, DAY), Shapes(LIBRARY, DAY)
    first = [one.pdf(household, Choices()) for household in people]
    second = [other.pdf(household, Choices()) for household in reversed(people)]
    assert first == second[::-1]
    assert None not in first


@pytest.mark.parametrize("family", ["Ito · Müller", "Ito ·"])
def test_a_family_of_two_names_has_one_sheet_whoever_came_before(family: str) -> None:
    choices = Choices(add=("facilitator",))
    one, other = (RIVERA._replace(family=family), RIVERA._replace(family="Müller ± Ito"))
    shapes, again = Shapes(LIBRARY, DAY), Shapes(LIBRARY, DAY)
    first = [shapes.pdf(household, choices) for household in (one, other)]
    second = [again.pdf(household, choices) for household in (other, one)]
    assert first == second[::-1]
    assert first[0] is not None
    assert_same(first[0], made(one, choices))


TOLD = RIVERA._replace(
    children=(Child("Maya", 6), Child("Leo", 12)), trusted_adults=(TrustedAdult("Ms. Lopez", "school counselor"),)
)


@pytest.mark.parametrize(
    "household",
    [
        TOLD._replace(children=(Child("Maya ", 6), Child("Leo", 12))),
        TOLD._replace(adults=(Adult("Ana"), Adult(" Joe"))),
        TOLD._replace(trusted_adults=(TrustedAdult("Ms. Lopez ", "school counselor"),)),
        TOLD._replace(trusted_adults=(TrustedAdult("", "school counselor"),)),
        TOLD._replace(family=" "),
    ],
    ids=["child", "adult", "trusted", "nobody", "family"],
)
@pytest.mark.parametrize("size", ["normal", "large"])
def test_a_space_around_a_name_draws_what_make_draws(shapes: Shapes, household: Household, size: str) -> None:
    choices = Choices(text_size=size)
    assert shapes.pdf(TOLD, choices)
    stamped = shapes.pdf(household, choices)
    if stamped is not None:
        assert_same(stamped, made(household, choices))


_letters = st.text(alphabet="aeimnorstAIMWfl ñéÜŁřğ'-.", min_size=1, max_size=30).map(str.strip).filter(bool)
_stampable = st.builds(
    Household,
    family=st.one_of(st.just(""), _letters),
    children=st.lists(st.builds(Child, _letters, st.integers(5, 17)), min_size=1, max_size=3).map(tuple),
    adults=st.lists(st.builds(Adult, _letters), max_size=3).map(tuple),
    trusted_adults=st.lists(st.builds(TrustedAdult, _letters, st.one_of(st.just(""), _letters)), max_size=2).map(tuple),
)
_SHAPES = Shapes(LIBRARY, DAY)


@given(st.lists(st.one_of(_stampable, households), min_size=1, max_size=3))
@settings(max_examples=25)
def test_batch_equals_make(found: list[Household]) -> None:
    shapes = _SHAPES
    for household in found:
        stamped = shapes.pdf(household, Choices())
        if stamped is None:
            continue
        try:
            alone = made(household)
        except AgreementError:
            pytest.fail("what cannot be made was stamped")
        assert_same(stamped, alone, pixels=False)


@given(
    st.text(alphabet="abné()\\\r\nZŁ~\x01", max_size=12), st.sampled_from(["Initials of ", "Iniciales — ", "(a \\ b) "])
)
def test_a_name_in_a_string_reads_as_what_it_is(name: str, before: str) -> None:
    label = f"{before}{mark(3)}: I will ({mark(3)})."
    strings = Strings([(7, f"<</TU{text_string(label)}/T(c1)>>".encode("latin-1"))])
    content, first = strings.fill({3: name, TITLE: "“title”"})
    assert content[:first] == b"7 0\n"
    read = pikepdf.Object.parse(content[first:])
    assert str(read.TU) == label.replace(mark(3), name)
    assert str(read.T) == "c1"


@given(st.lists(st.one_of(st.integers(0, 3), st.binary(max_size=600)), max_size=12), st.binary(max_size=300))
def test_a_stream_with_slots_inflates_to_what_was_filled_in(parts: list[int | bytes], value: bytes) -> None:
    parts = [part if isinstance(part, int) else part.replace(b"\x01", b"") for part in parts]
    raw = b"".join(mark(part).encode() if isinstance(part, int) else part for part in parts)
    values = {slot: value * slot for slot in range(4)}
    filled = Slotted(Pattern(raw)).fill(values)
    assert zlib.decompress(filled) == b"".join(values[part] if isinstance(part, int) else part for part in parts)


@pytest.mark.parametrize("size", ["normal", "large"])
def test_names_with_numbers_before_them_are_made_the_long_way(shapes: Shapes, size: str) -> None:
    told_apart = RIVERA._replace(children=(Child("Maya", 9), Child("Leo", 9)))
    alike = RIVERA._replace(children=(Child("Maria", 9), Child("Mariana", 9)))
    choices = Choices(text_size=size)
    stamped = shapes.pdf(told_apart, choices)
    assert stamped is None or "1 Maya" not in reader.text(stamped)
    assert shapes.pdf(alike, choices) is None
    assert "2 Mariana" in reader.text(made(alike, choices))


def test_a_name_that_is_said_where_no_slot_can_be_is_found() -> None:
    stand_in = tokens(RIVERA)
    document = lay_out([compose(stand_in, Choices(), LIBRARY, DAY)])
    Labels(document, stand_in)
    child = stand_in.children[0].name
    for said in (Element(Role.FIGURE, alt=f"A picture of {child}"), Element(Role.SPAN, expansion=child)):
        with pytest.raises(UnfitError):
            Labels(document._replace(root=Element(Role.DOCUMENT, (document.root, said))), stand_in)
