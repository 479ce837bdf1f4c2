"""The late pages: interviewers and their cards, votes by name and who carries the zone, the record and its timeline."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from app.domain.scorecard import Card
from app.packets.colour import colour
from app.packets.dossier import Dossier
from app.packets.flow import Column, Columns, Drawn, Gap, Place, block, kept_together, rule
from app.packets.front import CARDS, RECORD, VOTES, fact, labelled, signed
from app.packets.phrases import (
    limit_words,
    must_haves_not_met,
    names_of,
    one_decimal,
    rating_words,
    verdict_words,
    vote_word,
    without_words,
)  # fmt: skip
from app.packets.strip import SMALL_CELL, SMALL_STEP, draw_cell
from app.packets.type import BODY, CAPTION, HEAD, LABEL, TABLE, Span, clean, plain, rich
from app.queries.hiring import CardFacts, InterviewFacts
from app.words import day, moment, sentence_list, tr

_FACT = 80.0


def closing_pages(dossier: Dossier) -> list[Any]:
    """Three sections, one after the other."""
    width, height = dossier.width, dossier.height
    return [
        *_cards(dossier),
        *kept_together(_votes(dossier), width, height * 0.7, 220, 28),
        *kept_together(_record(dossier), width, height * 0.5, 220, 28),
        *_timeline(dossier),
    ]


def _head(dossier: Dossier, key: str, title: str, lead: str = "") -> Columns:
    words = [plain(title, HEAD), *([plain(lead, BODY.soft())] if lead else []), Gap(8)]
    return block(dossier.width, words, places=(Place(key, title),), whole=200)


def _table(width: float, shares: Sequence[float], rows: Sequence[Sequence[Any]]) -> list[Any]:
    """Rows of paragraphs with a line under each; `shares` are the columns' parts of the width."""
    edges = [sum(shares[:n]) * width for n in range(len(shares))]
    found: list[Any] = []
    for row in rows:
        columns = [
            Column(x, share * width - 8, (Gap(4), *(item if isinstance(item, list) else [item]), Gap(4)))
            for x, share, item in zip(edges, shares, row, strict=True)
        ]
        found += [Columns(columns, whole=160), rule(width)]
    return found


def _cards(dossier: Dossier) -> list[Any]:
    names = [tr("Interviewer"), tr("Interview"), tr("Card"), tr("Scores; planned ones underlined")]
    lead = tr("Each first card was written before its author could see another’s. An amended one stays as history.")
    found: list[Any] = [_head(dossier, CARDS, tr("Interviewers and their cards"), lead)]
    shares = (0.23, 0.28, 0.22, 0.27)
    rows: list[list[Any]] = [[plain(n, CAPTION) for n in names]]
    rows += [_card_row(dossier, interview) for interview in dossier.facts.interviews]
    return found + _table(dossier.width, shares, rows)


def _card_row(dossier: Dossier, interview: InterviewFacts) -> list[Any]:
    zone = dossier.facts.zone
    who = [plain(interview.interviewer.name, TABLE.medium()), plain(interview.interviewer.role, CAPTION)]
    minutes = tr("{n} min").format(n=interview.minutes)
    where = ", ".join(p for p in (minutes, interview.place) if p)
    when = moment(interview.starts_at, zone) if interview.starts_at else ""
    what = [
        plain(f"{interview.position}. {interview.name}", TABLE),
        plain("\n".join(filter(None, (when, where))), CAPTION),
    ]
    card = interview.card
    if card is None:
        return [who, what, [plain(tr("not in"), TABLE.soft())], []]
    state = [plain(tr("in {when}").format(when=moment(card.submitted_at, zone)), TABLE)]
    if card.author.name != interview.interviewer.name:
        state.append(plain(tr("written by {name}").format(name=clean(card.author.name)), CAPTION))
    if card.entered_by:
        state.append(plain(tr("typed in by {name}").format(name=clean(card.entered_by)), CAPTION))
    state += _history(dossier, interview)
    return [who, what, state, [Gap(1), _own_strip(dossier, card)]]


