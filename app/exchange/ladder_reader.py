"""The worker that reads strangers' ladders, in a process of its own: `python -m app.exchange.ladder_reader`.

Names and bytes of files in; as JSON the values with their lines out, or what is wrong, by line.
"""

from __future__ import annotations

import json

from app.exchange.answer_by_line import answer_of
from app.exchange.ladder_files import Content
from app.exchange.ladders import source_of_files, told
from app.exchange.reader_process import serve


def answer(_kind: bytes, size: int, content: bytes) -> tuple[bytes, bytes]:
    """Read one ladder; of the content, so many bytes say its name, the names and sizes of its files, the encoding."""

    def read() -> dict[str, object]:
        name, files, encoding = json.loads(content[:size])
        contents, at = [], size
        for file, length in files:
            contents.append(Content(file, content[at : at + length]))
            at += length
        return told(source_of_files(name, contents, encoding))

    return answer_of(read)


if __name__ == "__main__":
    serve(answer)
