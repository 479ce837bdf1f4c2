"""A rubric while it is written: parts as plain values, finished or not, and the pack they make once they hold.

A part is a dimension with its signals, an exercise, a plan, the role card … as JSON objects of the pack's own fields.
"""

from __future__ import annotations

import copy
import json
import re
import unicodedata
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from app.domain.exercise import Exercise, PackPlan, Round
from app.domain.pack import Pack
from app.domain.rubric import Anchor, Dimension, Limits, Question, Rubric, RubricSignal, ScalePoint
from app.domain.scorecard import SCORES
from app.domain.value import Way

HEAD, DIMENSION, EXERCISE, PLAN, AREA, SKILL, KPI = (
    "head",
    "dimension",
    "exercise",
    "plan",
    "area",
    "skill",
    "kpi",
)
ROLE, LEVELS, ONBOARDING, GYM = "role", "levels", "onboarding", "gym"
LISTS: Mapping[str, str] = {
    DIMENSION: "dimensions",
    EXERCISE: "exercises",
    PLAN: "plans",
    AREA: "areas",
    SKILL: "skills",
    KPI: "kpis",
}
"""Sections that a rubric has several of, and the rubric's field they make."""

WHOLE = (ROLE, LEVELS, ONBOARDING, GYM)
"""Sections that a pack has once, or not at all."""

LONGEST_NARROW = 9
"""Letters of a name in the heads of a strip."""


@dataclass(frozen=True)
class Part:
    """One part of a draft; `id` is its row."""

    id: int
    section: str
    position: int
    content: dict[str, Any]


NewPart = tuple[str, dict[str, Any]]


def parts_of(pack: Pack) -> list[NewPart]:
    """The parts a draft begins with where it begins from a pack."""
    content = json.loads(pack.canonical_text())
    rubric = content["rubric"]
    signals = rubric.pop("signals")
    for at, signal in enumerate(signals):
        signal["at"] = at
    for dimension in rubric["dimensions"]:
        dimension["signals"] = [s for s in signals if s["dimensions"][0] == dimension["id"]]
        for question in dimension["questions"]:
            question.setdefault("tags", [])
    lists = {name: rubric.pop(name) for name in LISTS.values()}
    found: list[NewPart] = [(HEAD, rubric)]
    found += [(section, item) for section, name in LISTS.items() for item in lists[name]]
    return found + [(section, content[section]) for section in WHOLE if section in content]


def empty_parts(name: str, level: str) -> list[NewPart]:
    """The parts of a rubric that nobody has written yet: three dimensions, one exercise, one plan of one round."""
    id_ = slug(name)
    dimensions = [empty_dimension(f"d{n}") for n in range(1, 4)]
    exercise = empty_exercise("interview")
    plan = {"id": "plan", "name": "Plan", "note": "", "rounds": []}
    head = {
        "id": id_,
        "name": name,
        "version": "1.0",
        "level": level,
        "bar": 3,
        "scale": [dict(point) for point in _SCALE],
        "not_assessed_reasons": [dict(choice) for choice in _REASONS],
        "overall": [dict(choice) for choice in _VOTES],
        "must_have": [],
        "limits": dict(_LIMITS),
    }
    parts: list[NewPart] = [(HEAD, head)]
    parts += [(DIMENSION, dimension) for dimension in dimensions]
    return [*parts, (EXERCISE, exercise), (PLAN, plan)]


def empty_dimension(id_: str) -> dict[str, Any]:
    """A dimension with room for its four anchors."""
    return {
        "id": id_,
        "name": "",
        "short": "",
        "narrow": "",
        "definition": "",
        "anchors": [{"score": score, "summary": "", "behaviours": []} for score in SCORES],
        "questions": [],
        "skills": [],
        "rater_trap": "",
        "signals": [],
    }


def empty_exercise(id_: str) -> dict[str, Any]:
    """An exercise that shows nothing yet."""
    return {
        "id": id_,
        "name": "",
        "short": "",
        "minutes": [45, 60],
        "optional": False,
        "brief": "",
        "looks_at": [],
        "primary": [],
        "secondary": [],
        "questions": [],
        "added": None,
    }


def empty_role(title: str, level: str) -> dict[str, Any]:
    """A role card that says nothing yet."""
    rights: dict[str, Any] = {"alone": [], "with_peers": [], "needs_approval": [], "hiring": ""}
    return {
        "title": title,
        "level": level,
        "purpose": "",
        "outcomes": [],
        "reports_to": "",
        "team": "",
        "stakeholders": [],
        "responsibilities": [],
        "decision_rights": rights,
        "approvals": [{"role": "Hiring manager", "verb": "decides"}],
        "escalation": [],
    }


