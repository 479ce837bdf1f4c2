"""A map of a table of people: which column is which field, in which order its days are written."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum

from app.domain.import_fields import FURTHER, LEFT, About, field_of, is_sensitive, likely_field, plain
from app.domain.spelling import canonical


class DateOrder(StrEnum):
    """In which order day, month and year stand where they are numbers."""

    DMY = "dmy"
    MDY = "mdy"
    YMD = "ymd"


@dataclass(frozen=True)
class ImportMap:
    """By heading, the key of the field each column fills, `FURTHER` or `LEFT`. A date order of None is found."""

    about: About
    roles: tuple[tuple[str, str], ...]
    date_order: DateOrder | None = None

    @property
    def by_heading(self) -> dict[str, str]:
        """The role of each column."""
        return dict(self.roles)

    @property
    def left_out(self) -> tuple[str, ...]:
        """The columns that do not come in."""
        return tuple(heading for heading, role in self.roles if role == LEFT)

    @property
    def further(self) -> tuple[str, ...]:
        """The columns that come along as further facts."""
        return tuple(heading for heading, role in self.roles if role == FURTHER)

    @property
    def has_names(self) -> bool:
        """Whether some column says who a row is about."""
        roles = {role for _, role in self.roles}
        return "name" in roles or bool({"first", "last"} & roles)

    @property
    def twice(self) -> tuple[str, ...]:
        """Columns that would fill one field which takes one."""
        named = [role for _, role in self.roles]
        return tuple(
            heading
            for heading, role in self.roles
            if (field := field_of(self.about, role)) is not None and not field.several and named.count(role) > 1
        )

    def with_role(self, heading: str, role: str, *, takes: bool = True) -> ImportMap:
        """The map in which a column is something else. What only one column can be is taken from the one that was it,
        unless `takes` is off: then the map does not hold until a person says which."""
        field = field_of(self.about, role)
        alone = takes and field is not None and not field.several
        rest = rest_role(self.about)
        roles = ((h, role if h == heading else rest if alone and known == role else known) for h, known in self.roles)
        return replace(self, roles=tuple(roles))

    def with_further(self, *, wanted: bool) -> ImportMap:
        """The map in which what is nothing else comes along as further facts, or does not; what nobody may be chosen by
        stays out."""
        before, after = (LEFT, FURTHER) if wanted else (FURTHER, LEFT)
        roles = ((h, after if role == before and not (wanted and is_sensitive(h)) else role) for h, role in self.roles)
        return replace(self, roles=tuple(roles))

    def canonical_text(self) -> str:
        """What is kept of a map under its name."""
        order = str(self.date_order) if self.date_order else ""
        return canonical({"columns": [list(pair) for pair in self.roles], "date_order": order})


def rest_role(about: About) -> str:
    """What a column is that is nothing else: only candidates have further facts."""
    return FURTHER if about is About.CANDIDATES else LEFT


def guessed_map(about: About, headings: Iterable[str]) -> ImportMap:
    """The most likely map by the headings alone. Of two columns for a field that takes one the first fills it."""
    roles: list[tuple[str, str]] = []
    taken: set[str] = set()
    fields = {heading: likely_field(about, heading) for heading in headings}
    keys = {field.key for field in fields.values() if field is not None}
    for heading, field in fields.items():
        if plain(heading) == "position" and "company" in keys and "title" not in keys:
            field = field_of(about, "title")  # beside where somebody works it is what they do there
        if field is None or (field.key in taken and not field.several):
            sensitive = is_sensitive(heading)
            roles.append((heading, LEFT if sensitive else rest_role(about)))
            continue
        taken.add(field.key)
        roles.append((heading, field.key))
    return ImportMap(about, tuple(roles))


def kept_headings(content: str, headings: Sequence[str]) -> tuple[str, ...]:
    """The headings that a map which was kept knows."""
    known = {plain(heading) for heading, _ in json.loads(content)["columns"]}
    return tuple(heading for heading in headings if plain(heading) in known)


def kept_map(about: About, content: str, headings: Sequence[str]) -> ImportMap:
    """A map that was kept, for a table with these headings; columns it does not know are guessed."""
    kept = json.loads(content)
    by_plain: Mapping[str, str] = {plain(heading): role for heading, role in kept["columns"]}
    guess = guessed_map(about, headings)
    known = {h: by_plain[plain(h)] for h in headings if plain(h) in by_plain}
    taken = set(known.values())
    roles = []
    for heading, role in guess.roles:
        field = field_of(about, role)
        free = field is None or field.several or role not in taken
        roles.append((heading, known.get(heading, role if free else rest_role(about))))
    order = DateOrder(kept["date_order"]) if kept["date_order"] else None
    return ImportMap(about, tuple(roles), order)
