"""Sheets that differ only in names share a shape: laid out and drawn once, then stamped with each household's names.

A shape holds for a household when every question that layout asked about a name has the same answer for it: whether it
fits on one line here, in how many lines it stands there. Whatever a shape cannot hold is made the long way, so a sheet
is the same by either. This module knows agreements and dies, and no file.
"""

from collections import OrderedDict
from datetime import date
from typing import Any

from agreement.batch.slots import FAMILY, RUNNING, Kind, Labels, Named, Slot, kind_of, named, tokens
from agreement.batch.texts import ANY_PT, Limit, Question, Spot, Texts
from agreement.compose.agreement import Agreement
from agreement.compose.people import people
from agreement.errors import AgreementError
from agreement.household import Choices, Household
from agreement.library import Library
from agreement.pdf.die import Die
from agreement.pdf.meta import Meta
from agreement.pdf.slotted import LETTERS, PLAIN_LETTERS, TITLE, Room, UnfitError
from agreement.typeset.lines import Span
from agreement.typeset.watch import Setting, Watch, watching

MOST_KINDS, MOST_SHAPES = 128, 12
"""Kinds of sheets kept at a time, and shapes of each; a shape takes a few hundred kilobytes."""
_SLACK_PT = 0.01
_LENGTHS = {"narrow": (18, 40), "wide": (36, 80), "title": (48, 96), "xmp": (36, 80)}
"""Of names in ten letters or so, and of longer ones; that of a title comes on top of its fixed words."""
_LINE_LENGTHS = {"name": (176, 352), "letters": (80, 96), "running": (448, 576)}


class Shape:
    """A die, with the questions whose answers it stands for."""

    def __init__(self, agreement: Agreement, labels: Labels, meta: Meta, kind: Kind) -> None:
        """Lay out and draw a sheet. Raises UnfitError where a name stands in a paragraph with other words."""
        from agreement.typeset import lay_out

        with watching() as watch:
            document = lay_out([named(agreement)])
        running = _running_of(agreement, agreement.family_name)
        asked = [(one, _question(one, agreement, running)) for one in watch.settings]
        self._questions = [question for _, question in asked if question]
        of_line = {id(line): (question, at) for one, question in asked if question for at, line in enumerate(one.lines)}
        self._meetings = [
            (of_line[id(one.left)][0], one.room_pt, one.beside) for one in watch.meetings if id(one.left) in of_line
        ]
        slots = self._place(watch, of_line, len(labels.names) + 1)
        own = {("child", at): child.name for at, child in enumerate(agreement.children)}
        own |= {("adult", at): adult.name for at, adult in enumerate(agreement.adults)}
        self._names = [slot for slot, _ in labels.names]
        kinds = {spot.number: _kind_of_line(spot.question.slot) for spot in self._spots}

        def length(slot: int, way: str) -> int:
            lengths = _LINE_LENGTHS[kinds[slot]] if way == "ops" else _LENGTHS[way]
            fixed = {"title": 2 * labels.title_length, "xmp": labels.title_length + 12}.get(way, 0)
            return fixed + lengths[kind.long_names]

        self._die = Die(labels.marked(document, own), meta, slots, Room(length, _letters(kind, running)))  # type: ignore[arg-type]
        self._limits = _limits(self._questions)
        self._several = [question for question in self._questions if question.line_count > 1]

    def _place(self, watch: Watch, of_line: dict[int, tuple[Question, int]], first: int) -> dict[int, int]:
        """Note where lines of names stand; return the slots of their boxes by id."""
        self._spots: list[Spot] = []
        slots: dict[int, int] = {}
        for placing in watch.placings:
            if id(placing.line) in of_line:
                question, at = of_line[id(placing.line)]
                number = first + len(self._spots)
                self._spots.append(Spot(question, at, number, placing.at, placing.middle))
                slots |= {id(box): -1 for box in placing.boxes}
                if not placing.boxes:
                    raise UnfitError("a name that draws nothing")
                slots[id(placing.boxes[0])] = number
        return slots

    def holds(self, texts: Texts) -> bool:
        """Tell whether every question has the same answer."""
        for limit in self._limits:
            if not limit.over < texts.row(limit.slot, limit.span, limit.type_).width <= limit.most:
                return False
        if any(len(texts.lines(question)) != question.line_count for question in self._several):
            return False
        return all((texts.width_pt(question) <= room_pt) == beside for question, room_pt, beside in self._meetings)

    def stamp(self, texts: Texts, title: str) -> bytes:
        """Stamp the names into the die. Raises UnfitError for what does not fit."""
        drawn = {spot.number: self._die.ops(spot.number, texts.boxes(spot)) for spot in self._spots}
        said = {TITLE: title} | {number: texts.texts[slot] for number, slot in enumerate(self._names, 1)}
        return self._die.stamp(drawn, said)


def _letters(kind: Kind, running: str) -> str:
    """Return what names are written in, and what else stands in the line over later sides."""
    letters = PLAIN_LETTERS if kind.plain_letters else LETTERS
    return letters + "".join(sorted(set(running) - set(letters)))


