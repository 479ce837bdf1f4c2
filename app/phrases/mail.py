"""Mails in a person's words: what each is for, and why one can't be written yet."""

from __future__ import annotations

from collections.abc import Sequence

from app.domain.mail import MailKind
from app.domain.pipeline import Outcome
from app.words import sentence_list, tr


def mail_words(mail: MailKind) -> str:
    """What a mail is for."""
    return {
        MailKind.INVITATION: tr("invitation to interviews"),
        MailKind.EXPECT: tr("what to expect"),
        MailKind.THANKS: tr("thanks"),
        MailKind.REJECTION: tr("rejection"),
        MailKind.OFFER: tr("offer"),
        MailKind.REMINDER: tr("reminder of interviews"),
    }[mail]


def fault_words(faults: Sequence[str]) -> str:
    """What is wrong with a text that has places between braces."""
    said = [
        tr("A brace {brace} stands alone.").format(brace=f)
        if f in "{}"
        else tr("Nobody can fill {name}.").format(name="{" + f + "}")
        for f in faults
    ]
    return " ".join(said)


def lack_words(faults: Sequence[str], lacks: Sequence[str]) -> str:
    """Why a text can't be filled for somebody."""
    if faults:
        return fault_words(faults)
    known = {
        "interviews": tr("no interview of theirs has a time to come"),
        "expires": tr("there is no approved offer with a last day"),
        "first day": tr("there is no approved offer with a first day"),
        "sender": tr("the workspace does not know who you are"),
        "organisation": tr("Settings do not name the organisation"),
        "pay": tr("the opening has no pay range"),
    }
    return sentence_list([known.get(name, tr("{name} is not known").format(name="{" + name + "}")) for name in lacks])


def unfitting_words(mail: MailKind, outcome: Outcome) -> str:
    """Why such a mail is not written to somebody whose application stands so."""
    if mail is MailKind.REJECTION and outcome is Outcome.ACTIVE:
        return tr("the application is open: close it first")
    if mail is MailKind.REJECTION:
        return tr("the application was not rejected")
    return tr("the application is closed")
