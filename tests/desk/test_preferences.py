"""Preferences: they last, a broken file is kept aside, values stay in their range."""

from __future__ import annotations

from pathlib import Path

import pytest

from app.desk.preferences import RECENT_KEPT, Appearance, Preferences


def test_nothing_there_means_defaults(tmp_path: Path) -> None:
    assert Preferences.load(tmp_path / "none.json") == Preferences()


def test_what_is_saved_comes_back(tmp_path: Path) -> None:
    path = tmp_path / "deep" / "preferences.json"
    chosen = Preferences(appearance=Appearance.DARK, text_size=150, last_place="pipeline").with_recent(tmp_path)
    chosen.save(path)
    assert Preferences.load(path) == chosen
    assert [p.name for p in path.parent.iterdir()] == ["preferences.json"]


@pytest.mark.parametrize("content", [b"{", b'{"text_size": 900}', b"\xff\xfe", b"[]"])
def test_a_broken_file_is_kept_aside(tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "preferences.json"
    path.write_bytes(content)
    assert Preferences.load(path) == Preferences()
    assert not path.exists()
    assert (tmp_path / "preferences.json.broken").read_bytes() == content


def test_what_a_newer_program_wrote_is_read_as_far_as_it_is_known(tmp_path: Path) -> None:
    path = tmp_path / "preferences.json"
    path.write_text('{"text_size": 120, "sounds": true}', encoding="utf-8")
    assert Preferences.load(path).text_factor == 1.2


def test_values_are_checked_when_changed() -> None:
    with pytest.raises(ValueError):
        Preferences().changed(text_size=201)


def test_recent_workspaces_are_few_and_the_newest_first() -> None:
    chosen = Preferences()
    for number in range(12):
        chosen = chosen.with_recent(Path(f"/w/{number}.tenfold"))
    chosen = chosen.with_recent(Path("/w/9.tenfold"))
    assert len(chosen.recent) == RECENT_KEPT
    assert chosen.recent[:2] == ("/w/9.tenfold", "/w/11.tenfold")


def test_what_was_in_view_is_kept_for_each_workspace(tmp_path: Path) -> None:
    path = tmp_path / "preferences.json"
    chosen = Preferences()
    for n in range(RECENT_KEPT + 3):
        chosen = chosen.changed(
            reports=chosen.with_report(f"w{n}", f"view {n}"), pipelines=chosen.with_pipeline("w", "p")
        )
    chosen = chosen.changed(reports=chosen.with_report("w5", "again"))
    chosen.save(path)
    found = Preferences.load(path)
    assert found == chosen
    assert (found.report("w5"), found.report("w0"), found.pipeline("w")) == ("again", "", "p")
    assert len(found.reports) == RECENT_KEPT
