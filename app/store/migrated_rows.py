"""What migrations did to rows: how the last image of a row from an older schema is compared with the row as it is.

An image has the columns of the schema it was written under. A later schema has filled in its new columns: with one
value for all rows, which is known here, or with what other rows told, which no image can say.
"""

from __future__ import annotations

from typing import Any

FILLED: dict[tuple[str, str], Any] = {
    ("workspace", "organisation"): "",
    ("workspace", "organisation_place"): "",
    ("workspace", "forms_folder"): "",
    ("workspace", "transcripts"): "submit",
    ("note", "said_at"): None,
    ("note", "speaker"): None,
    ("opening", "cancelled_on"): None,
    ("opening", "cancel_reason"): "",
    ("interview", "shadow"): 0,
    ("packet", "interview_id"): None,
    ("candidate", "source"): "not_said",
    ("candidate", "referred_by"): "",
    ("candidate", "language"): "",
    ("candidate", "consent_on"): None,
    ("candidate", "consent_how"): "",
    ("application", "owner_id"): None,
    ("closing", "side"): "not_said",
    ("closing", "why"): "",
    ("application", "pay_told_on"): None,
    ("application", "pay_told"): "",
    ("opening", "filled_on"): None,
    ("opening", "pay_from"): None,
    ("opening", "pay_to"): None,
    ("opening", "pay_currency"): "",
    ("opening", "pay_period"): "year",
    ("opening", "pay_criteria"): "",
    ("opening", "description"): "",
    ("rubric_version", "reason"): "",
    ("rubric_version", "by_id"): None,
    ("opening", "guide_id"): None,
    ("returned_assessment", "days_said"): "",
    ("member", "second_manager_id"): None,
    ("proposal", "guide_id"): None,
    ("goal", "made_on"): None,
    ("goal", "settled_on"): None,
    ("goal_action", "done_on"): None,
    ("offer", "pages"): "",
    ("decision", "zone"): None,
    ("decision", "departure"): "",
    ("decision", "conditions"): "[]",
    ("decision", "hold_dimension"): "",
    ("decision", "hold_exercise"): "",
    ("decision", "for_letter"): "[]",
    ("returned_form", "written"): "",
    ("returned_form", "written_on"): None,
    ("returned_form", "beside"): "[]",
    ("returned_assessment", "written"): "",
    ("returned_assessment", "written_on"): None,
    ("returned_assessment", "beside"): "[]",
}
"""Columns that a migration added, with the value it gave to every row. Those it worked out are not here."""

MADE = frozenset(
    {"plan", "plan_seat", "guide_version", "closing", "own_note", "first_year", "contact", "opening_closing"}
)
"""Tables that migrations have put rows into: such a row never had an image."""

REWORDED: dict[tuple[str, str], dict[str, str]] = {("assessment", "relation"): {"peer": "not_said"}}
"""Values that a migration wrote in another way: what was recorded, and what may stand there now."""


def may_stand(table: str, column: str, recorded: object, now: object) -> bool:
    """Whether a recorded value and another one that stands there now may be the same, written before and after."""
    words = REWORDED.get((table, column))
    return words is not None and isinstance(recorded, str) and words.get(recorded) == now
