"""The figures about the source are right on a tree small enough to count by hand."""

from __future__ import annotations

from pathlib import Path

from benchmarks import house, source, touched

Tree = dict[str, str]


def modules(root: Path, tree: Tree) -> dict[str, source.Module]:
    """Write a tree, and read it back by module name."""
    for name, text in tree.items():
        path = root / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, "utf-8")
    return {m.name: m for m in source.read(root, "app")}


CIRCLES: Tree = {
    "app/__init__.py": "",
    "app/alone.py": "import json\nfrom app import one\n",
    "app/one.py": "from app.two import B\n",
    "app/two.py": "def late():\n    from app.one import A\n    return A\n",
    "app/parts/__init__.py": "",
    "app/parts/left.py": "from .right import R\n",
    "app/parts/right.py": (
        "from typing import TYPE_CHECKING\n"
        "if TYPE_CHECKING:\n    from . import left\nelse:\n    from app import alone\n"
    ),
}


def test_circles_of_each_kind_of_import(tmp_path: Path) -> None:
    tree = list(modules(tmp_path, CIRCLES).values())
    local, typing = ["app.one", "app.two"], ["app.parts.left", "app.parts.right"]
    assert source.circles(source.graph(tree, (source.TOP,))) == []
    assert source.circles(source.graph(tree, (source.TOP, source.LOCAL))) == [local]
    assert source.circles(source.graph(tree, (source.TOP, source.TYPING))) == [typing]
    assert source.circles(source.graph(tree)) == [local, typing]


def test_a_circle_over_others_is_one(tmp_path: Path) -> None:
    ring = {f"app/m{n}.py": f"import app.m{(n + 1) % 4}\n" for n in range(4)} | {"app/m9.py": "import app.m1\n"}
    assert source.circles(source.graph(list(modules(tmp_path, ring).values()))) == [
        ["app.m0", "app.m1", "app.m2", "app.m3"]
    ]


def test_names_imported_as_another(tmp_path: Path) -> None:
    tree = {
        "app/one.py": (
            "import numpy as np\nfrom app.two import A as B, C\nfrom app.two import D as D\nimport app.two as t\n"
        ),
        "app/parts/two.py": "def f():\n    from .three import (\n        E,\n        F as G,\n    )\n    return E, G\n",
    }
    inside, outside = source.renamed(list(modules(tmp_path, tree).values()))
    assert inside == [
        "app/one.py:2: from app.two import A as B",
        "app/one.py:4: import app.two as t",
        "app/parts/two.py:2: from app.parts.three import F as G",
    ]
    assert outside == ["app/one.py:1: import numpy as np"]


PRIVATE = """
class Own(Other):
    def __init__(self, page):
        self._page = page
        super()._begin()
    def _mine(self): ...
    def __eq__(self, other):
        return other._page is self._page and other._mine() and self._of_base
    def go(self):
        self._page._form.clear()
        row._replace(a=1)
        return self._page.__class__, page._body
"""


def test_private_names_of_others(tmp_path: Path) -> None:
    one = modules(tmp_path, {"app/one.py": PRIVATE})["app.one"]
    assert house.private_reaches(one) == ["app/one.py:10: self._page._form", "app/one.py:12: page._body"]


PAGE = "from app.desk.page import Page\nfrom app.desk.pages.part import Part\nclass OnePage(Page):\n    ...\n"
PART = """
from app.queries.one import OnePage as Shown
from app.desk.pages.one import OnePage
from app.desk.pages.lines import words
class Part:
    def __init__(self, page: OnePage) -> None:
        page.body.clear()
        self._page = page
    def show(self, page: Shown) -> None:
        self._page.form.show(page.name)
"""
DESK: Tree = {
    "app/__main__.py": "def main():\n    from app.desk import places\n",
    "app/desk/page.py": "class Page:\n    ...\n",
    "app/desk/places.py": 'P = (Place("one", built("one"), under="two"), Place("two", built("two", "TwoPage")))\n',
    "app/desk/pages/one.py": PAGE,
    "app/desk/pages/part.py": PART,
    "app/desk/pages/lines.py": "words = 1\n",
    "app/desk/pages/two.py": "from app.desk.page import Page\nimport app.desk.pages.lines\nclass TwoPage(Page): ...\n",
    "app/queries/one.py": "class OnePage: ...\n",
}


