"""The hiring figures as reports: time to fill, and offers that were accepted."""

from __future__ import annotations

from functools import partial

from app.charts.bars import time_to_fill_chart
from app.charts.curves import CurveMark, CurveSpan, interval
from app.domain.durations import FILLS_FOR_CURVE, TARGET_DAYS, TARGET_RATE, Acceptance, End, Outlook, Share, TimeToFill
from app.packets.reports.report import Report
from app.queries.reports.hiring import FillReport, OfferReport
from app.words import day, month, ntr, percent, tr


def time_to_fill(value: FillReport) -> Report:
    """Days from approval to accepted offer, by month and as a share filled."""
    figure = value.figure
    ends = {End.FILLED: tr("filled"), End.OPEN: tr("still open"), End.CANCELLED: tr("given up")}
    rows = [(s.code, ends[s.end], day(s.on), str(s.days)) for s in sorted(value.seats, key=lambda s: (s.on, s.code))]
    definition = [
        tr(
            "Each seat of an opening counts from the day the opening was approved to the day an offer was accepted. "
            "Seats that are still open count as far as they have come; those of an opening that was closed without "
            "them end unfilled. Days on which an opening was closed, until it was opened again, are no days of waiting."
        ),
        tr("The period is that of the days on which openings were approved."),
        tr(
            "The share filled by a day is the Aalen–Johansen estimate, which is Kaplan and Meier’s where nothing was "
            "given up; the interval is log-log with Greenwood’s variance, 95 %. With fewer than {n} fills there is no "
            "curve: each seat is a bar. The shaded band is {low} to {high} days."
        ).format(n=FILLS_FOR_CURVE, low=TARGET_DAYS[0], high=TARGET_DAYS[1]),
    ]
    if value.undated:
        definition.append(
            tr("Left out, because no day of approval stands in them or it is later than the end: {codes}.").format(
                codes=", ".join(value.undated)
            )
        )
    return Report(
        name="time-to-fill",
        title=tr("Time to fill"),
        finding=_fill_finding(figure),
        unit=tr("Days from approval to accepted offer"),
        n=_fill_n(figure),
        definition=tuple(definition),
        headings=(tr("Opening"), tr("Ended"), tr("On"), tr("Days")),
        rows=rows,
        draw=partial(time_to_fill_chart, seats=value.seats, figure_of=figure) if value.seats else None,
    )


def _fill_n(figure: TimeToFill) -> str:
    parts = [tr("n = {n} seats").format(n=figure.seats), tr("{n} filled").format(n=figure.fills)]
    parts += [tr("{n} open").format(n=figure.open)] if figure.open else []
    parts += [tr("{n} given up").format(n=figure.cancelled)] if figure.cancelled else []
    return ", ".join(parts)


def _fill_finding(figure: TimeToFill) -> str:
    if not figure.seats:
        return tr("No opening with a day of approval yet.")
    if not figure.enough:
        few = (
            ntr("{n} seat is filled", "{n} seats are filled", figure.fills)
            if figure.fills
            else tr("No seat is filled yet")
        )
        return tr("{few}; a curve needs {n} fills.").format(few=few, n=FILLS_FOR_CURVE)
    if figure.half is None:
        words = tr("Half the seats are not filled yet.")
    elif figure.three_quarters is None:
        words = tr("Half the seats were filled within {n} days; three quarters are not filled yet.").format(
            n=figure.half
        )
    else:
        words = tr("Half the seats were filled within {half} days, three quarters within {most}.").format(
            half=figure.half, most=figure.three_quarters
        )
    shares = [
        tr("by day {day} {share}").format(day=at, share=_share(share)) for at, share in figure.by.items() if share
    ]
    return f"{words} {tr('Filled {shares}.').format(shares=', '.join(shares))}" if shares else words


def _share(share: Share) -> str:
    if share.low is None or share.high is None:
        return percent(float(share.value))
    return tr("{value} ({low} to {high})").format(
        value=percent(float(share.value)), low=percent(share.low), high=percent(share.high)
    )


def acceptance(value: OfferReport) -> Report:
    """The share of answered offers that were accepted, against 70 %."""
    figure = value.figure
    rows = [(month(on), *(str(n) for n in counts)) for on, *counts in value.months]
    rows.append((tr("all"), str(figure.accepted), str(figure.declined), str(figure.expired)))
    draw = None
    if figure.rate is not None:
        scale = [(n / 100, f"{n} %") for n in (0, 25, 50, 75, 100)]
        mark = CurveMark(float(TARGET_RATE), tr("target {share}").format(share=percent(float(TARGET_RATE))))
        span = CurveSpan(
            float(figure.rate), figure.low, figure.high, percent(float(figure.rate)), (0, 1), scale, [mark]
        )
        draw = partial(interval, span=span)
    return Report(
        name="acceptance",
        title=tr("Offer acceptance"),
        finding=_acceptance_finding(figure),
        unit=tr("Share of answered offers that were accepted"),
        n=tr("n = {n} answered").format(n=figure.answered),
        definition=(
            tr(
                "Accepted of accepted, declined and expired. Offers we withdrew ({withdrawn}) and those still pending "
                "({pending}) stand apart. The period is that of the days on which they were answered, withdrawn, or "
                "came to where they are."
            ).format(withdrawn=figure.withdrawn, pending=figure.pending),
            tr(
                "The interval is Wilson’s, 95 %. The probability that the rate lies above {share} is that of "
                "Beta(x + ½, n − x + ½); at 95 % or more it is called above, at 5 % or less below, else it is too "
                "early."
            ).format(share=percent(float(TARGET_RATE))),
        ),
        headings=(tr("Answered in"), tr("Accepted"), tr("Declined"), tr("Expired")),
        rows=rows,
        draw=draw,
    )


def _acceptance_finding(figure: Acceptance) -> str:
    if figure.rate is None or figure.low is None or figure.high is None or figure.above is None:
        return tr("No data: no offer has been answered yet.")
    said = {
        Outlook.ABOVE: tr("That is above {target}"),
        Outlook.BELOW: tr("That is below {target}"),
        Outlook.TOO_EARLY: tr("It is too early to say whether that is above {target}"),
    }[figure.outlook].format(target=percent(float(TARGET_RATE)))
    found = tr("{x} of {n} offers were accepted: {rate}, {low} to {high}.").format(
        x=figure.accepted,
        n=figure.answered,
        rate=percent(float(figure.rate)),
        low=percent(figure.low),
        high=percent(figure.high),
    )
    return f"{found} {said} (P = {figure.above:.2f})."
