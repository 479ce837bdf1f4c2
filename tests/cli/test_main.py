"""The command line as a script meets it: exit codes, sentences, JSON."""

from __future__ import annotations

import hashlib
import json
import os
import shutil
import sqlite3
import subprocess
import sys
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

from app.queries.growth import growth_rows
from app.store.backup import restore
from app.store.workspace import open_workspace, read_workspace
from tests.cli.conftest import Said, Tenfold

ROOT = Path(__file__).resolve().parents[2]
SEALED_KEYS = {"id", "application", "interview", "interviewer", "state", "rubric", "rubric_version"}
SHAPES = {
    "openings": {"id", "name"},
    "candidates": {"id", "name"},
    "colleagues": {"id", "name"},
    "applications": {"id", "candidate", "opening", "stage"},
    "interviews": {"id", "application", "round", "interviewer"},
    "scorecards": SEALED_KEYS,
}


def process(*arguments: object, data: Path | None = None) -> Said:
    """The same as a real process."""
    done = subprocess.run(
        [sys.executable, "-m", "app", *map(str, arguments)],
        cwd=ROOT,
        env={**os.environ, **({"TENFOLD_DATA": str(data)} if data else {})},
        capture_output=True,
        encoding="utf-8",
        check=False,
    )
    return Said(done.returncode, done.stdout, done.stderr)


def digest(path: Path) -> str:
    return hashlib.sha256(path.read_bytes()).hexdigest()


def csv(folder: Path, text: str) -> Path:
    path = folder / "people.csv"
    path.write_text(text, "utf-8")
    return path


# What is wrong usage


@pytest.mark.parametrize(
    "arguments",
    [
        ["sample"],
        ["list", "x.tenfold"],
        ["list", "x.tenfold", "nonsense"],
        ["export", "x.tenfold", "hiring-packet", "--out", "p.pdf"],
        ["export", "x.tenfold", "hiring-packet", "--application", "one", "--out", "p.pdf"],
        ["import", "x.tenfold", "candidates"],
        ["restore", "x.tenfold"],
        ["--nonsense"],
    ],
)
def test_wrong_usage_is_2_and_says_how(tenfold: Tenfold, arguments: list[str]) -> None:
    said = tenfold(*arguments)
    assert said.code == 2
    assert "usage: tenfold" in said.err


def test_help_and_version(tenfold: Tenfold) -> None:
    assert tenfold("--help").code == 0
    assert tenfold("--version").out.startswith("tenfold ")


def test_each_command_refuses_what_is_no_workspace(tenfold: Tenfold, tmp_path: Path) -> None:
    other = tmp_path / "letter.tenfold"
    other.write_text("Dear all,", "utf-8")
    people = csv(tmp_path, "Name\nIngrid Vale\n")
    before = digest(other)
    for arguments in (
        ("list", other, "openings"),
        ("import", other, "candidates", people),
        ("export", other, "hiring-packet", "--application", 1, "--out", tmp_path / "p.pdf"),
        ("check", other),
        ("backup", other),
    ):
        said = tenfold(*arguments)
        assert (said.code, said.out) == (1, ""), arguments
        assert "is not a Tenfold workspace" in said.err
        assert "Traceback" not in said.err
        as_json = tenfold(*arguments, "--json")
        assert as_json.code == 1
        assert "is not a Tenfold workspace" in as_json.json["error"]
        assert as_json.json["remedy"]
    assert digest(other) == before
    assert not (tmp_path / "p.pdf").exists()


def test_a_file_that_is_missing_is_named(tenfold: Tenfold, tmp_path: Path) -> None:
    said = tenfold("check", tmp_path / "gone.tenfold")
    assert said.code == 1
    assert "gone.tenfold" in said.err


# The sample


def test_a_sample_never_writes_over_a_file(tenfold: Tenfold, sample: Path) -> None:
    before = digest(sample)
    said = tenfold("sample", sample)
    assert said.code == 1
    assert "exists already" in said.err
    assert digest(sample) == before


def test_the_sample_is_the_same_each_time(tenfold: Tenfold, made: Path, tmp_path: Path) -> None:
    said = tenfold("sample", tmp_path / "again.tenfold", "--json")
    assert said.json == {"workspace": str(tmp_path / "again.tenfold")}
    first, second = contents(made), contents(tmp_path / "again.tenfold")
    assert first.keys() == second.keys()
    for table in first:
        assert first[table] == second[table], table
    for what in SHAPES:
        assert (
            tenfold("list", made, what, "--json").out == tenfold("list", tmp_path / "again.tenfold", what, "--json").out
        )


