"""What the source is like, in figures: `python -m benchmarks.house [ROOT ...] [--places] [--types]`.

One column for each ROOT (this checkout by default), so that an older and a newer checkout can stand side by side.
A checkout is only read, never imported. Every figure comes from the syntax tree of its files:

**Lines** are lines of files, blank ones and comments too. A function's length is from `def` to its last line;
migrations, which are lists of statements, are left out of that.
**Circles** are groups of more than one module of `app` that import each other, directly or over others. An import is
at the top of a module, inside a function, or under TYPE_CHECKING. `from app.x import y` leads to the module `app.x.y`
if there is one, else to `app.x`. Not counted: the `__init__` of a package that is only passed through, and what is
imported by a name built at run time.
**Imported as another** are names of `app` behind `import … as`. What comes from outside `app`, such as
`import numpy as np`, is left out of that figure and counted in the next.
**Private reaches** are `x._name` where x is not self, cls or super() and no class of the same module defines `_name`
(so a page and its part that both define `_form` are missed). Names in `PUBLIC` are private only in spelling.
**Reaches into a page** are `x.name` where x is a parameter annotated with a page's class that was imported from
another module of the desk, or an attribute of self that such a parameter was kept in. What every
page has, such as its desk, is counted too.
**Layout calls** of the desk are calls of the names in `LAYOUT`, whatever they are called on.
**Accesses that end at Any**: calls of `table_of`; columns `x.c.name` of any x; and `x["name"]`, read, where x comes
from the rows of `.mappings()`. It is followed within one function or class through assignments, loops and
annotations, and from function to function by an annotation that names RowMapping or, in a module that imports
SQLAlchemy, a dict or Mapping from str to Any. `app/store/` is counted apart from all the rest. What else is Any, such
as the parts of a row that is unpacked, only mypy knows (`--types`).
**Ids to strings and back** are `str(x.id)` or `str(x.some_id)`, and `int(x["name"])`.
What changes touch is said in `benchmarks.touched`.
"""

from __future__ import annotations

import argparse
import ast
import math
import re
import subprocess
import sys
import tempfile
from collections import Counter
from collections.abc import Collection, Iterator
from pathlib import Path
from statistics import median

from benchmarks.source import (
    FUNCTION,
    LOCAL,
    TOP,
    TYPING,
    Module,
    calls,
    circles,
    graph,
    imports,
    last_word,
    origin,
    read,
    renamed,
)
from benchmarks.touched import changes, pages

LAYOUT = (
    "Q(VBox|HBox|Grid|Form|Box|Stacked)Layout|(add|insert)(Widget|Layout|Row)|add(Stretch|Spacing)|setContentsMargins"
    "|set(Horizontal|Vertical|)Spacing|set(Row|Column|)Stretch|setStretchFactor|setSizePolicy|setWidget|setFrameShape"
    "|setWidgetResizable|set(Minimum|Maximum|Fixed)(Width|Height|Size)"
)
PUBLIC = frozenset({"_replace", "_asdict", "_make", "_fields", "_mapping", "_tuple", "_exit", "_getframe", "_MEIPASS"})
IMPORTS = {
    "at the top": (TOP,),
    "at the top and in functions": (TOP, LOCAL),
    "at the top and under TYPE_CHECKING": (TOP, TYPING),
    "all": (TOP, LOCAL, TYPING),
}
SKIP = "# fmt: " + "skip"


# Private names


def private_reaches(module: Module) -> list[str]:
    """`x._name` of others, as "path:line: x._name"."""
    own: set[str] = set()
    for owner in module.nodes:
        if isinstance(owner, ast.ClassDef):
            own |= {n.name for n in owner.body if isinstance(n, FUNCTION)}
            own |= {n.id for n in ast.walk(owner) if isinstance(n, ast.Name) and isinstance(n.ctx, ast.Store)}
            attributes = [n for n in ast.walk(owner) if isinstance(n, ast.Attribute)]
            own |= {n.attr for n in attributes if _is_own(n) and isinstance(n.ctx, ast.Store)}
    attributes = [n for n in module.nodes if isinstance(n, ast.Attribute) and re.match(r"_(?!_)", n.attr)]
    return _places(module, [n for n in attributes if n.attr not in own | PUBLIC and not _is_own(n)])


