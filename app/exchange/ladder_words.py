"""How a ladder is read, in a person's words: what its levels and dimensions are called, and where they stand."""

from __future__ import annotations

from collections.abc import Sequence

from app.domain.guide import Guide
from app.exchange.ladder_map import STAR, LadderMap, star_number
from app.exchange.ladder_table import EVERY, heading_row
from app.exchange.ladders import Source
from app.words import ntr, tr

_NAMED = 12  # one by one; of more, so many


def reading_words(source: Source, map_: LadderMap, guide: Guide) -> list[str]:
    """Sentences on what was read where. None of them for a guide that Tenfold wrote."""
    if source.guide is not None:
        return list(source.remarks)
    found = [*_table_words(source, map_), _levels(map_, guide), _dimensions(map_, guide)]
    if [t.id for t in guide.tracks] != ["levels"]:
        tracks = [
            tr("{track} ({levels})").format(track=t.name, levels=listed([guide.level(i).title for i in t.order]))
            for t in guide.tracks
        ]
        found.append(tr("Tracks are {names}.").format(names=listed(tracks)))
    return [*found, *source.remarks]


def listed(names: Sequence[str]) -> str:
    """Names with commas between them, and how many more there are."""
    shown = ", ".join(" ".join(name.split()) for name in names[:_NAMED])
    more = len(names) - _NAMED
    return shown if more <= 0 else f"{shown} {ntr('and {n} more', 'and {n} more', more)}"


def _table_words(source: Source, map_: LadderMap) -> list[str]:
    if not source.sheets:
        return []
    if map_.sheet == EVERY:
        return [
            tr("All sheets with the same headings are read; “{column}” stands for their names.").format(
                column=tr("Sheet")
            )
        ]
    sheet = next(s for s in source.sheets if s.name == map_.sheet)
    row = int(map_.heading_row) if map_.heading_row.isdecimal() else heading_row(sheet)
    found = []
    if len(source.sheets) > 1:
        found.append(tr("Of {n} sheets “{sheet}” is read.").format(n=len(source.sheets), sheet=sheet.name))
    if sheet.rows and row > sheet.rows[0][0]:
        found.append(tr("The headings stand in row {row}; what is above is kept beside.").format(row=row))
    return found


def _levels(map_: LadderMap, guide: Guide) -> str:
    names = listed([level.title for level in guide.in_order])
    if map_.across and map_.level.startswith(STAR):
        return tr("Levels are the columns {names}.").format(names=names)
    return tr("Levels {where}: {names}.").format(where=_where(map_, map_.level), names=names)


def _dimensions(map_: LadderMap, guide: Guide) -> str:
    names = listed([d.name for d in guide.dimensions])
    groups = {e.words: None for d in guide.dimensions for e in d.extras if e.name in _group_names(map_)}
    within = tr(", in the groups {names}").format(names=listed(list(groups))) if groups else ""
    if map_.across and map_.dimension.startswith(STAR):
        return tr("Dimensions are the columns {names}{groups}.").format(names=names, groups=within)
    where = _where(map_, map_.dimension)
    return tr("Dimensions {where}: {names}{groups}.").format(where=where, names=names, groups=within)


def _group_names(map_: LadderMap) -> list[str]:
    return [tr("Group"), *(g.lstrip("^") for g in map_.groups)]


def _where(map_: LadderMap, source: str) -> str:
    """Where something is said: in a column, in a field, or as the name or place of things in a list."""
    number = star_number(source)
    if not number:
        words = tr("are the rows under “{name}”") if map_.across or map_.sheet else tr("are what “{name}” says")
        return words.format(name=source.removeprefix("^"))
    parts = map_.cells.split(".")
    at = [n for n, part in enumerate(parts) if part == STAR]
    before = parts[at[number - 1] - 1] if number <= len(at) and at[number - 1] else ""
    if before in ("", STAR):
        return tr("are the names at depth {n}").format(n=number)
    return tr("are the entries of “{list}”").format(list=before)
