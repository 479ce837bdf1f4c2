"""Strangers' files are read in a process of its own: one that hangs or crashes its reader takes down no more."""

from __future__ import annotations

import contextlib
import json
import os
import queue
import struct
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from types import TracebackType
from typing import Any, Self

import app
from app.exchange.form_protocol import ANSWER, LADDER, PICTURE, READ, REQUEST

LARGEST = 12 * 1024 * 1024
"""Bytes of a file that is read at all; a kit has some 100,000."""

SECONDS = 8.0
"""How long one file may take."""

FORMS, LADDERS = "app.exchange.form_reader", "app.exchange.ladder_reader"
RUBRICS = "app.exchange.rubric_reader"
TRANSCRIPTS, WORDS = "app.exchange.transcript_reader", "app.exchange.file_words_reader"
PEOPLE, PREVIEWS = "app.exchange.people_reader", "app.exchange.file_preview_reader"
"""Who reads: of PDFs, of ladders, of rubrics, of transcripts, of attached files, of tables of people, of files that are
looked at."""

_STARTING = 30.0  # seconds until a worker is ready; its imports take half of one on a quiet machine
_LARGEST_ANSWER = 128 * 1024 * 1024
_LOOKS = 0.05  # seconds between two looks at whether an answer is still wanted
_SIZE = struct.Struct(">II")


class Failed(Exception):
    """A file that was not read; `why` is a word of `exchange.scorecard_form`: damaged, locked, late, large, …"""

    def __init__(self, why: str) -> None:
        super().__init__(why)
        self.why = why


@dataclass(frozen=True)
class PagePicture:
    """A page as rows of red, green, blue."""

    width: int
    height: int
    pixels: bytes


def _still_wanted() -> None:
    """Nobody takes back what was asked."""


class Quarantine:
    """A worker that reads one file after the other; a new one takes its place when a file was its end.

    Used in one thread at a time, as a context manager. `wanted` is called while it waits, and raises where nobody
    wants the answer any more.
    """

    def __init__(
        self,
        seconds: float = SECONDS,
        *,
        reader: str = FORMS,
        largest: int = LARGEST,
        wanted: Callable[[], None] = _still_wanted,
    ) -> None:
        self._seconds, self._reader = seconds, reader
        self._largest, self._wanted = largest, wanted
        self._worker: _Worker | None = None

    def __enter__(self) -> Self:
        return self

    def __exit__(self, kind: type[BaseException] | None, value: BaseException | None, at: TracebackType | None) -> None:
        self.close()

    def close(self) -> None:
        """End the worker."""
        if self._worker is not None:
            self._worker.end()
            self._worker = None

    def read(self, content: bytes) -> dict[str, Any]:
        """What a PDF holds, as `formreader.read_form` says. Raises Failed."""
        kind, answer = self._ask(READ, 0, content)
        if kind != b"J":
            raise Failed("damaged")
        found: dict[str, Any] = json.loads(answer)
        return found

    def told(self, name: str, files: Sequence[tuple[str, bytes]], encoding: str = "") -> dict[str, Any]:
        """What the files of a ladder or a rubric hold, as their reader says. Raises Failed."""
        head = json.dumps([_plain(name), [[_plain(file), len(content)] for file, content in files], encoding])
        kind, answer = self._ask(LADDER, len(head), b"".join([head.encode("ascii"), *(c for _, c in files)]))
        if kind != b"J":
            raise Failed("damaged")
        found: dict[str, Any] = json.loads(answer)
        return found

    def transcript(self, content: bytes) -> dict[str, Any]:
        """What a transcript holds, as `transcript_reader` says. Raises Failed."""
        kind, answer = self._ask(READ, 0, content)
        if kind != b"J":
            raise Failed("damaged")
        found: dict[str, Any] = json.loads(answer)
        return found

    def words(self, content: bytes) -> dict[str, Any]:
        """What an attached file says, as `file_words_reader` says. Raises Failed."""
        return self.transcript(content)

    def preview(self, content: bytes) -> dict[str, Any]:
        """What an attached file is, as `file_preview_reader` says. Raises Failed."""
        return self.transcript(content)

    def people(self, said: Sequence[str], content: bytes) -> bytes:
        """What a table of people holds, in lines, as `people_reader` says. Raises Failed."""
        head = json.dumps([_plain(word) for word in said]).encode("ascii")
        kind, answer = self._ask(READ, len(head), head + content)
        if kind != b"J":
            raise Failed("damaged")
        return answer

    def picture(self, content: bytes, page: int) -> PagePicture:
        """One page as it looks, from 0. Raises Failed."""
        kind, answer = self._ask(PICTURE, page, content)
        if kind != b"B" or len(answer) < _SIZE.size:
            raise Failed("damaged")
        width, height = _SIZE.unpack_from(answer)
        pixels = answer[_SIZE.size :]
        if len(pixels) != width * height * 3:
            raise Failed("damaged")
        return PagePicture(width, height, pixels)

    def _ask(self, kind: bytes, number: int, content: bytes) -> tuple[bytes, bytes]:
        if len(content) > self._largest:
            raise Failed("large")
        try:
            if self._worker is None:
                self._worker = _Worker(self._reader)
                self._worker.ask(
                    b"", _STARTING, self._wanted
                )  # it says that it is ready; what a file takes is counted from then
            said, answer = self._worker.ask(
                REQUEST.pack(kind, number, len(content)) + content, self._seconds, self._wanted
            )
        except BaseException:
            self.close()
            raise
        if said == b"E":
            raise Failed(answer.decode("ascii", "replace"))
        return said, answer


