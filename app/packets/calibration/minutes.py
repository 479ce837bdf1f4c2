"""The minutes of a calibration: who was talked about in which order, each vote, each outcome with its reason."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import timedelta
from typing import Any

from app.domain.calibration import CLOSING, OPENING
from app.domain.committee import HeldVote
from app.domain.guide import Guide
from app.packets.paper.flow import Columns, FlowColumn, PagePlace, Space, block, ruled_line
from app.packets.paper.level_parts import strip_line
from app.packets.paper.number import number_of
from app.packets.paper.page import Packet, PaperLook, Progress, compose
from app.packets.paper.type import BODY, HEAD, LABEL, TABLE, TITLE, TextSpan, plain, rich
from app.phrases.committee import ballots_words, result_words, seats_words, short_result, turn_words
from app.phrases.readiness import carried_words, readiness_line, said_of
from app.phrases.rubric import count_word, outcome_word, upper_first
from app.queries.calibration import CalibrationMember
from app.queries.minutes import MinutesFacts
from app.records.calibration import JudgedMember
from app.words import clock, day, moment, ntr, sentence_list, short_day, tr

_TIME, _NAME, _WAY, _WORD = 52.0, 130.0, 96.0, 130.0  # points


def minutes(facts: MinutesFacts, progress: Progress | None = None) -> Packet:
    """The minutes: the same facts give the same bytes."""
    page = facts.page
    look = PaperLook(
        title=tr("Minutes: {name} calibration").format(name=page.name),
        subject=ntr("{n} member", "{n} members", len(page.members)),
        kind=tr("Calibration minutes"),
        name=page.name,
        first_head=tr("as of {moment}").format(moment=moment(facts.as_of, facts.zone)),
        number=number_of("minutes", facts),
        rubric_version=facts.page.versions,
        paper=facts.paper,
        as_of=facts.as_of,
    )

    def story(_pages: Mapping[str, int]) -> list[Any]:
        width, height = look.text_size
        found = [*_head(facts, width), *_outcomes(facts, width), *_agenda(facts, width)]
        for one in page.members:
            found += _member(facts, one, width, height)
        return [*found, *_carried(facts, width)]

    return compose(look, [story], progress)


def _head(facts: MinutesFacts, width: float) -> list[Any]:
    page = facts.page
    assert page.started_at is not None
    said = tr("Begun {moment}").format(moment=moment(page.started_at, facts.zone))
    said += tr(", minutes kept by {name}.").format(name=facts.kept_by) if facts.kept_by else "."
    if page.closed_at is not None:
        said += " " + tr("Closed {moment}.").format(moment=moment(page.closed_at, facts.zone))
    lines = [plain(tr("{name} calibration").format(name=page.name), TITLE), Space(4), plain(said, BODY.soft())]
    if page.seats:
        lines.append(plain(tr("On the committee: {names}.").format(names=seats_words(page.seats)), TABLE))
        lines.append(plain(ballots_words(page.ballots), TABLE.soft()))
    if page.start_reason:
        lines.append(plain(tr("Begun before everything was in: {why}").format(why=page.start_reason), TABLE))
    if page.reopen_reason:
        lines.append(plain(tr("Reopened: {why}").format(why=page.reopen_reason), TABLE))
    if page.window_from is not None and page.window_to is not None:
        words = tr("Evidence from {start} to {end}. The results before the session and after it are both kept.")
        lines.append(plain(words.format(start=day(page.window_from), end=day(page.window_to)), TABLE))
    lines.append(plain(f"{_moved_words(facts)} {tr('No distribution was set.')}", TABLE))
    return [
        block(width, lines, places=(PagePlace("minutes", tr("Minutes")),)),
        Space(10),
        *(_strip_key(facts, guide, width) for guide in facts.page.guides),
        Space(12),
    ]


def _outcomes(facts: MinutesFacts, width: float) -> list[Any]:
    """Everybody in a line each: from where to where, what was decided, what the committee voted."""
    voted = any(one.vote is not None for one in facts.page.members)
    outcome = 84.0
    rest = width - _NAME - _WAY - outcome
    found: list[Any] = [plain(tr("What was decided"), HEAD), ruled_line(width, before=3, after=5)]
    if voted:
        heads = (tr("Member"), tr("Proposed"), tr("Outcome"), tr("The committee’s vote"))
        found += _row([(wide, head, LABEL) for wide, head in zip((_NAME, _WAY, outcome, rest), heads, strict=True)])
    for one in facts.page.members:
        held = one.outcome
        word = outcome_word(held.outcome) if held is not None else tr("No outcome")
        vote = one.vote
        ended = vote is not None and not vote.open
        said = short_result(vote) if vote is not None and ended else tr("no vote") if voted else ""
        cells = (
            (_NAME, one.name, TABLE.medium()),
            (_WAY, tr("{level} to {target}").format(level=one.level, target=one.target), TABLE),
            (outcome, word, TABLE.medium() if held is not None else TABLE.soft()),
            (rest, said, TABLE.soft()),
        )
        found += _row(cells)
    return [*found, Space(12)]


def _moved_words(facts: MinutesFacts) -> str:
    """How many cells the session moved, and which way."""
    moved = facts.page.moved
    if not moved.up and not moved.down:
        return tr("No cell moved by the session.")
    ways = [tr("{n} up").format(n=count_word(moved.up))] if moved.up else []
    ways += [tr("{n} down").format(n=count_word(moved.down))] if moved.down else []
    return tr("Cells moved by the session: {ways}.").format(ways=sentence_list(ways))


def _strip_key(facts: MinutesFacts, guide: Guide, width: float) -> Any:
    """Which cell of a guide's strips is which dimension, once for all of them."""
    names = [d.short for d in guide.dimensions]
    several = tr("The strips by {guide}, from left to right: ").format(guide=guide.name)
    spans = [TextSpan(several if len(facts.page.guides) > 1 else tr("The strips, from left to right: "), 500)]
    for number, name in enumerate(names, start=1):
        spans += [TextSpan(f"{number}\u00a0", ink="ink_soft"), TextSpan(name.replace(" ", "\u00a0"))]
        spans.append(TextSpan(". " if number == len(names) else ", "))
    spans.append(
        TextSpan(
            tr("The number is the lower middle score; a cut corner says that others lie past the bar."), ink="ink_soft"
        )
    )
    return block(width, [rich(spans, TABLE)])


