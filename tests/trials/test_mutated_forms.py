"""Forms that were cut short, had bits flipped, fields swapped, or were blown up: each is accepted for what it says, or
turned down; nothing crashes, hangs, or is half there."""

from __future__ import annotations

import random
import time
from collections.abc import Callable, Iterator
from io import BytesIO
from pathlib import Path
from typing import Any

import pikepdf
import pytest
from pikepdf import Name, String
from pypdf import PdfReader
from pypdf.errors import PyPdfError

from app.actions.scorecard_form import Original
from app.domain.scorecard_form import FilledForm, Reason
from app.exchange.quarantine import LARGEST, Quarantine
from app.exchange.scorecard_form import accept, judge_form
from app.packets.kit.packet import interview_kit
from app.queries.kit import kit_facts
from app.store.check import check_workspace
from tests.actions.panel import Panel
from tests.exchange.filling import edited, nodes, whole, with_pypdf, with_values_only

SECONDS = 10.0
ROWS = ("scorecard", "rating", "note", "observed_signal", "returned_form")
Mutation = Callable[[random.Random, bytes], bytes]


def cut(chance: random.Random, form: bytes) -> bytes:
    return form[: chance.randrange(len(form))]


def flip(chance: random.Random, form: bytes) -> bytes:
    changed = bytearray(form)
    for _ in range(chance.choice((1, 3, 30, 300))):
        changed[chance.randrange(len(changed))] ^= 1 << chance.randrange(8)
    return bytes(changed)


def drop_middle(chance: random.Random, form: bytes) -> bytes:
    start = chance.randrange(len(form))
    return form[:start] + form[start + chance.randrange(1, 4000) :]


def twice_over(chance: random.Random, form: bytes) -> bytes:
    start = chance.randrange(len(form))
    return form[:start] + form[start : start + 3000] * chance.randrange(2, 5) + form[start:]


def swap(chance: random.Random, form: bytes) -> bytes:
    """Two fields change names, or their values, or their places in the tree."""

    def change(pdf: pikepdf.Pdf) -> None:
        known = nodes(pdf)
        one, other = (known[name] for name in chance.sample(sorted(known), 2))
        for key in chance.choice((("/T",), ("/V",), ("/T", "/V"), ("/Parent",), ("/FT",), ("/Kids",))):
            mine, theirs = one.get(key), other.get(key)
            for node, value in ((one, theirs), (other, mine)):
                if value is not None:
                    node[key] = value
                elif key in node:
                    del node[key]

    return edited(form, change)


def huge(chance: random.Random, form: bytes) -> bytes:
    """One value, one picture or the whole file grows out of bounds."""
    if chance.random() < 0.3:
        return form + b"\n" * (LARGEST + 1 - len(form))

    def change(pdf: pikepdf.Pdf) -> None:
        if chance.random() < 0.5:
            nodes(pdf)[chance.choice(("notes", "date", "overall"))].V = String("x" * chance.choice((30_000, 3_000_000)))
        else:
            bomb = pdf.make_stream(b"0 0 m 9 9 l S " * 300_000)
            pdf.pages[0].obj.Contents = bomb

    return edited(form, change)


def odd_values(chance: random.Random, form: bytes) -> bytes:
    """Values of the wrong kind."""

    def change(pdf: pikepdf.Pdf) -> None:
        odd: list[Any] = [
            7,
            True,
            String(b"\xff\xfe\x00"),
            Name("/5"),
            pikepdf.Array([1]),
            pikepdf.Dictionary(),
            String(""),
        ]
        for name in chance.sample(sorted(nodes(pdf)), 3):
            nodes(pdf)[name].V = chance.choice(odd)

    return edited(form, change)


MUTATIONS: tuple[Mutation, ...] = (cut, flip, flip, drop_middle, twice_over, swap, huge, odd_values)


@pytest.fixture
def panel(tmp_path: Path) -> Iterator[Panel]:
    made = Panel(tmp_path)
    yield made
    made.workspace.close()


def counts(panel: Panel) -> tuple[int, ...]:
    with panel.workspace.read() as connection:
        return tuple(int(connection.exec_driver_sql(f"SELECT count(*) FROM {name}").scalar() or 0) for name in ROWS)


def read_elsewhere(form: bytes) -> dict[str, str] | None:
    """Values as another reader finds them; None where it finds none."""
    try:
        found = PdfReader(BytesIO(form)).get_fields() or {}
        return {name: str(field.get("/V", "")).removeprefix("/") for name, field in found.items()}
    except (PyPdfError, ValueError, KeyError, TypeError, AttributeError, RecursionError, OSError, AssertionError):
        return None


def says_the_same(filled: FilledForm, given: FilledForm, elsewhere: dict[str, str] | None) -> bool:
    """What was accepted is what was filled in, or what another reader reads in the same bytes."""
    if (filled.ratings, filled.overall) == (given.ratings, given.overall):
        return True
    if elsewhere is None:
        return False
    for rating in filled.ratings:
        chosen = str(rating.score) if rating.score else rating.reason
        if elsewhere.get(f"{rating.dimension}.score") != chosen:
            return False
    return elsewhere.get("overall") == filled.overall


def run(panel: Panel, count: int, seed: int) -> tuple[int, float]:
    """Judge so many mutated forms and bring in those that fit; gives how many fitted and the longest time."""
    chance = random.Random(seed)
    spec = kit_facts(panel.workspace, panel.interviews[0]).spec
    pages = interview_kit(kit_facts(panel.workspace, panel.interviews[0])).bytes
    forms = [with_pypdf(pages, whole(spec)), with_values_only(pages, whole(spec), "utf-8")]
    fitted, longest = 0, 0.0
    with Quarantine() as quarantine:
        given = judge_form(panel.workspace, Original("whole.pdf", forms[0]), quarantine).filled
        assert given is not None
        before = counts(panel)
        for number in range(count):
            mutated = chance.choice(MUTATIONS)(chance, chance.choice(forms))
            began = time.perf_counter()
            verdict = judge_form(panel.workspace, Original("a.pdf", mutated), quarantine)
            longest = max(longest, time.perf_counter() - began)
            assert longest < SECONDS, number
            assert verdict.reason is None or isinstance(verdict.reason, Reason)
            assert counts(panel) == before, number
            if verdict.fits:
                fitted += 1
                assert verdict.filled is not None
                assert says_the_same(verdict.filled, given, read_elsewhere(mutated)), (seed, number)
                newest = verdict
    if fitted:
        _, changed = accept(panel.workspace, newest)
        assert changed is not None
    assert check_workspace(panel.workspace) == []
    return fitted, longest


def test_a_hundred_mutated_forms_are_accepted_for_what_they_say_or_turned_down(panel: Panel) -> None:
    fitted, _ = run(panel, 100, 4)
    assert 0 < fitted < 100


@pytest.mark.trial
@pytest.mark.parametrize("seed", range(10))
def test_two_thousand_mutated_forms(panel: Panel, seed: int) -> None:
    fitted, _ = run(panel, 200, 100 + seed)
    assert 0 < fitted < 200
