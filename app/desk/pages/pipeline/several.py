"""What is done to several applications at once: a line above board or table, with its forms. Each is one step."""

from __future__ import annotations

from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass
from functools import partial

from PySide6.QtWidgets import QFrame

from app.actions import application, many
from app.actions.application import ClosedApplication
from app.desk.commands import Command, CommandsOf
from app.desk.desk import Desk
from app.desk.page import Page
from app.desk.pages.pipeline.board import BoardView
from app.desk.pages.pipeline.table import PipelineTable
from app.desk.parts.controls import Button
from app.desk.parts.drop_menu import DropMenu
from app.desk.parts.flow import flowing
from app.desk.parts.form_panel import Asked, FormPanel
from app.desk.parts.label import Text
from app.desk.parts.layout import row, wide
from app.desk.parts.mail_panel import MailPanel
from app.desk.parts.side_panel import SidePanel
from app.domain.mail import MailKind
from app.domain.pipeline import Outcome
from app.phrases.pipeline import ended_words
from app.queries.pipeline import PipelineChoices, people_of, shared_stages, stages_called
from app.store.change_report import ChangeReport
from app.store.workspace import Workspace
from app.words import ntr, tr

OpenPanel = Callable[[SidePanel, str], None]
_CLOSINGS = (Outcome.REJECTED, Outcome.WITHDRAWN)


@dataclass(frozen=True)
class NamedTags:
    """Tags to put to people, parted by commas."""

    names: str


