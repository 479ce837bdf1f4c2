"""The words of the rubric on screen and on paper: states, zones, votes, what the rule found, figures as read."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from fractions import Fraction

from app.domain.assessment import NoScore, Relation, TeamStanding
from app.domain.calibration import CalibrationOutcome, SessionPart
from app.domain.debrief import FlagVerdict
from app.domain.offer import OfferStatus
from app.domain.panel import Panel, Rule, State, Zone, dimension_state
from app.domain.rubric import Rubric
from app.domain.scorecard import CardRating, Overall
from app.domain.scorecard_form import Beside
from app.words import day, ntr, sentence_list, tr


def state_word(state: State) -> str:
    """One of the four words; or that there is no score."""
    return {
        State.MET: tr("met"),
        State.SPLIT: tr("split"),
        State.NOT_MET: tr("not met"),
        State.THIN: tr("thin"),
        State.EMPTY: tr("no score"),
    }[state]


def zone_word(zone: Zone) -> str:
    """What the rule supports, as a heading."""
    return {
        Zone.SUPPORTS_HIRE: tr("Supports a hire"),
        Zone.SUPPORTS_NO_HIRE: tr("Supports no hire"),
        Zone.MIXED: tr("Mixed"),
    }[zone]


def without_words(name: str, zone: Zone) -> str:
    """What the rule would say without one interviewer."""
    words = {
        Zone.SUPPORTS_HIRE: tr("Without {name}’s scores the rule would support a hire."),
        Zone.SUPPORTS_NO_HIRE: tr("Without {name}’s scores the rule would support no hire."),
        Zone.MIXED: tr("Without {name}’s scores the rule would say mixed."),
    }
    return words[zone].format(name=name)


def verdict_words(verdict: str, level: str) -> str:
    """A decision as a heading."""
    words = {"hire": tr("Hire at {level}"), "no_hire": tr("No hire"), "hold": tr("Hold for more")}
    return words.get(verdict, verdict).format(level=level)


def vote_word(rubric: Rubric, vote: Overall) -> str:
    """An overall vote in the rubric's words."""
    return next(choice.words for choice in rubric.overall if choice.id == vote)


def reason_words(rubric: Rubric, reason: str) -> str:
    """Why a dimension was not assessed, in the rubric's words."""
    return next((choice.words for choice in rubric.not_assessed_reasons if choice.id == reason), reason)


def rating_words(rubric: Rubric, rating: CardRating) -> str:
    """A score, or why there is none."""
    if rating.score is not None:
        return str(rating.score)
    if rating.reason is not None:
        return tr("not assessed ({reason})").format(reason=reason_words(rubric, rating.reason))
    return tr("no score")


def flag_word(verdict: str) -> str:
    """What a debrief made of a red flag."""
    return {
        FlagVerdict.CONFIRMED: tr("Confirmed"),
        FlagVerdict.NOT_SUPPORTED: tr("Not supported"),
        FlagVerdict.NOT_JOB_RELATED: tr("Not job-related"),
    }[FlagVerdict(verdict)]


def offer_word(status: str) -> str:
    """Where an offer stands."""
    return {
        OfferStatus.DRAFTED: tr("drafted"),
        OfferStatus.APPROVED: tr("approved"),
        OfferStatus.SENT: tr("sent"),
        OfferStatus.ACCEPTED: tr("accepted"),
        OfferStatus.DECLINED: tr("declined"),
        OfferStatus.EXPIRED: tr("lapsed"),
        OfferStatus.WITHDRAWN: tr("withdrawn"),
    }[OfferStatus(status)]


def letter_fault_words(faults: Sequence[str]) -> str:
    """What a letter can't be filled with: '{nobody}, {'."""
    return ", ".join(f if f in "{}" else "{" + f + "}" for f in faults)


def count_word(n: int) -> str:
    """'six', '13': small numbers in words."""
    words = (
        tr("no"),
        tr("one"),
        tr("two"),
        tr("three"),
        tr("four"),
        tr("five"),
        tr("six"),
        tr("seven"),
        tr("eight"),
        tr("nine"),
        tr("ten"),
        tr("eleven"),
        tr("twelve"),
    )
    return words[n] if 0 <= n < len(words) else str(n)


def page_words(page: int) -> str:
    """A page as a link says it."""
    return tr("page {n}").format(n=page)


def one_decimal(value: Fraction) -> str:
    """A composite or a limit as it is shown, halves up: 2.85 is 2.9."""
    tenths = (value * 10 + Fraction(1, 2)).__floor__()
    return f"{tenths // 10}.{tenths % 10}"


def limit_words(value: Fraction) -> str:
    """A limit, exact where it has few decimals: 2.6, 2.75."""
    return one_decimal(value) if (value * 10).denominator == 1 else f"{float(value):.3g}"


def duration_words(minutes: int) -> str:
    """'5 h 30 min'."""
    hours, rest = divmod(minutes, 60)
    parts = [tr("{n} h").format(n=hours)] * bool(hours) + [tr("{n} min").format(n=rest)] * bool(rest or not hours)
    return " ".join(parts)


