"""The role on a page, the level's expectations, and how the work is measured."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from app.packets.paper.flow import Columns, FlowColumn, PagePlace, Space, block, kept_together, ruled_line
from app.packets.paper.type import BODY, CAPTION, HEAD, LABEL, TABLE, TITLE, plain
from app.queries.offer import OfferFacts
from app.words import long_day, tr

_GUTTER = 28.0
_NAME = 96.0  # points: a dimension's name
_WEIGHTS = {"core": 0, "important": 1, "supporting": 2, "not_expected": 3}


def page_title(place: PagePlace, title: str, lead: str, width: float) -> list[Any]:
    """The head of a page that stands by itself."""
    return [block(width, [plain(title, TITLE), Space(3), plain(lead, BODY.soft())], places=(place,)), Space(16)]


def role_page(facts: OfferFacts, width: float, place: PagePlace) -> list[Any]:
    """What the job is for, and what it answers for."""
    job = facts.pages.role
    assert job is not None  # the page is left out where there is none
    found = page_title(place, job.title, job.purpose, width)
    found += _part(tr("What should be true because of you"), _bullets(job.outcomes), width)
    groups = [[plain(r.group, LABEL), Space(1), *_bullets(r.items, TABLE), Space(8)] for r in job.responsibilities]
    found += _part(tr("What you answer for"), [_two(groups, width)], width)
    return found


def rights_page(facts: OfferFacts, width: float, place: PagePlace) -> list[Any]:
    """What is decided alone, with peers or with approval, and whom the work is done with."""
    job = facts.pages.role
    assert job is not None  # the page is left out where there is none
    found = page_title(place, tr("What you decide"), tr("And whom you do it with."), width)
    partners = [[plain(s.name, TABLE.medium()), plain(s.what, TABLE.soft()), Space(5)] for s in job.stakeholders]
    rights = job.decision_rights
    decides = [
        [plain(words, LABEL), Space(1), *_bullets(items, TABLE), Space(8)]
        for words, items in (
            (tr("Alone"), rights.alone),
            (tr("With peers"), rights.with_peers),
            (tr("With approval"), rights.needs_approval),
            (tr("Hiring"), (rights.hiring,)),
        )
    ]
    found += [_two(decides, width), Space(14)]
    return found + _part(tr("Whom you work with"), [_two(partners, width)], width)


def level_page(facts: OfferFacts, width: float, place: PagePlace) -> list[Any]:
    """What the level asks on each dimension, the weightier ones first."""
    level = facts.level
    title = tr("{id}, {title}").format(id=level.id, title=level.title)
    found = page_title(place, title, tr("What this level means, on the dimensions everybody here grows by."), width)
    for name, text in (
        (tr("Scope"), level.scope),
        (tr("Autonomy"), level.autonomy),
        (tr("Impact"), level.impact),
        (tr("Horizon"), level.horizon),
        (tr("For example"), level.example),
    ):
        if text:
            found += _row(name, [plain(text, TABLE)], width)
    found += [Space(18), block(width, [plain(tr("Expectations"), HEAD), Space(6)]), ruled_line(width)]
    names = dict(facts.level_dimensions)
    expected = [(d, level.cells[d]) for d in names if d in level.cells and level.cells[d].weight != "not_expected"]
    words = {"core": tr("core"), "important": tr("important"), "supporting": tr("supporting")}
    for dimension, cell in sorted(expected, key=lambda pair: _WEIGHTS[pair[1].weight]):
        head = [plain(names[dimension], TABLE.medium()), plain(words[cell.weight], CAPTION)]
        found += _row_of(head, [plain(cell.expect, TABLE)], width)
    return found


def measures(facts: OfferFacts, width: float, height: float, place: PagePlace) -> list[Any]:
    """The goals of six and twelve months, and the measures of the role."""
    found = page_title(
        place, tr("Later, and how we measure"), tr("Figures are aims of the team, and count from a baseline."), width
    )
    for due in facts.horizons:
        if due.horizon.due_days is None or due.horizon.due_days <= 90:
            continue
        head = tr("{label}, by {day}").format(label=due.horizon.label, day=long_day(due.on))
        rows = [piece for goal in due.goals for piece in _goal(goal.text, goal.done_when, width)]
        found += kept_together(
            [block(width, [plain(head, HEAD), Space(5)]), ruled_line(width), *rows], width, height, 160, 14
        )
    if facts.pages.kpis:
        head = block(width, [plain(tr("Measures of the role"), HEAD), Space(5)])
        rows = [
            piece
            for kpi in facts.pages.kpis
            for piece in _row_of(
                [plain(kpi.name, TABLE.medium())],
                [plain(tr("{target}, read {every}").format(target=kpi.target, every=kpi.every), TABLE)],
                width,
                width * 0.4,
            )
        ]
        found += kept_together([head, ruled_line(width), *rows], width, height, 160, 18)
    return found


def _goal(text: str, done_when: str, width: float) -> list[Any]:
    return _row_of([plain(text, TABLE)], [plain(done_when, TABLE.soft())], width, width * 0.54)


def _part(title: str, items: Sequence[Any], width: float) -> list[Any]:
    return [block(width, [plain(title, HEAD), Space(5)]), *items, Space(10)]


def _bullets(items: Sequence[str], type_: Any = BODY) -> list[Any]:
    return [
        Columns(
            [
                FlowColumn(0, 10, (plain("–", type_.soft()),)),
                FlowColumn(10, 230 if type_ is TABLE else 470, (plain(i, type_),)),
            ]
        )
        for i in items
    ]


def _two(groups: Sequence[Sequence[Any]], width: float) -> Columns:
    """Two columns of nearly the same height, in reading order."""
    half = (width - _GUTTER) / 2
    heights = [sum(item.wrap(half, 100_000)[1] for item in group) for group in groups]
    total, left, split = sum(heights), 0.0, 0
    while split < len(groups) and left + heights[split] / 2 <= total / 2:
        left += heights[split]
        split += 1
    first = [item for group in groups[:split] for item in group]
    second = [item for group in groups[split:] for item in group]
    return Columns([FlowColumn(0, half, tuple(first)), FlowColumn(half + _GUTTER, half, tuple(second))])


def _row(name: str, items: list[Any], width: float) -> list[Any]:
    return _row_of([plain(name, TABLE.soft())], items, width)


def _row_of(name: list[Any], items: list[Any], width: float, at: float = _NAME) -> list[Any]:
    left = FlowColumn(0, at - 10, (Space(4), *name, Space(4)))
    right = FlowColumn(at, width - at, (Space(4), *items, Space(4)))
    return [Columns([left, right], whole=160), ruled_line(width)]
