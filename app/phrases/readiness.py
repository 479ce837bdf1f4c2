"""Readiness in words: the word, what decides it, what would change it, who carries it."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date

from app.domain.calibration import CalibrationOutcome
from app.domain.guide import Guide
from app.domain.panel import State
from app.domain.readiness import Obstacle, Readiness, ReadinessNeed, ReadinessVerdict
from app.phrases.rubric import count_word, outcome_word
from app.words import sentence_list, tr


def readiness_word(word: Readiness) -> str:
    """What the rule of the levels says, as a heading."""
    return {
        Readiness.READY: tr("Ready"),
        Readiness.CLOSE: tr("Close"),
        Readiness.NOT_YET: tr("Not yet"),
        Readiness.CANNOT_SAY: tr("Can’t say"),
    }[word]


SHAPES = {
    Readiness.READY: State.MET,
    Readiness.CLOSE: State.SPLIT,
    Readiness.NOT_YET: State.NOT_MET,
    Readiness.CANNOT_SAY: State.THIN,
}
"""The shape of a word of readiness: the same four."""
_DECIDED = {
    CalibrationOutcome.PROMOTE: State.MET,
    CalibrationOutcome.NOT_NOW: State.NOT_MET,
    CalibrationOutcome.MORE_EVIDENCE: State.THIN,
}


@dataclass(frozen=True)
class Said:
    """The word for a member with its shape, and what stands small beside it.

    What people decided stands before what the rule says; the rule's word is then in `aside`.
    """

    word: str
    shape: State
    aside: str = ""


def said_of(word: Readiness, outcome: str = "") -> Said:
    """The word where nothing was decided, else the outcome."""
    if not outcome:
        return Said(readiness_word(word), SHAPES[word])
    aside = tr("the rule said {word}").format(word=readiness_word(word))
    return Said(outcome_word(outcome), _DECIDED[CalibrationOutcome(outcome)], aside)


def said_line(said: Said, line: str) -> str:
    """The one line beside the word, with the rule's own word before it where something was decided."""
    return f"{said.aside}: {line}" if said.aside else line


def unsupported_words(days: Sequence[date], scores: int) -> str:
    """Under a cell: how many of its scores rest on nothing from the days that count, and from when; empty where none
    does. '1× 2023' of two, 'only 2023' of all."""
    if not days:
        return ""
    first, last = min(days).year, max(days).year
    years = str(last) if first == last else tr("{first}–{last}").format(first=first, last=f"{last % 100:02}")
    return tr("only {years}").format(years=years) if len(days) >= scores else f"{len(days)}× {years}"


def readiness_line_of(verdict: ReadinessVerdict, before: ReadinessVerdict | None, short: Callable[[str], str]) -> str:
    """The one line beside the word: what it was before, else what decides it."""
    if before is not None and before.word is not verdict.word:
        return tr("was {word} before").format(word=readiness_word(before.word))
    tally = verdict.tally
    if verdict.word is Readiness.CANNOT_SAY:
        words = tr("{n} core cells thin") if tally.core_thin > 1 else tr("no cell with enough raters")
        return words.format(n=count_word(tally.core_thin))
    if tally.core_not_met == 1:
        cell = verdict.of(Obstacle.CORE_NOT_MET)[0]
        name = short(cell.dimension)
        if cell.with_a_one:
            return tr("{name} not met, with a 1").format(name=name)
        return tr("{name} {n} below").format(name=name, n=count_word(cell.below))
    if tally.core_not_met:
        return tr("{n} core cells not met").format(n=count_word(tally.core_not_met))
    for kind, words in (
        (Obstacle.CORE_THIN, tr("{names} thin")),
        (Obstacle.ONE, tr("a 1 in {names}")),
        (Obstacle.CORE_SPLIT, tr("{names} split")),
    ):
        cells = verdict.of(kind)
        if len(cells) == 1:
            return words.format(names=short(cells[0].dimension))
        if cells and kind is Obstacle.CORE_SPLIT:
            return tr("{n} core cells split").format(n=count_word(len(cells)))
    if tally.important_not_met > 1:
        return tr("{n} important cells not met").format(n=count_word(tally.important_not_met))
    return tr("every core cell met")


def change_sentences_of(verdict: ReadinessVerdict, short: Callable[[str], str]) -> list[str]:
    """What would change the word: up, then down."""
    found = []
    if verdict.better is not None:
        needs = [_need_words(n, short) for n in verdict.needs]
        unsaid = verdict.word is Readiness.CANNOT_SAY
        words = tr("It could be judged with {needs}.") if unsaid else tr("{word} needs {needs}.")
        found.append(words.format(word=readiness_word(verdict.better), needs="; ".join(needs)))
    worse = dict(verdict.worse)
    split, failed = worse.get(Obstacle.CORE_SPLIT), worse.get(Obstacle.CORE_NOT_MET)
    if split is not None and split is failed:
        words = tr("One more core cell split, or one not met, makes it {word}.")
        if not verdict.tally.core_split:
            words = tr("A core cell split or not met makes it {word}.")
        found.append(words.format(word=readiness_word(split)))
        worse = {k: then for k, then in worse.items() if k is Obstacle.IMPORTANT_NOT_MET}
    for kind, first, more in (
        (
            Obstacle.CORE_SPLIT,
            tr("A core cell split makes it {word}."),
            tr("One more core cell split makes it {word}."),
        ),
        (
            Obstacle.CORE_NOT_MET,
            tr("A core cell not met makes it {word}."),
            tr("One more core cell not met makes it {word}."),
        ),
        (
            Obstacle.IMPORTANT_NOT_MET,
            tr("An important cell not met makes it {word}."),
            tr("One more important cell not met makes it {word}."),
        ),
    ):
        if kind in worse:
            found.append((more if getattr(verdict.tally, kind) else first).format(word=readiness_word(worse[kind])))
    return found


def _need_words(need: ReadinessNeed, short: Callable[[str], str]) -> str:
    names = sentence_list([short(d) for d in need.dimensions])
    words = {
        Obstacle.CORE_THIN: (
            tr("a second rater or a second month in {names}"),
            tr("a second rater or a second month in {n} of {names}"),
        ),
        Obstacle.ALL_THIN: (tr("enough raters on what the level asks"), tr("enough raters on what the level asks")),
        Obstacle.ONE: (tr("no 1 in {names}"), tr("no 1 in {names}")),
        Obstacle.IMPORTANT_NOT_MET: (tr("{names} met or split"), tr("{n} of {names} met or split")),
    }.get(need.obstacle, (tr("{names} met"), tr("{n} of {names} met")))
    return words[need.fewer != len(need.dimensions)].format(names=names, n=count_word(need.fewer))


def readiness_line(verdict: ReadinessVerdict, before: ReadinessVerdict | None, guide: Guide) -> str:
    """The same with a guide's names."""
    return readiness_line_of(verdict, before, lambda d: guide.dimension(d).short)


def change_sentences(verdict: ReadinessVerdict, guide: Guide) -> list[str]:
    """The same with a guide's names."""
    return change_sentences_of(verdict, lambda d: guide.dimension(d).short)


def carried_words(name: str, word: Readiness) -> str:
    """What the rule would say without one rater."""
    return tr("Without {name}’s scores it would be: {word}.").format(name=name, word=readiness_word(word))
