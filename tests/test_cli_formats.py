"""What `agreement make` can give beside the usual PDF: twins, tags, large print, no fields, a password."""

import builtins
import sys
from io import BytesIO
from pathlib import Path
from typing import Any

import page as page_validation
import pikepdf
import pytest

from agreement.cli.formats import HTML, PDF, TEXT, kind_of
from tests import pdf
from tests.command import call

Capture = pytest.CaptureFixture[bytes]
MAYA = ("--child", "Maya:9", "--adult", "Ana", "--country", "US", "--date", "2026-03-12")


@pytest.fixture(autouse=True)
def in_an_empty_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)


@pytest.mark.parametrize(
    ("name", "kind"),
    [("a.html", HTML), ("A.HTM", HTML), ("a.txt", TEXT), ("a.pdf", PDF), ("-", PDF), ("a.html/b", PDF), ("a", PDF)],
)
def test_the_name_says_the_kind(name: str, kind: str) -> None:
    assert kind_of(name) == kind


def test_html(capfdbinary: Capture) -> None:
    answer = call(capfdbinary, "make", *MAYA, "-o", "a.html")
    assert (answer.code, answer.out) == (0, b"")
    assert answer.err.endswith("a.html: open it in a browser.\n")
    page = Path("a.html").read_text(encoding="utf-8")
    assert page.startswith("<!DOCTYPE html>")
    assert "Signature of Maya" in page
    assert call(capfdbinary, "make", *MAYA, "-o", "a.html").code == 0  # the same again is no loss
    assert call(capfdbinary, "make", *MAYA, "--family", "Rivera", "-o", "a.html").code == 5


def test_text(capfdbinary: Capture) -> None:
    assert call(capfdbinary, "make", *MAYA, "-o", "a.txt").code == 0
    assert "[ ] Maya" in Path("a.txt").read_text(encoding="utf-8")


def test_tags_are_printed_and_no_file_is_written(capfdbinary: Capture) -> None:
    answer = call(capfdbinary, "make", *MAYA, "--tags")
    assert answer.code == 0
    assert call(capfdbinary, "make", *MAYA, "-o", "a.pdf").code == 0
    assert answer.text == pdf.tags(Path("a.pdf").read_bytes())
    assert not Path("family-agreement.pdf").exists()


def test_tags_need_no_pdf_library(capfdbinary: Capture, monkeypatch: pytest.MonkeyPatch) -> None:
    for name in [name for name in sys.modules if name.startswith(("reportlab", "agreement.pdf"))]:
        monkeypatch.delitem(sys.modules, name)
    monkeypatch.setitem(sys.modules, "reportlab", None)
    assert call(capfdbinary, "make", *MAYA, "--tags").text.startswith("Document\n")


@pytest.mark.parametrize("option", ["--no-fields", "--flat"])
def test_nothing_to_type_in(option: str, capfdbinary: Capture) -> None:
    assert call(capfdbinary, "make", *MAYA, option, "-o", "a.pdf").code == 0
    printed = Path("a.pdf").read_bytes()
    assert pdf.fields(printed) == []
    assert "Form alt='Signature of Maya'" in pdf.tags(printed)
    assert call(capfdbinary, "make", *MAYA, option, "-o", "a.html").code == 0
    assert "<input" not in Path("a.html").read_text(encoding="utf-8")


def test_no_fields_and_flat_are_two_names_for_one_sheet(capfdbinary: Capture) -> None:
    """What is known is never in a field, so that there is nothing which one of them could draw and the other not."""
    filled = (
        *MAYA,
        "--family",
        "Rivera",
        "--set",
        "bedtime=20:30",
        "--app",
        "Roblox: Maya / Ana",
        "--own",
        "Maya: Chess.",
    )
    for option in ("--no-fields", "--flat"):
        assert call(capfdbinary, "make", *filled, option, "--add", "talk", "-o", f"a{option}.pdf").code == 0
    call(capfdbinary, "make", *filled, "--add", "talk", "-o", "with.pdf")
    assert Path("a--flat.pdf").read_bytes() == Path("a--no-fields.pdf").read_bytes()
    assert all(field.value in ("", "Off") for field in pdf.fields(Path("with.pdf").read_bytes()))


@pytest.mark.parametrize("kind", ["html", "txt"])
def test_a_twin_holds_the_extra_pages_and_the_reasons(kind: str, capfdbinary: Capture) -> None:
    asked = ("--add", "if-something-happens", "--add", "help-cards", "--reasons")
    assert call(capfdbinary, "make", *MAYA, *asked, "-o", f"a.{kind}").code == 0
    text = Path(f"a.{kind}").read_text(encoding="utf-8")
    places = [text.index(words) for words in ("If something goes wrong", "You can point", "Cut along")]
    assert places == sorted(places)
    assert "Anyone can make up a face and a name." in text


