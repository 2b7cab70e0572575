"""Patterns of the wording rules: what a sentence must hold, and must not hold, to be against a rule.

    "+punish"                      punish in any form, not denied
    "-@keep .. @device & if:@tell" to keep (denied) and, up to three words on, a device; telling as the condition
    "@share ... password & !@site" ...; and nowhere in the sentence one of the words of the group `site`

A pattern is terms joined by `&` (in one sentence) or `&&` (in the whole text). A term is a sign (`+` said, `-` denied,
`!` nowhere), a part (`main:`, `if:`, `who:`) and a phrase. A phrase is words one after the other: `word` in any form,
`=word` as written, `@group`, `a|b`, `?word` if it is there, `..` up to three words, `...` up to seven.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from types import MappingProxyType
from typing import NamedTuple

from agreement.library.lint_words import IF, MAIN, WHO, Grammar, Word

GAPS = {"..": 3, "...": 7}
_PARTS = {f"{part}:": part for part in (MAIN, IF, WHO)}


class Step(NamedTuple):
    """One place in a phrase: phrases of stems (`=` in front: as written) by their first word, or a gap of words."""

    choices: Mapping[str, tuple[tuple[str, ...], ...]] = MappingProxyType({})
    gap: int = 0
    optional: bool = False


class Term(NamedTuple):
    """A phrase with its sign and part, "" for any; `absent` when it must not be found."""

    absent: bool
    sign: str
    part: str
    steps: tuple[Step, ...]


class Pattern(NamedTuple):
    """Terms; `wide` when they may stand in different sentences. `needs` is, for each term that must be found, the words
    of which one must be there: most patterns are done with before a phrase is looked for."""

    written: str
    terms: tuple[Term, ...]
    wide: bool
    needs: tuple[frozenset[str], ...]


class Compiler:
    """Makes patterns of what is written; steps that stand in many patterns are made once."""

    def __init__(self, groups: Mapping[str, Sequence[str]], grammar: Grammar) -> None:
        self.groups = groups
        self.grammar = grammar
        self._steps: dict[str, Step] = {}

    def pattern(self, written: str) -> Pattern:
        """Read a pattern. Raises KeyError with the name of a group that does not exist."""
        terms = tuple(self._term(part.strip()) for part in written.replace("&&", "&").split("&"))
        needs = tuple(frozenset(_first(term).choices) for term in terms if not term.absent)
        return Pattern(written, terms, "&&" in written, needs)

    def _term(self, written: str) -> Term:
        absent = written.startswith("!")
        rest = written.removeprefix("!")
        sign = rest[0] if rest[0] in "+-" else ""
        rest = rest[len(sign) :]
        part = next((known for known in _PARTS if rest.startswith(known)), "")
        return Term(absent, sign, _PARTS.get(part, ""), tuple(map(self._step, rest[len(part) :].split())))

    def _step(self, written: str) -> Step:
        if written not in self._steps:
            self._steps[written] = self._new_step(written)
        return self._steps[written]

    def _new_step(self, written: str) -> Step:
        if written in GAPS:
            return Step(gap=GAPS[written])
        choices: dict[str, list[tuple[str, ...]]] = {}
        for word in written.removeprefix("?").split("|"):
            for choice in self._choices(word):
                choices.setdefault(choice[0], []).append(choice)
        return Step({first: tuple(dict.fromkeys(kept)) for first, kept in choices.items()}, optional=written[0] == "?")

    def _choices(self, word: str) -> Iterator[tuple[str, ...]]:
        if not word.startswith("@"):
            yield (self._stem(word),)
            return
        for phrase in self.groups[word[1:]]:
            words = phrase.split()
            if len(words) == 1 and phrase.startswith("@"):
                yield from self._choices(phrase)
            else:
                yield tuple(map(self._stem, words))

    def _stem(self, word: str) -> str:
        if word == "{}":
            return word
        return f"={self.grammar.plain(word[1:])}" if word.startswith("=") else self.grammar.stem(word)


def _first(term: Term) -> Step:
    return next(step for step in term.steps if not step.gap and not step.optional)


def words_in(words: Iterable[Word]) -> frozenset[str]:
    """Return all stems of a text and, with `=` in front, all words as written."""
    return frozenset(sign for word in words for sign in (word.stem, f"={word.text}"))


class Patterns:
    """Patterns of which any may be found; by a word that each needs, so that a text is held against few of them."""

    def __init__(self, patterns: Iterable[Pattern]) -> None:
        self._all = tuple(patterns)
        self._by_word: dict[str, list[int]] = {}
        self._always = [at for at, pattern in enumerate(self._all) if not pattern.needs]
        for at, pattern in enumerate(self._all):
            for word in min(pattern.needs, key=len, default=()):
                self._by_word.setdefault(word, []).append(at)

    def find(self, words: Sequence[Word]) -> bool:
        """Tell whether a text is as any of the patterns says."""
        there = words_in(words)
        asked = {at for word in there for at in self._by_word.get(word, ())}.union(self._always)
        return any(finds(self._all[at], words, there) for at in sorted(asked))


def finds(pattern: Pattern, words: Sequence[Word], there: frozenset[str] | None = None) -> bool:
    """Tell whether a text is as the pattern says. `there` is words_in(words), where somebody has it."""
    present = words_in(words) if there is None else there
    if not all(need & present for need in pattern.needs):
        return False
    if pattern.wide:
        return _all_hold(pattern.terms, words)
    sentences = sorted({word.sentence for word in words})
    return any(_all_hold(pattern.terms, [word for word in words if word.sentence == n]) for n in sentences)


def _all_hold(terms: Sequence[Term], words: Sequence[Word]) -> bool:
    return all(_holds(term, words) != term.absent for term in terms)


def _holds(term: Term, words: Sequence[Word]) -> bool:
    fits = _test(term)
    starts = _starts(term.steps[0], words)
    return any(fits([words[i] for i in found]) for start in starts for found in _walk(term.steps, words, start, -1))


def _starts(first: Step, words: Sequence[Word]) -> Iterable[int]:
    """Return the places where a phrase can begin."""
    if first.gap or first.optional:
        return range(len(words))
    return [at for at, word in enumerate(words) if word.stem in first.choices or f"={word.text}" in first.choices]


def _test(term: Term) -> Callable[[Sequence[Word]], bool]:
    def fits(found: Sequence[Word]) -> bool:
        if term.part and any(word.part != term.part for word in found):
            return False
        if len({word.sentence for word in found}) != 1:
            return False
        denied = any(word.denied for word in found)
        return {"+": not denied, "-": denied}.get(term.sign, True)

    return fits


def _walk(steps: Sequence[Step], words: Sequence[Word], at: int, gap: int = 0) -> Iterator[tuple[int, ...]]:
    """Yield the places of the words that the steps find, the first of them at most `gap` words behind `at`.

    Without a gap the next word follows at once, with no comma between; a gap of -1 is the beginning of a phrase.
    """
    if not steps:
        yield ()
        return
    step, rest = steps[0], steps[1:]
    if step.gap:
        yield from _walk(rest, words, at, step.gap)
        return
    for place in range(at, min(at + max(gap, 0), len(words) - 1) + 1):
        if gap == 0 and words[place].follows_sign:
            break
        word = words[place]
        for first in (word.stem, f"={word.text}"):
            for choice in step.choices.get(first, ()):
                if _stands(choice, words, place):
                    found = tuple(range(place, place + len(choice)))
                    for further in _walk(rest, words, place + len(choice)):
                        yield found + further
    if step.optional:
        yield from _walk(rest, words, at, gap)


def _stands(choice: Sequence[str], words: Sequence[Word], place: int) -> bool:
    if place + len(choice) > len(words):
        return False
    return all(
        words[place + i].text == want[1:] if want.startswith("=") else words[place + i].stem == want
        for i, want in enumerate(choice)
    )
