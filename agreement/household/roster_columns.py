"""What the columns of a roster mean: headers in English and Spanish, in any case, accents or order of words.

What a sheet must never print (birth dates, addresses, passwords, numbers of students) is known by its header and is not
read. This module knows headers and no cell.
"""

import re
from collections.abc import Mapping, Sequence
from typing import NamedTuple
from unicodedata import combining, normalize

from agreement.errors import Problem, Where
from agreement.form import Found, suggestion
from agreement.source import Text

_WORD = re.compile(r"[A-Z]?[a-z]+|[A-Z]+(?![a-z])|\d+")
_CONCEPTS = {
    "child": "student pupil child children kid learner scholar alumno alumna alumnos alumnado estudiante nino nina"
    " ninos hijo hija hijos",
    "adult": "guardian parent adult adults carer caregiver mother father mom mum dad padre madre padres tutor tutora"
    " tutores adulto acudiente apoderado grownup",
    "first": "first given forename preferred nickname christian nombres pila",
    "last": "last surname sur apellido apellidos",
    "family": "family familia",
    "name": "name names full display nombre completo",
    "age": "age edad",
    "grade": "grade year yr grado curso nivel",
    "class": "class classroom homeroom room section group clase aula grupo seccion form teacher maestro maestra"
    " profesor profesora period",
    "household": "household home hogar domestic",
    "trusted": "trusted counselor counsellor confianza consejero orientador",
    "language": "language idioma lengua lang",
    "country": "country pais",
    "pack": "pack package paquete",
    "paper": "paper papel",
    "with": "with con add",
    "without": "without sin",
    "review": "review revision",
    "band": "ages band bands edades",
    "id": "id number no num nr numero identifier sis key code codigo",
    "private": "birth birthday birthdate dob born nacimiento cumpleanos address street city zip postal postcode"
    " domicilio direccion calle ciudad password passwd pin clave contrasena matricula ssn social security"
    " email mail correo phone telephone tel telefono mobile movil cell celular gender sex genero sexo race"
    " ethnicity etnia iep medical health allergies salud alergias lunch disability nhs upn curp dni"
    " passport pasaporte religion username login user",
    "many children": "children students pupils kids ninos hijos alumnos estudiantes",
    "many adults": "parents guardians adults padres tutores carers adultos",
}
_PRIVATE, _MANY, _MANY_ADULTS = (
    frozenset(_CONCEPTS.pop(key).split()) for key in ("private", "many children", "many adults")
)
_OF = {word: concept for concept, words in _CONCEPTS.items() for word in words.split()}
_SINGLE = ("language", "country", "pack", "paper", "with", "without", "review", "trusted")
_SINGULARS = {word + "s": concept for word, concept in _OF.items()}

MEANINGS = {
    "child": "a child's name, as it is printed",
    "first": "a child's first name",
    "last": "a child's last name; the family's name",
    "children": "several children in one cell, with ; between",
    "age": "a child's age",
    "grade": "a child's grade, from K to 12",
    "adult": "an adult's name",
    "adults": "several adults in one cell, with ; between",
    "adult first": "an adult's first name",
    "adult last": "an adult's last name",
    "family": "the family's name",
    "household": "what the rows of one household share",
    "class": "the class",
    "trusted": "an adult to go to",
    "language": "the language of the sheet",
    "country": "whose help lines, paper and dates",
    "pack": "the choice of clauses to start from",
    "ages": "the ages it is for where no child has one",
    "paper": "letter or a4",
    "with": "ids of clauses to add",
    "without": "ids of clauses to leave out",
    "review": "when you look at it again",
}
"""What --column may name, each also with a number behind it ("child 2"), and what it is; any blank by its name too."""
_ONCE = frozenset(MEANINGS) - {"child", "first", "last", "age", "grade", "adult", "adult first", "adult last"}


