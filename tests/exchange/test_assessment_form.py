"""Assessment forms out, filled in, and back; and one rater's table for a spreadsheet."""

from __future__ import annotations

import json
from collections.abc import Iterator
from datetime import date
from io import BytesIO
from pathlib import Path

import openpyxl
import pytest
from pypdf import PdfReader

from app.__main__ import main
from app.actions import assessment, calibration
from app.domain.assessment_form import (
    AssessmentSpec,
    assessment_spec_of,
    day_before,
    evidence_in,
    read_assessment_values,
)
from app.domain.scorecard_form import DATE, Reason, evidence_field, score_field
from app.errors import Refused
from app.exchange.assessment_form import DaysSaid, accept_dated, bring_assessments
from app.exchange.assessment_sheet import bring_ratings, ratings_table
from app.exchange.csv_rows import TableError
from app.packets.printables import hand_out_into
from app.queries.assessment import assessment_page
from app.store.check import check_workspace
from tests.actions.calibrating import DANA, RUTH, TOMASZ, Team
from tests.exchange.filling import Answers, with_pypdf
from tests.printing import make_form, make_forms

SEEN = "18 Nov 2025, led the failover review (review)\n2026-01-30 four actions done"


@pytest.fixture
def team(tmp_path: Path) -> Iterator[Team]:
    made = Team(tmp_path)
    yield made
    made.workspace.close()


def answers(spec: AssessmentSpec, score: int = 3, words: str = SEEN) -> Answers:
    return Answers(
        {score_field(d): str(score) for d in spec.dimensions},
        {**{evidence_field(d): words for d in spec.dimensions}, DATE: "13 March 2026"},
    )


def filled(team: Team, row: int, folder: Path, **how: object) -> Path:
    packet, facts = make_form(team.workspace, row)
    path = folder / f"{row}.pdf"
    path.write_bytes(with_pypdf(packet.bytes, answers(facts.spec, **how)))  # type: ignore[arg-type]
    return path


def test_a_form_comes_back_as_its_raters_assessment(team: Team, tmp_path: Path) -> None:
    row = team.seat(team.anders, DANA)
    path = filled(team, row, tmp_path)
    ((verdict, changed),) = bring_assessments(team.workspace, [path])
    assert verdict.fits, verdict.sentence
    assert verdict.sentence == "Dana Whitlock’s assessment of Anders Mbeki is in."
    assert changed is not None
    with team.workspace.acting(DANA):
        content = assessment_page(team.workspace, row).content
    rating = content.rating("reliability")
    assert (rating.score, content.entered_by) == (3, RUTH)
    assert [(f.on, f.text, f.source) for f in rating.facts] == [
        (date(2025, 11, 18), "led the failover review", "review"),
        (date(2026, 1, 30), "four actions done", ""),
    ]
    assert check_workspace(team.workspace) == []
    assert "bring assessment" in team.chain()
    ((again, nothing),) = bring_assessments(team.workspace, [path])
    assert (again.reason, nothing) == (Reason.IDENTICAL, None)
    (tmp_path / "c").mkdir()
    second = team.seat(team.nadia, TOMASZ)
    one, twin = filled(team, second, tmp_path), filled(team, second, tmp_path / "c")
    both = bring_assessments(team.workspace, [one, twin])
    assert [(v.reason, bool(c)) for v, c in both] == [(None, True), (Reason.IDENTICAL, False)]
    assert both[1][0].sentence.startswith("Tomasz Wieland’s assessment of Nadia Rousselle is in already")
    other = filled(team, row, tmp_path, score=2)
    assert bring_assessments(team.workspace, [other])[0][0].reason is Reason.DIFFERENT


def test_words_without_a_score_come_back_as_words_and_count_nowhere(team: Team, tmp_path: Path) -> None:
    row = team.seat(team.anders, DANA)
    packet, facts = make_form(team.workspace, row)
    given = answers(facts.spec)
    first, second, *_ = facts.spec.dimensions
    said = "He asks before he decides.\nLast time in May, I think."
    path = tmp_path / "words.pdf"
    for words, lacks in (("", True), (said, False)):
        choices = {**given.choices, score_field(first): "words", score_field(second): "not_seen"}
        texts = {**given.texts, evidence_field(first): words}
        path.write_bytes(with_pypdf(packet.bytes, Answers(choices, texts)))
        ((verdict, _),) = bring_assessments(team.workspace, [path])
        assert verdict.fits != lacks
        if lacks:
            assert "words on Systems design" in verdict.sentence
    with team.workspace.acting(DANA):
        rating = assessment_page(team.workspace, row).content.rating(first)
    assert (rating.score, rating.reason, rating.words, rating.facts) == (None, "words", said, ())
    team.fill(team.anders, TOMASZ)
    judged = team.of(team.anders).judged
    assert judged is not None
    cell = next(c for c in judged.verdict.cells if c.dimension == first)
    assert len(cell.scores) == 1, "his alone"
    assert check_workspace(team.workspace) == []


