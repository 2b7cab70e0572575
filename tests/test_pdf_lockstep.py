"""Objects that count up from part to part are read back by another program as what was written."""

from io import BytesIO
from itertools import groupby

import pikepdf
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from agreement.pdf.engine import Body, Stream
from agreement.pdf.lockstep import OWN, Lockstep, digits_of
from agreement.pdf.longfile import BLOCK, LongFile


def written(objects: list[bytes], first: int, blocks: int) -> tuple[bytes, list[int]]:
    """Return a file with the objects in so many blocks, large enough for their numbers, and the blocks."""
    out = BytesIO()
    file = LongFile(out)
    pages = file.add(Body("<</Type/Pages/Kids[]/Count 0>>"))
    root, info = file.add(Body(f"<</Type/Catalog/Pages {pages} 0 R>>")), file.add(Body("<<>>"))
    file.add(Stream(b" " * 3 * BLOCK * (blocks + 2), deflate=False))
    file.flush()
    lockstep = Lockstep(list(enumerate(objects)), first)
    taken = [file.take_block(first + len(objects)) for _ in range(blocks)]
    for _, group in groupby(taken, lambda block: len(digits_of(block))):
        some = list(group)
        for number, holder, order in lockstep.write(file, some):
            for at, block in enumerate(some, order):
                file.place(block * BLOCK + first + number, [(2, holder, at)])
    file.write_table(root, info)
    return out.getvalue(), taken


@pytest.mark.parametrize("blocks", [1, 8, 12, 120])
@pytest.mark.parametrize("length", [0, 150, 199, 900, 4_000, 30_000])
def test_rows_of_any_width_read_back(length: int, blocks: int) -> None:
    told = b"<</K(" + b"k" * length + b")/P " + OWN + b"001 0 R/N 7>>"
    pdf, taken = written([told, b"<</Q " + OWN + b"000 0 R>>"], 0, blocks)
    with pikepdf.open(BytesIO(pdf)) as read:
        for block in taken:
            one, other = (read.get_object((block * BLOCK + number, 0)) for number in (0, 1))
            assert (len(str(one.K)), int(one.N)) == (length, 7)
            assert (one.P.objgen[0], other.Q.objgen[0]) == (block * BLOCK + 1, block * BLOCK)
        assert not read.get_warnings()


@settings(max_examples=20)
@given(st.lists(st.integers(0, 300), min_size=1, max_size=60), st.integers(0, 400), st.integers(1, 40))
def test_many_objects_keep_their_own_text(lengths: list[int], first: int, blocks: int) -> None:
    objects = [b"<</K(%d%b)>>" % (at, b"-" * many) for at, many in enumerate(lengths)]
    pdf, taken = written(objects, first, blocks)
    with pikepdf.open(BytesIO(pdf)) as read:
        for block in taken:
            found = [read.get_object((block * BLOCK + first + at, 0)).K for at in range(len(lengths))]
            assert [str(text) for text in found] == [f"{at}{'-' * many}" for at, many in enumerate(lengths)]
