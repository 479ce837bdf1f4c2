"""Finding: what fits best comes first, nothing typed is syntax, and nobody finds what they may not see."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from pathlib import Path

import pytest

from app.actions import application, candidate, candidate_import, candidate_note, checkin, growth, scorecard
from app.actions.application import PutOnHold
from app.actions.candidate import NewCandidate
from app.actions.candidate_note import NewNote
from app.actions.undo import apply_inverse
from app.domain.operations import Op
from app.domain.pipeline import Outcome
from app.queries.candidate_page import candidate_page
from app.queries.search import Hit, search
from app.queries.search_hits import DESCRIBED
from app.store.search_index import TABLES_OF_INDEX
from app.store.search_sources import SOURCES
from app.store.workspace import Workspace, open_workspace, read_workspace
from tests.actions.calibrating import DANA, TOMASZ, Team
from tests.actions.calibrating import RUTH as LEAD
from tests.actions.panel import LENA, OMAR, RUTH, Panel
from tests.makers import new_workspace
from tests.store.test_migrations import restored


@pytest.fixture
def workspace(tmp_path: Path) -> Iterator[Workspace]:
    made = new_workspace(tmp_path)
    yield made
    made.close()


@pytest.fixture
def panel(tmp_path: Path) -> Iterator[Panel]:
    made = Panel(tmp_path)
    yield made
    made.workspace.close()


def add(workspace: Workspace, *names: str) -> None:
    for name in names:
        candidate.add(workspace, NewCandidate(name))


def titles(workspace: Workspace, typed: str, most: int = 6) -> list[str]:
    return [hit.title for hit in search(workspace, typed, most)]


def by(panel: Panel, who: int, typed: str) -> tuple[Hit, ...]:
    with panel.workspace.acting(who):
        return search(panel.workspace, typed)


def marked(hit: Hit) -> list[str]:
    return [hit.title[a:b] for a, b in hit.in_title] + [hit.text[a:b] for a, b in hit.in_text]


def test_the_best_comes_first(workspace: Workspace) -> None:
    candidate.add(workspace, NewCandidate("Zoe Berg", now_at="Adamant"))
    add(workspace, "Lind Adam", "Adamson Bo", "Kim Adamo", "Adam Oz")
    assert titles(workspace, "adam") == ["Adam Oz", "Adamson Bo", "Lind Adam", "Kim Adamo", "Zoe Berg"]


def test_every_word_must_be_there_and_the_last_may_be_a_beginning(workspace: Workspace) -> None:
    candidate.add(workspace, NewCandidate("Noor Said", place="Oslo"))
    add(workspace, "Noor Berg")
    assert titles(workspace, "noor os") == ["Noor Said"]
    assert titles(workspace, "no said") == []
    assert titles(workspace, "said no") == ["Noor Said"]


@pytest.mark.parametrize(
    ("name", "typed"),
    [
        ("Élodie Ångström", "elodie angs"),
        ("Νίκος Παπαδόπουλος", "νικοσ παπαδ"),
        ("Алёна Чайковская", "алена чайк"),
        ("山田太郎", "太郎"),
        ("山田太郎", "山"),
        ("김민준", "민준"),
        ("Søren", "soren"),
    ],
)
def test_any_script_is_found(workspace: Workspace, name: str, typed: str) -> None:
    add(workspace, "Ada Lind", name)
    (hit,) = search(workspace, typed)
    assert hit.title == name
    assert "".join(marked(hit))


@pytest.mark.parametrize(
    "typed",
    [
        '" OR *',
        "name : ada",
        "ada NOT lind",
        "NEAR(ada lind)",
        "^ada",
        'ada"',
        "a*b",
        "{name words} : ada",
        "-ada",
        "'; DROP",
        "ada + x",
        "\x00ada",
        "\ud800",
    ],
)
def test_nothing_typed_is_syntax(workspace: Workspace, typed: str) -> None:
    add(workspace, "Ada Lind")
    words = {"ada", "lind"}
    expected = ["Ada Lind"] if set(typed.lower().strip('^"-\x00 ').split()) <= words else []
    assert titles(workspace, typed) == expected


def test_the_words_about_a_match_are_shown_with_their_places(panel: Panel) -> None:
    text = "Said at length " * 20 + "that the quorum was lost.\n" + "And so on. " * 40
    card = panel.start(0)
    scorecard.note(panel.workspace, card, text, panel.rounds[0].dimensions[0])
    panel.fill(card, 0)
    panel.submit(card, 0)
    (hit,) = search(panel.workspace, "quorum lo")
    assert hit.text.startswith("…")
    assert hit.text.endswith("…")
    assert "\n" not in hit.text
    assert len(hit.text) < 220
    assert marked(hit) == ["quorum", "lo"]


def test_evidence_is_found_by_who_may_see_the_card_and_by_nobody_else(panel: Panel) -> None:
    card = panel.start(1)
    panel.fill(card, 1)
    with panel.workspace.acting(OMAR):
        scorecard.note(panel.workspace, card, "A zyxword for all.", panel.rounds[1].dimensions[0])
    for who in (RUTH, OMAR, LENA):
        assert by(panel, who, "zyxword") == (), "a draft"
    panel.submit(card, 1)
    (own,) = by(panel, OMAR, "zyxw")
    assert (own.title, own.where, own.place, own.target) == (
        "Ada Lind",
        "Evidence by Omar Haddad",
        "scorecard",
        (("card", card),),
    )
    assert marked(own) == ["zyxw"]
    for who in (RUTH, LENA):
        assert by(panel, who, "zyxword") == ()
    panel.bring_in(0)
    panel.open_early(RUTH)
    assert len(by(panel, RUTH, "zyxword")) == 1
    assert by(panel, LENA, "zyxword") == (), "Lena owes hers"


def test_nobody_finds_a_sealed_word_nor_how_often_there_are_any(panel: Panel) -> None:
    """The leak walk: each word on a card, for each colleague who may not see that card."""
    panel.bring_in(0, 1, 2)
    with panel.workspace.read() as connection:
        notes = connection.exec_driver_sql("SELECT scorecard_id, text FROM note WHERE dimension IS NOT NULL").all()
    walked = 0
    for who in (RUTH, OMAR, LENA):
        seen = panel.seen_by(who)
        allowed = {text for card, text in notes if card in seen}
        for _, text in notes:
            for word in text.split():
                hits = [h for h in by(panel, who, word) if h.place == "scorecard"]
                assert all(any(h.text.strip("…") in t for t in allowed | {"Good."}) for h in hits)
                assert all(dict(h.target)["card"] in seen for h in hits)
                walked += 1
    assert walked > 20


def test_sealed_rows_take_no_place_from_others(panel: Panel) -> None:
    panel.bring_in(1)
    (first, *_rest) = by(panel, OMAR, "heard about")
    panel.bring_in(2, 3, 4, 5)
    assert by(panel, OMAR, "heard about")[0] == first


def test_ones_own_note_is_found_by_its_author_alone(panel: Panel) -> None:
    card = panel.start(1)
    with panel.workspace.acting(OMAR):
        scorecard.note(panel.workspace, card, "Looked quuxling tired.", None)
    (own,) = by(panel, OMAR, "quux")
    assert (own.private, marked(own)) == (True, ["quux"])
    panel.fill(card, 1)
    panel.submit(card, 1)
    panel.bring_in(0)
    panel.open_early(RUTH)
    assert by(panel, RUTH, "quux") == ()
    with panel.workspace.read() as connection:
        whole = connection.exec_driver_sql("SELECT name, words FROM search_index").all()
    assert not any("quux" in part for row in whole for part in row)


def test_a_private_note_on_growth_is_its_authors(tmp_path: Path) -> None:
    team = Team(tmp_path)
    plan = growth.begin(team.workspace, team.anders, "MLE4").subject
    growth.edit_plan(team.workspace, plan, private_note="Thinks of quuxing.")
    checkin.start(team.workspace, plan, said="We talked.", private_note="Quuxed again.")
    found = {}
    for who in (LEAD, TOMASZ, DANA):
        with team.workspace.acting(who):
            found[who] = [(h.private, h.place) for h in search(team.workspace, "quux")]
    assert [(h.where, h.place) for h in search(team.workspace, "talked")] == [("Check-in", "growthplan")]
    assert found == {LEAD: [(True, "growthplan")] * 2, TOMASZ: [], DANA: []}
    team.workspace.close()


def test_a_damaged_index_is_mended_by_asking(workspace: Workspace) -> None:
    add(workspace, "Ada Lind")
    assert titles(workspace, "ada") == ["Ada Lind"]
    with workspace.committing() as connection:
        connection.exec_driver_sql("UPDATE search_index_data SET block = x'0011' WHERE id > 10")
    workspace.let_readers_go()
    assert titles(workspace, "ada") == ["Ada Lind"]


def test_every_table_that_is_indexed_says_what_is_shown_of_it() -> None:
    assert set(DESCRIBED) == {source.table for source in SOURCES}


def test_a_file_that_is_only_read_is_asked_as_it_is(workspace: Workspace) -> None:
    add(workspace, "Ada Lind")
    search(workspace, "ada")
    reader = read_workspace(workspace.path)
    assert titles(reader, "ada") == ["Ada Lind"]
    reader.close()


def test_an_older_file_is_searched_once_it_came_along(tmp_path: Path, sample_copy: Path) -> None:

    plain = sqlite3.connect(sample_copy)
    for table in ("search_index", "search_mark"):
        plain.execute(f"DROP TABLE {table}")
    plain.close()
    opened = open_workspace(sample_copy)
    assert "Noor Salimi" in titles(opened, "noor")
    assert any(hit.place == "rubric" for hit in search(opened, "software engineer"))
    opened.close()
    assert TABLES_OF_INDEX


def test_a_person_is_found_by_all_that_is_known_of_them_and_once(panel: Panel) -> None:
    ws = panel.workspace
    facts = NewCandidate(
        "Noor Said", mail="noor@example.org, ns@example.com", tags=("relocating",), further=(("Grade", "Seven"),)
    )
    noor = candidate.add(ws, facts, 1).subject
    mine = next(a.id for a in candidate_page(ws, noor).applications)
    for typed in ("noor", "ns@example", "relocat", "seven"):
        hits = [hit for hit in search(ws, typed) if hit.title == "Noor Said"]
        assert [(hit.place, hit.target) for hit in hits] == [("candidate", (("id", noor),))], typed
    candidate.edit(ws, noor, mail="noor@example.org")
    assert search(ws, "ns@example") == ()
    application.hold(ws, mine, PutOnHold("Quarantine abroad."))
    application.close(ws, mine, Outcome.WITHDRAWN, "Opened a bakery.", "Took another job")
    for typed in ("quarantine", "bakery", "another job"):
        assert [(hit.place, hit.target) for hit in search(ws, typed)] == [("application", (("id", mine),))], typed
    application.reopen(ws, mine)
    assert [hit.title for hit in search(ws, "bakery")] == ["Noor Said"], "the closing stays, and so do its words"


def test_a_note_for_the_panel_is_found_by_all_and_a_private_one_by_its_author(panel: Panel) -> None:
    ws = panel.workspace
    with ws.acting(RUTH):
        candidate_note.add(ws, 1, NewNote("Speaks of glaciers."))
        secret = candidate_note.add(ws, 1, NewNote("Dislikes volcanoes.", private=True)).subject
    assert [hit.where for hit in by(panel, LENA, "glaciers")] == ["Note"]
    assert by(panel, LENA, "volcan") == by(panel, OMAR, "volcan") == ()
    assert [hit.private for hit in by(panel, RUTH, "volcan")] == [True]
    with ws.acting(RUTH):
        candidate_note.remove(ws, secret)
    assert by(panel, RUTH, "volcan") == ()


def test_who_came_in_by_a_table_is_found_and_who_went_back_out_is_not(panel: Panel) -> None:
    ws = panel.workspace
    done = candidate_import.import_all(
        ws, [NewCandidate(f"Import {n:03}", mail=f"i{n}@example.org") for n in range(300)], 1
    )
    assert titles(ws, "import 299") == titles(ws, "i299@example") == ["Import 299"]
    assert done.changed is not None
    apply_inverse(ws, done.changed, Op.UNDO)
    assert titles(ws, "import 299") == titles(ws, "i299@example") == []


def test_a_calibration_is_found_by_its_name_also_in_a_file_of_before(tmp_path: Path) -> None:
    team = Team(tmp_path)
    (hit,) = [hit for hit in search(team.workspace, "spring 20") if hit.place == "calibration"]
    assert (hit.title, dict(hit.target)["id"]) == ("Spring 2026", team.cycle)
    older = open_workspace(restored(tmp_path, 9), backups=tmp_path / "data")
    names = [name for name, *_ in _rows(older, "SELECT name FROM cycle")]
    assert names
    assert [hit.title for hit in search(older, names[0], 20) if hit.place == "calibration"] == [names[0]]
    older.close()


def _rows(workspace: Workspace, query: str) -> list[tuple[str]]:
    with workspace.read() as connection:
        return [(str(row[0]),) for row in connection.exec_driver_sql(query)]
