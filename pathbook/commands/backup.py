"""`pathbook backup FILE` and `pathbook restore FILE`: a school in one file, and back."""

import time
from datetime import date
from pathlib import Path
from typing import Annotated

import typer
from django.conf import settings
from django.db import connection, transaction
from django.db.migrations.loader import MigrationLoader

from pathbook import __version__, clock, home
from pathbook.audit import record
from pathbook.audit.models import Verb
from pathbook.commands.audit_check import audit_problems
from pathbook.commands.common import asking, pending_migrations, the_school
from pathbook.commands.erase import erase_again, finish, lines_of
from pathbook.commands.refusal import Refused
from pathbook.exchange.backup import Manifest, NotABackupError, NotEmptyError, back_up, put_back
from pathbook.people.models import Institution
from pathbook.privacy import ledger
from pathbook.privacy.traces import kept_in


def register(app: typer.Typer) -> None:
    app.command()(backup)
    app.command()(restore)


def backup(
    file: Annotated[Path, typer.Argument(help="Where to write it; an earlier backup there is replaced.")],
) -> None:
    """Write the whole school to one file, while it is in use or not."""
    began, at = time.monotonic(), clock.now()
    school = the_school()
    with transaction.atomic():
        record.changes(by=asking(school), at=at, of=[record.Change(Verb.EXPORTED, "backup")])
    try:
        made = back_up(
            settings.PATHBOOK_FOLDER,
            file.resolve(),
            settings=home.settings_without_secret(),
            version=__version__,
            at=at,
        )
    except (NotEmptyError, OSError) as problem:
        raise Refused(str(problem)) from None
    size = f"{file.stat().st_size / 1e6:,.1f} MB"
    typer.echo(f"{school.name} is in {file}: {size}, {len(made.files)} files, {time.monotonic() - began:.1f} s.")
    typer.echo("It holds every student's record. Keep it encrypted, and away from this machine.")


def restore(
    file: Annotated[Path, typer.Argument(help="A backup made with: pathbook backup")],
    erasures: Annotated[
        Path | None, typer.Option(help=f"The list of those erased since: {ledger.FILE} of the school.")
    ] = None,
) -> None:
    """Put a backup into an empty folder, and erase again whoever was erased since it was made."""
    told = _erasures_known(erasures)
    known = MigrationLoader(None).disk_migrations
    connection.close()
    try:
        made = put_back(file, settings.PATHBOOK_FOLDER, known=known)
    except (NotABackupError, NotEmptyError, OSError) as problem:
        raise Refused(str(problem)) from None
    home.take_settings(made.settings)
    _say_how_it_stands(made, told)


def _erasures_known(named: Path | None) -> set[tuple[date, str]]:
    """Read before anything is put back: from the file named, from this folder, and from the one elsewhere."""
    files = [folder / ledger.FILE for folder in kept_in(settings.PATHBOOK_FOLDER, settings.PATHBOOK_AUDIT_HEAD_DIR)]
    return set().union(
        *(lines_of(file) for file in ([named] if named else []) + [one for one in files if one.exists()])
    )


def _say_how_it_stands(made: Manifest, told: set[tuple[date, str]]) -> None:
    typer.echo(f"Put back as it was at {made.made_at[:16].replace('T', ' ')}, in {settings.PATHBOOK_FOLDER}.")
    if pending_migrations():
        typer.echo(f"It was made by Pathbook {made.version}. Bring it up to date:  pathbook migrate")
        return
    school = the_school()
    with transaction.atomic():
        of = record.Change(Verb.IMPORTED, "backup", detail={"made_at": made.made_at})
        record.changes(by=asking(school), at=clock.now(), of=[of])
    for problem in audit_problems():
        typer.echo(f"But {problem}")
    _erase_again(school, told)
    typer.echo("Everybody signs in again; sign-in links sent before are void: pathbook link EMAIL makes a new one.")


def _erase_again(school: Institution, told: set[tuple[date, str]]) -> None:
    if found := ledger.not_yet_erased(school, told):
        finish(school, erase_again(found, school))
    elif not told:
        typer.echo(
            f"No list of erasures was found. Students erased after this backup are named again until you run: "
            f"pathbook erase --again {ledger.FILE}"
        )
