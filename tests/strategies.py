"""Hypothesis: names as strangers write them, households, and rosters that hold them."""

import csv
from collections.abc import Sequence
from functools import cache
from io import StringIO

from hypothesis import strategies as st

from agreement.household import Adult, AppRow, Child, Choices, Household, OwnRule, TrustedAdult
from agreement.library import Clause, Library, Pack, load_library

_LETTERS = "aeiounrtlsmdkbáéíñøüçßłğčžÿæœAEOMLRSTZÁÑÉ'-. &<>(){}\\"
_PLAIN = st.sampled_from(
    ["Maya", "Leo", "Zoë", "Nguyễn Thị Ánh", "José María", "O'Neil", "Ли Вэй", "مريم", "Tom & <b>"]
)

names = st.one_of(
    _PLAIN,
    st.text(alphabet=_LETTERS, min_size=1, max_size=24).map(str.strip).filter(lambda name: any(map(str.isalpha, name))),
)

children = st.builds(Child, names, st.one_of(st.none(), st.integers(5, 17)))

households = st.builds(
    Household,
    family=st.one_of(st.just(""), names),
    children=st.lists(children, min_size=1, max_size=3).map(tuple),
    adults=st.lists(st.builds(Adult, names), max_size=3).map(tuple),
)

choices = st.builds(Choices, country=st.sampled_from(["", "US", "UK"]), paper=st.sampled_from(["", "letter", "a4"]))


def roster_of(households_written: list[Household], separator: str = ",") -> str:
    """Return a roster with a row a household of at most three children and adults."""
    text = StringIO()
    writer = csv.writer(text, delimiter=separator)
    header = ["Family"]
    for number in (1, 2, 3):
        header += [f"Child {number}", f"Child {number} age", f"Guardian {number}"]
    writer.writerow(header)
    for household in households_written:
        row: list[object] = [household.family]
        for at in range(3):
            child = household.children[at] if at < len(household.children) else Child("")
            adult = household.adults[at].name if at < len(household.adults) else ""
            row += [child.name, "" if child.age_years is None else child.age_years, adult]
        writer.writerow(row)
    return text.getvalue()


# ---- families of every kind, with choices that fit them --------------------------------------------------------------

HOSTILE_NAMES = (
    "Maya",
    "Mayb",
    "M",
    "Grandpa Joe",
    "Zoë",
    "Zoe\u0308",
    "e\u0301\u0323\u0308",
    "Nguyễn Thị Ánh",
    "Юлия",
    "ليلى",
    "محمّد بن",
    "Ana ليلى 7",
    "Οδυσσέας",
    "a" * 400,
    "long name " * 39,
    "{bedtime}",
    "{}",
    "{0}",
    "{names}",
    "<b>Ana</b>",
    "<",
    "&amp;",
    "Tom & Jerry",
    "()\\",
    "%s %(a)s",
    "$name",
    "007",
    "9",
    "no",
    "O'Brien-Smith",
    "x\u00ady",
    "a\u200bb",
)
REFUSED_NAMES = ("Ana 🦊", "安娜", "a\nb", "a\tb", "\u202eana", "a\ud800", "\x00", "ไทย")
BLANK_VALUES: dict[str, tuple[str | tuple[str, ...], ...]] = {
    "time": ("20:30", "8 pm", "0:00"),
    "date": ("2026-06-12", "in 3 months"),
    "place": ("the kitchen", "{bedtime}", "<b>", "ليلى", "a" * 120),
    "text": ("chatting with strangers", "()\\", "each and every one of the things that anybody can think of " * 3),
    "list": (("meals", "the car"), ("{0}", "&", "%s"), ("one",)),
    "person": ("Юлия", "{name}"),
}


def hostile_names() -> st.SearchStrategy[str]:
    """Give names that our fonts can print, from several scripts, plain and hostile."""
    letters = st.text("abcdefghijéüßñçЖюαωمحدلễ -'{}<&()\\0123456789\u0301\u0323", min_size=1, max_size=40)
    return st.one_of(st.sampled_from(HOSTILE_NAMES), letters).filter(lambda name: bool(name.strip()))


