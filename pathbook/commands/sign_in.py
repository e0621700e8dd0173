"""`pathbook sign-in ...`: what a school asks of those who sign in."""

from enum import StrEnum
from typing import Annotated
from urllib.parse import urlsplit

import typer
from django.conf import settings

from pathbook import clock, home
from pathbook.commands.common import asking, the_school
from pathbook.commands.refusal import Refused
from pathbook.people.school import ask_second_step


class With(StrEnum):
    MICROSOFT = "microsoft"
    GOOGLE = "google"
    OTHER = "other"
    OFF = "off"


NAMES = {With.MICROSOFT: "Microsoft", With.GOOGLE: "Google", With.OTHER: "your school account"}
EVERYBODY = ("common", "organizations", "consumers")  # tenants of Microsoft's that let anyone in
LOOPBACK = ("127.0.0.1", "localhost", "::1")


class Switch(StrEnum):
    ON = "on"
    OFF = "off"


def register(app: typer.Typer) -> None:
    asked = typer.Typer(no_args_is_help=True, help="What is asked of those who sign in.")
    asked.callback()(_sign_in)
    asked.command("second-step")(second_step)
    asked.command()(sso)
    app.add_typer(asked, name="sign-in")


def _sign_in() -> None:
    """What is asked of those who sign in."""


def second_step(
    switch: Annotated[Switch, typer.Argument(help="on: staff need an authenticator app or a passkey. off: they may.")],
) -> None:
    """Ask staff for a second step besides their password, or leave it to them."""
    school = the_school()
    ask_second_step(institution=school, of_staff=switch == Switch.ON, by=asking(school), at=clock.now())
    typer.echo(
        "Staff are led to set up a second step when they next sign in."
        if switch == Switch.ON
        else "Staff may sign in with a password alone. Anyone who has a second step is still asked for it."
    )


def sso(
    which: Annotated[With, typer.Argument(help="Whose single sign-on your school uses, or off.")],
    client_id: Annotated[str, typer.Option(help="The client (application) id it gave you.")] = "",
    secret: Annotated[str, typer.Option(envvar="PATHBOOK_SSO_SECRET", help="Its secret; asked for if not said.")] = "",
    tenant: Annotated[str, typer.Option(help="Microsoft: your directory (tenant) id.")] = "",
    domain: Annotated[str, typer.Option(help="Google: your school's domain, such as school.example.")] = "",
    issuer: Annotated[str, typer.Option(help="Other: the issuer's address.")] = "",
) -> None:
    """Let people who were invited sign in with the school's own accounts. Restart the server afterwards."""
    the_school()
    if which == With.OFF:
        home.set_sign_on({})
        typer.echo("Single sign-on is off. Restart the server.")
        return
    where = _issuer(which, tenant, domain, issuer)
    if not client_id:
        raise Refused("say which client it is: --client-id ID, as your provider's page shows it")
    secret = secret or typer.prompt("The client's secret", hide_input=True)
    told = {"name": NAMES[which], "issuer": where, "domain": domain, "client_id": client_id, "secret": secret}
    home.set_sign_on(told)
    host = settings.ALLOWED_HOSTS[0]
    typer.echo(f"People who were invited may sign in with {NAMES[which]}. Restart the server.")
    typer.echo(f"Tell your provider this redirect address:  https://{host}/sign-in/with/school/back/")


def _issuer(which: With, tenant: str, domain: str, issuer: str) -> str:
    """Whose word is taken: one tenant's, one domain's, one issuer's; never anybody's who has a Microsoft account."""
    if which == With.MICROSOFT:
        if not tenant or tenant.lower() in EVERYBODY:
            raise Refused("name your own directory: --tenant ID. 'common' would take the word of any Microsoft account")
        return f"https://login.microsoftonline.com/{tenant}/v2.0"
    if which == With.GOOGLE:
        if not domain:
            raise Refused("name your school's domain: --domain school.example. Otherwise any Google account would do")
        return "https://accounts.google.com"
    told = urlsplit(issuer)
    if not told.hostname or (told.scheme != "https" and told.hostname not in LOOPBACK):
        raise Refused("the issuer's address must begin with https://: --issuer https://login.school.example")
    return issuer
