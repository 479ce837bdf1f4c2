"""The worker that reads strangers' tables of people, in a process of its own: `python -m app.exchange.people_reader`.

Name, subject and encoding of a file and its bytes in; of a folder also name and size of each file in it, and the bytes
of all. The table in lines of JSON out, or a line on why not.
"""

from __future__ import annotations

import json

from app.domain.import_fields import About
from app.exchange.csv_rows import TableError
from app.exchange.people_table import PeopleTable, table_in, table_in_folder, written
from app.exchange.reader_process import DAMAGED, serve

_SECONDS = 60


def answer(_kind: bytes, size: int, content: bytes) -> tuple[bytes, bytes]:
    """Read one table; of the content, so many bytes say its name, what it is about and its encoding."""
    try:
        return b"J", "\n".join(written(_table(json.loads(content[:size]), content[size:]))).encode("ascii")
    except TableError as wrong:
        return b"J", json.dumps({"refused": [wrong.sentence, wrong.remedy]}).encode("ascii")
    except DAMAGED:
        return b"E", b"damaged"


def _table(said: list[str], content: bytes) -> PeopleTable:
    name, about, encoding, *inside = said
    if not inside:
        return table_in(name, content, About(about), encoding)
    files, at = [], 0
    for file, size in zip(inside[::2], map(int, inside[1::2]), strict=True):
        files.append((file, content[at : at + size]))
        at += size
    return table_in_folder(name, files, About(about), encoding)


if __name__ == "__main__":
    serve(answer, _SECONDS)
