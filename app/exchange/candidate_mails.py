"""Drafts of mails to candidates as .eml files, which a person's own mail program opens. Nothing is sent from here."""

from __future__ import annotations

from collections.abc import Sequence
from email.message import EmailMessage
from email.policy import SMTP
from pathlib import Path

from app.actions.mail import DraftWritten, drafts_removed, drafts_written
from app.errors import Refused
from app.exchange.mail import address, one_line
from app.phrases.mail import mail_words
from app.queries.mails import MailReady, WrittenDraft
from app.store.change_report import ChangeReport
from app.store.files import kept_beside, replace_file, safe_name
from app.store.workspace import Workspace
from app.words import tr


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

    Raises Refused where none is ready. Where a file can't be written, those before it are recorded, and why is raised.
    """
    written: list[DraftWritten] = []
    try:
        for one in _ready(mails):
            content = draft_of(one)
            path = kept_beside(folder / file_name(one), content)
            replace_file(path, content)
            written.append(DraftWritten(one.application, one.mail, one.language, path.absolute()))
    finally:
        report = drafts_written(workspace, written) if written else None
    assert report is not None
    return report


def write_one(workspace: Workspace, ready: MailReady, target: Path) -> ChangeReport:
    """Write a draft where a person wants it, and record it. Raises Refused where it is not ready."""
    (one,) = _ready([ready])
    replace_file(target, draft_of(one))
    return drafts_written(workspace, [DraftWritten(one.application, one.mail, one.language, target.absolute())])


def take_away(workspace: Workspace, drafts: Sequence[WrittenDraft]) -> ChangeReport:
    """Remove the files of drafts; one that is gone already is none any more. Raises Refused where one can't be."""
    gone: list[int] = []
    try:
        for draft in drafts:
            try:
                Path(draft.path).unlink(missing_ok=True)
            except OSError as error:
                raise Refused(
                    tr("{path} could not be removed: {why}.").format(path=draft.path, why=error.strerror),
                    tr("Remove it by hand: it was not sent from here."),
                ) from error
            gone.append(draft.id)
    finally:
        report = drafts_removed(workspace, gone) if gone else None
    assert report is not None
    return report


def _ready(mails: Sequence[MailReady]) -> list[MailReady]:
    ready = [one for one in mails if one.written is not None]
    if not ready:
        raise Refused(
            tr("No mail can be written: {why}.").format(why=mails[0].why if mails else tr("nobody is chosen")),
            tr("Mend that first."),
        )
    return ready
