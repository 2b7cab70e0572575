"""The wording rules as people write them: clauses/rules/<language>.yaml becomes a rule book with its patterns.

The form is here, so that an editor and `clauses check` know the same; the words are in the files.
"""

import re
from collections.abc import Iterable, Mapping, Sequence
from functools import cached_property
from pathlib import Path
from typing import Any, NamedTuple

from agreement.form import Field, Flag, Found, ListOf, MapOf, OneOf, Record, Words
from agreement.library.lint_patterns import Compiler, Patterns
from agreement.library.lint_words import Grammar, Word, read_words
from agreement.source import Text, read_source

PLACES = {
    "text": "the promise",
    "title": "the short name",
    "why": "the reason",
    "talk": "the question",
    "blank": "name, label and example of a blank",
    "page": "what the whole family reads: extra pages, and the fixed words of the sheet",
    "adults": "what adults alone read on the extra pages",
    "label": "names and descriptions of age bands, sections, topics and packs",
}
_WORD_LIST = ListOf(Words(200), 2000)
_SPELLINGS = MapOf(Words(200))


def _regular(text: Text, found: Found) -> None:
    try:
        re.compile(text)
    except re.error as error:
        found.add(text.where, 240, f"this is no regular expression: {error}.", "Write it as Python's re reads it.")


_REGULAR = Words(400, check=_regular)

GRAMMAR = Record(
    "How the language forms words, denies, and opens a condition.",
    {
        "spellings": Field(_SPELLINGS, "short forms (regular expressions) and what is read instead, or (nothing)"),
        "drops_accents": Field(Flag(), "true when words are compared without accents"),
        "clitics": Field(_REGULAR, "what is cut from a word's end first, as a regular expression"),
        "endings": Field(_WORD_LIST, "endings that are cut to find the stem; the longest that fits, once"),
        "swaps": Field(_SPELLINGS, "changes in a stem that belong to its forms, as regular expressions"),
        "forms": Field(MapOf(_WORD_LIST), "words, each with those forms that no ending explains"),
        "doing": Field(_REGULAR, "how a word ends that names a doing: telling, contarlo"),
        "future": Field(_REGULAR, "how a verb ends that opens a main clause by itself"),
        "deniers": Field(_WORD_LIST, "words that deny what follows: not, never, nobody, without"),
        "deniers_behind": Field(_WORD_LIST, "those that also deny a verb up to three words before: tell nobody"),
        "deniers_before_doing": Field(_WORD_LIST, "words that deny only the name of a doing: stop telling"),
        "links": Field(_WORD_LIST, "words behind which a denial also reaches what stands before: punishment is not"),
        "ends_denial": Field(_WORD_LIST, "words behind which nothing is denied any more: but, unless"),
        "subjects": Field(_WORD_LIST, "who does something: I, you, we"),
        "verbs": Field(_WORD_LIST, "first verbs behind a subject, by which a new clause is known: will, is, lose"),
        "modals": Field(_WORD_LIST, "verbs that open a clause without a new subject: and will"),
        "reports": Field(
            _WORD_LIST, "words behind which a clause belongs to what is said or thought: say, think, that"
        ),
        "openers": Field(_WORD_LIST, "words that open a condition or a reason: if, when, because"),
        "openers_before_doing": Field(_WORD_LIST, "those that do so before the name of a doing: for telling"),
        "described": Field(_WORD_LIST, "words that open a description: who, whoever"),
        "described_by": Field(_WORD_LIST, "words that open one behind certain words: that, que"),
        "described_after": Field(_WORD_LIST, "those words: anyone, something"),
        "askers": Field(_WORD_LIST, "who stands before one of the next words when somebody else wants something"),
        "asks": Field(_WORD_LIST, "words behind which stands what somebody else asks for or says: tells, wants"),
        "asked": Field(_WORD_LIST, "words that must follow those, where the language has them: me, you, not"),
        "resumes": Field(_WORD_LIST, "words with which the main clause goes on: then"),
        "joins": Field(_WORD_LIST, "words and signs that join clauses: and, the comma"),
    },
)
RULE = Record(
    "One wording rule.",
    {
        "code": Field(Words(4, pattern="^C3[0-9][0-9]$"), "its code; the same in every language", required=True),
        "says": Field(Words(200), "what is wrong, as a message says it", required=True),
        "mend": Field(Words(300), "what to write instead", required=True),
        "about": Field(Words(1200), "why the rule is there", required=True),
        "waivable": Field(Flag(), "true when a clause may give a reason to be left alone"),
        "where": Field(ListOf(OneOf("place", PLACES)), "which words it reads", required=True),
        "patterns": Field(ListOf(Words(600)), "what it finds, as agreement/library/lint_patterns.py reads it"),
        "unless": Field(ListOf(Words(600)), "a sentence in which one of these is found is left alone by this rule"),
        "wrong": Field(ListOf(Words(400)), "sentences that it must find", required=True),
        "right": Field(ListOf(Words(400)), "sentences that it must let pass", required=True),
    },
)
RULES_FORM = Record(
    "The wording rules of a language.",
    {
        "grammar": Field(GRAMMAR, "how the language works, as far as the rules need it", required=True),
        "groups": Field(MapOf(_WORD_LIST), "words that stand for each other in patterns, as @name", required=True),
        "rules": Field(MapOf(RULE), "the rules by name", required=True),
        "measures": Field(
            Record(
                "What the measures of a language need to know.",
                {
                    "negatives": Field(_WORD_LIST, "words that are counted as negative"),
                    "second_promise": Field(ListOf(Words(600)), "patterns of a second promise in the same clause"),
                    "closed_question": Field(_REGULAR, "how a question begins that a yes answers"),
                },
            ),
            "words for the share of negatives, two promises in one, and closed questions",
        ),
    },
)


