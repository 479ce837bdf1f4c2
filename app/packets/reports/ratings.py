"""How ratings of members hold, as reports: splits, one rater at a time, the same asked again later."""

from __future__ import annotations

from collections import Counter
from functools import partial

from app.charts.bars import counts
from app.charts.rows import ChartRow, Filling, bar_rows
from app.domain.calibration import CalibrationOutcome
from app.domain.score_pairs import NEEDED, Moves
from app.domain.severity import SCORES_NEEDED
from app.packets.reports.panel import severity_words, signed
from app.packets.reports.report import Report
from app.phrases.reports import sealed_members
from app.phrases.rubric import outcome_word
from app.queries.reports.panel import middle
from app.queries.reports.ratings import Fate, RaterReport, RepeatReport, SplitReport
from app.words import ntr, sentence_list, tr

_TOO_FEW = tr("too few to say")
_SESSIONS = tr(
    "Calibrations whose session began in the period, with their members whose assessments are open to you. What "
    "members say of themselves never counts."
)


def splits(value: SplitReport) -> Report:
    """What became of split cells, by calibration, and to which outcome their members came."""
    total = sum((found for _, found in value.calibrations), Counter[tuple[Fate, str]]())
    rows = [row for name, found in value.calibrations for row in _split_rows(name, found)]
    if len(value.calibrations) > 1:
        rows += _split_rows(tr("All calibrations"), total)
    chart = [ChartRow(name, _parts(_fates(found)), _split_words(found)) for name, found in value.calibrations]
    note = tr("filled: then met, hatched: then not met, dotted: then still split or thin, outlined: no second vote")
    return Report(
        name="splits",
        title=tr("What became of splits"),
        finding=_splits_finding(value, total),
        unit=tr("Cells that were split before the session"),
        n=ntr("n = {n} split cell", "n = {n} split cells", total.total()),
        definition=(
            tr(
                "A cell is one dimension of one member. It is split where the rule said so by the assessments that "
                "were in when the session began, and taken up where a silent second vote was held on it; then it is "
                "what the rule says now. The outcome is the one that holds of the cell’s member."
            ),
            _SESSIONS,
            tr("A split that nobody took up is no fault: the outcome may not have hung on it."),
        ),
        headings=(
            *(tr("Calibration"), tr("What became of them"), tr("Cells"), outcome_word("promote")),
            *(outcome_word("not_now"), outcome_word("more_evidence"), tr("No outcome yet")),
        ),
        rows=rows,
        draw=partial(bar_rows, rows=chart, note=note) if total else None,
        left_out=sealed_members(value.sealed),
    )


def _fate_words(fate: Fate) -> str:
    return {
        Fate.MET: tr("then met"),
        Fate.NOT_MET: tr("then not met"),
        Fate.SPLIT: tr("still split"),
        Fate.THIN: tr("then thin"),
        Fate.NO_VOTE: tr("no second vote"),
    }[fate]


def _fates(found: Counter[tuple[Fate, str]]) -> dict[Fate, int]:
    return {fate: sum(n for (one, _), n in found.items() if one is fate) for fate in Fate}


def _split_rows(name: str, found: Counter[tuple[Fate, str]]) -> list[tuple[str, ...]]:
    """A row for each thing that became of a cell, with the cells of members of each outcome."""
    outcomes = [*map(str, CalibrationOutcome), ""]
    rows = [
        (name, _fate_words(fate), str(n), *(str(found[fate, outcome]) for outcome in outcomes))
        for fate, n in _fates(found).items()
        if n
    ]
    return rows or [(name, tr("no cell was split"), "0", *("0" for _ in outcomes))]


def _parts(fates: dict[Fate, int]) -> list[tuple[float, Filling]]:
    return [
        (fates[Fate.MET], Filling.FULL),
        (fates[Fate.NOT_MET], Filling.HATCHED),
        (fates[Fate.SPLIT] + fates[Fate.THIN], Filling.DOTTED),
        (fates[Fate.NO_VOTE], Filling.OUTLINE),
    ]


def _split_words(found: Counter[tuple[Fate, str]]) -> str:
    n = found.total()
    if not n:
        return tr("no cell was split")
    return tr("{voted} of {n} taken up").format(voted=n - _fates(found)[Fate.NO_VOTE], n=n)


def _splits_finding(value: SplitReport, total: Counter[tuple[Fate, str]]) -> str:
    n, fates = total.total(), _fates(total)
    if not value.calibrations:
        return tr("No session has begun yet.")
    if not n:
        return tr("No cell was split before a session.")
    voted = n - fates.pop(Fate.NO_VOTE)
    said = ntr("{n} cell was split", "{n} cells were split", n)
    if not voted:
        return tr("{said}; none was taken up in a second vote.").format(said=said)
    became = sentence_list([f"{number} {_fate_words(fate)}" for fate, number in fates.items() if number])
    return tr("{said}; {voted} taken up in a second vote: {became}.").format(said=said, voted=voted, became=became)


