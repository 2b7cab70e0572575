"""A new clause file to begin with: every key in its order, each with a word on what belongs there.

It gives text and writes nothing.
"""

import re

from agreement.errors import InputError, Problem, Where
from agreement.form import Found
from agreement.library.forms import WHO
from agreement.library.load import Library
from agreement.source import Text

SCHEMA_LINE = "# yaml-language-server: $schema=../clause.schema.json\n"
_ID = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*")
_TEXT = """\
# A new clause. Lines that begin with # are for you; take them out when you are done. Then: agreement clauses check
# Its id is the file's name, its topic the folder's.
id: {id}
topic: {topic}
# child, adult or everyone promises it.
who: {who}
# true only for what every agreement must carry.
core: false
# A short name for lists.
title:
  en: {title}
# The promise, for each age that it is for. Take out the ages that it is not for, or write one wording for all:
# "en: We will ..." Most for the reading grade: {grades}.
text:
  en:
{wordings}
# Holes that a family fills, for example: bedtime: {{kind: time, example: "20:30", label: {{en: Bedtime}}}}
# In the promise it then says {{bedtime}}.
blanks: {{}}
# The reason, in a sentence that a child accepts.
why:
  en: {why}
# An open question that a yes cannot answer.
talk:
  en: What would make this easy for you, and what would make it hard?
# Where the idea comes from, for example: [{{name: eSafety Commissioner, address: "https://www.esafety.gov.au"}}]
sources: []
# Ids of clauses that say the opposite; each must name this one, too.
conflicts: []
# Ids of clauses that this one stands for from now on; those are then retired.
replaces: []
# draft, stable (in packs) or retired (kept for old files).
status: draft
# Year and month in which a second person has read it, a language; until then: draft.
reviewed: {{en: draft}}
"""
_WORDS = {
    "child": ("I will talk with you first.", "It is easier to decide well when two of us think about it."),
    "adult": ("We will talk with you first.", "It is about you, so you help to decide."),
    "everyone": ("We will talk about it first.", "It is easier to agree on a calm day."),
}


def starter(library: Library, name: str, topic: str, who: str) -> str:
    """Return the text of a new clause file.

    Raises InputError for an id of other signs or one that is taken, an unknown topic, an unknown kind of promise.
    """
    found = Found("C")
    if not is_id(name) or len(name) > 60:
        said = f'"{name[:60]}" is not an id.'
        found.add(Where("ID"), 219, said, "Write small letters and figures with hyphens, as in phones-go-to-bed.")
    if name in library.clauses:
        path = library.clauses.paths[name]
        said = f'the id "{name}" is already taken by {path.parent.name}/{path.name}.'
        found.problems.append(Problem(Where("ID"), "C214", said, "Take another id."))
    if topic not in library.topics:
        found.unknown("topic", Text(topic, Where("--topic")), library.topics)
    if who not in WHO:
        found.unknown("kind of promise", Text(who, Where("--who")), WHO)
    if found.problems:
        raise InputError(found.problems)
    words, why = _WORDS[who]
    wordings = "\n".join(f"    {band}: {words}" for band in library.bands)
    grades = ", ".join(f"{band.grade} for {band.id}" for band in library.bands.values())
    title = name.replace("-", " ").capitalize()
    return _TEXT.format(id=name, topic=topic, who=who, title=title, grades=grades, wordings=wordings, why=why)


def is_id(name: str) -> bool:
    """Tell whether a name is made of small letters and figures with single hyphens between."""
    return bool(_ID.fullmatch(name))