def test_the_sample_has_eight_members_each_with_a_plan_and_a_proposal(tenfold: Tenfold, sample: Path) -> None:
    people = {m["id"] for m in tenfold("list", sample, "members", "--json").json}
    cycles = tenfold("list", sample, "cycles", "--json").json
    (held,) = [c for c in cycles if c["state"] == "open"]
    assert len(people) == 8
    assert {m["member"] for m in held["members"]} == people
    assert all(m["target"] != m["level"] for m in held["members"])
    workspace = read_workspace(sample)
    rows = growth_rows(workspace)
    workspace.close()
    assert {r.member for r in rows if r.plan is not None} == people
    assert all(r.open_goals for r in rows)


def contents(path: Path) -> dict[str, list[tuple[Any, ...]]]:
    """Every table as rows, without what is a workspace's own: its key, the first history row, which digests it, and
    the hashes that follow from that.
    """
    found = {}
    connection = sqlite3.connect(path)
    connection.row_factory = sqlite3.Row
    for (table,) in connection.execute("SELECT name FROM sqlite_master WHERE type = 'table' ORDER BY name").fetchall():
        own = OWN.get(table, set())
        rows = connection.execute(f'SELECT * FROM "{table}"').fetchall()
        if table in ("history", "image"):
            rows = [row for row in rows if row["number"] > 1]
        found[table] = sorted(tuple(repr(row[k]) for k in row.keys() if k not in own) for row in rows)  # noqa: SIM118
    connection.close()
    return found


OWN = {"workspace": {"key"}, "history": {"hash", "previous"}}


def test_the_sample_is_sound_and_the_check_says_so(tenfold: Tenfold, sample: Path) -> None:
    assert tenfold("check", sample).code == 0
    assert tenfold("check", sample, "--json").json == {
        "sound": True,
        "findings": [],
        "not_compared": {"draft": 13, "undeclared": 799},
    }


def test_a_changed_card_is_found(tenfold: Tenfold, sample: Path) -> None:
    connection = sqlite3.connect(sample)
    card = connection.execute("SELECT id FROM scorecard WHERE state = 'submitted' LIMIT 1").fetchone()[0]
    connection.execute("UPDATE rating SET score = CASE score WHEN 4 THEN 1 ELSE 4 END WHERE scorecard_id = ?", (card,))
    connection.commit()
    connection.close()
    said = tenfold("check", sample, "--json")
    assert said.code == 1
    assert said.json["sound"] is False
    assert [f["subject"] for f in said.json["findings"]] == [f"scorecard:{card}"]
    assert f"Scorecard {card} is not what was submitted" in tenfold("check", sample).out


# Lists


@pytest.mark.parametrize("what", SHAPES)
def test_a_list_is_one_array_oldest_first(tenfold: Tenfold, sample: Path, what: str) -> None:
    rows = tenfold("list", sample, what, "--json").json
    assert isinstance(rows, list)
    assert rows
    ids = [row["id"] for row in rows]
    assert ids == sorted(set(ids))
    assert all(SHAPES[what] <= row.keys() for row in rows)


@pytest.mark.parametrize("what", SHAPES)
def test_a_list_for_people_has_a_line_each(tenfold: Tenfold, sample: Path, what: str) -> None:
    lines = tenfold("list", sample, what).out.splitlines()
    assert len(lines) == len(tenfold("list", sample, what, "--json").json)


def test_calibrations_are_listed_for_people_with_who_is_in_them(tenfold: Tenfold, sample: Path) -> None:
    first, second = tenfold("list", sample, "cycles").out.splitlines()
    assert "members 3 (Bruno Achterberg, Anders Mbeki, Salma Petrov)" in first
    assert "members 8 (" in second
    assert "{" not in first + second


def test_an_empty_list_is_an_empty_array(tenfold: Tenfold, tmp_path: Path) -> None:
    empty = new_file(tmp_path)
    assert tenfold("list", empty, "openings", "--json").json == []
    assert tenfold("list", empty, "openings").out == "No openings yet.\n"


def new_file(folder: Path) -> Path:
    from app.exchange.new_workspace import make_new

    return make_new(folder / "new.tenfold")


