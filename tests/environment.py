"""Loaded before anything else: a data folder of the tests' own, and the day on which the tests take place."""

import atexit
import os
import shutil
import tempfile

os.environ["PATHBOOK_DATA"] = tempfile.mkdtemp(prefix="pathbook-tests-")
os.environ["PATHBOOK_TODAY"] = "2026-02-05"
if "PYTEST_BUILT" not in os.environ:  # one place for the demo schools of all the run's processes (tests/built.py)
    os.environ["PYTEST_BUILT"] = tempfile.mkdtemp(prefix="pathbook-built-")
    atexit.register(shutil.rmtree, os.environ["PYTEST_BUILT"], ignore_errors=True)
