"""What the rubric check found, in words: where, what is wrong and why, and what would be better."""

from __future__ import annotations

from collections.abc import Sequence

from app.domain.rubric_check.coverage import FRAME_MINUTES, QUESTION_MINUTES
from app.domain.rubric_check.finding import Finding, RubricRule
from app.words import ntr, sentence_list, tr

_MOST_WORDS = 8


def place_words(where: Sequence[str]) -> str:
    """A place by ids as one reads it: “systems_design, score 2, behaviours”."""
    names = {
        "dimensions": tr("{id}"),
        "anchors": tr("score {id}"),
        "questions": tr("question {id}"),
        "exercises": tr("exercise {id}"),
        "plans": tr("plan {id}"),
        "rounds": tr("round {id}"),
        "signals": tr("signal {id}"),
        "must_have": tr("must-have {id}"),
    }
    parts, rest = [], list(where)
    while rest:
        name = rest.pop(0)
        if name in names and rest:
            parts.append(names[name].format(id=rest.pop(0).removeprefix("#")))
        else:
            parts.append(name.replace("_", " "))
    return ", ".join(parts)


def finding_words(finding: Finding) -> str:
    """What is wrong and why, in a sentence or two."""
    words = _WRONG[finding.rule] if finding.quotes or finding.rule is not RubricRule.DEGREE_ONLY else _SAME_LINE
    amounts = finding.amounts
    return tr(words).format(
        quotes=_quoted(finding),
        other=place_words(finding.other),
        subject=tr(finding.subject),
        narrows=_narrows(finding.subject),
        there=amounts.there if amounts else 0,
        needed=amounts.needed if amounts else 0,
        items=amounts.items if amounts else 0,
        questions=ntr("{n} question", "{n} questions", amounts.items if amounts else 0),
        each=QUESTION_MINUTES,
        frame=FRAME_MINUTES,
    )


def better_words(finding: Finding) -> str:
    """An example of what would do better."""
    if finding.rule is RubricRule.NARROWING:
        return tr("Say instead: {words}.").format(words=finding.better)
    return finding.better or tr(_BETTER[finding.rule])


def source_words(finding: Finding) -> str:
    """Where a rule on words comes from; empty for the others."""
    return "; ".join(finding.sources)


def _quoted(finding: Finding) -> str:
    """The words at fault: in quotes, or the first few where two texts share many."""
    if finding.rule is RubricRule.SHARED_WORDS:
        more = len(finding.quotes) > _MOST_WORDS
        return ", ".join(finding.quotes[:_MOST_WORDS]) + (", …" if more else "")
    return sentence_list([tr("“{words}”").format(words=quote.strip()) for quote in finding.quotes])


def _narrows(subject: str) -> str:
    words = {
        "age": tr("it speaks of an age, which says nothing of the work"),
        "gender": tr("it is heard as meant for one gender"),
        "origin": tr("it asks where somebody comes from, not what they can do"),
        "disability": tr("it makes a disability stand for something bad, or shuts one out"),
        "likeness": tr("it asks for somebody like ourselves, or from one kind of life"),
    }
    return words.get(subject, "")


_SAME_LINE = "This says the same as {other}: a rater can’t tell the two scores apart."
_WRONG = {
    RubricRule.DEGREE_ONLY: "Nothing but {quotes} lies between this and {other}: "
    "each rater would draw the line elsewhere.",
    RubricRule.NOTHING_SEEN: "Nothing here can be seen or heard, only what a person is, knows or feels: {quotes}.",
    RubricRule.SHARED_WORDS: "This shares most of its words with {other} ({quotes}): "
    "one observation would be scored twice.",
    RubricRule.NO_QUESTION: "This dimension has no question, so what is scored on it comes by chance.",
    RubricRule.NO_SITUATIONAL: "This dimension has no situational question and no work sample: "
    "it is scored by what candidates happened to live through.",
    RubricRule.NO_BEHAVIOURAL: "This dimension has no behavioural question: "
    "what a candidate would do is heard, never what they did.",
    RubricRule.YES_OR_NO: "{quotes} can be answered by yes or no, and nothing after it asks for more.",
    RubricRule.TWO_QUESTIONS: "This asks two things, {quotes}: the candidate answers one of them.",
    RubricRule.LEADING: "{quotes} says which answer is wanted.",
    RubricRule.NOT_TO_BE_ASKED: "{quotes} touches what must not be asked: {subject}.",
    RubricRule.MUST_HAVE_NO_EXERCISE: "No exercise that everybody goes through is mainly about this must-have: "
    "a hire could hang on what nobody was shown.",
    RubricRule.MUST_HAVE_NO_PLAN: "No plan has a round that scores this must-have: no hire could ever be supported.",
    RubricRule.TOO_FEW_MINUTES: "{questions} in {there} minutes: at {each} minutes each and {frame} to open and close, "
    "this needs {needed}.",
    RubricRule.NARROWING: "{quotes} narrows the field: {narrows}.",
    RubricRule.TOO_MANY_DIMENSIONS: "{there} dimensions are too many for a panel: with {items} at most a person "
    "and each seen by two, that takes {needed} interviewers.",
}
_BETTER = {
    RubricRule.DEGREE_ONLY: "Say what is there at one score and missing at the other: “Names the trade-off when asked” "
    "against “Names the trade-off unasked, with what each side costs”.",
    RubricRule.NOTHING_SEEN: "Say what a rater would see or hear: “Draws the data flow and names where it breaks "
    "first” rather than “Strong understanding of systems”.",
    RubricRule.SHARED_WORDS: "Keep each behaviour where it belongs, and say in the other dimension what only it shows, "
    "or make one dimension of the two.",
    RubricRule.NO_QUESTION: "“Tell me about a release you stopped. What did you see, and who disagreed?”",
    RubricRule.NO_SITUATIONAL: "“The field you need is two quarters away and your launch is in one. "
    "What do you do on Monday?”",
    RubricRule.NO_BEHAVIOURAL: "“Tell me about the incident your team had more than once. What ended it?”",
    RubricRule.YES_OR_NO: "Ask for the case: “Tell me about a time you …” rather than “Have you ever …?”",
    RubricRule.TWO_QUESTIONS: "Make two questions of it, or keep one and make the other a probe that follows from it.",
    RubricRule.LEADING: "Leave the answer open: “What would you do about the date?” rather than "
    "“You would surely move the date, wouldn’t you?”",
    RubricRule.MUST_HAVE_NO_EXERCISE: "Make it primary in an exercise that is not optional, or no must-have.",
    RubricRule.MUST_HAVE_NO_PLAN: "Add it to the dimensions of two rounds whose exercises look at it.",
    RubricRule.TOO_FEW_MINUTES: "Book more minutes, or take a question out: three that are followed up tell more than "
    "five that are not.",
    RubricRule.TOO_MANY_DIMENSIONS: "Ten or fewer: put together what is always scored alike, and leave out what "
    "the job can be learned with.",
}
