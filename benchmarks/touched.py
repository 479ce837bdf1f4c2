"""Files and lines that typical changes touch: a column, a report, a page.

**Files for a column on candidate** are files of `app` in which the name of a column of Candidate occurs; tried are
those with an underscore that no other table has. The migration that made one stands for the one a new column needs.
**Files for a report** are files of `app` with the id of an existing report (`REPORTS`) as a whole string: where it is
named, not where it is computed and drawn.
**A page about one thing** has a Place with `under=` that names its class or its module, or derives from SubjectPage.
Its lines are those of its module and of all modules of the desk that cannot be reached from another page or from
outside except through it; its query, its actions and what it shares with other pages are not among them.
"""

from __future__ import annotations

import ast
import re
from collections import Counter
from collections.abc import Collection
from statistics import median

from benchmarks.source import Graph, Module, calls, graph, last_word, reached

REPORTS = ("time-to-fill", "acceptance", "hire-to-outcome")


def changes(app: list[Module]) -> tuple[dict[str, str], list[str]]:
    """The rows of the table, and the files of each change."""
    touched = {f"column {name}": mentioning(app, name) for name in candidate_columns(app)}
    named = {f"report {name}": naming(app, name) for name in REPORTS}
    edges, found = graph(app), pages(app)
    homes = {home for home, _ in found.values()}
    sizes = sorted((own_lines(app, home, homes, edges), name) for name, (home, about_one) in found.items() if about_one)
    smallest = f"{sizes[0][0]} ({sizes[0][1]}), {median(lines for lines, _ in sizes):.0f}" if sizes else "none"
    rows = {
        "files for a column on candidate (least, median of those tried)": _least(touched),
        "files for a report (least, median of those tried)": _least(named),
        "lines of the smallest, median page about one thing": smallest,
    }
    lines = [f"{what}: {len(files)}: {', '.join(files)}" for what, files in (touched | named).items()]
    return rows, [*lines, "pages about one thing: " + ", ".join(f"{name} {lines}" for lines, name in sizes)]


def _least(files: dict[str, list[str]]) -> str:
    counts = [len(paths) for paths in files.values() if paths]
    return f"{min(counts)}, {median(counts):g}" if counts else "none"


def candidate_columns(modules: list[Module]) -> list[str]:
    """Columns of Candidate whose name has an underscore and is no other table's."""
    tables: dict[str, set[str]] = {}
    for module in modules:
        for n in module.nodes:
            if isinstance(n, ast.ClassDef) and any(k.arg == "table" for k in n.keywords):
                tables[n.name] = {last_word(line.target) for line in n.body if isinstance(line, ast.AnnAssign)}
    others = Counter(column for columns in tables.values() for column in columns)
    return sorted(c for c in tables.get("Candidate", set()) if "_" in c and others[c] == 1)


def mentioning(modules: list[Module], word: str) -> list[str]:
    """Files in which a word occurs."""
    return [m.path for m in modules if re.search(rf"\b{re.escape(word)}\b", m.text)]


def naming(modules: list[Module], text: str) -> list[str]:
    """Files with a text as a whole string."""
    wanted = [m for m in modules if text in m.text]
    return [m.path for m in wanted if any(isinstance(n, ast.Constant) and n.value == text for n in m.nodes)]


def pages(modules: list[Module]) -> dict[str, tuple[str, bool]]:
    """The pages of the desk that no other derives from: class to module, and whether it is about one thing."""
    desk = [m for m in modules if m.within("app.desk")]
    classes = [(n, m.name) for m in desk for n in m.nodes if isinstance(n, ast.ClassDef)]
    bases = {n.name: {last_word(b) for b in n.bases} for n, _ in classes}
    derived = {"Page"}
    while more := {name for name, of in bases.items() if of & derived} - derived:
        derived |= more
    parents = {base for of in bases.values() for base in of}
    under: set[str] = set()
    for module in desk:
        for call in calls(module, "Place"):
            if any(k.arg == "under" for k in call.keywords):
                inner = [n for argument in call.args for n in ast.walk(argument)]
                under |= {str(n.value) for n in inner if isinstance(n, ast.Constant)} | {last_word(n) for n in inner}
    return {
        n.name: (home, "SubjectPage" in bases[n.name] or bool(under & {n.name, *home.split(".")[3:]}))
        for n, home in classes
        if n.name in derived - parents
    }


def own_lines(modules: list[Module], home: str, homes: Collection[str], edges: Graph) -> int:
    """Lines of a page's module and of the desk's modules that only it uses."""
    inside = reached(edges, [home])
    outside = (edges.keys() - inside) | (set(homes) - {home})
    own = inside - reached(edges, outside, past=home)
    return sum(m.lines for m in modules if m.name in own and m.within("app.desk"))
