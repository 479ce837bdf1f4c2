"""Which rows of a table somebody may not see: by a rule of its own, or because of a row that they are about.

What stands on a card that is sealed is sealed with it, however many tables lie between: rows are followed by what they
say that they are about (`store/about.py`).
"""

from __future__ import annotations

from collections.abc import Callable, Sequence

from sqlalchemy import Connection, or_, select
from sqlmodel import col

from app.records.visibility import asked_together, assessment_sealings, sealings
from app.store.about import leads, rows_about
from app.store.tables import Interview, Note, Scorecard
from app.store.tables_debrief import DebriefWalk
from app.store.tables_goals import PrivateNote
from app.store.tables_growth import Assessment, EvidenceItem, Member, Proposal
from app.store.tables_imported import ImportedCard
from app.store.tables_panel import Debrief, Decision, FlagResolution, SecondVote
from app.store.tables_people import CandidateNote
from app.store.tables_practice import PracticeScore

Hidden = set[int]
Rule = Callable[[Connection, int | None], Hidden]

OPEN = frozenset(
    {
        *("workspace", "colleague", "rubric_version", "guide_version", "retired_question", "set_aside", "close_reason"),
        "letter_template",
        *(
            "opening",
            "opening_closing",
            "stage",
            "stage_template",
            "mail_template",
            "letter_template",
            "plan",
            "plan_round",
            "plan_seat",
        ),
        *(
            "candidate",
            "contact",
            "tag",
            "further_fact",
            "merged_candidate",
            "two_people",
            "application",
            "stage_entry",
        ),
        *("closing", "hold", "attachment", "packet", "mail_draft", "invitation", "interview", "recording_consent"),
        *("debrief", "offer", "offer_amount", "offer_term", "offer_event", "member", "level_spell", "cycle"),
        *("committee_seat",),
        *("growth_plan", "goal", "goal_action", "growth_talk", "first_year", "onboarding_goal", "member_packet"),
    }
)
"""Tables whose rows everybody may see who uses the workspace."""

NEVER = frozenset(
    {
        *("demographic", "decision_draft", "rubric_draft", "rubric_part", "own_exercise", "plan_template"),
        *("saved_view", "import_map", "put_off"),
    }
)
"""Tables that nobody is shown as a table."""


class TableSight:
    """What `me` may not see of each table; without a person, nothing that has a rule."""

    def __init__(self, connection: Connection, me: int | None) -> None:
        self._connection = connection
        self._me = me
        self._known: dict[str, frozenset[int]] = {}

    def hidden(self, table: str) -> frozenset[int]:
        """The rows of a table that are not shown."""
        if table not in self._known:
            rule = RULES.get(table)
            found = rule(self._connection, self._me) if rule is not None else set()
            for column, of in leads(table).items():
                above = self.hidden(of) if of != table else frozenset[int]()
                found |= rows_about(self._connection, table, column, above) if above else set()
            self._known[table] = frozenset(found)
        return self._known[table]


def _cards(connection: Connection, me: int | None) -> Hidden:
    return {card for card, _, shown in _all_cards(connection, me) if not shown}


def _lines(connection: Connection, me: int | None) -> Hidden:
    """A line that is no evidence is its author's alone."""
    own = {card for card, mine, _ in _all_cards(connection, me) if mine}
    query = select(col(Note.id), col(Note.scorecard_id)).where(col(Note.dimension).is_(None))
    return {row for row, card in connection.execute(query) if card not in own}


def _all_cards(connection: Connection, me: int | None) -> list[tuple[int, bool, bool]]:
    """Every card, whether it is mine to write, and whether it is shown to me."""
    columns = (col(Scorecard.id), col(Scorecard.author_id), col(Scorecard.entered_by_id), col(Scorecard.state))
    query = select(*columns, col(Interview.application_id)).join(
        Interview, col(Interview.id) == col(Scorecard.interview_id)
    )
    rows = connection.execute(query).all()
    sealed = sealings(connection, {application for *_, application in rows})
    return [
        (card, sealed[of].is_written_by(me, author, typed, state), sealed[of].shows(me, author, typed, state))
        for card, author, typed, state, of in rows
    ]


def _of_sealed(connection: Connection, me: int | None, rows: Sequence[tuple[int, int]]) -> Hidden:
    """Of rows with their application, those whose application's cards are sealed to me."""
    sealed = sealings(connection, {application for _, application in rows})
    return {row for row, application in rows if me is None or not sealed[application].open_to(me)}


def _decisions(connection: Connection, me: int | None) -> Hidden:
    query = select(col(Decision.id), col(Decision.application_id))
    return _of_sealed(connection, me, [(row, of) for row, of in connection.execute(query)])


