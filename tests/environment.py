"""Loaded before anything else: a data folder of the tests' own, and the day on which the tests take place."""

import os
import tempfile

os.environ["PATHBOOK_DATA"] = tempfile.mkdtemp(prefix="pathbook-tests-")
os.environ["PATHBOOK_TODAY"] = "2026-02-05"
