"""Mails to candidates beside a page: what they are for, how the first one reads, and where the drafts go."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QFrame

from app.desk.desk import Desk
from app.desk.page import Page
from app.desk.parts.fields import Field, FieldSet, FieldType
from app.desk.parts.file_dialog import ask_folder, ask_where
from app.desk.parts.label import Text
from app.desk.parts.layout import column, holder
from app.desk.parts.side_panel import SidePanel
from app.domain.mail import MailKind
from app.phrases.mail import mail_words
from app.store.change_report import ChangeReport
from app.words import language_name, ntr, tr

if TYPE_CHECKING:
    from app.queries.mails import MailReady

_SHOWN = 5
"""Of those that can't be written, so many are named with why."""


class MailPanel(SidePanel):
    """Asks what a mail is for, shows the first as it will be, and writes one draft or a folder of them."""

    def __init__(self, desk: Desk, owner: Page) -> None:
        self.form = FieldSet(
            desk.theme,
            [
                Field(
                    "mail",
                    tr("What it is for"),
                    FieldType.CHOICE,
                    required=True,
                    marked=False,
                    choices=[(str(kind), mail_words(kind)) for kind in MailKind],
                )
            ],
        )
        self.count, self.lacks = Text("", tone="soft", wrap=True), Text("", tone="warn", wrap=True)
        self.to, self.subject = Text("", "caption", tone="soft", wrap=True), Text("", weight=600, wrap=True)
        self.body = Text("", wrap=True, selectable=True)
        self.preview = QFrame()
        self.preview.setProperty("role", "sunken")
        column(self.to, self.subject, self.body, gap=8, margins=(14, 12, 14, 12), on=self.preview)
        content = holder(column(self.form, self.count, self.lacks, self.preview, gap=12))
        super().__init__(desk.theme, tr("Mail"), content, save=tr("Write the draft…"))
        self._desk, self._owner = desk, owner
        self._applications: Sequence[int] = ()
        self._mails: tuple[MailReady, ...] = ()
        self.form.edited.connect(self._ask)
        self.saved.connect(self._write)
        desk.changed.connect(self._ask_again)

    @property
    def checked_form(self) -> FieldSet:
        """The choice."""
        return self.form

    def ask_for(self, applications: Sequence[int], mail: MailKind) -> None:
        """Mails to these, at first of this kind."""
        self._applications = applications
        self.form.set_values({"mail": str(mail)})
        self._ask()

    def _ask(self, _field: str = "") -> None:
        self._mails = ()
        self._show()
        self._read()

    def _ask_again(self, _report: ChangeReport) -> None:
        """Something changed beside it: what is shown is what will be written."""
        if not self.isHidden():
            self._read()

    def _read(self) -> None:
        from app.queries.mails import mails_for  # noqa: PLC0415  (what writes mails is no part of a start)

        mail = MailKind(self.form.values()["mail"])
        query = partial(mails_for, self._desk.workspace, self._applications, mail)
        self._desk.work.ask(self._owner, "mails", query, self._take)

    def _take(self, mails: tuple[MailReady, ...]) -> None:
        self._mails = mails
        self._show()

    def _show(self) -> None:
        ready = [one for one in self._mails if one.written is not None]
        lacking = [one for one in self._mails if one.written is None]
        self.count.say(_count(ready) if self._mails else "")
        self.lacks.say("\n".join(_lack_lines(lacking)))
        self.preview.setVisible(bool(ready))
        self.save_button.setEnabled(bool(ready))
        self.save_button.set_words(
            tr("Write the draft…") if len(ready) < 2 else tr("Write {n} drafts…").format(n=len(ready))
        )
        if ready and ready[0].written is not None:
            first = ready[0]
            to = (
                f"{first.name} <{first.address}>" if first.address else tr("{name}: no address").format(name=first.name)
            )
            self.to.setText(tr("To {who}").format(who=to))
            self.subject.setText(ready[0].written.subject)
            self.body.setText(ready[0].written.body.strip())

    def _write(self) -> None:
        from app.exchange.candidate_mails import file_name, write_into, write_one  # noqa: PLC0415

        ready = [one for one in self._mails if one.written is not None]
        workspace = self._desk.workspace
        if len(ready) == 1:
            one = ready[0]

            def save(target: Path) -> None:
                self._do(partial(write_one, workspace, one, target), tr("The draft is in {path}.").format(path=target))

            ask_where(self, tr("Mail draft"), file_name(one), save, suffix="eml")
        elif ready:

            def save_all(folder: Path) -> None:
                said = ntr("{n} draft is in", "{n} drafts are in", len(ready))
                self._do(partial(write_into, workspace, ready, folder), f"{said} {folder}.")

            ask_folder(self, tr("Folder for the drafts"), save_all)

    def _do(self, action: Callable[[], ChangeReport], said: str) -> None:
        def done(_report: ChangeReport) -> None:
            self.close_panel()
            self._desk.say(said, tr("Nothing is sent from here: open them in your mail program."))

        self._desk.write(action, done, self, self.refuse)


def _count(ready: Sequence[MailReady]) -> str:
    """How many there are, and in which languages where that says something."""
    languages = list(dict.fromkeys(one.language for one in ready))
    words = ntr("{n} mail", "{n} mails", len(ready))
    if ready and (len(languages) > 1 or languages != ["en"]):
        words = tr("{mails}, in {languages}").format(mails=words, languages=", ".join(map(language_name, languages)))
    other = list(dict.fromkeys(one.wanted for one in ready if one.wanted != one.language))
    if other:
        no_text = tr("There is no text in {languages}: English is taken.")
        words = f"{words}. {no_text.format(languages=', '.join(map(language_name, other)))}"
    without = sum(not one.address for one in ready)
    if without:
        words = f"{words}. {ntr('{n} has no address.', '{n} have no address.', without)}"
    return words


def _lack_lines(lacking: Sequence[MailReady]) -> list[str]:
    lines = [tr("Not to {name}: {why}.").format(name=one.name, why=one.why.rstrip(".")) for one in lacking[:_SHOWN]]
    if len(lacking) > _SHOWN:
        lines.append(ntr("Not to {n} more.", "Not to {n} more.", len(lacking) - _SHOWN))
    return lines
