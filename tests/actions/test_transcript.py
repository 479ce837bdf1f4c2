"""Transcripts: consent first, seen by their author alone, quoted word for word, and gone for good when deleted."""

from __future__ import annotations

import sqlite3
import subprocess
import sys
from collections.abc import Callable, Iterator
from datetime import UTC, date, datetime
from pathlib import Path

import pytest

from app.actions import application, decision, interview, scorecard, settings, transcript
from app.actions.transcript import Agreement
from app.actions.undo import Undoing, apply_inverse
from app.domain.operations import Op
from app.domain.pipeline import Outcome
from app.domain.transcript import Keeping, SaidLine
from app.errors import NotYet, Refused
from app.queries.application import application_page
from app.queries.debrief import debrief_page
from app.queries.scorecard import card_page
from app.queries.transcript import transcript_view
from app.store.backup import make_backup, restore
from app.store.backup_folder import backups_of, list_backups
from app.store.check import check_file, check_workspace
from app.store.workspace import Workspace, open_workspace
from tests.actions.panel import LENA, OMAR, RUTH, Panel, hire
from tests.store.test_migrations import restored

RARE = "quetzalcoatlus"
DAY = date(2026, 3, 10)
NOW = datetime(2026, 3, 12, 10, tzinfo=UTC)
SAID = (
    SaidLine(3, "Ruth Amadi", "What did you own?"),
    SaidLine(7, "Ada Lind", "I owned the ranker,"),
    SaidLine(9, "Ada Lind", "from the data to the pager."),
    SaidLine(15, "Ruth Amadi", f"And the {RARE}?"),
    SaidLine(None, "", "Somebody laughs."),
)


def long_call(words: int = 400) -> tuple[SaidLine, ...]:
    return tuple(SaidLine(n, "Ada Lind", f"Line {n} about the {RARE} and what came of it.") for n in range(words))


def read_in(panel: Panel, card: int, lines: tuple[SaidLine, ...] = SAID, number: int = 0) -> None:
    transcript.record_consent(panel.workspace, panel.interviews[number], Agreement(DAY, "by mail"))
    transcript.add(panel.workspace, card, "call.vtt", lines)


def quoted(panel: Panel, card: int) -> list[tuple[object, ...]]:
    with panel.workspace.read() as connection:
        query = "SELECT dimension, text, said_at, speaker FROM note WHERE scorecard_id = ? AND speaker IS NOT NULL"
        return [tuple(r) for r in connection.exec_driver_sql(f"{query} ORDER BY id", (card,))]


def first_of(panel: Panel) -> str:
    return panel.rounds[0].dimensions[0]


def holding(word: str, folder: Path) -> list[str]:
    """The files under a folder whose bytes hold a word; read by another process, which takes no lock of ours away."""
    code = (
        "import pathlib, sys\n"
        "for p in sorted(pathlib.Path(sys.argv[2]).rglob('*')):\n"
        "    if p.is_file() and sys.argv[1].encode() in p.read_bytes(): print(p)"
    )
    done = subprocess.run([sys.executable, "-c", code, word, str(folder)], capture_output=True, check=True, text=True)
    return done.stdout.splitlines()


@pytest.fixture
def windowed(tmp_path: Path) -> Iterator[Panel]:
    """A panel in its window, with a folder for backups."""
    panel = Panel(tmp_path)
    path = panel.workspace.path
    panel.workspace.close()
    panel.workspace = open_workspace(path, window=True, backups=tmp_path / "data", clock=panel.clock)
    yield panel
    panel.workspace.close()


def back_up(panel: Panel, folder: Path) -> Path:
    panel.clock.turn(hours=1)
    return make_backup(panel.workspace, folder / "data", panel.clock())


# Consent


