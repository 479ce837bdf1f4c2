"""A leveling guide as YAML, and back: the same guide comes in that went out, extras and all."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

import yaml
from pydantic import ValidationError

from app.domain.guide import Guide
from app.domain.value import ACROSS, Way
from app.exchange.located_values import LadderError, Marked
from app.exchange.packs import sentence_of
from app.exchange.yaml_nodes import Problem
from app.words import tr

FORMAT = "tenfold_guide"
_VERSION = 1
_WIDTH = 110


def guide_yaml(guide: Guide) -> bytes:
    """The guide as YAML in UTF-8; the same guide gives the same bytes."""
    content = guide.model_dump(mode="json", by_alias=True, exclude_defaults=True)
    for level in content["levels"]:  # in the order of the strip, however the guide was kept
        level["cells"] = {d: level["cells"][d] for d in guide.dimension_ids if d in level["cells"]}
    text = yaml.safe_dump(
        {FORMAT: _VERSION, **content}, allow_unicode=True, sort_keys=False, width=_WIDTH, default_flow_style=False
    )
    return text.encode("utf-8")


def is_guide(tree: Marked) -> bool:
    """Whether a file says that it is a guide Tenfold wrote."""
    return isinstance(tree.value, dict) and FORMAT in tree.value


def guide_in(tree: Marked) -> Guide:
    """The guide of such a file. Raises LadderError with the line of everything that does not hold."""
    content = dict(tree.value)
    if content.pop(FORMAT) != _VERSION:
        words = tr("this guide was written by a newer Tenfold.")
        raise LadderError([tree.problem((FORMAT,), words)])
    try:
        return Guide.model_validate(content)
    except ValidationError as invalid:
        raise LadderError(problems_of(invalid, tree)) from invalid


def problems_of(invalid: ValidationError, tree: Marked) -> list[Problem]:
    """Every error of a validation at its line."""
    return sorted(_problems(invalid.errors(include_url=False), tree), key=lambda p: p.line)


def _problems(errors: Iterable[Mapping[str, Any]], tree: Marked) -> Iterable[Problem]:
    for error in errors:
        faults = error["ctx"]["faults"] if error["type"] == ACROSS else [((), sentence_of(error))]
        for inner, sentence in faults:
            way: Way = (*(p for p in error["loc"] if p != "[key]"), *inner)
            yield tree.problem(way, f"{sentence}.")
