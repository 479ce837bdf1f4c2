"""A letter to a member on a calibration's outcome, on paper."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from app.packets.paper.flow import Columns, FlowColumn, PagePlace, Space, block
from app.packets.paper.number import number_of
from app.packets.paper.page import Packet, PaperLook, compose
from app.packets.paper.type import BODY, HEAD, plain
from app.queries.outcome_letters import OutcomeLetter
from app.words import day, tr

_MEASURE = 380.0  # points: a line that is read with ease


def outcome_letter(letter: OutcomeLetter) -> Packet:
    """The letter: the same facts give the same bytes."""
    look = PaperLook(
        title=letter.written.subject,
        subject=letter.organisation,
        kind=tr("Letter"),
        name=letter.name,
        first_head=letter.organisation,
        number=number_of("outcome letter", letter),
        rubric_version="",
        paper=letter.paper,
        as_of=letter.decided_at,
        edition=letter.calibration,
    )

    def story(_pages: Mapping[str, int]) -> list[Any]:
        width = min(look.text_size[0], _MEASURE)
        when = day(letter.decided_at.astimezone(letter.zone).date())
        head = [plain(letter.name, BODY), Space(2), plain(when, BODY.soft()), Space(26)]
        found: list[Any] = [
            block(
                width,
                [*head, plain(letter.written.subject, HEAD), Space(12)],
                places=(PagePlace("letter", tr("Letter")),),
            )
        ]
        for paragraph in letter.written.paragraphs:
            lines = paragraph.splitlines()
            found += [Columns([FlowColumn(0, width, (plain(line, BODY), Space(2)))]) for line in lines]
            found.append(Space(8))
        return found

    return compose(look, [story])
