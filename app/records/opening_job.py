"""What applicants are told of an opening: its pay, and what its job description is filled with."""

from __future__ import annotations

from sqlalchemy import Connection

from app.domain.pay import PayRange
from app.domain.pipeline import PayPeriod
from app.phrases.pay import pay_words
from app.phrases.rubric import lower_first
from app.records.opening_rubric import opening_levels, opening_pack
from app.records.plan import newest_plan, read_plan
from app.store.columns import rows_of
from app.store.tables import Opening, Setting
from app.words import ntr, tr


def pay_of(opening: Opening) -> PayRange:
    """The range an opening has."""
    return PayRange(
        opening.pay_from, opening.pay_to, opening.pay_currency, PayPeriod(opening.pay_period), opening.pay_criteria
    )


def description_places(connection: Connection, opening: Opening) -> dict[str, tuple[str, ...]]:
    """By place of a description what fills it; nothing where the opening, its rubric or its role card does not say."""
    pack = opening_pack(connection, opening.id)
    plan = read_plan(connection, newest_plan(connection, opening.id)).plan
    setting = rows_of(connection, Setting)[0]
    role, pay = pack.role, pay_of(opening)
    names = {d.id: d.name for d in pack.rubric.dimensions}
    exercises = {e.id: e.name for e in pack.rubric.exercises}
    said = {
        "role": (opening.role,),
        "level": (dict(opening_levels(connection, opening.id)).get(opening.level, opening.level),),
        "organisation": (setting.organisation,),
        "place": (setting.organisation_place,),
        "must have": tuple(names[d] for d in plan.must_have if d in names),
        "rounds": tuple(
            tr("{round}, {minutes}").format(
                round=exercises.get(r.exercise, r.exercise), minutes=ntr("{n} minute", "{n} minutes", r.minutes)
            )
            for r in plan.rounds
        ),
        "pay": (pay_words(pay),),
        "pay criteria": tuple(line.strip() for line in pay.criteria.splitlines()),
    }
    of_card = (
        {
            "purpose": (role.purpose,),
            "team": (role.team,),
            "reports to": (role.reports_to,),
            "responsibilities": tuple(
                f"{group.group}: {'; '.join(map(lower_first, group.items))}" for group in role.responsibilities
            ),
            "outcomes": role.outcomes,
        }
        if role is not None
        else dict.fromkeys(("purpose", "team", "reports to", "responsibilities", "outcomes"), ())
    )
    return {name: tuple(v for v in values if v.strip()) for name, values in (said | of_card).items()}
