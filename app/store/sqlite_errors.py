"""What a failure of SQLite means for a person. Its result code decides, never its words.

The driver gives SQLite's primary codes alone. Where one code stands for several failures, `look_closer` tells them
apart by a check of its own.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import sqlcipher3.dbapi2 as driver
from sqlalchemy.engine import ExceptionContext
from sqlmodel import SQLModel

from app.errors import Busy, Damaged, ReadOnly, Refused
from app.store.columns import Unreadable
from app.words import tr

DriverError = driver.Error


class NotCopied(Exception):
    """SQLite could not copy a whole file into another."""


class _NotAsKnown(Exception):
    """A statement does not fit the file: a table of it is gone, or lacks a column."""


def damaged(path: Path, why: str) -> Damaged:
    """The sentence for a file whose content does not hold."""
    return Damaged(
        tr("{path} is damaged: {why}.").format(path=path, why=why),
        tr(
            "It was left as it is. A backup can take its place (tenfold restore FILE BACKUP): look how old it is "
            "first, what was done since is not in it."
        ),
    )


def unreadable(path: Path) -> Damaged:
    """The sentence for a file of which a value can't be read."""
    return damaged(path, tr("a value in it can’t be read; “tenfold check” says where"))


def read_only(path: Path) -> ReadOnly:
    """The sentence for a file that can't be written."""
    return ReadOnly(
        tr("{path} is read-only.").format(path=path),
        tr("Copy it to a folder you may write to. “tenfold list” and “tenfold check” can read it as it is."),
    )


@contextmanager
def told(path: Path) -> Iterator[None]:
    """The driver's failures in the block become sentences about `path`, by SQLite's code and never by its words."""
    try:
        yield
    except Exception as error:
        cause = getattr(error, "orig", error)
        if isinstance(cause, Unreadable) or _is_undecodable(cause):
            raise unreadable(path) from None  # what it says of itself is a person's words
        if isinstance(cause, _NotAsKnown):
            raise damaged(path, tr("SQLite says “{error}”").format(error=cause)) from error
        if isinstance(cause, NotCopied):
            raise _disk_fails(cause, path) from error
        if isinstance(cause, driver.Error):
            raise _in_words(cause, path) from error
        raise


def _is_undecodable(error: BaseException) -> bool:
    """Whether the driver could not read a text as UTF-8: beside a failed copy, the only failure of this kind that has
    no code. Where SQLite's own tables are read, it comes as Python's."""
    return isinstance(error, UnicodeDecodeError) or (
        isinstance(error, driver.OperationalError) and _code(error) is None
    )


def _code(error: BaseException) -> int | None:
    """SQLite's primary result code of a failure; None for one that the driver found."""
    return getattr(error, "sqlite_errorcode", None)


def _in_words(error: Exception, path: Path) -> Exception:
    code = _code(error)
    if code in (driver.SQLITE_BUSY, driver.SQLITE_LOCKED):
        return Busy(
            tr("{path} is being written by another window or command.").format(path=path),
            tr("Wait for it to finish, then try again."),
        )
    if code == driver.SQLITE_READONLY:
        return read_only(path)
    if code in (driver.SQLITE_CORRUPT, driver.SQLITE_NOTADB, driver.SQLITE_TOOBIG):  # no value here is that large
        return damaged(path, tr("SQLite says “{error}”").format(error=error))
    if code in (driver.SQLITE_FULL, driver.SQLITE_IOERR):
        return _disk_fails(error, path)
    if code == driver.SQLITE_PROTOCOL:
        return ReadOnly(
            tr("{path} lies on a disk that keeps no locks.").format(path=path),
            tr("Copy it to a folder on this machine, and open it there."),
        )
    if code == driver.SQLITE_CANTOPEN:
        return ReadOnly(
            tr("{path} could not be opened by SQLite.").format(path=path),
            tr("Check that its folder is there and that you may write to it."),
        )
    return error


def _disk_fails(error: Exception, path: Path) -> ReadOnly:
    return ReadOnly(
        tr("{path}: the disk may be full or failing (SQLite says “{error}”). Nothing was changed.").format(
            path=path, error=error
        ),
        tr("Free some space and try again. If it happens again, copy your files to another disk."),
    )


def look_closer(context: ExceptionContext) -> BaseException | None:
    """Tell apart, while the transaction still runs, what SQLite has one code for.

    The driver gives no extended codes: a broken foreign key has the code of every constraint, and a table that is gone
    that of every wrong statement.
    """
    code = _code(context.original_exception)
    if context.connection is None or context.statement is None:
        return None
    driven: Any = context.connection.connection.driver_connection
    if code == driver.SQLITE_CONSTRAINT and _holds_without_foreign_keys(driven, context.statement, context.parameters):
        return Refused(tr("Something else in the workspace depends on it."), tr("Remove that first."))
    if code == driver.SQLITE_ERROR and not _has_every_column(driven):
        return _NotAsKnown(str(context.original_exception))
    return None


def _holds_without_foreign_keys(driven: Any, statement: str, parameters: Any) -> bool:
    """Whether a statement that broke a constraint passes while foreign keys wait for the end of the transaction."""
    run = driven.executemany if isinstance(parameters, list) else driven.execute
    driven.execute("PRAGMA defer_foreign_keys = ON")
    driven.execute("SAVEPOINT tried")
    try:
        run(statement, parameters or ())
    except driver.IntegrityError:
        return False
    else:
        return True
    finally:
        driven.execute("ROLLBACK TO tried")
        driven.execute("RELEASE tried")
        driven.execute("PRAGMA defer_foreign_keys = OFF")


def _has_every_column(driven: Any) -> bool:
    """Whether each table that the program knows by now is in the file with all its columns."""
    for name, table in SQLModel.metadata.tables.items():
        there = {row[1] for row in driven.execute(f'PRAGMA table_info("{name}")')}
        if not there.issuperset(table.columns.keys()):
            return False
    return True
