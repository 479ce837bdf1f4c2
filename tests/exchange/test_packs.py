"""The shipped pack, and what the loader says about packs that do not hold."""

import re
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
import yaml
from hypothesis import given, settings
from hypothesis import strategies as st

from app.domain.pack import Pack
from app.exchange.packs import PackError, load_pack
from app.resources import packs

SHIPPED = packs() / "ml-engineering-manager"
FILES = ("role.yaml", "rubric.yaml", "levels.yaml", "onboarding.yaml")
BLUEPRINT = Path(__file__).resolve().parents[3] / "shared" / "blueprint"
RUN = 8


@pytest.fixture(scope="module")
def shipped() -> Pack:
    return load_pack(SHIPPED)


@pytest.fixture
def copy(tmp_path: Path) -> Path:
    return Path(shutil.copytree(SHIPPED, tmp_path / "pack"))


def refusal(folder: Path) -> PackError:
    with pytest.raises(PackError) as caught:
        load_pack(folder)
    return caught.value


def test_the_shipped_pack_has_everything(shipped: Pack) -> None:
    assert shipped.levels is not None
    assert shipped.role is not None
    assert shipped.onboarding is not None
    rubric = shipped.rubric
    assert (shipped.id, rubric.level, rubric.bar) == ("ml-engineering-manager", "M1", 3)
    assert rubric.dimension_ids == (
        "systems_design",
        "mlops",
        "software",
        "reliability",
        "data",
        "product",
        "people",
        "communication",
        "governance",
        "execution",
    )
    assert [len(d.anchors) for d in rubric.dimensions] == [4] * 10
    assert all(len(d.questions) >= 2 for d in rubric.dimensions)
    assert (len(rubric.areas), len(rubric.kpis), len(shipped.levels.levels)) == (7, 18, 8)
    assert [len(p.rounds) for p in rubric.plans] == [6, 4]
    assert len(rubric.signals_of("reliability")) == 6
    assert sum(s.kind == "red" for s in rubric.signals) >= 5
    assert [(a.role, a.verb) for a in shipped.role.approvals] == [
        ("Hiring manager", "decides"),
        ("HR partner", "approves"),
        ("Director of Engineering", "approves"),
    ]
    assert [h.due_days for h in shipped.onboarding.horizons] == [30, 60, 90, 180, 365, None]


def test_every_dimension_can_be_listened_for(shipped: Pack) -> None:
    for dimension in shipped.rubric.dimension_ids:
        assert shipped.rubric.signals_of(dimension, "strong"), dimension
        assert shipped.rubric.signals_of(dimension, "weak"), dimension
        assert shipped.rubric.skills_of(dimension), dimension
        assert shipped.rubric.kpis_of(dimension), dimension


def test_every_skill_area_and_level_is_used(shipped: Pack) -> None:
    rubric = shipped.rubric
    assert shipped.levels is not None
    used = {skill for d in rubric.dimensions for skill in d.skills}
    assert used == {s.id for s in rubric.skills}
    assert {s.group for s in rubric.skills} == {"must_have", "good_to_have", "advanced", "emerging", "soft"}
    assert [t.order for t in shipped.levels.tracks] == [("MLE1", "MLE2", "MLE3", "MLE4", "MLE5"), ("M1", "M2", "M3")]
    for level in shipped.levels.levels:
        for cell in level.cells.values():
            assert cell.bar == {"core": 3, "important": 3, "supporting": 2, "not_expected": None}[cell.weight]


def test_the_default_plan_shows_everything_to_two_and_the_short_one_says_what_it_lacks(shipped: Pack) -> None:
    rubric = shipped.rubric
    six, four = rubric.plans
    assert rubric.default_plan is six
    assert [r.exercise for r in six.rounds][:2] == ["review", "track_record"]
    assert six.minutes == 330
    assert all(six.seen(d) == 2 for d in rubric.dimension_ids)
    once = [d for d in rubric.dimension_ids if four.seen(d) == 1]
    assert len(once) == 4
    assert all(four.seen(d) == 2 for d in rubric.dimension_ids if d not in once)
    assert not set(once) & set(rubric.must_have)
    assert "seen once" in four.note
    assert all(rubric.dimension(d).narrow.split(".")[0] in four.note for d in once)


def test_the_source_document_is_not_copied() -> None:
    sources = sorted(BLUEPRINT.glob("000_*.txt"))
    if not sources:
        pytest.skip("the source document lies beside the repository only while building")
    known = {run for source in sources for run in runs(source.read_text("utf-8"))}
    assert len(known) > 5000
    for file in FILES:
        for text in texts(yaml.safe_load((SHIPPED / file).read_text("utf-8"))):
            assert not known.intersection(runs(text)), f"{file}: {text}"


def runs(text: str) -> Iterator[tuple[str, ...]]:
    words = re.findall(r"[a-z0-9]+", text.lower().replace("’", "'").replace("'", ""))
    return (tuple(words[i : i + RUN]) for i in range(len(words) - RUN + 1))


def texts(value: object) -> Iterator[str]:
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict):
        for inner in value.values():
            yield from texts(inner)
    elif isinstance(value, list):
        for inner in value:
            yield from texts(inner)


