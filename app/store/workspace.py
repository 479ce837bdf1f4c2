"""A workspace: one file, opened by one window at a time, written in steps, read beside."""

from __future__ import annotations

import contextlib
import os
import secrets
import threading
import uuid
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, date, datetime, timedelta, tzinfo
from pathlib import Path
from zoneinfo import ZoneInfo

from filelock import FileLock, Timeout
from sqlalchemy import Connection, Engine, select

from app.domain.kinds import Op
from app.errors import Busy, ReadOnly, Refused
from app.store import migrate, sqlite
from app.store.columns import table_of
from app.store.files import keep_private, make_durable
from app.store.history import WORKSPACE_PERSON
from app.store.step import Step, finish_typing
from app.store.tables import Setting
from app.words import tr

Clock = Callable[[], datetime]
SUFFIX = ".tenfold"
RESTS = timedelta(seconds=60)
_CHECKED_AT_OPEN = 32 * 1024 * 1024
_open_here: set[Path] = set()


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
        self._readers: dict[int, Engine] = {}
        self._settings: Setting | None = None
        self._acting: int | None = None
        self.writable = True
        self.writes = 0

    @property
    def settings(self) -> Setting:
        """The workspace's own row: its key, who "me" is, paper, time zone."""
        if self._settings is None:
            with self.read() as connection:
                self._settings = _settings_in(connection)
            if self._settings is None:
                raise sqlite.damaged(self.path, tr("the row about the workspace is missing"))
        return self._settings

    @property
    def me(self) -> int | None:
        """The colleague who uses this workspace; None until somebody said so."""
        return self._acting if self._acting is not None else self.settings.me_id

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
        kept = self._settings.today_kept if self._settings is not None else None
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
        if not self.writable:
            engine = self._engine
        else:
            mine = threading.get_ident()
            if mine not in self._readers:
                self._readers[mine] = sqlite.connect(self.path, writing=False)
            engine = self._readers[mine]
        with sqlite.transaction(engine, self.path) as connection:
            yield connection

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
        """One transaction. Leaving the block commits it with its history; an exception takes all of it back."""
        if not self.writable:
            raise sqlite.read_only(self.path)
        with self._writing, sqlite.transaction(self._engine, self.path) as connection:
            if self._settings is None:
                self._settings = _settings_in(connection)
            step = Step(
                connection, op, self._known_me(), self.now(), self._entropy,
                about=about, merge=merge, draft=draft, typing=typing,
            )  # fmt: skip
            yield step
            step.commit_history()
            settings = self._settings
            if any(c.table == "workspace" for c in step.changes):
                settings = _settings_in(connection)
        self.writes += 1
        self._settings = settings

    def _known_me(self) -> int | None:
        if self._acting is not None:
            return self._acting
        return self._settings.me_id if self._settings is not None else None

    def finish_typing(self, *, rested_only: bool = False) -> None:
        """Bring what was typed into the history: all of it, or only what has rested for 60 s."""
        limit = self.now() - RESTS if rested_only else None
        stamp = limit.isoformat(timespec="milliseconds").replace("+00:00", "Z") if limit else None
        with self._writing, sqlite.transaction(self._engine, self.path) as connection:
            finish_typing(Step(connection, Op.UNDO, None, self.now(), self._entropy), stamp)

    @property
    def engine(self) -> Engine:
        """The writing connection."""
        return self._engine

    def close(self) -> None:
        """Finish what was typed, fold the log in, and let the file go. It is one file then."""
        try:
            if self.writable:
                self.finish_typing()
        finally:  # what could not be finished now is finished when the file is opened next
            for engine in self._readers.values():
                engine.dispose()
            self._readers.clear()
            if self.writable:
                sqlite.end_log(self._engine)
            self._engine.dispose()
            _open_here.discard(self.path)
            if self._lock is not None:
                _let_go(self._lock)


def _settings_in(connection: Connection) -> Setting | None:
    """The row about the workspace; None where there is none that can be read."""
    try:
        row = connection.execute(select(table_of(Setting))).mappings().first()
    except ValueError:  # a day or a moment that is none
        return None
    return None if row is None else Setting(**row)


def create_workspace(
    path: Path,
    *,
    clock: Clock = utc_now,
    entropy: Callable[[int], bytes] = secrets.token_bytes,
    time_zone: str = "UTC",
    window: bool = False,
) -> Workspace:
    """Make a new, empty workspace at `path`; the suffix `.tenfold` is added where it is missing.

    Raises Refused where a file of that name exists, ReadOnly where it can't be made. A half-made file is removed.
    """
    path = path if path.suffix == SUFFIX else path.with_name(path.name + SUFFIX)
    path = path.expanduser().absolute()
    if path.exists():
        raise Refused(tr("{path} exists already.").format(path=path), tr("Open it, or choose another name."))
    if not path.parent.is_dir() or not os.access(path.parent, os.W_OK):
        raise ReadOnly(
            tr("Nothing can be written in {folder}.").format(folder=path.parent), tr("Choose another folder.")
        )
    engine = sqlite.connect(path, writing=True, creating=True)
    try:
        migrate.build(engine)
        with sqlite.transaction(engine, path) as connection:
            step = Step(connection, Op.CREATE_WORKSPACE, None, clock(), entropy)
            step.add(Setting, id=1, key=uuid.uuid4().hex, created_at=clock(), time_zone=time_zone)
            step.commit_history()
    except BaseException:
        engine.dispose()
        for made in (path, *sqlite.sidecars(path)):
            made.unlink(missing_ok=True)
        raise
    engine.dispose()
    keep_private(path)
    make_durable(path.parent)
    return open_workspace(path, clock=clock, entropy=entropy, window=window)


