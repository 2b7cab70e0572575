"""Sheets that differ only in names share a shape: laid out and drawn once, then stamped with each household's names.

A shape holds for a household when every question that layout asked about a name has the same answer for it: whether it
fits on one line here, in how many lines it stands there. Whatever a shape cannot hold is made the long way, so a sheet
is the same by either. This module knows agreements and dies, and no file.
"""

from collections import OrderedDict
from collections.abc import Callable
from datetime import date
from functools import partial
from itertools import chain
from typing import NamedTuple
from weakref import WeakKeyDictionary

from agreement.batch.passages import Passage, Passages
from agreement.batch.questions import limits, question_of, running_of
from agreement.batch.series import AllSeries, Series
from agreement.batch.slots import (
    FAMILY,
    FAMILY_TOKEN,
    RUNNING,
    TITLED,
    Kind,
    Labels,
    Slot,
    kind_of,
    named,
    tokens,
    trusted_texts,
)
from agreement.batch.texts import Question, Spot, Texts
from agreement.compose.agreement import Agreement, titled
from agreement.compose.people import is_numbered, people
from agreement.errors import AgreementError
from agreement.household import Choices, Household
from agreement.library import Library
from agreement.pdf.die import Die
from agreement.pdf.meta import Meta
from agreement.pdf.mold import Mold
from agreement.pdf.saying import is_figure
from agreement.pdf.slotted import LETTER_SETS, TITLE, UnfitError
from agreement.pdf.volume import Volume
from agreement.typeset.boxes import Document
from agreement.typeset.watch import Watch, watching

MOST_KINDS, MOST_OF_A_KIND, MOST_SHAPES = 128, 12, 60
"""Kinds of sheets kept at a time, shapes of each, and of all; a shape takes about a megabyte."""


class Casting(NamedTuple):
    """What a volume takes for one household."""

    mold: Mold
    drawn: dict[int, bytes]
    said: dict[int, str]
    height_pt: float
    lang: str


