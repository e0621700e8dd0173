"""`pathbook use`: is it recorded, within reach, and used."""

from datetime import date
from typing import Annotated

import typer
from rich.console import Console
from rich.table import Table

from pathbook import clock
from pathbook.commands.common import day, say_json, the_school
from pathbook.exchange.roll.freshness import freshness_of
from pathbook.framework.in_words import day_in_words
from pathbook.people.models import Institution
from pathbook.reports.gap import gap_for, gap_said
from pathbook.reports.use import LISTS, Counted, as_json, counted_of, use_facts

QUESTIONS = {
    "record": "Do we record it?",
    "reach": "Can staff get hold of it?",
    "use": "Is it used?",
    "loop": "Is guidance acted on?",
}


def register(app: typer.Typer) -> None:
    app.command()(use)


def use(
    as_of: Annotated[str | None, typer.Option(help="The day asked about, such as 2026-02-01.")] = None,
    json: Annotated[bool, typer.Option("--json", help="For machines.")] = False,
) -> None:
    """Is it recorded, can staff get hold of it, is it used: each figure, with its trend by term."""
    school = the_school()
    asked = day(as_of, otherwise=clock.today())
    if json:
        say_json(as_json(school, as_of=asked))
    else:
        _say(school, asked)


def _say(school: Institution, asked: date) -> None:
    console = Console(highlight=False)
    counted = counted_of(use_facts(school, as_of=asked), asked)
    console.print(_table(counted, f"{school.name}, on {day_in_words(asked)}"))
    fresh = freshness_of(school, on=asked)
    loaded = f"last loaded {day_in_words(fresh.loaded_on)}" if fresh.loaded_on else "never loaded from a file"
    console.print(f"Roll: {fresh.students:,} students, {loaded}.", soft_wrap=True)
    console.print(f"{gap_said(gap_for(school, as_of=asked), named=True).sentence}.", soft_wrap=True)


def _table(counted: tuple[Counted, ...], title: str) -> Table:
    table = Table(title=title, title_justify="left")
    for heading in ("Figure", "Now", "By term"):
        table.add_column(heading, no_wrap=heading == "Now")
    for name in LISTS:
        table.add_section()
        table.add_row(f"[bold]{QUESTIONS[name]}", "", "")
        for one in counted:
            if one.figure.asks == name:
                percents = " ".join("–" if s.percent is None else f"{s.percent}%" for _, s in one.trend)
                table.add_row(f"  {one.figure.label}, of {one.figure.among}", str(one.share), percents)
    return table
