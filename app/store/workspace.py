"""A workspace: one file, opened by one window at a time, written in steps, read beside."""

from __future__ import annotations

import contextlib
import os
import secrets
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, date, datetime, timedelta, tzinfo
from pathlib import Path
from zoneinfo import ZoneInfo

from filelock import FileLock
from sqlalchemy import Connection, Engine
from sqlalchemy.exc import DBAPIError

from app.domain.operations import Op
from app.errors import ReadOnly, Replaced
from app.store import sqlite
from app.store.claim import claim, close_file, is_guarded, let_go, must_be_guarded, must_be_its_log, note_files
from app.store.file_identity import FileIdentity
from app.store.header import full_path, read_header
from app.store.history import WORKSPACE_PERSON
from app.store.preparing import make_ready, settings_in
from app.store.readers import Readers
from app.store.reading import note_table
from app.store.rescue import after_rescue, rescue
from app.store.shape import must_be_ours
from app.store.sqlite_errors import DriverError, damaged, read_only
from app.store.step import Step, finish_typing
from app.store.tables import Setting
from app.words import tr

Clock = Callable[[], datetime]
RESTS = timedelta(seconds=60)
_LONG_LOG = 4 * 1024 * 1024


def utc_now() -> datetime:
    """The machine's clock, aware."""
    return datetime.now(UTC)


