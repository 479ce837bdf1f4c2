"""A calibration from a file, and the team, assessments and outcomes as tables, on the command line."""

from __future__ import annotations

import csv
from pathlib import Path
from typing import Any

import pytest
import yaml
from openpyxl import Workbook, load_workbook

from app.queries.calibration import CalibrationView, calibration_view
from app.store.workspace import open_workspace
from tests.cli.conftest import Tenfold

FILE: dict[str, Any] = {
    "name": "Autumn 2026",
    "from": "2025-09-01",
    "to": "2026-08-31",
    "answers_by": "2026-09-14",
    "ballots": "counts",
    "members": [
        {
            "name": "Anders Mbeki",
            "raters": ["Ruth Amadi", {"name": "tomasz wieland", "relation": "peer", "by": "2026-09-20"}],
        },
        {"name": "Salma Petrov", "to": "M1", "anchor": True, "raters": ["Hanne Sørby"]},
        "Yuki Barros",
    ],
    "seats": [{"name": "Joel Abara", "does": "chair"}, "Hanne Sørby", {"name": "Tomasz Wieland", "does": "listens"}],
}


def written(folder: Path, content: Any, name: str = "autumn.yaml") -> Path:
    path = folder / name
    path.write_text(content if isinstance(content, str) else yaml.safe_dump(content, sort_keys=False), "utf-8")
    return path


def brought(path: Path, number: int) -> CalibrationView:
    workspace = open_workspace(path)
    found = calibration_view(workspace, number)
    workspace.close()
    return found


def test_a_calibration_is_prepared_by_a_file_in_one_step(tenfold: Tenfold, sample: Path, tmp_path: Path) -> None:
    source = written(tmp_path, FILE)
    before = tenfold("list", sample, "cycles", "--json").json
    dry = tenfold("import", sample, "calibration", source, "--dry-run")
    assert (
        dry.code,
        dry.out.startswith("Would bring in Autumn 2026: 3 members, 3 assessments asked for, 3 seats."),
    ) == (
        0,
        True,
    ), dry.out
    assert tenfold("list", sample, "cycles", "--json").json == before
    came = tenfold("import", sample, "calibration", source, "--json")
    assert came.code == 0, came.err
    view = brought(sample, came.json["calibration"])
    assert (view.name, str(view.due_on), view.ballots) == ("Autumn 2026", "2026-09-14", "counts")
    assert {m.name: (m.target, m.anchor) for m in view.members} == {
        "Anders Mbeki": ("MLE4", False),
        "Salma Petrov": ("M1", True),
        "Yuki Barros": ("MLE3", False),
    }
    anders = next(m for m in view.members if m.name == "Anders Mbeki")
    assert {s.name: (str(s.relation), str(s.due_on)) for s in anders.seats} == {
        "Ruth Amadi": ("manager", "2026-09-14"),
        "Tomasz Wieland": ("peer", "2026-09-20"),
    }
    assert [(s.name, str(s.office), s.votes) for s in view.seats] == [
        ("Joel Abara", "chair", True),
        ("Hanne Sørby", "none", True),
        ("Tomasz Wieland", "none", False),
    ]
    assert tenfold("check", sample).code == 0


@pytest.mark.parametrize("kind", ["csv", "xlsx"])
def test_a_table_of_members_and_raters_comes_in_too(tenfold: Tenfold, sample: Path, tmp_path: Path, kind: str) -> None:
    rows = [
        ["Member", "To", "Raters", "Anchor"],
        ["Anders Mbeki", "", "Ruth Amadi; Tomasz Wieland", ""],
        ["Salma Petrov", "M1", "Hanne Sørby", "x"],
        ["Anders Mbeki", "", "Hanne Sørby", ""],
    ]
    source = tmp_path / f"Autumn 2026.{kind}"
    if kind == "csv":
        with source.open("w", encoding="utf-8", newline="") as file:
            csv.writer(file).writerows(rows)
    else:
        book = Workbook()
        for row in rows:
            book.active.append(row)
        book.save(source)
    came = tenfold("import", sample, "calibration", source, "--json")
    assert came.code == 0, came.err
    view = brought(sample, came.json["calibration"])
    assert view.name == "Autumn 2026"
    assert {m.name: sorted(s.name for s in m.seats) for m in view.members} == {
        "Anders Mbeki": ["Hanne Sørby", "Ruth Amadi", "Tomasz Wieland"],
        "Salma Petrov": ["Hanne Sørby"],
    }


