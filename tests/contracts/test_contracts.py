"""What must hold over the whole source, and no single test would notice."""

from __future__ import annotations

import ast
import os
import re
import shutil
import subprocess
import sys
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import pytest

from app.cli.main import COMMANDS, parser

ROOT = Path(__file__).resolve().parents[2]
SOURCES = sorted((ROOT / "app").rglob("*.py"))
LONGEST = 400
EXCUSED_LENGTH: dict[str, str] = {}
TYPED_ROWS = ("app/actions", "app/cli", "app/exchange", "app/queries", "app/records")
"""Folders in which every row has the types of its columns."""
# Where the content of cards is read. Everything else gets it from these, after they asked who may see it.
READS_CARD_TABLES = {
    "app/queries/search_hits.py",
    "app/records/table_sight.py",
    "app/store/tables.py",
    "app/records/asked_questions.py",
    "app/records/panel_scores.py",
    "app/store/scorecard.py",
    "app/actions/scorecard.py",
    "app/actions/scorecard_form.py",
    "app/actions/transcript.py",
    "app/records/strip.py",
    "app/queries/examples.py",
    "app/queries/scorecard.py",
}
READS_CARDS = READS_CARD_TABLES | {
    "app/store/check.py",
    "app/queries/debrief.py",
    "app/queries/hiring.py",
    "app/queries/plain_lists.py",
}
CARD_TABLES = {"Rating", "Note", "ObservedSignal", "AskedQuestion"}
NETWORK = {
    "socket",
    "socketserver",
    "ssl",
    "http",
    "urllib",
    "urllib3",
    "requests",
    "httpx",
    "aiohttp",
    "smtplib",
    "ftplib",
    "imaplib",
    "poplib",
    "telnetlib",
    "xmlrpc",
    "webbrowser",
    "PySide6.QtNetwork",
    "PySide6.QtWebSockets",
    "PySide6.QtWebEngineCore",
}
# Spelled in halves, so that this file does not hold them.
REGISTRIES = tuple(
    "".join(halves)
    for halves in (
        ("pypi", ".org"),
        ("pythonhosted", ".org"),
        ("pypi", ".python"),
        ("anaconda", ".org"),
        ("conda", ".io"),
        ("npmjs", ".org"),
        ("deb.debian", ".org"),
        ("/simple", "/"),
    )
)


def name_of(path: Path) -> str:
    return path.relative_to(ROOT).as_posix()


@cache
def tree(path: Path) -> ast.Module:
    return ast.parse(path.read_text("utf-8"), str(path))


