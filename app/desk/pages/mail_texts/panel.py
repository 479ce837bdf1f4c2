"""The form of a mail's text: what it is for, after which stage, in which language, and its words."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtWidgets import QPlainTextEdit

from app.desk.parts.controls import Button
from app.desk.parts.fields import Field, FieldSet, FieldType
from app.desk.parts.label import Text
from app.desk.parts.layout import LEFT, aligned, column, holder
from app.desk.parts.side_panel import SidePanel
from app.desk.theme import Theme
from app.domain.candidate import LANGUAGES
from app.domain.mail import PLACES, MailKind, MailText
from app.phrases.mail import fault_words, mail_words
from app.queries.mails import TextRow
from app.words import language_name, tr

_HIGH = 300  # px at ordinary text size


class TextPanel(SidePanel):
    """`saved` says that it is filled in; `value` then has the text. `drop` is the way back to the program's own."""

    def __init__(self, theme: Theme) -> None:
        languages = sorted(((code, language_name(code)) for code in LANGUAGES), key=lambda one: one[1])
        self.form = FieldSet(
            theme,
            [
                Field(
                    "mail",
                    tr("What it is for"),
                    FieldType.CHOICE,
                    required=True,
                    choices=[(str(kind), mail_words(kind)) for kind in MailKind],
                ),
                Field("stage", tr("After the stage"), FieldType.CHOICE, help=tr("Left open, after any.")),
                Field("language", tr("Language"), FieldType.CHOICE, required=True, choices=languages),
                Field("subject", tr("Subject"), required=True),
            ],
        )
        self.body = QPlainTextEdit()
        self.body.setAccessibleName(tr("Text of the mail"))
        self.body.setTabChangesFocus(True)
        self.note = Text("", "caption", tone="soft", wrap=True)
        self.drop = Button(tr("Take the program’s text again"), "link", small=True)
        label = Text(tr("Text"), "caption", weight=500, tone="soft")
        content = holder(
            column(self.form, column(label, self.body, self.note, aligned(self.drop, LEFT), gap=4), gap=12)
        )
        super().__init__(theme, tr("Text of a mail"), content)
        self._text_theme = theme
        self.body.textChanged.connect(self._show_fault)
        self.form.edited.connect(self._show_fault)
        theme.changed.connect(self._measure)
        self._measure()

    @property
    def checked_form(self) -> FieldSet:
        """What is checked before it is saved."""
        return self.form

    def begin(self, row: TextRow | None, stages: Sequence[str]) -> None:
        """Change a text, or write a further one."""
        held = row.text.stage if row is not None else ""
        known = [*stages, *([held] if held and held not in stages else [])]
        self.form.set_choices("stage", [(stage, stage) for stage in known])
        text = row.text if row is not None else MailText(MailKind.REJECTION, "", "en", "", "")
        self.form.set_values(
            {"mail": str(text.mail), "stage": text.stage or None, "language": text.language, "subject": text.subject}
        )
        for name in ("mail", "stage", "language"):
            self.form.input(name).setEnabled(row is None)
        self.body.setPlainText(text.body)
        self.drop.setVisible(row is not None and row.own)

    def value(self) -> MailText:
        """What is typed."""
        typed = self.form.values()
        stage = typed["stage"] or ""
        return MailText(MailKind(typed["mail"]), stage, typed["language"], typed["subject"], self.body.toPlainText())

    def _show_fault(self, _field: str = "") -> None:
        faults = self.value().faults
        self.note.set_tone("bad" if faults else "soft")
        may = tr("These are filled in: {names}. No score, and nothing of a card, can stand in a mail.")
        names = ", ".join("{" + name + "}" for name in PLACES)
        self.note.setText(fault_words(faults) if faults else may.format(names=names))

    def _measure(self) -> None:
        self.body.setMinimumHeight(self._text_theme.px(_HIGH))
