"""Of each student: guidance and what was agreed, hopes and next steps, earlier records, and cohorts chosen."""

from collections.abc import Iterable
from functools import cache

from django.db.models import Q
from django.utils.crypto import salted_hmac

from pathbook.exchange.extract.shape import BOOL, DAY, INT, TEXT, WHO, Column, Row, Table, each
from pathbook.people.models import Institution
from pathbook.records.models import (
    Action,
    Aspiration,
    Cohort,
    CohortStudent,
    Destination,
    GuidanceMeeting,
    Intention,
    Offer,
    PriorRecord,
)
from pathbook.records.models.action import PROVED


def _guidance(school: Institution) -> Iterable[Row]:
    rows = GuidanceMeeting.objects.filter(institution=school).annotate(
        has_summary=~Q(summary=""), away=~Q(elsewhere="")
    )
    told = each(
        rows, "student__key", "key", "status", "booked_on", "held_on", "minutes", "adviser_level", "has_summary",
        "nothing_agreed", "adviser_name", "away", "confirmation__answer", "confirmation__said_on",
    )  # fmt: skip
    return ((*row, _pseudonym(str(name)), away, answer, on) for *row, name, away, answer, on in told)


@cache
def _pseudonym(name: str) -> str:
    """By name, as the loop counts advisers, since one from outside is known by nothing else; only this school can redo it."""
    return salted_hmac("pathbook.extract.adviser", name).hexdigest()[:12] if name else ""


def _actions(school: Institution) -> Iterable[Row]:
    rows = Action.objects.filter(student__institution=school).annotate(proved=PROVED)
    return each(
        rows, "key", "student__key", "meeting__key", "owner", "agreed_on", "due_on", "closed_on", "outcome",
        "proved",
    )  # fmt: skip


def _aspirations(school: Institution) -> Iterable[Row]:
    rows = Aspiration.objects.filter(student__institution=school)
    return each(rows, "student__key", "said_on", "pathway", "soc2020", "sector", "certainty")


def _intentions(school: Institution) -> Iterable[Row]:
    return each(Intention.objects.filter(student__institution=school), "student__key", "recorded_on", "code")


def _offers(school: Institution) -> Iterable[Row]:
    """Not who made them: the name of a small college would say who somebody is."""
    return each(Offer.objects.filter(student__institution=school), "key", "student__key", "on", "status", "suitable")


def _destinations(school: Institution) -> Iterable[Row]:
    rows = Destination.objects.filter(student__institution=school)
    return each(rows, "student__key", "as_of", "code", "source")


def _prior_records(school: Institution) -> Iterable[Row]:
    rows = PriorRecord.objects.filter(student__institution=school)
    return each(rows, "student__key", "outcome", "received_on")


def _chosen(school: Institution) -> Iterable[Row]:
    """A student once for each choice they are in; a choice holds until the next of the same."""
    choices = list(Cohort.objects.standing(school))
    ended = {row.pk: next((one.set_on for one in choices[at + 1 :] if _of(one) == _of(row)), None)
             for at, row in enumerate(choices)}  # fmt: skip
    rows = CohortStudent.objects.filter(cohort__in=choices).order_by("cohort_id", "student_id").select_related("cohort")
    for row in rows.select_related("student"):
        one = row.cohort
        yield row.student.key, one.set_id, one.criterion, one.set_on, ended[one.pk]


def _of(row: Cohort) -> tuple[str, str]:
    return row.set_id, row.criterion


TABLES: tuple[Table, ...] = (
    Table("guidance", (
        WHO, Column("meeting_id", TEXT, "opaque key"), Column("status", TEXT, "booked, held, not_attended, cancelled"),
        Column("booked_date", DAY, "the day the booking was made"), Column("held_date", DAY, "the day it was held, or null"),
        Column("minutes", INT, "how long"), Column("adviser_level", INT, "the adviser's qualification level"),
        Column("has_summary", BOOL, "a shared summary is written"), Column("nothing_agreed", BOOL, "recorded that nothing was agreed"),
        Column("adviser_id", TEXT, "opaque key of the adviser, the same in every extract of this school; empty if none is named"),
        Column("elsewhere", BOOL, "held at another school and brought along: counts for the student, and is left out of the loop"),
        Column("student_said", TEXT, "what the student says of what was agreed: helped, happened, not; null while they have not said"),
        Column("student_said_date", DAY, "the day they said it, or null"),
    ), _guidance),
    Table("actions", (
        Column("action_id", TEXT, "opaque key"), WHO, Column("meeting_id", TEXT, "the meeting it was agreed in, or null"),
        Column("owner_role", TEXT, "student, adviser, tutor, careers_leader, other"), Column("agreed_date", DAY, "agreed on"),
        Column("due_date", DAY, "due by"), Column("closed_date", DAY, "closed on, or null"),
        Column("outcome", TEXT, "done, not_needed, carried_on, or empty while open"), Column("has_evidence", BOOL, "evidence is linked"),
    ), _actions),
    Table("aspirations", (
        WHO, Column("said_date", DAY, "said on"), Column("pathway", TEXT, "sixth_form, fe_college, t_level, apprenticeship, university, employment, undecided"),
        Column("soc2020", TEXT, "unit group, or empty"), Column("sector", TEXT, "sector of work"), Column("certainty", INT, "1 to 5, or null"),
    ), _aspirations),
    Table("intentions", (WHO, Column("recorded_date", DAY, "recorded on"), Column("code", TEXT, "from the school's table")), _intentions),
    Table("offers", (
        Column("offer_id", TEXT, "opaque key"), WHO, Column("date", DAY, "the day of its latest status"),
        Column("status", TEXT, "applied, offered, accepted, declined by the student or refused"),
        Column("suitable", BOOL, "does it suit the student; null while nobody said"),
    ), _offers),
    Table("destinations", (
        WHO, Column("as_of", DAY, "where they were on this day"), Column("code", TEXT, "from the school's table"), Column("source", TEXT, "by whose word"),
    ), _destinations),
    Table("prior_records", (WHO, Column("outcome", TEXT, "received, none_held"), Column("date", DAY, "received or asked on")), _prior_records),
    Table("chosen", (
        WHO, Column("set", TEXT, "2025 or 2018; empty: both"),
        Column("criterion", TEXT, "what it was chosen for; empty: every counted criterion without a choice of its own"),
        Column("start_date", DAY, "chosen on"), Column("end_date", DAY, "the day of the next choice, null while it holds"),
    ), _chosen),
)  # fmt: skip
