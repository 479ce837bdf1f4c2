"""The roles that come along: the folders of `rubrics/`, by name."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache

from app.domain.pack import Pack
from app.exchange.packs import load_pack
from app.resources import packs

FIRST = "ml-engineering-manager"
"""The rubric a workspace has where nobody chose."""


@dataclass(frozen=True)
class ShippedRole:
    """A rubric that comes along: its folder, and the role it is for."""

    folder: str
    title: str


def shipped_roles() -> tuple[ShippedRole, ...]:
    """Every rubric that comes along, by title."""
    found = [
        ShippedRole(path.name, _title(path.name)) for path in packs().iterdir() if (path / "rubric.yaml").is_file()
    ]
    return tuple(sorted(found, key=lambda role: role.title))


def load_role(role: ShippedRole | str) -> Pack:
    """Its pack."""
    return load_pack(packs() / (role if isinstance(role, str) else role.folder))


@cache
def _title(folder: str) -> str:
    """The role's title, which stands on a line of its own in role.yaml: the file is not read as YAML for a menu."""
    with (packs() / folder / "role.yaml").open(encoding="utf-8") as lines:
        found = next(line for line in lines if line.startswith("title:"))
    return found.partition(":")[2].strip().strip("'\"")
