"""An attached file to look at: strangers wrote it, so a process of its own says what it is and draws its pages."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from app.errors import Refused
from app.exchange.quarantine import PREVIEWS, Failed, PagePicture, Quarantine
from app.queries.application import file_bytes
from app.store.workspace import Workspace
from app.words import tr


@dataclass(frozen=True)
class Preview:
    """A file as pages, with their sizes and the words on each; or as `text`, where it has no pages.

    `pages` is how many it has; those past the sizes are not shown.
    """

    sizes: tuple[tuple[float, float], ...]
    words: tuple[str, ...]
    pages: int
    text: str


def preview_of(workspace: Workspace, attachment: int) -> Preview:
    """What an attached file is. Raises NotFound, and Refused where it is of no kind that is shown, or broken."""
    with Quarantine(reader=PREVIEWS) as quarantine:
        try:
            said = quarantine.preview(file_bytes(workspace, attachment))
        except Failed:
            raise Refused(
                tr("This file can’t be shown here: it is of another kind, or damaged."),
                tr("Open it with its own program, or save a copy."),
            ) from None
    sizes = tuple((float(width), float(height)) for width, height in said.get("sizes", ()))
    return Preview(sizes, tuple(said.get("words", ())), int(said.get("pages", 0)), str(said.get("text", "")))


def pages_of(workspace: Workspace, attachment: int, numbers: Sequence[int]) -> tuple[tuple[int, PagePicture], ...]:
    """Pages as they look, by number from 0; one that can't be drawn is left out. Raises NotFound."""
    content = file_bytes(workspace, attachment)
    found = []
    with Quarantine(reader=PREVIEWS) as quarantine:
        for number in numbers:
            try:
                found.append((number, quarantine.picture(content, number)))
            except Failed:
                continue
    return tuple(found)
