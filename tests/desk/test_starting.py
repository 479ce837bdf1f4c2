"""What a start does not do. Each is tried in a process of its own, as a person starts it."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]


def ran(code: str) -> str:
    """What a process of ours prints."""
    return subprocess.run([sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, check=True).stdout


def test_no_source_is_read_for_features_of_pyside() -> None:
    read = "print([name for name in linecache.cache if name.endswith(('words.py', 'session.py'))])"
    assert ran(f"import linecache, app.desk.shell.main, app.desk.shell.session; {read}").strip() == "[]"


def test_the_window_is_painted_before_what_a_workspace_needs() -> None:
    late = "{'sqlmodel', 'pydantic', 'babel', 'app.desk.parts.side_panel'}"
    assert (
        ran(f"import sys, app.desk.shell.main, app.desk.shell.session; print({late} & set(sys.modules))").strip()
        == "set()"
    )


def test_the_first_page_builds_no_table_that_it_does_not_ask_for() -> None:
    code = (
        "import sys, app.actions.member, app.desk.pages.pipeline.page, app.desk.shell.undo, app.queries.today;"
        "tables = {'registry', 'migrate', 'tables_goals', 'tables_debrief', 'tables_calibration',"
        " 'tables_offer_terms'};"
        "print({f'app.store.{name}' for name in tables} & set(sys.modules))"
    )
    assert ran(code).strip() == "set()"
