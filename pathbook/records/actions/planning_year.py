"""What a plan of the year rests on besides its activities: days of exams, money to spend, shapes to begin from."""

from collections.abc import Collection
from datetime import date, datetime
from decimal import Decimal

from django.db import transaction

from pathbook.audit import record
from pathbook.audit.models import Verb
from pathbook.people.models import Institution
from pathbook.people.visibility import Viewer
from pathbook.records.models import Activity, ActivityTemplate, ExamDays, YearBudget

SHAPE = (
    "title", "kind", "also", "provider_type", "subject", "sector", "pathway", "technical", "criteria", "learning_areas",
    "capacity", "asks_consent", "rule",
)  # fmt: skip


@transaction.atomic
def say_exams(
    *,
    school: Institution,
    first_day: date,
    last_day: date,
    year_groups: Collection[int],
    why: str,
    by: Viewer,
    at: datetime,
) -> ExamDays:
    """The same days said twice for the same years are one."""
    said = {
        "first_day": first_day,
        "last_day": max(first_day, last_day),
        "year_groups": sorted(year_groups),
        "why": why,
    }
    found, made = ExamDays.objects.get_or_create(
        institution=school, **said, defaults={"recorded_by": by.name, "recorded_at": at}
    )
    if made:
        after = {name: value if isinstance(value, list) else str(value) for name, value in said.items()}
        change = record.Change(Verb.CREATED, "exam_days", found.pk, detail={"after": after})
        record.changes(by=by, at=at, of=[change])
    return found


@transaction.atomic
def end_exams(*, exams: ExamDays, by: Viewer, at: datetime) -> None:
    before: dict[str, object] = {"first_day": str(exams.first_day), "last_day": str(exams.last_day), "why": exams.why}
    before |= {"year_groups": exams.year_groups}
    change = record.Change(Verb.REMOVED, "exam_days", exams.pk, detail={"before": before})
    record.changes(by=by, at=at, of=[change])
    exams.delete()


@transaction.atomic
def say_budget(*, school: Institution, academic_year: int, pounds: Decimal, by: Viewer, at: datetime) -> YearBudget:
    """One figure a year; the audit keeps what it was."""
    said = {"pounds": pounds, "recorded_by": by.name, "recorded_at": at}
    known = YearBudget.objects.filter(institution=school, academic_year=academic_year).first()
    was = str(known.pounds) if known else ""
    found, _ = YearBudget.objects.update_or_create(institution=school, academic_year=academic_year, defaults=said)
    change = record.Change(Verb.CHANGED, "budget", found.pk, detail={"fields": {"pounds": [was, str(pounds)]}})
    record.changes(by=by, at=at, of=[change])
    return found


@transaction.atomic
def keep_as_template(*, activity: Activity, by: Viewer, at: datetime) -> ActivityTemplate:
    """Its shape, to begin others from; kept again under the same title, it takes the place of the one before."""
    shape = {name: getattr(activity, name) for name in SHAPE} | {"hours": str(activity.hours)}
    shape["cost_planned"] = str(activity.cost_planned) if activity.cost_planned is not None else ""
    kept, _ = ActivityTemplate.objects.update_or_create(
        institution=activity.institution, title=activity.title,
        defaults={"shape": shape, "recorded_by": by.name, "recorded_at": at},
    )  # fmt: skip
    change = record.Change(Verb.CREATED, "template", kept.pk, detail={"after": {"from": activity.key}})
    record.changes(by=by, at=at, of=[change])
    return kept


@transaction.atomic
def drop_template(*, template: ActivityTemplate, by: Viewer, at: datetime) -> None:
    """Activities begun from it stay as they are."""
    record.changes(by=by, at=at, of=[record.Change(Verb.REMOVED, "template", template.pk)])
    template.delete()
