"""The pages of an offer as texts that a person edits, and back."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

from app.domain.offer_pages import FIRST_DAYS, OfferPages, PacketPage
from app.domain.onboarding import Horizon
from app.domain.onboarding_text import goals_text, plan_with
from app.domain.role import Role
from app.domain.rubric import Kpi
from app.domain.typed_text import groups, groups_text, lines, lines_text, pairs, pairs_text

_EVERY = re.compile(r"^(?P<target>.*?)(?:\s*\((?P<every>[^()]*)\))?$")


def texts_of(pages: OfferPages, page: PacketPage) -> dict[str, str]:
    """What a page says, by field. Nothing for the level's, which is the guide's."""
    found: dict[str, str] = {}
    job = pages.role
    if page == "role" and job is not None:
        found = {"title": job.title, "purpose": job.purpose, "outcomes": lines_text(job.outcomes)}
        found["responsibilities"] = groups_text((r.group, r.items) for r in job.responsibilities)
        found |= {"reports_to": job.reports_to, "team": job.team}
    elif page == "rights" and job is not None:
        rights = job.decision_rights
        found = {"alone": lines_text(rights.alone), "with_peers": lines_text(rights.with_peers)}
        found |= {"needs_approval": lines_text(rights.needs_approval), "hiring": rights.hiring}
        found["stakeholders"] = pairs_text((s.name, s.what) for s in job.stakeholders)
    elif page == "measures":
        found = {"kpis": pairs_text((k.name, f"{k.target} ({k.every})") for k in pages.kpis or ())}
    if page in ("days", "measures") and pages.onboarding is not None:
        found |= {h.id: goals_text(h) for h in pages.onboarding.horizons if _on(h) == page}
    return found


def horizons_on(pages: OfferPages, page: PacketPage) -> tuple[Horizon, ...]:
    """The horizons whose goals stand on a page."""
    plan = pages.onboarding
    return tuple(h for h in plan.horizons if _on(h) == page) if plan is not None else ()


def with_texts(
    pages: OfferPages, page: PacketPage, typed: Mapping[str, str], proposed: OfferPages | None = None
) -> OfferPages:
    """The pages with one of them as it was typed; goals of a time that had none left begin from what is `proposed`.

    Raises pydantic's ValidationError where that is no page.
    """
    changes: dict[str, Any] = {}
    if page in ("role", "rights") and pages.role is not None:
        changes["role"] = _role_with(pages.role, page, typed)
    if page == "measures":
        changes["kpis"] = _kpis_with(pages.kpis or (), typed["kpis"])
    whole = proposed or pages
    goals = {h.id: typed[h.id] for h in horizons_on(whole, page) if h.id in typed}
    if goals and pages.onboarding is not None:
        changes["onboarding"] = plan_with(pages.onboarding, goals, whole.onboarding)
    return pages.model_copy(update=changes)


def _on(horizon: Horizon) -> str:
    if horizon.due_days is None:
        return ""
    return "days" if horizon.due_days <= FIRST_DAYS else "measures"


def _role_with(role: Role, page: PacketPage, typed: Mapping[str, str]) -> Role:
    content = role.model_dump()
    if page == "role":
        content |= {name: typed[name].strip() for name in ("title", "purpose", "reports_to", "team")}
        content["outcomes"] = lines(typed["outcomes"])
        content["responsibilities"] = [{"group": g, "items": items} for g, items in groups(typed["responsibilities"])]
    else:
        content["decision_rights"] = {
            **{name: lines(typed[name]) for name in ("alone", "with_peers", "needs_approval")},
            "hiring": typed["hiring"].strip(),
        }
        content["stakeholders"] = [{"name": name, "what": what} for name, what in pairs(typed["stakeholders"])]
    return Role.model_validate(content)


def _kpis_with(known: tuple[Kpi, ...], typed: str) -> tuple[Kpi, ...]:
    """Measures as `name: target (how often)`; one whose name is still there keeps what it speaks of."""
    by_name = {k.name: k for k in known}
    found = []
    for place, (name, words) in enumerate(pairs(typed)):
        match = _EVERY.match(words)
        assert match is not None  # every line fits
        before = by_name.get(name)
        kpi = {
            "id": before.id if before is not None else f"own{place + 1}",
            "name": name,
            "target": match["target"].strip() or (before.target if before is not None else ""),
            "every": (match["every"] or "").strip() or (before.every if before is not None else "as agreed"),
            "dimensions": before.dimensions if before is not None else (),
        }
        found.append(Kpi.model_validate(kpi))
    return tuple(found)
