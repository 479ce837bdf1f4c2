"""What a worker answers of a file whose faults are named by line, and how its asker hears it."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from typing import Any

from app.exchange.reader_process import DAMAGED
from app.exchange.yaml_nodes import FileRefused, Problem


def answer_of(read: Callable[[], Mapping[str, object]]) -> tuple[bytes, bytes]:
    """What was read as JSON, or what is wrong with it by line; a file that breaks a library is damaged."""
    try:
        found = read()
    except FileRefused as wrong:
        found = {"problems": [[p.file, p.line, p.field, p.sentence] for p in wrong.problems]}
    except DAMAGED:
        return b"E", b"damaged"
    return b"J", json.dumps(found).encode("ascii")


def problems_in(told: Mapping[str, Any]) -> list[Problem]:
    """What is wrong with the file, by an answer; empty where it was read."""
    return [Problem(*problem) for problem in told.get("problems", ())]
