"""The whole way: household and choices in, PDF bytes out."""

import hashlib
import os
import subprocess
import sys
from datetime import date
from pathlib import Path

import pytest
from hypothesis import given, settings

from agreement import make_pdf
from agreement.errors import FontError, InputError, LayoutError
from agreement.household import Adult, Child, Choices, Household, load_family
from agreement.library import load_library
from agreement.make import compose_all
from agreement.pdf.seal import count_sides, is_ours
from tests import pdf
from tests.strategies import families, the_library

TODAY = date(2026, 3, 12)
ROOT = Path(__file__).parent.parent
EXAMPLE = ROOT / "docs" / "examples" / "rivera.yaml"
RIVERAS = load_family(EXAMPLE)


def test_five_lines_of_python_make_an_agreement() -> None:
    household = Household("Rivera", (Child("Maya", 9),), (Adult("Ana"),))
    made = make_pdf(household, Choices(country="US"), date=TODAY)
    assert made.startswith(b"%PDF-")
    assert is_ours(made)
    assert count_sides(made) == 2
    assert "The Rivera family" in pdf.text(made)


def test_without_anything_an_empty_sheet_for_any_day() -> None:
    assert make_pdf(date=TODAY) == make_pdf(Household(), Choices(), library=load_library(), date=TODAY)
    assert "2026" not in pdf.text(make_pdf(date=TODAY))


def test_the_same_input_gives_the_same_bytes() -> None:
    assert make_pdf(*RIVERAS, date=TODAY) == make_pdf(*RIVERAS, date=TODAY)
    assert make_pdf(*RIVERAS, date=TODAY) != make_pdf(*RIVERAS, date=date(2026, 3, 13))


@pytest.mark.slow
def test_another_process_with_another_hash_seed_gives_the_same_bytes() -> None:
    script = (
        "import sys; from tests.test_make import *;"
        "sys.stdout.buffer.write(make_pdf(*RIVERAS, date=TODAY, each=True) + make_pdf(date=TODAY))"
    )
    made = set()
    for seed in ("1", "99"):
        environment = os.environ | {"PYTHONHASHSEED": seed, "PYTHONPATH": str(ROOT)}
        done = subprocess.run([sys.executable, "-c", script], env=environment, capture_output=True, check=True)
        made.add(hashlib.sha256(done.stdout).hexdigest())
    here = make_pdf(*RIVERAS, date=TODAY, each=True) + make_pdf(date=TODAY)
    assert made == {hashlib.sha256(here).hexdigest()}


def test_each_child_gets_a_sheet_of_its_own() -> None:
    made = make_pdf(*RIVERAS, date=TODAY, each=True)
    assert count_sides(made) == 4
    sheets = pdf.text(made).split("\f")
    assert ["Leo" in side and "Maya\n" not in side for side in sheets[2:3]] == [True]
    assert [[person.name for person in one.children] for one in compose_all(*RIVERAS, date=TODAY, each=True)] == [
        ["Maya"],
        ["Leo"],
    ]


def test_each_without_children_is_one_sheet() -> None:
    assert make_pdf(date=TODAY, each=True) == make_pdf(date=TODAY)


def test_each_child_alone_has_words_of_its_own_age_only() -> None:
    for one, age in zip(compose_all(*RIVERAS, date=TODAY, each=True), (9, 14), strict=True):
        band = the_library().band_of(age)
        assert band is not None
        for section in one.sections:
            for term in section.children:
                assert term.mark == ()
                clause = the_library().clauses[term.clause]
                assert "".join(getattr(part, "text", "") for part in term.sentence) in clause.text["en"][band.id]


def test_what_is_wrong_is_an_error_with_its_place() -> None:
    with pytest.raises(InputError, match="without: F303"):
        make_pdf(choices=Choices(without=("not-your-fault",)), date=TODAY)
    with pytest.raises(FontError, match=r"U\+5B89"):
        make_pdf(Household("安娜"), date=TODAY)


@settings(max_examples=6)
@given(families())
def test_every_family_gets_a_document_whose_tags_fit_its_content(family: tuple[Household, Choices]) -> None:
    try:
        made = make_pdf(*family, date=TODAY)
    except (FontError, LayoutError):
        return
    tags = pdf.tags(made)
    names = [*(child.name for child in family[0].children), *(adult.name for adult in family[0].adults)]
    for name in names:
        assert repr(name)[1:-1] in tags or name in tags
    assert count_sides(made) % 2 == 0