def raters(value: RaterReport) -> Report:
    """One rater beside the others who scored the same cells. Nobody is ranked."""
    standing, severity, moves = value.standing, value.severity, value.moves
    enough = standing.cells >= NEEDED
    kinds = [
        (tr("Below the others"), standing.below, True),
        (tr("The same"), standing.same, False),
        (tr("Above the others"), standing.above, True),
    ]
    known = severity.low is not None and severity.high is not None and severity.points is not None
    rows = [
        (tr("Cells that others scored too"), str(standing.cells)),
        *((name, str(n) if enough else _TOO_FEW) for name, n, _ in reversed(kinds)),
        (tr("Severity, points"), signed(severity.points or 0) if known else _TOO_FEW),
        (tr("95 % interval"), f"{signed(severity.low or 0)} – {signed(severity.high or 0)}" if known else _TOO_FEW),
        (tr("Second scores in a vote"), str(moves.pairs + value.withdrawn)),
        (tr("Of these as the first"), str(moves.same)),
        (tr("Changed"), _changed(value)),
        (tr("Assessments in"), str(len(value.days))),
        (tr("Days from being asked"), _days(value.days)),
    ]
    return Report(
        name="raters",
        title=tr("Ratings of {name}").format(name=value.name),
        finding=_raters_finding(value),
        unit=tr("Cells by how their first score stands to those of the others"),
        n=ntr("n = {n} cell in common", "n = {n} cells in common", standing.cells),
        definition=(
            tr(
                "Scores from before the session, of the same dimension of the same member in the same calibration, "
                "beside the mean of what the others gave there. A score that was amended when its rater could read the "
                "others is left out. Under {n} such cells they are too few to say."
            ).format(n=NEEDED),
            tr(
                "Severity is worked out as that of interviewers, from {n} such cells on, with its 95 % interval: below "
                "0 is stricter, above it milder."
            ).format(n=SCORES_NEEDED),
            tr(
                "Second scores are those of the silent vote that holds of a cell. Days are of the calendar, from being "
                "asked to the first assessment; a form counts to its own date."
            ),
            _SESSIONS,
        ),
        headings=(tr("What"), tr("Figure")),
        rows=rows,
        draw=partial(counts, kinds=kinds) if enough else None,
        left_out=sealed_members(value.sealed),
        note=tr("For coaching only. It never touches a score, and it is on no session’s screen and in no packet."),
    )


def _raters_finding(value: RaterReport) -> str:
    standing = value.standing
    if standing.cells < NEEDED:
        return tr("Too few to say: {n} of {needed} cells in common needed.").format(n=standing.cells, needed=NEEDED)
    found = tr("Of {n} cells in common {above} are above the others, {same} the same, {below} below.").format(
        n=standing.cells, above=standing.above, same=standing.same, below=standing.below
    )
    return found if value.severity.points is None else f"{found} {severity_words(value.severity)}"


def _changed(value: RaterReport) -> str:
    moves = value.moves
    parts = [
        (tr("{n} by one up"), moves.up),
        (tr("{n} by one down"), moves.down),
        (tr("{n} by more"), moves.further),
        (tr("{n} taken back"), value.withdrawn),
    ]
    return sentence_list([words.format(n=n) for words, n in parts if n]) or tr("none")


def _days(days: tuple[int, ...]) -> str:
    """Few of them one by one."""
    if not days:
        return tr("none known")
    if len(days) < NEEDED:
        return ", ".join(map(str, days))
    return tr("half within {half}, all within {all}").format(half=middle(days), all=days[-1])


def re_ratings(value: RepeatReport) -> Report:
    """How often a rater came to the same score again."""
    total = value.total
    rows = [(name, *_moves(moves)) for name, moves in value.dimensions]
    if rows:
        rows.append((tr("All dimensions"), *_moves(total)))
    kinds = [
        (tr("One down"), total.down, False),
        (tr("The same"), total.same, False),
        (tr("One up"), total.up, False),
        (tr("Two or more apart"), total.further, True),
    ]
    return Report(
        name="re-ratings",
        title=tr("Re-ratings against the same sentence"),
        finding=_repeats_finding(total),
        unit=tr("Later scores by how they stand to the ones before"),
        n=tr("n = {n} pairs, {members}, {raters}").format(
            n=total.pairs,
            members=ntr("{n} member", "{n} members", value.members),
            raters=ntr("{n} rater", "{n} raters", value.raters),
        ),
        definition=(
            tr(
                "A pair is a score and the next one that the same rater gave the same member, against the same "
                "sentence of the same level, word for word, also where the guide has a new version; in a calibration "
                "or outside one. An amended assessment stands for the one it amends. What members say of themselves "
                "never counts."
            ),
            tr(
                "Two scores differ because the member has changed, or because the rater reads the sentence otherwise: "
                "a pair does not tell which."
            ),
            tr("The period is that of the days on which later assessments came in."),
        ),
        headings=(
            *(tr("Dimension"), tr("Pairs"), tr("The same"), tr("One up"), tr("One down")),
            tr("Two or more apart"),
        ),
        rows=rows,
        draw=partial(counts, kinds=kinds) if total.pairs >= NEEDED else None,
        left_out=sealed_members(value.sealed),
    )


def _moves(moves: Moves) -> tuple[str, ...]:
    return tuple(map(str, (moves.pairs, moves.same, moves.up, moves.down, moves.further)))


def _repeats_finding(total: Moves) -> str:
    if not total.pairs:
        return tr("Nobody was assessed again against the same sentence by the same rater.")
    if total.pairs < NEEDED:
        return tr("Too few to say: {n} of {needed} pairs needed. The table lists them.").format(
            n=total.pairs, needed=NEEDED
        )
    return tr(
        "Of {n} pairs {same} have the same score, {up} one up, {down} one down, {further} lie further apart."
    ).format(n=total.pairs, same=total.same, up=total.up, down=total.down, further=total.further)