def test_lines_without_a_day_come_in_with_the_days_their_rater_said(team: Team, tmp_path: Path) -> None:
    row = team.seat(team.anders, DANA)
    path = filled(team, row, tmp_path, words="led the review\n2026-01-30 four actions done")
    ((verdict, _),) = bring_assessments(team.workspace, [path])
    assert verdict.reason is Reason.INCOMPLETE
    assert [line for line in verdict.undated if line[0] == "Systems design"] == [("Systems design", "led the review")]
    days = tuple(date(2025, 11, 18) for _ in verdict.undated)
    for wrong in (
        DaysSaid(days[1:], "on the phone"),
        DaysSaid(days, " "),
        DaysSaid((date(2027, 1, 1), *days[1:]), "x"),
    ):
        with pytest.raises(Refused):
            accept_dated(team.workspace, verdict, wrong)
    brought, changed = accept_dated(team.workspace, verdict, DaysSaid(days, "On the phone, 13 March"))
    assert brought.fits
    assert changed is not None
    with team.workspace.acting(DANA):
        page = assessment_page(team.workspace, row)
    assert page.days_said == "On the phone, 13 March"
    assert {f.on for f in page.content.rating("reliability").facts} == {date(2025, 11, 18), date(2026, 1, 30)}
    assert check_workspace(team.workspace) == []


def test_who_owes_one_of_their_own_reads_no_line_of_a_form_without_days(team: Team, tmp_path: Path) -> None:
    row = team.seat(team.nadia, TOMASZ)
    path = filled(team, row, tmp_path, words="led the review")
    ((verdict, _),) = bring_assessments(team.workspace, [path])
    assert verdict.reason is Reason.INCOMPLETE
    assert (verdict.undated, verdict.filled) == ((), None), "Ruth still owes hers on Nadia"
    team.fill(team.nadia, RUTH)
    assert bring_assessments(team.workspace, [path])[0][0].undated


def test_a_form_says_what_each_dimension_weighs_and_whose_it_is(team: Team) -> None:
    for rater, words in ((TOMASZ, "send it to Ruth Amadi"), (RUTH, "It is your own: save it and bring it in")):
        member = team.anders if rater == TOMASZ else team.nadia
        packet, _ = make_form(team.workspace, team.seat(member, rater))
        text = " ".join(" ".join(page.extract_text().split()) for page in PdfReader(BytesIO(packet.bytes)).pages)
        assert "core, bar 3 · mark one number, or a reason" in text
        assert "important, bar 3 · mark one number" in text
        assert "Spring 2026 calibration. By " in text
        assert words in text
        assert ("send it to" in text) == (rater == TOMASZ)


def test_each_form_that_does_not_fit_has_one_reason(team: Team, tmp_path: Path) -> None:
    row = team.seat(team.anders, DANA)
    no_day = filled(team, row, tmp_path, words="led the review")
    verdict = bring_assessments(team.workspace, [no_day])[0][0]
    assert verdict.reason is Reason.INCOMPLETE
    assert "the day of a line on Systems design" in verdict.sentence
    empty = filled(team, row, tmp_path, words="")
    assert "evidence for Systems design" in bring_assessments(team.workspace, [empty])[0][0].sentence
    calibration.propose(team.workspace, team.cycle, team.anders, "MLE4")
    plain = tmp_path / "other.pdf"
    plain.write_bytes(b"no pdf at all")
    assert bring_assessments(team.workspace, [plain])[0][0].reason is Reason.NOT_A_FORM
    assert bring_assessments(team.workspace, [tmp_path / "gone.pdf"])[0][0].reason is Reason.UNREADABLE
    good = filled(team, row, tmp_path)
    team.fill(team.anders, DANA, submit=False)
    assert bring_assessments(team.workspace, [good])[0][0].reason is Reason.BEGUN
    (tmp_path / "b").mkdir()
    stranger = Team(tmp_path / "b")
    assert bring_assessments(stranger.workspace, [good])[0][0].reason is Reason.OTHER_WORKSPACE
    stranger.workspace.close()


