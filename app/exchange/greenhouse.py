"""Candidates from files as Greenhouse's Harvest API gives them: a row each, with applications, notes and files beside.

Scorecards stay what they are: cards from elsewhere, with marks of their own. Offers become texts, for one here needs a
decision. What is not taken is counted and named.
"""

from __future__ import annotations

import hashlib
import json
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from app.actions.read_candidate import ReadApplication, ReadClosing, ReadFile, ReadNote
from app.domain.csv_table import one_line, written_lines
from app.domain.imported_card import CardFromElsewhere, MarkFromElsewhere
from app.domain.pipeline import Outcome, Side
from app.domain.value import LONGEST_TEXT
from app.exchange.csv_rows import TableError
from app.exchange.greenhouse_records import (
    Dump,
    Odd,
    Record,
    day,
    inner,
    moment,
    named,
    number,
    objects,
    sorted_records,
    words,
)
from app.exchange.greenhouse_texts import answers_text, application_text, custom_fields, offer_text, private_answers
from app.exchange.json_records import text_of
from app.exchange.people_beside import Beside
from app.exchange.sheet import Row
from app.store.files import safe_name
from app.words import ntr, sentence_list, tr

_SIDES = {"we rejected them": Side.OURS, "they rejected us": Side.THEIRS}
_PANEL, _OWN = "public", ("private", "admin_only")
_CUSTOM = "Custom field"
_HERE = "Greenhouse"
_LONGEST_NAME = 200


@dataclass(frozen=True)
class FromGreenhouse:
    """A table's headings and rows, what is beside each by its line, and sentences on the whole."""

    headings: tuple[str, ...]
    rows: tuple[Row, ...]
    beside: Mapping[int, Beside]
    remarks: tuple[str, ...]


@dataclass
class _Counts:
    """What did not come along, as it is found out."""

    left: set[str] = field(default_factory=set)
    counted: Counter[str] = field(default_factory=Counter)
    seen: set[str] = field(default_factory=set)
    """The numbers of candidates and applications that are there."""


def read_greenhouse(files: Sequence[tuple[str, Any]]) -> FromGreenhouse:
    """All candidates of the files. Raises TableError where there is none."""
    dump, counts = sorted_records(files), _Counts()
    if not dump.candidates:
        raise TableError(
            tr("There are applications here, and nobody’s candidate record."),
            tr("Put the candidates into the same folder, and import that."),
        )
    records: list[dict[str, str]] = []
    beside: dict[int, Beside] = {}
    for line, candidate in enumerate(dump.candidates, 1):
        key = number(candidate, "id")
        numbers = (number(one, "id") for one in dump.applications.get(key, ()))
        counts.seen |= {key, *(f"application {of}" for of in numbers if of)}
        try:
            record = _columns(candidate, dump)
            beside[line] = _beside(candidate, dump, counts)
        except Odd as odd:
            record = {"First name": one_line(text_of(candidate.get("first_name")))[:200]}
            record["Last name"] = one_line(text_of(candidate.get("last_name")))[:200]
            beside[line] = Beside(problem=str(odd))
        records.append(record)
    headings = tuple(dict.fromkeys(heading for record in records for heading in record))
    rows = tuple((line, [record.get(h, "") for h in headings]) for line, record in enumerate(records, 1))
    return FromGreenhouse(headings, rows, beside, tuple(_remarks(dump, counts)))


# A candidate


def _columns(candidate: Record, dump: Dump) -> dict[str, str]:
    links = (*_values(candidate, "website_addresses"), *_values(candidate, "social_media_addresses"))
    source, sort = _source(candidate, dump)
    found = {
        "First name": words(candidate, "first_name"),
        "Last name": words(candidate, "last_name"),
        "Email": "\n".join(_values(candidate, "email_addresses")),
        "Phone": "\n".join(_values(candidate, "phone_numbers")),
        "Links": "\n".join(links),
        "Title": words(candidate, "title"),
        "Company": words(candidate, "company"),
        "Place": "\n".join(_values(candidate, "addresses")),
        "Source": source,
        "Source type": sort,
        "Tags": "\n".join(_tags(candidate)),
        "Greenhouse candidate": number(candidate, "id"),
        "In Greenhouse since": (on.isoformat() if (on := day(candidate, "created_at")) else ""),
        "Greenhouse recruiter": named(candidate, "recruiter"),
        "Greenhouse coordinator": named(candidate, "coordinator"),
        "Private in Greenhouse": tr("yes") if candidate.get("is_private") is True else "",
        "No mail wanted": tr("yes") if candidate.get("can_email") is False else "",
        "Education": "\n".join(_spells(candidate, "educations", "school_name", "degree", "discipline")),
        "Employment": "\n".join(_spells(candidate, "employments", "company_name", "title")),
        **{f"{_CUSTOM}: {name}"[:200]: value for name, value in custom_fields(candidate)},
    }
    return {heading: text for heading, text in found.items() if text}


def _values(candidate: Record, key: str) -> list[str]:
    return [text for one in objects(candidate, key) if (text := one_line(text_of(one.get("value"))))]


