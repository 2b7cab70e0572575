"""A sentence as the wording rules see it: words by their stems, what is denied, and what is only a condition.

How a language forms words, denies and opens a condition is written in clauses/rules/<language>.yaml; this room holds no
word of any language.
"""

import re
import unicodedata
from collections.abc import Mapping, Sequence
from functools import lru_cache
from typing import Any, NamedTuple

MAIN, IF, WHO = "main", "if", "who"
_WORD = re.compile(r"\{\w+\}|[^\W_]+(?:['\-][^\W_]+)*|[.?!…]+|[,;:()—–]|[_%$€£]+")
NOTHING = "(nothing)"
NUMBER = "#"
"""The stem of every number in figures."""
_LINE = re.compile(r"_{2,}[_/ ]*")
_SIGNS = set(",;:()—–")
_END = set(".?!…")
_DOUBLED = re.compile(r"([b-df-hj-np-tv-z])\1$")
_VOWEL = re.compile("[aeiouy]")
_SAME = str.maketrans({"’": "'", "‘": "'", "“": None, "”": None, '"': None, "«": None, "»": None, "¿": None, "¡": None})


class Word(NamedTuple):
    """One word: as written (small letters), its stem, its sentence and clause, the kind of clause (MAIN; IF, a
    condition or reason; WHO, something that is only described), whether it is denied, and whether a comma or the like
    stands before it."""

    text: str
    stem: str
    sentence: int
    part: str = MAIN
    denied: bool = False
    follows_sign: bool = False


class Grammar:
    """How a language works, as far as the rules need it. `written` is the part `grammar` of a rules file."""

    def __init__(self, written: Mapping[str, Any]) -> None:
        self.spellings = [(re.compile(wrong), _read_as(right)) for wrong, right in written.get("spellings", {}).items()]
        self.drops_accents: bool = written.get("drops_accents", False)
        self.clitics = re.compile(written.get("clitics") or "(?!)")
        self.endings = sorted((str(ending) for ending in written.get("endings", ())), key=len, reverse=True)
        self.swaps = [(re.compile(wrong), _read_as(right)) for wrong, right in written.get("swaps", {}).items()]
        self.forms = {self.plain(form): str(word) for word, forms in written.get("forms", {}).items() for form in forms}
        self.doing = re.compile(written.get("doing") or "(?!)")
        self.future = re.compile(written.get("future") or "(?!)")
        for name in _LISTS:
            setattr(self, name, frozenset(map(self.plain, written.get(name, ()))))
        self.stem = lru_cache(maxsize=None)(self._stem)

    deniers: frozenset[str]
    deniers_behind: frozenset[str]
    deniers_before_doing: frozenset[str]
    links: frozenset[str]
    ends_denial: frozenset[str]
    subjects: frozenset[str]
    verbs: frozenset[str]
    reports: frozenset[str]
    openers: frozenset[str]
    openers_before_doing: frozenset[str]
    described: frozenset[str]
    described_after: frozenset[str]
    described_by: frozenset[str]
    resumes: frozenset[str]
    joins: frozenset[str]
    askers: frozenset[str]
    asks: frozenset[str]
    asked: frozenset[str]
    modals: frozenset[str]

    def plain(self, word: str) -> str:
        """Return a word in small letters, without accents where the language's endings are told apart without them."""
        word = word.lower()
        if not self.drops_accents:
            return word
        return "".join(
            sign for sign in unicodedata.normalize("NFD", word) if sign == "\u0303" or not unicodedata.combining(sign)
        )

    def _stem(self, word: str) -> str:
        if word.isdigit():
            return NUMBER
        known = self.forms.get(self.plain(word))
        if known is not None:
            return self._stem(known) if self.plain(known) not in self.forms else self.plain(known)
        bare = self.clitics.sub(lambda found: found.groupdict().get("rest") or "", word) or word
        plain = self.plain(bare)
        known = self.forms.get(plain)
        plain = self.plain(known) if known is not None else plain
        for ending in self.endings:
            rest = plain.removesuffix(ending)
            if rest != plain and len(rest) >= 3 and _VOWEL.search(rest):
                plain = rest
                break
        plain = _DOUBLED.sub(r"\1", plain)
        for wrong, right in self.swaps:
            plain = wrong.sub(right, plain)
        return plain


_LISTS = [name for name, kind in Grammar.__annotations__.items() if "frozenset" in str(kind)]


def _read_as(right: str) -> str:
    return "" if right == NOTHING else right


def read_words(text: str, grammar: Grammar) -> tuple[Word, ...]:
    """Return the words of a text, sentence by sentence; signs between them are left out. A line to write on is a
    blank."""
    text = _LINE.sub(" {line} ", text.lower().translate(_SAME))
    for wrong, right in grammar.spellings:
        text = wrong.sub(right, text)
    words: list[Word] = []
    sentence: list[str] = []
    number = 0
    for sign in [*_WORD.findall(text), "."]:
        if sign[0] not in _END:
            sentence.append(sign)
        elif sentence:
            words.extend(_sentence(sentence, number, grammar))
            sentence, number = [], number + 1
    return tuple(words)


def _sentence(signs: Sequence[str], number: int, grammar: Grammar) -> list[Word]:
    plain = [grammar.plain(sign) for sign in signs]
    parts = _parts(plain, signs, grammar)
    denied = _denied(plain, signs, parts, grammar)
    return [
        Word(
            plain[i],
            "{}" if sign[0] == "{" else grammar.stem(sign),
            number,
            parts[i],
            denied[i],
            _is_sign(signs, i - 1) and not (sign[0] == "{" and signs[i - 1] == ":"),
        )
        for i, sign in enumerate(signs)
        if not _is_sign(signs, i)
    ]