def pack_value(parts: Sequence[Part]) -> dict[str, Any]:
    """What the parts make, as plain values to be validated."""
    found: dict[str, Any] = {}
    rubric: dict[str, Any] = {name: [] for name in LISTS.values()} | {"signals": []}
    for part in parts:
        content = copy.deepcopy(part.content)
        if part.section == HEAD:
            rubric |= content
        elif part.section == DIMENSION:
            rubric["signals"] += content.pop("signals", [])
            rubric["dimensions"].append(content)
        elif part.section in LISTS:
            rubric[LISTS[part.section]].append(content)
        else:
            found[part.section] = content
    rubric["signals"].sort(key=lambda signal: signal.get("at", len(rubric["signals"])))
    for signal in rubric["signals"]:
        signal.pop("at", None)
    return {"rubric": rubric, **found}


def finished(parts: Sequence[Part]) -> Pack:
    """The pack the parts make. Raises pydantic's ValidationError, whose places `place_of` finds among the parts."""
    return Pack.model_validate(pack_value(parts))


def place_of(parts: Sequence[Part], way: Way) -> tuple[Part | None, Way]:
    """The part that a place in the pack belongs to, and the place inside it."""
    if way[:1] != ("rubric",):
        return next((p for p in parts if way and p.section == way[0]), None), way[1:]
    inside = way[1:]
    section = next((s for s, name in LISTS.items() if inside[:1] == (name,)), None)
    if section is not None and len(inside) > 1 and isinstance(inside[1], int):
        same = [p for p in parts if p.section == section]
        return (same[inside[1]], inside[2:]) if inside[1] < len(same) else (None, inside)
    if inside[:1] == ("signals",) and len(inside) > 1:
        signals = pack_value(parts)["rubric"]["signals"]
        id_ = signals[inside[1]].get("id") if isinstance(inside[1], int) and inside[1] < len(signals) else None
        holding = (p for p in parts if id_ in [s.get("id") for s in p.content.get("signals", ())])
        return next(holding, None), ("signals", *inside[2:])
    return next((p for p in parts if p.section == HEAD), None), inside


def unfinished(parts: Sequence[Part]) -> Rubric:
    """The rubric as far as it is written, with nothing checked: for the rubric check and for reading alone."""
    value = pack_value(parts)["rubric"]
    return Rubric.model_construct(
        id=_text(value, "id"),
        name=_text(value, "name"),
        version=_text(value, "version"),
        level=_text(value, "level"),
        bar=value.get("bar", 3),
        scale=tuple(ScalePoint.model_construct(**point) for point in _dicts(value, "scale")),
        not_assessed_reasons=(),
        overall=(),
        must_have=_texts(value, "must_have"),
        limits=Limits.model_construct(**value.get("limits", {})),
        dimensions=tuple(_dimension(d) for d in _dicts(value, "dimensions")),
        exercises=tuple(_exercise(e) for e in _dicts(value, "exercises")),
        plans=tuple(_plan(p) for p in _dicts(value, "plans")),
        areas=(),
        signals=tuple(
            RubricSignal.model_construct(
                id=_text(s, "id"),
                kind=s.get("kind", "strong"),
                label=_text(s, "label"),
                text=_text(s, "text"),
                dimensions=_texts(s, "dimensions"),
            )
            for s in _dicts(value, "signals")
        ),
        skills=(),
        kpis=(),
    )


def slug(name: str) -> str:
    """An id from a name: letters, digits and hyphens, 48 at most."""
    plain = unicodedata.normalize("NFKD", name).encode("ascii", "ignore").decode()
    found = re.sub(r"[^a-z0-9]+", "-", plain.lower()).strip("-")[:48].strip("-")
    return found if found[:1].isalpha() else f"r-{found}"[:48].strip("-")


def free_id(wanted: str, taken: Iterable[str]) -> str:
    """An id like the wanted one that nothing has."""
    known, number, found = set(taken), 1, wanted
    while found in known:
        number += 1
        found = f"{wanted[:44]}_{number}"
    return found


def short_name(name: str) -> str:
    """An everyday name proposed from the long one: what stands before “and”, “&” or a comma."""
    first = re.split(r"\s*(?:,|&|\band\b|/|\()\s*", name.strip(), maxsplit=1)[0]
    words = first.split()
    found = ""
    for word in words:
        if found and len(found) + 1 + len(word) > 18:
            break
        found = f"{found} {word}".strip()
    return found[:30]