def test_ids_lead_from_one_list_to_the_next(tenfold: Tenfold, sample: Path) -> None:
    ids = {what: {r["id"] for r in tenfold("list", sample, what, "--json").json} for what in SHAPES}
    for row in tenfold("list", sample, "applications", "--json").json:
        assert row["candidate"] in ids["candidates"]
        assert row["opening"] in ids["openings"]
    for row in tenfold("list", sample, "interviews", "--json").json:
        assert row["application"] in ids["applications"]
        assert row["interviewer"] in ids["colleagues"]
    for row in tenfold("list", sample, "scorecards", "--json").json:
        assert row["interview"] in ids["interviews"]
        assert row["state"] in ("draft", "submitted", "amended")


def test_a_sealed_card_has_the_keys_that_say_where_it_is_and_no_other(tenfold: Tenfold, sample: Path) -> None:
    cards = tenfold("list", sample, "scorecards", "--json").json
    me = next(c["id"] for c in tenfold("list", sample, "colleagues", "--json").json if c["me"])
    applications = tenfold("list", sample, "applications", "--json").json
    complete = {a["id"] for a in applications if a["cards_in"] == a["cards_planned"]}
    sealed = [c for c in cards if c["application"] not in complete and c["interviewer"] != me]
    assert sealed
    assert all(c.keys() == SEALED_KEYS for c in sealed)
    mine = [c for c in cards if c["interviewer"] == me]
    assert mine
    assert all(c.keys() > SEALED_KEYS for c in mine)


def test_a_list_changes_nothing_and_works_on_a_read_only_file(tenfold: Tenfold, sample: Path) -> None:
    before = digest(sample)
    sample.chmod(0o444)
    assert tenfold("list", sample, "scorecards").code == 0
    assert digest(sample) == before
    assert sorted(p.name for p in sample.parent.iterdir() if p.is_file()) == ["sample.tenfold"]


# Import


def test_import_says_what_it_did_and_twice_adds_nothing(tenfold: Tenfold, sample: Path, tmp_path: Path) -> None:
    people = csv(tmp_path, "Name,Mail,Shoe size\nIngrid Vale,ingrid@example.org,41\nOtto Brandt,otto@example.org,44\n")
    before = len(tenfold("list", sample, "candidates", "--json").json)
    opening = tenfold("list", sample, "openings", "--json").json[0]["id"]
    first = tenfold("import", sample, "candidates", people, "--opening", opening, "--json")
    assert first.code == 0
    assert first.json == {
        "added": 2,
        "known": 0,
        "applications": 2,
        "closed": 0,
        "attached": 0,
        "cards": 0,
        "unclear_marks": 0,
        "without_application": {"cards": 0, "texts": 0},
        "dry_run": False,
        "not_read": [],
        "further": ["Shoe size"],
        "map": {"Mail": "mail", "Name": "name", "Shoe size": "further"},
        "rows": [],
        "read_as": "",
        "left_out": [],
    }
    again = tenfold("import", sample, "candidates", people, "--opening", opening)
    assert again.code == 0
    assert again.out.startswith("2 rows: 0 new candidates, 2 known already, 0 left out; 0 new applications.")
    assert len(tenfold("list", sample, "candidates", "--json").json) == before + 2
    assert tenfold("check", sample).code == 0


def test_a_dry_run_changes_nothing(tenfold: Tenfold, sample: Path, tmp_path: Path) -> None:
    people = csv(tmp_path, "Name\nIngrid Vale\n")
    before = contents(sample)
    said = tenfold("import", sample, "candidates", people, "--dry-run")
    assert said.code == 0
    assert "Nothing was changed" in said.out
    assert contents(sample) == before


def test_one_bad_line_and_nothing_comes_in(tenfold: Tenfold, sample: Path, tmp_path: Path) -> None:
    people = csv(tmp_path, "Name,Mail\nIngrid Vale,ingrid@example.org\n,nobody@example.org\nOtto,not a mail\n")
    before = contents(sample)
    said = tenfold("import", sample, "candidates", people)
    assert said.code == 1
    assert "Line 3" in said.err
    assert "Line 4" in said.err
    assert contents(sample) == before


@pytest.mark.parametrize("opening", [999, 0, -1])
def test_an_opening_that_is_not_there(tenfold: Tenfold, sample: Path, tmp_path: Path, opening: int) -> None:
    said = tenfold("import", sample, "candidates", csv(tmp_path, "Name\nA B\n"), f"--opening={opening}")
    assert said.code == 1
    assert str(opening) in said.err
    assert "A B" not in tenfold("list", sample, "candidates").out


