"""Every page, light and dark, at 100 % and 200 % text, and every packet page: `python -m tests.gallery OUT`."""

from __future__ import annotations

import json
import os
import shutil
import sys
import tempfile
from collections.abc import Callable, Sequence
from datetime import UTC, date, datetime
from functools import partial
from pathlib import Path
from typing import Any

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

from PySide6.QtCore import QEventLoop, QTimer
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from app.actions import (
    application,
    candidate,
    candidate_note,
    committee,
    debrief,
    decision,
    many,
    member,
    onboarding,
    rubric_draft,
    transcript,
)
from app.actions.application import PutOnHold
from app.actions.candidate import NewCandidate
from app.actions.candidate_note import NewNote
from app.actions.transcript import Agreement
from app.desk.pages.interviews.page import InterviewsPage
from app.desk.preferences import Appearance, Preferences
from app.desk.shell.failures import Failures
from app.desk.shell.session import OpenWorkspace, Session
from app.desk.shell.start import StartWindow
from app.desk.theme import Theme
from app.domain.calibration import CalibrationOutcome
from app.domain.pipeline_view import PipelineColumn, PipelineView, Shape, Standing
from app.domain.rubric_draft import DIMENSION
from app.domain.transcript import SaidLine
from app.exchange.scorecard_form import FormVerdict
from app.packets.reports.table import REPORTS
from app.queries.calibration import calibration_view
from app.queries.debrief import debrief_page
from app.queries.growth import growth_rows
from app.queries.kit import kit_rows, without_card
from app.queries.plain_lists import applications, candidates, scorecards
from app.queries.rubric_draft import draft_view
from app.queries.team import team_page
from app.store.change_report import ChangeReport
from app.store.workspace import Workspace, open_workspace, read_workspace
from tests.calibrations import prepared, seated, twenty
from tests.exchange.filling import whole, with_pypdf
from tests.gallery.papers import charts, drawn, growth_packet, packets
from tests.gallery.sized import sized_files, sized_pages
from tests.printing import (
    make_kit,
)
from tests.samples import sample_in

NOW = datetime(2026, 3, 12, 9, 58, tzinfo=UTC)
LOOKS = (("light", 100), ("dark", 100), ("light", 200), ("dark", 200))
SLOW = 20_000


class Loud(Failures):
    """A picture of a broken page is worth nothing: fail."""

    def __call__(self, error: BaseException, operation: str = "") -> None:
        """Raise it where it is seen."""
        raise error


def make_gallery(out: Path, looks: Sequence[tuple[str, int]] = LOOKS, *, every: int = 1) -> list[Path]:
    """Write the pictures and give their paths; `looks` are light or dark at a text size in per cent.

    With `every`, of the pages with the sample's own data only each so many-th is drawn.
    """
    out.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory() as folder:
        os.environ["TENFOLD_DATA"] = folder
        sample = sample_in(Path(folder)).rename(Path(folder) / "search-ranking.tenfold")
        planned = with_a_growth_plan(sample)
        made = packets(sample, out) + charts(out, looks) + growth_packet(sample, planned, out)
        app = QApplication.instance() or QApplication([])
        assert isinstance(app, QApplication)
        for look, size in looks:
            copy = Path(folder) / f"{look}{size}" / sample.name
            copy.parent.mkdir()
            shutil.copy(sample, copy)
            made += _pages(app, copy, out, look, size, every)
        (Path(folder) / "sized").mkdir()
        for dimensions, path, papers in sized_files(Path(folder) / "sized"):
            made += [drawn(out / f"{name}.pdf", content) for name, content in papers]
            for look, size in looks:
                made += _sized(app, path, dimensions, out, look, size)
    return made


def with_a_growth_plan(sample: Path) -> int:
    """The member of the pictures. Who accepted an offer becomes a member in the first year; a rubric is begun."""
    workspace = open_workspace(sample, backups=sample.parent, clock=lambda: NOW)
    planned = [r.member for r in growth_rows(workspace) if r.plan is not None]
    hired = member.from_offer(workspace, team_page(workspace).joining[0].application).subject
    onboarding.begin(workspace, hired, 1, "midsize")
    begin_draft(workspace)
    _tell_of_somebody(workspace)
    workspace.close()
    return planned[0]