def narrow_name(name: str, taken: Iterable[str] = ()) -> str:
    """A name for the strip's heads proposed from the everyday one: its first word that fits, else that word cut."""
    words = [w for w in re.split(r"[\s/&,-]+", name) if len(w) > 2] or name.split() or [""]
    known = set(taken)
    fitting = [w for w in words if len(w) <= LONGEST_NARROW and w not in known]
    found = (fitting or [words[0][:LONGEST_NARROW]])[0]
    return found if found not in known else f"{found[: LONGEST_NARROW - 1]}{len(known)}"[:LONGEST_NARROW]


def _dimension(value: Mapping[str, Any]) -> Dimension:
    return Dimension.model_construct(
        id=_text(value, "id"),
        name=_text(value, "name"),
        short=_text(value, "short"),
        narrow=_text(value, "narrow"),
        definition=_text(value, "definition"),
        anchors=tuple(
            Anchor.model_construct(score=a["score"], summary=_text(a, "summary"), behaviours=_texts(a, "behaviours"))
            for a in _dicts(value, "anchors")
        ),
        questions=tuple(
            Question.model_construct(
                id=_text(q, "id"),
                kind=q.get("kind", "situational"),
                text=_text(q, "text"),
                probes=_texts(q, "probes"),
                tags=_texts(q, "tags"),
            )
            for q in _dicts(value, "questions")
        ),
        skills=_texts(value, "skills"),
        rater_trap=_text(value, "rater_trap"),
    )


def _exercise(value: Mapping[str, Any]) -> Exercise:
    least, most = [*value.get("minutes", ()), 45, 60][:2]
    return Exercise.model_construct(
        id=_text(value, "id"),
        name=_text(value, "name"),
        short=_text(value, "short"),
        minutes=(least, most),
        optional=bool(value.get("optional")),
        brief=_text(value, "brief"),
        looks_at=_texts(value, "looks_at"),
        primary=_texts(value, "primary"),
        secondary=_texts(value, "secondary"),
        questions=_texts(value, "questions"),
        added=value.get("added"),
    )


def _plan(value: Mapping[str, Any]) -> PackPlan:
    return PackPlan.model_construct(
        id=_text(value, "id"),
        name=_text(value, "name"),
        note=_text(value, "note"),
        rounds=tuple(
            Round.model_construct(
                exercise=_text(r, "exercise"), dimensions=_texts(r, "dimensions"), minutes=r.get("minutes", 60)
            )
            for r in _dicts(value, "rounds")
        ),
    )


def _text(value: Mapping[str, Any], name: str) -> str:
    return str(value.get(name) or "")


def _texts(value: Mapping[str, Any], name: str) -> tuple[str, ...]:
    return tuple(str(item) for item in value.get(name) or ())


def _dicts(value: Mapping[str, Any], name: str) -> list[Mapping[str, Any]]:
    return [item for item in value.get(name) or () if isinstance(item, Mapping)]


_SCALE: tuple[dict[str, Any], ...] = (
    {
        "score": 1,
        "label": "Well below the bar",
        "short": "Well below",
        "meaning": "Evidence points the other way, or a basic question could not be answered with prompting.",
    },
    {
        "score": 2,
        "label": "Below the bar",
        "short": "Below",
        "meaning": "Some real evidence, with a gap that would need close support in the first six months.",
    },
    {
        "score": 3,
        "label": "Meets the bar",
        "short": "Meets",
        "meaning": "Would do this part of the job unaided at this level; gaps are ordinary ones.",
    },
    {
        "score": 4,
        "label": "Exceeds the bar",
        "short": "Exceeds",
        "meaning": "Evidence of doing this at the scope of the next level, more than once.",
    },
)
_REASONS: tuple[dict[str, Any], ...] = (
    {"id": "ran_out_of_time", "words": "ran out of time"},
    {"id": "did_not_land", "words": "question did not land"},
    {"id": "conflict_of_interest", "words": "conflict of interest"},
)
_VOTES: tuple[dict[str, Any], ...] = (
    {"id": "strong_hire", "words": "strong hire"},
    {"id": "hire", "words": "hire"},
    {"id": "no_hire", "words": "no hire"},
    {"id": "strong_no_hire", "words": "strong no hire"},
)
_LIMITS: dict[str, Any] = {
    "hire_from": "29/10",
    "mixed_from": "13/5",
    "min_raters": 2,
    "max_dimensions_per_interviewer": 4,
    "dimensions_without_score_allowed": 1,
    "wide_from": 2,
    "flat_from": 4,
}
