"""The one SQLite door: driver, pragmas, transactions, application id, integrity, backup.

A workspace is in WAL with synchronous=FULL while it is open, because a commit is then one fsync (a third of
the time of a rollback journal) and readers never wait. On close the log is folded in and the journal mode goes
back to DELETE, so that a closed workspace is one file that can be mailed or copied.
"""

from __future__ import annotations

import contextlib
import os
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from typing import Any

import sqlcipher3.dbapi2 as driver
from sqlalchemy import Connection, Engine, create_engine, event
from sqlalchemy.exc import DBAPIError
from sqlalchemy.pool import StaticPool

from app.errors import ReadOnly, TooNew
from app.store.file_identity import BESIDE
from app.store.files import create_private
from app.store.reading import note_statement
from app.store.sqlite_errors import NotCopied, look_closer, told
from app.words import tr

APPLICATION_ID = 0x54464C44  # "TFLD"
SCHEMA = 10
_KEPT_LOG = 1024 * 1024
WAIT_MS = 5000


def log_of(path: Path) -> Path:
    """The write-ahead log that stands beside an open workspace."""
    return path.with_name(path.name + "-wal")


def was_cut_off(path: Path) -> bool:
    """Whether a rollback journal lies beside the file: a writer is at work, or was killed at it."""
    try:
        return path.with_name(path.name + "-journal").stat().st_size > 0
    except OSError:
        return False


def take_back(path: Path) -> None:
    """Let SQLite take back what a killed writer had half written; a reader can't.

    Raises as `transaction` does, and ReadOnly where it may not be written.
    """
    if not was_cut_off(path):
        return
    if not os.access(path, os.W_OK) or not os.access(path.parent, os.W_OK):
        raise ReadOnly(
            tr("{path} was left in the middle of a change, and what is half written can't be taken back here.").format(
                path=path
            ),
            tr("Copy it, and the file beside it that ends in -journal, to a folder you may write to."),
        )
    engine = connect(path, writing=True)
    try:
        with told(path), closing(engine.raw_connection()) as raw:
            raw.driver_connection.execute("SELECT count(*) FROM sqlite_master").fetchone()  # type: ignore[union-attr]
    finally:
        engine.dispose()


def sidecars(path: Path) -> tuple[Path, ...]:
    """Every file SQLite may put beside a workspace."""
    return tuple(path.with_name(path.name + tail) for tail in BESIDE)


def too_new(path: Path, schema: int) -> TooNew:
    """The sentence for a file of a later program."""
    return TooNew(
        tr("{path} was written by a newer Tenfold (schema {theirs}; this one knows {ours}).").format(
            path=path, theirs=schema, ours=SCHEMA
        ),
        tr("Update Tenfold, then open it again. The file was not touched."),
    )


def connect(path: Path, *, writing: bool, creating: bool = False, apart: bool = False) -> Engine:
    """An engine over one connection to the file; a reader can't write and finds a consistent view.

    One that reads `apart` leaves alone what others share about the log.
    """
    mode = "rwc" if creating else "rw" if writing else "ro"
    immutable = "" if writing or _may_have_log(path) else "&immutable=1"

    def open_connection() -> Any:
        connection = driver.connect(
            f"{path.resolve().as_uri()}?mode={mode}{immutable}{'&readonly_shm=1' if apart else ''}",
            uri=True,
            timeout=WAIT_MS / 1000,
            isolation_level=None,
            check_same_thread=False,
        )
        connection.execute("PRAGMA foreign_keys = ON")
        connection.execute("PRAGMA secure_delete = ON")
        connection.execute("PRAGMA trusted_schema = OFF")
        if writing:  # the log is folded in by who holds the claim, when nothing else is in its way
            connection.execute("PRAGMA wal_autocheckpoint = 0")
        else:
            connection.execute("PRAGMA query_only = ON")
        return connection

    engine = create_engine(
        "sqlite://", module=driver, creator=open_connection, poolclass=StaticPool, hide_parameters=True
    )
    start = "BEGIN IMMEDIATE" if writing else "BEGIN"
    event.listen(engine, "begin", lambda connection: connection.exec_driver_sql(start))
    event.listen(engine, "before_cursor_execute", note_statement)
    event.listen(engine, "handle_error", look_closer)
    return engine


