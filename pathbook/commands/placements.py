"""`pathbook placements remind`: the reminders of placement forms that are due today."""

from typing import Annotated

import typer
from django.conf import settings

from pathbook import clock
from pathbook.commands.common import the_school
from pathbook.commands.refusal import Refused
from pathbook.framework.placements import LINK_LASTS
from pathbook.people.models import Student
from pathbook.people.visibility import command_line
from pathbook.records.actions import placement_forms
from pathbook.records.queries.placements import placements_of


def register(app: typer.Typer) -> None:
    placements = typer.Typer(no_args_is_help=True, help="Work placements and their forms.")
    placements.callback()(_placements)
    placements.command()(remind)
    app.add_typer(placements, name="placements")


def _placements() -> None:
    """Work placements and their forms."""


def remind(
    site: Annotated[str, typer.Option(help="Where Pathbook is served, such as https://careers.school.example.")],
) -> None:
    """Send again each form not answered 7 and 14 days after it was sent; run it each day, it acts once."""
    school, today = the_school(), clock.today()
    if not settings.EMAIL_HOST:
        raise Refused("no mail server is named. Set PATHBOOK_MAIL_HOST")
    if not site.startswith(("https://", "http://")):
        raise Refused(f"{site!r} is no address. Write it whole, such as https://careers.school.example")
    base = site.rstrip("/")
    where = placement_forms.Where(f"{base}/form/", f"{base}/me/placement/")
    rows = placements_of(Student.objects.filter(institution=school)).standing().filter(ends_on__gte=today - LINK_LASTS)
    done = placement_forms.send(
        placements=list(rows.select_related("student__institution", "host__provider")), where=where,
        by=command_line(school), at=clock.now(), on=today, only_due=True,
    )  # fmt: skip
    print(f"{done.mailed} reminders sent, {done.failed} could not be sent" if done.made else "No reminder is due today")
