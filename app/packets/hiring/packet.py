"""The hiring packet, record copy: from facts to PDF bytes."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from reportlab.platypus import PageBreak

from app.packets.hiring.dossier import Dossier
from app.packets.hiring.evidence import evidence_pages
from app.packets.hiring.front import front_page
from app.packets.hiring.matrix import matrix_page
from app.packets.hiring.record import closing_pages
from app.packets.paper.number import packet_number
from app.packets.paper.page import Packet, PaperLook, Progress, Story, compose
from app.queries.hiring import HiringFacts
from app.words import moment, tr

__all__ = ["hiring_packet", "packet_number"]


def hiring_packet(facts: HiringFacts, progress: Progress | None = None) -> Packet:
    """The packet of an application: the same facts give the same bytes.

    `progress` hears how much is done (0 to 1) and at which page; what it raises ends the making.
    """
    look = _look(facts)

    def part(blocks: Callable[[Dossier], list[Any]]) -> Story:
        return lambda pages: blocks(Dossier(facts, *look.text_size, pages))

    def later(_pages: Mapping[str, int]) -> list[Any]:
        return [PageBreak()]

    parts = [part(front_page), part(matrix_page), later, part(evidence_pages), later, part(closing_pages)]
    return compose(look, parts, progress)


def _look(facts: HiringFacts) -> PaperLook:
    name = facts.candidate.name
    return PaperLook(
        title=tr("Hiring packet: {name}").format(name=name),
        subject=tr("{role}, {code}").format(role=facts.opening.role, code=facts.opening.code),
        kind=tr("Hiring packet, record copy"),
        name=name,
        first_head=tr("as of {moment}").format(moment=moment(facts.as_of, facts.zone)),
        number=packet_number(facts),
        rubric_version=facts.rubric.words,
        paper=facts.paper,
        as_of=facts.as_of,
        strip=Dossier(facts, 0, 0).strip,
    )
