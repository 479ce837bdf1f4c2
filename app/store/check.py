"""The whole check of a workspace: SQLite's own, the chain, and every submitted card against what was submitted."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from pathlib import Path

from sqlalchemy import Connection, select

from app.domain.assessment import canonical_text as assessment_text
from app.domain.kinds import Op
from app.domain.scorecard import CardState, canonical_text
from app.errors import Damaged, Refused
from app.store import history, sqlite
from app.store.assessments import read_assessments
from app.store.chain import History, Image, Salt
from app.store.columns import table_of
from app.store.scorecards import read_cards
from app.store.tables import Attachment, Blob, ReturnedForm, Scorecard
from app.store.tables_growth import Assessment, ReturnedAssessment
from app.store.workspace import Workspace, read_workspace
from app.words import tr

SUBMITTING = (Op.SUBMIT_CARD, Op.AMEND_CARD)
ASSESSING = (Op.SUBMIT_ASSESSMENT, Op.AMEND_ASSESSMENT)
DIGEST_ONLY = (*SUBMITTING, *ASSESSING, Op.CARDS_OPENED, Op.COPY_FILE)
"""Rows that were written without before and after: their text is made again from the cards, or is the subject."""


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
        found += _images(connection)
        found += _cards(connection)
        found += _amended(connection)
        found += _attachments(connection)
    return found


def _images(connection: Connection) -> list[Finding]:
    """Each row's before and after must be there, unless the person it is about was erased with their salt."""
    chain, image, salt = table_of(History), table_of(Image), table_of(Salt)
    rows = chain.outerjoin(image, image.c.number == chain.c.number).outerjoin(salt, salt.c.person == chain.c.person)
    query = (
        select(chain.c.number)
        .select_from(rows)
        .where(image.c.number.is_(None), chain.c.op.not_in([str(o) for o in DIGEST_ONLY]))
        .where(salt.c.person.is_not(None) | (chain.c.person == history.WORKSPACE_PERSON))
        .order_by(chain.c.number)
    )
    words = tr("History row {n}: what was recorded before and after it is gone, and nobody was erased.")
    return [Finding(f"history:{n}", words.format(n=n)) for n in connection.execute(query).scalars()]


def _amended(connection: Connection) -> list[Finding]:
    """Whatever was amended must have a submitted one in its place, or it would count nowhere."""
    found = []
    for rows, words in (
        (table_of(Scorecard), tr("Scorecard {id} is marked as amended, but no submitted card stands in its place.")),
        (table_of(Assessment), tr("Assessment {id} is marked as amended, but no submitted one stands in its place.")),
    ):
        later = rows.alias()
        replaced = select(later.c.id).where(later.c.amends_id == rows.c.id, later.c.state != CardState.DRAFT).exists()
        query = select(rows.c.id).where(rows.c.state == CardState.AMENDED, ~replaced).order_by(rows.c.id)
        found += [Finding(f"{rows.name}:{n}", words.format(id=n)) for n in connection.execute(query).scalars()]
    return found


def _cards(connection: Connection) -> list[Finding]:
    """Each submitted card and assessment against the digest that was recorded."""
    cards, assessments = table_of(Scorecard), table_of(Assessment)
    submitted = [row.id for row in connection.execute(select(cards.c.id).where(cards.c.state != CardState.DRAFT))]
    assessed = select(assessments.c.id).where(assessments.c.state != CardState.DRAFT)
    contents = read_assessments(connection, list(connection.execute(assessed).scalars()))
    return [
        *_declared(
            connection, SUBMITTING, "scorecard", tr("Scorecard"),
            {n: canonical_text(card) for n, card in read_cards(connection, submitted).items()},
        ),
        *_declared(
            connection, ASSESSING, "assessment", tr("Assessment"),
            {n: assessment_text(content) for n, content in contents.items()},
        ),
    ]  # fmt: skip


def _declared(
    connection: Connection, ops: tuple[Op, ...], table: str, what: str, texts: dict[int, str]
) -> list[Finding]:
    """Each text must have the digest that was recorded; each recorded one must be there or erased."""
    found: list[Finding] = []
    salts = history.salts_of(connection)
    recorded = _newest(connection, ops)
    erased = _newest(connection, (Op.ERASE,))
    words = {
        "unknown": tr("{what} {id} is submitted, but the history knows nothing of it."),
        "salt": tr("{what} {id} can't be verified: its salt is gone."),
        "other": tr("{what} {id} is not what was submitted."),
        "gone": tr("{what} {id} was submitted and is gone, and no row says it was erased."),
    }

    def find(subject: str, why: str) -> None:
        found.append(Finding(subject, words[why].format(what=what, id=subject.partition(":")[2])))

    for identity, text in texts.items():
        subject = f"{table}:{identity}"
        if subject not in recorded:
            find(subject, "unknown")
            continue
        digest, person = recorded[subject]
        salt = salts.get(person)
        if salt is None:
            if subject not in erased:
                find(subject, "salt")
        elif history.salted(salt, text) != digest:
            find(subject, "other")
    present = {f"{table}:{identity}" for identity in texts}
    for subject in sorted(recorded.keys() - present - erased.keys()):
        find(subject, "gone")
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


def _attachments(connection: Connection) -> list[Finding]:
    """The bytes of each attachment and of each returned form must still have their hash."""
    found = []
    blob = table_of(Blob)
    for rows, words in (
        (table_of(Attachment), tr("Attached file {id} has changed bytes.")),
        (table_of(ReturnedForm), tr("Returned form {id} has changed bytes.")),
        (table_of(ReturnedAssessment), tr("Returned assessment {id} has changed bytes.")),
    ):
        query = select(rows.c.id, blob.c.digest, blob.c.content).select_from(rows.join(blob))
        found += [
            Finding(f"{rows.name}:{identity}", words.format(id=identity))
            for identity, digest, content in connection.execute(query)
            if hashlib.sha256(content).hexdigest() != digest
        ]
    return found
