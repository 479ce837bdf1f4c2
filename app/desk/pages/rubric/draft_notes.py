"""Beside a draft: what is missing until it can be a version, and what the check says of what is there."""

from __future__ import annotations

from collections import Counter
from functools import partial

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFrame, QWidget

from app.desk.parts.controls import Button
from app.desk.parts.label import Text
from app.desk.parts.layout import STRETCH, column, holder, row, scrolling, wide
from app.desk.parts.section import fill
from app.phrases.rubric_draft import part_words
from app.queries.rubric_draft import CheckedFinding, DraftView, Lack
from app.words import ntr, tr

_SHOWN = 40  # sentences of each kind


class DraftNotes(QFrame):
    """`wanted` carries the part a sentence is about; `put_aside` and `taken_up` the key of a finding."""

    wanted = Signal(int)
    put_aside = Signal(str)
    taken_up = Signal(str)

    def __init__(self) -> None:
        super().__init__()
        self.setProperty("role", "side")
        self.setAccessibleName(tr("What is missing, and what the check says"))
        self._lacks, self._findings, self._aside = column(gap=8), column(gap=10), column(gap=8)
        self._head = Text("", weight=600, wrap=True)
        self._check = Text("", weight=600, wrap=True)
        self._aside_head = Text(tr("Set aside"), "caption", weight=500, tone="soft")
        body = column(
            self._head,
            self._lacks,
            self._check,
            self._findings,
            self._aside_head,
            self._aside,
            STRETCH,
            gap=10,
            margins=(16, 14, 16, 16),
        )
        column(wide(scrolling(holder(body))), gap=0, on=self)

    def show_draft(self, view: DraftView, part: int) -> None:
        """Show what is said of this draft: of the open part all that is missing, of the others how much."""
        lacks = len(view.lacks)
        words = ntr("{n} thing is missing", "{n} things are missing", lacks)
        self._head.setText(words if lacks else tr("Nothing is missing: it can be a version."))
        here = [lack for lack in view.lacks if lack.part in (part, None)]
        fill(self._lacks, [*(_lack(lack) for lack in here[:_SHOWN]), *self._elsewhere(view, part)])
        open_ = [f for f in view.findings if f.set_aside is None]
        said = ntr("The check found {n} thing", "The check found {n} things", len(open_))
        self._check.setText(said if open_ else tr("The check finds nothing."))
        fill(self._findings, [self._finding(finding) for finding in open_[:_SHOWN]])
        aside = [f for f in view.findings if f.set_aside is not None]
        self._aside_head.setVisible(bool(aside))
        fill(self._aside, [self._set_aside(finding) for finding in aside])

    def _elsewhere(self, view: DraftView, part: int) -> list[QWidget]:
        """The other parts of which something is missing, each with how much."""
        counts = Counter(lack.part for lack in view.lacks if lack.part not in (part, None))
        found: list[QWidget] = []
        for other in view.parts:
            if counts[other.id]:
                much = ntr("{n} thing", "{n} things", counts[other.id])
                words = tr("{part}: {much}").format(part=part_words(other), much=much)
                name = tr("Go to {part}").format(part=words)
                go = Button(tr("Go there"), "link", name=name, run=partial(self.wanted.emit, other.id))
                found.append(holder(row(wide(Text(words, wrap=True, tone="soft")), go, gap=6)))
        return found

    def _finding(self, finding: CheckedFinding) -> QWidget:
        aside = Button(
            tr("Set aside…"),
            "link",
            name=tr("Set aside: {sentence}").format(sentence=finding.sentence),
            run=partial(self.put_aside.emit, finding.key),
        )
        links: list[QWidget] = []
        if finding.part is not None:
            name = tr("Go to: {sentence}").format(sentence=finding.sentence)
            links.append(Button(tr("Go there"), "link", name=name, run=partial(self.wanted.emit, finding.part)))
        lines = [Text(finding.place, "caption", tone="faint", wrap=True), Text(finding.sentence, wrap=True)]
        lines += [Text(words, "caption", tone="soft", wrap=True) for words in (finding.why, finding.better) if words]
        return holder(column(*lines, row(*links, aside, STRETCH, gap=10), gap=3))

    def _set_aside(self, finding: CheckedFinding) -> QWidget:
        words = tr("{sentence} Set aside: {reason}").format(sentence=finding.sentence, reason=finding.set_aside)
        name = tr("Take up again: {sentence}").format(sentence=finding.sentence)
        again = Button(tr("Take up again"), "link", name=name, run=partial(self.taken_up.emit, finding.key))
        return holder(column(Text(words, "caption", tone="soft", wrap=True), row(again, STRETCH), gap=2))


def _lack(lack: Lack) -> QWidget:
    return Text(lack.sentence, wrap=True, tone="soft")
