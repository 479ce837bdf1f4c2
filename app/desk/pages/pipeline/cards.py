"""How an application looks as a card on the board, and in words for who does not see it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta, tzinfo

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QFontMetricsF, QPainter, QPen

from app.desk.parts.strip import PaintedCell, cell_size, paint_strip, strip_in_words
from app.desk.theme import Theme, tokens
from app.queries.board import BoardCard
from app.records.strip import StripCell
from app.words import clock, short_day, tr

PADDING = 12
GAP = 3


@dataclass(frozen=True)
class Foot:
    """The last line of a card: plain words, then words that stand out, in their tone."""

    words: str
    standing_out: str = ""
    tone: str = "accent"


def as_cells(strip: tuple[StripCell, ...]) -> list[PaintedCell]:
    """A strip as it is painted."""
    return [PaintedCell(c.score, c.bar, high=c.high, sealed=c.sealed) for c in strip]


def foot_of(card: BoardCard, now: datetime, zone: tzinfo) -> Foot:
    """Where the card comes from while nobody interviews; else how many cards are in and who is next."""
    if card.due is None and card.cards_in == 0:
        since = short_day(card.applied_on)[4:] if card.applied_on else ""
        return Foot(", ".join(w for w in (card.person.came_by, since) if w))
    count = tr("{n} of {all} in").format(n=card.cards_in, all=card.cards_planned)
    due = card.due
    if due is None:
        return Foot(count)
    surname = due.interviewer.split()[-1] if due.interviewer.split() else due.interviewer
    if due.starts_at is None:
        return Foot(tr("{count}, {name} has no time yet").format(count=count, name=surname))
    start, end = due.starts_at, due.starts_at + timedelta(minutes=due.minutes)
    days_late = (now.astimezone(zone).date() - start.astimezone(zone).date()).days
    if due.mine and start <= now <= end:
        return Foot(count + ", ", tr("you score now"))
    if end < now:
        words = (
            tr("{n} d late").format(n=days_late) if days_late else tr("late since {time}").format(time=clock(end, zone))
        )
        return Foot(count + ", ", (tr("yours") if due.mine else surname) + " " + words, "warn")
    when = clock(start, zone) if days_late == 0 else short_day(start.astimezone(zone).date())[:6].strip()
    if due.mine:
        return Foot(count + ", ", tr("yours {when}").format(when=when))
    return Foot(tr("{count}, {name} {when}").format(count=count, name=surname, when=when))


def days_words(card: BoardCard) -> str:
    """For how long it is in its stage, and whether that is too long or on purpose."""
    if card.held:
        return tr("on hold {n} d").format(n=card.days)
    return tr("stuck {n} d").format(n=card.days) if card.stuck else tr("{n} d").format(n=card.days)


def in_words(card: BoardCard, stage: str, names: tuple[str, ...], now: datetime, zone: tzinfo) -> str:
    """The whole card for a reader of the screen."""
    foot = foot_of(card, now, zone)
    return ". ".join(
        w
        for w in (
            f"{card.name}, {card.person.now_at}" if card.person.now_at else card.name,
            tr("{stage} for {n} days").format(stage=stage, n=card.days),
            tr("On hold") if card.held else tr("Stuck") if card.stuck else "",
            foot.words + foot.standing_out,
            strip_in_words(names, as_cells(card.strip)),
        )
        if w
    )


def card_height(theme: Theme) -> int:
    """In pixels, at the text size of now."""
    body, caption = QFontMetricsF(theme.font("body", 500)), QFontMetricsF(theme.font("caption"))
    strip = cell_size(theme).height()
    return round(2 * PADDING + body.height() + 2 * caption.height() + strip + GAP + 2 * 9)


def paint_card(
    painter: QPainter,
    rect: QRectF,
    card: BoardCard,
    theme: Theme,
    now: datetime,
    zone: tzinfo,
    *,
    chosen: bool,
    picked: bool,
) -> None:
    """Draw the card into `rect`; `chosen` has the ring, `picked` is one of several: tinted, with a bar at its left."""
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    radius = tokens()["radius"]["panel"]
    painter.setBrush(theme.colour("accent_soft" if picked else "panel"))
    painter.setPen(QPen(theme.colour("accent" if chosen or picked else "line"), 2 if chosen else 1))
    painter.drawRoundedRect(rect.adjusted(1, 1, -1, -1), radius - 1, radius - 1)
    if picked:
        bar = QRectF(rect.left() + 4, rect.top() + radius, 3, rect.height() - 2 * radius)
        painter.fillRect(bar, theme.colour("accent"))
    inner = rect.adjusted(PADDING, PADDING, -PADDING, -PADDING)
    caption, strong = theme.font("caption"), theme.font("body", 500)
    small, large = QFontMetricsF(caption), QFontMetricsF(strong)
    days = days_words(card)
    days_font = theme.font("caption", 500) if card.stuck else caption
    painter.setFont(days_font)
    painter.setPen(theme.colour("warn" if card.stuck else "ink_soft"))
    width = QFontMetricsF(days_font).horizontalAdvance(days)
    painter.drawText(
        QRectF(inner.right() - width, inner.top(), width + 1, large.height()), Qt.AlignmentFlag.AlignVCenter, days
    )
    painter.setFont(strong)
    painter.setPen(theme.colour("ink"))
    name = large.elidedText(card.name, Qt.TextElideMode.ElideRight, inner.width() - width - 8)
    painter.drawText(QPointF(inner.left(), inner.top() + large.ascent()), name)
    y = inner.top() + large.height() + GAP
    painter.setFont(caption)
    painter.setPen(theme.colour("ink_soft"))
    painter.drawText(
        QPointF(inner.left(), y + small.ascent()),
        small.elidedText(card.person.now_at, Qt.TextElideMode.ElideRight, inner.width()),
    )
    y += small.height() + 9
    paint_strip(painter, QPointF(inner.left(), y), as_cells(card.strip), theme, room=inner.width())
    y += cell_size(theme).height() + 9
    _paint_foot(painter, QPointF(inner.left(), y + small.ascent()), inner.width(), foot_of(card, now, zone), theme)
    painter.restore()


def _paint_foot(painter: QPainter, at: QPointF, width: float, foot: Foot, theme: Theme) -> None:
    caption = theme.font("caption")
    metrics = QFontMetricsF(caption)
    painter.setFont(caption)
    painter.setPen(theme.colour("ink_soft"))
    words = metrics.elidedText(foot.words, Qt.TextElideMode.ElideRight, width)
    painter.drawText(at, words)
    if foot.standing_out:
        standing = theme.font("caption", 500)
        painter.setFont(standing)
        painter.setPen(theme.colour(foot.tone))
        used = metrics.horizontalAdvance(words)
        rest = QFontMetricsF(standing).elidedText(foot.standing_out, Qt.TextElideMode.ElideRight, width - used)
        painter.drawText(QPointF(at.x() + used, at.y()), rest)
