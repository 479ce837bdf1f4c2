"""Moments as people write them in a hurry."""

from __future__ import annotations

from datetime import date, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.domain.moment_text import moment_in

TODAY = date(2026, 3, 12)  # a Thursday
TENTH = (2026, 3, 13, 10, 0)


@pytest.mark.parametrize(
    ("text", "when"),
    [
        ("tomorrow 10:00", TENTH),
        ("Tomorrow at 10", TENTH),
        ("tomorrow, 10", TENTH),
        ("10:00 tomorrow", TENTH),
        ("tomorrow 10am", TENTH),
        ("tomorrow 10 AM", TENTH),
        ("tomorrow 10h", TENTH),
        ("tomorrow 10h00", TENTH),
        ("tomorrow 10.00", TENTH),
        ("fri 10:00", TENTH),
        ("Friday, 10:00", TENTH),
        ("in 1 day 10:00", TENTH),
        ("13/3 10:00", TENTH),
        ("13.3. 10:00", TENTH),
        ("13.3 10", TENTH),
        ("13 March 10:00", TENTH),
        ("March 13 10:00", TENTH),
        ("13 March 2026, 10:00", TENTH),
        ("2026-03-13 10:00", TENTH),
        ("2026-03-13T10:00", TENTH),
        ("13.3.2026 10:00", TENTH),
        ("13/03/26 10:00", TENTH),
        ("30/11 9:00", (2026, 11, 30, 9, 0)),
        ("1/3 9:00", (2027, 3, 1, 9, 0)),
        ("today 4:30 pm", (2026, 3, 12, 16, 30)),
        ("16:30", (2026, 3, 12, 16, 30)),
        ("thursday 9:00", (2026, 3, 19, 9, 0)),
        ("next tuesday 14.30", (2026, 3, 17, 14, 30)),
        ("next thursday 9:00", (2026, 3, 19, 9, 0)),
        ("tue 14.30", (2026, 3, 17, 14, 30)),
        ("in a week at 9:00", (2026, 3, 19, 9, 0)),
        ("in 2 weeks, 9:00", (2026, 3, 26, 9, 0)),
        ("tomorrow noon", (2026, 3, 13, 12, 0)),
        ("12 am tomorrow", (2026, 3, 13, 0, 0)),
        ("12 pm tomorrow", (2026, 3, 13, 12, 0)),
        ("tonight 8", (2026, 3, 12, 20, 0)),
        ("tonight at 8", (2026, 3, 12, 20, 0)),
        ("tonight at 8:30 pm", (2026, 3, 12, 20, 30)),
        ("tonight 20:00", (2026, 3, 12, 20, 0)),
        ("5.12 14.30", (2026, 12, 5, 14, 30)),
        ("10.11 9.30", (2026, 11, 10, 9, 30)),
        ("9.30 10.11", (2026, 11, 10, 9, 30)),
        ("29/2 9:00", (2028, 2, 29, 9, 0)),
        ("29 February 9:00", (2028, 2, 29, 9, 0)),
        ("3/4 9:00", (2026, 4, 3, 9, 0)),
        ("Wed 2 December 10:00", (2026, 12, 2, 10, 0)),
        ("Wed, 2 Sept 10:00", (2026, 9, 2, 10, 0)),
    ],
)
def test_a_moment_is_read(text: str, when: tuple[int, int, int, int, int]) -> None:
    assert moment_in(text, TODAY) == datetime(*when)  # noqa: DTZ001  (the workspace's zone is added where it is kept)


@pytest.mark.parametrize(
    "text",
    [
        *(
            "",
            "tomorrow",
            "13 March 2026",
            "someday 10:00",
            "32/1 9:00",
            "31/2 9:00",
            "tomorrow 25:00",
            "tomorrow 13pm",
        ),
        *("Sun 2 December 10:00", "marvellous 3 10:00", "decade 5 10:00", "3 marvellous 10:00", "soon 3 May 10:00"),
        *("10:00 11:00 tomorrow", "tu 10:00", "10", "now", "in 9999 days 10:00", "0/0 0:00", "tomorrow 10:60"),
    ],
)
def test_what_is_none_is_none(text: str) -> None:
    assert moment_in(text, TODAY) is None


@given(st.text(max_size=40))
def test_nothing_breaks_it(text: str) -> None:
    moment_in(text, TODAY)


@given(st.datetimes(datetime(2020, 1, 1), datetime(2040, 1, 1)))  # noqa: DTZ001
def test_what_the_field_writes_is_read_back(moment: datetime) -> None:
    moment = moment.replace(second=0, microsecond=0)
    assert moment_in(f"{moment:%d %B %Y}, {moment:%H:%M}", TODAY) == moment