def test_nothing_comes_in_before_the_candidate_agreed(panel: Panel) -> None:
    card = panel.start()
    before = panel.tables()
    with pytest.raises(Refused, match="not recorded that Ada Lind agreed"):
        transcript.add(panel.workspace, card, "call.vtt", SAID)
    assert panel.tables() == before
    transcript.record_consent(panel.workspace, panel.interviews[0], Agreement(DAY, " by mail "))
    with panel.workspace.read() as connection:
        rows = connection.exec_driver_sql("SELECT interview_id, agreed_on, how, at, by_id FROM recording_consent").all()
    assert [tuple(r) for r in rows] == [(1, "2026-03-10", "by mail", "2026-03-12T09:00:00.000Z", RUTH)]
    transcript.add(panel.workspace, card, "call.vtt", SAID)
    found = transcript_view(panel.workspace, card)
    assert found is not None
    assert found.lines == SAID
    assert check_workspace(panel.workspace) == []


@pytest.mark.parametrize(
    ("agreed", "why"),
    [(Agreement(date(2026, 3, 13), "by mail"), "still to come"), (Agreement(DAY, "  "), "not said how")],
)
def test_consent_has_a_day_and_a_way(panel: Panel, agreed: Agreement, why: str) -> None:
    with pytest.raises(Refused, match=why):
        transcript.record_consent(panel.workspace, panel.interviews[0], agreed)


def test_consent_stays_while_a_transcript_rests_on_it(panel: Panel) -> None:
    card = panel.start()
    agreed = transcript.record_consent(panel.workspace, panel.interviews[0], Agreement(DAY, "by mail"))
    transcript.add(panel.workspace, card, "call.vtt", SAID)
    with pytest.raises(Refused, match="read in since"):
        apply_inverse(panel.workspace, agreed, Op.UNDO)
    transcript.delete(panel.workspace, card)
    apply_inverse(panel.workspace, agreed, Op.UNDO)
    assert panel.tables()["recording_consent"] == []


def test_an_interview_goes_with_its_consent_and_comes_back_with_it(panel: Panel) -> None:
    transcript.record_consent(panel.workspace, panel.interviews[0], Agreement(DAY, "by mail"))
    before = panel.tables()
    gone = interview.remove(panel.workspace, panel.interviews[0])
    assert panel.tables()["recording_consent"] == []
    apply_inverse(panel.workspace, gone, Op.UNDO)
    assert panel.tables() == before


# Whose it is


def test_only_who_writes_the_card_brings_one_sees_it_and_deletes_it(panel: Panel) -> None:
    card = panel.start()
    read_in(panel, card)
    for other in (OMAR, LENA):
        with panel.workspace.acting(other):
            for act in (
                lambda: transcript_view(panel.workspace, card),
                lambda: transcript.quote(panel.workspace, card, first_of(panel), [1]),
                lambda: transcript.delete(panel.workspace, card),
                lambda: transcript.add(panel.workspace, card, "mine.vtt", SAID),
            ):
                with pytest.raises((Refused, NotYet)):
                    act()
    with pytest.raises(Refused, match="has a transcript already"):
        transcript.add(panel.workspace, card, "again.vtt", SAID)


def test_it_stays_its_authors_alone_after_the_cards_open(panel: Panel) -> None:
    settings.keep_transcripts(panel.workspace, Keeping.KEPT)
    card = panel.start()
    read_in(panel, card)
    panel.fill(card)
    panel.submit(card)
    panel.bring_in(1, 2, 3, 4, 5)
    with panel.workspace.acting(OMAR):
        page = card_page(panel.workspace, card)
        assert page.transcript is None
        with pytest.raises(NotYet):
            transcript_view(panel.workspace, card)
    assert card_page(panel.workspace, card).transcript is not None
    with pytest.raises(Refused, match="submitted"):
        transcript.quote(panel.workspace, card, first_of(panel), [0])


# Evidence


def test_chosen_lines_become_evidence_word_for_word(panel: Panel) -> None:
    card, dimension = panel.start(), first_of(panel)
    read_in(panel, card)
    done = transcript.quote(panel.workspace, card, dimension, [2, 1, 4])
    assert quoted(panel, card) == [
        (dimension, "I owned the ranker, from the data to the pager.", 7, "Ada Lind"),
        (dimension, "Somebody laughs.", None, ""),
    ]
    line = done.changes[0].row
    with pytest.raises(Refused, match="words of the call"):
        scorecard.edit_note(panel.workspace, line, "I owned nothing.")
    apply_inverse(panel.workspace, done, Op.UNDO)
    assert quoted(panel, card) == []


