"""`pathbook import activities FILE`: a past programme, its attendance, or past guidance meetings."""

from pathlib import Path
from typing import Annotated, Any

import typer

from pathbook import clock
from pathbook.commands.common import asking, say_json, the_school
from pathbook.commands.refusal import Refused
from pathbook.exchange.programme.apply import apply, plan_of
from pathbook.exchange.programme.found import ProgrammeFile, notes_of
from pathbook.exchange.programme.people import Known
from pathbook.exchange.programme.reading import read_programme
from pathbook.exchange.tables import UnreadableError
from pathbook.people.models import Institution

SHOWN = 25


def register(app: typer.Typer) -> None:
    app.command()(activities)


def activities(
    file: Annotated[
        Path,
        typer.Argument(help="CSV or XLSX: a row a student and activity, a row an activity, or a column an activity."),
    ],
    dates: Annotated[str, typer.Option(help="dmy or mdy, when the file does not show which.")] = "",
    strict: Annotated[bool, typer.Option("--strict", help="Refuse the file if any row has a problem.")] = False,
    dry_run: Annotated[bool, typer.Option("--dry-run", help="Say what would happen; change nothing.")] = False,
    json: Annotated[bool, typer.Option("--json", help="For machines.")] = False,
) -> None:
    """Bring in activities, who came, or past guidance meetings; undone with `pathbook import undo`."""
    school = the_school()
    read = _read(file, school, dates)
    if strict and read.left_out:
        raise Refused(
            f"{read.left_out} rows have a problem and --strict was asked, so nothing was imported: see --dry-run"
        )
    if dry_run:
        _say(read, plan_of(read, school).counts(), "", json)
        return
    run = apply(file=read, school=school, by=asking(school), at=clock.now())
    _say(read, run.counts, run.key, json)


def _read(file: Path, school: Institution, dates: str) -> ProgrammeFile:
    try:
        data = file.read_bytes()
        read = read_programme(
            data, file.name, known_students=Known(school, clock.today()), today=clock.today(), dates=dates
        )
    except (UnreadableError, OSError) as refusal:
        raise Refused(str(refusal)) from None
    if read.question:
        raise Refused(
            f"dates such as {read.question} could be day/month or month/day. Say which with --dates dmy or --dates mdy"
        )
    return read


def _say(read: ProgrammeFile, counts: dict[str, int], key: str, json: bool) -> None:
    if json:
        said: dict[str, Any] = {"applied": bool(key), **counts, "problems": [p.as_json() for p in read.problems]}
        say_json(said | {"import_id": key or None})
        return
    verb = "Imported" if key else "Would import"
    typer.echo(
        f"{verb} {read.name} ({read.shape}): {counts['activities']} new activities, {counts['new']} new records, "
        f"{counts['changed']} changed, {counts['same']} same; {read.left_out} rows left out."
    )
    for note in notes_of(read):
        typer.echo(f"  {note}")
    for problem in read.problems[:SHOWN]:
        typer.echo(f"  {problem.level}: line {problem.line}, {problem.column}: {problem.value}: {problem.message}")
    if len(read.problems) > SHOWN:
        typer.echo(f"  and {len(read.problems) - SHOWN} more: see all with --json")
    if key:
        typer.echo(f"Take it back with: pathbook import undo {key}")
