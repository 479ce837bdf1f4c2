"""Drafts of mails parse back, whatever people are called."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime
from email import message_from_bytes
from email.message import EmailMessage
from email.policy import default
from pathlib import Path

import pytest

from app.actions import interview
from app.exchange.mail import Enclosure, Letter, draft
from app.queries.kit import KitFacts, kit_facts
from tests.actions.panel import RUTH, Panel

HOSTILE = (
    "Eve\r\nBcc: everyone@example.org",
    "Robert'); DROP TABLE\n\nX-Unsent: 0",
    "Ο Λάμπρος, “Ζ”; <b>",
    "李小龍 " * 30,
    "\u202eevil\u0000\u2028name",
    "a" * 500,
)
NOW = datetime(2026, 3, 12, 9, 0, tzinfo=UTC)


@pytest.fixture
def facts(tmp_path: Path) -> Iterator[KitFacts]:
    panel = Panel(tmp_path)
    starts = datetime(2026, 3, 13, 13, 30, tzinfo=UTC)
    interview.edit(panel.workspace, panel.interviews[0], RUTH, starts, 60, "Room; Linden, 2\\3")
    yield kit_facts(panel.workspace, panel.interviews[0])
    panel.workspace.close()


def parsed(content: bytes) -> EmailMessage:
    message = message_from_bytes(content, policy=default)
    assert isinstance(message, EmailMessage)
    return message


def body(message: EmailMessage) -> str:
    part = message.get_body(("plain",))
    assert part is not None
    return str(part.get_content())


def test_a_kit_s_draft_opens_ready_to_send_with_its_pdf(facts: KitFacts) -> None:
    message = parsed(draft(Letter.KIT, facts, "ruth@example.org", Enclosure("Ada Lind.pdf", b"%PDF-1.7 x")))
    assert message["X-Unsent"] == "1"
    assert message["To"] == "Ruth Amadi <ruth@example.org>"
    assert message["Subject"] == "Interview kit: Ada Lind, Code or design review"
    assert "Friday 13 March 2026 at 13:30" in body(message)
    assert "back by Monday 16 March 2026" in body(message)
    (attached,) = message.iter_attachments()
    assert (attached.get_content_type(), attached.get_filename()) == ("application/pdf", "Ada Lind.pdf")
    assert attached.get_content() == b"%PDF-1.7 x"


@pytest.mark.parametrize("letter", Letter)
@pytest.mark.parametrize("name", HOSTILE)
def test_no_name_brings_a_header_of_its_own(facts: KitFacts, letter: Letter, name: str) -> None:
    odd = replace(facts, candidate=name, interviewer=name, exercise=name, return_to=name)
    message = parsed(draft(letter, odd, "ruth@example.org", Enclosure(f"{name}.pdf", b"%PDF")))
    allowed = {"subject", "to", "x-unsent", "mime-version", "content-type", "content-transfer-encoding"}
    assert {k.lower() for k in message} <= allowed
    assert message.get_all("X-Unsent") == ["1"]
    assert [a.addr_spec for a in message["To"].addresses] == ["ruth@example.org"]
    assert len(list(message.iter_attachments())) == 1
    assert "\n" not in str(message["Subject"])


@pytest.mark.parametrize(
    "mail", ["", "nobody", "a@b\r\nBcc: c@d", "a@b, c@d", "<a@b>", "a..b@c.org", "ü@example.org", "a b@c"]
)
def test_an_address_that_is_none_is_left_out(facts: KitFacts, mail: str) -> None:
    message = parsed(draft(Letter.REMINDER, facts, mail))
    assert message["To"] is None
    assert message["Bcc"] is None
    assert "is not in yet" in body(message)
