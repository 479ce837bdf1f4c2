"""Which cell of a calibration is talked about."""

from __future__ import annotations

from dataclasses import dataclass

from app.queries.calibration import CalibrationMember, CalibrationView


@dataclass
class TalkedAbout:
    """The cell a calibration is at: a member, by their proposal, and a dimension."""

    proposal: int | None = None
    dimension: str | None = None

    def member(self, page: CalibrationView | None) -> CalibrationMember | None:
        """The member, where the calibration has them."""
        members = page.members if page is not None else ()
        return next((m for m in members if m.proposal == self.proposal), None)
