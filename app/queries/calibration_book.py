"""A whole calibration for its book: everybody in it, with outcomes for the record or without for the committee."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime, tzinfo

from app.errors import NotYet
from app.queries.calibration import CalibrationView, page_in
from app.queries.minutes import MinutesFacts, minutes_facts
from app.queries.promotion import PromotionFacts, promotion_facts
from app.store.workspace import Workspace
from app.words import tr


@dataclass(frozen=True)
class BookFacts:
    """Everything a book prints. `minutes` are None where it is for the committee beforehand; `as_of` is the time of
    its newest fact."""

    page: CalibrationView
    members: tuple[PromotionFacts, ...]
    minutes: MinutesFacts | None
    as_of: datetime
    zone: tzinfo
    paper: str

    @property
    def record(self) -> bool:
        """Whether it holds what was decided."""
        return self.minutes is not None


def book_facts(workspace: Workspace, calibration: int, *, record: bool) -> BookFacts:
    """A calibration's book. Without `record` it has no outcome, vote or note of the session.

    Raises NotFound, and NotYet while somebody's assessments are sealed to me, for a record before the session too.
    """
    with workspace.read() as connection:
        page = page_in(connection, workspace, calibration)
    if not page.members:
        raise NotYet(tr("Nobody is in {name} yet.").format(name=page.name), tr("Propose a level for somebody."))
    members = [promotion_facts(workspace, one.member, calibration) for one in page.members]
    minutes = minutes_facts(workspace, calibration) if record else None
    if not record:
        page = replace(
            page, members=tuple(replace(one, outcomes=(), votes=(), note="", draft="") for one in page.members)
        )
        members = [replace(facts, outcomes=(), note="") for facts in members]
    newest = max(facts.as_of for facts in members)
    as_of = max(newest, minutes.as_of) if minutes is not None else newest
    return BookFacts(page, tuple(members), minutes, as_of, workspace.zone, workspace.settings.paper)