def _agenda(facts: MinutesFacts, width: float) -> list[Any]:
    page = facts.page
    assert page.started_at is not None
    found: list[Any] = [plain(tr("In this order"), HEAD), ruled_line(width, before=3, after=5)]
    found += _line(clock(page.started_at, facts.zone), tr("How we read a score"), "", OPENING, "")
    for turn in page.turns:
        one = page.member(turn.proposal)
        at = one.talked_again_at if turn.again else one.talked_at
        start = page.started_at + timedelta(minutes=turn.start)
        planned = clock(start, facts.zone) if turn.day is None else short_day(turn.day)
        name = tr("{name}, again").format(name=one.name) if turn.again else one.name
        held = tr("done {time}").format(time=clock(at, facts.zone)) if at is not None else tr("not talked about")
        way = tr("{level} to {target}").format(level=one.level, target=one.target)
        found += _line(planned, name, way, turn.minutes, held)
    last = max((t.start + t.minutes for t in page.turns if t.day is None), default=OPENING)
    at_last = clock(page.started_at + timedelta(minutes=last), facts.zone)
    found += _line(at_last, tr("A last look at all"), "", CLOSING, "")
    return [*found, Space(14)]


def _line(time: str, name: str, way: str, minutes: int, held: str) -> list[Any]:
    """A line of the agenda: when, who, from where to where, how long, what became of it."""
    cells = (
        (_TIME, time, TABLE.soft()),
        (_NAME, name, TABLE.medium()),
        (_WAY, way, TABLE),
        (_WORD, tr("{n} min").format(n=minutes), TABLE.soft()),
        (80.0, held, TABLE.soft()),
    )
    return _row(cells)


def _row(cells: Sequence[tuple[float, str, Any]]) -> list[Any]:
    columns, x = [], 0.0
    for wide, words, type_ in cells:
        columns.append(FlowColumn(x, wide - 6, (plain(words, type_),)))
        x += wide
    return [Columns(columns, whole=60)]