def _kind_of_line(slot: Slot) -> str:
    if slot[0] == "letters":
        return "letters"
    return "running" if slot == RUNNING else "name"


def _running_of(agreement: Agreement, family_name: str) -> str:
    if not (family_name and agreement.date_text):
        return ""
    return agreement.say("running", family=family_name, title=agreement.title, date=agreement.date_text)


def _question(setting: Setting, agreement: Agreement, running: str) -> Question | None:
    """Return the question about a name that a paragraph is; None for one without a name.

    Raises UnfitError for a name among other words.
    """
    slots = [_slot_of(piece, agreement, running) for piece in setting.pieces if isinstance(piece, Span)]
    known = [slot for slot in slots if slot]
    if not known:
        return None
    if len(setting.pieces) > 1:
        raise UnfitError("a name among other words")
    return Question(known[0], setting.pieces[0], setting.type_, setting.measure_pt, len(setting.lines))


def _slot_of(span: Span, agreement: Agreement, running: str) -> Slot | None:
    if isinstance(span.text, Named):
        return span.text.slot
    if span.whose.startswith("the name"):
        raise UnfitError("a name among other words")
    if span.whose.startswith("the family") and span.text != agreement.title:
        if span.text == running:
            return RUNNING
        raise UnfitError("a family's name among other words")
    return None


def _limits(questions: list[Question]) -> list[Limit]:
    """Return the narrowest bounds for each name and face."""
    found: dict[tuple[Any, ...], Limit] = {}
    for question in questions:
        key = (question.slot, question.span.bold, question.type_.bold, question.type_.stack)
        bound = (question.measure_pt + _SLACK_PT) / question.type_.size_pt
        limit = found.get(key) or Limit(question.slot, question.span, question.type_, -1.0, ANY_PT)
        if question.line_count == 1:
            limit = limit._replace(most=min(limit.most, bound))
        else:
            limit = limit._replace(over=max(limit.over, bound))
        found[key] = limit
    return list(found.values())


class Shapes:
    """The shapes of a run, those used last kept."""

    def __init__(self, library: Library, day: date | None) -> None:
        self._library, self._day = library, day
        self._models: OrderedDict[Kind, tuple[Agreement, Labels] | None] = OrderedDict()
        self._shapes: OrderedDict[Kind, list[Shape]] = OrderedDict()

    def pdf(self, household: Household, choices: Choices) -> bytes | None:
        """Return a household's sheet; None where it must be made the long way."""
        if choices.add or not choices.fields or choices.own:
            return None
        kind = kind_of(household, choices, self._library)
        model = self._model(kind, household, choices) if kind else None
        if kind is None or model is None:
            return None
        agreement, labels = model
        try:
            texts = self._texts(household, agreement)
            title = f"{agreement.title} · {texts.texts[FAMILY]}" if household.family else agreement.title
            shape = next((one for one in self._shapes.get(kind, ()) if one.holds(texts)), None)
            if shape is None:
                shape = self._cut(kind, household, choices, labels)
                if not shape.holds(texts):
                    return None
            return shape.stamp(texts, title)
        except (UnfitError, AgreementError):
            return None

    def _model(self, kind: Kind, household: Household, choices: Choices) -> tuple[Agreement, Labels] | None:
        """Return the agreement of tokens in the place of names, and what fields are called in it."""
        if kind in self._models:
            self._models.move_to_end(kind)
            return self._models[kind]
        from agreement.compose import compose
        from agreement.typeset import lay_out

        stand_in = tokens(household)
        try:
            agreement = compose(stand_in, choices, self._library, self._day)
            model = (agreement, Labels(lay_out([agreement]), stand_in))
        except AgreementError:
            model = None
        self._models[kind] = model
        while len(self._models) > MOST_KINDS:
            gone, _ = self._models.popitem(last=False)
            self._shapes.pop(gone, None)
        return model

    def _texts(self, household: Household, model: Agreement) -> Texts:
        texts: dict[Slot, str] = {}
        for side, members in (("child", household.children), ("adult", household.adults)):
            for at, person in enumerate(people([member.name for member in members])):
                texts[side, at] = person.name
                texts["letters", side, at] = person.letters
        if household.family:
            name = " ".join(household.family.split())
            if self._is_called_family(name, model):
                raise UnfitError("a family that says so itself")
            texts[FAMILY] = model.family_name.replace(tokens(household).family, name)
            texts[RUNNING] = _running_of(model, texts[FAMILY])
        return Texts(texts)

    def _is_called_family(self, name: str, model: Agreement) -> bool:
        words = {word.casefold() for word in model.say.several("family_names")}
        return bool(words & {word.casefold() for word in name.split()})

    def _cut(self, kind: Kind, household: Household, choices: Choices, labels: Labels) -> Shape:
        """Cut a shape for a household. What it gives does not hang on whose names it was cut for."""
        from agreement.compose import compose
        from agreement.make import meta_of

        agreement = compose(household, choices, self._library, self._day)
        shape = Shape(agreement, labels, meta_of(self._day), kind)
        kept = self._shapes.setdefault(kind, [])
        kept.insert(0, shape)
        del kept[MOST_SHAPES:]
        return shape
