"""Candidates from the rows of a table."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import replace

from app.actions.read_candidate import ReadCandidate
from app.domain.candidate import FIELDS, CandidateField, FactKind, Source, filled
from app.domain.contact import ContactKind, apart
from app.domain.import_map import ImportMap
from app.domain.source_words import source_by_words
from app.exchange.people_beside import Beside
from app.exchange.people_rows import Cells, Reading, parts_of, rows_by_map
from app.exchange.people_table import PeopleTable
from app.phrases.candidate import choice_words
from app.words import tr

_INSIDE = re.compile(r"<(?:mailto:)?([^<>\s]+@[^<>\s]+)>")
_NOTHING = frozenset({"n/a", "na", "none", "null", "nan", "-", "–", "—", "unknown", "#n/a"})
_NO = frozenset({"no", "false", "0", "n", "none", "null", "n/a", "-", "nein", "non", "active", "not archived"})
_ENDED = re.compile(
    r"reject|declin|archiv|hired|withdr|disqualif|not (a )?(fit|selected|suitable)|closed|abgelehnt|unsuitable|dropped"
    r"|unqualified|refus",
    re.IGNORECASE,
)
_CHOICES = tuple(field for field in FIELDS if field.choices)


def read_candidates(
    table: PeopleTable, map_: ImportMap, step: Callable[[int], None] | None = None
) -> Reading[ReadCandidate]:
    """Everybody in a table of candidates by a map. Raises TableError where the map does not hold."""

    def made(cells: Cells) -> ReadCandidate:
        beside = table.beside.get(cells.line)
        one = _candidate(cells)
        return one if beside is None else _with(one, beside)

    return rows_by_map(table, map_, made, step)


def _with(one: ReadCandidate, beside: Beside) -> ReadCandidate:
    """Somebody with what the file knows of them beside the cells. Raises ValueError where that can't come in."""
    if beside.problem:
        raise ValueError(beside.problem)
    further = (*one.further, *beside.further)
    if beside.applications:  # a column that says of an application what its own record says
        more = [one.opening, one.stage, (tr("Applied on"), one.applied_on.isoformat() if one.applied_on else "")]
        further += tuple((name, text) for name, text in more if text)
    return replace(one, applications=beside.applications, dated_notes=beside.notes, further=further)


def _candidate(cells: Cells) -> ReadCandidate:
    further = list(cells.further)
    choices = {field.key: _choice(field, cells, further) for field in _CHOICES}
    if choices["source"] == Source.NOT_SAID:
        choices["source"] = source_by_words(cells.text("came_by")) or Source.NOT_SAID
    values = {
        **{field.key: cells.text(field.key) for field in FIELDS if field.kind is FactKind.TEXT},
        **{field.key: cells.days.get(field.key) for field in FIELDS if field.kind is FactKind.DAY},
        **choices,
        "name": cells.name,
        "mail": ", ".join(mails_in(cells)),
        "phone": ", ".join(_contacts(cells, ContactKind.PHONE, "phone")),
        "links": ", ".join(_contacts(cells, ContactKind.LINK, "links")),
        "now_at": _now_at(cells),
        "place": _place(cells),
    }
    status = cells.text("status")
    over = [said for said in cells.several.get("ended", ()) if said.casefold() not in _NO]
    further += [(cells.headings[key], cells.text(key)) for key in ("status", "ended") if cells.text(key)]
    return ReadCandidate(
        **filled(values),
        applied_on=cells.days.get("applied_on"),
        tags=parts_of(cells.several.get("tags", ())),
        further=tuple(further),
        line=cells.line,
        notes=cells.several.get("notes", ()),
        opening=(cells.headings.get("opening", ""), cells.text("opening")),
        stage=(cells.headings.get("stage", ""), cells.text("stage")),
        ended=bool(over or _ENDED.search(status)),
    )


def _now_at(cells: Cells) -> str:
    """What they do and where, as far as it is not said twice."""
    now = cells.text("now_at")
    more = [w for w in (cells.text("title"), cells.text("company")) if w and w.casefold() not in now.casefold()]
    return ", ".join([*more, now] if now else more)


def mails_in(cells: Cells) -> list[str]:
    """The mail addresses of a row. Raises ValueError for what is none."""
    found = []
    for one in _contacts(cells, ContactKind.MAIL, "mail"):
        inside = _INSIDE.search(one)
        mail = (inside[1] if inside else one).removeprefix("mailto:")
        name, at, host = mail.partition("@")
        if not (name and at and host) or "@" in host or " " in mail:
            raise ValueError(tr("“{mail}” is no mail address").format(mail=mail[:80]))
        found.append(mail)
    return found


def _contacts(cells: Cells, way: ContactKind, key: str) -> list[str]:
    return [one for one in apart(way, "\n".join(cells.several.get(key, ()))) if one.casefold() not in _NOTHING]


def _place(cells: Cells) -> str:
    """The place with its country, each word once."""
    place = ", ".join(" ".join(part.split()) for part in cells.several.get("place", ()))
    for part in cells.several.get("region", ()):
        if part.casefold() not in {known.strip() for known in place.casefold().split(",")}:
            place = f"{place}, {part}" if place else part
    return " ".join(place.split())


def _choice(field: CandidateField, cells: Cells, further: list[tuple[str, str]]) -> str:
    """What a cell chooses by its key or its words; another word is a further fact."""
    said = cells.text(field.key)
    for choice in field.choices:
        if said.casefold() in ("", choice.casefold(), choice_words(field, choice).casefold()):
            return choice
    if field.key == "source" and (source := source_by_words(said)) is not None:
        return source
    further.append((cells.headings[field.key], said))
    return field.choices[0]
