"""`pathbook audit head`: the seal of the audit's last event, to be kept where this machine's owner cannot reach."""

from pathlib import Path
from typing import Annotated

import typer
from django.conf import settings

from pathbook import clock
from pathbook.audit import chain, heads
from pathbook.audit.heads import Noted
from pathbook.commands.common import the_school
from pathbook.commands.refusal import Refused
from pathbook.people import letters
from pathbook.people.models import Institution, Role

SUBJECT = "The audit's head, {day}"
LETTER = """Keep this message. It shows how far the audit of {school} went today:

{line}

If the audit is ever in doubt, put these lines in a file and run: pathbook check --heads FILE
"""


def register(app: typer.Typer) -> None:
    audit = typer.Typer(no_args_is_help=True, help="The record of who did or read what.")
    audit.callback()(_audit)
    audit.command()(head)
    app.add_typer(audit, name="audit")


def _audit() -> None:
    """The record of who did or read what."""


def head(
    out: Annotated[Path | None, typer.Option(help="Add the line to this file instead of printing it.")] = None,
    mail: Annotated[bool, typer.Option("--mail", help="Send it to the data protection officer.")] = False,
) -> None:
    """Say how far the audit goes, in one line that a later rewriting would not fit."""
    school, at = the_school(), clock.now()
    if out:
        _to_file(out)
    if mail:
        _to_the_officer(school, Noted(at, chain.head()))
    if not out and not mail:
        typer.echo(str(Noted(at, chain.head())))


def _to_file(out: Path) -> None:
    try:
        heads.note_in(out, at=clock.now())
    except OSError as error:
        raise Refused(f"{out} cannot be written ({error.strerror}). Name a file in a folder that can") from None


def _to_the_officer(school: Institution, line: Noted) -> None:
    to = letters.addresses(school, Role.DPO, on=clock.today())
    if not settings.EMAIL_HOST:
        raise Refused("no mail server is named. Set PATHBOOK_MAIL_HOST, or use --out FILE")
    if not to:
        raise Refused("nobody is the data protection officer. Give somebody that role, or use --out FILE")
    day = f"{line.at.day} {line.at:%b %Y}"
    if not letters.send(to, SUBJECT.format(day=day), LETTER.format(school=school.name, line=line)):
        raise Refused("the mail server did not take it. Check PATHBOOK_MAIL_HOST, or use --out FILE")