def test_what_a_form_says_of_itself_shows_a_lost_letter(team: Team) -> None:
    _, facts = make_form(team.workspace, team.seat(team.anders, DANA))
    text = facts.spec.text
    assert assessment_spec_of(text) == facts.spec
    assert assessment_spec_of(text.replace("MLE4", "MLE5")) is None
    assert assessment_spec_of("nothing") is None
    assert read_assessment_values(facts.spec, {score_field("mlops"): "5"}) is None
    assert make_form(team.workspace, 1)[0].bytes == make_form(team.workspace, 1)[0].bytes, "same facts, same bytes"


@pytest.mark.parametrize(
    ("line", "on", "rest"),
    [
        ("18 Nov 2025, led it", date(2025, 11, 18), "led it"),
        ("2025-11-18: led it", date(2025, 11, 18), "led it"),
        ("18.11.2025 led it", date(2025, 11, 18), "led it"),
        ("18. November 2025 – led it", date(2025, 11, 18), "led it"),
        ("led it on 18 Nov 2025", None, "led it on 18 Nov 2025"),
        ("31 Feb 2025 led it", None, "31 Feb 2025 led it"),
        ("3 Foo 2025 led it", None, "3 Foo 2025 led it"),
        ("18 Nov 2025", None, "18 Nov 2025"),
    ],
)
def test_a_line_begins_with_its_day(line: str, on: date | None, rest: str) -> None:
    assert day_before(line) == (on, rest)
    assert [(f.on, f.text) for f in evidence_in(line)] == [(on, rest)]


def test_forms_go_out_for_who_is_due_alone(team: Team, tmp_path: Path) -> None:
    team.fill(team.anders, TOMASZ)
    made = make_forms(team.workspace, team.cycle)
    for one in made:
        hand_out_into(team.workspace, one, tmp_path, beside=True)
    assert team.chain()[-3:] == ["export packet"] * 3
    assert sorted(p.name for p in tmp_path.glob("*.pdf")) == [
        "Anders Mbeki, MLE4, Dana Whitlock.pdf",
        "Nadia Rousselle, MLE3, Ruth Amadi.pdf",
        "Nadia Rousselle, MLE3, Tomasz Wieland.pdf",
    ]


def test_a_table_out_filled_and_in_again(team: Team, tmp_path: Path) -> None:
    content = ratings_table(team.workspace, team.cycle).decode("utf-8-sig")
    lines = content.splitlines()
    assert lines[0].startswith("Assessment,Member,Level,Dimension,Expected,Score")
    assert len(lines) == 1 + 10
    row = team.seat(team.nadia, RUTH)
    path = tmp_path / "mine.csv"
    path.write_text(
        "Assessment,Dimension,Score,Not assessed,Words,Day,Evidence\n"
        f"{row},MLOps,3,,Every release,2025-11-18,Rollback rehearsed\n"
        f"{row},mlops,,,,2026-01-20,Canary caught it\n"
        f"{row},Data contracts,,conflict,,,\n",
        "utf-8",
    )
    bring_ratings(team.workspace, team.cycle, path)
    page = assessment_page(team.workspace, row)
    assert page.content.rating("mlops").score == 3
    assert len(page.content.rating("mlops").facts) == 2
    assert page.content.rating("data").reason == "conflict"
    assert page.state == "draft", "nothing is submitted by it"
    for wrong, words in (
        (f"{row},MLOps,5,,,,", "“5” is no score"),
        (f"{row},MLOps,3,conflict,,,", "a score and a reason"),
        (f"{row},Cooking,3,,,,", "“Cooking” is no dimension"),
        (f"{team.seat(team.anders, DANA)},MLOps,3,,,,", "is not due of you"),
        (f"{row},MLOps,,bored,,,", "is none of"),
        (f"{row},MLOps,3,,,,\n{row},mlops,2,,,,", "Line 3: this dimension has another score"),
        (f"{row},MLOps,3,,,2026-01-20,", "a day and no evidence"),
    ):
        path.write_text(f"Assessment,Dimension,Score,Not assessed,Words,Day,Evidence\n{wrong}\n", "utf-8")
        with pytest.raises(TableError, match=words):
            bring_ratings(team.workspace, team.cycle, path)
    path.write_text("Name\nA\n", "utf-8")
    with pytest.raises(TableError, match="No headings say"):
        bring_ratings(team.workspace, team.cycle, path)
    with team.workspace.acting(DANA), pytest.raises(Refused, match="Nothing is due"):
        team.fill(team.anders, DANA)
        ratings_table(team.workspace, team.cycle)


