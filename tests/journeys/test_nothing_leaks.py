"""Alone first: every page, export and command is walked as somebody to whom cards are sealed, and shows none of them.

The sealed cards hold words that stand nowhere else, the score 1, which nobody else gave, and the vote "strong no hire".
A card from elsewhere holds a word of its own, for it is open to more people.
"""

from __future__ import annotations

import zipfile
from collections.abc import Callable
from datetime import date, timedelta
from pathlib import Path

import pytest
from pypdf import PdfReader
from PySide6.QtCore import QAbstractItemModel, QModelIndex, Qt
from PySide6.QtWidgets import QAbstractItemView, QPlainTextEdit, QWidget

from app.actions import (
    application,
    assessment,
    calibration,
    candidate,
    colleague,
    debrief,
    decision,
    growth,
    interview,
    member,
    scorecard,
)
from app.actions.assessment_request import ask_for
from app.actions.calibration import NewCalibration
from app.actions.candidate_import import import_all
from app.actions.member import NewMember
from app.actions.read_candidate import ReadApplication, ReadCandidate
from app.cli.main import main
from app.desk.pages.calibration.key import CalibrationKey
from app.desk.pages.debrief.head import DebriefKey
from app.desk.pages.growth.head import GrowthKey
from app.desk.parts.strip import StripWidget
from app.desk.parts.strip_key import StripKey
from app.desk.shell.places import PLACES
from app.domain.imported_card import CardFromElsewhere, MarkFromElsewhere
from app.domain.mail import MailKind
from app.domain.pipeline import Outcome
from app.domain.scorecard import Overall
from app.exchange.calendar import calendar_file
from app.exchange.candidate_mails import draft_of
from app.packets.reports.table import REPORTS
from app.queries.application import application_page
from app.queries.invitations import round_events
from app.queries.mails import mails_for
from app.store.history import verify
from app.store.workspace import Workspace, open_workspace, read_workspace
from tests.actions.panel import LENA, OMAR, PACK, RUTH, Panel, hire
from tests.journeys.conftest import Sitting

SECRET, ELSEWHERE = "zebrafish", "quagga"
KARIM = 4
RATERS = (OMAR, LENA, RUTH)
LEAKS = (SECRET, ELSEWHERE, "1, well below", "strong no hire")
SAID = (SECRET, ELSEWHERE, "strong_no_hire", "strong no hire", "people:1", '"people": 1', "mlops:1", '"mlops": 1')
"""How commands and files would say them."""
LISTS = (
    "openings",
    "candidates",
    "applications",
    "interviews",
    "scorecards",
    "colleagues",
    "guides",
    "members",
    "cycles",
)
ASKS_FOR_VOTES = ("rubric", "scorecard", "practice")  # these offer scores and votes themselves
PLACES_SHOWN = [p.id for p in PLACES]


def sealed(folder: Path, *, mine_is_in: bool) -> Path:
    """Omar's and Lena's cards for Ada are in but Lena's last; Ruth's own is in or not. Karim owes no card.

    While hers is due, a card from elsewhere lies there too."""
    panel = Panel(folder)
    colleague.add(panel.workspace, "Karim Belhadj", "karim@example.org", "Director of Engineering")
    for number in (1, 2, 3, 4):
        card = panel.start(number)
        with panel.workspace.acting(panel.holder(number)):
            for dimension in panel.rounds[number].dimensions:
                scorecard.note(panel.workspace, card, f"A {SECRET} about {dimension}.", dimension)
                scorecard.rate(panel.workspace, card, dimension, 1)
            scorecard.vote(panel.workspace, card, Overall.STRONG_NO_HIRE, f"No {SECRET}.")
            scorecard.submit(panel.workspace, card)
    if mine_is_in:
        panel.bring_in(0)
    else:
        card_from_elsewhere(panel)
    assessed(panel, begun=not mine_is_in)
    candidate.edit(panel.workspace, 1, place="Oslo")
    path = panel.workspace.path
    panel.workspace.close()
    return path


def card_from_elsewhere(panel: Panel) -> None:
    candidate.edit(panel.workspace, 1, mail="ada@example.org")
    mark = MarkFromElsewhere(f"Care for a {ELSEWHERE}", "strong_yes", f"The {ELSEWHERE}.")
    at = panel.workspace.now()
    card = CardFromElsewhere(
        "Greenhouse",
        f"{ELSEWHERE} 1",
        f"Una {ELSEWHERE}",
        f"{ELSEWHERE} round",
        at,
        at,
        "no",
        f"A {ELSEWHERE}.",
        (mark,),
    )
    theirs = ReadApplication(opening=("Job", "SR-2026-01"), cards=(card,))
    done = import_all(
        panel.workspace, [ReadCandidate("Ada Lind", mail="ada@example.org", applications=(theirs,))], None
    )
    assert done.cards == 1


