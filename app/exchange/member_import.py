"""Members from a table, read as candidates are: any usual encoding and separator, the headings people use."""

from __future__ import annotations

from app.actions.member import NewMember
from app.exchange.candidate_import import NAME_HEADINGS, TableError, by_heading, date_in, mail_in, name_in, read_lines
from app.words import tr

_FIELDS = by_heading(
    {
        "name": ("name", "full name", "member", "person", "employee"),
        **NAME_HEADINGS,
        "role": ("role", "title", "job title", "position"),
        "level": ("level", "grade", "job level"),
        "guide": ("guide", "leveling guide", "ladder", "framework"),
        "since": ("since", "level since", "in level since", "since when"),
        "manager": ("manager", "reports to", "line manager", "lead"),
        "started_on": ("started on", "started", "start date", "first day", "joined", "hire date"),
    }
)


def read_members(content: bytes) -> tuple[tuple[NewMember, ...], tuple[str, ...]]:
    """The members of a table, and the headings that mean nothing here. Raises TableError, naming every wrong line."""
    people, unknown = read_lines(content, _FIELDS, _must_name, _member)
    return tuple(people), unknown


def _must_name(named: list[str], headings: list[str]) -> None:
    if ("name" not in named and not {"first", "last"} <= set(named)) or "level" not in named:
        raise TableError(
            tr("No heading says where names and levels are (found: {names}).").format(names=", ".join(headings)[:300]),
            tr("Name one column “Name” and one “Level”."),
        )


def _member(values: dict[str, str], line: int) -> NewMember:
    level = values.get("level", "")
    if not level:
        raise ValueError(tr("there is no level"))
    return NewMember(
        level,
        name_in(values),
        mail_in(values),
        values.get("role", ""),
        since=date_in(values.get("since", "")),
        manager_name=values.get("manager", ""),
        started_on=date_in(values.get("started_on", "")),
        line=line,
        guide_name=values.get("guide", "").strip(),
    )
