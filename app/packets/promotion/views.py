"""Work stories, what peers say, the manager's view after the evidence, the self-view, and the plan if it is not yet."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from app.domain.assessment import Relation
from app.domain.readiness import Readiness
from app.packets.paper.flow import Columns, Drawn, FlowColumn, PagePlace, Space, block, ruled_line
from app.packets.paper.level_parts import CELL, STEP
from app.packets.paper.strip import draw_cell
from app.packets.paper.type import BODY, HEAD, TABLE, TITLE, TextSpan, fitted, plain, rich, write
from app.packets.promotion.cells import flowing
from app.phrases.readiness import change_sentences_of
from app.phrases.rubric import no_score_word, page_words
from app.queries.promotion import PromotionFacts, StoryFacts
from app.records.submitted_assessments import SubmittedAssessment
from app.words import ntr, sentence_list, tr

_LEFT = 112.0  # points: names and dimensions
_SAID = 340.0


def views_page(facts: PromotionFacts, width: float, height: float, pages: Mapping[str, int]) -> list[Any]:
    """In this order, so that opinions come after what was seen. What was told of the cells is not told again."""
    title = tr("Work and views")
    chosen = tr("Work stories chosen for this packet; what was seen stands with the cells.")
    best = tr("Of each core cell the telling with most dated evidence; nobody chose others.")
    said = [Space(3), plain(chosen if facts.chosen else best, BODY.soft())] if facts.stories else []
    parts: list[Any] = [_story(facts, story, width, height, pages) for story in facts.stories]
    for heading, relation in (
        (tr("Peers"), Relation.PEER),
        (tr("People who report to them"), Relation.REPORT),
        (tr("Others who were asked"), Relation.OTHER),
        (tr("Others who were asked; how they work together was not said"), Relation.NOT_SAID),
        (tr("The manager, after the evidence"), Relation.MANAGER),
        (tr("The manager’s manager, after the evidence"), Relation.SKIP_LEVEL),
        (tr("Self-view, which counts nowhere"), Relation.SELF),
    ):
        parts += _views(facts, heading, facts.of(relation), width, height)
    if facts.against:
        read = [g.name for g in facts.against if g.id in facts.judged.after_open]
        alone = tr("Strips hold the first scores, each given alone.")
        if read:
            words = tr("Strips hold the first scores, each given alone but for {names}: amended after all were open.")
            alone = words.format(names=sentence_list(read))
        parts.insert(len(facts.stories), plain(alone, TABLE.soft()))
    if facts.judged.verdict.word is not Readiness.READY:
        lines: list[Any] = [Space(8), plain(tr("If it is not yet"), HEAD), ruled_line(width, before=3, after=5)]
        lines += [plain(sentence, BODY) for sentence in change_sentences_of(facts.judged.verdict, facts.short)]
        lines.append(
            plain(tr("Each of these is worth a goal of the growth plan, with a measure and a date."), TABLE.soft())
        )
        parts.append(block(width, lines, whole=height * 0.5))
    if not parts:
        return []
    head = [
        block(width, [plain(title, TITLE), *said], places=(PagePlace("views", title),)),
        ruled_line(width, before=6, after=8),
    ]
    return flowing([*head, *parts], width, height)


def _story(facts: PromotionFacts, story: StoryFacts, width: float, height: float, pages: Mapping[str, int]) -> Any:
    """The words of who tells it, and where what was seen stands."""
    seen = ntr("{n} thing seen", "{n} things seen", len(story.facts))
    told = tr("Told by {name}: {seen}").format(name=story.by, seen=seen)
    if not story.facts:
        told = tr("Told by {name}").format(name=story.by)
    if (page := pages.get(story.dimension)) is not None and story.facts:
        told = tr("{told}, {page}").format(told=told, page=page_words(page))
    items: list[Any] = [plain(story.words, BODY)] if story.words.strip() else []
    items.append(rich((TextSpan(f"{told}.", ink="ink_soft"),), TABLE))
    name = (plain(facts.short(story.dimension), BODY.strong()),)
    below = ruled_line(width - _LEFT, before=5, after=5)
    columns = [FlowColumn(0, _LEFT - 8, name), FlowColumn(_LEFT, width - _LEFT, (*items, below))]
    return Columns(columns, whole=height * 0.4)


def _views(
    facts: PromotionFacts, heading: str, given: tuple[SubmittedAssessment, ...], width: float, height: float
) -> list[Any]:
    if not given:
        return []
    found: list[Any] = [Space(6), plain(heading, HEAD), ruled_line(width, before=3, after=5)]
    for one in given:
        found += [_scores(facts, one, width), *_said(facts, one), Space(5)]
    return [block(width, found, whole=height * 0.5)]


def _scores(facts: PromotionFacts, one: SubmittedAssessment, width: float) -> Drawn:
    """A rater's first scores as a strip, in the order of all strips."""
    bars = {c.dimension: c.bar for c in facts.judged.verdict.cells}

    def paint(canvas: Any) -> None:
        write(canvas, 0, 5.5, fitted(one.name, TABLE.medium(), _LEFT - 8), TABLE.medium())
        for place, dimension in enumerate(facts.dimensions):
            score = one.content.rating(dimension.id).score
            draw_cell(canvas, _LEFT + place * STEP, 2, CELL, bars.get(dimension.id) or 3, score)

    return Drawn(width, 20, paint)


def _said(facts: PromotionFacts, one: SubmittedAssessment) -> list[Any]:
    """What a rater said that no work story tells, and of what they have no score."""
    told = {(s.dimension, s.by) for s in facts.stories}
    found = []
    for dimension in facts.dimensions:
        rating = one.content.rating(dimension.id)
        words = rating.words if (dimension.id, one.name) not in told else ""
        if rating.reason is not None:
            words = f"{tr('not assessed, {why}.').format(why=no_score_word(rating.reason))} {words}"
        if words.strip():
            found.append(
                rich((TextSpan(f"{facts.short(dimension.id)}: ", ink="ink_soft"), TextSpan(words.strip())), TABLE)
            )
    return [Columns([FlowColumn(_LEFT, _SAID, (line,))]) for line in found]
