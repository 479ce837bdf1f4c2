"""Tables of people in on the command line: candidates, members, colleagues."""

from __future__ import annotations

import argparse
from collections.abc import Callable
from contextlib import AbstractContextManager
from pathlib import Path

from app.actions.candidate_import import ImportedCandidates
from app.actions.import_map import keep
from app.actions.imported_rows import Came
from app.actions.member_import import ImportedMembers
from app.cli.output import say
from app.cli.usage import GREENHOUSE, about_whom
from app.domain.import_fields import About
from app.domain.import_map import ImportMap, guessed_map, kept_headings, kept_map
from app.errors import Refused
from app.exchange.people_import import Incoming, Outcome, bring, look
from app.exchange.people_reading import read_people
from app.exchange.people_said import said_people_map
from app.exchange.people_table import PeopleTable
from app.queries.import_maps import import_maps, opening_called
from app.store.workspace import Workspace
from app.words import tr


def import_people(opened: Callable[[Path], AbstractContextManager[Workspace]], chosen: argparse.Namespace) -> bool:
    """Bring a table in, or say what would become of it; False where nothing came, or would come, in."""
    about = about_whom(chosen.what)
    table = read_people(chosen.source, about, chosen.encoding)
    if chosen.what == GREENHOUSE and not table.beside:
        raise Refused(
            tr("{file} holds no candidates as Greenhouse’s API gives them.").format(file=chosen.source.name),
            tr("Put all of its files into a folder, and import that. Bring a table in with “candidates”."),
        )
    with opened(chosen.file) as workspace:
        map_ = _map(workspace, table, about, chosen)
        opening = opening_called(workspace, chosen.opening) if chosen.opening is not None else None
        incoming = Incoming(table, map_, opening, chosen.skip_refused)
        outcome = look(workspace, incoming) if chosen.dry_run else bring(workspace, incoming)
        if chosen.save_map and not chosen.dry_run:
            keep(workspace, chosen.save_map, map_)
    _tell(chosen, outcome, incoming)
    return outcome.blocked is None


def _map(workspace: Workspace, table: PeopleTable, about: About, chosen: argparse.Namespace) -> ImportMap:
    map_ = guessed_map(about, table.headings)
    if chosen.use_map:
        kept = import_maps(workspace, about)
        if chosen.use_map not in kept:
            raise Refused(
                tr("There is no map “{name}” for {what}.").format(name=chosen.use_map, what=about),
                tr("There are: {names}.").format(names=", ".join(kept)) if kept else tr("Keep one with --save-map."),
            )
        if not kept_headings(kept[chosen.use_map], table.headings):
            raise Refused(
                tr("No column of the map “{name}” is in this table (found: {names}).").format(
                    name=chosen.use_map, names=", ".join(table.headings)[:300]
                ),
                tr("Use another map, or none."),
            )
        map_ = kept_map(about, kept[chosen.use_map], table.headings)
    return said_people_map(table, map_, chosen.map or [], chosen.leave_out or [], chosen.date_order)


def _tell(chosen: argparse.Namespace, outcome: Outcome, incoming: Incoming) -> None:
    """All of it: the counts, how it was read, and each row of which there is something to say."""
    words = outcome.words
    if chosen.dry_run and outcome.blocked is None:
        words = tr("Would bring in: {what} Nothing was changed.").format(what=words)
    elif outcome.blocked is not None:
        blocked = outcome.blocked
        words = " ".join(dict.fromkeys((tr("Nothing would come in."), words, blocked.remedy)))
    rows = [row for row in outcome.rows if row.why and (chosen.dry_run or row.came is Came.REFUSED)]
    sentence = "\n".join((" ".join((words, *outcome.remarks)), *(row.words for row in rows)))
    facts: dict[str, object] = {}
    done = outcome.done
    if isinstance(done, ImportedCandidates):
        facts |= {"applications": done.applications, "closed": done.closed, "attached": done.files}
        facts |= {"cards": done.cards, "unclear_marks": done.unclear}
        facts["without_application"] = {"cards": done.cards_without, "texts": done.files_without}
    if isinstance(done, ImportedMembers):
        facts["differs"] = list(done.differs)
    shown = outcome.rows if chosen.dry_run else rows
    say(
        chosen,
        sentence,
        added=outcome.count(Came.ADDED),
        known=outcome.count(Came.KNOWN) + outcome.count(Came.CHANGED),
        dry_run=chosen.dry_run,
        not_read=list(incoming.map.left_out),
        further=list(incoming.map.further),
        map=incoming.map.by_heading,
        read_as=" ".join(incoming.table.remarks),
        left_out=[{"line": r.line, "name": r.name, "why": r.why} for r in outcome.rows if r.came is Came.REFUSED],
        rows=[{"line": r.line, "name": r.name, "came": str(r.came), "why": r.why} for r in shown],
        **facts,
    )
