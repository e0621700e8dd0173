"""Each benchmark year by year: this one as it stands, the years before as they stood when they ended."""

from collections.abc import Iterable, Sequence
from datetime import date

from django.db.models import Count, Max, Q

from pathbook.audit.last import last_write
from pathbook.framework.evaluate import Evaluation
from pathbook.framework.sets import set_in_force
from pathbook.framework.shares import Share, hide_small_share
from pathbook.framework.years import AcademicYear
from pathbook.people.models import Enrolment, Institution
from pathbook.reports.charts.draw import Chart
from pathbook.reports.charts.years import Panel, years
from pathbook.reports.evaluation import evaluation_of

YEARS_SHOWN = 4


def year_on_year(school: Institution, *, as_of: date, named: bool) -> Chart:
    """This year as it stands and the three before as they stood at their ends, all by the set in force now."""
    set_id = set_in_force(as_of)
    days = (*_year_ends(school, as_of)[-YEARS_SHOWN + 1 :], as_of)
    last = last_write()
    judged = [evaluation_of(school, set_id=set_id, as_of=day, written=last) for day in days]
    panels = [_panel(at, judged, named) for at in range(len(judged[-1].benchmarks))]
    why = "Each panel goes from 0% to 100%. The last dot is this year so far, the others the end of their year."
    return years("years", _most_changed(panels), panels, why=why)


def _year_ends(school: Institution, as_of: date) -> list[date]:
    """The last day of each earlier academic year on which anybody was enrolled, oldest first. One query."""
    this = AcademicYear.of(as_of).start
    rows = Enrolment.objects.main().filter(institution=school, academic_year__lt=this).values("academic_year")
    known = rows.annotate(last=Max("end_date"), running=Count("pk", filter=Q(end_date=None))).order_by("academic_year")
    return [
        AcademicYear(one["academic_year"]).last_day if one["running"] or one["last"] is None else one["last"]
        for one in known
    ]


def _panel(at: int, judged: Sequence[Evaluation], named: bool) -> Panel:
    """By what leads the benchmark now, or led it last: in September nobody may be on the roll yet."""
    benchmark = judged[-1].benchmarks[at].benchmark
    lead = next((one.leads for one in (each.benchmarks[at] for each in reversed(judged)) if one.leads), None)
    shares = [_share_of(lead.criterion.id, evaluation, named) if lead else None for evaluation in judged]
    labels = [evaluation.academic_year.label for evaluation in judged]
    what = lead.label if lead else "Practice"
    return Panel(int(benchmark.id[2:]), benchmark.name, what, tuple(zip(labels, shares, strict=True)))


def _share_of(criterion: str, evaluation: Evaluation, named: bool) -> Share | None:
    found = evaluation.criterion(criterion)
    share = found.share if found else None
    return share if named or share is None else hide_small_share(share)


def _most_changed(panels: Iterable[Panel]) -> str:
    """Between whole years: this one is not over."""
    changes = []
    for panel in panels:
        known = [(label, share.percent) for label, share in panel.years[:-1] if share and share.percent is not None]
        if len(known) > 1:
            changes.append((known[-1][1] - known[0][1], panel.name, known[0][0], known[-1][0]))
    if not changes:
        return "Each benchmark, year by year"
    points, name, since, to = max(changes, key=lambda one: abs(one[0]))
    if points == 0:
        return f"Nothing changed from {since} to {to}"
    return f"{name} {'up' if points > 0 else 'down'} {abs(points)} points, {since} to {to}"