def _plain(name: str) -> str:
    """A file's name as text that any process can be told, whatever its bytes are."""
    return name.encode("utf-8", "replace").decode("utf-8")


class _Worker:
    """One process. Threads write to it and hear it while it is asked, so that it can hold nobody up."""

    def __init__(self, reader: str) -> None:
        root = str(Path(app.__file__).resolve().parents[1])
        before = os.environ.get("PYTHONPATH", "")
        self._process = subprocess.Popen(  # noqa: S603  (this Python and this module: nothing of the file)
            [sys.executable, "-P", "-m", reader],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            env={**os.environ, "PYTHONPATH": os.pathsep.join(p for p in (root, before) if p)},
            creationflags=getattr(subprocess, "CREATE_NO_WINDOW", 0),
        )

    def ask(self, request: bytes, seconds: float, wanted: Callable[[], None]) -> tuple[bytes, bytes]:
        """Its answer. Raises Failed where it died or took too long, and what `wanted` raises; it is ended then."""
        answers: queue.SimpleQueue[tuple[bytes, bytes] | None] = queue.SimpleQueue()
        threads = [
            threading.Thread(target=self._write, args=(request,), name="tenfold-quarantine-out", daemon=True),
            threading.Thread(target=self._hear, args=(answers,), name="tenfold-quarantine-in", daemon=True),
        ]
        for thread in threads:
            thread.start()
        late, until = False, time.monotonic() + seconds
        try:
            while True:
                with contextlib.suppress(queue.Empty):
                    answer = answers.get(timeout=max(0.0, min(_LOOKS, until - time.monotonic())))
                    break
                wanted()
                if time.monotonic() >= until:
                    late, answer = True, None
                    self._process.kill()
                    break
        except BaseException:
            self._process.kill()
            raise
        finally:
            for thread in threads:
                thread.join()
        if answer is None:
            raise Failed("late" if late else "crashed")
        return answer

    def end(self) -> None:
        """Kill the process and let its streams go."""
        self._process.kill()
        self._process.wait()
        for stream in (self._process.stdin, self._process.stdout):
            if stream is not None:
                with contextlib.suppress(OSError):  # what was on its way to a dead process
                    stream.close()

    def _write(self, request: bytes) -> None:
        assert self._process.stdin is not None
        with contextlib.suppress(OSError, ValueError):  # it died: who hears it notices
            self._process.stdin.write(request)
            self._process.stdin.flush()

    def _hear(self, answers: queue.SimpleQueue[tuple[bytes, bytes] | None]) -> None:
        assert self._process.stdout is not None
        source = self._process.stdout
        head = source.read(ANSWER.size)
        if len(head) == ANSWER.size:
            kind, size = ANSWER.unpack(head)
            answer = source.read(size) if size <= _LARGEST_ANSWER else b""
            if len(answer) == size:
                answers.put((kind, answer))
                return
        self._process.kill()
        answers.put(None)
