"""Packets as tests want them: drawn by the table of printables, on no disk."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, TypeVar

from app.domain.report_filter import ReportFilter
from app.packets.paper.page import Packet
from app.packets.printables import (
    BALLOTS,
    BOOK,
    FIRST_YEAR,
    FORM,
    GROWTH,
    GUIDE,
    HIRING,
    KIT,
    MINUTES,
    OFFER,
    PROMOTION,
    RECORD,
    Print,
)
from app.packets.reports.report import Report
from app.packets.reports.table import REPORTS
from app.queries.assessment_form import AssessmentFormFacts, assessment_form_facts
from app.queries.kit import KitFacts, kit_facts
from app.queries.reports.scope import Scope, scope_of
from app.store.workspace import Workspace

T = TypeVar("T")


def make_hiring_packet(workspace: Workspace, application: int) -> Packet:
    return HIRING.print(workspace, application).packet


def make_offer_packet(workspace: Workspace, application: int) -> Packet:
    return OFFER.print(workspace, application).packet


def make_growth_packet(workspace: Workspace, member: int) -> Packet:
    return GROWTH.print(workspace, member).packet


def make_first_year(workspace: Workspace, member: int) -> Packet:
    return FIRST_YEAR.print(workspace, member).packet


def make_promotion_packet(workspace: Workspace, member: int) -> Packet:
    return PROMOTION.print(workspace, member).packet


def make_packets(workspace: Workspace, calibration: int) -> list[Print]:
    return PROMOTION.print_each(workspace, calibration)


def make_minutes(workspace: Workspace, calibration: int) -> Packet:
    return MINUTES.print(workspace, calibration).packet


def make_book(workspace: Workspace, calibration: int, *, record: bool = False) -> Packet:
    return (RECORD if record else BOOK).print(workspace, calibration).packet


def make_ballots(workspace: Workspace, calibration: int) -> Packet:
    return BALLOTS.print(workspace, calibration).packet


def make_guide(workspace: Workspace, guide: int) -> Packet:
    return GUIDE.print(workspace, guide).packet


def make_kit(workspace: Workspace, interview: int) -> tuple[Packet, KitFacts]:
    return KIT.print(workspace, interview).packet, kit_facts(workspace, interview)


def make_form(workspace: Workspace, assessment: int) -> tuple[Packet, AssessmentFormFacts]:
    return FORM.print(workspace, assessment).packet, assessment_form_facts(workspace, assessment)


def make_forms(workspace: Workspace, calibration: int) -> list[Print]:
    return FORM.print_each(workspace, calibration)


def report(workspace: Workspace, name: str, interviewer: int | None = None, **asked: Any) -> Report:
    return REPORTS[name].report(workspace, ReportFilter(**asked), interviewer)


def worked_out(workspace: Workspace, work: Callable[[Scope], T], **asked: Any) -> T:
    """What a report is made of, under a filter."""
    with scope_of(workspace, ReportFilter(**asked)) as scope:
        return work(scope)
