"""The modules of a checkout as text and syntax trees, and who imports whom; nothing of it is imported or run."""

from __future__ import annotations

import ast
import re
from collections.abc import Collection, Iterator
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

TOP, LOCAL, TYPING = "top", "local", "typing"
FUNCTION = (ast.FunctionDef, ast.AsyncFunctionDef)
Graph = dict[str, set[str]]


@dataclass(frozen=True)
class Module:
    """One file: its dotted name, its path from the root, and its text."""

    name: str
    path: str
    text: str

    @cached_property
    def tree(self) -> ast.Module:
        """The file's syntax tree."""
        return ast.parse(self.text, self.path)

    @cached_property
    def nodes(self) -> list[ast.AST]:
        """Every node of the tree."""
        return list(ast.walk(self.tree))

    @property
    def lines(self) -> int:
        """Lines of the file."""
        return len(self.text.splitlines())

    def within(self, package: str) -> bool:
        """Whether it lies in the package, at any depth."""
        return f"{self.name}.".startswith(f"{package}.")


def read(root: Path, folder: str) -> list[Module]:
    """The modules of one folder of a checkout, by path."""
    found = []
    for path in sorted((root / folder).rglob("*.py")):
        parts = path.relative_to(root).with_suffix("").parts
        name = ".".join(parts[:-1] if parts[-1] == "__init__" else parts)
        found.append(Module(name, path.relative_to(root).as_posix(), path.read_text("utf-8")))
    return found


def last_word(node: ast.AST) -> str:
    """`c` of `c` and of `a.b.c`, also when it is called or subscripted; else nothing."""
    if isinstance(node, ast.Call):
        return last_word(node.func)
    if isinstance(node, ast.Subscript):
        return last_word(node.value)
    return node.id if isinstance(node, ast.Name) else node.attr if isinstance(node, ast.Attribute) else ""


def calls(module: Module, names: str) -> list[ast.Call]:
    """Calls of what is named like this (a regular expression), on whatever it is called."""
    return [n for n in module.nodes if isinstance(n, ast.Call) and re.fullmatch(names, last_word(n.func))]


def imports(module: Module) -> Iterator[tuple[str, ast.Import | ast.ImportFrom]]:
    """Every import and where it stands: TOP, LOCAL or TYPING."""
    waiting: list[tuple[str, ast.AST]] = [(TOP, module.tree)]
    while waiting:
        kind, node = waiting.pop()
        if isinstance(node, ast.Import | ast.ImportFrom):
            yield kind, node
        elif isinstance(node, ast.If) and last_word(node.test) == "TYPE_CHECKING":
            waiting += [(TYPING, child) for child in node.body] + [(kind, child) for child in node.orelse]
        else:
            inner = LOCAL if kind == TOP and isinstance(node, FUNCTION) else kind
            waiting += [(inner, child) for child in ast.iter_child_nodes(node)]


def origin(module: Module, node: ast.ImportFrom) -> str:
    """The module that a `from … import` names, dots resolved."""
    if not node.level:
        return node.module or ""
    is_package = module.path.endswith("__init__.py")
    parts = module.name.split(".")
    above = parts[: len(parts) - node.level + is_package]
    return ".".join([*above, *filter(None, [node.module])])


def graph(modules: list[Module], kinds: Collection[str] = (TOP, LOCAL, TYPING)) -> Graph:
    """Who imports whom, of these modules, by imports of these kinds."""
    edges: Graph = {m.name: set() for m in modules}
    for module in modules:
        for kind, node in imports(module):
            if kind not in kinds:
                continue
            if isinstance(node, ast.Import):
                wanted = [(alias.name, alias.name) for alias in node.names]
            else:
                source = origin(module, node)
                wanted = [(f"{source}.{alias.name}", source) for alias in node.names]
            edges[module.name] |= {whole if whole in edges else part for whole, part in wanted} & edges.keys()
        edges[module.name].discard(module.name)
    return edges


def reached(edges: Graph, starts: Collection[str], past: str = "") -> set[str]:
    """What can be reached from any of the starts, themselves included, without going through `past`."""
    found: set[str] = set()
    waiting = [s for s in starts if s != past]
    while waiting:
        name = waiting.pop()
        if name not in found:
            found.add(name)
            waiting += [n for n in edges[name] if n != past]
    return found


def circles(edges: Graph) -> list[list[str]]:
    """Groups of more than one module that all reach each other, the largest first."""
    reach = {name: reached(edges, edges[name]) for name in edges}
    groups = {tuple(sorted(n for n in reach[name] if name in reach[n])) for name in edges if name in reach[name]}
    return sorted((list(g) for g in groups if len(g) > 1), key=lambda g: (-len(g), g))


def renamed(modules: list[Module]) -> tuple[list[str], list[str]]:
    """Names imported as another one, "path:line: from x import y as z": of app, and of what lies outside."""
    inside: list[str] = []
    outside: list[str] = []
    for module in modules:
        for _, node in imports(module):
            source = origin(module, node) if isinstance(node, ast.ImportFrom) else ""
            for alias in node.names:
                if alias.asname and alias.asname != alias.name:
                    ours = f"{source or alias.name}.".startswith("app.")
                    words = f"from {source} import " if source else "import "
                    line = f"{module.path}:{node.lineno}: {words}{alias.name} as {alias.asname}"
                    (inside if ours else outside).append(line)
    return sorted(inside), sorted(outside)
