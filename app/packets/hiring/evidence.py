"""Evidence by dimension: the anchors with who chose them, then each interviewer's score and what stands behind it."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from app.domain.panel import State
from app.domain.rubric import Anchor, Dimension
from app.domain.scorecard import Evidence, Observed
from app.packets.hiring.dossier import Dossier, RatingFrom
from app.packets.hiring.front import EVIDENCE
from app.packets.paper.flow import Columns, Drawn, FlowColumn, PagePlace, Space, block, kept_together, ruled_line
from app.packets.paper.strip import LARGE_CELL, STATE_RADIUS, draw_box, draw_cell, draw_state
from app.packets.paper.type import BODY, CAP_HEIGHT, CAPTION, HEAD, TABLE, TextSpan, clean, measure, plain, rich, write
from app.phrases.rubric import form_date_words, lower_first, rating_words, reason_words, state_word
from app.queries.hiring import CardFacts
from app.words import clock, day, short_day, tr

_INDENT = 23.0  # from a cell to the words beside it
_NUMBER = 18.0  # from a dimension's number to its name
_NAMES = 84.0  # width of the raters' names at the right
_LINES = 124.0  # where evidence begins
_TIME = 31.0  # width of a time before a line of evidence
_BOX = (11.0, 14.0)
_BETWEEN = 28.0  # two dimensions on a page


def evidence_pages(dossier: Dossier) -> list[Any]:
    """Every dimension in the order of the strip, each kept on one page where it fits."""
    found: list[Any] = []
    for number, dimension in enumerate(dossier.dimensions):
        pieces = _dimension(dossier, number, dimension)
        before = _BETWEEN if number else 0
        found += kept_together(pieces, dossier.width, dossier.height, dossier.height * 0.4, before)
    return found


def _dimension(dossier: Dossier, number: int, dimension: Dimension) -> list[Any]:
    marks = frozenset({dimension.id})
    places: tuple[PagePlace, ...] = (PagePlace(dimension.id, clean(dimension.name), 1),)
    if number == 0:
        places = (PagePlace(EVIDENCE, tr("Evidence by dimension")), *places)
    head = block(dossier.width, [_title(dossier, number, dimension)], whole=200, marks=marks, places=places)
    rated = dossier.rated(dimension.id)
    found: list[Any] = [
        head,
        block(dossier.width * 0.88, [plain(dimension.definition, BODY.soft()), Space(7)], marks=marks),
        ruled_line(dossier.width),
        Space(3),
        *(_anchor(dossier, dimension, anchor, rated) for anchor in dimension.anchors),
        Space(3),
        ruled_line(dossier.width),
    ]
    if not rated:
        found += [Space(8), plain(tr("Nobody whose card is in was asked to look at this."), TABLE.soft())]
    for one in rated:
        found += [Space(10), _rater(dossier, one, marks)]
    talk = _talk(dossier, dimension)
    if talk:
        found += [Space(10), block(dossier.width - _INDENT, [rich(talk, TABLE)], x=_INDENT, marks=marks)]
    return found


def _talk(dossier: Dossier, dimension: Dimension) -> list[TextSpan]:
    """'Discussed 15:14. Both agree on the template. Second scores: Sørby 2, Wieland 4.'"""
    talk = dossier.discussed(dimension.id)
    if talk is None or talk.at is None:
        return []
    if talk.skipped:
        return [TextSpan(tr("Not talked about in the debrief."), ink="ink_soft")]
    spans = [TextSpan(tr("Discussed {time}. ").format(time=clock(talk.at, dossier.facts.zone)), ink="ink_soft")]
    if talk.note.strip():
        spans.append(TextSpan(f"{talk.note.strip()} "))
    if talk.second:
        scores = ", ".join(
            tr("{name} {score}").format(
                name=dossier.last_names.get(name, clean(name)), score=score if score is not None else tr("no score")
            )
            for name, score in talk.second
        )
        spans.append(TextSpan(tr("Second scores: {scores}.").format(scores=scores), ink="ink_soft"))
    else:
        spans.append(TextSpan(tr("No score changed."), ink="ink_soft"))
    return spans


def _title(dossier: Dossier, number: int, dimension: Dimension) -> Columns:
    """Number and name at the left; must-have and state at the right."""
    state, detail = dossier.cell(dimension.id).state, dossier.state_detail(dimension.id).split("; ")[0]
    cell = dossier.cell(dimension.id)
    words = state_word(state) + (f", {detail}" if cell.wide or cell.straddles else "")
    must = tr("must-have") if dimension.id in dossier.rule.must_have else ""
    type_ = TABLE.medium()
    right = measure(words, type_) + (0 if state is State.EMPTY else 3.4 * STATE_RADIUS)
    taken = right + (measure(must, TABLE) + 14 if must else 0)
    accent = replace(HEAD, weight=500, ink="accent")

    def paint(canvas: Any) -> None:
        write(canvas, taken, 4, words, type_.right())
        if state is not State.EMPTY:
            draw_state(canvas, taken - right + STATE_RADIUS, 4 + CAP_HEIGHT * type_.size / 2, state)
        write(canvas, 0, 4, must, TABLE.soft())

    return Columns(
        [
            FlowColumn(0, _NUMBER, (plain(str(number + 1), accent),)),
            FlowColumn(_NUMBER, dossier.width - _NUMBER - taken - 12, (plain(dimension.name, HEAD), Space(2))),
            FlowColumn(dossier.width - taken, taken, (Drawn(taken, 16, paint),)),
        ]
    )


def _anchor(dossier: Dossier, dimension: Dimension, anchor: Anchor, rated: list[RatingFrom]) -> Columns:
    """One row of the scale: chosen ones and the bar's in full, the others with their summary."""
    bar = dossier.rule.bar
    chosen = list(
        dict.fromkeys(dossier.last_names[r.card.author.name] for r in rated if r.rating.score == anchor.score)
    )
    full = bool(chosen) or anchor.score == bar
    words = [plain(anchor.summary, TABLE.medium() if full else TABLE.soft())]
    if full:
        behaviours = "; ".join([anchor.behaviours[0], *(lower_first(b) for b in anchor.behaviours[1:])])
        words.append(plain(f"{behaviours}.", TABLE.soft()))

    def paint(canvas: Any) -> None:
        if chosen:
            draw_cell(canvas, 0, 1, _BOX, bar, anchor.score)
        else:
            draw_box(canvas, 0, 1, _BOX, anchor.score)

    names = "\n".join(chosen) if len(chosen) <= 3 else ", ".join(chosen)
    gap = Space(4.8)
    columns = [
        FlowColumn(0, _BOX[0], (gap, Drawn(_BOX[0], 13, paint))),
        FlowColumn(_INDENT, dossier.width - _INDENT - _NAMES - 6, (gap, *words, gap)),
        FlowColumn(dossier.width - _NAMES, _NAMES, (gap, plain(names, TABLE.medium().right()))),
    ]
    if anchor.score == bar:
        columns.append(FlowColumn(0, dossier.width, (_bar(dossier.width),)))
    return Columns(columns, whole=300, marks=frozenset({dimension.id}))


