"""The guide for parents that this program exists for: each of its rows is in what a plain command prints."""

import re
from functools import cache
from pathlib import Path
from typing import ClassVar

import pytest

from tests import pdf
from tests.command import call

Capture = pytest.CaptureFixture[bytes]
FAMILY = ("--child", "Maya:9", "--child", "Leo:14", "--adult", "Ana", "--trusted", "Ms. Lopez (school counselor)")
_SHEET = ("make", "-o", "-", "--date", "2026-03-12")


@cache
def _read(made: bytes) -> str:
    return re.sub(r"\s+", " ", pdf.text(made))


class Press:
    """Runs a command that prints a PDF and gives its text, its lines joined. Each command is run once."""

    printed: ClassVar[dict[tuple[str, ...], bytes]] = {}

    def __init__(self, capture: Capture) -> None:
        self.capture = capture

    def made(self, *options: str) -> bytes:
        if options not in self.printed:
            answer = call(self.capture, *_SHEET, *options)
            assert answer.code == 0, answer.err
            self.printed[options] = answer.out
        return self.printed[options]

    def text(self, *options: str) -> str:
        return _read(self.made(*options))

    def page(self, name: str) -> str:
        """Return the text of an extra page, without the sheet before it."""
        pages = pdf.text(self.made("--add", name)).split("\f")
        return re.sub(r"\s+", " ", " ".join(pages[2:]))

    def has(self, text: str, *sentences: str) -> None:
        lacking = [sentence for sentence in sentences if sentence not in text]
        assert not lacking


@pytest.fixture
def press(capfdbinary: Capture) -> Press:
    return Press(capfdbinary)


def test_s1_one_agreement_that_the_whole_family_keeps(press: Press) -> None:
    press.has(press.text(), "Our social media agreement", "All of us promise", "This goes for all of us.")


def test_s2_what_is_right_for_an_age_and_what_is_not(press: Press) -> None:
    for ages, words in (("5-7", "if it is not for kids"), ("8-10", "not for my age"), ("14-17", "not for my age")):
        press.has(press.text("--ages", ages, "--pack", "everyday", "--with", "right-for-my-age"), words)
    press.has(press.page("parents-guide"), "what fits an age and what does not, such as sexual or cruel pictures")


def test_s3_what_is_off_limits_is_named(press: Press) -> None:
    press.has(press.text(), "We will treat these as off limits for now:")
    filled = press.text("--set", "off_limits=live chat with strangers")
    press.has(filled, "off limits for now: live chat with strangers")


def test_s4_friends_are_people_known_in_real_life(press: Press) -> None:
    press.has(press.text(), "I will friend only people I know in real life.")


def test_s5_private_facts_stay_private(press: Press) -> None:
    press.has(press.text(), "I will keep these private: address, birthday and where I am.")


def test_s6_what_we_do_online_has_consequences(press: Press) -> None:
    press.has(press.text(), "What we do online counts.", "What comes next is fair, short", "We can make it right by")


def test_s7_always_come_to_an_adult_whom_one_trusts(press: Press) -> None:
    words = press.text(*FAMILY)
    press.has(words, "You can always come to us.", "You will not be in trouble for telling.")
    press.has(words, "Adults we trust, one outside our home", "Ms. Lopez, school counselor")


def test_s8_adults_are_on_the_same_apps(press: Press) -> None:
    press.has(press.text(), "We will use the apps you use, and follow you openly.", "Who follows", "privacy settings")
    press.has(press.page("parents-guide"), "Install the apps your child uses", "They do not replace talking")


def test_s9_talk_early_and_with_open_questions(press: Press) -> None:
    talk = press.page("talk")
    questions = re.findall(r"[A-Z][^.?!]*\?", talk)
    assert len(questions) >= 15
    closed = re.compile(r"(Do|Does|Did|Is|Are|Was|Were|Can|Could|Will|Would|Have|Has|Should) (you|we|it|they|your)\b")
    assert [question for question in questions if closed.match(question)] == []
    press.has(press.page("parents-guide"), "A plan to talk. Begin early and talk often")


def test_s10_five_strategies(press: Press) -> None:
    press.has(
        press.page("parents-guide"),
        "Five things that help",
        *("A plan to talk.", "Awareness.", "Values and boundaries.", "Red flags.", "Intuition."),
    )
    press.has(press.text("--with", "how-we-want-to-be"), "Online and off, we want to be")


