"""Groups compared on the criteria that are a student's own: one against everyone else, and tutor groups side by side."""

from collections.abc import Iterable, Mapping
from datetime import date

from pathbook.framework.facts import SchoolFacts
from pathbook.framework.judge import Judged, count, rows_for
from pathbook.framework.measure import Measure
from pathbook.framework.measures import is_a_gap
from pathbook.framework.sets import set_in_force
from pathbook.framework.shares import SMALL, Share, hide_small_share, small_rows
from pathbook.people.audience import audience_of
from pathbook.people.models import Enrolment, Institution
from pathbook.reports.charts.bars import Bar, bars
from pathbook.reports.charts.dots import Pair, dots
from pathbook.reports.charts.draw import Chart
from pathbook.reports.evaluation import evaluation_of
from pathbook.reports.students import WHO

GROUPS_SHOWN = 30
FOR_ALL = "pp"  # the one group whoever sees no names is shown: two that overlap could be subtracted
FIRST = "GB5.1"
NOBODY = SchoolFacts(())


def equity_gap(school: Institution, *, as_of: date, who: str, named: bool) -> Chart:
    """One group against everyone else on the roll, over every criterion that is a student's own. One query."""
    asked = who if named and who in WHO else FOR_ALL
    label, which = WHO[asked]
    set_id = set_in_force(as_of)
    rows = Enrolment.objects.main().current(as_of).filter(institution=school, **which)
    inside = set(rows.values_list("student__key", flat=True))
    judged = evaluation_of(school, set_id=set_id, as_of=as_of).counted
    halves = tuple(tuple(one for one in judged if (one.student_id in inside) == within) for within in (True, False))
    pairs = [_pair(row, halves, as_of, named) for row in rows_for(set_id, audience_of(school.kind)) if is_a_gap(row.id)]
    why = f"Full dot: {label.lower()}. Hollow dot: everyone else. A line with fewer than {SMALL} students either way is hidden."
    return dots("equity", _widest(pairs, label), label, pairs, why=why)


def _pair(measure: Measure, halves: Iterable[tuple[Judged, ...]], as_of: date, named: bool) -> Pair:
    group, others = (count(measure, half, NOBODY, as_of).share for half in halves)
    too_few = min(group.out_of, others.out_of) < SMALL
    tells = not named and None in (hide_small_share(group), hide_small_share(others))
    return Pair(measure.label, None, None) if too_few or tells else Pair(measure.label, group, others)


def _widest(pairs: Iterable[Pair], label: str) -> str:
    gaps = [(pair.gap, pair.label) for pair in pairs if pair.gap is not None]
    behind = [one for one in gaps if one[0] > 0]
    if not gaps:
        return f"{label}: too few students to compare"
    return f"{label}: {len(behind)} of {len(gaps)} measures behind" if behind else f"{label}: behind in nothing"


def by_groups(school: Institution, *, as_of: date, row: str, named: bool) -> Chart:
    """Tutor groups on one criterion, furthest behind first; year groups for whoever sees no names."""
    measure = measure_named(row, school, as_of)
    judged = evaluation_of(school, set_id=set_in_force(as_of), as_of=as_of).counted
    found = _grouped((one for one in judged if one.applies(measure.id)), measure.id, named)
    hidden = frozenset() if named else small_rows([(share,) for share in found.values()])
    rows = [Bar(name, None if at in hidden else share) for at, (name, share) in enumerate(found.items())]
    if named:
        rows.sort(key=lambda one: (one.share.percent or 0 if one.share else 0, one.label))
    first = next((one for one in rows if one.share), None)
    title = (
        f"{first.label} is furthest behind: {first.share.percent}%"
        if first and first.share and named
        else measure.label
    )
    cut = f"The {GROUPS_SHOWN} furthest behind of {len(rows)}." if len(rows) > GROUPS_SHOWN else ""
    why = " ".join(said for said in (f"{measure.label}." if named else "", cut) if said)
    return bars("groups", title, f"{measure.label}, by group", rows[:GROUPS_SHOWN], why=why)


def own_measures(school: Institution, as_of: date) -> dict[str, Measure]:
    """The rows that are a student's own, as they ask an institution of this kind."""
    rows = rows_for(set_in_force(as_of), audience_of(school.kind))
    return {one.id: one for one in rows if is_a_gap(one.id)}


def measure_named(row: str, school: Institution, as_of: date) -> Measure:
    known = own_measures(school, as_of)
    return known.get(row) or next(one for id, one in known.items() if id.startswith(FIRST))


def _grouped(judged: Iterable[Judged], row: str, named: bool) -> Mapping[str, Share]:
    had: dict[str, list[bool]] = {}
    for one in judged:
        had.setdefault((one.tutor_group or "No tutor group") if named else f"Year {one.year_group}", []).append(
            one.verdicts[row].met
        )
    ordered = sorted(had.items(), key=lambda one: one[0].rjust(8))
    return {name: Share(sum(met), len(met)) for name, met in ordered}
