"""Every table as a folder of CSV, or as a workbook: in words, and nothing that its exporter may not see."""

from __future__ import annotations

import csv
import io
from datetime import date
from pathlib import Path

import pytest
from openpyxl import load_workbook

from app.actions import candidate, candidate_note
from app.actions.candidate import NewCandidate
from app.actions.candidate_note import NewNote
from app.actions.export_records import whole_left
from app.domain.operations import Op
from app.errors import Refused
from app.exchange import tables_folder
from app.exchange.tables_folder import README, tables_written
from app.exchange.workbook_writer import Written, write_workbook
from app.phrases.columns import column_words
from app.phrases.tables import table_words
from app.queries.tables import shown_names
from app.records.table_sight import NEVER, OPEN, RULES
from app.store.about import leads
from app.store.plain_rows import plain_columns
from app.store.registry import ROWS
from app.store.tables_people import Demographic
from app.store.workspace import Workspace, open_workspace
from tests.actions.panel import OMAR, RUTH
from tests.journeys.test_nothing_leaks import SECRET, sealed


def written(workspace: Workspace, target: Path, form: str = "csv") -> dict[str, int]:
    aside, left_out = tables_written(workspace, target, form)
    whole_left(workspace, aside)
    return dict(left_out)


def rows_of(folder: Path, name: str) -> list[dict[str, str]]:
    text = (folder / f"{name}.csv").read_bytes().decode("utf-8-sig")
    return list(csv.DictReader(io.StringIO(text, newline="")))


def test_the_sample_in_words(sample_copy: Path, tmp_path: Path) -> None:
    workspace = open_workspace(sample_copy)
    left_out = written(workspace, tmp_path / "out")
    folder = tmp_path / "out"
    names = {table_words(table)[0] for table in shown_names()}
    assert {path.name for path in folder.iterdir()} == {f"{name}.csv" for name in names} | {README}
    assert folder.stat().st_mode & 0o777 == 0o700
    assert {path.stat().st_mode & 0o777 for path in folder.iterdir()} == {0o600}
    first = rows_of(folder, "applications")[0]
    assert (first["Candidate no."], first["Candidate"], first["Outcome"]) == ("1", "Anaïs Rutherford", "hired")
    assert rows_of(folder, "ratings")[0]["Card"] == "Anaïs Rutherford · SR-2025-07 · review · Hanne Sørby"
    with workspace.read() as connection:
        cards = connection.exec_driver_sql("SELECT count(*) FROM scorecard").scalar_one()
        last = connection.exec_driver_sql("SELECT op FROM history ORDER BY number DESC LIMIT 1").scalar_one()
    assert last == Op.COPY_FILE, "that they left is recorded"
    assert left_out == {"scorecards": cards - len(rows_of(folder, "scorecards"))}
    assert left_out["scorecards"] > 0
    readme = (folder / README).read_bytes().decode()
    assert f"{left_out['scorecards']} more are left out, because they are sealed to you." in readme
    assert "\r\n  Candidate: which candidate\r\n" in readme
    workspace.close()


def test_nothing_that_is_sealed_and_nobodys_own_is_in_it(tmp_path: Path) -> None:
    """Ruth owes her card: what Omar and Lena wrote, and all that hangs on it, is not there; nor is a note of Omar's."""
    path = sealed(tmp_path, mine_is_in=False)
    workspace = open_workspace(path)
    with workspace.acting(OMAR):
        candidate_note.add(workspace, 1, NewNote("An ocelot.", private=True))
    candidate_note.add(workspace, 1, NewNote("A marmot.", private=True))
    with workspace.acting(RUTH):
        left_out = written(workspace, tmp_path / "hers")
    with workspace.acting(OMAR):
        written(workspace, tmp_path / "his")
    workspace.close()
    hers, his = ("".join(p.read_text("utf-8") for p in (tmp_path / who).iterdir()) for who in ("hers", "his"))
    assert (SECRET in hers, SECRET in his) == (False, True), "his own card is his to see"
    assert ("ocelot" in hers, "ocelot" in his) == (False, True)
    assert ("marmot" in hers, "marmot" in his) == (True, False)
    assert "1" not in {row["Score"] for row in rows_of(tmp_path / "hers", "ratings")}
    assert rows_of(tmp_path / "hers", "assessment ratings") == []
    assert rows_of(tmp_path / "hers", "signals observed") == []
    assert left_out == {"scorecards": 4, "assessments": 6, "proposals": 2}


def test_what_candidates_said_of_themselves_is_in_no_table(sample_copy: Path, tmp_path: Path) -> None:
    workspace = open_workspace(sample_copy)
    with workspace.step(Op.EDIT_CANDIDATE) as step:
        step.add(Demographic, candidate_id=3, question="gibbon", answer="tapir", given_on=date(2026, 3, 1))
    written(workspace, tmp_path / "out")
    written(workspace, tmp_path / "out.xlsx", "xlsx")
    workspace.close()
    text = "".join(path.read_text("utf-8") for path in (tmp_path / "out").iterdir())
    assert "gibbon" not in text
    assert "tapir" not in text
    book = load_workbook(tmp_path / "out.xlsx", read_only=True)
    assert "tapir" not in str([row for sheet in book for row in sheet.iter_rows(values_only=True)])
    book.close()