class Shape:
    """A die, with the questions whose answers it stands for."""

    def __init__(
        self, agreement: Agreement, labels: Labels, meta: Meta, kind: Kind, lay_out: Callable[[Agreement], Document]
    ) -> None:
        """Lay out and draw a sheet. Raises UnfitError where a name stands in a paragraph with other words."""
        with watching() as watch:
            document = lay_out(named(agreement))
        running = running_of(agreement, agreement.family_name)
        asked = [(one, question_of(one, agreement, running)) for one in watch.settings]
        self._questions = [question for _, question in asked if isinstance(question, Question)]
        self._passages, self._series = Passages(), AllSeries()
        of_line: dict[int, tuple[Question | Passage | Series, int]] = {}
        for one, question in asked:
            if question:
                of_line |= {id(line): (question, at) for at, line in enumerate(one.lines)}
            if isinstance(question, Passage):
                self._passages.ask(question)
            elif isinstance(question, Series):
                self._series.ask(question)
        met = [(of_line[id(one.left)][0], one) for one in watch.meetings if id(one.left) in of_line]
        self._meetings = [(left, one.room_pt, one.beside) for left, one in met if isinstance(left, Question)]
        if len(self._meetings) < len(met):
            raise UnfitError("a paragraph beside another")
        slots = self._place(watch, of_line, len(labels.names) + 1)
        own: dict[Slot, str] = {("child", at): child.name for at, child in enumerate(agreement.children)}
        own |= {("adult", at): adult.name for at, adult in enumerate(agreement.adults)}
        self._names = [slot for slot, _ in labels.names]
        self._document, self._slots, self._meta = labels.marked(document, own), slots, meta
        self._fields = kind.choices.fields
        titles = [question.span.text for question in self._questions if question.look.slot[0] == TITLED]
        words = "".join([self._passages.letters(), self._series.letters(), *titles])
        self._letters = sorted(LETTER_SETS[kind.letters].union(running, words))
        self._die: Die | None = None
        self._molds: WeakKeyDictionary[Volume, dict[bool, Mold]] = WeakKeyDictionary()
        self._limits = limits(self._questions)
        self._several = [question for question in self._questions if question.line_count > 1]

    def _place(
        self, watch: Watch, of_line: dict[int, tuple[Question | Passage | Series, int]], number: int
    ) -> dict[int, int]:
        """Note where lines of names stand; return the slots of their boxes by id, numbered from `number` on."""
        self._spots: list[Spot] = []
        slots: dict[int, int] = {}
        for placing in watch.placings:
            if id(placing.line) not in of_line:
                continue
            question, at = of_line[id(placing.line)]
            if isinstance(question, Question):
                self._spots.append(Spot(question, at, number, placing.at, placing.middle))
                slots |= {id(box): -1 for box in placing.boxes}
                if not placing.boxes:
                    raise UnfitError("a name that draws nothing")
                slots[id(placing.boxes[0])] = number
                number += 1
                continue
            if isinstance(question, Passage):
                taken = self._passages.place(question, placing, at, number)
            else:
                taken = self._series.place(question, placing, number)
            slots |= {id(box): slot for box, slot in zip(placing.boxes, taken, strict=True)}
            number += len(taken)
        return slots

    def holds(self, texts: Texts) -> bool:
        """Tell whether every question has the same answer."""
        for limit in self._limits:
            if not limit.over < texts.row(limit.look).wide <= limit.most:
                return False
        if any(len(texts.lines(question)) != question.line_count for question in self._several):
            return False
        if not (self._passages.hold(texts) and self._series.hold(texts)):
            return False
        return all((texts.width_pt(question) <= room_pt) == beside for question, room_pt, beside in self._meetings)

    def stamp(self, texts: Texts, title: str) -> tuple[bytes, bytes]:
        """Stamp the names into a die: the parts of a file. Raises UnfitError for what does not fit."""
        if self._die is None:
            self._die = Die(self._document, self._meta, self._slots, self._letters, fields=self._fields)
        return self._die.stamp(self._drawn(texts, self._die), {TITLE: title, **self._said(texts)})

    def cast(self, volume: Volume, texts: Texts, even: bool) -> "Casting":
        """Return what puts the names into a volume. Raises UnfitError."""
        molds = self._molds.setdefault(volume, {})
        if even not in molds:
            count = self._document.page_count
            document = self._document._replace(page_count=count + (even and count % 2))
            molds[even] = Mold(volume, document, self._slots, fields=self._fields)
        drawn = self._drawn(texts, molds[even])
        return Casting(molds[even], drawn, self._said(texts), self._document.height_pt, self._document.lang)

    def _drawn(self, texts: Texts, cut: Die | Mold) -> dict[int, bytes]:
        drawn = {spot.number: cut.line(spot.number, *texts.placed(spot)) for spot in self._spots}
        others = chain(self._passages.drawn(texts), self._series.drawn(texts))
        return drawn | {number: cut.line(number, run, x, y) for number, run, x, y in others}

    def _said(self, texts: Texts) -> dict[int, str]:
        return {number: texts.texts[slot] for number, slot in enumerate(self._names, 1)}


def _alone(name: str) -> str:
    """Return a name. Raises UnfitError for a number in its place, and for a space around it.

    A line is as wide as what it shows, so the width of such a space would be unknown.
    """
    if not name or name != name.strip() or is_figure(name):
        raise UnfitError("a number in the place of a name, or a space around one")
    return name


