"""The font files, their measures, and what they can draw."""

import hashlib
import re
import subprocess
import sys

import pytest

from agreement.errors import FontError
from agreement.place import folder
from agreement.typeset.cover import clusters, faces_of
from agreement.typeset.fonts import ANDIKA, ATKINSON, FILES, Face, face


@pytest.mark.parametrize("key", sorted(FILES))
def test_every_face_has_its_file_and_sound_measures(key: str) -> None:
    one = face(key)
    assert one.blob()[:4] == b"\x00\x01\x00\x00"
    assert one.bold == key.endswith("bold")
    assert one.postscript_name.endswith("-Bold") == one.bold
    assert 700 < one.ascent < 1300
    assert -700 < one.descent < -200
    assert 600 < one.cap_height <= one.ascent
    assert one.italic_angle == 0
    left, bottom, right, top = one.bbox
    assert left <= 0 < right
    assert bottom < 0 < top
    assert face(key) is one


def test_lengths_are_thousandths_in_a_face_of_2048_units() -> None:
    andika = face("andika-regular")
    assert andika.upem == 2048
    assert andika.ascent == 2500 * 1000 / 2048
    gid = andika.font.get_nominal_glyph(ord("n"))
    assert andika.advance(gid) == andika.font.get_glyph_h_advance(gid) * 1000 / 2048


def test_provenance_table_names_every_file_with_its_sum() -> None:
    home = folder("fonts")
    table = (home / "README.md").read_text(encoding="utf-8")
    listed = dict(re.findall(r"\| `([^`]+\.ttf)` \|.*?`([0-9a-f]{64})`", table))
    found = {str(path.relative_to(home)): hashlib.sha256(path.read_bytes()).hexdigest() for path in home.rglob("*.ttf")}
    assert listed == found
    assert set(found) == set(FILES.values())
    for path in home.rglob("*.ttf"):
        licence = (path.parent / "OFL.txt").read_text(encoding="utf-8")
        assert "SIL OPEN FONT LICENSE Version 1.1" in licence
        assert licence.startswith("Copyright")


def test_missing_file_is_told(tmp_path: object) -> None:
    lost = Face("lost-regular", folder("fonts") / "nowhere" / "Lost.ttf")
    with pytest.raises(FontError, match=r"Lost\.ttf is missing"):
        lost.covers("a")


@pytest.mark.parametrize(
    ("character", "where"),
    [("a", "atkinson"), ("ñ", "atkinson"), ("ễ", "andika"), ("Б", "andika"), ("ξ", "noto-sans"), ("م", "naskh")],
)
def test_first_family_that_has_the_character_draws_it(character: str, where: str) -> None:
    for bold, name in ((False, "regular"), (True, "bold")):
        assert faces_of(character, ATKINSON, bold) == ((1, f"{where}-{name}"),)


def test_a_word_stands_in_one_face() -> None:
    assert faces_of("Nguyễn", ATKINSON, False) == ((6, "andika-regular"),)
    assert faces_of("Αλέξανδρος", ATKINSON, False) == ((10, "noto-sans-regular"),)
    assert faces_of("Maya Nguyễn", ATKINSON, False) == ((5, "atkinson-regular"), (11, "andika-regular"))


def test_a_whole_name_stands_in_one_face() -> None:
    assert faces_of("Maya Nguyễn", ATKINSON, False, "the name", True) == ((11, "andika-regular"),)


def test_punctuation_keeps_the_face_of_its_word() -> None:
    text = "See (Борис), then."
    assert faces_of(text, ATKINSON, False) == (
        (4, "atkinson-regular"),
        (13, "andika-regular"),
        (18, "atkinson-regular"),
    )


def test_both_spellings_of_a_letter_get_one_face() -> None:
    assert faces_of("e\u0302\u0303", ATKINSON, False)[0][1] == faces_of("ễ", ATKINSON, False)[0][1] == "andika-regular"
    assert faces_of("e\u0301", ATKINSON, False) == ((2, "atkinson-regular"),)


def test_marks_and_invisible_characters_stay_with_their_base() -> None:
    assert clusters("e\u0301x\u00ad\ufe0fy") == ["e\u0301", "x\u00ad\ufe0f", "y"]
    assert clusters("\u200da") == ["\u200d", "a"]
    assert faces_of("\u200dБ", ATKINSON, False) == ((2, "andika-regular"),)


def test_any_space_is_drawn() -> None:
    for space in "\u00a0\u2007\u2009\u202f\u3000":
        assert faces_of(f"a{space}b", ATKINSON, False) == ((3, "atkinson-regular"),)


@pytest.mark.parametrize(
    ("text", "told"),
    [
        (
            "Maya 🦄",
            "no font here has '🦄' (U+1F984 UNICORN FACE), in the name \"Maya 🦄\". Write the name without it.",
        ),
        ("a\nb", 'no font here has U+000A LINE FEED, in the name "a\\u000ab". Write the name without it.'),
        ("a\u202eb", "U+202E RIGHT-TO-LEFT OVERRIDE"),
        ("a\u2066b", "U+2066 LEFT-TO-RIGHT ISOLATE"),
        ("\ud800", "U+D800 half of a character"),
        ("\x00", "U+0000 NULL"),
        ("\x07", "U+0007, in"),
        ("\ue000", "U+E000, in"),
        ("👩\u200d👧", "'👩' (U+1F469 WOMAN)"),
        ("中", "'中' (U+4E2D CJK UNIFIED IDEOGRAPH-4E2D)"),
    ],
)
def test_a_character_that_nobody_has_is_refused_by_name(text: str, told: str) -> None:
    for stack in (ATKINSON, ANDIKA):
        with pytest.raises(FontError) as caught:
            faces_of(text, stack, False, "the name")
        assert told in str(caught.value)
        assert str(caught.value).isprintable()


def test_a_long_text_is_quoted_around_the_character() -> None:
    with pytest.raises(FontError) as caught:
        faces_of("a" * 5000 + "🦄" + "b" * 5000, ATKINSON, False)
    assert "…aaa" in str(caught.value)
    assert "a🦄b" in str(caught.value)
    assert len(str(caught.value)) < 200


def test_a_file_is_opened_only_when_a_character_needs_it() -> None:
    code = """
from agreement.typeset.fonts import ATKINSON, FILES, face
from agreement.typeset.lines import Span, Type, set_lines
import sys
set_lines([Span("Plain words.")], Type(ATKINSON, 11, 14), 100)
print(sorted(key for key in FILES if "_bytes" in vars(face(key))), "bidi" in sys.modules)
"""
    told = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, check=True, cwd=folder("fonts").parent
    )
    assert told.stdout.split("\n")[0] == "['atkinson-regular'] False"
