"""How this machine shows the program: appearance, text size, recent workspaces. Kept outside the workspace."""

from __future__ import annotations

import json
from dataclasses import asdict, dataclass, fields, replace
from enum import StrEnum
from pathlib import Path
from typing import Self

from app.store.files import replace_file
from app.store.partial_files import make_private_folder, no_folder

RECENT_KEPT = 8


class Appearance(StrEnum):
    """Light, dark, or what the system says."""

    SYSTEM = "system"
    LIGHT = "light"
    DARK = "dark"


@dataclass(frozen=True)
class Preferences:
    """A value: `changed` gives the next one, `save` makes it last. Raises ValueError for a value out of range.

    Checked by hand: the window is painted before pydantic could be imported.
    """

    appearance: Appearance = Appearance.SYSTEM
    text_size: int = 100
    recent: tuple[str, ...] = ()
    geometry: str | None = None
    last_place: str | None = None
    pipelines: tuple[tuple[str, str], ...] = ()
    reports: tuple[tuple[str, str], ...] = ()

    def __post_init__(self) -> None:
        """Hold what a file or a page gave to what makes sense."""
        object.__setattr__(self, "appearance", Appearance(self.appearance))
        object.__setattr__(self, "recent", tuple(self.recent))
        for name in ("pipelines", "reports"):
            object.__setattr__(self, name, tuple((str(key), str(view)) for key, view in getattr(self, name)))
        if type(self.text_size) is not int or not 80 <= self.text_size <= 200:
            raise ValueError(f"text size {self.text_size!r} is not between 80 and 200")
        if not all(isinstance(path, str) for path in self.recent):
            raise ValueError("a recent workspace is no path")
        if not all(value is None or isinstance(value, str) for value in (self.geometry, self.last_place)):
            raise ValueError("geometry and last place are text")

    @property
    def text_factor(self) -> float:
        """How many times the ordinary size text is, 0.8 to 2.0."""
        return self.text_size / 100

    def changed(self, **values: object) -> Self:
        """The same with some values replaced. Raises ValueError where one is out of range."""
        return replace(self, **values)  # type: ignore[arg-type]

    def with_recent(self, path: Path) -> Self:
        """The same with `path` first among the recent workspaces."""
        others = [p for p in self.recent if p != str(path)]
        return self.changed(recent=(str(path), *others)[:RECENT_KEPT])

    def pipeline(self, workspace: str) -> str:
        """What was last in view of the pipelines of the workspace with this key; empty where nothing is known."""
        return dict(self.pipelines).get(workspace, "")

    def with_pipeline(self, workspace: str, view: str) -> tuple[tuple[str, str], ...]:
        """What was in view of each workspace, this one's first."""
        return _first(workspace, view, self.pipelines)

    def report(self, workspace: str) -> str:
        """Which report of this workspace was last in view, and its filter; empty where nothing is known."""
        return dict(self.reports).get(workspace, "")

    def with_report(self, workspace: str, view: str) -> tuple[tuple[str, str], ...]:
        """The report and filter of each workspace, this one's first."""
        return _first(workspace, view, self.reports)

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
            found = json.loads(text)
            if not isinstance(found, dict):
                return cls._start_over(path)
            return cls(**{field.name: found[field.name] for field in fields(cls) if field.name in found})
        except (ValueError, TypeError):
            return cls._start_over(path)

    def save(self, path: Path) -> None:
        """Write to `path` in one move. Raises ReadOnly where that can't be done."""
        if not path.parent.is_dir():
            try:
                make_private_folder(path.parent)
            except OSError as error:
                raise no_folder(path.parent, error) from error
        replace_file(path.resolve(), json.dumps(asdict(self), indent=2).encode())

    @classmethod
    def _start_over(cls, path: Path) -> Self:
        try:
            path.replace(path.with_name(path.name + ".broken"))
        except OSError:
            return cls()  # a folder that can't be written: the defaults still let the window open
        return cls()


def _first(workspace: str, view: str, kept: tuple[tuple[str, str], ...]) -> tuple[tuple[str, str], ...]:
    others = [(key, held) for key, held in kept if key != workspace]
    return ((workspace, view), *others)[:RECENT_KEPT]