def _tell_of_somebody(workspace: Workspace) -> None:
    """Notes, tags and a second application of a candidate."""
    ines = next(c["id"] for c in candidates(workspace) if c["name"] == "Ines Halvorsen")
    candidate_note.add(workspace, ines, NewNote("Prefers calls after six, Antwerp time."))
    candidate_note.add(workspace, ines, NewNote("Would take a smaller team for a larger say.", private=True))
    many.tag_all(workspace, [ines], ["ranking", "referred twice", "Dutch"])
    grades = tuple(
        (f"Grade of the {n}. talk", "As agreed in writing with the team that she would join") for n in range(5)
    )
    twin = NewCandidate(
        "HALVORSEN, Ines",
        mail="ines.halvorsen@example.org",
        place="Ghent",
        can_start="At once",
        further=grades,
    )
    candidate.add(workspace, twin, 1)
    again = application.add(workspace, ines, 3, date(2026, 3, 2)).subject
    application.hold(workspace, again, PutOnHold("The panel for the first opening.", date(2026, 3, 20)))


def _table(folder: Path) -> Path:
    """Another program's table: known people, a day that could be two, a row that can't come in."""
    path = folder / "their-export.csv"
    path.write_text(
        "Full-Name,Emails,Phones,Company,Position,Applied,Tags,Grade,Gender\n"
        "Žofie Malá,zofie@example.org,+420 601 555 010,Kestrel Maps,ML engineer,25/02/2026,ml;maps,7,f\n"
        'Dimitri Olsson,"dimitri@example.org, d.olsson@work.example.org",,Acme,,03/02/2026,,5,m\n'
        "Wei Zhang,wei@example.org,+1 202 555 0199,,Data engineer,04/02/2026,,6,\n"
        "Ada Lind,ada at example.org,,,,2026-02-01,,,\n",
        encoding="utf-8",
    )
    return path


def places(sample: Path) -> list[tuple[str, str, dict[str, Any]]]:
    """Name of the picture, place, and what it shows."""
    workspace = read_workspace(sample)
    named = {c["id"]: c["name"] for c in candidates(workspace)}
    candidates_of = {name: number for number, name in named.items()}
    by_name = {named[a["candidate"]]: a["id"] for a in reversed(applications(workspace))}  # of each the first
    draft = next(c["id"] for c in scorecards(workspace) if c["state"] == "draft")
    submitted = next(c["id"] for c in scorecards(workspace) if c.get("overall"))
    planned = next(r.member for r in growth_rows(workspace) if r.plan is not None)
    hired = next(r.member for r in growth_rows(workspace) if r.from_hire)
    workspace.close()
    return [
        ("today", "today", {}),
        ("pipeline", "pipeline", {}),
        ("pipeline-table", "pipeline", {"view": PipelineView(Shape.TABLE, Standing.ALL, sort=PipelineColumn.STAGE)}),
        ("slate", "slate", {"opening": 1}),
        ("import-candidates", "importcandidates", {"source": _table(sample.parent), "opening": 1}),
        ("application", "application", {"id": by_name["Ines Halvorsen"]}),
        ("application-sealed", "application", {"id": by_name["Noor Salimi"]}),
        ("application-hired", "application", {"id": by_name["Teo Valdez"]}),
        ("candidate", "candidate", {"id": candidates_of["Ines Halvorsen"]}),
        ("candidate-further", "candidate", {"id": candidates_of["HALVORSEN, Ines"]}),
        ("duplicates", "duplicates", {}),
        ("openings", "openings", {}),
        ("opening", "opening", {"id": 1}),
        ("interviews", "interviews", {}),
        ("week", "week", {}),
        ("scorecard", "scorecard", {"card": draft}),
        ("scorecard-submitted", "scorecard", {"card": submitted}),
        ("debrief", "debrief", {"id": by_name["Ines Halvorsen"]}),
        ("decision", "debrief", {"id": by_name["Ines Halvorsen"]}),
        ("offers", "offers", {}),
        ("offer", "offer", {"id": 3}),
        ("team", "team", {}),
        ("member", "member", {"id": 3}),
        ("assessment", "assessment", {"id": 7}),
        ("calibration", "calibration", {"id": 2}),
        ("rubric", "rubric", {}),
        ("rubric-draft", "rubricdraft", {"id": 1}),
        ("pipeline-second", "pipeline", {"opening": 3}),
        ("levels", "levels", {"level": "M1", "view": "read"}),
        ("levels-compare", "levels", {"view": "compare"}),
        ("levels-overview", "levels", {"view": "overview"}),
        ("plan", "plan", {"opening": 1}),
        ("practice", "practice", {}),
        ("growth", "growth", {}),
        ("growth-plan", "growthplan", {"id": planned}),
        ("growth-hired", "growthplan", {"id": hired}),
        ("growth-first-year", "growthplan", {"id": hired, "year": 1}),
        *((f"report-{name}", "reports", {"report": name}) for name in REPORTS),
        ("settings", "settings", {}),
        ("mail-texts", "mailtexts", {}),
        ("calibration-preparing", "calibration", {"id": 3}),
        ("calibration-twenty", "calibration", {"id": 4}),
        ("calibration-voting", "calibration", {"id": 2}),
        ("scorecard-transcript", "scorecard", {"card": draft}),
    ]


