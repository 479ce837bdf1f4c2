"""The panel matrix: dimensions by interviewers, each dimension's state, and the overall votes."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from typing import Any

from app.domain.panel import State
from app.packets.hiring.dossier import Dossier
from app.packets.hiring.front import MATRIX, labelled, not_alone
from app.packets.paper.flow import Columns, Drawn, FlowColumn, PagePlace, Space, block, kept_together, ruled_line
from app.packets.paper.strip import MATRIX_CELL, STATE_RADIUS, draw_cell, draw_state, key_to_cells
from app.packets.paper.type import (
    BODY,
    CAP_HEIGHT,
    CAPTION,
    HEAD,
    TABLE,
    Type,
    clean,
    fitted,
    measure,
    plain,
    shrunk,
    write,
)
from app.phrases.rubric import count_word, names_of, state_word, thin_sentence, vote_word
from app.queries.hiring import InterviewFacts
from app.words import moment, ntr, sentence_list, tr

_ROW = 28.0
_NAMES = 108.0  # width of the dimensions' names
_WORD = 50.0  # width of a state's shape and word
_DETAIL = 94.0
_MOST = 9  # interviewers side by side
_LEAST = 300.0  # points that a matrix higher than a page begins with
_BEFORE = 30.0  # white above a matrix that is not the first thing on its page
_ROOMY = 6  # up to here the details stand beside the word, then under it


@dataclass(frozen=True)
class _Grid:
    """Where the columns are, for one group of interviewers."""

    width: float
    interviews: tuple[InterviewFacts, ...]

    @property
    def beside(self) -> bool:
        return len(self.interviews) <= _ROOMY

    @property
    def states(self) -> float:
        """Where the states begin."""
        return self.width - _WORD - _DETAIL if self.beside else self.width - _DETAIL

    @property
    def step(self) -> float:
        return (self.states - 8 - _NAMES) / max(1, len(self.interviews))

    def middle(self, number: int) -> float:
        return _NAMES + (number + 0.5) * self.step


def matrix_page(dossier: Dossier) -> list[Any]:
    """The matrix, in groups where there are many interviewers, with its key and what to know about it."""
    width, interviews = dossier.width, dossier.facts.interviews
    groups = max(1, -(-len(interviews) // _MOST))
    each = -(-len(interviews) // groups)
    head = block(
        width,
        [plain(tr("Panel matrix"), HEAD), plain(_lead(dossier), BODY.soft()), Space(12)],
        places=(PagePlace(MATRIX, tr("Panel matrix")),),
    )
    found: list[Any] = []
    for number in range(groups):
        rows = _rows(dossier, _Grid(width, interviews[number * each : (number + 1) * each]))
        pieces = rows if number else [head, *rows]
        found += kept_together(pieces, width, dossier.height, _LEAST, _BEFORE)
    return [*found, Space(10), key_to_cells(width, dossier.rule.bar), *_notes(dossier)]


def _lead(dossier: Dossier) -> str:
    planned = len(dossier.facts.interviews) + len(dossier.facts.rounds_without_interview)
    words = ntr("{n} of {{planned}} card is in.", "{n} of {{planned}} cards are in.", len(dossier.facts.cards))
    against = tr("The scores are against {level}.").format(level=dossier.level)
    return words.format(planned=planned) + (f" {against}" if dossier.facts.cards else "")


def _rows(dossier: Dossier, grid: _Grid) -> list[Any]:
    line = ruled_line(grid.width)
    found: list[Any] = [_heads(dossier, grid), ruled_line(grid.width, ink="line_strong")]
    for dimension in dossier.dimensions:
        found += [_row(dossier, grid, dimension.id), line]
    return [*found, _votes(dossier, grid)]


def _heads(dossier: Dossier, grid: _Grid) -> Columns:
    """Last names over rounds, all in one size: the one in which the longest word fits."""
    room = grid.step - 3
    names = [dossier.last_names[i.interviewer.name] for i in grid.interviews]
    name_type = _all_fit(names, TABLE.medium().centred(), room)
    words = [word for i in grid.interviews for word in i.short.split()]
    round_type = replace(_all_fit(words, CAPTION.centred(), room), leading=9)
    columns = []
    for number, (interview, name) in enumerate(zip(grid.interviews, names, strict=True)):
        head = plain(fitted(name, name_type, room), replace(name_type, leading=11))
        left = _NAMES + number * grid.step
        columns.append(FlowColumn(left + 1, grid.step - 2, (head, plain(interview.short, round_type), Space(5))))
    columns.append(FlowColumn(grid.states, grid.width - grid.states, (plain(tr("State"), TABLE.soft()),)))
    return Columns(columns, whole=300)


def _all_fit(words: Sequence[str], type_: Type, room: float) -> Type:
    longest = max((measure(word, type_) for word in words), default=0)
    return replace(type_, size=max(6.0, type_.size * room / longest * 0.995)) if longest > room else type_


def _row(dossier: Dossier, grid: _Grid, dimension: str) -> Columns:
    must = dimension in dossier.rule.must_have
    name, type_ = shrunk(dossier.rubric.dimension(dimension).short, TABLE.strong() if must else TABLE, _NAMES - 6, 6.5)
    scores = [_given(i, dimension) for i in grid.interviews]
    state, detail = dossier.cell(dimension).state, dossier.state_detail(dimension)

    def paint(canvas: Any) -> None:
        write(canvas, 0, _middle(type_), name, type_)
        for number, (looked, score) in enumerate(scores):
            if looked:
                x = grid.middle(number) - MATRIX_CELL[0] / 2
                draw_cell(canvas, x, (_ROW - MATRIX_CELL[1]) / 2, MATRIX_CELL, dossier.rule.bar, score)
        if grid.beside or not detail:
            _state(canvas, grid.states, _ROW / 2, state)

    columns = [FlowColumn(0, grid.width, (Drawn(grid.width, _ROW, paint),))]
    if detail:
        columns.append(_detail(grid, detail, state))
    return Columns(columns, whole=300)


def _detail(grid: _Grid, detail: str, state: State) -> FlowColumn:
    type_ = replace(CAPTION, leading=9)
    if not grid.beside:

        def paint(canvas: Any) -> None:
            _state(canvas, 0, 5, state)

        return FlowColumn(grid.states, _DETAIL, (Space(3), Drawn(_DETAIL, 10, paint), plain(detail, type_), Space(3)))
    words = plain(detail, type_)
    _, height = words.wrap(_DETAIL, _ROW)
    return FlowColumn(grid.states + _WORD, _DETAIL, (Space(max(3.0, (_ROW - height) / 2 + 0.3)), words, Space(3)))


def _state(canvas: Any, x: float, middle: float, state: State) -> None:
    indent = 0.0 if state is State.EMPTY else 3.4 * STATE_RADIUS
    draw_state(canvas, x + STATE_RADIUS, middle, state)
    type_ = TABLE.soft() if state is State.EMPTY else TABLE.medium()
    write(canvas, x + indent, middle - CAP_HEIGHT * type_.size / 2, state_word(state), type_)


def _middle(type_: Type) -> float:
    return (_ROW - CAP_HEIGHT * type_.size) / 2


def _given(interview: InterviewFacts, dimension: str) -> tuple[bool, int | None]:
    """Whether this interview's card looked at the dimension, and its score."""
    card = interview.card
    if card is None:
        return False, None
    rating = card.content.rating(dimension)
    return rating.answered, rating.score


