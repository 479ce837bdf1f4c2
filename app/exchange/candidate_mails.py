"""Drafts of mails to candidates as .eml files, which a person's own mail program opens. Nothing is sent from here."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from email.message import EmailMessage
from email.policy import SMTP
from pathlib import Path

from app.actions.mail import DraftWritten, drafts_removed, drafts_written
from app.errors import Refused
from app.exchange.mail import address, one_line
from app.phrases.mail import mail_words
from app.queries.mails import MailReady, WrittenDraft, mails_for
from app.store.change_report import ChangeReport
from app.store.files import bytes_in, kept_beside, replace_file, safe_name
from app.store.workspace import Workspace
from app.words import tr

_MOST = 1 << 20
"""No draft has so many bytes; a file that has more was changed."""


def draft_of(ready: MailReady) -> bytes:
    """The draft as bytes of an .eml file: no date and no sender, which the mail program adds.

    An address that is none is left out; the draft then asks for it by having no To.
    """
    assert ready.written is not None
    message = EmailMessage(policy=SMTP)
    message["Subject"] = one_line(ready.written.subject)
    to = address(ready.name, ready.address)
    if to is not None:
        message["To"] = to
    message["X-Unsent"] = "1"
    message.set_content(ready.written.body, charset="utf-8")
    return message.as_bytes()


def file_name(ready: MailReady) -> str:
    """What the file of a draft is called."""
    return safe_name(f"{ready.name}, {mail_words(ready.mail)}.eml")


def write_into(workspace: Workspace, mails: Sequence[MailReady], folder: Path) -> ChangeReport:
    """Write those that are ready into a folder, beside what lies there, and record them as one step.

    Raises Refused where none is ready, and where one would say something else by now than it was shown to. Where a
    file can't be written, those before it are recorded, and why is raised.
    """
    written: list[DraftWritten] = []
    try:
        for one in _ready(workspace, mails):
            content = draft_of(one)
            path = kept_beside(folder / file_name(one), content)
            replace_file(path, content)
            written.append(_written(one, path, content))
    finally:
        report = drafts_written(workspace, written) if written else None
    assert report is not None
    return report


def write_one(workspace: Workspace, ready: MailReady, target: Path) -> ChangeReport:
    """Write a draft where a person wants it, and record it. Raises Refused as `write_into` does."""
    (one,) = _ready(workspace, [ready])
    content = draft_of(one)
    replace_file(target, content)
    return drafts_written(workspace, [_written(one, target, content)])


def _written(ready: MailReady, path: Path, content: bytes) -> DraftWritten:
    digest = hashlib.sha256(content).hexdigest()
    return DraftWritten(ready.application, ready.mail, ready.language, path.absolute(), digest)


def take_away(workspace: Workspace, drafts: Sequence[WrittenDraft]) -> ChangeReport:
    """Remove the files of at least one draft; one that is gone already is none any more.

    Raises Refused, after the others went, for those that can't be removed and those that somebody changed since.
    """
    kept = {draft.id: why for draft in drafts if (why := _kept(draft))}
    gone = [draft.id for draft in drafts if draft.id not in kept]
    report = drafts_removed(workspace, gone) if gone else None
    if kept:
        raise Refused("\n".join(kept.values()), tr("Look at it, and remove it by hand: it was not sent from here."))
    assert report is not None
    return report


def _kept(draft: WrittenDraft) -> str:
    """Remove the file of a draft; why it stays, or nothing."""
    path = Path(draft.path)
    try:
        if not path.exists():
            return ""
        if not draft.sha256:
            return tr("{path} is of an earlier version, which kept nothing to tell whether it was changed.").format(
                path=draft.path
            )
        if hashlib.sha256(bytes_in(path, _MOST)).hexdigest() != draft.sha256:
            return tr("{path} was changed since it was written, and stays.").format(path=draft.path)
        path.unlink()
    except OSError as error:
        return tr("{path} could not be removed: {why}.").format(path=draft.path, why=error.strerror)
    except Refused as refused:  # it is the open workspace by now
        return str(refused)
    return ""


def _ready(workspace: Workspace, mails: Sequence[MailReady]) -> list[MailReady]:
    ready = [one for one in mails if one.written is not None]
    if not ready:
        raise Refused(
            tr("No mail can be written: {why}.").format(why=mails[0].why if mails else tr("nobody is chosen")),
            tr("Mend that first."),
        )
    now = {one.application: one for one in mails_for(workspace, [one.application for one in ready], ready[0].mail)}
    for one in ready:
        if now.get(one.application) != one:
            raise Refused(
                tr("Something about {name} changed since the mail was shown.").format(name=one.name),
                tr("Look at it again, then write it."),
            )
    return ready