def _begin_debrief(workspace: Workspace, application: int) -> ChangeReport:
    """Ines's debrief as it stands in the middle: begun, MLOps on the table."""
    return debrief.start(workspace, application)


def _end_debrief(workspace: Workspace, application: int) -> ChangeReport:
    """The same after the walk: a note, second scores on two dimensions, a decision half written."""
    shown = debrief_page(workspace, application)
    assert shown.debrief is not None
    note = "Both agree on the template. Open: who owned rollback at Kestrel after 2024?"
    debrief.note(workspace, shown.debrief, "mlops", note)
    for dimension, score in (("mlops", None), ("communication", 3)):
        scores = {c.colleague: score or c.rating(dimension).score for c in shown.raters(dimension)}
        debrief.score_again(workspace, shown.debrief, dimension, scores)
    for dimension in shown.rubric.dimension_ids:
        debrief.walked(workspace, shown.debrief, dimension)
    reason = "The template other teams took up is the MLOps evidence nearest this job."
    departure = "The rule asks for one more observation on MLOps. The release check due by day 60 shows it."
    draft = {"verdict": "hire", "level": "M1", "reason": reason, "departure": departure}
    return decision.draft(workspace, application, json.dumps(draft))


def _prepare_calibration(workspace: Workspace, _cycle: int) -> None:
    """One before its session."""
    prepared(workspace)


def _gather_twenty(workspace: Workspace, _cycle: int) -> None:
    """One of twenty people."""
    twenty(workspace)


def _open_a_vote(workspace: Workspace, calibration: int) -> None:
    """Five seats, and a vote in which two have voted."""
    seated(workspace, calibration)
    one = calibration_view(workspace, calibration).next_turn
    assert one is not None
    committee.open_vote(workspace, one.proposal)
    vote = calibration_view(workspace, calibration).member(one.proposal).vote
    assert vote is not None
    for turn in vote.due[:2]:
        committee.cast(workspace, vote.id, turn.colleague, CalibrationOutcome.PROMOTE)


def begin_draft(workspace: Workspace) -> None:
    """A rubric that is being written: a copy with a question that says too little and an anchor that is missing."""
    done = rubric_draft.begin_copy(workspace, 1, "Platform Lead")
    first = next(p for p in draft_view(workspace, done.subject).parts if p.section == DIMENSION)
    rubric_draft.write(workspace, first.id, ("questions", 0, "text"), "Have you ever designed a scoring system?")
    rubric_draft.write(workspace, first.id, ("anchors", 3, "summary"), "")


def _read_transcript(workspace: Workspace, card: int) -> None:
    """A call of some minutes on the draft, and its second line as evidence."""
    with workspace.read() as connection:
        query = "SELECT interview_id, planned FROM scorecard WHERE id = ?"
        interview, planned = connection.exec_driver_sql(query, (card,)).one()
    transcript.record_consent(workspace, interview, Agreement(workspace.today(), "by mail"))
    said = (
        ("Ruth Amadi", "Tell me about the last time something you had shipped broke, and your first ten minutes."),
        ("Mateus Kern", "It was the ranker. The pager went off at four, and nobody had touched the model for a week."),
        ("Mateus Kern", "I looked at the graph of the feature store first. It was stale: eleven hours old."),
        ("Ruth Amadi", "And then?"),
    )
    lines = [SaidLine(12 + 7 * n, *said[n % len(said)]) for n in range(200)]
    transcript.add(workspace, card, "Mateus Kern 2026-03-12.vtt", lines)
    transcript.quote(workspace, card, json.loads(planned)[0], [1])


