"""The debrief: in which order dimensions are walked and why, who speaks when, and how second scores are keyed in."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from enum import StrEnum

from app.domain.panel import Panel, PanelCell, State


class FlagVerdict(StrEnum):
    """What a debrief makes of an observed red flag. It is open until then; a confirmed one rejects nobody by itself."""

    CONFIRMED = "confirmed"
    NOT_SUPPORTED = "not_supported"
    NOT_JOB_RELATED = "not_job_related"


class AgendaNeed(StrEnum):
    """Why a dimension has its place on the agenda."""

    MUST_HAVE = "must_have"
    SPLIT = "split"
    WIDE = "wide"
    FLAG = "flag"
    THIN = "thin"
    EMPTY = "empty"
    NOT_MET = "not_met"
    AGREED = "agreed"


@dataclass(frozen=True)
class AgendaItem:
    """A dimension on the agenda: its needs, the first one first, and the minutes it is given."""

    dimension: str
    needs: tuple[AgendaNeed, ...]
    minutes: int

    @property
    def agreed(self) -> bool:
        """Whether nothing asks for talk."""
        return AgendaNeed.AGREED in self.needs


_MUST_SPLIT, _FLAG, _WIDE, _THIN, _SPLIT, _AGREED = range(6)
_MINUTES = {_MUST_SPLIT: 8, _FLAG: 6, _WIDE: 6, _THIN: 4, _SPLIT: 5, _AGREED: 1}


def debrief_agenda(panel: Panel, must_have: Collection[str], flagged: Collection[str] = ()) -> tuple[AgendaItem, ...]:
    """Dimensions by need: must-have splits, open red flags, wide, thin, other splits, agreed ones last.

    Within one need they keep the rubric's order. `flagged` are the dimensions on which a red flag is open.
    """
    ranked = [_ranked(cell, cell.dimension in must_have, cell.dimension in flagged) for cell in panel.cells]
    return tuple(item for _, item in sorted(ranked, key=lambda pair: pair[0]))


def _ranked(cell: PanelCell, must: bool, flagged: bool) -> tuple[int, AgendaItem]:
    split = cell.state is State.SPLIT
    thin = cell.state in (State.THIN, State.EMPTY)
    if must and split:
        rank = _MUST_SPLIT
    elif flagged:
        rank = _FLAG
    elif cell.wide:
        rank = _WIDE
    elif thin:
        rank = _THIN
    else:
        rank = _SPLIT if split else _AGREED
    needs = [
        need
        for need, holds in (
            (AgendaNeed.MUST_HAVE, must and rank != _AGREED),
            (AgendaNeed.FLAG, flagged),
            (AgendaNeed.SPLIT, split),
            (AgendaNeed.WIDE, cell.wide),
            (AgendaNeed.THIN, cell.state is State.THIN),
            (AgendaNeed.EMPTY, cell.state is State.EMPTY),
            (AgendaNeed.AGREED, rank == _AGREED),
            (AgendaNeed.NOT_MET, cell.state is State.NOT_MET),
        )
        if holds
    ]
    return rank, AgendaItem(cell.dimension, tuple(needs), _MINUTES[rank])


@dataclass(frozen=True)
class Seated:
    """Somebody at the table: a colleague, and their score on the dimension (None where they gave none)."""

    colleague: int
    score: int | None


class SpeakingTurn(StrEnum):
    """When somebody speaks about a dimension."""

    LOWEST = "lowest"
    HIGHEST = "highest"
    SCORED = "scored"
    NO_SCORE = "no_score"
    MANAGER = "manager"


def speaking_order(seated: Sequence[Seated], manager: int | None) -> tuple[tuple[Seated, SpeakingTurn], ...]:
    """Lowest first, highest next, then who scored it, then who did not; the hiring manager last.

    `seated` is in the order of the columns, which settles who comes first among equals.
    """
    scored = [s for s in seated if s.score is not None and s.colleague != manager]
    turns: list[tuple[Seated, SpeakingTurn]] = []
    if scored:
        lowest = min(scored, key=lambda s: s.score or 0)
        highest = max(scored, key=lambda s: s.score or 0)
        turns.append((lowest, SpeakingTurn.LOWEST))
        if highest.score != lowest.score:
            turns.append((highest, SpeakingTurn.HIGHEST))
        spoken = {s.colleague for s, _ in turns}
        turns += [(s, SpeakingTurn.SCORED) for s in scored if s.colleague not in spoken]
    turns += [(s, SpeakingTurn.NO_SCORE) for s in seated if s.score is None and s.colleague != manager]
    turns += [(s, SpeakingTurn.MANAGER) for s in seated if s.colleague == manager]
    return tuple(turns)


def read_scores(typed: str) -> tuple[int | None, ...]:
    """What was keyed in, in seating order: "3 2 3 0" or "3230"; 0 is no score. Raises ValueError on anything else."""
    digits = "".join(typed.split())
    if not all(d in "01234" for d in digits):
        raise ValueError(typed)
    return tuple(int(d) or None for d in digits)
