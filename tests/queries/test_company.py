"""Reports over a small company: every figure here was worked out by hand from `tests/company.py`."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from fractions import Fraction

import pytest

from app.domain.durations import End, Outlook
from app.domain.funnel import StageFlow
from app.domain.pipeline import Outcome
from app.domain.stage_time import Leaving
from app.packets.reports.table import REPORTS
from app.queries.reports.endings import EndedFor, SourceFlow, reasons, sources
from app.queries.reports.flow import funnel, time_in_stage
from app.queries.reports.hiring import acceptance, time_to_fill
from app.queries.reports.load import Load, interviewers
from tests.company import A, B, C, Company
from tests.printing import report, worked_out

BACKEND = "software-engineer-backend"
OF_2025 = {"since": date(2025, 1, 1), "until": date(2025, 12, 31)}


@pytest.fixture(scope="module")
def company(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Company]:
    made = Company(tmp_path_factory.mktemp("company"))
    yield made
    made.workspace.close()


def test_funnel(company: Company) -> None:
    """Thirteen count; Gil's application to B-1 was moved, so that he counts in C-1 alone."""
    found = worked_out(company.workspace, funnel)
    assert (found.applications, found.elsewhere) == (13, 1)
    assert dict(found.whole) == {
        "Applied": StageFlow(entered=13, went_on=11, open=1),  # Jan is open, Eva was turned down
        "Screen": StageFlow(entered=11, went_on=9, open=1),  # Ida is open, Gil turned down; Fin was twice here
        "Panel": StageFlow(entered=9, went_on=8, withdrew=1),  # Fin withdrew, twice here too
        "Offer": StageFlow(entered=8, went_on=4, open=1, withdrew=1),  # Hal; Ben; Cem and Eli turned down
    }
    assert [flow.turned_down for _, flow in found.whole] == [1, 1, 0, 2]
    offer = dict(found.whole)["Offer"]
    assert (offer.low, offer.high) == (Fraction(4, 8), Fraction(5, 8))


def test_the_cohort_of_a_funnel_is_the_day_they_applied(company: Company) -> None:
    """Ana applied on 8 April 2024, and was put in two days later."""
    found = worked_out(company.workspace, funnel, since=date(2024, 4, 8), until=date(2024, 4, 8))
    assert found.applications == 1
    assert dict(found.whole)["Offer"] == StageFlow(1, 1)
    cohorts = worked_out(company.workspace, funnel).cohorts
    assert [(quarter, dict(flows)["Applied"].entered) for quarter, flows in cohorts] == [
        (date(2024, 4, 1), 5),  # Ana, Ben, Cem, Eva, Fin
        (date(2024, 10, 1), 1),  # Dia
        (date(2025, 1, 1), 2),  # Eli, Fay
        (date(2025, 4, 1), 1),  # Gil, in C-1
        (date(2026, 1, 1), 4),  # Gus, Hal, Ida, Jan
    ]


def test_one_filter_for_all(company: Company) -> None:
    of_b = worked_out(company.workspace, funnel, opening=B)
    assert (of_b.applications, of_b.elsewhere) == (2, 1)
    backend = worked_out(company.workspace, funnel, rubric=BACKEND)
    assert backend.applications == 6  # Eli, Fay, Gus, Hal, Ida, Jan
    assert worked_out(company.workspace, funnel, opening=A, rubric=BACKEND).applications == 0
    assert worked_out(company.workspace, funnel, **OF_2025).applications == 3  # Eli, Fay, Gil


def test_time_in_stage(company: Company) -> None:
    """Days in Applied: 3 (Eva, down), 5, 5, 6, 7, 8, 8, 9, 10, 11, 11, 12 on; Jan 11 and Gil's 35 in B-1 go on."""
    stages = dict(worked_out(company.workspace, time_in_stage).stages)
    applied = stages["Applied"]
    assert (applied.spells, applied.ended, applied.half, applied.most) == (14, 12, 8, 11)
    # Left of 14: 13/14 on day 3, 11/14 on 5, 10 on 6, 9 on 7, 7 on 8, 6 on 9, 5 on 10. On day 11 five are there and
    # two go: 3/14. On day 12 two are there, Eli and Gil, and Eli goes: 3/28.
    assert applied.shares[Leaving.DOWN] == Fraction(1, 14)
    assert applied.shares[Leaving.ON] == 1 - Fraction(3, 28) - Fraction(1, 14)
    # Panel: 11, 13, 14, 15 (Fin, back), 15 (Fin, withdrew), 16, 19, 21, 22, 28.
    panel = stages["Panel"]
    assert (panel.spells, panel.ended, panel.half, panel.most) == (10, 10, 15, 21)
    assert dict(panel.shares) == {
        Leaving.ON: Fraction(8, 10),
        Leaving.DOWN: 0,
        Leaving.WITHDREW: Fraction(1, 10),
        Leaving.BACK: Fraction(1, 10),
    }
    # Fin in Screen: 12 to 20 May 2024, closed until 10 October, gone on on the 15th: 8 + 5 days. With his second time
    # there it has 12 spells, of which Ida's is not over.
    screen = stages["Screen"]
    assert (screen.spells, screen.ended) == (12, 11)
    of_fin = dict(worked_out(company.workspace, time_in_stage, since=date(2024, 5, 12), until=date(2024, 5, 12)).stages)
    assert of_fin["Screen"].spells == 1
    assert of_fin["Screen"].half == 13