class Shapes:
    """The shapes of a run, those used last kept."""

    def __init__(self, library: Library, day: date | None) -> None:
        self._library, self._day = library, day
        self._models: OrderedDict[Kind, tuple[Agreement, Labels] | None] = OrderedDict()
        self._shapes: OrderedDict[Kind, list[Shape]] = OrderedDict()

    def pdf(self, household: Household, choices: Choices) -> bytes | None:
        """Return a household's sheet; None where it must be made the long way."""
        parts = self.parts(household, choices)
        return b"".join(parts) if parts else None

    def parts(self, household: Household, choices: Choices) -> tuple[bytes, bytes] | None:
        """Do the same, in two parts: the first is one object for many households."""
        try:
            found = self._found(household, choices)
            return found[0].stamp(*found[1:]) if found else None
        except (UnfitError, AgreementError):
            return None

    def cast(self, volume: Volume, household: Household, choices: Choices, even: bool) -> Casting | None:
        """Return what puts a household's sheet into a volume; None where it must be drawn by itself.

        With `even` an empty side makes an odd number of sides even.
        """
        try:
            found = self._found(household, choices)
            return found[0].cast(volume, found[1], even) if found else None
        except (UnfitError, AgreementError):
            return None

    def _found(self, household: Household, choices: Choices) -> tuple[Shape, Texts, str] | None:
        """Return the shape that holds for a household, its names, and the title of its sheet."""
        if any(rule.name for rule in choices.own):
            return None
        kind = kind_of(household, choices, self._library)
        model = self._model(kind, household, choices) if kind else None
        if kind is None or model is None:
            return None
        agreement, labels = model
        texts = self._texts(household, agreement)
        title = titled(agreement.title, texts.texts.get(FAMILY, ""))
        shape = next((one for one in self._shapes.get(kind, ()) if one.holds(texts)), None)
        if shape is None:
            shape = self._cut(kind, household, choices, labels)
            if not shape.holds(texts):
                return None
        return shape, texts, title

    def _model(self, kind: Kind, household: Household, choices: Choices) -> tuple[Agreement, Labels] | None:
        """Return the agreement of tokens in the place of names, and what fields are called in it."""
        if kind in self._models:
            self._models.move_to_end(kind)
            return self._models[kind]
        from agreement.compose import compose

        stand_in = tokens(household)
        try:
            agreement = compose(stand_in, choices, self._library, self._day)
            model = (agreement, Labels(self._laid(agreement, stand_in, choices), stand_in))
        except (UnfitError, AgreementError):
            model = None
        self._models[kind] = model
        self._forget(kind)
        return model

    def _laid(self, agreement: Agreement, household: Household, choices: Choices) -> Document:
        from agreement.make import lay_out_all

        return lay_out_all([agreement], household, choices, library=self._library, date=self._day)

    def _forget(self, kind: Kind) -> None:
        """Forget the kinds that were asked for longest ago, where there are too many; never this one."""
        while len(self._models) > MOST_KINDS or sum(map(len, self._shapes.values())) > MOST_SHAPES:
            oldest = next(iter(self._models))
            if oldest == kind:
                return
            del self._models[oldest]
            self._shapes.pop(oldest, None)

    def _texts(self, household: Household, model: Agreement) -> Texts:
        texts: dict[Slot, str] = {slot: _alone(text) for slot, text in trusted_texts(household, model).items()}
        for side, members in (("child", household.children), ("adult", household.adults)):
            for at, person in enumerate(people([member.name for member in members])):
                if is_numbered(person):
                    raise UnfitError("a number before a name")
                texts[side, at] = _alone(person.name)
                texts["letters", side, at] = person.letters
        if household.family:
            name = " ".join(household.family.split())
            if not name or self._is_called_family(name, model):
                raise UnfitError("a family that says so itself, or nothing")
            texts[FAMILY] = model.family_name.replace(FAMILY_TOKEN, name)
            texts[RUNNING] = running_of(model, texts[FAMILY])
        return Texts(texts)

    def _is_called_family(self, name: str, model: Agreement) -> bool:
        words = {word.casefold() for word in model.say.several("family_names")}
        return bool(words & {word.casefold() for word in name.split()})

    def _cut(self, kind: Kind, household: Household, choices: Choices, labels: Labels) -> Shape:
        """Cut a shape for a household. What it gives does not hang on whose names it was cut for."""
        from agreement.compose import compose
        from agreement.make import meta_of

        agreement = compose(household, choices, self._library, self._day)
        shape = Shape(
            agreement, labels, meta_of(self._day), kind, partial(self._laid, household=household, choices=choices)
        )
        kept = self._shapes.setdefault(kind, [])
        kept.insert(0, shape)
        del kept[MOST_OF_A_KIND:]
        self._forget(kind)
        return shape
