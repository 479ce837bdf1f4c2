"""What can be found: by table, which of its rows become words, and which those are.

A table is added by a line here and one in `queries/search_hits.py`, which says what is shown of it and to whom. A code
is never given to another table: the index knows a row by it. What is not here is not in the index: transcripts,
private notes, and what is being typed.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import IntEnum


class Group(IntEnum):
    """What kind of thing is found, in the order it is shown."""

    PEOPLE = 1
    OPENINGS = 2
    RUBRICS = 3
    FILES = 4
    WORDS = 5


@dataclass(frozen=True)
class Source:
    """The rows of a table as words: `names` and `words` are SQL for a row `t`, `where` says which rows are in.

    `of` are other tables a row's words hang on, each with SQL for the rows of this one that a row `?` of it concerns.
    """

    table: str
    group: Group
    code: int
    names: str
    words: str = "''"
    where: str = "1"
    of: tuple[tuple[str, str], ...] = ()


_ON_CARD_IN = "EXISTS (SELECT 1 FROM scorecard s WHERE s.id = t.scorecard_id AND s.state <> 'draft')"
_SPACE = " || ' ' || "


def _joined(*columns: str) -> str:
    return _SPACE.join(f"coalesce({column}, '')" for column in columns)


SOURCES = (
    Source(
        "candidate",
        Group.PEOPLE,
        1,
        "t.name",
        _joined("t.now_at", "t.place", "t.came_by", "t.referred_by"),
    ),
    Source("contact", Group.PEOPLE, 3, "''", _joined("t.value", "t.folded")),
    Source("tag", Group.PEOPLE, 4, "''", "t.name"),
    Source("further_fact", Group.PEOPLE, 5, "''", "t.value"),
    Source("colleague", Group.PEOPLE, 2, "t.name", _joined("t.mail", "t.role")),
    Source("opening", Group.OPENINGS, 1, _joined("t.code", "t.role"), _joined("t.cancel_reason", "t.description")),
    Source(
        "rubric_version",
        Group.RUBRICS,
        1,
        "coalesce(json_extract(t.content, '$.rubric.name'), t.pack)",
        where="json_valid(t.content)",
    ),
    Source("guide_version", Group.RUBRICS, 2, "t.name"),
    Source("cycle", Group.RUBRICS, 3, "t.name"),
    Source("attachment", Group.FILES, 1, "t.name", "(SELECT f.words FROM search_file f WHERE f.digest = t.digest)"),
    Source(
        "note",
        Group.WORDS,
        1,
        "''",
        "t.text",
        f"t.dimension IS NOT NULL AND {_ON_CARD_IN}",
        (("scorecard", "SELECT id FROM note WHERE scorecard_id = ?"),),
    ),
    Source("scorecard", Group.WORDS, 2, "''", _joined("t.overall_reason", "t.amend_reason"), "t.state <> 'draft'"),
    Source(
        "observed_signal",
        Group.WORDS,
        3,
        "''",
        "t.quote",
        _ON_CARD_IN,
        (("scorecard", "SELECT id FROM observed_signal WHERE scorecard_id = ?"),),
    ),
    Source("decision", Group.WORDS, 4, "''", _joined("t.reason", "t.change_reason", "t.departure")),
    Source("closing", Group.WORDS, 5, "''", _joined("t.why", "t.reason")),
    Source("hold", Group.WORDS, 12, "''", "t.reason"),
    Source("candidate_note", Group.WORDS, 11, "''", "t.text", "NOT t.private"),
    Source("debrief_walk", Group.WORDS, 6, "''", "t.note"),
    Source("offer_term", Group.WORDS, 7, "''", _joined("t.name", "t.text")),
    Source("offer_event", Group.WORDS, 8, "''", "t.reason"),
    Source("growth_talk", Group.WORDS, 10, "''", "t.said"),
    Source("goal", Group.WORDS, 9, "''", _joined("t.title", "t.measure", "t.support")),
)
"""Every table with words that can be found."""

TABLES = frozenset(source.table for source in SOURCES)
