"""Makers of facts for packets: the case of the design's pictures, and cases at the edges."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, timedelta
from functools import lru_cache
from zoneinfo import ZoneInfo

from app.domain.candidate import Applicant
from app.domain.panel import Panel, PanelScore, judge_panel
from app.domain.rubric import Dimension, Rubric
from app.domain.scorecard import Card, CardRating, Evidence, Observed, Overall
from app.exchange.packs import load_pack
from app.queries.decision import DecisionFacts, Person
from app.queries.hiring import (
    CardFacts,
    HiringFacts,
    InterviewFacts,
    OpenedEarly,
    OpeningFacts,
)
from app.queries.timeline import TimelineMoment
from app.resources import packs

ZONE = ZoneInfo("Europe/Brussels")
RUTH = Person("Ruth Amadi", "Hiring manager")


@lru_cache(maxsize=1)
def rubric() -> Rubric:
    """The shipped pack's rubric."""
    return load_pack(packs() / "ml-engineering-manager").rubric


@dataclass(frozen=True)
class Said:
    """A rating as it is written in a case: a score or a reason, lines of evidence, signals, red flags with a quote."""

    score: int | None
    lines: tuple[str, ...] = ()
    signals: tuple[str, ...] = ()
    red: tuple[tuple[str, str], ...] = ()
    reason: str = "ran_out_of_time"


@dataclass(frozen=True)
class Sat:
    """One interview of a case."""

    exercise: str
    by: Person
    at: datetime
    minutes: int
    vote: Overall | None
    said: Mapping[str, Said]
    why: str = ""
    place: str = "Room Sund"


def card_of(sat: Sat, number: int, level: str = "M1") -> CardFacts:
    """The card of an interview, submitted two hours after it began."""
    ratings = tuple(_rating(sat, dimension, said) for dimension, said in sat.said.items())
    content = Card(level, "ml-engineering-manager 1.0", tuple(sat.said), ratings, sat.vote, sat.why)
    return CardFacts(number, number, sat.by, None, sat.at + timedelta(hours=2), content, False)


def _rating(sat: Sat, dimension: str, said: Said) -> CardRating:
    lines = tuple(Evidence(sat.at + timedelta(minutes=6 + 9 * n), text) for n, text in enumerate(said.lines))
    observed = tuple(Observed(s, red=False) for s in said.signals)
    observed += tuple(Observed(s, red=True, quote=quote) for s, quote in said.red)
    return CardRating(dimension, said.score, None if said.score else said.reason, lines, observed)


def interview_of(sat: Sat, number: int, *, card: bool = True) -> InterviewFacts:
    """An interview with its card, or without one."""
    exercise = rubric().exercise(sat.exercise)
    cards = (card_of(sat, number),) if card else ()
    return InterviewFacts(
        number, number, sat.exercise, exercise.name, exercise.short, sat.by, sat.at, sat.minutes, sat.place, cards
    )


def panel_of(interviews: Sequence[InterviewFacts], by: Rubric, must_have: Sequence[str]) -> Panel:
    """What the rule says, as the query has it."""
    given = [
        PanelScore(card.author.name, rating.dimension, rating.score)
        for interview in interviews
        if (card := interview.card) is not None
        for rating in card.content.ratings
        if rating.score is not None
    ]
    return judge_panel(given, by.rule(must_have))


def with_interviews(facts: HiringFacts, interviews: Sequence[InterviewFacts], by: Rubric | None = None) -> HiringFacts:
    """The same case with other interviews, judged anew."""
    chosen = by or facts.rubric
    panel = panel_of(interviews, chosen, facts.opening.must_have)
    rule = chosen.rule(facts.opening.must_have)
    return replace(facts, interviews=tuple(interviews), panel=panel, rule=rule, rubric=chosen)


def _at(day: int, hour: int, minute: int = 0, month: int = 3) -> datetime:
    return datetime(2026, month, day, hour, minute, tzinfo=ZONE).astimezone(UTC)


