"""One spelling for equal values."""

from __future__ import annotations

import json


def canonical(value: object) -> str:
    """A value as one line of JSON with sorted keys: equal values give the same text, and so the same digest."""
    return json.dumps(value, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
