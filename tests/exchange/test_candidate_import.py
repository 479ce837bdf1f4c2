"""Candidates from tables: every usual encoding, separator and heading, and whatever else people save as CSV."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator
from dataclasses import fields
from datetime import date
from pathlib import Path

import pytest
from hypothesis import HealthCheck, assume, given, settings
from hypothesis import strategies as st

from app.actions.candidate import NewCandidate
from app.actions.candidate_import import import_all
from app.actions.opening import NewOpening
from app.actions.opening import add as add_opening
from app.actions.read_candidate import ReadCandidate
from app.actions.rubric import adopt
from app.domain.import_map import DateOrder
from app.errors import NotFound, Refused
from app.exchange.csv_rows import LARGEST, TableError
from app.exchange.encodings import plausible
from app.exchange.packs import load_pack
from app.exchange.people_rows import LONGEST_CELL
from app.queries.plain_lists import applications, candidates
from app.resources import packs
from app.store.check import check_workspace
from app.store.workspace import Workspace
from tests.exchange.people import candidates_in, reading
from tests.makers import Clock, new_workspace

NAMES = ("Ingrid Vale", "José Núñez", "Øystein Ås")
GREEK = ("Ελένη Παπαδοπούλου", "李 明", "Зоя Ким")


def table(text: str, encoding: str = "utf-8") -> list[NewCandidate]:
    return [plainly(one) for one in candidates_in(text.encode(encoding))]


def plainly(read: ReadCandidate) -> NewCandidate:
    """What a row says, without where it stood."""
    return NewCandidate(**{known.name: getattr(read, known.name) for known in fields(NewCandidate)})


def only(text: str) -> NewCandidate:
    people = table(text)
    assert len(people) == 1
    return people[0]


def written(names: tuple[str, ...] | list[str], separator: str, newline: str = "\r\n") -> str:
    out = io.StringIO()
    lines = csv.writer(out, delimiter=separator, lineterminator=newline)
    lines.writerow(["Name", "Place"])
    lines.writerows([name, "Oslo"] for name in names)
    return out.getvalue()


# How it is written down


@pytest.mark.parametrize("separator", [",", ";", "\t"])
@pytest.mark.parametrize("newline", ["\n", "\r\n", "\r"])
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "cp1252"])
def test_encodings_separators_and_line_ends(encoding: str, separator: str, newline: str) -> None:
    content = written(NAMES, separator, newline).encode(encoding)
    assert [p.name for p in candidates_in(content)] == list(NAMES)


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16"])
def test_names_of_every_script(encoding: str) -> None:
    assert [p.name for p in table(written(GREEK, ";"), encoding)] == list(GREEK)


def test_quoted_cells_keep_separators_and_lose_line_breaks() -> None:
    facts = only('Name,Place\n"Vale, Ingrid","Oslo\nNorway"\n')
    assert (facts.name, facts.place) == ("Vale, Ingrid", "Oslo Norway")


def test_the_separator_is_that_of_the_headings() -> None:
    facts = only("Name;Place\nIngrid Vale;Oslo, Norway\n")
    assert (facts.name, facts.place) == ("Ingrid Vale", "Oslo, Norway")


# Headings


@pytest.mark.parametrize("heading", ["Name", "name", " FULL  NAME ", "full_name", "Candidate:", "Candidate Name*"])
def test_headings_people_use_for_names(heading: str) -> None:
    assert only(f"{heading}\nIngrid Vale\n").name == "Ingrid Vale"


def test_every_field_has_its_heading() -> None:
    facts = only(
        "First name,Last name,E-mail,Phone,Company,City,Source,Notice period,Keep until,Date applied\n"
        "Ingrid,Vale,ingrid@example.org,+47 1,Acme,Oslo,Referral,1 month,2027-03-12,12.03.2026\n"
    )
    assert facts == NewCandidate(
        "Ingrid Vale",
        "ingrid@example.org",
        "+47 1",
        now_at="Acme",
        place="Oslo",
        came_by="Referral",
        source="referred",
        can_start="1 month",
        kept_until=date(2027, 3, 12),
        applied_on=date(2026, 3, 12),
    )


def test_unknown_headings_come_along_as_further_facts() -> None:
    facts = only("Name,Shoe size,,Star sign\nIngrid Vale,41,,Leo\n")
    assert facts.further == (("Shoe size", "41"), ("Star sign", "Leo"))


def test_headings_are_cleaned_as_cells_are() -> None:
    assert only('Name,"Shoe\x1b[2J\nsize"\nIngrid Vale,41\n').further == (("Shoe [2J size", "41"),)
    for text in ("N\x1b[2Jme,x\nA,b\n", "Mail\x07,E-\x9bmail\nA,b\n"):
        with pytest.raises(TableError) as caught:
            table(text)
        assert caught.value.sentence.isprintable()


def test_two_headings_of_one_meaning_are_two_contacts_or_a_further_fact() -> None:
    assert only("Name,Mail,E-mail\nIngrid Vale,a@x.org,b@x.org\n").mail == "a@x.org, b@x.org"
    facts = only("Name,Source,Channel\nIngrid Vale,Fair,Poster\n")
    assert (facts.came_by, facts.further) == ("Fair", (("Channel", "Poster"),))


@pytest.mark.parametrize("heading", ["Mail", "Phone", "Nume"])
def test_without_names_it_is_refused(heading: str) -> None:
    with pytest.raises(TableError, match="where the names are"):
        table(f"{heading}\nx@example.org\n")


@pytest.mark.parametrize("content", [b"", b"\n\n", b"\xef\xbb\xbf", b" , ,\n"])
def test_an_empty_table_says_so(content: bytes) -> None:
    with pytest.raises(TableError, match="empty"):
        candidates_in(content)


def test_headings_alone_are_a_table_of_nobody() -> None:
    assert table("Name,Mail\n") == []


# Dates


@pytest.mark.parametrize("text", ["2026-03-12", "12.03.2026", "12 March 2026", "12 Mar 2026", "2026/03/12"])
def test_dates_that_mean_one_day(text: str) -> None:
    assert only(f"Name,Applied\nIngrid Vale,{text}\n").applied_on == date(2026, 3, 12)


@pytest.mark.parametrize("text", ["03/12/2026", "12/03/2026", "3-12-26"])
def test_a_date_that_could_mean_two_days_is_asked_once(text: str) -> None:
    content = f"Name,Applied\nIngrid Vale,{text}\nOtto Brandt,{text}\n".encode()
    with pytest.raises(TableError, match=r"Line 2: .* could be two days") as asked:
        candidates_in(content)
    assert "--date-order" in asked.value.remedy
    read = [reading(content, order=order).people[1].applied_on for order in (DateOrder.DMY, DateOrder.MDY)]
    assert set(read) == {date(2026, 3, 12), date(2026, 12, 3)}


@pytest.mark.parametrize(("others", "order"), [("25/03/2026", date(2026, 12, 3)), ("03/25/2026", date(2026, 3, 12))])
def test_another_date_of_the_column_tells_the_order(others: str, order: date) -> None:
    assert table(f"Name,Applied\nIngrid Vale,03/12/2026\nOtto Brandt,{others}\n")[0].applied_on == order


@pytest.mark.parametrize("text", ["yesterday", "31.02.2026", "2026-13-01", "32/13/2026", "99999", "0"])
def test_what_is_no_day_is_refused_by_its_line(text: str) -> None:
    with pytest.raises(TableError, match=r"Line 2, Ingrid Vale: .* is no date"):
        table(f"Name,Applied\nIngrid Vale,{text}\n")


# What does not hold


def test_every_wrong_line_is_named_at_once() -> None:
    with pytest.raises(TableError) as caught:
        table('Name,Mail\n"Ingrid\nVale",ok@example.org\n,nobody@example.org\nOtto,no mail\nA,b@example.org,c,d\n')
    assert [p.partition(":")[0] for p in caught.value.problems] == ["Line 4", "Line 5, Otto", "Line 6, A"]
    assert caught.value.remedy


def test_unbalanced_quotes_name_their_line() -> None:
    with pytest.raises(TableError, match=r"Line \d+ is not a line of a table"):
        table('Name,Mail\nIngrid Vale,"ingrid@example.org\nOtto,otto@example.org\n')


@pytest.mark.parametrize("content", [b"Name\nIngrid\x00Vale\n", b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR\x00", bytes(600)])
def test_what_is_no_text_is_refused(content: bytes) -> None:
    with pytest.raises(TableError):
        candidates_in(content)


def test_a_huge_cell_is_refused() -> None:
    with pytest.raises(TableError, match="longer than"):
        table(f"Name\n{'x' * (LONGEST_CELL + 1)}\n")
    with pytest.raises(TableError):
        table(f"Name\n{'x' * 10 * 1024 * 1024}\n")


def test_a_huge_table_is_refused() -> None:
    with pytest.raises(TableError, match="20 MB"):
        candidates_in(b"Name\n" + b"x" * LARGEST)


@pytest.mark.parametrize("cell", ["=cmd|' /C calc'!A0", "+1+1", "-2+3", "@SUM(A1)", '=HYPERLINK("x")'])
def test_a_cell_that_would_run_elsewhere_is_text_here(cell: str) -> None:
    quoted = cell.replace('"', '""')
    assert only(f'Name,Place\nIngrid Vale,"{quoted}"\n').place == cell


def test_control_characters_become_spaces_and_composed_characters_one() -> None:
    facts = only('Name,Place\n"Ing\x1b[31mrid\tVale",Jose\u0301\n')
    assert (facts.name, facts.place) == ("Ing [31mrid Vale", "José")


@given(st.binary(max_size=400))
def test_any_bytes_are_a_table_or_say_why_not(content: bytes) -> None:
    try:
        read = candidates_in(content)
    except TableError as refused:
        assert refused.sentence
        assert refused.remedy
    else:
        assert all(p.name for p in read)


@given(st.text(alphabet=st.sampled_from('Name,;\t"\r\n\x00=@. xyz'), max_size=120))
def test_any_scramble_of_a_table_is_a_table_or_says_why_not(text: str) -> None:
    try:
        table("Name,Mail\n" + text)
    except TableError as refused:
        assert refused.sentence


letters = st.characters(codec="utf-8", exclude_categories=("Cc", "Cs", "Zl", "Zp", "Zs", "Cf", "Mn", "Mc", "Me"))
one_name = st.lists(st.text(letters, min_size=1, max_size=12), min_size=1, max_size=3).map(" ".join)


@given(
    st.lists(one_name, min_size=1, max_size=8),
    st.sampled_from(",;\t"),
    st.sampled_from(["utf-8", "utf-8-sig", "utf-16", "cp1252"]),
)
def test_any_names_come_back(names: list[str], separator: str, encoding: str) -> None:
    import unicodedata

    names = [unicodedata.normalize("NFC", name) for name in names]
    try:
        content = written(names, separator).encode(encoding)
    except UnicodeEncodeError:
        assume(False)
        raise
    if encoding == "cp1252":
        assume(not _is_utf8(content) and plausible(written(names, separator), western=True))
    assert [p.name for p in candidates_in(content)] == [" ".join(name.split()) for name in names]


def _is_utf8(content: bytes) -> bool:
    """A few Windows-1252 texts are good UTF-8 too; nobody can tell them apart."""
    try:
        return content.decode("utf-8") != content.decode("cp1252")
    except UnicodeDecodeError:
        return False


# Bringing it in


@pytest.fixture
def workspace(tmp_path: Path) -> Iterator[Workspace]:
    opened = new_workspace(tmp_path, clock=Clock())
    version = adopt(opened, load_pack(packs() / "ml-engineering-manager")).subject
    add_opening(opened, NewOpening("SR-2026-01", "Senior ML engineer", "MLE3"), version)
    yield opened
    opened.close()


def people(*given: tuple[str, str]) -> list[NewCandidate]:
    return [NewCandidate(name, mail) for name, mail in given]


def known(workspace: Workspace) -> list[tuple[str, str]]:
    return [(c["name"], c["mail"]) for c in candidates(workspace)]


def history(workspace: Workspace) -> list[tuple[object, ...]]:
    with workspace.read() as connection:
        return [tuple(r) for r in connection.exec_driver_sql("SELECT number, op, hash FROM history ORDER BY number")]


def test_without_an_opening_nobody_applies(workspace: Workspace) -> None:
    done = import_all(workspace, people(("Ingrid Vale", "")), None)
    assert (len(done.added), done.applications) == (1, 0)
    assert applications(workspace) == []


def test_into_an_opening_everybody_stands_at_its_first_stage(workspace: Workspace) -> None:
    done = import_all(workspace, people(("Ingrid Vale", ""), ("Otto Brandt", "")), 1)
    assert (len(done.added), done.applications) == (2, 2)
    assert {a["stage"] for a in applications(workspace)} == {"Applied"}


def test_twice_adds_nothing_twice(workspace: Workspace) -> None:
    rows = people(("Ingrid Vale", "ingrid@example.org"), ("Otto Brandt", ""))
    first = import_all(workspace, rows, 1)
    before = history(workspace)
    again = import_all(workspace, rows, 1)
    assert (again.added, again.known, again.applications) == ((), first.added, 0)
    assert len(known(workspace)) == 2
    assert history(workspace) == before


def test_known_people_may_enter_an_opening(workspace: Workspace) -> None:
    import_all(workspace, people(("Ingrid Vale", "ingrid@example.org")), None)
    done = import_all(workspace, people(("Ingrid Vale", "ingrid@example.org")), 1)
    assert (len(done.added), len(done.known), done.applications) == (0, 1, 1)


@pytest.mark.parametrize(
    ("first", "second", "same"),
    [
        (("Ingrid Vale", "i@example.org"), ("Ingrid Vale-Holm", "I@Example.org"), True),
        (("Ingrid Vale", "i@example.org"), ("Ingrid Vale", ""), True),
        (("Ingrid Vale", ""), ("Ingrid Vale", "i@example.org"), True),
        (("Ingrid Vale", ""), ("Ingrid Vale", ""), True),
        (("Ingrid Vale", "i@example.org"), ("Ingrid Vale", "other@example.org"), False),
        (("Ingrid Vale", ""), ("Ingrid Holm", ""), False),
    ],
)
def test_who_is_the_same_person(
    workspace: Workspace, first: tuple[str, str], second: tuple[str, str], same: bool
) -> None:
    import_all(workspace, people(first), None)
    import_all(workspace, people(second), None)
    assert len(known(workspace)) == (1 if same else 2)


def test_the_same_person_twice_in_one_table_comes_in_once(workspace: Workspace) -> None:
    done = import_all(workspace, people(("Ingrid Vale", "i@example.org"), ("I. Vale", "i@example.org")), 1)
    assert (len(done.added), len(done.known), done.applications) == (1, 1, 1), "every row is counted"


def test_all_or_none(workspace: Workspace) -> None:
    before = history(workspace)
    with pytest.raises(Refused):
        import_all(workspace, people(("Ingrid Vale", ""), ("  ", "")), 1)
    with pytest.raises(NotFound):
        import_all(workspace, people(("Ingrid Vale", "")), 77)
    assert known(workspace) == []
    assert history(workspace) == before


def test_a_dry_run_counts_and_changes_nothing(workspace: Workspace) -> None:
    import_all(workspace, people(("Ingrid Vale", "")), 1)
    before = history(workspace)
    done = import_all(workspace, people(("Ingrid Vale", ""), ("Otto Brandt", "")), 1, dry_run=True)
    assert (len(done.added), len(done.known), done.applications, done.changed) == (1, 1, 1, None)
    assert known(workspace) == [("Ingrid Vale", "")]
    assert history(workspace) == before


def test_each_person_has_a_history_of_their_own(workspace: Workspace) -> None:
    """Erasing one of them later must not take the others' past away."""
    import_all(workspace, people(("Ingrid Vale", ""), ("Otto Brandt", "")), 1)
    with workspace.read() as connection:
        rows = connection.exec_driver_sql("SELECT person FROM history WHERE op = 'import candidates'").scalars().all()
    assert sorted(rows) == ["candidate:1", "candidate:2"]
    assert check_workspace(workspace) == []


@settings(max_examples=15, suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
@given(st.lists(st.tuples(one_name, st.sampled_from(["", "a@x.org", "b@x.org", "c@x.org"])), max_size=6))
def test_importing_again_never_adds(workspace: Workspace, rows: list[tuple[str, str]]) -> None:
    import_all(workspace, people(*rows), 1)
    before = (known(workspace), len(applications(workspace)))
    done = import_all(workspace, people(*rows), 1)
    assert (done.added, done.applications) == ((), 0)
    assert (known(workspace), len(applications(workspace))) == before