def imports(path: Path) -> Iterator[tuple[str, str]]:
    """Every import as (module, name); the name is empty for `import module`."""
    for node in ast.walk(tree(path)):
        if isinstance(node, ast.Import):
            yield from ((alias.name, "") for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            yield from ((node.module or "", alias.name) for alias in node.names)


def calls(path: Path) -> Iterator[tuple[str, ast.Call]]:
    """Every call with the last word of what is called."""
    for node in ast.walk(tree(path)):
        if isinstance(node, ast.Call):
            if isinstance(node.func, ast.Attribute):
                yield node.func.attr, node
            elif isinstance(node.func, ast.Name):
                yield node.func.id, node


def texts(path: Path) -> Iterator[str]:
    """Every piece of text in the code."""
    for node in ast.walk(tree(path)):
        if isinstance(node, ast.Constant) and isinstance(node.value, str):
            yield node.value


@cache
def tracked() -> list[Path]:
    """The files of the project: by git, or, where there is none, all that lie here and are not made here."""
    if shutil.which("git") is None or not (ROOT / ".git").exists():
        made = {".git", ".venv", ".sample", ".mypy_cache", ".ruff_cache", ".hypothesis", "__pycache__"}
        return [p for p in sorted(ROOT.rglob("*")) if p.is_file() and not made & set(p.relative_to(ROOT).parts)]
    listed = subprocess.run(["git", "ls-files", "-z"], cwd=ROOT, capture_output=True, check=True, text=True).stdout
    return [ROOT / name for name in listed.split("\0") if name and (ROOT / name).is_file()]


def test_who_may_import_whom() -> None:
    """In a process of its own: it draws its progress from a thread."""
    code = "import sys; from importlinter.cli import lint_imports; sys.exit(lint_imports(no_cache=True))"
    done = subprocess.run([sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout


def test_files_stay_short() -> None:
    long = {name_of(p): n for p in SOURCES if (n := len(p.read_text("utf-8").splitlines())) > LONGEST}
    assert long.keys() <= EXCUSED_LENGTH.keys(), f"over {LONGEST} lines: {long}"
    assert EXCUSED_LENGTH.keys() <= long.keys(), "an excuse that nobody needs any more"


def test_no_module_is_named_after_nothing() -> None:
    vague = {"helper", "helpers", "util", "utils", "manager", "managers", "base", "misc", "common", "core"}
    assert [name_of(p) for p in SOURCES if p.stem in vague or p.parent.name in vague] == []


def test_colours_and_style_sheets_live_in_the_theme() -> None:
    colour = re.compile(r"#[0-9a-fA-F]{3}(?:[0-9a-fA-F]{3}(?:[0-9a-fA-F]{2})?)?\b")
    found = [
        (name_of(path), text)
        for path in SOURCES
        if name_of(path) != "app/desk/theme.py"
        for text in texts(path)
        if colour.fullmatch(text.strip())
    ]
    found += [
        (name_of(path), "setStyleSheet")
        for path in SOURCES
        if name_of(path) != "app/desk/theme.py"
        for name, _ in calls(path)
        if name == "setStyleSheet"
    ]
    assert found == []


def test_what_stands_on_a_card_is_read_in_few_places() -> None:
    found = {name_of(p) for p in SOURCES for module, name in imports(p) if (module, name) in _card_tables()}
    assert found <= READS_CARD_TABLES, "these read ratings, notes or signals past the rule of who may see them"


def _card_tables() -> set[tuple[str, str]]:
    return {("app.store.tables", table) for table in CARD_TABLES}


def test_what_an_assessment_says_is_read_in_few_places() -> None:
    """Scores and words of raters, and the tables of votes on them."""
    known = {
        "app/store/tables_growth.py",
        "app/store/assessment.py",
        "app/actions/assessment.py",
        "app/actions/assessment_rating.py",
    }
    tables = "app/queries/team_tables.py"
    assert "TableSight" in {name for _, name in imports(ROOT / tables)}, f"{tables} reads without asking"
    reads = {name_of(p) for p in SOURCES for m, name in imports(p) if name == "AssessmentRating"}
    assert reads <= known | {tables}
    whole = {"read_assessment", "read_assessments", "submitted_in", "submitted_among"}
    asking = {"app/queries/assessment.py"}
    queries = {name_of(p) for p in SOURCES for m, name in imports(p) if name in whole and "queries" in p.parts}
    assert queries <= asking
    judging = {
        name_of(p)
        for p in SOURCES
        for m, name in imports(p)
        if m == "app.records.calibration" and name == "judged_members"
    }
    for name in sorted(n for n in judging | queries if n.startswith("app/queries")):
        asked = {found for _, found in imports(ROOT / name)} & {
            "assessment_sealings",
            "sealing_of_assessment",
        }
        assert asked, f"{name} reads without asking"


def test_words_of_transcripts_are_read_in_few_places() -> None:
    """They are seen by who writes the card alone, and stand in one table that nothing else reads."""
    tables = {name_of(p) for p in SOURCES for _, name in imports(p) if name == "Transcript"}
    assert tables == {"app/store/transcript.py"}
    words = {name_of(p) for p in SOURCES for _, name in imports(p) if name == "lines_on"}
    assert words == {"app/actions/transcript.py", "app/queries/transcript.py"}
    spelled = {
        name_of(p) for p in SOURCES for text in texts(p) if re.search(r"\bFROM transcript\b|UPDATE transcript", text)
    }
    assert spelled == {"app/store/deleted_words.py"}


def test_whole_cards_are_read_in_few_places() -> None:
    found = {
        name_of(p)
        for p in SOURCES
        for module, name in imports(p)
        if module == "app.store.scorecard" and name.startswith("read_card")
    }
    assert found <= READS_CARDS


@pytest.mark.parametrize("name", sorted(n for n in READS_CARDS if n.startswith("app/queries")))
def test_a_query_of_cards_starts_with_who_may_see_them(name: str) -> None:
    names = {imported for _, imported in imports(ROOT / name)}
    assert names & {"sealing_of", "sealings", "Sealing"}, f"{name} reads cards without asking"


def test_only_the_store_writes() -> None:
    words = re.compile(r"\s*(INSERT|UPDATE|DELETE|REPLACE|DROP|ALTER)\s+(INTO|OR|FROM|TABLE|\"|\w+ SET)", re.IGNORECASE)
    outside = [p for p in SOURCES if not name_of(p).startswith("app/store/")]
    found = [(name_of(p), text) for p in outside for text in texts(p) if words.match(text)]
    found += [
        (name_of(p), name)
        for p in outside
        for module, name in imports(p)
        if module.split(".")[0] in ("sqlalchemy", "sqlmodel") and name in ("insert", "update", "delete", "Session")
    ]
    assert found == []


def test_one_event_loop() -> None:
    running = {name_of(p) for p in SOURCES for name, _ in calls(p) if name in ("exec", "exec_", "QEventLoop")}
    assert running <= {"app/desk/shell/main.py"}
    assert [name_of(p) for p in SOURCES for name, _ in calls(p) if name == "processEvents"] == []


LIVES_LONG = {"theme", "_theme", "desk", "_desk", "work", "incoming", "_incoming", "app", "_app", "focus"}


def test_what_lives_long_tells_methods_only() -> None:
    """A method's connection goes with its widget; a lambda's stays, and speaks to a widget that is gone."""
    found = []
    for path in SOURCES:
        for name, call in calls(path):
            if name != "connect" or not call.args or "desk" not in path.parts:
                continue
            sender = {n.id for n in ast.walk(call.func) if isinstance(n, ast.Name)}
            sender |= {n.attr for n in ast.walk(call.func) if isinstance(n, ast.Attribute)}
            if sender & LIVES_LONG and not isinstance(call.args[0], ast.Attribute):
                found.append(f"{name_of(path)}:{call.lineno}")
    assert found == []


def test_controls_that_the_wheel_would_turn_are_still_ones() -> None:
    turning = {"QComboBox", "QSpinBox", "QDoubleSpinBox", "QDateEdit", "QTimeEdit", "QDateTimeEdit", "QSlider", "QDial"}
    made = [(name_of(p), name) for p in SOURCES for name, _ in calls(p) if name in turning]
    derived = {
        name_of(path)
        for path in SOURCES
        for node in ast.walk(tree(path))
        if isinstance(node, ast.ClassDef) and turning & {b.id for b in node.bases if isinstance(b, ast.Name)}
    }
    assert made == []
    assert derived == {"app/desk/parts/still.py"}


def test_nothing_of_the_network_is_imported() -> None:
    found = [
        (name_of(p), module, name)
        for p in SOURCES
        for module, name in imports(p)
        if {module, module.split(".")[0], f"{module}.{name}"} & NETWORK
    ]
    assert found == []


def test_no_package_registry_is_named() -> None:
    suffixes = {".py", ".toml", ".txt", ".md", ".yaml", ".yml", ".json", ".cfg", ".ini", ".in", ""}
    found = [
        (name_of(path), host)
        for path in tracked()
        if path.suffix in suffixes and path != Path(__file__).resolve()
        for host in REGISTRIES
        if host in path.read_text("utf-8", errors="ignore")
    ]
    assert found == []


def test_pins_have_hashes() -> None:
    for name in ("constraints.txt", "constraints-test.txt"):
        text = (ROOT / name).read_text("utf-8").replace("\\\n", " ")
        assert [line for line in text.splitlines() if "==" in line and "--hash=sha256:" not in line] == []
    run = set(re.findall(r"^(\S+==\S+)", (ROOT / "constraints.txt").read_text("utf-8"), re.MULTILINE))
    test = set(re.findall(r"^(\S+==\S+)", (ROOT / "constraints-test.txt").read_text("utf-8"), re.MULTILINE))
    assert run <= test, "tests must run on what a person gets"


def test_every_command_has_words() -> None:
    found = {
        name: action.help
        for holder in parser()._actions
        if hasattr(holder, "_choices_actions")
        for action in holder._choices_actions
        for name in [action.dest]
    }
    assert found.keys() == set(COMMANDS)
    assert all(found.values())


def test_every_command_of_the_window_has_words() -> None:
    lacking = []
    for path in SOURCES:
        for name, call in calls(path):
            if name in ("Command", "command") and "desk" in path.parts and len(call.args) >= 2:
                words = call.args[1]
                if isinstance(words, ast.Constant) and not str(words.value).strip():
                    lacking.append(f"{name_of(path)}:{call.lineno}")
    assert lacking == []


def test_nothing_is_left_to_do() -> None:
    unfinished = re.compile(r"\b(TODO|FIXME|XXX|HACK)\b")
    listed = [p for p in tracked() if p.suffix == ".py" and p != Path(__file__).resolve()]
    assert [name_of(p) for p in listed if unfinished.search(p.read_text("utf-8"))] == []


def test_a_whole_round_opens_no_connection(tmp_path: Path) -> None:
    """Sample, list, import, packet, backup, check: an audit hook ends the run at the first internet socket."""
    watched = """
import sys, os, socket
def watch(event, arguments):
    if event == "socket.__new__" and arguments[1] in (socket.AF_INET, socket.AF_INET6):
        os._exit(99)
    if event in ("socket.connect", "socket.bind", "socket.getaddrinfo", "socket.gethostbyname"):
        os._exit(98)
sys.addaudithook(watch)
from app.__main__ import main
for line in open("script.txt", encoding="utf-8").read().splitlines():
    code = main(line.split("|"))
    assert code == ("scorecards" in line), (code, line)  # empty kits are turned down
"""
    (tmp_path / "people.csv").write_text("Name,Mail\nIngrid Vale,ingrid@example.org\n", "utf-8")
    lines = (
        "sample|s.tenfold",
        "list|s.tenfold|applications|--json",
        "import|s.tenfold|candidates|people.csv",
        "export|s.tenfold|hiring-packet|--application|1|--out|p.pdf",
        "export|s.tenfold|interview-kit|--opening|1|--out|kits",
        "import|s.tenfold|scorecards|kits",
        "backup|s.tenfold",
        "check|s.tenfold",
    )
    (tmp_path / "script.txt").write_text("\n".join(lines), "utf-8")
    done = subprocess.run(
        [sys.executable, "-c", watched],
        cwd=tmp_path,
        env={**os.environ, "TENFOLD_DATA": str(tmp_path / "data"), "PYTHONPATH": str(ROOT)},
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, (done.returncode, done.stdout[-500:], done.stderr[-2000:])
    assert (tmp_path / "p.pdf").read_bytes().startswith(b"%PDF")


def test_files_are_asked_for_in_one_place() -> None:
    """Any other file dialog opens the files it lists, and closing one of the open workspace drops SQLite's locks."""
    banned = re.compile(r"\b(QFileDialog|QFileIconProvider|QMimeDatabase|QFileSystemModel|sqlite3)\b")
    found = {name_of(p) for p in SOURCES if banned.search(p.read_text("utf-8"))}
    assert found == {"app/desk/parts/file_dialog.py"}


def test_what_a_person_chose_is_opened_in_one_place() -> None:
    """A file that a person names in the window may be the open workspace itself."""
    opens = re.compile(r"\.open\(\"rb\"|\.read_bytes\(\)|\.read_text\(|shutil\.copy")
    own = {"app/desk/preferences.py", "app/desk/theme.py", "app/desk/icons.py"}  # the program's own files
    own |= {f"app/exchange/{name}.py" for name in ("sample", "sample_opening", "sample_team", "packs", "form_reader")}
    places = [p for p in SOURCES if name_of(p).startswith(("app/desk/", "app/exchange/"))]
    assert {name_of(p) for p in places if opens.search(p.read_text("utf-8"))} <= own


def test_rows_have_types_where_they_are_read_with_them() -> None:
    """A column reached through a table or a mapping is `Any` to mypy, which then finds no renamed one."""
    untyped = re.compile(r"\btable_of\b|\.mappings\(|\.c\.[a-z_]+|\brow\[\"")
    found = [
        name_of(p)
        for p in SOURCES
        if p.relative_to(ROOT).as_posix().startswith(TYPED_ROWS) and untyped.search(p.read_text("utf-8"))
    ]
    assert not found
