"""The whole check of a workspace: SQLite's own, the chain, every row against its last image in the history, and every
submitted card against what was submitted. It says what it could not compare."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Sequence
from pathlib import Path

from sqlalchemy import Connection, Text, select, type_coerce

from app.domain.assessment import assessment_text
from app.domain.operations import Op
from app.domain.scorecard import CardState, card_text
from app.errors import Damaged, Refused
from app.store import history, sqlite
from app.store.assessment import read_assessments
from app.store.columns import table_of
from app.store.compare import Compared, Finding, compare
from app.store.history import ASSESSING, DIGEST_ONLY, SUBMITTING
from app.store.history_tables import History, Image, Salt
from app.store.scorecard import read_cards
from app.store.tables import Attachment, Blob, RubricVersion, Scorecard
from app.store.tables_forms import ReturnedForm
from app.store.tables_growth import Assessment, GuideVersion, ReturnedAssessment
from app.store.transcript import unreadable
from app.store.workspace import Workspace, read_workspace
from app.words import tr

__all__ = ["Compared", "Finding", "check_file", "check_workspace", "compare_file", "compare_workspace"]

UNREADABLE = (ValueError, TypeError, AttributeError, KeyError)
"""What reading a card ends in where a value of it is damaged; it is named with its row."""


def check_file(path: Path) -> list[Finding]:
    """Everything that does not hold in a file; empty when it is sound.

    Raises NotAWorkspace, TooNew, ReadOnly when it can't be read as a workspace at all.
    """
    return compare_file(path).findings


def compare_file(path: Path) -> Compared:
    """Everything that does not hold in a file, and what of it could not be compared. Raises as `check_file`."""
    try:
        workspace = read_workspace(path)
    except Damaged as refused:
        return Compared([Finding("file", str(refused.sentence))])
    try:
        return compare_workspace(workspace)
    except Refused as refused:
        return Compared([Finding("file", str(refused.sentence))])
    finally:
        workspace.close()


def check_workspace(workspace: Workspace) -> list[Finding]:
    """Everything that does not hold in an open workspace."""
    return compare_workspace(workspace).findings


def compare_workspace(workspace: Workspace) -> Compared:
    """Everything that does not hold in an open workspace, and what of it could not be compared."""
    with workspace.read() as connection, sqlite.as_it_lies(connection):
        found = [Finding("file", problem) for problem in sqlite.integrity(connection)]
        if found:
            return Compared(found)
        found += [
            Finding(f"history:{b.number}", tr("History row {n}: {what}.").format(n=b.number, what=b.what))
            for b in history.verify(connection)
        ]
        found += _images(connection)
        compared = compare(connection)
        found += compared.findings
        found += _cards(connection)
        found += _moments(connection)
        found += _amended(connection)
        found += _bytes(connection)
        found += _texts(connection)
        words = tr("Transcript {id} can’t be read.")
        found += [Finding(f"transcript:{n}", words.format(id=n)) for n in unreadable(connection)]
    return Compared(found, compared.beside)


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
    found = [Finding(f"history:{n}", words.format(n=n)) for n in connection.execute(query).scalars()]
    unsalted = (
        select(chain.c.number)
        .select_from(rows)
        .where(image.c.number.is_not(None), salt.c.person.is_(None))
        .order_by(chain.c.number)
    )
    words = tr("History row {n}: what verifies its before and after is gone, and they are not.")
    return found + [Finding(f"history:{n}", words.format(n=n)) for n in connection.execute(unsalted).scalars()]


def _amended(connection: Connection) -> list[Finding]:
    """Whatever was amended must have a submitted one in its place, or it would count nowhere; and no other may."""
    found = []
    for rows, words in (
        (table_of(Scorecard), tr("Scorecard {id} is marked as amended, but no submitted card stands in its place.")),
        (table_of(Assessment), tr("Assessment {id} is marked as amended, but no submitted one stands in its place.")),
    ):
        later = rows.alias()
        replaced = select(later.c.id).where(later.c.amends_id == rows.c.id, later.c.state != CardState.DRAFT).exists()
        query = select(rows.c.id).where(rows.c.state == CardState.AMENDED, ~replaced).order_by(rows.c.id)
        found += [Finding(f"{rows.name}:{n}", words.format(id=n)) for n in connection.execute(query).scalars()]
        query = select(rows.c.id).where(rows.c.state == CardState.SUBMITTED, replaced).order_by(rows.c.id)
        unknown = select(rows.c.id).where(rows.c.state.not_in([str(s) for s in CardState])).order_by(rows.c.id)
        neither = tr("{table} {id} is neither a draft nor submitted nor amended.")
        found += [
            Finding(f"{rows.name}:{n}", neither.format(table=rows.name, id=n))
            for n in connection.execute(unknown).scalars()
        ]
        twice = tr("{table} {id} was amended, but is marked as the one that counts.")
        found += [
            Finding(f"{rows.name}:{n}", twice.format(table=rows.name, id=n))
            for n in connection.execute(query).scalars()
        ]
    return found


def _cards(connection: Connection) -> list[Finding]:
    """Each submitted card and assessment against the digest that was recorded."""
    cards, assessments = table_of(Scorecard), table_of(Assessment)
    submitted = connection.execute(select(cards.c.id).where(cards.c.state != CardState.DRAFT)).scalars().all()
    assessed = (
        connection.execute(select(assessments.c.id).where(assessments.c.state != CardState.DRAFT)).scalars().all()
    )
    return [
        *_declared(
            connection,
            SUBMITTING,
            "scorecard",
            tr("Scorecard"),
            _all_read(submitted, lambda some: {n: card_text(c) for n, c in read_cards(connection, some).items()}),
        ),
        *_declared(
            connection,
            ASSESSING,
            "assessment",
            tr("Assessment"),
            _all_read(
                assessed, lambda some: {n: assessment_text(c) for n, c in read_assessments(connection, some).items()}
            ),
        ),
    ]


def _all_read(wanted: Sequence[int], read: Callable[[Sequence[int]], dict[int, str]]) -> dict[int, str | None]:
    """The texts by number, read together; where one can't be read, one by one, and None for it."""
    try:
        return {**dict.fromkeys(wanted), **read(wanted)}
    except UNREADABLE:
        if len(wanted) == 1:
            return {wanted[0]: None}
    half = len(wanted) // 2
    return {**_all_read(wanted[:half], read), **_all_read(wanted[half:], read)}


