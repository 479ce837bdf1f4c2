"""Any rubric, of 3 to 16 dimensions and whatever words, through draft, kit, form back, card and packet."""

from __future__ import annotations

import json
import tempfile
from pathlib import Path

from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st
from pydantic import ValidationError

from app.actions import application, candidate, interview, rubric_draft, scorecard
from app.actions.candidate import NewCandidate
from app.domain.pack import Pack
from app.domain.rubric import FEWEST, MOST
from app.domain.rubric_draft import DIMENSION
from app.domain.scorecard import Overall
from app.exchange.scorecard_form import bring_all
from app.queries.application import application_page
from app.queries.plan import plan_page
from app.queries.rubric_draft import draft_view
from app.queries.rubrics import rubric_at, rubric_rows
from app.store.check import check_workspace
from app.store.workspace import Workspace
from tests.exchange.filling import whole, with_pypdf
from tests.exchange.test_rubric_files import NAMES
from tests.printing import make_hiring_packet, make_kit
from tests.sized import pack_of, sized_opening

_FOREIGN = st.sampled_from(["系统设计", "Надёжность", "Σχεδίαση", "Größe & <b>Maß</b>", "=1+1", "𝔊"])
WORDS = NAMES | _FOREIGN


@st.composite
def packs(draw: st.DrawFn) -> Pack | None:
    """A pack whose names and texts are drawn, None where no rubric may say them."""
    content = json.loads(pack_of(draw(st.integers(FEWEST, MOST))).canonical_text())
    for place, dimension in enumerate(content["rubric"]["dimensions"]):
        dimension["name"] = f"{draw(WORDS)} {place}"
        dimension["short"] = f"{draw(WORDS)[:20]} {place}"
        dimension["definition"] = draw(WORDS)
        dimension["anchors"][2]["behaviours"] = [draw(WORDS)]
        dimension["questions"][0]["text"] = draw(WORDS)
    content["rubric"]["exercises"][0]["name"] = draw(WORDS)
    try:
        return Pack.model_validate(content)
    except ValidationError:
        return None


@given(pack=packs())
@settings(
    max_examples=4,
    deadline=None,
    phases=[Phase.explicit, Phase.generate],
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large],
)
def test_any_rubric_holds_all_the_way(pack: Pack | None) -> None:
    if pack is None:
        return
    with tempfile.TemporaryDirectory() as folder:
        workspace = sized_opening(Path(folder), pack)
        _is_kept_by_a_draft(workspace, pack)
        _is_scored_in_the_program_and_on_a_form(workspace, Path(folder))
        if not application_page(workspace, 1).open:
            application.open_cards(workspace, 1, "The rest is another day.")
        assert make_hiring_packet(workspace, 1).pages >= 3
        assert check_workspace(workspace) == []
        workspace.close()


def _is_kept_by_a_draft(workspace: Workspace, pack: Pack) -> None:
    version = next(row.id for row in rubric_rows(workspace) if row.pack == pack.id)
    draft = rubric_draft.begin_version(workspace, version).subject
    view = draft_view(workspace, draft)
    assert (view.lacks, view.changes) == ((), ())
    first = next(part for part in view.parts if part.section == DIMENSION)
    definition = f"{first.content['definition']} and keeps it so"
    rubric_draft.write(workspace, first.id, ("definition",), definition)
    made = rubric_draft.make_version(workspace, draft, "It lasts.").subject
    assert rubric_at(workspace, made).rubric.dimensions[0].definition == definition


def _is_scored_in_the_program_and_on_a_form(workspace: Workspace, folder: Path) -> None:
    candidate.add(workspace, NewCandidate("Ada Lind"), 1)
    rounds = plan_page(workspace, 1).plan.rounds
    mine, theirs = (interview.add(workspace, 1, number, number).subject for number in (1, 2))
    card = scorecard.start(workspace, mine).subject
    for dimension in rounds[0].dimensions:
        scorecard.note(workspace, card, "Named the load.", dimension)
        scorecard.rate(workspace, card, dimension, 3)
    scorecard.vote(workspace, card, Overall.HIRE, "Holds.")
    scorecard.submit(workspace, card)
    kit, facts = make_kit(workspace, theirs)
    path = folder / "back.pdf"
    path.write_bytes(with_pypdf(kit.bytes, whole(facts.spec)))
    verdicts = [verdict for verdict, _ in bring_all(workspace, [path])]
    assert [v.reason for v in verdicts] == [None], verdicts
