"""Ballots for the silent votes of a calibration: one slip for each voter and member, to be cut apart."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from app.domain.calibration import CalibrationOutcome
from app.packets.paper.colour import colour
from app.packets.paper.flow import Columns, Drawn, FlowColumn, PagePlace, Space, block
from app.packets.paper.number import number_of
from app.packets.paper.page import Packet, PaperLook, Progress, compose
from app.packets.paper.type import BODY, HEAD, LABEL, TABLE, clean, fitted, plain, shrunk, write
from app.phrases.rubric import outcome_word
from app.queries.ballots import Ballot, BallotCell, BallotFacts
from app.words import ntr, tr

_BOX, _STEP = 15.0, 21.0  # a score's box, and from one to the next
_BOXES = _STEP * 4 + 66
_WHY = 17.0
_LONGEST = 260  # characters of a sentence; a slip reminds of it and does not replace the guide


def ballots(facts: BallotFacts, progress: Progress | None = None) -> Packet:
    """The ballots: the same facts give the same bytes."""
    look = PaperLook(
        title=tr("Ballots: {name} calibration").format(name=clean(facts.cycle)),
        subject=ntr("{n} ballot", "{n} ballots", len(facts.ballots)),
        kind=tr("Ballots"),
        name=clean(facts.cycle),
        first_head=tr("cut along the dashes"),
        number=number_of("ballots", facts),
        rubric_version=facts.versions,
        paper=facts.paper,
        as_of=facts.made_at,
    )

    def story(_pages: Mapping[str, int]) -> list[Any]:
        width, height = look.text_size
        found: list[Any] = []
        before = ""
        for ballot in facts.ballots:
            places = (PagePlace(f"ballot-{ballot.member}", ballot.member),) if ballot.member != before else ()
            found += [block(width, _slip(facts.cycle, ballot, width), whole=height, places=places)]
            before = ballot.member
        return found

    return compose(look, [story], progress)


def _slip(cycle: str, ballot: Ballot, width: float) -> list[Any]:
    who = tr("{name}, seat {n}").format(name=clean(ballot.voter), n=ballot.seat) if ballot.seat else clean(ballot.voter)
    member = tr("{name}, {way}").format(name=clean(ballot.member), way=ballot.way)
    head = Columns(
        [
            FlowColumn(0, width * 0.6, (plain(member, HEAD),)),
            FlowColumn(width * 0.6, width * 0.4, (plain(who, BODY.right()),)),
        ]
    )
    found: list[Any] = [head, Space(2)]
    how = tr("{cycle}. Mark one box a line, alone and before anyone talks; only lines that are called are voted on.")
    found += [plain(how.format(cycle=clean(cycle)), TABLE.soft()), Space(6)]
    for cell in (*ballot.cells, None) if ballot.seat else ():
        found += _line(cell, width)
    if ballot.outcome:
        found += _outcome(width)
    return [*found, _cut(width)]


def _line(cell: BallotCell | None, width: float) -> list[Any]:
    """A cell with its boxes; without one, room for a cell that nobody foresaw."""

    def boxes(canvas: Any) -> None:
        canvas.setStrokeColor(colour("ink_soft"))
        canvas.setLineWidth(0.7)
        for place, score in enumerate("1234"):
            canvas.roundRect(place * _STEP, 0, _BOX, _BOX, 2.5, stroke=1, fill=0)
            write(canvas, place * _STEP + _BOX / 2, 4.5, score, TABLE.soft().centred())
        left = 4 * _STEP + 4
        canvas.roundRect(left, 0, _BOX, _BOX, 2.5, stroke=1, fill=0)
        words, type_ = shrunk(tr("no score"), TABLE.soft(), _BOXES - left - _BOX - 4, 6)
        write(canvas, left + _BOX + 4, 4.5, words, type_)

    def named(canvas: Any) -> None:
        words = tr("Another dimension:")
        write(canvas, 0, 4, words, TABLE.soft())
        _ruled(canvas, 88, width - _BOXES - 20)

    def why(canvas: Any) -> None:
        write(canvas, 0, 4, tr("Why, if it is another score than your first:"), LABEL)
        _ruled(canvas, 190, width)

    left: tuple[Any, ...] = (Space(2), Drawn(width - _BOXES - 14, 14, named))
    if cell is not None:
        sentence = cell.sentence if len(cell.sentence) <= _LONGEST else fitted(cell.sentence, TABLE, 3 * width)
        left = (plain(cell.name, BODY.strong()), plain(sentence, TABLE))
    right = (Space(1), Drawn(_BOXES, _BOX, boxes))
    return [
        Columns([FlowColumn(0, width - _BOXES - 14, left), FlowColumn(width - _BOXES, _BOXES, right)]),
        Drawn(width, _WHY, why),
        Space(8),
    ]


def _outcome(width: float) -> list[Any]:
    """A box for each outcome."""
    each = width / 3

    def boxes(canvas: Any) -> None:
        canvas.setStrokeColor(colour("ink_soft"))
        canvas.setLineWidth(0.7)
        for place, outcome in enumerate(CalibrationOutcome):
            canvas.roundRect(place * each, 0, _BOX, _BOX, 2.5, stroke=1, fill=0)
            write(canvas, place * each + _BOX + 6, 4.5, outcome_word(outcome), TABLE)

    head = plain(tr("The committee’s vote on the outcome, when it is called"), BODY.strong())
    return [head, Space(4), Drawn(width, _BOX, boxes), Space(10)]


def _ruled(canvas: Any, start: float, end: float) -> None:
    canvas.setStrokeColor(colour("line_strong"))
    canvas.setLineWidth(0.6)
    canvas.line(start, 2, end, 2)


def _cut(width: float) -> Drawn:
    def paint(canvas: Any) -> None:
        canvas.saveState()
        canvas.setStrokeColor(colour("ink_soft"))
        canvas.setLineWidth(0.5)
        canvas.setDash(4, 4)
        canvas.line(0, 10, width, 10)
        canvas.restoreState()

    return Drawn(width, 26, paint)
