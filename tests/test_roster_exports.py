"""Exports as the programs of school offices write them, and lists typed by hand: the right sheet, or a row told.

Headers, signs and oddities are those of the systems named; the children are made up.
"""

from pathlib import Path

import pytest

from agreement.errors import InputError
from agreement.household.roster_columns import columns_asked
from agreement.household.roster_meaning import meaning_of
from tests.rosters import opened, read, told

SECRETS = ("hunter2", "123-45-6789", "12 Oak", "GALM160301", "H801200001001", "12345678Z", "600000000", "Mr & Mrs")


EXPORTS = {
    "PowerSchool, quick export": (
        "Student_Number\tLast_Name\tFirst_Name\tMiddle_Name\tGrade_Level\tHome_Room\tDOB\tStreet\tMother\tFather\tSSN\r"
        "1\tRivera\tMaya\tLuz\t4\t3B\t03/01/2016\t12 Oak\tRivera, Ana\tRivera, Joe\t123-45-6789\r"
        "2\tNg\tLeo\t\t0\tK1\t03/01/2019\t12 Oak\tNg, Bo\t\t\r",
        ["Maya 9 | Rivera | Ana Rivera, Joe Rivera | 3B", "Leo 5 | Ng | Bo Ng | K1"],
    ),
    "PowerSchool, mothers in two columns": (
        "First_Name\tLast_Name\tGrade_Level\tMother_First\tMother\tMother_Email\n"
        "Maya\tRivera\t4\tAna\tRivera\ta@x.org\n",
        ["Maya 9 | Rivera | Ana Rivera | "],
    ),
    "Infinite Campus": (
        "student.lastName,student.firstName,student.grade,student.homeroomTeacher,student.birthdate,"
        "Guardian 1 First Name,Guardian 1 Last Name,Guardian 1 Relationship,Guardian 1 Cell Phone\n"
        'Rivera,Maya,04,"Lopez, Pat",03/01/2016,Ana,Rivera,Mother,5551212\n',
        ["Maya 9 | Rivera | Ana Rivera | Lopez, Pat"],
    ),
    "Skyward, a printed list": (
        '"Maple School","","","11/22/26"\n"Students by Homeroom","","","Page 1"\n\n'
        '"Student Name","Grd","Homeroom","Guardian"\n"Rivera, Maya L","04","101","Rivera, Ana"\n'
        '"Student Name","Grd","Homeroom","Guardian"\n"Ng, Leo","KG","102","Ng, Bo"\n"Total Students: 2","","",""\n',
        ["Maya L 9 | Rivera | Ana Rivera | 101", "R310", "Leo 5 | Ng | Bo Ng | 102", "R310"],
    ),
    "Clever": (
        "School_id,Student_id,Last_name,Middle_name,First_name,Grade,DOB,Hispanic_Latino,Home_language,Student_street,"
        "Contact_relationship,Contact_name,Username,Password\n"
        "1,2,Ng,,Leo,Kindergarten,3/1/2019,Y,Vietnamese,12 Oak,Mother,Bo Ng,lng,hunter2\n",
        ["Leo 5 | Ng |  | "],
    ),
    "Google Workspace": (
        "First Name [Required],Last Name [Required],Email Address [Required],Password [Required],"
        "Last Sign In [READ ONLY],Floor Name\nMaya,Rivera,m@x.org,hunter2,2026/01/01,2\n",
        ["Maya ? | Rivera |  | "],
    ),
    "SIMS": (
        "Legal Surname,Legal Forename,Surname,Forename,UPN,Year,Reg,SEN Status,FSM,Parental Salutation\n"
        "Rivera-Smith,Margarita,Rivera,Maya,H801200001001,Year  4,4B,K,T,Mr & Mrs Rivera\n"
        "Ng,Leo,Ng,Leo,H801200001001,Year  R,RB,N,F,Ms Ng\n",
        ["Margarita 9 | Rivera-Smith |  | 4B", "F325"],
    ),
    "Arbor": (
        "Legal first name,Legal last name,Preferred first name,Preferred last name,Year group,"
        "Registration form,Pupil Premium\nMargarita,Rivera,Maya,,Year 4,4 Birch,Yes\nLeo,Ng,,,Year 5,5 Elm,No\n",
        ["Margarita 9 | Rivera |  | 4 Birch", "Leo 10 | Ng |  | 5 Elm"],
    ),
    "Bromcom": (
        "Preferred Last Name,Preferred First Name,Legal Surname,Legal First Name,Year Group,Tutor Group,Tutor,House\n"
        "Rivera,Maya,Rivera,Margarita,4,4B,Mrs Lopez,Oak\n",
        ["Margarita 9 | Rivera |  | 4B"],
    ),
    "Compass and Sentral": (
        "Surname,First Name,Preferred Name,Scholastic Year,Roll Class,Family Id,Home Group\nNg,Leo,,Prep,PA,7,PB\n",
        ["Leo 5 | Ng |  | PA"],
    ),
    "MyEducation BC": (
        '"Pupil #","Legal last name","Legal first name","Usual last name","Usual first name","Grade","Homeroom"\n'
        '"1","Rivera","Margarita","","Maya","KF","DIV 3"\n',
        ["Margarita 5 | Rivera |  | DIV 3"],
    ),
    "Séneca": (
        "Alumno/a|DNI/Pasaporte|Fecha de nacimiento|Teléfono|Curso|Unidad|Primer apellido|Segundo apellido|Nombre|"
        "Primer apellido Primer tutor|Segundo apellido Primer tutor|Nombre Primer tutor|Sexo Primer tutor|"
        "Primer apellido Segundo tutor|Segundo apellido Segundo tutor|Nombre Segundo tutor\r\n"
        "García López, María|12345678Z|01/03/2016|600000000|4º de Educación Primaria (LOMLOE)|4ºB|García|López|María|"
        "García|Ruiz|Juan|H|López|Díaz|Carmen\r\n",
        ["María 9 | García López | Juan García Ruiz, Carmen López Díaz | 4ºB"],
    ),
    "Rayuela": (
        "Centro: CEIP Uno;;;\nAño académico: 2025-2026;;;\n;;;\n"
        "Nº Id. Escolar;Primer apellido;Segundo apellido;Nombre\n1;García;;María\n",
        ["María ? | García |  | "],
    ),
    "Raíces": (
        "Nombre y apellidos;Curso;Grupo;Tutor/a;Tutor/a legal 1;Tutor/a legal 2\n"
        "María García;2º de E.S.O.;2ºB;Lopez, Pat;Juan García;Carmen López\n",
        ["María García 13 |  | Juan García, Carmen López | 2ºB"],
    ),
    "SIGE": (
        "Establecimiento;Escuela Uno\n"
        "Año;Desc Grado;Letra Curso;Run;Dígito;Nombres;Apellido Paterno;Apellido Materno;Asistencia;Promedio;Retiro\n"
        "2026;1° medio;B;12345678Z;9;María José;García;López;95;6,1;\n",
        ["María José 14 | García López |  | B"],
    ),
    "SEP": (
        "CURP,Primer apellido,Segundo apellido,Nombre(s),Nivel,Grado,Grupo,Padre o tutor\n"
        "GALM160301,García,López,María,Secundaria,2,A,Juan García\n",
        ["María 13 | García López | Juan García | A"],
    ),
    "SIMAT": (
        "GRADO_COD,GRADO,GRUPO,DOC,APELLIDO1,APELLIDO2,NOMBRE1,NOMBRE2,ESTRATO\n"
        "4,Cuarto,0401,1,GARCIA,LOPEZ,MARIA,JOSE,2\n",
        ["MARIA JOSE 9 | GARCIA LOPEZ |  | 0401"],
    ),
    "A list from Mexico": (
        "ESCUELA BENITO JUÁREZ,,,\nGRADO: 4 GRUPO: A,,,\nNo.,NOMBRE DEL ALUMNO,GRADO Y GRUPO,TUTOR\n"
        "1,MARIA GARCIA,4°A,JUAN\n",
        ["MARIA GARCIA 9 |  |  | 4°A"],
    ),
    "Two lines of headers": (
        "Student,,,Guardian 1,,Guardian 2,\nFirst,Last,Grade,First,Last,First,Last\n"
        "Maya,Rivera,4,Ana,Rivera,Joe,Rivera\n",
        ["Maya 9 | Rivera | Ana Rivera, Joe Rivera | "],
    ),
    "A title with commas over semicolons": (
        "Report for Maple School, Springfield, IL, 62701, USA\nPrinted: 11/22/2026, 10:00\n\nStudent;Age;Class\n"
        "Maya;9;3B\nLeo;10;3B\n",
        ["Maya 9 |  |  | 3B", "Leo 10 |  |  | 3B"],
    ),
    "Headings between the rows": (
        "Name,Age,Guardian,Teacher's first name\nClass 3B,,,\nMaya,9,Ana,Pat\nMs. Lopez,,,\nTotal,9,,\n",
        ["R310", "Maya 9 |  | Ana | ", "R310", "R310"],
    ),
    "Teachers among the children": (
        "Name,Role,Age\nMaya,Student,9\nPat Lopez,Teacher,\n",
        ["Maya 9 |  |  | ", "R310"],
    ),
    "Addresses where names belong": (
        "Child,Age,Parents\nMaya,9,ana@x.org; Joe\nLeo,9,Bo & Jo Ng\n",
        ["R305", "Leo 9 |  | Bo, Jo Ng | "],
    ),
    "Adults who are not there": (
        "Child,Mother,Father,Guardian 1 First,Guardian 1 Last\nMaya,Ana,Deceased,Unknown,Unknown\n"
        "Leo,Jo,Bo Ng (NO CONTACT),,\n",
        ["Maya ? |  | Ana | ", "R305"],
    ),
    "Signs that nobody sees": (
        "Child\u00a0Name ,Age ,\u200bClass\n\u200bMaya\u00a0,9\u00a0,3B\u200b\n",
        ["Maya 9 |  |  | 3B"],
    ),
    "Two guardians under two words": ("Child,Parent,Guardian\nMaya,Ana,Joe\n", ["Maya ? |  | Ana, Joe | "]),
}


