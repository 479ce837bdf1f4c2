"""Mails to candidates: their texts, and which drafts were written and taken away."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from sqlalchemy import select
from sqlmodel import col

from app.actions.application import about_candidate
from app.domain.mail import MailKind, MailText
from app.domain.operations import Op
from app.errors import Refused
from app.phrases.mail import fault_words, mail_words
from app.store.change_report import ChangeReport
from app.store.step import Step
from app.store.tables_mail import MailDraft, MailTemplate
from app.store.workspace import Workspace
from app.words import ntr, tr


@dataclass(frozen=True)
class DraftWritten:
    """A draft that lies in a file now, and the fingerprint of what it says."""

    application: int
    mail: MailKind
    language: str
    path: Path
    sha256: str


def keep_text(workspace: Workspace, text: MailText, *, further: bool = False) -> ChangeReport:
    """Write such mails in these words from now on.

    Raises Refused for an empty text, for places nobody can fill, and where a `further` one is there already.
    """
    if not text.subject.strip() or not text.body.strip():
        raise Refused(tr("A mail needs a subject and a text."), tr("Write both."))
    if text.faults:
        raise Refused(fault_words(text.faults), tr("Take a place from the list, or take the braces out."))
    with workspace.step(Op.KEEP_MAIL_TEXT) as step:
        subject, body = " ".join(text.subject.split()), text.body.strip() + "\n"
        known = _own(step, text)
        if known is not None and further:
            raise Refused(
                tr("There is a text of yours for this mail, stage and language."), tr("Change that one in the list.")
            )
        if known is None:
            step.add(MailTemplate, mail=text.mail, stage=text.stage, language=text.language, subject=subject, body=body)
        else:
            step.edit(MailTemplate, known, subject=subject, body=body)
        step.words = tr("text of the {mail}").format(mail=mail_words(text.mail))
    return step.report()


def drop_text(workspace: Workspace, text: MailText) -> ChangeReport:
    """Let go of the workspace's own words; the program's are taken again, where it has any."""
    with workspace.step(Op.KEEP_MAIL_TEXT) as step:
        known = _own(step, text)
        if known is not None:
            step.remove(MailTemplate, known)
        step.words = tr("removal of the text of the {mail}").format(mail=mail_words(text.mail))
    return step.report()


def drafts_written(workspace: Workspace, drafts: Sequence[DraftWritten]) -> ChangeReport:
    """Keep that these drafts were written; what lay in the same file before is gone."""
    with workspace.step(Op.WRITE_MAILS) as step:
        for draft in drafts:
            for former in _lying_in(step, draft.path):
                step.edit(MailDraft, former, removed_at=step.at)
            about_candidate(step, draft.application)
            step.add(
                MailDraft,
                application_id=draft.application,
                mail=draft.mail,
                language=draft.language,
                path=str(draft.path),
                sha256=draft.sha256,
                written_at=step.at,
                by_id=step.who,
            )
        step.words = ntr("{n} draft of a mail", "{n} drafts of mails", len(drafts))
    return step.report()


def drafts_removed(workspace: Workspace, drafts: Sequence[int]) -> ChangeReport:
    """Keep that the files of these drafts were taken away."""
    with workspace.step(Op.WRITE_MAILS) as step:
        for draft in drafts:
            about_candidate(step, step.get(MailDraft, draft).application_id)
            step.edit(MailDraft, draft, removed_at=step.at)
        step.words = ntr("removal of {n} draft", "removal of {n} drafts", len(drafts))
    return step.report()


def _lying_in(step: Step, path: Path) -> list[int]:
    query = select(col(MailDraft.id)).where(col(MailDraft.path) == str(path), col(MailDraft.removed_at).is_(None))
    return list(step.connection.execute(query).scalars())


def _own(step: Step, text: MailText) -> int | None:
    found = step.first(
        select(col(MailTemplate.id)).where(
            col(MailTemplate.mail) == text.mail,
            col(MailTemplate.stage) == text.stage,
            col(MailTemplate.language) == text.language,
        )
    )
    return found[0] if found is not None else None