def _own_strip(dossier: Dossier, card: CardFacts) -> Drawn:
    def paint(canvas: Any) -> None:
        for number, dimension in enumerate(dossier.dimensions):
            rating = card.content.rating(dimension.id)
            planned = dimension.id in card.content.planned
            if not (planned or rating.answered):
                continue
            x = number * SMALL_STEP
            draw_cell(canvas, x, 4, SMALL_CELL, dossier.rule.bar, rating.score)
            if planned:
                _underline(canvas, x)

    return Drawn(len(dossier.dimensions) * SMALL_STEP, SMALL_CELL[1] + 4, paint)


def _underline(canvas: Any, x: float) -> None:
    canvas.setFillColor(colour("accent"))
    canvas.rect(x, 1, SMALL_CELL[0], 1, stroke=0, fill=1)


def _history(dossier: Dossier, interview: InterviewFacts) -> list[Any]:
    """What each amendment changed, and why."""
    found = []
    for before, after in zip(interview.cards, interview.cards[1:], strict=False):
        when = moment(before.submitted_at, dossier.facts.zone)
        changes = _changes(dossier, before.content, after.content)
        words = tr("First in {when}. Amended: {reason}").format(when=when, reason=after.content.amend_reason)
        found += [Gap(2), plain(words, CAPTION), plain(f"{'; '.join(changes)}.", CAPTION)]
    return found


def _changes(dossier: Dossier, before: Card, after: Card) -> list[str]:
    rubric = dossier.rubric
    found, lines = [], []
    for dimension in dossier.dimensions:
        old, new = before.rating(dimension.id), after.rating(dimension.id)
        if (old.score, old.reason) != (new.score, new.reason):
            words = tr("{name} from {old} to {new}")
            found.append(
                words.format(name=dimension.short, old=rating_words(rubric, old), new=rating_words(rubric, new))
            )
        elif (old.evidence, old.observed) != (new.evidence, new.observed):
            lines.append(dimension.short)
    if before.overall != after.overall and before.overall and after.overall:
        old_vote, new_vote = vote_word(rubric, before.overall), vote_word(rubric, after.overall)
        found.append(tr("vote from {old} to {new}").format(old=old_vote, new=new_vote))
    if lines:
        found.append(tr("other evidence on {names}").format(names=sentence_list(lines)))
    return found or [tr("No score and no line changed")]


def _votes(dossier: Dossier) -> list[Any]:
    rows: list[list[Any]] = [
        [
            plain(card.author.name, TABLE.medium()),
            plain(interview.short, TABLE.soft()),
            plain(vote_word(dossier.rubric, vote), TABLE.medium()),
            plain(card.content.overall_reason, TABLE),
        ]
        for interview, card, vote in dossier.votes()
    ]
    found: list[Any] = [
        _head(dossier, VOTES, tr("Votes, and who carries the zone"), _vote_lead(dossier)),
        rule(dossier.width),
    ]
    found += _table(dossier.width, (0.24, 0.18, 0.16, 0.42), rows)
    if dossier.facts.panel.composite is not None:
        found.append(
            block(
                dossier.width,
                labelled(tr("Who carries the zone"), [plain(w, TABLE) for w in _carried(dossier)], 14),
                whole=300,
            )
        )
        found.append(block(dossier.width, labelled(tr("How the rule got there"), _conditions(dossier), 14), whole=300))
    return found


def _vote_lead(dossier: Dossier) -> str:
    count = dossier.vote_count()
    return f"{count}." if count else tr("No vote yet.")


def _carried(dossier: Dossier) -> list[str]:
    carried = dossier.facts.panel.carried_by
    if not carried:
        return [tr("No one interviewer: without any of them the rule would say the same.")]
    return [without_words(clean(name), zone) for name, zone in sorted(carried.items())]


