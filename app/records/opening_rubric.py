"""What an opening is scored by: its rubric version with the exercises of its own, and the levels of its guide."""

from __future__ import annotations

from collections.abc import Iterable

from sqlalchemy import Connection, select
from sqlmodel import col

from app.domain.exercise import Exercise
from app.domain.guide import Guide, GuideLevel, guide_of_pack
from app.domain.pack import Pack
from app.domain.rubric import Rubric
from app.domain.value import one
from app.errors import NotFound
from app.store.columns import among
from app.store.guide import read_guide
from app.store.rubric import read_pack
from app.store.tables import Opening
from app.store.tables_rubric import OwnExercise, RetiredQuestion
from app.words import tr


def opening_pack(connection: Connection, opening: int) -> Pack:
    """The pack an opening is scored by; its rubric has the opening's own exercises besides. Raises NotFound."""
    version = connection.execute(select(col(Opening.rubric_id)).where(col(Opening.id) == opening)).scalar()
    if version is None:
        raise NotFound(tr("There is no opening {id}.").format(id=opening))
    pack = read_pack(connection, version)
    own = own_exercises(connection, opening)
    return pack.model_copy(update={"rubric": with_exercises(pack.rubric, own)}) if own else pack


def opening_rubric(connection: Connection, opening: int) -> Rubric:
    """The rubric of `opening_pack`. Raises NotFound."""
    return opening_pack(connection, opening).rubric


def opening_rubrics(connection: Connection, openings: Iterable[int]) -> dict[int, Rubric]:
    """The rubrics of several openings, by opening."""
    wanted = frozenset(openings)
    query = select(col(Opening.id), col(Opening.rubric_id)).where(among(col(Opening.id), wanted))
    versions = dict(connection.execute(query).all())
    own: dict[int, list[Exercise]] = {}
    rows = select(col(OwnExercise.opening_id), col(OwnExercise.content)).where(
        among(col(OwnExercise.opening_id), wanted)
    )
    for opening, content in connection.execute(rows.order_by(col(OwnExercise.id))):
        own.setdefault(opening, []).append(Exercise.model_validate_json(content))
    rubrics = {version: read_pack(connection, version).rubric for version in set(versions.values())}
    return {opening: with_exercises(rubrics[version], own.get(opening, ())) for opening, version in versions.items()}


def own_exercises(connection: Connection, opening: int) -> tuple[Exercise, ...]:
    """The kinds of interview an opening has beside its rubric's, oldest first."""
    query = select(col(OwnExercise.content)).where(col(OwnExercise.opening_id) == opening)
    rows = connection.execute(query.order_by(col(OwnExercise.id))).scalars()
    return tuple(Exercise.model_validate_json(content) for content in rows)


def retired_questions(connection: Connection, pack: str) -> dict[str, str]:
    """The questions of a rubric that are asked no more, in whichever version, with the reason."""
    query = select(col(RetiredQuestion.question), col(RetiredQuestion.reason)).where(col(RetiredQuestion.pack) == pack)
    return dict(connection.execute(query).all())


def with_exercises(rubric: Rubric, own: Iterable[Exercise]) -> Rubric:
    """The rubric with further exercises at the end; one whose id it has already is left out."""
    known = {e.id for e in rubric.exercises}
    added = tuple(e for e in own if e.id not in known)
    return rubric.model_copy(update={"exercises": (*rubric.exercises, *added)}) if added else rubric


def levels_of(connection: Connection, rubric: int, guide: int | None) -> tuple[tuple[str, str], ...]:
    """The levels an opening of this rubric version and guide may be for, as id and title.

    They are the guide's, else those of the rubric's own guide, else the one level the rubric is written for.
    """
    if guide is not None:
        return tuple((level.id, level.title) for level in read_guide(connection, guide).in_order)
    pack = read_pack(connection, rubric)
    if pack.levels is None:
        return ((pack.rubric.level, pack.role.title if pack.role is not None else pack.rubric.level),)
    return tuple((level.id, level.title) for level in pack.levels.levels)


def opening_levels(connection: Connection, opening: int) -> tuple[tuple[str, str], ...]:
    """The levels an opening may be for. Raises NotFound."""
    query = select(col(Opening.rubric_id), col(Opening.guide_id)).where(col(Opening.id) == opening)
    found = connection.execute(query).first()
    if found is None:
        raise NotFound(tr("There is no opening {id}.").format(id=opening))
    return levels_of(connection, found[0], found[1])


def guide_of_opening(connection: Connection, opening: Opening) -> Guide | None:
    """The guide an opening's level is one of; None where its rubric has none and none was chosen."""
    if opening.guide_id is not None:
        return read_guide(connection, opening.guide_id)
    pack = read_pack(connection, opening.rubric_id)
    return guide_of_pack(pack) if pack.levels is not None else None


def level_of_opening(connection: Connection, opening: Opening, level: str) -> GuideLevel | None:
    """What a level of an opening's guide says; None where there is no guide, or no such level in it."""
    guide = guide_of_opening(connection, opening)
    if guide is None or level not in {known.id for known in guide.levels}:
        return None
    return one(guide.levels, level)
