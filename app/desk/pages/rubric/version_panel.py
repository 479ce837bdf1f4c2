"""Before a draft is made a version: what changed against the one it follows, and the reason."""

from __future__ import annotations

from PySide6.QtWidgets import QWidget

from app.desk.parts.fields import Field, FieldSet, FieldType
from app.desk.parts.label import Text, line_across
from app.desk.parts.layout import column, holder
from app.desk.parts.section import fill
from app.desk.parts.side_panel import SidePanel
from app.desk.theme import Theme
from app.domain.rubric_diff import RubricChange
from app.phrases.rubric_draft import change_words
from app.queries.rubric_draft import DraftView
from app.words import ntr, tr

_SHOWN = 60  # changes told one by one


class VersionPanel(SidePanel):
    """Asks for the reason, which the first version of a rubric needs none of."""

    def __init__(self, theme: Theme) -> None:
        self.fields = FieldSet(theme, [Field("reason", tr("Why it changes"), FieldType.TEXT)])
        self._note = Text("", tone="soft", wrap=True)
        self._changes = column(gap=6)
        content = holder(column(self._note, self.fields, self._changes, gap=12))
        super().__init__(theme, tr("Make it a version"), content, save=tr("Make it a version"))

    @property
    def reason(self) -> str:
        """What was written."""
        return str(self.fields.values()["reason"] or "")

    def show_draft(self, view: DraftView) -> None:
        """Show what changed."""
        self.fields.set_values({"reason": ""})
        self.fields.setVisible(bool(view.base))
        said = tr("A version never changes. Openings stay on theirs until somebody moves them.")
        if view.base:
            count = ntr("{n} change", "{n} changes", len(view.changes))
            said = tr("{count} against {base}. {said}").format(count=count, base=view.base, said=said)
        self._note.setText(said)
        fill(self._changes, [_line(change) for change in view.changes[:_SHOWN]])


def _line(change: RubricChange) -> QWidget:
    lines: list[QWidget] = [line_across(), Text(change_words(change.place), "caption", weight=500, tone="soft")]
    if change.before:
        lines.append(Text(tr("before: {words}").format(words=change.before), wrap=True, tone="faint"))
    lines.append(Text(change.after or tr("left out"), wrap=True))
    return holder(column(*lines, gap=3))
