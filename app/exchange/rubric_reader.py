"""The worker that reads strangers' rubrics, in a process of its own: `python -m app.exchange.rubric_reader`.

A name and the bytes of a file in; as JSON the pack out, or what is wrong, by line.
"""

from __future__ import annotations

import json

from app.exchange.packs import PackError
from app.exchange.reader_process import DAMAGED, serve
from app.exchange.rubric_files import rubric_in


def answer(_kind: bytes, size: int, content: bytes) -> tuple[bytes, bytes]:
    """Read one rubric; of the content, so many bytes say its name, as `Quarantine.told` sends it."""
    try:
        name = json.loads(content[:size])[0]
        found: dict[str, object] = {"pack": rubric_in(name, content[size:]).canonical_text()}
    except PackError as wrong:
        found = {"problems": [[p.file, p.line, p.field, p.sentence] for p in wrong.problems]}
    except DAMAGED:
        return b"E", b"damaged"
    return b"J", json.dumps(found).encode("ascii")


if __name__ == "__main__":
    serve(answer)
