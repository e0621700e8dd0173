"""A real installation from nothing: init, check, and what each refuses, through the real command."""

import os

from tests import warm


def test_init_makes_a_school_and_prints_the_way_in(pathbook, tmp_path):
    made = pathbook("init", "--name", "Marlow High", "--urn", 123456)
    assert made.returncode == 0, made.stderr
    assert "Marlow High is ready" in made.stdout and "/sign-in/link/" in made.stdout
    assert (tmp_path / "school").stat().st_mode & 0o077 == 0, "the folder is its owner's alone"
    assert (tmp_path / "school/pathbook.json").stat().st_mode & 0o077 == 0
    again = pathbook("init", "--name", "Marlow High", "--urn", 123456)
    assert again.returncode == 1 and "already holds a school" in again.stderr


def test_check_finds_a_new_school_sound_and_says_when_there_is_none(pathbook):
    empty = pathbook("check")
    assert empty.returncode == 0 and "No school in this folder yet" in empty.stdout
    pathbook("init", "--name", "Marlow High", "--urn", 123456)
    assert "is sound" in pathbook("check").stdout


def test_check_finds_a_damaged_database(pathbook, tmp_path):
    pathbook("init", "--name", "Marlow High", "--urn", 123456)
    database = tmp_path / "school/pathbook.sqlite3"
    for beside in (tmp_path / "school").glob("pathbook.sqlite3-*"):
        beside.unlink()
    size = database.stat().st_size
    with database.open("r+b") as file:
        file.seek(size // 2)
        file.write(b"\xff" * 20_000)
    found = pathbook("check")
    assert found.returncode == 1
    assert "restore the last backup" in found.stderr or "cannot be read" in found.stderr


def test_a_command_on_an_empty_folder_says_what_to_do(pathbook):
    refused = pathbook("evaluate")
    assert refused.returncode == 1
    assert refused.stderr.count("\n") == 1 and "pathbook init" in refused.stderr


def test_wrong_usage_is_two(pathbook):
    assert pathbook("init", "--name", "No urn").returncode == 2
    assert pathbook("nonsense").returncode == 2


def test_sqlite_keeps_its_word_on_a_live_connection(pathbook, tmp_path):
    """Negative control: a database opened with NORMAL is reported."""
    pathbook("init", "--name", "Marlow High", "--urn", 123456)
    code = (
        "import django; django.setup()\n"
        "from django.db import connection\n"
        "from pathbook.commands.school import _unsafe_settings\n"
        "assert _unsafe_settings() == [], _unsafe_settings()\n"
        "connection.cursor().execute('PRAGMA synchronous=NORMAL')\n"
        "print(_unsafe_settings())"
    )
    env = os.environ | {
        "PATHBOOK_DATA": str(tmp_path / "school"),
        "DJANGO_SETTINGS_MODULE": "pathbook.config.settings",
    }
    said = warm.pathbook(env=env, code=code)
    assert "synchronous" in said.stdout, said.stderr
