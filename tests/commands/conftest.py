"""The real command, in a process of its own, on a school of the test's."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]


@pytest.fixture
def pathbook(tmp_path):
    def run(*words, data=tmp_path / "school"):
        env = {k: v for k, v in os.environ.items() if k not in ("PATHBOOK_DATA", "PATHBOOK_TODAY")}
        return subprocess.run(
            [sys.executable, "-m", "pathbook", *map(str, words), "--data", str(data)],
            capture_output=True, text=True, cwd=ROOT, env=env, timeout=120,
        )  # fmt: skip

    return run
