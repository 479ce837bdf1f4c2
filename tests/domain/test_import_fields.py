"""Which columns are left out unless somebody says else."""

from __future__ import annotations

import pytest

from app.domain.import_fields import is_sensitive


@pytest.mark.parametrize(
    "heading",
    [
        "Candidate Gender",
        "DOB",
        "Ethnicity (self-identified)",
        "Nationality",
        "Current salary (EUR)",
        "demographics.race",
    ],
)
def test_what_nobody_may_be_chosen_by_is_known_in_any_dress(heading: str) -> None:
    assert is_sensitive(heading)


@pytest.mark.parametrize(
    "heading", ["Salary expectations", "Language", "International experience", "Essex office", "Stage"]
)
def test_and_nothing_else(heading: str) -> None:
    assert not is_sensitive(heading)
