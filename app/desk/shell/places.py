"""The places of the window. Their pages are imported when they are first visited."""

from __future__ import annotations

from importlib import import_module

from app.desk.desk import Desk
from app.desk.page import Page, Place
from app.words import tr


class _Builder:
    """Builds a page by its module and class, so that the window is there before the pages are read."""

    def __init__(self, module: str, name: str) -> None:
        self.module, self.name = module, name

    def __call__(self, desk: Desk) -> Page:
        page: Page = getattr(import_module(f"app.desk.pages.{self.module}"), self.name)(desk)
        return page


PLACES = (
    Place("today", tr("Today"), _Builder("today.page", "TodayPage"), None, "Ctrl+1"),
    Place("pipeline", tr("Pipeline"), _Builder("pipeline.page", "PipelinePage"), tr("Hire"), "Ctrl+2"),
    Place("application", tr("Application"), _Builder("application.page", "ApplicationPage"), under="pipeline"),
    Place("candidate", tr("Candidate"), _Builder("candidate.page", "CandidatePage"), under="pipeline"),
    Place("duplicates", tr("Same person twice"), _Builder("candidate.duplicates", "DuplicatesPage"), under="pipeline"),
    Place("slate", tr("Slate"), _Builder("pipeline.slate", "SlatePage"), under="pipeline"),
    Place(
        "importcandidates",
        tr("Import candidates"),
        _Builder("people_import.whose", "CandidatesImportPage"),
        under="pipeline",
    ),
    Place("openings", tr("Openings"), _Builder("openings.page", "OpeningsPage"), tr("Hire"), "Ctrl+Shift+4"),
    Place("opening", tr("Opening"), _Builder("openings.opening_page", "OpeningPage"), under="openings"),
    Place("interviews", tr("Interviews"), _Builder("interviews.page", "InterviewsPage"), tr("Hire"), "Ctrl+3"),
    Place("week", tr("Week of interviews"), _Builder("interviews.week", "WeekPage"), under="interviews"),
    Place("scorecard", tr("Scorecard"), _Builder("scorecard.page", "ScorecardPage"), under="interviews"),
    Place("debrief", tr("Debrief"), _Builder("debrief.page", "DebriefPage"), under="interviews"),
    Place("plan", tr("Interview plan"), _Builder("plan.page", "PlanPage"), under="interviews"),
    Place("offers", tr("Offers"), _Builder("offers.page", "OffersPage"), tr("Hire"), "Ctrl+4"),
    Place("offer", tr("Offer"), _Builder("offers.offer_page", "OfferPage"), under="offers"),
    Place("team", tr("Team"), _Builder("team.page", "TeamPage"), tr("Grow"), "Ctrl+Shift+6"),
    Place("member", tr("Member"), _Builder("team.member_page", "MemberPage"), under="team"),
    Place("importmembers", tr("Import members"), _Builder("people_import.whose", "MembersImportPage"), under="team"),
    Place("assessment", tr("Assessment"), _Builder("assessment.page", "AssessmentPage"), under="team"),
    Place(
        "calibration", tr("Calibration"), _Builder("calibration.page", "CalibrationPage"), tr("Grow"), "Ctrl+Shift+7"
    ),
    Place("growth", tr("Growth plans"), _Builder("growth.page", "GrowthListPage"), tr("Grow"), "Ctrl+Shift+8"),
    Place("growthplan", tr("Growth plan"), _Builder("growth.plan_page", "GrowthPlanPage"), under="growth"),
    Place("rubric", tr("Rubric"), _Builder("rubric.page", "RubricPage"), tr("Guides"), "Ctrl+5"),
    Place("rubricdraft", tr("Rubric draft"), _Builder("rubric.draft_page", "RubricDraftPage"), under="rubric"),
    Place("levels", tr("Levels"), _Builder("guides.page", "LevelsPage"), tr("Guides"), "Ctrl+7"),
    Place("practice", tr("Practice"), _Builder("practice.page", "PracticePage"), tr("Guides"), "Ctrl+6"),
    Place("reports", tr("Reports"), _Builder("reports.page", "ReportsPage"), None, "Ctrl+8"),
    Place("settings", tr("Settings"), _Builder("settings.page", "SettingsPage"), None, "Ctrl+9"),
    Place("mailtexts", tr("Texts of mails"), _Builder("mail_texts.page", "MailTextsPage"), under="settings"),
    Place(
        "importcolleagues",
        tr("Import colleagues"),
        _Builder("people_import.whose", "ColleaguesImportPage"),
        under="settings",
    ),
)
