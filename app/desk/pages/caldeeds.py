"""What a person does in a calibration: prepares, begins, votes, records, closes, reopens, takes files out and in."""

from __future__ import annotations

from collections.abc import Mapping
from functools import partial
from typing import TYPE_CHECKING

from app.actions import assessment, cycle
from app.actions.cycle import NewCycle
from app.desk.fields import Field, FieldSet
from app.desk.fields import Kind as FieldKind
from app.desk.panel import confirm
from app.domain.readiness import Readiness
from app.phrases import outcome_word
from app.queries.cycle import CycleMember
from app.readiness_phrases import readiness_word
from app.words import ntr, tr

if TYPE_CHECKING:
    from app.desk.pages.calibration import CalibrationPage


class CalibrationDeeds:
    """Asks and writes for one page."""

    def __init__(self, page: CalibrationPage) -> None:
        self._page = page
        self._desk = page.desk
        self.form = FieldSet(
            page.desk.theme,
            [
                Field("name", tr("Name"), required=True, hint=tr("Spring 2026")),
                Field("window_from", tr("Evidence from"), FieldKind.DATE, required=True),
                Field("window_to", tr("to"), FieldKind.DATE, required=True),
            ],
        )

    # Preparing

    def open_form(self) -> None:
        """Open the form of a new one; its evidence is of the year before today."""
        today = self._desk.workspace.today()
        from_ = today.replace(year=today.year - 1) if (today.month, today.day) != (2, 29) else today.replace(
            year=today.year - 1, day=28
        )  # fmt: skip
        self.form.set_values({"name": "", "window_from": from_, "window_to": today})
        self._page.panel.open_panel()

    def save_form(self) -> None:
        """Prepare it."""
        values = self.form.values()

        def done(changed: object) -> None:
            self._page.panel.close_panel()
            self._page.arrived(id=getattr(changed, "subject", None))

        new = NewCycle(values["name"], values["window_from"], values["window_to"])
        self._desk.write(partial(cycle.add, self._desk.workspace, new), done, self._page, self._page.panel.refuse)

    def propose(self, member: int, level: str, anchor: bool) -> None:
        """Propose a level for a member."""
        page = self._page
        assert page.cycle is not None
        page.write(partial(cycle.propose, self._desk.workspace, page.cycle, member, level, anchor=anchor))

    def ask_rater(self, member: int, rater: int) -> None:
        """Ask somebody for an assessment."""
        page = self._page
        page.write(partial(assessment.ask, self._desk.workspace, member, rater, page.cycle))

    def excuse(self, row: int) -> None:
        """Take back that somebody was asked."""
        self._page.write(partial(assessment.excuse, self._desk.workspace, row))

    def take_out(self, proposal: int) -> None:
        """Take a member out."""
        self._page.proposal = None
        self._page.write(partial(cycle.take_out, self._desk.workspace, proposal))

    # The session

    def ask_begin(self) -> None:
        """Ask once; what is still sealed takes a reason."""
        page = self._page.shown
        if page is None:
            return
        due = page.due
        sentence = tr("What comes in from now on counts as a later score. Both are kept.")
        if due:
            still = ntr("{n} assessment is still due.", "{n} assessments are still due.", due)
            sentence = f"{still} {sentence}"
        confirm(
            self._desk.theme, self._page, tr("Begin the session?"), sentence, tr("Begin"),
            lambda reason: self._page.write(partial(cycle.start, self._desk.workspace, page.id, reason)),
            reason=tr("Why begin without them?") if due else "",
        )  # fmt: skip

    def vote(self, scores: Mapping[int, int | None], whys: Mapping[int, str]) -> None:
        """Keep second scores; taken again, they need a reason."""
        one, dimension = self._page.one, self._page.dimension
        if one is None or one.judged is None or dimension is None:
            return

        def record(reason: str) -> None:
            self._page.write(
                partial(cycle.vote, self._desk.workspace, one.proposal, dimension, scores, whys, reason),
                lambda _changed: self._page.cell.taken(),
            )

        if one.judged.vote(dimension) is None:
            record("")
            return
        confirm(
            self._desk.theme, self._page, tr("Take second scores again?"),
            tr("The ones before stay in the file beside these."), tr("Keep these"), record,
            reason=tr("Why are they taken again?"),
        )  # fmt: skip

    def ask_record(self) -> None:
        """Say what will be recorded, record it, and go on."""
        one = self._page.one
        if one is None:
            return
        outcome, reason, dissents, change = self._page.session.form.values

        def done(_changed: object) -> None:
            self._desk.say(tr("The outcome for {name} is recorded.").format(name=one.name))
            self._page.proposal = None

        confirm(
            self._desk.theme, self._page,
            tr("{name}: {outcome}").format(name=one.name, outcome=outcome_word(outcome)),
            tr("Corrected later only by a new entry with its reason. The level itself changes on the member’s page."),
            tr("Record it"),
            lambda _reason: self._page.write(
                partial(cycle.decide, self._desk.workspace, one.proposal, outcome, reason, dissents, change), done
            ),
        )  # fmt: skip

    def talked_again(self) -> None:
        """The second look at one of the first two is done."""
        one = self._page.one
        if one is None:
            return

        def done(_changed: object) -> None:
            self._page.proposal = None

        self._page.write(partial(cycle.talked, self._desk.workspace, one.proposal, again=True), done)

    def ask_close(self) -> None:
        """Ask once."""
        page = self._page.shown
        if page is not None:
            confirm(
                self._desk.theme, self._page, tr("Close {name}?").format(name=page.name),
                tr("Nothing of it can be changed then. Reopening takes a reason and stays in the history."),
                tr("Close it"),
                lambda _reason: self._page.write(partial(cycle.close, self._desk.workspace, page.id)),
            )  # fmt: skip

    def ask_reopen(self) -> None:
        """Ask for the reason."""
        page = self._page.shown
        if page is not None:
            confirm(
                self._desk.theme, self._page, tr("Reopen {name}?").format(name=page.name),
                tr("That it was reopened, and why, stays in the history."), tr("Reopen"),
                lambda reason: self._page.write(partial(cycle.reopen, self._desk.workspace, page.id, reason)),
                reason=tr("What has to be corrected?"),
            )  # fmt: skip

    def outcome_words(self, one: CycleMember | None) -> str:
        """What was decided on a member of a closed calibration."""
        held = one.outcome if one is not None else None
        if one is None or held is None:
            return ""
        lines = [tr("{name}: {outcome}").format(name=one.name, outcome=outcome_word(held.outcome)), held.reason]
        lines += [tr("{name} dissents: {text}").format(name=name, text=text) for name, text in held.dissents]
        return "\n".join(lines)

    def show_distribution(self) -> None:
        """As information: nothing follows from it, and nothing is forced."""
        page = self._page.shown
        if page is not None and page.distribution is not None:
            words = ", ".join(f"{readiness_word(Readiness(w))} {n}" for w, n in page.distribution)
            self._desk.say(tr("{words}, of {n}. Nothing follows from it.").format(words=words, n=len(page.members)))