def _votes(dossier: Dossier, grid: _Grid) -> Columns:
    small = replace(CAPTION, leading=9, align="centre", ink="ink_soft")
    columns = [FlowColumn(0, _NAMES - 6, (Space(6), plain(tr("Overall, each alone"), TABLE)))]
    for number, interview in enumerate(grid.interviews):
        card = interview.card
        words = tr("not in")
        if card is not None:
            words = vote_word(dossier.rubric, card.content.overall) if card.content.overall else tr("no vote")
        columns.append(FlowColumn(_NAMES + number * grid.step + 2, grid.step - 4, (Space(7), plain(words, small))))
    count = replace(CAPTION, ink="ink_soft")
    columns.append(FlowColumn(grid.states, grid.width - grid.states, (Space(7), plain(dossier.vote_count(), count))))
    return Columns(columns, whole=300)


def _notes(dossier: Dossier) -> list[Any]:
    """What a reader of the matrix should know; no heading where there is nothing to say."""
    makers: Sequence[Callable[[Dossier], list[str]]] = (_thin, _missing, _late, _after_open, _flat, _early)
    notes = [note for make in makers for note in make(dossier)]
    return labelled(tr("To know"), [plain(n, TABLE) for n in notes], 16) if notes else []


def _thin(dossier: Dossier) -> list[str]:
    panel = dossier.facts.panel
    found = thin_sentence(panel, dossier.rule, dossier.rubric)
    if panel.unscored:
        found.append(tr("Without a score: {names}.").format(names=names_of(dossier.rubric, panel.unscored)))
    return found


def _missing(dossier: Dossier) -> list[str]:
    found = []
    due = [tr("{name} ({round})").format(name=clean(i.interviewer.name), round=i.short) for i in dossier.cards_due()]
    if due:
        found.append(tr("Not in: {names}.").format(names=sentence_list(due)))
    without = dossier.facts.rounds_without_interview
    if without:
        found.append(tr("Planned, and held by nobody: {rounds}.").format(rounds=sentence_list(list(without))))
    return found


def _late(dossier: Dossier) -> list[str]:
    late = [tr("{name} ({round})").format(name=clean(i.interviewer.name), round=i.short) for i in dossier.cards_late()]
    words = tr("In after the debrief had begun, so in no state and in no first result: {names}.")
    return [words.format(names=sentence_list(late))] if late else []


def _after_open(dossier: Dossier) -> list[str]:
    """Cards in the first result that were not written alone."""
    words = not_alone(dossier)
    return [words] if words else []


def _flat(dossier: Dossier) -> list[str]:
    return [
        tr("All {count} of {name}’s scores are {score}: please check.").format(
            count=count_word(n), name=clean(name), score=score
        )
        for name, n, score in dossier.flat_cards()
    ]


def _early(dossier: Dossier) -> list[str]:
    early = dossier.facts.opened_early
    if early is None:
        return []
    words = tr("Cards opened early by {name}, {when}: {reason}")
    when = moment(early.at, dossier.facts.zone)
    return [words.format(name=clean(early.by), when=when, reason=clean(early.reason))]
