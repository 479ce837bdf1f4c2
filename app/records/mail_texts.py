"""The texts of mails: the workspace's own, and those that come with the program."""

from __future__ import annotations

from functools import cache

import yaml
from sqlalchemy import Connection
from sqlmodel import col

from app.domain.mail import MailKind, MailText
from app.resources import resource
from app.store.columns import rows_of
from app.store.tables_mail import MailTemplate


def own_texts(connection: Connection) -> tuple[MailText, ...]:
    """Those somebody wrote here."""
    rows = rows_of(connection, MailTemplate, order_by=[col(MailTemplate.id)])
    return tuple(MailText(MailKind(r.mail), r.stage, r.language, r.subject, r.body) for r in rows)


def mail_texts(connection: Connection) -> tuple[MailText, ...]:
    """All there are, those of the workspace before the program's."""
    return (*own_texts(connection), *shipped_texts())


@cache
def shipped_texts() -> tuple[MailText, ...]:
    """Those that come with the program, by language."""
    found = []
    for path in sorted(resource("mails").glob("*.yaml")):
        for one in yaml.safe_load(path.read_text("utf-8")):
            kind, stage = MailKind(one["mail"]), one.get("stage", "")
            found.append(MailText(kind, stage, path.stem, one["subject"], one["body"]))
    return tuple(found)
