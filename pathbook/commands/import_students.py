"""`pathbook import students FILE` and `pathbook import undo IMPORT_ID`."""

import json as json_
import sys
from datetime import date
from pathlib import Path
from typing import Annotated, Any

import typer
from django.db import DatabaseError
from rich.console import Console
from rich.progress import Progress

from pathbook import clock
from pathbook.commands.common import asking, say_json, the_school
from pathbook.commands.refusal import Refused
from pathbook.exchange.models import ImportRun, ProgrammeRun, RecordRun
from pathbook.exchange.portable import undo as carrying
from pathbook.exchange.programme import apply as programme
from pathbook.exchange.roll import undo as undoing
from pathbook.exchange.roll.apply import NotApplied, apply, digest, preview
from pathbook.exchange.roll.dates import DMY, MDY
from pathbook.exchange.roll.entry import RollFile
from pathbook.exchange.roll.fields import LABELS
from pathbook.exchange.roll.mapping import IGNORE
from pathbook.exchange.roll.plan import CHANGED, LEAVING, NEW, SAME, Choices, Plan
from pathbook.exchange.roll.reading import FORMATS, Wishes, read_roll
from pathbook.exchange.tables import UnreadableError
from pathbook.people.models import Institution
from pathbook.people.visibility import Viewer

SHOWN = 25


def register(app: typer.Typer) -> None:
    app.command()(students)
    app.command()(undo)


def students(
    file: Annotated[Path, typer.Argument(help="A CSV, XLSX or CTF file; or a OneRoster or SDS folder.")],
    format: Annotated[str, typer.Option(help=", ".join(FORMATS))] = "auto",
    map: Annotated[Path | None, typer.Option(help='JSON: {"their heading": "our field"}.')] = None,
    full: Annotated[bool, typer.Option("--full", help="This is the whole roll: students not in it leave.")] = False,
    strict: Annotated[bool, typer.Option("--strict", help="Refuse the file if any row has a problem.")] = False,
    dates: Annotated[str, typer.Option(help="dmy or mdy, when the file does not show which.")] = "",
    confirm_matches: Annotated[
        bool, typer.Option("--confirm-matches", help="Rows matched by name are one student.")
    ] = False,
    dry_run: Annotated[bool, typer.Option("--dry-run", help="Say what would happen; change nothing.")] = False,
    json: Annotated[bool, typer.Option("--json", help="For machines.")] = False,
) -> None:  # fmt: skip
    """Bring in the student list: preview with --dry-run, all or nothing, undone with `pathbook import undo`."""
    school, today = the_school(), clock.today()
    wishes = Wishes(_format(format), _columns(map), _dates(dates), adults=school.kind not in ("school", "special"))
    roll = _read(file, wishes, today)
    choices = Choices(on=today, whole_roll=full, confirm_all=confirm_matches)
    if dry_run:
        _say(preview(file=roll, school=school, choices=choices), roll, json, applied=False)
        return
    _apply(roll, file, school, choices, strict, json)


def undo(
    import_id: Annotated[str, typer.Argument(help="The import_id that `import students` printed.")],
    json: Annotated[bool, typer.Option("--json", help="For machines.")] = False,
) -> None:
    """Take an import back: the roll is as it was before it."""
    school = the_school()
    if past := ProgrammeRun.objects.filter(institution=school, key=import_id).first():
        _undo_programme(past, asking(school), json)
        return
    if carried := RecordRun.objects.filter(institution=school, key=import_id).first():
        _undo_record(carried, asking(school), json)
        return
    run = ImportRun.objects.filter(institution=school, key=import_id).first()
    if run is None:
        raise Refused(
            f"there is no import {import_id!r}. Its id was printed when it was made, and stands on the import page"
        )
    try:
        undone = undoing.undo(run=run, by=asking(school), at=clock.now(), on=clock.today())
    except undoing.CannotUndoError as refusal:
        raise Refused(str(refusal)) from None
    if json:
        say_json({"undone": True, "import_id": undone.key})
    else:
        typer.echo(f"{undone.file_name} has been taken back. The roll is as it was before it.")


def _undo_programme(run: ProgrammeRun, by: Viewer, json: bool) -> None:
    try:
        programme.undo(run=run, by=by, at=clock.now())
    except programme.CannotUndoError as refusal:
        raise Refused(str(refusal)) from None
    if json:
        say_json({"undone": True, "import_id": run.key})
    else:
        typer.echo(f"{run.file_name} has been taken back. The programme is as it was before it.")


def _undo_record(run: RecordRun, by: Viewer, json: bool) -> None:
    try:
        carrying.take_back(run=run, by=by, at=clock.now())
    except carrying.CannotUndoError as refusal:
        raise Refused(str(refusal)) from None
    if json:
        say_json({"undone": True, "import_id": run.key})
    else:
        typer.echo(f"{run.file_name} has been taken back. The student's record is as it was before it.")


