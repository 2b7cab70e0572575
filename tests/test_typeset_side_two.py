"""The parts of side two, one by one: what all promise, what a family writes, steps, signing, the help card."""

import itertools

import pytest

from agreement.compose.agreement import Contact
from agreement.household import AppRow, Household, OwnRule, TrustedAdult
from agreement.library import load_library
from agreement.typeset import lay_out, qr
from agreement.typeset.boxes import Document, FieldBox, FieldKind, Ink, LinkBox, Role, Shape, TextBox
from agreement.typeset.closing import Signing, Steps
from agreement.typeset.together import Together
from agreement.typeset.writing import AppsAndRules, TrustAndRepair
from tests import layouts
from tests.sheets import LIBRARY, STYLE, composed, drawn, people


def texts(document: Document) -> dict[str, TextBox]:
    """Return where each word or line stands, by what it says."""
    return {box.run.text.strip(): box for box in layouts.texts(document)}


def circles(document: Document, prefix: str = "") -> list[FieldBox]:
    return [box for box in layouts.fields(document) if box.kind is FieldKind.CHECK and box.name.startswith(prefix)]


# ---- all of us -------------------------------------------------------------------------------------------------------


def test_a_dotted_leader_leads_to_the_circles_but_not_from_a_line_to_write_on() -> None:
    document = drawn(Together(composed(people(2, 2)), STYLE))
    leaders = layouts.shapes(document, Ink.LEADER)
    assert len(leaders) == 2
    first = circles(document)[0]
    for leader in leaders:
        assert layouts.frame(leader).right < first.x
    gap = next(box for box in layouts.fields(document) if box.name.endswith("off_limits"))
    assert gap.x + gap.width == pytest.approx(STYLE.right - 2 * (23 + 3 + 23) - 12 - 9, abs=0.1)


def test_children_and_adults_are_set_apart() -> None:
    row = circles(drawn(Together(composed(people(2, 2)), STYLE)), "be-kind")
    assert [box.name for box in row] == [
        "be-kind.children.1",
        "be-kind.children.2",
        "be-kind.adults.1",
        "be-kind.adults.2",
    ]
    assert row[2].x - row[1].x - row[1].width == 12
    assert row[3].x + row[3].width == STYLE.right


def test_many_stand_under_the_text_in_two_rows_a_side() -> None:
    document = drawn(Together(composed(people(20, 20)), STYLE))
    row = circles(document, "be-kind")
    assert len(row) == 40
    assert layouts.outside(document) == []
    assert len({box.y for box in row}) == 2
    assert max(box.x for box in row[:20]) < min(box.x for box in row[20:])
    assert row[0].y + row[0].height < texts(document)["We will be kind online, and help people who get picked on."].y


# ---- what a family writes --------------------------------------------------------------------------------------------


def test_lines_of_table_and_rules_meet() -> None:
    document = drawn(AppsAndRules(composed(), STYLE))
    rules = layouts.shapes(document, Ink.LINE)
    heights = sorted({layouts.frame(shape).top for shape in rules})
    assert len(rules) == 4 * 4
    assert len(heights) == 4
    assert [round(b - a) for a, b in itertools.pairwise(heights)] == [24, 24, 24]
    headers = list(layouts.elements(document.root, Role.HEADER_CELL))
    assert [layouts.words(cell) for cell in headers if cell.scope == "Column"] == [
        "App or game",
        "Who uses it",
        "Who follows",
    ]
    assert [cell.scope for cell in headers[3:]] == ["Row"] * 4


def test_what_is_written_stands_on_the_lines() -> None:
    apps, own = (AppRow("Roblox", "Maya"),), (OwnRule("Be home by six.", "Maya"),)
    document = drawn(AppsAndRules(composed(people(1, 1), apps=apps, own=own), STYLE))
    found = texts(document)
    assert found["Roblox"].y == found["Maya"].y == found["Be home by six."].y
    highest = max(float(shape.path[0][2]) for shape in layouts.shapes(document, Ink.LINE))
    assert found["Roblox"].y - highest == pytest.approx(5)
    labels = [box.label for box in layouts.fields(document)]
    assert labels[0] == "Who follows, row 1"
    assert "App or game, row 1" not in labels
    assert "Own rule 1" not in labels
    assert "Own rule 2" in labels


def test_a_tight_sheet_has_one_empty_row_less_and_never_loses_a_written_one() -> None:
    tight = STYLE._replace(tight=True)
    assert len(AppsAndRules(composed(), tight).strips()) == 3
    apps = tuple(AppRow(f"App {number}") for number in range(4))
    document = drawn(AppsAndRules(composed(apps=apps), tight), tight)
    assert {f"App {number}" for number in range(4)} <= set(texts(document))


def test_trusted_adults_have_two_lines_at_least() -> None:
    household = Household(trusted_adults=(TrustedAdult("Ms. Lopez", "school counselor"),))
    document = drawn(TrustAndRepair(composed(household), STYLE))
    assert layouts.words(layouts.section(document, "Adults we trust, one outside our home")).endswith(
        "Ms. Lopez, school counselor"
    )
    assert next(box.label for box in layouts.fields(document)) == "Adult we trust 2"


def test_steps_are_numbered_children_first() -> None:
    document = drawn(Steps(composed(), STYLE))
    entries = [layouts.words(entry) for entry in layouts.elements(document.root, Role.ENTRY)]
    assert [entry[0] for entry in entries] == list("123456")
    assert len(layouts.shapes(document, Ink.ACCENT)) == 6
    assert texts(document)["1"].x < STYLE.middle < texts(document)["4"].x
    assert texts(document)["1"].y == texts(document)["4"].y