def _may_have_log(path: Path) -> bool:
    """Only a file that nobody can be writing is read as immutable: it and its folder are read-only."""
    return os.access(path, os.W_OK) or os.access(path.parent, os.W_OK) or log_of(path).exists()


@contextmanager
def transaction(engine: Engine, path: Path) -> Iterator[Connection]:
    """One transaction; the driver's failures become sentences.

    Raises Busy when another command keeps the file locked for over five seconds, Damaged, ReadOnly.
    """
    with told(path), engine.begin() as connection:
        yield connection


def connect_copy(source: Engine, path: Path) -> Engine:
    """A copy of an open file in memory, where a change can be tried. Raises as `transaction` does."""

    def open_connection() -> Any:
        connection = driver.connect(":memory:", isolation_level=None, check_same_thread=False)
        with told(path), closing(source.raw_connection()) as raw:
            _copy(raw.driver_connection, connection)
        connection.execute("PRAGMA foreign_keys = ON")
        connection.execute("PRAGMA trusted_schema = OFF")
        return connection

    engine = create_engine(
        "sqlite://", module=driver, creator=open_connection, poolclass=StaticPool, hide_parameters=True
    )
    event.listen(engine, "begin", lambda connection: connection.exec_driver_sql("BEGIN"))
    event.listen(engine, "handle_error", look_closer)
    return engine


def _copy(source: Any, target: Any) -> None:
    """Copy an open file into another. Where that fails the driver gives no code, so the source is read first: what
    keeps it from being read has a code there."""
    source.execute("SELECT count(*) FROM sqlite_master").fetchone()
    try:
        source.backup(target)
    except driver.OperationalError as error:
        raise NotCopied(str(error)) from error


def connect_nothing() -> Engine:
    """An empty database in memory."""
    return create_engine("sqlite://", module=driver, poolclass=StaticPool)


def begin_log(engine: Engine, path: Path) -> None:
    """Switch the open file to a write-ahead log with every commit durable. Raises as `transaction` does."""
    with told(path), closing(engine.raw_connection()) as raw:
        connection: Any = raw.driver_connection
        connection.execute("PRAGMA journal_mode = WAL")
        connection.execute("PRAGMA synchronous = FULL")
        connection.execute(f"PRAGMA journal_size_limit = {_KEPT_LOG}")  # a long one is cut once it was folded in


def guard_changes(engine: Engine, path: Path) -> None:
    """Make every commit durable in the journal mode the file is in. Raises as `transaction` does."""
    with told(path), closing(engine.raw_connection()) as raw:
        raw.driver_connection.execute("PRAGMA synchronous = EXTRA")  # type: ignore[union-attr]


def leave_references(engine: Engine) -> None:
    """From now on rows may refer to rows that are not there; `integrity` says where they do."""
    with closing(engine.raw_connection()) as raw:
        raw.driver_connection.execute("PRAGMA foreign_keys = OFF")  # type: ignore[union-attr]


def data_version(engine: Engine) -> int:
    """A number that changes whenever another connection has written to the open file."""
    with closing(engine.raw_connection()) as raw:
        found = raw.driver_connection.execute("PRAGMA data_version").fetchone()  # type: ignore[union-attr]
    return int(found[0])


def is_logged(engine: Engine) -> bool:
    """Whether the open file has a write-ahead log."""
    with closing(engine.raw_connection()) as raw:
        found = raw.driver_connection.execute("PRAGMA journal_mode").fetchone()  # type: ignore[union-attr]
    return bool(found[0] == "wal")


