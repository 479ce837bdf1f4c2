"""What scores may be pooled: those by one rubric, as long as the first number of its version stays.

That number grows when scores can no longer be compared; the second one changes words alone.
"""

from __future__ import annotations

from dataclasses import dataclass

from sqlalchemy import Connection, select
from sqlmodel import col

from app.store.rubric import read_pack
from app.store.tables import Application, Opening, RubricVersion


@dataclass(frozen=True, order=True)
class RubricPool:
    """A rubric and the first number of its versions."""

    pack: str
    first: str

    @property
    def key(self) -> str:
        """How it is named on the command line: backend-engineer, or backend-engineer:2 for later versions."""
        return self.pack if self.first == "1" else f"{self.pack}:{self.first}"


def pools_of(connection: Connection) -> dict[int, RubricPool]:
    """By application, the pool its scores belong to."""
    pools = pools_of_openings(connection)
    query = select(col(Application.id), col(Application.opening_id))
    return {application: pools[opening] for application, opening in connection.execute(query)}


def pools_of_openings(connection: Connection) -> dict[int, RubricPool]:
    """By opening, the pool its scores belong to."""
    query = select(col(Opening.id), col(RubricVersion.pack), col(RubricVersion.version)).join(
        RubricVersion, col(RubricVersion.id) == col(Opening.rubric_id)
    )
    return {number: RubricPool(pack, version.partition(".")[0]) for number, pack, version in connection.execute(query)}


def newest_in(connection: Connection, pool: RubricPool) -> int:
    """The newest version of a pool."""
    query = select(col(RubricVersion.id), col(RubricVersion.version)).where(col(RubricVersion.pack) == pool.pack)
    return max(version for version, number in connection.execute(query) if number.partition(".")[0] == pool.first)


def pool_words(connection: Connection, pool: RubricPool) -> str:
    """A pool in words: the rubric's name, with the first number of its version where that is not 1."""
    name = read_pack(connection, newest_in(connection, pool)).rubric.name
    return name if pool.first == "1" else f"{name} {pool.first}"
