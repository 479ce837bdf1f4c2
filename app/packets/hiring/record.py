"""The late pages: interviewers and their cards, votes by name and who carries the zone, the record and its timeline."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from app.domain.candidate import APPLIED_AFTER, FIELDS
from app.domain.scorecard import Card
from app.packets.hiring.dossier import Dossier
from app.packets.hiring.front import CARDS, RECORD, VOTES, fact, labelled, signed
from app.packets.paper.colour import colour
from app.packets.paper.flow import Columns, Drawn, FlowColumn, PagePlace, Space, block, kept_together, ruled_line
from app.packets.paper.strip import SMALL_CELL, SMALL_STEP, draw_cell
from app.packets.paper.type import BODY, CAPTION, HEAD, LABEL, TABLE, TextSpan, clean, plain, rich
from app.phrases.candidate import fact_text, fact_words
from app.phrases.rubric import (
    beside_words,
    count_word,
    form_date_words,
    limit_words,
    must_haves_not_met,
    names_of,
    one_decimal,
    rating_words,
    upper_first,
    verdict_words,
    vote_word,
    without_words,
)
from app.queries.hiring import CardFacts, InterviewFacts
from app.words import day, moment, sentence_list, tr

_FACT = 80.0
_SECTION = 28.0  # white before a heading
_KEPT = 340.0  # points up to which a part moves to the next page rather than be parted
_SHARES = (0.23, 0.28, 0.22, 0.27)  # of the cards' table


def closing_pages(dossier: Dossier) -> list[Any]:
    """Three sections, one after the other; what belongs together stays on a page where it fits."""
    blocks = [_votes(dossier), _zone(dossier), _record(dossier), _earlier_decisions(dossier), _timeline(dossier)]
    before = {0: _SECTION, 2: _SECTION}
    found = _cards(dossier)
    for number, pieces in enumerate(blocks):
        if pieces:
            found += kept_together(pieces, dossier.width, _KEPT, 200, before.get(number, 0))
    return found


def _head(dossier: Dossier, key: str, title: str, lead: str = "") -> Columns:
    words = [plain(title, HEAD), *([plain(lead, BODY.soft())] if lead else []), Space(8)]
    return block(dossier.width, words, places=(PagePlace(key, title),), whole=200)


def _table(width: float, shares: Sequence[float], rows: Sequence[Sequence[Any]]) -> list[Any]:
    """Rows of paragraphs with a line under each; `shares` are the columns' parts of the width."""
    return [piece for row in rows for piece in (*_row(width, shares, row), ruled_line(width))]


def _row(width: float, shares: Sequence[float], row: Sequence[Any]) -> list[Any]:
    edges = [sum(shares[:n]) * width for n in range(len(shares))]
    columns = [
        FlowColumn(x, share * width - 8, (Space(4), *(item if isinstance(item, list) else [item]), Space(4)))
        for x, share, item in zip(edges, shares, row, strict=True)
    ]
    return [Columns(columns, whole=160)]


def _cards(dossier: Dossier) -> list[Any]:
    names = [tr("Interviewer"), tr("Interview"), tr("Card"), tr("Scores; planned ones underlined")]
    lead = tr("Each first card was written before its author could see another’s. An amended one stays as history.")
    if any(c.after_open for i in dossier.facts.interviews for c in i.cards):
        lead = tr(
            "First cards were written before their author could see another’s, but where it is said. An amended one "
            "stays as history."
        )
    if not dossier.facts.interviews:
        return [_head(dossier, CARDS, tr("Interviewers and their cards"), tr("Nobody has been asked to interview."))]
    found: list[Any] = [_head(dossier, CARDS, tr("Interviewers and their cards"), lead)]
    found += [*_row(dossier.width, _SHARES, [plain(n, CAPTION) for n in names]), ruled_line(dossier.width)]
    for interview in dossier.facts.interviews:
        found += [*_row(dossier.width, _SHARES, _card_row(dossier, interview)), *_history(dossier, interview)]
        found.append(ruled_line(dossier.width))
    return found


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
    when = moment(card.submitted_at, zone)
    if card.brought is None:
        state = [plain(tr("in {when}").format(when=when), TABLE)]
    else:
        dated = form_date_words(card.brought.written, card.brought.written_on)
        state = [plain(upper_first(dated), TABLE)]
        words = tr("brought in by {name}, {when}").format(name=clean(card.brought.by) or tr("somebody"), when=when)
        state.append(plain(words, CAPTION))
        beside = beside_words(card.brought.beside)
        state += [plain(beside, CAPTION)] if beside else []
    if card.late:
        state.append(plain(tr("after the debrief had begun"), CAPTION))
    elif card.after_open:
        state.append(plain(tr("after the cards were open"), CAPTION))
    if card.author.name != interview.interviewer.name:
        state.append(plain(tr("written by {name}").format(name=clean(card.author.name)), CAPTION))
    if card.entered_by:
        state.append(plain(tr("typed in by {name}").format(name=clean(card.entered_by)), CAPTION))
    return [who, what, state, [Space(1), _own_strip(dossier, card)]]


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
    """What each amendment changed, and why, beside the interview."""
    x = _SHARES[0] * dossier.width
    found: list[Any] = []
    for before, after in zip(interview.cards, interview.cards[1:], strict=False):
        when = moment(before.submitted_at, dossier.facts.zone)
        changes = "; ".join(_changes(dossier, before.content, after.content))
        spans = (
            TextSpan(tr("Amended: "), 500, "ink"),
            TextSpan(
                tr("{reason} Card of {when}: {changes}.").format(
                    reason=_sentence(after.content.amend_reason), when=when, changes=changes
                )
            ),
        )
        words = rich(spans, CAPTION.soft())
        found.append(block(dossier.width - x, [words, Space(5)], x=x))
    return found


