"""Candidates from a table, all in one step: new people, and what a table has more of known ones."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Connection

from app.actions.candidate import NewCandidate, person
from app.actions.candidate_matching import may_be_about
from app.actions.candidate_news import NewCard, NewRows, Plan
from app.actions.candidate_plan import planned
from app.actions.imported_rows import Came, RowCame
from app.domain.operations import Op
from app.store.attachment import digest_of, keep_bytes
from app.store.change_report import ChangeReport
from app.store.columns import HistoryRow
from app.store.history import RowChange, last_number, touched_since
from app.store.ready_rows import ReadyRows, held_values, ready_rows, table_name
from app.store.step import free_number
from app.store.tables import Application, Attachment, Candidate, Closing, Opening, Stage, StageEntry
from app.store.tables_imported import ImportedCard, ImportedMark
from app.store.tables_people import CandidateNote, Contact, FurtherFact, Tag
from app.store.workspace import Workspace
from app.words import ntr, tr


@dataclass(frozen=True)
class ImportedCandidates:
    """What an import did, or would do: ids of new people, those of rows that were known, and how many applications
    were new. New, known (also with something more) and left out are together as many as there are rows. `unclear` of
    the marks on `cards` need a person; `files_without` and `cards_without` had no application here to be put on."""

    added: tuple[int, ...]
    known: tuple[int, ...]
    applications: int
    changed: ChangeReport | None
    rows: tuple[RowCame, ...] = ()
    not_opened: int = 0
    closed: int = 0
    files: int = 0
    cards: int = 0
    unclear: int = 0
    files_without: int = 0
    cards_without: int = 0

    @property
    def left_out(self) -> tuple[RowCame, ...]:
        """Rows that need a person."""
        return tuple(row for row in self.rows if row.came is Came.REFUSED)

    @property
    def words(self) -> str:
        """The counts in a person's words."""
        known = ntr("{n} known already", "{n} known already", len(self.known))
        more = sum(row.came is Came.CHANGED for row in self.rows)
        if more:
            known += ntr(" ({n} of them with something new)", " ({n} of them with something new)", more)
        counts = (
            ntr("{n} new candidate", "{n} new candidates", len(self.added)),
            known,
            ntr("{n} left out", "{n} left out", len(self.left_out)),
        )
        said = ntr("{n} row: {{counts}}", "{n} rows: {{counts}}", len(self.rows)).format(counts=", ".join(counts))
        applied = ntr("{n} new application", "{n} new applications", self.applications)
        if self.closed:
            applied += ntr(" ({n} of them closed)", " ({n} of them closed)", self.closed)
        if self.files:
            applied += "; " + ntr("{n} text attached", "{n} texts attached", self.files)
        if self.cards:
            applied += "; " + ntr("{n} card from elsewhere", "{n} cards from elsewhere", self.cards)
        words = tr("{said}; {applied}.").format(said=said, applied=applied)
        if self.not_opened:
            words += " " + ntr(
                "{n} application that had ended elsewhere was not opened here.",
                "{n} applications that had ended elsewhere were not opened here.",
                self.not_opened,
            )
        if self.files_without:
            words += " " + ntr(
                "{n} text has no application here, and does not come in.",
                "{n} texts have no application here, and do not come in.",
                self.files_without,
            )
        if self.cards_without:
            words += " " + ntr(
                "{n} scorecard has no application here, and does not come in.",
                "{n} scorecards have no application here, and do not come in.",
                self.cards_without,
            )
        return words


@dataclass(frozen=True)
class PreparedImport:
    """An import worked out on what the file held then: up to this row of its history, before these free numbers."""

    people: Sequence[NewCandidate]
    opening: int | None
    plan: Plan
    ready: ReadyRows
    at: datetime
    history: int
    free: tuple[int, ...]


def import_all(
    workspace: Workspace,
    people: Sequence[NewCandidate],
    opening: int | None,
    *,
    dry_run: bool = False,
    told: Callable[[int], None] | None = None,
) -> ImportedCandidates:
    """Bring people in, in one step. The same mail is the same person; a name alone never joins two.

    A row that could be somebody known, or one of several of its name, is left out with its line: it needs a person.
    Known people get what the table has more of them; what it has otherwise stays, and is said. `told` hears of every
    row. Raises Refused for a row without a name, NotFound for no such opening.
    """
    if dry_run:
        with workspace.read() as connection:
            plan = planned(connection, people, opening, workspace.now(), told, workspace.me)
        done = _came(plan, None)
        plan.let_go()
        return done
    return bring_in(workspace, prepare(workspace, people, opening, told))


def prepare(
    workspace: Workspace,
    people: Sequence[NewCandidate],
    opening: int | None,
    told: Callable[[int], None] | None = None,
) -> PreparedImport:
    """Work an import out beside everything else; `bring_in` then holds the file for a moment only. Raises as
    `import_all`."""
    with workspace.read() as connection:
        return _prepared(connection, workspace.me, people, opening, workspace.now(), told)


