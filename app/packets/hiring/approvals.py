"""Who decided and who was asked to approve, each with an answer and a place to sign."""

from __future__ import annotations

from datetime import datetime
from functools import partial
from typing import Any

from app.domain.panel import State
from app.packets.hiring.dossier import Dossier
from app.packets.paper.flow import Columns, Drawn, FlowColumn, Space, ruled_line
from app.packets.paper.strip import STATE_RADIUS, draw_state
from app.packets.paper.type import CAPTION, LABEL, TABLE, clean, plain
from app.queries.decision import ApprovalFacts
from app.words import day, moment, tr


def approvals(dossier: Dossier) -> list[Any]:
    """Who decided and who was asked to approve, with their answers and a place to sign."""
    decision = dossier.facts.decision
    if decision is None or not decision.approvals:
        return []
    on = day_of(dossier, decision.at)
    decided = (clean(decision.by.name), clean(decision.by.role), State.MET, tr("decided"), on, "")
    rows = [decided, *(_approval(dossier, a) for a in decision.approvals)]
    width = dossier.width
    edges = [round(width * share) for share in (0, 0.2, 0.43, 0.58, 0.78)]
    names = (tr("Approvals"), "", "", "", tr("Signature"))
    found: list[Any] = [_cells(width, edges, [plain(n, LABEL) for n in names]), ruled_line(width)]
    for name, role, state, word, when, recorded in rows:
        mark = Columns(
            [FlowColumn(0, 12, (Drawn(12, 12, partial(_mark, state)),)), FlowColumn(12, 60, (plain(word, TABLE),))]
        )
        dated = [plain(when, TABLE.soft()), *([plain(recorded, CAPTION)] if recorded else [])]
        cells = [plain(name, TABLE.medium()), plain(role, TABLE.soft()), mark, dated, Space(0)]
        found += [_cells(width, edges, cells), ruled_line(width)]
    return [Space(14), *found]


def _approval(dossier: Dossier, approval: ApprovalFacts) -> tuple[str, str, State, str, str, str]:
    words = {None: tr("asked"), "approved": tr("approved"), "declined": tr("declined")}
    states = {None: State.THIN, "approved": State.MET, "declined": State.NOT_MET}
    when = day(approval.answered_on) if approval.answered_on is not None else ""
    name = approval.name or (tr("nobody named yet") if approval.answer is None else tr("by whom was not recorded"))
    recorded = ""
    if approval.recorded_at is not None:
        at = moment(approval.recorded_at, dossier.facts.zone)
        recorded = tr("recorded by {name}, {when}").format(name=clean(approval.recorded_by) or tr("somebody"), when=at)
    return clean(name), clean(approval.role), states[approval.answer], words[approval.answer], when, recorded


def _cells(width: float, edges: list[int], items: list[Any]) -> Columns:
    ends = [*edges[1:], width]
    return Columns(
        [
            FlowColumn(x, end - x - 6, (Space(4), *(item if isinstance(item, list) else [item]), Space(4)))
            for x, end, item in zip(edges, ends, items, strict=True)
        ],
        whole=100,
    )


def _mark(state: State, canvas: Any) -> None:
    draw_state(canvas, STATE_RADIUS, 12 - 5.2, state)


def day_of(dossier: Dossier, at: datetime) -> str:
    """The day of a moment where the workspace is."""
    return day(at.astimezone(dossier.facts.zone).date())
