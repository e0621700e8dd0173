"""What last year's leavers meant to do, against what they did."""

from datetime import date

from pathbook.framework.next_steps import NEXT_STEPS, next_step
from pathbook.framework.shares import WHY_HIDDEN, Share, hide_small, hide_small_share
from pathbook.people.models import Institution
from pathbook.records.queries.leavers import what_became
from pathbook.reports.charts.draw import Chart
from pathbook.reports.charts.matrix import matrix


def meant_and_did(school: Institution, *, as_of: date, named: bool) -> Chart:
    """Last year's leavers of Years 11 and 13. Three queries."""
    left = what_became(school, as_of=as_of)
    both = [(next_step(one.intended), next_step(one.actual)) for one in left if one.intended and one.actual]
    names = [name for name in NEXT_STEPS if any(name in pair for pair in both)]
    counts = [both.count((row, column)) for row in names for column in names]
    shown = counts if named else hide_small(counts)
    cells = dict(zip(((row, column) for row in names for column in names), shown, strict=True))
    did = Share(sum(meant == went for meant, went in both), len(both))
    is_told = all(cells[(name, name)] is not None for name in names)
    share = did if named else hide_small_share(did) if is_told else None  # a hidden cell is not worked out from it
    title = "Nothing known of last year's leavers yet"
    if both:
        title = f"{share.percent}% of leavers did as they meant" if share else "What leavers meant to do, and did"
    told = Share(len(both), len(left))
    why = f"{told.label} who left last year said what they meant to do and are known to be somewhere."
    said = [why if named or hide_small_share(told) else "", f"* {WHY_HIDDEN}" if None in shown else ""]
    return matrix("meant", title, names, cells, why=" ".join(filter(None, said)))
