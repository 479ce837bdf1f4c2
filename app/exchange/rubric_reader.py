"""The worker that reads strangers' rubrics, in a process of its own: `python -m app.exchange.rubric_reader`.

A name and the bytes of a file in; as JSON the pack out, or what is wrong, by line.
"""

from __future__ import annotations

import json

from app.exchange.answer_by_line import answer_of
from app.exchange.reader_process import serve
from app.exchange.rubric_files import rubric_in


def answer(_kind: bytes, size: int, content: bytes) -> tuple[bytes, bytes]:
    """Read one rubric; of the content, so many bytes say its name, as `Quarantine.told` sends it."""

    def read() -> dict[str, object]:
        name = json.loads(content[:size])[0]
        return {"pack": rubric_in(name, content[size:]).canonical_text()}

    return answer_of(read)


if __name__ == "__main__":
    serve(answer)