_BEFORE: dict[str, Callable[[Workspace, int], object]] = {
    "debrief": _begin_debrief,
    "decision": _end_debrief,
    "calibration-preparing": _prepare_calibration,
    "calibration-twenty": _gather_twenty,
    "calibration-voting": _open_a_vote,
    "scorecard-transcript": _read_transcript,
}


def _pages(app: QApplication, sample: Path, out: Path, look: str, size: int, every: int) -> list[Path]:
    theme = Theme(look, size / 100)
    theme.apply(app)
    preferences = Preferences(appearance=Appearance(look), text_size=size)
    session = Session(app, theme, Loud(out, "0"), preferences, sample.parent / "preferences.json", lambda: NOW)
    shown = places(sample)
    session.begin(sample)
    _until(lambda: session.opened is not None and session.opened.desk.is_open)
    assert session.opened is not None
    made = []
    for number, (name, place, where) in enumerate(shown):
        if name in _BEFORE:
            session.opened.desk.write(partial(_BEFORE[name], session.opened.desk.workspace, *where.values()))
            _settle(session.opened)
        if number % every:
            continue
        session.opened.window.go(place, **where)
        _settle(session.opened)
        path = out / f"{name}-{look}-{size}.png"
        session.opened.window.grab().save(str(path))
        made.append(path)
    made.append(_forms(session.opened, sample.parent, out / f"interviews-forms-{look}-{size}.png"))
    session.opened.window.activateWindow()
    _until(session.opened.window.isActiveWindow)
    session.opened.window.open_palette()
    QTest.qWait(100)
    made.append(out / f"palette-{look}-{size}.png")
    session.opened.window.grab().save(str(made[-1]))
    session.end()
    start = StartWindow(theme)
    start.show_recent([str(sample)])
    start.show()
    QTest.qWait(50)
    made.append(out / f"start-{look}-{size}.png")
    start.grab().save(str(made[-1]))
    start.close()
    return made


def _sized(app: QApplication, path: Path, dimensions: int, out: Path, look: str, size: int) -> list[Path]:
    theme = Theme(look, size / 100)
    theme.apply(app)
    preferences = Preferences(appearance=Appearance(look), text_size=size)
    session = Session(app, theme, Loud(out, "0"), preferences, path.parent / "preferences.json", lambda: NOW)
    session.begin(path)
    _until(lambda: session.opened is not None and session.opened.desk.is_open)
    assert session.opened is not None
    made = sized_pages(session, dimensions, out, look, size, partial(_settle, session.opened))
    session.end()
    return made


def _forms(opened: OpenWorkspace, folder: Path, path: Path) -> Path:
    """Forms back on the page of interviews: one in, an empty one, one for a card that is there."""
    workspace = opened.desk.workspace
    opened.window.go("interviews")
    _settle(opened)
    page = opened.window.page
    assert isinstance(page, InterviewsPage)
    rows = kit_rows(workspace)
    files = []
    for number, row in enumerate((without_card(rows)[0], without_card(rows)[1], rows[0])):
        kit, facts = make_kit(workspace, row.interview)
        content = kit.bytes if number == 1 else with_pypdf(kit.bytes, whole(facts.spec))
        files.append(folder / f"Scorecard {number + 1}.pdf")
        files[-1].write_bytes(content)
    page.incoming.bring(files)
    _settle(opened)
    different = next(
        v for v in page.incoming.results if isinstance(v, FormVerdict) and v.card is not None and not v.fits
    )
    page.forms.compared.emit(different)
    _settle(opened)
    page.show_part(page.forms)
    QTest.qWait(100)
    opened.window.notice.dismiss()
    opened.window.grab().save(str(path))
    return path


def _until(reached: Callable[[], bool]) -> None:
    waited = 0
    while not reached() and waited < SLOW:
        _wait(20)
        waited += 20
    assert reached()


def _wait(milliseconds: int) -> None:
    """Let the event loop run. QTest's own wait would keep other threads from Python meanwhile."""
    loop = QEventLoop()
    QTimer.singleShot(milliseconds, loop.quit)
    loop.exec()


def _settle(opened: OpenWorkspace) -> None:
    """Two rounds: what came back may ask again."""
    for _ in range(2):
        _until(opened.work.idle)
        _wait(120)


if __name__ == "__main__":
    for picture in make_gallery(Path(sys.argv[1] if len(sys.argv) > 1 else "gallery")):
        sys.stdout.write(f"{picture}\n")
