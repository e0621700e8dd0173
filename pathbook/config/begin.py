"""A new database begins from a stored schema: the very one its migrations make, without the half minute they take.

`begin.sql` is what `./run schema` writes; a test holds it to the migrations. One of an older version is brought up to
date by the migrations it does not know of, so a stale one is slow and never wrong. See docs/decisions/0041.
"""

import sqlite3
import sys
import tempfile
from importlib.resources import files
from pathlib import Path

from django.db.backends.base.base import BaseDatabaseWrapper

SCHEMA = "begin.sql"


def begin(connection: BaseDatabaseWrapper) -> bool:
    """Fill an empty SQLite database; whether it was one."""
    if connection.vendor != "sqlite" or connection.introspection.table_names():
        return False
    script = files("pathbook.config").joinpath(SCHEMA).read_text(encoding="utf-8")
    with connection.constraint_checks_disabled(), connection.cursor() as cursor:  # rows stand before what they point to
        cursor.executescript(script)
    return True


def by_migrations() -> str:
    """The schema that every migration, one after the other, makes of an empty database."""
    from django.core.management import call_command
    from django.core.management.commands import migrate
    from django.db import connections

    with tempfile.TemporaryDirectory() as folder:
        made = connections.create_connection("default")
        made.settings_dict = {**made.settings_dict, "NAME": str(Path(folder, "new.sqlite3"))}
        before, connections["default"] = connections["default"], made
        try:
            call_command(migrate.Command(), verbosity=0)
            made.close()
        finally:
            connections["default"] = before
        return _written(Path(folder, "new.sqlite3"))


def _written(database: Path) -> str:
    with sqlite3.connect(database) as db:
        db.execute(
            "UPDATE django_migrations SET applied = '2026-01-01 00:00:00'"
        )  # when it was written is nobody's matter
        lines = list(db.iterdump())
    db.close()
    return "\n".join(lines) + "\n"


if __name__ == "__main__":
    import django

    django.setup()
    Path(sys.argv[1]).write_text(by_migrations(), encoding="utf-8")
