"""A rubric checked on the command line, from its pack or by itself; no workspace is needed."""

from __future__ import annotations

import argparse
from pathlib import Path
from typing import Any

from app.cli.output import say_json, say_line, say_refused
from app.domain.rubric import Rubric
from app.domain.rubric_check.check import check, reads_english
from app.domain.rubric_check.finding import Finding
from app.domain.rubric_check.lists import CheckLists, Jurisdiction
from app.errors import Refused
from app.exchange.check_lists import check_lists
from app.exchange.packs import Located, PackError, load_pack, load_rubric
from app.exchange.rubric_files import located_rubric
from app.phrases.rubric_check import better_words, finding_words, place_words, source_words
from app.words import ntr, tr


def check_rubric(chosen: argparse.Namespace) -> bool:
    """Say what is found, in the order of the rubric; whether nothing is. What is no pack is said whole, by line."""
    try:
        rubric = _rubric(chosen.source)
    except PackError as refused:
        say_problems(refused, as_json=chosen.json)
        return False
    findings = check(rubric.value, _lists(chosen.jurisdiction))
    english = reads_english(rubric.value)
    if chosen.json:
        rows = [_row(finding, rubric) for finding in findings]
        say_json({"sound": not findings, "english": english, "findings": rows}, indent=1)
        return not findings
    for finding in findings:
        _say_finding(finding, rubric)
    _say_end(rubric.value, len(findings), english=english)
    return not findings


def _rubric(source: Path) -> Located[Rubric]:
    """The rubric of a pack that holds together, or of a file by itself. Raises PackError."""
    if source.is_dir():
        load_pack(source)
        return load_rubric(source / "rubric.yaml")
    return located_rubric(source)


def _lists(jurisdiction: str) -> CheckLists:
    lists = check_lists()
    return lists if jurisdiction == "all" else lists.under(Jurisdiction(jurisdiction))


def say_problems(refused: PackError, *, as_json: bool) -> None:
    """All that keeps a file from being a rubric, a line each, and what to do."""
    if not as_json:
        for sentence in (*map(str, refused.problems), refused.remedy):
            say_refused(Refused(sentence), as_json=False)
        return
    rows = [{"file": p.file, "line": p.line, "field": p.field, "problem": p.sentence} for p in refused.problems]
    say_json({"error": refused.sentence, "remedy": refused.remedy, "problems": rows}, indent=1)


def _say_finding(finding: Finding, rubric: Located[Rubric]) -> None:
    place = tr("{file}:{line}").format(file=rubric.file, line=rubric.line(finding.place))
    say_line(tr("{place}: {where}").format(place=place, where=place_words(finding.where)))
    say_line("  " + finding_words(finding))
    say_line("  " + tr("Better: {words}").format(words=better_words(finding)))
    if sources := source_words(finding):
        say_line("  " + tr("Source: {words}").format(words=sources))
    say_line("")


def _say_end(rubric: Rubric, count: int, *, english: bool) -> None:
    if not english:
        say_line(tr("This does not read as English: only what counts and compares was checked, no words."))
    found = ntr("{n} finding", "{n} findings", count) if count else tr("nothing found")
    say_line(tr("{name} {version}: {found}.").format(name=rubric.name, version=rubric.version, found=found))


def _row(finding: Finding, rubric: Located[Rubric]) -> dict[str, Any]:
    return {
        "rule": str(finding.rule),
        "key": finding.key,
        "file": rubric.file,
        "line": rubric.line(finding.place),
        "place": list(finding.place),
        "dimension": finding.dimension,
        "words": list(finding.quotes),
        "finding": finding_words(finding),
        "better": better_words(finding),
        "sources": list(finding.sources),
    }
