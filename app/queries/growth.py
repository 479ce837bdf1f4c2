"""Growth plans as their page and their list show them: gaps, goals, evidence, check-ins, and how it went over time.

Assessments come through `records.assessment_groups`, which asks who may see them.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from sqlalchemy import Connection, select

from app.domain.gap_sources import topics_of
from app.domain.growth import Gap, Months, Suggestion, evidence_by_month, months_until, rerating_due, suggestions
from app.domain.guide import Guide
from app.domain.onboarding import Onboarding
from app.domain.readiness import Readiness
from app.queries.growth_parts import (
    CheckInView,
    GoalView,
    GrowthEvidence,
    Origin,
    facts_of,
    goals_of,
    own_note_on_plan,
    talks_of,
)
from app.records.assessment_groups import AssessmentGroup, occasions
from app.records.gaps import is_assessed, standing_against
from app.records.hire import Hired, hired_by
from app.records.member import member_row, newest_growth_plan
from app.store.columns import table_of
from app.store.guide import read_guide
from app.store.rubric import newest_version, read_pack
from app.store.tables import Colleague
from app.store.tables_growth import GrowthPlan, Member
from app.store.workspace import Workspace

_member, _colleague, _plan = table_of(Member), table_of(Colleague), table_of(GrowthPlan)


@dataclass(frozen=True)
class LevelChoice:
    """A level of the guide as a target; `way` is how one gets there from the member's: promotion, track_change,
    return, "" for none the guide names."""

    id: str
    title: str
    track: str
    way: str


@dataclass(frozen=True)
class GrowthRow:
    """A member in the list, with their plan where they have one. `cells` are the gaps against its target.

    `from_hire` says that they are the panel's first scores; `assessed` whether anything is in them at all.
    """

    member: int
    name: str
    level: str
    title: str
    target: str | None
    plan: int | None
    cells: tuple[Gap, ...]
    narrow: tuple[str, ...]
    open_goals: int
    next_talk: date | None
    rerate_on: date | None
    against: str
    from_hire: bool
    assessed: bool


@dataclass(frozen=True)
class Topic:
    """A first thing to grow in: a dimension the panel scored under its bar, with what it wrote down on it."""

    dimension: str
    facts: tuple[GrowthEvidence, ...]


@dataclass(frozen=True)
class GrowthView:
    """One member's growth. Without a plan, `plan` is None and the gaps are against their own level.

    `against` is the level the gaps are against, `level_known` whether the guide has it; `readiness` what the
    calibration they come from said, `outcome` what was decided there, `settled_by` the version of the guide it used
    where that is another one and says something else; `raters` who assessed it. `from_hire` says that nobody has
    assessed the member and the gaps are the panel's first scores: the manager's own, in no packet. `behind` says that
    the plan is on another version of the guide than the member is by now; `session_on` is the day of the session whose
    second scores are in the gaps.
    """

    member: int
    name: str
    started_on: date | None
    level: str
    title: str
    plan: int | None
    target: str | None
    against: str
    against_title: str
    way: str
    agreed_on: date | None
    private_note: str
    guide: Guide
    guide_version: int
    choices: tuple[LevelChoice, ...]
    gaps: tuple[Gap, ...]
    raters: tuple[str, ...]
    assessed_on: date | None
    rerate_on: date | None
    occasions: tuple[AssessmentGroup, ...]
    hired: Hired | None
    goals: tuple[GoalView, ...]
    talks: tuple[CheckInView, ...]
    facts: tuple[GrowthEvidence, ...]
    months: tuple[date, ...]
    by_month: tuple[Months, ...]
    variant: str = ""
    onboarding_goals: tuple[str, ...] = ()
    onboarding: Onboarding | None = None
    readiness: Readiness | None = None
    outcome: str = ""
    settled_by: int | None = None
    from_hire: bool = False
    level_known: bool = True
    behind: bool = False
    session_on: date | None = None
    kpis: tuple[tuple[str, str], ...] = field(default=())

    @property
    def open_goals(self) -> tuple[GoalView, ...]:
        """The goals that are being worked on."""
        return tuple(g for g in self.goals if g.state == "open")

    @property
    def next_talk(self) -> CheckInView | None:
        """The check-in of the plan that comes next; those of plans that ended come no more."""
        waiting = [t for t in self.talks if t.plan is not None and t.plan == self.plan and t.held_on is None]
        return min(waiting, key=lambda t: (t.due_on or date.max, t.id), default=None)

    @property
    def topics(self) -> tuple[Topic, ...]:
        """What the interviews say to begin with, while nobody has assessed the member; without what has a goal."""
        taken = {g.dimension for g in self.goals}
        wanted = [d for d in topics_of(self.gaps) if d not in taken] if self.from_hire else []
        heard = [f for f in self.facts if f.origin is Origin.PANEL]
        return tuple(Topic(d, tuple(f for f in heard if f.dimension == d)) for d in wanted)

    def gap(self, dimension: str) -> Gap:
        """How a dimension stands. Raises KeyError for one the guide has not."""
        found = [g for g in self.gaps if g.dimension == dimension]
        if not found:
            raise KeyError(dimension)
        return found[0]


@dataclass(frozen=True)
class TrackView:
    """One of two levels beside each other: its sentences, and how the member stands against them."""

    level: str
    title: str
    track: str
    assessed_on: date | None
    gaps: tuple[Gap, ...]
    expects: tuple[str, ...]


def growth_rows(workspace: Workspace) -> tuple[GrowthRow, ...]:
    """Every member who has not left, by name; those with a plan first."""
    with workspace.read() as connection:
        query = (
            select(_member.c.id)
            .select_from(_member.join(_colleague, _colleague.c.id == _member.c.colleague_id))
            .where(_member.c.left_on.is_(None))
            .order_by(_colleague.c.name, _member.c.id)
        )
        members = connection.execute(query).scalars().all()
        rows = [_row(connection, workspace, member_row(connection, workspace, m)) for m in members]
    return tuple(sorted(rows, key=lambda r: r.plan is None))


def _row(connection: Connection, workspace: Workspace, known: Mapping[str, Any]) -> GrowthRow:
    plan = newest_growth_plan(connection, known["id"])
    version = plan["guide_id"] if plan else known["guide_id"]
    guide = read_guide(connection, version)
    against = (plan["target"] if plan else None) or known["level"]
    every = occasions(connection, workspace, known["id"])
    hired = None
    if not is_assessed(every):
        hired = hired_by(connection, workspace, known["application_id"], known["started_on"])
    found = standing_against(connection, workspace, known["id"], version, against, every, hired)
    talks = talks_of(connection, known["id"], workspace.me) if plan else ()
    waiting = [t.due_on for t in talks if t.plan == (plan and plan["id"]) and t.held_on is None and t.due_on]
    return GrowthRow(
        member=known["id"],
        name=known["name"],
        level=known["level"],
        title=_title(guide, known["level"]),
        target=plan["target"] if plan else None,
        plan=plan["id"] if plan else None,
        cells=found.gaps,
        narrow=tuple(d.narrow for d in guide.dimensions),
        open_goals=sum(g.state == "open" for g in goals_of(connection, plan["id"])) if plan else 0,
        next_talk=min(waiting, default=None),
        rerate_on=rerating_due(found.assessed_on),
        against=against,
        from_hire=found.from_hire,
        assessed=any(g.scores for g in found.gaps),
    )


def growth_page(workspace: Workspace, member: int) -> GrowthView:
    """One member's growth. Raises NotFound."""
    with workspace.read() as connection:
        known = member_row(connection, workspace, member)
        plan = newest_growth_plan(connection, member)
        version = plan["guide_id"] if plan else known["guide_id"]
        guide = read_guide(connection, version)
        against = (plan["target"] if plan else None) or known["level"]
        every = occasions(connection, workspace, member)
        hired = hired_by(connection, workspace, known["application_id"], known["started_on"])
        found = standing_against(connection, workspace, member, version, against, every, hired)
        facts = facts_of(connection, member, every, hired, workspace.me)
        months = months_until(workspace.today())
        core = [g.dimension for g in found.gaps if g.core]
        pack_version = newest_version(connection)
        pack = None if pack_version is None else read_pack(connection, pack_version)
        return GrowthView(
            member=member,
            name=known["name"],
            started_on=known["started_on"],
            level=known["level"],
            title=_title(guide, known["level"]),
            plan=plan["id"] if plan else None,
            target=plan["target"] if plan else None,
            against=against,
            against_title=_title(guide, against),
            way=_way(guide, known["level"], against),
            agreed_on=plan["agreed_on"] if plan else None,
            private_note=own_note_on_plan(connection, plan["id"], workspace.me) if plan else "",
            guide=guide,
            guide_version=version,
            choices=_choices(guide, known["level"]),
            gaps=found.gaps,
            readiness=found.readiness,
            outcome=found.outcome,
            settled_by=found.settled_by,
            from_hire=found.from_hire,
            level_known=found.known,
            behind=version != known["guide_id"],
            session_on=found.session_on,
            raters=found.raters,
            assessed_on=found.assessed_on,
            rerate_on=rerating_due(found.assessed_on),
            occasions=tuple(o for o in every if read_guide(connection, o.guide).name == guide.name),
            hired=hired,
            goals=goals_of(connection, plan["id"]) if plan else (),
            talks=talks_of(connection, member, workspace.me),
            facts=facts,
            months=months,
            by_month=evidence_by_month(core, [(f.dimension, f.on) for f in facts], months, guide.needs.min_months_core),
            variant=known["variant"],
            onboarding_goals=tuple(known["onboarding_goals"]),
            onboarding=pack.onboarding if pack else None,
            kpis=tuple((k.id, f"{k.name}: {k.target}") for k in pack.rubric.kpis) if pack else (),
        )


