"""Each way a pack may break is named by file, line and field."""

import shutil
from pathlib import Path

import pytest

from app.exchange.packs import PackError, load_pack
from app.resources import packs


@pytest.fixture
def copy(tmp_path: Path) -> Path:
    return Path(shutil.copytree(packs() / "ml-engineering-manager", tmp_path / "pack"))


def refusal(folder: Path) -> PackError:
    with pytest.raises(PackError) as caught:
        load_pack(folder)
    return caught.value


def change(folder: Path, file: str, old: str, new: str) -> str:
    text = (folder / file).read_text("utf-8")
    assert old in text
    text = text.replace(old, new, 1)
    (folder / file).write_text(text, "utf-8")
    return text


BREAKS: dict[str, tuple[str, str, str, str, str, str]] = {
    # name: file, old, new, where the line is, field, part of the sentence
    "missing field": (
        "rubric.yaml",
        "    narrow: Systems\n",
        "",
        "- id: systems_design\n",
        "dimensions.0.narrow",
        "missing",
    ),
    "unknown field": (
        "rubric.yaml",
        "narrow: MLOps",
        "narow: MLOps",
        "narow:",
        "dimensions.1.narow",
        "no such field",
    ),
    "number for text": (
        "role.yaml",
        "title: Machine Learning Engineering Manager",
        "title: 7",
        "title: 7",
        "title",
        "must be text",
    ),
    "text for a number": ("rubric.yaml", "bar: 3", "bar: three", "bar: three", "bar", "whole number"),
    "yes for a number": ("rubric.yaml", "bar: 3", "bar: yes", "bar: yes", "bar", "whole number"),
    "score outside the scale": ("rubric.yaml", "bar: 3", "bar: 5", "bar: 5", "bar", "4 or less"),
    "text for a list": (
        "levels.yaml",
        "order: [M1, M2, M3]",
        "order: M1",
        "order: M1",
        "tracks.1.order",
        "list",
    ),
    "list for fields": (
        "role.yaml",
        "  - {role: HR partner, verb: approves}",
        "  - [HR]",
        "- [HR]",
        "approvals.1",
        "fields",
    ),
    "no such word": (
        "rubric.yaml",
        "kind: red\n    label: Incident",
        "kind: pink\n    label: Incident",
        "kind: pink",
        "signals.16.kind",
        "'red'",
    ),
    "label too long": (
        "rubric.yaml",
        "label: Stops at prototypes",
        "label: Stops at prototypes, at papers too",
        "papers too",
        "signals.9.label",
        "30",
    ),
    "empty text": (
        "role.yaml",
        "title: Machine Learning Engineering Manager",
        "title: '  '",
        "title: '  '",
        "title",
        "empty",
    ),
    "line break in text": (
        "role.yaml",
        "title: Machine",
        'title: "a\\nb" #',
        'title: "a',
        "title",
        "line break",
    ),
    "null": ("role.yaml", "level: M1", "level:", "level:", "level", "must be text"),
    "anchors short of one": (
        "rubric.yaml",
        "      - score: 4\n        summary: Changed the incident curve of an organisation.",
        "      - score: 3\n        summary: Changed the incident curve of an organisation.",
        "\n    anchors:\n      - score: 1\n        summary: Operation",
        "dimensions.3.anchors",
        "1, 2, 3, 4",
    ),
    "unknown dimension in a signal": (
        "rubric.yaml",
        "dimensions: [systems_design, reliability]",
        "dimensions: [systems_design, luck]",
        "luck]",
        "signals.0.dimensions.1",
        "“luck” is no dimension",
    ),
    "unknown dimension of a must-have": (
        "rubric.yaml",
        "must_have: [systems_design",
        "must_have: [luck",
        "must_have: [luck",
        "must_have.0",
        "no dimension",
    ),
    "unknown skill": (
        "rubric.yaml",
        "skills: [k_sysdesign,",
        "skills: [k_none,",
        "k_none",
        "dimensions.0.skills.0",
        "no skill",
    ),
    "unknown question": (
        "rubric.yaml",
        "questions: [q_se1,",
        "questions: [q_none,",
        "q_none",
        "exercises.0.questions.0",
        "no question",
    ),
    "unknown exercise": (
        "rubric.yaml",
        "- exercise: review",
        "- exercise: chess",
        "chess",
        "plans.0.rounds.0.exercise",
        "no exercise",
    ),
    "dimension the exercise does not look at": (
        "rubric.yaml",
        "dimensions: [people, execution]\n  - id",
        "dimensions: [people, data]\n  - id",
        "[people, data]",
        "plans.0.rounds.5.dimensions.1",
        "looks at",
    ),
    "too many dimensions for one": (
        "rubric.yaml",
        "max_dimensions_per_interviewer: 4",
        "max_dimensions_per_interviewer: 3",
        "dimensions: [systems_design, mlops, software, governance]\n",
        "plans.0.rounds.0.dimensions",
        "more than 3",
    ),
    "minutes an exercise does not take": (
        "rubric.yaml",
        "minutes: 75",
        "minutes: 120",
        "minutes: 120",
        "plans.1.rounds.1.minutes",
        "60 to 90",
    ),
    "a question twice in a plan": (
        "rubric.yaml",
        "questions: [q_pe2,",
        "questions: [q_pe1,",
        "- exercise: people_interview",
        "plans.0.rounds.5",
        "q_pe1",
    ),
    "duplicate id": (
        "rubric.yaml",
        "- id: r2",
        "- id: r1",
        "- id: r1\n    kind: red\n    label: Waves",
        "signals.17.id",
        "twice",
    ),
    "broken id": ("rubric.yaml", "- id: r2", "- id: r 2", "- id: r 2", "signals.17.id", "letters"),
    "float for a fraction": (
        "rubric.yaml",
        '"29/10"',
        "2.9",
        "hire_from: 2.9",
        "limits.hire_from",
        "put it in quotes",
    ),
    "broken fraction": ("rubric.yaml", '"29/10"', '"29/ten"', "29/ten", "limits.hire_from", "fraction"),
    "fraction over nothing": ("rubric.yaml", '"29/10"', '"29/0"', "29/0", "limits.hire_from", "fraction"),
    "fraction without end": (
        "rubric.yaml",
        '"29/10"',
        '"1e999999999"',
        "1e9",
        "limits.hire_from",
        "fraction",
    ),
    "limits crossed": ("rubric.yaml", '"26/10"', '"39/10"', "\nlimits:", "limits", "mixed_from"),
    "votes changed": ("rubric.yaml", "id: no_hire", "id: maybe", "\noverall:", "overall", "no_hire"),
    "version as a number": ("rubric.yaml", '"1.0"', "1.0", "version: 1.0", "version", "quotes"),
    "a date": (
        "role.yaml",
        "title: Machine Learning Engineering Manager",
        "title: 2026-03-12",
        "2026",
        "title",
        "quotes",
    ),
    "a number without end": ("rubric.yaml", "bar: 3", "bar: " + "9" * 5000, "bar: 9", "bar", "quotes"),
    "approval that nobody decides": (
        "role.yaml",
        "verb: decides",
        "verb: approves",
        "\napprovals:",
        "approvals",
        "must decide",
    ),
    "unknown level of a rubric": ("rubric.yaml", "level: M1", "level: M9", "level: M9", "level", "no level"),
    "another level in the role": ("role.yaml", "level: M1", "level: M2", "level: M2", "level", "M2"),
    "level left out of its track": (
        "levels.yaml",
        "order: [M1, M2, M3]",
        "order: [M1, M2]",
        "[M1, M2]",
        "tracks.1.order",
        "leaves out",
    ),
    "unknown level in a transition": (
        "levels.yaml",
        "to: M2,",
        "to: M7,",
        "to: M7,",
        "transitions.4.to",
        "M7",
    ),
    "promotion across tracks": (
        "levels.yaml",
        "to: M1, kind: track_change",
        "to: M1, kind: promotion",
        "to: M1, kind: promotion",
        "transitions.6.kind",
        "stays on its track",
    ),
    "unknown track": (
        "levels.yaml",
        "track: manager\n    title: ML E",
        "track: sea\n    title: ML E",
        "track: sea",
        "levels.5.track",
        "no track",
    ),
    "dimension without a cell": (
        "levels.yaml",
        (
            "      systems_design:\n        weight: supporting\n        bar: 2\n        ref: 1\n"
            "        expect: Can draw the system they work in and say what each part is for.\n"
        ),
        "",
        "    cells:\n      mlops:\n        weight: important\n        bar: 3\n        ref: 1\n",
        "levels.0.cells",
        "systems_design",
    ),
    "cell of no dimension": (
        "levels.yaml",
        "      systems_design:\n",
        "      luck:\n",
        "luck:",
        "levels.0.cells.luck",
        "no dimension",
    ),
    "cell without its bar": (
        "levels.yaml",
        "        weight: supporting\n        bar: 2\n",
        "        weight: supporting\n",
        "\n      systems_design:\n        weight: supporting\n        ref: 1\n",
        "levels.0.cells.systems_design",
        "bar",
    ),
    "unknown goal in a variant": (
        "onboarding.yaml",
        "- goal: d60_gate",
        "- goal: d61",
        "d61",
        "variants.0.changes.1.goal",
        "no goal",
    ),
    "goal on no dimension": (
        "onboarding.yaml",
        "dimensions: [communication]",
        "dimensions: [luck]",
        "luck",
        "horizons.0.goals.0.dimensions.0",
        "no dimension",
    ),
    "target without a baseline": (
        "onboarding.yaml",
        "            baseline: from the diagnosis\n            kpi: p_ttp",
        "            kpi: p_ttp",
        "- metric: time_to_production",
        "horizons.3.goals.0.targets.0",
        "baseline",
    ),
    "target on no KPI": (
        "onboarding.yaml",
        "kpi: p_ttp",
        "kpi: p_x",
        "kpi: p_x",
        "horizons.3.goals.0.targets.0.kpi",
        "no KPI",
    ),
    "syntax": ("role.yaml", "level: M1", "level: [M1", "purpose:", "", "not YAML"),
    "tabs": ("role.yaml", "level: M1", "\tlevel: M1", "\tlevel", "", "not YAML"),
    "control character": ("role.yaml", "level: M1", "level: \x01M1", "level:", "", "character"),
    "two documents": ("role.yaml", "level: M1", "---\nlevel: M1", "---\n", "", "not YAML"),
    "field twice": ("role.yaml", "level: M1", "level: M1\nlevel: M2", "level: M2", "level", "twice"),
    "python tag": (
        "role.yaml",
        "level: M1",
        "level: !!python/object/apply:os.getcwd []",
        "!!python",
        "level",
        "no tags",
    ),
    "tag on fields": ("role.yaml", "level: M1", "level: !map {a: b}", "!map", "level", "no tags"),
    "tag on text": ("role.yaml", "level: M1", "level: !mine M1", "!mine", "level", "no tags"),
    "binary": ("role.yaml", "level: M1", "level: !!binary TTE=", "!!binary", "level", "no tags"),
    "alias": ("role.yaml", "level: M1", "level: &a M1\nagain: *a", "again", "", "alias"),
    "merge": ("role.yaml", "level: M1", "<<: {level: M1}", "<<", "", "plain text"),
    "name that is a list": ("role.yaml", "level: M1", "? [a]\n: b", "? [a]", "", "plain text"),
    "depth": ("role.yaml", "level: M1", "level: " + "[" * 500 + "]" * 500, "[[[", "", "deeply"),
}


