"""Tables of people that are broken in every way there is: explained, or rightly in; never a part of a row."""

from __future__ import annotations

import io
import json
import random
import re
import zipfile
from collections.abc import Callable

import pytest

from app.domain.import_fields import About
from app.domain.import_map import DateOrder, guessed_map
from app.errors import Refused
from app.exchange.people_import import Incoming, read_rows_of
from app.exchange.people_reader import answer
from app.exchange.people_table import heard, table_in
from tests.exchange.people import workbook

_PERSON, _MAIL = re.compile(r"Person (\d)$"), re.compile(r"p(\d)@example\.org")
HEADINGS = ["Name", "Email", "Phone", "Applied", "Tags", "Notes", "Grade"]
PEOPLE = [
    [f"Person {n}", f"p{n}@example.org", f"+1 202 {n:07d}", "2026-03-01", "ml", "hi", str(n)] for n in range(1, 6)
]
ENCODINGS = (
    "utf-8",
    "utf-8-sig",
    "utf-16",
    "utf-16-le",
    "cp1252",
    "cp1251",
    "shift_jis",
    "iso8859_2",
    "koi8_r",
    "gb18030",
)
STRANGE = (
    *("", " ", "\x00", "\ufeff", "\u202e", "=cmd|' /C calc'!A0", "@SUM(A1)", "-", "n/a", "x" * 5000, "x" * 140_000),
    *(
        "31.02.2026",
        "0000-00-00",
        "99999999999999",
        "1e308",
        "2026-13-45",
        "02/03/2026",
        "\r\n",
        '"',
        '""',
        "'",
        ";;;,,,",
    ),
    *(
        "Анна",
        "山田太郎",
        "😀" * 30,
        "a@b@c",
        "a@b, c@d; e@f",
        "\u0301" * 300,
        "𝟚𝟘𝟚𝟞",
        "²",
        "<a@b.c>",
        "9" * 400,
        "1900-01-01T99:99",
    ),
)


def csv_of(random_: random.Random, rows: list[list[str]]) -> bytes:
    separator = random_.choice(",;\t|")
    quote: Callable[[str], str] = lambda cell: f'"{cell}"' if random_.random() < 0.3 else cell  # noqa: E731
    text = random_.choice(("\n", "\r\n", "\r")).join(separator.join(map(quote, row)) for row in rows)
    return text.encode(random_.choice(ENCODINGS), "replace")


def xlsx_of(random_: random.Random, rows: list[list[str]]) -> bytes:
    cells = [["".join(c for c in cell if c.isprintable())[:32_000] for cell in row] for row in rows]
    content = workbook(*cells)
    if random_.random() < 0.5:
        return content
    return _broken(random_, content)


def _broken(random_: random.Random, content: bytes) -> bytes:
    """Cut, flipped, or with a part that unpacks to very much or declares a document type."""
    match random_.randrange(4):
        case 0:
            return content[: random_.randrange(len(content))]
        case 1:
            at = random_.randrange(len(content))
            return content[:at] + bytes([content[at] ^ 0xFF]) + content[at + 1 :]
        case 2:
            out = io.BytesIO(content)
            with zipfile.ZipFile(out, "a", zipfile.ZIP_DEFLATED) as archive:
                archive.writestr("xl/media/bomb.xml", b" " * 2_000_000)
            return out.getvalue()
        case _:
            out = io.BytesIO(content)
            with zipfile.ZipFile(out, "a") as archive:
                archive.writestr("xl/evil.xml", '<!DOCTYPE x [<!ENTITY a "aaaa">]><x>&a;</x>')
            return out.getvalue()


def json_of(random_: random.Random, rows: list[list[str]]) -> bytes:
    records: list[object] = [dict(zip(rows[0], row, strict=False)) for row in rows[1:]]
    match random_.randrange(5):
        case 0:
            records.append({"Name": {"a": {"b": [1, {"c": None}]}}, "Email": [["x"], {}]})
        case 1:
            records.append("not a record")
        case 2:
            return (json.dumps(records)[:-3]).encode()
        case 3:
            return ("[" * random_.randrange(1, 4000)).encode()
    return json.dumps(random_.choice((records, {"candidates": records}))).encode()


def malformed(seed: int) -> tuple[str, bytes]:
    """A file by its number: its name and its bytes."""
    random_ = random.Random(seed)
    rows = [list(HEADINGS), *[list(row) for row in PEOPLE]]
    for _ in range(random_.randrange(1, 5)):
        at = random_.randrange(len(rows))
        place = random_.randrange(1, len(HEADINGS))
        match random_.randrange(4):
            case 0 | 1:
                rows[at][min(place, len(rows[at]) - 1)] = random_.choice(STRANGE)
            case 2:
                del rows[at][place:]
            case 3:
                rows[at] += ["more"] * random_.randrange(1, 4)
    kind = random_.choice(("csv", "csv", "xlsx", "json"))
    content = {"csv": csv_of, "xlsx": xlsx_of, "json": json_of}[kind](random_, rows)
    if kind == "csv" and random_.random() < 0.3:
        at = random_.randrange(len(content) + 1)
        content = content[:at] + random_.randbytes(random_.randrange(1, 6)) + content[at:]
    return f"theirs.{kind}", content


def must_be_explained(seed: int) -> None:
    """Read it as the reader of its own process does, and by the map that would be guessed."""
    file, content = malformed(seed)
    head = json.dumps([file, "candidates", ""]).encode()
    kind, said = answer(b"R", len(head), head + content)
    if kind == b"E":
        assert file.endswith(".xlsx"), "only a workbook can break the library that reads it"
        return
    if said.startswith(b"{"):
        assert all(json.loads(said)["refused"])
        return
    table = heard(iter(said.splitlines()))
    map_ = guessed_map(About.CANDIDATES, table.headings)
    try:
        read = read_rows_of(Incoming(table, map_))
    except Refused as refused:
        assert refused.sentence
        assert refused.remedy
        return
    assert read.rows == len(table.rows), "every row is in or refused"
    for row in read.refused:
        assert row.why
        assert row.words
    for who in read.people:
        assert who.name
        assert all(mail.count("@") == 1 for mail in who.mail.split(", ") if mail)
        json.dumps(vars(who), default=str).encode()
        assert "\\x00" not in repr(vars(who))
        named, reached = _PERSON.search(who.name), _MAIL.fullmatch(who.mail)
        if named and reached:
            assert named[1] == reached[1], "nothing of a row stands in another"


@pytest.mark.parametrize("seed", range(60))
def test_a_malformed_table_is_explained_or_rightly_in(seed: int) -> None:
    must_be_explained(seed)


@pytest.mark.trial
def test_two_thousand_malformed_tables_are_explained_or_rightly_in() -> None:
    for seed in range(60, 2_060):
        must_be_explained(seed)


def test_what_can_not_be_told_apart_is_never_read_twice_over() -> None:
    """The two orders of one table give two days, and nothing else of a row is another."""
    content = b"Name,Applied\nAda Lind,02/03/2026\n"
    table = table_in("x.csv", content, About.CANDIDATES)
    map_ = guessed_map(About.CANDIDATES, table.headings)
    days = set()
    for order in (DateOrder.DMY, DateOrder.MDY):
        from dataclasses import replace

        days.add(read_rows_of(Incoming(table, replace(map_, date_order=order))).people[0].applied_on)
    assert len(days) == 2
