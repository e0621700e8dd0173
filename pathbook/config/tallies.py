"""Django's cache as a small SQLite file of its own: the tallies of wrong tries, the same for every process of the server.

Nothing here waits for the disk, because a tally lost with the machine's power is no loss; and the school's own database
neither carries nor backs these up (docs/decisions/0044).
"""

import fcntl
import json
import sqlite3
import threading
import time
from pathlib import Path
from typing import Any

from django.core.cache.backends.base import DEFAULT_TIMEOUT, BaseCache

SHAPE = "create table if not exists tally (key text primary key, value text not null, until real) without rowid"
BY_END = "create index if not exists tally_until on tally (until)"
PUT = "insert into tally values (?, ?, ?) on conflict (key) do"


class Tallies(BaseCache):
    """Values are what JSON can say. Each write clears away what has ended, so the file stays small."""

    def __init__(self, path: str, params: dict[str, Any]) -> None:
        super().__init__(params)
        self._path = Path(path)
        self._mine = threading.local()

    def get(self, key: str, default: Any = None, version: int | None = None) -> Any:
        asked = "select value from tally where key = ? and (until is null or until > ?)"
        found = self._file().execute(asked, (self._named(key, version), time.time())).fetchone()
        return json.loads(found[0]) if found else default

    def set(self, key: str, value: Any, timeout: Any = DEFAULT_TIMEOUT, version: int | None = None) -> None:
        self._put(f"{PUT} update set value = excluded.value, until = excluded.until", key, value, timeout, version)

    def add(self, key: str, value: Any, timeout: Any = DEFAULT_TIMEOUT, version: int | None = None) -> bool:
        """True for one caller only, of whatever process."""
        return self._put(f"{PUT} nothing", key, value, timeout, version)

    def delete(self, key: str, version: int | None = None) -> bool:
        return self._file().execute("delete from tally where key = ?", (self._named(key, version),)).rowcount > 0

    def clear(self) -> None:
        self._file().execute("delete from tally")

    def _named(self, key: str, version: int | None) -> str:
        return str(self.make_and_validate_key(key, version=version))

    def _put(self, statement: str, key: str, value: Any, timeout: Any, version: int | None) -> bool:
        file = self._file()
        file.execute("delete from tally where until <= ?", (time.time(),))
        said = (self._named(key, version), json.dumps(value), self.get_backend_timeout(timeout))
        return file.execute(statement, said).rowcount > 0

    def _file(self) -> sqlite3.Connection:
        """Each thread's own, opened when first asked: never before the server's processes part."""
        known: sqlite3.Connection | None = getattr(self._mine, "file", None)
        if known is None:
            known = self._mine.file = self._opened()
        return known

    def _opened(self) -> sqlite3.Connection:
        """One at a time: of several that make a fresh file ready at once, SQLite refuses all but one without waiting."""
        with open(f"{self._path}-lock", "w") as turn:
            fcntl.flock(turn, fcntl.LOCK_EX)
            file = sqlite3.connect(self._path, timeout=10, isolation_level=None)
            for said in ("pragma journal_mode=wal", "pragma synchronous=off", SHAPE, BY_END):
                file.execute(said)
            self._path.chmod(0o600)
        return file