@pytest.mark.parametrize("chosen", [[], [99], [-1]])
def test_a_line_that_is_not_there_is_refused(panel: Panel, chosen: list[int]) -> None:
    card = panel.start()
    read_in(panel, card)
    with pytest.raises(Refused):
        transcript.quote(panel.workspace, card, first_of(panel), chosen)


def test_time_and_speaker_are_under_the_digest_of_the_card(panel: Panel) -> None:
    card, dimension = panel.start(), first_of(panel)
    read_in(panel, card)
    transcript.quote(panel.workspace, card, dimension, [1])
    panel.fill(card)
    panel.submit(card)
    assert quoted(panel, card) == [(dimension, "I owned the ranker,", 7, "Ada Lind")], (
        "kept after the transcript is gone"
    )
    for edit in ("said_at = 8", "said_at = NULL, speaker = NULL", "speaker = 'Ben'"):
        with panel.workspace.engine.begin() as connection:
            connection.exec_driver_sql(f"UPDATE note SET {edit} WHERE speaker IS NOT NULL OR text LIKE 'I owned%'")
        assert check_workspace(panel.workspace), edit


# Deletion


def test_submitting_deletes_it_and_the_history_says_so(panel: Panel) -> None:
    card = panel.start()
    read_in(panel, card)
    panel.fill(card)
    assert not panel.submit(card).undoable
    assert transcript_view(panel.workspace, card) is None
    assert panel.chain()[-2:] == [("submit card", f"scorecard:{card}"), ("delete transcript", f"scorecard:{card}")]
    assert check_workspace(panel.workspace) == []


@pytest.mark.parametrize("keeping", [Keeping.DECISION, Keeping.KEPT])
def test_kept_until_the_decision_or_beyond(panel: Panel, keeping: Keeping) -> None:
    settings.keep_transcripts(panel.workspace, keeping)
    card = panel.start()
    read_in(panel, card)
    panel.fill(card)
    panel.submit(card)
    assert transcript_view(panel.workspace, card) is not None
    panel.open_early()
    decision.decide(panel.workspace, panel.ada, hire("MLE3", "She owned it."))
    assert (transcript_view(panel.workspace, card) is None) is (keeping is Keeping.DECISION)
    assert (("delete transcript", f"scorecard:{card}") in panel.chain()) is (keeping is Keeping.DECISION)
    assert check_workspace(panel.workspace) == []


def test_the_transcript_of_a_draft_that_was_never_submitted_goes_with_the_decision(panel: Panel) -> None:
    panel.bring_in(0)
    draft = panel.start(1)
    with panel.workspace.acting(OMAR):
        read_in(panel, draft, number=1)
    panel.open_early()
    assert debrief_page(panel.workspace, panel.ada).transcripts == 1
    decision.decide(panel.workspace, panel.ada, hire("MLE3", "She owned it."))
    assert debrief_page(panel.workspace, panel.ada).transcripts == 0
    with panel.workspace.acting(OMAR):
        assert transcript_view(panel.workspace, draft) is None
    assert panel.chain()[-1] == ("delete transcript", f"scorecard:{draft}")


def test_deleting_by_hand_ends_what_can_be_undone(panel: Panel) -> None:
    card, undoing = panel.start(), Undoing()
    read_in(panel, card)
    undoing.note(transcript.quote(panel.workspace, card, first_of(panel), [0]))
    undoing.note(transcript.delete(panel.workspace, card))
    with pytest.raises(Refused, match="recorded for good"):
        undoing.undo(panel.workspace)
    with pytest.raises(Refused, match="no transcript"):
        transcript.delete(panel.workspace, card)
    with pytest.raises(Refused, match="was deleted"):
        transcript.quote(panel.workspace, card, first_of(panel), [0])
    transcript.add(panel.workspace, card, "call.vtt", SAID)
    assert transcript_view(panel.workspace, card) is not None, "another one may come in its place"


