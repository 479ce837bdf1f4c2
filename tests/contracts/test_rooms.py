"""The house: every room is where ARCHITECTURE.md says, and says itself what lives there."""

from __future__ import annotations

import ast
import re
from pathlib import Path

from app.desk.shell.places import PLACES
from app.packets.printables import PRINTABLES
from app.packets.reports.table import REPORTS
from benchmarks.source import circles, graph, read

ROOT = Path(__file__).resolve().parents[2]


def test_the_files_that_the_architecture_names_are_there() -> None:
    text = (ROOT / "ARCHITECTURE.md").read_text("utf-8")
    named = {name.rstrip(".") for name in re.findall(r"\b(?:app|tests|benchmarks)/[\w/.]*", text)}
    assert len(named) > 40
    assert sorted(name for name in named if not (ROOT / name).exists()) == []


def test_every_folder_says_in_a_sentence_what_lives_there() -> None:
    silent = []
    for init in sorted((ROOT / "app").rglob("__init__.py")):
        said = ast.get_docstring(ast.parse(init.read_text("utf-8")))
        if not said or not said.rstrip().endswith("."):
            silent.append(init.parent.relative_to(ROOT).as_posix())
    assert silent == []


def test_every_place_has_a_folder_with_its_page() -> None:
    folders = {p.name for p in (ROOT / "app/desk/pages").iterdir() if p.is_dir() and p.name != "__pycache__"}
    assert [name for name in sorted(folders) if not (ROOT / f"app/desk/pages/{name}/page.py").is_file()] == []
    assert len(PLACES) >= len(folders)


def test_no_import_goes_in_a_circle() -> None:
    """Neither at the top, nor in functions, nor for types alone."""
    assert circles(graph(read(ROOT, "app"))) == []


def test_the_readme_names_everything_that_is_printed_or_reported() -> None:
    text = (ROOT / "README.md").read_text("utf-8")
    assert [name for name in (*PRINTABLES, *REPORTS) if name not in text] == []