def assessed(panel: Panel, *, begun: bool) -> None:
    """Nils is assessed by Omar and Lena, whose words are secret; Ruth owes hers: outside a calibration, in one that is
    prepared, and in one whose session Karim has begun without her, where it is sealed to her alone."""
    workspace = panel.workspace
    nils = member.add(workspace, NewMember("MLE3", "Nils Aune", manager=KARIM)).subject
    growth.begin(workspace, nils, "MLE4")
    ask_for(workspace, nils, RATERS, "MLE4")
    days = (date(2025, 3, 12), date(2026, 3, 12))
    cycles = [
        calibration.add(workspace, NewCalibration(name, *days)).subject for name in ("Spring", "Autumn")[: 1 + begun]
    ]
    for held in cycles:
        calibration.propose(workspace, held, nils, "MLE4", RATERS)
    with workspace.read() as connection:
        rows = connection.exec_driver_sql("SELECT id, rater_id FROM assessment ORDER BY id").all()
    for row, rater in rows:
        if rater != RUTH:
            with workspace.acting(rater):
                say_of(workspace, row)
    if begun:
        with workspace.acting(KARIM):
            calibration.start(workspace, cycles[1], "Ruth is away")


def say_of(workspace: Workspace, row: int) -> None:
    for dimension in PACK.rubric.dimension_ids:
        assessment.add_fact(workspace, row, dimension, f"A {SECRET} about {dimension}.", date(2026, 1, 20))
        assessment.rate(workspace, row, dimension, 1)
    assessment.submit(workspace, row)


def become(path: Path, who: int) -> None:
    workspace = open_workspace(path)
    colleague.become(workspace, who)
    workspace.close()


def everything_said(widget: QWidget) -> str:
    """All words of a widget and what is in it: labels, names, descriptions, tooltips, fields, models, strips."""
    said: list[str] = []
    key_kinds = (StripKey, DebriefKey, CalibrationKey, GrowthKey)
    keys = [key for kind in key_kinds for key in widget.findChildren(kind)]
    for one in (widget, *widget.findChildren(QWidget)):
        if not one.isVisible() or any(key.isAncestorOf(one) for key in keys):
            continue  # a key says what cells look like, not what anybody gave
        said += [one.accessibleName(), one.accessibleDescription(), one.toolTip()]
        for name in ("text", "title", "placeholderText", "windowTitle"):
            value = getattr(one, name, None)
            if callable(value):
                found = value()
                said.append(found if isinstance(found, str) else "")
            elif isinstance(value, str):
                said.append(value)
        if isinstance(one, QPlainTextEdit):
            said.append(one.toPlainText())
        if isinstance(one, QAbstractItemView) and one.model() is not None:
            said += words_of(one.model())
        if isinstance(one, StripWidget):
            said += [f"{c.score}, well below" for c in one.cells if c.score == 1 and not c.sealed]
    return "\n".join(said)


def words_of(model: QAbstractItemModel) -> list[str]:
    """Every role's words of every cell."""
    roles = (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.ToolTipRole, Qt.ItemDataRole.AccessibleTextRole)
    return [
        str(model.index(row, column).data(role) or "")
        for row in range(model.rowCount(QModelIndex()))
        for column in range(12)
        if model.hasIndex(row, column)
        for role in roles
    ]


WHO = pytest.mark.parametrize(
    ("who", "mine_is_in"),
    [
        pytest.param(RUTH, False, id="an interviewer whose card is due"),
        pytest.param(KARIM, True, id="a manager without one"),
    ],
)


def leaks(text: str) -> list[str]:
    return [leak for leak in LEAKS if leak in text.lower()]


@WHO
def test_no_page_shows_a_sealed_card(
    begin: Callable[[Path | None], Sitting], tmp_path: Path, who: int, mine_is_in: bool
) -> None:
    path = sealed(tmp_path, mine_is_in=mine_is_in)
    become(path, who)
    sitting = begin(path)
    for place in PLACES_SHOWN:
        for where in ({}, {"id": 1}, {"id": 2}, {"id": 3}, {"opening": 1}, {"card": 2}, {"interview": 2}):
            if place == "scorecard" and not where.keys() & {"card", "interview"}:
                continue
            sitting.go(place, **where)
            found = leaks(everything_said(sitting.window))
            if place in ASKS_FOR_VOTES or sitting.window.place in ASKS_FOR_VOTES:
                found = [leak for leak in found if leak == SECRET]
            assert not found, f"{place} {where} shows {found}"
    sitting.go("today")
    sitting.window.open_palette()
    sitting.write("Ada")
    assert SECRET not in everything_said(sitting.window)
    sitting.press("Escape", "Ctrl+Z")
    assert SECRET not in everything_said(sitting.window)


