"""The published values that figures are checked against; they lie beside the checkout."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

_FILE = Path(__file__).resolve().parents[3] / "shared" / "data" / "reference-values.json"
needed = pytest.mark.skipif(not _FILE.is_file(), reason="the published values are not beside this checkout")


def reference(name: str) -> Any:
    """One part of the published values, None where they are not there."""
    return json.loads(_FILE.read_text("utf-8"))[name] if _FILE.is_file() else None
