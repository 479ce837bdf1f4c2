"""The lists of the rubric check, from the files that come with Tenfold."""

from __future__ import annotations

from functools import cache

from app.domain.rubric_check.lists import CheckLists, NarrowingList, NotAskedList
from app.exchange.packs import load_file
from app.resources import resource

FOLDER = "rubric_check"


@cache
def check_lists() -> CheckLists:
    """What must not be asked, under every jurisdiction there is a list for, and words that narrow the field."""
    not_asked = load_file(resource(FOLDER, "not_asked.yaml"), NotAskedList).value
    narrowing = load_file(resource(FOLDER, "narrowing.yaml"), NarrowingList).value
    return CheckLists(not_asked=not_asked.subjects, narrowing=narrowing.words)
