"""The leveling guide on paper: contents, the matrix of bars and weights, then each level on a page of its own."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from reportlab.platypus import PageBreak

from app.domain.guide import Extra, Guide, GuideCell, GuideLevel, Statement
from app.packets.guide.matrix import guide_matrix
from app.packets.paper.flow import Columns, FlowColumn, PagePlace, Space, block, kept_together, ruled_line
from app.packets.paper.number import number_of
from app.packets.paper.page import Packet, PaperLook, Progress, compose
from app.packets.paper.type import BODY, CAPTION, HEAD, LABEL, TABLE, TITLE, TextSpan, plain, rich
from app.phrases.rubric import way_in_full, weight_word
from app.queries.guide import GuideFacts
from app.words import day, ntr, tr

OVERVIEW, KEPT, LEVEL = "overview", "kept", "level-"
_NAME = 112.0  # points: a dimension's or a fact's name
_NAMED = 60  # letters of a name in a list
_PAGE = 40.0  # points: a page number in the contents
_WHOLE = 150.0  # points: a row this high moves to the next page rather than run on
_TOLD = 260.0  # points: a statement with its examples, likewise
_CODE = 52.0  # points: a level's short id in the contents
_LEAST = 200.0
_DEFAULT = ("important", 3)


def leveling_guide(facts: GuideFacts, progress: Progress | None = None) -> Packet:
    """The packet of a guide: the same facts give the same bytes. Raises what `progress` raises."""
    guide = facts.guide
    look = PaperLook(
        title=tr("Leveling guide: {name}").format(name=guide.name),
        subject=tr("Levels and what each asks"),
        kind=tr("Leveling guide"),
        name=guide.name,
        first_head=sizes(guide),
        number=number_of("leveling-guide", facts),
        rubric_version="",
        paper=facts.paper,
        as_of=facts.made_at,
        edition=tr("guide version {n}").format(n=facts.version),
    )

    def story(pages: Mapping[str, int]) -> list[Any]:
        width, height = look.text_size
        found = _front(facts, width, height, pages)
        if not unweighted(guide):
            found += [PageBreak(), *_overview(guide, width, height)]
        elif guide.transitions:
            found += _ways_between(guide, width, height)
        for level in guide.in_order:
            found += [PageBreak(), *_level_page(guide, level, width)]
        if guide.extras:
            found += [PageBreak(), *_kept(guide, width)]
        return found

    return compose(look, [story], progress)


def sizes(guide: Guide) -> str:
    """How large a guide is: '8 levels, 10 dimensions'."""
    levels, dimensions = len(guide.levels), len(guide.dimensions)
    return ntr("{n} level", "{n} levels", levels) + ntr(", {n} dimension", ", {n} dimensions", dimensions)


def _front(facts: GuideFacts, width: float, height: float, pages: Mapping[str, int]) -> list[Any]:
    guide = facts.guide
    about = [tr("Version {n} of {day}").format(n=facts.version, day=day(facts.made_at.date()))]
    about += [tr("kept by {name}").format(name=facts.by)] if facts.by else []
    about.append(tr("source: {source}").format(source=facts.source))
    head = [plain(guide.name, TITLE), Space(3), plain(" · ".join(about), TABLE.soft())]
    if facts.reason:
        head += [Space(3), plain(tr("Why this version: {reason}").format(reason=facts.reason), TABLE.soft())]
    found: list[Any] = [block(width, head, places=(PagePlace("front", tr("Contents")),)), Space(12)]
    if guide.note.strip():
        found += [block(width, [plain(guide.note, BODY)]), Space(12)]
    for track in guide.tracks:
        rows = [block(width, [plain(track.name, HEAD), Space(4)]), ruled_line(width)]
        for id_ in track.order:
            rows += _entry(guide.level(id_), width, pages, _code_room(guide))
        found += kept_together(rows, width, height, _LEAST, 10)
    also = [] if unweighted(guide) else [(OVERVIEW, tr("Bars and weights of every level"))]
    also += [(KEPT, tr("Kept from the source"))] if guide.extras else []
    found += [Space(6)] if also else []
    for key, words in also:
        found += _line("", [rich([TextSpan(words, link=key)], TABLE)], pages.get(key, 0), width, _code_room(guide))
    how = kept_together(_how_to_read(width, unweighted(guide)), width, height, _LEAST)
    return [*found, Space(14), *how]


def unweighted(guide: Guide) -> bool:
    """Whether it came without weights and bars: each cell then has what is taken where nothing is said."""
    cells = [cell for level in guide.levels for cell in level.cells.values()]
    return bool(cells) and all((c.weight, c.bar) == _DEFAULT for c in cells)


def _code_room(guide: Guide) -> float:
    """How much room the index has for the levels' short ids: none where no level has one."""
    return _CODE if any(map(_code, guide.levels)) else 0.0


