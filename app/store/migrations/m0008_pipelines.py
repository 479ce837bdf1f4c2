"""Schema 8: contacts, tags, notes, holds, reasons, views and maps by name; an index of words.

A person has one open application in an opening. What was known stays as it was: mail addresses and phone become a
contact each; a source and a reason are of the kind 'not said'.
"""

from __future__ import annotations

import json
import re
from typing import Any

import sqlalchemy as sa
from alembic.operations import Operations

_OUTCOMES = "'active', 'hired', 'rejected', 'withdrawn'"
_MORE_OUTCOMES = f"{_OUTCOMES}, 'moved', 'duplicate'"
INDEX = (
    "CREATE TABLE search_mark (table_name TEXT, row_id INTEGER, PRIMARY KEY (table_name, row_id)) WITHOUT ROWID",
    "CREATE TABLE search_file (digest TEXT PRIMARY KEY, words TEXT) WITHOUT ROWID",
    "CREATE VIRTUAL TABLE search_index USING fts5(name, words, prefix='2 3', tokenize='unicode61 remove_diacritics 2')",
    "INSERT INTO search_index(search_index, rank) VALUES ('secure-delete', 1)",
)
_FOUND = (
    *("attachment", "candidate", "closing", "colleague", "contact", "debrief_walk", "decision", "goal"),
    *("growth_talk", "guide_version", "note", "observed_signal", "offer_event", "offer_term", "opening"),
    *("rubric_version", "scorecard"),
)
_NUMBERED: dict[str, Any] = {"sqlite_autoincrement": True}


def upgrade(op: Operations) -> None:
    """Add the columns and tables, and move mail and phone to their rows."""
    for table in ("application", "closing"):
        _widen_outcomes(op, table)
    for column in (
        (
            "candidate ADD source VARCHAR NOT NULL DEFAULT 'not_said' CONSTRAINT ck_candidate_source CHECK (source IN "
            "('not_said', 'applied', 'referred', 'board', 'agency', 'found', 'event', 'internal'))"
        ),
        "candidate ADD referred_by VARCHAR NOT NULL DEFAULT ''",
        "candidate ADD language VARCHAR NOT NULL DEFAULT ''",
        "candidate ADD consent_on DATE",
        "candidate ADD consent_how VARCHAR NOT NULL DEFAULT ''",
        "application ADD owner_id INTEGER CONSTRAINT fk_application_owner_id REFERENCES colleague (id)",
        (
            "closing ADD side VARCHAR NOT NULL DEFAULT 'not_said' CONSTRAINT ck_closing_side "
            "CHECK (side IN ('ours', 'theirs', 'not_said'))"
        ),
        "closing ADD why VARCHAR NOT NULL DEFAULT ''",
    ):
        op.execute(f"ALTER TABLE {column}")
    op.create_index("ix_application_owner_id", "application", ["owner_id"])
    _allow_applying_again(op)
    _add_people(op)
    _add_who_is_who(op)
    _move_contacts(op)
    _add_pipeline(op)
    _add_index(op)


def _add_index(op: Operations) -> None:
    """An index of words, empty, with every row marked that is to be in it."""
    bind = op.get_bind()
    for statement in INDEX:
        bind.exec_driver_sql(statement)
    for table in _FOUND:
        bind.exec_driver_sql(f"INSERT OR IGNORE INTO search_mark SELECT ?, id FROM {table}", (table,))  # noqa: S608


