"""The whole check: what is missing shows as surely as what was changed."""

import sqlite3
from pathlib import Path

import pytest

from app.actions import scorecard
from app.store.check import Finding, check_file
from tests.actions.panel import Panel


def sentences(path: Path) -> list[str]:
    return [finding.sentence for finding in check_file(path)]


@pytest.fixture
def amended(tmp_path: Path) -> tuple[Path, int, int]:
    """A closed workspace with two submitted cards, and a third in the place of the first."""
    panel = Panel(tmp_path)
    first, _ = panel.bring_in(0, 1)
    second = scorecard.amend(panel.workspace, first, "Misread the load figures.").subject
    panel.submit(second)
    panel.workspace.close()
    assert check_file(panel.workspace.path) == []
    return panel.workspace.path, first, second


def scribble(path: Path, *commands: str) -> None:
    plain = sqlite3.connect(path)
    for command in commands:
        plain.execute(command)
    plain.commit()
    plain.close()


def test_images_that_are_gone_show(amended: tuple[Path, int, int]) -> None:
    path = amended[0]
    plain = sqlite3.connect(path)
    kept = plain.execute("SELECT count(*) FROM image").fetchone()[0]
    plain.close()
    scribble(path, "DELETE FROM image WHERE number = 2")
    assert check_file(path) == [
        Finding("history:2", "History row 2: what was recorded before and after it is gone, and nobody was erased.")
    ]
    scribble(path, "DELETE FROM image")
    assert len(check_file(path)) == kept


def test_the_images_of_somebody_erased_may_be_gone_but_never_the_workspaces_own(
    amended: tuple[Path, int, int],
) -> None:
    path = amended[0]
    erase = "DELETE FROM {table} WHERE {which}"
    ben = "number IN (SELECT number FROM history WHERE person = 'candidate:2')"
    scribble(path, erase.format(table="image", which=ben), erase.format(table="salt", which="person = 'candidate:2'"))
    assert check_file(path) == []
    own = "number IN (SELECT number FROM history WHERE person = 'workspace')"
    scribble(path, erase.format(table="image", which=own), erase.format(table="salt", which="person = 'workspace'"))
    assert any("History row 1:" in sentence for sentence in sentences(path))


def test_an_amended_card_without_its_successor_is_named(amended: tuple[Path, int, int]) -> None:
    path, first, second = amended
    scribble(path, f"UPDATE scorecard SET amends_id = NULL WHERE id = {second}")
    assert f"Scorecard {first} is marked as amended, but no submitted card stands in its place." in sentences(path)


def test_a_submitted_card_that_is_marked_as_amended_is_named(amended: tuple[Path, int, int]) -> None:
    path, _, second = amended
    scribble(path, f"UPDATE scorecard SET state = 'amended' WHERE id = {second}")
    assert f"Scorecard {second} is marked as amended, but no submitted card stands in its place." in sentences(path)