class Workspace:
    """An open file. Steps are serialised; every thread reads through a connection of its own."""

    def __init__(
        self, path: Path, engine: Engine, lock: FileLock | None, clock: Clock, entropy: Callable[[int], bytes]
    ) -> None:
        """Use `create_workspace`, `open_workspace` or `read_workspace`."""
        self.path = path
        self._engine = engine
        self._lock = lock
        self._clock = clock
        self._entropy = entropy
        self._writing = threading.RLock()
        self._readers = Readers(path, lambda: self._place.must_be_there() if self._place is not None else None)
        self._settings: Setting | None = None
        self._version = 0
        self._acting: int | None = None
        self._typed = False
        self._one_connection = False
        self._place: FileIdentity | None = None
        self.rescues: Path | None = None
        self.lost: Replaced | None = None
        self.writable = True
        self.writes = 0

    @property
    def window(self) -> bool:
        """Whether this is the one window on the file."""
        return self._lock is not None

    @property
    def settings(self) -> Setting:
        """The workspace's own row: its key, who "me" is, paper, time zone."""
        note_table("workspace")
        known = self._settings  # once: another thread may have a newer one meanwhile
        if known is None:
            with self.read() as connection:
                known = settings_in(connection)
            if known is None:
                raise damaged(self.path, tr("the row about the workspace is missing"))
            self._settings = known
        return known

    @property
    def me(self) -> int | None:
        """The colleague who uses this workspace; None until somebody said so."""
        return self._acting or self.settings.me_id

    @property
    def zone(self) -> tzinfo:
        """The time zone of screens and packets."""
        return ZoneInfo(self.settings.time_zone)

    @contextmanager
    def acting(self, colleague: int) -> Iterator[None]:
        """What is done in the block is done by this colleague, and seen as they may see it."""
        before, self._acting = self._acting, colleague
        try:
            yield
        finally:
            self._acting = before

    def now(self) -> datetime:
        """The moment, in UTC; in a workspace that keeps a day, that day at the clock's time."""
        moment = self._clock().astimezone(UTC)
        known = self._settings
        kept = known.today_kept if known is not None else None
        if kept is None:
            return moment
        local = moment.astimezone(self.zone)
        return local.replace(year=kept.year, month=kept.month, day=kept.day).astimezone(UTC)

    def today(self) -> date:
        """The day, in the workspace's time zone."""
        return self.now().astimezone(self.zone).date()

    @contextmanager
    def read(self) -> Iterator[Connection]:
        """A consistent view of the file."""
        reading = sqlite.transaction(self._engine, self.path) if self._one_connection else self._readers.read()
        with reading as connection:
            yield connection

    def seems_there(self) -> bool:
        """Whether file and log look untouched by others, as far as can be seen while this window may be writing."""
        return self._place is None or self._place.seems_there()

    def must_be_there(self) -> None:
        """Raises Replaced where the file was moved, deleted or replaced since it was opened; nothing is saved then."""
        with self._noticing_loss():
            self._must_be_untouched()

    def _must_be_untouched(self) -> None:
        if self._place is not None:
            self._place.must_be_untouched()

    @contextmanager
    def _noticing_loss(self) -> Iterator[None]:
        """One thread at a time. Where the file is found to be replaced, what a window holds is saved elsewhere, once,
        and from then on nothing more is saved."""
        with self._writing:
            if self.lost is not None:
                raise Replaced(self.lost.sentence, self.lost.remedy, self.lost.rescued)
            try:
                yield
            except Replaced as lost:
                if self.lost is None:
                    rescued = rescue(self._engine, self.path, self.rescues) if self.window else None
                    self.lost = after_rescue(lost, rescued)
                raise self.lost from lost

    @contextmanager
    def step(
        self,
        op: Op,
        *,
        about: str = WORKSPACE_PERSON,
        merge: tuple[object, ...] | None = None,
        draft: bool = False,
        typing: bool = False,
    ) -> Iterator[Step]:
        """One transaction. Leaving the block commits it with its history; an exception takes all of it back.

        Raises Replaced, before anything is said to be saved, where the file is no longer the one that was opened.
        """
        if not self.writable:
            raise read_only(self.path)
        with self.committing() as connection:
            if self._settings is None:
                self._settings = settings_in(connection)
            step = Step(
                connection,
                op,
                self._known_me(),
                self.now(),
                self._entropy,
                about=about,
                merge=merge,
                draft=draft,
                typing=typing,
            )
            yield step
            step.commit_history()
            settings = settings_in(connection) if any(c.table == "workspace" for c in step.changes) else self._settings
        self.writes += 1
        self._typed = self._typed or typing
        self._settings = settings
        for follow in step.afterwards:
            follow(self)

    @contextmanager
    def committing(self) -> Iterator[Connection]:
        """A transaction on the file that was opened, and on no other one; what it did is in that file afterwards."""
        with self._noticing_loss():
            with sqlite.transaction(self._engine, self.path) as connection:
                yield connection
                self._must_be_untouched()
            self._must_be_untouched()
            if self.window and sqlite.log_of(self.path).stat().st_size > _LONG_LOG:
                self.fold()

    def fold(self, *, wholly: bool = False) -> bool:
        """Bring the log into the file, as far as it goes; `wholly` leaves nothing in it. Gives whether all of it is."""
        done = sqlite.fold_log(self._engine, wholly=wholly)
        if self._place is not None:
            self._place.note_written()
        return done

    def _known_me(self) -> int | None:
        known = self._settings
        return self._acting or (known.me_id if known is not None else None)

    def finish_typing(self, *, rested_only: bool = False) -> None:
        """Bring what was typed into the history: all of it, or only what has rested for 60 s."""
        limit = self.now() - RESTS if rested_only else None
        stamp = limit.isoformat(timespec="milliseconds").replace("+00:00", "Z") if limit else None
        with self.committing() as connection:
            finish_typing(Step(connection, Op.UNDO, None, self.now(), self._entropy), stamp)

    def use_one_connection(self) -> None:
        """Read through the connection there is: nobody writes beside it."""
        self._one_connection = True

    def let_readers_go(self) -> None:
        """End the reading connections; nobody reads any more."""
        self._readers.let_go()

    def hold(self, rescues: Path | None) -> None:
        """From now on the file is known by what it is. `rescues` takes what can't be rescued beside it."""
        self.rescues = rescues
        self._place = FileIdentity(self.path, alone=self.window)
        self._version = sqlite.data_version(self._engine)
        if self._lock is not None:
            note_files(self._lock, self.path)

    def written_outside(self) -> bool:
        """Whether a command has written to the file since this was asked last, or since it was opened."""
        with self._writing:
            before, self._version = self._version, sqlite.data_version(self._engine)
        if before == self._version:
            return False
        self.writes += 1
        with self.read() as connection:
            self._settings = settings_in(connection)
        return True

    @property
    def engine(self) -> Engine:
        """The writing connection."""
        return self._engine

    def close(self) -> None:
        """Finish what was typed, fold the log in, and let the file go. It is one file then.

        Raises Replaced where another file lies there now: it is left as it is, without a log that is not its own.
        """
        try:
            if self.writable and self.lost is None and (self.window or self._typed):
                self.finish_typing()
        finally:  # what could not be finished now is finished when the file is opened next
            try:
                self.let_readers_go()
                self._let_file_go()
            finally:
                if self._place is not None:
                    self._place.leave()
                    self._place = None
                if self._lock is not None:
                    let_go(self._lock)
                    self._lock = None

    def _let_file_go(self) -> None:
        """Close the writing connection; the log goes into the file where that is ours to do."""
        if not self.writable or self._place is None:
            self._engine.dispose()
            return
        told = self.lost is not None
        try:
            self.must_be_there()
        except Replaced as lost:
            if self._place.is_there():
                sqlite.leave_log(self._engine, self.path)
            self._engine.dispose()
            self._place.part_from_log(keep=lost.rescued is None)
            if not told:
                raise
            return
        close_file(self._engine, self.path, self._lock)


