"""Transcripts that were cut short, had bits flipped, lines moved, or were blown up: each is read as lines, or refused;
nothing crashes, hangs or grows out of bounds."""

from __future__ import annotations

import random
import time
from collections.abc import Callable

import pytest

from app.domain.transcript import LONGEST_LINE, MOST_LINES, SaidLine, content_of, lines_of
from app.exchange.quarantine import TRANSCRIPTS, Failed, Quarantine
from tests.exchange.test_transcripts import BRACKETS, NAMES, SRT, TEAMS, ZOOM, docx

SECONDS = 10.0
Mutation = Callable[[random.Random, bytes], bytes]
WHOLE = (
    *(text.encode() for text in (TEAMS, ZOOM, SRT, BRACKETS, NAMES)),
    TEAMS.encode("utf-16"),
    docx("Noor Said   0:03\nWhat broke?", "Ada Lind   1:00:05\nThe pager."),
)


def cut(chance: random.Random, call: bytes) -> bytes:
    return call[: chance.randrange(len(call))]


def flip(chance: random.Random, call: bytes) -> bytes:
    changed = bytearray(call)
    for _ in range(chance.choice((1, 3, 30))):
        changed[chance.randrange(len(changed))] ^= 1 << chance.randrange(8)
    return bytes(changed)


def shuffle(chance: random.Random, call: bytes) -> bytes:
    lines = call.split(b"\n")
    chance.shuffle(lines)
    return b"\n".join(lines)


def swell(chance: random.Random, call: bytes) -> bytes:
    start = chance.randrange(len(call))
    return call[:start] + call[start : start + 200] * chance.choice((3, 300, 20_000)) + call[start:]


def strew(chance: random.Random, call: bytes) -> bytes:
    """What marks, times and archives are made of, where it does not belong."""
    pieces = (
        b"-->",
        b"<v ",
        b"<v a>",
        b"00:00:00",
        b"\n\n",
        b"::::",
        b"WEBVTT",
        b"&#x110000;",
        b"\x00",
        b"\xff\xfe",
        b"PK",
    )
    for _ in range(chance.randrange(1, 30)):
        start = chance.randrange(len(call))
        call = call[:start] + chance.choice(pieces) * chance.choice((1, 2, 500)) + call[start:]
    return call


def mix(chance: random.Random, call: bytes) -> bytes:
    other = chance.choice(WHOLE)
    return call[: chance.randrange(len(call))] + other[chance.randrange(len(other)) :]


MUTATIONS: tuple[Mutation, ...] = (cut, flip, flip, shuffle, swell, strew, mix)


def run(count: int, seed: int) -> int:
    """Read so many mutated transcripts; gives how many were read."""
    chance, read = random.Random(seed), 0
    with Quarantine(reader=TRANSCRIPTS) as quarantine:
        for number in range(count):
            mutated = chance.choice(MUTATIONS)(chance, chance.choice(WHOLE))
            began = time.perf_counter()
            try:
                told = quarantine.transcript(mutated)
            except Failed as failed:
                assert failed.why in ("damaged", "large"), (seed, number, failed.why)
                continue
            finally:
                assert time.perf_counter() - began < SECONDS, (seed, number)
            if "problem" in told:
                assert "{name}" in told["problem"]
                continue
            read += 1
            lines = tuple(SaidLine(*line) for line in told["lines"])
            assert 0 < len(lines) <= MOST_LINES
            assert lines_of(content_of(lines)) == lines
            assert any(line.at is not None for line in lines)
            assert all(line.text.strip() for line in lines), (seed, number)
            assert all(len(line.text) <= LONGEST_LINE or " " not in line.text for line in lines), (seed, number)
    return read


def test_sixty_mutated_transcripts_are_read_or_refused() -> None:
    assert 0 < run(60, 7) < 60


@pytest.mark.trial
@pytest.mark.parametrize("seed", range(5))
def test_a_thousand_mutated_transcripts(seed: int) -> None:
    assert 0 < run(200, 200 + seed) < 200
