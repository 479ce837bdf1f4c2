"""The parts of a leveling guide in words."""

from __future__ import annotations

from app.domain.guide_diff import What
from app.words import tr

LEVEL_FIELDS = {
    "title": tr("Title"),
    "scope": tr("Scope"),
    "autonomy": tr("Autonomy"),
    "impact": tr("Impact"),
    "horizon": tr("Horizon"),
    "example": tr("For example"),
    "typical": tr("Typical, not a gate"),
}
FIELD_WORDS = {
    **LEVEL_FIELDS,
    "track": tr("Track"),
    "weight": tr("Weight"),
    "bar": tr("Bar"),
    "ref": tr("Place on the yardstick"),
    "expect": tr("Expectation"),
    "examples": tr("Examples"),
    "name": tr("Name"),
    "short": tr("Short name"),
    "narrow": tr("Narrow name"),
    "definition": tr("Definition"),
    "note": tr("Note"),
    "yardstick": tr("Yardstick"),
    What.ADDED: tr("Added"),
    What.REMOVED: tr("Removed"),
    What.ORDER: tr("Order"),
    What.WAYS: tr("Ways between the levels"),
    What.EXTRAS: tr("Kept from the source"),
    What.PARTED: tr("Statements"),
}
