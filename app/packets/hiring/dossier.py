"""The facts of a hiring packet as its pages ask for them: who scored what, what is missing, where things stand."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cached_property

from app.domain.panel import PanelCell, Rule, State
from app.domain.rubric import Dimension, Rubric
from app.domain.scorecard import CardRating, Overall, flat
from app.packets.paper.strip import PaperCell
from app.packets.paper.type import clean
from app.phrases.rubric import flag_word, lower_first, reason_words, vote_word
from app.queries.hiring import CardFacts, Discussed, HiringFacts, InterviewFacts
from app.words import sentence_list, tr

_NAME = 24  # letters of a short name


@dataclass(frozen=True)
class RatingFrom:
    """One interviewer's rating of one dimension, with the interview it comes from."""

    interview: InterviewFacts
    card: CardFacts
    rating: CardRating


@dataclass(frozen=True)
class Dossier:
    """Facts, the width of the text in points, its height on a page, and the pages found in the last pass."""

    facts: HiringFacts
    width: float
    height: float
    pages: Mapping[str, int] = field(default_factory=dict)

    @property
    def rubric(self) -> Rubric:
        """What it was scored by."""
        return self.facts.rubric

    @cached_property
    def rule(self) -> Rule:
        """The rule agreed for this opening."""
        return self.facts.rule

    @cached_property
    def level(self) -> str:
        """The level the cards were scored against; the opening's where there is no card."""
        levels = list(dict.fromkeys(card.content.level for card in self.facts.cards))
        return sentence_list(levels) or self.facts.opening.level

    @cached_property
    def dimensions(self) -> tuple[Dimension, ...]:
        """In the order of the strip."""
        return self.rubric.dimensions

    @cached_property
    def strip(self) -> tuple[PaperCell, ...]:
        """The candidate's strip."""
        return tuple(self._strip_cell(d, self.facts.panel.cell(d.id)) for d in self.dimensions)

    @cached_property
    def last_names(self) -> dict[str, str]:
        """A short name for every interviewer; the whole one where two share it."""
        names = list(dict.fromkeys(i.interviewer.name for i in self.facts.interviews))
        names += [c.author.name for i in self.facts.interviews for c in i.cards]
        names = list(dict.fromkeys(names))
        last = {n: (clean(n).split() or [""])[-1] for n in names}
        shared = Counter(last.values())
        return {n: _short(clean(n) if shared[last[n]] > 1 else last[n]) for n in names}

    def page(self, key: str) -> int:
        """The page a place is on; 0 while it is not known."""
        return self.pages.get(key, 0)

    def cell(self, dimension: str) -> PanelCell:
        """A dimension over all its raters."""
        return self.facts.panel.cell(dimension)

    def rated(self, dimension: str) -> list[RatingFrom]:
        """Everyone who was asked to look at a dimension, or did, in the order of the plan."""
        return [
            RatingFrom(interview, card, card.content.rating(dimension))
            for interview in self.facts.interviews
            if (card := interview.card) is not None
            and (dimension in card.content.planned or card.content.rating(dimension).answered)
        ]

    def state_detail(self, dimension: str) -> str:
        """What stands beside a state: how far apart the scores are, who did not score it and why."""
        cell = self.cell(dimension)
        found = []
        if cell.wide:
            apart = max(cell.scores) - min(cell.scores)
            found.append(tr("two points apart") if apart == 2 else tr("three points apart"))
        elif cell.straddles:
            found.append(tr("on both sides"))
        elif cell.state is State.NOT_MET and len(cell.scores) == 2:
            found.append(tr("both below"))
        found += [
            tr("{name}: {reason}").format(
                name=self.last_names[r.card.author.name], reason=reason_words(self.rubric, r.rating.reason)
            )
            for r in self.rated(dimension)
            if r.rating.score is None and r.rating.reason is not None
        ]
        return "; ".join(found)

    def votes(self) -> list[tuple[InterviewFacts, CardFacts, Overall]]:
        """The overall votes that were given, in the order of the plan."""
        return [
            (i, c, c.content.overall)
            for i in self.facts.interviews
            if (c := i.card) is not None and c.content.overall is not None
        ]

    def vote_count(self) -> str:
        """'4 hire, 2 no hire', in the order of the rubric; empty without a vote."""
        counts = Counter(vote for _, _, vote in self.votes())
        return ", ".join(
            tr("{n} {vote}").format(n=counts[v], vote=vote_word(self.rubric, v)) for v in Overall if counts[v]
        )

    def quiet_no_hire(self) -> list[str]:
        """Who voted no hire on a card, did not dissent from the decision to hire, and is named beside it."""
        decision = self.facts.decision
        if decision is None or decision.verdict != "hire":
            return []
        spoke = {name for name, _ in decision.dissents}
        names = [c.author.name for _, c, vote in self.votes() if not vote.for_hire and c.author.name not in spoke]
        return list(dict.fromkeys(names))

    def red_flags(self) -> list[tuple[str, int, str]]:
        """The red flags that were ticked by label, how many interviewers ticked each, what the debrief made of it."""
        found: Counter[str] = Counter()
        for card in self.facts.cards:
            found.update({o.signal for r in card.content.ratings for o in r.observed if o.red})
        made = {s.signal: flag_word(s.verdict) for s in self.facts.settled}
        open_ = tr("open") if self.facts.debrief_at is not None else ""
        return sorted((self.signal_label(s), n, made.get(s, open_)) for s, n in found.items())

    def discussed(self, dimension: str) -> Discussed | None:
        """What the debrief made of a dimension; None where there was none."""
        return next((d for d in self.facts.discussed if d.dimension == dimension), None)

    def signal_label(self, signal: str) -> str:
        """A signal's short label; its id where the rubric does not know it."""
        return next((s.label for s in self.rubric.signals if s.id == signal), signal)

    def signal_in_sentence(self, signal: str) -> str:
        """The label as it stands inside a sentence."""
        return lower_first(self.signal_label(signal))

    def flat_cards(self) -> list[tuple[str, int, int]]:
        """Who gave one and the same score throughout: name, how many, which."""
        found = []
        for card in self.facts.cards:
            scores = [r.score for r in card.content.ratings if r.score is not None]
            if flat(scores, self.rubric.limits.flat_from):
                found.append((card.author.name, len(scores), scores[0]))
        return found

    def cards_due(self) -> list[InterviewFacts]:
        """Interviews whose card is not in."""
        return [i for i in self.facts.interviews if i.card is None]

    def cards_late(self) -> list[InterviewFacts]:
        """Interviews whose card came in after the debrief had begun."""
        return [i for i in self.facts.interviews if i.card is not None and i.card.late]

    def cards_after_open(self) -> list[InterviewFacts]:
        """Interviews whose card in the first result was written when its author could read the others."""
        return [i for i in self.facts.interviews if i.card is not None and i.card.after_open and not i.card.late]

    def people(self) -> int:
        """How many people scored the candidate."""
        return len({c.author.name for c in self.facts.cards})

    def _strip_cell(self, dimension: Dimension, cell: PanelCell) -> PaperCell:
        return PaperCell(
            key=dimension.id,
            name=dimension.narrow,
            bar=self.rule.bar,
            state=cell.state,
            must=dimension.id in self.rule.must_have,
            score=cell.low_median,
            high=cell.high,
        )


def _short(name: str) -> str:
    return name if len(name) <= _NAME else f"{name[: _NAME - 1]}…"