@pytest.mark.parametrize("case", BREAKS)
def test_what_breaks_is_named_by_file_line_and_field(copy: Path, case: str) -> None:
    file, old, new, marker, field, words = BREAKS[case]
    text = change(copy, file, old, new)
    line = text.count("\n", 0, text.index(marker) + marker.startswith("\n")) + 1
    refused = refusal(copy)
    problem = next((p for p in refused.problems if p.field == field), refused.problems[0])
    assert (problem.file, problem.line, problem.field) == (file, line, field)
    assert words in problem.sentence
    assert str(refused.problems[0]) in refused.sentence
    assert f"{file}, line {line}" in str(problem)
    assert refused.remedy


def test_all_problems_are_told_at_once_in_the_order_of_files_and_lines(copy: Path) -> None:
    change(copy, "rubric.yaml", "narrow: Execution", "narrow: The whole execution")
    change(copy, "rubric.yaml", "narrow: Systems", "narow: Systems")
    change(copy, "role.yaml", "level: M1", "level: 1")
    refused = refusal(copy)
    assert [(p.file, p.field) for p in refused.problems] == [
        ("rubric.yaml", "dimensions.0.narrow"),
        ("rubric.yaml", "dimensions.0.narow"),
        ("rubric.yaml", "dimensions.9.narrow"),
        ("role.yaml", "level"),
    ]
    assert "3 more problems" in refused.sentence
