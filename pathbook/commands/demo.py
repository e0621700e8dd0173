"""`pathbook demo`: a whole invented school to explore, with a way in for each role."""

from dataclasses import asdict
from datetime import date, timedelta
from pathlib import Path
from random import Random
from typing import Annotated, Any

import typer
from django.conf import settings
from django.core.management import call_command
from django.db import DatabaseError, connection
from rich.console import Console
from rich.progress import Progress

from pathbook import clock, home
from pathbook.commands.common import pending_migrations
from pathbook.commands.refusal import Refused
from pathbook.commands.school import link, run_server
from pathbook.demo.build import Wanted, build
from pathbook.demo.happenings import moment, new_key
from pathbook.exchange.authority import send
from pathbook.exchange.models import AuthorityFile
from pathbook.people.models import Institution, Role, RoleHeld
from pathbook.people.visibility import viewer_of

SHOWN = tuple(role for role in Role if role != Role.TRUST_LEAD)  # a trust is more than this one school


def register(app: typer.Typer) -> None:
    app.command()(demo)


def demo(
    port: Annotated[int, typer.Option(help="Where to serve it.")] = 8000,
    students: Annotated[int, typer.Option(min=1, help="How many are on the roll.")] = 1105,
    activities: Annotated[int, typer.Option(min=1, help="How many a year.")] = 64,
    participations: Annotated[
        int | None, typer.Option(min=0, help="About how many a year; as the programme gives if not said.")
    ] = None,
    years: Annotated[int, typer.Option(min=1, max=40, help="How many years of history.")] = 5,
    seed: Annotated[int, typer.Option(help="The same seed makes the same school.")] = 1,
    today: Annotated[str | None, typer.Option(help="The day it ends on; today if not said.")] = None,
    build_only: Annotated[bool, typer.Option("--build-only", help="Build it and stop.")] = False,
) -> None:
    """Build Northbridge, serve it on this machine and print a sign-in link for each role."""
    wanted = Wanted(students, activities, years, seed, clock.today(), participations)
    if build_only or not _is_built(wanted):
        _rebuild(wanted)
    roll = f"{students:,} student{'' if students == 1 else 's'}"
    typer.echo(f"Northbridge School, {roll}, on {wanted.today:%-d %b %Y}. Everyone in it is invented.\n")
    for label, address in doors(port, on=wanted.today):
        typer.echo(f"  {label:<34} {address}")
    typer.echo("")
    if not build_only:
        run_server(port)


def doors(port: int, *, on: date) -> list[tuple[str, str]]:
    """A label and a sign-in link for one holder of each role that has pages."""
    shown = []
    for role in SHOWN:
        held = RoleHeld.objects.held_on(on).filter(role=role).select_related("account", "tutor_group")
        one = held.filter(tutor_group__name="10C").first() or held.order_by("pk").first()
        if one:
            of = f" of {one.tutor_group.name}" if one.tutor_group else ""
            shown.append((f"{role.label}{of}, {one.account.name}", link(one.account, port)))
    return shown


def _is_built(wanted: Wanted) -> bool:
    return home.open_home().demo == _options(wanted) and not pending_migrations() and Institution.objects.exists()


def _options(wanted: Wanted) -> dict[str, Any]:
    return asdict(wanted) | {"today": wanted.today.isoformat()}


def _holds_a_school(database: Path) -> bool:
    """Anything that is or may be one: also a school of an older version, or a file that cannot be read."""
    if not database.exists() or database.stat().st_size == 0:
        return False
    try:
        with connection.cursor() as cursor:
            tables = connection.introspection.table_names(cursor)
            school = Institution._meta.db_table
            return school in tables and cursor.execute(f"SELECT EXISTS (SELECT 1 FROM {school})").fetchone() != (0,)
    except DatabaseError:
        return True


def _send_weekly_files(today: date) -> None:
    """The authority has had the file in each of the last weeks, so the next says what changed since."""
    held = RoleHeld.objects.held_on(today).filter(role=Role.CAREERS_LEADER).select_related("account").first()
    school = Institution.objects.first()
    if held is None or school is None:
        return
    for weeks in (3, 2, 1):
        day = today - timedelta(weeks=weeks)
        made = send.make(school=school, kind="csv", on=day, by=viewer_of(held.account, day), at=moment(day, 15))
        AuthorityFile.objects.filter(pk=made.file.pk).update(key=new_key(Random(f"weekly file {weeks}")))


def _rebuild(wanted: Wanted) -> None:
    """Start from an empty database; a folder with a real school in it is never touched."""
    database = Path(str(settings.DATABASES["default"]["NAME"]))
    if not home.open_home().demo and _holds_a_school(database):
        raise Refused(f"{settings.PATHBOOK_FOLDER} holds a real school. Name another folder with --data")
    connection.close()
    for file in (database, database.with_name(database.name + "-wal"), database.with_name(database.name + "-shm")):
        file.unlink(missing_ok=True)
    call_command("migrate", verbosity=0)
    console = Console(stderr=True)
    with Progress(console=console, disable=not console.is_terminal, transient=True) as bar:
        task = bar.add_task("Building", total=1)
        build(wanted, lambda stage, n, total: bar.update(task, description=stage, completed=n, total=total))
        _send_weekly_files(wanted.today)
    home.mark_as_demo(wanted.today, _options(wanted))
