"""Every bad file: no partial import, no uncaught error, and a sentence that names the row, the column and the remedy."""

import subprocess
import sys
import time
from pathlib import Path

import pytest

from pathbook.exchange.roll.apply import NotApplied
from pathbook.exchange.roll.reading import read_roll
from pathbook.exchange.tables import UnreadableError
from pathbook.people.models import Enrolment, Student
from tests.exchange.roll.bad_files import files
from tests.exchange.roll.school import TODAY, bring_in, file_of

pytestmark = pytest.mark.django_db
FILES = files()
READS = """
import sys, resource, datetime, pathlib
from pathbook.exchange.roll.reading import read_roll
from pathbook.exchange.tables import UnreadableError
try:
    read_roll(pathlib.Path(sys.argv[1]), today=datetime.date(2026, 2, 5))
except UnreadableError:
    pass
print(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss)
"""
ROOT = Path(__file__).resolve().parents[3]


@pytest.mark.parametrize("bad", FILES, ids=[bad.id for bad in FILES])
def test_a_bad_file(bad, tmp_path):
    began = time.monotonic()
    try:
        plan = bring_in(tmp_path, bad.data, name=bad.name).plan
    except (UnreadableError, NotApplied) as refusal:
        said = str(refusal) + " ".join(f"no column for {m}" for m in _missing(tmp_path, bad))
        assert bad.whole and bad.whole in said, said
        assert len(str(refusal)) < 400 and str(refusal).rstrip().endswith((".", "?"))
        assert not Student.objects.exists() and not Enrolment.objects.exists()
        return
    finally:
        assert time.monotonic() - began < 30
    assert not bad.whole, f"should have been refused: {bad.whole}"
    assert Student.objects.count() == Enrolment.objects.count() == bad.kept
    found = {(p.line, p.column): p for p in plan.problems if p.level == bad.level}
    for line, column in bad.rows:
        if (line, column) not in found:
            found |= {(p.line, p.column): p for p in plan.problems}
        assert (line, column) in found, plan.problems
        message = found[line, column].message
        assert len(message) > 25 and message.endswith((".", "?")) and len(message) < 250, message
    assert len(FILES) >= 60


def _missing(tmp_path, bad):
    try:
        return read_roll(tmp_path / bad.name, today=TODAY).missing
    except UnreadableError:
        return ()


@pytest.mark.parametrize("name", ["a zip bomb", "a million blank rows", "one cell at the last row", "billion laughs"])
def test_the_heaviest_are_read_in_half_a_gigabyte(name, tmp_path):
    bad = next(bad for bad in FILES if bad.id == name)
    path = file_of(tmp_path, bad.data, bad.name)
    said = subprocess.run(
        [sys.executable, "-c", READS, str(path)], capture_output=True, text=True, cwd=ROOT, timeout=30
    )
    assert said.returncode == 0, said.stderr
    assert int(said.stdout) < 512_000, "kilobytes"
