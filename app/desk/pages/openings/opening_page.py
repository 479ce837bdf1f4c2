"""One opening: facts, pay, description, stages, and how it ends."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import partial

from PySide6.QtWidgets import QWidget

from app.actions import opening, opening_closing, opening_job, stages
from app.actions.opening_closing import OpeningClosed
from app.desk.commands import Command, CommandsOf
from app.desk.desk import Desk
from app.desk.page import Crumb
from app.desk.pages.openings.description import DescriptionCard
from app.desk.pages.openings.facts import ClosingsCard, FactsCard, PayCard, PayPanel
from app.desk.pages.openings.form import OpeningPanel
from app.desk.pages.openings.stages import StagesCard
from app.desk.parts.controls import Button
from app.desk.parts.empty import EmptyPage
from app.desk.parts.file_bar import FileBar
from app.desk.parts.file_dialog import ask_where
from app.desk.parts.form_panel import Asked, FormPanel
from app.desk.parts.label import Text
from app.desk.parts.layout import STRETCH, column, holder, wide
from app.desk.parts.subject_page import SubjectPage
from app.desk.parts.two_columns import TwoColumns
from app.domain.pipeline import OpeningEnd
from app.packets.printables import JOB
from app.queries.opening_choices import OpeningChoices, StagesByName, opening_choices
from app.queries.openings import OpeningView, StageLine, opening_view
from app.words import ntr, tr


@dataclass(frozen=True)
class _Named:
    """What something is to be called."""

    name: str


class OpeningPage(SubjectPage[OpeningView]):
    """`arrived(id=…)` shows an opening."""

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk)
        theme = desk.theme
        self._choices: OpeningChoices | None = None
        self._naming: StageLine | None = None
        self._people = Button(tr("Pipeline"), run=self._go_people)
        self._end = Button(tr("Close…"), run=self._ask_end)
        self.name = Text("", "title", wrap=True)
        self.line = Text("", tone="soft", wrap=True)
        self.state = Button("", "link", run=self._ask_end)
        self.bar = FileBar(desk)
        self.description, self.stages = DescriptionCard(theme), StagesCard(theme)
        self.facts, self.pay, self.closings = FactsCard(), PayCard(), ClosingsCard()
        self.job, self.pay_panel = OpeningPanel(theme), PayPanel(theme)
        self.naming = FormPanel(theme, tr("Name"), _Named, {"name": Asked(tr("Name"))})
        self.left_over = Text("", tone="soft", wrap=True)
        ends = [(OpeningEnd.FILLED, tr("everybody is found")), (OpeningEnd.CANCELLED, tr("it is given up"))]
        self.ending = FormPanel(
            theme,
            tr("Close the opening"),
            OpeningClosed,
            {
                "how": Asked(tr("Why it is closed"), choices=ends),
                "on": Asked(tr("On")),
                "reason": Asked(tr("In words"), long=True, help=tr("Needed where it is given up.")),
            },
            over=self.left_over,
            save=tr("Close it"),
        )
        self._connect()
        empty = EmptyPage(
            theme,
            tr("No opening is shown"),
            tr("Choose one from the list."),
            tr("To the openings"),
            partial(desk.go, "openings"),
        )
        self.lay_out(self._content(), empty, self.job, self.pay_panel, self.naming, self.ending)

    def _content(self) -> QWidget:
        right = column(self.facts, self.pay, self.stages, self.closings, STRETCH, gap=16)
        self._columns = TwoColumns(self.desk.theme, column(self.description, STRETCH, gap=16), right)
        head = column(self.name, self.line, self.state, gap=2)
        content = holder(column(head, self.bar, wide(self._columns), gap=14, margins=(20, 16, 20, 20)))
        return self._columns.scroll(content)

    def _connect(self) -> None:
        self.facts.edited.connect(self._ask_facts)
        self.facts.planned.connect(self._go_plan)
        self.job.complete.connect(self._save_facts)
        self.pay.edited.connect(self._ask_pay)
        self.pay_panel.saved.connect(self._save_pay)
        self.description.typed.connect(partial(self._describe, typing=True))
        self.description.finished.connect(partial(self._describe, typing=False))
        self.description.printed.connect(self._ask_pdf)
        self.description.copied.connect(self._say_copied)
        self.stages.added.connect(self._add_stage)
        self.stages.renamed.connect(self._ask_name)
        self.stages.moved.connect(self._move_stage)
        self.stages.removed.connect(self._remove_stage)
        self.stages.kept.connect(partial(self._ask_name, None))
        self.stages.taken.connect(self._take_stages)
        self.stages.let_go.connect(self._let_go_of)
        self.naming.saved.connect(self._save_name)
        self.ending.saved.connect(self._save_end)

    def breadcrumb(self) -> Sequence[Crumb]:
        """Openings, the one."""
        last = self.shown.line.row.code if self.shown is not None else tr("Opening")
        return (Crumb(tr("Hire")), Crumb(tr("Openings"), "openings"), Crumb(last))

    def top_actions(self) -> Sequence[QWidget]:
        """Its people, and closing it."""
        return (self._people, self._end) if self.there() else ()

    def commands(self) -> Sequence[Command]:
        """What can be done with an opening."""
        command = CommandsOf("opening", tr("Opening"), self.there)
        return (
            command("edit", tr("Edit the opening’s facts"), self._ask_facts, "Ctrl+E"),
            command("pay", tr("Edit the pay range"), self._ask_pay),
            command("write", tr("Write the job description"), self.description.begin),
            command("pdf", tr("Job description as PDF"), self._ask_pdf, "Ctrl+Shift+P"),
            command("people", tr("To its pipeline"), self._go_people),
            command("plan", tr("To its interview plan"), self._go_plan),
            command("close", tr("Close the opening, or take it up again"), self._ask_end),
        )

    def panes(self) -> Sequence[QWidget]:
        """Description, facts, pay, stages, and a form while it is open."""
        forms = (panel for panel in self.panels if not panel.isHidden())
        return (self.description, self.facts, self.pay, self.stages, *forms)

    # What is shown

    def query(self, subject: int) -> Callable[[], OpeningView]:
        """The opening."""
        return partial(opening_view, self.workspace, subject)

    def query_beside(self, subject: int) -> None:
        """What its forms offer."""
        self.desk.ask(self, "choices", partial(opening_choices, self.workspace), self._take_choices)

    def fill(self, page: OpeningView) -> None:
        """Every card."""
        line = page.line
        self.name.setText(line.row.role)
        active = ntr("one open application", "{n} open applications", line.row.active)
        self.line.setText(f"{line.row.code} · {line.row.level} · {line.seats} · {active} · {line.waits}")
        self._show_state(page)
        self.description.show_description(page)
        self.facts.show_facts(page)
        self.pay.show_pay(page.pay)
        self.closings.show_closings(page.closings)
        self.stages.show_stages(page.stages, self._choices.templates if self._choices is not None else ())

    def _show_state(self, page: OpeningView) -> None:
        closing = page.line.closing
        words = tr("Every seat is filled: close the opening…") if page.line.full else ""
        if closing is not None:
            said = closing.words
            words = tr("{closed}. Take it up again").format(closed=said[:1].upper() + said[1:])
        self.state.set_words(words)
        self.state.setVisible(bool(words))
        self._end.set_words(tr("Close…") if closing is None else tr("Take up again"))

    def _take_choices(self, choices: OpeningChoices) -> None:
        self._choices = choices
        if self.shown is not None:
            self.stages.show_stages(self.shown.stages, choices.templates)

    def flush(self) -> None:
        """Save what is being typed."""
        self.description.save_now()

    def left(self) -> None:
        """Save and finish it."""
        self.description.finish_now()

    def put_away(self) -> None:
        """The next one begins at its top."""
        self._columns.to_top()

    # What is done

    def _ask_facts(self) -> None:
        if self.shown is not None and self._choices is not None:
            self.job.fill(self.shown, self._choices)
            self.open_panel(self.job, tr("Edit {code}").format(code=self.shown.line.row.code))
            self.job.form.facts.focus_first()

    def _save_facts(self) -> None:
        if self.shown is not None:
            values, must_have = self.job.form.values(), self.job.form.must_have()
            self.act_in(self.job, partial(opening.edit, self.workspace, self.shown.id, **values, must_have=must_have))

    def _ask_pay(self) -> None:
        if self.shown is not None:
            self.pay_panel.show_pay(self.shown.pay)
            self.open_panel(self.pay_panel, tr("Pay range of {code}").format(code=self.shown.line.row.code))
            self.pay_panel.form.focus_first()

    def _save_pay(self) -> None:
        if self.shown is not None:
            typed, subject = self.pay_panel.value(), self.shown.id
            self.act_in(self.pay_panel, lambda: opening_job.set_pay(self.workspace, subject, typed.read()))

    def _describe(self, text: str, *, typing: bool) -> None:
        if self.subject is not None:
            self.act(partial(opening_job.describe, self.workspace, self.subject, text, typing=typing))

    def _say_copied(self) -> None:
        self.desk.say(tr("The job description is in the clipboard."))

    def _ask_pdf(self) -> None:
        page = self.shown
        if page is None or self.bar.busy:
            return
        self.flush()
        words = tr("Making the job description of {code}").format(code=page.line.row.code)
        name = tr("{role}, job description.pdf").format(role=page.line.row.role)
        ask_where(self, JOB.title, name, partial(self.bar.print_one, JOB, page.id, words))

    def _add_stage(self, name: str) -> None:
        if self.subject is not None:
            self.act(partial(stages.add_stage, self.workspace, self.subject, name))

    def _move_stage(self, stage: StageLine, by: int) -> None:
        said = tr("Reports read the stages in this order, of the past too.") if stage.used else ""
        self.act(partial(stages.move_stage, self.workspace, stage.id, by), said=said)

    def _remove_stage(self, stage: StageLine) -> None:
        self.act(partial(stages.remove_stage, self.workspace, stage.id))

    def _take_stages(self, kept: StagesByName) -> None:
        if self.subject is not None:
            self.act(partial(stages.use_stages, self.workspace, self.subject, kept.stages))

    def _let_go_of(self, kept: StagesByName) -> None:
        self.act(partial(stages.remove_template, self.workspace, kept.id))

    def _ask_name(self, stage: StageLine | None) -> None:
        """A name for a stage, or for all of them as a template."""
        self._naming = stage
        self.naming.show_value(_Named(stage.name if stage is not None else ""))
        title = tr("Rename {stage}").format(stage=stage.name) if stage is not None else tr("Keep the stages as")
        self.open_panel(self.naming, title)
        self.naming.form.focus_first()

    def _save_name(self) -> None:
        if self.shown is None:
            return
        name = self.naming.value().name
        if self._naming is not None:
            self.act_in(self.naming, partial(stages.rename_stage, self.workspace, self._naming.id, name))
        else:
            names = [stage.name for stage in self.shown.stages]
            self.act_in(self.naming, partial(stages.keep_template, self.workspace, name, names))

    def _ask_end(self) -> None:
        """Close it, or take it up again where it is closed."""
        page = self.shown
        if page is None:
            return
        if page.line.closing is not None:
            said = tr("{code} is open again.").format(code=page.line.row.code)
            self.act(partial(opening_closing.take_up, self.workspace, page.id), said=said)
            return
        how = OpeningEnd.FILLED if page.line.hired >= page.line.row.seats else OpeningEnd.CANCELLED
        self.ending.show_value(OpeningClosed(how, self.workspace.today()))
        self.left_over.setText(_left_over(page))
        self.left_over.setVisible(bool(self.left_over.text()))
        self.open_panel(self.ending, tr("Close {code}").format(code=page.line.row.code))
        self.ending.form.focus_first()

    def _save_end(self) -> None:
        if self.shown is not None:
            said = tr("{code} is closed. Ctrl+Z or “Take up again” brings it back.")
            action = partial(opening_closing.close, self.workspace, self.shown.id, self.ending.value())
            self.act_in(self.ending, action, said.format(code=self.shown.line.row.code))

    def _go_people(self) -> None:
        self.desk.go("pipeline", opening=self.subject)

    def _go_plan(self) -> None:
        self.desk.go("plan", opening=self.subject)


def _left_over(page: OpeningView) -> str:
    """What closing it leaves as it is."""
    line, words = page.line, []
    if line.row.active:
        words.append(
            ntr(
                "One application is still open in it, and stays: close it with a reason of its own.",
                "{n} applications are still open in it, and stay: close each with a reason of its own.",
                line.row.active,
            )
        )
    if 0 < line.hired < line.row.seats:
        words.append(tr("{hired} of {seats} seats are filled.").format(hired=line.hired, seats=line.row.seats))
    return " ".join(words)
