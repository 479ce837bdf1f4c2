"""Forms back: each file is matched by the id inside and becomes its interviewer's card, or has one reason why not."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

from app.actions.scorecard_form import Original, TurnedDown, bring, standing
from app.domain.rubric import Rubric
from app.domain.scorecard_form import (
    NO_LETTER,
    TICKED,
    FieldKind,
    FilledForm,
    FormField,
    FormSpec,
    Reason,
    form_ids,
    letters_of,
    read_values,
    spec_of,
    stands_in,
)
from app.errors import NotFound, Refused
from app.exchange.form_phrases import (
    contrary_words,
    form_in_words,
    lacking_words,
    not_held_words,
    there_words,
    unread_words,
)
from app.exchange.quarantine import LARGEST, Failed, Quarantine
from app.phrases.rubric import beside_words
from app.queries.kit import KitFacts, interview_of_form, scorecard_form_facts
from app.store.change_report import ChangeReport
from app.store.files import bytes_in
from app.store.workspace import Workspace
from app.words import tr

MOST_FILES = 1000
_SHAPED = re.compile(r"[\u0590-\u0e7f\u0f00-\u109f\u1780-\u17ff]")  # scripts whose letters change places on paper

Progress = Callable[[float, str], None]


@dataclass(frozen=True)
class FormVerdict:
    """What one file is: a form that fits (`reason` None), or why it does not.

    `interview` is known where the form could be matched, `card` where one is there already. `lacking` are the names of
    fields. Nothing in `sentence` says what somebody wrote.
    """

    name: str
    reason: Reason | None
    sentence: str
    remedy: str = ""
    interview: int | None = None
    card: int | None = None
    lacking: tuple[str, ...] = ()
    who: str = ""
    candidate: str = ""
    spec: FormSpec | None = None
    filled: FilledForm | None = None
    original: Original | None = None
    digest: str = ""

    @property
    def fits(self) -> bool:
        """Whether it may be brought in."""
        return self.reason is None

    @property
    def asks(self) -> bool:
        """Whether it is sound, and comes in once somebody says that the interview was held all the same."""
        return self.reason is Reason.NOT_HELD


class _Down(Exception):
    """The one reason a form is turned down for."""

    def __init__(self, reason: Reason, sentence: str, remedy: str = "", **facts: Any) -> None:
        super().__init__(sentence)
        self.facts: dict[str, Any] = {"reason": reason, "sentence": sentence, "remedy": remedy, **facts}

    def of(self, verdict: FormVerdict) -> FormVerdict:
        """The verdict on a file that has this reason."""
        return replace(verdict, **self.facts)


def find_forms(folder: Path) -> list[Path]:
    """The PDFs in a folder, by name. Raises Refused where it can't be read or holds too many."""
    try:
        found = sorted(
            p for p in folder.iterdir() if p.suffix.lower() == ".pdf" and not p.name.startswith(".") and p.is_file()
        )
    except OSError as error:
        raise Refused(
            tr("{folder} could not be read: {why}.").format(folder=folder, why=error.strerror), tr("Choose a folder.")
        ) from error
    if len(found) > MOST_FILES:
        raise Refused(
            tr("{folder} holds more than {n} PDFs.").format(folder=folder, n=MOST_FILES),
            tr("Put the forms into a folder of their own."),
        )
    return found


def forms_at(source: Path) -> list[Path]:
    """One form, or those of a folder. Raises Refused as `find_forms` does, and where there is none."""
    found = [source] if source.is_file() else find_forms(source)
    if not found:
        raise Refused(tr("There is no PDF in {folder}.").format(folder=source), tr("Name the folder the forms are in."))
    return found


def read_file(path: Path) -> Original:
    """A file's bytes, one more than are ever read where it is too large. Raises Refused where it can't be read."""
    try:
        return Original(path.name, bytes_in(path, LARGEST + 1))
    except OSError as error:
        raise Refused(
            tr("{name} could not be read: {why}.").format(name=path.name, why=error.strerror), tr("Copy it elsewhere.")
        ) from error


def bring_all(
    workspace: Workspace, files: Sequence[Path], progress: Progress = lambda done, words: None, *, held: bool = False
) -> list[tuple[FormVerdict, ChangeReport | None]]:
    """Every file in turn: those that fit are in, whatever became of the others.

    `held` says that interviews whose time is still to come were held, so that their forms come in as well.
    """
    found: list[tuple[FormVerdict, ChangeReport | None]] = []
    with Quarantine() as quarantine:
        for number, path in enumerate(files):
            progress(number / max(1, len(files)), path.name)
            verdict = look(workspace, path, quarantine)
            wanted = verdict.fits or (held and verdict.asks)
            found.append(accept(workspace, verdict) if wanted else (verdict, None))
    return found


def look(workspace: Workspace, path: Path, quarantine: Quarantine) -> FormVerdict:
    """What a file is. Nothing is written."""
    try:
        original = read_file(path)
    except Refused as refused:
        return FormVerdict(path.name, Reason.UNREADABLE, refused.sentence, refused.remedy)
    return judge_form(workspace, original, quarantine)


