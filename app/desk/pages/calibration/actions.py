"""What a person does in a calibration: prepares, begins, votes, records, closes, reopens, takes files out and in."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import partial

from app.actions import assessment_request, calibration, calibration_session, member, work_story
from app.actions.assessment_request import DueDay
from app.actions.calibration import NewCalibration, NewProposal
from app.actions.calibration_session import AnotherDay
from app.desk.pages.calibration.cell import CellPane
from app.desk.pages.calibration.many_panel import ManyPanel
from app.desk.pages.calibration.session import OutcomeForm
from app.desk.pages.calibration.talked_about import TalkedAbout
from app.desk.parts.form_panel import Asked, FormPanel
from app.desk.parts.rater_relation import relate
from app.desk.parts.subject_page import SubjectPage
from app.desk.theme import Theme
from app.domain.readiness import Readiness
from app.errors import Refused
from app.phrases.readiness import readiness_word
from app.phrases.rubric import outcome_word
from app.queries.calibration import CalibrationMember, CalibrationView
from app.queries.calibration_seats import RaterSeat
from app.queries.guide import GuideRow, guides_to_use
from app.store.change_report import ChangeReport
from app.words import ntr, sentence_list, tr


def calibration_form(theme: Theme) -> FormPanel[NewCalibration]:
    """A new calibration, or the name and days of one whose session has not begun."""
    return FormPanel(
        theme,
        tr("New calibration"),
        NewCalibration,
        {
            "name": Asked(tr("Name"), hint=tr("Spring 2026")),
            "guide": Asked(
                tr("Leveling guide"),
                help=tr("Who is kept by another guide stands in it by theirs."),
                required=True,
                choices=(),
            ),
            "window_from": Asked(tr("Evidence from")),
            "window_to": Asked(tr("to")),
            "due_on": Asked(tr("Answers by"), help=tr("For everybody who is asked, where no other day is said.")),
            "tenure": Asked(
                tr("Time at level, first day"), choices=((False, tr("in no packet")), (True, tr("printed in packets")))
            ),
        },
        save=tr("Prepare it"),
    )


def later_form(theme: Theme) -> FormPanel[AnotherDay]:
    """A case that is talked about on another day."""
    return FormPanel(
        theme,
        tr("Another day"),
        AnotherDay,
        {
            "day": Asked(tr("Day"), help=tr("Their turn comes then, in the order of today.")),
            "reason": Asked(tr("Why"), hint=tr("What has to come first"), long=True),
        },
        save=tr("Put off"),
    )


def due_form(theme: Theme) -> FormPanel[DueDay]:
    """By when somebody is to answer."""
    return FormPanel(theme, tr("When they are to answer"), DueDay, {"due_on": Asked(tr("By"))})


class CalibrationActions:
    """Asks and writes for the calibration that a page shows, at one of its cells."""

    def __init__(
        self,
        page: SubjectPage[CalibrationView],
        place: TalkedAbout,
        panel: FormPanel[NewCalibration],
        cell: CellPane,
        outcome: OutcomeForm,
    ) -> None:
        self._page, self._place = page, place
        self._panel, self._cell, self._outcome = panel, cell, outcome
        self._desk, self._workspace = page.desk, page.workspace
        self._edited: int | None = None
        self.later = later_form(page.desk.theme)
        self.later.saved.connect(self.put_off)
        self.due = due_form(page.desk.theme)
        self.due.saved.connect(self.save_due)
        self._due_of: int | None = None
        self.many = ManyPanel(page.desk)
        self.many.opening.connect(lambda title: self._page.open_panel(self.many, title))
        self.many.taken.connect(self._ask_many)

    @property
    def _one(self) -> CalibrationMember | None:
        return self._place.member(self._page.shown)

    # Preparing

    def open_form(self) -> None:
        """Open the form of a new one, with the guides there are."""
        self._desk.work.ask(self._page, "guides", partial(guides_to_use, self._workspace), self._open_new)

    def _open_new(self, guides: tuple[tuple[GuideRow, ...], int | None]) -> None:
        """Its evidence is of the year before today, its guide the newest of the team's."""
        rows, newest = guides
        if newest is None:
            self._desk.refuse(
                Refused(tr("There is no leveling guide yet."), tr("Adopt a rubric first: it brings its guide."))
            )
            return
        self._edited = None
        self._panel.offer(guide=[(r.id, tr("Version {n}, {name}").format(name=r.name, n=r.version)) for r in rows])
        self._panel.form.show_field("guide", shown=True)
        today = self._workspace.today()
        from_ = (
            today.replace(year=today.year - 1)
            if (today.month, today.day) != (2, 29)
            else today.replace(year=today.year - 1, day=28)
        )
        self._panel.show_value(NewCalibration("", from_, today, newest))
        self._panel.save_button.set_words(tr("Prepare it"))
        self._page.open_panel(self._panel, tr("New calibration"))

    def open_edit(self) -> None:
        """Open the form of the one that is shown: its name and its days, until its session begins."""
        page = self._page.shown
        if page is None or page.begun:
            return
        self._edited = page.id
        self._panel.offer(guide=[(page.guide_version, page.guide.name)])
        self._panel.form.show_field("guide", shown=False)
        self._panel.show_value(
            NewCalibration(page.name, page.window_from, page.window_to, page.guide_version, page.due_on, page.tenure)
        )
        self._panel.save_button.set_words(tr("Save"))
        self._page.open_panel(self._panel, tr("Edit this calibration"))

    def save_form(self) -> None:
        """Prepare it, or change the one that is shown."""
        new, edited = self._panel.value(), self._edited

        def done(changed: ChangeReport) -> None:
            self._panel.close_panel()
            self._page.arrived(id=edited if edited is not None else changed.subject)

        action = partial(calibration.add, self._workspace, new)
        if edited is not None:
            action = partial(calibration.edit, self._workspace, edited, new)
        self._page.act(action, done, self._panel.refuse)

    def propose(self, member: int, level: str, anchor: bool, odd: str = "") -> None:
        """Propose a level for a member; what is `odd` about it is asked once."""
        assert self._page.subject is not None
        action = partial(calibration.propose, self._workspace, self._page.subject, member, level, anchor=anchor)
        if not odd:
            self._page.act(action)
            return
        self._page.confirm(
            tr("Propose {level}?").format(level=level), f"{odd}.", tr("Propose it"), lambda _: self._page.act(action)
        )

    def open_many(self) -> None:
        """Choose several members to take in."""
        if self._page.subject is not None:
            self.many.ask_for(self._page.subject)

    def _ask_many(self, proposals: Sequence[NewProposal], odd: Sequence[str]) -> None:
        """Take them in; what is not the next level is asked once."""
        assert self._page.subject is not None
        action = partial(calibration.propose_all, self._workspace, self._page.subject, proposals)

        def take(_reason: str = "") -> None:
            self._page.act(action, lambda _changed: self.many.close_panel(), self.many.refuse)

        if not odd:
            take()
            return
        self._page.confirm(
            ntr("{n} proposal is not for the next level", "{n} proposals are not for the next level", len(odd)),
            "\n".join(odd),
            tr("Take them in"),
            take,
        )

    def ask_about_all(self, rater: int) -> None:
        """Ask somebody about everybody who is in it."""
        assert self._page.subject is not None
        self._page.act(partial(assessment_request.ask_about_all, self._workspace, self._page.subject, rater))

    def ask_rater(self, member: int, rater: int) -> None:
        """Ask somebody for an assessment."""
        self._page.act(partial(assessment_request.ask, self._workspace, member, rater, self._page.subject))

    def move_behind(self) -> None:
        """Keep everybody by the version of their guide that this calibration goes by."""
        page = self._page.shown
        if page is not None and page.behind:
            self._page.act(partial(member.move_all, self._workspace, page.behind))

    def relate(self, seat: RaterSeat, relation: str) -> None:
        """How who was asked stands to the member."""
        relate(self._page, seat.assessment, seat.name, seat.is_in, relation)

    def ask_due(self, seat: RaterSeat) -> None:
        """Ask by when somebody is to answer."""
        self._due_of = seat.assessment
        self.due.show_value(DueDay(seat.due_on))
        self._page.open_panel(self.due, tr("When {name} is to answer").format(name=seat.name))

    def save_due(self) -> None:
        """Ask them by the day in the form."""
        if self._due_of is not None:
            action = partial(assessment_request.set_due, self._workspace, self._due_of, self.due.value())
            self._page.act(action, lambda _changed: self.due.close_panel(), self.due.refuse)

    def excuse(self, row: int) -> None:
        """Take back that somebody was asked."""
        self._page.act(partial(assessment_request.excuse, self._workspace, row))

    def take_out(self, proposal: int) -> None:
        """Take a member out."""
        self._place.proposal = None
        self._page.act(partial(calibration.take_out, self._workspace, proposal))

    def tell(self, dimension: str, rater: int, told: bool) -> None:
        """Choose what a rater told of a dimension for the packet, or take it out."""
        one = self._one
        if one is not None:
            change = work_story.tell if told else work_story.leave_out
            self._page.act(partial(change, self._workspace, one.proposal, dimension, rater))

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
        self._page.confirm(
            tr("Begin the session?"),
            sentence,
            tr("Begin"),
            lambda reason: self._page.act(partial(calibration.start, self._workspace, page.id, reason)),
            reason=tr("Why begin without them?") if due else "",
        )

    def vote(self, scores: Mapping[int, int | None], whys: Mapping[int, str]) -> None:
        """Keep second scores; taken again, they need a reason."""
        one, dimension = self._one, self._place.dimension
        if one is None or one.judged is None or dimension is None:
            return

        def record(reason: str) -> None:
            self._page.act(
                partial(calibration_session.vote, self._workspace, one.proposal, dimension, scores, whys, reason),
                lambda _changed: self._cell.taken(),
            )

        if one.judged.vote(dimension) is None:
            record("")
            return
        self._page.confirm(
            tr("Take second scores again?"),
            tr("The ones before stay in the file beside these."),
            tr("Keep these"),
            record,
            reason=tr("Why are they taken again?"),
        )

    def ask_record(self) -> None:
        """Say what will be recorded, record it, and go on."""
        one = self._one
        if one is None:
            return
        outcome, reason, dissents, change = self._outcome.values
        said = tr("The outcome for {name} is recorded.").format(name=one.name)
        self._page.confirm(
            tr("{name}: {outcome}").format(name=one.name, outcome=outcome_word(outcome)),
            tr("Corrected later only by a new entry with its reason. The level itself changes on the member’s page."),
            tr("Record it"),
            lambda _reason: self._page.act(
                partial(calibration_session.decide, self._workspace, one.proposal, outcome, reason, dissents, change),
                self._go_on,
                said=said,
            ),
        )

    def ask_put_off(self) -> None:
        """Ask for the day, and why."""
        one = self._one
        if one is not None:
            self._page.open_panel(self.later, tr("{name} on another day").format(name=one.name))

    def put_off(self) -> None:
        """Put the member talked about off to the day in the form, and go on with the next."""
        one = self._one
        if one is None:
            return

        def done(changed: ChangeReport) -> None:
            self.later.close_panel()
            self._go_on(changed)

        action = partial(calibration_session.put_off, self._workspace, one.proposal, self.later.value())
        self._page.act(action, done, self.later.refuse)

    def take_up(self) -> None:
        """Talk about the member today after all."""
        if (one := self._one) is not None:
            self._page.act(partial(calibration_session.put_off, self._workspace, one.proposal, None))

    def talked_again(self) -> None:
        """The second look at one of the first two is done."""
        if (one := self._one) is not None:
            self._page.act(partial(calibration_session.talked, self._workspace, one.proposal, again=True), self._go_on)

    def _go_on(self, _changed: ChangeReport) -> None:
        """The next turn is found when the calibration is read again."""
        self._place.proposal = None

    def ask_close(self) -> None:
        """Ask once."""
        page = self._page.shown
        if page is not None:
            self._page.confirm(
                tr("Close {name}?").format(name=page.name),
                tr("Nothing of it can be changed then. Reopening takes a reason and stays in the history."),
                tr("Close it"),
                lambda _reason: self._page.act(partial(calibration.close, self._workspace, page.id)),
            )

    def ask_reopen(self) -> None:
        """Ask for the reason."""
        page = self._page.shown
        if page is not None:
            self._page.confirm(
                tr("Reopen {name}?").format(name=page.name),
                tr("That it was reopened, and why, stays in the history."),
                tr("Reopen"),
                lambda reason: self._page.act(partial(calibration.reopen, self._workspace, page.id, reason)),
                reason=tr("What has to be corrected?"),
            )

    def show_distribution(self) -> None:
        """As information: nothing follows from it, and nothing is forced."""
        page = self._page.shown
        if page is not None and page.distribution is not None:
            self._desk.say(
                distribution_words(page), tr("It is information: no share is set, and nothing follows from it.")
            )