def lower_first(text: str) -> str:
    """A label inside a sentence: 'Patches data' begins small, 'MLOps' stays."""
    return text[:1].lower() + text[1:] if text[1:2].islower() or text[1:2] == " " else text


def upper_first(text: str) -> str:
    """A phrase at the beginning of a sentence."""
    return text[:1].upper() + text[1:]


def names_of(rubric: Rubric, dimensions: Sequence[str]) -> str:
    """Dimensions by their everyday names."""
    return sentence_list([rubric.dimension(d).short for d in dimensions])


def zone_sentences(panel: Panel, rule: Rule, rubric: Rubric) -> list[str]:
    """Why the rule says what it says; thin evidence is named at the end, as it never decides."""
    if panel.composite is None:
        return [tr("Nothing has been scored yet.")]
    found = (
        [
            tr("The composite is at {limit} or above, and nothing else stands against it.").format(
                limit=limit_words(rule.hire_from)
            )
        ]
        if panel.zone is Zone.SUPPORTS_HIRE
        else _against(panel, panel.composite, rule, rubric)
    )
    return found + thin_sentence(panel, rule, rubric)


def thin_sentence(panel: Panel, rule: Rule, rubric: Rubric) -> list[str]:
    """Which dimensions are thin, as one sentence or none."""
    if not panel.thin:
        return []
    one = rule.min_raters == 2
    words = tr("Thin, with one score: {names}.") if one else tr("Thin, with fewer than {n} scores: {names}.")
    return [words.format(names=names_of(rubric, panel.thin), n=count_word(rule.min_raters))]


def _against(panel: Panel, composite: Fraction, rule: Rule, rubric: Rubric) -> list[str]:
    found = []
    limit = rule.mixed_from if composite < rule.mixed_from else rule.hire_from
    if composite < limit:
        close = one_decimal(composite) == limit_words(limit)
        words = tr("The composite is just below {limit}.") if close else tr("The composite is below {limit}.")
        found.append(words.format(limit=limit_words(limit)))
    failed = must_haves_not_met(panel, rule)
    if failed:
        found.append(tr("Must-have not met: {names}.").format(names=names_of(rubric, failed)))
    found += _without_score(panel, rule, rubric)
    if panel.open_red_flags:
        found.append(ntr("{n} red flag is open.", "{n} red flags are open.", panel.open_red_flags))
    return found


def _without_score(panel: Panel, rule: Rule, rubric: Rubric) -> list[str]:
    must = [d for d in panel.unscored if d in rule.must_have]
    found = []
    if must:
        found.append(tr("Must-have without a score: {names}.").format(names=names_of(rubric, must)))
    if len(panel.unscored) > rule.without_score_allowed:
        found.append(tr("Without a score: {names}.").format(names=names_of(rubric, panel.unscored)))
    return found


def must_haves_not_met(panel: Panel, rule: Rule) -> list[str]:
    """Must-haves under the bar by the words' own rule; here one score is enough to say so."""
    return [
        c.dimension
        for c in panel.cells
        if c.dimension in rule.must_have and dimension_state(c.scores, rule.bar, min_raters=1) is State.NOT_MET
    ]


def zone_in_a_sentence(panel: Panel, after: Panel | None, rule: Rule, rubric: Rubric) -> str:
    """Why the rule says what it says, without a figure: for a screen that everybody sees."""
    sentence = _why(panel, rule, rubric)
    split = [c.dimension for c in panel.cells if c.dimension in rule.must_have and c.state is State.SPLIT]
    tail = []
    if split:
        tail.append(tr("{names} split").format(names=names_of(rubric, split)))
    if panel.thin:
        tail.append(tr("{names} thin").format(names=names_of(rubric, panel.thin)))
    if tail:
        sentence = tr("{sentence}, with {what}").format(sentence=sentence, what=sentence_list(tail))
    if after is not None:
        words = (
            tr("{sentence}; what came in since leaves it there")
            if after.zone is panel.zone
            else tr("{sentence}; with what came in since it would be: {zone}")
        )
        sentence = words.format(sentence=sentence, zone=lower_first(zone_word(after.zone)))
    return sentence + "."


def _why(panel: Panel, rule: Rule, rubric: Rubric) -> str:
    if panel.composite is None:
        return tr("Nothing has been scored")
    if panel.zone is Zone.SUPPORTS_HIRE:
        return tr("The scores are where a hire was agreed to be")
    failed = must_haves_not_met(panel, rule)
    missing = [d for d in panel.unscored if d in rule.must_have]
    if panel.zone is Zone.SUPPORTS_NO_HIRE:
        if panel.composite < rule.mixed_from:
            return tr("The scores are below what was agreed")
        return tr("Two must-haves are not met: {names}").format(names=names_of(rubric, failed))
    if panel.open_red_flags:
        return tr("A red flag is open")
    if failed:
        return tr("A must-have is not met: {names}").format(names=names_of(rubric, failed))
    if missing:
        return tr("A must-have has no score: {names}").format(names=names_of(rubric, missing))
    if panel.composite < rule.hire_from:
        return tr("The scores lie between hire and no hire")
    return tr("Too many dimensions have no score")


