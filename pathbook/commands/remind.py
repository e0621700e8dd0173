"""`pathbook remind`: by e-mail, of what staff are asked to do after a look at books and lessons; each morning."""

from typing import Annotated

import typer
from django.conf import settings

from pathbook import clock
from pathbook.commands.common import the_school
from pathbook.commands.refusal import Refused
from pathbook.people.visibility import command_line
from pathbook.uptake.actions.follow_up_reminding import remind as send_reminders
from pathbook.uptake.queries.follow_ups import to_remind_of


def register(app: typer.Typer) -> None:
    app.command()(remind)


def remind(
    address: Annotated[str, typer.Option("--address", help="Where staff open Pathbook, for the mail to say.")] = "",
) -> None:
    """Remind of what is late or due within three days, once a week each; run it each day."""
    if not settings.EMAIL_HOST:
        raise Refused("no mail server is named. Set PATHBOOK_MAIL_HOST; until then reminders stand in Pathbook alone")
    school, today = the_school(), clock.today()
    due = to_remind_of(school, on=today)
    done = send_reminders(follow_ups=due, where=address, by=command_line(school), at=clock.now(), on=today)
    print(f"{done.reminded} reminded of, {done.mailed} written to")
    if done.failed:
        raise Refused(f"the mail was not taken for {', '.join(done.failed)}. It is tried again tomorrow")