def judge_form(workspace: Workspace, original: Original, quarantine: Quarantine) -> FormVerdict:
    """The same for bytes that are at hand."""
    read = read_in(original, quarantine)
    return read if isinstance(read, FormVerdict) else matched(workspace, original, read)


def read_in(original: Original, quarantine: Quarantine) -> FormRead | FormVerdict:
    """What stands in a file, or why it could not be read."""
    try:
        return FormRead(**quarantine.read(original.content))
    except Failed as failed:
        reason, sentence, remedy = unread_words(failed.why)
        return replace(_base(original), reason=reason, sentence=sentence, remedy=remedy)


def matched(workspace: Workspace, original: Original, read: FormRead) -> FormVerdict:
    """What a file is, by what was read of it."""
    try:
        return _match(workspace, _base(original, read.beside), read)
    except _Down as down:
        return down.of(_base(original))


def _base(original: Original, beside: Sequence[str] = ()) -> FormVerdict:
    digest = hashlib.sha256(original.content).hexdigest()
    kept = replace(original, beside=tuple(beside))
    return FormVerdict(original.name, None, "", original=kept, digest=digest)


def accept(workspace: Workspace, verdict: FormVerdict) -> tuple[FormVerdict, ChangeReport | None]:
    """Bring in a form that fits, or asks and was answered; a card that came in meanwhile turns it down after all."""
    assert verdict.spec is not None
    assert verdict.filled is not None
    assert verdict.original is not None
    try:
        changed = bring(workspace, verdict.spec, verdict.filled, verdict.original, verdict.digest)
    except TurnedDown as turned:
        sentence, remedy = there_words(turned.reason, verdict.who, verdict.candidate)
        return replace(verdict, reason=turned.reason, sentence=sentence, remedy=remedy), None
    except Refused as refused:
        return replace(verdict, reason=Reason.OTHER_FIELDS, sentence=refused.sentence, remedy=refused.remedy), None
    return replace(verdict, reason=None, sentence=_in(verdict), remedy="", card=changed.subject), changed


def _in(verdict: FormVerdict) -> str:
    """That a card is in, and what its original holds that is not in it."""
    beside = verdict.original.beside if verdict.original is not None else ()
    return f"{form_in_words(verdict.who, verdict.candidate)} {beside_words(beside)}".strip()


@dataclass(frozen=True)
class FormRead:
    """What the worker read."""

    pages: int
    marks: list[str]
    values: dict[str, str]
    choices: dict[str, list[str]]
    twice: bool
    texts: list[str]
    pictures: int
    bare: list[str] = field(default_factory=list)
    contrary: list[str] = field(default_factory=list)
    beside: list[str] = field(default_factory=list)


def _match(workspace: Workspace, base: FormVerdict, read: FormRead) -> FormVerdict:
    said = _spec(workspace, read)
    if said.workspace != workspace.settings.key:
        words = tr("This form belongs to another workspace.")
        raise _Down(Reason.OTHER_WORKSPACE, words, tr("Open that workspace and bring it in there."))
    with workspace.read() as connection:
        try:
            facts, rubric = scorecard_form_facts(connection, said.interview)
        except NotFound:
            words = tr("The interview of this form is not planned any more.")
            remedy = tr("Plan it again and enter the form from paper.")
            raise _Down(Reason.NO_INTERVIEW, words, remedy) from None
        known = replace(base, interview=said.interview, who=facts.interviewer, candidate=facts.candidate)
        try:
            filled = _filled(said, read, facts, rubric)
            _must_be_first(connection, filled, facts, base.digest)
            _must_be_whole(filled, facts)
        except _Down as down:
            return down.of(known)
    whole = replace(known, sentence=_in(known), spec=facts.spec, filled=filled)
    early = not_held_words(facts, filled, workspace)
    if early:
        remedy = tr("Bring it in only if the interview was held; else correct its time, or send the form back.")
        return replace(whole, reason=Reason.NOT_HELD, sentence=early, remedy=remedy)
    return whole


def _must_be_first(connection: Any, filled: FilledForm, facts: KitFacts, digest: str) -> None:
    reason, card = standing(connection, facts.spec.interview, filled, digest)
    if reason is not None:
        sentence, remedy = there_words(reason, facts.interviewer, facts.candidate)
        raise _Down(reason, sentence, remedy, card=card, filled=filled)


def _must_be_whole(filled: FilledForm, facts: KitFacts) -> None:
    if filled.lacking:
        words = lacking_words(filled.lacking, facts)
        remedy = tr("Send it back to {who}.").format(who=facts.interviewer)
        raise _Down(Reason.INCOMPLETE, words, remedy, lacking=filled.lacking)


