"""Transcripts of every format and of none: read whole, with time and speaker, or refused with a sentence."""

from __future__ import annotations

import zipfile
from io import BytesIO
from pathlib import Path

import pytest

from app.domain.transcript import MOST_LINES, SaidLine
from app.errors import Refused
from app.exchange import transcript_docx
from app.exchange.transcript_text import NoTranscript, lines_in
from app.exchange.transcripts import TRANSCRIPT_BYTES, read_transcript

TEAMS = """WEBVTT

NOTE made by the meeting

7f3e/12-0
00:00:03.210 --> 00:00:05.500 align:start
<v Noor Said>Hello &amp; welcome.</v>

7f3e/13-0
00:01:02.000 --> 00:01:04.000
<v Ada Lind>I owned it.
All <c.loud>of</c> it.</v>

01:00:00.000 --> 01:00:01.000
<v.high Noor Said>Wait,</v> <v Ada Lind>no</v>
"""
ZOOM = """WEBVTT

1
00:00:16.239 --> 00:00:27.079
Noor Said: Good morning: how are you?

2
00:00:27.079 --> 00:00:30.000
Ada Lind: Fine.
"""
SRT = """1
00:00:01,000 --> 00:00:04,000
<i>No name here</i>

2
00:00:03,500 --> 00:00:09,000
Twice: once and again
and a second line

3
00:00:99,000 --> nonsense
no moment

"""
BRACKETS = (
    "Call of 10 March\n\n[00:12:03] Noor Said: What broke?\n[00:12:09] Ada Lind: The pager.\nIt went off twice.\n"
)
NAMES = "Noor Said  00:12:03\nWhat broke?\n\nAda Lind\t1:12:09\nThe pager.\nAt 12:30 it stopped.\n"
BRACED = "Noor Said (0:03)\nHello.\nAda Lind [0:05]\nHi.\n"
LINES = {
    "teams": (
        TEAMS,
        [
            SaidLine(3, "Noor Said", "Hello & welcome."),
            SaidLine(62, "Ada Lind", "I owned it."),
            SaidLine(62, "Ada Lind", "All of it."),
            SaidLine(3600, "Noor Said", "Wait,"),
            SaidLine(3600, "Ada Lind", "no"),
        ],
    ),
    "zoom": (ZOOM, [SaidLine(16, "Noor Said", "Good morning: how are you?"), SaidLine(27, "Ada Lind", "Fine.")]),
    "srt, with times that overlap and one that is none": (
        SRT,
        [
            SaidLine(1, "", "No name here"),
            SaidLine(3, "", "Twice: once and again"),
            SaidLine(3, "", "and a second line"),
        ],
    ),
    "brackets": (
        BRACKETS,
        [
            SaidLine(None, "", "Call of 10 March"),
            SaidLine(723, "Noor Said", "What broke?"),
            SaidLine(729, "Ada Lind", "The pager."),
            SaidLine(729, "Ada Lind", "It went off twice."),
        ],
    ),
    "names": (
        NAMES,
        [
            SaidLine(723, "Noor Said", "What broke?"),
            SaidLine(4329, "Ada Lind", "The pager."),
            SaidLine(4329, "Ada Lind", "At 12:30 it stopped."),
        ],
    ),
    "names with times in brackets": (BRACED, [SaidLine(3, "Noor Said", "Hello."), SaidLine(5, "Ada Lind", "Hi.")]),
}


@pytest.mark.parametrize(("text", "expected"), LINES.values(), ids=LINES.keys())
@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
def test_every_format(text: str, expected: list[SaidLine], end: str) -> None:
    found, guess = lines_in(text.replace("\n", end).encode())
    assert found[: len(expected)] == expected
    assert guess == ""


def test_a_time_that_is_none_loses_no_words() -> None:
    assert lines_in(SRT.encode())[0][-1] == SaidLine(None, "", "no moment")


@pytest.mark.parametrize("coding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be"])
def test_encodings_that_their_bytes_tell(coding: str) -> None:
    found, guess = lines_in(ZOOM.replace("Fine.", "Très bien, 好.").encode(coding))
    assert found[-1].text == "Très bien, 好."
    assert guess == ""


def test_a_plausible_guess_is_said() -> None:
    found, guess = lines_in(ZOOM.replace("Fine.", "Très bien.").encode("cp1252"))
    assert found[-1].text == "Très bien."
    assert "Windows-1252" in guess
    assert "Très" in guess


def docx(*paragraphs: str, xml: str = "") -> bytes:
    """A document; in a paragraph a line break is written as such, and a tab."""
    space = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
    body = "".join(
        "<w:p><w:r><w:t xml:space='preserve'>"
        + p.replace("\n", "</w:t><w:br/><w:t xml:space='preserve'>").replace("\t", "</w:t><w:tab/><w:t>")
        + "</w:t></w:r></w:p>"
        for p in paragraphs
    )
    made = BytesIO()
    with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr(
            "word/document.xml", xml or f"<w:document xmlns:w='{space}'><w:body>{body}</w:body></w:document>"
        )
    return made.getvalue()