def test_a_draft_that_is_thrown_away_comes_back_without_it(panel: Panel) -> None:
    card, undoing = panel.start(), Undoing()
    read_in(panel, card)
    undoing.note(scorecard.discard(panel.workspace, card))
    undoing.undo(panel.workspace)
    assert card_page(panel.workspace, card).transcript is None
    assert ("delete transcript", f"scorecard:{card}") in panel.chain()
    transcript.add(panel.workspace, card, "call.vtt", SAID)
    with pytest.raises(Refused, match="read in since"):
        undoing.redo(panel.workspace)
    assert check_workspace(panel.workspace) == []


def test_the_beginning_of_a_card_with_one_is_not_undone(panel: Panel) -> None:
    begun = scorecard.start(panel.workspace, panel.interviews[0])
    read_in(panel, begun.subject)
    with pytest.raises(Refused, match="read in since"):
        apply_inverse(panel.workspace, begun, Op.UNDO)


def submitted(panel: Panel, card: int) -> None:
    panel.fill(card)
    panel.submit(card)


def discarded(panel: Panel, card: int) -> None:
    scorecard.discard(panel.workspace, card)


def deleted(panel: Panel, card: int) -> None:
    transcript.delete(panel.workspace, card)


def decided(panel: Panel, card: int) -> None:
    settings.keep_transcripts(panel.workspace, Keeping.DECISION)
    submitted(panel, card)
    panel.open_early()
    decision.decide(panel.workspace, panel.ada, hire("MLE3", "She owned it."))


def closed(panel: Panel, card: int) -> None:
    application.close(panel.workspace, panel.ada, Outcome.WITHDRAWN, "Took another job.")


def test_closing_without_a_decision_deletes_it_too_and_taking_it_up_again_does_not_bring_it_back(panel: Panel) -> None:
    settings.keep_transcripts(panel.workspace, Keeping.DECISION)
    card, undoing = panel.start(), Undoing()
    read_in(panel, card)
    assert application_page(panel.workspace, panel.ada).transcripts == 1
    undoing.note(application.close(panel.workspace, panel.ada, Outcome.WITHDRAWN))
    undoing.undo(panel.workspace)
    assert application_page(panel.workspace, panel.ada).transcripts == 0
    assert transcript_view(panel.workspace, card) is None
    assert check_workspace(panel.workspace) == []
    transcript.add(panel.workspace, card, "call.vtt", SAID)
    with pytest.raises(Refused, match="closing deletes it for good"):
        undoing.redo(panel.workspace)


@pytest.mark.parametrize("end", [submitted, discarded, deleted, decided, closed])
def test_no_byte_of_it_is_left_anywhere(windowed: Panel, tmp_path: Path, end: Callable[[Panel, int], None]) -> None:
    """In file, log, shared memory and every backup; the backups hold, and can be restored."""
    card = windowed.start()
    read_in(windowed, card, long_call())
    backup = back_up(windowed, tmp_path)
    windowed.workspace.fold()
    back_up(windowed, tmp_path)
    path = windowed.workspace.path
    assert {str(path), str(backup)} <= set(holding(RARE, tmp_path)), "it was there, in the file and its backups"
    end(windowed, card)
    assert holding(RARE, tmp_path) == []
    assert path.with_name(path.name + "-wal").exists(), "the window is still open"
    assert check_workspace(windowed.workspace) == []
    windowed.workspace.close()
    assert holding(RARE, tmp_path) == []
    assert check_file(backup) == []
    restore(path, backup, NOW)
    windowed.workspace = open_workspace(path, window=True, clock=windowed.clock)
    assert transcript_view(windowed.workspace, card) is None


def test_others_transcripts_and_the_rest_of_the_file_stay(windowed: Panel, tmp_path: Path) -> None:
    """Many of many sizes, so that pages are parted and joined while they come and go."""
    cards = {number: windowed.start(number) for number in range(6)}
    for number, card in cards.items():
        with windowed.workspace.acting(windowed.holder(number)):
            name = f"Speaker{number}mark"
            lines = tuple(SaidLine(n, name, f"words {n}") for n in range(1 + 37 * number**2))
            read_in(windowed, card, lines, number)
    back_up(windowed, tmp_path)
    for number in (4, 0, 5, 2):
        with windowed.workspace.acting(windowed.holder(number)):
            transcript.delete(windowed.workspace, cards[number])
        assert holding(f"Speaker{number}mark", tmp_path) == []
    for number in (1, 3):
        with windowed.workspace.acting(windowed.holder(number)):
            found = transcript_view(windowed.workspace, cards[number])
        assert found is not None
        assert len(found.lines) == 1 + 37 * number**2
        windowed.workspace.fold()
        assert len(holding(f"Speaker{number}mark", tmp_path)) == 2, "in the file and in its backup"
    assert check_workspace(windowed.workspace) == []


