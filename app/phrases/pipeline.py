"""The words of the pipelines' table: its columns, its cells, and the filter of a view."""

from __future__ import annotations

from app.domain.pipeline_view import PipelineColumn, PipelineView, Standing
from app.phrases.candidate import source_words
from app.phrases.closing import outcome_words
from app.words import tr


def column_words(column: PipelineColumn) -> str:
    """The heading of a column."""
    return {
        PipelineColumn.NAME: tr("Name"),
        PipelineColumn.OPENING: tr("Opening"),
        PipelineColumn.STAGE: tr("Stage"),
        PipelineColumn.DAYS: tr("Days in stage"),
        PipelineColumn.CARDS: tr("Cards in"),
        PipelineColumn.WAITING: tr("Waiting for"),
        PipelineColumn.OWNER: tr("Owner"),
        PipelineColumn.SOURCE: tr("Source"),
        PipelineColumn.CAME_BY: tr("Came by"),
        PipelineColumn.TAGS: tr("Tags"),
        PipelineColumn.APPLIED: tr("Applied"),
        PipelineColumn.NOW_AT: tr("Now at"),
        PipelineColumn.PLACE: tr("Place"),
        PipelineColumn.CAN_START: tr("Can start"),
        PipelineColumn.ENDED: tr("Ended"),
        PipelineColumn.REASON: tr("Reason"),
    }[column]


def standing_words(standing: Standing) -> str:
    """Which applications, by how they stand."""
    return {
        Standing.OPEN: tr("Open ones"),
        Standing.HELD: tr("On hold"),
        Standing.STUCK: tr("Stuck"),
        Standing.CLOSED: tr("Closed ones"),
        Standing.ALL: tr("Open and closed"),
    }[standing]


def filter_words(view: PipelineView, owner: str, waiting: str) -> str:
    """The filter of a view in one line, but for its opening; `owner` and `waiting` are the names of those it has."""
    parts = [standing_words(view.standing)]
    if view.stage:
        parts.append(tr("stage {stage}").format(stage=view.stage))
    if view.source:
        parts.append(tr("source: {source}").format(source=source_words(view.source)))
    if view.tag:
        parts.append(tr("tag {tag}").format(tag=view.tag))
    if view.owner is not None:
        parts.append(tr("owner {name}").format(name=owner or tr("somebody who is gone")))
    if view.waiting is not None:
        parts.append(tr("waiting for {name}").format(name=waiting or tr("somebody who is gone")))
    return " · ".join(parts)


def ended_words(outcome: str) -> str:
    """How a closed application ended."""
    words = outcome_words(outcome)
    return words[:1].upper() + words[1:]
