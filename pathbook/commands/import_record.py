"""`pathbook import record FILE...`: portable records other schools and colleges signed."""

from dataclasses import dataclass
from pathlib import Path
from typing import Annotated, Any

import typer
from django.db import transaction

from pathbook import clock
from pathbook.commands.common import asking, say_json, the_school
from pathbook.commands.refusal import Refused
from pathbook.commands.subject_access import the_student
from pathbook.exchange.models import RecordRun
from pathbook.exchange.portable.apply import refusal, take_in, trust
from pathbook.exchange.portable.canonical import NotARecordError
from pathbook.exchange.portable.keys import key_of_card
from pathbook.exchange.portable.taking_in import Weighed, weigh
from pathbook.people.models import Institution, Student


def register(app: typer.Typer) -> None:
    app.command()(record)


@dataclass(frozen=True, slots=True)
class Asked:
    """What was said on the line."""

    school: Institution
    student: Student | None
    unchecked: bool
    dry_run: bool


def record(
    files: Annotated[list[Path], typer.Argument(help="Portable records: files ending in .record.json.")],
    trusted: Annotated[
        Path | None, typer.Option("--trust", help="Their school's key, as `pathbook record key` prints it there.")
    ] = None,
    unchecked: Annotated[
        bool, typer.Option("--unchecked", help="Take in what nobody has checked, and show it as not checked.")
    ] = False,
    student: Annotated[
        str, typer.Option(help="Whose record it is, by UPN, when the file does not make it certain.")
    ] = "",
    dry_run: Annotated[bool, typer.Option("--dry-run", help="Say what would happen; change nothing.")] = False,
    json: Annotated[bool, typer.Option("--json", help="For machines.")] = False,
) -> None:
    """Bring in what another school recorded of a student; undone with `pathbook import undo`."""
    school = the_school()
    asked = Asked(school, the_student(student, school) if student else None, unchecked, dry_run)
    try:
        with transaction.atomic():
            if trusted:
                trust(key=key_of_card(trusted.read_bytes()), school=school, by=asking(school), at=clock.now())
            done = [_one(file, asked) for file in files]
            transaction.set_rollback(dry_run)
    except OSError as broken:
        raise Refused(f"{broken.filename} cannot be opened ({broken.strerror}). Check its name") from None
    _say(done, json)


def _one(file: Path, asked: Asked) -> tuple[Weighed, RecordRun | None]:
    """Read and, unless it is a dry run, taken in."""
    try:
        found = weigh(file.read_bytes(), file.name, school=asked.school, on=clock.today(), chosen=asked.student)
        if found.student is None:
            raise NotARecordError("It is not certain whose record this is. Say whose with --student and their UPN.")
        if why_not := refusal(found.record, found.student, unchecked=asked.unchecked):
            raise NotARecordError(f"{why_not} (--trust KEYFILE or --unchecked)")
    except NotARecordError as refused:
        raise Refused(f"{file.name}: {refused}") from None
    if asked.dry_run:
        return found, None
    run = take_in(
        record=found.record, student=found.student, school=asked.school, unchecked=asked.unchecked,
        by=asking(asked.school), at=clock.now(), on=clock.today(),
    )  # fmt: skip
    return found, run


def _say(done: list[tuple[Weighed, RecordRun | None]], json: bool) -> None:
    if json:
        records = [_told(found, run) for found, run in done]
        total = {name: sum(one[name] for one in records) for name in ("new", "changed", "same", "leaving")}
        say_json({"applied": done[0][1] is not None, **total, "problems": [], "import_id": records[-1]["import_id"],
                  "records": records})  # fmt: skip
        return
    for found, run in done:
        counts, checked = found.plan.counts(), "checked" if found.record.is_checked else "not checked"
        typer.echo(
            f"{'Imported' if run else 'Would import'} {found.record.name} from {found.record.school} ({checked}): "
            f"{counts['new']} new, {counts['changed']} changed, {counts['same']} same."
        )
        if run:
            typer.echo(f"Take it back with: pathbook import undo {run.key}")


def _told(found: Weighed, run: RecordRun | None) -> dict[str, Any]:
    return {
        "file": found.record.name, "school": found.record.school, "urn": found.record.by.urn,
        "trust": found.record.trust.value, "student": found.student.key if found.student else None,
        **found.plan.counts(), "import_id": run.key if run else None,
    }  # fmt: skip
