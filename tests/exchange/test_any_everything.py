"""Any workspace, whatever was done in it, leaves as JSON and comes back equal: rows, blobs, history, counters."""

from __future__ import annotations

import contextlib
import shutil
import tempfile
from collections.abc import Callable
from pathlib import Path

from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from app.actions import application, candidate, candidate_note, interview, scorecard
from app.actions.candidate import NewCandidate
from app.actions.candidate_note import NewNote
from app.domain.pack import Pack
from app.errors import Refused
from app.store.check import check_file
from app.store.everything_in import bring_everything
from app.store.workspace import Workspace, open_workspace
from tests.actions.test_every_op_undone import BESIDE
from tests.exchange.test_any_rubric import packs
from tests.sized import sized_opening
from tests.whole import every_row, exported

Deed = Callable[[Workspace], object]
LIMITS = settings(
    deadline=None,
    phases=[Phase.explicit, Phase.generate],
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large, HealthCheck.function_scoped_fixture],
)
WORDS = st.text(min_size=1, max_size=60).filter(lambda text: text.strip() and "\0" not in text)
DEEDS = st.lists(st.sampled_from(BESIDE), max_size=8, unique=True)
FILES = st.lists(st.binary(min_size=1, max_size=5000), max_size=3)


def must_come_back(path: Path, folder: Path) -> None:
    """It is equal, sound, and leaves again as the same bytes."""
    source = folder / "all.jsonl"
    source.write_bytes(exported(path))
    made = bring_everything(folder / "back", source)
    assert every_row(made) == every_row(path)
    assert exported(made) == source.read_bytes()
    assert check_file(made) == []


def done(workspace: Workspace, deeds: list[Deed], words: str, files: list[bytes]) -> None:
    """What may be done is done; of the rest nothing."""
    for act in deeds:
        try:
            act(workspace)
        except Refused:
            continue
    person = candidate.add(workspace, NewCandidate(words[:40]), 1)
    number = next(change.row for change in person.changes if change.table == "application")
    candidate_note.add(workspace, person.subject, NewNote(words, private=True))
    application.attach_all(workspace, number, [(f"{n}.bin", content) for n, content in enumerate(files)])
    if len(files) > 1:
        application.detach(workspace, 1)  # its bytes stay until the window closes
    candidate.edit(workspace, person.subject, typing=True, place=words)


@given(deeds=DEEDS, words=WORDS, files=FILES)
@settings(LIMITS, max_examples=6)
def test_whatever_is_done_in_the_sample_comes_back(
    sample_file: Path, deeds: list[Deed], words: str, files: list[bytes]
) -> None:
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        path = Path(shutil.copy(sample_file, folder / "sample.tenfold"))
        workspace = open_workspace(path)
        with contextlib.suppress(Refused):  # no name may say these words
            done(workspace, deeds, words, files)
        must_come_back(path, folder)  # while somebody types
        workspace.close()


@given(pack=packs(), words=WORDS)
@settings(LIMITS, max_examples=4)
def test_any_rubric_with_a_card_in_the_making_comes_back(pack: Pack | None, words: str) -> None:
    if pack is None:
        return
    with tempfile.TemporaryDirectory() as name:
        workspace = sized_opening(Path(name), pack)
        candidate.add(workspace, NewCandidate("Ada Lind"), 1)
        card = scorecard.start(workspace, interview.add(workspace, 1, 1, 1).subject).subject
        scorecard.note(workspace, card, words, None)
        must_come_back(workspace.path, Path(name))
        workspace.close()
