"""The worker that reads strangers' tables of people, in a process of its own: `python -m app.exchange.people_reader`.

Name, subject and encoding of a file and its bytes in; the table in lines of JSON out, or a line on why not.
"""

from __future__ import annotations

import json

from app.domain.import_fields import About
from app.exchange.csv_rows import TableError
from app.exchange.people_table import table_in, written
from app.exchange.reader_process import DAMAGED, serve

_SECONDS = 60


def answer(_kind: bytes, size: int, content: bytes) -> tuple[bytes, bytes]:
    """Read one table; of the content, so many bytes say its name, what it is about and its encoding."""
    try:
        file, about, encoding = json.loads(content[:size])
        return b"J", "\n".join(written(table_in(file, content[size:], About(about), encoding))).encode("ascii")
    except TableError as wrong:
        return b"J", json.dumps({"refused": [wrong.sentence, wrong.remedy]}).encode("ascii")
    except DAMAGED:
        return b"E", b"damaged"


if __name__ == "__main__":
    serve(answer, _SECONDS)
