"""A job description on paper: what an applicant reads, and nothing of how they will be scored."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from app.domain.job_description import BlockKind, TextBlock
from app.packets.paper.flow import Columns, FlowColumn, PagePlace, Space, block, kept_together
from app.packets.paper.number import number_of
from app.packets.paper.page import Packet, PaperLook, Progress, compose
from app.packets.paper.type import BODY, HEAD, TITLE, plain
from app.queries.openings import JobFacts
from app.words import tr

_INDENT = 14.0  # points: an item behind its bullet
_LEAST = 90.0  # points: a heading stays with so much of what is under it


def job_description(facts: JobFacts, progress: Progress | None = None) -> Packet:
    """The packet of a job description: the same facts give the same bytes. Raises what `progress` raises."""
    look = PaperLook(
        title=tr("Job description: {role}").format(role=facts.role),
        subject=facts.organisation,
        kind=tr("Job description"),
        name=facts.role,
        first_head=facts.organisation,
        number=number_of("job description", facts),
        rubric_version="",
        paper=facts.paper,
        as_of=facts.as_of,
        edition=facts.code,
    )

    def story(_pages: Mapping[str, int]) -> list[Any]:
        width, height = look.text_size
        place = PagePlace("job", tr("Job description"))
        found: list[Any] = [block(width, [plain(facts.role, TITLE), Space(10)], places=(place,))]
        for part in _parts(facts.blocks):
            found += kept_together([_drawn(one, width) for one in part], width, height, _LEAST, _before(part))
        return found

    return compose(look, [story], progress)


def _parts(blocks: tuple[TextBlock, ...]) -> list[list[TextBlock]]:
    """Each heading with what is under it."""
    parts: list[list[TextBlock]] = []
    for one in blocks:
        if one.kind is BlockKind.HEADING or not parts:
            parts.append([])
        parts[-1].append(one)
    return parts


def _before(part: list[TextBlock]) -> float:
    return 12 if part[0].kind is BlockKind.HEADING else 0


def _drawn(one: TextBlock, width: float) -> Columns:
    if one.kind is BlockKind.HEADING:
        return block(width, [plain(one.text, HEAD), Space(4)])
    if one.kind is BlockKind.ITEM:
        dot = FlowColumn(0, _INDENT, (plain("•", BODY.soft()),))
        return Columns([dot, FlowColumn(_INDENT, width - _INDENT, (plain(one.text, BODY), Space(3)))])
    return block(width, [plain(one.text, BODY), Space(7)])
