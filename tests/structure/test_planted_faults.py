"""The suite catches what it says it catches: each planted fault makes its own tests fail, and nothing else of it breaks."""

import os
import shutil
import tempfile
import tomllib
from contextlib import suppress
from pathlib import Path

import pytest

from tests import warm

ROOT = Path(__file__).resolve().parents[2]
FAULTS = tomllib.loads(Path(__file__).with_name("planted.toml").read_text())["fault"]
NEEDED = ("pathbook", "tests", "pyproject.toml", "docs")


def a_copy(folder):
    """The tree as links to the same files, so that it costs nothing; the one changed is written anew."""
    for name in NEEDED:
        if (ROOT / name).is_dir():
            shutil.copytree(ROOT / name, folder / name, copy_function=linked)
        else:
            os.link(ROOT / name, folder / name)
    return folder


def linked(there, here):
    """What Python has compiled comes along, for it goes by a file's time; some of it may just be being written."""
    with suppress(FileNotFoundError):
        os.link(there, here)


def plant(fault, folder):
    path = folder / fault["file"]
    said = path.read_text()
    assert said.count(fault["is"]) == 1, f"the place has moved: {fault['what']}"
    path.unlink()
    path.write_text(said.replace(fault["is"], fault["becomes"]))


def test_there_are_enough_and_no_two_alike():
    assert len(FAULTS) >= 15
    assert len({(fault["file"], fault["becomes"], fault["is"]) for fault in FAULTS}) == len(FAULTS)


@pytest.mark.parametrize("fault", FAULTS, ids=lambda fault: fault["what"])
def test_a_planted_fault_is_caught(fault):
    ran = ran_on_a_copy(fault["caught_by"], fault)
    assert ran.returncode == 1, ran.stdout[-2000:] + ran.stderr[-500:]  # 1: a test failed; 2 and up: it could not run


def test_with_no_fault_a_copy_passes():
    ran = ran_on_a_copy(["tests/framework/test_shares.py", "tests/web/test_family_pages.py"])
    assert ran.returncode == 0, ran.stdout[-2000:] + ran.stderr[-500:]


def ran_on_a_copy(tests, fault=None):
    (ROOT / ".planted").mkdir(exist_ok=True)  # beside the tree, for a link to a file does not leave its disk
    folder = a_copy(Path(tempfile.mkdtemp(dir=ROOT / ".planted")))
    try:
        if fault:
            plant(fault, folder)
        env = {name: value for name, value in os.environ.items() if not name.startswith("PYTEST")}
        return warm.pytest("-x", "-q", "-p", "no:cacheprovider", "-p", "no:randomly", *tests, env=env, cwd=folder)
    finally:
        shutil.rmtree(folder)
