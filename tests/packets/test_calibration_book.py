"""A whole calibration as one PDF: for the committee without what was decided, for the record with it."""

from __future__ import annotations

from collections.abc import Iterator
from io import BytesIO
from pathlib import Path

import pikepdf
import pytest

from app.actions import calibration, calibration_session, committee
from app.domain.calibration import CalibrationOutcome
from app.domain.committee import Office
from app.errors import NotYet
from app.packets.paper.page import Packet
from app.packets.printables import BOOK, RECORD, hand_out
from tests.actions.calibrating import DANA, JOEL, TOMASZ, Team
from tests.packets.test_promotion import text_of


@pytest.fixture
def team(tmp_path: Path) -> Iterator[Team]:
    made = Team(tmp_path)
    yield made
    made.workspace.close()


def held(team: Team) -> None:
    """A session with a note, a vote and an outcome."""
    team.all_in()
    calibration.start(team.workspace, team.cycle)
    anders = team.of(team.anders).proposal
    committee.seat(team.workspace, team.cycle, JOEL, Office.CHAIR, votes=True)
    committee.open_vote(team.workspace, anders)
    vote = team.of(team.anders).vote
    assert vote is not None
    committee.cast(team.workspace, vote.id, JOEL, CalibrationOutcome.PROMOTE)
    committee.end_vote(team.workspace, vote.id)
    calibration_session.note(team.workspace, anders, "Search asked him to lead it")
    calibration_session.decide(
        team.workspace, anders, CalibrationOutcome.PROMOTE, "The core is covered", [(DANA, "Too early by a quarter")]
    )


def outline(packet: Packet) -> list[str]:
    with pikepdf.open(BytesIO(packet.bytes)) as pdf, pdf.open_outline() as found:
        return [item.title for item in found.root]


def test_the_record_has_all_of_it_and_the_minutes(team: Team) -> None:
    held(team)
    made = RECORD.print(team.workspace, team.cycle)
    assert made.name == "Spring 2026, for the record.pdf"
    assert made.packet.bytes == RECORD.print(team.workspace, team.cycle).packet.bytes
    said = " ".join(text_of(made.packet))
    for words in ("The core is covered", "Too early by a quarter", "voted: promote (1 promote)", "Joel Abara: promote"):
        assert words in said
    assert outline(made.packet) == ["Who is in it", "Anders Mbeki", "Nadia Rousselle", "Minutes"]
    assert hand_out(team.workspace, made, None).words == "book of Spring 2026"


def test_the_committees_has_nothing_of_what_was_decided(team: Team) -> None:
    held(team)
    packet = BOOK.print(team.workspace, team.cycle).packet
    said = " ".join(text_of(packet))
    for words in ("The core is covered", "Too early", "voted: ", "Search asked him", "Minutes", "Outcome: Promote"):
        assert words not in said
    assert "Nothing is decided in it" in said
    assert outline(packet) == ["Who is in it", "Anders Mbeki", "Nadia Rousselle"]


def test_every_link_leads_to_a_page_of_the_same_part(team: Team) -> None:
    held(team)
    packet = RECORD.print(team.workspace, team.cycle).packet
    with pikepdf.open(BytesIO(packet.bytes)) as pdf:
        assert len(pdf.pages) == packet.pages
        numbers = {page.obj.objgen: at for at, page in enumerate(pdf.pages)}
        leads = [
            (at, numbers[link.Dest[0].objgen])
            for at, page in enumerate(pdf.pages)
            if "/Annots" in page.obj
            for link in page.obj.Annots.as_list()
            if "/Dest" in link
        ]
        with pdf.open_outline() as found:
            starts = [numbers[item.destination[0].objgen] for item in found.root]
    assert leads
    for at, to in leads:
        assert sum(start <= at for start in starts) == sum(start <= to for start in starts)


def test_nothing_is_bound_while_somebody_is_sealed_or_before_the_session(team: Team) -> None:
    with pytest.raises(NotYet, match="sealed to you"):
        BOOK.print(team.workspace, team.cycle)
    team.all_in()
    assert "Anders Mbeki" in " ".join(text_of(BOOK.print(team.workspace, team.cycle).packet))
    with pytest.raises(NotYet, match="has not begun"):
        RECORD.print(team.workspace, team.cycle)
    with team.workspace.acting(TOMASZ):
        assert BOOK.print(team.workspace, team.cycle).packet.pages > 4
