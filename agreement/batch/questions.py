"""What layout asked about a name: a line of its own, the beginning of a paragraph, or one name of several on a line.

A paragraph of which we cannot tell how it is set with another name is refused. Knows agreements and what layout noted,
and no die.
"""

from agreement.batch.passages import Passage, passage_of
from agreement.batch.series import Series, series_of
from agreement.batch.slots import RUNNING, TITLED, Named, Slot
from agreement.batch.texts import ANY_PT, Limit, Look, Question, look_of
from agreement.compose.agreement import Agreement, titled
from agreement.pdf.slotted import UnfitError
from agreement.typeset.breaks import FIT
from agreement.typeset.lines import Span
from agreement.typeset.watch import Setting


def running_of(agreement: Agreement, family_name: str) -> str:
    """Return the line that runs over a family's sides; nothing without a family or a date."""
    if not (family_name and agreement.date_text):
        return ""
    return agreement.say("running", family=family_name, title=agreement.title, date=agreement.date_text)


def question_of(setting: Setting, agreement: Agreement, running: str) -> Question | Passage | Series | None:
    """Return the question about a name that a paragraph is; None for one without a name.

    Raises UnfitError for a name among other words that does not begin them.
    """
    slots = [_slot_of(piece, agreement, running) if isinstance(piece, Span) else None for piece in setting.pieces]
    known = [slot for slot in slots if slot]
    if not known:
        return None
    if len(known) > 1:
        return series_of(setting, slots)
    span, *others = setting.pieces
    if not slots[0] or not isinstance(span, Span):
        raise UnfitError("a name among other words")
    look = look_of(known[0], span, setting.type_)
    if others:
        return passage_of(setting, look)
    return Question(look, span, setting.type_, setting.measure_pt, len(setting.lines))


def _slot_of(span: Span, agreement: Agreement, running: str) -> Slot | None:
    if isinstance(span.text, Named):
        return span.text.slot
    if span.whose.startswith(("the name", "the trusted")):
        raise UnfitError("a name among other words")
    if span.whose.startswith("the family") and span.text != agreement.title and agreement.family_name:
        if span.text == running:
            return RUNNING
        title = span.text.removesuffix(titled("", agreement.family_name))
        if title != span.text:
            return TITLED, title
        raise UnfitError("a family's name among other words")
    return None


def limits(questions: list[Question]) -> list[Limit]:
    """Return the narrowest bounds for each name and face."""
    found: dict[Look, Limit] = {}
    for question in questions:
        bound = (question.measure_pt + FIT) * 1000 / question.type_.size_pt
        limit = found.get(question.look) or Limit(question.look, -1.0, ANY_PT)
        if question.line_count == 1:
            limit = limit._replace(most=min(limit.most, bound))
        else:
            limit = limit._replace(over=max(limit.over, bound))
        found[question.look] = limit
    return list(found.values())