def _widen_outcomes(op: Operations, table: str) -> None:
    """An application may also end because it was moved, or because its person is there twice."""
    bind = op.get_bind()
    sql = "SELECT type, sql FROM sqlite_master WHERE tbl_name = ? AND sql IS NOT NULL ORDER BY type DESC"
    made, *indexes = [text for _, text in bind.exec_driver_sql(sql, (table,)).all()]
    counted = bind.exec_driver_sql("SELECT seq FROM sqlite_sequence WHERE name = ?", (table,)).scalar()
    _, brace, rest = made.partition("(")
    assert rest.count(_OUTCOMES) == 1
    bind.exec_driver_sql(f"CREATE TABLE {table}_8 {brace}{rest.replace(_OUTCOMES, _MORE_OUTCOMES)}")
    bind.exec_driver_sql(f"INSERT INTO {table}_8 SELECT * FROM {table}")  # noqa: S608
    bind.exec_driver_sql(f"DROP TABLE {table}")
    bind.exec_driver_sql(f"ALTER TABLE {table}_8 RENAME TO {table}")
    for index in indexes:
        bind.exec_driver_sql(index)
    if counted is not None:
        bind.exec_driver_sql("UPDATE sqlite_sequence SET seq = ? WHERE name = ?", (counted, table))


def _allow_applying_again(op: Operations) -> None:
    op.drop_index("uq_application_candidate_opening", table_name="application")
    both = ["candidate_id", "opening_id"]
    op.create_index("ix_application_candidate_opening", "application", both)
    open_ones = sa.text("outcome = 'active'")
    op.create_index("uq_application_open", "application", both, unique=True, sqlite_where=open_ones)


