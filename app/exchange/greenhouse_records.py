"""The records in files as Greenhouse's Harvest API gives them: what each is, by its shape, and whom it belongs to."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, date, datetime
from enum import StrEnum
from pathlib import Path
from typing import Any

from app.domain.csv_table import one_line
from app.exchange.written_days import NoDay, TwoDays, day_of
from app.words import tr

Record = Mapping[str, Any]


class Sort(StrEnum):
    """What a record is; the other sorts there are have no place here."""

    CANDIDATE = "candidate"
    APPLICATION = "application"
    SCORECARD = "scorecard"
    OFFER = "offer"
    FEED = "activity feed"
    JOB = "job"
    USER = "user"
    SOURCE = "source"


_OF_CANDIDATES = frozenset(
    {"email_addresses", "phone_numbers", "application_ids", "applications", "social_media_addresses"}
)
_SHAPES: tuple[tuple[Sort, Callable[[Record], bool]], ...] = (
    (Sort.SCORECARD, lambda r: "overall_recommendation" in r or {"attributes", "interviewer"} <= r.keys()),
    (Sort.FEED, lambda r: len({"notes", "emails", "activities"} & r.keys()) >= 2),
    (Sort.OFFER, lambda r: "application_id" in r and bool({"sent_at", "resolved_at", "starts_at"} & r.keys())),
    (
        Sort.CANDIDATE,
        lambda r: bool({"first_name", "last_name"} & r.keys()) and len(_OF_CANDIDATES & r.keys()) >= 2,
    ),
    (
        Sort.APPLICATION,
        lambda r: (
            bool({"candidate_id", "jobs"} & r.keys())
            and len({"applied_at", "current_stage", "rejected_at", "status"} & r.keys()) >= 2
        ),
    ),
    (Sort.JOB, lambda r: "requisition_id" in r or {"hiring_team", "openings"} <= r.keys()),
    (Sort.USER, lambda r: "primary_email_address" in r or {"site_admin", "disabled"} <= r.keys()),
    (
        Sort.SOURCE,
        lambda r: {"id", "name", "type"} == r.keys() and isinstance(r["type"], dict),
    ),
)
_DEEPEST = 3


def sort_of(record: Record) -> Sort | None:
    """What a record is by its shape; None for what has no place here."""
    return next((sort for sort, is_one in _SHAPES if is_one(record)), None)


def is_greenhouse(held: Any) -> bool:
    """Whether a file holds candidates or applications in the API's own shape, and not a table of them."""
    known = (sort_of(record) for record in _records(held))
    return any(sort in (Sort.CANDIDATE, Sort.APPLICATION) for sort in known)


def _records(held: Any, depth: int = 0) -> Iterator[Record]:
    """Every record: the whole, or those of the lists it holds."""
    if isinstance(held, list) and depth < _DEEPEST:
        for one in held:
            yield from _records(one, depth + 1)
    elif isinstance(held, dict):
        lists = [value for value in held.values() if isinstance(value, list)]
        if sort_of(held) is None and depth < _DEEPEST and lists and len(lists) == len(held):
            for value in lists:
                yield from _records(value, depth + 1)
        else:
            yield held


@dataclass
class Dump:
    """All records by what they are. `others` counts by file what has no place here, `twice` records there twice."""

    candidates: list[Record] = field(default_factory=list)
    applications: dict[str, list[Record]] = field(default_factory=dict)
    scorecards: dict[str, list[Record]] = field(default_factory=dict)
    offers: dict[str, list[Record]] = field(default_factory=dict)
    feeds: dict[str, list[Record]] = field(default_factory=dict)
    jobs: dict[str, Record] = field(default_factory=dict)
    users: dict[str, Record] = field(default_factory=dict)
    sources: dict[str, Record] = field(default_factory=dict)
    others: Counter[str] = field(default_factory=Counter)
    twice: int = 0


