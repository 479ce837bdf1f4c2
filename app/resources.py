"""Where fonts, icons, packs and catalogues lie, in a checkout and in an installed wheel."""

from __future__ import annotations

from pathlib import Path

_PACKAGE = Path(__file__).resolve().parent
_INSTALLED = _PACKAGE / "_data"
_ROOT = _INSTALLED if _INSTALLED.is_dir() else _PACKAGE.parent


def resource(*parts: str) -> Path:
    """A file or folder under `resources/`."""
    return _ROOT.joinpath("resources", *parts)


def packs() -> Path:
    """The folder that holds one folder for each rubric pack."""
    return _ROOT / "rubrics"


def catalogues() -> Path:
    """The folder of translations."""
    return resource("catalogues")
