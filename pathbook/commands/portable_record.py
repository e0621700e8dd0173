"""`pathbook record`: the school's key to give to others, and signed records for students to take along."""

from pathlib import Path
from typing import Annotated

import typer
from django.conf import settings

from pathbook import clock
from pathbook.audit import record as audit
from pathbook.commands.common import asking, say_json, the_school, write_whole
from pathbook.commands.refusal import Refused
from pathbook.commands.subject_access import the_student
from pathbook.exchange.portable.bundle import bundle, leavers
from pathbook.exchange.portable.keys import card_of, published
from pathbook.exchange.portable.writing import portable_record


def register(app: typer.Typer) -> None:
    records = typer.Typer(
        no_args_is_help=True, help="Signed records students take along, and the key to check them by."
    )
    records.command()(key)
    records.command()(write)
    app.add_typer(records, name="record")


def key() -> None:
    """Print this school's public key, for schools and colleges that receive its records."""
    say_json(card_of(published(settings.PATHBOOK_FOLDER, the_school())))


def write(
    out: Annotated[Path, typer.Option(help="The file to write: one record, or a zip of a year's.")],
    student: Annotated[str, typer.Option(help="One student, by UPN.")] = "",
    leaving: Annotated[
        int | None, typer.Option(help="Everyone of this year group, now or last year: 11 or 13.")
    ] = None,
) -> None:
    """Write a signed record for the next school or college: one student's, or those of everyone leaving."""
    school, at, folder = the_school(), clock.now(), settings.PATHBOOK_FOLDER
    if bool(student) == (leaving is not None):
        raise Refused("say whose: --student and a UPN, or --leaving and a year group")
    whose = [the_student(student, school)] if student else leavers(school, year_group=leaving or 0, on=clock.today())
    if not whose:
        raise Refused(f"nobody is or was in Year {leaving} this year or last. Check --leaving")
    if student:
        said = portable_record(whose[0], school, folder=folder, at=at, numbers=True)
    else:
        said = bundle(whose, school, folder=folder, at=at, numbers=True)
    audit.copied(by=asking(school), at=at, students=[one.pk for one in whose])
    write_whole(out, said, owner_only=True)
    typer.echo(f"Wrote {out}: {len(whose)} record{'' if len(whose) == 1 else 's'}, signed.")