def carries_sealed() -> str:
    """What is said before the whole file is copied."""
    return tr("A copy is the file itself: it carries every card in it, sealed ones too.")


def weight_word(weight: str) -> str:
    """How much a dimension counts at a level."""
    return {
        "core": tr("core"),
        "important": tr("important"),
        "supporting": tr("supporting"),
        "not_expected": tr("not expected"),
    }[weight]


def way_word(kind: str) -> str:
    """What a way between two levels is, in a head or a list; empty for none."""
    return {"promotion": tr("promotion"), "track_change": tr("change of track"), "return": tr("lateral")}.get(kind, "")


def way_in_full(kind: str) -> str:
    """The same as a guide explains it: only a promotion is one."""
    return {
        "promotion": tr("{way}"),
        "track_change": tr("feeder: {way}, no promotion"),
        "return": tr("{way}: back to the work of an engineer, no promotion"),
    }[kind].format(way=way_word(kind))


def no_score_word(reason: str, *, short: bool = False) -> str:
    """Why a dimension was not assessed; `short` stands under a cell."""
    words = {
        NoScore.NOT_SEEN: (tr("not seen"), tr("nothing seen of it")),
        NoScore.TOO_SHORT: (tr("too short"), tr("too little time together")),
        NoScore.CONFLICT: (tr("conflict"), tr("conflict of interest")),
        NoScore.WORDS: (tr("in words"), tr("in words alone")),
    }
    known = words.get(NoScore(reason)) if reason in set(NoScore) else None
    return reason if known is None else known[0 if short else 1]


def relation_word(relation: Relation) -> str:
    """How a rater stands to the member."""
    return {
        Relation.SELF: tr("self"),
        Relation.MANAGER: tr("manager"),
        Relation.SKIP_LEVEL: tr("skip-level manager"),
        Relation.PEER: tr("peer"),
        Relation.REPORT: tr("direct report"),
        Relation.OTHER: tr("other"),
        Relation.NOT_SAID: tr("relation not said"),
    }[relation]


def outcome_word(outcome: str) -> str:
    """What a calibration decided."""
    return {
        CalibrationOutcome.PROMOTE: tr("Promote"),
        CalibrationOutcome.NOT_NOW: tr("Not now"),
        CalibrationOutcome.MORE_EVIDENCE: tr("More evidence"),
    }[CalibrationOutcome(outcome)]


def standing_word(standing: TeamStanding) -> str:
    """How a team stands on a dimension."""
    return {
        TeamStanding.STRONG: tr("strong"),
        TeamStanding.SOME: tr("some"),
        TeamStanding.ONE: tr("one person carries it"),
        TeamStanding.NOBODY: tr("nobody yet"),
        TeamStanding.UNKNOWN: tr("not looked at"),
    }[standing]


def form_date_words(written: str, written_on: date | None) -> str:
    """The date a form has of itself: as the day it means, else as it was written."""
    if written_on is not None:
        return tr("form dated {day}").format(day=day(written_on))
    if written.strip():
        return tr("form dated “{words}”").format(words=written.strip())
    return tr("form without a date")


def brought_words(by: str, when: str, dated: str) -> str:
    """Who brought a form in, when, and the date it has of itself: never when somebody wrote it."""
    return tr("{dated}, brought in by {name}, {when}").format(dated=dated, name=by or tr("somebody"), when=when)


def beside_words(beside: Sequence[str]) -> str:
    """What a form's original holds more than its fields, as a sentence; empty where it holds no more."""
    words = {
        Beside.SIGNATURE: tr("a signature"),
        Beside.NOTES: tr("notes"),
        Beside.INK: tr("ink"),
        Beside.MARKS: tr("marked text"),
        Beside.STAMPS: tr("a stamp"),
        Beside.FILES: tr("attached files"),
    }
    known = [words[Beside(b)] for b in beside]
    return tr("The original holds more than the fields: {what}.").format(what=sentence_list(known)) if known else ""


def condition_words(condition: str, for_letter: Sequence[str]) -> str:
    """A condition of a decision; said of one that stands in the letter besides."""
    return tr("{words} (also in the letter)").format(words=condition) if condition in for_letter else condition


def part_word(part: SessionPart) -> str:
    """What is done in this part of a member's time."""
    return {
        SessionPart.READING: tr("reading"),
        SessionPart.FACTS: tr("facts"),
        SessionPart.QUESTIONS: tr("questions"),
        SessionPart.VOTE: tr("vote"),
    }[part]


def overall_word(vote: Overall) -> str:
    """A vote as people say it."""
    return {
        Overall.STRONG_HIRE: tr("Strong hire"),
        Overall.HIRE: tr("Hire"),
        Overall.NO_HIRE: tr("No hire"),
        Overall.STRONG_NO_HIRE: tr("Strong no hire"),
    }[vote]


def question_kind(kind: str) -> str:
    """What a question asks for."""
    return {
        "situational": tr("What would you do"),
        "behavioural": tr("What did you do"),
        "work_sample": tr("Show me"),
    }[kind]