def open_workspace(
    path: Path,
    *,
    window: bool = False,
    clock: Clock = utc_now,
    entropy: Callable[[int], bytes] = secrets.token_bytes,
    backups: Path | None = None,
) -> Workspace:
    """Open a workspace for reading and writing; `window` claims it so that a second window is refused.

    A file of an older program is backed up into `backups` and migrated. Raises NotAWorkspace, Damaged,
    TooNew, ReadOnly, Busy, each with a sentence; the file is then as it was.
    """
    path = path.expanduser().resolve()
    if path in _open_here:
        raise _open_elsewhere(path)
    header = sqlite.read_header(path)
    if header.schema > sqlite.SCHEMA:
        raise sqlite.too_new(path, header.schema)
    if not os.access(path, os.W_OK) or not os.access(path.parent, os.W_OK):
        raise sqlite.read_only(path)
    lock = _claim(path) if window else None
    engine: Engine | None = None
    try:
        _look_before_writing(path)
        if header.schema < sqlite.SCHEMA:
            migrate.upgrade(path, header.schema, backups)
        engine = sqlite.connect(path, writing=True)
        sqlite.begin_log(engine, path)
        workspace = Workspace(path, engine, lock, clock, entropy)
        _ = workspace.settings
    except BaseException:
        if engine is not None:
            with contextlib.suppress(sqlite.DriverError):  # what is told is why it could not be opened
                sqlite.end_log(engine)
            engine.dispose()
        if lock is not None:
            _let_go(lock)
        raise
    if window:
        _open_here.add(path)
        workspace.finish_typing()
    return workspace


def read_workspace(path: Path, *, clock: Clock = utc_now) -> Workspace:
    """Open a workspace for reading only, even from a read-only disk or beside a window.

    Raises NotAWorkspace, Damaged, TooNew. A file of an older program must be opened for writing once.
    """
    path = path.expanduser().resolve()
    header = sqlite.read_header(path)
    if header.schema > sqlite.SCHEMA:
        raise sqlite.too_new(path, header.schema)
    if header.schema < sqlite.SCHEMA:
        raise ReadOnly(
            tr("{path} was written by an older Tenfold and can only be read after an update.").format(path=path),
            tr("Open it once in Tenfold where it may be written; a backup is made first."),
        )
    engine = sqlite.connect(path, writing=False)
    workspace = Workspace(path, engine, None, clock, secrets.token_bytes)
    workspace.writable = False
    _ = workspace.settings
    return workspace


@contextmanager
def claimed(path: Path) -> Iterator[None]:
    """Nobody else may open a window on `path` while the block runs. Raises Busy where somebody has."""
    if path.resolve() in _open_here:
        raise _open_elsewhere(path)
    lock = _claim(path)
    try:
        yield
    finally:
        _let_go(lock)


def _let_go(lock: FileLock) -> None:
    """The file goes while the lock is still held, so that nobody can claim a file that is about to vanish."""
    with contextlib.suppress(PermissionError):  # Windows keeps a file that is held
        Path(lock.lock_file).unlink(missing_ok=True)
    lock.release()


def _claim(path: Path) -> FileLock:
    """The system holds this lock for the window and frees it when the window is killed."""
    lock = FileLock(path.with_name(f".{path.name}.lock"))
    try:
        lock.acquire(timeout=0)
    except Timeout as error:
        raise _open_elsewhere(path) from error
    return lock


def _open_elsewhere(path: Path) -> Busy:
    return Busy(
        tr("{path} is open in another window.").format(path=path),
        tr("Use that window, or close it first."),
    )


def _look_before_writing(path: Path) -> None:
    """Look at the content with a reader, so that a damaged file stays byte for byte as it was."""
    engine = sqlite.connect(path, writing=False)
    try:
        with sqlite.transaction(engine, path) as connection:
            if path.stat().st_size <= _CHECKED_AT_OPEN:
                word = str(sqlite.pragma(connection, "quick_check(1)"))
                if word != "ok":
                    raise sqlite.damaged(path, word)
            if sqlite.pragma(connection, "user_version") == sqlite.SCHEMA and _settings_in(connection) is None:
                raise sqlite.damaged(path, tr("the row about the workspace is missing"))
    except ValueError as error:
        raise sqlite.damaged(path, tr("the row about the workspace can't be read")) from error
    finally:
        engine.dispose()
