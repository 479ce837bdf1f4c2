"""What a person does with the committee of a calibration: gives seats, opens a vote, lets each cast theirs, ends it."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

from app.actions import committee
from app.desk.pages.calibration.talked_about import TalkedAbout
from app.desk.parts.subject_page import SubjectPage
from app.domain.assessment import Relation
from app.domain.calibration import CalibrationOutcome
from app.domain.committee import Ballots, HeldVote, Office, SeatTurn
from app.phrases.committee import ballots_words
from app.queries.calibration import CalibrationMember, CalibrationView
from app.words import sentence_list, tr


class CommitteeActions:
    """Asks and writes for the committee of the calibration that a page shows."""

    def __init__(self, page: SubjectPage[CalibrationView], place: TalkedAbout) -> None:
        self._page, self._place, self._workspace = page, place, page.workspace

    @property
    def _one(self) -> CalibrationMember | None:
        return self._place.member(self._page.shown)

    @property
    def vote(self) -> HeldVote | None:
        """The vote that is open on the member talked about."""
        held = self._one.vote if self._one is not None else None
        return held if held is not None and held.open else None

    def seat(self, colleague: int, office: Office, votes: bool) -> None:
        """Give somebody a seat, or change what they do on it."""
        assert self._page.subject is not None
        self._page.act(partial(committee.seat, self._workspace, self._page.subject, colleague, office, votes=votes))

    def unseat(self, colleague: int) -> None:
        """Take somebody's seat away."""
        assert self._page.subject is not None
        self._page.act(partial(committee.unseat, self._workspace, self._page.subject, colleague))

    def keep(self, ballots: Ballots) -> None:
        """Say what is kept of votes."""
        assert self._page.subject is not None
        self._page.act(partial(committee.keep_ballots, self._workspace, self._page.subject, ballots))

    def recuse(self, colleague: int, relation: str) -> None:
        """Somebody leaves the member talked about to the others."""
        if (one := self._one) is not None:
            self._page.act(partial(committee.recuse, self._workspace, one.proposal, colleague, Relation(relation)))

    def take_part(self, colleague: int) -> None:
        """Somebody who was recused votes after all."""
        if (one := self._one) is not None:
            self._page.act(partial(committee.take_part, self._workspace, one.proposal, colleague))

    def ask_open(self) -> None:
        """Ask once; a further vote takes a reason."""
        page, one = self._page.shown, self._one
        if page is None or one is None:
            return
        self._page.confirm(
            tr("Vote on {name}?").format(name=one.name),
            " ".join((ballots_words(page.ballots), tr("Nobody sees a vote or a count before the vote has ended."))),
            tr("Open the vote"),
            lambda reason: self._page.act(partial(committee.open_vote, self._workspace, one.proposal, reason)),
            reason=tr("Why is it voted on again?") if one.votes else "",
        )

    def cast(self, colleague: int, choice: CalibrationOutcome, done: Callable[[], None]) -> None:
        """Cast somebody's vote."""
        if (held := self.vote) is not None:
            self._page.act(partial(committee.cast, self._workspace, held.id, colleague, choice), lambda _report: done())

    def ask_excuse(self, turn: SeatTurn) -> None:
        """Ask why somebody does not vote."""
        held = self.vote
        if held is not None:
            self._page.confirm(
                tr("Excuse {name} from this vote?").format(name=turn.name),
                tr("The vote then does not wait for them."),
                tr("Excuse them"),
                lambda why: self._page.act(
                    partial(committee.excuse_from_vote, self._workspace, held.id, turn.colleague, why)
                ),
                reason=tr("Why do they not vote?"),
            )

    def ask_end(self) -> None:
        """Ask once; a vote that ends before all have voted takes a reason."""
        page, one, held = self._page.shown, self._one, self.vote
        if page is None or one is None or held is None:
            return
        sentences = [ballots_words(held.ballots), tr("The votes as they were cast are then deleted for good.")]
        if held.due:
            names = sentence_list([turn.name for turn in held.due])
            sentences.insert(0, tr("Still to vote: {names}.").format(names=names))
        self._page.confirm(
            tr("End the vote on {name}?").format(name=one.name),
            " ".join(sentences),
            tr("End the vote"),
            lambda reason: self._page.act(partial(committee.end_vote, self._workspace, held.id, reason)),
            reason=tr("Why does it end without them?") if held.due else "",
        )
