"""Names in another script say the language that a voice should read them in."""

from pathlib import Path

import pytest

from agreement import Adult, Child, Household, make_pdf
from agreement.typeset.scripts import likely_language
from tests import pdf
from tests.command import call


@pytest.mark.parametrize(
    ("text", "language"),
    [("مريم", "ar"), ("Юлия", "ru"), ("Ελένη", "el"), ("Łucja", ""), ("Nguyễn", ""), ("Maya", ""), ("٣", ""), ("", "")],
)
def test_the_likeliest_language_of_a_script(text: str, language: str) -> None:
    assert likely_language(text) == language


def test_babel_knows_the_same_languages() -> None:
    from babel.core import get_global

    likely = get_global("likely_subtags")
    for script, sample in (("Arab", "م"), ("Cyrl", "Ю"), ("Grek", "Ε")):
        assert likely[f"und_{script}"].split("_")[0] == likely_language(sample)


def test_a_name_in_arabic_says_so_in_the_tags() -> None:
    tags = pdf.tags(make_pdf(Household("", (Child("مريم", 9),), (Adult("Юлия"),))))
    assert "Span lang='ar' 'مريم'" in tags
    assert "Span lang='ru' 'Юлия'" in tags


def test_a_name_in_arabic_says_so_in_html(tmp_path: Path, capfdbinary: pytest.CaptureFixture[bytes]) -> None:
    out = tmp_path / "sheet.html"
    assert call(capfdbinary, "make", "--child", "مريم:9", "--country", "US", "-o", str(out)).code == 0
    assert '<bdi lang="ar">مريم</bdi>' in out.read_text(encoding="utf-8")
