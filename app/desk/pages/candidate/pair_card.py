"""Two candidates who may be one person, side by side: what differs is chosen field by field."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout

from app.actions.merge import Merge
from app.desk.parts.controls import Button
from app.desk.parts.fields import Field, FieldSet, FieldType
from app.desk.parts.label import Text
from app.desk.parts.layout import STRETCH, TOP, aligned, row, wide
from app.desk.parts.section import Section
from app.desk.theme import Theme
from app.domain.candidate import CONTACTS, FIELDS, CandidateField
from app.phrases.candidate import fact_text, fact_words
from app.phrases.same_person import why_words
from app.queries.duplicates import OneOfTwo, Pair, TheirOpenOne
from app.words import ntr, tr


class PairCard(Section):
    """The one that was there first stays. `merged` carries what was chosen, `told_apart` the pair, `opened` whom."""

    merged = Signal(object)
    told_apart = Signal(object)
    opened = Signal(int)

    def __init__(self, theme: Theme, pair: Pair) -> None:
        self._pair = pair
        names = (pair.one.facts.name, pair.other.facts.name)
        common = why_words(pair.why)
        super().__init__(
            tr("{one} and {other}").format(one=names[0], other=names[1]),
            note=tr("They have {what}.").format(what=common),
        )
        self.fields = FieldSet(theme, [*self._differing(), *self._both_open()])
        self.fields.set_values({field.key: "one" for field in self._differs()})
        about = " ".join(names)
        self.one_person = Button(
            tr("One person"), "primary", run=self._merge, name=tr("One person: {names}").format(names=about)
        )
        two = tr("Two people: {names}").format(names=about)
        self.two_people = Button(tr("Two people"), run=lambda: self.told_apart.emit(pair), name=two)
        self.add(self._who(pair.one), self._who(pair.other), self.fields)
        self.add(Text(_kept_words(pair), "caption", tone="soft", wrap=True))
        self.add(row(self.one_person, self.two_people, STRETCH, gap=8))

    def _who(self, one: OneOfTwo) -> QHBoxLayout:
        facts = (one.facts.name, one.facts.mail, one.facts.phone, one.facts.now_at)
        number = ntr("{n} application", "{n} applications", one.applications)
        words = " · ".join([*(fact for fact in facts if fact), number])
        name = tr("Open {name}, number {id}").format(name=one.facts.name, id=one.id)
        go = Button(tr("Open"), small=True, name=name, run=lambda: self.opened.emit(one.id))
        return row(wide(Text(words, wrap=True)), aligned(go, TOP), gap=12)

    def _differs(self) -> list[CandidateField]:
        """The fields of which both say something, and not the same."""
        one, other = self._pair.one.facts, self._pair.other.facts
        return [
            field
            for field in FIELDS
            if field.kind not in CONTACTS
            and one.fact(field) != field.open
            and other.fact(field) != field.open
            and one.fact(field) != other.fact(field)
        ]

    def _differing(self) -> list[Field]:
        one, other = self._pair.one.facts, self._pair.other.facts
        return [
            Field(
                field.key,
                fact_words(field).label,
                FieldType.CHOICE,
                required=True,
                marked=False,
                choices=(("one", fact_text(field, one)), ("other", fact_text(field, other))),
            )
            for field in self._differs()
        ]

    def _both_open(self) -> list[Field]:
        return [
            Field(
                f"opening {one.opening}",
                tr("Which application in {code} goes on?").format(code=one.code),
                FieldType.CHOICE,
                required=True,
                help=tr(
                    "The other one is closed as the same person twice; its cards stay, and transcripts that are left "
                    "of it go for good."
                ),
                choices=((one.application, self._stage(one)), (other.application, self._stage(other))),
            )
            for one, other in self._pair.both_open
        ]

    def _stage(self, one: TheirOpenOne) -> str:
        first = one in self._pair.one.open_ones
        words = tr("the first one’s, in {stage}") if first else tr("the second one’s, in {stage}")
        return words.format(stage=one.stage)

    def _merge(self) -> None:
        if not self.fields.check():
            return
        typed = self.fields.values()
        one, other = self._pair.one.facts, self._pair.other.facts
        taken = {name for name, value in typed.items() if value == "other"}
        taken |= {
            field.key
            for field in FIELDS
            if field.kind not in CONTACTS and one.fact(field) == field.open and other.fact(field) != field.open
        }
        going = frozenset(value for value in typed.values() if isinstance(value, int))
        self.merged.emit(Merge(self._pair.one.id, self._pair.other.id, frozenset(taken), going))


def _kept_words(pair: Pair) -> str:
    return ntr(
        "Mails, numbers, links, tags, notes and files of both stay, and so does {n} application.",
        "Mails, numbers, links, tags, notes and files of both stay, and so do {n} applications.",
        pair.one.applications + pair.other.applications,
    )
