"""A real installation: make an empty school, serve it, bring its database up to date, check it."""

import os
import sys
from datetime import datetime
from io import StringIO
from pathlib import Path
from typing import Annotated

import typer
from django.conf import settings
from django.core.management import call_command
from django.db import connection, transaction

from pathbook import __version__, clock
from pathbook.commands.audit_check import audit_dangers, audit_problems
from pathbook.commands.common import pending_migrations, the_school
from pathbook.commands.dangers import dangers, serving_dangers
from pathbook.commands.refusal import Refused
from pathbook.commands.snapshot_check import snapshot_problems
from pathbook.exchange.portable.keys import own_key
from pathbook.people import accounts
from pathbook.people.models import Account, Institution, Role
from pathbook.people.visibility import command_line


def register(app: typer.Typer) -> None:
    app.command()(init)
    app.command()(serve)
    app.command()(migrate)
    app.command()(check)


def init(
    name: Annotated[str, typer.Option(help="The school's name.")],
    urn: Annotated[int, typer.Option(help="Its unique reference number.")],
    email: Annotated[str, typer.Option(help="The careers leader's e-mail address.")] = "careers@school.example",
    leader: Annotated[str, typer.Option(help="The careers leader's name.")] = "Careers leader",
    kind: Annotated[str, typer.Option(help="school, special, college, training_provider.")] = "school",
    port: Annotated[int, typer.Option(help="Where it will be served, for the link.")] = 8000,
) -> None:
    """Make an empty school in the data folder and print the careers leader's sign-in link."""
    if kind not in Institution.Kind.values:
        raise Refused(f"{kind!r} is not a kind of institution. Use one of: {', '.join(Institution.Kind.values)}")
    call_command("migrate", verbosity=0)
    if Institution.objects.exists():
        raise Refused(f"{settings.PATHBOOK_FOLDER} already holds a school. Name another folder with --data")
    with transaction.atomic():
        account = _first_leader(name, urn, kind, leader, email, clock.now())
    own_key(settings.PATHBOOK_FOLDER)
    typer.echo(f"{name} is ready in {settings.PATHBOOK_FOLDER}.")
    typer.echo(f"Start it:  pathbook serve --port {port} --data {settings.PATHBOOK_FOLDER}")
    typer.echo(f"Sign in:   {link(account, port)}")


def _first_leader(name: str, urn: int, kind: str, leader: str, email: str, at: datetime) -> Account:
    school = Institution.objects.create(name=name.strip(), urn=urn, kind=kind)
    return accounts.invite(
        name=leader, email=email, role=Role.CAREERS_LEADER, institution=school,
        by=command_line(school), at=at, on=clock.today(),
    )  # fmt: skip


def link(account: Account, port: int) -> str:
    """The address that signs this account in, for a fortnight."""
    return f"http://127.0.0.1:{port}/sign-in/link/{accounts.link_token(account)}/"


def serve(
    port: Annotated[int, typer.Option()] = 8000,
    host: Annotated[str, typer.Option(help="127.0.0.1, behind a TLS proxy.")] = "127.0.0.1",
) -> None:
    """Serve the school's pages."""
    the_school()
    if found := [*serving_dangers(host), *_unsafe_settings(), *audit_dangers()]:
        raise Refused("; ".join(found))
    run_server(port, host=host)


def run_server(port: int, *, host: str = "127.0.0.1") -> None:
    """Become the server. Does not return."""
    typer.echo(f"Serving {settings.PATHBOOK_FOLDER} at http://{host}:{port}/  (Ctrl-C stops)")
    os.environ.setdefault("MALLOC_ARENA_MAX", "2")  # each thread's own arena would hold memory nobody uses
    os.execv(sys.executable, _gunicorn(host, port))  # this very process, so that its signals are its own


def _gunicorn(host: str, port: int) -> list[str]:
    """Loaded once, then two processes of it, because Python runs one thread at a time (docs/decisions/0044)."""
    return [
        sys.executable, "-m", "gunicorn", "--bind", f"{host}:{port}", "--worker-class", "gthread", "--preload",
        "--workers", "2", "--threads", "4", "--timeout", "120", "--log-level", "warning",
        "pathbook.config.wsgi:application",
    ]  # fmt: skip


def migrate() -> None:
    """Bring the database up to this version."""
    call_command("migrate", verbosity=0)
    typer.echo("The database is up to date.")


def check(
    heads: Annotated[Path | None, typer.Option(help="A file of noted heads to hold the audit against.")] = None,
) -> None:
    """Look for what would make figures wrong or records unsafe; exit 1 when something is."""
    call_command("check", stdout=StringIO())
    problems = [
        *dangers(),
        *_unsafe_settings(),
        *_damage(),
        *(_old_database() or [*audit_problems(heads), *snapshot_problems()]),
    ]
    if problems:
        raise Refused("; ".join(problems))
    typer.echo(f"Pathbook {__version__} is sound: {settings.PATHBOOK_FOLDER}")
    if not connection.introspection.table_names():
        typer.echo("No school in this folder yet. Make one: pathbook init --name NAME --urn URN")


def _unsafe_settings() -> list[str]:
    """The live connection's own words, because a setting that did not take is the dangerous kind."""
    wanted = {"journal_mode": "wal", "synchronous": 2, "foreign_keys": 1}
    with connection.cursor() as cursor:
        found = {name: cursor.execute(f"PRAGMA {name}").fetchone()[0] for name in wanted}
    return [
        f"SQLite {name} is {found[name]!r}, not {value!r}" for name, value in wanted.items() if found[name] != value
    ]


def _old_database() -> list[str]:
    if not connection.introspection.table_names() or not pending_migrations():
        return []
    return ["the database is from an older version. Run: pathbook migrate"]


def _damage() -> list[str]:
    with connection.cursor() as cursor:
        rows = cursor.execute("PRAGMA integrity_check").fetchall()
        orphans = cursor.execute("PRAGMA foreign_key_check").fetchall()
    damaged = [f"the database is damaged ({rows[0][0]}): restore the last backup"] if rows != [("ok",)] else []
    return damaged + ([f"{len(orphans)} rows point at nothing: restore the last backup"] if orphans else [])
