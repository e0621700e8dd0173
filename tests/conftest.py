"""What every test is told: which day it is."""

import pytest

from tests.make import NOW, TODAY


@pytest.fixture
def today():
    return TODAY


@pytest.fixture
def now():
    return NOW
