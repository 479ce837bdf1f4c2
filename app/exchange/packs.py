"""Rubric packs from YAML. Whatever does not hold is named by file, line and field, and nothing is taken in.

A pack comes from anywhere, so the reader takes plain YAML alone: no tags, no aliases, no key twice, bounded in size,
depth and number of nodes.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Generic, TypeVar

from pydantic import ValidationError
from yaml.nodes import MappingNode, Node, ScalarNode, SequenceNode

from app.domain.onboarding import Onboarding
from app.domain.pack import Pack
from app.domain.pack_guide import Levels
from app.domain.practice import PracticeSet
from app.domain.role import Role
from app.domain.rubric import FEWEST, Rubric
from app.domain.value import ACROSS, Value, Way
from app.exchange.yaml_nodes import CORE, Bounds, FileRefused, Problem, compose, decoded, line_of, nearest_line
from app.words import tr

MAX_BYTES = 2_000_000
MAX_DEPTH = 24
MAX_EVENTS = 100_000

_TRUE = {"true", "yes", "on"}
_WHOLE_NUMBER_DIGITS = 12

V = TypeVar("V", bound=Value)


class PackError(FileRefused):
    """A pack was not taken in; `problems` holds everything found, in the order of the files and lines."""

    def __init__(self, problems: Iterable[Problem], remedy: str = "") -> None:
        super().__init__(problems, remedy or tr("Correct the pack and load it again. Nothing was changed."))


@dataclass
class Tree:
    """A file as plain values, and the line each of them stands on; `inside` is where it lies in a larger file."""

    file: str
    value: object = None
    lines: dict[Way, int] = field(default_factory=dict)
    inside: Way = ()

    def problem(self, way: Way, sentence: str) -> Problem:
        """The problem at the nearest place to `way` that is written in the file."""
        field = ".".join(_short(str(p)) for p in (*self.inside, *way))
        return Problem(self.file, nearest_line(self.lines, way), field, sentence)

    def part(self, name: str) -> Tree:
        """One field of the file as a tree of its own, whose problems are still named by the whole file's ways."""
        value: Any = self.value
        lines = {way[1:]: line for way, line in self.lines.items() if way[:1] == (name,)}
        return Tree(self.file, value[name], lines, (*self.inside, name))


_MODELS: Mapping[str, type[Value]] = {
    "rubric": Rubric,
    "role": Role,
    "levels": Levels,
    "onboarding": Onboarding,
    "gym": PracticeSet,
}


@dataclass(frozen=True)
class Located(Generic[V]):
    """A value from a file, and the line each part of it stands on."""

    value: V
    file: str
    lines: Mapping[Way, int]

    def line(self, way: Way) -> int:
        """The line of the nearest place to `way` that is written in the file, from 1."""
        return nearest_line(self.lines, way)


def load_file(path: Path, model: type[V]) -> Located[V]:
    """One file of a pack, or one written like it, by itself. Raises PackError (file, line and field)."""
    tree = read_tree(path.name, _text(path))
    try:
        return Located(model.model_validate(tree.value), tree.file, tree.lines)
    except ValidationError as invalid:
        raise PackError(sorted(_problems(invalid, {"": tree}), key=lambda p: p.line)) from invalid


def load_rubric(path: Path) -> Located[Rubric]:
    """A rubric from its own file, without the rest of its pack. Raises PackError (file, line and field)."""
    return load_file(path, Rubric)


def load_pack(folder: Path) -> Pack:
    """The pack in a folder: rubric.yaml, and what else is there of role.yaml, levels.yaml, onboarding.yaml and
    gym.yaml. Raises PackError (file, line and field)."""
    trees: dict[str, Tree] = {}
    problems: list[Problem] = []
    for name in _MODELS:
        file = f"{name}.yaml"
        if name != "rubric" and not (folder / file).is_file():
            continue
        try:
            trees[name] = read_tree(file, _text(folder / file))
        except PackError as refused:
            problems.extend(refused.problems)
    return pack_of(trees, problems)


def pack_of(trees: Mapping[str, Tree], problems: Iterable[Problem] = ()) -> Pack:
    """The pack of some parts by name, one of them the rubric. Raises PackError with everything found, besides
    `problems` that are known already."""
    found, parts = list(problems), {}
    for name, tree in trees.items():
        try:
            parts[name] = _MODELS[name].model_validate(tree.value)
        except ValidationError as invalid:
            found.extend(sorted(_problems(invalid, {"": tree}), key=lambda p: p.line))
    if found:
        raise PackError(found)
    try:
        pack = Pack.model_validate(parts)
    except ValidationError as invalid:
        raise PackError(_problems(invalid, trees)) from invalid
    if len(pack.rubric.dimensions) < FEWEST:
        words = tr("a rubric needs at least {n} dimensions.").format(n=FEWEST)
        raise PackError([trees["rubric"].problem(("dimensions",), words)])
    return pack


