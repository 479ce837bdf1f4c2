"""One module for each schema number. A shipped migration never changes."""

from __future__ import annotations

from collections.abc import Callable

from alembic.operations import Operations

from app.store.migrations import (
    m0001_spine,
    m0002_panel,
    m0003_growth,
    m0004_sessions,
    m0005_true_words,
    m0006_rubrics,
    m0007_transcripts,
    m0008_pipelines,
    m0009_openings,
    m0010_committee,
)

STEPS: dict[int, Callable[[Operations], None]] = {
    1: m0001_spine.upgrade,
    2: m0002_panel.upgrade,
    3: m0003_growth.upgrade,
    4: m0004_sessions.upgrade,
    5: m0005_true_words.upgrade,
    6: m0006_rubrics.upgrade,
    7: m0007_transcripts.upgrade,
    8: m0008_pipelines.upgrade,
    9: m0009_openings.upgrade,
    10: m0010_committee.upgrade,
}
