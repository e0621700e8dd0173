"""`pathbook` as a person runs it, and pytest on another tree, without the seconds each start takes to read what it runs on.

A process that has read it stands ready; each run is a fork of it with an environment, folder and output of its
own, whose settings are read anew. What a run leaves in memory ends with it. A run whose start itself is the test, or
whose answer must not hang on how Python scatters its sets, is started from nothing: `cold`.
"""

import atexit
import gc
import json
import os
import select
import signal
import socket
import subprocess
import sys
import tempfile
import traceback
from contextlib import suppress
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
OTHERS = (
    "django.core.management", "django.db.migrations.executor", "django.db.backends.sqlite3.base", "django.test.client", "django.forms",
    "django.template.loader", "openpyxl", "pypdf", "duckdb", "numpy", "highspy", "icalendar", "requests", "fido2.server", "qrcode",
    "rapidfuzz.process", "typst", "python_calamine", "cryptography.fernet", "PIL.Image", "rich.table", "rich.progress", "typer",
)  # fmt: skip
_standing: dict[tuple[int, str], tuple[socket.socket, subprocess.Popen]] = {}


class Run:
    """A run that goes on; what it said and how it ended are told as `subprocess.run` tells them."""

    def __init__(self, words, env, cwd, code, kind="pathbook"):
        self.out, self.err = tempfile.TemporaryFile(), tempfile.TemporaryFile()  # noqa: SIM115 - read at its end
        self.end, theirs = os.pipe()
        asked = {"words": [str(word) for word in words], "env": dict(env), "cwd": str(cwd), "code": code}
        door = _door(kind)
        socket.send_fds(door, [json.dumps(asked).encode()], [self.out.fileno(), self.err.fileno(), theirs])
        os.close(theirs)
        self.pid = int(door.recv(100))

    def kill(self):
        with suppress(ProcessLookupError):  # it may just have ended
            os.kill(self.pid, signal.SIGKILL)

    def wait(self, timeout):
        """One that was killed has said no number."""
        if not select.select([self.end], [], [], timeout)[0]:
            self.kill()
            raise subprocess.TimeoutExpired("pathbook", timeout)
        self.returncode = int(os.read(self.end, 100) or -signal.SIGKILL)
        os.close(self.end)
        self.stdout, self.stderr = (_read(file) for file in (self.out, self.err))
        return self


def _read(file):
    with file:
        file.seek(0)
        return file.read().decode(errors="replace")


def start(*words, env, cwd=ROOT, code=None):
    """With `code`, that is run instead of a command."""
    return Run(words, env, cwd, code)


def pathbook(*words, env, cwd=ROOT, code=None, timeout=120):
    return start(*words, env=env, cwd=cwd, code=code).wait(timeout)


def pytest(*words, env, cwd, timeout=300):
    """The tests of the tree at `cwd`: nothing of this one has been read."""
    return Run(words, env, cwd, None, "pytest").wait(timeout)


def cold(*words, env, cwd=ROOT, timeout=120):
    """The same from nothing."""
    return subprocess.run(
        [sys.executable, "-m", "pathbook", *map(str, words)],
        cwd=cwd, env=env, capture_output=True, text=True, timeout=timeout,
    )  # fmt: skip


def _door(kind):
    if (os.getpid(), kind) not in _standing:
        ours, theirs = socket.socketpair(socket.AF_UNIX, socket.SOCK_SEQPACKET)
        ready = subprocess.Popen(
            [sys.executable, "-m", "tests.warm", str(theirs.fileno()), kind],
            cwd=ROOT, pass_fds=[theirs.fileno()], stdin=subprocess.DEVNULL,
        )  # fmt: skip
        theirs.close()
        _standing[os.getpid(), kind] = ours, ready
        atexit.register(_leave, kind)
    return _standing[os.getpid(), kind][0]


def _leave(kind):
    door, ready = _standing.pop((os.getpid(), kind), (None, None))
    if door:
        door.close()
        ready.wait(10)


def stand_ready(door, kind):
    """Read everything but a school, or but our own, then fork at each request until nobody asks any more."""
    if kind == "pathbook":
        with tempfile.TemporaryDirectory(prefix="pathbook-warm-") as nobodys:
            os.environ["PATHBOOK_DATA"] = nobodys
            _read_the_program()
    else:
        _read_what_it_stands_on()
    gc.freeze()
    signal.signal(signal.SIGCHLD, signal.SIG_IGN)  # a run tells by itself how it ended
    while True:
        said, streams, *_ = socket.recv_fds(door, 1_000_000, 3)
        if not said:
            os._exit(0)
        child = os.fork()
        if not child:
            door.close()
            _be_a_run(kind, json.loads(said), *streams)
        for stream in streams:
            os.close(stream)
        door.send(str(child).encode())


def _read_the_program():
    import pkgutil
    from importlib import import_module

    os.environ["DJANGO_SETTINGS_MODULE"] = "pathbook.config.settings"
    import django

    django.setup()
    from django.db import connections
    from django.db.migrations.loader import MigrationLoader

    import pathbook

    for found in pkgutil.walk_packages(pathbook.__path__, "pathbook."):
        if not found.name.endswith((".__main__", ".wsgi")):
            import_module(found.name)
    MigrationLoader(None)
    for made in connections.all(initialized_only=True):
        assert made.connection is None, "a fork would share what is open"
        del connections[made.alias]


def _read_what_it_stands_on():
    from importlib import import_module
    from importlib.metadata import entry_points

    for plugin in entry_points(group="pytest11"):
        plugin.load()
    for name in OTHERS:
        import_module(name)
    assert "pathbook" not in sys.modules, "a run would not read its own tree"


def _be_a_run(kind, asked, out, err, end):
    """Never returns."""
    signal.signal(signal.SIGCHLD, signal.SIG_DFL)
    ended = 1
    try:
        os.dup2(out, 1)
        os.dup2(err, 2)
        os.chdir(asked["cwd"])
        os.environ.clear()
        os.environ.update(asked["env"])
        sys.argv = [kind, *asked["words"]]
        ended = _tested(asked) if kind == "pytest" else _commanded(asked)
    except SystemExit as said:
        ended = int(said.code) if isinstance(said.code, int) else int(said.code is not None)
    except BaseException:
        traceback.print_exc()
    finally:
        sys.stdout.flush()
        sys.stderr.flush()
        _close()
        os.write(end, str(ended).encode())
        os._exit(ended)


def _commanded(asked):
    _forget_the_settings()
    if asked["code"]:
        exec(asked["code"], {"__name__": "__main__"})
    else:
        from pathbook.commands import main

        main()
    return 0


def _tested(asked):
    import pytest

    for name in [name for name in sys.modules if name.partition(".")[0] == "tests"]:
        del sys.modules[name]
    sys.path[0] = asked["cwd"]
    return int(pytest.main(asked["words"]))


def _close():
    """As Python's own end does: what is open is closed, and what was to be done at the end is done."""
    from django.db import connections

    with suppress(Exception):
        connections.close_all()
    atexit._run_exitfuncs()


def _forget_the_settings():
    """They are of a data folder and an environment, and are read at the first question."""
    from django.conf import settings
    from django.core.cache import caches
    from django.db import connections
    from django.utils.functional import empty

    import pathbook.config

    del sys.modules["pathbook.config.settings"], pathbook.config.settings
    settings._wrapped = empty
    for handler in (connections, caches):
        handler._settings = None
        vars(handler).pop("settings", None)


if __name__ == "__main__":
    stand_ready(socket.socket(fileno=int(sys.argv[1])), sys.argv[2])
