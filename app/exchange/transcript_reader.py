"""The worker that reads transcripts, in a process of its own: `python -m app.exchange.transcript_reader`.

The bytes of a file in; as JSON its lines out, or what keeps it from being a transcript.
"""

from __future__ import annotations

import json

from app.exchange.reader_process import DAMAGED, serve
from app.exchange.transcript_text import NoTranscript, lines_in


def answer(_kind: bytes, _number: int, content: bytes) -> tuple[bytes, bytes]:
    """Read one transcript."""
    try:
        lines, guess = lines_in(content)
        found: dict[str, object] = {"lines": [[line.at, line.speaker, line.text] for line in lines], "guess": guess}
    except NoTranscript as wrong:
        found = {"problem": wrong.sentence}
    except DAMAGED:
        return b"E", b"damaged"
    return b"J", json.dumps(found).encode("ascii")


if __name__ == "__main__":
    serve(answer)
