"""What the page of a rubric's draft shows: its parts, what is missing, what changed, and what the check says."""

from __future__ import annotations

from dataclasses import dataclass, replace

from pydantic import ValidationError
from sqlmodel import col

from app.domain.pack import Pack
from app.domain.rubric import FEWEST, Rubric
from app.domain.rubric_check.check import check
from app.domain.rubric_check.lists import CheckLists
from app.domain.rubric_diff import RubricChange, rubric_difference
from app.domain.rubric_draft import DIMENSION, HEAD, Part, finished, place_of, unfinished
from app.errors import NotFound
from app.phrases.rubric_check import better_words, finding_words, place_words, source_words
from app.phrases.rubric_draft import lacks, part_words
from app.records.asked_questions import times_asked
from app.records.opening_rubric import retired_questions
from app.records.rubric_draft import draft_parts
from app.store.columns import rows_of
from app.store.rubric import newest_versions, read_pack
from app.store.tables_rubric import RubricDraft, SetAside
from app.store.workspace import Workspace
from app.words import tr


@dataclass(frozen=True)
class DraftRow:
    """A draft in a list: its name, and the version it will follow."""

    id: int
    name: str
    base: int | None


@dataclass(frozen=True)
class Lack:
    """Something that keeps the draft from being a version; `part` is where to mend it, None for the whole."""

    part: int | None
    sentence: str


@dataclass(frozen=True)
class CheckedFinding:
    """What the check found, in words, and the part it is about; `set_aside` is the reason where somebody did so."""

    key: str
    place: str
    sentence: str
    why: str
    better: str
    part: int | None
    set_aside: str | None


@dataclass(frozen=True)
class DraftView:
    """A draft. `base` says which version it will follow, empty where it begins a rubric; `rubric` is what stands so
    far, with nothing checked. `set_aside` are findings by key, with the reason."""

    id: int
    name: str
    base: str
    parts: tuple[Part, ...]
    rubric: Rubric
    lacks: tuple[Lack, ...]
    changes: tuple[RubricChange, ...]
    set_aside: dict[str, str]
    findings: tuple[CheckedFinding, ...] = ()

    @property
    def head(self) -> Part:
        """The part that says what the rubric is called, and its must-haves."""
        return next(p for p in self.parts if p.section == HEAD)

    @property
    def dimensions(self) -> tuple[tuple[str, str], ...]:
        """The dimensions as id and name, in their order."""
        found: list[tuple[str, str]] = []
        for part in self.parts:
            if part.section == DIMENSION:
                words = str(part.content.get("short") or part.content.get("name") or "")
                found.append((str(part.content["id"]), words or tr("Dimension {n}").format(n=len(found) + 1)))
        return tuple(found)

    def part(self, wanted: int | None) -> Part | None:
        """The part of this row; None where it is gone."""
        return next((p for p in self.parts if p.id == wanted), None)


@dataclass(frozen=True)
class BankQuestion:
    """A question of one of the workspace's rubrics: in which it stands, and on how many cards it was asked."""

    id: str
    kind: str
    text: str
    probes: tuple[str, ...]
    tags: tuple[str, ...]
    dimension: str
    rubric: str
    asked: int
    retired: bool


def draft_rows(workspace: Workspace) -> tuple[DraftRow, ...]:
    """The drafts there are, oldest first."""
    with workspace.read() as connection:
        rows = rows_of(connection, RubricDraft, order_by=[col(RubricDraft.id)])
        names = {row.id: unfinished(draft_parts(connection, row.id)).name for row in rows}
    return tuple(DraftRow(row.id, names[row.id], row.base_id) for row in rows)


def draft_view(workspace: Workspace, draft: int) -> DraftView:
    """One draft. Raises NotFound."""
    with workspace.read() as connection:
        row = next(iter(rows_of(connection, RubricDraft, col(RubricDraft.id) == draft)), None)
        if row is None:
            raise NotFound(tr("There is no draft {id}.").format(id=draft))
        parts = draft_parts(connection, draft)
        base = read_pack(connection, row.base_id) if row.base_id is not None else None
        words = base.rubric.words if base is not None else ""
        aside = rows_of(connection, SetAside, col(SetAside.draft_id) == draft)
    rubric = unfinished(parts)
    pack, lacking = _tried(parts)
    return DraftView(
        id=draft,
        name=rubric.name,
        base=words,
        parts=parts,
        rubric=rubric,
        lacks=lacking,
        changes=rubric_difference(base, pack) if base is not None and pack is not None else (),
        set_aside={one.finding: one.reason for one in aside},
    )


def checked(view: DraftView, lists: CheckLists) -> DraftView:
    """The draft with what the rubric check says of it."""
    found, names = [], dict(view.dimensions)
    for finding in check(view.rubric, lists):
        said = replace(finding, other=tuple(names.get(id_, id_) for id_ in finding.other))
        part, _ = place_of(view.parts, ("rubric", *finding.place))
        found.append(
            CheckedFinding(
                key=finding.key,
                place=part_words(part) if part is not None else place_words(finding.where),
                sentence=finding_words(said),
                why=source_words(finding),
                better=better_words(finding),
                part=part.id if part is not None else None,
                set_aside=view.set_aside.get(finding.key),
            )
        )
    return replace(view, findings=tuple(found))


def question_bank(workspace: Workspace, words: str) -> tuple[BankQuestion, ...]:
    """The questions of every rubric's newest version in which all these words stand, those asked least first.

    A question's text, its probes, its tags and its dimension's name are searched.
    """
    wanted = words.casefold().split()
    found = []
    with workspace.read() as connection:
        asked = times_asked(connection)

        for name, version in newest_versions(connection).items():
            rubric = read_pack(connection, version).rubric
            retired = retired_questions(connection, name)
            for dimension in rubric.dimensions:
                for question in dimension.questions:
                    texts = (question.text, *question.probes, *question.tags, dimension.name)
                    if all(word in " ".join(texts).casefold() for word in wanted):
                        found.append(
                            BankQuestion(
                                id=question.id,
                                kind=question.kind,
                                text=question.text,
                                probes=question.probes,
                                tags=question.tags,
                                dimension=dimension.short,
                                rubric=rubric.name,
                                asked=asked.get((name, question.id), 0),
                                retired=question.id in retired,
                            )
                        )
    return tuple(sorted(found, key=lambda q: (q.retired, q.asked)))


def _tried(parts: tuple[Part, ...]) -> tuple[Pack | None, tuple[Lack, ...]]:
    """The pack the parts make, or what keeps them from it."""
    few = sum(p.section == DIMENSION for p in parts) < FEWEST
    lacking = (Lack(None, tr("A rubric needs at least {n} dimensions.").format(n=FEWEST)),) if few else ()
    try:
        return finished(parts), lacking
    except ValidationError as invalid:
        return None, (*lacking, *(Lack(part, sentence) for part, sentence in lacks(parts, invalid)))
