"""Drafts of mails to candidates: their language and text, what is lacking, the file, and what is kept of it."""

from __future__ import annotations

import email
from email.message import EmailMessage
from email.policy import default
from pathlib import Path

import pytest

from app.actions import application, candidate, interview, mail, opening_job
from app.actions.undo import Undoing
from app.domain.mail import PLACES, MailKind, MailText, text_for
from app.domain.pay import PayRange
from app.domain.pipeline import Outcome
from app.errors import Refused
from app.exchange.candidate_mails import draft_of, take_away, write_into, write_one
from app.queries.application import application_page
from app.queries.mails import MailReady, mails_for, rejections_written
from app.records.mail_texts import shipped_texts
from app.store.workspace import Workspace, open_workspace
from tests.samples import sample_in

OPEN, PERSON = 18, 18  # an open application of the sample, and whose it is


@pytest.fixture
def workspace(tmp_path: Path) -> Workspace:
    """The sample."""
    return open_workspace(sample_in(tmp_path), backups=tmp_path / "data")


def one(workspace: Workspace, kind: MailKind, number: int = OPEN) -> MailReady:
    (ready,) = mails_for(workspace, [number], kind)
    return ready


def parsed(ready: MailReady) -> EmailMessage:
    message = email.message_from_bytes(draft_of(ready), policy=default)
    assert isinstance(message, EmailMessage)
    return message


def body(ready: MailReady) -> str:
    part = parsed(ready).get_body()
    assert part is not None
    return str(part.get_content())


def test_every_text_that_comes_along_is_whole_in_every_language() -> None:
    texts = shipped_texts()
    languages = {text.language for text in texts}
    assert languages >= {"en", "de", "fr", "es"}
    for language in languages:
        known = {(text.mail, text.stage) for text in texts if text.language == language}
        assert {kind for kind, stage in known if not stage} == set(MailKind), language
        assert known == {(text.mail, text.stage) for text in texts if text.language == "en"}, language
    assert [text for text in texts if text.faults or not text.subject.strip() or not text.body.strip()] == []


def test_no_place_of_a_mail_is_about_what_anybody_thinks() -> None:
    words = " ".join(PLACES)
    assert not [w for w in ("score", "rating", "card", "zone", "decision", "debrief", "vote", "note") if w in words]


def test_a_mail_is_in_the_language_of_the_person_and_says_so_where_there_is_none(workspace: Workspace) -> None:
    assert one(workspace, MailKind.THANKS).language == "en"
    candidate.edit(workspace, PERSON, language="de")
    ready = one(workspace, MailKind.THANKS)
    assert (ready.language, ready.wanted) == ("de", "de")
    assert "Freundliche Grüße" in body(ready)
    candidate.edit(workspace, PERSON, language="fi")
    ready = one(workspace, MailKind.THANKS)
    assert (ready.language, ready.wanted) == ("en", "fi")
    mail.keep_text(workspace, MailText(MailKind.THANKS, "", "fi", "Kiitos", "Hei {first name}!\n\n{sender}"))
    assert parsed(one(workspace, MailKind.THANKS))["Subject"] == "Kiitos"


def test_a_draft_is_one_that_a_mail_program_can_send(workspace: Workspace) -> None:
    candidate.edit(workspace, PERSON, name="Noor\r\nBcc: x@example.org", mail="noor@example.org")
    message = parsed(one(workspace, MailKind.THANKS))
    assert message["X-Unsent"] == "1"
    assert message["Bcc"] is None
    assert message["To"].addresses[0].addr_spec == "noor@example.org"
    assert "Ruth Amadi" in body(one(workspace, MailKind.THANKS))
    candidate.edit(workspace, PERSON, mail="")
    assert parsed(one(workspace, MailKind.THANKS))["To"] is None, "the mail program asks for it"


def test_what_is_filled_in_is_never_read_for_places(workspace: Workspace) -> None:
    candidate.edit(workspace, PERSON, name="{sender} <b>{pay}</b>")
    assert "Dear {sender}," in body(one(workspace, MailKind.THANKS)), "the first of the names"


def test_an_invitation_names_rounds_to_come_alone_and_waits_for_one(workspace: Workspace) -> None:
    page = application_page(workspace, OPEN)
    for planned in page.rounds:
        if planned.interview is not None and planned.starts_at is not None and planned.starts_at > workspace.now():
            interview.remove(workspace, planned.interview)
    ready = one(workspace, MailKind.INVITATION)
    assert ready.written is None
    assert ready.why == "no interview of theirs has a time to come"
    free = next(r for r in application_page(workspace, OPEN).rounds if r.interview is None)
    when = workspace.now().replace(month=4, day=7, hour=8, minute=0)
    interview.add(workspace, OPEN, free.plan_round, 3, when, 45, "Room Fjord")
    candidate.edit(workspace, PERSON, language="de")
    ready = one(workspace, MailKind.INVITATION)
    assert ready.written is not None
    assert "Dienstag, 7. April 2026, 10:00 (Europe/Brussels)" in ready.written.body
    assert free.exercise in ready.written.body
    assert "Room Fjord" in ready.written.body


def test_a_rejection_needs_a_rejected_application_and_takes_the_words_of_the_stage(workspace: Workspace) -> None:
    assert one(workspace, MailKind.REJECTION).why == "the application is open: close it first"
    page = application_page(workspace, OPEN)
    first = page.stages[0][0]
    application.move(workspace, OPEN, first)
    application.close(workspace, OPEN, Outcome.REJECTED)
    early = one(workspace, MailKind.REJECTION)
    assert early.written is not None
    assert "We have read it" in early.written.body
    application.reopen(workspace, OPEN)
    application.move(workspace, OPEN, page.stages[3][0])
    application.close(workspace, OPEN, Outcome.REJECTED)
    late = one(workspace, MailKind.REJECTION)
    assert late.written is not None
    assert "our conversations" in late.written.body
    stage = page.stages[3][1]
    mail.keep_text(workspace, MailText(MailKind.REJECTION, stage, "en", "About {role}", "Dear {name}, no. {sender}"))
    ours = one(workspace, MailKind.REJECTION)
    assert ours.written is not None
    assert ours.written.subject.startswith("About ")
    assert one(workspace, MailKind.OFFER).why == "the application is closed"


