"""Rubrics out as YAML and XLSX and in again: the same rubric, the same bytes; what is none is refused by its place."""

from __future__ import annotations

import io
import random
import zipfile
from pathlib import Path
from typing import Any

import pytest
import yaml
from hypothesis import given, settings
from hypothesis import strategies as st
from openpyxl import load_workbook

from app.domain.pack import Pack
from app.domain.rubric import FEWEST, MOST
from app.exchange.packs import PackError, load_pack
from app.exchange.rubric_files import FORMATS, read_rubric, rubric_file, rubric_in
from app.exchange.rubric_workbook import FIRST, REST
from app.exchange.shipped import load_role, shipped_roles
from app.resources import packs
from tests.sized import pack_of

SHIPPED = [role.folder for role in shipped_roles()]
NAMES = st.text(st.characters(codec="utf-8", exclude_categories=("Cc", "Cs", "Zl", "Zp")), min_size=1, max_size=60)


def back(pack: Pack, form: str) -> Pack:
    return rubric_in(f"a.{form}", rubric_file(pack, form))


@pytest.mark.parametrize("form", FORMATS)
@pytest.mark.parametrize("name", SHIPPED)
def test_a_rubric_that_went_out_comes_in_as_it_was(name: str, form: str) -> None:
    pack = load_role(name)
    again = back(pack, form)
    assert again.canonical_text() == pack.canonical_text()
    assert rubric_file(again, form) == rubric_file(pack, form), "export, import, export: equal bytes"


@pytest.mark.parametrize("form", FORMATS)
@pytest.mark.parametrize("size", [FEWEST, 5, MOST])
def test_a_rubric_of_any_size_comes_back(size: int, form: str) -> None:
    assert back(pack_of(size), form) == pack_of(size)


@given(data=st.data())
@settings(max_examples=25, deadline=None)
def test_any_words_come_back_or_are_refused(data: st.DataObject) -> None:
    """Long, foreign and odd names, through both formats: the same pack, or a refusal; nothing in between."""
    size = data.draw(st.integers(FEWEST, MOST))
    form = data.draw(st.sampled_from(FORMATS))
    content = yaml.safe_load(rubric_file(pack_of(size), "yaml"))
    dimension = content["rubric"]["dimensions"][data.draw(st.integers(0, size - 1))]
    field = data.draw(st.sampled_from(["name", "definition", "rater_trap"]))
    dimension[field] = data.draw(NAMES)
    dimension["anchors"][2]["summary"] = data.draw(NAMES)
    dimension["questions"][0]["text"] = data.draw(NAMES)
    try:
        pack = rubric_in("a.yaml", yaml.safe_dump(content, allow_unicode=True).encode())
    except PackError:
        return
    try:
        again = back(pack, form)
    except PackError:
        assert form == "xlsx", "only a sheet has marks of its own that a text may look like"
        return
    if form == "yaml":
        assert again == pack


def test_a_folder_a_bare_rubric_and_a_workbook_are_read(tmp_path: Path) -> None:
    pack = load_role("software-engineer-backend")
    assert read_rubric(packs() / "software-engineer-backend") == pack
    bare = tmp_path / "rubric.yaml"
    bare.write_bytes((packs() / "software-engineer-backend" / "rubric.yaml").read_bytes())
    assert read_rubric(bare).rubric == pack.rubric
    assert read_rubric(bare).role is None
    book = tmp_path / "ours.xlsx"
    book.write_bytes(rubric_file(pack, "xlsx"))
    assert read_rubric(book) == pack


def edited(change: Any) -> bytes:
    book = load_workbook(io.BytesIO(rubric_file(pack_of(3), "xlsx")))
    change(book)
    saved = io.BytesIO()
    book.save(saved)
    return saved.getvalue()


def test_a_question_written_into_the_sheet_gets_an_id_and_keeps_its_words() -> None:
    def change(book: Any) -> None:
        cell = book[FIRST].cell(2, 10)
        cell.value = (
            cell.value
            + "\n[behavioural] Which choice of yours would you take back today?\n– What came of it?\n# regret"
        )

    question = rubric_in("a.xlsx", edited(change)).rubric.dimensions[0].questions[-1]
    assert (question.kind, question.text) == ("behavioural", "Which choice of yours would you take back today?")
    assert question.probes == ("What came of it?",)
    assert question.tags == ("regret",)
    assert question.id


