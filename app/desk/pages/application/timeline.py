"""The timeline of an application."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import tzinfo

from PySide6.QtWidgets import QWidget

from app.desk.parts.label import Text
from app.desk.parts.layout import column, holder
from app.desk.parts.section import Section
from app.queries.timeline import TimelineMoment
from app.words import moment, tr


class TimelineCard(Section):
    """What happened, newest first."""

    def __init__(self, zone: tzinfo) -> None:
        super().__init__(tr("Timeline"))
        self._zone = zone
        self._shown: tuple[TimelineMoment, ...] | None = None

    def show_moments(self, moments: Sequence[TimelineMoment]) -> None:
        """Show them."""
        if self._shown == tuple(moments):
            return
        self._shown = tuple(moments)
        self.show_lines(map(self._line, reversed(moments)), tr("Nothing happened yet."), ruled=False, gap=10)

    def _line(self, happened: TimelineMoment) -> QWidget:
        when = " · ".join(w for w in (moment(happened.at, self._zone), happened.by) if w)
        return holder(column(Text(happened.words, wrap=True), Text(when, "caption", tone="soft", wrap=True), gap=0))