def test_a_reader_that_is_slow_is_waited_for_and_one_that_stays_is_named(
    windowed: Panel, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    card = windowed.start()
    read_in(windowed, card, long_call())
    with windowed.workspace.engine.connect() as connection:
        connection.exec_driver_sql("PRAGMA busy_timeout = 50")
        connection.rollback()
    with windowed.workspace.read() as reading:
        reading.exec_driver_sql("SELECT count(*) FROM scorecard").scalar()
        done = transcript.delete(windowed.workspace, card)
    log = windowed.workspace.path.with_name(windowed.workspace.path.name + "-wal")
    assert done.remains == (log,)
    assert holding(RARE, tmp_path) == [str(log)]
    windowed.workspace.close()
    assert holding(RARE, tmp_path) == []


def test_a_backup_that_is_no_longer_whole_is_named_and_cleared_with_the_next(windowed: Panel, tmp_path: Path) -> None:
    card = windowed.start()
    read_in(windowed, card, long_call())
    backup = back_up(windowed, tmp_path)
    aside = backup.with_name("aside")
    backup.rename(aside)
    backup.write_bytes(b"SQLite format 3\0" + b"?" * 5000)
    assert transcript.delete(windowed.workspace, card).remains == (backup,)
    aside.replace(backup)
    assert holding(RARE, tmp_path) == [str(backup)]
    back_up(windowed, tmp_path)
    assert holding(RARE, tmp_path) == []


def test_a_backup_with_something_foreign_is_left_alone_and_named(windowed: Panel, tmp_path: Path) -> None:
    """A trigger would run when it is cleared."""
    card = windowed.start()
    read_in(windowed, card, long_call())
    backup = back_up(windowed, tmp_path)
    with sqlite3.connect(backup) as plain:
        plain.execute("CREATE TRIGGER t AFTER UPDATE ON transcript BEGIN DELETE FROM note; END")
    plain.close()
    assert transcript.delete(windowed.workspace, card).remains == (backup,)


def test_backups_of_before_there_were_transcripts_are_left_as_they_are(tmp_path: Path) -> None:
    old = restored(tmp_path, 6)
    workspace = open_workspace(old, window=True, backups=tmp_path / "data")
    (before,) = list_backups(backups_of(tmp_path / "data", workspace.settings.key))
    content = before.path.read_bytes()
    try:
        card = started(workspace)
        transcript.add(workspace, card, "call.vtt", long_call())
        assert transcript.delete(workspace, card).remains == ()
    finally:
        workspace.close()
    assert before.path.read_bytes() == content


def started(workspace: Workspace) -> int:
    """The draft of the sample, with consent."""
    with workspace.read() as connection:
        query = "SELECT id, interview_id FROM scorecard WHERE state = 'draft' AND author_id = ?"
        card, held = connection.exec_driver_sql(query, (workspace.me,)).one()
    transcript.record_consent(workspace, held, Agreement(workspace.today(), "by mail"))
    return int(card)


@pytest.mark.parametrize("content", ["[half", "[[1]]", "7"])
def test_a_damaged_transcript_is_a_finding_and_says_so_where_it_is_read(panel: Panel, content: str) -> None:
    card = panel.start()
    read_in(panel, card)
    with panel.workspace.engine.begin() as connection:
        connection.exec_driver_sql("UPDATE transcript SET content = ?", (content,))
    assert [f.sentence for f in check_workspace(panel.workspace)] == ["Transcript 1 can’t be read."]
    with pytest.raises(Refused, match="damaged"):
        transcript_view(panel.workspace, card)
    transcript.delete(panel.workspace, card)
    assert check_workspace(panel.workspace) == []