@pytest.mark.parametrize(("children", "adults"), [(0, 0), (1, 0), (2, 0), (0, 1), (3, 0)])
def test_lines_to_sign_stand_equally_far_apart(children: int, adults: int) -> None:
    document = drawn(Signing(composed(people(children, adults)), STYLE))
    for side in (0, 1):
        lines = [
            box.y for box in layouts.fields(document) if box.name.startswith(f"sign.{side}.") and "date" in box.name
        ]
        gaps = [above - below for above, below in itertools.pairwise(lines)]
        assert gaps == pytest.approx([gaps[0]] * len(gaps)) if gaps else len(lines) == 1


def test_everybody_has_a_line_to_sign_with_name_and_date_under_it() -> None:
    document = drawn(Signing(composed(people(2, 3)), STYLE))
    fields = [box for box in layouts.fields(document) if box.name.startswith("sign.")]
    assert [box.label for box in fields if "date" not in box.name] == [
        "Signature of C0",
        "Signature of C1",
        "Signature of A0",
        "Signature of A1",
        "Signature of A2",
    ]
    assert {(box.width) for box in fields} == {66, STYLE.column - 76}
    for entry in layouts.elements(document.root, Role.ENTRY):
        first = next(box for box in entry.boxes() if isinstance(box, FieldBox))
        name = next(box for box in entry.boxes() if isinstance(box, TextBox))
        assert name.x == first.x
        assert 0 < first.y - name.y < STYLE.leading


# ---- the card --------------------------------------------------------------------------------------------------------


def test_the_card_names_the_countrys_help_lines_and_leads_to_them() -> None:
    document = lay_out([composed(country="US")])
    country = LIBRARY.countries["US"]
    text = layouts.words(document.root)
    for name in country.card:
        line = country.names[name]
        assert (line.number and line.number in text) or (line.address and line.address in text), name
    links = [box for box in document.root.boxes() if isinstance(box, LinkBox)]
    assert {box.address for box in links} == {"https://takeitdown.ncmec.org", "https://report.cybertip.org"}
    for link in links:
        words = [box for box in layouts.texts(document) if f"https://{box.run.text}" == link.address]
        assert len(words) == 1
        frame, over = layouts.frame(words[0]), layouts.frame(link)
        assert over.left <= frame.left
        assert frame.right <= over.right + 0.1
        assert over.bottom <= frame.bottom
        assert frame.top <= over.top
    *_, figure = layouts.elements(document.root, Role.FIGURE)
    assert figure.alt == "QR code. Report someone: opens report.cybertip.org"


def test_the_code_says_the_address_to_a_camera() -> None:
    from qrcodegen import QrCode, QrSegment

    document = lay_out([composed(country="US")])
    *_, figure = layouts.elements(document.root, Role.FIGURE)
    (shape,) = figure.boxes()
    assert isinstance(shape, Shape)
    assert (shape.fill, shape.ink) == (True, Ink.TEXT)
    frame = layouts.frame(shape)
    code = QrCode.encode_segments(
        QrSegment.make_segments("https://report.cybertip.org"), QrCode.Ecc.LOW, mask=6, boostecl=False
    )
    size = code.get_size()
    module = (frame.right - frame.left) / size
    assert module * 25.4 / 72 > 0.8
    dark = {(x, y) for x in range(size) for y in range(size) if code.get_module(x, y)}
    seen = set()
    for _, x, y, width, _ in (step for step in shape.path if step[0] == "R"):
        row = round((frame.top - float(y)) / module) - 1
        start = round((float(x) - frame.left) / module)
        seen |= {(start + at, row) for at in range(round(float(width) / module))}
    assert seen == dark


def test_a_country_without_help_lines_has_lines_to_write_on_and_no_code() -> None:
    agreement = composed(country="JP")
    assert agreement.card.contacts == (
        Contact("In danger right now", ""),
        Contact("Talk: call", ""),
        Contact("Report someone", ""),
    )
    document = lay_out([agreement])
    assert [box.label for box in layouts.fields(document)][-3:] == [
        "In danger right now",
        "Talk: call",
        "Report someone",
    ]
    assert "QR" not in "".join(figure.alt for figure in layouts.elements(document.root, Role.FIGURE))
    assert layouts.outside(document) == []


def test_the_card_and_its_back_lie_on_each_other() -> None:
    document = lay_out([composed(country="US")])
    frames = [shape for shape in layouts.shapes(document) if shape.width_pt == 1.0 and not shape.dash]
    large = [(shape.page, layouts.frame(shape)) for shape in frames if len(shape.path) == 10]
    assert [page for page, _ in large] == [0, 1]
    assert large[0][1] == pytest.approx(large[1][1])
    cut = next(shape for shape in layouts.shapes(document, Ink.CUT))
    assert cut.page == 1
    assert cut.path[0][2] == pytest.approx(large[1][1].top + 10)


def test_kept_codes_are_those_that_are_computed() -> None:
    countries = [country for country in load_library().countries.values() if country.qr]
    addresses = {f"https://{country.names[country.qr].address}" for country in countries}
    assert set(qr.KEPT) == addresses
    for address in addresses:
        assert [int(row, 16) for row in qr.KEPT[address].split()] == qr.computed(address)


def test_a_code_that_is_not_kept_is_computed() -> None:
    count, rows = qr.modules("https://example.org/help")
    assert count == len(rows) == 25
    assert rows[0][0] == (0, 7)
