"""Words set by pairs are the words that HarfBuzz sets."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from agreement.pdf.slotted import LETTERS, SIMPLE
from agreement.typeset.fonts import FILES, face
from agreement.typeset.pairs import run_of_words
from agreement.typeset.shape import join, shape_atom

KEYS = [key for key in FILES if key.startswith(("atkinson", "andika"))]
_names = st.one_of(
    st.text(sorted(SIMPLE - {" "}), min_size=1, max_size=12),
    st.text(sorted(LETTERS - {" ", "\u00a0", "\u00ad"}), min_size=1, max_size=12),
)


@pytest.mark.parametrize("key", KEYS)
@given(words=st.lists(_names, min_size=1, max_size=3))
def test_words_by_pairs_are_those_of_harfbuzz(key: str, words: list[str]) -> None:
    words = [f"{word} " for word in words[:-1]] + words[-1:]
    if not all(map(face(key).covers, "".join(words))):
        return
    found = run_of_words(words, key, "en")
    atoms = [shape_atom(word, key, "en") for word in words]
    if found is not None:
        assert found == (join([atom.run for atom in atoms]), sum([atom.wide for atom in atoms]))


@pytest.mark.parametrize("key", KEYS)
def test_ordinary_names_have_plain_pairs(key: str) -> None:
    for name in ("Maya", "Wilhelmina", "O'Neil", "AVATo", "Zoë", "José Núñez", "Žižka", "Rivera 12"):
        assert run_of_words([name], key, "en") is not None, name


def test_a_ligature_is_left_to_harfbuzz() -> None:
    assert run_of_words(["office"], "noto-sans-regular", "en") is None