def _flags(connection: Connection, me: int | None) -> Hidden:
    query = select(col(FlagResolution.id), col(FlagResolution.application_id))
    return _of_sealed(connection, me, [(row, of) for row, of in connection.execute(query)])


def _walked(connection: Connection, me: int | None) -> Hidden:
    query = select(col(DebriefWalk.id), col(Debrief.application_id)).join(
        Debrief, col(Debrief.id) == col(DebriefWalk.debrief_id)
    )
    return _of_sealed(connection, me, [(row, of) for row, of in connection.execute(query)])


def _second_votes(connection: Connection, me: int | None) -> Hidden:
    query = select(col(SecondVote.id), col(Debrief.application_id)).join(
        Debrief, col(Debrief.id) == col(SecondVote.debrief_id)
    )
    return _of_sealed(connection, me, [(row, of) for row, of in connection.execute(query)])


def _assessments(connection: Connection, me: int | None) -> Hidden:
    query = select(
        col(Assessment.id),
        col(Assessment.rater_id),
        col(Assessment.entered_by_id),
        col(Assessment.state),
        col(Assessment.member_id),
    )
    rows = connection.execute(query).all()
    groups = asked_together(connection, {member for *_, member in rows})
    sealed = {row: group.sealing for group in groups for row in group.assessments}
    return {row for row, rater, typed, state, _ in rows if not sealed[row].shows(me, rater, typed, state)}


def _proposals(connection: Connection, me: int | None) -> Hidden:
    """What was said and decided in a session rests on the assessments."""
    query = select(col(Proposal.id), col(Proposal.cycle_id), col(Proposal.member_id))
    rows = connection.execute(query).all()
    found = set()
    for calibration in {row[1] for row in rows}:
        here = {member: row for row, of, member in rows if of == calibration}
        sealed = assessment_sealings(connection, calibration, here)
        found |= {row for member, row in here.items() if me is None or not sealed[member].open_to(me)}
    return found


def _evidence(connection: Connection, me: int | None) -> Hidden:
    """What the panel wrote waits for its cards; what was typed and is not shared is its author's alone."""
    typed = select(col(EvidenceItem.id)).where(
        col(EvidenceItem.assessment_id).is_(None),
        col(EvidenceItem.note_id).is_(None),
        col(EvidenceItem.shared).is_(False),
        or_(col(EvidenceItem.by_id).is_(None), col(EvidenceItem.by_id) != me),
    )
    panel = select(col(EvidenceItem.id), col(Member.application_id)).join(
        Member, col(Member.id) == col(EvidenceItem.member_id)
    )
    rows = connection.execute(panel.where(col(EvidenceItem.note_id).is_not(None))).all()
    known = [(row, of) for row, of in rows if of is not None]
    unknown = {row for row, of in rows if of is None}
    return {*connection.execute(typed).scalars(), *unknown, *_of_sealed(connection, me, known)}


def _imported(connection: Connection, me: int | None) -> Hidden:
    """Cards from elsewhere are sealed to who owes a card for the application here."""
    query = select(col(ImportedCard.id), col(ImportedCard.application_id))
    rows = connection.execute(query).all()
    sealed = sealings(connection, {of for _, of in rows})
    return {row for row, of in rows if me is None or sealed[of].owes(me)}


def _notes(connection: Connection, me: int | None) -> Hidden:
    others = or_(col(CandidateNote.author_id).is_(None), col(CandidateNote.author_id) != me)
    query = select(col(CandidateNote.id)).where(col(CandidateNote.private).is_(True), others)
    return set(connection.execute(query).scalars())


def _own_notes(connection: Connection, me: int | None) -> Hidden:
    others = or_(col(PrivateNote.author_id).is_(None), col(PrivateNote.author_id) != me)
    return set(connection.execute(select(col(PrivateNote.id)).where(others)).scalars())


def _practice(connection: Connection, me: int | None) -> Hidden:
    return set(connection.execute(select(col(PracticeScore.id)).where(col(PracticeScore.colleague_id) != me)).scalars())


RULES: dict[str, Rule] = {
    "scorecard": _cards,
    "note": _lines,
    "decision": _decisions,
    "flag_resolution": _flags,
    "debrief_walk": _walked,
    "second_vote": _second_votes,
    "assessment": _assessments,
    "proposal": _proposals,
    "fact": _evidence,
    "candidate_note": _notes,
    "imported_card": _imported,
    "own_note": _own_notes,
    "training": _practice,
}
"""By table which rows somebody may not see. A table that is neither here nor OPEN nor NEVER is about a row of one that
is here."""
