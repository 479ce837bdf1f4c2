"""Words of growth plans, the same on the screen and on paper: gaps, where a suggestion is from, how far a goal is."""

from __future__ import annotations

from collections.abc import Sequence

from app.domain.growth import From, Gap, GapStanding, SinceCheckIn, Suggestion
from app.domain.onboarding import Target
from app.domain.panel import State
from app.domain.readiness import Readiness
from app.phrases.readiness import said_line, said_of
from app.phrases.rubric import lower_first, state_word
from app.words import day, ntr, sentence_list, tr


def gap_words(found: Gap) -> str:
    """How a dimension stands against a level: met, split, 'one below', thin, not expected."""
    if found.standing is GapStanding.BELOW:
        return ntr("one below", "{n} below", found.below)
    return {
        GapStanding.MET: state_word(State.MET),
        GapStanding.SPLIT: state_word(State.SPLIT),
        GapStanding.THIN: state_word(State.THIN),
        GapStanding.EMPTY: tr("no score"),
        GapStanding.NOT_EXPECTED: tr("not expected"),
    }[found.standing]


def suggestion_source(found: Suggestion) -> str:
    """Where in the pack a suggestion stands."""
    words = {
        From.LEVEL: tr("what {where} expects"),
        From.ANCHOR: tr("the rubric’s anchor for {where}"),
        From.SKILL: tr("a skill of the role"),
        From.QUESTION: tr("an interview question"),
        From.KPI: tr("a team measure, {where}"),
    }
    return words[found.source].format(where=found.where)


def head_words(
    names: dict[str, str],
    found: Sequence[Gap],
    readiness: Readiness | None,
    outcome: str = "",
    *,
    from_hire: bool = False,
) -> tuple[str, str]:
    """The plan's head: what was decided, the word of readiness or how many gaps, and the reason beside it."""
    word, why = gaps_in_words(names, found)
    if from_hire:
        under = [g for g in found if g.score is not None and g.bar is not None and g.score < g.bar]
        said = sentence_list([f"{names[g.dimension]} {gap_words(g)}" for g in under[:2]])
        return tr("From the interviews"), said or tr("no score under the panel’s bar")
    if readiness is None:
        return word, why
    shown = said_of(readiness, outcome)
    return shown.word, said_line(shown, why)


def gaps_in_words(names: dict[str, str], found: Sequence[Gap]) -> tuple[str, str]:
    """The plan's head in two lines: how many gaps, and the core ones by name with how far they are."""
    open_gaps = [g for g in found if g.is_gap]
    if not any(g.scores for g in found):
        return tr("Not assessed yet"), tr("Gaps need an assessment against this level")
    if not open_gaps:
        thin = [g for g in found if g.core and g.standing in (GapStanding.THIN, GapStanding.EMPTY)]
        return tr("No gap"), ntr("{n} core dimension thin", "{n} core dimensions thin", len(thin)) if thin else tr(
            "every bar is met"
        )
    heading = ntr("One gap", "{n} gaps", len(open_gaps))
    core = [g for g in open_gaps if g.core] or open_gaps
    return heading, sentence_list([f"{names[g.dimension]} {gap_words(g)}" for g in core[:2]])


def prepared_words(lines: Sequence[str]) -> str:
    """What a check-in is about, in one sentence: 'Goal 1, second release; ask for feedback'."""
    first, *rest = [line.strip() for line in lines if line.strip()] or [""]
    return "; ".join((first, *map(lower_first, rest)))


def since_words(since: SinceCheckIn) -> str:
    """What changed since the last check-in: 'Since 12 March: reached “Second release”; two actions done.'"""
    said = [tr("new: {title}").format(title=title) for title in since.new]
    said += [tr("reached: {title}").format(title=title) for title in since.reached]
    said += [tr("dropped: {title}").format(title=title) for title in since.dropped]
    said += [ntr("{n} action done", "{n} actions done", len(since.done))] if since.done else []
    said += [ntr("{n} piece of evidence", "{n} pieces of evidence", since.evidence)] if since.evidence else []
    on = day(since.on)
    if not said:
        return tr("Since the check-in of {day} nothing was settled or noted.").format(day=on)
    return tr("Since the check-in of {day}: {changes}.").format(day=on, changes="; ".join(said))


def left_words(left: Sequence[tuple[str, str]]) -> str:
    """What is left from then: each “When …, I will …” that is not done."""
    words = tr("When {when}, I will {will}")
    return "\n".join(words.format(when=when, will=will) for when, will in left)


def settled_words(version: int) -> str:
    """That scores are against the sentences of another version of the guide."""
    return tr("Settled in the calibration against the sentences of version {n} of the guide.").format(n=version)


def target_words(target: Target) -> str:
    """What a target asks for: 'at least 1', '30 to 50 % lower than from the diagnosis'."""
    low, high, above = target.at_least, target.at_most, target.above
    unit = {"count": "", "days": tr(" days"), "percent": " %", "percent_change": " %"}[target.unit]
    if target.unit == "percent_change":
        ends = sorted(abs(v) for v in (low, high) if v is not None)
        lower = all(v <= 0 for v in (low, high) if v is not None)
        span = tr("{a} to {b}").format(a=ends[0], b=ends[-1]) if len(ends) > 1 else str(ends[0])
        words = tr("{span} % lower, against: {baseline}") if lower else tr("{span} % higher, against: {baseline}")
        return words.format(span=span, baseline=target.baseline)
    if above is not None:
        return tr("above {n}{unit}").format(n=above, unit=unit)
    if low is not None and high is not None:
        return tr("{a} to {b}{unit}").format(a=low, b=high, unit=unit)
    if low is not None:
        return tr("at least {n}{unit}").format(n=low, unit=unit)
    return tr("at most {n}{unit}").format(n=high, unit=unit)
