"""A backup is one moment of a school in use; a damaged one is refused; what is put back is the same, and signs nobody in."""

import json
import os
import random
import sqlite3
import threading
import time
import zipfile

import pytest

from tests import warm


@pytest.fixture
def school(pathbook, tmp_path):
    pathbook("init", "--name", "Marlow High", "--urn", 123456, "--email", "ada@school.example")
    (tmp_path / "roll.csv").write_text(
        "Admission No,Surname,Forename,DOB,Year,Reg\n"
        + "".join(f"{n},Ode{n},Zoë{n},13/05/2010,11,11A\n" for n in range(1, 41))
    )
    assert pathbook("import", "students", tmp_path / "roll.csv").returncode == 0
    return tmp_path / "school"


def tables(database, without=("django_session", "sqlite_sequence")):
    """Every row of every table, as text."""
    with sqlite3.connect(database) as db:
        names = [n for (n,) in db.execute("SELECT name FROM sqlite_master WHERE type = 'table'") if n not in without]
        found = {name: sorted(map(repr, db.execute(f'SELECT * FROM "{name}"'))) for name in sorted(names)}
    db.close()
    return found


def test_what_is_put_back_is_what_was_there(pathbook, school, tmp_path):
    made = pathbook("backup", tmp_path / "b.zip")
    assert made.returncode == 0 and "encrypted" in made.stdout, made.stderr
    assert (tmp_path / "b.zip").stat().st_mode & 0o077 == 0, "its owner's alone"
    back = pathbook("restore", tmp_path / "b.zip", data=tmp_path / "other")
    assert back.returncode == 0 and "But" not in back.stdout, back.stdout + back.stderr
    was, now = tables(school / "pathbook.sqlite3"), tables(tmp_path / "other/pathbook.sqlite3")
    [since] = set(now.pop("audit_event")) - set(was.pop("audit_event"))
    assert "'imported', 'backup'" in since and was == now
    assert "sound" in pathbook("check", data=tmp_path / "other").stdout
    assert json.loads(pathbook("evaluate", "--json", data=tmp_path / "other").stdout) == json.loads(
        pathbook("evaluate", "--json").stdout
    )


def test_it_holds_no_secret_and_no_session(pathbook, school, tmp_path):
    token = "thesessionofsomebodysignedin1234"
    with sqlite3.connect(school / "pathbook.sqlite3") as db:
        db.execute("INSERT INTO django_session VALUES (?, 'data', '2099-01-01')", (token,))
    secret = json.loads((school / "pathbook.json").read_text())["secret_key"]
    pathbook("backup", tmp_path / "b.zip")
    with zipfile.ZipFile(tmp_path / "b.zip") as pack:
        everything = b"".join(pack.read(name) for name in pack.namelist())
        assert set(pack.namelist()) == {"manifest.json", "pathbook.sqlite3"}
    assert token.encode() not in everything and secret.encode() not in everything
    pathbook("restore", tmp_path / "b.zip", data=tmp_path / "other")
    assert json.loads((tmp_path / "other/pathbook.json").read_text())["secret_key"] not in ("", secret)
    assert tables(school / "pathbook.sqlite3", without=())["django_session"], "nobody is signed out by a backup"


def test_other_files_of_the_folder_come_along_and_uploads_in_waiting_do_not(pathbook, school, tmp_path):
    for name in ("evidence/photo.jpg", "uploads/abc/file", "progress/x.json"):
        (school / name).parent.mkdir(parents=True, exist_ok=True)
        (school / name).write_bytes(b"bytes of " + name.encode())
    pathbook("backup", tmp_path / "b.zip")
    assert pathbook("restore", tmp_path / "b.zip", data=tmp_path / "other").returncode == 0
    assert (tmp_path / "other/evidence/photo.jpg").read_bytes() == b"bytes of evidence/photo.jpg"
    assert not (tmp_path / "other/uploads").exists() and not (tmp_path / "other/progress").exists()


