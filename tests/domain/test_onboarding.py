"""The first year: targets closed until a baseline exists, days never on a weekend, what a variant changes."""

from __future__ import annotations

from datetime import date

from hypothesis import given
from hypothesis import strategies as st

from app.domain.onboarding import dated, is_closed, needs_baseline, outlook, talks, variant_changes
from app.exchange.packs import load_pack
from app.resources import packs

_FOUND = load_pack(packs() / "ml-engineering-manager").onboarding
assert _FOUND is not None
PLAN = _FOUND
GOALS = {g.id: g for g in PLAN.goals}


def test_a_change_from_a_baseline_is_closed_until_it_is_known() -> None:
    assert {g.id for g in PLAN.goals if needs_baseline(g)} == {"m6_ttp", "m12_inc", "m12_cost"}
    assert is_closed(GOALS["m6_ttp"], "")
    assert is_closed(GOALS["m6_ttp"], "  ")
    assert not is_closed(GOALS["m6_ttp"], "34 days")
    assert not is_closed(GOALS["d60_obs"], "")


@given(st.dates(date(2024, 1, 1), date(2030, 1, 1)))
def test_no_day_of_the_first_year_is_on_a_weekend(start: date) -> None:
    assert all(d.on.weekday() < 5 for d in dated(PLAN, start))
    assert all(t.on.weekday() < 5 for t in talks(PLAN, start))
    assert [t.checkin.day for t in talks(PLAN, start)] == [7, 14, 30, 60, 90, 180, 365]


def test_a_variant_names_the_goals_it_touches() -> None:
    found = variant_changes(PLAN, "regulated")
    assert set(found) == {"d30_rel", "d60_gate"}
    assert "Legal" in found["d30_rel"][0]
    assert None in variant_changes(PLAN, "startup")
    assert variant_changes(PLAN, "no such") == {}


def test_the_outlook_is_a_direction_without_a_day() -> None:
    assert [h.id for h in outlook(PLAN)] == ["m18_36"]
