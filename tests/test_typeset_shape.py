"""Glyphs: faces, directions, clusters, and what is natural."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from agreement.errors import FontError
from agreement.typeset import bidi
from agreement.typeset.boxes import GlyphRun
from agreement.typeset.fonts import ANDIKA, ATKINSON, face
from agreement.typeset.shape import Atom, join, shape, shape_atom, split, width

LETTERS = [
    *"abcXYZ éñ.,(-)12'\u00a0ễếДжюαωمرحبا،٣[]",
    "a\u00ad",
    "e\u0301",
    "x\u0302\u0301",
    "بَ",
    "مِّ",
    "ه\u200c",
    "ف\u200d",
]
TEXTS = st.lists(st.sampled_from(LETTERS), max_size=24).map("".join)


def drawn(run: GlyphRun) -> str:
    glyphs = reversed(run.glyphs) if run.right_to_left else run.glyphs
    return "".join(glyph.text for glyph in glyphs)


def test_plain_words_are_one_run() -> None:
    (run,) = shape("I will tell.", ATKINSON, lang="en")
    assert (run.face, run.text, run.lang, run.right_to_left) == ("atkinson-regular", "I will tell.", "en", False)
    assert len(run.glyphs) == 12
    assert [glyph.text for glyph in run.glyphs] == list("I will tell.")


def test_bold_and_andika() -> None:
    assert shape("Leo", ATKINSON, True)[0].face == "atkinson-bold"
    assert shape("Leo", ANDIKA, True)[0].face == "andika-bold"


def test_advances_are_thousandths() -> None:
    one = face("andika-regular")
    (run,) = shape("n", ANDIKA)
    assert run.glyphs[0].advance == one.advance(run.glyphs[0].gid) == 1185 * 1000 / 2048
    assert width((run, run)) == 2 * run.glyphs[0].advance


def test_kerning_is_not_natural() -> None:
    assert shape("nn", ATKINSON)[0].natural
    kerned = shape("To", ATKINSON)[0]
    assert not kerned.natural
    assert width((kerned,)) < width(shape("T", ATKINSON)) + width(shape("o", ATKINSON))


def test_a_space_that_the_font_makes_up_is_not_natural() -> None:
    (run,) = shape("a\u202fb", ATKINSON)
    assert not run.natural
    assert 0 < run.glyphs[1].advance < 280


def test_arabic_name_in_an_english_line() -> None:
    runs = shape("Ask محمد, or Ana.", ATKINSON)
    assert [(run.text, run.face, run.right_to_left) for run in runs] == [
        ("Ask ", "atkinson-regular", False),
        ("محمد", "naskh-regular", True),
        (", ", "naskh-regular", False),
        ("or Ana.", "atkinson-regular", False),
    ]
    arabic = runs[1]
    assert [glyph.text for glyph in arabic.glyphs] == ["د", "م", "ح", "م"]
    assert "".join(run.text for run in runs) == "Ask محمد, or Ana."


def test_latin_name_in_an_arabic_line_stands_on_the_left_of_what_precedes_it() -> None:
    texts = [run.text for run in shape("مرحبا Ana شكرا", ATKINSON, direction="rtl")]
    assert texts == ["شكرا", " ", "Ana", "مرحبا "]


def test_numbers_in_arabic_run_left_to_right() -> None:
    runs = shape("غدا 20:30.", ATKINSON, lang="ar", direction="rtl")
    assert [run.text for run in runs][:2] == [".", "20:30"]
    assert not runs[1].right_to_left


def test_brackets_around_a_latin_word_stay_together_in_an_arabic_line() -> None:
    runs = shape("مرحبا Ana (Mom) شكرا", ATKINSON, direction="rtl")
    assert [run.text for run in runs] == ["شكرا", " ", "Ana (Mom)", "مرحبا "]


def test_brackets_are_mirrored_from_right_to_left() -> None:
    left = face("naskh-regular").font.get_nominal_glyph(ord("("))
    (run,) = shape("(محمد)", ATKINSON, direction="rtl")
    assert run.glyphs[0].gid == left
    assert run.glyphs[0].text == ")"


def test_an_isolated_name_does_not_turn_the_number_after_it() -> None:
    text = "محمد, 9"
    assert bidi.levels(text, 0)[-1] == 2
    assert bidi.levels(text, 0, [(0, 4)]) == [1, 1, 1, 1, 0, 0, 0]


def test_isolates_take_the_direction_of_their_first_letter() -> None:
    text = "مرحبا Ana (x) شكرا"
    levels = bidi.levels(text, 1, [(6, 13)])
    assert levels[6:13] == [2] * 7
    assert set(levels[:6] + levels[13:]) == {1}


def test_order_of_levels() -> None:
    assert bidi.visual_order([0, 0, 0]) == [0, 1, 2]
    assert bidi.visual_order([0, 1, 2, 1, 0]) == [0, 3, 2, 1, 4]
    assert bidi.visual_order([1, 2, 1]) == [2, 1, 0]


def test_combining_marks_stay_with_their_base_and_extract_as_written() -> None:
    (run,) = shape("Zoe\u0308", ATKINSON)
    assert [glyph.text for glyph in run.glyphs] == ["Z", "o", "e\u0308"]
    (vowels,) = shape("بِسْمِ", ATKINSON)
    assert drawn(vowels) == "بِسْمِ"
    assert not vowels.natural


@pytest.mark.parametrize("sign", ["\u00ad", "\u200d", "\u200c", "\ufeff", "\ufe0f", "\u200e", "\u2060", "\u034f"])
def test_characters_that_draw_nothing_take_no_width_and_stay_in_the_text(sign: str) -> None:
    plain, signed = shape("ab", ATKINSON), shape(f"a{sign}b", ATKINSON)
    assert width(signed) == width(plain)
    assert "".join(drawn(run) for run in signed) == f"a{sign}b"
    assert shape(sign, ATKINSON) == ()


def test_a_joiner_that_draws_nothing_still_parts_arabic_letters() -> None:
    joined, parted = shape("به", ATKINSON)[0], shape("ب\u200cه", ATKINSON)[0]
    assert [glyph.gid for glyph in joined.glyphs] != [glyph.gid for glyph in parted.glyphs]


def test_nothing_is_nothing() -> None:
    assert shape("", ATKINSON) == ()
    assert width(()) == 0


def test_a_forced_direction_is_refused_before_it_is_ordered() -> None:
    with pytest.raises(FontError, match="U\\+2067"):
        shape("مرحبا \u2067x", ATKINSON)


@given(TEXTS, st.sampled_from(["ltr", "rtl"]))
def test_every_character_is_drawn_once(text: str, direction: str) -> None:
    runs = shape(text, ATKINSON, direction=direction)
    for run in runs:
        assert drawn(run) == run.text
        assert all(glyph.gid for glyph in run.glyphs)
        natural = all(
            glyph.advance == face(run.face).advance(glyph.gid) and not glyph.dx and not glyph.dy for glyph in run.glyphs
        )
        assert run.natural == natural
    seen = sorted("".join(run.text for run in runs))
    assert [sign for sign in seen if sign.isprintable()] == sorted(sign for sign in text if sign.isprintable())


@given(TEXTS)
def test_a_split_run_joins_again(text: str) -> None:
    for run in shape(text, ATKINSON):
        again = join([part.run for part in split(Atom(run, 0, 0))])
        assert (again.glyphs, again.text) == (run.glyphs, run.text)


@given(st.text(alphabet="aم1()[] ,", max_size=12), st.integers(0, 1))
def test_levels_agree_with_the_rust_implementation(text: str, base: int) -> None:
    from bidi import get_display

    levels = bidi.levels(text, base)
    assert len(levels) == len(text)
    stripped = text.rstrip(" ")
    levels[len(stripped) :] = [base] * (len(text) - len(stripped))
    order = bidi.visual_order(levels)
    assert "".join(text[place] for place in order) == get_display(text, base_dir="LR"[base])


@pytest.mark.parametrize("key", ["andika-regular", "andika-bold"])
def test_letters_stay_apart_for_who_learns_to_read(key: str) -> None:
    assert [glyph.text for glyph in shape_atom("office fly", key, "en").run.glyphs] == list("office fly")
