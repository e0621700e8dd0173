"""Work on a thread of the server that outlives its page, and whether it lives still.

The server is several processes, and any of them may be asked. Each job holds a lock on a file of its own; the lock ends
with its process, however that ends.
"""

import fcntl
import os
import threading
import time
from collections.abc import Callable
from pathlib import Path

from django.conf import settings
from django.db import connection

LEAST_WAIT = 0.4  # seconds: what is soon done is done before its page of progress is asked for
KEPT = 24 * 60 * 60  # seconds: no job takes a day


def begin(name: str, work: Callable[[], None], *, is_kept: bool = True) -> None:
    """Start the work under this name. The server waits for it when it stops, unless it is one that may be lost."""
    held = _taken(name)
    thread = threading.Thread(target=_worked, args=(work, held), name=name, daemon=not is_kept)
    thread.start()
    thread.join(LEAST_WAIT)


def is_alive(name: str) -> bool:
    """Whether any process of the server is at work under this name."""
    try:
        asking = os.open(_file(name), os.O_RDWR)
    except FileNotFoundError:
        return False
    try:
        fcntl.flock(asking, fcntl.LOCK_EX | fcntl.LOCK_NB)
        return False
    except BlockingIOError:
        return True
    finally:
        os.close(asking)


def _worked(work: Callable[[], None], held: int) -> None:
    try:
        work()
    finally:
        connection.close()
        os.close(held)


def _taken(name: str) -> int:
    """The lock, held; it waits for an earlier job of the same name that is about to end."""
    _file(name).parent.mkdir(mode=0o700, exist_ok=True)
    _clear_old(_file(name).parent)
    held = os.open(_file(name), os.O_CREAT | os.O_RDWR, 0o600)
    fcntl.flock(held, fcntl.LOCK_EX)
    os.utime(held)
    return held


def _file(name: str) -> Path:
    return Path(settings.PATHBOOK_FOLDER, "jobs", name)


def _clear_old(folder: Path) -> None:
    for file in folder.iterdir():
        if time.time() - file.stat().st_mtime > KEPT:
            file.unlink(missing_ok=True)
