"""Decisions: people decide, in writing. A decision is changed only by a new one."""

from __future__ import annotations

from collections.abc import Sequence
from enum import StrEnum

from sqlalchemy import select

from app.actions.application import about_candidate
from app.domain.kinds import Op
from app.errors import NotYet, Refused
from app.store.changed import Changed
from app.store.columns import table_of
from app.store.rubrics import read_pack
from app.store.sight import sealing_of
from app.store.tables import Application, Colleague, Decision, Dissent, Opening
from app.store.workspace import Workspace
from app.words import tr


class Verdict(StrEnum):
    """What may be decided."""

    HIRE = "hire"
    NO_HIRE = "no_hire"
    HOLD = "hold"


def decide(
    workspace: Workspace,
    application: int,
    verdict: Verdict,
    level: str,
    reason: str,
    dissents: Sequence[tuple[int, str]] = (),
    change_reason: str = "",
) -> Changed:
    """Record a decision with its reason and the dissent by name. Raises NotYet while cards are sealed to me."""
    if not reason.strip():
        raise Refused(tr("A decision needs its reason."), tr("Write what settled it, in your own words."))
    with workspace.step(Op.DECIDE) as step:
        name = about_candidate(step, application)
        if step.who is None or not sealing_of(step.connection, application).open_to(step.who):
            raise NotYet(
                tr("The cards of {name} are not open yet.").format(name=name),
                tr("Wait for the cards that are due, or open them early with a reason."),
            )
        opening = step.get(Opening, step.get(Application, application).opening_id)
        pack = read_pack(step.connection, opening.rubric_id)
        if level not in {known.id for known in pack.levels.levels}:
            raise Refused(tr("The guide has no level “{level}”.").format(level=level), tr("Choose one of its levels."))
        table = table_of(Decision)
        earlier = step.first(select(table.c.id).where(table.c.application_id == application))
        if earlier and not change_reason.strip():
            raise Refused(
                tr("{name} was decided before.").format(name=name), tr("Say why this decision takes its place.")
            )
        row = step.add(
            Decision, application_id=application, verdict=verdict, level=level, reason=reason.strip(),
            change_reason=change_reason.strip(), by_id=step.who, at=step.at,
        )  # fmt: skip
        for colleague, text in dissents:
            who = step.get(Colleague, colleague)
            if not text.strip():
                raise Refused(
                    tr("{name}’s dissent has no words.").format(name=who.name), tr("Write it, or take it out.")
                )
            step.add(Dissent, decision_id=row, colleague_id=colleague, text=text.strip())
        step.words = tr("decision on {name}").format(name=name)
    return step.report()