def _code(level: GuideLevel) -> str:
    """A level's short id, where it says more than its title does."""
    return level.id if level.label == level.id != level.title else ""


def _entry(level: GuideLevel, width: float, pages: Mapping[str, int], left: float) -> list[Any]:
    key = LEVEL + level.id
    words = [rich([TextSpan(level.title, 500, link=key)], TABLE)]
    if level.scope.strip():
        words.append(plain(" ".join(level.scope.split()), TABLE.soft()))
    return _line(_code(level), words, pages.get(key, 0), width, left)


def _line(label: str, words: Sequence[Any], page: int, width: float, left: float) -> list[Any]:
    columns = [
        FlowColumn(0, _CODE - 8, (Space(4), plain(label, TABLE.soft()), Space(4))),
        FlowColumn(left, width - left - _PAGE, (Space(4), *words, Space(4))),
        FlowColumn(width - _PAGE, _PAGE, (Space(4), plain(str(page) if page else "", TABLE.right()))),
    ]
    return [Columns(columns, whole=120), ruled_line(width)]


def _how_to_read(width: float, defaults: bool) -> list[Any]:
    lines = (
        tr(
            "The guide came without weights and bars; they are Tenfold’s defaults: every dimension is important, and "
            "its bar is 3, which meets the level’s own sentence."
        )
        if defaults
        else tr(
            "A weight says how much a dimension counts at a level: core, important, supporting, or not expected. "
            "A bar is the lowest score that will do against that level’s own sentence, where 3 meets it."
        ),
        tr("Years and examples are typical, not a gate. Only a step up a track is a promotion."),
    )
    return [block(width, [plain(tr("How to read it"), HEAD), Space(3), *(plain(line, TABLE.soft()) for line in lines)])]


def _overview(guide: Guide, width: float, height: float) -> list[Any]:
    lead = tr("The figure is the bar, the tile its weight. An empty place says that the guide is silent there.")
    found: list[Any] = [
        block(
            width,
            [plain(tr("Bars and weights"), TITLE), Space(3), plain(lead, BODY.soft()), Space(12)],
            places=(PagePlace(OVERVIEW, tr("Bars and weights")),),
        ),
        *guide_matrix(guide, width, height),
    ]
    return found + (_ways_between(guide, width, height) if guide.transitions else [])


def _ways_between(guide: Guide, width: float, height: float) -> list[Any]:
    rows = [block(width, [plain(tr("Ways between the levels"), HEAD), Space(4)]), ruled_line(width)]
    for way in guide.transitions:
        ends = [
            TextSpan(guide.level(way.from_).title, link=LEVEL + way.from_),
            TextSpan(tr(" to "), ink="ink_soft"),
            TextSpan(guide.level(way.to).title, link=LEVEL + way.to),
        ]
        rows += _row([rich(ends, TABLE)], [plain(way_in_full(way.kind), TABLE.soft())], width, width * 0.56)
    return kept_together(rows, width, height, _LEAST, 20)


def _level_page(guide: Guide, level: GuideLevel, width: float) -> list[Any]:
    track = guide.track(level.track)
    numbers = {"n": track.order.index(level.id) + 1, "all": len(track.order), "track": track.name}
    words = tr("{track}, level {n} of {all}") if len(guide.tracks) > 1 else tr("Level {n} of {all}")
    lead = words.format(**numbers)
    if level.label == level.id and not level.title.endswith(level.id):
        lead = f"{level.id} · {lead}"
    head = [plain(level.title, TITLE), Space(3), plain(lead, BODY.soft())]
    found: list[Any] = [block(width, head, places=(PagePlace(LEVEL + level.id, level.title),))]
    about = _about(guide, level, width)
    found += [Space(12), ruled_line(width), *about] if about else []
    found += [Space(16), block(width, [plain(tr("What it asks"), HEAD), Space(5)]), ruled_line(width)]
    for dimension in guide.dimensions:
        cell = level.cells.get(dimension.id)
        if cell is not None:
            weight = [] if unweighted(guide) else [plain(cell_words(cell), CAPTION)]
            again = (plain(tr("{name}, continued").format(name=dimension.short), TABLE.soft()),)
            name = [plain(dimension.short, TABLE.medium()), *weight]
            found += _row(name, _cell(cell, width - _NAME), width, again=again)
    silent = [d.name for d in guide.dimensions if d.id not in level.cells]
    if silent:
        words = tr("The guide says nothing here about {names}.").format(names=", ".join(silent))
        found += [Space(6), block(width, [plain(words, CAPTION)])]
    return found