def test_every_line_that_names_nobody_is_said_and_nothing_is_in(tenfold: Tenfold, sample: Path, tmp_path: Path) -> None:
    wrong = FILE | {
        "members": [
            {"name": "Anders Mbeky", "raters": ["Ruth Amadi"]},
            {"name": "Salma Petrov", "to": "Emperor", "raters": ["Nobody Here", "Ruth Amadi", "Ruth Amadi"]},
            {"name": "Joel Abara"},
            "Yuki Barros",
            "yuki  barros",
        ],
        "seats": [{"name": "Joel Abara", "does": "chair"}, {"name": "Ruth Amadi", "does": "chair"}],
    }
    before = tenfold("list", sample, "cycles", "--json").json
    said = tenfold("import", sample, "calibration", written(tmp_path, wrong))
    assert said.code == 1
    for words in (
        "Line 7: nobody here is called “Anders Mbeky”.",
        "the guide has no level “Emperor”",
        "nobody here is called “Nobody Here”",
        "a rater of Salma Petrov is named twice",
        "Joel Abara is not on the team",
        "yuki barros is in it twice",
        "two chair the committee",
    ):
        assert words in said.err, said.err
    assert tenfold("list", sample, "cycles", "--json").json == before


@pytest.mark.parametrize(
    ("content", "words"),
    [
        ("name: X\nmembers: 3\n", "line 2, members: this is no list."),
        ("name: X\nmembers:\n- {nam: Y}\n", "the field “nam” is not known here; there are: name, to, anchor, raters."),
        ("name: X\nfrom: 3/4/2026\n", "line 2, from: “3/4/2026” is no day, or could be two; write 2026-03-12."),
        ("name: X\nballots: aloud\n", "votes are kept as “names” or “counts”."),
        ("name: X\nseats:\n- {name: Y, does: sings}\n", "what a seat does is one of: votes, listens"),
        ("name: X\nmembers:\n- {name: Y, raters: [{name: Z, relation: friend}]}\n", "no relation is called “friend”."),
        ("- 1\n", "this is no group of fields."),
        ("members: []\n", "The calibration has no name."),
        ("name: &a X\nguide: *a\n", "an alias (*) is not taken"),
        ("name: X\nguide: Cooks\n", "There is no leveling guide “Cooks”."),
    ],
)
def test_what_is_written_wrong_is_said_with_its_line(
    tenfold: Tenfold, sample: Path, tmp_path: Path, content: str, words: str
) -> None:
    said = tenfold("import", sample, "calibration", written(tmp_path, content))
    assert (said.code, words in said.err) == (1, True), said.err


def test_the_team_assessments_and_outcomes_leave_as_tables(tenfold: Tenfold, sample: Path, tmp_path: Path) -> None:
    team = tenfold("export", sample, "team", "--out", tmp_path / "team.csv", "--json")
    assert team.code == 0, team.err
    with (tmp_path / "team.csv").open(encoding="utf-8-sig", newline="") as file:
        rows = list(csv.DictReader(file))
    assert team.json["rows"] == len(rows) > 7
    anders = next(r for r in rows if r["Name"] == "Anders Mbeki")
    assert (anders["Level"], anders["Manager"]) == ("MLE3", "Ruth Amadi")
    outcomes = tenfold("export", sample, "outcomes", "--cycle", 2, "--format", "xlsx", "--out", tmp_path / "o.xlsx")
    assert outcomes.code == 0, outcomes.err
    sheet = load_workbook(tmp_path / "o.xlsx").active
    assert [c.value for c in sheet[1]][:6] == ["Calibration", "Member", "Level", "Proposed", "By the rule", "Outcome"]
    assert {row[1].value: row[5].value for row in sheet.iter_rows(min_row=2)}["Yuki Barros"] == "Promote"
    said = tenfold("export", sample, "assessments", "--cycle", 2, "--out", tmp_path / "a.csv", "--json")
    assert said.code == 0, said.err
    assert said.json["left_out"] == 0
    assert said.json["rows"] >= 80
    assert tenfold("export", sample, "team", "--cycle", 2, "--out", tmp_path / "t.csv").code == 2
    assert tenfold("export", sample, "outcomes", "--cycle", 99, "--out", tmp_path / "t.csv").code == 1
    assert tenfold("export", sample, "assessments", "--format", "pdf", "--out", tmp_path / "t.pdf").code == 2


def test_what_is_sealed_is_counted_and_stays(tenfold: Tenfold, tmp_path: Path) -> None:
    from tests.actions.calibrating import TOMASZ, Team

    team = Team(tmp_path)
    team.fill(team.nadia, TOMASZ, "1111111111")
    team.workspace.close()
    said = tenfold("export", team.workspace.path, "assessments", "--out", tmp_path / "a.csv", "--json")
    assert (said.json["rows"], said.json["left_out"]) == (0, 1)
    assert "Tomasz" not in (tmp_path / "a.csv").read_text("utf-8-sig")
    assert (
        "1 more is sealed to you."
        in tenfold("export", team.workspace.path, "assessments", "--out", tmp_path / "b.csv").out
    )
