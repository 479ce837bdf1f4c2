"""Writing a rubric: begun empty, from a version or from a level of a guide; typed part by part; made a version."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from pydantic import ValidationError
from sqlmodel import col

from app.actions.rubric import keep_version
from app.domain.operations import Op
from app.domain.pack import Pack
from app.domain.rubric import MOST
from app.domain.rubric_diff import rubric_difference
from app.domain.rubric_draft import (
    DIMENSION,
    HEAD,
    LISTS,
    NewPart,
    Part,
    empty_dimension,
    empty_exercise,
    empty_parts,
    finished,
    free_id,
    parts_of,
    slug,
)
from app.domain.rubric_from_guide import parts_from_guide
from app.domain.spelling import canonical
from app.domain.value import Way
from app.errors import NotFound, Refused
from app.phrases.rubric_draft import lack_sentences
from app.records.rubric_draft import draft_parts
from app.store.change_report import ChangeReport
from app.store.columns import rows_of
from app.store.guide import read_guide
from app.store.rubric import newest_versions, read_pack
from app.store.step import Step
from app.store.tables import RubricVersion
from app.store.tables_rubric import RubricDraft, RubricPart, SetAside
from app.store.workspace import Workspace
from app.words import tr


def begin_empty(workspace: Workspace, name: str, level: str) -> ChangeReport:
    """Begin a rubric that nobody has written yet, for a level."""
    with workspace.step(Op.DRAFT_RUBRIC) as step:
        _must_be_named(step, name)
        _must_be_id(level)
        _begin(step, _renamed(step, empty_parts(name.strip(), level.strip()), name), None)
    return step.report()


def begin_copy(workspace: Workspace, version: int, name: str) -> ChangeReport:
    """Begin a rubric of another name from what a version says."""
    with workspace.step(Op.DRAFT_RUBRIC) as step:
        _must_be_named(step, name)
        _begin(step, _renamed(step, parts_of(read_pack(step.connection, version)), name), None)
    return step.report()


def begin_from_guide(workspace: Workspace, guide: int, level: str, name: str) -> ChangeReport:
    """Begin a rubric from a level of a guide: its sentence is the anchor 3, those of the levels below and above on its
    track are 2 and 4, and what a guide does not say stays open."""
    with workspace.step(Op.DRAFT_RUBRIC) as step:
        _must_be_named(step, name)
        parts = parts_from_guide(read_guide(step.connection, guide), level, name.strip())
        _begin(step, _renamed(step, parts, name), None)
    return step.report()


def begin_version(workspace: Workspace, version: int) -> ChangeReport:
    """Begin the next version of a rubric from one of its versions; a draft of it that is there already goes on."""
    with workspace.step(Op.DRAFT_RUBRIC) as step:
        pack = read_pack(step.connection, version)
        known = [
            row
            for row in rows_of(step.connection, RubricDraft, col(RubricDraft.base_id).is_not(None))
            if row.base_id is not None and read_pack(step.connection, row.base_id).id == pack.id
        ]
        if known:
            step.subject, step.subject_table = known[0].id, str(RubricDraft.__tablename__)
            step.words = tr("draft of {name}").format(name=pack.rubric.name)
            return step.report()
        parts = parts_of(pack)
        newest = read_pack(step.connection, newest_versions(step.connection)[pack.id])
        parts[0][1]["version"] = _next(newest.rubric.version)
        draft = _begin(step, parts, version)
        for row in rows_of(step.connection, SetAside, col(SetAside.rubric_id) == version):
            step.add(SetAside, draft_id=draft, finding=row.finding, reason=row.reason, at=row.at, by_id=row.by_id)
    return step.report()


def write(workspace: Workspace, part: int, way: Way, value: object, *, typing: bool = False) -> ChangeReport:
    """Write one place of a part. Raises NotFound where there is no such part or place."""
    merge = ("rubric part", part, *map(str, way))
    with workspace.step(Op.DRAFT_RUBRIC, merge=merge, typing=typing) as step:
        row = step.get(RubricPart, part)
        content = json.loads(row.content)
        _put(content, way, value)
        step.edit(RubricPart, part, content=canonical(content))
        step.words = tr("edit of a rubric")
    return step.report()


def add_part(workspace: Workspace, draft: int, section: str, content: Mapping[str, Any] | None = None) -> ChangeReport:
    """Add a dimension, an exercise, a plan … at the end of its section. Raises Refused past 16 dimensions."""
    with workspace.step(Op.DRAFT_RUBRIC) as step:
        step.get(RubricDraft, draft)
        parts = draft_parts(step.connection, draft)
        same = [p for p in parts if p.section == section]
        if section == DIMENSION and len(same) >= MOST:
            raise Refused(
                tr("A rubric has {n} dimensions at most.").format(n=MOST), tr("Take one out, or write two as one.")
            )
        made = dict(content) if content is not None else _empty(section, [p.content.get("id", "") for p in same])
        row = step.add(
            RubricPart,
            draft_id=draft,
            section=section,
            position=max((p.position for p in same), default=-1) + 1,
            content=canonical(made),
        )
        step.subject, step.subject_table = row, str(RubricPart.__tablename__)
        step.words = tr("part of a rubric")
    return step.report()


def remove_part(workspace: Workspace, part: int) -> ChangeReport:
    """Take a part out. What other parts say of a dimension that goes is taken out of them."""
    with workspace.step(Op.DRAFT_RUBRIC) as step:
        row = step.get(RubricPart, part)
        id_ = json.loads(row.content).get("id")
        step.remove(RubricPart, part)
        if row.section in LISTS and id_:
            for other in draft_parts(step.connection, row.draft_id):
                cleaned = _without(other.content, id_)
                if cleaned != other.content:
                    step.edit(RubricPart, other.id, content=canonical(cleaned))
        step.words = tr("removal of a part of a rubric")
    return step.report()


def move_part(workspace: Workspace, part: int, by: int) -> ChangeReport:
    """Move a part up (-1) or down (1) among those of its section; at an end it stays."""
    with workspace.step(Op.DRAFT_RUBRIC) as step:
        row = step.get(RubricPart, part)
        same = [p for p in draft_parts(step.connection, row.draft_id) if p.section == row.section]
        order = [p.id for p in same]
        at = order.index(part)
        order.insert(min(max(at + by, 0), len(order) - 1), order.pop(at))
        for position, id_ in enumerate(order):
            step.edit(RubricPart, id_, position=position)
        step.subject = part
        step.words = tr("order of a rubric")
    return step.report()


def set_aside(workspace: Workspace, draft: int, finding: str, reason: str) -> ChangeReport:
    """Set a finding of the check aside, with a reason; it stays with the version. Raises Refused without a reason."""
    if not reason.strip():
        raise Refused(tr("Setting a finding aside needs a reason."), tr("Say why it does not hold here."))
    with workspace.step(Op.DRAFT_RUBRIC) as step:
        step.get(RubricDraft, draft)
        step.add(SetAside, draft_id=draft, finding=finding, reason=reason.strip(), at=step.at, by_id=step.who)
        step.words = tr("setting a finding aside")
    return step.report()


def take_up_finding(workspace: Workspace, draft: int, finding: str) -> ChangeReport:
    """Take a finding that was set aside up again."""
    with workspace.step(Op.DRAFT_RUBRIC) as step:
        step.remove_all(SetAside, col(SetAside.draft_id) == draft, col(SetAside.finding) == finding)
        step.words = tr("taking a finding up again")
    return step.report()


def discard(workspace: Workspace, draft: int) -> ChangeReport:
    """Let a draft go."""
    with workspace.step(Op.DRAFT_RUBRIC) as step:
        step.words = tr("discarding of the draft of {name}").format(name=_name(step, draft))
        _remove(step, draft)
    return step.report()


def make_version(workspace: Workspace, draft: int, reason: str) -> ChangeReport:
    """Make the draft a version, which never changes from then on, and let the draft go.

    Raises Refused without a reason where it follows a version, where nothing differs from it, and naming everything
    that does not hold yet.
    """
    with workspace.step(Op.MAKE_RUBRIC_VERSION) as step:
        row = step.get(RubricDraft, draft)
        if row.base_id is not None and not reason.strip():
            raise Refused(tr("A new version needs its reason."), tr("Say in a sentence why the rubric changes."))
        pack = _finished(draft_parts(step.connection, draft))
        if row.base_id is not None and not rubric_difference(read_pack(step.connection, row.base_id), pack):
            raise Refused(tr("Nothing was changed."), tr("Change something first, or discard the draft."))
        version = keep_version(step, pack, reason)
        for one in rows_of(step.connection, SetAside, col(SetAside.draft_id) == draft):
            step.add(SetAside, rubric_id=version, finding=one.finding, reason=one.reason, at=one.at, by_id=one.by_id)
        _remove(step, draft)
        step.subject, step.subject_table = version, str(RubricVersion.__tablename__)
        step.words = tr("rubric {name}").format(name=pack.rubric.words)
    return step.report()


def _finished(parts: Sequence[Part]) -> Pack:
    try:
        return finished(parts)
    except ValidationError as invalid:
        sentences = lack_sentences(parts, invalid)
        more = len(sentences) - 1
        first = sentences[0] if not more else tr("{first} And {n} more.").format(first=sentences[0], n=more)
        raise Refused(first, tr("Fill in what is missing; the list beside the text has all of it.")) from invalid


def _begin(step: Step, parts: Iterable[NewPart], base: int | None) -> int:
    draft = step.add(RubricDraft, base_id=base, started_at=step.at, by_id=step.who)
    places: dict[str, int] = {}
    for section, content in parts:
        places[section] = places.get(section, -1) + 1
        step.add(RubricPart, draft_id=draft, section=section, position=places[section], content=canonical(content))
    step.subject, step.subject_table = draft, str(RubricDraft.__tablename__)
    step.words = tr("draft of {name}").format(name=_name(step, draft))
    return draft


def _renamed(step: Step, parts: list[NewPart], name: str) -> list[NewPart]:
    """The parts under a new name, whose id no rubric has."""
    head = parts[0][1]
    head |= {"id": free_id(slug(name), newest_versions(step.connection)), "name": name.strip(), "version": "1.0"}
    for section, content in parts:
        if section == "role":
            content["title"] = name.strip()
    return parts


def _must_be_named(step: Step, name: str) -> None:
    if not name.strip():
        raise Refused(tr("A rubric needs a name."), tr("Write the role it is for, such as “Platform Engineer”."))
    versions = newest_versions(step.connection).values()
    names = [read_pack(step.connection, version).rubric.name for version in versions]
    names += [_name(step, row.id) for row in rows_of(step.connection, RubricDraft)]
    if name.strip().casefold() in {known.casefold() for known in names}:
        said = tr("There is a rubric “{name}” already, or a draft of one.")
        raise Refused(said.format(name=name.strip()), tr("Go on with it, or name this one otherwise."))


def _must_be_id(level: str) -> None:
    plain = level.strip().replace("-", "").replace("_", "")
    if not (plain.isalnum() and plain.isascii() and level.strip()[0].isalpha() and len(level.strip()) <= 48):
        raise Refused(
            tr("A level is written as a short name, such as SE3."), tr("Begin with a letter; letters and digits alone.")
        )


def _empty(section: str, taken: Sequence[str]) -> dict[str, Any]:
    if section == DIMENSION:
        return empty_dimension(free_id("d1", taken))
    id_ = free_id(f"{section}1", taken)
    return {
        "exercise": empty_exercise(id_),
        "plan": {"id": id_, "name": "", "note": "", "rounds": []},
        "area": {"id": id_, "name": "", "dimensions": []},
        "skill": {"id": id_, "name": "", "group": "must_have", "weight": "important", "where": None},
        "kpi": {"id": id_, "name": "", "target": "", "every": "", "dimensions": []},
    }[section]


def _put(content: Any, way: Way, value: object) -> None:
    try:
        for name in way[:-1]:
            content = content[name]
        content[way[-1]] = value
    except (KeyError, IndexError, TypeError) as wrong:
        raise NotFound(tr("This part of the rubric is not there any more.")) from wrong


def _without(content: Any, id_: str) -> Any:
    """The content without an id in its lists of ids."""
    if isinstance(content, dict):
        return {name: _without(value, id_) for name, value in content.items()}
    if isinstance(content, list):
        return [_without(item, id_) for item in content if item != id_]
    return content


def _next(version: str) -> str:
    first, second = version.split(".")
    return f"{first}.{int(second) + 1}"


def _name(step: Step, draft: int) -> str:
    head = next((p for p in draft_parts(step.connection, draft) if p.section == HEAD), None)
    return str(head.content.get("name") or "") if head is not None else ""


def _remove(step: Step, draft: int) -> None:
    step.remove_all(SetAside, col(SetAside.draft_id) == draft)
    step.remove_all(RubricPart, col(RubricPart.draft_id) == draft)
    step.remove(RubricDraft, draft)
