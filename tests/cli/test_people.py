"""Tables of people on the command line: maps said, used and kept, orders of dates, rows that are skipped."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.cli.conftest import Tenfold
from tests.exchange.greenhouse import in_folder, usual
from tests.exchange.people import workbook


def written(tmp_path: Path, text: str, name: str = "theirs.csv") -> Path:
    path = tmp_path / name
    path.write_text(text, encoding="utf-8")
    return path


def names(tenfold: Tenfold, sample: Path) -> set[str]:
    return {row["name"] for row in tenfold("list", sample, "candidates", "--json").json}


def test_a_map_is_said_kept_and_used_again(tenfold: Tenfold, sample: Path, tmp_path: Path) -> None:
    first = written(tmp_path, "Who,Contact,Grade\nWei Zhang,wei@example.org,7\n")
    refused = tenfold("import", sample, "candidates", first)
    assert refused.code == 1
    assert "--map name=COLUMN" in refused.err
    said = ("--map", "name=Who", "--map", "mail=contact", "--leave-out", "Grade", "--save-map", "Theirs")
    done = tenfold("import", sample, "candidates", first, *said, "--json")
    assert done.json["map"] == {"Who": "name", "Contact": "mail", "Grade": "left_out"}
    assert done.json["not_read"] == ["Grade"]
    later = written(tmp_path, "Who,Contact,Grade\nAda Lind,ada@example.org,7\n", "later.csv")
    assert tenfold("import", sample, "candidates", later, "--use-map", "Theirs").code == 0
    assert {"Wei Zhang", "Ada Lind"} <= names(tenfold, sample)
    none = tenfold("import", sample, "candidates", later, "--use-map", "Ours")
    assert (none.code, "There are: Theirs." in none.err) == (1, True)


def test_one_field_said_of_two_columns_and_a_map_of_another_table_are_refused(
    tenfold: Tenfold, sample: Path, tmp_path: Path
) -> None:
    first = written(tmp_path, "Who,Contact,Call\nWei Zhang,wei@example.org,Wei\n")
    twice = tenfold("import", sample, "candidates", first, "--map", "name=Who", "--map", "name=Call")
    assert (twice.code, "two columns are said to be name" in twice.err) == (2, True)
    both = ("--map", "mail=Contact", "--map", "mail=Call", "--map", "name=Who", "--dry-run", "--save-map", "Theirs")
    assert "is no mail address" in tenfold("import", sample, "candidates", first, *both).out
    tenfold("import", sample, "candidates", first, "--map", "name=Who", "--map", "mail=Contact", "--save-map", "Theirs")
    other = written(tmp_path, "Name,Email\nAda Lind,ada@example.org\n", "other.csv")
    none = tenfold("import", sample, "candidates", other, "--use-map", "Theirs")
    assert (none.code, "No column of the map “Theirs” is in this table (found: Name, Email)." in none.err) == (1, True)


def test_a_folder_of_greenhouses_json_comes_in(tenfold: Tenfold, sample: Path, tmp_path: Path) -> None:
    folder = in_folder(tmp_path / "dump", usual())
    dry = tenfold("import", sample, "greenhouse", folder, "--opening", "SR-2026-01", "--dry-run")
    assert (dry.code, "1 scorecard comes with them" in dry.out) == (0, True), dry.out
    assert "Ada Lind" not in names(tenfold, sample)
    came = tenfold("import", sample, "greenhouse", folder, "--opening", "SR-2026-01", "--json")
    assert (came.code, came.json["added"], came.json["attached"], came.json["cards"]) == (0, 2, 1, 1)
    assert (came.json["unclear_marks"], came.json["without_application"]) == (1, {"cards": 0, "texts": 0})
    assert tenfold("check", sample).code == 0
    table = written(tmp_path, "Name,Email\nAda Lind,ada@example.org\n")
    none = tenfold("import", sample, "greenhouse", table)
    assert (none.code, "holds no candidates as Greenhouse’s API gives them." in none.err) == (1, True)


def test_an_order_that_can_not_be_told_is_asked_once_and_can_be_said(
    tenfold: Tenfold, sample: Path, tmp_path: Path
) -> None:
    table = written(tmp_path, "Name,Email,Applied\n" + "".join(f"P {n},p{n}@x.org,02/03/2026\n" for n in range(5)))
    asked = tenfold("import", sample, "candidates", table)
    assert asked.code == 1
    assert asked.err.count("could be two days") == 1
    assert "--date-order" in asked.err
    tried = tenfold("import", sample, "candidates", table, "--dry-run")
    assert (tried.code, "could be two days" in tried.out) == (1, True)
    assert "P 1" not in names(tenfold, sample)
    assert tenfold("import", sample, "candidates", table, "--date-order", "dmy", "--opening", "SR-2026-01").code == 0
    applied = [a for a in tenfold("list", sample, "applications", "--json").json if a.get("applied_on") == "2026-03-02"]
    assert len(applied) == 5


def test_all_or_nothing_or_all_but_the_refused(tenfold: Tenfold, sample: Path, tmp_path: Path) -> None:
    table = written(tmp_path, "Name,Email\nWei Zhang,wei@example.org\nAda Lind,nowhere\n")
    dry = tenfold("import", sample, "candidates", table, "--dry-run")
    assert dry.code == 1
    assert "Line 3, Ada Lind: “nowhere” is no mail address." in dry.out
    whole = tenfold("import", sample, "candidates", table)
    assert (whole.code, "Wei Zhang" in names(tenfold, sample)) == (1, False)
    done = tenfold("import", sample, "candidates", table, "--skip-refused", "--json")
    assert (done.code, done.json["added"], [row["line"] for row in done.json["left_out"]]) == (0, 1, [3])
    assert tenfold("check", sample).code == 0


def test_a_dry_run_says_by_row_what_would_become_of_it(tenfold: Tenfold, sample: Path, tmp_path: Path) -> None:
    table = written(tmp_path, "Name,Email,Place\nWei Zhang,wei@example.org,\n")
    tenfold("import", sample, "candidates", table)
    table = written(
        tmp_path, "Name,Email,Place\nWei Zhang,wei@example.org,Oslo\nAda Lind,ada@example.org,\nWei Zhang,,Lima\n"
    )
    dry = tenfold("import", sample, "candidates", table, "--dry-run", "--json")
    assert [(row["line"], row["came"]) for row in dry.json["rows"]] == [(2, "changed"), (3, "added"), (4, "refused")]
    assert dry.json["rows"][0]["why"] == "new: Place"


@pytest.mark.parametrize("kind", ["csv", "xlsx", "json"])
def test_members_and_colleagues_come_in_by_the_same_map(
    tenfold: Tenfold, sample: Path, tmp_path: Path, kind: str
) -> None:
    table = tmp_path / f"team.{kind}"
    if kind == "xlsx":
        table.write_bytes(workbook(["Worker", "Work Email", "Job Level"], ["Tor Lund", "tor@example.org", "MLE2"]))
    elif kind == "json":
        table.write_text('[{"worker": "Tor Lund", "workEmail": "tor@example.org", "jobLevel": "MLE2"}]')
    else:
        table.write_text("Worker,Work Email,Job Level\nTor Lund,tor@example.org,MLE2\n")
    assert tenfold("import", sample, "colleagues", table, "--leave-out", level_heading(kind)).code == 0
    again = tenfold("import", sample, "colleagues", table, "--json")
    assert (again.json["added"], again.json["known"]) == (0, 1)
    assert tenfold("import", sample, "members", table).code == 0
    assert "Tor Lund" in {row["name"] for row in tenfold("list", sample, "members", "--json").json}


def level_heading(kind: str) -> str:
    return "jobLevel" if kind == "json" else "Job Level"


@pytest.mark.parametrize(
    "wrong",
    [
        ("scorecards", "--map", "name=Who"),
        ("guide", "--skip-refused"),
        ("members", "--opening", "SR-2026-01"),
        ("greenhouse", "--held"),
        ("candidates", "--held"),
        ("greenhouse", "--map", "company=Company", "--map", "company=Title"),
        ("assessments", "--dry-run"),
    ],
)
def test_what_does_not_go_together_is_wrong_usage(
    tenfold: Tenfold, sample: Path, tmp_path: Path, wrong: tuple[str, ...]
) -> None:
    assert tenfold("import", sample, wrong[0], tmp_path, *wrong[1:]).code == 2
