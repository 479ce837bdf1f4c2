"""The whole check of a workspace: SQLite's own, the chain, and every submitted card against what was submitted."""

from __future__ import annotations

import hashlib
from collections import defaultdict
from dataclasses import dataclass
from pathlib import Path

from sqlalchemy import Connection, RowMapping, select
from sqlmodel import SQLModel

from app.domain.kinds import Op
from app.domain.scorecard import Card, CardState, Evidence, Observed, Overall, Rating, canonical_text
from app.errors import Damaged, Refused
from app.store import history, sqlite
from app.store.tables import Attachment, Blob, History, Note, ObservedSignal, RubricVersion, Scorecard, table_of
from app.store.tables import Rating as RatingRow
from app.store.workspace import Workspace, read_workspace
from app.words import tr

SUBMITTING = (Op.SUBMIT_CARD, Op.AMEND_CARD)


@dataclass(frozen=True)
class Finding:
    """One thing that does not hold, in words."""

    subject: str
    sentence: str


def check_file(path: Path) -> list[Finding]:
    """Everything that does not hold in a file; empty when it is sound.

    Raises NotAWorkspace, TooNew, ReadOnly when it can't be read as a workspace at all.
    """
    try:
        workspace = read_workspace(path)
    except Damaged as refused:
        return [Finding("file", str(refused.sentence))]
    try:
        return check_workspace(workspace)
    except Refused as refused:
        return [Finding("file", str(refused.sentence))]
    finally:
        workspace.close()


def check_workspace(workspace: Workspace) -> list[Finding]:
    """Everything that does not hold in an open workspace."""
    with workspace.read() as connection:
        found = [Finding("file", problem) for problem in sqlite.integrity(connection)]
        if found:
            return found
        found += [
            Finding(f"history:{b.number}", tr("History row {n}: {what}.").format(n=b.number, what=b.what))
            for b in history.verify(connection)
        ]
        found += _cards(connection)
        found += _attachments(connection)
    return found


def _cards(connection: Connection) -> list[Finding]:
    """Each submitted card must have the digest that was recorded; each recorded one must be there or erased."""
    found: list[Finding] = []
    salts = history.salts_of(connection)
    recorded = _newest(connection, SUBMITTING)
    erased = _newest(connection, (Op.ERASE,))
    present: set[str] = set()
    for identity, card in submitted_cards(connection):
        subject = f"scorecard:{identity}"
        present.add(subject)
        if subject not in recorded:
            found.append(
                Finding(
                    subject,
                    tr("Scorecard {id} is submitted, but the history knows nothing of it.").format(id=identity),
                )
            )
            continue
        digest, person = recorded[subject]
        salt = salts.get(person)
        if salt is None:
            if subject not in erased:
                found.append(
                    Finding(subject, tr("Scorecard {id} can't be verified: its salt is gone.").format(id=identity))
                )
        elif history.salted(salt, canonical_text(card)) != digest:
            found.append(Finding(subject, tr("Scorecard {id} is not what was submitted.").format(id=identity)))
    for subject in sorted(recorded.keys() - present - erased.keys()):
        found.append(
            Finding(
                subject,
                tr("Scorecard {id} was submitted and is gone, and no row says it was erased.").format(
                    id=subject.partition(":")[2]
                ),
            )
        )
    return found


def _newest(connection: Connection, ops: tuple[Op, ...]) -> dict[str, tuple[str, str]]:
    """By subject, digest and person of the newest row of these ops."""
    chain = table_of(History)
    query = (
        select(chain.c.subject, chain.c.digest, chain.c.person)
        .where(chain.c.op.in_([str(o) for o in ops]))
        .order_by(chain.c.number)
    )
    return {row.subject: (row.digest, row.person) for row in connection.execute(query)}


def submitted_cards(connection: Connection) -> list[tuple[int, Card]]:
    """Every card that left its draft, read back from the tables."""
    ratings = _by_card(connection, RatingRow)
    notes = _by_card(connection, Note)
    signals = _by_card(connection, ObservedSignal)
    rubrics = {
        row["id"]: f"{row['pack']} {row['version']}"
        for row in connection.execute(select(table_of(RubricVersion))).mappings()
    }
    cards = table_of(Scorecard)
    query = select(cards).where(cards.c.state != CardState.DRAFT).order_by(cards.c.id)
    return [
        (
            row["id"],
            card_of(row, rubrics[row["rubric_id"]], ratings[row["id"]], notes[row["id"]], signals[row["id"]]),
        )
        for row in connection.execute(query).mappings()
    ]


def _by_card(connection: Connection, rows: type[SQLModel]) -> defaultdict[int, list[RowMapping]]:
    grouped: defaultdict[int, list[RowMapping]] = defaultdict(list)
    table = table_of(rows)
    for row in connection.execute(select(table).order_by(table.c.id)).mappings():
        grouped[row["scorecard_id"]].append(row)
    return grouped


def card_of(
    row: RowMapping,
    rubric: str,
    ratings: list[RowMapping],
    notes: list[RowMapping],
    signals: list[RowMapping],
) -> Card:
    """A card's content from its rows, in the order people wrote it."""
    names = {r["dimension"] for r in (*ratings, *signals)} | {n["dimension"] for n in notes if n["dimension"]}
    by_dimension = {r["dimension"]: r for r in ratings}
    return Card(
        level=row["level"],
        rubric=rubric,
        planned=tuple(row["planned"]),
        ratings=tuple(
            Rating(
                dimension=name,
                score=by_dimension[name]["score"] if name in by_dimension else None,
                reason=by_dimension[name]["reason"] if name in by_dimension else None,
                evidence=tuple(
                    Evidence(n["at"], n["text"])
                    for n in sorted(notes, key=lambda n: (n["at"], n["id"]))
                    if n["dimension"] == name
                ),
                observed=tuple(
                    Observed(s["signal"], bool(s["red"]), s["quote"]) for s in signals if s["dimension"] == name
                ),
            )
            for name in sorted(names)
        ),
        overall=Overall(row["overall"]) if row["overall"] else None,
        overall_reason=row["overall_reason"],
        amend_reason=row["amend_reason"],
    )


def _attachments(connection: Connection) -> list[Finding]:
    """Each attachment's bytes must still have their hash."""
    found = []
    attached, blob = table_of(Attachment), table_of(Blob)
    query = select(attached.c.id, blob.c.digest, blob.c.content).select_from(attached.join(blob))
    for identity, digest, content in connection.execute(query):
        if hashlib.sha256(content).hexdigest() != digest:
            found.append(
                Finding(f"attachment:{identity}", tr("Attached file {id} has changed bytes.").format(id=identity))
            )
    return found
