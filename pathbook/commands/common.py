"""What every command needs: the school whose folder this is, who is asking, and how to print JSON."""

import json
import sys
from datetime import date
from pathlib import Path
from typing import Any

from django.db import DatabaseError, connection
from django.db.migrations.executor import MigrationExecutor

from pathbook.commands.refusal import Refused
from pathbook.people.models import Institution
from pathbook.people.visibility import Viewer, command_line


def the_school() -> Institution:
    """The one school of this folder; a sentence when the folder holds none or an older one."""
    if pending_migrations():
        raise Refused("this folder has no school yet, or an older one. Run: pathbook init, or pathbook migrate")
    try:
        school = Institution.objects.order_by("pk").first()
    except DatabaseError:
        raise Refused("the database cannot be read. Run: pathbook check") from None
    if school is None:
        raise Refused("this folder has no school yet. Run: pathbook init --name NAME --urn URN --data DIR")
    return school


def pending_migrations() -> bool:
    """Is the database older than the code (or not there at all)?"""
    executor = MigrationExecutor(connection)
    return bool(executor.migration_plan(executor.loader.graph.leaf_nodes()))


def asking(school: Institution) -> Viewer:
    return command_line(school)


def day(text: str | None, *, otherwise: date) -> date:
    """An ISO date from the line, such as 2026-02-01."""
    if not text:
        return otherwise
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise Refused(f"{text!r} is not a date. Write it as year-month-day, such as 2026-02-01") from None


def say_json(said: Any) -> None:
    json.dump(said, sys.stdout, ensure_ascii=False, indent=1)
    sys.stdout.write("\n")


def write_whole(out: Path, said: bytes, *, owner_only: bool = False) -> None:
    """Whole or not at all."""
    part = out.with_name(out.name + ".part")
    try:
        part.touch(mode=0o600 if owner_only else 0o666)
        part.write_bytes(said)
        part.replace(out)
    except OSError as problem:
        raise Refused(f"{out} cannot be written ({problem.strerror}). Choose another folder") from None