class Column(NamedTuple):
    """A column that is read: its place from 0, its header, what it means, and whose it is (0: the only one's)."""

    place: int
    header: str
    meaning: str
    number: int = 0


class Columns(NamedTuple):
    """What was understood of a header line. `private` are headers not read by intent, `unknown` the rest."""

    read: tuple[Column, ...]
    private: tuple[str, ...]
    unknown: tuple[str, ...]
    headers: tuple[str, ...]


def columns_asked(settings: Sequence[str]) -> dict[str, str]:
    """Read settings such as child=Name of pupil: a header by its meaning. Raises InputError."""
    found = Found("R")
    asked = {}
    for setting in settings:
        meaning, equals, header = setting.partition("=")
        if equals and meaning.strip() and header.strip():
            asked[meaning.strip()] = header
        else:
            mend = 'Write it as in --column child="Name of pupil".'
            found.problems.append(Problem(Where("--column"), "R203", f'"{setting[:60]}" is not MEANING=HEADER.', mend))
    found.stop()
    return asked


def read_columns(headers: Sequence[str], asked: Mapping[str, str], blanks: Sequence[str], where: Where) -> Columns:
    """Return what the headers mean. `asked` are meanings with the header that was named for each.

    Raises InputError for two columns of one meaning, a meaning or header in `asked` that is not there, and for a
    roster in which no column holds a child.
    """
    found = Found("R")
    named = _asked_places(headers, asked, blanks, found)
    read: list[Column] = []
    private: list[str] = []
    unknown: list[str] = []
    taken = set(named.values())
    for place, header in enumerate(headers):
        meaning = named.get(place) or meaning_of(header, blanks)
        if place not in named and meaning in taken:
            unknown.append(header)
        elif meaning and meaning[0] == "private":
            private.append(header)
        elif meaning:
            read.append(Column(place, header, *meaning))
        elif header.strip():
            unknown.append(header)
    whole = _settled(read)
    read = _without_doubles(whole, where, found)
    unknown += [column.header for column in whole if column.meaning == "class" and column not in read]
    kinds = {column.meaning for column in read}
    if not kinds & {"child", "first", "children"} and not found.problems:
        found.problems.append(_no_child(headers, where))
    found.stop()
    return Columns(tuple(read), tuple(private), tuple(unknown), tuple(headers))


def meaning_of(header: str, blanks: Sequence[str] = ()) -> tuple[str, int] | None:
    """Return a header's meaning and number; ("private", 0) for what must not be read, None for what is not known."""
    plain = words_of(header)
    if not plain:
        return None
    blank = "_".join(plain)
    if blank in blanks:
        return f"blank {blank}", 0
    if set(plain) & _PRIVATE:
        return "private", 0
    number = next((int(word) for word in plain if word.isdigit() and len(word) < 3), 0)
    ideas = {_OF.get(word) or _SINGULARS.get(word, "") for word in plain if not word.isdigit()} - {""}
    many = set(plain) & (_MANY | _MANY_ADULTS)
    return _meaning(ideas, plain, number, bool(many) and not number)


def _meaning(ideas: set[str], plain: Sequence[str], number: int, many: bool) -> tuple[str, int] | None:
    if "language" in ideas or "country" in ideas:
        return ("language" if "language" in ideas else "country"), 0
    if "household" in ideas or {"family", "id"} <= ideas:
        return "household", 0
    if "id" in ideas and not number and ideas != {"id", "adult"}:
        return "private", 0
    both = {"first", "last"} <= ideas
    part = "" if both else "first" if "first" in ideas else "last" if "last" in ideas else ""
    if "band" in ideas or {"age", "band"} <= ideas:
        return "ages", 0
    if "age" in ideas or "grade" in ideas:
        return ("age" if "age" in ideas else "grade"), number
    if "trusted" in ideas:
        return "trusted", 0
    if "adult" in ideas:
        relative = _relative(plain)
        if many and not part and not relative:
            return "adults", 0
        return (f"adult {part}".strip(), number or relative)
    if "class" in ideas and not part:
        return "class", 0
    if "child" in ideas or (both and not ideas - {"first", "last", "name"}):
        return ("children", 0) if many and not part and "name" not in ideas else (part or "child", number)
    if part:
        return part, number
    if "family" in ideas:
        return "family", 0
    if ideas == {"name"}:
        return ("first" if plain == ["nombre"] else "child"), number
    single = next((name for name in _SINGLE if ideas == {name}), "")
    return (single, 0) if single else None