@WHO
def test_no_command_and_no_export_says_a_sealed_card(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], who: int, mine_is_in: bool
) -> None:
    monkeypatch.setenv("TENFOLD_DATA", str(tmp_path / "data"))
    path = sealed(tmp_path, mine_is_in=mine_is_in)
    become(path, who)
    out = tmp_path / "out"
    out.mkdir()
    for what in LISTS:
        for more in ([], ["--json"]):
            assert main(["list", str(path), what, *more]) == 0
    assert main(["export", str(path), "hiring-packet", "--application", "1", "--out", str(out / "h.pdf")]) == 1
    assert main(["export", str(path), "offer-packet", "--application", "1", "--out", str(out / "o.pdf")]) == 1
    main(["export", str(path), "interview-kit", "--opening", "1", "--out", str(out / "kits")])
    for report in REPORTS:
        target = str(out / f"{report}.csv")
        more = ["--interviewer", str(OMAR)] if REPORTS[report].of_one else []
        main(["export", str(path), "report", "--report", report, "--format", "csv", "--out", target, *more])
    for held in ("1", "2") if not mine_is_in else ("1",):
        for what in ("minutes", "ballots"):
            assert main(["export", str(path), what, "--cycle", held, "--out", str(out / f"{what}{held}.pdf")]) == 1
        assert main(["export", str(path), "assessment-form", "--cycle", held, "--out", str(out / "forms")]) == 0
    assert main(["export", str(path), "promotion-packet", "--member", "1", "--out", str(out / "p.pdf")]) == 1
    assert main(["export", str(path), "growth-plan", "--member", "1", "--out", str(out / "g.pdf")]) == 0
    assert main(["export", str(path), "tables", "--out", str(out / "tables")]) == 0
    assert main(["export", str(path), "tables", "--out", str(out / "tables.xlsx")]) == 0
    assert main(["check", str(path)]) == 0
    said = capsys.readouterr()
    assert not told(said.out + said.err)
    for made in out.rglob("*"):
        if made.suffix == ".pdf":
            text = "\n".join(page.extract_text() for page in PdfReader(made).pages)
            assert SECRET not in text
            fields = PdfReader(made).get_fields() or {}
            assert not any(SECRET in str(f.get("/V")) for f in fields.values())
        elif made.suffix == ".xlsx":
            with zipfile.ZipFile(made) as parts:
                assert not told("".join(parts.read(name).decode() for name in parts.namelist()))
        elif made.is_file():
            assert not told(made.read_text("utf-8"))


def told(text: str) -> list[str]:
    return [words for words in SAID if words in text.lower()]


