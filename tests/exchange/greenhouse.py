"""Greenhouse's JSON as tests write it: a folder of the API's answers, and what comes of it."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from app.domain.import_fields import About
from app.domain.import_map import guessed_map
from app.exchange.people_import import Incoming
from app.exchange.people_table import heard, table_in_folder, written

PAYLOADS = Path(__file__).resolve().parents[3] / "shared" / "data" / "greenhouse"
ADA, WEI = "101", "102"


def candidate(number: int, first: str, last: str, **more: Any) -> dict[str, Any]:
    mail = f"{first.lower()}@example.org"
    return {
        "id": number,
        "first_name": first,
        "last_name": last,
        "company": "Acme",
        "title": "Engineer",
        "created_at": "2025-01-05T10:00:00Z",
        "is_private": False,
        "can_email": True,
        "tags": ["ml"],
        "email_addresses": [{"value": mail, "type": "work"}],
        "phone_numbers": [{"value": f"+1 202 555 {number:04d}", "type": "mobile"}],
        "addresses": [],
        "website_addresses": [],
        "social_media_addresses": [],
        "attachments": [],
        "application_ids": [],
        "applications": [],
        **more,
    }


def application(number: int, candidate: int, job: str = "ML Engineer", **more: Any) -> dict[str, Any]:
    return {
        "id": number,
        "candidate_id": candidate,
        "prospect": False,
        "applied_at": "2025-02-01T09:00:00Z",
        "rejected_at": None,
        "status": "active",
        "current_stage": {"id": 1, "name": "Screen"},
        "source": {"id": 9, "public_name": "LinkedIn"},
        "jobs": [{"id": 7, "name": job}],
        "answers": [{"question": "Why us?", "answer": "The rubric"}, {"question": "Your gender?", "answer": "f"}],
        **more,
    }


REJECTED: dict[str, Any] = {
    "status": "rejected",
    "rejected_at": "2025-03-01T12:00:00Z",
    "rejection_reason": {"id": 1, "name": "Lacking skill(s)", "type": {"id": 1, "name": "We rejected them"}},
}


def scorecard(number: int, application: int, **more: Any) -> dict[str, Any]:
    return {
        "id": number,
        "application_id": application,
        "interview": "Screen",
        "submitted_at": "2025-02-10T10:00:00Z",
        "interviewer": {"id": 1, "name": "Robert Robertson"},
        "overall_recommendation": "strong_yes",
        "attributes": [{"name": "Communication", "type": "Skills", "note": "Clear", "rating": "mixed"}],
        "questions": [{"id": None, "question": "Key Take-Aways", "answer": "Decent"}],
        **more,
    }


def feed(*notes: tuple[str, str]) -> dict[str, Any]:
    return {
        "notes": [
            {"id": n, "created_at": "2025-02-03T10:00:00Z", "body": body, "user": {"name": "Kate"}, "visibility": seen}
            for n, (body, seen) in enumerate(notes)
        ],
        "emails": [{"subject": "Hello"}],
        "activities": [{"subject": "Moved"}, {"subject": "Moved"}],
    }


def usual() -> dict[str, Any]:
    """The files of a small company that leaves Greenhouse."""
    return {
        "candidates.json": [candidate(101, "Ada", "Lind"), candidate(102, "Wei", "Zhang")],
        "applications.json": [
            application(1, 101),
            application(2, 102, **REJECTED),
            application(3, 102, job="Chef"),
        ],
        "scorecards.json": [scorecard(5, 1), scorecard(6, 999)],
        "offers.json": [
            {"id": 8, "application_id": 1, "version": 1, "status": "sent", "sent_at": None, "starts_at": "2025-06-01"}
        ],
        "activity_feed/101.json": feed(("Very mysterious", "public"), ("Between us", "private")),
        "eeoc.json": [{"application_id": 1, "race": {"id": 1}}],
    }


def in_folder(folder: Path, files: dict[str, Any]) -> Path:
    """The files, written."""
    for name, held in files.items():
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_text(held if isinstance(held, str) else json.dumps(held))
    return folder


def coming(files: dict[str, Any], *, skip: bool = False) -> Incoming:
    """What the reader's process gives of a folder, with the map that would be guessed."""
    contents = [(name, json.dumps(held).encode()) for name, held in files.items()]
    table = table_in_folder("theirs", contents, About.CANDIDATES)
    table = heard(line.encode() for line in written(table))
    map_ = guessed_map(About.CANDIDATES, table.headings)
    return Incoming(table, map_, None, skip)
