"""A candidate's fields stand in one list: the form, the page, tables, lists and packets have those and no other."""

from __future__ import annotations

import csv
import io
import json
from dataclasses import replace
from datetime import date
from pathlib import Path

from app.actions import candidate, candidate_import
from app.actions.candidate import NewCandidate
from app.desk.pages.application.page import ApplicationPage
from app.desk.pages.pipeline.page import PipelinePage
from app.domain.candidate import CONTACTS, FIELDS, Applicant, CandidateFacts, FactKind, filled
from app.packets.hiring.packet import hiring_packet
from app.phrases.candidate import fact_text, fact_words
from app.queries.application import application_page
from app.queries.plain_lists import candidates
from app.store.columns import table_of
from app.store.tables import Candidate
from app.store.workspace import open_workspace
from app.words import day
from benchmarks.source import read
from benchmarks.touched import mentioning
from tests.exchange.people import candidates_in
from tests.journeys.conftest import Sitting
from tests.packets import facts as cases
from tests.packets.reading import text_of
from tests.samples import sample_in

ROOT = Path(__file__).resolve().parents[2]
KEYS = [field.key for field in FIELDS]
SAID = {
    FactKind.TEXT: "{key} of theirs",
    FactKind.MAIL: "{key}@example.org, {key}@example.com",
    FactKind.PHONE: "+47 20 30 40 50, 0043 1 222333",
    FactKind.LINK: "example.org/{key}, example.com/{key}",
    FactKind.DAY: "2031-05-07",
}
DAY = date(2031, 5, 7)


def told() -> dict[str, str]:
    """Something of its own in every field."""
    return {
        field.key: field.choices[-1]
        if field.kind is FactKind.CHOICE
        else SAID[field.kind].format(key=field.key.replace("_", " "))
        for field in FIELDS
    }


def csv_of(line: dict[str, str]) -> bytes:
    """A table of one line."""
    text = io.StringIO()
    csv.writer(text).writerows([line.keys(), line.values()])
    return text.getvalue().encode()


def facts() -> CandidateFacts:
    days = {field.key: DAY for field in FIELDS if field.kind is FactKind.DAY}
    return CandidateFacts(**filled({**told(), **days}))


def test_the_store_has_a_column_for_each_field_and_no_other() -> None:
    columns = {column.name for column in table_of(Candidate).columns}
    assert columns == {"id", *(field.key for field in FIELDS if field.kind not in CONTACTS)}


def test_every_heading_of_every_field_is_understood_in_a_table() -> None:
    for field in FIELDS:
        for heading in field.headings:
            cells = {"Name": "Ada Lind"} | {heading: told()[field.key]}
            line = {k: v for k, v in cells.items() if k != "Name" or not field.required}
            one = candidates_in(csv_of(line))[0]
            assert not one.further
            assert one.fact(field) == facts().fact(field), heading


def test_the_form_the_page_and_the_list_have_every_field(sitting: Sitting) -> None:
    sitting.go("pipeline")
    page = sitting.window.page
    assert isinstance(page, PipelinePage)
    assert [*page._panel.form.values()] == KEYS
    workspace = page.desk.workspace
    added = candidate.add(workspace, NewCandidate(**vars(facts())), 1)
    application = next(change.row for change in added.changes if change.table == "application")
    sitting.go("application", id=application)
    shown_page = sitting.window.page
    assert isinstance(shown_page, ApplicationPage)
    card = shown_page.person
    shown = {name: field.text for name, field in card.fields.items()}
    shown |= {name: choice.currentData() for name, choice in card.choices.items()}
    shown |= {name: str(shown_day.value) for name, shown_day in card.days.items()}
    assert shown == told()
    assert application_page(workspace, application).person == facts()
    assert candidates(workspace)[-1] == {"id": added.subject, **told()}


def test_a_table_that_is_brought_in_comes_out_in_the_list(tmp_path: Path) -> None:
    workspace = open_workspace(sample_in(tmp_path))
    table = csv_of({field.headings[0]: told()[field.key] for field in FIELDS})
    done = candidate_import.import_all(workspace, candidates_in(table), 1)
    found = next(entry for entry in candidates(workspace) if entry["id"] == done.added[0])
    workspace.close()
    assert json.loads(json.dumps(found)) == {"id": done.added[0], **told()}


def test_a_hiring_packet_prints_every_field_in_its_record_and_those_of_page_one() -> None:
    applied = date(2031, 2, 3)
    person = Applicant(**vars(facts()), applied_on=applied)
    packet = hiring_packet(replace(cases.ines(), candidate=person))
    pages = [" ".join(text.split()) for text in text_of(packet)]
    for field in FIELDS:
        words, said = fact_words(field), fact_text(field, person)
        assert any(f"{words.record or words.label} {said}" in text for text in pages), field.key
        assert not field.on_front or said in pages[0]
    came = next(field for field in FIELDS if field.key == "came_by")
    assert f"{fact_words(came).label} {fact_text(came, person)}, {day(applied)}" in pages[0]


def test_a_field_without_a_part_of_its_own_is_named_by_the_list_its_words_and_its_column_alone() -> None:
    found = mentioning(read(ROOT, "app"), "consent_how")
    made = [path for path in found if path.startswith("app/store/migrations/")]
    assert len(made) == 1
    assert sorted(set(found) - set(made)) == [
        "app/domain/candidate.py",
        "app/phrases/candidate.py",
        "app/store/migrated_rows.py",
        "app/store/tables.py",
    ]
