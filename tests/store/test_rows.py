"""Whole rows as typed values, and rows of a query with a table's whole row before what it selects."""

from __future__ import annotations

from pathlib import Path

from sqlalchemy import select
from sqlmodel import col

from app.store.columns import rows_of, rows_with
from app.store.tables import Application, Candidate, Opening
from app.store.workspace import open_workspace
from tests.samples import sample_in


def test_whole_rows_have_their_columns_as_attributes_in_the_order_asked_for(tmp_path: Path) -> None:
    workspace = open_workspace(sample_in(tmp_path))
    with workspace.read() as connection:
        found = rows_of(connection, Candidate, col(Candidate.id) <= 3, order_by=[col(Candidate.id).desc()])
        names = select(col(Candidate.name), col(Candidate.kept_until)).order_by(col(Candidate.id).desc())
        told = connection.execute(names.where(col(Candidate.id) <= 3)).all()
    workspace.close()
    assert [row.id for row in found] == [3, 2, 1]
    assert [(row.name, row.kept_until) for row in found] == told


def test_a_row_comes_with_what_the_query_selects_though_names_are_the_same(tmp_path: Path) -> None:
    workspace = open_workspace(sample_in(tmp_path))
    query = (
        select(col(Candidate.id), col(Candidate.name), col(Opening.id))
        .select_from(Application)
        .join(Candidate, col(Candidate.id) == col(Application.candidate_id))
        .join(Opening, col(Opening.id) == col(Application.opening_id))
        .order_by(col(Application.id))
    )
    with workspace.read() as connection:
        found = rows_with(connection, query, Application)
        applications = {row.id: row for row in rows_of(connection, Application)}
        names = {row.id: row.name for row in rows_of(connection, Candidate)}
    workspace.close()
    assert [row.id for row, *_ in found] == sorted(applications)
    for row, candidate, name, opening in found:
        assert row == applications[row.id]
        assert (row.candidate_id, row.opening_id) == (candidate, opening)
        assert names[candidate] == name


def test_rows_of_several_tables_come_in_one_query(tmp_path: Path) -> None:
    workspace = open_workspace(sample_in(tmp_path))
    query = (
        select(col(Opening.code))
        .select_from(Application)
        .join(Candidate, col(Candidate.id) == col(Application.candidate_id))
        .join(Opening, col(Opening.id) == col(Application.opening_id))
        .order_by(col(Application.id))
    )
    with workspace.read() as connection:
        found = rows_with(connection, query, Application, Candidate, Opening)
        applications = rows_of(connection, Application, order_by=[col(Application.id)])
        people = {row.id: row for row in rows_of(connection, Candidate)}
        openings = {row.id: row for row in rows_of(connection, Opening)}
    workspace.close()
    assert [row for row, *_ in found] == applications
    for row, person, opening, code in found:
        assert (person, opening) == (people[row.candidate_id], openings[row.opening_id])
        assert code == opening.code
