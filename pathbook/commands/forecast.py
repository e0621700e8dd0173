"""`pathbook forecast`: where the year would end, with a range, and the fewest more activities that would meet a criterion."""

from typing import Annotated

import typer
from rich.console import Console
from rich.table import Table

from pathbook import clock
from pathbook.commands.common import day, say_json, the_school
from pathbook.commands.evaluate import chosen_set
from pathbook.framework.sets import set_in_force
from pathbook.reports import forecast_score
from pathbook.reports.forecast import Ahead, ahead_of, as_json, fewest_for

MOST_YEARS = 6


def register(app: typer.Typer) -> None:
    app.command()(forecast)


def forecast(
    set: Annotated[str | None, typer.Option(help="2025 or 2018; otherwise the set in force that year.")] = None,
    as_of: Annotated[str | None, typer.Option(help="The day it is made on, such as 2026-02-01.")] = None,
    score: Annotated[
        bool, typer.Option("--score", help="How it would have done from the same day of past years.")
    ] = False,
    json: Annotated[bool, typer.Option("--json", help="For machines.")] = False,
) -> None:
    """Each counted criterion by the end of the school year: now, if all planned happens, and to be expected."""
    school = the_school()
    asked = day(as_of, otherwise=clock.today())
    set_id = chosen_set(set, set_in_force(asked))
    if score:
        said = forecast_score.as_json(forecast_score.score(school, set_id=set_id, as_of=asked, years=MOST_YEARS))
        say_json(said) if json else print(_scored(said["held"], said["open"], said["certain_and_wrong"]))
        return
    ahead = ahead_of(school, set_id=set_id, as_of=asked)
    if json:
        say_json(as_json(ahead, school))
    else:
        _print(ahead)


def _scored(held: int, open_ones: int, wrong: int) -> str:
    return f"Of {open_ones:,} ranges foretold in past years, {held:,} held what came; {wrong:,} said to be certain were not."


def _print(ahead: Ahead) -> None:
    table = Table(title=f"By {ahead.until:%-d %b %Y}, {ahead.known.set_id} set", title_justify="left")
    for heading in ("Criterion", "What is counted", "Now", "If all happens", "Expected", "9 years in 10", "Of"):
        table.add_column(heading, no_wrap=heading != "What is counted")
    for one in ahead.rows:
        total = one.total
        expected = (f"{total.expected:.0f}", f"{total.low:,} to {total.high:,}") if one.known else ("not known", "")
        table.add_row(one.row.id, one.row.label, str(total.now.of), str(total.planned.of), *expected, str(total.out_of))
    Console().print(table)
    say = Console(highlight=False, soft_wrap=True).print
    for id, enough in fewest_for(ahead).items():
        if enough.holdings:
            say(f"{id}: {enough.lacking:,} would lack it. {enough.said}.")
