"""Finding: people, openings, rubrics, guides and files by name, and the words inside what one may see.

Who may see a row is asked before anything of it is counted, ordered or shown.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from sqlalchemy import Connection

from app.domain.search_words import Sought, matches, sought
from app.errors import Damaged
from app.queries.search_hits import DESCRIBED, own_notes
from app.queries.search_shown import Shown
from app.store.indexing import index_all, mend_index
from app.store.search_index import FITS, rows_that_fit
from app.store.search_sources import Group
from app.store.workspace import Workspace

USUAL = 6
_AT_ONCE = 50
_AROUND = 48

Ranges = tuple[tuple[int, int], ...]


@dataclass(frozen=True)
class Hit:
    """Something that was found, and where in its words; `target` are the ids by which `place` shows it.

    `private` is a note that nobody but its author finds.
    """

    group: Group
    title: str
    where: str
    text: str
    in_title: Ranges
    in_text: Ranges
    place: str
    target: tuple[tuple[str, int], ...]
    private: bool = False


def search(workspace: Workspace, typed: str, most: int = USUAL, within: float | None = None) -> tuple[Hit, ...]:
    """At most so many hits of each group, the best first, as the workspace's user may see them.

    Every word typed must be there, the last one as a beginning; nothing typed is syntax. What changed a moment ago is
    found too, where the file may be written; after `within` seconds of indexing, what is indexed by then.
    Raises as a step does.
    """
    wanted = sought(typed)
    if not wanted.pieces:
        return ()
    if not workspace.writable:
        return _asked(workspace, wanted, most)
    index_all(workspace, within)
    try:
        return _asked(workspace, wanted, most)
    except Damaged:  # of the index, or of something that mending it does not help: then it is said the second time
        mend_index(workspace)
        return _asked(workspace, wanted, most)


def _asked(workspace: Workspace, wanted: Sought, most: int) -> tuple[Hit, ...]:
    me = workspace.me
    with workspace.read() as connection:
        found = [hit for group in Group for hit in _of_group(connection, me, wanted, group, most)]
        own = [_hit(Group.WORDS, shown, wanted, private=True) for shown in own_notes(connection, me, wanted)]
    return (*found, *own[:most])


def _of_group(connection: Connection, me: int | None, wanted: Sought, group: Group, most: int) -> list[Hit]:
    found: list[Hit] = []
    known: set[tuple[str, int]] = set()
    there: set[tuple[str, tuple[tuple[str, int], ...]]] = set()
    for fit in FITS[4:] if group is Group.WORDS else FITS:  # what is inside has no name
        below: int | None = None
        while len(found) < most:
            rows = rows_that_fit(connection, wanted, group, fit, most=_AT_ONCE, below=below)
            new = [(table, row) for _, table, row in rows if (table, row) not in known]
            known.update(new)
            for shown in _may_see(connection, me, new):
                if len(found) == most:  # the words of a whole file are looked through for what is shown alone
                    break
                if (
                    group is not Group.PEOPLE or (shown.place, shown.target) not in there
                ):  # by their mail and their name
                    found.append(_hit(group, shown, wanted))
                    there.add((shown.place, shown.target))
            if len(rows) < _AT_ONCE:
                break
            below = rows[-1][0]
    return found[:most]


def _may_see(connection: Connection, me: int | None, rows: Sequence[tuple[str, int]]) -> Iterator[Shown]:
    by_table: defaultdict[str, list[int]] = defaultdict(list)
    for table, row in rows:
        by_table[table].append(row)
    shown = {table: DESCRIBED[table](connection, me, some) for table, some in by_table.items()}
    return (shown[table][row] for table, row in rows if row in shown[table])


def _hit(group: Group, shown: Shown, wanted: Sought, *, private: bool = False) -> Hit:
    title = matches(shown.title, wanted)
    text, inside = next(((t, found) for t in shown.texts if t and (found := matches(t, wanted))), ("", ()))
    text, inside = _around(text, inside)
    return Hit(group, shown.title, shown.where, text, title, inside, shown.place, shown.target, private)


def _around(text: str, ranges: Ranges) -> tuple[str, Ranges]:
    """The words about the first match, on one line, and where the matches are in them."""
    if not ranges:
        return "", ()
    first, last = ranges[0]
    start, end = max(0, first - _AROUND), min(len(text), last + 3 * _AROUND)
    if start > 0:
        start = text.find(" ", start, first) + 1 or start
    before, after = "…" if start > 0 else "", "…" if end < len(text) else ""
    line = "".join(" " if letter.isspace() else letter for letter in text[start:end])
    by = len(before) - start
    return before + line + after, tuple((a + by, min(b, end) + by) for a, b in ranges if a < end)
