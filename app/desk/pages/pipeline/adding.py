"""Adding a candidate by a form beside the pipeline."""

from __future__ import annotations

from functools import partial
from typing import Any

from PySide6.QtCore import Signal

from app.actions import candidate
from app.actions.candidate import NewCandidate
from app.desk.desk import Desk
from app.desk.parts.fields import Field, FieldSet, FieldType
from app.desk.parts.side_panel import SidePanel
from app.domain.candidate import FIELDS, CandidateField, FactKind, filled
from app.phrases.candidate import choice_words, fact_words
from app.phrases.same_person import why_words
from app.queries.duplicates import Pair, likely_twins
from app.words import tr


class AddPanel(SidePanel):
    """`added` says that somebody is in the pipeline now."""

    added = Signal()

    def __init__(self, desk: Desk) -> None:
        self._desk = desk
        self._opening: int | None = None
        self.form = FieldSet(desk.theme, [_field(fact) for fact in FIELDS])
        super().__init__(desk.theme, tr("Add candidate"), self.form, save=tr("Add"))
        self.saved.connect(self._add)

    def begin(self, opening: int | None) -> None:
        """Empty, for somebody who applies in this opening."""
        self._opening = opening
        self.form.set_values(dict.fromkeys(self.form.values()))

    def _add(self) -> None:
        facts = NewCandidate(**filled(self.form.values()), applied_on=self._desk.workspace.today())

        def done(changed: Any) -> None:
            self.close_panel()
            self._desk.say(tr("{name} is in the pipeline.").format(name=facts.name))
            self.added.emit()
            twins = partial(likely_twins, self._desk.workspace, changed.subject)
            self._desk.work.ask(self, "twins", twins, self._say_twice)

        self._desk.write(partial(candidate.add, self._desk.workspace, facts, self._opening), done, self, self.refuse)

    def _say_twice(self, pairs: tuple[Pair, ...]) -> None:
        """Somebody who may be there already is named at once; a person says whether they are one."""
        if pairs:
            known = pairs[0].one  # the one that was there first
            self._desk.say(
                tr("{name} is in the pipeline, perhaps twice: they have {what}.").format(
                    name=known.facts.name, what=why_words(pairs[0].why)
                ),
                tr("“Same person twice” (Ctrl+K) makes them one."),
            )


def _field(fact: CandidateField) -> Field:
    words = fact_words(fact)
    kind = {FactKind.DAY: FieldType.DATE, FactKind.CHOICE: FieldType.CHOICE}.get(fact.kind, FieldType.LINE)
    choices = [(choice, choice_words(fact, choice)) for choice in fact.choices if choice != fact.open]
    return Field(fact.key, words.label, kind, fact.required, words.help, choices, words.hint)