def test_time_to_fill(company: Company) -> None:
    """A-1: 1 April to 20 May is 49 days; to 10 December 253, less the 61 it was closed: 192."""
    found = worked_out(company.workspace, time_to_fill)
    assert sorted((s.code, s.days, s.end) for s in found.seats) == [
        ("A-1", 49, End.FILLED),
        ("A-1", 192, End.FILLED),
        ("B-1", 90, End.FILLED),
        ("C-1", 100, End.CANCELLED),
        ("D-1", 59, End.FILLED),
        ("D-1", 89, End.OPEN),
    ]
    assert found.undated == ("E-1",)
    figure = found.figure
    # Six seats: 1/6 on day 49, 2/6 on 59. On 90 three are waited for: 2/6 + 4/6 · 1/3 = 5/9. On 100 one of two is
    # given up: 2/9 are left, and filled on 192: 7/9.
    assert [(s.day, s.share) for s in figure.steps] == [
        (49, Fraction(1, 6)),
        (59, Fraction(2, 6)),
        (90, Fraction(5, 9)),
        (100, Fraction(5, 9)),
        (192, Fraction(7, 9)),
    ]
    assert (figure.half, figure.three_quarters) == (90, 192)
    shares = {day: share.value for day, share in figure.by.items() if share is not None}
    assert shares == {60: Fraction(1, 3), 120: Fraction(5, 9)}
    of_2025 = worked_out(company.workspace, time_to_fill, **OF_2025)
    assert [s.code for s in of_2025.seats] == ["B-1", "C-1"], "approved in that year"
    assert of_2025.undated == (), "without a day it lies in no period"


def test_acceptance(company: Company) -> None:
    found = worked_out(company.workspace, acceptance).figure
    assert (found.accepted, found.declined, found.expired) == (4, 1, 1)
    assert (found.withdrawn, found.pending) == (1, 1)  # Cem's, Hal's
    assert (found.rate, found.outlook) == (Fraction(4, 6), Outlook.TOO_EARLY)
    of_2025 = worked_out(company.workspace, acceptance, **OF_2025).figure
    assert (of_2025.accepted, of_2025.declined, of_2025.expired) == (1, 0, 1)  # Fay, Eli
    assert (of_2025.withdrawn, of_2025.pending) == (0, 0)


def test_reasons(company: Company) -> None:
    found = worked_out(company.workspace, reasons)
    assert set(found.rows) == {
        EndedFor("Applied", Outcome.REJECTED, "ours", "Experience does not fit the role", 1),  # Eva
        EndedFor("Screen", Outcome.REJECTED, "ours", "The opening is filled or cancelled", 1),  # Gil
        EndedFor("Panel", Outcome.WITHDRAWN, "theirs", "Took another job", 1),  # Fin, the second time
        EndedFor("Offer", Outcome.REJECTED, "not_said", "", 1),  # Eli
        EndedFor("Offer", Outcome.REJECTED, "ours", "Somebody else was chosen", 1),  # Cem
        EndedFor("Offer", Outcome.WITHDRAWN, "theirs", "Pay", 1),  # Ben
    }
    assert [row.stage for row in found.rows] == ["Applied", "Screen", "Panel", "Offer", "Offer", "Offer"]
    assert found.declined == 1
    of_2025 = worked_out(company.workspace, reasons, **OF_2025)
    assert ([row.stage for row in of_2025.rows], of_2025.declined) == (["Screen", "Offer"], 0)


def test_sources(company: Company) -> None:
    assert worked_out(company.workspace, sources).sources == (
        ("applied", SourceFlow(entered=4, went_on=3, offered=1, open=1)),  # Cem, Eva, Fin, Ida
        ("board", SourceFlow(entered=4, went_on=3, offered=3, hired=1, open=1)),  # Ben, Eli, Gus, Jan
        ("referred", SourceFlow(entered=3, went_on=3, offered=3, hired=2, open=1)),  # Ana, Dia, Hal
        ("agency", SourceFlow(entered=1, went_on=1, offered=1, hired=1)),  # Fay
        ("found", SourceFlow(entered=1, went_on=1)),  # Gil
    )


def test_interviewers(company: Company) -> None:
    found = worked_out(company.workspace, interviewers)
    lena = Load("Lena Vogt", 1, 45, 0, 1, 1, None, 1, 1)
    # 26 April and 3 May are two weeks; cards after 0 and 3 days, of which the lower middle is 0.
    omar = Load("Omar Haddad", 3, 150, 3, 0, 0, 0, 2, 1)
    assert found.people == (lena, omar)
    assert found.untimed == 1
    of_may = worked_out(company.workspace, interviewers, since=date(2024, 5, 1), until=date(2024, 5, 31))
    assert of_may.people == (Load("Omar Haddad", 1, 90, 1, 0, 0, 3, 1, 1),)
    assert of_may.untimed == 1, "it is said, and belongs to no period"


@pytest.mark.parametrize("name", [name for name, kind in REPORTS.items() if not kind.of_one])
def test_every_report_says_its_filter_in_picture_page_and_table(company: Company, name: str) -> None:
    made = report(company.workspace, name, opening=C, since=date(2025, 1, 1), until=date(2025, 12, 31))
    period = "1 January 2025 to 31 December 2025"
    if REPORTS[name].of_team:
        assert made.of == f"the team · {period} · an opening or a rubric narrows nothing here"
    else:
        assert made.of == f"C-1 · Engineer · {period}"
    lines = made.as_table().decode("utf-8-sig").splitlines()
    assert all(line.rstrip().endswith(made.of) for line in lines[1:])
    assert len(lines) > 1
