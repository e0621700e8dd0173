"""What every test is told: which day it is. And nothing one test worked out is remembered in the next."""

import pytest

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
    evaluation.forget()
