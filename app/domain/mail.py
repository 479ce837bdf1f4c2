"""Mails to candidates: what each is for."""

from __future__ import annotations

from enum import StrEnum


class MailKind(StrEnum):
    """What a mail to a candidate is for."""

    INVITATION = "invitation"
    EXPECT = "expect"
    THANKS = "thanks"
    REJECTION = "rejection"
    OFFER = "offer"
    REMINDER = "reminder"
