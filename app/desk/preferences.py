"""How this machine shows the program: appearance, text size, recent workspaces. Kept outside the workspace."""

from __future__ import annotations

from enum import StrEnum
from pathlib import Path
from typing import Annotated, Self

from pydantic import BaseModel, ConfigDict, Field, ValidationError

from app.store.files import replace_file

RECENT_KEPT = 8


class Appearance(StrEnum):
    """Light, dark, or what the system says."""

    SYSTEM = "system"
    LIGHT = "light"
    DARK = "dark"


class Preferences(BaseModel):
    """A value: `changed` gives the next one, `save` makes it last."""

    model_config = ConfigDict(frozen=True, extra="ignore")

    appearance: Appearance = Appearance.SYSTEM
    text_size: Annotated[int, Field(ge=80, le=200)] = 100
    recent: tuple[str, ...] = ()
    geometry: str | None = None
    last_place: str | None = None

    @property
    def text_factor(self) -> float:
        """How many times the ordinary size text is, 0.8 to 2.0."""
        return self.text_size / 100

    def changed(self, **values: object) -> Self:
        """The same with some values replaced. Raises ValidationError where one is out of range."""
        return self.model_validate({**self.model_dump(), **values})

    def with_recent(self, path: Path) -> Self:
        """The same with `path` first among the recent workspaces."""
        others = [p for p in self.recent if p != str(path)]
        return self.changed(recent=(str(path), *others)[:RECENT_KEPT])

    @classmethod
    def load(cls, path: Path) -> Self:
        """What `path` holds. A file that can't be read is kept aside as `.broken`, and the defaults hold."""
        try:
            text = path.read_text(encoding="utf-8")
        except FileNotFoundError:
            return cls()
        except (OSError, UnicodeDecodeError):
            return cls._start_over(path)
        try:
            return cls.model_validate_json(text)
        except ValidationError:
            return cls._start_over(path)

    def save(self, path: Path) -> None:
        """Write to `path` in one move. Raises ReadOnly where that can't be done."""
        path.parent.mkdir(parents=True, exist_ok=True)
        replace_file(path, self.model_dump_json(indent=2).encode())

    @classmethod
    def _start_over(cls, path: Path) -> Self:
        try:
            path.replace(path.with_name(path.name + ".broken"))
        except OSError:
            return cls()  # a folder that can't be written: the defaults still let the window open
        return cls()
