"""Help lines: each with a source and a month, those of Europe said once, and what is not known said aloud."""

import shutil
from datetime import date
from pathlib import Path

import pytest

from agreement.compose import compose
from agreement.compose.notes import notes
from agreement.compose.pages import compose_pages
from agreement.errors import InputError, Problem
from agreement.household import Choices, Household
from agreement.library import Library, load_library, shared
from agreement.library.check import check
from tests.command import CHECKOUT

LIBRARY = load_library()
NOBODY = Household("", (), (), ())
ON_116_111 = [
    "BG",
    "CY",
    "CZ",
    "DE",
    "DK",
    "EE",
    "FI",
    "GR",
    "HR",
    "LT",
    "LU",
    "LV",
    "MT",
    "PL",
    "PT",
    "SE",
    "SI",
    "SK",
]
UNION = sorted([*ON_116_111, "AT", "BE", "ES", "FR", "HU", "IE", "IT", "NL", "RO"])


def card(country: str, **chosen: str) -> list[tuple[str, str]]:
    sheet = compose(NOBODY, Choices(country=country, **chosen), LIBRARY, None)  # type: ignore[arg-type]
    return [(contact.label, contact.contact) for contact in sheet.card.contacts]


def lines(country: str) -> dict[str, str]:
    return {line.number: line.purpose for line in LIBRARY.countries[country].help_lines}


@pytest.mark.parametrize("country", LIBRARY.countries)
def test_every_line_has_a_way_a_source_and_a_month_and_the_card_is_of_the_country(country: str) -> None:
    known = LIBRARY.countries[country]
    for line in known.help_lines:
        assert line.number or line.text or line.address
        assert line.source
        assert len(line.checked) == len("2026-11")
    assert known.names[known.card[0]].purpose == "emergency"
    assert len(set(known.card)) == len(known.card) <= 5


@pytest.mark.parametrize("country", UNION)
def test_every_country_of_the_union_has_112_and_116_000(country: str) -> None:
    assert lines(country)["112"] == "emergency"
    assert lines(country)["116 000"] == "missing"


def test_116_111_stands_only_where_it_was_confirmed() -> None:
    assert [name for name in LIBRARY.countries if lines(name).get("116 111") == "talk"] == ON_116_111
    assert lines("FR")["119"] == "talk"
    assert lines("IT")["19696"] == "talk"
    assert "talk" not in lines("HU").values()


def test_what_several_countries_share_is_written_once() -> None:
    own = [
        path for path in sorted((CHECKOUT / "clauses/countries").glob("*.yaml")) if "116 000" in path.read_text("utf-8")
    ]
    assert own == []
    assert (CHECKOUT / "clauses" / shared.FILE).read_text("utf-8").count("116 000") == 2, "in a comment and as a number"


def test_only_countries_that_share_lines_read_them(monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(path: Path) -> None:
        raise AssertionError(path)

    monkeypatch.setattr(shared, "read_source", refuse)
    assert load_library().countries["US"].card
    with pytest.raises(AssertionError, match=shared.FILE):
        load_library().countries["DE"]


def test_a_german_card_has_what_is_known_and_a_line_for_what_is_not() -> None:
    assert card("DE") == [
        ("In danger right now", "112"),
        ("Talk: call", "116 111"),
        ("If a child is missing", "116 000"),
        ("Report someone", ""),
    ]
    assert card("HU", language="es")[2:] == [("Habla: llama", ""), ("Reportar a alguien", "")]
    assert [number for _, number in card("BE")] == ["112", "102 (Nederlands)", "103 (français)", "116 000", ""]
    assert card("FR")[-1] == ("Report someone", "internet-signalement.gouv.fr")
    told = list(notes(Choices(country="DE"), LIBRARY, date(2026, 11, 22)))
    said = "No help line is known here for Germany to report someone or to have a picture taken down."
    assert told == [f"{said} Look for one, and write it on the sheet."]


def test_a_service_is_called_as_the_page_speaks() -> None:
    for language, name in (
        ("en", "If a child is missing: European hotline"),
        ("es", "Si falta una niña o un niño: Línea europea"),
    ):
        choices = Choices(country="DE", language=language, add=("parents-guide",))
        (guide,) = compose_pages(NOBODY, choices, LIBRARY, compose(NOBODY, choices, LIBRARY, None))
        assert name in repr(guide)
        assert "Nummer gegen Kummer" in repr(guide)


def test_a_word_to_send_is_said_in_the_language_of_the_page() -> None:
    for language, way in (("en", "text CONNECT to 686868"), ("es", "mensaje: CONNECT al 686868")):
        choices = Choices(country="CA", language=language, add=("parents-guide",))
        (guide,) = compose_pages(NOBODY, choices, LIBRARY, compose(NOBODY, choices, LIBRARY, None))
        assert way in repr(guide)


@pytest.mark.parametrize("code", ["EU", "EZ", "UN", "ZZ", "eu"])
def test_no_country_is_a_whole_continent(code: str) -> None:
    with pytest.raises(InputError) as caught:
        compose(NOBODY, Choices(country=code), LIBRARY, None)
    assert [problem.code for problem in caught.value.problems] == ["F104"]
    assert "DE" in caught.value.problems[0].mend


def test_greece_is_known_by_both_its_codes() -> None:
    assert card("EL") == card("GR")


# ---- what is wrong in the files --------------------------------------------------------------------------------------


@pytest.fixture
def words(tmp_path: Path) -> Path:
    """A folder laid over ours, with the shared lines and two countries that use them."""
    (tmp_path / "countries").mkdir()
    for name in (shared.FILE, "countries/DE.yaml", "countries/FR.yaml"):
        shutil.copy(CHECKOUT / "clauses" / name, tmp_path / name)
    return tmp_path


def of(found: list[Problem], folder: Path) -> list[tuple[str, str]]:
    return [
        (Path(problem.where.file).name, problem.code) for problem in found if folder in Path(problem.where.file).parents
    ]


def change(path: Path, old: str, new: str) -> None:
    text = path.read_text("utf-8")
    assert old in text
    path.write_text(text.replace(old, new), "utf-8")


def test_a_shared_line_that_is_not_there_is_told(words: Path) -> None:
    assert of(check(load_library(words)), words) == []
    change(words / "countries/DE.yaml", "shared: [emergency-112, ", "shared: [emergency-113, ")
    library = load_library(words)
    assert of(check(library), words) == [("DE.yaml", "C212"), ("DE.yaml", "C212")], "under shared, and on the card"
    with pytest.raises(InputError) as caught:
        library.countries["DE"]
    assert 'Did you mean "emergency-112"?' in caught.value.problems[0].mend


def test_a_shared_line_that_is_too_old_is_told_once(words: Path) -> None:
    change(words / shared.FILE, "checked: 2026-11", "checked: 2024-01")
    found = check(load_library(words), today=date(2026, 11, 22))
    assert of(found, words) == [(shared.FILE, "C251"), (shared.FILE, "C251")]


def test_a_mistake_in_the_shared_file_is_told_with_its_place(words: Path) -> None:
    change(words / shared.FILE, "purpose: missing", "purpose: mising")
    assert of(check(load_library(words)), words)[0] == (shared.FILE, "C104")
    with pytest.raises(InputError, match="mising"):
        load_library(words).countries["FR"]


def test_an_upper_folder_may_say_a_shared_line_anew(words: Path) -> None:
    change(words / shared.FILE, '"116 000"', '"116000"')
    library: Library = load_library(words)
    assert "116000" in {line.number for line in library.countries["PL"].help_lines}
