"""Interview scores against later ones: a disc at each pair of scores, the larger the more there are, with how many."""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Sequence
from typing import TYPE_CHECKING

from app.charts.style import Frame, chart_note, figure, label, lay_out, ticks
from app.words import tr

if TYPE_CHECKING:
    from matplotlib.figure import Figure

_HIGH = 260  # px
_LARGEST = 30  # px, the disc of the pair that came most often
_SCORES = (1, 2, 3, 4)


def pairs_of_scores(frame: Frame, pairs: Sequence[tuple[int, int]]) -> Figure:
    """`pairs` are the interview's score and the later one."""
    made, (axes,) = figure(frame, frame.look.px(_HIGH))
    look = frame.look
    lay_out(made, frame, 96, top=26, bottom=30)
    axes.set_xlim(0.4, 4.6)
    axes.set_ylim(0.4, 4.6)
    axes.plot([0.6, 4.4], [0.6, 4.4], color=look.colour("line_strong"), linewidth=look.px(1), zorder=1)
    counted = Counter(pairs)
    most = max(counted.values(), default=1)
    for (interview, later), n in sorted(counted.items()):
        size = max(look.px(13), look.px(_LARGEST) * math.sqrt(n / most))
        axes.plot(
            [interview],
            [later],
            marker="o",
            markersize=size,
            color=look.colour("accent"),
            markeredgecolor=look.colour("panel"),
            zorder=2,
        )
        label(
            axes,
            interview,
            later,
            str(n),
            look,
            ha="center",
            va="center_baseline",
            color=look.colour("on_accent"),
            weight=600,
            zorder=3,
        )
    ticks(axes, "x", _SCORES, [tr("interview {n}").format(n=n) for n in _SCORES])
    ticks(axes, "y", _SCORES, [tr("later {n}").format(n=n) for n in _SCORES])
    chart_note(axes, tr("a disc for each pair of scores, with how many there are; on the line both are the same"), look)
    return made