def _bar(width: float) -> Drawn:
    """The line one has to reach, with its name in the margin."""

    def paint(canvas: Any) -> None:
        canvas.saveState()
        write(canvas, -8, -2.4, tr("bar"), replace(CAPTION, weight=500, ink="ink").right())
        canvas.setStrokeColorRGB(0, 0, 0)
        canvas.setLineWidth(1)
        canvas.line(0, 0, width, 0)
        canvas.restoreState()

    return Drawn(width, 0, paint)


def _rater(dossier: Dossier, one: RatingFrom, marks: frozenset[str]) -> Columns:
    """A score, whose it is and from when; beside it everything seen and heard."""

    def paint(canvas: Any) -> None:
        draw_cell(canvas, 0, 0, LARGE_CELL, dossier.rule.bar, one.rating.score)

    name = clean(one.card.author.name)
    who = (
        plain(name, replace(BODY, weight=500, leading=13)),
        plain(one.interview.short, TABLE.soft()),
        plain(_when(dossier, one), TABLE.soft()),
        *(plain(words, CAPTION) for words in _written(one.card)),
    )
    width = dossier.width - _LINES
    return Columns(
        [
            FlowColumn(0, LARGE_CELL[0], (Drawn(LARGE_CELL[0], LARGE_CELL[1], paint),)),
            FlowColumn(
                _INDENT,
                _LINES - _INDENT - 8,
                who,
                again=(plain(tr("{name}, continued").format(name=name), TABLE.soft()),),
            ),
            FlowColumn(_LINES, width, tuple(_lines(dossier, one, width))),
        ],
        whole=120,
        marks=marks,
    )


