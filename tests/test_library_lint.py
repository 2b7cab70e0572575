"""The wording rules find what they must and let pass what they must, in sentences that are not their own examples."""

from pathlib import Path

import pytest
import yaml

from agreement.library import load_library
from agreement.library.lint_rules import RuleBook
from agreement.library.lint_words import read_words
from tests.command import CHECKOUT

LANGUAGES = ("en", "es")
SENTENCES = CHECKOUT / "tests" / "lint" / "sentences"
BOOKS = {language: RuleBook(language, [CHECKOUT / "clauses" / "rules" / f"{language}.yaml"]) for language in LANGUAGES}
BIG = ("blame", "no-price-for-telling", "secrecy", "forever", "passwords", "unsafe-help", "every-family")


def sentences(language: str) -> dict[str, dict[str, list[str]]]:
    read: dict[str, dict[str, list[str]]] = yaml.safe_load((SENTENCES / f"{language}.yaml").read_text("utf-8"))
    return read


WRONG = [
    (tongue, rule, said) for tongue in LANGUAGES for rule, kept in sentences(tongue).items() for said in kept["wrong"]
]
RIGHT = [(tongue, said) for tongue in LANGUAGES for kept in sentences(tongue).values() for said in kept["right"]]


@pytest.mark.parametrize(("language", "rule", "said"), WRONG)
def test_wrong_sentence_is_found_by_its_rule(language: str, rule: str, said: str) -> None:
    assert rule in {broken.name for broken in BOOKS[language].broken_by(said)}


@pytest.mark.parametrize(("language", "said"), RIGHT)
def test_right_sentence_passes_every_rule(language: str, said: str) -> None:
    assert [broken.name for broken in BOOKS[language].broken_by(said)] == []


@pytest.mark.parametrize("language", LANGUAGES)
def test_examples_in_the_rules_are_true(language: str) -> None:
    for rule in BOOKS[language].rules:
        for said in rule.wrong:
            assert any(rule is broken for broken in BOOKS[language].broken_by(said, rule.where[0])), said
        for said in rule.right:
            assert not any(rule is broken for broken in BOOKS[language].broken_by(said, rule.where[0])), said


@pytest.mark.parametrize("language", LANGUAGES)
def test_big_rules_have_many_sentences(language: str) -> None:
    kept = sentences(language)
    assert set(BIG) <= set(kept)
    assert all(len(kept[rule]["wrong"]) >= 30 and len(kept[rule]["right"]) >= 30 for rule in BIG)


def test_both_languages_have_the_same_rules() -> None:
    first, second = ({(rule.name, rule.code, rule.waivable, rule.where) for rule in BOOKS[t].rules} for t in LANGUAGES)
    assert first == second


@pytest.mark.parametrize(
    ("said", "denied"),
    [
        ("You will not be punished.", {"be", "punish"}),
        ("We tell nobody.", {"we", "tel"}),
        ("You can tell us and nothing will be lost.", {"wil", "be", "los"}),
        ("If you do not tell, you will be punished.", {"tel"}),
        ("We stop writing and tell you.", {"writ"}),
    ],
)
def test_denial_reaches_as_far_as_it_is_meant(said: str, denied: set[str]) -> None:
    assert {word.stem for word in read_words(said, BOOKS["en"].grammar) if word.denied} == denied


def test_conditions_are_told_from_what_is_promised() -> None:
    words = read_words("If you tell us, you will lose it when we see.", BOOKS["en"].grammar)
    assert [(word.text, word.part) for word in words if word.text in {"tell", "lose", "see"}] == [
        ("tell", "if"),
        ("lose", "main"),
        ("see", "if"),
    ]


@pytest.mark.parametrize(
    ("language", "said", "expected"),
    [
        ("en", "Someone told me to keep it.", {"keep"}),
        ("en", "He asks you to lie.", {"lie"}),
        ("en", "We told you to keep it.", set()),
        ("es", "Te pide que no hables.", {"no", "hables"}),
        ("es", "Yo pido que no hables.", set()),
    ],
)
def test_what_somebody_else_asks_for_is_no_promise(language: str, said: str, expected: set[str]) -> None:
    words = read_words(said, BOOKS[language].grammar)
    assert {word.text for word in words if word.part == "who"} - {"me", "you", "to", "it", "que"} == expected


def test_the_verb_of_what_was_described_is_said() -> None:
    words = read_words("A pupil who told us will lose it.", BOOKS["en"].grammar)
    assert [word.part for word in words if word.text in {"told", "lose"}] == ["who", "main"]
    words = read_words("Por contarlo no perderás nada.", BOOKS["es"].grammar)
    assert [(word.part, word.denied) for word in words if word.text == "perderas"] == [("main", True)]


def test_a_line_to_write_on_is_a_blank() -> None:
    words = read_words("Password: ______ Born __/__/____", BOOKS["en"].grammar)
    assert [word.stem for word in words] == ["password", "{}", "born", "{}"]
    assert not words[1].follows_sign


def test_a_denial_behind_a_semicolon_leaves_what_stands_before_it_said() -> None:
    words = read_words("Pay him; it is not much.", BOOKS["en"].grammar)
    assert [word.text for word in words if word.denied] == ["it", "is", "much"]


@pytest.mark.parametrize(
    ("language", "said", "spared"),
    [
        ("en", "You should have known better.", False),
        ("en", "You should have known better, they say, and they are wrong.", True),
        ("en", "They are wrong. You should have known better.", False),
        ("es", "Te castigaremos.", False),
        ("es", "Algunas familias castigan a quien cuenta, y eso está mal.", True),
        ("es", "Eso está mal. Te castigaremos.", False),
    ],
)
def test_a_rule_lets_be_only_the_sentence_that_it_says_it_does(language: str, said: str, spared: bool) -> None:
    codes = {rule.code for rule in BOOKS[language].broken_by(said)}
    assert bool(codes & {"C301", "C302"}) is not spared


def test_make_does_not_pay_for_the_rules() -> None:
    import subprocess
    import sys

    program = "import agreement.make, agreement.library.load, sys; print([m for m in sys.modules if 'lint' in m])"
    answer = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True)
    assert answer.stdout.strip() == "[]"


def test_a_school_adds_a_rule_of_its_own(tmp_path: Path) -> None:
    from agreement.library.check import check

    rules = (CHECKOUT / "tests" / "lint" / "C240.good" / "rules" / "en.yaml").read_text("utf-8")
    (tmp_path / "rules").mkdir()
    (tmp_path / "rules" / "en.yaml").write_text(rules.replace("ghost: [ghost]", "ghost: [phone]"), "utf-8")
    assert "C390" in {problem.code for problem in check(load_library(tmp_path))}
