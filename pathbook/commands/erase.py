"""`pathbook erase STUDENT`, `--due`, `--again LEDGER`: students pseudonymised for good, every total as it was."""

from collections.abc import Iterable, Iterator
from datetime import date
from pathlib import Path
from typing import Annotated

import typer
from django.conf import settings

from pathbook import clock
from pathbook.commands.common import asking, the_school
from pathbook.commands.refusal import Refused
from pathbook.commands.subject_access import the_student
from pathbook.framework.in_words import day_in_words
from pathbook.people.models import Erasure, Institution, Student
from pathbook.privacy import ledger
from pathbook.privacy.due import Dues, due_on
from pathbook.privacy.elsewhere_of_many import mentions_of_many
from pathbook.privacy.erasing import erase
from pathbook.privacy.forgetting_notes import forget_notes
from pathbook.privacy.naming import Forgotten
from pathbook.privacy.preview import Preview, preview_of
from pathbook.privacy.traces import clear_up

Why = Erasure.Why
MENTIONS = 5  # lines of where they are named elsewhere; all of them stand on the page


def register(app: typer.Typer) -> None:
    app.command("erase")(erase_students)


def erase_students(
    student: Annotated[str, typer.Argument(help="The student's UPN, or the school's own number.")] = "",
    reason: Annotated[str, typer.Option(help="Why, in a sentence that names nobody.")] = "",
    due: Annotated[bool, typer.Option("--due", help="Everybody who has been kept long enough.")] = False,
    again: Annotated[Path | None, typer.Option(help="Everybody in a list of erasures, after a restore.")] = None,
    dry_run: Annotated[bool, typer.Option("--dry-run", help="Say who it would be, and change nothing.")] = False,
    yes: Annotated[bool, typer.Option("--yes", help="Do not ask.")] = False,
) -> None:
    """Take a student's names and words out of everything. There is no way back."""
    if [bool(student), due, again is not None].count(True) != 1:
        raise typer.BadParameter("name one student, or say --due, or --again FILE")
    school = the_school()
    if student:
        _one(student, reason.strip(), school, dry_run=dry_run, yes=yes)
    elif due:
        _due(school, dry_run=dry_run, yes=yes)
    elif again:
        found = ledger.not_yet_erased(school, lines_of(again))
        _say_dry(len(found)) if dry_run else finish(school, erase_again(found, school))


def _one(number: str, reason: str, school: Institution, *, dry_run: bool, yes: bool) -> None:
    whom = the_student(number, school)
    shown = preview_of(whom, school, on=clock.today())
    _say(shown)
    if dry_run:
        typer.echo("Nothing was changed.")
        return
    if not reason:
        raise Refused("say why with --reason: it is kept with the erasure. Write no name in it")
    if Forgotten([whom]).named_in(reason):
        raise Refused("the reason names the student, and it is kept. Write it without their name or number")
    _must_agree(yes)
    done = erase(students=[whom], school=school, why=Why.REQUEST, reason=reason, by=asking(school), at=clock.now())
    finish(school, done)


def _say(shown: Preview) -> None:
    counts = ", ".join(f"{n:,} {what}" for what, n in shown.counts)
    typer.echo(
        f"{shown.student.name}, UPN {shown.student.upn or 'none'}: {counts}, {shown.accounts} accounts to close."
    )
    if shown.on_roll:
        typer.echo("They are ON ROLL today: the next list from your MIS brings them in again, as somebody new.")
    for heading, lines in (("Goes, for good", shown.goes), ("Stays", shown.stays), ("Before you do", shown.against)):
        typer.echo(f"{heading}:")
        for line in lines:
            typer.echo(f"  - {line}")
    if shown.elsewhere:
        typer.echo(f"Their name stands in what was written of others ({len(shown.elsewhere):,}), and stays there:")
        for one in shown.elsewhere[:MENTIONS]:
            typer.echo(f"  - {one.said}")
    typer.echo("There is no undo.")


def _due(school: Institution, *, dry_run: bool, yes: bool) -> None:
    found = due_on(school, on=clock.today())
    for line in _lines(found):
        typer.echo(line)
    named = mentions_of_many([one.student for one in found.records], school)
    typer.echo(
        f"Named in what was written of others, which stays: {of_students(len(named))} of them (Requests, Who is due)."
    )
    if dry_run or not (found.records or found.notes):
        typer.echo("Nothing was changed.")
        return
    _must_agree(yes)
    by, at = asking(school), clock.now()
    done = erase(students=[one.student for one in found.records], school=school, why=Why.RETENTION, by=by, at=at)
    forgotten = forget_notes(students=[one.student for one in found.notes], by=by, at=at)
    typer.echo(f"Working notes taken out: {of_students(forgotten)}.")
    finish(school, done)


def _lines(found: Dues) -> Iterator[str]:
    """Keys, not names: what a scheduled run prints ends in a mail or a log."""
    kept = found.kept
    yield f"Records, {in_years(kept.after_leaving)} after leaving: {of_students(len(found.records))} due."
    yield from (
        f"  {one.student.key}, left {day_in_words(one.left_on)} from Year {one.year_group}" for one in found.records
    )
    yield f"Working notes, {in_years(kept.notes_after_13)} after Year 13: {of_students(len(found.notes))} due."
    yield from (f"  {one.student.key}, Year {one.year_group}" for one in found.notes)


def _must_agree(yes: bool) -> None:
    try:
        agreed = yes or typer.prompt("Type ERASE to go on", default="", show_default=False) == "ERASE"
    except typer.Abort:
        agreed = False
    if not agreed:
        raise Refused("nothing was changed: you did not type ERASE")


def of_students(n: int) -> str:
    return f"{n:,} student{'' if n == 1 else 's'}"


def in_years(n: int) -> str:
    return f"{n} year{'' if n == 1 else 's'}"


def _say_dry(n: int) -> None:
    typer.echo(f"{of_students(n)} would be erased again. Nothing was changed.")


def lines_of(file: Path) -> set[tuple[date, str]]:
    try:
        return ledger.read(file)
    except (OSError, UnicodeDecodeError, ledger.NotALedgerError) as problem:
        raise Refused(f"{file} is no list of erasures ({problem}). Name {ledger.FILE} of the school") from None


def erase_again(found: Iterable[Student], school: Institution) -> list[int]:
    return erase(students=found, school=school, why=Why.AGAIN, by=asking(school), at=clock.now())


def finish(school: Institution, done: list[int]) -> None:
    """The disk and the list of erasures, once the transaction is over."""
    problems = clear_up(school, Path(settings.PATHBOOK_FOLDER), settings.PATHBOOK_AUDIT_HEAD_DIR)
    typer.echo(f"Erased: {of_students(len(done))}. Totals are as they were.")
    for problem in problems:
        typer.echo(problem)
    typer.echo(f"Backups made before now still name them: replace them, and keep {ledger.FILE} for a restore.")
