"""Nothing of a table is dropped, guessed or merged in silence: it is said, refused or counted."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from app.actions.candidate_import import ImportedCandidates, import_all
from app.actions.imported_rows import Came
from app.actions.opening import NewOpening
from app.actions.opening import add as add_opening
from app.actions.rubric import adopt
from app.domain.contact import ContactKind, apart
from app.domain.import_fields import LEFT
from app.exchange.csv_rows import TableError
from app.exchange.packs import load_pack
from app.exchange.people_import import bring as bring_in
from app.exchange.people_import import look
from app.queries.plain_lists import candidates
from app.resources import packs
from app.store.workspace import Workspace
from tests.exchange.people import candidates_in, incoming
from tests.makers import new_workspace

HOMONYMS = "Name,Emails,Phones\n" + "".join(f"Wei Zhang,wei{n}@example.org,+1 {n}\n" for n in (1, 2, 3))


@pytest.fixture
def workspace(tmp_path: Path) -> Iterator[Workspace]:
    made = new_workspace(tmp_path)
    version = adopt(made, load_pack(packs() / "ml-engineering-manager")).subject
    add_opening(made, NewOpening("SR-1", "Engineer", "MLE3"), version)
    yield made
    made.close()


def bring(workspace: Workspace, text: str) -> ImportedCandidates:
    return import_all(workspace, candidates_in(text.encode()), 1)


def counted(done: ImportedCandidates) -> tuple[int, int, int]:
    return len(done.added), len(done.known), len(done.left_out)


def test_four_people_of_one_name_are_four(workspace: Workspace) -> None:
    assert counted(bring(workspace, HOMONYMS)) == (3, 0, 0)
    assert counted(bring(workspace, "Name,Email\nWei Zhang,wei4@example.org\n")) == (1, 0, 0)
    assert [(c["name"], c["mail"], c["phone"]) for c in candidates(workspace)][:3] == [
        ("Wei Zhang", f"wei{n}@example.org", f"+1 {n}") for n in (1, 2, 3)
    ]


def test_rows_of_one_name_without_a_mail_need_a_person(workspace: Workspace) -> None:
    done = bring(workspace, "Name,Place\nWei Zhang,Oslo\nWei Zhang,Lima\nAda Lind,Bonn\n")
    assert counted(done) == (1, 0, 2)
    assert done.words == "3 rows: 1 new candidate, 0 known already, 2 left out; 1 new application."
    assert [row.words for row in done.left_out] == [
        f"Line {n}, Wei Zhang: the table has 2 rows of this name, and this one no mail address." for n in (2, 3)
    ]


def test_a_name_alone_joins_nobody(workspace: Workspace) -> None:
    bring(workspace, "Name,Email,Place\nWei Zhang,wei1@example.org,Oslo\nAda Lind,,Bonn\n")
    assert counted(bring(workspace, "Name,Place\nWei Zhang,Lima\n")) == (0, 0, 1)
    assert counted(bring(workspace, "Name,Email\nAda Lind,ada@example.org\n")) == (0, 0, 1)
    assert counted(bring(workspace, "Name,Place\nAda Lind,Kyiv\n")) == (0, 0, 1)
    assert counted(bring(workspace, "Name,Place\nAda Lind,Bonn\n")) == (0, 1, 0), "the very same row again"
    assert len(candidates(workspace)) == 2


def test_new_known_and_left_out_are_all_rows(workspace: Workspace) -> None:
    text = "Name,Email\nA A,a@x.org\nA A,a@x.org\nB B,\nB B,\nC C,c@x.org\n"
    for _ in range(2):
        assert sum(counted(bring(workspace, text))) == 5


@pytest.mark.parametrize(
    ("text", "encoding", "guess"),
    [
        ("Name;Email\nАнна Каренина;anna@example.org\n", "cp1251", "Windows-1251: “Анна Каренина”"),
        ("Name,Email\n山田太郎,y@example.org\n", "shift_jis", "Shift JIS: “山田太郎”"),
        ("Name;Email\nŁukasz Żółć;l@example.org\n", "iso8859_2", "ISO 8859-2: “Łukasz Żółć”"),
    ],
)
def test_no_name_is_read_wrong_in_silence(text: str, encoding: str, guess: str) -> None:
    with pytest.raises(TableError) as refused:
        candidates_in(text.encode(encoding))
    assert guess in refused.value.sentence
    people = candidates_in(text.encode(encoding), encoding)
    assert people[0].name == text.split("\n")[1].split(";", maxsplit=1)[0].split(",", maxsplit=1)[0]


def test_a_plausible_windows_1252_comes_in_and_is_said() -> None:
    assert [one.name for one in candidates_in("Name\nJosé Núñez\n".encode("cp1252"))] == ["José Núñez"]
    assert incoming("Name\nJosé Núñez\n".encode("cp1252")).table.remarks == ("Read as Windows-1252: “José Núñez”.",)
    assert incoming("Name\nJosé Núñez\n".encode()).table.remarks == ()


def test_an_encoding_there_is_not_is_refused() -> None:
    with pytest.raises(TableError, match="no encoding “klingon”"):
        candidates_in(b"Name\nAda\n", "klingon")


def test_excels_separator_line_is_honoured_and_lines_keep_their_numbers() -> None:
    one = candidates_in(b"sep=;\r\nName;Email\r\nSep One;sep@example.org\r\n")[0]
    assert (one.name, one.line) == ("Sep One", 3)


def test_two_mails_in_a_cell_do_not_become_one() -> None:
    for cell in ("a@example.org|b@example.org", '"a@example.org, b@example.org"', '"a@example.org\nb@example.org"'):
        one = candidates_in(f"Name,Email\nTwo One,{cell}\n".encode())[0]
        assert apart(ContactKind.MAIL, one.mail) == ("a@example.org", "b@example.org")


def test_headings_with_hyphens_and_capitals_are_the_same() -> None:
    one = candidates_in(b"Full-Name,E-Mail\nAda Lind,a@x.org\n")[0]
    assert (one.name, one.mail) == ("Ada Lind", "a@x.org")


def test_what_does_not_come_in_is_seen_first(workspace: Workspace) -> None:
    """A dry run says what becomes of every row and column, and changes nothing."""
    own = incoming(b"Name,Level,Since\nWei Zhang,MLE2,2025\nWei Zhang,,\nAda Lind,,\n")
    own = replace(own, opening=1, map=own.map.with_role("Since", LEFT))
    seen = look(workspace, own)
    assert seen.blocked is None
    assert candidates(workspace) == []
    assert "Columns that do not come in: Since." in seen.remarks
    assert "Come along as further facts: Level." in seen.remarks
    assert [(row.line, row.came) for row in seen.rows] == [(2, Came.REFUSED), (3, Came.REFUSED), (4, Came.ADDED)]
    done = bring_in(workspace, own)
    assert done.rows == seen.rows
    assert len(candidates(workspace)) == 1