def sorted_records(files: Sequence[tuple[str, Any]]) -> Dump:
    """The records of all files. Of one that is there several times the newest stands."""
    dump, by_sort = Dump(), dict[Sort, dict[str, Record]]()
    for file, held in files:
        for record in _records(held):
            sort = sort_of(record)
            if sort is None:
                dump.others[file] += 1
            elif sort is Sort.FEED:
                dump.feeds.setdefault(_owner(record, file), []).append(record)
            else:
                _take(dump, by_sort.setdefault(sort, {}), record)
    dump.candidates = list(by_sort.get(Sort.CANDIDATE, {}).values())
    applications = by_sort.get(Sort.APPLICATION, {})
    for candidate in dump.candidates:
        for record in objects(candidate, "applications", strict=False):
            _take(dump, applications, {**record, "candidate_id": candidate.get("id")}, inside=True)
    for record in applications.values():
        dump.applications.setdefault(number(record, "candidate_id"), []).append(record)
    for record in by_sort.get(Sort.SCORECARD, {}).values():
        dump.scorecards.setdefault(number(record, "application_id"), []).append(record)
    for record in by_sort.get(Sort.OFFER, {}).values():
        dump.offers.setdefault(number(record, "application_id"), []).append(record)
    dump.jobs, dump.users = by_sort.get(Sort.JOB, {}), by_sort.get(Sort.USER, {})
    dump.sources = by_sort.get(Sort.SOURCE, {})
    return dump


def _take(dump: Dump, known: dict[str, Record], record: Record, *, inside: bool = False) -> None:
    key = number(record, "id") or f"without id {len(known)}"
    before = known.get(key)
    if before is not None and not inside:
        dump.twice += 1
    if before is None or _changed(record) > _changed(before):
        known[key] = record


def _changed(record: Record) -> str:
    return str(record.get("updated_at") or record.get("last_activity_at") or record.get("last_activity") or "")


def _owner(feed: Record, file: str) -> str:
    """Whose feed it is: the API says so in its address alone, which a file keeps in its name."""
    digits = re.findall(r"\d+", Path(file).stem)
    return number(feed, "candidate_id") or (digits[-1] if digits else "")


class Odd(ValueError):
    """A record is not as the API writes it; in words."""


def number(record: Record, key: str) -> str:
    """A record's number as text, empty where there is none."""
    held = record.get(key)
    return held.strip()[:40] if isinstance(held, str) else ""


def words(record: Record, key: str) -> str:
    """A text on one line, empty where there is none. Raises Odd."""
    held = record.get(key)
    if held is None:
        return ""
    if isinstance(held, bool | list | dict):
        raise Odd(tr("“{field}” is no text").format(field=key))
    return one_line(str(held))


def objects(record: Record, key: str, *, strict: bool = True) -> list[Record]:
    """A list of records, empty where there is none. Raises Odd, unless that is said elsewhere."""
    held = record.get(key)
    if held is None:
        return []
    if isinstance(held, list) and all(isinstance(one, dict) for one in held):
        return held
    if strict:
        raise Odd(tr("“{field}” is no list of records").format(field=key))
    return []


def inner(record: Record, key: str) -> Record:
    """A record inside another, an empty one where there is none. Raises Odd."""
    held = record.get(key)
    if held is None:
        return {}
    if not isinstance(held, dict):
        raise Odd(tr("“{field}” is no record").format(field=key))
    return held


def named(record: Record, key: str, name: str = "name") -> str:
    """The name of a record inside another: a person, a stage. Raises Odd."""
    held = inner(record, key)
    return words(held, name) or " ".join(filter(None, (words(held, "first_name"), words(held, "last_name"))))


def day(record: Record, key: str) -> date | None:
    """The day of a moment. Raises Odd."""
    text = words(record, key)
    try:
        return day_of(text, None)
    except (NoDay, TwoDays) as wrong:
        raise Odd(tr("“{field}” is no day: {text}").format(field=key, text=text[:40])) from wrong


def moment(record: Record, key: str) -> datetime | None:
    """A moment; one without a zone is of UTC. Raises Odd."""
    on = day(record, key)
    if on is None:
        return None
    try:
        at = datetime.fromisoformat(words(record, key))
        return (at if at.tzinfo is not None else at.replace(tzinfo=UTC)).astimezone(UTC)
    except (ValueError, OverflowError):
        return datetime(on.year, on.month, on.day, 12, tzinfo=UTC)
