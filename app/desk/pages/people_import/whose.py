"""Whom a table that is imported is about: a page for candidates, for members, for colleagues."""

from __future__ import annotations

from app.desk.page import Crumb
from app.desk.pages.people_import.page import PeopleImportPage
from app.domain.import_fields import About
from app.words import tr


class CandidatesImportPage(PeopleImportPage):
    """Candidates, from Pipeline."""

    about = About.CANDIDATES
    crumbs = (Crumb(tr("Hire")), Crumb(tr("Pipeline"), "pipeline"))
    back = "pipeline"


class MembersImportPage(PeopleImportPage):
    """Members, from Team."""

    about = About.MEMBERS
    crumbs = (Crumb(tr("Grow")), Crumb(tr("Team"), "team"))
    back = "team"


class ColleaguesImportPage(PeopleImportPage):
    """Colleagues, from Settings."""

    about = About.COLLEAGUES
    crumbs = (Crumb(tr("Settings"), "settings"),)
    back = "settings"