def _conditions(dossier: Dossier) -> list[Any]:
    """The rule's conditions for a hire, each with what was found."""
    panel, agreed, rubric = dossier.facts.panel, dossier.rule, dossier.rubric
    assert panel.composite is not None
    failed = must_haves_not_met(panel, agreed)
    must = [d for d in panel.unscored if d in agreed.must_have]
    rows = [
        (
            tr("Composite {hire} or above for a hire, below {mixed} for none").format(
                hire=limit_words(agreed.hire_from), mixed=limit_words(agreed.mixed_from)
            ),
            one_decimal(panel.composite),
        ),
        (tr("No must-have not met; two speak for no hire"), names_of(rubric, failed) or tr("none")),
        (tr("No must-have without a score"), names_of(rubric, must) or tr("none")),
        (
            tr("Dimensions without a score, at most {n}").format(n=agreed.without_score_allowed),
            names_of(rubric, panel.unscored) or tr("none"),
        ),
        (tr("No open red flag"), str(panel.open_red_flags or tr("none"))),
    ]
    cells = [[plain(condition, TABLE.soft()), plain(here, TABLE)] for condition, here in rows]
    return [Gap(3), rule(dossier.width), *_table(dossier.width, (0.58, 0.42), cells)]


def _record(dossier: Dossier) -> list[Any]:
    facts, width = dossier.facts, dossier.width
    person, opening = facts.candidate, facts.opening
    half = (width - 24) / 2
    about = [
        (tr("Name"), person.name),
        (tr("Mail"), person.mail),
        (tr("Telephone"), person.phone),
        (tr("Now at"), person.now_at),
        (tr("Place"), person.place),
        (tr("Came by"), person.came_by),
        (tr("Applied"), day(person.applied_on) if person.applied_on else ""),
        (tr("Can start"), person.can_start),
        (tr("Kept until"), day(person.kept_until) if person.kept_until else ""),
    ]
    approved = ", ".join(p for p in (day(opening.approved_on) if opening.approved_on else "", opening.approved_by) if p)
    job = [
        (tr("Opening"), opening.code),
        (tr("Role"), opening.role),
        (tr("Level"), opening.level),
        (tr("Seats"), str(opening.seats)),
        (tr("Approved"), approved),
        (tr("Hiring manager"), opening.manager),
        (tr("Days to fill"), tr("{least} to {most}").format(least=opening.target_days[0], most=opening.target_days[1])),
    ]
    found: list[Any] = [
        _head(dossier, RECORD, tr("Candidate facts and timeline")),
        Columns(
            [
                Column(0, half, tuple(_fact_rows(tr("Candidate"), about, half))),
                Column(half + 24, half, tuple(_fact_rows(tr("Opening"), job, half))),
            ]
        ),
    ]
    if facts.files:
        found.append(block(width, labelled(tr("Files"), [plain(name, TABLE) for name in facts.files], 16)))
    return found + _earlier_decisions(dossier)


def _fact_rows(label: str, rows: Sequence[tuple[str, str]], width: float) -> list[Any]:
    return [plain(label, LABEL), Gap(2), *(fact(name, words, width, _FACT) for name, words in rows if words)]


def _earlier_decisions(dossier: Dossier) -> list[Any]:
    earlier = dossier.facts.decisions[:-1]
    if not earlier:
        return []
    found: list[Any] = []
    for decision in earlier:
        head = verdict_words(decision.verdict, decision.level)
        found += [
            rich((Span(f"{head}. ", 500), Span(signed(decision, dossier.facts.zone), ink="ink_soft")), TABLE),
            plain(decision.reason, TABLE),
            *(rich((Span(f"{clean(name)}. ", 500), Span(text)), TABLE) for name, text in decision.dissents),
            Gap(4),
        ]
    return [block(dossier.width, labelled(tr("Earlier decisions"), found, 16))]


def _timeline(dossier: Dossier) -> list[Any]:
    width, zone = dossier.width, dossier.facts.zone
    rows = [
        [plain(moment(m.at, zone), TABLE.soft()), plain(m.words, TABLE), plain(m.by, TABLE.soft())]
        for m in dossier.facts.timeline
    ]
    if not rows:
        return []
    table = _table(width, (0.26, 0.48, 0.26), rows)
    label = block(width, [*labelled(tr("Timeline"), [], 18), Gap(2), rule(width)])
    return [*kept_together([label, *table[:6]], width, dossier.height, 120), *table[6:]]