def test_a_file_that_is_missing_has_no_line(copy: Path) -> None:
    (copy / "rubric.yaml").unlink()
    (problem,) = refusal(copy).problems
    assert str(problem) == "rubric.yaml: this file is missing."


def test_what_stands_beside_a_rubric_may_be_absent(copy: Path) -> None:
    for name in ("role", "levels", "onboarding", "gym"):
        (copy / f"{name}.yaml").unlink()
    pack = load_pack(copy)
    assert (pack.role, pack.levels, pack.onboarding, pack.gym) == (None, None, None, None)
    assert pack.title == "ML Engineering Manager"
    assert pack.approvers == ()
    assert Pack.from_text(pack.canonical_text()) == pack


@pytest.mark.parametrize("file", FILES)
@pytest.mark.parametrize(
    ("content", "line", "words"),
    [
        (b"", 1, "empty"),
        (b"# only a remark\n", 1, "empty"),
        (b"title: a\nlevel: \xff\xfe\n", 2, "UTF-8"),
        ("title: a\n".encode("utf-16"), 1, "UTF-8"),
        (b"a: b\n" * 500_000, 0, "2 MB"),
        (b"- a\n" * 150_000, 99_999, "too much"),
        (b"- {a: b}\n", 1, "fields of its own"),
        (b"just words", 1, "fields of its own"),
    ],
    ids=["empty", "remark", "not UTF-8", "UTF-16", "large", "many", "list", "words"],
)
def test_a_file_that_is_no_pack_is_refused(copy: Path, file: str, content: bytes, line: int, words: str) -> None:
    (copy / file).write_bytes(content)
    (problem,) = refusal(copy).problems
    assert (problem.file, problem.line) == (file, line)
    assert words in problem.sentence


def test_a_byte_order_mark_and_windows_lines_do_no_harm(copy: Path, shipped: Pack) -> None:
    for file in FILES:
        content = (copy / file).read_bytes().replace(b"\n", b"\r\n")
        (copy / file).write_bytes(b"\xef\xbb\xbf" + content)
    assert load_pack(copy) == shipped


TREES: dict[str, Any] = {f: yaml.load((SHIPPED / f).read_bytes(), yaml.CSafeLoader) for f in FILES}
ANYTHING = st.recursive(
    st.one_of(
        st.none(),
        st.booleans(),
        st.integers(),
        st.floats(),
        st.dates(),
        st.binary(max_size=8),
        st.text(max_size=20),
        st.sampled_from(["systems_design", "M1", "M2", "s1", "k_mlops", "q_sd1", "29/10", "review", "promotion"]),
    ),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(max_size=8), inner, max_size=4),
    max_leaves=8,
)


def ways(value: object, way: tuple[Any, ...] = ()) -> Iterator[tuple[Any, ...]]:
    inner = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    for key, item in inner:
        yield (*way, key)
        yield from ways(item, (*way, key))


WAYS = [(file, way) for file, tree in TREES.items() for way in ways(tree)]


def mutated(value: Any, way: tuple[Any, ...], new: Callable[[], Any] | None) -> Any:
    """The tree with the place at `way` replaced, or taken out; the rest is shared with the old one."""
    key, rest = way[0], way[1:]
    changed = value.copy()
    if rest:
        changed[key] = mutated(value[key], rest, new)
    elif new is None:
        del changed[key]
    else:
        changed[key] = new()
    return changed


@pytest.fixture(scope="module")
def scratch(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return Path(shutil.copytree(SHIPPED, tmp_path_factory.mktemp("mutants") / "pack"))


def takes_it_or_says_where(scratch: Path, file: str, content: bytes) -> None:
    (scratch / file).write_bytes(content)
    try:
        load_pack(scratch)
    except PackError as refused:
        for problem in refused.problems:
            lines = (scratch / problem.file).read_bytes().count(b"\n") + 1
            assert 1 <= problem.line <= lines
            assert problem.sentence.endswith(".")
    finally:
        shutil.copy(SHIPPED / file, scratch / file)


@settings(max_examples=80, deadline=None)
@given(place=st.sampled_from(WAYS), new=st.none() | ANYTHING.map(lambda v: lambda: v))
def test_any_changed_place_is_taken_or_refused(
    scratch: Path, place: tuple[str, tuple[Any, ...]], new: Callable[[], Any] | None
) -> None:
    file, way = place
    text = yaml.dump(mutated(TREES[file], way, new), Dumper=yaml.CSafeDumper, allow_unicode=True, sort_keys=False)
    takes_it_or_says_where(scratch, file, text.encode("utf-8", "surrogatepass"))


@settings(max_examples=80, deadline=None)
@given(
    file=st.sampled_from(FILES),
    start=st.floats(0, 1),
    length=st.integers(0, 40),
    put=st.binary(max_size=12) | st.text("{}[]:-#&*!|>'\"%@`\n\t ?,", max_size=12).map(str.encode),
)
def test_any_torn_text_is_taken_or_refused(scratch: Path, file: str, start: float, length: int, put: bytes) -> None:
    content = (SHIPPED / file).read_bytes()
    at = int(start * len(content))
    takes_it_or_says_where(scratch, file, content[:at] + put + content[at + length :])
