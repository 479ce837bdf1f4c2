"""Which rubric a member's growth speaks with, and the plan of their first year."""

from __future__ import annotations

from dataclasses import dataclass

from sqlalchemy import Connection, select
from sqlmodel import col

from app.domain.offer_pages import OfferPages
from app.domain.onboarding import Onboarding
from app.store.rubric import newest_versions, read_pack
from app.store.tables import Application, Opening
from app.store.tables_growth import FirstYear, GuideVersion, Member
from app.store.tables_offer import Offer


@dataclass(frozen=True)
class FirstYearPlan:
    """The plan of a first year, and the rubric version whose measures its targets name."""

    plan: Onboarding
    rubric: int | None


@dataclass(frozen=True)
class FirstYearTemplate:
    """A plan that a first year can begin from, with its rubric version and the role it is for."""

    rubric: int
    title: str
    plan: Onboarding


def rubric_of_member(connection: Connection, member: int) -> int | None:
    """The rubric version that goes with a member: the newest whose guide they are kept by, else the one they were hired
    by, else the only one there is. None where none goes with them."""
    newest = newest_versions(connection)
    guide = connection.execute(
        select(col(GuideVersion.name))
        .select_from(Member)
        .join(GuideVersion, col(GuideVersion.id) == col(Member.guide_id))
        .where(col(Member.id) == member)
    ).scalar()
    packs = {version: read_pack(connection, version) for version in newest.values()}
    kept_by = [version for version, pack in packs.items() if pack.levels is not None and pack.title == guide]
    if kept_by:
        return kept_by[-1]
    hired_by = _hired_by(connection, member)
    if hired_by is not None:
        return newest[read_pack(connection, hired_by).id]
    return next(iter(newest.values())) if len(newest) == 1 else None


def first_year_of(connection: Connection, member: int) -> FirstYearPlan | None:
    """The plan of a first year that has begun; None before."""
    query = select(col(FirstYear.content), col(FirstYear.rubric_id)).where(col(FirstYear.member_id) == member)
    found = connection.execute(query).first()
    return FirstYearPlan(Onboarding.model_validate_json(found[0]), found[1]) if found is not None else None


def first_year_templates(connection: Connection, member: int, level: str) -> tuple[FirstYearTemplate, ...]:
    """The plans a member's first year can begin from, the likeliest first: of the rubric they were hired by, as their
    offer had it, then one written for their level, then the one of their guide's rubric."""
    hired_by = _hired_by(connection, member)
    hired = read_pack(connection, hired_by).id if hired_by is not None else None
    own = rubric_of_member(connection, member)
    found = []
    for name, version in newest_versions(connection).items():
        pack = read_pack(connection, version)
        plan = (_offered(connection, member) if name == hired else None) or pack.onboarding
        if plan is not None:
            rank = (name != hired, plan.level != level, version != own)
            found.append((rank, FirstYearTemplate(version, pack.title, plan)))
    return tuple(template for _, template in sorted(found, key=lambda pair: pair[0]))


def _offered(connection: Connection, member: int) -> Onboarding | None:
    """The first days as the newest offer to a member had them; None where it had them as its rubric proposes."""
    query = (
        select(col(Offer.pages))
        .select_from(Member)
        .join(Offer, col(Offer.application_id) == col(Member.application_id))
        .where(col(Member.id) == member)
        .order_by(col(Offer.id).desc())
    )
    return OfferPages.from_text(connection.execute(query.limit(1)).scalar() or "").onboarding


def _hired_by(connection: Connection, member: int) -> int | None:
    query = (
        select(col(Opening.rubric_id))
        .select_from(Member)
        .join(Application, col(Application.id) == col(Member.application_id))
        .join(Opening, col(Opening.id) == col(Application.opening_id))
        .where(col(Member.id) == member)
    )
    return connection.execute(query).scalar()
