"""A new database begins from a stored schema: it is what the migrations make, and an old one is brought up to date."""

import os
import sqlite3
import subprocess
import sys
from importlib.resources import files

import pytest
from django.db import connection

from pathbook.config import begin


def schema_of(script):
    """Name to what makes it; and the rows of each table the framework fills."""
    with sqlite3.connect(":memory:") as db:
        db.executescript(script)
        made = dict(db.execute("SELECT name, sql FROM sqlite_master WHERE sql IS NOT NULL"))
        steps = set(db.execute("SELECT app, name FROM django_migrations"))
        kinds = set(db.execute("SELECT app_label, model FROM django_content_type"))
    return made, steps, kinds


def test_it_is_what_the_migrations_make(tmp_path):
    """Where this fails: ./run schema, and commit what it wrote."""
    env = os.environ | {"DJANGO_SETTINGS_MODULE": "pathbook.config.settings"}
    subprocess.run([sys.executable, "-m", "pathbook.config.begin", tmp_path / "made.sql"], env=env, check=True)
    stored = files("pathbook.config").joinpath(begin.SCHEMA).read_text(encoding="utf-8")
    assert schema_of(stored) == schema_of((tmp_path / "made.sql").read_text(encoding="utf-8"))


@pytest.mark.django_db
def test_the_guards_of_what_is_never_altered_stand_from_the_beginning():
    with connection.cursor() as cursor:
        guards = cursor.execute("SELECT name FROM sqlite_master WHERE type = 'trigger'").fetchall()
    assert {f"audit_event_{name}" for name in ("never_changed", "never_removed", "only_added")} <= {
        name for (name,) in guards
    }


@pytest.mark.django_db
def test_what_holds_tables_already_is_left_alone():
    assert begin.begin(connection) is False