def _text(path: Path) -> str:
    """The file's text. Raises PackError."""
    if not path.is_file():
        raise PackError([Problem(path.name, 0, "", tr("this file is missing."))])
    try:
        with path.open("rb") as opened:
            content = opened.read(MAX_BYTES + 1)
    except OSError as failed:
        words = tr("this file can't be read: {why}.").format(why=failed.strerror)
        raise PackError([Problem(path.name, 0, "", words)]) from failed
    if len(content) > MAX_BYTES:
        raise PackError([Problem(path.name, 0, "", tr("this file is larger than 2 MB."))])
    return decoded(path.name, content, PackError)


def read_tree(file: str, text: str) -> Tree:
    """The YAML as plain values with their lines. Raises PackError."""
    aliases = tr("a pack takes no aliases (*); write the value out.")
    root = compose(
        file, text, Bounds(MAX_DEPTH, MAX_EVENTS, aliases, tr("this file holds too much for a pack.")), PackError
    )
    tree = Tree(file, lines={(): line_of(root)})
    tree.value = _value(tree, (), root)
    return tree


def _value(tree: Tree, way: Way, node: Node) -> object:
    tree.lines.setdefault(way, line_of(node))
    if isinstance(node, MappingNode) and node.tag == f"{CORE}map":
        return _mapping(tree, way, node)
    if isinstance(node, SequenceNode) and node.tag == f"{CORE}seq":
        return [_value(tree, (*way, place), item) for place, item in enumerate(node.value)]
    if isinstance(node, ScalarNode):
        return _scalar(tree, way, node)
    raise PackError([tree.problem(way, _no_tag(node))])


def _mapping(tree: Tree, way: Way, node: MappingNode) -> dict[str, object]:
    found: dict[str, object] = {}
    for key, item in node.value:
        if not isinstance(key, ScalarNode) or key.tag != f"{CORE}str":
            here = tree.problem(way, tr("a field's name must be plain text."))
            raise PackError([Problem(tree.file, line_of(key), here.field, here.sentence)])
        inner = (*way, key.value)
        if key.value in found:
            here = tree.problem(inner, tr("this field stands here twice."))
            raise PackError([Problem(tree.file, line_of(key), here.field, here.sentence)])
        tree.lines[inner] = line_of(key)
        found[key.value] = _value(tree, inner, item)
    return found


def _scalar(tree: Tree, way: Way, node: ScalarNode) -> object:
    kind, text = node.tag.removeprefix(CORE), str(node.value)
    if kind == "str":
        return text
    if kind == "null":
        return None
    if kind == "bool":
        return text.lower() in _TRUE
    if kind == "int" and text.lstrip("+-").isdecimal() and len(text) <= _WHOLE_NUMBER_DIGITS:
        return int(text)
    if kind in {"int", "float", "timestamp"}:
        words = tr("“{text}” is read as a number or a date; put it in quotes.")
        raise PackError([tree.problem(way, words.format(text=_short(text)))])
    raise PackError([tree.problem(way, _no_tag(node))])


def _no_tag(node: Node) -> str:
    return tr("a pack takes no tags, and here is “{tag}”.").format(tag=_short(node.tag))


def _short(text: str) -> str:
    return text if len(text) <= 40 else f"{text[:39]}…"


def _problems(invalid: ValidationError, trees: Mapping[str, Tree]) -> list[Problem]:
    """Every error of a validation. With several trees, the first part of a way names the tree."""
    found = []
    for error in invalid.errors(include_url=False):
        faults = error["ctx"]["faults"] if error["type"] == ACROSS else [((), sentence_of(error))]
        for inner, sentence in faults:
            way: Way = (*(p for p in error["loc"] if p != "[key]"), *inner)
            name, way = ("", way) if "" in trees else (str(way[0]), way[1:])
            found.append(trees[name].problem(way, f"{sentence}."))
    return found


def sentence_of(error: Mapping[str, Any]) -> str:
    """A validation error in our words; pydantic's own where we have none."""
    kind = error["type"]
    if kind == "too_long" and isinstance(error["input"], str):
        kind = "string_too_long"
    words = _WORDS.get(kind)
    return tr(words).format(**error.get("ctx", {})) if words else str(error["msg"])


_WORDS = {
    "missing": "this field is missing",
    "extra_forbidden": "a pack has no such field here",
    "string_type": "this must be text; put it in quotes if it looks like a number or yes or no",
    "int_type": "this must be a whole number",
    "bool_type": "this must be true or false",
    "tuple_type": "this must be a list",
    "model_type": "this must hold fields of its own",
    "mapping_type": "this must hold fields of its own",
    "literal_error": "this must be {expected}",
    "string_too_short": "this is empty",
    "string_too_long": "this is longer than {max_length} characters",
    "too_short": "this needs at least {min_length}, and has {actual_length}",
    "too_long": "this may have {max_length} at most",
    "greater_than_equal": "this must be {ge} or more",
    "less_than_equal": "this must be {le} or less",
}
