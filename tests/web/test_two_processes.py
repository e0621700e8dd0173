"""The server is two processes: what one of them knows of wrong tries and of work in hand, the other knows too."""

import os
import signal
import stat
import threading
import time

import pytest

from pathbook.config.tallies import Tallies
from pathbook.web import jobs


@pytest.fixture
def both(tmp_path):
    """The same file opened twice, as two processes open it."""
    path = tmp_path / "tallies.sqlite3"
    return Tallies(str(path), {}), Tallies(str(path), {})


def test_what_one_counts_the_other_reads_until_it_ends(both, tmp_path):
    one, other = both
    one.set("tries", [1.5, 2.5], 60)
    assert other.get("tries") == [1.5, 2.5] and other.get("nobody", []) == []
    assert other.delete("tries") and one.get("tries") is None
    one.set("tries", [1.5], 0.05)
    time.sleep(0.06)
    assert other.get("tries") is None
    other.set("again", True, 60)  # each write clears away what has ended
    assert one._file().execute("select key from tally").fetchall() == [(one.make_key("again"),)]
    assert stat.S_IMODE((tmp_path / "tallies.sqlite3").stat().st_mode) == 0o600


def test_of_many_at_once_one_takes_the_lock(both):
    took = []
    start = threading.Barrier(20)

    def ask(n):
        start.wait()
        took.append(both[n % 2].add("lock", True, 10))

    threads = [threading.Thread(target=ask, args=(n,)) for n in range(20)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sum(took) == 1
    both[0].delete("lock")
    assert both[1].add("lock", True, 10)


def test_a_fresh_file_is_opened_by_many_at_once_and_none_is_refused(tmp_path):
    refused = []

    def ask(path, start):
        start.wait()
        try:
            Tallies(str(path), {}).set("tries", [1.5], 60)
        except Exception as problem:
            refused.append(problem)

    for n in range(10):
        start = threading.Barrier(8)
        threads = [threading.Thread(target=ask, args=(tmp_path / f"{n}.sqlite3", start)) for _ in range(8)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
    assert refused == []


def test_work_in_hand_is_alive_for_the_other_process_and_dead_with_its_own(settings, tmp_path):
    settings.PATHBOOK_FOLDER = tmp_path
    read, write = os.pipe()
    child = os.fork()
    if child == 0:  # pragma: no cover - the other process
        jobs._taken("import-abc")
        os.write(write, b"!")
        time.sleep(60)
        os._exit(0)
    os.read(read, 1)
    assert jobs.is_alive("import-abc") and not jobs.is_alive("import-xyz")
    os.kill(child, signal.SIGKILL)
    os.waitpid(child, 0)
    assert not jobs.is_alive("import-abc")


def test_work_begins_again_only_when_what_went_before_has_ended(settings, tmp_path):
    settings.PATHBOOK_FOLDER = tmp_path
    go, at_work, most = threading.Event(), [], []

    def work():
        at_work.append(1)
        most.append(len(at_work))
        go.wait(5)
        at_work.pop()

    again = threading.Thread(target=jobs.begin, args=("erase-abc", work))
    jobs.begin("erase-abc", work)
    again.start()
    assert jobs.is_alive("erase-abc") and most == [1]
    go.set()
    again.join()
    for thread in threading.enumerate():
        if thread.name == "erase-abc":
            thread.join()
    assert most == [1, 1] and not jobs.is_alive("erase-abc")


def test_a_file_a_day_old_is_swept_away(settings, tmp_path):
    settings.PATHBOOK_FOLDER = tmp_path
    jobs.begin("places-old", lambda: None)
    old = tmp_path / "jobs" / "places-old"
    os.utime(old, (time.time() - jobs.KEPT - 1,) * 2)
    jobs.begin("places-new", lambda: None)
    assert [file.name for file in (tmp_path / "jobs").iterdir()] == ["places-new"]