def test_a_table_that_is_missing_is_named(tenfold: Tenfold, sample: Path, tmp_path: Path) -> None:
    said = tenfold("import", sample, "candidates", tmp_path / "gone.csv")
    assert said.code == 1
    assert "gone.csv" in said.err


def test_a_name_cannot_steer_the_terminal(tenfold: Tenfold, sample: Path, tmp_path: Path) -> None:
    people = csv(tmp_path, 'Name,Place\n"Ing\x1b[31mrid",\u202eevil\n')
    assert tenfold("import", sample, "candidates", people).code == 0
    out = tenfold("list", sample, "candidates").out
    assert "\x1b" not in out
    assert "\u202e" not in out


STEERING = ("\x1b", "\x9b", "\x07", "\u202e", "\u2066")


def test_headings_and_paths_cannot_steer_the_terminal(tenfold: Tenfold, sample: Path, tmp_path: Path) -> None:
    strange = "".join(STEERING)
    people = csv(tmp_path, f"Name,Shoe{strange}size\nIngrid Vale,41\n")
    said = tenfold("import", sample, "candidates", people, "--dry-run")
    assert "Come along as further facts: Shoe" in said.out
    gone = tenfold("check", tmp_path / f"go{strange}ne.tenfold")
    wrong = tenfold("import", sample, "candidates", csv(tmp_path, f"Vor{strange}zug\nIngrid Vale\n"))
    assert (said.code, gone.code, wrong.code) == (0, 1, 1)
    for text in (said.out, gone.out + gone.err, wrong.err):
        assert text
        assert not any(c in text for c in STEERING)


def test_lists_and_members_cannot_steer_the_terminal(tenfold: Tenfold, sample: Path) -> None:
    plain = sqlite3.connect(sample)
    plain.execute("UPDATE opening SET role = ?", ("Lead\nid 9  name Eve",))
    plain.execute("UPDATE plan SET must_have = ?", (json.dumps(["co\x1b[2Jde"]),))
    plain.commit()
    plain.close()
    for what in ("openings", "applications"):
        out = tenfold("list", sample, what).out
        assert all(line.isprintable() for line in out.splitlines())
        assert not any(line.startswith("id 9 ") and "Eve" in line for line in out.splitlines())


def test_json_keeps_every_character_and_steers_nothing(tenfold: Tenfold, sample: Path, tmp_path: Path) -> None:
    name = "Zo\u200de \U000e0041 \u202eeliv \u674e \u660e"
    assert tenfold("import", sample, "candidates", csv(tmp_path, f"Name\n{name}\n")).code == 0
    said = tenfold("list", sample, "candidates", "--json")
    assert all(line.isprintable() for line in said.out.splitlines())
    assert "\u674e" in said.out
    assert name in [c["name"] for c in said.json]


# Backup and restore


def test_backup_then_restore(tenfold: Tenfold, sample: Path, tmp_path: Path) -> None:
    before = contents(sample)
    backup = Path(tenfold("backup", sample, "--json").json["backup"])
    assert backup.is_file()
    assert backup.is_relative_to(tmp_path / "data" / "backups")
    assert tenfold("check", backup).code == 0
    assert tenfold("import", sample, "candidates", csv(tmp_path, "Name\nIngrid Vale\n")).code == 0
    said = tenfold("restore", sample, backup, "--json")
    assert said.code == 0
    kept = Path(said.json["kept"])
    assert said.json["workspace"] == str(sample)
    assert contents(sample) == before
    assert "Ingrid Vale" in tenfold("list", kept, "candidates").out
    assert tenfold("check", kept).code == 0


def test_restore_says_how_old_the_backup_is_and_how_much_is_not_in_it(
    tenfold: Tenfold, sample: Path, tmp_path: Path
) -> None:
    backup = Path(tenfold("backup", sample, "--json").json["backup"])
    table = tmp_path / "people.csv"
    table.write_text("name\nInes Calder\n", "utf-8")
    tenfold("import", sample, "candidates", table)
    said = tenfold("restore", sample, backup)
    assert said.code == 0
    assert "The last change in it is of 2026-" in said.out
    assert "later changes are only in what was there." in said.out


def test_restore_into_an_empty_place(tenfold: Tenfold, sample: Path) -> None:
    backup = tenfold("backup", sample, "--json").json["backup"]
    sample.unlink()
    said = tenfold("restore", sample, backup, "--json")
    assert said.code == 0
    assert said.json["kept"] is None
    assert tenfold("check", sample).code == 0


