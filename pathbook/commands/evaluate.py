"""`pathbook evaluate`: where the school stands, every criterion with its count."""

from datetime import date
from typing import Annotated

import typer
from rich.console import Console
from rich.table import Table

from pathbook import clock
from pathbook.commands.common import day, say_json, the_school
from pathbook.commands.equity import known_way, say_equity
from pathbook.commands.refusal import Refused
from pathbook.framework.evaluate import Evaluation
from pathbook.framework.sets import SETS, set_in_force
from pathbook.people.models import Institution
from pathbook.reports.equity import WAYS, equity_of, ways_asked
from pathbook.reports.equity import as_json as equity_as_json
from pathbook.reports.evaluation import as_json, evaluation_of
from pathbook.reports.gap import gap_for, gap_said
from pathbook.reports.loop import as_json as loop_as_json
from pathbook.reports.loop import loop_for

WORDED = "What is counted"  # wraps on a narrow terminal, so that no number is cut short
WORDS = {"met": "Met", "in_progress": "In progress", "not_met": "Not met", "unscored": "Not scored"}


def register(app: typer.Typer) -> None:
    app.command()(evaluate)


def evaluate(
    set: Annotated[str | None, typer.Option(help="2025 or 2018; otherwise the set in force that year.")] = None,
    as_of: Annotated[str | None, typer.Option(help="The day asked about, such as 2026-02-01.")] = None,
    by: Annotated[str | None, typer.Option(help=f"Each share by group too: {', '.join(WAYS)}.")] = None,
    equity: Annotated[bool, typer.Option("--equity", help="By every kind of group, and the gaps between.")] = False,
    json: Annotated[bool, typer.Option("--json", help="For machines.")] = False,
) -> None:
    """Every criterion: share, numerator, denominator, status, how judged. Small groups are hidden."""
    ways = ways_asked(known_way(by), equity)
    school = the_school()
    asked = day(as_of, otherwise=clock.today())
    set_id = chosen_set(set, set_in_force(asked))
    evaluation = evaluation_of(school, set_id=set_id, as_of=asked)
    if json:
        loop = loop_as_json(loop_for(school, as_of=asked), gap_for(school, as_of=asked))
        groups = equity_as_json(equity_of(school, set_id=set_id, as_of=asked), ways) if ways else {}
        say_json(as_json(evaluation, school) | loop | groups)
    elif ways:
        say_equity(equity_of(school, set_id=set_id, as_of=asked), ways)
    else:
        Console().print(_table(evaluation, school.name))
        _say_loop(school, asked)


def _say_loop(school: Institution, asked: date) -> None:
    """Whether guidance is acted on: the gap in a sentence, then each step of the loop."""
    say = Console(highlight=False, soft_wrap=True).print
    loop = loop_for(school, as_of=asked)
    say(f"\n{gap_said(gap_for(school, as_of=asked), named=True).sentence}.")
    for figure in loop.figures:
        say(f"  {figure.step.id:<12}  {figure.step.label}: {figure.share} {figure.step.among}")
    for words, days in (("done", loop.days_to_done), ("read", loop.days_to_read)):
        if days is not None:
            say(f"  Half of those {words} were {words} within {days:g} days of the meeting")


def chosen_set(said: str | None, otherwise: str) -> str:
    if said is not None and said not in SETS:
        raise Refused(f"{said!r} is not a benchmark set. Use 2025 or 2018")
    return said or otherwise


def _table(evaluation: Evaluation, name: str) -> Table:
    table = Table(
        title=f"{name}, {evaluation.set.id} set by {evaluation.set.rule}, on {evaluation.as_of:%-d %b %Y}",
        title_justify="left",
    )
    for heading in ("Criterion", WORDED, "Share", "Count", "Status", "Judged"):
        table.add_column(heading, no_wrap=heading != WORDED)
    for benchmark in evaluation.benchmarks:
        table.add_section()
        percent = "" if benchmark.percent is None else f"{benchmark.met} of {benchmark.scored} criteria"
        table.add_row(benchmark.benchmark.id, f"[bold]{benchmark.benchmark.name}", "", percent, WORDS[benchmark.status])
        for result in benchmark.criteria:
            share = result.share
            of = f"{share.percent}%" if share and share.percent is not None else ""
            table.add_row(
                f"  {result.criterion.id}", result.label or result.criterion.statement, of,
                share.label if share else "", WORDS[result.status], result.judged.replace("_", " "),
            )  # fmt: skip
    return table
