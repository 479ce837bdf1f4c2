"""The goals of a first year beside the page, each horizon a text: from the rubric, but this person's own."""

from __future__ import annotations

from PySide6.QtWidgets import QWidget

from app.desk.parts.fields import Field, FieldSet, FieldType
from app.desk.parts.label import Text
from app.desk.parts.layout import column
from app.desk.parts.section import fill
from app.desk.parts.side_panel import SidePanel
from app.desk.theme import Theme
from app.domain.onboarding_text import DONE_WHEN
from app.queries.onboarding import OnboardingView
from app.words import tr


class YearPanel(SidePanel):
    """A field for each horizon; `typed` are the ones that were changed."""

    def __init__(self, theme: Theme) -> None:
        self._fields: FieldSet | None = None
        self._texts: dict[str, str] = {}
        content = QWidget()
        self._body = column(gap=12, on=content)
        super().__init__(theme, tr("Goals of the first year"), content)

    def show_year(self, page: OnboardingView) -> None:
        """Begin from the goals as they are."""
        hint = tr("An empty line between two goals; under each, “{words}…”.").format(words=DONE_WHEN)
        self._fields = FieldSet(
            self._theme, [Field(h.id, f"{h.when}: {h.label}", FieldType.TEXT) for h in page.horizons]
        )
        self._texts = {h.id: h.typed for h in page.horizons}
        self._fields.set_values(self._texts)
        fill(self._body, [Text(hint, "caption", tone="soft", wrap=True), self._fields])

    @property
    def typed(self) -> dict[str, str]:
        """The horizons whose text differs, by id."""
        values = self._fields.values() if self._fields is not None else {}
        return {name: text for name, text in values.items() if text != self._texts[name].strip()}
