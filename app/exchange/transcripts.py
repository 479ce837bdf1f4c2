"""A transcript in a file: read whole in a process of its own, or refused with a sentence."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from app.domain.transcript import SaidLine
from app.errors import Refused
from app.exchange.quarantine import SECONDS, TRANSCRIPTS, Failed, Quarantine
from app.store.files import bytes_in
from app.words import tr

TRANSCRIPT_BYTES = 8_000_000
SUFFIXES = (".vtt", ".srt", ".docx", ".txt")


@dataclass(frozen=True)
class ReadTranscript:
    """The lines of a file, its name, and in words what was guessed of its letters; empty where nothing was."""

    name: str
    lines: tuple[SaidLine, ...]
    guess: str = ""


def read_transcript(path: Path, seconds: float = SECONDS) -> ReadTranscript:
    """The transcript in a file. Raises Refused."""
    try:
        content = bytes_in(path, TRANSCRIPT_BYTES + 1)
    except OSError as failed:
        why = tr("it is a folder") if isinstance(failed, IsADirectoryError) else failed.strerror
        raise _no(path, tr("{name} can’t be read: {why}."), why=why or str(failed)) from failed
    if len(content) > TRANSCRIPT_BYTES:
        raise _no(path, tr("{name} is larger than 8 MB, which no transcript is."))
    try:
        with Quarantine(seconds, reader=TRANSCRIPTS) as quarantine:
            told = quarantine.transcript(content)
    except Failed as failed:
        sentence = {
            "late": tr("Reading {name} takes longer than any transcript does; it was left alone."),
        }.get(failed.why, tr("{name} is damaged and can’t be read."))
        raise _no(path, sentence) from failed
    if "problem" in told:
        raise _no(path, str(told["problem"]))
    return ReadTranscript(path.name, tuple(SaidLine(*line) for line in told["lines"]), str(told["guess"]))


def _no(path: Path, sentence: str, **facts: str) -> Refused:
    return Refused(
        sentence.format(name=path.name, **facts),
        tr("Choose the transcript of the call: VTT, SRT, DOCX, or plain text with times."),
    )