@pytest.mark.parametrize("name", EXPORTS)
def test_exports(tmp_path: Path, name: str) -> None:
    text, expected = EXPORTS[name]
    entries = read(opened(tmp_path, text))
    assert [told(entry) for entry in entries] == expected
    assert not [secret for secret in SECRETS if secret in repr(entries)]


@pytest.mark.parametrize(
    "header",
    [
        "Teacher First Name",
        "Guardian 1 Relationship",
        "Father's occupation",
        "Mother's maiden name",
        "Emergency Contact Name",
        "Doctor Name",
        "School Name",
        "Previous surname",
        "Tutor",
        "Middle Name",
        "Last Sign In",
        "First language of mother",
        "Home School",
        "School Year",
        "Grade 2025",
        "Math Grade",
        "Lives with",
        "Parental Salutation",
        "Household name",
    ],
)
def test_nothing_is_guessed_of_a_header_with_a_word_more(header: str) -> None:
    assert meaning_of(header) is None


@pytest.mark.parametrize(
    ("header", "meaning"),
    [
        ("Home Room", ("class", 0)),
        ("Form/Tutor Group", ("class", 0)),
        ("Room #", ("class", 0)),
        ("Apellidos, Nombre", ("child", 0)),
        ("Segundo nombre", ("second first", 0)),
        ("Second surname", ("second last", 0)),
        ("Nombre de la madre", ("adult", 101)),
        ("First Guardian", ("adult", 1)),
        ("Parent1_Last", ("adult last", 1)),
        ("Child #2", ("child", 2)),
        ("STU.LN", ("last", 0)),
        ("Ethnic Group", ("private", 0)),
        ("Blood group", ("private", 0)),
        ("RUN", ("private", 0)),
        ("01_student_number", ("private", 0)),
    ],
)
def test_headers_of_offices(header: str, meaning: tuple[str, int]) -> None:
    assert meaning_of(header) == meaning