def any_names() -> st.SearchStrategy[str]:
    """Give names of any letters and signs, many of which no font of ours can print."""
    anything = st.text(st.characters(categories=["L", "M", "N", "P", "S", "Zs", "Cf", "Cc"]), min_size=1, max_size=24)
    odd = st.one_of(st.sampled_from(REFUSED_NAMES), anything)
    return st.one_of(hostile_names(), odd).filter(lambda name: bool(name.strip()))


@cache
def the_library() -> Library:
    """Return the one library that all tests share."""
    return load_library()


def bands_in_play(household: Household, asked: tuple[str, ...], pack: Pack) -> set[str]:
    """Return the bands whose words a sheet uses: those of the children, else those asked for, else the pack's first."""
    usual = asked or pack.ages[:1] or ("8-10",)
    bands = [the_library().band_of(child.age_years) if child.age_years else None for child in household.children]
    return {band.id if band else usual[0] for band in bands} or set(usual)


def without_conflicts(clauses: Sequence[Clause]) -> list[Clause]:
    """Leave out each clause that contradicts one before it."""
    kept: list[Clause] = []
    for clause in clauses:
        if not any(clause.id in other.conflicts or other.id in clause.conflicts for other in kept):
            kept.append(clause)
    return kept


@st.composite
def crowds(draw: st.DrawFn, named: st.SearchStrategy[str] | None = None) -> Household:
    """Give families of up to twenty children and twenty adults, children with or without ages."""
    named = named or hostile_names()
    counts = st.one_of(st.integers(0, 3), st.integers(0, 5), st.integers(0, 20))
    ages = st.one_of(st.none(), st.integers(5, 17))
    numbers = draw(counts), draw(counts)
    return Household(
        family=draw(st.one_of(st.just(""), named)),
        children=tuple(draw(st.builds(Child, named, ages)) for _ in range(numbers[0])),
        adults=tuple(draw(st.builds(Adult, named)) for _ in range(numbers[1])),
        trusted_adults=tuple(draw(st.lists(st.builds(TrustedAdult, named, st.one_of(st.just(""), named)), max_size=3))),
    )


@st.composite
def fitting_choices(draw: st.DrawFn, household: Household, language: str = "en") -> Choices:
    """Give choices that fit a household: a pack, clauses added and taken, blanks filled, rules and apps."""
    library = the_library()
    pack = library.packs[draw(st.sampled_from(sorted(library.packs)))]
    asked = tuple(draw(st.lists(st.sampled_from(sorted(library.bands)), max_size=2, unique=True)))
    bands = bands_in_play(household, asked, pack)
    packed = [library.clauses[name] for name in (*library.core, *pack.clauses)]
    worded = [
        clause
        for clause in library.clauses.values()
        if clause.status != "retired" and any(clause.wording(language, band) for band in bands)
    ]
    added = draw(st.lists(st.sampled_from(worded), max_size=8, unique_by=lambda clause: clause.id))
    kept = without_conflicts([*packed, *added])
    left = draw(st.lists(st.sampled_from([clause.id for clause in packed if not clause.core]), max_size=3, unique=True))
    here = [clause for clause in kept if clause.id not in left and clause in worded]
    kinds = {name: blank.kind for clause in here for name, blank in clause.blanks.items() if name != "review"}
    filled = draw(st.lists(st.sampled_from(sorted(kinds)), max_size=4, unique=True)) if kinds else []
    name, nobody = hostile_names(), st.just("")
    return Choices(
        language=language,
        country=draw(st.sampled_from(["US", "UK", "IE", "AU", "FR", "JP", ""])),
        pack=pack.id,
        ages=asked,
        with_=tuple(clause.id for clause in added if clause in kept and clause.id not in left),
        without=tuple(left),
        blanks={blank: draw(st.sampled_from(BLANK_VALUES[kinds[blank]])) for blank in filled},
        apps=tuple(draw(st.lists(st.builds(AppRow, name, name, st.one_of(nobody, name)), max_size=5))),
        own=tuple(draw(st.lists(st.builds(OwnRule, name, st.one_of(nobody, name)), max_size=5))),
        review=draw(st.sampled_from(["", "2026-06-12", "in 3 months"])),
        paper=draw(st.sampled_from(["letter", "a4", ""])),
    )


@st.composite
def families(draw: st.DrawFn, named: st.SearchStrategy[str] | None = None) -> tuple[Household, Choices]:
    """Give a household with choices that fit it; every one of these can be composed."""
    household = draw(crowds(named))
    return household, draw(fitting_choices(household))
