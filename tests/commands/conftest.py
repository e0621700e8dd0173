"""The real command, in a process of its own, on a school of the test's."""

import os
import shutil
from pathlib import Path

import pytest

from tests import warm


@pytest.fixture(scope="session")
def begun(tmp_path_factory):
    """Words of `init` -> what it said and the folder it left. A school begun in the same words again is a copy of it."""
    return {}, tmp_path_factory.mktemp("begun")


@pytest.fixture
def pathbook(tmp_path, begun):
    known, kept = begun

    def run(*words, data=tmp_path / "school"):
        if words[0] != "init" or Path(data).exists():
            return ran(words, data)
        if words not in known:
            known[words] = ran(words, kept / str(len(known))), kept / str(len(known))
        said, folder = known[words]
        if folder.exists():
            shutil.copytree(folder, data)
        return said

    return run


def ran(words, data):
    env = {k: v for k, v in os.environ.items() if k not in ("PATHBOOK_DATA", "PATHBOOK_TODAY")}
    return warm.pathbook(*words, "--data", data, env=env)
