"""How Northbridge plans: who sees to what, what it costs, what students learn, whom the rest of the year is for; exams."""

from collections import Counter, defaultdict
from collections.abc import Mapping
from datetime import date, datetime, timedelta
from decimal import Decimal
from random import Random

from pathbook.audit import record
from pathbook.audit.models import Verb
from pathbook.demo.happenings import LEADER, moment, new_key
from pathbook.demo.people import Cast
from pathbook.framework.invited import for_years, rule_of
from pathbook.framework.years import YEAR_GROUPS, AcademicYear
from pathbook.people.models import Enrolment, Staff
from pathbook.records.models import Activity, ActivityTemplate, ExamDays, Participation, YearBudget
from pathbook.records.queries.invited import invitable, invited_by

BUDGETS = (4000, 4200, 4500)  # the last three years
COSTS = {
    "workplace_experience": (120, 320),
    "he_visit": (280, 460),
    "provider_encounter": (0, 90),
    "employer_encounter": (0, 60),
}
FAIR = (380, 520)
LEARNT = {
    "employer_encounter": ("CDI2", "CDI4", "SB2"), "workplace_experience": ("CDI1", "CDI2", "SB8"), "he_visit": ("CDI2", "CDI3"),
    "provider_encounter": ("CDI2", "CDI3"), "labour_market_information": ("CDI6",), "careers_lesson": ("CDI3", "SB6"),
    "curriculum_link": ("CDI6",), "transition_event": ("CDI3",), "other": ("CDI4", "SB7", "SB8"),
}  # fmt: skip
EXAMS = (  # what, year groups, first and last day
    ("GCSE mock exams", (11,), (1, 12), (1, 23)),
    ("GCSE exams", (11,), (5, 11), (6, 24)),
    ("A level exams", (13,), (5, 11), (6, 23)),
    ("Year 10 mock exams", (10,), (6, 22), (7, 3)),
)
A_THIRD = 3
FILLED = 21  # days ago


def write_planned(cast: Cast, *, years: list[int], seed: int, today: date) -> None:
    rng = Random(f"planned {seed}")
    at, by = moment(date(years[-1], 9, 3)), {"institution": cast.school, "recorded_by": LEADER}
    for year, pounds in zip(years[-len(BUDGETS) :], BUDGETS[-len(years) :], strict=True):
        YearBudget.objects.create(academic_year=year, pounds=pounds, recorded_at=at, **by)
    for why, groups, first, last in EXAMS:
        days = {"first_day": date(years[-1] + 1, *first), "last_day": date(years[-1] + 1, *last)}
        ExamDays.objects.create(year_groups=list(groups), why=why, recorded_at=at, **days, **by)
    owners = list(Staff.objects.filter(institution=cast.school).order_by("pk")[:6])
    reached = _reached(cast, years[-1])
    rows = list(Activity.objects.filter(institution=cast.school, academic_year__gte=years[-1] - 1).order_by("pk"))
    for row in rows:
        _plan(rng, row, owners, today)
        if row.starts_on > today and row.academic_year == years[-1] and row.capacity is None:
            row.rule = for_years(reached.get(row.pk, ())).kept
    _filled(rows, moment(today - timedelta(days=FILLED), 9), moment(today - timedelta(days=2), 8))
    columns = ["owner", "cost_planned", "cost_spent", "learning_areas", "rule", "rule_filled_at"]
    Activity.objects.bulk_update(rows, columns)
    shape = {"title": "Employer talk", "kind": "employer_encounter", "hours": "1", "learning_areas": ["CDI2", "SB1"]}
    ActivityTemplate.objects.create(key=new_key(rng), title="Employer talk", shape=shape, recorded_at=at, **by)


def _filled(rows: list[Activity], filled: datetime, joined: datetime) -> None:
    """The list of the last to come was filled by its rule, and two have joined it since; so is whoever is down for it."""
    last = next((row for row in reversed(rows) if row.rule and row.starts_on > joined.date()), None)
    if last is None:
        return
    last.rule_filled_at = filled
    down = Participation.objects.filter(activity=last, status=Participation.Status.PLANNED)
    fits = _fits(last, joined.date())
    known = set(Participation.objects.filter(activity=last).values_list("student_id", flat=True))
    said = {"status": Participation.Status.PLANNED, "on": last.starts_on, "recorded_by": LEADER, "recorded_at": filled}
    Participation.objects.bulk_create(
        Participation(activity=last, student_id=pk, **said) for pk in fits if pk not in known
    )
    down = down.filter(student__in=fits)
    down.update(by_rule=True, recorded_at=filled)
    new = list(down.order_by("-student_id").values_list("student_id", flat=True)[:2])
    down.filter(student__in=new).update(recorded_at=joined)
    detail = {"before": None, "after": {"status": "planned"}, "by_rule": True}
    events = [record.Change(Verb.CREATED, "activity", last.pk, pk, detail) for pk in new]
    record.changes(by=record.Someone(None, LEADER, "careers_leader"), at=joined, of=events)


def _fits(activity: Activity, on: date) -> list[int]:
    """Whom its rule invites that day."""
    rule, year = rule_of(activity.rule), AcademicYear(activity.academic_year)
    roll = invitable(activity.institution, year=year, on=on, rules=[rule])
    return sorted(one.pk for one in invited_by(rule, roll))


def _plan(rng: Random, row: Activity, owners: list[Staff], today: date) -> None:
    row.owner = rng.choice(owners) if owners and rng.random() < 0.8 else None
    row.learning_areas = list(LEARNT.get(row.kind, ()))
    low, high = FAIR if "fair" in row.title.lower() else COSTS.get(row.kind, (0, 0))
    cost = Decimal(rng.randrange(low, high + 1, 10)) if high else None
    row.cost_planned = cost or None
    if row.cost_planned is not None and row.ends_on < today:
        row.cost_spent = (
            row.cost_planned + rng.choice((-20, 0, 0, 10, 30)) if row.cost_planned > 20 else row.cost_planned
        )


def _reached(cast: Cast, year: int) -> Mapping[int, list[int]]:
    """Activity -> the year groups of which a third or more is down for it."""
    groups = dict(
        Enrolment.objects.main().filter(institution=cast.school).in_year(year).values_list("student_id", "year_group")
    )
    sizes, found = Counter(groups.values()), defaultdict[int, Counter[int]](Counter)
    rows = Participation.objects.filter(activity__institution=cast.school, activity__academic_year=year)
    for activity, student in rows.values_list("activity_id", "student_id"):
        if student in groups:
            found[activity][groups[student]] += 1
    return {pk: [g for g in YEAR_GROUPS if many[g] and many[g] * A_THIRD >= sizes[g]] for pk, many in found.items()}
