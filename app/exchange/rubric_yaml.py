"""A rubric with all that belongs to it as one YAML file, and back: the same rubric gives the same bytes."""

from __future__ import annotations

from typing import Any

import yaml

from app.domain.pack import PARTS, Pack
from app.exchange.packs import PackError, Tree, pack_of
from app.exchange.rubric_content import content_of
from app.words import tr

FORMAT = "tenfold_rubric"
_VERSION = 1
_WIDTH = 110


def rubric_yaml(pack: Pack) -> bytes:
    """The pack as YAML in UTF-8: the rubric's own fields, then the role card, levels, onboarding and practice."""
    text = yaml.dump(
        {FORMAT: _VERSION, **content_of(pack)},
        Dumper=_Dumper,
        allow_unicode=True,
        sort_keys=False,
        width=_WIDTH,
        default_flow_style=False,
    )
    return text.encode("utf-8")


def is_rubric(value: object) -> bool:
    """Whether a file's values are those of a rubric: one that Tenfold wrote, or a rubric.yaml by itself."""
    return isinstance(value, dict) and (FORMAT in value or {"dimensions", "exercises"} <= value.keys())


def pack_in(tree: Tree) -> Pack:
    """The pack of such a file. Raises PackError with the line of everything that does not hold."""
    value: Any = tree.value
    if not is_rubric(value):
        raise PackError([tree.problem((), tr("this is no rubric: it has neither dimensions nor exercises."))])
    if FORMAT not in value:
        return pack_of({"rubric": tree})
    if value[FORMAT] != _VERSION:
        raise PackError([tree.problem((FORMAT,), tr("this rubric was written by a newer Tenfold."))])
    strange = [name for name in value if name not in (FORMAT, "rubric", *PARTS)]
    if strange:
        raise PackError([tree.problem((name,), tr("a rubric has no such part.")) for name in strange])
    if "rubric" not in value:
        raise PackError([tree.problem((), tr("this file has no part “rubric”."))])
    return pack_of({name: tree.part(name) for name in ("rubric", *PARTS) if name in value})


class _Dumper(yaml.SafeDumper):
    """Writes no aliases: who reads a rubric takes none."""

    def ignore_aliases(self, data: object) -> bool:
        return True
