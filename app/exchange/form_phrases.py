"""The sentences on forms that came back: why one is turned down or asked about, what it lacks, that it is in."""

from __future__ import annotations

from collections.abc import Sequence

from app.domain.day_text import day_written
from app.domain.scorecard_form import OVERALL, FilledForm, Reason, evidence_field, score_field
from app.queries.kit import KitFacts
from app.store.workspace import Workspace
from app.words import day, moment, sentence_list, tr


def form_in_words(who: str, candidate: str) -> str:
    return tr("{who}’s card for {candidate} is in.").format(who=who, candidate=candidate)


def not_held_words(facts: KitFacts, filled: FilledForm, workspace: Workspace) -> str:
    """Why it seems that the interview of a form has not been held; empty where it can have been."""
    if facts.starts_at is None:
        return ""
    when = moment(facts.starts_at, workspace.zone)
    if facts.starts_at > workspace.now():
        return tr("{who}’s interview with {candidate} is still to come: {when}.").format(
            who=facts.interviewer, candidate=facts.candidate, when=when
        )
    dated = day_written(filled.date, workspace.today())
    if dated is not None and dated < facts.starts_at.astimezone(workspace.zone).date():
        return tr("This form is dated {day}; the interview was on {when}.").format(day=day(dated), when=when)
    return ""


def lacking_words(lacking: Sequence[str], facts: KitFacts) -> str:
    scores = [d.short for d in facts.dimensions if score_field(d.id) in lacking]
    evidence = [d.short for d in facts.dimensions if evidence_field(d.id) in lacking]
    parts = [tr("a score or a reason for {names}").format(names=sentence_list(scores))] if scores else []
    parts += [tr("evidence for {names}").format(names=sentence_list(evidence))] if evidence else []
    parts += [tr("the overall vote")] if OVERALL in lacking else []
    return tr("This form is incomplete. It lacks {what}.").format(what="; ".join(parts))


def there_words(reason: Reason, who: str, candidate: str) -> tuple[str, str]:
    """The words for a card that is there already."""
    names = {"who": who, "candidate": candidate}
    if reason is Reason.BEGUN:
        return (
            tr("{who}’s card for {candidate} was begun in the program.").format(**names),
            tr("Finish it there, or discard the draft and bring the form in again."),
        )
    if reason is Reason.IDENTICAL:
        return tr("{who}’s card for {candidate} is in already, and this form says the same.").format(**names), ""
    return (
        tr("{who}’s card for {candidate} is in already, and this form says something else.").format(**names),
        tr("Compare the two; a change of a card is an amendment with its reason."),
    )


def unread_words(why: str) -> tuple[Reason, str, str]:
    """The words for a file that was not read."""
    words = {
        "no pdf": (tr("This is no PDF."), tr("Bring in the kit’s own PDF, filled in and saved.")),
        "locked": (tr("This PDF is locked with a password."), tr("Ask for one without.")),
        "large": (tr("This file is larger than any form."), tr("Bring in the kit’s own PDF, filled in and saved.")),
        "pages": (
            tr("This file has more pages than any form."),
            tr("Bring in the kit’s own PDF, filled in and saved."),
        ),
        "late": (tr("Reading this file took too long, and was stopped."), tr("Ask for the form again.")),
    }
    sentence, remedy = words.get(why, (tr("This file is damaged and can’t be read."), tr("Ask for the form again.")))
    return (Reason.NOT_A_FORM if why in ("no pdf", "pages", "large") else Reason.UNREADABLE), sentence, remedy


def contrary_words() -> str:
    """A choice whose value is another than the one its page shows."""
    return tr("A choice of this form says one thing and shows another.")