def test_reaches_into_a_page(tmp_path: Path) -> None:
    tree = modules(tmp_path, DESK)
    homes = [("app.desk.pages.one", "OnePage")]
    found = house.page_reaches(tree["app.desk.pages.part"], homes)
    assert [f.partition(": ")[2] for f in found] == ["page.body", "self._page.form"]


def test_lines_that_only_one_page_uses(tmp_path: Path) -> None:
    tree = list(modules(tmp_path, DESK).values())
    one, two = ("app.desk.pages.one", True), ("app.desk.pages.two", False)
    assert touched.pages(tree) == {"OnePage": one, "TwoPage": two}
    homes = {"app.desk.pages.one", "app.desk.pages.two"}
    lines = touched.own_lines(tree, "app.desk.pages.one", homes, source.graph(tree))
    assert lines == len(PAGE.splitlines()) + len(PART.splitlines()), "what another page imports too is not its own"


ROWS = """
from sqlalchemy import RowMapping, select
_people, _places = table_of(Person), table_of(Place)
def given(connection) -> list[RowMapping]:
    query = select(_people.c.name, _places.c["town"]).where(_people.c.id == 3)
    return [r for r in connection.execute(query).mappings() if r["name"]]
def shown(connection, values, facts: dict[str, Any]):
    values["name"]
    entry = {"name": facts["a"]}
    for n, row in enumerate(given(connection)):
        entry["town"] = row["town"]
    first = given(connection)[0]
    entry["name"]
    return first["name"], first[0], (again := first)["town"]
"""
USES = """
from app.store.people import given
def lines(settings: dict[str, Any], connection):
    return [one["name"] for one in given(connection)], settings["paper"]
"""


def test_accesses_that_end_at_any(tmp_path: Path) -> None:
    tree = modules(tmp_path, {"app/store/people.py": ROWS, "app/cli.py": USES})
    store, cli = tree["app.store.people"], tree["app.cli"]
    assert len(source.calls(store, "table_of")) == 2
    assert house.columns(store) == 3
    assert house.row_givers(store) == {"given"}
    assert house.row_accesses(store, set()) == 5
    assert house.row_accesses(cli, {"given"}) == 1
    assert house.row_accesses(cli, set()) == 0


def test_ids_as_strings_and_back(tmp_path: Path) -> None:
    text = (
        'a = str(x.id), str(row.manager_id), str(x.name), str(id)\nb = int(values["goal"]), int(minutes), int(x[0])\n'
    )
    assert house.ids_as_strings(modules(tmp_path, {"app/one.py": text})["app.one"]) == 3


def test_files_a_column_and_a_report_touch(tmp_path: Path) -> None:
    tree = {
        "app/tables.py": (
            "class Candidate(Row, table=True):\n    name: str\n    now_at: str\n    left_on: str\n"
            "class Member(Row, table=True):\n    left_on: str\n"
        ),
        "app/form.py": 'FIELDS = ("now_at",)\nREPORT = "acceptance"\n',
        "app/other.py": 'now_at_last = "acceptance of an offer"\n',
    }
    found = list(modules(tmp_path, tree).values())
    assert touched.candidate_columns(found) == ["now_at"]
    assert touched.mentioning(found, "now_at") == ["app/form.py", "app/tables.py"]
    assert touched.naming(found, "acceptance") == ["app/form.py"]


def test_the_table_of_a_tree(tmp_path: Path) -> None:
    modules(tmp_path, DESK | {"tests/test_one.py": "\n" * 7})
    rows, places = house.figures(tmp_path)
    assert rows["files, lines of tests"] == "1, 7"
    assert rows["folders of the desk, most modules in one"] == "2, 4 (app/desk/pages)"
    assert rows["reaches into a page"] == "2 in 1 files"
    assert places["Imported as another, from app"] == [
        "app/desk/pages/part.py:2: from app.queries.one import OnePage as Shown"
    ]
    assert places["Circles, imports all"] == ["app.desk.pages.one, app.desk.pages.part"]
