"""Assessment forms back: each file is matched by what it says of itself, or has one reason why it is turned down."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path

from app.actions.assessment_form import bring, standing
from app.actions.scorecard_form import Original, TurnedDown
from app.domain.assessment_form import (
    AssessmentSpec,
    FilledAssessment,
    asks,
    assessment_form_ids,
    assessment_spec_of,
    read_assessment_values,
    undated,
    with_days,
)
from app.domain.scorecard_form import Reason, letters_of
from app.errors import NotFound, Refused
from app.exchange.form_phrases import contrary_words
from app.exchange.quarantine import Quarantine
from app.exchange.scorecard_form import FormRead, FormVerdict, read_file, read_in, same_fields
from app.phrases.rubric import beside_words
from app.queries.assessment_form import AssessmentFormFacts, assessment_form_facts_in
from app.records.visibility import sealing_of_assessment
from app.store.change_report import ChangeReport
from app.store.workspace import Workspace
from app.words import ntr, sentence_list, tr

_NO_DAY = re.compile(r"\d[\d./-]{3,}")  # figures alone: nothing of what was written is told

Progress = Callable[[float, str], None]


@dataclass(frozen=True)
class AssessmentVerdict:
    """What one file is: a form that fits (`reason` None), or why it does not. `sentence` tells nothing of its words.

    `undated` are lines of evidence that lack a day alone, each with its dimension. There are none where who brings the
    form in owes an assessment of their own, and may not read it.
    """

    name: str
    reason: Reason | None = None
    sentence: str = ""
    remedy: str = ""
    assessment: int | None = None
    spec: AssessmentSpec | None = None
    filled: FilledAssessment | None = None
    original: Original | None = None
    digest: str = ""
    undated: tuple[tuple[str, str], ...] = ()

    @property
    def fits(self) -> bool:
        """Whether it may be brought in."""
        return self.reason is None


def bring_assessments(
    workspace: Workspace, files: Sequence[Path], progress: Progress = lambda done, words: None
) -> list[tuple[AssessmentVerdict, ChangeReport | None]]:
    """Every file in turn: those that fit are in, whatever became of the others."""
    found: list[tuple[AssessmentVerdict, ChangeReport | None]] = []
    with Quarantine() as quarantine:
        for number, path in enumerate(files):
            progress(number / max(1, len(files)), tr("Reading {name}").format(name=path.name))
            verdict = _look(workspace, path, quarantine)
            found.append(accept_assessment(workspace, verdict) if verdict.fits else (verdict, None))
    return found


def _look(workspace: Workspace, path: Path, quarantine: Quarantine) -> AssessmentVerdict:
    try:
        original = read_file(path)
    except Refused as refused:
        return AssessmentVerdict(path.name, Reason.UNREADABLE, refused.sentence, refused.remedy)
    read = read_in(original, quarantine)
    if isinstance(read, FormVerdict):
        return AssessmentVerdict(read.name, read.reason, read.sentence, read.remedy)
    return matched_assessment(workspace, original, read)


def is_assessment(read: FormRead) -> bool:
    """Whether a file says of itself that it is an assessment form."""
    marked = any(assessment_spec_of(mark) is not None for mark in read.marks)
    return marked or bool(assessment_form_ids("\n".join(read.texts)))


def matched_assessment(workspace: Workspace, original: Original, read: FormRead) -> AssessmentVerdict:
    """What a file is, by what was read of it. Nothing is written."""
    digest = hashlib.sha256(original.content).hexdigest()
    kept = replace(original, beside=tuple(read.beside))
    return _judge(workspace, AssessmentVerdict(original.name, original=kept, digest=digest), read)


def accept_assessment(
    workspace: Workspace, verdict: AssessmentVerdict, days_said: str = ""
) -> tuple[AssessmentVerdict, ChangeReport | None]:
    """Bring a form that fits in; one that came in meanwhile turns it down after all."""
    assert verdict.spec is not None
    assert verdict.filled is not None
    assert verdict.original is not None
    try:
        return verdict, bring(workspace, verdict.spec, verdict.filled, verdict.original, verdict.digest, days_said)
    except TurnedDown as turned:
        with workspace.read() as connection:
            words = _there(turned.reason, assessment_form_facts_in(connection, verdict.spec.assessment))
        return replace(verdict, reason=turned.reason, sentence=words, remedy=turned.remedy), None
    except Refused as refused:
        return replace(verdict, reason=Reason.NO_ASSESSMENT, sentence=refused.sentence, remedy=refused.remedy), None


@dataclass(frozen=True)
class DaysSaid:
    """The days of lines that had none, in their order, and how their rater said so."""

    days: tuple[date, ...]
    how: str


def accept_dated(
    workspace: Workspace, verdict: AssessmentVerdict, said: DaysSaid
) -> tuple[AssessmentVerdict, ChangeReport | None]:
    """Bring a form in whose lines lacked days, with those that its rater said to who brings it in.

    Raises Refused without a day for each, for one to come, and where it is not said how the rater said so.
    """
    assert verdict.filled is not None
    if len(said.days) != len(verdict.undated) or not said.how.strip():
        raise Refused(tr("Each line needs its day, and the rater’s yes."), tr("Ask them, and write how they said so."))
    if any(on > workspace.today() for on in said.days):
        raise Refused(tr("Nothing was seen on a day that is still to come."), tr("Look at the days."))
    words = tr("{name}: in, with the days that were said.").format(name=verdict.name)
    dated = replace(
        verdict, reason=None, sentence=words, remedy="", undated=(), filled=with_days(verdict.filled, said.days)
    )
    return accept_assessment(workspace, dated, said.how.strip())


def _judge(workspace: Workspace, base: AssessmentVerdict, read: FormRead) -> AssessmentVerdict:
    specs = {spec for mark in read.marks if (spec := assessment_spec_of(mark)) is not None}
    ids = assessment_form_ids("\n".join(read.texts))
    unknown = _unknown(base, read, specs, ids)
    if unknown is not None:
        return unknown
    said = specs.pop()
    if said.workspace != workspace.settings.key:
        return _down(base, Reason.OTHER_WORKSPACE, tr("This form belongs to another workspace."))
    with workspace.read() as connection:
        try:
            facts = assessment_form_facts_in(connection, said.assessment)
        except NotFound:
            return _down(base, Reason.NO_ASSESSMENT, tr("This assessment is not asked for any more."))
        known = replace(base, assessment=said.assessment)
        other = _other(known, read, said, ids, facts)
        if other is not None:
            return other
        filled = read_assessment_values(facts.spec, read.values)
        if filled is None:
            return _down(known, Reason.OTHER_FIELDS, tr("A field of this form holds what it does not offer."))
        reason = standing(connection, said.assessment, filled, base.digest)
        me = workspace.me
        readable = me is not None and not sealing_of_assessment(connection, said.assessment).owes(me)
    if reason is not None:
        remedy = "" if reason is Reason.IDENTICAL else tr("Amend it in the program, with a reason, if this one holds.")
        return _down(known, reason, _there(reason, facts), remedy)
    lacks = _lacking(filled, facts) if filled.lacking else _to_come(filled, facts, workspace.today())
    if lacks:
        down = _down(known, Reason.INCOMPLETE, lacks, tr("Send it back to {who}.").format(who=facts.rater))
        lines = undated(filled) if readable else ()
        named = tuple((facts.guide.dimension(d).short, text) for d, text in lines)
        return replace(down, undated=named, spec=facts.spec, filled=filled) if named else down
    words = tr("{who}’s assessment of {name} is in.").format(who=facts.rater, name=facts.name)
    sentence = " ".join(w for w in (words, _outside(filled, facts), beside_words(read.beside)) if w)
    return replace(known, sentence=sentence, spec=facts.spec, filled=filled)


def _down(known: AssessmentVerdict, reason: Reason, sentence: str, remedy: str = "") -> AssessmentVerdict:
    return replace(known, reason=reason, sentence=sentence, remedy=remedy)


def _unknown(
    base: AssessmentVerdict, read: FormRead, specs: set[AssessmentSpec], ids: frozenset[str]
) -> AssessmentVerdict | None:
    """Why it is not known whose form this is; None where it is."""
    if len(specs) > 1:
        words = tr("Pages of two different forms were put together in this file.")
        return _down(base, Reason.OTHER_FIELDS, words, tr("Ask for each form by itself."))
    if not read.choices and (specs or ids):
        words = tr("This form was flattened or scanned, so its fields can’t be read.")
        return _down(base, Reason.FLATTENED, words, tr("Type it in from paper."))
    if not specs:
        words = tr("This is no assessment form of Tenfold.")
        return _down(base, Reason.NOT_A_FORM, words, tr("Bring in the form’s own PDF."))
    return None


def _other(
    known: AssessmentVerdict, read: FormRead, said: AssessmentSpec, ids: frozenset[str], facts: AssessmentFormFacts
) -> AssessmentVerdict | None:
    """What of it is another now than when the form was made; None where nothing is."""
    anew = tr("Make the form anew.")
    if (said.guide, said.level) != (facts.spec.guide, facts.spec.level):
        words = tr("This form was made against another level or another version of the guide.")
        return _down(known, Reason.OTHER_GUIDE, words, anew)
    if read.contrary:
        return _down(known, Reason.CONTRARY, contrary_words(), tr("Ask for it to be filled in again and saved."))
    if said != facts.spec or ids - {facts.spec.form_id} or not same_fields(read, facts.spec.fields):
        words = tr("The fields of this form are not those it should have.")
        return _down(known, Reason.OTHER_FIELDS, words, anew)
    text = letters_of("".join(read.texts))
    if any(letters_of(sentence) not in text for sentence in asks(facts.guide, facts.spec)):
        words = tr("The sentences on its pages are not those of the level.")
        return _down(known, Reason.OTHER_WORDS, words, anew)
    return None


def _there(reason: Reason, facts: AssessmentFormFacts) -> str:
    words = {
        Reason.BEGUN: tr("{who}’s assessment of {name} was begun in the program."),
        Reason.IDENTICAL: tr("{who}’s assessment of {name} is in already, and this form says the same."),
    }.get(reason, tr("{who}’s assessment of {name} is in already, and this form says something else."))
    return words.format(who=facts.rater, name=facts.name)


def _lacking(filled: FilledAssessment, facts: AssessmentFormFacts) -> str:
    parts = []
    for what, words in (
        ("score", tr("a score or a reason for {names}")),
        ("evidence", tr("evidence for {names}")),
        ("words", tr("words on {names}")),
        ("day", tr("the day of a line on {names}")),
    ):
        names = [facts.guide.dimension(d).short for kind, d in filled.lacking if kind == what]
        parts += [words.format(names=sentence_list(names))] if names else []
    said = tr("This form is incomplete. It lacks {what}.").format(what="; ".join(parts))
    unread = [known[0] for r in filled.ratings for f in r.facts if f.on is None and (known := _NO_DAY.match(f.text))]
    if unread:
        said += " " + tr("“{day}” is no date; it is written 2026-03-12 or 12 Mar 2026.").format(day=unread[0])
    return said


def _to_come(filled: FilledAssessment, facts: AssessmentFormFacts, today: date) -> str:
    """Nothing was seen on a day that is still to come."""
    late = [r.dimension for r in filled.ratings if any(f.on is not None and f.on > today for f in r.facts)]
    names = sentence_list([facts.guide.dimension(d).short for d in late])
    return tr("A line on {names} has a day that is still to come.").format(names=names) if late else ""


def _outside(filled: FilledAssessment, facts: AssessmentFormFacts) -> str:
    """What came in and will not count, as it is not of the days the calibration looks at."""
    start, end = facts.window[0] or date.min, facts.window[1] or date.max
    n = sum(f.on is not None and not start <= f.on <= end for r in filled.ratings for f in r.facts)
    return (
        ntr("{n} line is from outside the days that count.", "{n} lines are from outside the days that count.", n)
        if n
        else ""
    )
