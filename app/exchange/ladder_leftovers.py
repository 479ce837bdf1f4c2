"""What is left of a file once a map has taken its part: the warrant that an import loses nothing."""

from __future__ import annotations

import json
from typing import Any

from app.domain.guide import Extra
from app.domain.value import Way
from app.exchange.ladder_map import LadderItem
from app.exchange.located_values import Marked
from app.words import tr

_GONE: Any = object()
_LONGEST_NAME = 400


class Rest:
    """Knows which places of a file were used; the others can be asked for as extras, each once."""

    def __init__(self, tree: Marked) -> None:
        self._tree = tree
        self._used: set[Way] = set()

    def at(self, way: Way) -> Any:
        """The value at a place, or None."""
        node = self._tree.value
        for part in way:
            inside = part in node if isinstance(node, dict) else isinstance(node, list) and part in range(len(node))
            if not inside:
                return None
            node = node[part]
        return node

    def used(self, way: Way) -> None:
        """This place, and all in it, has its place in the guide."""
        self._used.add(way)

    def put_back(self, way: Way) -> None:
        """This place has none after all."""
        self._used.discard(way)

    def extras_of(self, way: Way) -> list[Extra]:
        """The fields of the item at a place that were not used, each under its name; they are used then."""
        left = self._left(way, self.at(way))
        self.used(way)
        if left is _GONE:
            return []
        if not isinstance(left, dict):
            return [extra_of("rest", left)]
        return [extra_of(name, value) for name, value in left.items()]

    def _left(self, way: Way, node: Any) -> Any:
        """The value without what was used; a table or list that was emptied by that is gone, an empty one is not."""
        if way in self._used:
            return _GONE
        if isinstance(node, dict):
            kept = {k: v for k, inner in node.items() if (v := self._left((*way, k), inner)) is not _GONE}
            return kept if kept or not node else _GONE
        if isinstance(node, list):
            items = [v for n, inner in enumerate(node) if (v := self._left((*way, n), inner)) is not _GONE]
            return items if items or not node else _GONE
        return node


def extra_of(name: str, value: object) -> Extra:
    """Something kept under its name; what is no name goes in with it."""
    if not 0 < len(name) <= _LONGEST_NAME:
        name, value = "rest", {name: value}
    return Extra(name=name, content=json.dumps(value, ensure_ascii=False))


def keys_unsaid(item: LadderItem, *known: str) -> list[Extra]:
    """What the item of a list lies under, where nothing else says it."""
    return [extra_of(tr("Key"), key) for key in item.keys if isinstance(key, str) and key not in known]
