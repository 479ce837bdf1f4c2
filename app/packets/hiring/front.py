"""Page one: what was decided and why, what the rule says, and where to find the evidence."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from reportlab.platypus import CondPageBreak

from app.domain.candidate import APPLIED_AFTER, FIELDS, Applicant
from app.domain.panel import Panel, Zone
from app.packets.hiring.approvals import approvals
from app.packets.hiring.dossier import Dossier
from app.packets.hiring.scale import scale
from app.packets.paper.flow import Columns, Drawn, FlowColumn, PagePlace, Space, block, height_of, ruled_line
from app.packets.paper.strip import STATE_RADIUS, draw_state, index_strip
from app.packets.paper.type import (
    BODY,
    CAPTION,
    LABEL,
    TABLE,
    TITLE,
    VERDICT,
    TextSpan,
    clean,
    fitted,
    measure,
    plain,
    rich,
    write,
)
from app.phrases.candidate import fact_text, fact_words
from app.phrases.rubric import (
    condition_words,
    count_word,
    duration_words,
    lower_first,
    one_decimal,
    page_words,
    state_word,
    verdict_words,
    zone_sentences,
    zone_word,
)
from app.queries.decision import DecisionFacts
from app.words import day, moment, ntr, sentence_list, tr

DECISION = "decision"
MATRIX = "matrix"
EVIDENCE = "evidence"
CARDS = "cards"
VOTES = "votes"
RECORD = "record"

_RIGHT = 0.66  # where the right column begins, of the text's width
_GUTTER = 36.0
_FACT = 54.0  # width of a fact's name


def front_page(dossier: Dossier) -> list[Any]:
    """The decision page."""
    width = dossier.width
    right = round(width * _RIGHT)
    columns = [
        FlowColumn(0, right - _GUTTER, tuple(_decision(dossier, right - _GUTTER))),
        FlowColumn(right, width - right, tuple(_rule(dossier, width - right))),
    ]
    foot = Columns(
        [
            FlowColumn(0, right - _GUTTER, (Space(16), *_facts(dossier, right - _GUTTER))),
            FlowColumn(right, width - right, (Space(16), *_inside(dossier, width - right))),
        ],
        whole=400,
    )
    return [
        block(
            width,
            [plain(dossier.facts.candidate.name, TITLE), Space(4), plain(_subtitle(dossier), BODY.soft())],
            places=(PagePlace(DECISION, tr("Decision")),),
        ),
        Space(17),
        index_strip(dossier.strip, dossier.pages, width),
        Space(6),
        plain(_key(dossier), CAPTION),
        Space(22),
        Columns(columns),
        *approvals(dossier),
        Space(20),
        CondPageBreak(height_of([foot], width)),
        ruled_line(width),
        foot,
    ]


def contents(dossier: Dossier) -> list[tuple[str, str]]:
    """What is inside, as the key of its place and its name."""
    return [
        (MATRIX, tr("Panel matrix")),
        (EVIDENCE, tr("Evidence by dimension")),
        (CARDS, tr("Interviewers and their cards")),
        (VOTES, tr("Votes, and who carries the zone")),
        (RECORD, tr("Candidate facts and timeline")),
    ]


def labelled(label: str, items: list[Any], before: float = 12) -> list[Any]:
    """A small heading with what stands under it."""
    return [Space(before), plain(label, LABEL), Space(1), *items]


def _subtitle(dossier: Dossier) -> str:
    opening = dossier.facts.opening
    seats = ntr("{{count}} seat", "{{count}} seats", opening.seats).format(count=count_word(opening.seats))
    words = tr("{role}, {seats}.").format(role=clean(opening.role), seats=seats)
    people = dossier.people()
    if not people:
        return f"{words} " + tr("No card is in yet.")
    who = ntr("{{count}} person", "{{count}} people", people).format(count=count_word(people))
    return f"{words} " + tr("Scored against {level} by {people}.").format(level=dossier.level, people=who)


def _key(dossier: Dossier) -> str:
    words = tr(
        "A cell shows the lower middle score; a cut corner, in the highest score’s colour, means both sides of the bar."
    )
    return (tr("Semibold: must-have.") + " " + words) if dossier.rule.must_have else words


def _decision(dossier: Dossier, width: float) -> list[Any]:
    facts = dossier.facts
    found: list[Any] = [plain(tr("Decision"), LABEL)]
    if facts.decision is None:
        found.append(plain(tr("No decision yet."), VERDICT))
    else:
        found += _verdict(dossier, facts.decision)
    dissent = _dissent(dossier)
    if dissent:
        found += labelled(tr("Dissent, by name"), dissent)
    early = facts.opened_early
    if early is not None:
        when = moment(early.at, facts.zone)
        by = tr("{name}, {when}.").format(name=clean(early.by), when=when)
        found += labelled(
            tr("Cards opened early"), [rich((TextSpan(f"{by} ", ink="ink_soft"), TextSpan(early.reason)), BODY)]
        )
    read = not_alone(dossier)
    if read:
        found += labelled(tr("Not written alone"), [plain(read, BODY)])
    return found


def not_alone(dossier: Dossier) -> str:
    """Whose card in the first result was written or amended after the cards were open; empty where all were alone."""
    read = [
        tr("{name} ({round})").format(name=clean(i.interviewer.name), round=i.short) for i in dossier.cards_after_open()
    ]
    words = tr("Written or amended after the cards were open, when its author could read the others: {names}.")
    return words.format(names=sentence_list(read)) if read else ""


def _verdict(dossier: Dossier, decision: DecisionFacts) -> list[Any]:
    facts = dossier.facts
    found = [
        plain(verdict_words(decision.verdict, decision.level), VERDICT),
        Space(2),
        plain(signed(decision, facts.zone), TABLE.soft()),
    ]
    if decision.verdict == "hire" and decision.level != dossier.level:
        words = tr("Scored against {level}, hired at {hired}.").format(level=dossier.level, hired=decision.level)
        found += [Space(2), plain(words, TABLE.medium())]
    found += [Space(7), plain(decision.reason, BODY)]
    found += _against(dossier, decision)
    if decision.change_reason:
        label = tr("Why it takes the place of the decision before it")
        if len(facts.decisions) > 1:
            before = facts.decisions[-2]
            label = tr("In the place of “{verdict}”, {when}").format(
                verdict=verdict_words(before.verdict, before.level), when=day(before.at.astimezone(facts.zone).date())
            )
        found += labelled(label, [plain(decision.change_reason, BODY)])
    return found


def _against(dossier: Dossier, decision: DecisionFacts) -> list[Any]:
    """Why the decision departs from the rule; what a hold waits for; conditions."""
    found: list[Any] = []
    if decision.departure and decision.zone is not None:
        label = tr("Departure from the rule, which said: {zone}").format(
            zone=lower_first(zone_word(Zone(decision.zone)))
        )
        found += labelled(label, [plain(decision.departure, BODY)])
    if decision.missing is not None:
        dimension, exercise = decision.missing
        words = tr("{dimension}, looked at again in: {round}.").format(
            dimension=dossier.rubric.dimension(dimension).short, round=dossier.rubric.exercise(exercise).name
        )
        found += labelled(tr("Waits for"), [plain(words, BODY)])
    if decision.conditions:
        found += labelled(
            tr("Conditions"), [plain(condition_words(c, decision.for_letter), BODY) for c in decision.conditions]
        )
    return found


def signed(decision: DecisionFacts, zone: Any) -> str:
    """Who decided, as what, and when."""
    parts = [clean(decision.by.name), clean(decision.by.role), moment(decision.at, zone)]
    return ", ".join(p for p in parts if p)


def _dissent(dossier: Dossier) -> list[Any]:
    decision = dossier.facts.decision
    spoken = decision.dissents if decision is not None else ()
    found: list[Any] = []
    for name, text in spoken:
        found += [rich((TextSpan(f"{clean(name)}. ", 500), TextSpan(text)), BODY), Space(3)]
    for name in dossier.quiet_no_hire():
        words = tr("{name} voted no hire on the card and asked for no dissent.").format(name=clean(name))
        found += [plain(words, BODY.soft()), Space(3)]
    return found[:-1]


def _rule(dossier: Dossier, width: float) -> list[Any]:
    panel, agreed = dossier.facts.panel, dossier.rule
    sentences = zone_sentences(panel, agreed, dossier.rubric)
    found: list[Any] = [plain(tr("What the agreed rule supports"), LABEL), *_zone(panel, width)]
    if panel.composite is not None:
        found += [Space(6), scale(panel, agreed, width)]
        sentences.append(tr("The line is the 95% band."))
    second = dossier.facts.second
    if second is not None:
        words = tr("With what came in after the debrief began: {zone}.")
        sentences.append(words.format(zone=lower_first(zone_word(second.zone))))
    found += [Space(4), plain(" ".join(sentences), TABLE.soft())]
    if agreed.must_have:
        rows = [_must_have(dossier, d.id, width) for d in dossier.dimensions if d.id in agreed.must_have]
        found += labelled(tr("Must-haves"), rows)
    flags = [
        ": ".join(w for w in (label if n == 1 else tr("{label}, {n} times").format(label=label, n=n), made) if w)
        for label, n, made in dossier.red_flags()
    ]
    found += labelled(tr("Red flags"), [plain(f, TABLE) for f in flags] or [plain(tr("None recorded."), TABLE)])
    return found + labelled(tr("Overall, each alone"), [_vote_count(dossier)])


def _zone(panel: Panel, width: float) -> list[Any]:
    words = zone_word(panel.zone)
    if panel.composite is None or panel.band is None:
        return [plain(words, VERDICT)]
    figure, band = one_decimal(panel.composite), f"± {panel.band:.1f}"
    strong = BODY.strong()
    lead = tr("composite")
    room = measure(lead, TABLE) + measure(figure, strong) + measure(band, TABLE) + 8
    beside = measure(words, VERDICT) + 10 + room <= width

    def paint(canvas: Any) -> None:
        x, y = (width - room, VERDICT.foot) if beside else (0.0, 3.0)
        write(canvas, x, y, lead, TABLE.soft())
        x += measure(lead, TABLE) + 4
        write(canvas, x, y, figure, strong)
        write(canvas, x + measure(figure, strong) + 4, y, band, TABLE.soft())
        if beside:
            write(canvas, 0, y, words, VERDICT)

    return [Drawn(width, 20, paint)] if beside else [plain(words, VERDICT), Drawn(width, 14, paint)]


def _must_have(dossier: Dossier, dimension: str, width: float) -> Drawn:
    state = dossier.cell(dimension).state
    word = state_word(state)
    at = width - 46.0

    def paint(canvas: Any) -> None:
        write(canvas, 0, 4, fitted(dossier.rubric.dimension(dimension).short, TABLE, at - 6), TABLE)
        draw_state(canvas, at + STATE_RADIUS, 7.1, state)
        write(canvas, at + 3.4 * STATE_RADIUS, 4, word, TABLE)

    return Drawn(width, 14, paint)


def _vote_count(dossier: Dossier) -> Any:
    count = dossier.vote_count()
    if not count:
        return plain(tr("No vote yet."), TABLE)
    page = page_words(dossier.page(VOTES))
    return rich(
        (TextSpan(f"{count}. "), TextSpan(tr("Names on ")), TextSpan(page, ink="accent", link=VOTES), TextSpan(".")),
        TABLE,
    )


def _facts(dossier: Dossier, width: float) -> list[Any]:
    candidate, opening = dossier.facts.candidate, dossier.facts.opening
    target = tr("target {least} to {most}").format(least=opening.target_days[0], most=opening.target_days[1])
    number = [opening.code, tr("day {n}").format(n=opening.day) if opening.day is not None else "", target]
    kept = tr("kept until {day}").format(day=day(candidate.kept_until)) if candidate.kept_until else ""
    rows = [
        *_own_facts(candidate),
        (tr("Seen"), _seen(dossier)),
        (tr("Opening"), ", ".join(p for p in number if p)),
        (tr("Record"), kept),
    ]
    return [plain(tr("Facts"), LABEL), Space(2), *(fact(name, words, width) for name, words in rows if words)]


def _own_facts(candidate: Applicant) -> list[tuple[str, str]]:
    found = []
    for field in FIELDS:
        if field.on_front and not field.beside:
            said = [fact_text(f, candidate) for f in FIELDS if field.key in (f.key, f.beside)]
            if field.key == APPLIED_AFTER and candidate.applied_on is not None:
                said.append(day(candidate.applied_on))
            words = fact_words(field)
            found.append((words.front or words.label, ", ".join(filter(None, said))))
    return found


def fact(name: str, words: str, width: float, first: float = _FACT) -> Columns:
    """A fact with its name before it."""
    columns = [
        FlowColumn(0, first, (plain(name, TABLE.soft()),)),
        FlowColumn(first, width - first, (plain(words, TABLE),)),
    ]
    return Columns(columns, whole=200)


def _seen(dossier: Dossier) -> str:
    """When, in how many rounds and how long the candidate was seen: interviews whose card is in."""
    seen = [i for i in dossier.facts.interviews if i.card is not None]
    if not seen:
        return ""
    rounds = ntr("{{count}} round", "{{count}} rounds", len(seen)).format(count=count_word(len(seen)))
    parts = [rounds, duration_words(sum(i.minutes for i in seen))]
    days = sorted(i.starts_at.astimezone(dossier.facts.zone).date() for i in seen if i.starts_at is not None)
    if days:
        first, last = day(days[0]), day(days[-1])
        if days[0].year == days[-1].year:
            first = first.rsplit(" ", 1 if days[0].month != days[-1].month else 2)[0]
        parts.insert(0, last if days[0] == days[-1] else tr("{first} to {last}").format(first=first, last=last))
    return ", ".join(parts)


def _inside(dossier: Dossier, width: float) -> list[Any]:
    found: list[Any] = [plain(tr("Inside"), LABEL), Space(2)]
    for key, name in contents(dossier):
        pages = str(dossier.page(key) or "")
        if key == EVIDENCE and dossier.dimensions:
            last = dossier.page(CARDS) - 1
            pages = f"{pages}–{last}" if pages and last > dossier.page(key) else pages
        found.append(_entry(key, name, pages, width))
    return found


def _entry(key: str, name: str, pages: str, width: float) -> Drawn:
    number = replace(TABLE, weight=500, ink="accent", align="right")

    def paint(canvas: Any) -> None:
        write(canvas, 0, TABLE.foot, fitted(name, TABLE, width - 30), TABLE)
        write(canvas, width, TABLE.foot, pages, number)
        canvas.linkRect("", key, (0, 0, width, 12), relative=1)

    return Drawn(width, 12, paint)
