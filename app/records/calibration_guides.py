"""Which guide each member of a calibration is held against: their own, in one version for all whom it holds."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from sqlalchemy import Connection, SQLColumnExpression, func, select
from sqlmodel import col

from app.domain.guide import Guide
from app.records.member_level import levels_on
from app.store.columns import aliased
from app.store.guide import newest_guides, read_guide
from app.store.tables_growth import Calibration, GuideVersion, Member, Proposal


def versions_in(connection: Connection, held: Calibration) -> tuple[int, ...]:
    """The versions of guides in a calibration: its own, then those of members by other guides, as they came in."""
    query = select(col(Proposal.guide_id)).where(col(Proposal.cycle_id) == held.id).order_by(col(Proposal.id))
    others = (version for version in connection.execute(query).scalars() if version is not None)
    return tuple(dict.fromkeys((held.guide_id, *others)))


def guide_held_by() -> SQLColumnExpression[int]:
    """For a query on proposals and their calibrations: the version of the guide that each one's level is of."""
    return func.coalesce(col(Proposal.guide_id), col(Calibration.guide_id))


def versions_for(connection: Connection, here: Sequence[int]) -> dict[int, int]:
    """By member of the team, the version of their own guide that a calibration goes by: one of the versions that are
    `here` already, else the newest."""
    names = dict(connection.execute(select(col(GuideVersion.id), col(GuideVersion.name))).all())
    by_name = newest_guides(connection) | {names[version]: version for version in here}
    own = connection.execute(select(col(Member.id), col(Member.guide_id))).all()
    return {member: by_name[names[guide]] for member, guide in own}


def guide_for(connection: Connection, held: Calibration, member: int, target: str) -> int | None:
    """The version a level is proposed by for a member: that of their own guide, or the calibration's where only that
    one has the level; None where neither has it."""
    tried = (versions_for(connection, versions_in(connection, held))[member], held.guide_id)
    return next((version for version in tried if has_level(read_guide(connection, version), target)), None)


def behind_in(connection: Connection, held: Calibration, today: date) -> tuple[tuple[int, int], ...]:
    """Members who are on an older version of their guide than a calibration goes by, and hold a level that this one
    has; each with the row of the version here."""
    own, used = aliased(GuideVersion), aliased(GuideVersion)
    query = (
        select(col(Member.id), col(used.id))
        .select_from(Proposal)
        .join(Member, col(Member.id) == col(Proposal.member_id))
        .join(own, col(own.id) == col(Member.guide_id))
        .join(used, col(used.id) == func.coalesce(col(Proposal.guide_id), held.guide_id))
        .where(col(Proposal.cycle_id) == held.id, col(own.name) == col(used.name), col(own.version) < col(used.version))
        .order_by(col(Member.id))
    )
    older = dict(connection.execute(query).all())
    levels = levels_on(connection, today, list(older))
    return tuple(
        (member, version)
        for member, version in older.items()
        if has_level(read_guide(connection, version), levels[member][0])
    )


def has_level(guide: Guide, level: str) -> bool:
    """Whether a guide has a level."""
    return any(known.id == level for known in guide.levels)
