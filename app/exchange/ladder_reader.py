"""The worker that reads strangers' ladders, in a process of its own: `python -m app.exchange.ladder_reader`.

Names and bytes of files in; as JSON the values with their lines out, or what is wrong, by line.
"""

from __future__ import annotations

import json

from app.exchange.ladder_files import Content
from app.exchange.ladders import source_of_files, told
from app.exchange.located_values import LadderError
from app.exchange.reader_process import DAMAGED, serve


def answer(_kind: bytes, size: int, content: bytes) -> tuple[bytes, bytes]:
    """Read one ladder; of the content, so many bytes say its name, the names and sizes of its files, the encoding."""
    try:
        name, files, encoding = json.loads(content[:size])
        contents, at = [], size
        for file, length in files:
            contents.append(Content(file, content[at : at + length]))
            at += length
        found = told(source_of_files(name, contents, encoding))
    except LadderError as wrong:
        found = {"problems": [[p.file, p.line, p.field, p.sentence] for p in wrong.problems]}
    except DAMAGED:
        return b"E", b"damaged"
    return b"J", json.dumps(found).encode("ascii")


if __name__ == "__main__":
    serve(answer)
