"""A rubric as a workbook for people who live in spreadsheets, and back: a row a dimension, the rest place by place.

The first sheet has what a rubric is written in: names, anchors 1 to 4, questions and signals. The second holds all
else that belongs to the pack, so that a rubric that went out comes in as it was.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import Any

from app.domain.pack import Pack
from app.domain.value import Way
from app.exchange.located_values import LadderError
from app.exchange.packs import PackError, Tree, pack_of
from app.exchange.rubric_content import content_of
from app.exchange.sheet import Sheet
from app.exchange.workbook import read_workbook
from app.exchange.yaml_nodes import Problem
from app.words import tr

FIRST, REST = "Dimensions", "Everything else"
_SIGNALS = {"Strong signals": "strong", "Weak signals": "weak", "Red flags": "red"}
HEADINGS = (
    "Id",
    "Name",
    "Short name",
    "Narrow name",
    "Definition",
    "1",
    "2",
    "3",
    "4",
    "Questions",
    *_SIGNALS,
    "Rater trap",
    "Skills",
)
_MARKED = re.compile(r"\[(?P<marks>[^\[\]]*)\]\s*(?P<words>.*)", re.DOTALL)
_WHOLE = re.compile(r"-?[0-9]{1,12}")
_KINDS = ("situational", "behavioural", "work_sample")
_UNDER = "– "  # a behaviour under its summary, a probe under its question
_TAGS = "# "


@dataclass(frozen=True)
class Row:
    """A row of the first sheet: its number there, and its cells by heading."""

    number: int
    cells: dict[str, str]

    def lines(self, heading: str) -> list[str]:
        """The lines of a cell that say something."""
        return [line.strip() for line in self.cells.get(heading, "").splitlines() if line.strip()]


@dataclass
class _Faults:
    """What does not hold, by sheet, row and column."""

    file: str
    problems: list[Problem] = field(default_factory=list)

    def add(self, row: int, field_: str, sentence: str) -> None:
        self.problems.append(Problem(self.file, row, field_, sentence))


def rubric_rows(pack: Pack) -> list[list[str]]:
    """The first sheet: a row a dimension, in the order of HEADINGS."""
    rubric = pack.rubric
    found = []
    for d in rubric.dimensions:
        anchors = ["\n".join((a.summary, *(_UNDER + b for b in a.behaviours))) for a in d.anchors]
        questions = "\n".join(
            line
            for q in d.questions
            for line in (
                f"[{q.id}, {q.kind}] {q.text}",
                *(_UNDER + probe for probe in q.probes),
                *([_TAGS + ", ".join(q.tags)] if q.tags else ()),
            )
        )
        signals = [
            "\n".join(
                f"[{', '.join((s.id, *s.dimensions[1:]))}] {s.label}: {s.text}"
                for s in rubric.signals
                if s.kind == kind and s.dimensions[0] == d.id
            )
            for kind in _SIGNALS.values()
        ]
        names = [d.id, d.name, d.short, d.narrow, d.definition]
        found.append([*names, *anchors, questions, *signals, d.rater_trap, ", ".join(d.skills)])
    return found


def rest_rows(pack: Pack) -> list[tuple[str, str | int]]:
    """The second sheet: the place of each value in the pack, and the value."""
    content = content_of(pack)
    del content["rubric"]["dimensions"]
    content["rubric"]["signals"] = [s.id for s in pack.rubric.signals]
    return [(".".join(map(str, way)), _written(value)) for way, value in _leaves(content, ())]


def rubric_workbook(pack: Pack) -> bytes:
    """The pack as XLSX; the same pack gives the same bytes. No cell of it is a formula."""
    from app.exchange.workbook_writer import Written, write_workbook  # noqa: PLC0415  (openpyxl takes a while)

    rest: list[Sequence[str | int]] = list(rest_rows(pack))
    return write_workbook(
        [
            Written(FIRST, HEADINGS, rubric_rows(pack), (14, 22, 16, 12, 40, 40, 40, 40, 40, 60, 40, 40, 40, 40, 20)),
            Written(REST, ("Place", "Value"), rest, (48, 90)),
        ]
    )


def workbook_pack(file: str, content: bytes) -> Pack:
    """The pack of such a workbook. Raises PackError with the sheet, row and column of everything that does not hold."""
    try:
        sheets = {sheet.name: sheet for sheet in read_workbook(file, content).sheets}
    except LadderError as wrong:
        raise PackError(wrong.problems) from wrong
    if FIRST not in sheets:
        raise PackError([Problem(file, 0, "", tr("this workbook has no sheet “{name}”.").format(name=FIRST))])
    faults = _Faults(file)
    rows = _rows(sheets[FIRST], faults)
    value, lines = _rest(sheets.get(REST), faults)
    if faults.problems:
        raise PackError(faults.problems)
    rubric = value.setdefault("rubric", {})
    if not isinstance(rubric, dict):
        raise PackError([Problem(file, 0, "rubric", tr("this must hold fields of its own."))])
    rubric["dimensions"] = [_dimension(row) for row in rows]
    order = {id_: at for at, id_ in enumerate(rubric.get("signals") or [])}
    signals = [s for row in rows for s in _signals(row)]
    rubric["signals"] = sorted(signals, key=lambda s: order.get(s["id"], len(order)))
    for place, row in enumerate(rows):
        lines["rubric", "dimensions", place] = row.number
    tree = Tree(file, value, {(): 1, **lines})
    return pack_of({name: tree.part(name) for name in value})


def _leaves(value: Any, way: Way) -> Iterator[tuple[Way, Any]]:
    if isinstance(value, dict) and value:
        for name, inner in value.items():
            yield from _leaves(inner, (*way, name))
    elif isinstance(value, list) and value:
        for place, inner in enumerate(value):
            yield from _leaves(inner, (*way, place))
    else:
        yield way, value


def _written(value: object) -> str | int:
    """A value as a cell: a text that would be read as something else stands in quotes."""
    if isinstance(value, str):
        return value if _read(value) == value else json.dumps(value, ensure_ascii=False)
    return value if isinstance(value, int) and not isinstance(value, bool) else json.dumps(value)


def _read(cell: str) -> Any:
    if _WHOLE.fullmatch(cell):
        return int(cell)
    if cell.lower() in ("true", "false"):
        return cell.lower() == "true"
    if cell in ("null", "[]", "{}") or (len(cell) > 1 and cell[0] == cell[-1] == '"'):
        try:
            return json.loads(cell)
        except ValueError:
            return cell
    return cell


def _rows(sheet: Sheet, faults: _Faults) -> list[Row]:
    """The rows of the first sheet under its headings."""
    (number, head), *below = sheet.rows
    names = [name.strip() for name in head]
    for wanted in HEADINGS:
        if wanted not in names:
            faults.add(number, wanted, tr("this column is missing."))
    for place, name in enumerate(names):
        if name and name not in HEADINGS:
            faults.add(number, name, tr("a rubric has no such column."))
        if name and name in names[:place]:
            faults.add(number, name, tr("this column stands here twice."))
    return [Row(at, dict(zip(names, cells, strict=False))) for at, cells in below]


def _rest(sheet: Sheet | None, faults: _Faults) -> tuple[dict[str, Any], dict[Way, int]]:
    """The values of the second sheet in their places, and the row each stands in."""
    value: dict[str, Any] = {}
    lines: dict[Way, int] = {}
    for number, cells in sheet.rows[1:] if sheet is not None else ():
        place, written = cells[0].strip(), cells[1] if len(cells) > 1 else ""
        way: Way = tuple(int(p) if _WHOLE.fullmatch(p) else p for p in place.split("."))
        if not place or way[:2] == ("rubric", "dimensions") or not _put(value, way, _read(written)):
            faults.add(number, place, tr("nothing can stand at this place."))
            continue
        for length in range(1, len(way) + 1):
            lines.setdefault(way[:length], number)
    return value, lines


def _put(value: dict[str, Any], way: Way, written: object) -> bool:
    """Put a value at its place; False where there is none: a list grows by one at its end alone."""
    here: Any = value
    for at, name in enumerate(way):
        last = at == len(way) - 1
        new: Any = written if last else ([] if isinstance(way[at + 1], int) else {})
        if isinstance(here, dict) and isinstance(name, str):
            if last and name in here:
                return False
            here = here.setdefault(name, new)
        elif isinstance(here, list) and isinstance(name, int) and 0 <= name <= len(here):
            if name == len(here):
                here.append(new)
            elif last:
                return False
            here = here[name]
        else:
            return False
    return True


def _dimension(row: Row) -> dict[str, Any]:
    cells = {name: " ".join(text.split()) for name, text in row.cells.items()}
    return {
        "id": cells.get("Id", ""),
        "name": cells.get("Name", ""),
        "short": cells.get("Short name", ""),
        "narrow": cells.get("Narrow name", ""),
        "definition": cells.get("Definition", ""),
        "anchors": [_anchor(row, score) for score in range(1, 5)],
        "questions": list(_questions(row)),
        "skills": [s.strip() for s in cells.get("Skills", "").split(",") if s.strip()],
        "rater_trap": cells.get("Rater trap", ""),
    }


def _anchor(row: Row, score: int) -> dict[str, Any]:
    lines = row.lines(str(score))
    behaviours = [_without_mark(line) for line in lines[1:]]
    return {"score": score, "summary": lines[0] if lines else "", "behaviours": behaviours}


def _questions(row: Row) -> Iterator[dict[str, Any]]:
    found: list[dict[str, Any]] = []
    for line in row.lines("Questions"):
        if line.startswith(_UNDER.strip()) and found:
            found[-1]["probes"].append(_without_mark(line))
        elif line.startswith(_TAGS.strip()) and found:
            found[-1]["tags"] += [tag.strip() for tag in line[1:].split(",") if tag.strip()]
        else:
            marks, words = _marks(line)
            kind = next((mark for mark in marks if mark in _KINDS), "situational")
            id_ = next((mark for mark in marks if mark not in _KINDS), "")
            found.append({"id": id_, "kind": kind, "text": words, "probes": [], "tags": []})
    taken = {q["id"] for q in found}
    for place, question in enumerate(found, start=1):
        question["id"] = question["id"] or _free(f"q_{row.cells.get('Id', '')}_{place}", taken)
    yield from found


def _signals(row: Row) -> Iterator[dict[str, Any]]:
    own = row.cells.get("Id", "").strip()
    for heading, kind in _SIGNALS.items():
        for place, line in enumerate(row.lines(heading), start=1):
            marks, words = _marks(line)
            label, colon, text = words.partition(":")
            id_, further = (marks[0], marks[1:]) if marks else (f"s_{own}_{kind}{place}", ())
            yield {
                "id": id_,
                "kind": kind,
                "label": label.strip(),
                "text": text.strip() if colon else label.strip(),
                "dimensions": [own, *further],
            }


def _marks(line: str) -> tuple[tuple[str, ...], str]:
    """What stands in brackets before the words."""
    found = _MARKED.fullmatch(line)
    if found is None:
        return (), line
    return tuple(mark.strip() for mark in found["marks"].split(",") if mark.strip()), found["words"].strip()


def _free(wanted: str, taken: set[str]) -> str:
    name, number = wanted, 1
    while name in taken:
        number += 1
        name = f"{wanted}_{number}"
    taken.add(name)
    return name


def _without_mark(line: str) -> str:
    return line.lstrip("–-").strip()
