"""The head of a scorecard: who, which round, when, and one's own strip; and the mark that says "Saved"."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime, timedelta, tzinfo

from PySide6.QtWidgets import QFrame, QLabel, QWidget

from app.desk.parts.label import Text
from app.desk.parts.layout import MIDDLE, STRETCH, aligned, column, row, wide
from app.desk.parts.strip import PaintedCell, Size, StripWidget
from app.desk.theme import Theme
from app.domain.scorecard import answered
from app.phrases.rubric import beside_words, brought_words, form_date_words
from app.queries.scorecard import CardView
from app.words import clock, moment, short_day, tr


class SavedMark(QWidget):
    """ "Saved 10:58", and nothing before anything was written."""

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._theme = theme
        self._icon = QLabel()
        self._words = Text("", "caption", tone="soft")
        row(self._icon, self._words, gap=6, on=self)

    @property
    def words(self) -> str:
        """What it says."""
        return self._words.text()

    def saving(self) -> None:
        """A change is on its way to the file."""
        self._icon.clear()
        self._words.setText(tr("Saving"))

    def saved(self, at: str) -> None:
        """Everything is in the file, since this time."""
        self._show_check()
        self._words.setText(tr("Saved {time}").format(time=at))

    def failed(self) -> None:
        """The last change was not taken."""
        self._icon.clear()
        self._words.setText(tr("Not saved"))

    def untouched(self) -> None:
        """All that is shown is in the file."""
        self._show_check()
        self._words.setText(tr("Saved"))

    def _show_check(self) -> None:
        side = self._theme.px(14)
        self._icon.setPixmap(self._theme.icon("check", "good", 14).pixmap(side, side))


class CardHead(QFrame):
    """Candidate, round and time at the left; strip and progress at the right."""

    def __init__(self, theme: Theme, zone: tzinfo) -> None:
        super().__init__()
        self._zone = zone
        self.setProperty("role", "bar")
        self._name = Text("", "title", elide=True)
        self._round = Text("", tone="soft", wrap=True)
        left = column(self._name, self._round, gap=2)
        self._strip = StripWidget(theme, Size.LARGE, ground="background")
        self._progress = Text("", weight=500)
        self._note = Text("", "caption", tone="soft")
        row(
            wide(left),
            aligned(self._strip, MIDDLE),
            column(STRETCH, self._progress, self._note, STRETCH, gap=2),
            gap=20,
            margins=(20, 14, 20, 14),
            on=self,
        )

    def show_card(self, page: CardView, pending: Mapping[str, int], now: datetime) -> None:
        """Show a card with scores that are on their way to the file."""
        self._name.setText(page.candidate)
        cells = []
        for dimension in page.rubric.dimensions:
            rating = page.content.rating(dimension.id)
            planned = dimension.id in page.content.planned
            score = pending.get(dimension.id, rating.score)
            cells.append(
                PaintedCell(
                    score,
                    page.rubric.bar,
                    underlined=planned,
                    faint=not planned,
                    pending=dimension.id in pending,
                    note="" if planned else tr("not in my plan"),
                )
            )
        self._strip.show_cells([d.narrow for d in page.rubric.dimensions], cells)
        self._show_progress(page)
        self.show_time(page, now)

    def _show_progress(self, page: CardView) -> None:
        done, planned = answered(page.content), len(page.content.planned)
        if page.state == "draft":
            self._progress.setText(tr("{done} of {planned} planned dimensions").format(done=done, planned=planned))
            self._note.setText(
                tr("overall vote is open")
                if done == planned
                else tr("overall vote opens at {planned} of {planned}").format(planned=planned)
            )
            return
        self._progress.setText(tr("Submitted") if page.state == "submitted" else tr("Amended by a later card"))
        at = moment(page.submitted_at, self._zone) if page.submitted_at else ""
        if page.brought is not None:
            dated = form_date_words(page.brought.written, page.brought.written_on)
            said = brought_words(page.brought.by, at, dated)
            self._note.setText(f"{said}. {beside_words(page.brought.beside)}".strip(" ."))
        elif page.entered_by:
            words = tr("{when}, entered by {who} for {author}")
            self._note.setText(words.format(when=at, who=page.entered_by, author=page.author))
        else:
            self._note.setText(at)

    def show_time(self, page: CardView, now: datetime) -> None:
        """The round, its time, and the minute while it runs."""
        words = [
            tr("{exercise}, round {n} of {all}").format(exercise=page.exercise.name, n=page.position, all=page.rounds)
        ]
        if page.starts_at is not None:
            end = page.starts_at + timedelta(minutes=page.minutes)
            day = short_day(page.starts_at.astimezone(self._zone).date())
            words.append(f"{day}, {clock(page.starts_at, self._zone)}–{clock(end, self._zone)}")
            if page.starts_at <= now <= end and page.state == "draft":
                minute = int((now - page.starts_at).total_seconds() // 60)
                words.append(tr("minute {n} of {all}").format(n=minute, all=page.minutes))
        if page.entered_by and page.state == "draft":
            words.append(tr("entered by {who} for {author}").format(who=page.entered_by, author=page.author))
        if page.content.amend_reason:
            words.append(tr("amendment: {why}").format(why=page.content.amend_reason))
        self._round.setText(" · ".join(words))
