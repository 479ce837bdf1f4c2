"""A table of people on its way into a workspace: how it is read, what would become of each row, and bringing it in."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from typing import Any, Protocol

from app.actions import candidate_import, colleague_import, member_import
from app.actions.imported_rows import Came, RowCame
from app.domain.import_fields import About
from app.domain.import_map import DateOrder, ImportMap
from app.errors import Refused
from app.exchange.candidate_rows import read_candidates
from app.exchange.csv_rows import TableError
from app.exchange.member_rows import read_colleagues, read_members
from app.exchange.people_rows import Reading
from app.exchange.people_table import PeopleTable
from app.store.change_report import ChangeReport
from app.store.workspace import Workspace
from app.words import ntr, sentence_list, tr

Told = Callable[[int], None]


class Imported(Protocol):
    """What an action says it did."""

    @property
    def rows(self) -> tuple[RowCame, ...]:
        """What became of each row."""

    @property
    def changed(self) -> ChangeReport | None:
        """The step, where something was written."""

    @property
    def words(self) -> str:
        """The counts."""


@dataclass(frozen=True)
class Incoming:
    """A table with the map it is read by, and what is to be done with it."""

    table: PeopleTable
    map: ImportMap
    opening: int | None = None
    skip_refused: bool = False

    @property
    def about(self) -> About:
        """Whom it is about."""
        return self.map.about


@dataclass(frozen=True)
class Outcome:
    """What became of a table, or would. `blocked` says why nothing can come in as it is."""

    rows: tuple[RowCame, ...]
    words: str
    remarks: tuple[str, ...] = ()
    blocked: Refused | None = None
    done: Imported | None = None

    @property
    def changed(self) -> ChangeReport | None:
        """The step, where something was written."""
        return self.done.changed if self.done is not None else None

    @cached_property
    def counts(self) -> Counter[Came]:
        """How many rows came how."""
        return Counter(row.came for row in self.rows)

    def count(self, came: Came) -> int:
        """How many rows came so."""
        return self.counts[came]


def look(workspace: Workspace, incoming: Incoming, told: Told | None = None) -> Outcome:
    """What would become of every row; nothing is changed."""
    try:
        read = read_rows_of(incoming, told)
    except TableError as wrong:
        return Outcome((), wrong.sentence, _remarks(incoming, None), wrong)
    if read.two_days is not None:
        try:
            read.must_know_days()
        except TableError as unclear:
            refused = tuple(RowCame(row.line, row.name, Came.REFUSED, row.why) for row in read.refused)
            return Outcome(refused, unclear.sentence, _remarks(incoming, read), unclear)
    try:
        done = _act(workspace, incoming, read.people, dry_run=True, told=told)
    except Refused as refusal:
        return Outcome((), refusal.sentence, _remarks(incoming, read), refusal)
    outcome = _outcome(incoming, read, done)
    if incoming.skip_refused:
        return outcome
    must_not_skip = read.refused or (incoming.about is About.MEMBERS and outcome.count(Came.REFUSED))
    return replace(outcome, blocked=_not_whole(outcome)) if must_not_skip else outcome


@dataclass(frozen=True)
class ReadyImport:
    """A table that was read, and of candidates also worked out, so that bringing it in holds the file for a moment."""

    incoming: Incoming
    read: Reading[Any]
    prepared: candidate_import.PreparedImport | None = None


def ready(workspace: Workspace, incoming: Incoming, told: Told | None = None) -> ReadyImport:
    """Work all out that can be before anything is written. Raises Refused where it does not come in."""
    read = read_rows_of(incoming, told)
    must_come_in(incoming, read)
    if incoming.about is not About.CANDIDATES:
        return ReadyImport(incoming, read)
    return ReadyImport(incoming, read, candidate_import.prepare(workspace, read.people, incoming.opening, told))


def bring_ready(workspace: Workspace, prepared: ReadyImport) -> Outcome:
    """Write what was worked out, in one step. Raises Refused."""
    incoming, read = prepared.incoming, prepared.read
    if prepared.prepared is not None:
        return _outcome(incoming, read, candidate_import.bring_in(workspace, prepared.prepared))
    return _outcome(incoming, read, _act(workspace, incoming, read.people, dry_run=False, told=None))


def must_come_in(incoming: Incoming, read: Reading[Any]) -> None:
    """Raises TableError for days that could be two, and for refused rows where they are not to be skipped."""
    read.must_know_days()
    if not incoming.skip_refused:
        read.must_be_whole()


def bring(workspace: Workspace, incoming: Incoming, told: Told | None = None) -> Outcome:
    """Bring a table in, in one step: all of it, or all but the refused where that is wanted. Raises Refused."""
    return bring_ready(workspace, ready(workspace, incoming, told))


def read_rows_of(incoming: Incoming, told: Told | None = None) -> Reading[Any]:
    """Every row by the map. Raises TableError where the map does not hold."""
    readers: dict[About, Callable[[PeopleTable, ImportMap, Told | None], Reading[Any]]] = {
        About.CANDIDATES: read_candidates,
        About.MEMBERS: read_members,
        About.COLLEAGUES: read_colleagues,
    }
    return readers[incoming.about](incoming.table, incoming.map, told)


def _act(
    workspace: Workspace, incoming: Incoming, people: Sequence[Any], *, dry_run: bool, told: Told | None
) -> Imported:
    match incoming.about:
        case About.CANDIDATES:
            return candidate_import.import_all(workspace, people, incoming.opening, dry_run=dry_run, told=told)
        case About.MEMBERS:
            skip = incoming.skip_refused
            return member_import.import_all(workspace, people, dry_run=dry_run, skip_refused=skip)
        case About.COLLEAGUES:
            return colleague_import.import_all(workspace, people, dry_run=dry_run)


def _outcome(incoming: Incoming, read: Reading[Any], done: Imported) -> Outcome:
    unread = (RowCame(row.line, row.name, Came.REFUSED, row.why) for row in read.refused)
    rows = tuple(sorted((*done.rows, *unread), key=lambda row: row.line)) if read.refused else done.rows
    words = done.words
    if read.refused:
        words += " " + ntr("{n} row is refused.", "{n} rows are refused.", len(read.refused))
    outcome = Outcome(rows, words, (*_remarks(incoming, read), *_card_remarks(done)), None, done)
    _ = outcome.counts  # here, and not where the window asks for them
    return outcome


def _not_whole(outcome: Outcome) -> TableError:
    refused = [row.words for row in outcome.rows if row.came is Came.REFUSED]
    return TableError(
        ntr("{n} row can’t come in.", "{n} rows can’t come in.", len(refused)),
        tr("Mend them, or skip what is refused (on the command line with --skip-refused)."),
        tuple(refused),
    )


def _remarks(incoming: Incoming, read: Reading[Any] | None) -> tuple[str, ...]:
    """Sentences on how the table was read, and on what is left out of it."""
    remarks = list(incoming.table.remarks)
    if read is not None and read.orders and incoming.map.date_order is None:
        words = sentence_list([order_words(order) for order in read.orders])
        remarks.append(tr("Dates are read as {orders}.").format(orders=words))
    if incoming.map.further:
        names = ", ".join(incoming.map.further)
        remarks.append(tr("Come along as further facts: {names}.").format(names=names))
    if incoming.map.left_out:
        remarks.append(tr("Columns that do not come in: {names}.").format(names=", ".join(incoming.map.left_out)))
    return tuple(remarks)


def _card_remarks(done: Imported) -> Iterator[str]:
    """What becomes of another program's scorecards."""
    if not isinstance(done, candidate_import.ImportedCandidates):
        return
    if done.cards:
        yield ntr(
            "{n} scorecard comes with them: a card from elsewhere is counted nowhere, and sealed as all others from "
            "who owes a card.",
            "{n} scorecards come with them: a card from elsewhere is counted nowhere, and sealed as all others from "
            "who owes a card.",
            done.cards,
        )
    if done.unclear:
        yield ntr(
            "{n} mark is “mixed”, which is no score: it needs a person.",
            "{n} marks are “mixed”, which is no score: each needs a person.",
            done.unclear,
        )


def order_words(order: DateOrder) -> str:
    """An order in a person's words."""
    return {
        DateOrder.DMY: tr("day, month, year"),
        DateOrder.MDY: tr("month, day, year"),
        DateOrder.YMD: tr("year, month, day"),
    }[order]
