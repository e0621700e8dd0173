"""A demo school is built once in a run of the tests, however many ask for it in the same words and on whichever core: each has a copy.

What another build of the same words would show, that the same seed gives the same school, has a test of its own, which
builds anew (tests/demo/test_northbridge.py).
"""

import fcntl
import hashlib
import os
import shutil
from pathlib import Path

from tests import warm

KEPT = (
    "PYTEST_BUILT"  # a folder, from tests/environment.py: both cores' processes have one, no planted fault's run has it
)


def demo(folder, *words, env):
    """Build it into `folder`, which is not there yet; what the command said, with this folder in the sentence."""
    kept = Path(os.environ[KEPT], _key(words, env))
    kept.mkdir(exist_ok=True)
    with (kept / "lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if not (kept / "said").exists():
            ran = warm.pathbook("demo", "--build-only", *words, "--data", kept / "school", env=env, timeout=240)
            assert ran.returncode == 0, ran.stderr
            (kept / "said").write_text(ran.stdout)
    shutil.copytree(kept / "school", folder)
    return (kept / "said").read_text()


def _key(words, env):
    mine = sorted((name, value) for name, value in env.items() if name.startswith("PATHBOOK"))
    return hashlib.sha256(repr(([str(word) for word in words], mine)).encode()).hexdigest()[:16]
