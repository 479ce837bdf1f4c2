"""The filter of the pipelines as a form beside the page, and the name under which a view is kept."""

from __future__ import annotations

from dataclasses import dataclass

from app.desk.parts.form_panel import Asked, FormPanel
from app.desk.theme import Theme
from app.domain.candidate import Source
from app.domain.pipeline_view import PipelineView, Standing
from app.phrases.candidate import source_words
from app.phrases.pipeline import standing_words
from app.queries.pipeline import PipelineChoices
from app.words import tr


@dataclass(frozen=True)
class ViewName:
    """What a view is kept under."""

    name: str


class FilterPanel(FormPanel[PipelineView]):
    """What is left open leaves everything in."""

    def __init__(self, theme: Theme) -> None:
        asked = {
            "standing": Asked(tr("Which"), choices=[(one, standing_words(one)) for one in Standing], required=True),
            "opening": Asked(tr("Opening"), choices=(), help=tr("Not set: all openings, as a table.")),
            "stage": Asked(tr("Stage"), choices=()),
            "source": Asked(tr("Source"), choices=()),
            "tag": Asked(tr("Tag"), choices=()),
            "owner": Asked(tr("Owner"), choices=(), help=tr("Without one of its own, the opening’s manager.")),
            "waiting": Asked(tr("Waiting for"), choices=(), help=tr("Whose card is planned and not in.")),
        }
        super().__init__(theme, tr("Filter"), PipelineView, asked, save=tr("Show"))

    def offer_choices(self, choices: PipelineChoices) -> None:
        """What there is to choose."""
        self.offer(
            opening=choices.openings,
            stage=[(name, name) for name in choices.stages],
            source=[(one, source_words(Source(one))) for one in choices.sources],
            tag=[(name, name) for name in choices.tags],
            owner=choices.owners,
            waiting=choices.waiting,
        )


def name_panel(theme: Theme) -> FormPanel[ViewName]:
    """Asks for a view's name."""
    asked = {"name": Asked(tr("Name"), help=tr("One of the same name is replaced."))}
    return FormPanel(theme, tr("Keep this view"), ViewName, asked, save=tr("Keep"))
