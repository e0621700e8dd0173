"""Of the programme: activities, who took part, what home said of it, and work placements."""

from collections.abc import Iterable

from django.db.models.functions import TruncDate

from pathbook.exchange.extract.shape import BOOL, DAY, INT, LIST, NUMBER, TEXT, URN, WHO, YEAR, Column, Row, Table, each
from pathbook.people.models import Institution
from pathbook.records.models import Activity, Consent, Participation, Placement


def _activities(school: Institution) -> Iterable[Row]:
    rows = each(
        Activity.objects.not_withdrawn().filter(institution=school), "key", "academic_year", "kind", "also",
        "starts_on", "ends_on", "subject", "provider_type", "sector", "provider__name", "meaningful", "technical",
        "criteria",
    )  # fmt: skip
    for key, *middle, provider, meaningful, technical, criteria in rows:
        yield key, school.urn, *middle, provider or "", meaningful, technical, criteria


def _participations(school: Institution) -> Iterable[Row]:
    rows = Participation.objects.filter(activity__institution=school, activity__withdrawn_at__isnull=True)
    return each(rows, "student__key", "activity__key", "status", "hours", "on")


def _placements(school: Institution) -> Iterable[Row]:
    days = {name: TruncDate(f"{name}_at") for name in ("approved", "done", "called_off")}
    rows = Placement.objects.filter(student__institution=school).annotate(**days)
    told = each(
        rows, "key", "student__key", "host__provider__name", "starts_on", "ends_on", "approved", "done", "called_off",
        "days_done", "part__activity__key",
    )  # fmt: skip
    return ((key, student, host or "", *rest) for key, student, host, *rest in told)


def _consents(school: Institution) -> Iterable[Row]:
    """Not who said it: a parent's name is nobody's figure."""
    rows = Consent.objects.filter(student__institution=school)
    return each(rows, "student__key", "activity__key", "answer", "how", "said_on")


TABLES: tuple[Table, ...] = (
    Table("activities", (
        Column("activity_id", TEXT, "opaque key"), URN, YEAR, Column("kind", TEXT, "as measures name them"),
        Column("also", LIST, "other kinds it counts as"), Column("start_date", DAY, "first day"), Column("end_date", DAY, "last day"),
        Column("subject", TEXT, "of a curriculum link"), Column("provider_type", TEXT, "sixth_form, fe_college, university, training_provider; a he_visit is a university encounter too"),
        Column("sector", TEXT, "sector of work"), Column("employer", TEXT, "name of the employer or provider met first"),
        Column("meaningful", BOOL, "every item of its checklist is ticked; false when it has none"),
        Column("technical", BOOL, "technical education or apprenticeships (provider access)"),
        Column("criteria", LIST, "criteria it was planned for"),
    ), _activities),
    Table("participations", (
        WHO, Column("activity_id", TEXT, "which activity"), Column("status", TEXT, "planned, attended, absent, excused, withdrawn"),
        Column("hours", NUMBER, "hours done"), Column("date", DAY, "the day for this student"),
    ), _participations),
    Table("consents", (
        WHO, Column("activity_id", TEXT, "the visit or placement it is about"),
        Column("answer", TEXT, "asked, given or refused; the latest of a student and activity stands"),
        Column("how", TEXT, "paper, phone, email or page; empty while it is only asked"), Column("date", DAY, "said on"),
    ), _consents),
    Table("placements", (
        Column("placement_id", TEXT, "opaque key"), WHO, Column("employer", TEXT, "name of the host, or empty"),
        Column("start_date", DAY, "first day"), Column("end_date", DAY, "last day"),
        Column("approved_date", DAY, "approved by the school, or null"), Column("done_date", DAY, "recorded that it took place, or null"),
        Column("called_off_date", DAY, "called off, or null"), Column("days", INT, "days that took place, or null"),
        Column("activity_id", TEXT, "the activity its days are counted in, or null"),
    ), _placements),
)  # fmt: skip