def _places(module: Module, found: list[ast.Attribute]) -> list[str]:
    return [f"{module.path}:{n.lineno}: {ast.unparse(n)}" for n in sorted(found, key=lambda n: n.lineno)]


def _is_own(node: ast.Attribute) -> bool:
    return ast.unparse(node.value) in {"self", "cls", "super()"}


def page_reaches(module: Module, homes: Collection[tuple[str, str]]) -> list[str]:
    """`x.name` of pages, as (module, class), that other modules define."""
    found = [(origin(module, node), node) for _, node in imports(module) if isinstance(node, ast.ImportFrom)]
    theirs = {alias.asname or alias.name for src, node in found for alias in node.names if (src, alias.name) in homes}
    kept: set[str] = set()
    reaches: list[ast.Attribute] = []
    functions = [n for n in module.nodes if isinstance(n, FUNCTION)]
    for function in functions:
        names = {
            n.arg
            for n in ast.walk(function.args)
            if isinstance(n, ast.arg) and n.annotation and last_word(n.annotation) in theirs
        }
        inner = list(ast.walk(function))
        reaches += [n for n in inner if isinstance(n, ast.Attribute) and ast.unparse(n.value) in names]
        for n in inner:
            if isinstance(n, ast.Assign) and isinstance(n.value, ast.Name) and n.value.id in names:
                kept |= {ast.unparse(target) for target in n.targets if isinstance(target, ast.Attribute)}
    reaches += [n for n in module.nodes if isinstance(n, ast.Attribute) and ast.unparse(n.value) in kept]
    return _places(module, reaches)


# Accesses that end at Any


def columns(module: Module) -> int:
    """`x.c.name` and `x.c["name"]`."""
    inner = (n.value for n in module.nodes if isinstance(n, ast.Attribute | ast.Subscript))
    return sum(isinstance(n, ast.Attribute) and n.attr == "c" for n in inner)


def row_givers(module: Module) -> set[str]:
    """Names of a module's functions that give rows, as they say behind their arrow."""
    row = _row_annotation(module)
    return {n.name for n in module.nodes if isinstance(n, FUNCTION) and _says(n.returns, row)}


def _row_annotation(module: Module) -> str:
    reads_tables = re.search(r"^from (sqlalchemy|sqlmodel)\b", module.text, re.MULTILINE)
    return r"\bRowMapping\b" + (r"|\b(dict|Mapping)\[str, Any\]" if reads_tables else "")


def _says(annotation: ast.expr | None, pattern: str) -> bool:
    return annotation is not None and re.search(pattern, ast.unparse(annotation)) is not None


def row_accesses(module: Module, public: set[str]) -> int:
    """`x["name"]`, read, of rows of `.mappings()`; `public` are functions of other modules that give rows."""
    givers = {"mappings"} | public | row_givers(module)
    return sum(_row_accesses(scope, givers, _row_annotation(module)) for scope in module.tree.body)


def _row_accesses(scope: ast.stmt, givers: set[str], row: str) -> int:
    nodes = list(ast.walk(scope))
    rows: set[str] = {n.arg for n in nodes if isinstance(n, ast.arg) and _says(n.annotation, row)}
    rows |= {last_word(n.target) for n in nodes if isinstance(n, ast.AnnAssign) and _says(n.annotation, row)}
    bound = [pair for n in nodes for pair in _bindings(n)]
    known = -1
    while len(rows) != known:
        known = len(rows)
        for target, value in bound:
            if _gives_rows(value, rows, givers):
                rows |= {n.id for n in ast.walk(target) if isinstance(n, ast.Name)} | {last_word(target)} - {""}
    keyed = [n for n in nodes if isinstance(n, ast.Subscript) and isinstance(n.ctx, ast.Load) and _is_keyed(n)]
    return sum(_gives_rows(n.value, rows, givers) for n in keyed)


def _bindings(node: ast.AST) -> Iterator[tuple[ast.expr, ast.expr]]:
    """What is bound to what: by `=`, `:=`, in loops. A dict that is spelled out is no row."""
    if isinstance(node, ast.For | ast.comprehension):
        yield node.target, node.iter
    elif isinstance(node, ast.Assign) and not isinstance(node.value, ast.Dict):
        yield from ((target, node.value) for target in node.targets if not _is_keyed(target))
    elif isinstance(node, ast.AnnAssign | ast.NamedExpr) and node.value and not isinstance(node.value, ast.Dict):
        yield node.target, node.value