def _spec(workspace: Workspace, read: FormRead) -> FormSpec:
    """What the form says of itself. Raises _Down where it says nothing, or two things."""
    found = {spec for mark in read.marks if (spec := spec_of(mark)) is not None}
    if len(found) > 1:
        words = tr("Pages of two different forms were put together in this file.")
        raise _Down(Reason.WRONG_CANDIDATE, words, tr("Ask for each form by itself."))
    ids = form_ids("\n".join(read.texts))
    written = any(letters_of(text) for text in read.texts)
    if not read.choices and (found or ids or (not written and read.pictures)):
        words = tr("This form was flattened or scanned, so its fields can’t be read.")
        interview = next(iter(found)).interview if found else None
        remedy = tr("Enter it from paper, beside its picture.")
        raise _Down(Reason.FLATTENED, words, remedy, **_typed_in(workspace, interview, ids))
    if not found:
        remedy = tr("Bring in the kit’s own PDF, filled in and saved.")
        raise _Down(Reason.NOT_A_FORM, tr("This is no form of Tenfold."), remedy)
    return found.pop()


def _typed_in(workspace: Workspace, interview: int | None, ids: Iterable[str]) -> dict[str, Any]:
    """Which interview a form without fields is for, where its id says so."""
    found = interview_of_form(workspace, interview, frozenset(ids))
    return (
        {} if found is None else {"interview": found.interview, "who": found.interviewer, "candidate": found.candidate}
    )


def _compare(said: FormSpec, now: FormSpec, facts: KitFacts) -> None:
    anew = tr("Make the kit anew.")
    if (said.application, said.candidate) != (now.application, now.candidate):
        raise _Down(Reason.WRONG_CANDIDATE, tr("This form is for another candidate than its interview."), anew)
    if (said.rubric, said.version, said.digest) != (now.rubric, now.version, now.digest):
        words = tr("This form was made with rubric {said}; the opening uses {now}.")
        if said.version == now.version:
            words = tr("This form was made with another rubric than the opening uses.")
        raise _Down(Reason.OTHER_RUBRIC, words.format(said=said.version, now=now.version), anew)
    if said.interviewer != now.interviewer:
        words = tr("This form was made for another interviewer; {who} holds this interview now.")
        raise _Down(Reason.WRONG_INTERVIEWER, words.format(who=facts.interviewer), anew)
    if said != now:
        words = tr("The plan has changed since this form was made: it has other fields or another level.")
        raise _Down(Reason.OTHER_FIELDS, words, anew)


def _compare_pages(read: FormRead, now: FormSpec, facts: KitFacts) -> None:
    """Fields, choices and words must be those of the kit; on the pages no other form's id may stand."""
    anew = tr("Make the kit anew.")
    if form_ids("\n".join(read.texts)) - {now.form_id}:
        words = tr("Some pages of this file belong to another form.")
        raise _Down(Reason.WRONG_CANDIDATE, words, tr("Ask for each form by itself."))
    if not same_fields(read, now.fields):
        raise _Down(Reason.OTHER_FIELDS, tr("The fields of this form are not those of its kit."), anew)
    drawn = "".join(read.texts)
    text = letters_of(drawn)
    missing = [words for words in _words(facts) if letters_of(words) not in text]
    if missing and (NO_LETTER not in drawn or not all(stands_in(words, drawn) for words in missing)):
        words = tr("The questions or anchors on its pages are not those of the rubric.")
        raise _Down(Reason.OTHER_WORDS, words, tr("Make the kit anew and ask for it to be filled in again."))


def same_fields(read: FormRead, fields: Sequence[FormField]) -> bool:
    """Whether a file has these fields with these choices, each once; a button that lost its looks shows fewer."""
    offered = {FieldKind.TICK: {TICKED}, FieldKind.TEXT: set()}
    wanted = {f.name: offered.get(f.kind, set(f.choices)) for f in fields}
    if read.twice or read.choices.keys() != wanted.keys():
        return False
    return all(
        set(known) <= wanted[name] if name in read.bare else set(known) == wanted[name]
        for name, known in read.choices.items()
    )


def _words(facts: KitFacts) -> list[str]:
    """What must stand on the pages, but for scripts no reader gives back letter by letter."""
    words = [q.text for q in facts.questions]
    for dimension in facts.dimensions:
        words += [dimension.name, *(a.summary for a in dimension.anchors)]
        words += [b for a in dimension.anchors for b in a.behaviours]
    return [w for w in words if not _SHAPED.search(w)]


def _filled(said: FormSpec, read: FormRead, facts: KitFacts, rubric: Rubric) -> FilledForm:
    """The values of a form that is the kit it says it is."""
    _compare(said, facts.spec, facts)
    _compare_pages(read, facts.spec, facts)
    filled = read_values(facts.spec, read.values, rubric)
    if filled is None:
        words = tr("A field of this form holds what it does not offer.")
        raise _Down(Reason.OTHER_FIELDS, words, tr("Ask for the form again."))
    if read.contrary:
        raise _Down(Reason.CONTRARY, contrary_words(), tr("Ask for it to be filled in again and saved."))
    return filled
