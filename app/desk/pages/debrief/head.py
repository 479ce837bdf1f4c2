"""The head of a debrief: whom it is about, their strip, and how many cards count; and the key at the foot."""

from __future__ import annotations

from PySide6.QtWidgets import QFrame, QWidget

from app.desk.parts.flow import Flow
from app.desk.parts.name_strip import NameStrip
from app.desk.parts.strip import PaintedCell
from app.desk.parts.strip_key import sample
from app.desk.theme import Theme
from app.queries.debrief import DebriefView
from app.words import tr


class DebriefHead(QFrame):
    """Name and strip over one line."""

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self.setProperty("role", "bar")
        self._about = NameStrip(theme)
        self._about.setContentsMargins(20, 14, 20, 14)
        self.setLayout(self._about)

    def show_page(self, page: DebriefView) -> None:
        """Show whom the debrief is about."""
        assert page.panel is not None
        self._about.name.setText(page.name)
        cells = [PaintedCell(c.low_median, page.rule.bar, c.high) for c in page.panel.cells]
        self._about.strip.show_cells([d.narrow for d in page.rubric.dimensions], cells)
        cards = tr("{n} of {all} cards in").format(n=page.sealing.cards_in, all=page.sealing.cards_planned)
        words = [page.role, tr("against {level}").format(level=page.level), cards]
        if page.done:
            skipped = sum(w.skipped for w in page.walked.values())
            words.append(
                tr("{n} of {all} dimensions walked").format(n=len(page.walked) - skipped, all=len(page.walked))
                if skipped
                else tr("every dimension walked")
            )
        else:
            words.append(tr("all scores from before the debrief"))
        self._about.line.setText(" · ".join(words))


class DebriefKey(QWidget):
    """What the cells of the matrix mean."""

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        flow = Flow(self, 6)
        for cells, words in (
            ((PaintedCell(1), PaintedCell(2)), tr("below the bar")),
            ((PaintedCell(3), PaintedCell(4)), tr("at or above")),
            ((PaintedCell(2, high=3),), tr("scores on both sides")),
            ((PaintedCell(),), tr("not assessed")),
        ):
            flow.addWidget(sample(theme, cells, words))
        self._sealed = sample(theme, (PaintedCell(sealed=True),), tr("sealed until it opens"))
        self._second = sample(theme, (PaintedCell(2), PaintedCell(3)), tr("first score, then the second"))
        flow.addWidget(self._sealed)
        flow.addWidget(self._second)

    def show_page(self, page: DebriefView) -> None:
        """Explain what is in sight."""
        self._sealed.setVisible(not page.done)
        self._second.setVisible(any(c.second for c in page.columns))
