"""A reader of strangers' files in its own process: it answers on its standard streams, one request after the other.

It limits itself where the system can; who started it limits its time.
"""

from __future__ import annotations

import sys
from collections.abc import Callable

from app.exchange.form_protocol import ANSWER, READY, REQUEST

try:
    import resource
except ImportError:  # Windows has no such limits; there the time alone ends a reader
    resource = None  # type: ignore[assignment]

DAMAGED = (
    ValueError,
    TypeError,
    KeyError,
    IndexError,
    AttributeError,
    OverflowError,
    RecursionError,
    MemoryError,
    NotImplementedError,
    RuntimeError,
    OSError,
)
"""What a library meets in a file that is broken: the file is damaged, whatever it says of it."""

_MEMORY = 1_500 * 1024 * 1024
_SECONDS = 10


def serve(answer: Callable[[bytes, int, bytes], tuple[bytes, bytes]], seconds: int = _SECONDS) -> None:
    """Answer until nobody asks any more. What is asked: a kind, a number and bytes; the answer: a kind and bytes.

    One answer may take so many seconds of the processor.
    """
    source, target = sys.stdin.buffer, sys.stdout.buffer
    _limit()
    target.write(ANSWER.pack(READY, 0))
    target.flush()
    while len(head := source.read(REQUEST.size)) == REQUEST.size:
        kind, number, size = REQUEST.unpack(head)
        content = source.read(size)
        _grant_time(seconds)
        said = answer(kind, number, content)
        target.write(ANSWER.pack(said[0], len(said[1])))
        target.write(said[1])
        target.flush()


def _limit() -> None:
    """Memory, no files written, no core dumps. A system that refuses a limit keeps its own."""
    if resource is None:
        return
    for kind, most in ((resource.RLIMIT_AS, _MEMORY), (resource.RLIMIT_FSIZE, 0), (resource.RLIMIT_CORE, 0)):
        try:
            resource.setrlimit(kind, (most, most))
        except (ValueError, OSError):
            continue


def _grant_time(seconds: int) -> None:
    """So many more seconds of the processor for the next file."""
    if resource is None:
        return
    used = resource.getrusage(resource.RUSAGE_SELF)
    soft = int(used.ru_utime + used.ru_stime) + seconds
    try:
        resource.setrlimit(resource.RLIMIT_CPU, (soft, resource.getrlimit(resource.RLIMIT_CPU)[1]))
    except (ValueError, OSError):
        return