def _is_sign(signs: Sequence[str], i: int) -> bool:
    return i >= 0 and signs[i] in _SIGNS


def _parts(plain: Sequence[str], signs: Sequence[str], grammar: Grammar) -> list[str]:
    """Tell for each sign whether it stands in the main clause, in a condition, or in a description."""
    parts: list[str] = []
    part, began = MAIN, 0
    for i in range(len(plain)):
        first = i == 0 or all(known != MAIN for known in parts)
        if _opens(plain, i, grammar):
            part, began = IF, i
        elif _describes(plain, i, grammar):
            part, began = WHO, i
        elif part != MAIN and _resumes((plain, signs), i, began, first, grammar):
            part = MAIN
        parts.append(part)
    return parts


def _opens(plain: Sequence[str], i: int, grammar: Grammar) -> bool:
    if plain[i] in grammar.openers:
        return True
    after = plain[i + 1] if i + 1 < len(plain) else ""
    return plain[i] in grammar.openers_before_doing and bool(grammar.doing.search(after))


def _describes(plain: Sequence[str], i: int, grammar: Grammar) -> bool:
    """Tell whether a description begins here, or what somebody else asks for or says: someone told me | to keep it."""
    if plain[i] in grammar.described:
        return True
    if i and plain[i] in grammar.described_by and plain[i - 1] in grammar.described_after:
        return True
    said = i > 1 and plain[i - 1] in grammar.asks and plain[i - 2] in grammar.askers
    return said and (not grammar.asked or plain[i] in grammar.asked)


def _resumes(spellings: tuple[Sequence[str], Sequence[str]], i: int, began: int, first: bool, grammar: Grammar) -> bool:
    """Tell whether the main clause goes on at a sign; `first` when no main clause has stood before."""
    plain, signs = spellings
    if plain[i] in grammar.resumes or plain[i] in ";:—–":
        return True
    if first and plain[i] == ",":
        return True
    if i - began < 2:
        return False
    if not first:
        joined = plain[i - 1] in grammar.joins and _is_new_clause(plain, signs, i, grammar)
        return joined or _is_after_description(spellings, i, began, grammar)
    return _is_new_clause(plain, signs, i, grammar) or (
        plain[began] in grammar.described and plain[i] in grammar.modals
    )


def _is_after_description(spellings: tuple[Sequence[str], Sequence[str]], i: int, began: int, grammar: Grammar) -> bool:
    """Tell whether here stands the verb of what was described: a pupil who told us | will be heard."""
    plain, signs = spellings
    if plain[began] not in grammar.described | grammar.described_by:
        return False
    if not (grammar.future.search(signs[i]) or (plain[began] in grammar.described and plain[i] in grammar.modals)):
        return False
    return plain[i - 1] not in grammar.subjects and not any(word in grammar.reports for word in plain[began + 1 : i])


def _is_new_clause(plain: Sequence[str], signs: Sequence[str], i: int, grammar: Grammar) -> bool:
    """Tell whether somebody new begins to do something, or not to, here."""
    if plain[i] in grammar.deniers and i + 1 < len(plain) and plain[i + 1] not in grammar.deniers:
        return plain[i - 1] not in grammar.joins and _is_new_clause(plain, signs, i + 1, grammar)
    if plain[i] in grammar.subjects and i + 1 < len(plain) and plain[i + 1] in grammar.verbs:
        return not any(word in grammar.reports for word in plain[max(0, i - 1) : i])
    return bool(grammar.future.search(signs[i]))


def _denied(plain: Sequence[str], signs: Sequence[str], parts: Sequence[str], grammar: Grammar) -> list[bool]:
    denied = [False] * len(plain)
    on = doing_alone = False
    for i, word in enumerate(plain):
        if word in grammar.deniers or _denies_doing(plain, i, grammar):
            on, doing_alone = True, word not in grammar.deniers
            for j in _reach_behind(plain, i, grammar):
                denied[j] = denied[j] or parts[j] == parts[i]
            continue
        ended = word in grammar.ends_denial or word in ";:—–" or (i > 0 and parts[i] == MAIN != parts[i - 1])
        ended = ended or (doing_alone and word in grammar.joins)
        if on and (ended or _is_new_subject(plain, i, grammar)):
            on = False
        denied[i] = denied[i] or on
    return denied


def _denies_doing(plain: Sequence[str], i: int, grammar: Grammar) -> bool:
    if plain[i] not in grammar.deniers_before_doing or i + 1 == len(plain):
        return False
    return bool(grammar.doing.search(plain[i + 1]))


def _reach_behind(plain: Sequence[str], i: int, grammar: Grammar) -> range:
    """Return the places before a denying word that it denies as well: tell nobody; punishment is not."""
    after = plain[i + 1] if i + 1 < len(plain) else ""
    start = i
    if plain[i] in grammar.deniers_behind and after not in grammar.verbs:
        start = i - 3
    elif i and plain[i - 1] in grammar.links:
        start = i - 4
    while start < i and any(word in grammar.joins or word in ";:—–" for word in plain[max(0, start) : i]):
        start += 1
    return range(max(0, start), i)


def _is_new_subject(plain: Sequence[str], i: int, grammar: Grammar) -> bool:
    before = plain[i - 1] if i else ""
    after = plain[i + 1] if i + 1 < len(plain) else ""
    if plain[i] in grammar.subjects and after in grammar.verbs:
        return before not in grammar.reports and before not in grammar.deniers
    return before in grammar.joins and plain[i] in grammar.modals