def outcome_words(one: CalibrationMember | None) -> str:
    """What was decided on a member of a closed calibration."""
    held = one.outcome if one is not None else None
    if one is None or held is None:
        return ""
    lines = [tr("{name}: {outcome}").format(name=one.name, outcome=outcome_word(held.outcome)), held.reason]
    lines += [tr("{name} dissents: {text}").format(name=name, text=text) for name, text in held.dissents]
    return "\n".join(lines)


def behind_words(page: CalibrationView) -> str:
    """How many are kept by an older version of the guide, as what is offered: all of them in one step."""
    moved = {member for member, _ in page.behind}
    numbers = sorted({one.number for one in page.members if one.member in moved})
    return ntr(
        "{n} member is on an older version of their guide: move to version {{version}}",
        "{n} members are on an older version of their guide: move all to version {{version}}",
        len(page.behind),
    ).format(version=sentence_list([str(number) for number in numbers]))


def distribution_words(page: CalibrationView) -> str:
    """How many members have each word, in words and numbers."""
    seen = sum(n for _, n in page.distribution or ())
    words = sentence_list(
        [tr("{n} {word}").format(n=n, word=readiness_word(Readiness(w))) for w, n in page.distribution or ()]
    )
    said = tr("Of {all} members, by the rule: {words}.").format(all=seen, words=words)
    sealed = len(page.members) - seen
    return f"{said} {ntr('{n} more is sealed.', '{n} more are sealed.', sealed)}" if sealed else said
