"""Attached files are found by what they say; one that can't be read is found by its name."""

from __future__ import annotations

import io
import zipfile
from pathlib import Path

import pytest
from reportlab.pdfgen.canvas import Canvas

from app.actions import application
from app.exchange.file_words import read_waiting
from app.queries.search import search
from app.store.check import check_workspace
from app.store.indexing import index_all
from app.store.workspace import open_workspace

_W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"


def pdf(words: str) -> bytes:
    out = io.BytesIO()
    canvas = Canvas(out)
    canvas.drawString(72, 700, words)
    canvas.save()
    return out.getvalue()


def docx(words: str) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        body = f'<w:document xmlns:w="{_W}"><w:body><w:p><w:r><w:t>{words}</w:t></w:r></w:p></w:body></w:document>'
        archive.writestr("word/document.xml", body)
    return out.getvalue()


def go_on() -> None:
    """Nobody stops it."""


def test_files_are_found_by_their_words(sample_copy: Path) -> None:
    workspace = open_workspace(sample_copy)
    read_waiting(workspace, go_on)
    files = {
        "cv.pdf": pdf("Built a zyxpdf engine"),
        "letter.docx": docx("Likes zyxdocx, dearly"),
        "plain.txt": b"Wrote zyxtext",
        "broken.pdf": b"%PDF-1.7 zyxbroken",
        "bomb.docx": b"PK\x03\x04 zyxbomb",
        "binary.dat": b"\0\1zyxbinary",
    }
    added = application.attach_all(workspace, 1, list(files.items()))
    assert read_waiting(workspace, go_on) == len(files)
    assert read_waiting(workspace, go_on) == 0
    for word, name in (("zyxpdf", "cv.pdf"), ("zyxdocx", "letter.docx"), ("zyxtext", "plain.txt")):
        (hit,) = search(workspace, word)
        assert (hit.title, hit.place) == (name, "application")
        assert hit.text[slice(*hit.in_text[0])] == word
    for word in ("zyxbroken", "zyxbomb", "zyxbinary"):
        assert search(workspace, word) == ()
    assert [hit.title for hit in search(workspace, "bomb")] == ["bomb.docx"]
    for change in added.changes:
        if change.table == "attachment":
            application.detach(workspace, change.row)
    index_all(workspace)
    assert search(workspace, "zyx") == ()
    with workspace.read() as connection:
        kept = connection.exec_driver_sql("SELECT words FROM search_file").scalars().all()
    assert not any("zyx" in words for words in kept)
    assert check_workspace(workspace) == []
    workspace.close()


def test_reading_stops_when_it_is_told_to(sample_copy: Path) -> None:
    def stop() -> None:
        raise KeyboardInterrupt

    workspace = open_workspace(sample_copy)
    with pytest.raises(KeyboardInterrupt):
        read_waiting(workspace, stop)
    workspace.close()
