"""The scorecard form of a kit: each dimension with its anchors as boxes, its evidence and signals; the vote, last."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any, Generic, Protocol, TypeVar

from app.domain.scorecard_form import DATE, OVERALL, FieldKind, evidence_field, score_field, signal_field
from app.packets.kit.front import by_when_words
from app.packets.paper.colour import colour
from app.packets.paper.fields import Placing
from app.packets.paper.flow import Columns, Drawn, FlowColumn, Space, ruled_line
from app.packets.paper.type import (
    ASCENT,
    BODY,
    CAP_HEIGHT,
    CAPTION,
    HEAD,
    LABEL,
    TABLE,
    TextSpan,
    Type,
    clean,
    fitted,
    measure,
    plain,
    rich,
    shrunk,
    write,
)
from app.phrases.rubric import lower_first
from app.queries.kit import KitAnchor, KitDimension, KitFacts, KitSignal
from app.words import tr

_BOX = 16.0  # a score's box
_INDENT = 24.0  # of an anchor's words
_SIDE = 72.0  # of what stands right of a label
_RING = 9.0
_TICK = 9.0
_ROW = 17.0
_SIGNAL = 25.0
_ACROSS = 3
_EVIDENCE = 58.0  # the least room for evidence
_MOST = 150.0
_STEP = 18.0  # between the tick marks at the edge of the evidence
_VOTE_LEFT = 0.64  # of the width


class FormFacts(Protocol):
    """What any form of scores prints: why a dimension may have none."""

    @property
    def reasons(self) -> tuple[tuple[str, str], ...]: ...


F_co = TypeVar("F_co", bound=FormFacts, covariant=True)


@dataclass(frozen=True)
class FormSheet(Generic[F_co]):
    """What a page of the form is made for: its facts, where fields are noted, and the size of the text on it.

    `small` sets the anchors smaller, so that a sheet holds what a sheet should. `hint` says how evidence is written.
    """

    facts: F_co
    placing: Placing
    width: float
    height: float
    small: bool = False
    hint: tuple[str, str] | None = None

    @property
    def type(self) -> Type:
        """How anchors are set."""
        return replace(TABLE, size=7.8, leading=10.4) if self.small else TABLE


def dimension_part(
    sheet: FormSheet[FormFacts], dimension: KitDimension, extra: float, sentence: str = "", weight: str = ""
) -> list[Any]:
    """One dimension; `extra` points go to its evidence, `sentence` is what it is scored against, and `weight` how
    much it is."""
    found: list[Any] = [_head(sheet, dimension, weight)]
    found += [plain(sentence, BODY)] if sentence else []
    found.append(ruled_line(sheet.width, before=3, after=7))
    for anchor in dimension.anchors:
        found += [_anchor(sheet, dimension, anchor), Space(4)]
    found += [Space(2), _reasons(sheet, dimension), Space(2)]
    found.append(_evidence(sheet, dimension, min(_MOST, _EVIDENCE + extra)))
    if dimension.signals:
        found += [Space(7), _signals(sheet, dimension)]
    return found


def _head(sheet: FormSheet[FormFacts], dimension: KitDimension, weight: str) -> Drawn:
    hint = tr("mark one number, or a reason")
    hint = f"{weight} · {hint}" if weight else hint

    def paint(canvas: Any) -> None:
        room = sheet.width - max(150, measure(hint, TABLE) + 12)
        write(canvas, 0, 4, fitted(dimension.name, HEAD, room), HEAD)
        write(canvas, sheet.width, 4, hint, TABLE.soft().right())

    return Drawn(sheet.width, 16, paint)


def _anchor(sheet: FormSheet[FormFacts], dimension: KitDimension, anchor: KitAnchor) -> Columns:
    type_ = sheet.type
    summary, more = _sentence([anchor.summary]), _sentence(anchor.behaviours) if anchor.behaviours else ""
    words = rich((TextSpan(f"{summary} ", 500), TextSpan(more, ink="ink_soft")), type_)
    tip = tr("{name}: score {n}, {summary}").format(name=dimension.short, n=anchor.score, summary=summary)

    def paint(canvas: Any) -> None:
        _outline(canvas, 0, 0, _BOX)
        digit = Type(9, 0, 500, "ink_soft").centred()
        write(canvas, _BOX / 2, (_BOX - CAP_HEIGHT * 9) / 2, str(anchor.score), digit)
        sheet.placing.put(
            canvas,
            (0, 0, _BOX, _BOX),
            name=score_field(dimension.id),
            kind=FieldKind.CHOICE,
            tip=tip,
            state=str(anchor.score),
            shape="box",
        )

    wide = sheet.width - _INDENT
    one_line = words.wrap(wide, 400)[1] <= type_.leading
    down = 1 + _BOX / 2 - (ASCENT - CAP_HEIGHT / 2) * type_.size  # its words at the middle of the box
    items = (Space(down), words) if one_line else (words,)
    return Columns(
        [FlowColumn(0, _BOX, (Space(1), Drawn(_BOX, _BOX, paint))), FlowColumn(_INDENT, wide, items)], whole=400
    )


def _sentence(parts: Sequence[str]) -> str:
    """Several things said as one sentence."""
    said = [clean(part).rstrip(".") for part in parts]
    text = "; ".join([*said[:1], *map(lower_first, said[1:])])
    return text if text.endswith(("!", "?", "…")) else f"{text}."


def _reasons(sheet: FormSheet[FormFacts], dimension: KitDimension) -> Drawn:
    """The reasons for no score belong to the same group as the scores: one or the other."""
    reasons = sheet.facts.reasons
    name, across = score_field(dimension.id), len(reasons) if len(reasons) == _ACROSS + 1 else _ACROSS
    return _choices(sheet, sheet.width, _SIDE, tr("Not assessed"), name, dimension.short, reasons, across)


def _choices(
    sheet: FormSheet[FormFacts],
    width: float,
    left: float,
    label: str,
    name: str,
    about: str,
    choices: tuple[tuple[str, str], ...],
    across: int = _ACROSS,
) -> Drawn:
    rows = -(-len(choices) // across)
    pitch = (width - left) / across
    height = rows * _ROW

    def paint(canvas: Any) -> None:
        if label:
            write(canvas, 0, height - 12, label, LABEL)
        for number, (state, words) in enumerate(choices):
            x, y = left + number % across * pitch, height - 14 - number // across * _ROW
            canvas.setStrokeColor(colour("ink_soft"))
            canvas.setLineWidth(0.7)
            canvas.circle(x + _RING / 2, y + _RING / 2, _RING / 2 - 0.4, stroke=1, fill=0)
            said, type_ = shrunk(words, TABLE, pitch - _RING - 10, 6)
            write(canvas, x + _RING + 5, y + 1.6, said, type_)
            sheet.placing.put(
                canvas,
                (x, y, _RING, _RING),
                name=name,
                kind=FieldKind.CHOICE,
                tip=f"{about}: {words}",
                state=state,
                shape="ring",
            )

    return Drawn(width, height, paint)


def _evidence(sheet: FormSheet[FormFacts], dimension: KitDimension, height: float) -> Drawn:
    """The evidence: marks at its edge guide a pen and are in no typist's way."""
    tip = tr("{name}: evidence, seen or heard, a line each").format(name=dimension.short)
    hint = sheet.hint or (tr("seen or heard,"), tr("a line each"))

    def paint(canvas: Any) -> None:
        write(canvas, 0, height - 10, tr("Evidence"), LABEL)
        write(canvas, 0, height - 21, hint[0], CAPTION)
        write(canvas, 0, height - 31, hint[1], CAPTION)
        canvas.setStrokeColor(colour("line_strong"))
        canvas.setLineWidth(0.7)
        canvas.roundRect(_SIDE, 0.4, sheet.width - _SIDE - 0.4, height - 0.8, 3, stroke=1, fill=0)
        y = height - _STEP
        while y > 8:
            canvas.line(_SIDE, y, _SIDE + 5, y)
            y -= _STEP
        sheet.placing.put(
            canvas,
            (_SIDE + 7, 2, sheet.width - _SIDE - 10, height - 4),
            name=evidence_field(dimension.id),
            kind=FieldKind.TEXT,
            tip=tip,
            lines=True,
        )

    return Drawn(sheet.width, height, paint)


