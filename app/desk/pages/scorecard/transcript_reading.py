"""A transcript on its way into a card and out of it: asked for, read once the candidate agreed, quoted, deleted."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QTimer

from app.actions import transcript
from app.actions.transcript import Agreement
from app.desk.pages.scorecard.saving import CardSaving
from app.desk.pages.scorecard.transcript import TranscriptPane
from app.desk.parts.file_dialog import ask_open
from app.desk.parts.form_panel import Asked, FormPanel
from app.desk.parts.job_bar import SOON_MS, JobBar
from app.desk.parts.label import Text
from app.desk.parts.subject_page import SubjectPage
from app.desk.work import Job, Progress
from app.domain.transcript import SaidLine
from app.queries.scorecard import CardView, Line
from app.queries.transcript import TranscriptView, transcript_view
from app.words import ntr, tr

if TYPE_CHECKING:
    from app.exchange.transcripts import ReadTranscript

KINDS = (".vtt", ".srt", ".docx", ".txt")


class CardTranscript:
    """What is done with the transcript of the card that a page shows. `consent` is the form that comes first."""

    def __init__(self, page: SubjectPage[CardView], saving: CardSaving, dimension: Callable[[], str | None]) -> None:
        """`dimension` gives the one that is open."""
        self._page, self._desk, self._saving, self._dimension = page, page.desk, saving, dimension
        self._waiting: Path | None = None
        self._came = False
        self.pane = TranscriptPane(page.desk.theme)
        self.pane.hide()
        self._job: Job | None = None
        self.bar = JobBar(tr("reading the transcript"), self._cancel)
        self.bar.bar.setRange(0, 0)  # a file is read whole: nothing says how far
        note = tr(
            "A recorded call is read only once the candidate agreed to it. Their answer is kept with the interview."
        )
        self.consent = FormPanel(
            page.desk.theme,
            tr("Consent to the recording"),
            Agreement,
            {
                "agreed_on": Asked(tr("Agreed on")),
                "how": Asked(tr("How the answer was given"), hint=tr("by mail")),
            },
            over=Text(note, tone="soft", wrap=True),
            save=tr("Record it"),
        )
        self.consent.saved.connect(self._record)
        self.pane.taken.connect(self.take)
        self.pane.delete_asked.connect(self.ask_delete)

    def show_card(self, page: CardView) -> None:
        """Read the transcript of the card where another one is in sight; put it away where it is gone."""
        wanted = page.transcript.id if page.transcript is not None else None
        if wanted is None and self.pane.shown is not None:
            self.put_away()
        elif wanted != self.pane.shown:
            query = partial(transcript_view, self._page.workspace, page.id)
            self._desk.work.ask(self._page, "transcript", query, self._show)
        open_one = self._dimension()
        name = page.rubric.dimension(open_one).narrow if open_one else ""
        self.pane.show_target(name, editable=page.writable)

    def _show(self, view: TranscriptView | None) -> None:
        page = self._page.shown
        if page is not None and view is not None and page.transcript is not None and page.transcript.id == view.id:
            self.pane.show_transcript(view)
            if self._came:
                self._came = False
                QTimer.singleShot(0, self.pane, self.pane.begin)

    def put_away(self) -> None:
        """Nothing of it stays in sight."""
        self.pane.show_transcript(None)

    # Reading one in

    def choose(self) -> None:
        """Ask which file."""
        endings = " ".join(f"*{kind}" for kind in KINDS)
        ask_open(self._page, tr("Transcript of the call"), f"{tr('Transcripts')} ({endings})", self.bring)

    def bring(self, path: Path) -> None:
        """Read a file, once it is recorded that the candidate agreed to the recording."""
        page = self._page.shown
        if page is None or not page.writable:
            return
        if page.consent:
            self._read(page.id, path)
        else:
            self._waiting = path
            self.consent.form.set_values({"agreed_on": None, "how": None})
            self._page.open_panel(self.consent, tr("Did {name} agree to the recording?").format(name=page.candidate))

    def _record(self) -> None:
        page, path = self._page.shown, self._waiting
        if page is None or path is None:
            return
        record = partial(transcript.record_consent, self._page.workspace, page.interview, self.consent.value())

        def recorded(_changed: object) -> None:
            self.consent.close_panel()
            self._waiting = None
            self._read(page.id, path)

        self._page.act(record, recorded, self.consent.refuse)

    def _read(self, card: int, path: Path) -> None:
        read = partial(_read_file, path)
        job = self._desk.work.job(self._page, tr("Transcript"), read, partial(self._add, card), self._desk.refuse)
        self._job = job
        QTimer.singleShot(SOON_MS, self.bar, lambda: self._tell(job, path.name))
        job.finished.connect(self.bar.hide)

    def _tell(self, job: Job, name: str) -> None:
        """What takes longer than a second says so."""
        if job.running and not job.cancelled:
            self.bar.begin(tr("Reading {name}").format(name=name))

    def _cancel(self) -> None:
        """What is read after that is let go."""
        self.bar.hide()
        if self._job is not None:
            self._job.cancel()

    def _add(self, card: int, read: ReadTranscript) -> None:
        said = ntr("{n} line is read, seen by you alone.", "{n} lines are read, seen by you alone.", len(read.lines))
        add = partial(transcript.add, self._page.workspace, card, read.name, read.lines)

        def added(_changed: object) -> None:
            self._came = True
            self._desk.say(said, read.guess)

        self._page.act(add, added)

    # What is done with it

    def take(self) -> None:
        """The chosen lines become evidence for the open dimension."""
        dimension = self._dimension()
        if dimension is not None and self._page.shown is not None and self._page.shown.writable:
            self._saving.on_card(transcript.quote, dimension, self.pane.list.chosen)

    def go_to(self, line: Line) -> None:
        """To the place in the call where a line of evidence was said."""
        self.pane.go_to(SaidLine(line.said_at, line.speaker or "", line.text))

    def ask_delete(self) -> None:
        """Ask once, and delete it for good."""
        page = self._page.shown
        if page is None:
            return
        said = tr("The transcript is deleted.")
        self._page.confirm(
            tr("Delete the transcript?"),
            gone_words(),
            tr("Delete for good"),
            lambda _why: self._saving.on_card(transcript.delete, then=lambda _changed: self._desk.say(said)),
        )


def gone_words() -> str:
    """What deleting a transcript means, said before it is done."""
    return tr(
        "It goes out of this file and its backups for good, and no undo brings it back. Lines that are evidence keep "
        "words, time and speaker. The file it was read from stays where it is, and so do copies of the workspace."
    )


def _read_file(path: Path, progress: Progress) -> ReadTranscript:
    from app.exchange.transcripts import read_transcript  # noqa: PLC0415  (in the job's thread, when one is read)

    progress.check()
    read = read_transcript(path)
    progress.check()
    return read
