"""Lines: where they break, what stands on them, and that no letter is lost."""

from collections.abc import Iterable

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from agreement.errors import FontError
from agreement.typeset import paragraph
from agreement.typeset.boxes import GlyphRun
from agreement.typeset.fonts import ANDIKA, ATKINSON
from agreement.typeset.lines import Gap, Line, Piece, PlacedGap, PlacedRun, Span, Type, fit_one_line, set_lines
from agreement.typeset.shape import SPACES, shape, width

ENGLISH = Type(ATKINSON, 11.5, 14.5, lang="en")
ARABIC = Type(ATKINSON, 11.5, 14.5, lang="ar", direction="rtl")

WORDS = [
    "I",
    "will",
    "tell",
    "grown-up",
    "Nguyễn",
    "Thị",
    "Борис",
    "محمد",
    "بَيْت",
    "20:30,",
    "(x)",
    "e\u0301",
    "a\u00a0b",
    "A" * 30,
]
TEXTS = st.lists(st.sampled_from([*WORDS, " ", " ", "  ", "-"]), max_size=16).map("".join)
SPANS = st.builds(Span, TEXTS, bold=st.booleans(), underline=st.booleans(), isolate=st.booleans())
GAPS = st.builds(Gap, st.just("bedtime"), st.sampled_from([30.0, 90.0, 400.0]), st.booleans())
PIECES = st.lists(st.one_of(SPANS, SPANS, GAPS), max_size=4)
TYPES = st.sampled_from([ENGLISH, ARABIC])


def texts(lines: tuple[Line, ...]) -> list[str]:
    return [line.text for line in lines]


def runs(line: Line) -> list[PlacedRun]:
    return [part for part in line.parts if isinstance(part, PlacedRun)]


def set_text(text: str, measure_pt: float, balanced: bool = True) -> list[str]:
    return texts(set_lines([Span(text)], ENGLISH, measure_pt, balanced))


# ---- where lines end ----


def test_a_hyphen_ends_a_line_only_to_save_one() -> None:
    text = "We always tell a grown-up about it"
    room = width(shape("We always tell a grown-", ATKINSON)) * 11.5 / 1000 + 1
    assert set_text(text, room) == ["We always tell a ", "grown-up about it"]
    narrow = width(shape("grown-", ATKINSON)) * 11.5 / 1000 + 2
    assert set_text("grown-up", narrow) == ["grown-", "up"]


def test_lines_break_at_spaces_only() -> None:
    assert set_text("a\u00a0b c", 18) == ["a\u00a0b ", "c"]
    assert set_text("word\u2014word 13-17", 60) == ["word\u2014word ", "13-17"]
    address = "report.cyber-tip.org"
    wide = width(shape(address, ATKINSON)) * 11.5 / 1000
    assert set_text(f"See {address} now", wide + 1) == ["See ", f"{address} ", "now"]
    pieces = set_text(address, wide - 1)
    assert len(pieces) == 2
    assert not pieces[0].endswith("-")


def test_balanced_and_greedy() -> None:
    text = "I will always tell a grown-up when something online makes me feel bad, scared or unsure."
    even, greedy = set_lines([Span(text)], ENGLISH, 196), set_lines([Span(text)], ENGLISH, 196, balanced=False)
    assert len(even) == len(greedy)
    assert greedy[0].width_pt >= even[0].width_pt
    assert min(line.width_pt for line in even) > min(line.width_pt for line in greedy)
    assert texts(even) != texts(greedy)


# ---- nothing lost, nothing outside ----


@given(PIECES, TYPES, st.sampled_from([40.0, 90.0, 196.0, 1000.0]), st.booleans())
@settings(max_examples=300)
def test_joined_lines_are_the_text_and_stay_in_the_measure(
    pieces: list[Piece], type_: Type, measure_pt: float, balanced: bool
) -> None:
    lines = set_lines(pieces, type_, measure_pt, balanced)
    assert "".join(texts(lines)) == "".join(piece.text for piece in pieces if isinstance(piece, Span))
    assert sum(isinstance(part, PlacedGap) for line in lines for part in line.parts) == sum(
        isinstance(piece, Gap) for piece in pieces
    )
    for line in lines:
        check_places(line, measure_pt)


def check_places(line: Line, measure_pt: float) -> None:
    """Check that the ink of a line's parts goes from 0 to its width without a hole or an overlap."""
    assert line.width_pt <= measure_pt + 0.01
    reached = 0.0
    for part in line.parts:
        left_pt = part.left_pt if isinstance(part, PlacedRun) else part.x_pt
        if part.width_pt:
            assert left_pt == pytest.approx(reached, abs=1e-6)
        reached += part.width_pt
    assert reached == pytest.approx(line.width_pt, abs=1e-6)
    letters = "".join(part.run.text for part in line.parts if isinstance(part, PlacedRun))
    assert sorted(letters) == sorted(line.text)