def _relative(plain: Sequence[str]) -> int:
    """Number a mother and a father, so that each keeps a first and a last name of their own."""
    if set(plain) & {"mother", "mom", "mum", "madre"}:
        return 101
    return 102 if set(plain) & {"father", "dad", "padre"} else 0


def words_of(header: str) -> list[str]:
    """Return the words of a header in small letters without accents; a number is a word."""
    bare = "".join(mark for mark in normalize("NFKD", header[:200]) if not combining(mark))
    return [word.lower() for word in _WORD.findall(bare)]


def _settled(read: list[Column]) -> list[Column]:
    """Read "Student" beside "Last name" as the first name, and "Student 1" beside "Student" apart."""
    kinds = {column.meaning for column in read}
    if "first" in kinds and "child" in kinds:
        return [column for column in read if column.meaning != "child"]
    return read


def _without_doubles(read: list[Column], where: Where, found: Found) -> list[Column]:
    kept: dict[tuple[str, int], Column] = {}
    for column in read:
        key = (column.meaning, 0 if column.meaning in _ONCE else column.number)
        twin = kept.get(key)
        if twin is not None and column.meaning != "class":
            found.problems.append(_twice(twin, column, where))
        elif twin is None:
            kept[key] = column
    return list(kept.values())


def _twice(one: Column, other: Column, where: Where) -> Problem:
    said = (
        f'the columns "{one.header[:60]}" and "{other.header[:60]}" both say {MEANINGS.get(one.meaning, one.meaning)}.'
    )
    mend = f'Say which one it is: --column {one.meaning.replace(" ", "-")}="{one.header[:60]}", or give each a number.'
    return Problem(where._replace(column=other.place + 1), "R202", said, mend)


def _no_child(headers: Sequence[str], where: Where) -> Problem:
    shown = ", ".join(f'"{header[:40]}"' for header in headers[:12] if header.strip()) or "none"
    mend = 'Name it: --column child="..." with the header of the column that holds the children\'s names.'
    return Problem(where, "R201", f"no column here holds the children's names. The columns are: {shown}.", mend)


def _asked_places(
    headers: Sequence[str], asked: Mapping[str, str], blanks: Sequence[str], found: Found
) -> dict[int, tuple[str, int]]:
    """Return the place and meaning of each --column."""
    places: dict[int, tuple[str, int]] = {}
    plain = [words_of(header) for header in headers]
    for asking, header in asked.items():
        meaning = " ".join(words_of(asking))
        words, _, figures = meaning.rpartition(" ")
        name, number = (words, int(figures)) if figures.isdigit() and words else (meaning, 0)
        if name.replace(" ", "_") in blanks:
            name = f"blank {name.replace(' ', '_')}"
        elif name not in MEANINGS:
            mend = suggestion(name, MEANINGS)
            found.problems.append(
                Problem(Where("--column"), "R203", f'"{asking[:40]}" is no meaning of a column.', mend)
            )
            continue
        fitting = [place for place, known in enumerate(headers) if known.strip() == header.strip()]
        fitting = fitting or [place for place, words_here in enumerate(plain) if words_here == words_of(header)]
        if not fitting:
            mend = suggestion(Text(header, Where("--column")), [known for known in headers if known.strip()])
            found.problems.append(Problem(Where("--column"), "R203", f'there is no column "{header[:60]}".', mend))
        else:
            places[fitting[0]] = (name, number)
    return places
