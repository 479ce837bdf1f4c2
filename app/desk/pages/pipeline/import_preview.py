"""What a table of candidates would do, looked at before anything comes in."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from app.actions.candidate import ImportedCandidates, import_all
from app.errors import Refused
from app.exchange.candidate_import import LARGEST, CandidateTable, read_candidates
from app.store.files import bytes_in
from app.store.workspace import Workspace
from app.words import ntr, tr

_NAMED = 8  # rows that are left out, each with its line


@dataclass(frozen=True)
class ImportPreview:
    """A table, and what importing it into an opening would do."""

    table: CandidateTable
    opening: int | None
    would: ImportedCandidates

    @property
    def odd(self) -> bool:
        """Whether something of it does not come in, or was guessed."""
        return bool(self.table.unknown or self.table.guess or self.would.left_out)

    @property
    def words(self) -> str:
        """Everything to know before it comes in, a line each."""
        lines = [self.would.words]
        if self.table.guess:
            lines.append(self.table.guess)
        if self.table.unknown:
            lines.append(tr("Columns that do not come in: {names}.").format(names=", ".join(self.table.unknown)))
        lines += [row.words for row in self.would.left_out[:_NAMED]]
        more = len(self.would.left_out) - _NAMED
        lines += [ntr("{n} more row is left out.", "{n} more rows are left out.", more)] if more > 0 else []
        return "\n".join(lines)


def look_at(workspace: Workspace, source: Path, opening: int | None) -> ImportPreview:
    """Read a table and count, without changing anything. Raises Refused where it can't be read."""
    try:
        content = bytes_in(source, LARGEST + 1)
    except OSError as error:
        raise Refused(
            tr("{path} could not be read: {why}.").format(path=source.name, why=error.strerror),
            tr("Copy it elsewhere."),
        ) from error
    table = read_candidates(content)
    return ImportPreview(table, opening, import_all(workspace, table.people, opening, dry_run=True, lines=table.lines))


def bring_in(workspace: Workspace, table: CandidateTable, opening: int | None) -> ImportedCandidates:
    """Bring what was looked at in."""
    return import_all(workspace, table.people, opening, lines=table.lines)
