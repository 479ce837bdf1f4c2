"""A department's file: candidates, two and a half applications each, notes of 300 words, by a seeded generator.

They come in by the import, so that the history knows them and the check holds; the file is kept in the temporary
folder by seed and size. What shows one screenful is held against bare SQLite and against a tenth of the file. The bare
search gives numbers of rows alone, and the bare page is one join: who may see what is asked by ours alone.
"""

from __future__ import annotations

import random
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import closing
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any, TypeVar

import sqlcipher3.dbapi2 as driver

from app.actions import colleague, opening
from app.actions import rubric as rubrics
from app.actions.candidate_import import import_all
from app.actions.opening import NewOpening
from app.actions.read_candidate import ReadApplication, ReadCandidate, ReadNote
from app.domain.pipeline_view import PipelineView, Shape
from app.exchange.shipped import FIRST, load_role
from app.queries.application import application_page
from app.queries.board import board
from app.queries.pipeline import pipeline_ids, pipeline_rows
from app.queries.search import search
from app.store.backup import save_copy
from app.store.check import check_file
from app.store.create import create_workspace
from app.store.indexing import index_all
from app.store.workspace import Workspace, open_workspace
from benchmarks.ratio import HEAD, Run, measure

T = TypeVar("T")
SEED, CANDIDATES, OPENINGS = 13, 100_000, 500
_BATCH, _PAIRS, _SCREENFUL = 5_000, 15, 40
_WORDS = tuple(f"{a}{b}{c}" for a in ("re", "mo", "ka", "ti", "su") for b in ("la", "ne", "vi", "or") for c in "ndrst")
_PAGE = (
    "SELECT a.id, c.name, s.name, o.code, a.applied_on FROM application a JOIN candidate c ON c.id = a.candidate_id "
    "JOIN stage s ON s.id = a.stage_id JOIN opening o ON o.id = a.opening_id WHERE a.id IN ({marks})"
)


def main(scale: float) -> None:
    """Print the table; `scale` is a part of the whole, for trying."""
    size = int(CANDIDATES * scale)
    large, small = _file(size), _file(size // 10)
    print(f"{size:,} candidates against bare sqlite3 and against {size // 10:,}\n")
    print(HEAD, flush=True)
    with closing(open_workspace(large)) as ours, closing(open_workspace(small)) as tenth, _bare(large) as file:
        for name, run, bare in _BESIDE:
            print(measure(name, "sqlite3", _taking(run, ours), _taking(bare, file), _PAIRS).row(), flush=True)
        for name, run in (*((name, run) for name, run, _ in _BESIDE), *_ALONE):
            beside = f"{size // 10:,} candidates"
            print(measure(name, beside, _taking(run, ours), _taking(run, tenth), _PAIRS).row(), flush=True)
        with tempfile.TemporaryDirectory() as folder:
            for name, took in (
                ("backup, checked", _seconds(lambda: save_copy(ours, Path(folder, "copy")))),
                ("check", _seconds(lambda: check_file(large))),
            ):
                print(f"\n{name}: {took:.1f} s", flush=True)


def _bare(path: Path) -> closing[Any]:
    """The same SQLite without anything of ours above it, reading alone."""
    return closing(driver.connect(f"file:{path}?mode=ro", uri=True))


# What is measured


def _search(workspace: Workspace) -> object:
    return search(workspace, "relan mol")


def _bare_search(file: Any) -> object:
    (index,) = file.execute("SELECT name FROM sqlite_master WHERE sql LIKE '%USING fts5%'").fetchone()
    query = f'SELECT rowid FROM "{index}" WHERE "{index}" MATCH ? ORDER BY rowid DESC LIMIT 50'
    return file.execute(query, ('"relan" AND "mol"*',)).fetchall()


def _rows(workspace: Workspace) -> object:
    return pipeline_rows(workspace, range(1, _SCREENFUL + 1), {})


def _bare_rows(file: Any) -> object:
    marks = ", ".join("?" * _SCREENFUL)
    return file.execute(_PAGE.format(marks=marks), range(1, _SCREENFUL + 1)).fetchall()


def _table(workspace: Workspace) -> object:
    return pipeline_ids(workspace, PipelineView(shape=Shape.TABLE))


def _bare_table(file: Any) -> object:
    query = "SELECT id FROM application WHERE outcome = 'active' ORDER BY entered_at DESC, id"
    return [number for (number,) in file.execute(query)]


_BESIDE: tuple[tuple[str, Callable[[Workspace], object], Callable[[Any], object]], ...] = (
    ("words typed to hits", _search, _bare_search),
    ("a page of 40 rows", _rows, _bare_rows),
    ("the table's order, all openings", _table, _bare_table),
)
_ALONE: tuple[tuple[str, Callable[[Workspace], object]], ...] = (
    ("one opening's board", lambda workspace: board(workspace, 1)),
    ("application opened", lambda workspace: application_page(workspace, 1)),
)


def _taking(run: Callable[[T], object], on: T) -> Run:
    return lambda: _seconds(lambda: run(on)) * 1000


def _seconds(run: Callable[[], object]) -> float:
    began = time.perf_counter()
    run()
    return time.perf_counter() - began


# The file


def _file(size: int) -> Path:
    """The workspace of so many candidates, made once. Openings grow with it: each has as many people as ever."""
    path = Path(tempfile.gettempdir(), f"tenfold-large-{SEED}-{size}.tenfold")
    if path.exists():
        return path
    part = path.with_stem(f"{path.stem}-part")
    part.unlink(missing_ok=True)
    with closing(create_workspace(part)) as made:
        colleague.add(made, "Mara Vogt")
        version = rubrics.adopt(made, load_role(FIRST)).subject
        openings = max(1, size * OPENINGS // CANDIDATES)
        for number in range(openings):
            opening.add(made, NewOpening(f"SR-{number}", f"Engineer {number}", "M1"), version)
        people = _people(random.Random(SEED), size, openings)
        while batch := [one for _, one in zip(range(_BATCH), people, strict=False)]:
            import_all(made, batch, None)
        index_all(made)
    part.rename(path)
    return path


def _people(random_: random.Random, size: int, openings: int) -> Iterator[ReadCandidate]:
    began = datetime(2020, 1, 1, tzinfo=UTC)
    for number in range(1, size + 1):
        wanted = random_.sample(range(openings), min(openings, random_.choice((2, 2, 3, 3))))
        applied = began.date() + timedelta(days=random_.randrange(2400))
        name = f"{random_.choice(_WORDS).title()} {random_.choice(_WORDS).title()} {number}"
        note = " ".join(random_.choices(_WORDS, k=300))
        yield ReadCandidate(
            name,
            mail=f"p{number}@example.org",
            line=number,
            dated_notes=(ReadNote(note, began, private=False),),
            applications=tuple(_application(one, applied) for one in wanted),
        )


def _application(number: int, applied: date) -> ReadApplication:
    return ReadApplication(("Job", f"SR-{number}"), applied_on=applied)