def test_a_backup_is_noted_in_the_audit(pathbook, school, tmp_path):
    pathbook("backup", tmp_path / "b.zip")
    assert any("'exported', 'backup'" in row for row in tables(school / "pathbook.sqlite3")["audit_event"])


def test_two_hundred_damaged_backups_are_refused_or_harmless(school, pathbook, tmp_path):
    """A byte flipped anywhere: refused, or (in what a zip does not use) the very same school."""
    from pathbook.exchange.backup import NotABackupError, put_back

    pathbook("backup", tmp_path / "b.zip")
    whole, rng, refused = (tmp_path / "b.zip").read_bytes(), random.Random(3), 0
    with zipfile.ZipFile(tmp_path / "b.zip") as pack:
        right = pack.read("pathbook.sqlite3")
    known = All()
    for n in range(200):
        broken = bytearray(whole)
        broken[rng.randrange(len(whole))] ^= 1 << rng.randrange(8)
        (tmp_path / "d.zip").write_bytes(broken)
        target = tmp_path / f"t{n}"
        target.mkdir()
        try:
            put_back(tmp_path / "d.zip", target, known=known)
            assert (target / "pathbook.sqlite3").read_bytes() == right
        except NotABackupError:
            refused += 1
            assert list(target.iterdir()) == []
    assert (
        refused > 150
    )  # an empty school is mostly zeros, and a flipped distance in a run of zeros unpacks to the same


class All:
    def __contains__(self, step):
        return True


