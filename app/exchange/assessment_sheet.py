"""One rater's assessments of a calibration as a table, to fill in a spreadsheet, and back into their drafts."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from app.actions import assessment
from app.domain.assessment import AssessedRating, EvidenceEntry, NoScore
from app.domain.csv_table import write_table
from app.domain.import_fields import About
from app.domain.import_map import DateOrder
from app.errors import Refused
from app.exchange.csv_rows import LARGEST, TableError
from app.exchange.headed_lines import by_heading, date_in, read_lines
from app.exchange.people_reading import read_people
from app.exchange.written_days import order_of
from app.phrases.rubric import no_score_word
from app.queries.assessment import AssessmentView, assessment_page, my_assessments
from app.store.change_report import ChangeReport
from app.store.files import bytes_in
from app.store.workspace import Workspace
from app.words import ntr, tr

_WORKBOOKS = (".xlsx", ".xlsm")
_SPREAD = re.compile(r"([1-4])(?:[.,]0+)?(?:\s*[:–-]?\s*[^\W\d_].*)?")  # 3, 3.0, 3,0, "3 meets"
_NUMBER = re.compile(r"[0-9]{1,12}")
_HEADS = (
    "Assessment",
    "Member",
    "Level",
    "Dimension",
    "Expected",
    "Score",
    "Not assessed",
    "Words",
    "Day",
    "Evidence",
    "Inferred",
    "Source",
)
_YES = {"yes": True, "x": True, "1": True, "true": True, "inferred": True}
_NO = dict.fromkeys(("", "no", "0", "false", "observed"), False)
_FIELDS = by_heading(
    {
        "assessment": ("assessment",),
        "dimension": ("dimension",),
        "score": ("score",),
        "reason": ("not assessed", "reason"),
        "words": ("words", "comment"),
        "day": ("day", "date"),
        "text": ("evidence", "fact"),
        "inferred": ("inferred",),
        "source": ("source",),
        "member": ("member",),
        "level": ("level",),
        "expected": ("expected",),
    }
)


@dataclass(frozen=True)
class _Line:
    assessment: int
    rated: AssessedRating


@dataclass(frozen=True)
class RatingsIn:
    """What a table brought into drafts: of how many assessments, scores and reasons, lines of evidence."""

    changed: ChangeReport
    assessments: int
    answers: int
    evidence: int

    @property
    def words(self) -> str:
        """The same in a sentence, with what they are."""
        return tr("In: {answers} and {evidence}, of {assessments}. They are drafts; nothing is submitted.").format(
            answers=ntr("{n} score or reason", "{n} scores or reasons", self.answers),
            evidence=ntr("{n} line of evidence", "{n} lines of evidence", self.evidence),
            assessments=ntr("{n} assessment", "{n} assessments", self.assessments),
        )


def ratings_table(workspace: Workspace, cycle: int) -> bytes:
    """What is due of me in a calibration: one line for each dimension, and one for each further piece of evidence."""
    rows: list[tuple[str, ...]] = []
    for due in my_assessments(workspace):
        if due.cycle == cycle:
            rows += _lines(assessment_page(workspace, due.id))
    if not rows:
        raise Refused(tr("Nothing is due of you in this calibration."))
    return write_table(_HEADS, rows)


def _lines(page: AssessmentView) -> list[tuple[str, ...]]:
    found: list[tuple[str, ...]] = []
    for dimension in page.content.dimensions:
        rating = page.content.rating(dimension)
        score = str(rating.score) if rating.score is not None else ""
        head = (
            str(page.id),
            page.name,
            page.level.id,
            page.guide.dimension(dimension).short,
            page.level.cells[dimension].expect,
            score,
            rating.reason or "",
            rating.words,
        )
        facts = [
            (str(f.on) if f.on else "", f.text, "yes" if f.inferred else "no", f.source) for f in rating.facts
        ] or [("", "", "", "")]
        found.append((*head, *facts[0]))
        found += [(*head[:5], "", "", "", *fact) for fact in facts[1:]]
    return found


def bring_ratings(workspace: Workspace, cycle: int, path: Path) -> RatingsIn:
    """Fill my drafts from a table, CSV or XLSX: what it says of a dimension takes the place of what the draft said.

    A cell that is left empty takes nothing out, and nothing is submitted. Days may be as a spreadsheet writes them; of
    day and month that stands first which does so in a line where it can be seen. Raises TableError that names every
    wrong line; then nothing came in.
    """
    content = _content(path)
    written, _ = read_lines(content, _FIELDS, _must_name, lambda values, _line: values.get("day", ""))
    order = order_of(written)
    pages = {d.id: assessment_page(workspace, d.id) for d in my_assessments(workspace) if d.cycle == cycle}
    scored: dict[tuple[int, str], tuple[int | None, str | None]] = {}

    def one(values: Mapping[str, str], _line: int) -> _Line:
        line = _line_of(values, pages, order)
        said = (line.rated.score, line.rated.reason)
        if line.rated.answered and scored.setdefault((line.assessment, line.rated.dimension), said) != said:
            raise ValueError(tr("this dimension has another score or reason further up"))
        return line

    lines, _unknown = read_lines(content, _FIELDS, _must_name, one)
    ratings: dict[int, dict[str, AssessedRating]] = {}
    for line in lines:
        if line.rated == AssessedRating(line.rated.dimension):
            continue
        known = ratings.setdefault(line.assessment, {})
        before = known.get(line.rated.dimension)
        known[line.rated.dimension] = line.rated if before is None else _joined(before, line.rated)
    for row, given in ratings.items():
        ratings[row] = {d: _over(pages[row].content.rating(d), rated) for d, rated in given.items()}
    if not ratings:
        raise Refused(tr("The table says nothing yet."), tr("Fill in a score or a reason, and import again."))
    changed = assessment.fill_all(
        workspace,
        {row: list(given.values()) for row, given in ratings.items()},
        ntr("{n} assessment from a table", "{n} assessments from a table", len(ratings)),
    )
    given_in = [line.rated for line in lines]
    return RatingsIn(
        changed, len(ratings), sum(rated.answered for rated in given_in), sum(len(rated.facts) for rated in given_in)
    )


def _content(path: Path) -> bytes:
    """The table as CSV, also where it is a workbook."""
    try:
        if path.suffix.lower() in _WORKBOOKS:
            table = read_people(path, About.MEMBERS)
            return write_table(table.headings, [cells for _, cells in table.rows])
        return bytes_in(path, LARGEST + 1)
    except OSError as error:
        raise Refused(tr("{path} could not be read: {why}.").format(path=path, why=error.strerror)) from error


def _joined(first: AssessedRating, more: AssessedRating) -> AssessedRating:
    score, reason = (more.score, more.reason) if more.answered else (first.score, first.reason)
    return AssessedRating(first.dimension, score, reason, first.words or more.words, (*first.facts, *more.facts))


def _over(draft: AssessedRating, table: AssessedRating) -> AssessedRating:
    """What the table says, and what the draft says where the table is empty."""
    score, reason = (table.score, table.reason) if table.answered else (draft.score, draft.reason)
    return AssessedRating(draft.dimension, score, reason, table.words or draft.words, table.facts or draft.facts)


def _must_name(named: list[str], headings: list[str]) -> None:
    if not {"assessment", "dimension", "score"} <= set(named):
        raise TableError(
            tr("No headings say which assessment, dimension and score (found: {names}).").format(
                names=", ".join(headings)[:300]
            ),
            tr("Take the table out of the calibration and fill that one in."),
        )


def _line_of(values: Mapping[str, str], pages: Mapping[int, AssessmentView], order: DateOrder | None) -> _Line:
    number = values.get("assessment", "")
    page = pages.get(int(number)) if _NUMBER.fullmatch(number) else None
    if page is None:
        raise ValueError(tr("assessment {n} is not due of you here").format(n=number[:20] or "–"))
    wanted = values.get("dimension", "").casefold()
    names = {d: (d, page.guide.dimension(d).short, page.guide.dimension(d).name) for d in page.content.dimensions}
    dimension = next((d for d, known in names.items() if wanted in {n.casefold() for n in known}), None)
    if dimension is None:
        raise ValueError(tr("“{name}” is no dimension of it").format(name=values.get("dimension", "")[:60]))
    text, on = values.get("text", ""), date_in(values.get("day", ""), order)
    if on is not None and not text:
        raise ValueError(tr("it has a day and no evidence"))
    inferred = {**_YES, **_NO}.get(values.get("inferred", "").strip().casefold())
    if inferred is None:
        raise ValueError(tr("“{words}” is neither yes nor no").format(words=values.get("inferred", "")[:20]))
    facts = (EvidenceEntry(on, _plain(text), inferred, _plain(values.get("source", ""))),) if text else ()
    return _Line(
        page.id, AssessedRating(dimension, _score(values), _reason(values), _plain(values.get("words", "")), facts)
    )


def _plain(cell: str) -> str:
    """Without the apostrophe that keeps a cell from running."""
    return cell[1:] if cell.startswith(("'=", "'+", "'-", "'@")) else cell


def _score(values: Mapping[str, str]) -> int | None:
    written = values.get("score", "")
    spread = _SPREAD.fullmatch(written)
    written = spread[1] if spread is not None else written
    if written in ("", "1", "2", "3", "4"):
        if written and values.get("reason"):
            raise ValueError(tr("it has a score and a reason for none"))
        return int(written) if written else None
    raise ValueError(tr("“{score}” is no score from 1 to 4").format(score=written[:20]))


def _reason(values: Mapping[str, str]) -> str | None:
    written = " ".join(values.get("reason", "").lower().split())
    if not written:
        return None
    for reason in NoScore:  # as the table writes it, and in the words of the form and of the screen
        known = (reason, reason.replace("_", " "), no_score_word(reason), no_score_word(reason, short=True))
        if written in {word.lower() for word in known}:
            return reason
    said = ", ".join(no_score_word(reason) for reason in NoScore)
    raise ValueError(tr("“{reason}” is none of: {known}").format(reason=written[:40], known=said))