def test_s11_red_flags_in_what_somebody_says(press: Press) -> None:
    press.has(press.text(), "Time to tell", "asks if you are alone", "asks you to keep a secret", "threatens you")
    press.has(press.text("--with", "trust-my-gut"), "I will trust my gut")
    press.has(
        press.page("parents-guide"),
        *("Are you alone?", "You are so mature for your age.", "Your parents do not know you the way I do."),
        *("Do not tell anyone.", "something will happen to you or your family", "A bad feeling is reason enough"),
    )


def test_s12_how_offenders_go_about_it(press: Press) -> None:
    press.has(
        press.page("parents-guide"),
        *("Compliments, attention and a shared secret", "pretend to be younger", "Gifts, game money"),
        *("The talk turns sexual", "A picture is asked for or sent"),
    )
    press.has(press.text(), "asks for private pictures", "offers you gifts or money")


def test_s13_signs_of_which_none_is_proof(press: Press) -> None:
    press.has(
        press.page("parents-guide"), "Signs to notice", "No single sign is proof", "gifts, money or a second phone"
    )


def test_s14_where_contact_begins(press: Press) -> None:
    press.has(press.text(), "Apps and games we use")
    press.has(press.text("--with", "go-live-with-an-adult", "--ages", "8-10"), "I will go live only when")
    press.has(
        press.page("parents-guide"),
        *("Where contact begins", "social media", "private messages", "voice of games", "dating apps", "ads for jobs"),
    )


def test_s15_where_help_is_at_any_hour(press: Press) -> None:
    for words in (press.text(), press.page("help-cards")):
        press.has(words, "911", "1-800-422-4453", "988", "takeitdown.ncmec.org", "report.cybertip.org")
    press.has(press.text("--country", "UK"), "999", "0800 1111", "ceop.police.uk/Safety-Centre")


def test_s16_what_the_words_mean(press: Press) -> None:
    guide = press.page("parents-guide")
    press.has(guide, *("Grooming is when", "Enticement is when", "Sextortion is a threat", "Trafficking is when"))


def test_s17_every_family_is_at_risk_and_nobody_is_to_blame(press: Press) -> None:
    press.has(press.page("parents-guide"), "Every family, in every street.", "They are never faults.")


def test_s18_how_to_ask_about_new_words(press: Press) -> None:
    press.has(press.page("parents-guide"), "Slang, emoji and new words", "Ask your child, as one asks an expert")


def test_s19_a_plan_for_when_it_happens(press: Press) -> None:
    press.has(press.text(), "If something goes wrong", "We will report it with you and block the person.")
    plan = press.page("if-something-happens")
    press.has(
        plan, "What you can do", "You can point", "For the adults: the first hour and after", "Do not pay, bargain"
    )


def test_s20_subjects_to_talk_about(press: Press) -> None:
    press.has(press.page("parents-guide"), "Bullying, and what to do", "use force, fraud or pressure", "Scams")
    press.has(press.text(), "help people who get picked on")


def test_s21_figures_only_when_asked_for_and_with_their_source(press: Press) -> None:
    plain = press.page("parents-guide")
    assert not re.search(r"\d+ percent|one in three|1,520", plain)
    full = press.text("--add", "parents-guide", "--with-figures")
    press.has(
        full,
        "one in three told nobody. (Thorn and the University of New Hampshire, a survey of people aged 18 to 25, 2016)",
        "NCT03881397, 2021",
    )


def test_s22_schools_and_workshops(press: Press, capfdbinary: Capture, tmp_path: Path) -> None:
    press.has(press.page("facilitator"), "A workshop in 45 minutes", "If a child tells you something")
    assert len(pdf.text(press.made("--pack", "workshop")).split("\f")) == 1
    roster = tmp_path / "roster.csv"
    roster.write_text("family,child,age\nRivera,Maya,9\nOkafor,Chidi,14\n", encoding="utf-8")
    answer = call(capfdbinary, "batch", str(roster), "-o", str(tmp_path / "sheets"))
    assert answer.code == 0, answer.err
    assert len(list((tmp_path / "sheets").rglob("*.pdf"))) == 2