SORBY = Sat(
    "review",
    Person("Hanne Sørby", "Staff ML Engineer"),
    _at(4, 14),
    60,
    Overall.NO_HIRE,
    {
        "systems_design": Said(
            3,
            (
                "Found the feature computed twice, offline and in the request path",
                "Sized the service unasked: 1,200 requests a second in 40 ms",
            ),
            ("s1",),
        ),
        "mlops": Said(
            2,
            (
                "Approved a release with the schema check switched off",
                "Rollback is “Jonas knows how”; last tried in 2024",
            ),
            ("w2",),
        ),
        "software": Said(
            3,
            (
                "Named the race in the cache fill first, then the missing test",
                "Would merge with a flag, and said what the flag must log",
            ),
        ),
        "governance": Said(None),
    },
    "Good instincts on code, but the way back from a bad release is one person’s memory.",
)
AMADI = Sat(
    "track_record",
    RUTH,
    _at(5, 10, 30),
    60,
    Overall.HIRE,
    {
        "software": Said(
            3,
            (
                "Test pyramid for features, with a nightly replay of a recorded day",
                "Paid down the old scorer in two quarters; showed the ticket",
            ),
            ("s4",),
        ),
        "reliability": Said(
            3,
            (
                "Ran on-call for ranking eighteen months; 99.9 % met in sixteen",
                "Rolled back at minute nine, before the cause was known",
            ),
            ("s1",),
        ),
        "product": Said(
            3, ("Guardrail on complaints set before the test", "Stopped the map-ads model on a null result"), ("s8",)
        ),
        "people": Said(
            4,
            ("Two of four seniors now lead teams of their own", "Rewrote the hiring loop after checking who it lost"),
            ("s5",),
        ),
    },
    "Grew a team, and can show it.",
)
WIELAND = Sat(
    "system_design",
    Person("Tomasz Wieland", "Principal ML Engineer"),
    _at(9, 10),
    60,
    Overall.HIRE,
    {
        "systems_design": Said(
            3,
            (
                "Nearline features for ranking, batch for the rest, from freshness",
                "Named skew, a late index, cold queries; put a control on each",
            ),
        ),
        "mlops": Said(
            4,
            ("Release template taken up by three other teams", "Lead time 11 days to 3, canary stops on latency"),
            ("s3", "s4"),
        ),
        "data": Said(
            3,
            (
                "Contract with the events team: owner, schema, seven days’ notice",
                "One definition of a click for training and serving",
            ),
            ("s7",),
        ),
        "governance": Said(
            2,
            ("Consent came up only when asked", "Would bring Privacy in before launch, after the training run"),
            ("w7",),
        ),
    },
    "The template is the strongest release work I have seen from a candidate this year.",
)
RAMAN = Sat(
    "incident_sim",
    Person("Priya Raman", "SRE lead"),
    _at(6, 15),
    45,
    Overall.HIRE,
    {
        "reliability": Said(
            4,
            (
                "Cut traffic to the old index within four minutes",
                "Error budget decides: stopped shipping for two weeks in May",
            ),
            ("s1",),
        ),
        "data": Said(
            3,
            ("Traced the drop to a renamed event field, step by step", "Freshness check at the border, with an owner"),
        ),
        "communication": Said(
            2,
            (
                "Told Product “we are looking into it” at minute ten, no estimate",
                "Two updates in the channel, both in graphs",
            ),
        ),
    },
    "Calm, quick, and the updates can be learnt.",
    "Video call",
)
ABARA = Sat(
    "leadership_scenario",
    Person("Joel Abara", "Product manager"),
    _at(6, 11),
    45,
    Overall.NO_HIRE,
    {
        "product": Said(
            2, ("Took the offline gain as the effect until pressed", "No guardrail named for the second test"), ("w3",)
        ),
        "communication": Said(
            3,
            ("Put the same trade-off to Sales and to Search, both agreed", "Asked what I would lose before proposing"),
            ("s6",),
        ),
        "execution": Said(
            2, ("Milestones without owners in the migration plan", "Moved the date twice; the sponsor heard it last")
        ),
    },
    "Would need a strong planner beside them for a year.",
    "Video call",
)
WHITLOCK = Sat(
    "people_interview",
    Person("Esther Whitlock", "Engineering manager"),
    _at(9, 16),
    60,
    Overall.HIRE,
    {
        "people": Said(
            3,
            (
                "Goal, coaching, setback and larger scope for one senior",
                "Ended an underperformance case fairly, with dates",
            ),
            ("s5",),
        ),
        "execution": Said(
            2, ("Quarter plan is a list; dependencies found in week five", "Knows it: asked for a planning partner")
        ),
    },
    "I would work for this person.",
    "Room Fjord",
)
SIX = (SORBY, AMADI, WIELAND, RAMAN, ABARA, WHITLOCK)


