"""Forms that come back, of either kind: a scorecard or an assessment, told apart by what a file says of itself."""

from __future__ import annotations

from pathlib import Path

from app.domain.scorecard_form import Reason
from app.errors import Refused
from app.exchange.assessment_form import AssessmentVerdict, accept_assessment, is_assessment, matched_assessment
from app.exchange.quarantine import Quarantine
from app.exchange.scorecard_form import FormVerdict, accept, matched, read_file, read_in
from app.store.change_report import ChangeReport
from app.store.workspace import Workspace

Returned = FormVerdict | AssessmentVerdict


def look(workspace: Workspace, path: Path, quarantine: Quarantine) -> Returned:
    """What a file is. Nothing is written."""
    try:
        original = read_file(path)
    except Refused as refused:
        return FormVerdict(path.name, Reason.UNREADABLE, refused.sentence, refused.remedy)
    read = read_in(original, quarantine)
    if isinstance(read, FormVerdict):
        return read
    return (matched_assessment if is_assessment(read) else matched)(workspace, original, read)


def bring(workspace: Workspace, verdict: Returned) -> tuple[Returned, ChangeReport | None]:
    """Bring a form that fits in; what came in meanwhile turns it down after all."""
    if isinstance(verdict, AssessmentVerdict):
        return accept_assessment(workspace, verdict)
    return accept(workspace, verdict)
