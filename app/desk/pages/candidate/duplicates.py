"""Everybody who may be there twice; a person says who is one, and who are two."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial

from app.actions.merge import Merge, merge, tell_apart
from app.desk.desk import Desk
from app.desk.page import Crumb
from app.desk.pages.candidate.pair_card import PairCard
from app.desk.parts.empty import EmptyPage
from app.desk.parts.label import Text
from app.desk.parts.layout import STRETCH, Space, column, holder, scrolling
from app.desk.parts.section import fill
from app.desk.parts.shown_page import ShownPage
from app.queries.duplicates import Pair, Pairs, duplicates
from app.words import ntr, tr

_WIDE = 760  # px at ordinary text size


class DuplicatesPage(ShownPage[Pairs]):
    """One card a pair, those with the most in common first."""

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk)
        self._column = column(gap=16)
        self.cards: list[PairCard] = []
        self._inside = holder(self._column)
        desk.theme.changed.connect(self._measure)
        self._measure()
        empty = EmptyPage(
            desk.theme,
            tr("Nobody seems to be there twice"),
            tr("Candidates with the same mail address, number, link or name would stand here."),
            tr("To the pipeline"),
            partial(desk.go, "pipeline"),
        )
        self.lay_out(scrolling(holder(column(self._inside, STRETCH, margins=(20, 16, 20, 20)))), empty)

    def _measure(self) -> None:
        self._inside.setMaximumWidth(self.desk.theme.px(_WIDE))

    def breadcrumb(self) -> Sequence[Crumb]:
        """Pipeline, this."""
        return (Crumb(tr("Hire")), Crumb(tr("Pipeline"), "pipeline"), Crumb(tr("Same person twice")))

    def question(self) -> Callable[[], Pairs]:
        """The pairs."""
        return partial(duplicates, self.workspace)

    def is_empty(self, page: Pairs) -> bool:
        """Whether nobody is."""
        return not page.shown

    def fill(self, page: Pairs) -> None:
        """A card for each pair."""
        self.cards = [self._card(pair) for pair in page.shown]
        said = ntr("{n} pair may be one person", "{n} pairs may be one person each", page.all)
        if page.all > len(page.shown):
            said += tr("; the first {n} are here").format(n=len(page.shown))
        fill(
            self._column,
            (
                Text(tr("The same person twice?"), "title"),
                Text(
                    tr("{said}. Nothing is joined by itself, and what is joined can be undone.").format(said=said),
                    wrap=True,
                ),
                *self.cards,
                Space(8),
            ),
        )

    def _card(self, pair: Pair) -> PairCard:
        card = PairCard(self.desk.theme, pair)
        card.merged.connect(self._merge)
        card.told_apart.connect(self._tell_apart)
        card.opened.connect(lambda number: self.desk.go("candidate", id=number))
        return card

    def _merge(self, said: Merge) -> None:
        self.act(partial(merge, self.workspace, said), said=tr("They are one person now. Ctrl+Z makes them two again."))

    def _tell_apart(self, pair: Pair) -> None:
        self.act(partial(tell_apart, self.workspace, pair.one.id, pair.other.id), said=tr("They stay two people."))
