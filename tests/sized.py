"""Rubrics of another size than ten, and workspaces scored by them: three dimensions, five, sixteen."""

from __future__ import annotations

import json
from functools import cache
from itertools import cycle
from pathlib import Path
from typing import Any

from app.actions import candidate, colleague, interview, opening, rubric, scorecard
from app.actions.candidate import NewCandidate
from app.actions.opening import NewOpening
from app.domain.pack import Pack
from app.domain.scorecard import Overall
from app.exchange.shipped import FIRST, load_role
from app.queries.plan import plan_page
from app.store.workspace import Workspace
from tests.makers import Clock, new_workspace

PEOPLE = ("Ruth Amadi", "Omar Haddad", "Lena Vogt", "Priya Raman", "Tomasz Wieland")
_MORE = ("software-engineer-backend", "site-reliability-engineer")


@cache
def pack_of(size: int) -> Pack:
    """A pack with so many dimensions, of those that come along, and rounds of four that see each of them twice."""
    found: list[dict[str, Any]] = []
    signals: list[dict[str, Any]] = []
    narrow: set[str] = set()
    for name in (FIRST, *_MORE):
        content = json.loads(load_role(name).canonical_text())["rubric"]
        for dimension in content["dimensions"]:
            if len(found) < size and dimension["narrow"] not in narrow:
                narrow.add(dimension["narrow"])
                questions = [q | {"id": f"{name[:3]}_{q['id']}"} for q in dimension["questions"]]
                found.append(dimension | {"skills": [], "questions": questions})
                own = [s for s in content["signals"] if s["dimensions"][0] == dimension["id"]]
                signals += [s | {"id": f"{name[:3]}_{s['id']}", "dimensions": [dimension["id"]]} for s in own[:3]]
    labels: set[str] = set()
    signals = [s for s in signals if not (s["label"] in labels or labels.add(s["label"]))]  # type: ignore[func-returns-value]
    ids = [d["id"] for d in found]
    chunks = [ids[at : at + 4] for at in range(0, len(ids), 4)]
    shifted = [*ids[2:], *ids[:2]]
    chunks += [shifted[at : at + 4] for at in range(0, len(ids), 4)]
    asked = {d["id"]: cycle(q["id"] for q in d["questions"][:2]) for d in found}
    exercises = [
        {
            "id": f"talk{n}",
            "name": f"Talk {n}",
            "short": f"Talk {n}",
            "minutes": [45, 90],
            "brief": "Ask, listen, and write down what you hear.",
            "looks_at": ["what was done"],
            "primary": chunk,
            "questions": [next(asked[d]) for d in chunk],
        }
        for n, chunk in enumerate(chunks, start=1)
    ]
    rounds = [{"exercise": e["id"], "dimensions": e["primary"], "minutes": 60} for e in exercises]
    base = json.loads(load_role(FIRST).canonical_text())["rubric"]
    base |= {
        "id": f"sized-{size}",
        "name": f"Rubric of {size}",
        "must_have": ids[:2],
        "dimensions": found,
        "signals": signals,
        "exercises": exercises,
        "plans": [{"id": "twice", "name": "Each twice", "note": "Two see each dimension.", "rounds": rounds}],
        "areas": [],
        "skills": [],
        "kpis": [],
    }
    return Pack.model_validate({"rubric": base})


def sized_opening(folder: Path, pack: Pack) -> Workspace:
    """A workspace with people and one opening that is scored by a pack."""
    workspace = new_workspace(folder, f"sized{len(pack.rubric.dimensions)}", clock=Clock())
    for name in PEOPLE:
        colleague.add(workspace, name)
    version = rubric.adopt(workspace, pack).subject
    opening.add(workspace, NewOpening("WX-01", "Engineer", "M1"), version)
    return workspace


def sized_workspace(folder: Path, size: int) -> Workspace:
    """A workspace whose one opening is scored by such a rubric: Ada's panel is complete, Ben has half of his cards."""
    workspace = sized_opening(folder, pack_of(size))
    rounds = plan_page(workspace, 1).plan.rounds
    for name, held in (("Ada Lind", len(rounds)), ("Ben Okoro", max(1, len(rounds) // 2))):
        done = candidate.add(workspace, NewCandidate(name), 1)
        application = next(c.row for c in done.changes if c.table == "application")
        for number, planned in enumerate(rounds):
            who = number % len(PEOPLE) + 1
            made = interview.add(workspace, application, number + 1, who).subject
            if number < held:
                with workspace.acting(who):
                    card = scorecard.start(workspace, made).subject
                    for place, dimension in enumerate(planned.dimensions):
                        scorecard.note(workspace, card, f"Heard about {dimension}.", dimension)
                        scorecard.rate(workspace, card, dimension, 2 + (number + place) % 3)
                    scorecard.vote(workspace, card, Overall.HIRE, "Good.")
                    scorecard.submit(workspace, card)
    return workspace
