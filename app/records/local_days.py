"""The day in a zone of moments as the file writes them; each minute is worked out once."""

from __future__ import annotations

from datetime import date, datetime, tzinfo


class LocalDays(dict[str, date]):
    """By moment as text, its day."""

    def __init__(self, zone: tzinfo) -> None:
        super().__init__()
        self.zone = zone

    def __missing__(self, moment: str) -> date:
        minute = f"{moment[:16]}Z"
        known = self.get(minute)
        if known is None:
            known = self[minute] = datetime.fromisoformat(minute).astimezone(self.zone).date()
        return known