@pytest.mark.parametrize(
    ("change", "sentence"),
    [
        (lambda book: book[FIRST].delete_cols(6), "a.xlsx, line 1, 1: this column is missing."),
        (lambda book: book[FIRST].cell(1, 2, "Title"), "a.xlsx, line 1, Title: a rubric has no such column."),
        (lambda book: book[FIRST].cell(3, 4, "far too long a name"), "longer than 11 characters"),
        (lambda book: book[FIRST].cell(2, 8, ""), "a.xlsx, line 2"),
        (lambda book: book[FIRST].delete_rows(4), "“software” is no dimension of this pack"),
        (lambda book: book.remove(book[FIRST]), "no sheet “Dimensions”"),
        (lambda book: book[REST].cell(3, 1, "rubric.id"), "line 3, rubric.id: nothing can stand at this place"),
    ],
)
def test_a_sheet_that_does_not_hold_is_named_by_row_and_column(change: Any, sentence: str) -> None:
    with pytest.raises(PackError) as caught:
        rubric_in("a.xlsx", edited(change))
    said = "\n".join(map(str, caught.value.problems))
    assert sentence in said or sentence in said.replace("line 2", "line 3"), said


def test_no_cell_of_a_workbook_runs() -> None:
    content = yaml.safe_load(rubric_file(pack_of(3), "yaml"))
    content["rubric"]["dimensions"][0]["definition"] = '=HYPERLINK("http://example.org","x")'
    pack = rubric_in("a.yaml", yaml.safe_dump(content).encode())
    book = load_workbook(io.BytesIO(rubric_file(pack, "xlsx")))
    assert book[FIRST].cell(2, 5).data_type == "s"
    assert back(pack, "xlsx") == pack


@pytest.mark.parametrize(
    ("name", "content", "sentence"),
    [
        ("a.yaml", b"", "a.yaml, line 1"),
        ("a.yaml", b"a: &x 1\nb: *x\n", "aliases"),
        ("a.yaml", b"tenfold_rubric: 2\nrubric: {}\n", "newer Tenfold"),
        ("a.yaml", b"tenfold_rubric: 1\nrole: {}\n", "no part “rubric”"),
        ("a.yaml", b"tenfold_rubric: 1\nrubric: {}\nbudget: {}\n", "no such part"),
        ("a.yaml", b"\xff\xfe\x00", "not UTF-8"),
        ("a.xlsx", b"PK\x03\x04", "damaged or locked"),
        ("a.pdf", b"%PDF", "YAML or XLSX"),
    ],
)
def test_what_is_no_rubric_is_refused_in_a_sentence(name: str, content: bytes, sentence: str) -> None:
    with pytest.raises(PackError) as caught:
        rubric_in(name, content)
    assert sentence in "\n".join(map(str, caught.value.problems))


def test_a_workbook_that_unpacks_without_end_is_refused() -> None:
    held = io.BytesIO()
    with zipfile.ZipFile(held, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("xl/workbook.xml", b" " * 60_000_000)
    with pytest.raises(PackError, match="40 MB"):
        rubric_in("a.xlsx", held.getvalue())


def mutated(chance: random.Random, form: str) -> bytes:
    """A rubric file with a few bytes changed, cut out, or doubled."""
    content = bytearray(rubric_file(pack_of(chance.choice((3, 5, 16))), form))
    for _ in range(chance.randint(1, 6)):
        at = chance.randrange(len(content))
        match chance.randrange(4):
            case 0:
                content[at] = chance.randrange(256)
            case 1:
                del content[at : at + chance.randint(1, 200)]
            case 2:
                content[at:at] = content[at : at + chance.randint(1, 200)]
            case 3:
                content[at:at] = chance.choice(
                    [b"*x", b"!!python/object:os.system", b"\x00", b": ", b"- ", b"'", b"=1+1"]
                )
        if not content:
            content = bytearray(b"x")
    return bytes(content)


def read_or_refused(form: str, seed: int) -> None:
    content = mutated(random.Random(seed), form)
    try:
        pack = rubric_in(f"a.{form}", content)
    except PackError as refused:
        assert all(problem.sentence for problem in refused.problems)
        return
    assert Pack.from_text(pack.canonical_text()) == pack


@pytest.mark.parametrize("form", FORMATS)
def test_a_few_mutated_files_are_read_or_refused(form: str) -> None:
    for seed in range(25):
        read_or_refused(form, seed)


@pytest.mark.trial
@pytest.mark.parametrize("part", range(10))
def test_mutated_files_are_read_or_refused(part: int) -> None:
    """Two thousand of them in all."""
    for seed in range(part * 200, part * 200 + 200):
        read_or_refused("yaml" if seed % 2 else "xlsx", seed)


def test_load_pack_and_the_one_file_say_the_same_of_a_fault(tmp_path: Path) -> None:
    content = yaml.safe_load(rubric_file(load_role("engineering-manager"), "yaml"))
    content["rubric"]["must_have"] = ["nothing"]
    (tmp_path / "rubric.yaml").write_text(yaml.safe_dump(content["rubric"], allow_unicode=True), "utf-8")
    with pytest.raises(PackError) as of_folder:
        load_pack(tmp_path)
    with pytest.raises(PackError) as of_file:
        rubric_in("one.yaml", yaml.safe_dump(content, allow_unicode=True).encode())
    assert of_folder.value.problems[0].sentence == of_file.value.problems[0].sentence
    assert of_file.value.problems[0].field == "rubric.must_have.0"