def _declared(
    connection: Connection, ops: tuple[Op, ...], table: str, what: str, texts: dict[int, str | None]
) -> list[Finding]:
    """Each text must have the digest that was recorded; each recorded one must be there or erased."""
    found: list[Finding] = []
    salts = history.salts_of(connection)
    recorded = _newest(connection, ops)
    erased = _newest(connection, (Op.ERASE,))
    words = {
        "unknown": tr("{what} {id} is submitted, but the history knows nothing of it."),
        "salt": tr("{what} {id} can't be verified: its salt is gone."),
        "unread": tr("{what} {id} can't be read."),
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
        elif text is None:
            find(subject, "unread")
        elif not isinstance(salt, bytes) or history.salted(salt, text) != digest:
            find(subject, "other")
    present = {f"{table}:{identity}" for identity in texts}
    for subject in sorted(recorded.keys() - present - erased.keys()):
        find(subject, "gone")
    return found


def _moments(connection: Connection) -> list[Finding]:
    """Each card and assessment must have come in at the moment of the history row that declares it."""
    chain, found = table_of(History), []
    for rows, ops in ((table_of(Scorecard), SUBMITTING), (table_of(Assessment), ASSESSING)):
        query = (
            select(chain.c.subject, chain.c.at).where(chain.c.op.in_([str(o) for o in ops])).order_by(chain.c.number)
        )
        recorded = {row.subject: row.at for row in connection.execute(query)}
        said = select(rows.c.id, type_coerce(rows.c.submitted_at, Text)).where(rows.c.state != CardState.DRAFT)
        words = tr("Row {id} of {table} is not what was recorded last: {columns}.")
        found += [
            Finding(f"{rows.name}:{n}", words.format(id=n, table=rows.name, columns="submitted_at"))
            for n, at in connection.execute(said.order_by(rows.c.id))
            if recorded.get(f"{rows.name}:{n}", at) != at
        ]
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


def _bytes(connection: Connection) -> list[Finding]:
    """The bytes of each attached file and of each returned form must still have their hash, and all others too."""
    found = []
    blob = table_of(Blob)
    changed = {
        digest
        for digest, content in connection.execute(select(blob.c.digest, blob.c.content))
        if not isinstance(content, bytes) or hashlib.sha256(content).hexdigest() != digest
    }
    for rows, words in (
        (table_of(Attachment), tr("Attached file {id} has changed bytes.")),
        (table_of(ReturnedForm), tr("Returned form {id} has changed bytes.")),
        (table_of(ReturnedAssessment), tr("Returned assessment {id} has changed bytes.")),
    ):
        found += [
            Finding(f"{rows.name}:{identity}", words.format(id=identity))
            for identity, digest in connection.execute(select(rows.c.id, rows.c.digest).order_by(rows.c.id))
            if digest in changed
        ]
    if changed and not found:
        found.append(Finding("blob", tr("Bytes of a file that was removed have changed.")))
    return found


def _texts(connection: Connection) -> list[Finding]:
    """The text of each rubric and each version of a guide must still have its hash."""
    found = []
    for rows, words in (
        (table_of(RubricVersion), tr("The text of rubric {id} is not what was adopted.")),
        (table_of(GuideVersion), tr("The text of leveling guide {id} is not what was adopted.")),
    ):
        query = select(rows.c.id, rows.c.digest, rows.c.content).order_by(rows.c.id)
        found += [
            Finding(f"{rows.name}:{identity}", words.format(id=identity))
            for identity, digest, text in connection.execute(query)
            if not isinstance(text, str) or hashlib.sha256(history.utf8(text)).hexdigest() != digest
        ]
    return found
