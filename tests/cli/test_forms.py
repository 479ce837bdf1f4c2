"""Kits and forms on the command line."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from app.__main__ import main
from app.queries.kit import kit_facts
from app.store.workspace import read_workspace
from tests.actions.panel import Panel
from tests.exchange.filling import whole, with_pypdf

Run = Callable[..., tuple[int, str]]


@pytest.fixture
def run(capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Run:
    monkeypatch.setenv("TENFOLD_DATA", str(tmp_path / "data"))

    def tenfold(*arguments: object) -> tuple[int, str]:
        capsys.readouterr()
        try:
            code = main([str(a) for a in arguments])
        except SystemExit as left:
            code = int(left.code or 0)
        said = capsys.readouterr()
        return code, said.out + said.err

    return tenfold


@pytest.fixture
def file(tmp_path: Path) -> Path:
    panel = Panel(tmp_path)
    panel.workspace.close()
    return panel.workspace.path


def fill(folder: Path, file: Path) -> None:
    """Fill in every kit in a folder, in its place."""
    workspace = read_workspace(file)
    for path in sorted(folder.glob("*.pdf")):
        number = int(path.name.partition(", R")[2].partition(" ")[0])
        path.write_bytes(with_pypdf(path.read_bytes(), whole(kit_facts(workspace, number).spec)))
    workspace.close()


def test_one_kit_and_a_kit_for_every_interview_with_no_card(run: Run, file: Path, tmp_path: Path) -> None:
    code, said = run("export", file, "interview-kit", "--interview", 6, "--out", tmp_path / "kit.pdf")
    assert code == 0
    assert "2 pages in" in said
    assert "form R6-" in said
    code, said = run("export", file, "interview-kit", "--opening", 1, "--out", tmp_path / "kits")
    assert code == 0
    assert "6 kits in" in said
    assert next(p.name for p in sorted((tmp_path / "kits").iterdir())) == "Ada Lind, R1 Code review, Ruth Amadi.pdf"
    assert (tmp_path / "kits" / "Ada Lind, R6 People, Lena Vogt.pdf").read_bytes() == (
        tmp_path / "kit.pdf"
    ).read_bytes()
    assert run("check", file)[0] == 0


def test_forms_of_a_folder_come_in_and_what_is_turned_down_ends_with_1(run: Run, file: Path, tmp_path: Path) -> None:
    folder = tmp_path / "kits"
    run("export", file, "interview-kit", "--opening", 1, "--out", folder)
    fill(folder, file)
    (folder / "holiday.pdf").write_bytes(b"%PDF-1.4 no form")
    (folder / "readme.txt").write_text("not looked at", "utf-8")
    code, said = run("import", file, "scorecards", folder)
    assert code == 1
    assert "Lena Vogt’s card for Ada Lind is in." in said
    assert "6 cards are in, 1 form turned down." in said
    assert run("check", file)[0] == 0
    assert run("export", file, "interview-kit", "--opening", 1, "--out", tmp_path / "none")[1].startswith("0 kits in")
    (folder / "holiday.pdf").unlink()
    code, said = run("import", file, "scorecards", folder, "--json")
    found: dict[str, Any] = json.loads(said)
    assert (code, found["accepted"], found["turned_down"]) == (1, 0, 6)
    assert {f["reason"] for f in found["forms"]} == {"identical"}


def test_when_all_fit_it_ends_with_0_and_says_nothing_of_what_is_in_them(run: Run, file: Path, tmp_path: Path) -> None:
    folder = tmp_path / "kits"
    run("export", file, "interview-kit", "--interview", 2, "--out", _in(folder))
    workspace = read_workspace(file)
    path = folder / "form.pdf"
    path.write_bytes(with_pypdf(path.read_bytes(), whole(kit_facts(workspace, 2).spec, "The zebra crossed.")))
    workspace.close()
    code, said = run("import", file, "scorecards", folder, "--json")
    assert code == 0
    assert "zebra" not in said
    assert "score" not in said.replace("scorecards", "")
    listed = run("list", file, "scorecards", "--json")[1]
    assert "zebra" not in listed
    assert "overall" not in listed


def _in(folder: Path) -> Path:
    folder.mkdir()
    return folder / "form.pdf"


@pytest.mark.parametrize(
    "arguments",
    [
        ("export", "interview-kit", "--out", "p.pdf"),
        ("export", "interview-kit", "--application", "1", "--out", "p.pdf"),
        ("export", "interview-kit", "--interview", "1", "--opening", "1", "--out", "p.pdf"),
        ("export", "hiring-packet", "--interview", "1", "--out", "p.pdf"),
        ("export", "interview-kit", "--interview", "one", "--out", "p.pdf"),
        ("import", "scorecards", "folder", "--dry-run"),
        ("import", "scorecards", "folder", "--opening", "1"),
    ],
)
def test_wrong_usage_is_2(run: Run, file: Path, arguments: tuple[str, ...]) -> None:
    code, said = run(arguments[0], file, *arguments[1:])
    assert code == 2
    assert "usage" in said


def test_what_is_not_there_is_1(run: Run, file: Path, tmp_path: Path) -> None:
    assert run("export", file, "interview-kit", "--interview", 99, "--out", tmp_path / "p.pdf")[0] == 1
    assert run("export", file, "interview-kit", "--opening", 99, "--out", tmp_path / "kits")[0] == 1
    code, said = run("import", file, "scorecards", tmp_path / "nowhere")
    assert code == 1
    assert "could not be read" in said
