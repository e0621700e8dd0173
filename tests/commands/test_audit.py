"""`pathbook audit head` and what `pathbook check` says of an audit that somebody touched."""

import shutil
import sqlite3

import pytest

from pathbook.audit import chain, heads
from pathbook.people.models import Role
from tests import make


@pytest.fixture
def school(pathbook, tmp_path):
    pathbook("init", "--name", "Marlow High", "--urn", 123456, "--email", "ada@school.example")
    pathbook("link", "ada@school.example")
    return tmp_path / "school/pathbook.sqlite3"


def tamper(database, *statements):
    with sqlite3.connect(database) as db:
        guards = db.execute("SELECT name, sql FROM sqlite_master WHERE type = 'trigger'").fetchall()
        for name, _ in guards:
            db.execute(f"DROP TRIGGER {name}")
        for statement in statements:
            db.execute(statement)
        for _, guard in guards:
            db.execute(guard)
    db.close()


def test_the_head_is_one_line_printed_or_added_to_a_file(pathbook, school, tmp_path):
    printed = pathbook("audit", "head")
    assert printed.returncode == 0 and len(printed.stdout.split()) == 3 and printed.stdout.split()[1] == "2"
    for _ in range(2):
        assert pathbook("audit", "head", "--out", tmp_path / "heads.txt").returncode == 0
    assert [line.split()[1:] for line in (tmp_path / "heads.txt").read_text().splitlines()] == [
        printed.stdout.split()[1:]
    ] * 2
    assert "sound" in pathbook("check", "--heads", tmp_path / "heads.txt").stdout


def test_an_event_that_was_changed_fails_the_check(pathbook, school):
    tamper(school, "UPDATE audit_event SET actor_name = 'Nobody' WHERE id = 1")
    found = pathbook("check")
    assert found.returncode == 1 and "from event 1 on" in found.stderr and "data protection officer" in found.stderr


def test_a_cut_is_found_by_the_head_and_by_nothing_else(pathbook, school, tmp_path):
    pathbook("audit", "head", "--out", tmp_path / "heads.txt")
    tamper(school, "DELETE FROM audit_event WHERE id = 2")
    assert pathbook("check").returncode == 0, "what no copy outside remembers, no check can miss"
    found = pathbook("check", "--heads", tmp_path / "heads.txt")
    assert found.returncode == 1 and "cut off" in found.stderr


def test_lost_guards_fail_the_check(pathbook, school):
    with sqlite3.connect(school) as db:
        db.execute("DROP TRIGGER audit_event_never_removed")
    assert "no longer refuses" in pathbook("check").stderr
    assert "no longer refuses" in pathbook("serve", "--port", 1).stderr, "nothing is served with it"


def test_a_clock_behind_the_audit_fails_the_check(pathbook, school):
    with sqlite3.connect(school) as db:
        db.execute(
            "INSERT INTO audit_event (at, actor_name, actor_role, verb, noun, detail, digest)"
            f" VALUES ('2999-01-01 00:00:00', 'x', '', 'read', 'student', '{{}}', '{'0' * 64}')"
        )
    assert "set the clock" in pathbook("check").stderr
    assert "set the clock" in pathbook("serve", "--port", 1).stderr


def test_the_folder_of_heads_is_used_and_must_be_elsewhere(pathbook, school, tmp_path, monkeypatch):
    kept = tmp_path / "kept"
    kept.mkdir()
    monkeypatch.setenv("PATHBOOK_AUDIT_HEAD_DIR", str(kept))
    pathbook("audit", "head", "--out", kept / "pathbook-audit-heads.txt")
    assert pathbook("check").returncode == 0
    tamper(school, "DELETE FROM audit_event WHERE id = 2")
    assert "cut off" in pathbook("check").stderr
    shutil.rmtree(kept)
    assert "nothing can be written" in pathbook("check").stderr
    assert "nothing can be written" in pathbook("serve", "--port", 1).stderr
    monkeypatch.setenv("PATHBOOK_AUDIT_HEAD_DIR", str(school.parent / "heads"))
    assert "best on another machine" in pathbook("check").stderr


def test_what_cannot_be_done_is_one_line(pathbook, school, tmp_path):
    (tmp_path / "bad.txt").write_text("these are not heads\n")
    for words in (
        ("audit", "head", "--mail"),
        ("audit", "head", "--out", tmp_path / "no/such/folder.txt"),
        ("check", "--heads", tmp_path / "bad.txt"),
        ("check", "--heads", tmp_path / "missing.txt"),
    ):
        refused = pathbook(*words)
        assert refused.returncode == 1 and refused.stderr.count("\n") == 1, words


@pytest.mark.django_db
def test_by_mail_it_goes_to_each_data_protection_officer_alone(settings, mailoutbox):
    from pathbook.commands import audit

    settings.EMAIL_HOST = "mail.school.example"
    for name in ("Meera Shah", "Second Officer"):
        make.role(make.account(name), Role.DPO)
    make.careers_leader()
    audit.head(mail=True)
    assert [len(letter.to) for letter in mailoutbox] == [1, 1]
    line = next(line for line in mailoutbox[0].body.splitlines() if line.startswith("2026"))
    assert heads.noted(line)[0].head == chain.head()