def _gives_rows(value: ast.expr, rows: set[str], givers: set[str]) -> bool:
    return any(
        (isinstance(n, ast.Call) and last_word(n.func) in givers)
        or (isinstance(n, ast.Name | ast.Attribute) and last_word(n) in rows)
        for n in ast.walk(value)
    )


def ids_as_strings(module: Module) -> int:
    """`str(x.id)`, `str(x.some_id)` and `int(x["name"])`."""
    out = [c for c in calls(module, "str") if c.args and _is_id(c.args[0])]
    back = [c for c in calls(module, "int") if c.args and _is_keyed(c.args[0])]
    return len(out) + len(back)


def _is_id(node: ast.expr) -> bool:
    return isinstance(node, ast.Attribute) and re.fullmatch(r"(\w+_)?id", node.attr) is not None


def _is_keyed(node: ast.AST) -> bool:
    """`x["name"]`, read or written."""
    return (
        isinstance(node, ast.Subscript) and isinstance(node.slice, ast.Constant) and isinstance(node.slice.value, str)
    )


# The table


def figures(root: Path) -> tuple[dict[str, str], dict[str, list[str]]]:
    """The rows of the table for one checkout, and under a heading each the places that some of them count."""
    app, tests = read(root, "app"), read(root, "tests")
    desk = [m for m in app if m.within("app.desk")]
    private = {m.path: len(private_reaches(m)) for m in app}
    homes = {(home, name) for name, (home, _) in pages(app).items()}
    into = {m.path: len(page_reaches(m, homes)) for m in desk}
    inside, outside = renamed(app)
    rows = {
        **_sizes({"app": app, "app/desk": desk, "tests": tests}),
        **_circle_rows(app),
        "names of app imported as another": str(len(inside)),
        "names from outside app imported as another": str(len(outside)),
        "private reaches": _in_files(private),
        "reaches into a page": _in_files(into),
        "layout calls in the desk": str(sum(len(calls(m, LAYOUT)) for m in desk)),
        "`# fmt: skip` in app, in tests": ", ".join(str(sum(m.text.count(SKIP) for m in ms)) for ms in (app, tests)),
        **_any_rows(app),
        "ids to strings and back in the desk": _in_files({m.path: ids_as_strings(m) for m in desk}),
    }
    changed, touched = changes(app)
    places = {
        **{f"Circles, imports {words}": list(map(", ".join, circles(graph(app, k)))) for words, k in IMPORTS.items()},
        "Most private reaches": _most(private),
        "Most reaches into a page": _most(into),
        "Files touched for a change": touched,
        "Imported as another, from app": inside,
        "Imported as another, from outside": outside,
    }
    return rows | changed, places


def _in_files(counts: dict[str, int]) -> str:
    return f"{sum(counts.values())} in {sum(n > 0 for n in counts.values())} files"


def _most(counts: dict[str, int]) -> list[str]:
    return [f"{path} {count}" for path, count in Counter(counts).most_common(10) if count]


def _sizes(parts: dict[str, list[Module]]) -> dict[str, str]:
    rows = {f"files, lines of {name}": f"{len(ms)}, {sum(m.lines for m in ms)}" for name, ms in parts.items()}
    app, desk = parts["app"], parts["app/desk"]
    longest = max(app, key=lambda m: m.lines)
    rows["median, longest file of app"] = f"{median(m.lines for m in app):.0f}, {longest.lines} ({longest.path})"
    folders = Counter(m.path.rpartition("/")[0] for m in desk)
    if folders:
        fullest, count = folders.most_common(1)[0]
        rows["folders of the desk, most modules in one"] = f"{len(folders)}, {count} ({fullest})"
    lengths = sorted(
        ((n.end_lineno or n.lineno) - n.lineno + 1, f"{m.path}:{n.lineno} {n.name}")
        for m in app
        if "/migrations/" not in m.path
        for n in m.nodes
        if isinstance(n, FUNCTION)
    )
    if lengths:
        ninety_fifth, (most, where) = lengths[math.ceil(len(lengths) * 0.95) - 1][0], lengths[-1]
        rows["95th of 100, longest function of app"] = f"{ninety_fifth}, {most} ({where})"
    return rows