def test_a_backup_that_does_not_hold_is_refused(tenfold: Tenfold, sample: Path) -> None:
    backup = Path(tenfold("backup", sample, "--json").json["backup"])
    backup.write_bytes(backup.read_bytes()[: backup.stat().st_size // 2])
    before = digest(sample)
    said = tenfold("restore", sample, backup)
    assert said.code == 1
    assert said.err
    assert digest(sample) == before


def test_a_backup_of_another_workspace_is_refused(tenfold: Tenfold, sample: Path, tmp_path: Path) -> None:
    before = digest(sample)
    said = tenfold("restore", sample, new_file(tmp_path))
    assert said.code == 1
    assert "another workspace" in said.err
    assert digest(sample) == before


# Beside an open window


@pytest.fixture
def window_on(sample: Path) -> Iterator[None]:
    """Another process holds the workspace as a window does."""
    code = (
        "import sys; from pathlib import Path; from app.store.workspace import open_workspace\n"
        "opened = open_workspace(Path(sys.argv[1]), window=True); print('open', flush=True); sys.stdin.read()\n"
        "opened.close()\n"
    )
    with subprocess.Popen(
        [sys.executable, "-c", code, str(sample)], cwd=ROOT, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    ) as held:
        assert held.stdout is not None
        assert held.stdout.readline() == "open\n"
        yield
        held.communicate(timeout=30)
    assert held.returncode == 0


def test_beside_a_window_list_and_import_work_and_restore_does_not(
    tenfold: Tenfold, sample: Path, tmp_path: Path, window_on: None
) -> None:
    people = csv(tmp_path, "Name\nIngrid Vale\n")
    assert tenfold("list", sample, "candidates").code == 0
    assert tenfold("import", sample, "candidates", people).code == 0
    assert "Ingrid Vale" in tenfold("list", sample, "candidates").out
    backup = tenfold("backup", sample, "--json").json["backup"]
    said = tenfold("restore", sample, backup)
    assert said.code == 1
    assert "open in another window" in said.err
    assert "Ingrid Vale" in tenfold("list", sample, "candidates").out


# Packets


def test_a_packet_of_a_hire(tenfold: Tenfold, sample: Path, tmp_path: Path) -> None:
    hired = next(a["id"] for a in tenfold("list", sample, "applications", "--json").json if a["outcome"] == "hired")
    out = tmp_path / "packet.pdf"
    said = tenfold("export", sample, "hiring-packet", "--application", hired, "--out", out, "--json")
    assert said.code == 0
    content = out.read_bytes()
    assert said.json["sha256"] == hashlib.sha256(content).hexdigest()
    assert said.json["pages"] >= 2
    assert said.json["packet"] == str(out)
    again = tenfold("export", sample, "hiring-packet", "--application", hired, "--out", out, "--json")
    assert again.json["number"] == said.json["number"]
    assert out.read_bytes() == content
    assert tenfold("check", sample).code == 0


def test_a_sealed_packet_is_refused_and_no_file_written(tenfold: Tenfold, sample: Path, tmp_path: Path) -> None:
    rows = tenfold("list", sample, "applications", "--json").json
    sealed = next(a["id"] for a in rows if 0 < a["cards_in"] < a["cards_planned"])
    before = contents(sample)
    said = tenfold("export", sample, "hiring-packet", "--application", sealed, "--out", tmp_path / "p.pdf")
    assert said.code == 1
    assert said.err
    assert not (tmp_path / "p.pdf").exists()
    assert contents(sample) == before


def test_a_packet_of_nobody(tenfold: Tenfold, sample: Path, tmp_path: Path) -> None:
    said = tenfold("export", sample, "hiring-packet", "--application", 4321, "--out", tmp_path / "p.pdf")
    assert said.code == 1
    assert "4321" in said.err


def test_a_folder_that_is_not_there(tenfold: Tenfold, sample: Path, tmp_path: Path) -> None:
    hired = next(a["id"] for a in tenfold("list", sample, "applications", "--json").json if a["outcome"] == "hired")
    out = tmp_path / "no" / "packet.pdf"
    said = tenfold("export", sample, "hiring-packet", "--application", hired, "--out", out)
    assert said.code == 1
    assert "Traceback" not in said.err
    assert str(out) in said.err


@pytest.mark.parametrize("tail", ["", "-wal", "-shm", "-journal"])
def test_a_packet_never_takes_the_place_of_a_workspace(
    tenfold: Tenfold, sample: Path, tmp_path: Path, tail: str
) -> None:
    hired = next(a["id"] for a in tenfold("list", sample, "applications", "--json").json if a["outcome"] == "hired")
    link = tmp_path / "link.pdf"
    link.symlink_to(sample)
    before = contents(sample)
    for out in (sample.with_name(sample.name + tail), link.with_name(link.name + tail)):
        said = tenfold("export", sample, "hiring-packet", "--application", hired, "--out", out)
        assert said.code == 1
        assert said.err.count("\n") == 2, "a sentence and a remedy"
    assert contents(sample) == before
    assert link.is_symlink()
    assert tenfold("check", sample).code == 0


def test_a_packet_never_takes_the_place_of_another_database(tenfold: Tenfold, sample: Path, tmp_path: Path) -> None:
    hired = next(a["id"] for a in tenfold("list", sample, "applications", "--json").json if a["outcome"] == "hired")
    other = tmp_path / "other.db"
    plain = sqlite3.connect(other)
    plain.execute("CREATE TABLE t (a)")
    plain.close()
    before = digest(other)
    assert tenfold("export", sample, "hiring-packet", "--application", hired, "--out", other).code == 1
    assert digest(other) == before


# As a process


def test_as_a_process(sample: Path, tmp_path: Path) -> None:
    listed = process("list", sample, "openings", "--json")
    assert (listed.code, listed.err) == (0, "")
    assert listed.json[0]["id"] == 1
    refused = process("check", tmp_path / "gone.tenfold")
    assert refused.code == 1
    assert refused.out == ""
    assert process("list").code == 2


def test_the_command_line_needs_no_window(sample: Path) -> None:
    code = (
        "import sys; sys.modules['PySide6'] = None; from app.__main__ import main; "
        f"sys.exit(main(['list', {str(sample)!r}, 'openings', '--json']))"
    )
    done = subprocess.run([sys.executable, "-c", code], cwd=ROOT, capture_output=True, check=False)
    assert done.returncode == 0, done.stderr


def test_a_window_without_a_screen_says_so(sample: Path) -> None:
    if not sys.platform.startswith("linux"):
        pytest.skip("other systems always have a screen")
    without = {k: v for k, v in os.environ.items() if k not in ("DISPLAY", "WAYLAND_DISPLAY", "QT_QPA_PLATFORM")}
    done = subprocess.run(
        [sys.executable, "-m", "app", str(sample)], cwd=ROOT, env=without, capture_output=True, text=True, check=False
    )
    assert done.returncode == 1
    assert "no screen" in done.stderr


def test_what_a_command_did_is_in_the_history(tenfold: Tenfold, sample: Path, tmp_path: Path) -> None:
    tenfold("import", sample, "candidates", csv(tmp_path, "Name\nIngrid Vale\n"))
    workspace = open_workspace(sample)
    with workspace.read() as connection:
        last = connection.exec_driver_sql("SELECT op, who FROM history ORDER BY number DESC LIMIT 1").one()
    assert last == ("import candidates", workspace.me)
    workspace.close()


def test_what_was_there_is_kept_each_time_however_quick(sample: Path, tmp_path: Path) -> None:
    now = datetime(2026, 3, 12, 9, 0, tzinfo=UTC)
    backup = Path(shutil.copy(sample, tmp_path / "backup.tenfold"))
    kept = {restore(sample, backup, now) for _ in range(3)}
    assert len(kept) == 3
    assert all(path is not None and path.exists() for path in kept)


def test_a_mistyped_command_is_named_and_no_window_opens(tmp_path: Path) -> None:
    done = subprocess.run(
        [sys.executable, "-m", "app", "chekc"], capture_output=True, text=True, cwd=ROOT, timeout=60, check=False
    )
    assert done.returncode == 2
    assert "invalid choice: 'chekc'" in done.stderr


def test_a_reader_that_goes_away_early_gets_no_traceback(sample: Path) -> None:
    line = f'"{sys.executable}" -m app list "{sample}" applications --json | head -n 1'
    done = subprocess.run(line, shell=True, capture_output=True, text=True, cwd=ROOT, timeout=60, check=False)
    assert done.stderr == ""


@pytest.mark.skipif(os.name == "nt", reason="Windows keeps a file's rights elsewhere")
def test_nobody_else_may_read_a_workspace_or_its_backups(tenfold: Tenfold, sample: Path, tmp_path: Path) -> None:
    assert tenfold("backup", sample).code == 0
    made = [sample, *(tmp_path / "data").rglob("*.tenfold")]
    assert all(path.stat().st_mode & 0o077 == 0 for path in made), made