def _member(facts: MinutesFacts, one: CalibrationMember, width: float, height: float) -> list[Any]:
    judged = one.judged
    assert judged is not None
    verdict = judged.verdict
    line = readiness_line(verdict, judged.before if judged.after else None, one.guide)
    said = said_of(verdict.word, one.outcome.outcome if one.outcome is not None else "")
    decided = one.outcome is not None
    head = tr("{name}, {level} to {target}").format(name=one.name, level=one.level, target=one.target)
    items: list[Any] = [
        plain(head, HEAD),
        plain(
            f"{said.word}. {upper_first(said.aside)}: {line}" if said.aside else f"{said.word}: {line}", TABLE.soft()
        ),
        Space(3),
        strip_line(width, tr("Before"), judged.before, decided=decided),
    ]
    if judged.after is not None:
        voted = frozenset(v.dimension for v in judged.votes)
        items.append(strip_line(width, tr("After"), judged.after, voted, decided=decided))
    items += _votes(facts, judged)
    for vote in one.votes:
        items += _committee_vote(facts, vote)
    if one.note.strip():
        items += [Space(2), rich((TextSpan(tr("Said: "), 500), TextSpan(one.note)), TABLE)]
    for number, held in enumerate(one.outcomes):
        words = tr("{outcome}, by {name}, {moment}: ").format(
            outcome=outcome_word(held.outcome), name=held.by, moment=moment(held.at, facts.zone)
        )
        why = f" ({held.change_reason})" if number and held.change_reason else ""
        items += [Space(2), rich((TextSpan(words, 600), TextSpan(held.reason + why)), TABLE)]
        items += [
            rich((TextSpan(tr("{name} dissents: ").format(name=name), 500), TextSpan(text)), TABLE)
            for name, text in held.dissents
        ]
    if not one.outcomes:
        items += [Space(2), plain(tr("No outcome was recorded."), TABLE.soft())]
    place = (PagePlace(f"member-{one.proposal}", one.name, 1),)
    return [ruled_line(width, before=6, after=6), block(width, items, whole=height * 0.5, places=place)]


def _committee_vote(facts: MinutesFacts, vote: HeldVote) -> list[Any]:
    """What a vote came to, who took part in it how, and why it was held again or ended early."""
    if vote.ended_at is None:
        return [Space(2), plain(tr("The committee’s vote is open."), TABLE.soft())]
    head = tr("{result}, {time}.").format(result=result_words(vote), time=clock(vote.ended_at, facts.zone))
    turns = [f"{turn.name}: {turn_words(turn)}" for turn in vote.turns]
    parts = [f"{'; '.join(turns)}."] if turns else []
    parts += [tr("Voted again: {why}").format(why=vote.reason)] if vote.reason else []
    parts += [tr("Ended early: {why}").format(why=vote.end_reason)] if vote.end_reason else []
    return [Space(2), rich((TextSpan(f"{head} ", 600), TextSpan(" ".join(parts))), TABLE)]


def _votes(facts: MinutesFacts, judged: JudgedMember) -> list[Any]:
    found: list[Any] = []
    names = {g.rater: g for g in judged.first}
    for vote in judged.votes:
        parts = []
        for rater, again in vote.scores.items():
            first = names[rater].content.rating(vote.dimension).score if rater in names else None
            name = names[rater].name if rater in names else str(rater)
            shown = str(again.score) if again.score is not None else tr("no score")
            words = (
                tr("{name} {first}, then {second}") if again.score != first else tr("{name} {first} again")
            ).format(name=name, first=first, second=shown)
            parts.append(words + (f" (“{again.why}”)" if again.why else ""))
        dimension = judged.guide.dimension(vote.dimension).short
        head = tr("{dimension}, {time}: ").format(dimension=dimension, time=clock(vote.at, facts.zone))
        text = sentence_list(parts) + "." + (f" {vote.reason}" if vote.reason else "")
        found += [Space(2), rich((TextSpan(head, 500), TextSpan(text)), TABLE)]
    return found


def _carried(facts: MinutesFacts, width: float) -> list[Any]:
    """On the last page, and never on a screen others look at: whose view a word rests on."""
    lines: list[Any] = []
    for one in facts.page.members:
        assert one.judged is not None
        names = {g.key: g.name for g in one.judged.counted}
        lines += [
            plain(f"{one.name}: {carried_words(names.get(rater, rater), word)}", TABLE)
            for rater, word in one.judged.verdict.carried_by.items()
        ]
    if not lines:
        return []
    head = [Space(8), ruled_line(width, before=4, after=6), plain(tr("Words that rest on one rater"), LABEL), Space(2)]
    return [block(width, [*head, *lines], whole=300)]