class Rule(NamedTuple):
    """A wording rule with its patterns ready; `where` are keys of PLACES, `unless` patterns of sentences it lets be."""

    name: str
    code: str
    says: str
    mend: str
    about: str
    waivable: bool
    where: tuple[str, ...]
    patterns: Patterns
    unless: Patterns
    wrong: tuple[str, ...]
    right: tuple[str, ...]


class RuleBook:
    """The rules of one language. Raises InputError when a file is wrong; a later file adds to an earlier one."""

    def __init__(self, language: str, paths: Iterable[Path]) -> None:
        self.language = language
        self._found = Found("C")
        self._groups: dict[str, tuple[Text, ...]] = {}
        self._rules: dict[str, Mapping[str, Any]] = {}
        grammar: dict[str, Any] = {}
        self.measures: dict[str, Any] = {}
        for path in paths:
            values = RULES_FORM.read(read_source(path), self._found) or {}
            grammar |= values.get("grammar", {})
            self._groups |= {str(name): words for name, words in values.get("groups", {}).items()}
            self._rules |= {str(name): rule for name, rule in values.get("rules", {}).items()}
            self.measures |= values.get("measures", {})
        self._found.stop()
        self.grammar = Grammar(grammar)
        self._compiler = Compiler(self._groups, self.grammar)

    @cached_property
    def rules(self) -> tuple[Rule, ...]:
        """The rules in the order of the files."""
        rules = tuple(self._rule(name, values) for name, values in self._rules.items())
        self._found.stop()
        return rules

    @cached_property
    def second_promise(self) -> Patterns:
        """What tells that a clause promises twice."""
        patterns = self._patterns(self.measures.get("second_promise", ()))
        self._found.stop()
        return patterns

    def broken_by(self, text: str, place: str = "text") -> list[Rule]:
        """Return the rules that a text at a place breaks."""
        words = read_words(text, self.grammar)
        return [rule for rule in self.rules if place in rule.where and _is_broken(rule, words)]

    def _rule(self, name: str, values: Mapping[str, Any]) -> Rule:
        return Rule(
            name=name,
            waivable=values.get("waivable", False),
            patterns=self._patterns(values.get("patterns", ())),
            unless=self._patterns(values.get("unless", ())),
            code=str(values["code"]),
            says=str(values["says"]),
            mend=str(values["mend"]),
            about=str(values["about"]),
            where=tuple(map(str, values["where"])),
            wrong=tuple(map(str, values["wrong"])),
            right=tuple(map(str, values["right"])),
        )

    def _patterns(self, written: Iterable[Text]) -> Patterns:
        patterns = []
        for line in written:
            try:
                patterns.append(self._compiler.pattern(line))
            except KeyError as missing:
                said = f'there is no group "{missing.args[0]}".'
                self._found.add(line.where, 240, said, "Write it under groups, or mend the name.")
        return Patterns(patterns)


def _is_broken(rule: Rule, words: Sequence[Word]) -> bool:
    """Tell whether a rule finds something, and still does without the sentences that it lets be."""
    if not rule.patterns.find(words):
        return False
    sentences = [
        [word for word in words if word.sentence == number] for number in sorted({word.sentence for word in words})
    ]
    spared = {said[0].sentence for said in sentences if rule.unless.find(said)}
    left = [word for word in words if word.sentence not in spared]
    return not spared or rule.patterns.find(left)
