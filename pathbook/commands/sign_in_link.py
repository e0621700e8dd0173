"""A way back in for somebody who forgot their password: made only by whoever runs the server, and noted."""

from typing import Annotated

import typer
from django.db import transaction

from pathbook import clock
from pathbook.audit import record
from pathbook.audit.models import Verb
from pathbook.commands.common import asking, the_school
from pathbook.commands.refusal import Refused
from pathbook.commands.school import link
from pathbook.people.models import Account


def register(app: typer.Typer) -> None:
    app.command("link")(sign_in_link)


def sign_in_link(
    email: Annotated[str, typer.Argument(help="The e-mail address they sign in with.")],
    port: Annotated[int, typer.Option(help="Where Pathbook is served, for the link.")] = 8000,
) -> None:
    """Print a sign-in link for somebody who has lost theirs or forgotten their password."""
    school = the_school()
    account = Account.objects.filter(email__iexact=email.strip(), is_active=True, roles__institution=school).first()
    if account is None:
        raise Refused(f"nobody signs in with {email.strip()!r}. Check the address on the page Staff and roles")
    made = record.Change(Verb.CREATED, "sign-in link", account.pk)
    with transaction.atomic():
        record.changes(by=asking(school), at=clock.now(), of=[made])
    typer.echo(f"For {account.name}, for two weeks at most:  {link(account, port)}")
    typer.echo("Ask them to set a new password at once: that ends the link.")