def ines() -> HiringFacts:
    """Ines Halvorsen as in the design's pictures."""
    interviews = tuple(interview_of(sat, number) for number, sat in enumerate(SIX, 1))
    must = rubric().must_have
    timeline = [
        TimelineMoment(_at(10, 9, 12, month=2), "To Applied"),
        TimelineMoment(_at(13, 11, 40, month=2), "To Screen", "Ruth Amadi"),
        TimelineMoment(_at(20, 16, 5, month=2), "To First rounds", "Ruth Amadi"),
        *(
            TimelineMoment(s.at + timedelta(hours=2), f"Card in: {rubric().exercise(s.exercise).name}", s.by.name)
            for s in sorted(SIX, key=lambda s: s.at)
        ),
        TimelineMoment(_at(10, 9), "To Debrief", "Ruth Amadi"),
        TimelineMoment(_at(12, 15, 52), "Decided: hire at M1", "Ruth Amadi"),
    ]
    return HiringFacts(
        candidate=Applicant(
            "Ines Halvorsen",
            "ines.halvorsen@example.org",
            "+32 3 555 01 42",
            now_at="ML lead, Kestrel Maps",
            place="Antwerp",
            came_by="Careers page",
            can_start="1 June 2026, two months’ notice",
            kept_until=date(2027, 3, 12),
            applied_on=date(2026, 2, 10),
        ),
        opening=OpeningFacts(
            "SR-2026-01",
            "ML Engineering Manager, Search & Ranking",
            "M1",
            1,
            date(2026, 1, 12),
            "Karim Belhadj",
            "Ruth Amadi",
            59,
            (60, 120),
            must,
        ),
        rubric=rubric(),
        rule=rubric().rule(must),
        panel=panel_of(interviews, rubric(), must),
        second=None,
        interviews=interviews,
        rounds_without_interview=(),
        decisions=(
            DecisionFacts(
                "hire",
                "M1",
                "The template other teams took up is the MLOps evidence nearest this job. Execution is below from two "
                "people: a planning goal for the first 90 days.",
                "",
                RUTH,
                _at(12, 15, 52),
                (("Hanne Sørby", "A rollback nobody has tried since 2024 is a 2, and it is a must-have."),),
            ),
        ),
        opened_early=None,
        timeline=tuple(timeline),
        files=("Halvorsen-résumé.pdf", "Letter.pdf"),
        as_of=_at(12, 15, 52),
        zone=ZONE,
        paper="a4",
    )


def empty() -> HiringFacts:
    """Nothing scored, nothing decided, hardly anything known."""
    facts = ines()
    bare = Applicant("A")
    opening = replace(facts.opening, approved_on=None, approved_by="", day=None, must_have=(), manager="")
    moment = TimelineMoment(facts.as_of, "To Applied")
    nothing = replace(
        facts,
        candidate=bare,
        opening=opening,
        decisions=(),
        timeline=(moment,),
        files=(),
        rounds_without_interview=("Code or design review",),
    )
    return with_interviews(nothing, ())