def _when(dossier: Dossier, one: RatingFrom) -> str:
    start, brought = one.interview.starts_at, one.card.brought
    if start is None and brought is not None:
        return "" if brought.written_on is None else day(brought.written_on)
    start = start or one.card.submitted_at
    local = start.astimezone(dossier.facts.zone).date()
    if local.year != dossier.facts.as_of.astimezone(dossier.facts.zone).year:
        return day(local)
    return f"{short_day(local)}, {clock(start, dossier.facts.zone)}"


def _written(card: CardFacts) -> list[str]:
    """What is to be known of how the card was written."""
    found = []
    if card.brought is not None:
        found.append(form_date_words(card.brought.written, card.brought.written_on))
    if card.after_open and not card.late:
        found.append(tr("written after the cards were open"))
    return found


def _line(dossier: Dossier, heard: Evidence, width: float) -> Columns:
    """A line with the minute it was written; one that came in a form stands without."""
    if not heard.timed:
        return block(width, [plain(heard.text, BODY)], whole=60)
    at = plain(clock(heard.at, dossier.facts.zone), TABLE.soft())
    return Columns(
        [FlowColumn(0, _TIME, (Space(1.2), at)), FlowColumn(_TIME, width - _TIME, (plain(heard.text, BODY),))], whole=60
    )


def _lines(dossier: Dossier, one: RatingFrom, width: float) -> list[Any]:
    rating = one.rating
    found: list[Any] = []
    if rating.score is None:
        found.append(plain(_not_assessed(dossier, one), BODY.soft()))
    found += [_line(dossier, heard, width) for heard in rating.evidence]
    found.append(Space(2))
    closing = _closing(dossier, one)
    if closing:
        found.append(plain(closing, TABLE.soft()))
    found += [_red_flag(dossier, o) for o in rating.observed if o.red]
    return found


def _not_assessed(dossier: Dossier, one: RatingFrom) -> str:
    reason = one.rating.reason
    if reason is None:
        return tr("No score.")
    return tr("Not assessed: {reason}.").format(reason=reason_words(dossier.rubric, reason))


def _closing(dossier: Dossier, one: RatingFrom) -> str:
    """'Meets the bar of M1. Signals: …', and what an earlier card of the same author said."""
    rating, parts = one.rating, []
    if rating.score is not None:
        point = dossier.rubric.scale[rating.score - 1]
        parts.append(tr("{label} of {level}.").format(label=point.label, level=one.card.content.level))
    signals = [_signal(dossier, o) for o in rating.observed if not o.red]
    if signals:
        parts.append(tr("Signals: {signals}.").format(signals="; ".join(signals)))
    elif rating.score is not None:
        parts.append(tr("Signals: none ticked."))
    before = [c.content.rating(rating.dimension) for c in one.interview.cards if c.id < one.card.id]
    changed = [b for b in before if (b.score, b.reason) != (rating.score, rating.reason)]
    if changed:
        was = rating_words(dossier.rubric, changed[0])
        words = tr("Amended; the first card said {was}.")
        if one.card.after_open and not one.card.late:
            words = tr("Amended after the cards were open; the first card said {was}.")
        parts.append(words.format(was=was))
    after = [c.content.rating(rating.dimension) for c in one.interview.cards if c.id > one.card.id]
    if after and (after[-1].score, after[-1].reason) != (rating.score, rating.reason):
        now = rating_words(dossier.rubric, after[-1])
        parts.append(tr("Amended after the debrief: {now}.").format(now=now))
    return " \u00a0".join(parts)


def _signal(dossier: Dossier, observed: Observed) -> str:
    label = dossier.signal_in_sentence(observed.signal)
    return tr("{label} (“{quote}”)").format(label=label, quote=observed.quote) if observed.quote else label


def _red_flag(dossier: Dossier, observed: Observed) -> Any:
    quote = tr(" “{quote}”").format(quote=observed.quote) if observed.quote else ""
    label = dossier.signal_label(observed.signal)
    return rich((TextSpan(tr("Red flag: "), 500, "bad"), TextSpan(f"{label}.", 500), TextSpan(quote)), TABLE)