def _circle_rows(app: list[Module]) -> dict[str, str]:
    found = {words: circles(graph(app, kinds)) for words, kinds in IMPORTS.items()}
    return {
        f"import circles, modules in them: {words}": f"{len(groups)}, {sum(map(len, groups))}"
        for words, groups in found.items()
    }


def _any_rows(app: list[Module]) -> dict[str, str]:
    givers = {name for m in app for name in row_givers(m) if not name.startswith("_")}
    rows = {}
    for words, in_store in (("in store", True), ("outside store", False)):
        part = [m for m in app if m.within("app.store") is in_store]
        counts = (
            sum(len(calls(m, "table_of")) for m in part),
            sum(map(columns, part)),
            sum(row_accesses(m, givers) for m in part),
        )
        rows[f'table_of, .c.name, row["name"] {words}'] = f"{', '.join(map(str, counts))}: {sum(counts)}"
    return rows


def types(root: Path) -> dict[str, str]:
    """What mypy says of app, by package: expressions of type Any, and lines with Any somewhere in a type.

    ROOT's own environment (`.venv`) is asked, or this one where there is none. Ends with mypy's words without a report.
    """
    own = [p for p in (root / ".venv/bin/python", root / ".venv/Scripts/python.exe") if p.exists()]
    with tempfile.TemporaryDirectory() as folder:
        reports = ("--any-exprs-report", folder, "--lineprecision-report", folder, "--cache-dir", f"{folder}/cache")
        command = [str(own[0]) if own else sys.executable, "-m", "mypy", *reports, "-p", "app"]
        done = subprocess.run(command, cwd=root, check=False, capture_output=True, text=True)
        if not Path(folder, "lineprecision.txt").exists():
            sys.exit(f"mypy gave no report for {root}:\n{done.stdout}{done.stderr}")
        expressions = Path(folder, "any-exprs.txt").read_text("utf-8")
        precision = Path(folder, "lineprecision.txt").read_text("utf-8")
    counts: Counter[tuple[str, str]] = Counter()
    for name, anys in re.findall(r"^\s*app\.(\S+) +(\d+)", expressions, re.MULTILINE):
        counts[_package(name), "Any"] += int(anys)
    for name, vague, anys in re.findall(r"^app\.(\S+) +\d+ +\d+ +(\d+) +(\d+)", precision, re.MULTILINE):
        counts[_package(name), "lines"] += int(vague) + int(anys)
    return {
        f"mypy, {package}: Any expressions, lines with Any": f"{counts[package, 'Any']}, {counts[package, 'lines']}"
        for package in ("store", "records", "queries", "actions", "rest")
    }


def _package(name: str) -> str:
    first = name.partition(".")[0]
    return first if first in {"store", "records", "queries", "actions"} else "rest"


def main(arguments: list[str] | None = None) -> None:
    """Print the table, and the names behind its figures."""
    parser = argparse.ArgumentParser(description="What the source is like, in figures.")
    parser.add_argument("roots", nargs="*", type=Path, metavar="ROOT", help="checkouts to read; this one by default")
    parser.add_argument("--places", action="store_true", help="name the places too, a list for each figure")
    parser.add_argument("--types", action="store_true", help="ask mypy as well (half a minute)")
    asked = parser.parse_args(arguments)
    roots = [r.resolve() for r in asked.roots] or [Path(__file__).resolve().parents[1]]
    if missing := [str(root) for root in roots if not (root / "app/__init__.py").is_file()]:
        parser.error(f"no Tenfold in {', '.join(missing)}")
    measured = [figures(root) for root in roots]
    tables = [rows | (types(root) if asked.types else {}) for root, (rows, _) in zip(roots, measured, strict=True)]
    print(f"| what | {' | '.join(root.name for root in roots)} |\n|---|{'---|' * len(roots)}")
    for what in dict.fromkeys(what for rows in tables for what in rows):
        print(f"| {what} | {' | '.join(rows.get(what, '') for rows in tables)} |")
    if asked.places:
        for root, (_, places) in zip(roots, measured, strict=True):
            for heading, lines in places.items():
                print(f"\n**{heading}** ({root.name})\n")
                print("\n".join(f"- {line}" for line in lines) or "none")


if __name__ == "__main__":
    main()
