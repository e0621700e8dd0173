"""What every test is told: which day it is. And nothing one test worked out is remembered in the next."""

import pytest
from django.db.models.signals import post_delete, post_save

from pathbook.audit.models import Event
from pathbook.reports import evaluation
from tests.make import NOW, TODAY


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
    for act in (post_save, post_delete):
        act.connect(_forget)
    yield
    for act in (post_save, post_delete):
        act.disconnect(_forget)


def _forget(sender, **_):
    if sender is not Event:
        evaluation.forget()