def test_the_space_that_ends_a_line_is_a_glyph_outside_its_width() -> None:
    first, _ = set_lines([Span("tell me")], ENGLISH, 25)
    (part,) = runs(first)
    assert part.run.text == "tell "
    assert part.run.glyphs[-1].text == " "
    assert first.width_pt == pytest.approx(part.width_pt)
    assert part.width_pt == pytest.approx(width(shape("tell", ATKINSON)) * 11.5 / 1000, abs=0.2)


def test_words_of_one_style_are_one_run() -> None:
    (line,) = set_lines([Span("I will always tell my family.")], ENGLISH, 500)
    assert [part.run.text for part in runs(line)] == ["I will always tell my family."]


def test_styles_make_runs() -> None:
    (line,) = set_lines(
        [Span("Maya:", bold=True), Span(" by "), Span("20:30", True, "", True, "bedtime")], ENGLISH, 500
    )
    assert [(part.run.face, part.bold, part.underline, part.gap_id) for part in runs(line)] == [
        ("atkinson-bold", True, False, ""),
        ("atkinson-regular", False, False, ""),
        ("atkinson-bold", True, True, "bedtime"),
    ]


def test_language_of_a_span_goes_to_its_run() -> None:
    (line,) = set_lines([Span("Hi "), Span("hola", lang="es")], ENGLISH, 500)
    assert [(part.lang, part.run.lang) for part in runs(line)] == [("en", "en"), ("es", "es")]


def test_a_filled_blank_may_break() -> None:
    lines = set_lines([Span("With "), Span("chat, maps and music", underline=True, gap_id="apps")], ENGLISH, 70)
    assert len(lines) == 3
    assert [part.gap_id for line in lines for part in runs(line)].count("apps") >= 2


def test_sizes_only_scale() -> None:
    small, large = (set_lines([Span("One line")], Type(ATKINSON, size, 14), 500)[0] for size in (11, 22))
    assert large.width_pt == pytest.approx(2 * small.width_pt)
    assert runs(large)[0].run is runs(small)[0].run


# ---- gaps ----


def test_a_gap_never_parts_from_the_full_stop_after_it() -> None:
    lines = set_lines([Span("Phones sleep at "), Gap("bedtime", 90, label="Bedtime"), Span(".")], ENGLISH, 110)
    gap, stop = lines[-1].parts
    assert isinstance(gap, PlacedGap)
    assert (gap.x_pt, gap.width_pt, gap.gap_id, gap.label) == (0.0, 90, "bedtime", "Bedtime")
    assert isinstance(stop, PlacedRun)
    assert stop.x_pt == 90


def test_a_stretching_gap_fills_its_line() -> None:
    (line,) = set_lines([Span("Our word: "), Gap("word", 90, stretch=True)], ENGLISH, 300)
    assert line.width_pt == 300
    gap = line.parts[-1]
    assert gap.x_pt + gap.width_pt == pytest.approx(300)


def test_two_stretching_gaps_share_the_rest() -> None:
    (line,) = set_lines([Gap("a", 20, stretch=True), Span(" and "), Gap("b", 20, stretch=True)], ENGLISH, 300)
    assert line.parts[0].width_pt == pytest.approx(line.parts[2].width_pt)
    assert line.width_pt == pytest.approx(300)


def test_a_gap_is_never_wider_than_the_measure() -> None:
    lines = set_lines([Span("At "), Gap("bedtime", 90)], ENGLISH, 60)
    assert [line.width_pt for line in lines][1] == 60


def test_a_gap_alone_is_a_line() -> None:
    assert [(line.text, line.width_pt) for line in set_lines([Gap("name", 90)], ENGLISH, 100)] == [("", 90)]


def test_one_line_or_none() -> None:
    line = fit_one_line([Span("The Rivera family")], ENGLISH, 200)
    assert line is not None
    assert line.text == "The Rivera family"
    assert fit_one_line([Span("The Rivera family")], ENGLISH, line.width_pt - 0.01) is None
    assert fit_one_line([Span("The Rivera family")], ENGLISH, line.width_pt) == line


def test_nothing_sets_no_line() -> None:
    assert set_lines([], ENGLISH, 100) == ()
    assert set_lines([Span("")], ENGLISH, 100) == ()


# ---- letters of the world ----


def places(line: Line) -> list[tuple[str, str]]:
    return [(part.run.text, part.run.face) for part in runs(line)]