@pytest.mark.parametrize("header", ["Nombre 1,Nombre 2,Apellidos", "Nombre 1,Apellido 1,Nombre 2,Apellido 2"])
def test_two_given_names_or_two_children_is_asked(tmp_path: Path, header: str) -> None:
    text = f"{header}\nMaría,José,García{',López' if header.count(',') == 3 else ''}\n"
    with pytest.raises(InputError, match="R204"):
        opened(tmp_path, text)
    (entry,) = read(opened(tmp_path, text, asked=columns_asked(["second-first=Nombre 2"])))
    assert entry.household.children[0].name.startswith("María ")
    (entry,) = read(opened(tmp_path, text, asked=columns_asked(["child-2=Nombre 2"])))
    assert len(entry.household.children) == 2


def test_a_home_language_that_we_do_not_have_costs_no_row(tmp_path: Path) -> None:
    text = "Child,Home Language\nMaya,01 Spanish (Castilian)\nLeo,Vietnamese\n"
    assert [(entry.choices.language, entry.problems) for entry in read(opened(tmp_path, text))] == [
        ("es", ()),
        ("", ()),
    ]


@pytest.mark.parametrize(("asked", "name"), [("", "Margarita"), ("Preferred first", "Maya")])
def test_the_preferred_name_is_printed_where_it_is_asked_for(tmp_path: Path, asked: str, name: str) -> None:
    """The sheet goes home, and not every family knows the name that its child uses at school."""
    text = "Legal first,Preferred first,Last\nMargarita,Maya,Ng\n"
    (entry,) = read(opened(tmp_path, text, asked={"first": asked} if asked else {}))
    assert entry.household.children[0].name == name