def _add_people(op: Operations) -> None:
    _table(
        op,
        "contact",
        _reference("candidate"),
        sa.Column("way", sa.String(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("value", sa.String(), nullable=False),
        sa.Column("folded", sa.String(), nullable=False),
        sa.CheckConstraint("way IN ('mail', 'phone', 'link')", name="ck_contact_way"),
    )
    op.create_index("ix_contact_folded", "contact", ["folded"])
    _table(
        op,
        "tag",
        _reference("candidate", index=False),
        sa.Column("name", sa.String(), nullable=False),
    )
    op.create_index("uq_tag_candidate_name", "tag", ["candidate_id", "name"], unique=True)
    op.create_index("ix_tag_name", "tag", ["name"])
    _table(
        op,
        "candidate_note",
        _reference("candidate"),
        _reference("colleague", "author_id", null=True, index=False),
        sa.Column("at", sa.Text(), nullable=False),
        sa.Column("text", sa.String(), nullable=False),
        sa.Column("private", sa.Boolean(), nullable=False),
    )
    _table(
        op,
        "further_fact",
        _reference("candidate"),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("value", sa.String(), nullable=False),
    )
    _table(
        op,
        "hold",
        _reference("application"),
        sa.Column("since", sa.Text(), nullable=False),
        sa.Column("until", sa.Date(), nullable=True),
        sa.Column("reason", sa.String(), nullable=False),
        _reference("colleague", "by_id", null=True, index=False),
        sa.Column("ended_at", sa.Text(), nullable=True),
        _reference("colleague", "ended_by_id", null=True, index=False),
    )
    _table(
        op,
        "close_reason",
        sa.Column("outcome", sa.String(), nullable=False),
        sa.Column("side", sa.String(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("words", sa.String(), nullable=False),
        sa.CheckConstraint(f"outcome IN ({_MORE_OUTCOMES})", name="ck_close_reason_outcome"),
        sa.CheckConstraint("side IN ('ours', 'theirs', 'not_said')", name="ck_close_reason_side"),
    )


def _add_who_is_who(op: Operations) -> None:
    _table(
        op,
        "merged_candidate",
        _reference("candidate"),
        sa.Column("former", sa.Integer(), nullable=False),
        sa.Column("at", sa.Text(), nullable=False),
        _reference("colleague", "by_id", null=True, index=False),
    )
    _table(
        op,
        "two_people",
        _reference("candidate", index=False),
        _reference("candidate", "other_id"),
        sa.Column("at", sa.Text(), nullable=False),
        _reference("colleague", "by_id", null=True, index=False),
    )
    op.create_index("uq_two_people", "two_people", ["candidate_id", "other_id"], unique=True)


def _move_contacts(op: Operations) -> None:
    connection = op.get_bind()
    known = connection.exec_driver_sql("SELECT id, mail, phone FROM candidate ORDER BY id").all()
    for candidate, mail, phone in known:
        held = [("mail", at, one, one.casefold()) for at, one in enumerate(_mails(mail))]
        held += [("phone", 0, phone, _number(phone))] if phone.strip() else []
        for contact in held:
            connection.exec_driver_sql(
                "INSERT INTO contact (candidate_id, way, position, value, folded) VALUES (?, ?, ?, ?, ?)",
                (candidate, *contact),
            )
    _keep_what_was_before(connection)
    op.drop_index("ix_candidate_mail", table_name="candidate")
    op.execute("ALTER TABLE candidate DROP COLUMN mail")
    op.execute("ALTER TABLE candidate DROP COLUMN phone")


def _keep_what_was_before(connection: Any) -> None:
    """A candidate somebody is typing in keeps what mail and phone were before, now in the rows they have become."""
    for number, row, before, *beside in connection.exec_driver_sql(
        "SELECT id, row_id, before, person, op, who, touched_at FROM unfinished WHERE table_name = 'candidate'"
    ).all():
        held = json.loads(before)
        for way in ("mail", "phone"):
            was = held.pop(way, "")
            now = (
                connection.exec_driver_sql(
                    "SELECT * FROM contact WHERE candidate_id = ? AND way = ? AND position = 0", (row, way)
                )
                .mappings()
                .first()
            )
            if now is not None and now["value"] != was:
                folded = was.strip().casefold() if way == "mail" else _number(was)
                image = json.dumps({**now, "value": was, "folded": folded}) if was else "null"
                connection.exec_driver_sql(
                    "INSERT INTO unfinished (table_name, row_id, before, person, op, who, touched_at)"
                    " VALUES ('contact', ?, ?, ?, ?, ?, ?)",
                    (now["id"], image, *beside),
                )
        held |= {"source": "not_said", "referred_by": "", "language": "", "consent_on": None, "consent_how": ""}
        connection.exec_driver_sql("UPDATE unfinished SET before = ? WHERE id = ?", (json.dumps(held), number))


def _mails(text: str) -> list[str]:
    """The addresses of a text, where it is nothing but addresses; else the text as it is."""
    parts = [part for part in re.split(r"[,;|\s]+", text) if part]
    if all(part.count("@") == 1 and part[0] != "@" != part[-1] for part in parts):
        return list(dict.fromkeys(parts))
    return [text]


def _number(phone: str) -> str:
    digits = "".join(c for c in phone if c.isdecimal())
    abroad = phone.strip().startswith(("+", "00"))
    number = digits.removeprefix("00") if abroad else digits
    return ("+" if abroad else "") + number if len(number) >= 6 else ""


def _add_pipeline(op: Operations) -> None:
    _table(
        op,
        "saved_view",
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("content", sa.String(), nullable=False),
        sa.UniqueConstraint("name", name="uq_saved_view_name"),
    )
    _table(
        op,
        "import_map",
        sa.Column("about", sa.String(), nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("content", sa.String(), nullable=False),
    )
    op.create_index("uq_import_map_name", "import_map", ["about", "name"], unique=True)


class _Reference:
    """A column that names a row of another table."""

    def __init__(self, target: str, column: str, *, null: bool, index: bool) -> None:
        self.target, self.name, self.null, self.index = target, column, null, index


def _reference(target: str, column: str = "", *, null: bool = False, index: bool = True) -> _Reference:
    return _Reference(target, column or f"{target}_id", null=null, index=index)


def _table(op: Operations, name: str, *parts: Any) -> None:
    columns: list[Any] = [sa.Column("id", sa.Integer(), nullable=False)]
    keys: list[Any] = []
    for part in parts:
        if isinstance(part, _Reference):
            columns.append(sa.Column(part.name, sa.Integer(), nullable=part.null))
            keys.append(sa.ForeignKeyConstraint([part.name], [f"{part.target}.id"], name=f"fk_{name}_{part.name}"))
        else:
            columns.append(part)
    op.create_table(name, *columns, *keys, sa.PrimaryKeyConstraint("id", name=f"pk_{name}"), **_NUMBERED)
    for part in parts:
        if isinstance(part, _Reference) and part.index:
            op.create_index(f"ix_{name}_{part.name}", name, [part.name])