def wide_rubric(dimensions: int) -> Rubric:
    """The shipped rubric with this many dimensions, at most twelve; the last ones are copies under other names."""
    known = rubric()
    more = [
        known.dimensions[n].model_copy(
            update={"id": f"extra_{n}", "narrow": f"Extra {n}", "short": f"Extra {n}", "name": f"Extra {n}"}
        )
        for n in range(max(0, dimensions - len(known.dimensions)))
    ]
    kept: tuple[Dimension, ...] = (*known.dimensions[:dimensions], *more)
    return known.model_copy(update={"dimensions": kept})


def huge(dimensions: int = 12, raters: int = 8, lines: int = 30) -> HiringFacts:
    """Everybody scored everything at length."""
    by = wide_rubric(dimensions)
    exercises = [e.id for e in by.exercises]
    text = "Told at some length how the team came to this, what it cost, who disagreed, and what was kept in the end"
    interviews = []
    for number in range(1, raters + 1):
        said = {
            d.id: Said((number + place) % 4 + 1, tuple(f"{text}, part {n}" for n in range(lines)), ("s1",))
            for place, d in enumerate(by.dimensions)
        }
        sat = Sat(
            exercises[number % len(exercises)],
            Person(f"Rater Number{number}", "Engineer"),
            _at(number, 9),
            60,
            list(Overall)[number % 4],
            said,
            text,
        )
        interviews.append(interview_of(sat, number))
    return with_interviews(ines(), interviews, by)


def troubled() -> HiringFacts:
    """Everything that is not as it should be: amended, opened early, a card missing, red flags, decided twice."""
    facts = ines()
    review, track, design, incident, leadership, people = facts.interviews
    first = replace(track.cards[0], replaced=True)
    ratings = [
        replace(r, score=2) if r.dimension == "people" else replace(r, score=4) if r.dimension == "product" else r
        for r in first.content.ratings
    ]
    second = replace(
        first,
        id=41,
        replaced=False,
        submitted_at=first.submitted_at + timedelta(days=1),
        entered_by="Ingrid Solheim",
        content=replace(
            first.content,
            ratings=tuple(ratings),
            overall=Overall.NO_HIRE,
            amend_reason="I had mixed up two of the four seniors.",
        ),
    )
    track = replace(track, cards=(first, second))
    flagged = replace(
        incident.cards[0].content.ratings[0],
        score=1,
        observed=(
            Observed("r1", red=True, quote="That outage was Piotr, and Piotr is gone."),
            Observed("w2", red=False),
        ),
    )
    card = incident.cards[0]
    ratings = [flagged, *card.content.ratings[1:]]
    incident = replace(
        incident, cards=(replace(card, content=replace(card.content, ratings=tuple(ratings), level="M2")),)
    )
    people = replace(people, cards=())
    decided = facts.decisions[0]
    later = replace(
        decided,
        verdict="hire",
        level="MLE4",
        at=decided.at + timedelta(days=2),
        change_reason="The manager’s seat was filled; this one is for a staff engineer.",
    )
    return replace(
        with_interviews(facts, (review, track, design, incident, leadership, people)),
        decisions=(replace(decided, verdict="no_hire"), later),
        opened_early=OpenedEarly(_at(9, 18), "Ruth Amadi", "Esther Whitlock is on leave until April."),
        rounds_without_interview=("People leadership interview",),
        as_of=later.at,
        paper="letter",
    )


def flat_panel() -> HiringFacts:
    """Everybody gave threes, so that somebody is asked to check."""
    interviews = []
    for number, sat in enumerate(SIX, 1):
        said = {d: replace(s, score=3) for d, s in sat.said.items()}
        interviews.append(interview_of(replace(sat, said=said, vote=Overall.STRONG_HIRE), number))
    return replace(with_interviews(ines(), interviews), decisions=())