def bring_in(workspace: Workspace, prepared: PreparedImport) -> ImportedCandidates:
    """Write what was prepared, in one step; where candidates or openings changed meanwhile it is worked out again."""
    with workspace.step(Op.IMPORT_CANDIDATES) as step:
        if _moved_on(step.connection, prepared):
            prepared = _prepared(step.connection, step.who, prepared.people, prepared.opening, step.at, None)
        for new in prepared.plan.news.values():
            for file in new.files:
                keep_bytes(step, file.content)
        step.add_ready(prepared.ready)
        for new in prepared.plan.news.values():
            if new.edited and new.who.number is not None:
                step.about = person(new.who.number)
                step.edit(Candidate, new.who.number, **new.columns)
        added = sum(row.came is Came.ADDED for row in prepared.plan.rows)
        step.words = ntr("import of {n} candidate", "import of {n} candidates", added)
    report = step.report()
    _ = report.tables  # here, and not where the window asks for it
    done = _came(prepared.plan, report)
    prepared.plan.let_go()
    prepared.ready.let_go()
    return done


def _prepared(
    connection: Connection,
    who: int | None,
    people: Sequence[NewCandidate],
    opening: int | None,
    at: datetime,
    told: Callable[[int], None] | None,
) -> PreparedImport:
    history = last_number(connection)
    free = {table: free_number(connection, table) for table in _TABLES}
    plan = planned(connection, people, opening, at, told, who)
    ready = ready_rows(Op.IMPORT_CANDIDATES, _rows(plan, dict(free), who, at))
    return PreparedImport(people, opening, plan, ready, at, history, tuple(free.values()))


def _moved_on(connection: Connection, prepared: PreparedImport) -> bool:
    """Whether anything the plan rests on may be another now."""
    if tuple(free_number(connection, table) for table in _TABLES) != prepared.free:
        return True
    rested: tuple[type[HistoryRow], ...] = (*_TABLES, Opening, Stage)
    tables = {table_name(table) for table in rested}
    touched = touched_since(connection, prepared.history, prepared.at, tables)
    if not touched:
        return False
    # Somebody was edited meanwhile: it matters where the table is, or now may be, about them.
    numbers = {int(about.partition(":")[2]) for about in touched if about.startswith("candidate:")}
    return len(numbers) < len(touched) or may_be_about(connection, prepared.people, numbers)


def _came(plan: Plan, changed: ChangeReport | None) -> ImportedCandidates:
    numbered = [(row.came, who.number or 0) for row, who in zip(plan.rows, plan.people, strict=True) if who is not None]
    added = tuple(number for came, number in numbered if came is Came.ADDED)
    known = tuple(number for came, number in numbered if came is not Came.ADDED)
    return ImportedCandidates(
        added,
        known,
        plan.applications,
        changed,
        tuple(plan.rows),
        plan.not_opened,
        plan.closed,
        plan.files,
        plan.cards,
        plan.unclear,
        plan.files_without,
        plan.cards_without,
    )


# The rows of it

Put = Callable[[type[HistoryRow], str, dict[str, Any]], int]

_TABLES: tuple[type[HistoryRow], ...] = (
    *(Candidate, Contact, Tag, FurtherFact, CandidateNote),
    *(Application, StageEntry, Closing, Attachment, ImportedCard, ImportedMark),
)


def _rows(plan: Plan, free: dict[type[HistoryRow], int], who: int | None, at: datetime) -> list[RowChange]:
    """All of it, person after person, so that each has a history of their own."""
    found: list[RowChange] = []

    def put(table: type[HistoryRow], about: str, columns: dict[str, Any]) -> int:
        number = free[table]
        free[table] = number + 1
        found.append(held_values(table, about, {"id": number, **columns}))
        return number

    for new in plan.news.values():
        if new.who.number is None:
            new.who.number = free[Candidate]
            put(Candidate, person(new.who.number), new.columns)
        elif new.columns:
            new.edited = True
        about = person(new.who.number)
        for table, columns in new.rows:
            put(table, about, {"candidate_id": new.who.number, **columns})
        _put_applications(put, about, new, who, at)
    return found


def _put_applications(put: Put, about: str, new: NewRows, who: int | None, at: datetime) -> None:
    """Somebody's applications, each with its stage or its closing, then what is attached to them."""
    for application in new.applications:
        columns = application.columns
        row = application.held.number = put(Application, about, {"candidate_id": new.who.number, **columns})
        if application.closing is None:
            entered = {"stage_id": columns["stage_id"], "entered_at": columns["entered_at"], "by_id": who}
            put(StageEntry, about, {"application_id": row, **entered})
        else:
            put(Closing, about, {"application_id": row, **application.closing})
    for file in new.files:
        kept = {"name": file.name, "size": len(file.content), "digest": digest_of(file.content), "added_at": at}
        put(Attachment, about, {"application_id": file.held.number, **kept})
    for brought in new.cards:
        _put_card(put, about, brought)


def _put_card(put: Put, about: str, brought: NewCard) -> None:
    card = brought.card
    columns = {
        "source": card.source,
        "number": card.number,
        "author": card.author,
        "round": card.round,
        "held_at": card.held_at,
        "submitted_at": card.submitted_at,
        "overall": card.overall,
        "text": card.text,
    }
    row = put(ImportedCard, about, {"application_id": brought.held.number, **columns})
    for position, mark in enumerate(card.marks):
        said = {"name": mark.name, "said": mark.said, "score": mark.score, "note": mark.note}
        put(ImportedMark, about, {"card_id": row, "position": position, **said})
