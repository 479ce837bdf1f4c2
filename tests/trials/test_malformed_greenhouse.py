"""Greenhouse's JSON broken in every way there is: explained, or rightly in; never a part of a row."""

from __future__ import annotations

import copy
import json
import random
import re
from pathlib import Path
from typing import Any

import pytest

from app.domain.import_fields import About
from app.domain.import_map import guessed_map
from app.errors import Refused
from app.exchange.people_import import Incoming, bring, read_rows_of
from app.exchange.people_reader import answer
from app.exchange.people_table import heard
from app.store.check import check_workspace
from tests.exchange.greenhouse import REJECTED, application, candidate, feed, scorecard
from tests.makers import new_workspace

_MARK = re.compile(r"mark(\d+)")
STRANGE: tuple[Any, ...] = (
    *(
        None,
        True,
        False,
        0,
        -1,
        10**400,
        1e308,
        "",
        " ",
        "\x00",
        "\u202e",
        "x" * 5000,
        "y" * 140_000,
        [],
        {},
        [[]],
        [None],
    ),
    *(
        {"id": {}},
        {"name": [1]},
        "2025-02-31T00:00:00Z",
        "0000-00-00",
        "99999-01-01",
        "2025-01-01T25:61:00Z",
        "😀" * 30,
    ),
    *(["a", 1, None], [{"value": {"value": 1}}], {"name": "A", "type": "B"}, "=cmd()", "02/03/2026", "a@b@c"),
)


def usual(random_: random.Random) -> dict[str, Any]:
    """Five people, each word about them with their number in it."""
    people = [candidate(n, f"Mark{n}", f"mark{n}", tags=[f"mark{n}"]) for n in range(1, 6)]
    applications = [
        application(n * 10 + k, n, job=f"mark{n}", **(REJECTED if random_.random() < 0.3 else {}))
        for n in range(1, 6)
        for k in range(random_.randrange(3))
    ]
    cards = [scorecard(n, one["id"], interview=f"mark{one['candidate_id']}") for n, one in enumerate(applications)]
    feeds = {f"feed/{n}.json": feed((f"mark{n}", "public")) for n in range(1, 6) if random_.random() < 0.5}
    return {"candidates.json": people, "applications.json": applications, "scorecards.json": cards, **feeds}


def places(held: Any, found: list[tuple[Any, Any]]) -> list[tuple[Any, Any]]:
    """Every place inside that holds a value."""
    pairs = held.items() if isinstance(held, dict) else enumerate(held) if isinstance(held, list) else ()
    for key, value in pairs:
        found.append((held, key))
        places(value, found)
    return found


def broken(random_: random.Random, files: dict[str, Any]) -> None:
    """Change, remove, repeat or misdirect one value."""
    held, key = random_.choice(places(files, []))
    match random_.randrange(6):
        case 0 | 1 | 2:
            held[key] = copy.deepcopy(random_.choice(STRANGE))
        case 3:
            del held[key]
        case 4:
            deep: Any = "x"
            for _ in range(random_.choice((3, 60, 400))):
                deep = [deep] if random_.random() < 0.5 else {"a": deep}
            held[key] = deep
        case _:
            if isinstance(held, list):
                held.append(copy.deepcopy(held[key]))
            elif key in ("id", "candidate_id", "application_id"):
                held[key] = random_.choice((1, 2, 10, 999, "1", None))


def malformed(seed: int) -> list[tuple[str, bytes]]:
    """Files by their number."""
    random_ = random.Random(seed)
    files = usual(random_)
    for _ in range(random_.randrange(1, 6)):
        if places(files, []):
            broken(random_, files)
    contents = [(name, json.dumps(held).encode()) for name, held in files.items()]
    if random_.random() < 0.1 and contents:
        at = random_.randrange(len(contents))
        name, content = contents[at]
        contents[at] = (name, content[: random_.randrange(len(content))])
    return contents


def read(contents: list[tuple[str, bytes]]) -> Incoming | None:
    """As the reader of its own process does; None where it says why not."""
    inside = [word for name, content in contents for word in (name, str(len(content)))]
    head = json.dumps(["theirs", "candidates", "", *inside]).encode()
    kind, said = answer(b"R", len(head), head + b"".join(content for _, content in contents))
    assert kind == b"J", "the reader was at its end, and does not say why"
    if said.startswith(b"{"):
        assert all(json.loads(said)["refused"])
        return None
    table = heard(iter(said.splitlines()))
    return Incoming(table, guessed_map(About.CANDIDATES, table.headings), None, True)


def must_be_explained(seed: int) -> Incoming | None:
    """Every row is in or refused, and nothing of one stands in another."""
    incoming = read(malformed(seed))
    if incoming is None:
        return None
    try:
        found = read_rows_of(incoming)
    except Refused as refused:
        assert refused.sentence
        assert refused.remedy
        return None
    assert found.rows == len(incoming.table.rows)
    assert all(row.why and row.words for row in found.refused)
    for who in found.people:
        assert who.name
        assert "\x00" not in repr(vars(who))
        own = _MARK.fullmatch(who.name.split()[-1])
        json.dumps(vars(who), default=repr).encode()
        if own:
            assert set(_MARK.findall(f"{who.tags} {who.mail}")) <= {own[1]}, "nothing of a row stands in another"
    return incoming


@pytest.mark.parametrize("seed", range(60))
def test_a_malformed_dump_is_explained_or_rightly_in(seed: int) -> None:
    must_be_explained(seed)


@pytest.mark.parametrize("seed", [3, 17])
def test_what_is_in_is_whole_and_the_file_sound(seed: int, tmp_path: Path) -> None:
    incoming = must_be_explained(seed)
    assert incoming is not None
    workspace = new_workspace(tmp_path)
    bring(workspace, incoming)
    assert check_workspace(workspace) == []
    workspace.close()


@pytest.mark.trial
def test_a_thousand_malformed_dumps_are_explained_or_rightly_in(tmp_path: Path) -> None:
    workspace = new_workspace(tmp_path)
    for seed in range(60, 1_060):
        incoming = must_be_explained(seed)
        if incoming is not None and seed % 5 == 0:
            try:
                bring(workspace, incoming)
            except Refused as refused:
                assert refused.sentence
    assert check_workspace(workspace) == []
    workspace.close()
