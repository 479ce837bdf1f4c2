"""In Settings: the reasons that are offered when an application is closed."""

from __future__ import annotations

from PySide6.QtCore import Signal

from app.desk.parts.controls import Button
from app.desk.parts.fields import Field, FieldSet, FieldType
from app.desk.parts.layout import STRETCH, row
from app.desk.parts.section import Section
from app.desk.theme import Theme
from app.domain.pipeline import ClosingReason, Outcome, Side
from app.words import tr

_KINDS = {
    "rejected_ours": (Outcome.REJECTED, Side.OURS),
    "withdrawn_theirs": (Outcome.WITHDRAWN, Side.THEIRS),
    "withdrawn_ours": (Outcome.WITHDRAWN, Side.OURS),
}


class ReasonsCard(Section):
    """One reason a line. `listed` carries all of them, in their order."""

    listed = Signal(object)

    def __init__(self, theme: Theme) -> None:
        super().__init__(
            tr("Reasons of closing"),
            note=tr("One a line. What was closed keeps the reason it was closed for, whatever becomes of the list."),
        )
        self.fields = FieldSet(
            theme,
            [
                Field("rejected_ours", tr("Rejected, our reasons"), FieldType.TEXT),
                Field("withdrawn_theirs", tr("Withdrawn, their reasons"), FieldType.TEXT),
                Field("withdrawn_ours", tr("Withdrawn, our reasons"), FieldType.TEXT),
            ],
        )
        self.keep = Button(tr("Keep the list"), run=self._keep)
        self._shown: tuple[ClosingReason, ...] = ()
        self.add(self.fields, row(self.keep, STRETCH))

    def show_reasons(self, reasons: tuple[ClosingReason, ...]) -> None:
        """Show the list, unless it is the one that is shown: what is being typed stays."""
        if reasons != self._shown:
            self._shown = reasons
            self.fields.set_values(
                {
                    name: "\n".join(r.words for r in reasons if (r.outcome, r.side) == kind)
                    for name, kind in _KINDS.items()
                }
            )

    def _keep(self) -> None:
        typed = self.fields.values()
        listed = [
            ClosingReason(outcome, side, line.strip())
            for name, (outcome, side) in _KINDS.items()
            for line in str(typed[name] or "").splitlines()
            if line.strip()
        ]
        others = [r for r in self._shown if (r.outcome, r.side) not in _KINDS.values()]
        self.listed.emit((*listed, *others))
