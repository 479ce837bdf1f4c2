"""How the rule got there: composite with its band, every condition, who carries the zone; each with its inputs."""

from __future__ import annotations

from fractions import Fraction

from PySide6.QtWidgets import QWidget

from app.desk.parts.controls import Button, set_role
from app.desk.parts.label import Text, line_across
from app.desk.parts.layout import LEFT, RIGHT, aligned, column, row, wide
from app.desk.parts.section import clear
from app.desk.theme import Theme
from app.domain.panel import Panel, Rule
from app.domain.rubric import Rubric
from app.phrases.rubric import limit_words, names_of, one_decimal, without_words, zone_sentences, zone_word
from app.queries.debrief import DebriefView
from app.words import tr


class Reasoning(QWidget):
    """Folded, and closed to everybody while the screen is shared: figures and names are for the one who decides."""

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._theme = theme
        self._page: DebriefView | None = None
        self._shared = True
        self.fold = Button(tr("How the rule got there"))
        self.fold.setAccessibleName(tr("How the rule got there"))
        self.fold.setCheckable(True)
        set_role(self.fold, "quiet")
        self.fold.toggled.connect(self._show)
        self._note = Text("", "caption", tone="soft")
        self._lines = column(gap=8)
        column(line_across(), row(aligned(self.fold, LEFT), wide(self._note, 1, RIGHT)), self._lines, gap=8, on=self)

    def show_page(self, page: DebriefView, *, shared: bool) -> None:
        """Show it for this debrief; closed while the screen is shared."""
        self._page, self._shared = page, shared
        self.fold.setEnabled(not shared)
        self._note.setText(tr("off while shared") if shared else "")
        if shared:
            self.fold.setChecked(False)
        self._show()

    def _show(self) -> None:
        clear(self._lines)
        self.fold.setIcon(
            self._theme.icon("chevron-down" if self.fold.isChecked() else "chevron-right", "ink_soft", 14)
        )
        page = self._page
        if page is None or page.panel is None or self._shared or not self.fold.isChecked():
            return
        self._result(tr("By the scores from before the debrief"), page.panel, page)
        if page.after is not None:
            self._lines.addWidget(line_across())
            self._result(tr("With what came in after the debrief began"), page.after, page)

    def _result(self, heading: str, panel: Panel, page: DebriefView) -> None:
        rule_, rubric = page.rule, page.rubric
        self._lines.addWidget(Text(heading, "caption", tone="soft", weight=500))
        if panel.composite is None or panel.band is None:
            self._lines.addWidget(Text(tr("Nothing was scored.")))
            return
        figure = tr("{composite} ± {band}").format(composite=one_decimal(panel.composite), band=f"{panel.band:.1f}")
        self._lines.addWidget(_Figure(tr("Composite"), figure, composite_inputs(panel, rubric)))
        self._lines.addWidget(_Figure(tr("Zone"), zone_word(panel.zone), zone_inputs(panel, rule_, rubric)))
        if panel.carried_by:
            names = ", ".join(panel.carried_by)
            lines = [without_words(name, zone) for name, zone in panel.carried_by.items()]
            self._lines.addWidget(_Figure(tr("Carried by"), names, lines))
        else:
            words = [tr("Without any one interviewer’s scores the rule says the same.")]
            self._lines.addWidget(_Figure(tr("Carried by"), tr("nobody alone"), words))


class _Figure(QWidget):
    """A number, and behind a link what it was computed from."""

    def __init__(self, name: str, figure: str, inputs: list[str]) -> None:
        super().__init__()
        how = Button(tr("How computed"), "link")
        how.setAccessibleName(tr("How computed: {name}").format(name=name))
        how.setCheckable(True)
        line = row(Text(name, tone="soft"), wide(Text(figure, weight=600, wrap=True)), how)
        self._inputs = Text("\n".join(inputs), "caption", tone="soft", wrap=True, selectable=True)
        self._inputs.hide()
        how.toggled.connect(self._inputs.setVisible)
        column(line, self._inputs, gap=4, on=self)


def composite_inputs(panel: Panel, rubric: Rubric) -> list[str]:
    """The scores of each dimension, their means and the sum; and where the band comes from."""
    scored = [c for c in panel.cells if c.mean is not None]
    lines = [
        tr("{dimension}: {scores}, mean {mean}").format(
            dimension=rubric.dimension(c.dimension).short,
            scores=", ".join(str(s) for s in c.scores),
            mean=_fraction(c.mean or Fraction(0)),
        )
        for c in scored
    ]
    total = sum((c.mean or Fraction(0) for c in scored), Fraction(0))
    lines.append(
        tr("Sum {total} over {n} scored dimensions: {mean}, shown to one decimal.").format(
            total=_fraction(total), n=len(scored), mean=_fraction(panel.composite or Fraction(0))
        )
    )
    lines.append(
        tr(
            "Band: 1.96 × pooled spread of the workspace × √(sum of 1/n for each dimension) ÷ {n}. Candidates inside "
            "each other’s band cannot be told apart."
        ).format(n=len(scored))
    )
    if panel.unscored:
        lines.append(tr("Without a score: {names}.").format(names=names_of(rubric, panel.unscored)))
    return lines


def zone_inputs(panel: Panel, rule_: Rule, rubric: Rubric) -> list[str]:
    """What the rule asks, and what it found."""
    asks = tr(
        "Supports a hire: composite {hire} or above, no must-have not met, every must-have scored, at most {n} "
        "without a score, no open red flag. Supports no hire: composite below {mixed}, or two must-haves not met."
    ).format(hire=limit_words(rule_.hire_from), mixed=limit_words(rule_.mixed_from), n=rule_.without_score_allowed)
    exact = tr("Composite exactly {value}.").format(value=_fraction(panel.composite or Fraction(0)))
    return [asks, exact, *zone_sentences(panel, rule_, rubric)]


def _fraction(value: Fraction) -> str:
    """A whole number or 'a/b': thresholds are decided by these."""
    return str(value.numerator) if value.denominator == 1 else f"{value.numerator}/{value.denominator}"