@pytest.mark.parametrize(
    "spoil", [lambda b: b[: len(b) // 2], lambda b: b"", lambda b: b"PK nonsense", lambda b: b[100:]]
)
def test_half_a_file_is_refused_in_one_line_and_leaves_nothing(pathbook, school, tmp_path, spoil):
    pathbook("backup", tmp_path / "b.zip")
    (tmp_path / "b.zip").write_bytes(spoil((tmp_path / "b.zip").read_bytes()))
    refused = pathbook("restore", tmp_path / "b.zip", data=tmp_path / "other")
    assert refused.returncode == 1 and refused.stderr.count("\n") == 1 and "use an earlier one" in refused.stderr
    assert [path.name for path in (tmp_path / "other").iterdir()] == ["pathbook.json"]


def test_a_name_that_leads_out_of_the_folder_is_refused(pathbook, school, tmp_path):
    with zipfile.ZipFile(tmp_path / "evil.zip", "w") as pack:
        pack.writestr("pathbook.sqlite3", b"")
        pack.writestr("../outside", b"x")
        said = {"made_at": "", "version": "", "files": {"pathbook.sqlite3": "", "../outside": ""}, "settings": {}}
        pack.writestr("manifest.json", json.dumps(said))
    assert pathbook("restore", tmp_path / "evil.zip", data=tmp_path / "other").returncode == 1
    assert not (tmp_path / "outside").exists()


def test_a_backup_of_a_newer_pathbook_is_refused(pathbook, school, tmp_path):
    with sqlite3.connect(school / "pathbook.sqlite3") as db:
        db.execute("INSERT INTO django_migrations (app, name, applied) VALUES ('records', '9999_later', '2030-01-01')")
    pathbook("backup", tmp_path / "b.zip")
    refused = pathbook("restore", tmp_path / "b.zip", data=tmp_path / "other")
    assert refused.returncode == 1 and "newer Pathbook" in refused.stderr


def test_nothing_that_stands_there_is_overwritten(pathbook, school, tmp_path):
    (tmp_path / "thesis.txt").write_text("years of work")
    for words in (
        ("backup", tmp_path / "thesis.txt"),
        ("backup", school / "inside.zip"),
        ("backup", tmp_path / "no/folder/b.zip"),
        ("restore", tmp_path / "missing.zip"),
    ):
        refused = pathbook(*words)
        assert refused.returncode == 1 and refused.stderr.count("\n") == 1, words
    assert (tmp_path / "thesis.txt").read_text() == "years of work"
    pathbook("backup", tmp_path / "b.zip")
    assert pathbook("backup", tmp_path / "b.zip").returncode == 0, "an earlier backup is replaced"
    refused = pathbook("restore", tmp_path / "b.zip")
    assert refused.returncode == 1 and "holds a school already" in refused.stderr


def test_a_backup_made_while_others_write_is_one_real_moment(school, pathbook, tmp_path):
    """A writer adds pairs of rows, a pair a transaction: a backup holds whole pairs, as many as were there meanwhile."""
    database, stop, written = school / "pathbook.sqlite3", threading.Event(), []

    def write():
        db = sqlite3.connect(database, timeout=20, isolation_level=None)
        while not stop.is_set():
            n = len(written)
            db.execute("BEGIN IMMEDIATE")
            for half in "ab":
                row = (f"{half}{n}@school.example", "x", "!", 1)
                db.execute("INSERT INTO people_account (email, name, password, is_active) VALUES (?, ?, ?, ?)", row)
            db.execute("COMMIT")
            written.append(n)
            time.sleep(0.01)  # some 5,000 a minute
        db.close()

    writer = threading.Thread(target=write)
    writer.start()
    try:
        time.sleep(0.2)
        before = len(written)
        made = pathbook("backup", tmp_path / "b.zip")
        after = len(written)
    finally:
        stop.set()
        writer.join()
    assert made.returncode == 0 and after - before > 5, (before, after, made.stderr)
    assert pathbook("restore", tmp_path / "b.zip", data=tmp_path / "other").returncode == 0
    with sqlite3.connect(tmp_path / "other/pathbook.sqlite3") as db:
        emails = {e for (e,) in db.execute("SELECT email FROM people_account WHERE password = '!' AND name = 'x'")}
    pairs = len(emails) // 2
    assert emails == {f"{half}{n}@school.example" for half in "ab" for n in range(pairs)}
    assert before <= pairs <= after + 1


def test_killed_on_the_way_it_leaves_the_earlier_backup(school, pathbook, tmp_path):
    pathbook("backup", tmp_path / "b.zip")
    before = (tmp_path / "b.zip").read_bytes()
    env = {k: v for k, v in os.environ.items() if not k.startswith("PATHBOOK")}
    for wait in (0.05, 0.15, 0.3, 0.6):
        running = warm.start("backup", tmp_path / "b.zip", "--data", school, env=env)
        time.sleep(wait)
        running.kill()
        running.wait(10)
        assert zipfile.ZipFile(tmp_path / "b.zip").testzip() is None
    assert len((tmp_path / "b.zip").read_bytes()) >= len(before) // 2


def test_what_a_killed_backup_left_is_swept_by_a_later_one(school, pathbook, tmp_path):
    left = tmp_path / ".b.zip-abcd"
    left.mkdir()
    (left / "pathbook.sqlite3").write_bytes(b"records")
    os.utime(left, (1, 1))
    pathbook("backup", tmp_path / "b.zip")
    assert not left.exists()


def test_a_backup_packed_again_with_another_database_is_refused(pathbook, school, tmp_path):
    """A whole zip, whose manifest does not fit what is in it."""
    pathbook("backup", tmp_path / "b.zip")
    with zipfile.ZipFile(tmp_path / "b.zip") as pack, zipfile.ZipFile(tmp_path / "c.zip", "w") as other:
        other.writestr("manifest.json", pack.read("manifest.json"))
        with sqlite3.connect(tmp_path / "other.sqlite3") as db:
            db.execute("CREATE TABLE django_migrations (app, name)")
        db.close()
        other.write(tmp_path / "other.sqlite3", "pathbook.sqlite3")
    assert "use an earlier one" in pathbook("restore", tmp_path / "c.zip", data=tmp_path / "new").stderr
