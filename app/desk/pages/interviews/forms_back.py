"""Forms back: where they come from, and one line for each with what became of it."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFrame, QGridLayout, QHBoxLayout, QWidget

from app.desk.desk import Desk
from app.desk.pages.interviews.days_entry import DaysEntry
from app.desk.pages.interviews.same_form import Comparison
from app.desk.parts.controls import Button
from app.desk.parts.job_bar import JobBar
from app.desk.parts.label import Text, line_across
from app.desk.parts.layout import column, row, wide
from app.desk.parts.returned_forms import ReturnedForms
from app.desk.parts.section import Section, clear
from app.domain.scorecard_form import Reason
from app.exchange.assessment_form import AssessmentVerdict
from app.exchange.returned_forms import Returned
from app.exchange.scorecard_form import FormVerdict
from app.queries.scorecard import CardView
from app.words import tr

PROMISE = tr(
    "Bringing a form in shows nothing of it. On one shared laptop that is a courtesy, not a lock: whoever holds the "
    "file can open it, and anyone here can say in Settings who they are."
)


class FormsCard(QWidget):
    """`choose` and `folder` ask for files; `watch` wants a folder to look into, `unwatch` none any more.

    `held` says that a form that asks may come in. `compared` wants a form beside the card that is in, `from_paper`
    wants one typed in beside its picture, `dated` carries one with the days that its rater said.
    """

    choose = Signal()
    folder = Signal()
    watch = Signal()
    unwatch = Signal()
    compared = Signal(object)
    held = Signal(object)
    from_paper = Signal(object, object)
    dated = Signal(object, object)

    def __init__(self, desk: Desk, incoming: ReturnedForms) -> None:
        super().__init__()
        self._desk, self._incoming = desk, incoming
        self._beside: dict[str, CardView] = {}  # by the form's digest
        self._asking: set[str] = set()  # digests of forms whose lines wait for their days
        self._shown: tuple[Returned, ...] | None = None
        frame = Section(tr("Forms back"))
        body, head = frame.body, frame.head
        column(frame, on=self)
        self.files = Button(tr("Choose forms…"), small=True)
        self.files.clicked.connect(self.choose)
        self.all = Button(tr("Choose a folder…"), small=True)
        self.all.clicked.connect(self.folder)
        head.addWidget(self.files)
        head.addWidget(self.all)
        body.addWidget(
            Text(
                tr("Drop filled forms anywhere on this page. Each becomes its author’s card or assessment."), wrap=True
            )
        )
        body.addWidget(Text(PROMISE, "caption", tone="soft", wrap=True))
        body.addLayout(self._watched())
        self.bar = JobBar(tr("reading forms"), incoming.cancel)
        body.addWidget(self.bar)
        self._list = column(gap=0)
        body.addLayout(self._list)
        self.clear = Button(tr("Clear these lines"), "link", small=True)
        self.clear.clicked.connect(lambda _on=False: incoming.clear())
        body.addWidget(self.clear)
        incoming.told.connect(self.show_results)
        incoming.progressed.connect(self.bar.tell)
        self.show_results()

    def show_folder(self, folder: str) -> None:
        """Which folder is watched."""
        words = tr("No folder is watched.")
        if folder:
            words = tr("Tenfold looks into {folder} at the start and whenever you come back to it.").format(
                folder=folder
            )
        self._where.setText(words)
        self.start.set_words(tr("Watch another folder…") if folder else tr("Watch a folder…"))
        self.stop.setVisible(bool(folder))

    def show_results(self) -> None:
        """Show what became of each form."""
        if self._incoming.busy != self.bar.isVisibleTo(self):
            self.bar.begin(tr("Reading the forms")) if self._incoming.busy else self.bar.hide()
        if self._shown == self._incoming.results:
            return
        self._shown = self._incoming.results
        known = {verdict.digest for verdict in self._shown}
        self._beside = {digest: card for digest, card in self._beside.items() if digest in known}
        self.clear.setVisible(bool(self._shown))
        self._draw()

    def show_beside(self, verdict: FormVerdict, card: CardView) -> None:
        """Open the form beside the card that is in."""
        self._beside[verdict.digest] = card
        self._draw()

    def forget_cards(self) -> None:
        """Show no card beside a form, and no line of one: somebody else may not see it."""
        self._beside.clear()
        self._asking.clear()
        self._incoming.forget_lines()
        self._draw()

    def _watched(self) -> QHBoxLayout:
        self._where = Text("", "caption", tone="soft", wrap=True)
        self.start = Button(tr("Watch a folder…"), small=True)
        self.start.clicked.connect(self.watch)
        self.stop = Button(tr("Stop watching"), small=True)
        self.stop.clicked.connect(self.unwatch)
        self.stop.hide()
        return row(wide(self._where), self.start, self.stop, gap=8)

    def _draw(self) -> None:
        clear(self._list)
        for number, verdict in enumerate(self._shown or ()):
            if number:
                self._list.addWidget(line_across())
            self._list.addWidget(_Line(self, self._desk, verdict))
            card = self._beside.get(verdict.digest)
            if card is not None and isinstance(verdict, FormVerdict) and verdict.filled is not None:
                self._list.addWidget(Comparison(self._desk, card, verdict.filled))
            if isinstance(verdict, AssessmentVerdict) and verdict.undated and verdict.digest in self._asking:
                entry = DaysEntry(self._desk.theme, verdict)
                entry.said.connect(partial(self.dated.emit, verdict))
                self._list.addWidget(entry)

    def ask_days(self, verdict: AssessmentVerdict) -> None:
        """Open the lines of a form that lack their day."""
        self._asking.add(verdict.digest)
        self._draw()


class _Line(QFrame):
    """One form: in, or turned down with its reason and what to do."""

    def __init__(self, card: FormsCard, desk: Desk, verdict: Returned) -> None:
        super().__init__()
        grid = QGridLayout(self)
        grid.setContentsMargins(0, 8, 0, 8)
        grid.setHorizontalSpacing(12)
        grid.setVerticalSpacing(1)
        asks = verdict.reason is Reason.NOT_HELD
        state = Text(
            tr("in") if verdict.fits else tr("asks first") if asks else tr("turned down"),
            "caption",
            tone="good" if verdict.fits else "warn",
            weight=500,
        )
        grid.addWidget(Text(verdict.name, weight=500, elide=True), 0, 0)
        grid.addWidget(state, 0, 1)
        sentence = " ".join(w for w in (verdict.sentence, "" if verdict.fits else verdict.remedy) if w)
        grid.addWidget(Text(sentence, tone="soft", wrap=True), 1, 0, 1, 2)
        grid.setColumnStretch(0, 1)
        button = self._button(card, verdict)
        if button is not None:
            grid.addWidget(button, 2, 0, 1, 2, Qt.AlignmentFlag.AlignLeft)
        self.setAccessibleName(f"{verdict.name}: {sentence}")

    def _button(self, card: FormsCard, verdict: Returned) -> Button | None:
        if isinstance(verdict, AssessmentVerdict):
            if not verdict.undated:
                return None
            button = Button(tr("Say the days…"), small=True, run=partial(card.ask_days, verdict))
            button.setAccessibleName(f"{button.text()}: {verdict.name}")
            return button
        if verdict.reason is Reason.DIFFERENT and verdict.card is not None:
            button = Button(tr("Compare with the card"), small=True)
            button.clicked.connect(lambda _on=False: card.compared.emit(verdict))
        elif verdict.reason is Reason.FLATTENED and verdict.original is not None:
            button = Button(tr("Enter from paper"), small=True)
            button.clicked.connect(lambda _on=False: card.from_paper.emit(verdict, button))
        elif verdict.asks:
            button = Button(tr("It was held: bring it in"), small=True)
            button.clicked.connect(lambda _on=False: card.held.emit(verdict))
        else:
            return None
        button.setAccessibleName(f"{button.text()}: {verdict.name}")
        return button
