"""What stands behind one cell of a calibration: the level's sentence, each rater's evidence, the silent vote on it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date, tzinfo

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from app.desk.parts.controls import Button
from app.desk.parts.fields import Field, FieldSet
from app.desk.parts.label import Text, line_across
from app.desk.parts.layout import LEFT, STRETCH, TOP, Space, add, aligned, column, grid, holder, row, wide
from app.desk.parts.second_scores import SecondScores, Voter, asked_words, digit, last_name
from app.desk.parts.section import clear, fill
from app.desk.parts.side_by_side import ScoreCell
from app.desk.parts.states import StateMark
from app.desk.parts.strip import PaintedCell, Size, StripWidget
from app.desk.theme import Theme
from app.domain.assessment import EvidenceEntry, Relation
from app.domain.guide import Guide
from app.domain.readiness import ReadinessVerdict
from app.phrases.readiness import change_sentences, said_of
from app.phrases.rubric import no_score_word, relation_word, weight_word
from app.queries.calibration import CalibrationMember, CalibrationView
from app.records.calibration import JudgedMember, Vote
from app.records.submitted_assessments import SubmittedAssessment
from app.words import clock, day, month, sentence_list, tr

_DATE = 44  # px at ordinary text size
_YEAR = 14  # px more, where a date has its year
_ROOMY = 12  # cells a large strip has room for


def short_date(on: date) -> str:
    """'18 Nov'."""
    words = day(on).split()
    return f"{words[0]} {words[1][:3]}"


def stories_words(page: CalibrationView, one: CalibrationMember, judged: JudgedMember) -> str:
    """Which work stories the packet tells."""
    names = {g.rater: g.name for g in judged.counted}
    told = [
        tr("{dimension} by {name}").format(dimension=one.guide.dimension(d).short, name=names[rater])
        for d, rater in one.stories
        if rater in names
    ]
    if told:
        return tr("The promotion packet tells: {stories}.").format(stories=sentence_list(told))
    return tr("No work story is chosen: the packet tells the best-evidenced one of each core cell, four at most.")


class CellPane(QWidget):
    """`voted` carries scores by colleague and whys by colleague, once each change has its why; `told` a dimension, who
    tells of it, and whether the packet is to have it; `left` says that Escape was pressed where scores are keyed in."""

    voted = Signal(object, object)
    told = Signal(str, int, bool)
    left = Signal()

    def __init__(self, theme: Theme, zone: tzinfo) -> None:
        super().__init__()
        self._theme, self._zone = theme, zone
        self._at: tuple[int, str] = (0, "")
        self._voters: tuple[SubmittedAssessment, ...] = ()
        self._dimension = ""
        self._pending: Mapping[int, int | None] = {}
        self._title = Text("", "lead", weight=600, wrap=True)
        self._weight = Text("", "caption", tone="soft")
        self._sentence = Text("", tone="soft", wrap=True, selectable=True)
        self._cards = QVBoxLayout()
        self.tellings: dict[int, Button] = {}
        self._refocused: int | None = None
        self._stories = Text("", "caption", tone="soft", wrap=True)
        self.scores = SecondScores(theme, wide=True)
        self.scores.left.connect(self._leave)
        self.scores.voted.connect(self._check)
        self._why_box = QVBoxLayout()
        self.whys: FieldSet | None = None
        self.keep = Button(tr("Keep these second scores"), "primary", run=self._keep)
        self._recused = Text("", "caption", tone="soft", wrap=True)
        column(
            row(wide(self._title), aligned(self._weight, TOP)),
            self._sentence,
            self._cards,
            line_across(),
            self.scores,
            self._why_box,
            aligned(self.keep, LEFT),
            self._recused,
            self._stories,
            STRETCH,
            gap=6,
            margins=(20, 14, 20, 14),
            on=self,
        )

    def show_cell(self, page: CalibrationView, one: CalibrationMember, dimension: str, *, columns: int) -> None:
        """Show one cell of one member; what is being keyed in stays while it is the same one."""
        if (one.proposal, dimension) != self._at:
            self._drop_whys()
        self._at, self._dimension = (one.proposal, dimension), dimension
        cells = one.guide.level(one.target).cells
        name = one.guide.dimension(dimension).short
        self._title.setText(tr("{dimension}, {name}").format(dimension=name, name=one.name))
        weight = cells[dimension].weight if dimension in cells else "not_expected"
        self._weight.setText(tr("{weight} at {level}").format(weight=weight_word(weight), level=one.target))
        self._sentence.setText(cells[dimension].expect if dimension in cells else "")
        focused = next((rater for rater, button in self.tellings.items() if button.hasFocus()), self._refocused)
        self.tellings = {}
        judged = one.judged
        self._stories.setVisible(judged is not None)
        if judged is None:
            words = tr("{n} of {all} assessments are in. They open when all are, or when the session begins.")
            said = words.format(n=one.sealing.cards_in, all=one.sealing.cards_planned)
            fill(self._cards, (), said)
        else:
            bar = (cells[dimension].bar if dimension in cells else None) or 3
            fill(self._cards, [self._raters(judged, dimension, bar, columns)])
            self._stories.setText(stories_words(page, one, judged))
            self._offer_stories(page, one, dimension)
        if focused in self.tellings:
            self._refocused = focused
            QTimer.singleShot(0, self, self._focus_telling)
        self._show_votes(page, one, judged, dimension)

    def _focus_telling(self) -> None:
        """The button that was pressed is made anew; it takes the focus once it is in sight."""
        button = self.tellings.get(self._refocused or 0)
        self._refocused = None
        if button is not None:
            button.setFocus(Qt.FocusReason.OtherFocusReason)

    def _offer_stories(self, page: CalibrationView, one: CalibrationMember, dimension: str) -> None:
        """What a press does: beside each telling, into the packet or out of it."""
        for rater, button in self.tellings.items():
            chosen = (dimension, rater) in one.stories
            name = next(g.name for g in one.judged.counted if g.rater == rater) if one.judged is not None else ""
            words = tr("Not in the packet") if chosen else tr("Tell it in the packet")
            button.set_words(words)
            button.setAccessibleName(tr("{words}: what {name} says of it").format(words=words, name=name))
            button.setEnabled(not page.closed)
            button.clicked.connect(
                lambda _on=False, rater=rater, chosen=chosen: self.told.emit(dimension, rater, not chosen)
            )

    def focus(self) -> None:
        """Go where second scores are keyed in."""
        self.scores.focus()

    def taken(self) -> None:
        """They are in the file."""
        self.scores.taken()
        self._drop_whys()

    def _raters(self, judged: JudgedMember, dimension: str, bar: int, columns: int) -> QWidget:
        cells = grid(24, margins=(0, 4, 0, 4))
        given = [g for g in judged.newest if g.content.rating(dimension).answered]
        tellers = {g.rater for g in judged.counted if g.content.rating(dimension).facts}
        vote = judged.vote(dimension)
        for number, one in enumerate(given):
            telling = None
            if one.rater in tellers:
                telling = self.tellings[one.rater] = Button("", "link", small=True)
            cells.addWidget(self._card(one, dimension, bar, vote, telling, judged), number // columns, number % columns)
        for number in range(columns):
            cells.setColumnStretch(number, 1)
        if not given:
            cells.addWidget(Text(tr("Nobody has anything to say on it."), tone="soft"), 0, 0)
        return holder(cells)

    def _card(
        self,
        one: SubmittedAssessment,
        dimension: str,
        bar: int,
        vote: Vote | None,
        telling: Button | None,
        judged: JudgedMember,
    ) -> QWidget:
        rating = one.content.rating(dimension)
        head = row(ScoreCell(self._theme, rating.score, bar), gap=4)
        if vote is not None and one.rater in vote.scores:
            second = ScoreCell(self._theme, vote.scores[one.rater].score, bar, Size.SMALL)
            second.setAccessibleName(tr("second score {n}").format(n=digit(vote.scores[one.rater].score)))
            head.addWidget(second)
        add(head, Space(4), wide(Text(one.name, weight=500, elide=True)))
        if one.content.relation is not Relation.NOT_SAID:
            head.addWidget(Text(relation_word(one.content.relation), "caption", tone="soft"))
        if telling is not None:
            head.addWidget(telling)
        body = column(line_across(), head, gap=3)
        for words in _warnings(one, dimension, judged):
            body.addWidget(Text(words, "caption", tone="warn", wrap=True))
        if rating.reason is not None:
            words = tr("Not assessed: {why}.").format(why=no_score_word(rating.reason))
            body.addWidget(Text(words, tone="soft", wrap=True))
        if rating.words:
            body.addWidget(Text(rating.words, tone="soft", wrap=True, selectable=True))
        add(body, *(self._evidence(item, judged.window) for item in rating.facts), STRETCH)
        return holder(body)

    def _evidence(self, item: EvidenceEntry, window: tuple[date | None, date | None]) -> QHBoxLayout:
        """What is not of the days that count has its year."""
        inside = item.on is not None and (window[0] or date.min) <= item.on <= (window[1] or date.max)
        said = "" if item.on is None else short_date(item.on) if inside else month(item.on)
        when = Text(said, "caption", tone="soft")
        when.setFixedWidth(self._theme.px(_DATE if inside else _DATE + _YEAR))
        when.setContentsMargins(0, 2, 0, 0)
        if item.on is not None:
            when.setToolTip(day(item.on))
        line = Text(f"{item.text} ({tr('inferred')})" if item.inferred else item.text, wrap=True, selectable=True)
        line.setToolTip(item.source)
        return row(aligned(when, TOP), wide(line), gap=8)

    def _show_votes(
        self, page: CalibrationView, one: CalibrationMember, judged: JudgedMember | None, dimension: str
    ) -> None:
        can = judged is not None and page.begun and not page.closed
        self._voters = judged.voters(dimension) if judged is not None else ()
        self.scores.setVisible(judged is not None and page.begun)
        self.scores.setEnabled(can)
        voters = tuple(Voter(g.rater, g.name) for g in self._voters)
        vote = judged.vote(dimension) if judged is not None else None
        words = asked_words(voters)
        if vote is not None:
            names = {v.colleague: v.name for v in voters}
            given = ", ".join(f"{last_name(names.get(c, '?'))} {digit(a.score)}" for c, a in vote.scores.items())
            at = clock(vote.at, self._zone)
            words = tr("{scores}, keyed in seating order, {time}. The first ones stay.").format(scores=given, time=at)
        self.scores.ask((one.proposal, dimension), voters, words)
        recused = [
            g.name
            for g in (judged.raters(dimension) if judged is not None else ())
            if g.rater not in {v.rater for v in self._voters}
        ]
        said = tr("{names} manages {name} and has no vote.").format(names=sentence_list(recused), name=one.name)
        self._recused.say(said if recused and page.begun else "")

    def _check(self, scores: Mapping[int, int | None]) -> None:
        """Every change needs its why, in the words of who changed."""
        changed = [v for v in self._voters if scores.get(v.rater) != v.content.rating(self._dimension).score]
        self._drop_whys()
        self._pending = scores
        if not changed:
            self.voted.emit(scores, {})
            return
        fields = [
            Field(
                str(v.rater),
                tr("{name}, {first} to {second}: why?").format(
                    name=v.name, first=v.content.rating(self._dimension).score, second=digit(scores[v.rater])
                ),
                required=True,
            )
            for v in changed
        ]
        self.whys = FieldSet(self._theme, fields)
        for v in changed:
            field = self.whys.input(str(v.rater))
            pressed = getattr(field, "returnPressed", None)
            if pressed is not None:
                pressed.connect(self._keep)
        self._why_box.addWidget(self.whys)
        away = QShortcut(QKeySequence(Qt.Key.Key_Escape), self.whys)
        away.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
        away.activated.connect(self._back_to_scores)
        self.keep.show()
        self.whys.focus_first()

    def _keep(self) -> None:
        if self.whys is not None and self.whys.check():
            said = {int(rater): str(why) for rater, why in self.whys.values().items()}
            self.voted.emit(self._pending, said)

    def _leave(self) -> None:
        """Nothing that was keyed in stays."""
        self._drop_whys()
        self.left.emit()

    def _back_to_scores(self) -> None:
        """What was keyed in stays, the whys go."""
        self._drop_whys()
        self.scores.focus()

    def _drop_whys(self) -> None:
        clear(self._why_box)
        self.whys = None
        self.keep.hide()


def _warnings(one: SubmittedAssessment, dimension: str, judged: JudgedMember) -> Iterator[str]:
    """Why what a rater says does not count, or came late."""
    if one.content.level != judged.target:
        words = tr("Against {level}, which is not proposed any more: it counts no more.")
        yield words.format(level=one.content.level)
    if one.id in judged.after_open:
        yield tr("Amended after the assessments were open.")
    outside = judged.unsupported(one, dimension)
    if outside is not None:
        words = tr("Only evidence from {year}, outside the days of this calibration: it supports no score here.")
        yield words.format(year=outside.year)


class BeforeAfter(QWidget):
    """A member's strip before the session and after it, each change with its why, and what would change the word."""

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._theme = theme
        self._column = column(gap=6, margins=(20, 14, 20, 14), on=self)

    def show_member(self, page: CalibrationView, one: CalibrationMember, dimension: str) -> None:
        """Show one member, at this cell."""
        fill(self._column, self._lines(page, one, one.judged, dimension) if one.judged is not None else ())

    def _lines(
        self, page: CalibrationView, one: CalibrationMember, judged: JudgedMember, dimension: str
    ) -> Iterator[QWidget | Space]:
        yield Text(tr("Before and after"), "lead", weight=600)
        decided = one.outcome is not None
        yield _word(self._theme, tr("Before") if page.begun else tr("Now"), judged.before, decided=decided)
        yield self._strip(judged.guide, judged.before, dimension)
        if judged.after is not None:
            yield Space(4)
            yield _word(self._theme, tr("After"), judged.after, decided=decided)
            yield self._strip(judged.guide, judged.after, dimension)
        for head, why in _changes(judged):
            yield Text(head, weight=500, wrap=True)
            yield Text(why, tone="soft", wrap=True)
        for sentence in change_sentences(judged.verdict, one.guide):
            yield Text(sentence, tone="soft", wrap=True)
        yield STRETCH

    def _strip(self, guide: Guide, verdict: ReadinessVerdict, dimension: str) -> StripWidget:
        size = Size.LARGE if len(verdict.cells) <= _ROOMY else Size.SMALL
        strip = StripWidget(self._theme, size, ground="background")
        names = [d.short for d in guide.dimensions]
        cells = [PaintedCell(c.low, c.bar or 3, c.high) for c in verdict.cells]
        strip.show_cells(names, cells, guide.dimension_ids.index(dimension))
        return strip


def _word(theme: Theme, when: str, verdict: ReadinessVerdict, *, decided: bool) -> QWidget:
    said, words = said_of(verdict.word), wide(Text(when, tone="soft"))
    if decided:
        return holder(row(words, Text(tr("rule: {word}").format(word=said.word), tone="soft"), gap=7))
    return holder(row(words, StateMark(theme, said.shape, said.word), Text(said.word, weight=500), gap=7))


def _changes(judged: JudgedMember) -> Iterator[tuple[str, str]]:
    """Each score that was changed by a vote, and why."""
    names = {g.rater: g for g in judged.first}
    for vote in judged.votes:
        for rater, again in vote.scores.items():
            was = names[rater].content.rating(vote.dimension).score if rater in names else None
            if rater in names and was != again.score:
                head = tr("{name}, {first} to {second}").format(
                    name=names[rater].name, first=digit(was), second=digit(again.score)
                )
                yield head, tr("“{why}” The {n} stays in the record.").format(why=again.why, n=digit(was))