def _signals(sheet: FormSheet[FormFacts], dimension: KitDimension) -> Drawn:
    rows = -(-len(dimension.signals) // _ACROSS)
    pitch = (sheet.width - _SIDE) / _ACROSS
    height = rows * _SIGNAL

    def paint(canvas: Any) -> None:
        write(canvas, 0, height - 8, tr("Signals"), LABEL)
        for number, signal in enumerate(dimension.signals):
            x, y = _SIDE + number % _ACROSS * pitch, height - 10 - number // _ACROSS * _SIGNAL
            _signal(sheet, canvas, dimension, signal, x, y, pitch)

    return Drawn(sheet.width, height, paint)


def _signal(
    sheet: FormSheet[FormFacts],
    canvas: Any,
    dimension: KitDimension,
    signal: KitSignal,
    x: float,
    y: float,
    pitch: float,
) -> None:
    canvas.setStrokeColor(colour("ink_soft"))
    canvas.setLineWidth(0.7)
    canvas.roundRect(x + 0.35, y + 0.35, _TICK - 0.7, _TICK - 0.7, 1.4, stroke=1, fill=0)
    words, type_ = shrunk(signal.label, TABLE, pitch - _TICK - 10, 6)
    write(canvas, x + _TICK + 5, y + 1.6, words, type_)
    write(canvas, x + _TICK + 5, y - 9, _kind_words(signal.kind), CAPTION.soft())
    sheet.placing.put(
        canvas,
        (x, y, _TICK, _TICK),
        name=signal_field(dimension.id, signal.id),
        kind=FieldKind.TICK,
        tip=f"{dimension.short}: {signal.label}",
        shape="tick",
    )


def _kind_words(kind: str) -> str:
    return {"strong": tr("Strong"), "weak": tr("Weak")}.get(kind, tr("Red flag, quote it above"))


def vote_part(sheet: FormSheet[KitFacts]) -> list[Any]:
    """The overall vote, name and date; beside it how the form comes back."""
    left = round(sheet.width * _VOTE_LEFT)
    right = sheet.width - left - 20
    facts = sheet.facts
    back = [plain(tr("How to return it"), LABEL), Space(1), plain(by_when_words(facts), TABLE)]
    back.append(plain(_return_words(facts), TABLE))
    columns = [
        FlowColumn(0, left, (_vote_head(left), Space(3), _votes(sheet, left), Space(8), _signed(sheet, left))),
        FlowColumn(left + 20, right, tuple(back)),
    ]
    return [ruled_line(sheet.width, before=10, after=8, ink="ink", weight=1), Columns(columns, whole=400)]


def _return_words(facts: KitFacts) -> str:
    who = clean(facts.return_to) or tr("the hiring manager")
    if facts.return_mail.strip():
        words = tr("Save it and mail it to {mail}, or hand the sheet to {who}. Keep no copy.")
        return words.format(mail=clean(facts.return_mail), who=who)
    return tr("Save it and send it to {who}, or hand over the sheet. Keep no copy.").format(who=who)


def _vote_head(width: float) -> Drawn:
    def paint(canvas: Any) -> None:
        write(canvas, 0, 3, tr("Overall vote, last"), HEAD)
        write(canvas, width, 3, tr("when each has a score or a reason"), TABLE.soft().right())

    return Drawn(width, 16, paint)


def _votes(sheet: FormSheet[KitFacts], width: float) -> Drawn:
    votes = sheet.facts.votes
    return _choices(sheet, width, 0, "", OVERALL, tr("Overall vote"), votes, across=len(votes))


def _signed(sheet: FormSheet[KitFacts], width: float) -> Drawn:
    middle = width * 0.58

    def paint(canvas: Any) -> None:
        canvas.setStrokeColor(colour("ink_soft"))
        canvas.setLineWidth(0.6)
        canvas.line(34, 1, middle - 12, 1)
        canvas.line(middle + 28, 1, width, 1)
        write(canvas, 0, 5, tr("Name"), LABEL)
        words, type_ = shrunk(sheet.facts.interviewer, BODY, middle - 50, 6)
        write(canvas, 38, 5, words, type_)
        write(canvas, middle, 5, tr("Date"), LABEL)
        sheet.placing.put(
            canvas, (middle + 30, 2, width - middle - 32, 15), name=DATE, kind=FieldKind.TEXT, tip=tr("Date")
        )

    return Drawn(width, 20, paint)


def _outline(canvas: Any, x: float, y: float, side: float) -> None:
    canvas.setStrokeColor(colour("ink_soft"))
    canvas.setLineWidth(0.7)
    canvas.roundRect(x + 0.35, y + 0.35, side - 0.7, side - 0.7, 2.6, stroke=1, fill=0)