def test_an_arabic_name_in_an_english_line() -> None:
    pieces = [Span("محمد:", bold=True, isolate=True), Span(" I will tell.")]
    (line,) = set_lines(pieces, ENGLISH, 500)
    assert places(line) == [("محمد:", "naskh-bold"), (" I will tell.", "atkinson-regular")]
    assert runs(line)[0].run.right_to_left
    (line,) = set_lines([Span("Ask محمد or Ana.")], ENGLISH, 500)
    assert [text for text, _ in places(line)] == ["Ask ", "محمد", " ", "or Ana."]


def test_an_isolated_name_leaves_the_number_after_it_in_place() -> None:
    (apart,) = set_lines([Span("محمد", isolate=True), Span(", 9")], ENGLISH, 500)
    assert [text for text, _ in places(apart)] == ["محمد", ", 9"]
    (turned,) = set_lines([Span("محمد"), Span(", 9")], ENGLISH, 500)
    assert places(turned)[0][0] == "9"


def test_an_english_name_in_an_arabic_line() -> None:
    (line,) = set_lines([Span("مرحبا "), Span("Ana", isolate=True), Span(" شكرا")], ARABIC, 500)
    assert [text for text, _ in places(line)] == [" شكرا", "Ana", "مرحبا "]


def test_the_space_that_ends_a_line_from_right_to_left_stands_outside_on_the_left() -> None:
    first = set_lines([Span("مرحبا شكرا")], ARABIC, 40)[0]
    (part,) = runs(first)
    assert part.run.glyphs[0].text == " "
    assert part.x_pt < 0
    assert part.left_pt == pytest.approx(0)
    assert first.width_pt == pytest.approx(part.width_pt)


@pytest.mark.parametrize(
    ("name", "where"),
    [("Nguyễn Thị Hồng", "andika"), ("Анна Иванова", "andika"), ("Αλέξανδρος", "noto-sans"), ("محمد", "naskh")],
)
def test_names_stand_in_the_face_that_has_them(name: str, where: str) -> None:
    for stack in (ATKINSON, ANDIKA):
        (line,) = set_lines([Span(name, bold=True, isolate=True)], Type(stack, 14, 19), 500)
        assert places(line) == [(name, f"{where}-bold")]


def test_a_character_that_nobody_has_names_the_text_in_which_it_stands() -> None:
    with pytest.raises(FontError) as caught:
        set_lines([Span("Hello "), Span("Maya 🦄", whose="the name")], ENGLISH, 100)
    assert str(caught.value) == (
        "no font here has '🦄' (U+1F984 UNICORN FACE), in the name \"Maya 🦄\". Write the name without it."
    )


# ---- words wider than the measure ----


@pytest.mark.parametrize("letters", ["n", "ب", "e\u0301", "ễ"])
def test_a_name_of_400_letters_breaks_between_clusters(letters: str) -> None:
    lines = set_lines([Span("Dear "), Span(letters * 400)], ENGLISH, 196)
    assert "".join(texts(lines)) == "Dear " + letters * 400
    assert all(line.width_pt <= 196.001 for line in lines)
    assert all(len(line.text) % len(letters) == 0 for line in lines[1:])
    assert all(len(runs(line)) == 1 for line in lines[1:])
    assert len(lines) < 30


def test_spaces_after_a_broken_word_stay_on_its_line() -> None:
    measure_pt = width(shape("nnnnn", ATKINSON)) * 11.5 / 1000 + 0.1
    assert set_text("n" * 10 + "   ", measure_pt) == ["nnnnn", "nnnnn   "]


def test_a_cluster_wider_than_the_measure_stands_alone() -> None:
    assert set_text("WW", 3) == ["W", "W"]


def test_work_grows_with_the_text_and_no_faster(monkeypatch: pytest.MonkeyPatch) -> None:
    counted = 0

    def counting(some: Iterable[GlyphRun]) -> float:
        nonlocal counted
        kept = tuple(some)
        counted += sum(len(run.glyphs) for run in kept)
        return width(kept)

    monkeypatch.setattr("agreement.typeset.shape.width", counting)
    costs = []
    for letters in (10_000, 100_000):
        counted = 0
        assert "".join(texts(set_lines([Span("n" * letters)], ENGLISH, 196))) == "n" * letters
        costs.append(counted)
    assert 0 < costs[1] < 11 * costs[0]


def test_many_words_are_set_too() -> None:
    assert "".join(set_text("tell a grown-up " * 6000, 196)) == "tell a grown-up " * 6000


@pytest.mark.parametrize("space", sorted(SPACES))
def test_every_kind_of_space_ends_a_word(space: str) -> None:
    assert paragraph._word_ends(f"to{space}the sea") == [3, 7, 10]
