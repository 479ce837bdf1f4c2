"""A dimension while it is written: names, definition, four anchors side by side, questions and signals under them."""

from __future__ import annotations

from collections.abc import Mapping
from functools import partial
from typing import Any

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QCheckBox, QFrame, QGridLayout, QWidget

from app.desk.pages.rubric.typed_text import LabelledText, TypedForm
from app.desk.parts.controls import Button
from app.desk.parts.label import Text
from app.desk.parts.layout import STRETCH, column, row, wide
from app.desk.parts.section import fill
from app.desk.parts.still import StillCombo
from app.desk.theme import Theme
from app.domain.rubric_draft import LONGEST_NARROW, Part, free_id, narrow_name, short_name
from app.domain.typed_text import lines, lines_text, pairs, pairs_text
from app.domain.value import Way
from app.phrases.rubric import question_kind
from app.words import tr

_KINDS = ("situational", "behavioural", "work_sample")
_SIGNALS = (("strong", tr("Strong signals")), ("weak", tr("Weak signals")), ("red", tr("Red flags")))
_SHORT = 18  # letters an everyday name should not be longer than


class DimensionForm(TypedForm):
    """`must_have` carries whether it is one; `searched` asks for the question bank, `went_to` carries a field to type
    in next."""

    must_have = Signal(bool)
    searched = Signal()
    went_to = Signal(QWidget)

    def __init__(self, theme: Theme) -> None:
        super().__init__(theme)
        self._part: Part | None = None
        self._others: tuple[str, ...] = ()
        self._shown_questions: list[str] = []
        self._frames: list[QFrame] = []
        self._begun = False
        name = self._text(("name",), tr("Name"))
        name.written.connect(self._propose)
        short = self._text(("short",), tr("Everyday name"), most=_SHORT)
        narrow = self._text(("narrow",), tr("Narrow name"), most=LONGEST_NARROW)
        self.tick = QCheckBox(tr("Must have by default: nobody is hired without it"))
        self.tick.clicked.connect(self.must_have)
        names = row(wide(name, 2), wide(short, 1), wide(narrow, 1), gap=12)
        definition = self._text(("definition",), tr("Definition"))
        self._questions = column(gap=12)
        add = Button(tr("Add a question"), small=True, run=self.begin_question)
        find = Button(tr("From the question bank…"), small=True, run=self.searched.emit)
        head = row(Text(tr("Questions"), "lead", weight=600), STRETCH, add, find, gap=8)
        trap = self._text(("rater_trap",), tr("Where raters go wrong"))
        signals = [self._signal_text(kind, words) for kind, words in _SIGNALS]
        column(
            names,
            self.tick,
            definition,
            self._anchors(),
            head,
            self._questions,
            *signals,
            trap,
            STRETCH,
            gap=14,
            on=self,
        )

    def show_part(self, part: Part, others: tuple[str, ...], *, must_have: bool) -> None:
        """Show a dimension; `others` are the narrow names that are taken."""
        self._part, self._others = part, others
        self.tick.setChecked(must_have)
        content = part.content
        questions = [str(q["id"]) for q in content["questions"]]
        if questions != self._shown_questions:
            more = len(questions) > len(self._shown_questions) > 0 or self._begun
            self._shown_questions = questions
            self._lay_questions(content)
            if more and self._begun:
                self._go_to_last()
        for way, text in self.texts.items():
            text.fill(self._value(content, way))
        for place, question in enumerate(content["questions"]):
            combo = self.findChild(StillCombo, f"kind {place}")
            if combo is not None:
                combo.setCurrentIndex(_KINDS.index(question["kind"]))

    def add_question(self, question: Mapping[str, Any]) -> None:
        """Put a question at the end; its id is made here."""
        if self._part is None:
            return
        known = list(self._part.content["questions"])
        own = free_id(f"q_{self._part.content['id']}_{len(known) + 1}", [q["id"] for q in known])
        questions = [*known, {**question, "id": own}]
        self._keep(("questions",), questions)
        self.written.emit(("questions",), questions, False)

    def _text(
        self, way: Way, words: str, *, several: bool = False, help: str = "", most: int = 0, hint: str = ""
    ) -> LabelledText:
        made = LabelledText(self._theme, words, several=several, help=help, most=most, hint=hint)
        made.written.connect(partial(self._tell, way))
        self.texts[way] = made
        return made

    def _tell(self, way: Way, text: str, typing: bool) -> None:
        """What was typed, as the part keeps it."""
        value: object = " ".join(text.split())
        if way[-1] in ("behaviours", "probes"):
            value = list(lines(text))
        elif way[-1] == "tags":
            value = [tag.strip() for tag in text.split(",") if tag.strip()]
        elif way[0] == "signals":
            way, value = ("signals",), self._signals_with(str(way[-1]), text)
        self._keep(way, value)
        self.written.emit(way, value, typing)

    def _keep(self, way: Way, value: object) -> None:
        """What was told is so from now on: the next thing typed builds on it, before the draft is read again."""
        assert self._part is not None
        content: Any = self._part.content
        for name in way[:-1]:
            content = content[name]
        content[way[-1]] = value

    def _value(self, content: Mapping[str, Any], way: Way) -> str:
        if way[0] == "signals":
            return pairs_text((s["label"], s["text"]) for s in content["signals"] if s["kind"] == way[1])
        value: Any = content
        for name in way:
            value = value[name]
        if way[-1] == "tags":
            return ", ".join(value)
        return lines_text(value) if isinstance(value, list) else str(value or "")

    def _signals_with(self, kind: str, text: str) -> list[dict[str, Any]]:
        """The signals with those of a kind as they were typed; one whose label is still there keeps what it has."""
        assert self._part is not None
        known, own = self._part.content["signals"], str(self._part.content["id"])
        same = {s["label"]: s for s in known if s["kind"] == kind}
        taken = [s["id"] for s in known]
        found = [s for s in known if s["kind"] != kind]
        for label, words in pairs(text):
            before = same.get(label)
            if before is None:
                id_ = free_id(f"s_{own}_{kind}", taken)
                taken.append(id_)
                before = {"id": id_, "kind": kind, "dimensions": [own]}
            found.append({**before, "label": label, "text": words or label})
        return found

    def _propose(self, text: str, typing: bool) -> None:
        """Shorter names from the long one, where nobody wrote any."""
        if typing or self._part is None or not text.strip():
            return
        content = self._part.content
        short = str(content["short"]) or short_name(text)
        if not content["short"]:
            self._offer("short", short)
        if not content["narrow"]:
            self._offer("narrow", narrow_name(short, self._others))

    def _offer(self, field: str, text: str) -> None:
        """Write a proposed name, also where the focus has just come to its field."""
        self._keep((field,), text)
        self.texts[field,].text.setPlainText(text)
        self.written.emit((field,), text, False)

    def _anchors(self) -> QWidget:
        held = QWidget()
        cells = self._cells = QGridLayout(held)
        cells.setContentsMargins(0, 0, 0, 0)
        cells.setHorizontalSpacing(12)
        for place in range(4):
            frame = QFrame()
            frame.setProperty("role", "card")
            words = tr("Score {n}, the bar") if place == 2 else tr("Score {n}")
            column(
                Text(words.format(n=place + 1), weight=600),
                self._text(("anchors", place, "summary"), tr("What it looks like")),
                self._text(
                    ("anchors", place, "behaviours"), tr("Seen or heard"), several=True, hint=tr("One on each line")
                ),
                STRETCH,
                gap=8,
                margins=(12, 10, 12, 12),
                on=frame,
            )
            self._frames.append(frame)
        self._theme.changed.connect(self._arrange)
        self._arrange()
        return held

    def _arrange(self) -> None:
        """Four beside each other, at large text two and two."""
        across = 2 if self._theme.large_text else 4
        for place, frame in enumerate(self._frames):
            self._cells.addWidget(frame, place // across, place % across)
        for place in range(4):
            self._cells.setColumnStretch(place, 1 if place < across else 0)

    def _signal_text(self, kind: str, words: str) -> LabelledText:
        return self._text(("signals", kind), words, several=True, help=tr("“Label: what is heard”, one on each line."))

    def _lay_questions(self, content: Mapping[str, Any]) -> None:
        self.texts = {way: text for way, text in self.texts.items() if way[0] != "questions"}
        fill(self._questions, [self._question(place) for place in range(len(content["questions"]))])

    def _question(self, place: int) -> QWidget:
        frame = QFrame()
        frame.setProperty("role", "card")
        kind = StillCombo(tr("Kind of question {n}").format(n=place + 1))
        kind.setObjectName(f"kind {place}")
        for one in _KINDS:
            kind.addItem(question_kind(one), one)
        kind.activated.connect(lambda _i: self.written.emit(("questions", place, "kind"), kind.currentData(), False))
        name = tr("Remove question {n}").format(n=place + 1)
        remove = Button(tr("Remove"), "link", name=name, run=partial(self._remove_question, place))
        column(
            row(Text(tr("Question {n}").format(n=place + 1), weight=600), kind, STRETCH, remove, gap=8),
            self._text(("questions", place, "text"), tr("Words of question {n}").format(n=place + 1)),
            self._text(
                ("questions", place, "probes"),
                tr("Probes of question {n}, one on each line").format(n=place + 1),
                several=True,
            ),
            self._text(("questions", place, "tags"), tr("Tags of question {n}, with commas").format(n=place + 1)),
            gap=8,
            margins=(12, 10, 12, 12),
            on=frame,
        )
        return frame

    def begin_question(self) -> None:
        """Put an empty question at the end, of a kind that is missing."""
        self._begun = True
        kinds = [q["kind"] for q in self._part.content["questions"]] if self._part is not None else []
        kind = next((k for k in _KINDS[:2] if k not in kinds), _KINDS[0])
        self.add_question({"kind": kind, "text": "", "probes": [], "tags": []})

    def _go_to_last(self) -> None:
        """The question that was just begun is typed in next."""
        self._begun = False
        field = self.texts["questions", len(self._shown_questions) - 1, "text"].text
        self.went_to.emit(field)

    def _remove_question(self, place: int) -> None:
        assert self._part is not None
        left = [q for at, q in enumerate(self._part.content["questions"]) if at != place]
        self._keep(("questions",), left)
        self.written.emit(("questions",), left, False)
