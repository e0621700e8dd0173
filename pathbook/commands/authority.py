"""`pathbook export authority`: the weekly file of next steps for the local authority."""

from pathlib import Path
from typing import Annotated

import typer
from django.db import transaction

from pathbook import clock
from pathbook.commands.common import asking, say_json, the_school, write_whole
from pathbook.commands.refusal import Refused
from pathbook.exchange.authority.making import Outgoing, outgoing
from pathbook.exchange.authority.send import make
from pathbook.exchange.models import AuthorityFile


def register(app: typer.Typer) -> None:
    exports = typer.Typer(no_args_is_help=True, help="Write a file for somebody outside the school.")
    exports.callback()(_exports)  # with it, a lone command is still called by its name
    exports.command()(authority)
    app.add_typer(exports, name="export")


def _exports() -> None:
    """Write a file for somebody outside the school."""


def authority(
    out: Annotated[
        Path | None, typer.Option("--out", help="The file to write; without it you see what would go.")
    ] = None,
    form: Annotated[str, typer.Option("--format", help="csv or xml")] = "csv",
    json: Annotated[bool, typer.Option("--json", help="For machines.")] = False,
) -> None:
    """Next steps of Years 11 to 13 and of leavers; whoever objects to sharing is left out. Noted for each student in it."""
    school = the_school()
    if form not in AuthorityFile.Kind.values:
        raise Refused(f"{form!r} is neither csv nor xml. Write --format csv or --format xml")
    if out is None:
        _tell(outgoing(school, on=clock.today()), "", json)
        return
    with transaction.atomic():  # a file that cannot be written was never made
        made = make(school=school, kind=form, on=clock.today(), by=asking(school), at=clock.now())
        write_whole(out, made.data, owner_only=True)
    _tell(made.of, str(out), json)


def _tell(going: Outgoing, out: str, json: bool) -> None:
    counts = {"new": len(going.new), "changed": len(going.changed), "gone": len(going.gone)}
    last = going.last.on.isoformat() if going.last else None
    said = {
        "students": len(going.people),
        "left_out": len(going.left_out),
        **counts,
        "since": last,
        "file": out or None,
    }
    if json:
        say_json(said)
        return
    since = f", since {last}: {counts['new']} new, {counts['changed']} changed, {counts['gone']} gone" if last else ""
    where = f"Wrote {out}: " if out else "Would go: "
    typer.echo(f"{where}{len(going.people):,} students{since}. Left out: {len(going.left_out)}.")