def fold_log(engine: Engine, *, wholly: bool = False) -> bool:
    """Bring what the log holds into the file, as far as no reader needs it; the log is then written from its start.

    `wholly` waits for readers, and cuts the log to nothing, so that what was deleted is not in it either. False where
    something stayed in it; where it fails, as on a full disk, everything is in the log still.
    """
    how = "TRUNCATE" if wholly else "PASSIVE"
    with contextlib.suppress(driver.Error, DBAPIError), closing(engine.raw_connection()) as raw:
        busy, size, folded = raw.driver_connection.execute(f"PRAGMA wal_checkpoint({how})").fetchone()  # type: ignore[union-attr]
        return bool(not busy and size == folded)
    return False


def leave_log(engine: Engine, path: Path) -> None:
    """Close a writing connection without folding the log in: somebody else has the file open.

    SQLite folds the log in when the last connection closes that can; a reader that closes later can't.
    """
    reader = connect(path, writing=False)
    try:
        with reader.begin() as connection:
            connection.exec_driver_sql("SELECT count(*) FROM sqlite_master").scalar()
            engine.dispose()
    except DBAPIError:
        engine.dispose()
    finally:
        reader.dispose()


def end_log(engine: Engine) -> bool:
    """Fold the log into the file and leave one file behind; False when somebody else still reads it."""
    raw = engine.raw_connection()
    try:
        connection: Any = raw.driver_connection
        connection.execute("PRAGMA busy_timeout = 50")
        connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
        return bool(connection.execute("PRAGMA journal_mode = DELETE").fetchone()[0] == "delete")
    except driver.OperationalError:  # locked: whoever closes last folds it in
        return False
    finally:
        raw.close()


@contextmanager
def as_it_lies(connection: Connection) -> Iterator[None]:
    """In the block a text that is no UTF-8 is read all the same, its damaged bytes as lone surrogates."""
    driven: Any = connection.connection.driver_connection
    driven.text_factory = lambda raw: raw.decode("utf-8", "surrogateescape")
    try:
        yield
    finally:
        driven.text_factory = str


def pragma(connection: Connection, name: str) -> Any:
    """The value of a pragma that yields one."""
    return connection.exec_driver_sql(f"PRAGMA {name}").scalar()


def mark(connection: Connection, schema: int) -> None:
    """Write the application id and the schema number into the header."""
    connection.exec_driver_sql(f"PRAGMA application_id = {APPLICATION_ID}")
    connection.exec_driver_sql(f"PRAGMA user_version = {schema}")


def broken_parts(connection: Connection, check: str) -> list[str]:
    """What SQLite's own check finds wrong with the file, but for the index of words, which is made anew."""
    try:
        found = [str(row[0]) for row in connection.exec_driver_sql(f"PRAGMA {check}(20)")]
    except DBAPIError as error:  # the index of words can't even be opened: every other table by itself
        if "vtable constructor" not in str(error.orig):
            raise
        names = connection.exec_driver_sql("SELECT name FROM sqlite_master WHERE type = 'table' AND rootpage > 0")
        every = [str(name).replace("'", "''") for name in names.scalars().all()]
        found = [str(row[0]) for name in every for row in connection.exec_driver_sql(f"PRAGMA {check}('{name}')")]
    return [words for words in found if words != "ok" and "fts5" not in words.lower()]


def integrity(connection: Connection) -> list[str]:
    """What SQLite itself finds wrong: its integrity check, then rows whose foreign key leads nowhere."""
    found = broken_parts(connection, "integrity_check")
    found += [
        tr("table {table}, row {row}: points to a row of {parent} that does not exist").format(
            table=row[0], row=row[1], parent=row[2]
        )
        for row in connection.exec_driver_sql("PRAGMA foreign_key_check")
    ]
    return found


def copy_database(engine: Engine, target: Path) -> None:
    """SQLite's own backup of an open file into `target`, which is closed as one file and made durable.

    Raises as `transaction` does, and OSError; what was copied until then is the caller's to remove.
    """
    with told(target):
        create_private(target)
    with (
        told(target),
        closing(engine.raw_connection()) as raw,
        closing(driver.connect(str(target), isolation_level=None)) as copy,
    ):
        _copy(raw.driver_connection, copy)
        copy.execute("PRAGMA journal_mode = DELETE")
    with target.open("rb+") as file:
        os.fsync(file.fileno())