def _about(guide: Guide, level: GuideLevel, width: float) -> list[Any]:
    """What is said of the level as a whole."""
    found: list[Any] = []
    for name, text in (
        (tr("Scope"), level.scope),
        (tr("Autonomy"), level.autonomy),
        (tr("Impact"), level.impact),
        (tr("Horizon"), level.horizon),
        (tr("For example"), level.example),
        (tr("Typical, not a gate"), level.typical),
    ):
        if text.strip():
            found += _row([plain(name, TABLE.soft())], [plain(text, TABLE)], width)
    for name, lines in _ways(guide, level):
        found += _row([plain(name, TABLE.soft())], lines, width)
    for kept in level.extras:
        if kept.lines:
            found += _row([plain(kept.name, TABLE.soft())], [plain(_listed(kept), TABLE)], width)
    return found


def cell_words(cell: GuideCell) -> str:
    """Weight and bar on one line: 'core, bar 3'."""
    weight = weight_word(cell.weight)
    return weight if cell.bar is None else tr("{weight}, bar {bar}").format(weight=weight, bar=cell.bar)


def _ways(guide: Guide, level: GuideLevel) -> list[tuple[str, list[Any]]]:
    """Where people at this level go and come from, each way in words."""
    found = []
    for name, ways, outward in (
        (tr("From here"), guide.ways_from(level.id), True),
        (tr("To here"), guide.ways_to(level.id), False),
    ):
        lines = []
        for way in ways:
            other = guide.level(way.to if outward else way.from_)
            spans = [
                TextSpan(other.title, link=LEVEL + other.id),
                TextSpan(f", {way_in_full(way.kind)}", ink="ink_soft"),
            ]
            lines.append(rich(spans, TABLE))
        if lines:
            found.append((name, lines))
    return found


def _cell(cell: GuideCell, width: float) -> list[Any]:
    found: list[Any] = []
    for statement in cell.said:
        found += [Space(4)] if found else []
        found.append(block(width, _statement(statement, width), whole=_TOLD))
    if cell.statements:
        found += _extras(cell.extras, width)
    return found


def _statement(statement: Statement, width: float) -> list[Any]:
    found: list[Any] = [plain(statement.text, TABLE)]
    if statement.examples and any(len(e.lines) > 1 for e in statement.extras):
        found.append(plain(tr("for example"), CAPTION))
    found += [_bullet(example, width) for example in statement.examples if example.strip()]
    return found + _extras(statement.extras, width)


def _listed(kept: Extra) -> str:
    """A list as one line of text where its items are names, else an item a line."""
    names = all(len(line) <= _NAMED and not line.endswith(".") for line in kept.lines)
    return ("; " if names else "\n").join(kept.lines)


def _extras(extras: Sequence[Extra], width: float) -> list[Any]:
    found: list[Any] = []
    for kept in extras:
        if len(kept.lines) == 1:
            found.append(plain(tr("{name}: {text}").format(name=kept.name, text=kept.lines[0]), CAPTION))
        elif kept.lines:
            found += [plain(kept.name, CAPTION), *(_bullet(line, width) for line in kept.lines)]
    return found


def _bullet(text: str, width: float) -> Columns:
    mark, words = (plain("–", TABLE.soft()),), (plain(text, TABLE.soft()),)
    return Columns([FlowColumn(0, 9, mark), FlowColumn(9, width - 9, words)])


def _kept(guide: Guide, width: float) -> list[Any]:
    lead = tr("These parts of the source have no place in a guide. They are kept with it, and go out with its YAML.")
    found: list[Any] = [
        block(
            width,
            [plain(tr("Kept from the source"), TITLE), Space(3), plain(lead, BODY.soft()), Space(12)],
            places=(PagePlace(KEPT, tr("Kept from the source")),),
        ),
        ruled_line(width),
    ]
    for kept in guide.extras:
        found += _row([plain(kept.name, LABEL)], [plain(kept.words, TABLE)], width)
    return found


def _row(name: list[Any], items: list[Any], width: float, at: float = _NAME, again: tuple[Any, ...] = ()) -> list[Any]:
    left = FlowColumn(0, at - 10, (Space(4), *name, Space(4)), (Space(4), *again))
    right = FlowColumn(at, width - at, (Space(4), *items, Space(4)), (Space(4),))
    return [Columns([left, right], whole=_WHOLE), ruled_line(width)]