def _tags(candidate: Record) -> list[str]:
    held = candidate.get("tags")
    if held is None:
        return []
    if not isinstance(held, list):
        raise Odd(tr("“{field}” is no list").format(field="tags"))
    return [one_line(text_of(one.get("name") if isinstance(one, dict) else one)) for one in held]


def _spells(candidate: Record, key: str, *what: str) -> list[str]:
    """Schools and posts, one a line, with their years as they are written."""
    found = []
    for one in objects(candidate, key):
        years = [words(one, end)[:7] for end in ("start_date", "end_date")]
        found.append(", ".join(filter(None, [*(words(one, part) for part in what), "–".join(filter(None, years))])))
    return [line for line in found if line]


def _source(candidate: Record, dump: Dump) -> tuple[str, str]:
    """By what the first application of somebody came, and of what sort that is."""
    applications = dump.applications.get(number(candidate, "id"), [])
    for application in sorted(applications, key=lambda a: words(a, "applied_at")):
        held = inner(application, "source")
        if name := words(held, "public_name"):
            return name, named(dump.sources.get(number(held, "id"), {}), "type")
    return "", ""


# Beside a candidate


def _beside(candidate: Record, dump: Dump, counts: _Counts) -> Beside:
    key = number(candidate, "id")
    objects(candidate, "applications")  # raises where they are no records
    applications = dump.applications.get(key, []) if key else objects(candidate, "applications")
    read, further = [], []
    for one in applications:
        further.append(_facts(one, counts))
        if one.get("prospect") is True:
            counts.counted["prospects"] += 1
            of = number(one, "id")
            counts.counted["of prospects"] += len(dump.scorecards.get(of, ())) + len(dump.offers.get(of, ()))
        else:
            read.append(_application(one, dump, counts))
    known = {number(one, "id") for one in applications}
    told = candidate.get("application_ids")
    if isinstance(told, list):
        counts.counted["nowhere"] += len({one for one in told if isinstance(one, str)} - known)
    counts.counted["private"] += candidate.get("is_private") is True
    counts.counted["links"] += len(objects(candidate, "attachments"))
    notes = [note for feed in dump.feeds.get(key, ()) for note in _notes(feed, counts)] if key else []
    return Beside(tuple(read), tuple(notes), tuple(further))


def _facts(application: Record, counts: _Counts) -> tuple[str, str]:
    """All that an application says, as one further fact of the person."""
    jobs = ", ".join(name for job in objects(application, "jobs") if (name := words(job, "name")))
    heading = tr("Greenhouse application {id}").format(id=number(application, "id") or "–")
    text = application_text(application, jobs, counts.left)
    _must_fit(text, heading)
    return heading, text


def _application(application: Record, dump: Dump, counts: _Counts) -> ReadApplication:
    key = number(application, "id")
    scorecards = dump.scorecards.get(key, []) if key else []
    counts.counted["private answers"] += sum(map(private_answers, scorecards))
    names, codes = [], []
    for job in objects(application, "jobs"):
        names.append(words(job, "name"))
        codes.append(words(dump.jobs.get(number(job, "id"), {}), "requisition_id"))
    also = tuple(name for name in (*names[1:], *codes) if name)
    closed = _closing(application)
    status = words(application, "status").casefold()
    return ReadApplication(
        ("", names[0] if names else ""),
        ("", named(application, "current_stage")),
        day(application, "applied_at"),
        ended=closed is not None or status in ("rejected", "hired"),
        also=also,
        closed=closed if status != "hired" else None,
        files=tuple(_files(key, dump)),
        cards=tuple(map(_card, scorecards)),
        told=True,
    )


def _closing(application: Record) -> ReadClosing | None:
    """How it ended, where it was rejected on a day that is known."""
    at = moment(application, "rejected_at")
    if at is None:
        return None
    reason = inner(application, "rejection_reason")
    side = _SIDES.get(named(reason, "type").casefold(), Side.NOT_SAID)
    outcome = Outcome.WITHDRAWN if side is Side.THEIRS else Outcome.REJECTED
    return ReadClosing(outcome, side, at, words(reason, "name"))


def _files(application: str, dump: Dump) -> Iterator[ReadFile]:
    taken: set[str] = set()
    for offer in dump.offers.get(application, ()) if application else ():
        on = day(offer, "created_at")
        name = tr("Greenhouse offer, {day}").format(day=on.isoformat() if on else "–")
        found, again = safe_name(f"{name}.txt"), 2
        while found in taken:
            found, again = safe_name(f"{name} ({again}).txt"), again + 1
        taken.add(found)
        yield ReadFile(found, offer_text(offer))


def _card(record: Record) -> CardFromElsewhere:
    """A scorecard. One without a number is known by its content, so that it does not come in twice."""
    text = answers_text(record)
    _must_fit(text, tr("a scorecard"))
    key = number(record, "id") or hashlib.sha256(json.dumps(record, sort_keys=True).encode()).hexdigest()[:16]
    return CardFromElsewhere(
        _HERE,
        key,
        _short(named(record, "interviewer") or named(record, "submitted_by") or tr("nobody named")),
        _short(words(record, "interview")),
        moment(record, "interviewed_at"),
        moment(record, "submitted_at"),
        _short(words(record, "overall_recommendation")),
        text,
        tuple(_marks(record)),
    )


