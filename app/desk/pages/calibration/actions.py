"""What a person does in a calibration: prepares, begins, votes, records, closes, reopens, takes files out and in."""

from __future__ import annotations

from collections.abc import Mapping
from functools import partial
from typing import TYPE_CHECKING

from app.actions import assessment_request, calibration, member, work_story
from app.actions.calibration import NewCalibration
from app.actions.rater_relation import say_relation
from app.desk.parts.fields import Field, FieldSet, FieldType
from app.desk.parts.side_panel import confirm
from app.domain.assessment import Relation
from app.domain.readiness import Readiness
from app.errors import Refused
from app.phrases.readiness import readiness_word
from app.phrases.rubric import outcome_word
from app.queries.calibration import CalibrationMember, CalibrationView
from app.queries.guide import GuideRow, guides_to_use
from app.words import ntr, sentence_list, tr

if TYPE_CHECKING:
    from app.desk.pages.calibration.page import CalibrationPage


class CalibrationActions:
    """Asks and writes for one page."""

    def __init__(self, page: CalibrationPage) -> None:
        self._page = page
        self._desk = page.desk
        self.form = FieldSet(
            page.desk.theme,
            [
                Field("name", tr("Name"), required=True, hint=tr("Spring 2026")),
                Field(
                    "guide",
                    tr("Leveling guide"),
                    FieldType.CHOICE,
                    required=True,
                    help=tr("Levels are proposed, and scored against, by this version."),
                ),
                Field("window_from", tr("Evidence from"), FieldType.DATE, required=True),
                Field("window_to", tr("to"), FieldType.DATE, required=True),
            ],
        )
        self._edited: int | None = None

    # Preparing

    def open_form(self) -> None:
        """Open the form of a new one, with the guides there are."""
        self._desk.work.ask(self._page, "guides", partial(guides_to_use, self._desk.workspace), self._open_new)

    def _open_new(self, guides: tuple[tuple[GuideRow, ...], int | None]) -> None:
        """Its evidence is of the year before today, its guide the newest of the team's."""
        rows, newest = guides
        if newest is None:
            self._desk.refuse(
                Refused(tr("There is no leveling guide yet."), tr("Adopt a rubric first: it brings its guide."))
            )
            return
        choices = [(str(r.id), tr("Version {n}, {name}").format(name=r.name, n=r.version)) for r in rows]
        self._edited = None
        self.form.set_choices("guide", choices)
        self.form.show_field("guide", shown=True)
        today = self._desk.workspace.today()
        from_ = (
            today.replace(year=today.year - 1)
            if (today.month, today.day) != (2, 29)
            else today.replace(year=today.year - 1, day=28)
        )
        self.form.set_values({"name": "", "guide": str(newest), "window_from": from_, "window_to": today})
        self._page.panel.save_button.set_words(tr("Prepare it"))
        self._page.panel.open_panel(tr("New calibration"))

    def open_edit(self) -> None:
        """Open the form of the one that is shown: its name and its days, until its session begins."""
        page = self._page.shown
        if page is None or page.begun:
            return
        self._edited = page.id
        self.form.set_choices("guide", [(str(page.guide_version), page.guide.name)])
        self.form.show_field("guide", shown=False)
        self.form.set_values(
            {
                "name": page.name,
                "guide": str(page.guide_version),
                "window_from": page.window_from,
                "window_to": page.window_to,
            }
        )
        self._page.panel.save_button.set_words(tr("Save"))
        self._page.panel.open_panel(tr("Edit this calibration"))

    def save_form(self) -> None:
        """Prepare it, or change the one that is shown."""
        values, edited = self.form.values(), self._edited

        def done(changed: object) -> None:
            self._page.panel.close_panel()
            self._page.arrived(id=edited if edited is not None else getattr(changed, "subject", None))

        days = (values["window_from"], values["window_to"])
        if edited is not None:
            action = partial(calibration.edit, self._desk.workspace, edited, values["name"], *days)
        else:
            action = partial(
                calibration.add, self._desk.workspace, NewCalibration(values["name"], *days, int(values["guide"]))
            )
        self._desk.write(action, done, self._page, self._page.panel.refuse)

    def propose(self, member: int, level: str, anchor: bool) -> None:
        """Propose a level for a member."""
        page = self._page
        assert page.cycle is not None
        page.write(partial(calibration.propose, self._desk.workspace, page.cycle, member, level, anchor=anchor))

    def ask_rater(self, member: int, rater: int) -> None:
        """Ask somebody for an assessment."""
        page = self._page
        page.write(partial(assessment_request.ask, self._desk.workspace, member, rater, page.cycle))

    def move_behind(self) -> None:
        """Keep everybody by the version of the guide this calibration is held by."""
        page = self._page.shown
        if page is not None and page.behind:
            self._page.write(partial(member.move_all, self._desk.workspace, page.behind, page.guide_version))

    def relate(self, row: int, relation: str) -> None:
        """How who was asked stands to the member."""
        self._page.write(partial(say_relation, self._desk.workspace, row, Relation(relation)))

    def excuse(self, row: int) -> None:
        """Take back that somebody was asked."""
        self._page.write(partial(assessment_request.excuse, self._desk.workspace, row))

    def take_out(self, proposal: int) -> None:
        """Take a member out."""
        self._page.proposal = None
        self._page.write(partial(calibration.take_out, self._desk.workspace, proposal))

    def tell(self, dimension: str, rater: int, told: bool) -> None:
        """Choose what a rater told of a dimension for the packet, or take it out."""
        one = self._page.one
        if one is not None:
            deed = work_story.tell if told else work_story.leave_out
            self._page.write(partial(deed, self._desk.workspace, one.proposal, dimension, rater))

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
            self._desk.theme,
            self._page,
            tr("Begin the session?"),
            sentence,
            tr("Begin"),
            lambda reason: self._page.write(partial(calibration.start, self._desk.workspace, page.id, reason)),
            reason=tr("Why begin without them?") if due else "",
        )

    def vote(self, scores: Mapping[int, int | None], whys: Mapping[int, str]) -> None:
        """Keep second scores; taken again, they need a reason."""
        one, dimension = self._page.one, self._page.dimension
        if one is None or one.judged is None or dimension is None:
            return

        def record(reason: str) -> None:
            self._page.write(
                partial(calibration.vote, self._desk.workspace, one.proposal, dimension, scores, whys, reason),
                lambda _changed: self._page.cell.taken(),
            )

        if one.judged.vote(dimension) is None:
            record("")
            return
        confirm(
            self._desk.theme,
            self._page,
            tr("Take second scores again?"),
            tr("The ones before stay in the file beside these."),
            tr("Keep these"),
            record,
            reason=tr("Why are they taken again?"),
        )

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
            self._desk.theme,
            self._page,
            tr("{name}: {outcome}").format(name=one.name, outcome=outcome_word(outcome)),
            tr("Corrected later only by a new entry with its reason. The level itself changes on the member’s page."),
            tr("Record it"),
            lambda _reason: self._page.write(
                partial(calibration.decide, self._desk.workspace, one.proposal, outcome, reason, dissents, change), done
            ),
        )

    def talked_again(self) -> None:
        """The second look at one of the first two is done."""
        one = self._page.one
        if one is None:
            return

        def done(_changed: object) -> None:
            self._page.proposal = None

        self._page.write(partial(calibration.talked, self._desk.workspace, one.proposal, again=True), done)

    def ask_close(self) -> None:
        """Ask once."""
        page = self._page.shown
        if page is not None:
            confirm(
                self._desk.theme,
                self._page,
                tr("Close {name}?").format(name=page.name),
                tr("Nothing of it can be changed then. Reopening takes a reason and stays in the history."),
                tr("Close it"),
                lambda _reason: self._page.write(partial(calibration.close, self._desk.workspace, page.id)),
            )

    def ask_reopen(self) -> None:
        """Ask for the reason."""
        page = self._page.shown
        if page is not None:
            confirm(
                self._desk.theme,
                self._page,
                tr("Reopen {name}?").format(name=page.name),
                tr("That it was reopened, and why, stays in the history."),
                tr("Reopen"),
                lambda reason: self._page.write(partial(calibration.reopen, self._desk.workspace, page.id, reason)),
                reason=tr("What has to be corrected?"),
            )

    def outcome_words(self, one: CalibrationMember | None) -> str:
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
            self._desk.say(
                distribution_words(page), tr("It is information: no share is set, and nothing follows from it.")
            )


def behind_words(page: CalibrationView) -> str:
    """How many are kept by an older version of the guide, as what is offered: all of them in one step."""
    return ntr(
        "{n} member is on an older version of the guide: move to version {{version}}",
        "{n} members are on an older version of the guide: move all to version {{version}}",
        len(page.behind),
    ).format(version=page.number)


def distribution_words(page: CalibrationView) -> str:
    """How many members have each word, in words and numbers."""
    seen = sum(n for _, n in page.distribution or ())
    words = sentence_list(
        [tr("{n} {word}").format(n=n, word=readiness_word(Readiness(w))) for w, n in page.distribution or ()]
    )
    said = tr("Of {all} members, by the rule: {words}.").format(all=seen, words=words)
    sealed = len(page.members) - seen
    return f"{said} {ntr('{n} more is sealed.', '{n} more are sealed.', sealed)}" if sealed else said