def _sentence(text: str) -> str:
    text = clean(text)
    return text if text.endswith((".", "!", "?", "…")) else f"{text}."


def _changes(dossier: Dossier, before: Card, after: Card) -> list[str]:
    rubric = dossier.rubric
    found, lines = [], []
    for dimension in dossier.dimensions:
        old, new = before.rating(dimension.id), after.rating(dimension.id)
        if (old.score, old.reason) != (new.score, new.reason):
            words = tr("{name} {old}, now {new}")
            found.append(
                words.format(name=dimension.short, old=rating_words(rubric, old), new=rating_words(rubric, new))
            )
        elif (old.evidence, old.observed) != (new.evidence, new.observed):
            lines.append(dimension.short)
    if before.overall != after.overall and before.overall and after.overall:
        old_vote, new_vote = vote_word(rubric, before.overall), vote_word(rubric, after.overall)
        found.append(tr("vote {old}, now {new}").format(old=old_vote, new=new_vote))
    if lines:
        found.append(tr("other evidence on {names}").format(names=sentence_list(lines)))
    return found or [tr("no score and no line changed")]


def _votes(dossier: Dossier) -> list[Any]:
    rows: list[list[Any]] = [
        [
            plain(card.author.name, TABLE.medium()),
            [
                plain(interview.short, TABLE.soft()),
                *([plain(tr("after the cards were open"), CAPTION)] if card.after_open and not card.late else []),
            ],
            plain(vote_word(dossier.rubric, vote), TABLE.medium()),
            plain(card.content.overall_reason, TABLE),
        ]
        for interview, card, vote in dossier.votes()
    ]
    head = _head(dossier, VOTES, tr("Votes, and who carries the zone"), _vote_lead(dossier))
    if not rows:
        return [head]
    return [head, ruled_line(dossier.width), *_table(dossier.width, (0.23, 0.17, 0.15, 0.45), rows)]


def _zone(dossier: Dossier) -> list[Any]:
    """Who carries the zone, and how the rule got there; nothing while nothing is scored."""
    if dossier.facts.panel.composite is None:
        return []
    carried = labelled(tr("Who carries the zone"), [plain(w, TABLE) for w in _carried(dossier)], 14)
    conditions = labelled(tr("How the rule got there"), _conditions(dossier), 14)
    return [block(dossier.width, carried, whole=300), block(dossier.width, conditions, whole=300)]


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
    none = tr("none")
    rows = [
        (
            tr("Composite: {hire} or above for a hire, below {mixed} for no hire").format(
                hire=limit_words(agreed.hire_from), mixed=limit_words(agreed.mixed_from)
            ),
            one_decimal(panel.composite),
        ),
        (tr("Must-haves not met: none for a hire, two for no hire"), names_of(rubric, failed) or none),
        (tr("Must-haves without a score: none for a hire"), names_of(rubric, must) or none),
        (
            tr("Dimensions without a score: at most {n} for a hire").format(n=count_word(agreed.without_score_allowed)),
            names_of(rubric, panel.unscored) or none,
        ),
    ]
    if panel.open_red_flags:
        rows.append((tr("Open red flags: none for a hire"), str(panel.open_red_flags)))
    cells = [[plain(condition, TABLE.soft()), plain(here, TABLE)] for condition, here in rows]
    return [Space(3), ruled_line(dossier.width), *_table(dossier.width, (0.58, 0.42), cells)]


def _record(dossier: Dossier) -> list[Any]:
    facts, width = dossier.facts, dossier.width
    person, opening = facts.candidate, facts.opening
    half = (width - 24) / 2
    about = []
    for field in FIELDS:
        words = fact_words(field)
        about.append((words.record or words.label, fact_text(field, person)))
        if field.key == APPLIED_AFTER:
            about.append((tr("Applied"), day(person.applied_on) if person.applied_on else ""))
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
                FlowColumn(0, half, tuple(_fact_rows(tr("Candidate"), about, half))),
                FlowColumn(half + 24, half, tuple(_fact_rows(tr("Opening"), job, half))),
            ]
        ),
    ]
    if facts.files:
        found.append(block(width, labelled(tr("Files"), [plain(name, TABLE) for name in facts.files], 16)))
    return found


def _fact_rows(label: str, rows: Sequence[tuple[str, str]], width: float) -> list[Any]:
    return [plain(label, LABEL), Space(2), *(fact(name, words, width, _FACT) for name, words in rows if words)]


def _earlier_decisions(dossier: Dossier) -> list[Any]:
    earlier = dossier.facts.decisions[:-1]
    if not earlier:
        return []
    found: list[Any] = []
    for decision in earlier:
        head = verdict_words(decision.verdict, decision.level)
        found += [
            rich((TextSpan(f"{head}. ", 500), TextSpan(signed(decision, dossier.facts.zone), ink="ink_soft")), TABLE),
            plain(decision.reason, TABLE),
            *(rich((TextSpan(f"{clean(name)}. ", 500), TextSpan(text)), TABLE) for name, text in decision.dissents),
            Space(4),
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
    return [block(width, [*labelled(tr("Timeline"), [], 18), Space(2), ruled_line(width)]), *table]