@pytest.mark.parametrize("suffix", [".csv", ".xlsx"])
def test_a_table_comes_in_as_a_spreadsheet_makes_it(team: Team, tmp_path: Path, suffix: str) -> None:
    row = team.seat(team.nadia, RUTH)
    lines = (
        ("Assessment", "Dimension", "Score", "Not assessed", "Words", "Day", "Evidence"),
        (str(row), "MLOps", "3 meets", "", "", "1/2/2026", "On the first of February"),
        (str(row), "MLOps", "", "", "", "18/11/2025", "The order of the days shows here"),
        (str(row), "Data contracts", "", "Too little time together", "", "", ""),
        (str(row), "Reliability", "", "in words", "He asks first.", "", ""),
        (str(row), "Governance", "2,0", "", "", "18 Nov 2025", "Of two"),
    )
    path = tmp_path / f"mine{suffix}"
    if suffix == ".csv":
        path.write_text("\n".join(";".join(f'"{cell}"' for cell in line) for line in lines), "utf-8")
    else:
        book = openpyxl.Workbook()
        for line in lines:
            book.worksheets[0].append(line)
        book.worksheets[0]["F3"] = date(2025, 11, 18)
        book.worksheets[0]["F2"] = date(2026, 2, 1)
        book.worksheets[0]["C6"] = 2
        book.save(path)
    brought = bring_ratings(team.workspace, team.cycle, path)
    assert brought.words == (
        "In: 4 scores or reasons and 3 lines of evidence, of 1 assessment. They are drafts; nothing is submitted."
    )
    page = assessment_page(team.workspace, row)
    assert [f.on for f in page.content.rating("mlops").facts] == [date(2025, 11, 18), date(2026, 2, 1)]
    assert page.content.rating("mlops").score == 3
    assert page.content.rating("data").reason == "too_short"
    words = page.content.rating("reliability")
    assert (words.reason, words.words) == ("words", "He asks first.")
    assert page.content.rating("governance").score == 2
    assert page.state == "draft"


def test_a_table_brought_back_untouched_takes_nothing_out(team: Team, tmp_path: Path) -> None:
    row = team.seat(team.nadia, RUTH)
    assessment.add_fact(team.workspace, row, "mlops", "Likely led it", date(2026, 1, 20), inferred=True, source="log")
    path = tmp_path / "mine.csv"
    path.write_bytes(ratings_table(team.workspace, team.cycle))
    assessment.rate(team.workspace, row, "mlops", 3)
    assessment.say(team.workspace, row, "data", "Asked twice.")
    before = assessment_page(team.workspace, row).content
    bring_ratings(team.workspace, team.cycle, path)
    after = assessment_page(team.workspace, row).content
    assert after == before, "what was typed meanwhile stays, and an inferred thing stays one, with its source"


def test_a_table_with_nothing_in_it_says_so(team: Team, tmp_path: Path) -> None:
    path = tmp_path / "mine.csv"
    path.write_bytes(ratings_table(team.workspace, team.cycle))
    with pytest.raises(Refused, match="The table says nothing yet"):
        bring_ratings(team.workspace, team.cycle, path)


def test_a_table_takes_no_day_that_is_still_to_come(team: Team, tmp_path: Path) -> None:
    row = team.seat(team.nadia, RUTH)
    path = tmp_path / "mine.csv"
    path.write_text(f"Assessment,Dimension,Score,Day,Evidence\n{row},MLOps,3,2031-01-01,Will do\n", "utf-8")
    with pytest.raises(Refused, match="still to come"):
        bring_ratings(team.workspace, team.cycle, path)
    path.write_text(f"Assessment,Dimension,Score,Day,Evidence,Inferred\n{row},MLOps,3,,Did,perhaps\n", "utf-8")
    with pytest.raises(TableError, match="neither yes nor no"):
        bring_ratings(team.workspace, team.cycle, path)


