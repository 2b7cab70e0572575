"""The words of headers, in English and Spanish: what each stands for, and those that stand for nothing.

Abbreviations and words written as one are those that offices' programs export: PowerSchool, Infinite Campus, Skyward,
Aeries, Clever, SIMS, Arbor, Bromcom, Compass, Sentral, MyEducation BC, Séneca, Rayuela, SIGE, SIMAT. This module knows
words and no header.
"""

import re
from itertools import pairwise
from unicodedata import combining, normalize


def these(words: str) -> frozenset[str]:
    """Return the words of a text as a set."""
    return frozenset(words.split())


_WORD = re.compile(r"[A-Z]?[a-z]+|[A-Z]+(?![a-z])|\d+")
_NUMBER_SIGN = re.compile(r"#|№|\b[Nn]\.?\s?[º°]")
_CONCEPTS = {
    "child": "student pupil child children kid learner scholar alumno alumna alumnos alumnado estudiante nino nina"
    " ninos hijo hija hijos stu",
    "adult": "guardian parent adult adults carer caregiver mother father mom mum dad padre madre padres progenitor"
    " adulto acudiente apoderado apoderada encargado encargada grownup grown",
    "tutor": "tutor tutora tutores",
    "first": "first given forename christian nombres pila fn fname",
    "last": "last surname sur apellido apellidos ln lname",
    "preferred": "preferred pref usual known nickname chosen called aka nick goes",
    "family": "family familia",
    "name": "name names nombre nm",
    "age": "age edad",
    "grade": "grade grd gr year yr grado curso standard",
    "stage": "nivel etapa",
    "class": "class classroom homeroom room rm section group clase aula grupo seccion form period unidad paralelo reg"
    " registration roll hr division letra whanau",
    "teacher": "teacher tchr maestro maestra profesor profesora",
    "household": "household hogar",
    "trusted": "trusted counselor counsellor confianza consejero orientador",
    "language": "language idioma lengua lang",
    "country": "country pais",
    "pack": "pack paquete",
    "paper": "paper papel",
    "with": "with con add",
    "without": "without sin",
    "review": "review revision",
    "band": "ages band bands edades",
    "id": "id number no num nr numero identifier sis key code codigo cod",
    "role": "role rol",
}
OF = {word: concept for concept, words in _CONCEPTS.items() for word in words.split()}
OF |= {word + "s": concept for word, concept in tuple(OF.items()) if word + "s" not in OF}

PRIVATE = these(
    "birth birthday birthdate dob born nacimiento nac cumpleanos address street city zip postal postcode domicilio"
    " direccion calle ciudad localidad municipio comuna provincia suburb town county password passwd pin clave"
    " contrasena matricula ssn social security email mail correo phone telephone tel telefono tfno tlfno mobile movil"
    " cell celular fono gender sex genero sexo race ethnicity ethnic etnia hispanic iep medical health allergies salud"
    " alergias blood sangre lunch frl fsm sen send sped disability discapacidad nhs upn uln nsn pen curp dni nie nif"
    " run rut passport pasaporte religion nationality nacionalidad username login user custody custodia court sisben"
    " estrato medication"
)
MANY_CHILDREN = these("children students pupils kids ninos hijos alumnos estudiantes")
MANY_ADULTS = these("parents guardians adults padres carers adultos caregivers progenitores")
FILLING = these(
    "of the a o s es as os by de del la el los las y e and or legal full display complete completo current actual"
    " official level nc desc scholastic required printed print whole entero in up"
    " materno paterno materna paterna maternal paternal"
)
"""Words that change nothing about what a column holds."""
FIRST = these("primer primero primera primary")
SECOND = these("second segundo segunda secondary")
MOTHER = these("mother mom mum madre")
FATHER = these("father dad padre")
_TOGETHER = {
    "firstname": "first name",
    "lastname": "last name",
    "givenname": "given name",
    "familyname": "family name",
    "fullname": "full name",
    "studentname": "student name",
    "pupilname": "pupil name",
    "childname": "child name",
    "parentname": "parent name",
    "guardianname": "guardian name",
    "lastfirst": "last first",
    "gradelevel": "grade level",
    "yearlevel": "year level",
    "yeargroup": "year group",
    "reggroup": "reg group",
    "agegroup": "age group",
    "studentid": "student id",
    "schoolid": "school id",
    "apelidos": "apellidos",
    "homegroup": "homeroom",
}
_ROOMS = these("room group class form")


def without_accents(text: str) -> str:
    """Return a text with each letter taken apart, and its marks left out."""
    return "".join(mark for mark in normalize("NFKD", text) if not combining(mark))


def words_of(header: str) -> list[str]:
    """Return the words of a header in small letters without accents; a number is a word."""
    marked = _NUMBER_SIGN.sub(" no ", header[:200])
    written = map(str.lower, _WORD.findall(without_accents(marked)))
    found = " ".join(_TOGETHER.get(word, word) for word in written).split()
    for at, (word, following) in enumerate(pairwise(found)):
        if word == "home" and following in _ROOMS:
            return [*found[:at], "homeroom", *found[at + 2 :]]
    return found
