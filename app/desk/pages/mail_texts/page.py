"""Texts of mails by language: read, changed, and written for a stage or a language that has none."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QGridLayout, QWidget

from app.actions import mail
from app.desk.commands import Command, CommandsOf
from app.desk.desk import Desk
from app.desk.page import Crumb
from app.desk.pages.mail_texts.panel import TextPanel
from app.desk.parts.controls import Button
from app.desk.parts.empty import EmptyPage
from app.desk.parts.grouped import GroupedPage
from app.desk.parts.label import Text
from app.desk.parts.long_list import ActionRow
from app.phrases.mail import mail_words
from app.queries.mails import TextRow, TextsShown, texts_shown
from app.words import language_name, tr


class _Row(ActionRow):
    """One text, and the way to change it."""

    def __init__(self, desk: Desk, row: TextRow, edit: Callable[[TextRow], None]) -> None:
        super().__init__()
        self.setProperty("role", "card")
        text = row.text
        grid = QGridLayout(self)
        grid.setContentsMargins(16, 8, 12, 8)
        grid.setHorizontalSpacing(16)
        grid.setVerticalSpacing(2)
        title = mail_words(text.mail)
        title = title[:1].upper() + title[1:]
        if text.stage:
            title = tr("{mail}, after “{stage}”").format(mail=title, stage=text.stage)
        grid.addWidget(Text(title, weight=500, elide=True), 0, 0)
        grid.addWidget(Text(text.subject, "caption", tone="soft", elide=True), 1, 0)
        whose = tr("ours") if row.own else tr("as it comes")
        grid.addWidget(Text(whose, "caption", tone="accent" if row.own else "faint"), 0, 1, 2, 1)
        name = tr("Edit {mail} in {language}").format(mail=title, language=language_name(text.language))
        self.button = Button(tr("Edit…"), name=name, run=partial(edit, row))
        grid.addWidget(self.button, 0, 2, 2, 1, Qt.AlignmentFlag.AlignVCenter)
        grid.setColumnStretch(0, 1)


class MailTextsPage(GroupedPage[TextsShown]):
    """English first, then the other languages by name."""

    def __init__(self, desk: Desk) -> None:
        self._add = Button(tr("Add text…"), "primary", run=partial(self._edit, None))
        self._shown_row: TextRow | None = None
        self.panel = TextPanel(desk.theme)
        super().__init__(desk, EmptyPage(desk.theme, tr("The texts could not be read")), self.panel)
        self.panel.saved.connect(self._save)
        self.panel.drop.clicked.connect(self._drop)

    def breadcrumb(self) -> Sequence[Crumb]:
        """Settings, Texts of mails."""
        return (Crumb(tr("Settings"), "settings"), Crumb(tr("Texts of mails")))

    def top_actions(self) -> Sequence[QWidget]:
        """A further one."""
        return (self._add,)

    def commands(self) -> Sequence[Command]:
        """A further one."""
        command = CommandsOf("mailtexts", tr("Texts of mails"), self.there)
        return (command("add", tr("Add a text"), partial(self._edit, None), "Ctrl+N"),)

    def question(self) -> Callable[[], TextsShown]:
        return partial(texts_shown, self.workspace)

    def fill(self, page: TextsShown) -> None:
        languages = {row.text.language: language_name(row.text.language) for row in page.texts}
        order = sorted(languages, key=lambda code: (code != "en", languages[code]))
        groups = [
            (
                languages[code],
                [partial(_Row, self.desk, row, self._edit) for row in page.texts if row.text.language == code],
            )
            for code in order
        ]
        line = tr("Each candidate gets the text in their language; where there is none, the English one.")
        self.show_groups(tr("Texts of mails"), line, groups)

    def _edit(self, row: TextRow | None) -> None:
        if self.shown is None:
            return
        self._shown_row = row
        self.panel.begin(row, self.shown.stages)
        self.open_panel(self.panel, tr("Text of a mail"))

    def _save(self) -> None:
        further = self._shown_row is None
        action = partial(mail.keep_text, self.workspace, self.panel.value(), further=further)
        self.act_in(self.panel, action, tr("The text is kept."))

    def _drop(self) -> None:
        if self._shown_row is not None:
            self.act_in(self.panel, partial(mail.drop_text, self.workspace, self._shown_row.text))