def test_the_command_line(
    team: Team, tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("TENFOLD_DATA", str(tmp_path / "data"))
    path, folder = team.workspace.path, tmp_path / "forms"
    specs = {row: make_form(team.workspace, row)[1].spec for row in (1, 2, 3, 4)}
    members = (team.anders, team.nadia)
    team.workspace.close()

    def run(*arguments: object) -> tuple[int, str]:
        capsys.readouterr()
        code = main([str(a) for a in arguments])
        said = capsys.readouterr()
        return code, said.out + said.err

    assert run("export", path, "assessment-form", "--cycle", 1, "--out", folder)[0] == 0
    for file, spec in zip(sorted(folder.glob("*.pdf")), (specs[2], specs[1], specs[4], specs[3]), strict=True):
        file.write_bytes(with_pypdf(file.read_bytes(), answers(spec)))
    (folder / "stray.pdf").write_bytes(b"%PDF-1.4 nothing")
    code, said = run("import", path, "assessments", folder)
    assert code == 1, "one was turned down"
    assert "4 forms came in, 1 was turned down." in said
    listed = json.loads(run("list", path, "cycles", "--json")[1])
    assert [m["readiness"] for m in listed[0]["members"]] == ["ready", "ready"]
    assert run("export", path, "minutes", "--cycle", 1, "--out", tmp_path / "m.pdf")[0] == 1, "not held yet"
    code, said = run("export", path, "promotion-packet", "--member", members[0], "--out", tmp_path / "p.pdf")
    assert code == 0, said
    assert (tmp_path / "p.pdf").read_bytes().startswith(b"%PDF")
    assert "Anders Mbeki" in run("list", path, "members")[1]
    table = tmp_path / "team.csv"
    table.write_text("Name,Level\nViktor Amoah,M1\n", "utf-8")
    assert "1 new member, 0 known already." in run("import", path, "members", table)[1]
    assert run("check", path)[0] == 0


@pytest.mark.parametrize(
    ("words", "reason", "said"),
    [
        ("11/18/2025 led it, and it was a secret\n30 Jan 2026 more", Reason.INCOMPLETE, "“11/18/2025” is no date"),
        ("18 Nov 2025 led it\n1 Jan 2031 a secret", Reason.INCOMPLETE, "a day that is still to come"),
        ("a secret without any day", Reason.INCOMPLETE, "the day of a line"),
        ("18 Nov 2019 a secret\n18 Nov 2025 led it", None, "10 lines are from outside the days that count"),
    ],
)
def test_days_that_can_not_be_or_do_not_count_are_told(
    team: Team, tmp_path: Path, words: str, reason: Reason | None, said: str
) -> None:
    path = filled(team, team.seat(team.anders, DANA), tmp_path, words=words)
    ((verdict, _),) = bring_assessments(team.workspace, [path])
    assert verdict.reason is reason
    assert said in verdict.sentence
    assert "secret" not in verdict.sentence + verdict.remedy


def test_a_form_that_was_filled_in_where_it_lay_is_not_lost_to_an_empty_one(
    team: Team, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path, folder = team.workspace.path, tmp_path / "forms"
    team.workspace.close()
    out = ["export", str(path), "assessment-form", "--cycle", "1", "--out", str(folder)]
    assert main(out) == 0
    empty = {p.name: p.read_bytes() for p in folder.iterdir()}
    assert main(out) == 0
    assert {p.name: p.read_bytes() for p in folder.iterdir()} == empty, "what is the same stays one file"
    name = min(empty)
    (folder / name).write_bytes(b"filled in")
    assert main(out) == 0
    assert (folder / name).read_bytes() == b"filled in"
    assert (folder / f"{name.removesuffix('.pdf')} 2.pdf").read_bytes() == empty[name]
    capsys.readouterr()


def test_one_form_or_a_folder_without_any(team: Team, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    form = filled(team, team.seat(team.anders, DANA), tmp_path)
    path, empty = team.workspace.path, tmp_path / "empty"
    empty.mkdir()
    team.workspace.close()
    assert main(["import", str(path), "assessments", str(empty)]) == 1
    assert "There is no PDF in" in capsys.readouterr().err
    assert main(["import", str(path), "assessments", str(form)]) == 0
    assert "1 form came in" in capsys.readouterr().out
    assert main(["export", str(path), "promotion-packet", "--member", "99", "--out", str(tmp_path / "x.pdf")]) == 1
    assert "There is no member 99." in capsys.readouterr().err
