"""`pathbook allocate`: who gets which scarce place and why, who waits, and how fair it is. It changes nothing."""

from collections.abc import Mapping
from datetime import date
from typing import Annotated, Any

import typer
from rich.console import Console
from rich.table import Column, Table

from pathbook import clock
from pathbook.allocation.answer import Allocation
from pathbook.allocation.improve import fair_start, improve
from pathbook.commands.common import asking, say_json, the_school
from pathbook.commands.refusal import Refused
from pathbook.needs.places.offers import Scarce, open_activities, open_slots
from pathbook.needs.places.problem import problem_of
from pathbook.needs.places.settings import limit_of
from pathbook.people.models import Institution
from pathbook.records.models import Activity

NEAR, SECONDS = 0.01, 55.0  # a gap this small is not worth waiting for; nor is one more than a minute


def register(app: typer.Typer) -> None:
    app.command()(allocate)


def allocate(
    activity: Annotated[list[str] | None, typer.Option(help="Only this activity, by its ID; more may follow.")] = None,
    guidance: Annotated[bool, typer.Option("--guidance", help="Only guidance slots, or these too.")] = False,
    json: Annotated[bool, typer.Option("--json", help="For machines.")] = False,
    more: Annotated[list[str] | None, typer.Argument(metavar="[ID]...", help="Further activities.")] = None,
) -> None:
    """Who gets which place, and why: every free slot and limited activity, or those named. Nothing is booked."""
    school = the_school()
    scarce = _scarce(school, [*(activity or ()), *(more or ())], guidance, clock.today())
    problem = problem_of(school, scarce, on=clock.today(), limit=limit_of(school))
    answer = fair_start(problem)
    if answer.gap > NEAR:
        answer = improve(problem, answer, SECONDS)
    if json:
        say_json(as_json(answer))
    else:
        _print(answer)


def _scarce(school: Institution, ids: list[str], guidance: bool, today: date) -> Scarce:
    everything = not ids and not guidance
    wants_slots = guidance or everything
    slots = open_slots(asking(school), school, at=clock.now(), on=today) if wants_slots else []
    limited = open_activities(school, on=today)
    if everything:
        return Scarce(True, slots, limited)
    by_id = {one.key: one for one in limited}
    for id in ids:
        if id not in by_id:
            raise Refused(_why_not(school, id))
    return Scarce(wants_slots, slots, [by_id[id] for id in dict.fromkeys(ids)])


def _why_not(school: Institution, id: str) -> str:
    """One line for an activity whose places cannot be given."""
    one = Activity.objects.not_withdrawn().of_our_own().filter(institution=school, key=id).first()
    if one is None:
        return f"there is no activity {id!r} in the programme. Take its ID from the address of its page"
    if one.capacity is None:
        return f"{one.title} has no limit on places, so everyone who needs it can be put down. Give it a capacity first"
    return f"{one.title} has begun or is in another school year, so its places cannot be given. Choose one to come"


def as_json(answer: Allocation) -> dict[str, Any]:
    """The shape the measures document for `pathbook allocate --json`."""
    return {
        "objective": answer.objective,
        "bound": answer.bound,
        "offers": [
            {"offer_id": one.id, "kind": one.kind, "start": one.start.isoformat(), "end": one.end.isoformat(),
             "capacity": one.capacity}
            for one in answer.problem.offers
        ],
        "places": [
            {"student_id": one.student, "offer_id": one.offer, "value": one.value, "need": one.need, "why": one.why}
            for one in answer.places
        ],
        "waiting": [{"student_id": one.student, "value": one.value, "why": one.why} for one in answer.waiting],
    }  # fmt: skip


def _print(answer: Allocation) -> None:
    """Who and why, who waits and what would change it, each group beside its lot, and how near the best this is."""
    console = Console()
    titles = {one.id: one.name for one in answer.problem.offers}
    console.print(_places(answer, titles))
    console.print(_waiting(answer))
    console.print(_groups(answer))
    places, waiting = len(answer.places), len({one.student for one in answer.waiting if not one.placed})
    console.print(
        f"{places:,} places given; {waiting:,} students wait with no place. Need met: {answer.objective:.2f} of at most "
        f"{answer.bound:.2f} that could be met as fairly, a gap of {answer.gap:.1%}.\nNothing is booked. A person "
        "confirms places on the page Guidance, Places."
    )


def _places(answer: Allocation, titles: Mapping[str, str]) -> Table:
    table = Table(
        Column("Student", no_wrap=True), "Place", "Need", "Why", title="Who gets a place", title_justify="left"
    )
    for one in answer.places:
        table.add_row(one.student, titles[one.offer], f"{one.value:.2f}", one.why)
    return table


def _waiting(answer: Allocation) -> Table:
    table = Table(Column("Student", no_wrap=True), "Need", "Why not", "What it would take", title="Who waits",
                  title_justify="left")  # fmt: skip
    for one in answer.waiting:
        table.add_row(one.student, f"{one.value:.2f}", one.why, one.needs)
    return table


def _groups(answer: Allocation) -> Table:
    table = Table("Group", "Students", "With a place", "Need met", "By lot", "", title="Each group against a lot",
                  title_justify="left")  # fmt: skip
    for one in answer.groups:
        table.add_row(one.group, str(one.students), str(one.placed), f"{one.share:.0%}", f"{one.share_by_lot:.0%}",
                      "fair" if one.fair else "below the limit")  # fmt: skip
    return table