def test_the_commands_would_say_it(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """With every card in, the same commands say what the test above looks for."""
    monkeypatch.setenv("TENFOLD_DATA", str(tmp_path / "data"))
    path = sealed(tmp_path, mine_is_in=True)
    with_all_in(path)
    for what in LISTS:
        for more in ([], ["--json"]):
            assert main(["list", str(path), what, *more]) == 0
    assert set(told(capsys.readouterr().out)) >= {"strong_no_hire", "people:1", '"people": 1', "mlops:1", '"mlops": 1'}
    packet = tmp_path / "h.pdf"
    assert main(["export", str(path), "hiring-packet", "--application", "1", "--out", str(packet)]) == 0
    assert SECRET in "\n".join(page.extract_text() for page in PdfReader(packet).pages)
    tables = tmp_path / "tables"
    assert main(["export", str(path), "tables", "--out", str(tables)]) == 0
    assert set(told("".join(made.read_text("utf-8") for made in tables.iterdir()))) == {SECRET, "strong no hire"}


def test_no_page_shows_the_words_of_a_decision_to_who_owes_a_card(
    begin: Callable[[Path | None], Sitting], tmp_path: Path
) -> None:
    """Ruth opened the cards early and decided; Omar's card is due."""
    panel = Panel(tmp_path)
    panel.bring_in(0)
    panel.open_early()
    row = debrief.start(panel.workspace, panel.ada).subject
    debrief.note(panel.workspace, row, "mlops", f"A {SECRET} was named.")
    dissent = [(LENA, f"The {SECRET} again.")]
    decision.decide(panel.workspace, panel.ada, hire("MLE3", f"Ruth heard of the {SECRET}.", dissent))
    panel.workspace.close()
    become(panel.workspace.path, OMAR)
    sitting = begin(panel.workspace.path)
    for place in PLACES_SHOWN:
        for where in ({}, {"id": 1}, {"opening": 1}):
            if place == "scorecard":
                continue
            sitting.go(place, **where)
            assert SECRET not in everything_said(sitting.window), f"{place} {where}"
    sitting.go("application", id=1)
    assert "Its words open to you with the cards." in everything_said(sitting.window)


def test_the_history_of_a_sealed_card_is_a_digest(tmp_path: Path) -> None:
    workspace = read_workspace(sealed(tmp_path, mine_is_in=True))
    with workspace.read() as connection:
        assert verify(connection) == []
        images = connection.exec_driver_sql("SELECT content FROM image").scalars().all()
        history = connection.exec_driver_sql("SELECT op, subject FROM history").all()
    assert not any(SECRET in str(i) for i in images)
    assert not any(SECRET in str(h) for h in history)
    workspace.close()


def test_the_walk_would_find_it(begin: Callable[[Path | None], Sitting], tmp_path: Path) -> None:
    """With every card in, the same words and scores are there to be seen."""
    path = sealed(tmp_path, mine_is_in=True)
    with_all_in(path)
    sitting = begin(path)
    sitting.go("scorecard", card=2)
    assert SECRET in everything_said(sitting.window)
    sitting.go("application", id=1)
    assert "1, well below" in everything_said(sitting.window)


def test_the_walk_would_find_an_assessment(begin: Callable[[Path | None], Sitting], tmp_path: Path) -> None:
    """Karim, who owes none, began the session: what is sealed to Ruth is open to him."""
    path = sealed(tmp_path, mine_is_in=False)
    become(path, KARIM)
    sitting = begin(path)
    sitting.go("calibration", id=2)
    assert SECRET in everything_said(sitting.window)
    sitting.go("team")
    assert "1, well below" in everything_said(sitting.window)
    sitting.go("growthplan", id=1)
    assert SECRET in everything_said(sitting.window)


def test_the_walk_and_the_tables_would_find_a_card_from_elsewhere(
    begin: Callable[[Path | None], Sitting], tmp_path: Path
) -> None:
    """Karim, who owes none, reads what is sealed to Ruth until hers is in."""
    path = sealed(tmp_path, mine_is_in=False)
    become(path, KARIM)
    assert main(["export", str(path), "tables", "--out", str(tmp_path / "tables")]) == 0
    assert {made.stem for made in (tmp_path / "tables").glob("*.csv") if ELSEWHERE in made.read_text("utf-8")} == {
        "cards from elsewhere",
        "marks from elsewhere",
    }
    sitting = begin(path)
    sitting.go("application", id=1)
    assert ELSEWHERE in everything_said(sitting.window)


def with_all_in(path: Path) -> None:
    """Lena's last card comes in."""
    workspace = open_workspace(path)
    with workspace.acting(LENA):
        card = scorecard.start(workspace, 6).subject
        for dimension in PACK.rubric.default_plan.rounds[5].dimensions:
            scorecard.note(workspace, card, "Heard it.", dimension)
            scorecard.rate(workspace, card, dimension, 1)
        scorecard.vote(workspace, card, Overall.STRONG_NO_HIRE, "No.")
        scorecard.submit(workspace, card)
    workspace.close()


@WHO
def test_no_mail_and_no_calendar_file_says_a_sealed_card(tmp_path: Path, who: int, mine_is_in: bool) -> None:
    path = sealed(tmp_path, mine_is_in=mine_is_in)
    become(path, who)
    workspace = open_workspace(path)
    page = application_page(workspace, 1)
    for held in page.rounds:
        if held.interview is not None and held.interviewer is not None and held.card_state is None:
            interview.edit(workspace, held.interview, held.interviewer, workspace.now() + timedelta(days=2), 60, "")
    written = [draft_of(m) for kind in MailKind for m in mails_for(workspace, [1], kind) if m.written is not None]
    planned = [r.interview for r in application_page(workspace, 1).rounds if r.interview and r.starts_at]
    written += [calendar_file(event, workspace.now()) for event in round_events(workspace, planned)]
    application.close(workspace, 1, Outcome.REJECTED)
    written += [draft_of(m) for kind in MailKind for m in mails_for(workspace, [1], kind) if m.written is not None]
    workspace.close()
    assert len(written) > 3
    for content in written:
        said = content.decode("utf-8").lower()
        assert not [word for word in SAID if word in said]
