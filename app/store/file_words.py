"""The words of attached files, by the hash of their bytes: what the index has of them. They go with the last file."""

from __future__ import annotations

import json
from collections.abc import Collection

from sqlalchemy import Connection

from app.store.search_index import FILES, mark_changed
from app.store.workspace import Workspace

_UNREAD = (
    f"SELECT b.digest, b.content FROM blob b WHERE b.digest NOT IN (SELECT digest FROM {FILES})"  # noqa: S608
    " AND b.digest IN (SELECT digest FROM attachment) LIMIT 1"
)
_LONGEST = 200_000
"""Letters of a file that can be found: some eighty pages."""


def next_unread(connection: Connection) -> tuple[str, bytes] | None:
    """The hash and the bytes of an attached file whose words are not known yet."""
    found = connection.exec_driver_sql(_UNREAD).first()
    return None if found is None else (str(found[0]), bytes(found[1]))


def words_of_files(connection: Connection, digests: Collection[str]) -> dict[str, str]:
    """The words of these files, as far as they were read."""
    query = f"SELECT digest, words FROM {FILES} WHERE digest IN (SELECT value FROM json_each(?))"  # noqa: S608
    return {str(d): str(words) for d, words in connection.exec_driver_sql(query, (json.dumps(sorted(digests)),))}


def keep_words(workspace: Workspace, digest: str, words: str) -> None:
    """Keep the words of a file, none where it can't be read, for the index to be told of. Raises as a step does."""
    with workspace.committing() as connection:
        query = "SELECT id FROM attachment WHERE digest = ?"
        attached = connection.exec_driver_sql(query, (digest,)).scalars().all()
        if attached:  # it was not taken out meanwhile
            kept = (digest, words[:_LONGEST])
            connection.exec_driver_sql(f"INSERT OR REPLACE INTO {FILES} VALUES (?, ?)", kept)  # noqa: S608
            mark_changed(connection, [("attachment", row) for row in attached])