def _read(file: Path, wishes: Wishes, today: date) -> RollFile:
    try:
        roll = read_roll(file, today=today, wishes=wishes)
    except UnreadableError as refusal:
        raise Refused(str(refusal)) from None
    except OSError as broken:
        raise Refused(
            f"{file} cannot be opened ({broken.strerror or broken}). Check its name and who may read it"
        ) from None
    if roll.missing:
        raise Refused(f"{file.name} has no column for {' or '.join(roll.missing)}. Name it with --map FILE, such as "
                      '{"their heading": "year_group"}')  # fmt: skip
    if roll.question:
        raise Refused(f"the dates in {roll.question.column}, such as {roll.question.example}, could be day/month or "
                      "month/day. Say which with --dates dmy or --dates mdy")  # fmt: skip
    return roll


def _apply(roll: RollFile, file: Path, school: Institution, choices: Choices, strict: bool, json: bool) -> None:
    console = Console(stderr=True)
    with Progress(console=console, disable=json or not console.is_terminal, transient=True) as bar:
        task = bar.add_task("Reading", total=1)
        try:
            done = apply(
                file=roll, school=school, choices=choices, by=asking(school), at=clock.now(), sha256=_digest(file),
                accept=_strict if strict else lambda plan: "",
                progress=lambda stage, n, total: bar.update(task, description=stage, completed=n, total=total),
            )  # fmt: skip
        except NotApplied as refused:
            if json:
                say_json(refused.plan.as_json(applied=False, import_id=None))
            raise Refused(str(refused)) from None
        except DatabaseError as broken:
            raise Refused(
                f"the database refused the import, and nothing was changed ({broken}). Run: pathbook check"
            ) from None
    _say(done.plan, roll, json, applied=True, import_id=done.run.key)


def _strict(plan: Plan) -> str:
    first = next((problem for problem in plan.errors() if problem.line), None)
    if first is None:
        return ""
    return (f"{plan.left_out} row{'s have' if plan.left_out > 1 else ' has'} a problem and --strict was asked, so "
            f"nothing was imported. First: line {first.line}, {first.column}: {first.message}")  # fmt: skip


def _digest(file: Path) -> str:
    return digest(file.read_bytes()) if file.is_file() else ""


def _format(said: str) -> str:
    if said not in FORMATS:
        raise Refused(f"{said!r} is not a format. Use one of: {', '.join(FORMATS)}")
    return said


def _dates(said: str) -> str:
    if said not in ("", DMY, MDY):
        raise Refused(f"{said!r} is not an order of dates. Use dmy (day first) or mdy (month first)")
    return said


def _columns(path: Path | None) -> dict[str, str]:
    """Headings to fields; fields to headings will do as well."""
    if path is None:
        return {}
    try:
        said: Any = json_.loads(path.read_text(encoding="utf-8-sig"))
    except (OSError, ValueError):
        raise Refused(f'{path} is not a mapping. Write JSON such as {{"Yr": "year_group", "Nom": "surname"}}') from None
    said = said.get("columns", said) if isinstance(said, dict) else {}
    pairs = {str(heading): str(name) for heading, name in said.items() if isinstance(name, str)}
    if pairs and all(name in LABELS for name in pairs) and not all(name in LABELS for name in pairs.values()):
        pairs = {heading: name for name, heading in pairs.items()}
    wrong = [name for name in pairs.values() if name not in LABELS and name != IGNORE]
    if wrong or not pairs:
        raise Refused(
            f"{path} names no field we know{': ' + wrong[0] if wrong else ''}. The fields are: {', '.join(LABELS)}"
        )
    return pairs


def _say(plan: Plan, roll: RollFile, json: bool, *, applied: bool, import_id: str | None = None) -> None:
    if json:
        say_json(plan.as_json(applied=applied, import_id=import_id))
        return
    verb = "Imported" if applied else "Would import"
    counts = ", ".join(f"{plan.count(kind):,} {kind}" for kind in (NEW, CHANGED, SAME, LEAVING))
    typer.echo(f"{verb} {roll.name}: {counts}; {plan.left_out:,} row{'' if plan.left_out == 1 else 's'} left out.")
    for problem in plan.problems[:SHOWN]:
        where = f"line {problem.line}, {problem.column}" if problem.line else problem.column or "file"
        typer.echo(f"  {problem.level}: {where}: {problem.message}")
    if len(plan.problems) > SHOWN:
        typer.echo(f"  and {len(plan.problems) - SHOWN:,} more: see all with --json")
    if roll.ignored:
        typer.echo(f"  not read: {', '.join(roll.ignored)}")
    if import_id:
        typer.echo(f"Take it back with: pathbook import undo {import_id}")
    sys.stdout.flush()
