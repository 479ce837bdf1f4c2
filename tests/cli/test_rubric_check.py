"""A rubric checked on the command line, without a workspace."""

from __future__ import annotations

import json
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from app.cli.main import main
from app.resources import packs

SHIPPED = packs() / "ml-engineering-manager"
Run = Callable[..., tuple[int, str, str]]


@pytest.fixture
def run(capsys: pytest.CaptureFixture[str]) -> Run:
    def once(*arguments: object) -> tuple[int, str, str]:
        code = main(["check-rubric", *map(str, arguments)])
        told = capsys.readouterr()
        return code, told.out, told.err

    return once


@pytest.fixture
def pack(tmp_path: Path) -> Path:
    return Path(shutil.copytree(SHIPPED, tmp_path / "pack"))


def rewrite(pack: Path, old: str, new: str) -> int:
    """Put other words in, and give their line."""
    file = pack / "rubric.yaml"
    text = file.read_text("utf-8")
    assert text.count(old) == 1
    file.write_text(text.replace(old, new), "utf-8")
    return text[: text.index(old)].count("\n") + 1


def test_the_pack_passes_as_a_folder_and_its_rubric_by_itself(run: Run, tmp_path: Path) -> None:
    assert run(SHIPPED) == (0, "ML Engineering Manager 1.0: nothing found.\n", "")
    alone = Path(shutil.copy(SHIPPED / "rubric.yaml", tmp_path))
    code, out, _ = run(alone, "--json")
    assert (code, json.loads(out)) == (0, {"sound": True, "english": True, "findings": []})


def test_a_finding_is_said_with_its_line_what_is_better_and_its_source(run: Run, pack: Path) -> None:
    line = rewrite(pack, "What did the sponsor say?", "What is your current salary?")
    code, out, _ = run(pack)
    assert code == 1
    assert out.splitlines()[:3] == [
        f"rubric.yaml:{line}: product, question q_pr1, probes",
        "  “your current salary” touches what must not be asked: earlier pay.",
        "  Better: The range for this role is 95,000 to 115,000. Say it, and ask what would have to be in an offer.",
    ]
    assert "  Source: EU: Directive (EU) 2023/970, Art. 5(2)" in out
    assert out.endswith("ML Engineering Manager 1.0: 1 finding.\n")


def test_json_has_place_dimension_key_and_words(run: Run, pack: Path) -> None:
    line = rewrite(pack, "What did the sponsor say?", "Do you own your home?")
    code, out, _ = run(pack, "--json", "--jurisdiction", "us")
    (row,) = json.loads(out)["findings"]
    assert code == 1
    assert row["key"].startswith("not_to_be_asked/dimensions.product.questions.q_pr1.probes/money/")
    assert (row["line"], row["dimension"], row["words"]) == (line, "product", ["you own your home"])
    assert row["place"] == ["dimensions", 5, "questions", 0, "probes", 1]
    assert [source[:3] for source in row["sources"]] == ["US:"]
    assert run(pack, "--jurisdiction", "eu")[0] == 0


def test_a_pack_that_does_not_hold_is_refused_with_every_problem_and_its_line(run: Run, pack: Path) -> None:
    line = rewrite(pack, "bar: 3", "bar: 7")
    (pack / "role.yaml").write_text("title: [\n", "utf-8")
    code, out, err = run(pack)
    assert (code, out) == (1, "")
    told = err.splitlines()
    assert [words.partition(",")[0] for words in told[:2]] == ["role.yaml", "rubric.yaml"]
    assert f"line {line}, bar" in told[1]
    code, out, _ = run(pack, "--json")
    assert [(p["file"], bool(p["line"])) for p in json.loads(out)["problems"]] == [
        ("role.yaml", True),
        ("rubric.yaml", True),
    ]
    assert code == 1


def test_what_is_not_there_or_no_rubric_is_refused(run: Run, tmp_path: Path) -> None:
    assert run(tmp_path / "nothing")[0] == 1
    (tmp_path / "a.yaml").write_text("just words", "utf-8")
    code, _, err = run(tmp_path / "a.yaml")
    assert code == 1
    assert "a.yaml, line 1: this is no rubric: it has neither dimensions nor exercises." in err


def test_an_unknown_jurisdiction_is_wrong_usage(run: Run, capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as left:
        run(SHIPPED, "--jurisdiction", "mars")
    assert left.value.code == 2
    assert "--jurisdiction" in capsys.readouterr().err
