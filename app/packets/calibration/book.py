"""A whole calibration as one PDF: who is in it on the first page, each member's packet, for the record the minutes."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping, Sequence
from typing import Any

from app.packets.calibration.minutes import minutes
from app.packets.paper.binding import Bound, bind
from app.packets.paper.flow import Columns, FlowColumn, PagePlace, Space, block, ruled_line
from app.packets.paper.number import number_of
from app.packets.paper.page import Packet, PaperLook, Progress, compose
from app.packets.paper.type import BODY, LABEL, TABLE, TITLE, plain
from app.packets.promotion.packet import promotion_packet
from app.phrases.committee import seats_words, short_result
from app.phrases.readiness import readiness_word
from app.phrases.rubric import outcome_word
from app.queries.calibration import CalibrationMember
from app.queries.calibration_book import BookFacts
from app.words import day, moment, ntr, tr

_PLACE, _NAME, _WAY, _MANAGER, _WORD = 20.0, 112.0, 80.0, 88.0, 58.0  # points


def calibration_book(facts: BookFacts, progress: Progress | None = None) -> Packet:
    """The book: the same facts give the same bytes."""
    title = tr("{name} calibration").format(name=facts.page.name)
    number = number_of("calibration book", facts)
    parts = [Bound(tr("Who is in it"), _front(facts, title, number))]
    for place, member in enumerate(facts.members):
        if progress is not None:
            progress(place / len(facts.members), member.name)
        parts.append(Bound(member.name, promotion_packet(member)))
    if facts.minutes is not None:
        parts.append(Bound(tr("Minutes"), minutes(facts.minutes)))
    content, pages = bind(parts, title, number)
    return Packet(content, number, hashlib.sha256(content).hexdigest(), pages)


def _front(facts: BookFacts, title: str, number: str) -> Packet:
    page = facts.page
    kind = tr("Calibration, for the record") if facts.record else tr("Calibration, for the committee")
    look = PaperLook(
        title=title,
        subject=ntr("{n} member", "{n} members", len(page.members)),
        kind=kind,
        name=page.name,
        first_head=tr("as of {moment}").format(moment=moment(facts.as_of, facts.zone)),
        number=number,
        rubric_version=facts.page.versions,
        paper=facts.paper,
        as_of=facts.as_of,
    )

    def story(_pages: Mapping[str, int]) -> list[Any]:
        width = look.text_size[0]
        return [block(width, _head(facts, title), places=(PagePlace("book", title),)), *_members(facts, width)]

    return compose(look, [story])


def _head(facts: BookFacts, title: str) -> list[Any]:
    page = facts.page
    lines = [plain(title, TITLE), Space(6)]
    said = (
        tr("With what was decided. Each member’s packet follows, then the minutes.")
        if facts.record
        else tr("Nothing is decided in it: what the rule says is what the assessments come to. Each packet follows.")
    )
    lines.append(plain(said, BODY.soft()))
    if page.window_from is not None and page.window_to is not None:
        words = tr("Evidence from {start} to {end}.")
        lines.append(plain(words.format(start=day(page.window_from), end=day(page.window_to)), TABLE))
    if page.seats:
        lines.append(plain(tr("On the committee: {names}.").format(names=seats_words(page.seats)), TABLE))
    return [*lines, Space(16)]


def _members(facts: BookFacts, width: float) -> list[Any]:
    heads = ("", tr("Member"), tr("Proposed"), tr("Manager"), tr("By the rule"))
    last = width - _PLACE - _NAME - _WAY - _MANAGER - _WORD
    wide = (_PLACE, _NAME, _WAY, _MANAGER, _WORD, last)
    found = _row([(w, (plain(head, LABEL),)) for w, head in zip(wide, (*heads, _last_head(facts)), strict=True)])
    found.append(ruled_line(width, before=2, after=5))
    for place, one in enumerate(facts.page.members, start=1):
        cells = (
            (str(place), TABLE.soft()),
            (one.name, TABLE.medium()),
            (tr("{level} to {target}").format(level=one.level, target=one.target), TABLE),
            (one.manager_name, TABLE.soft()),
            (readiness_word(one.judged.verdict.word) if one.judged is not None else "", TABLE),
        )
        written = [(w, (plain(words, type_),)) for w, (words, type_) in zip(wide, cells, strict=False)]
        found += _row([*written, (last, _decided(facts, one))])
    return found


def _last_head(facts: BookFacts) -> str:
    return tr("Outcome") if facts.record else tr("To be decided")


def _decided(facts: BookFacts, one: CalibrationMember) -> tuple[Any, ...]:
    """What was decided, and under it what the committee voted; for the committee, room to write."""
    if not facts.record:
        return (plain("______________", TABLE.soft()),)
    decided = one.outcome is not None
    word = outcome_word(one.outcome.outcome) if one.outcome is not None else tr("No outcome")
    found = [plain(word, TABLE.medium() if decided else TABLE.soft())]
    if one.vote is not None and not one.vote.open:
        found.append(plain(tr("voted: {result}").format(result=short_result(one.vote)), TABLE.soft()))
    return tuple(found)


def _row(cells: Sequence[tuple[float, tuple[Any, ...]]]) -> list[Any]:
    columns, x = [], 0.0
    for wide, content in cells:
        columns.append(FlowColumn(x, wide - 6, content))
        x += wide
    return [Columns(columns, whole=60), Space(2)]