def test_a_twin_of_an_unknown_page_is_refused_like_a_pdf(capfdbinary: Capture) -> None:
    answer = call(capfdbinary, "make", *MAYA, "--add", "talks", "-o", "a.html")
    assert answer.code == 1
    assert "F104" in answer.err
    assert not Path("a.html").exists()


def test_a_twin_may_hold_names_that_no_font_of_ours_has(capfdbinary: Capture) -> None:
    assert call(capfdbinary, "make", "--child", "மாயா:9", "--add", "talk", "-o", "a.pdf").code == 3
    assert call(capfdbinary, "make", "--child", "மாயா:9", "--add", "talk", "-o", "a.html").code == 0
    assert "மாயா" in Path("a.html").read_text(encoding="utf-8")


@pytest.mark.parametrize(
    "options", [("--text-size", "large"), ("--style", "contrast"), ("--text-size", "LARGE", "--style", "Contrast")]
)
def test_sizes_and_styles(options: tuple[str, ...], capfdbinary: Capture) -> None:
    assert call(capfdbinary, "make", *MAYA, *options, "-o", "a.pdf").code == 0
    assert call(capfdbinary, "make", *MAYA, "-o", "b.pdf").code == 0
    assert Path("a.pdf").read_bytes() != Path("b.pdf").read_bytes()


@pytest.mark.parametrize(("option", "what"), [("--text-size", "text size"), ("--style", "style")])
def test_an_unknown_size_or_style_is_named(option: str, what: str, capfdbinary: Capture) -> None:
    answer = call(capfdbinary, "make", *MAYA, option, "huge", "-o", "a.pdf")
    assert answer.code == 1
    assert f'{option}: F104 there is no {what} "huge".' in answer.err


def test_a_family_file_may_ask_for_them(capfdbinary: Capture) -> None:
    Path("family.yaml").write_text("text_size: large\nstyle: contrast\ncountry: US\n", encoding="utf-8")
    assert call(capfdbinary, "make", "family.yaml", "-o", "a.pdf").code == 0
    assert call(capfdbinary, "make", "family.yaml", "--text-size", "normal", "-o", "b.pdf").code == 0
    with pikepdf.open("a.pdf") as large, pikepdf.open("b.pdf") as normal:
        assert len(large.pages) > len(normal.pages)


def test_a_password(capfdbinary: Capture) -> None:
    answer = call(capfdbinary, "make", *MAYA, "--password", "open sesame", "-o", "a.pdf")
    assert answer.code == 0
    assert "It is not PDF/A, and another run gives other bytes." in answer.err
    with pytest.raises(pikepdf.PasswordError):
        pikepdf.open("a.pdf")
    plain = BytesIO()
    with pikepdf.open("a.pdf", password="open sesame") as document:
        assert document.encryption.R == 6
        assert document.encryption.bits == 256
        assert document.allow.accessibility
        assert b"pdfaid:part" not in document.Root.Metadata.read_bytes()
        assert b"pdfuaid:part" in document.Root.Metadata.read_bytes()
        document.save(plain, encryption=False)
    assert not page_validation.validate_pdf_bytes(plain.getvalue(), profile="ua1").failures
    assert "Signature of Maya" in pdf.tags(plain.getvalue())


def test_a_password_is_for_a_pdf(capfdbinary: Capture) -> None:
    for options in (("-o", "a.html"), ("--tags",)):
        answer = call(capfdbinary, "make", *MAYA, "--password", "x", *options)
        assert (answer.code, "--password is for a PDF" in answer.err) == (2, True)
    assert call(capfdbinary, "make", *MAYA, "--password", "", "-o", "a.pdf").code == 5


def test_a_password_without_pikepdf_says_what_to_install(capfdbinary: Capture, monkeypatch: pytest.MonkeyPatch) -> None:
    real = builtins.__import__

    def without(name: str, *rest: Any, **named: Any) -> Any:
        if name == "pikepdf":
            raise ImportError(name)
        return real(name, *rest, **named)

    monkeypatch.setattr(builtins, "__import__", without)
    answer = call(capfdbinary, "make", *MAYA, "--password", "x", "-o", "a.pdf")
    assert answer.code == 5
    assert "pip install 'family-agreement[password]'" in answer.err
    assert not Path("a.pdf").exists()
