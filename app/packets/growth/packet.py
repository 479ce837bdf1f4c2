"""The growth plan on paper: gaps against the bar, the goals, the check-ins and room for the next one; then evidence."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from reportlab.platypus import PageBreak

from app.domain.growth import Gap
from app.packets.growth.evidence import EVIDENCE, PANEL, growth_evidence_pages, panel_pages
from app.packets.growth.gaps import gap_columns
from app.packets.growth.goals import goal_block
from app.packets.paper.flow import Columns, Drawn, FlowColumn, PagePlace, Space, block, kept_together, ruled_line
from app.packets.paper.level_parts import day_on_paper
from app.packets.paper.number import number_of
from app.packets.paper.page import Packet, PaperLook, Progress, compose
from app.packets.paper.strip import SMALL_CELL, SMALL_STEP, PaperCell, draw_cell, draw_state
from app.packets.paper.type import (
    BODY,
    CAP_HEIGHT,
    CAPTION,
    HEAD,
    LABEL,
    TABLE,
    TITLE,
    VERDICT,
    clean,
    fitted,
    measure,
    plain,
    write,
)
from app.phrases.growth import head_words, settled_words
from app.phrases.readiness import said_of
from app.phrases.rubric import count_word, way_word
from app.queries.growth_packet import GrowthFacts
from app.words import day, long_day, moment, ntr, sentence_list, tr

PLAN = "plan"
_RIGHT = 0.61  # where the right column of the foot begins, of the text's width
_WHEN = 68.0  # points: a date
_YEAR_DAYS = 365
_DISC = 4.4  # points: radius of the shape beside the word
_UNDER = 13.0  # points: words under a strip
_TALKS = 4  # check-ins printed on page one
_LINE = 19.0  # points between two lines to write on


def growth_packet(facts: GrowthFacts, progress: Progress | None = None) -> Packet:
    """The packet of a growth plan: the same facts give the same bytes. Raises what `progress` raises."""
    look = PaperLook(
        title=tr("Growth plan: {name}").format(name=facts.name),
        subject=tr("{level} to {target}").format(level=facts.level, target=facts.against),
        kind=tr("Growth plan"),
        name=facts.name,
        first_head=tr("as of {when}").format(when=moment(facts.as_of, facts.zone)),
        number=number_of("growth", facts),
        rubric_version=facts.rubric_version,
        paper=facts.paper,
        as_of=facts.as_of,
        strip=paper_strip_of(facts, facts.gaps),
    )

    def story(pages: Mapping[str, int]) -> list[Any]:
        width, height = look.text_size
        found = growth_front_page(facts, width, pages)
        if facts.facts:
            found += [PageBreak(), *growth_evidence_pages(facts, width)]
        if any(f.from_panel for f in facts.facts):
            found += kept_together(panel_pages(facts, width), width, height, 120, 26)
        return found

    return compose(look, [story], progress)


def paper_strip_of(facts: GrowthFacts, cells: Sequence[Gap]) -> tuple[PaperCell, ...]:
    """Gaps as a strip of the running head."""
    narrow = {id_: name for id_, _, name in facts.dimensions}
    return tuple(
        PaperCell(
            g.dimension,
            narrow[g.dimension],
            g.bar or 1,
            g.state,
            g.core,
            g.score if g.bar is not None else None,
            g.high,
        )
        for g in cells
    )


def growth_front_page(facts: GrowthFacts, width: float, pages: Mapping[str, int]) -> list[Any]:
    """Who, the gaps, the goals, the check-ins and the next one."""
    word, why = head_words({id_: name for id_, name, _ in facts.dimensions}, facts.gaps, facts.readiness, facts.outcome)
    half = round(width * 0.76)
    head = Columns(
        [
            FlowColumn(0, half, (plain(facts.name, TITLE), Space(2), plain(_line(facts), BODY.soft()))),
            FlowColumn(
                half,
                width - half,
                (Space(4), _word(facts, word, width - half), Space(2), plain(why, TABLE.soft().right())),
            ),
        ],
        places=(PagePlace(PLAN, tr("Growth plan")),),
    )
    found: list[Any] = [head, Space(18), gap_columns(facts, width), Space(3), plain(_key(facts), CAPTION), Space(16)]
    found += [block(width, [plain(_goals_title(facts), HEAD), Space(5)]), ruled_line(width, ink="line_strong")]
    if not facts.goals:
        found.append(block(width, [Space(6), plain(tr("No goal is open."), TABLE.soft())]))
    for number, goal in enumerate(facts.goals, start=1):
        found += [goal_block(facts, goal, number, width), ruled_line(width)]
    found += [Space(14), _foot(facts, width, pages)]
    return found


def _word(facts: GrowthFacts, word: str, width: float) -> Any:
    """The word at the right, with the shape of its readiness where it has one."""
    readiness = facts.readiness
    if readiness is None:
        return plain(word, VERDICT.right())

    def paint(canvas: Any) -> None:
        write(canvas, width, 5, word, VERDICT.right())
        middle = 5 + CAP_HEIGHT * VERDICT.size / 2
        draw_state(canvas, width - measure(word, VERDICT) - 10, middle, said_of(readiness, facts.outcome).shape, _DISC)

    return Drawn(width, VERDICT.leading, paint)


def _line(facts: GrowthFacts) -> str:
    here = tr("{title} ({level})").format(title=clean(facts.title), level=facts.level)
    if facts.target is None:
        return tr("{here}, stays and deepens").format(here=here)
    there = tr("{title} ({level})").format(title=clean(facts.against_title), level=facts.against)
    words = tr("{here} to {there}").format(here=here, there=there)
    return f"{words}, {way_word(facts.way)}" if facts.way else words


def _key(facts: GrowthFacts) -> str:
    words = [tr("Nobody has assessed this level yet.")]
    if facts.assessed_on is not None:
        who = sentence_list([clean(r) for r in facts.raters])
        words = [
            tr("Assessed against {level} by {who}, {day}.").format(
                level=facts.against, who=who, day=day(facts.assessed_on)
            )
        ]
    if facts.settled_by is not None:
        words.append(settled_words(facts.settled_by))
    if facts.session_on is not None:
        words.append(tr("With the second scores of the session of {day}.").format(day=day(facts.session_on)))
    words.append(tr("Core dimensions in semibold. The heavy line is the bar."))
    return " ".join(words)


def _goals_title(facts: GrowthFacts) -> str:
    goals, gaps = len(facts.goals), sum(g.is_gap for g in facts.gaps)
    first = ntr("{{count}} goal", "{{count}} goals", goals).format(count=count_word(goals))
    first = first[:1].upper() + first[1:]
    if not gaps:
        return first
    return tr("{goals} from {gaps}").format(
        goals=first, gaps=ntr("{{count}} gap", "{{count}} gaps", gaps).format(count=count_word(gaps))
    )


def _foot(facts: GrowthFacts, width: float, pages: Mapping[str, int]) -> Columns:
    right = round(width * _RIGHT)
    left = right - 22
    items: list[Any] = [plain(tr("Check-ins"), HEAD), Space(5)]
    for talk in facts.talks[:_TALKS]:
        items += [_dated(_when(facts, talk.on), [plain(talk.said or tr("held"), TABLE)], left), Space(3)]
    if facts.agreed_on is not None:
        words = tr("Plan agreed by {name}.").format(name=clean(facts.name))
        items += [_dated(_when(facts, facts.agreed_on), [plain(words, TABLE)], left), Space(3)]
    for rated in facts.ratings[:2]:
        words = tr("assessed, against {level}").format(level=rated.level)
        strip = _strip_line(paper_strip_of(facts, rated.cells), words, left - _WHEN)
        items += [_dated(_when(facts, rated.on), [strip], left), Space(3)]
    if facts.rerate_on is not None:
        words = tr("To be rated again against the same sentences by {day}.").format(day=day(facts.rerate_on))
        items += [Space(4), plain(words, TABLE.soft())]
    where = []
    if pages.get(EVIDENCE):
        where.append(tr("Evidence by dimension and month is on page {n}.").format(n=pages.get(EVIDENCE)))
    if pages.get(PANEL):
        where.append(tr("What was shared from the interviews is on page {n}.").format(n=pages.get(PANEL)))
    if where:
        items += [Space(4), plain(" ".join(where), TABLE.soft())]
    return Columns(
        [FlowColumn(0, left, tuple(items)), FlowColumn(right, width - right, tuple(_next(facts, width - right)))],
        whole=420,
    )


def _when(facts: GrowthFacts, on: date) -> str:
    """A day of the last year without its year; an older one short, with it."""
    near = (facts.as_of.astimezone(facts.zone).date() - on).days < _YEAR_DAYS
    return day(on).rsplit(" ", 1)[0] if near else day_on_paper(on)


def _dated(when: str, items: Sequence[Any], width: float) -> Columns:
    return Columns(
        [FlowColumn(0, _WHEN - 6, (plain(when, TABLE.soft()),)), FlowColumn(_WHEN, width - _WHEN, tuple(items))]
    )


def _next(facts: GrowthFacts, width: float) -> list[Any]:
    when = long_day(facts.next_on).rsplit(" ", 1)[0] if facts.next_on is not None else tr("not planned yet")
    found: list[Any] = [plain(tr("Next, {when}").format(when=when), HEAD), Space(5)]
    prompts = (tr("Did the when happen?"), tr("What did you do?"), tr("What next?"))
    for prompt in prompts:
        found.append(plain(prompt, LABEL))
        found += [
            ruled_line(width, before=_LINE, ink="line_strong"),
            ruled_line(width, before=_LINE, after=7, ink="line_strong"),
        ]
    return found


def _strip_line(cells: Sequence[PaperCell], words: str, width: float) -> Drawn:
    """A small strip with its words behind it, or under it where both have no room beside each other."""
    wide = len(cells) * SMALL_STEP
    beside = wide + 5 + measure(words, TABLE) <= width

    def paint(canvas: Any) -> None:
        for number, cell in enumerate(cells):
            up = 1 if beside else 1 + _UNDER
            draw_cell(canvas, number * SMALL_STEP, up, SMALL_CELL, cell.bar, cell.score, cell.high)
        write(canvas, wide + 5 if beside else 0, 3.4, fitted(words, TABLE, width), TABLE)

    return Drawn(width, 12 if beside else 12 + _UNDER, paint)