class ActionBar(QFrame):
    """Shown while somebody is chosen. Each of its buttons acts on all who are."""

    def __init__(self, desk: Desk, page: Page, table: PipelineTable, board: BoardView, open_panel: OpenPanel) -> None:
        super().__init__()
        self._desk, self._page, self._table, self._board = desk, page, table, board
        self._open = open_panel
        self._choices: PipelineChoices | None = None
        self._about: tuple[int, ...] = ()  # whom the form that is open is about
        self.setProperty("role", "notice")
        self._count = Text("", weight=500)
        self._move = Button(tr("Move to…"), small=True, run=self.ask_move)
        self._tag = Button(tr("Tag…"), small=True, run=self.ask_tags)
        self._close = Button(tr("Close…"), small=True, run=self.ask_close)
        self._owner = Button(tr("Owner…"), small=True, run=self.drop_owners)
        mails = Button(tr("Mails…"), small=True, run=self.ask_mails)
        nobody = Button(tr("Choose nobody"), "link", small=True, run=self._choose_nobody)
        buttons = flowing(self._count, self._move, self._tag, self._close, self._owner, mails, nobody, gap=8)
        row(wide(buttons), margins=(12, 6, 12, 6), on=self)
        self.tags = FormPanel(
            desk.theme, tr("Tag"), NamedTags, {"names": Asked(tr("Tags"), help=tr("Several are parted by commas."))}
        )
        self.closing = FormPanel(
            desk.theme,
            tr("Close"),
            ClosedApplication,
            {
                "outcome": Asked(tr("As"), choices=[(one, ended_words(one)) for one in _CLOSINGS]),
                "why": Asked(tr("Reason"), choices=()),
                "reason": Asked(
                    tr("In words"),
                    long=True,
                    help=tr(
                        "For us. Transcripts that are still kept of their interviews are deleted with it, for good."
                    ),
                ),
            },
            save=tr("Close them"),
        )
        self.mail = MailPanel(desk, page)
        self.closing.form.edited.connect(self._offer_reasons)
        self.tags.saved.connect(self._put_tags)
        self.closing.saved.connect(self._close_all)
        table.chose.connect(self._show)
        board.chose.connect(self._show)
        self.hide()

    @property
    def panels(self) -> tuple[SidePanel, ...]:
        """Its forms, which stand beside the page."""
        return (self.tags, self.closing, self.mail)

    def commands(self) -> Sequence[Command]:
        """The same by keys."""
        command = CommandsOf("pipeline", tr("Pipeline"), self.is_some)
        return (
            command("move", tr("Move the chosen ones to a stage"), self.ask_move, "Ctrl+M"),
            command("tag", tr("Tag the chosen ones"), self.ask_tags, "Ctrl+T"),
            command("close", tr("Close the chosen ones with a reason"), self.ask_close, "Ctrl+D"),
            command("mails", tr("Write mails to the chosen ones"), self.ask_mails, "Ctrl+Shift+M"),
            command("owner", tr("Give the chosen ones an owner"), self.drop_owners, "Ctrl+Shift+O"),
        )

    def is_some(self) -> bool:
        """Whether anybody is chosen."""
        return bool(self._shown.chosen())

    @property
    def _shown(self) -> PipelineTable | BoardView:
        """What is in sight."""
        return self._table if self._table.isVisible() else self._board

    def _choose_nobody(self) -> None:
        self._shown.choose_nobody()

    def offer(self, choices: PipelineChoices) -> None:
        """What there is to choose among."""
        self._choices = choices
        self._offer_reasons("outcome")

    def ask_move(self) -> None:
        """Drop the stages that all of them have."""
        chosen = self._shown.chosen()
        self._desk.ask(
            self._page, "stages", partial(shared_stages, self._desk.workspace, chosen), partial(self._drop, chosen)
        )

    def ask_tags(self) -> None:
        """Ask for tags."""
        self._about = self._shown.chosen()
        self.tags.show_value(NamedTags(""))
        self._open(self.tags, ntr("Tag {n} person", "Tag {n} people", len(self._about)))

    def ask_close(self) -> None:
        """Ask how and why they are closed."""
        self.closing.show_value(ClosedApplication(Outcome.REJECTED))
        self._offer_reasons("outcome")
        self._about = self._shown.chosen()
        self._open(self.closing, ntr("Close {n} application", "Close {n} applications", len(self._about)))

    def ask_mails(self) -> None:
        """Ask what mails to them are for."""
        self._ask_mails(self._shown.chosen(), MailKind.INVITATION)

    def _ask_mails(self, chosen: Sequence[int], mail: MailKind) -> None:
        self.mail.ask_for(chosen, mail)
        self._open(self.mail, ntr("Mail to {n} candidate", "Mails to {n} candidates", len(chosen)))

    def drop_owners(self) -> None:
        """Drop the colleagues."""
        chosen, menu = self._shown.chosen(), DropMenu(self._owner)
        menu.offer(tr("The opening’s manager"), partial(self._own, chosen, None, tr("the opening’s manager")))
        for number, name in self._choices.colleagues if self._choices is not None else ():
            menu.offer(name, partial(self._own, chosen, number, name))
        menu.drop()

    def _show(self, count: int) -> None:
        self._count.setText(ntr("{n} chosen", "{n} chosen", count))
        self.setVisible(count > 0)
        if not count:
            for panel in (self.tags, self.closing):
                if not panel.isHidden():
                    panel.close_panel()

    def _drop(self, chosen: Sequence[int], stages: Sequence[str]) -> None:
        menu = DropMenu(self._move)
        for name in stages:
            menu.offer(name, partial(self._move_to, chosen, name))
        if not stages:
            menu.note(tr("Their openings have no stage of the same name."))
        menu.drop()

    def _move_to(self, chosen: Sequence[int], stage: str) -> None:
        said = tr("{count} moved to {stage}.").format(count=_count(chosen), stage=stage)
        self._do(partial(_move, self._desk.workspace, chosen, stage), said)

    def _own(self, chosen: Collection[int], owner: int | None, name: str) -> None:
        said = tr("{name} looks after {count}.").format(name=name, count=_count(chosen))
        self._do(partial(application.give_owner, self._desk.workspace, chosen, owner), said)

    def _put_tags(self) -> None:
        names = [name.strip() for name in self.tags.value().names.split(",") if name.strip()]
        chosen = self._about
        said = tr("{count} tagged.").format(count=_count(chosen))
        self._do(partial(_tag, self._desk.workspace, chosen, names), said, self.tags)

    def _close_all(self) -> None:
        chosen = self._about
        said = tr("{count} closed.").format(count=_count(chosen))
        closed = self.closing.value()
        action = partial(many.close_all, self._desk.workspace, chosen, closed)
        rejected = closed.outcome is Outcome.REJECTED
        then = partial(self._ask_mails, chosen, MailKind.REJECTION) if rejected else None
        self._do(action, said, self.closing, then)

    def _do(
        self,
        action: Callable[[], ChangeReport],
        said: str,
        panel: SidePanel | None = None,
        then: Callable[[], None] | None = None,
    ) -> None:
        def done(report: ChangeReport) -> None:
            if panel is not None:
                panel.close_panel()
            self._desk.say(f"{said} {tr('Ctrl+Z takes it back.')}")
            self._page.changed(report)
            self._shown.setFocus()
            if then is not None:
                then()

        self._desk.write(action, done, self._page, panel.refuse if panel is not None else None)

    def _offer_reasons(self, field: str) -> None:
        if field != "outcome" or self._choices is None:
            return
        outcome = self.closing.form.values()["outcome"] or Outcome.REJECTED
        reasons = [(r.words, r.words) for r in self._choices.reasons if r.outcome == outcome]
        self.closing.offer(why=reasons)


def _count(chosen: Collection[int]) -> str:
    return ntr("{n} application", "{n} applications", len(chosen))


def _move(workspace: Workspace, chosen: Sequence[int], stage: str) -> ChangeReport:
    return many.move_all(workspace, stages_called(workspace, chosen, stage))


def _tag(workspace: Workspace, chosen: Sequence[int], names: Sequence[str]) -> ChangeReport:
    return many.tag_all(workspace, people_of(workspace, chosen), names)
