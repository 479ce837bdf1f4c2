"""The first days of a role while they are written: horizons with their goals, and what stands before them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import partial
from typing import Any

from PySide6.QtWidgets import QWidget

from app.desk.pages.rubric.typed_text import LabelledText, TypedForm
from app.desk.parts.label import Text
from app.desk.parts.layout import STRETCH, column
from app.desk.parts.section import fill
from app.desk.theme import Theme
from app.domain.onboarding_text import DONE_WHEN
from app.domain.rubric_draft import Part, free_id
from app.domain.typed_text import groups, lines, lines_text
from app.domain.value import Way
from app.words import tr

DIMENSIONS = "Dimensions: "
"""Before the names of the dimensions a goal speaks of."""


class FirstDaysForm(TypedForm):
    """Horizons, each as one text of its goals."""

    def __init__(self, theme: Theme) -> None:
        super().__init__(theme)
        self._part: Part | None = None
        self._names: dict[str, str] = {}
        self._shape: list[str] = []
        self._body = column(gap=14)
        hint = tr("An empty line between goals; under each, “{done}…” and “{dimensions}…”.")
        words = hint.format(done=DONE_WHEN, dimensions=DIMENSIONS)
        column(Text(words, "caption", tone="soft", wrap=True), self._body, STRETCH, gap=12, on=self)

    def show_part(self, part: Part, dimensions: Sequence[tuple[str, str]]) -> None:
        """Show the plan."""
        self._part, self._names = part, dict(dimensions)
        shape = [str(h["id"]) for h in part.content["horizons"]]
        if shape != self._shape:
            self._shape = shape
            self._lay(part.content)
        for way, text in self.texts.items():
            value: Any = part.content[str(way[0])]
            text.fill(lines_text(value) if len(way) == 1 else self._goals(value[way[1]]))

    def _lay(self, content: Mapping[str, Any]) -> None:
        self.texts = {}
        made: list[QWidget] = [self._text(("before_start",), tr("Before the first day, one on each line"))]
        for place, horizon in enumerate(content["horizons"]):
            words = tr("{when}: {label}").format(when=horizon["when"], label=horizon["label"])
            made.append(self._text(("horizons", place), words))
        fill(self._body, made)

    def _text(self, way: Way, words: str) -> LabelledText:
        made = LabelledText(self._theme, words, several=True)
        made.written.connect(partial(self._tell, way))
        self.texts[way] = made
        return made

    def _goals(self, horizon: Mapping[str, Any]) -> str:
        return "\n\n".join(
            "\n".join(
                (
                    goal["text"],
                    DONE_WHEN + goal["done_when"],
                    DIMENSIONS + ", ".join(self._names.get(d, d) for d in goal["dimensions"]),
                )
            )
            for goal in horizon["goals"]
        )

    def _tell(self, way: Way, text: str, typing: bool) -> None:
        if len(way) == 1:
            self.written.emit(way, list(lines(text)), typing)
            return
        assert self._part is not None
        horizon = self._part.content["horizons"][way[1]]
        self.written.emit((*way, "goals"), self._read(horizon, text), typing)

    def _read(self, horizon: Mapping[str, Any], text: str) -> list[dict[str, Any]]:
        """The goals as they were typed. One whose words are there still, or that is in its place, keeps the rest."""
        known = horizon["goals"]
        same = {goal["text"]: goal for goal in known}
        by_name = {words.casefold(): id_ for id_, words in self._names.items()}
        taken = [goal["id"] for goal in known]
        found: list[dict[str, Any]] = []
        typed = groups(text)
        for place, (head, inner) in enumerate(typed):
            before = same.get(head) or (known[place] if len(typed) == len(known) else None)
            goal = {**before} if before is not None else {"id": free_id(f"{horizon['id']}_goal", taken)}
            taken.append(goal["id"])
            named = next((line for line in inner if line.startswith(DIMENSIONS.strip())), "")
            ids = [by_name.get(word.strip().casefold()) for word in named.partition(":")[2].split(",")]
            done = " ".join(line for line in inner if line != named)
            goal |= {
                "text": head,
                "done_when": done.removeprefix(DONE_WHEN.strip()).strip(),
                "dimensions": [id_ for id_ in ids if id_ is not None],
            }
            found.append({"targets": [], "only_if": None, **goal})
        return found
