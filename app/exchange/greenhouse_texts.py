"""What Greenhouse's records say, as texts a person reads: answers on scorecards, offers, applications."""

from __future__ import annotations

from collections.abc import Iterator

from app.domain.csv_table import written_lines
from app.domain.import_fields import is_sensitive
from app.exchange.greenhouse_records import Odd, Record, inner, named, objects, words
from app.exchange.json_records import text_of
from app.words import tr


def answers_text(card: Record) -> str:
    """What a scorecard says beside its attributes: its questions, each with the answer, and who else put it in."""
    author, by = named(card, "interviewer"), named(card, "submitted_by")
    lines = [tr("Submitted by {name}").format(name=by)] if author and by not in ("", author) else []
    for question in objects(card, "questions"):
        answer = _long(question, "answer")
        if answer:
            lines += ["", words(question, "question"), *answer]
    return "\n".join(lines).strip()


def private_answers(card: Record) -> int:
    """How many of its answers Greenhouse shows to few, under the name it has for them."""
    private = [one for one in objects(card, "questions") if words(one, "question").casefold() == "private notes"]
    return sum(bool(_long(one, "answer")) for one in private)


def offer_text(offer: Record) -> str:
    """All that an offer says."""
    lines = [tr("Offer from Greenhouse"), ""]
    lines += _lines(
        (tr("Version"), words(offer, "version")),
        (tr("Status"), words(offer, "status")),
        (tr("Made"), words(offer, "created_at")),
        (tr("Sent"), words(offer, "sent_at")),
        (tr("Answered"), words(offer, "resolved_at")),
        (tr("Start"), words(offer, "starts_at")),
        (tr("Opening"), words(inner(offer, "opening"), "opening_id")),
    )
    return "\n".join([*lines, *_lines(*custom_fields(offer))]) + "\n"


def application_text(application: Record, jobs: str, left: set[str]) -> str:
    """All that an application says. What nobody may be chosen by is left out, and its name noted."""
    facts = [
        (tr("Job"), jobs),
        (tr("Stage"), named(application, "current_stage")),
        (tr("Status"), words(application, "status")),
        (tr("Prospect"), tr("yes") if application.get("prospect") is True else ""),
        (tr("Applied"), words(application, "applied_at")),
        (tr("Rejected"), words(application, "rejected_at")),
        (tr("Reason of the rejection"), named(application, "rejection_reason")),
        (tr("Source"), named(application, "source", "public_name")),
        (tr("Credited to"), named(application, "credited_to")),
        (tr("Recruiter"), named(application, "recruiter")),
        (tr("Coordinator"), named(application, "coordinator")),
        (tr("Location"), words(inner(application, "location"), "address")),
        *custom_fields(inner(application, "rejection_details")),
        *custom_fields(application),
        *(
            (words(answer, "question"), "; ".join(_long(answer, "answer")))
            for answer in objects(application, "answers")
        ),
    ]
    left |= {name for name, value in facts if value and is_sensitive(name)}
    return "\n".join(_lines(*((name, value) for name, value in facts if not is_sensitive(name))))


def custom_fields(record: Record) -> Iterator[tuple[str, str]]:
    """The fields a company has of its own, by their names. Raises Odd."""
    keyed = inner(record, "keyed_custom_fields")
    if keyed:
        for key, held in keyed.items():
            if not isinstance(held, dict):
                raise Odd(tr("“{field}” is no record").format(field=key))
            yield words(held, "name") or key, _value(held.get("value"))
        return
    for key, value in inner(record, "custom_fields").items():
        yield key.replace("_", " "), _value(value)


def _value(held: object) -> str:
    return written_lines(text_of(held)).replace("\n", ", ")


def _long(record: Record, key: str) -> list[str]:
    """A text of one line or several."""
    text = written_lines(text_of(record.get(key)))
    return text.split("\n") if text else []


def _lines(*facts: tuple[str, str]) -> list[str]:
    return [f"{name}: {value}" for name, value in facts if value]
