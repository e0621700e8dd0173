"""What every test is told: which day it is. Nothing one test worked out is remembered in the next, and none connects out."""

import gc
import socket

import pytest
from django.contrib.sessions.models import Session
from django.db import connection
from django.db.models.signals import post_delete, post_save

from pathbook.audit.models import Event
from pathbook.config.memory import settle
from pathbook.reports import capacity, evaluation, gap
from tests.make import NOW, TODAY

LONG = ("test_wheel.py", "test_nothing_leaves.py", "test_documents.py", "test_planted_faults.py")


@pytest.hookimpl(trylast=True)
def pytest_collection_modifyitems(items):
    """The long ones first: begun last, one of them keeps a core busy while the other has nothing left to do."""
    items.sort(key=lambda one: one.path.name not in LONG)


def pytest_collection_finish():
    """As the server does once it is loaded: what stays to the end is not searched for garbage again."""
    settle()


def pytest_unconfigure():
    """Python takes everything down at its end, or a library says that it was leaked."""
    gc.unfreeze()


@pytest.fixture
def today():
    return TODAY


@pytest.fixture
def now():
    return NOW


@pytest.fixture(autouse=True)
def nothing_remembered():
    """Neither from the test before, nor across a row a test writes past the actions (and so past the audit)."""
    evaluation.forget()
    capacity.forget()
    gap.forget()
    for act in (post_save, post_delete):
        act.connect(_forget)
    yield
    for act in (post_save, post_delete):
        act.disconnect(_forget)


def _forget(sender, **_):
    if sender not in (Event, Session):  # what a session remembers changes no figure
        evaluation.forget()
        capacity.forget()
        gap.forget()


DJANGOS_OWN = ("django_content_type", "auth_permission")


@pytest.fixture(scope="session", autouse=True)
def the_broom_sweeps_the_audit_too():
    """Between tests in real transactions every table is emptied; the audit and snapshots would refuse, so their guards stand aside.

    Django's own list of models and what may be done to each stays: no test alters it, and it is long to write anew.
    """
    sweep = connection.ops.execute_sql_flush

    def swept(statements):
        statements = [one for one in statements if not any(f'FROM "{table}"' in one for table in DJANGOS_OWN)]
        with connection.cursor() as cursor:
            found = cursor.execute("SELECT name, sql FROM sqlite_master WHERE type = 'trigger'").fetchall()
            for name, _ in found:
                cursor.execute(f"DROP TRIGGER {name}")
        sweep(statements)
        with connection.cursor() as cursor:
            for _, guard in found:
                cursor.execute(guard)

    connection.ops.execute_sql_flush = swept
    yield
    connection.ops.execute_sql_flush = sweep


HERE = ("127.0.0.1", "::1", "localhost", "0.0.0.0", "", None)


@pytest.fixture(autouse=True)
def outgoing(monkeypatch):
    """Whom the test tried to reach outside this machine: nobody, or the test fails."""
    tried = []

    def guarded(real, host_of):
        def call(*given, **named):
            host = host_of(given)
            if host not in HERE:
                tried.append(host)
                raise ConnectionRefusedError(f"nothing leaves: {host}")
            return real(*given, **named)

        return call

    def host_of(given):  # (socket, address); an address that is no pair is a file on this machine
        return given[1][0] if isinstance(given[1], tuple) else None

    for name in ("connect", "connect_ex"):
        monkeypatch.setattr(socket.socket, name, guarded(getattr(socket.socket, name), host_of), raising=False)
    monkeypatch.setattr(socket, "getaddrinfo", guarded(socket.getaddrinfo, lambda given: given[0]))
    yield tried
    assert tried == [], "nothing leaves this machine"