FORMULAS = ("=1+1", "+1 call", "-2+3", "@SUM(A1)", "\t=1", " =1", '=HYPERLINK("x")')


def test_no_cell_can_run(sample_copy: Path, tmp_path: Path) -> None:
    workspace = open_workspace(sample_copy)
    for formula in FORMULAS:
        number = candidate.add(workspace, NewCandidate(f"Ann {formula}"), None).subject
        candidate_note.add(workspace, number, NewNote(formula))
    written(workspace, tmp_path / "out")
    written(workspace, tmp_path / "out.xlsx", "xlsx")
    workspace.close()
    noted = [row["Text"] for row in rows_of(tmp_path / "out", "notes on candidates")]
    assert len(noted) == len(FORMULAS)
    assert all(text.startswith("'") for text in noted)
    book = load_workbook(tmp_path / "out.xlsx")
    assert {cell.data_type for sheet in book for row in sheet.iter_rows() for cell in row} <= {"s", "inlineStr", "n"}
    cells = [row[6] for row in book["notes on candidates"].iter_rows(min_row=2, values_only=True)]
    assert cells == [formula.strip() for formula in FORMULAS]


def test_the_workbook_has_the_rows_of_the_folder(sample_copy: Path, tmp_path: Path) -> None:
    workspace = open_workspace(sample_copy)
    left_out = written(workspace, tmp_path / "out")
    assert written(workspace, tmp_path / "out.xlsx", "xlsx") == left_out
    workspace.close()
    assert (tmp_path / "out.xlsx").stat().st_mode & 0o777 == 0o600
    book = load_workbook(tmp_path / "out.xlsx", read_only=True)
    for sheet in book:
        if sheet.title != "Read me":
            rows = list(sheet.iter_rows(values_only=True))
            assert len(rows) - 1 == len(rows_of(tmp_path / "out", sheet.title)), sheet.title
    book.close()


def test_too_many_rows_for_a_workbook_are_refused(
    sample_copy: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(tables_folder, "_MOST_IN_WORKBOOK", 100)
    workspace = open_workspace(sample_copy)
    with pytest.raises(Refused, match="too many for a workbook"):
        tables_written(workspace, tmp_path / "out.xlsx", "xlsx")
    workspace.close()
    assert [path.name for path in tmp_path.iterdir()] == ["sample.tenfold"]


class Stopped(Exception):
    """Somebody does not want it any more."""


def test_stopped_or_refused_nothing_is_left(sample_copy: Path, tmp_path: Path) -> None:
    def stop(_fraction: float) -> None:
        raise Stopped

    workspace = open_workspace(sample_copy)
    for form, name in (("csv", "out"), ("xlsx", "out.xlsx")):
        with pytest.raises(Stopped):
            tables_written(workspace, tmp_path / name, form, stop)
    assert [path.name for path in tmp_path.iterdir()] == ["sample.tenfold"]
    full = tmp_path / "full"
    full.mkdir()
    (full / "mine.txt").write_text("mine")
    for target in (full, full / "mine.txt"):
        with pytest.raises(Refused, match="there already"):
            tables_written(workspace, target, "csv")
    assert [path.name for path in full.iterdir()] == ["mine.txt"]
    (tmp_path / "empty").mkdir()
    written(workspace, tmp_path / "empty")
    assert (tmp_path / "empty" / README).exists()
    workspace.close()


def test_every_table_and_column_has_words() -> None:
    names = [table_words(table)[0] for table in shown_names()]
    assert len({name[:31] for name in names}) == len(names), "a sheet's name is short"
    for table in shown_names():
        headings = [column_words(table, column.name)[0] for column in plain_columns(table) if column.name not in KEPT]
        assert len(set(headings)) == len(headings), table


KEPT = {"content", "draft", "pages", "readiness", "digest", "folded", "key", "forms_folder", "seed"}


def test_of_every_table_it_is_said_who_may_see_its_rows() -> None:
    """Those with no word of their own are about a row of one that has: what is sealed seals them."""
    assert not OPEN & NEVER
    assert not OPEN & RULES.keys()
    assert OPEN | NEVER | RULES.keys() <= ROWS.keys()
    for table in ROWS.keys() - OPEN - NEVER - RULES.keys():
        assert any(of in RULES or of not in OPEN for of in leads(table).values()), table


def test_a_workbook_says_where_a_text_is_cut_and_takes_any_number_of_columns() -> None:
    long, controls = "é" * 40_000, "a\x07b\x0bc"
    sheet = Written("All", [f"Column {n}" for n in range(60)], [[long, controls, *["x"] * 58]], [10] * 60)
    book = load_workbook(io.BytesIO(write_workbook([sheet])))
    cells = next(book["All"].iter_rows(min_row=2, values_only=True))
    assert str(cells[0]).endswith("… (cut here: a cell of a workbook holds no more)")
    assert len(str(cells[0])) < 32_767
    assert (cells[1], cells[59]) == ("a b c", "x")