def open_workspace(
    path: Path,
    *,
    window: bool = False,
    clock: Clock = utc_now,
    entropy: Callable[[int], bytes] = secrets.token_bytes,
    backups: Path | None = None,
    logged: bool = False,
) -> Workspace:
    """Open a workspace for reading and writing; `window` claims it so that a second window is refused.

    A window has a log while it is open, as has what is `logged`; a command changes the file itself, or adds to the
    log of a window.

    A file of an older program is backed up into `backups` and migrated. Raises NotAWorkspace, Damaged,
    TooNew, ReadOnly, Busy, each with a sentence; the file is then as it was.
    """
    path = full_path(path)
    read_header(path)
    if not os.access(path, os.W_OK) or not os.access(path.parent, os.W_OK):
        raise read_only(path)
    lock = claim(path) if window else None
    engine: Engine | None = None
    workspace: Workspace | None = None
    try:
        if lock is None:
            must_be_guarded(path)
        make_ready(path, backups, claimed=window)
        engine = sqlite.connect(path, writing=True)
        if window or logged:
            sqlite.begin_log(engine, path)
        else:
            sqlite.guard_changes(engine, path)
        workspace = Workspace(path, engine, lock, clock, entropy)
        _ = workspace.settings
        workspace.hold(backups)
        if window:
            workspace.finish_typing()
    except BaseException:
        if workspace is not None:
            workspace.let_readers_go()
        if engine is not None:
            with contextlib.suppress(DriverError, DBAPIError):  # what is told is why it was not opened
                close_file(engine, path, lock)
            engine.dispose()
        if lock is not None:
            let_go(lock)
        raise
    return workspace


def read_workspace(path: Path, *, clock: Clock = utc_now) -> Workspace:
    """Open a workspace for reading only, even from a read-only disk or beside a window.

    Raises NotAWorkspace, Damaged, TooNew. A file of an older program must be opened for writing once.
    """
    path = full_path(path)
    read_header(path)
    must_be_its_log(path)
    sqlite.take_back(path)
    header = read_header(path)
    if header.schema > sqlite.SCHEMA:
        raise sqlite.too_new(path, header.schema)
    if header.schema < sqlite.SCHEMA:
        raise ReadOnly(
            tr("{path} was written by an older Tenfold and can only be read after an update.").format(path=path),
            tr("Open it once in Tenfold where it may be written; a backup is made first."),
        )
    apart = not is_guarded(path)
    try:
        return _reader(path, clock, apart=apart)
    except ReadOnly:  # a disk so full that the log's index has no place beside it
        if apart:
            raise
        return _reader(path, clock, apart=True)


def _reader(path: Path, clock: Clock, *, apart: bool) -> Workspace:
    engine = sqlite.connect(path, writing=False, apart=apart)
    workspace = Workspace(path, engine, None, clock, secrets.token_bytes)
    workspace.writable = False
    workspace.use_one_connection()
    try:
        with workspace.read() as connection:
            must_be_ours(connection, path)
        _ = workspace.settings
    except BaseException:
        workspace.close()
        raise
    return workspace


def try_workspace(path: Path, *, clock: Clock = utc_now) -> Workspace:
    """A copy of a workspace in memory, where a change can be tried: the file is only read.

    Raises as `read_workspace`.
    """
    reading = read_workspace(path, clock=clock)
    try:
        workspace = Workspace(reading.path, sqlite.connect_copy(reading.engine, path), None, clock, secrets.token_bytes)
        workspace.use_one_connection()
        _ = workspace.settings
    finally:
        reading.close()
    return workspace