def suggested(workspace: Workspace, member: int, dimension: str) -> tuple[Suggestion, ...]:
    """What the guide and the pack say on a dimension at the level the member grows towards. Raises NotFound."""
    with workspace.read() as connection:
        known = member_row(connection, workspace, member)
        plan = newest_growth_plan(connection, member)
        guide = read_guide(connection, plan["guide_id"] if plan else known["guide_id"])
        version = newest_version(connection)
        rubric = None if version is None else read_pack(connection, version).rubric
        level = (plan["target"] if plan else None) or known["level"]
        return suggestions(guide, level, dimension, rubric) if _has(guide, level) else ()


def compare_tracks(workspace: Workspace, member: int, levels: Sequence[str]) -> tuple[TrackView, ...]:
    """Levels beside each other, each with what the member scored against it. Raises NotFound, KeyError for a level
    the guide has not."""
    with workspace.read() as connection:
        known = member_row(connection, workspace, member)
        plan = newest_growth_plan(connection, member)
        version = plan["guide_id"] if plan else known["guide_id"]
        guide = read_guide(connection, version)
        every = occasions(connection, workspace, member)
        made = []
        for level in levels:
            here, found = guide.level(level), standing_against(connection, workspace, member, version, level, every)
            cells = [here.cells.get(d) for d in guide.dimension_ids]
            made.append(
                TrackView(
                    level=level,
                    title=here.title,
                    track=here.track,
                    assessed_on=found.assessed_on,
                    gaps=found.gaps,
                    expects=tuple(c.expect if c is not None else "" for c in cells),
                )
            )
        return tuple(made)


def _choices(guide: Guide, level: str) -> tuple[LevelChoice, ...]:
    ordered = [guide.level(one) for track in guide.tracks for one in track.order]
    names = {t.id: t.name for t in guide.tracks}
    return tuple(LevelChoice(o.id, o.title, names[o.track], _way(guide, level, o.id)) for o in ordered)


def _way(guide: Guide, level: str, target: str) -> str:
    return next((t.kind for t in guide.transitions if (t.from_, t.to) == (level, target)), "")


def _title(guide: Guide, level: str) -> str:
    return guide.level(level).title if _has(guide, level) else level


def _has(guide: Guide, level: str) -> bool:
    return any(known.id == level for known in guide.levels)