def test_a_text_is_checked_kept_and_let_go(workspace: Workspace) -> None:
    with pytest.raises(Refused, match=r"Nobody can fill \{score\}"):
        mail.keep_text(workspace, MailText(MailKind.THANKS, "", "en", "Hello", "You got {score}."))
    with pytest.raises(Refused, match="subject and a text"):
        mail.keep_text(workspace, MailText(MailKind.THANKS, "", "en", "Hello", "  \n"))
    ours = MailText(MailKind.THANKS, "", "en", "Hello", "{pay}")
    mail.keep_text(workspace, ours)
    number = application_page(workspace, OPEN).opening
    opening_job.set_pay(workspace, number, PayRange())
    assert one(workspace, MailKind.THANKS).why == "the opening has no pay range"
    mail.drop_text(workspace, ours)
    assert one(workspace, MailKind.THANKS).written is not None


def test_many_are_written_beside_what_lies_there_and_stand_in_the_timeline(
    workspace: Workspace, tmp_path: Path
) -> None:
    folder = tmp_path / "drafts"
    folder.mkdir()
    mails = mails_for(workspace, [17, 18, 20], MailKind.THANKS)
    report = write_into(workspace, mails, folder)
    assert not report.undoable
    first = sorted(folder.glob("*.eml"))
    assert len(first) == 3
    first[0].write_bytes(b"changed by hand")
    write_into(workspace, mails, folder)
    assert first[0].read_bytes() == b"changed by hand"
    assert len(list(folder.glob("*.eml"))) == 4, "what is there already is not written twice"
    said = [moment.words for moment in application_page(workspace, OPEN).timeline]
    assert said.count("Draft written: thanks, in English") == 2


def test_undo_goes_on_behind_a_draft_and_a_rejection_that_lies_there_is_named(
    workspace: Workspace, tmp_path: Path
) -> None:
    undoing = Undoing()
    undoing.note(application.close(workspace, OPEN, Outcome.REJECTED))
    target = tmp_path / "no.eml"
    undoing.note(write_one(workspace, one(workspace, MailKind.REJECTION), target))
    undoing.undo(workspace)
    (draft,) = rejections_written(workspace, [OPEN])
    assert (draft.mail, draft.path) == (MailKind.REJECTION, str(target))
    take_away(workspace, [draft])
    assert not target.exists()
    assert rejections_written(workspace, [OPEN]) == ()
    assert [m.words for m in application_page(workspace, OPEN).timeline][-1] == "Draft taken away: rejection"


def test_a_draft_that_somebody_changed_stays_and_is_named_and_the_others_go(
    workspace: Workspace, tmp_path: Path
) -> None:
    for number in (OPEN, 20):
        application.close(workspace, number, Outcome.REJECTED)
    write_into(workspace, mails_for(workspace, [OPEN, 20], MailKind.REJECTION), tmp_path)
    drafts = rejections_written(workspace, [OPEN, 20])
    changed, other = (Path(draft.path) for draft in drafts)
    changed.write_bytes(changed.read_bytes() + b"PS: do write again in spring.\r\n")
    with pytest.raises(Refused, match="changed since it was written") as refused:
        take_away(workspace, drafts)
    assert changed.name in str(refused.value)
    assert changed.exists()
    assert not other.exists()
    assert rejections_written(workspace, [OPEN, 20]) == drafts[:1]


def test_a_draft_over_an_older_one_leaves_one_in_the_file(workspace: Workspace, tmp_path: Path) -> None:
    application.close(workspace, OPEN, Outcome.REJECTED)
    target = tmp_path / "no.eml"
    write_one(workspace, one(workspace, MailKind.REJECTION), target)
    write_one(workspace, one(workspace, MailKind.REJECTION), target)
    (draft,) = rejections_written(workspace, [OPEN])
    take_away(workspace, [draft])
    assert not target.exists()


def test_what_changed_since_the_mail_was_shown_is_not_written(workspace: Workspace, tmp_path: Path) -> None:
    application.close(workspace, OPEN, Outcome.REJECTED)
    shown = one(workspace, MailKind.REJECTION)
    application.reopen(workspace, OPEN)
    with pytest.raises(Refused, match="changed since the mail was shown"):
        write_one(workspace, shown, tmp_path / "no.eml")
    with pytest.raises(Refused, match="changed since the mail was shown"):
        write_into(workspace, [shown], tmp_path)
    assert list(tmp_path.glob("*.eml")) == []


def test_a_text_of_the_stage_goes_before_one_of_any_and_the_language_before_both() -> None:
    def text(stage: str, language: str, subject: str) -> MailText:
        return MailText(MailKind.REJECTION, stage, language, subject, "x")

    known = [text("", "en", "any"), text("Panel", "en", "panel"), text("", "de", "jede")]
    assert [
        found.subject
        for stage, language in (("Panel", "en"), ("Screen", "en"), ("Panel", "de"), ("Panel", "it"))
        if (found := text_for(known, MailKind.REJECTION, stage, language)) is not None
    ] == ["panel", "any", "jede", "panel"]
    assert text_for(known, MailKind.THANKS, "", "en") is None