@pytest.mark.parametrize("meaning", ["adult first 1", "adult 1 first", "adult-1-first"])
def test_a_number_stands_anywhere_in_a_meaning(tmp_path: Path, meaning: str) -> None:
    asked = columns_asked([f"{meaning}=Contact A"])
    assert opened(tmp_path, "Child,Contact A\nMaya,Ana\n", asked=asked).columns.read[1][2:] == ("adult first", 1)


@pytest.mark.parametrize("text", ["Who,Kind\nMaya,Hijo\nLeo,Hijo\n", "Who,Age,\nMaya,9,Hijo\nLeo,9,Hijo\n"])
def test_a_cell_that_says_child_makes_no_header_of_its_row(tmp_path: Path, text: str) -> None:
    with pytest.raises(InputError, match="R201"):
        opened(tmp_path, text)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Apellido 1,Nombre,Apellido 2\nGarcía,María,López\n", "María ? | García López |  | "),
        ("Child,Teacher,Homeroom\nMaya,Lopez,3B\n", "Maya ? |  |  | 3B"),
        ("Child,Homeroom Teacher,Period\nMaya,Lopez,2\n", "Maya ? |  |  | Lopez"),
    ],
)
def test_columns_beside_each_other(tmp_path: Path, text: str, expected: str) -> None:
    assert [told(entry) for entry in read(opened(tmp_path, text))] == [expected]


def test_the_column_that_was_asked_for_wins(tmp_path: Path) -> None:
    text = "First name,Last name,Called at home\nMargarita,Rivera,Maya\n"
    (entry,) = read(opened(tmp_path, text, asked={"child": "Called at home"}))
    assert told(entry) == "Maya ? | Rivera |  | "


def test_columns_in_one_cell(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="Text to Columns"):
        opened(tmp_path, '"First Name,Last Name,Age"\n"Maya,Ng,9"\n')


def test_the_users_of_a_set_are_no_roster(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="R104"):
        opened(tmp_path, "sourcedId,role,givenName,familyName\n1,parent,Ana,Rivera\n")