def test_a_document_of_teams_new_and_old() -> None:
    new = docx("Interview", "Noor Said   0:03\nWhat broke?", "Ada Lind   1:00:05\nThe pager &amp; the graph.")
    assert lines_in(new)[0] == [
        SaidLine(None, "", "Interview"),
        SaidLine(3, "Noor Said", "What broke?"),
        SaidLine(3605, "Ada Lind", "The pager & the graph."),
    ]
    old = docx(
        "0:0:3.210 --&gt; 0:0:5.5", "Noor Said", "What broke?", "0:0:6.0 --&gt; 0:0:7.5", "Ada Lind", "The pager."
    )
    assert lines_in(old)[0] == [SaidLine(3, "Noor Said", "What broke?"), SaidLine(6, "Ada Lind", "The pager.")]


ENTITY = "<!DOCTYPE d [<!ENTITY a 'aaaaaaaaaa'>]><w:document xmlns:w='x'>&a;</w:document>"
REFUSED = {
    "nothing": (b"", "is empty"),
    "blanks": (b" \n\r\n \t", "is empty"),
    "a heading alone": (b"WEBVTT\n\n", "no line with the time"),
    "a PDF": (b"%PDF-1.7\n1 0 obj", "another kind of file"),
    "a picture": (b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR" + bytes(range(256)) * 9, "text"),
    "zeros": (bytes(5000), "text"),
    "prose": (b"Dear all,\nwe meet at 10:30.\nYours\n" * 50, "no line with the time"),
    "one time": (b"[00:01:00] Noor: Hello.\n", "no line with the time"),
    "letters that are none": (ZOOM.replace("Fine.", "\x81\x8d\x8f\x90").encode("latin-1"), "can’t be read"),
    "an archive that is none": (b"PK\x03\x04" + b"?" * 500, "no DOCX"),
    "an archive of something else": (docx(xml="<a/>").replace(b"word/document.xml", b"word/dokument.xml"), "no DOCX"),
    "a document with entities": (docx(xml=ENTITY), "no DOCX"),
    "a document that is no XML": (docx(xml="<w:document>"), "no DOCX"),
    "a document without times": (docx("Hello", "there"), "no line with the time"),
    "too many lines": (b"WEBVTT\n\n00:01.000 --> 00:02.000\n" + b"a\n" * (MOST_LINES + 1), "20,000 lines"),
}


@pytest.mark.parametrize(("content", "why"), REFUSED.values(), ids=REFUSED.keys())
def test_what_is_no_transcript_is_refused_with_a_sentence(content: bytes, why: str) -> None:
    with pytest.raises(NoTranscript) as refused:
        lines_in(content)
    assert why in refused.value.sentence.format(name="call.vtt")


def test_a_document_that_grows_is_given_up_while_it_unpacks(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(transcript_docx, "MAX_UNPACKED", 200_000)
    with pytest.raises(NoTranscript, match="far too large"):
        lines_in(docx("Noor Said   0:03\n" + "a" * 400_000))


def test_ten_thousand_lines_are_read_whole_in_a_process_of_their_own(tmp_path: Path) -> None:
    cues = (
        f"00:{n // 60 % 60:02}:{n % 60:02}.000 --> 00:59:59.000\n<v Ada Lind>Line {n}.</v>\n" for n in range(10_000)
    )
    path = tmp_path / "long.vtt"
    path.write_text("WEBVTT\n\n" + "\n".join(cues), "utf-8")
    found = read_transcript(path)
    assert found.name == "long.vtt"
    assert len(found.lines) == 10_000
    assert found.lines[-1] == SaidLine(9_999 % 3600, "Ada Lind", "Line 9999.")


def test_files_that_are_not_read_say_why(tmp_path: Path) -> None:
    large = tmp_path / "large.vtt"
    with large.open("wb") as file:
        file.truncate(200_000_000)
    empty = tmp_path / "{empty}.vtt"
    empty.write_bytes(b"")
    for path, why in (
        (large, "larger than 8 MB"),
        (empty, "{empty}.vtt is empty"),
        (tmp_path / "none.vtt", "can’t be read"),
        (tmp_path, "can’t be read"),
    ):
        with pytest.raises(Refused, match=why) as refused:
            read_transcript(path)
        assert refused.value.remedy
    assert TRANSCRIPT_BYTES < 200_000_000


def test_what_takes_too_long_is_left_alone(tmp_path: Path) -> None:
    path = tmp_path / "slow.vtt"
    path.write_text(ZOOM * 20_000, "utf-8")
    with pytest.raises(Refused, match="takes longer"):
        read_transcript(path, seconds=0.001)
