"""The last page of a promotion packet, record copy: votes, what was said, outcome, dissent, who carries the word."""

from __future__ import annotations

from typing import Any

from app.domain.readiness import Readiness
from app.packets.paper.flow import PagePlace, Space, block, ruled_line
from app.packets.paper.type import BODY, HEAD, LABEL, TABLE, TITLE, TextSpan, plain, rich
from app.packets.promotion.cells import flowing
from app.phrases.readiness import carried_words
from app.phrases.rubric import outcome_word
from app.queries.promotion import PromotionFacts
from app.words import clock, day, moment, sentence_list, tr


def record_page(facts: PromotionFacts, width: float, height: float) -> list[Any]:
    """What was done in the session, by name."""
    title = tr("Record of the session")
    on = day(facts.session_on) if facts.session_on is not None else tr("not held yet")
    found: list[Any] = [
        block(
            width,
            [plain(title, TITLE), Space(3), plain(f"{facts.cycle}, {on}", BODY.soft())],
            places=(PagePlace("record", title),),
        ),
        ruled_line(width, before=6, after=8),
        plain(tr("Second scores, silent"), HEAD),
        Space(3),
    ]
    votes = _votes(facts)
    found += votes or [plain(tr("No cell was voted on again."), TABLE.soft())]
    if facts.note.strip():
        found += [Space(8), plain(tr("Said"), HEAD), Space(3), plain(facts.note, BODY)]
    found += [Space(8), plain(tr("Outcome"), HEAD), Space(3)]
    for number, held in enumerate(facts.outcomes):
        words = tr("{outcome}, by {name}, {moment}. ").format(
            outcome=outcome_word(held.outcome), name=held.by, moment=moment(held.at, facts.zone)
        )
        found.append(rich((TextSpan(words, 600), TextSpan(held.reason)), BODY))
        if number and held.change_reason:
            found.append(
                plain(tr("In the place of the earlier one: {why}").format(why=held.change_reason), TABLE.soft())
            )
        found += [
            rich((TextSpan(tr("{name} dissents: ").format(name=name), 500), TextSpan(text)), TABLE)
            for name, text in held.dissents
        ]
    if not facts.outcomes:
        found.append(plain(tr("None was recorded yet."), TABLE.soft()))
    return [*flowing(found, width, height, 5), *_carried(facts, width, height)]


def _votes(facts: PromotionFacts) -> list[Any]:
    names = {g.rater: g for g in facts.judged.first}
    found = []
    for vote in facts.judged.votes:
        parts = []
        for rater, again in vote.scores.items():
            first = names[rater].content.rating(vote.dimension).score if rater in names else None
            shown = again.score if again.score is not None else tr("no score")
            name = names[rater].name if rater in names else ""
            parts.append(tr("{name} {first}, then {second}").format(name=name, first=first, second=shown))
        head = tr("{dimension}, {time}: ").format(
            dimension=facts.short(vote.dimension), time=clock(vote.at, facts.zone)
        )
        text = sentence_list(parts) + "." + (f" {vote.reason}" if vote.reason else "")
        found.append(rich((TextSpan(head, 500), TextSpan(text)), TABLE))
    return found


def _nobody_carries(facts: PromotionFacts) -> str:
    """Why nobody is named: the rule leaves nobody out where it can't say, or where there is nobody to leave out."""
    raters = [g.name for g in facts.judged.counted if any(r.score is not None for r in g.content.ratings)]
    if facts.judged.verdict.word is Readiness.CANNOT_SAY:
        return tr("Not looked at: there is too little evidence for a word.")
    if len(raters) < 2:
        return tr("{name} is the only one who scored it.").format(name=sentence_list(raters) or tr("Nobody"))
    return tr(
        "No: whoever is left out, the others’ scores lead to no other word. How many raters a cell needs is left aside."
    )


def _carried(facts: PromotionFacts, width: float, height: float) -> list[Any]:
    names = {g.key: g.name for g in facts.judged.newest}
    carried = facts.judged.verdict.carried_by
    lines: list[Any] = [
        Space(10),
        ruled_line(width, before=2, after=6),
        plain(tr("Does one rater carry it"), LABEL),
        Space(2),
    ]
    lines += [plain(carried_words(names.get(r, r), word), TABLE) for r, word in carried.items()]
    if not carried:
        lines.append(plain(_nobody_carries(facts), TABLE))
    return [block(width, lines, whole=height * 0.4)]
