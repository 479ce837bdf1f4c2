"""Work stories, what peers say, the manager's view after the evidence, the self-view, and the plan if it is not yet."""

from __future__ import annotations

from typing import Any

from app.domain.assessment import Relation
from app.domain.readiness import Readiness
from app.packets.flow import Column, Columns, Gap, Place, block, rule
from app.packets.levelparts import short_day
from app.packets.type import BODY, HEAD, TABLE, TITLE, Span, plain, rich
from app.phrases import no_score_word
from app.queries.promotion import PromotionFacts, Story
from app.readiness_phrases import change_sentences_of
from app.store.assessments import Given
from app.words import tr

_DATE = 62.0


def views_page(facts: PromotionFacts, width: float, height: float) -> list[Any]:
    """In this order, so that opinions come after what was seen."""
    title = tr("Work and views")
    chosen = tr("Work stories chosen for this packet.")
    best = tr("Of each core cell the telling with most dated evidence; nobody chose others.")
    said = [Gap(3), plain(chosen if facts.chosen else best, BODY.soft())] if facts.stories else []
    found: list[Any] = [
        block(width, [plain(title, TITLE), *said], places=(Place("views", title),)), rule(width, before=6, after=8)
    ]  # fmt: skip
    for story in facts.stories:
        found += [_story(facts, story, width, height), rule(width, before=7, after=7)]
    for heading, relation in (
        (tr("Peers"), Relation.PEER),
        (tr("The manager, after the evidence"), Relation.MANAGER),
        (tr("Self-view, which counts nowhere"), Relation.SELF),
    ):
        found += _views(facts, heading, facts.of(relation), width, height)
    if facts.judged.verdict.word is not Readiness.READY:
        lines: list[Any] = [Gap(8), plain(tr("If it is not yet"), HEAD), rule(width, before=3, after=5)]
        lines += [plain(sentence, BODY) for sentence in change_sentences_of(facts.judged.verdict, facts.short)]
        lines.append(
            plain(tr("Each of these is worth a goal of the growth plan, with a measure and a date."), TABLE.soft())
        )
        found.append(block(width, lines, whole=height * 0.5))
    return found


def _story(facts: PromotionFacts, story: Story, width: float, height: float) -> Any:
    items: list[Any] = [plain(facts.short(story.dimension), BODY.strong())]
    told = tr("Told by {name}.").format(name=story.by)
    items += [rich((Span(f"{story.words} " if story.words else ""), Span(told, ink="ink_soft")), BODY), Gap(3)]
    items += [
        Columns(
            [
                Column(0, _DATE - 4, (plain(short_day(on), TABLE.soft()),)),
                Column(_DATE, width - _DATE, (
                    rich((Span(text), Span(f"  {source}" if source else "", ink="ink_soft")), TABLE),
                )),
            ],
            whole=80,
        )
        for on, text, source in story.facts
    ]  # fmt: skip
    return block(width, items, whole=height * 0.4)


def _views(facts: PromotionFacts, heading: str, given: tuple[Given, ...], width: float, height: float) -> list[Any]:
    if not given:
        return []
    found: list[Any] = [Gap(6), plain(heading, HEAD), rule(width, before=3, after=5)]
    for one in given:
        scores = [
            f"{facts.short(r.dimension)} {r.score or no_score_word(r.reason or '', short=True)}"
            for d in facts.dimensions
            if (r := one.content.rating(d.id)).answered
        ]
        found.append(rich((Span(f"{one.name}: ", 500), Span(", ".join(scores))), TABLE))
        said = [
            f"{facts.short(d.id)}: {one.content.rating(d.id).words}"
            for d in facts.dimensions
            if one.content.rating(d.id).words
        ]
        found += [plain(words, TABLE.soft()) for words in said] + [Gap(4)]
    return [block(width, found, whole=height * 0.5)]