def _marks(record: Record) -> Iterator[MarkFromElsewhere]:
    """What is said on attributes, by their names alone; one that has neither a rating nor a note says nothing."""
    for attribute in objects(record, "attributes"):
        said, note = words(attribute, "rating"), written_lines(text_of(attribute.get("note")))
        _must_fit(note, tr("a note on a scorecard"))
        if said or note:
            yield MarkFromElsewhere(_short(words(attribute, "name")), _short(said), note)


def _short(text: str) -> str:
    """A name or a word; what is longer than any is shows that it was cut."""
    return text if len(text) <= _LONGEST_NAME else f"{text[: _LONGEST_NAME - 1]}…"


def _notes(feed: Record, counts: _Counts) -> Iterator[ReadNote]:
    """The notes of a feed. Its mails and what the program noted by itself do not come along."""
    counts.counted["mails"] += len(objects(feed, "emails"))
    counts.counted["activities"] += len(objects(feed, "activities"))
    for note in objects(feed, "notes"):
        said = words(note, "visibility") or words(note, "visiblity")
        body = written_lines(text_of(note.get("body")))
        at = moment(note, "created_at")
        if not body:
            continue
        if at is None:
            raise Odd(tr("a note has no day"))
        private = note.get("private") is True or said in _OWN or (said not in ("", _PANEL))
        who = named(note, "user") or tr("nobody named")
        text = tr("{who}, in Greenhouse: {text}").format(who=who, text=body)
        _must_fit(text, tr("a note"))
        counts.counted["own"] += private
        yield ReadNote(text, at, private)


def _must_fit(text: str, what: str) -> None:
    if len(text) > LONGEST_TEXT:
        raise Odd(tr("{what} is longer than {n} characters").format(what=what, n=LONGEST_TEXT))


# What is said of the whole


def _remarks(dump: Dump, counts: _Counts) -> Iterator[str]:
    yield ntr(
        "Read as Greenhouse’s API gives it: {n} candidate.",
        "Read as Greenhouse’s API gives it: {n} candidates.",
        len(dump.candidates),
    )
    if counts.left:
        yield tr("Left out of applications: {names}.").format(names=", ".join(sorted(counts.left)))
    counted = counts.counted
    strangers = [one for key, some in dump.applications.items() if key not in counts.seen for one in some]
    if strangers:
        yield ntr(
            "{{n}} application is of no candidate in these files: {{names}}.",
            "{{n}} applications are of no candidate in these files: {{names}}.",
            len(strangers),
        ).format(n=len(strangers), names=_some(number(one, "id") for one in strangers))
    for sentence, found in (
        (tr("Scorecards of no application in these files: {n} ({names})."), dump.scorecards),
        (tr("Offers of no application in these files: {n} ({names})."), dump.offers),
    ):
        lost = [one for key, some in found.items() if f"application {key}" not in counts.seen for one in some]
        if lost:
            yield sentence.format(n=len(lost), names=_some(number(one, "id") for one in lost))
    feeds = [key for key in dump.feeds if key not in counts.seen]
    if feeds:
        yield tr("Activity feeds of no candidate in these files: {n} ({names}).").format(
            n=sum(len(dump.feeds[key]) for key in feeds), names=_some(key or "–" for key in feeds)
        )
    for count, sentence in (
        (counted["private"], tr("Private in Greenhouse, and here seen by everybody: candidates ({n}).")),
        (counted["own"], tr("Private notes, which become those of who brings them in, seen by nobody else: {n}.")),
        (counted["private answers"], tr("Private notes on scorecards, which go where the card goes: {n}.")),
        (counted["nowhere"], tr("Applications that are named by their number alone: {n}.")),
        (counted["prospects"], tr("Prospects, who have not applied; what is known of it is a further fact: {n}.")),
        (counted["of prospects"], tr("Scorecards and offers of prospects, which have no application here: {n}.")),
        (counted["links"], tr("Attached files that are addresses alone, and do not come along: {n}.")),
        (counted["mails"], tr("Mails of activity feeds, which do not come along: {n}.")),
        (counted["activities"], tr("Lines that Greenhouse wrote into activity feeds, which do not come along: {n}.")),
        (dump.twice, tr("Records that are there twice, of which the newest is taken: {n}.")),
    ):
        if count:
            yield sentence.format(n=count)
    if dump.others:
        files = [f"{file} ({n})" for file, n in sorted(dump.others.items())]
        yield tr("Records that have no place here, by file: {files}.").format(files=sentence_list(files))


def _some(names: Iterable[str]) -> str:
    """The first few of many."""
    held = [name or "–" for name in names]
    return ", ".join(held[:8]) + (" …" if len(held) > 8 else "")
