"""The tables of the extract: their columns, types and meanings, and the rows that fill them.

Pseudonymous: a student is an opaque key. With names, `students` says who is who. Withdrawn activities are
left out, with all that hangs on them. Rows are streamed; none of these functions holds a table in memory.
"""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from functools import cache
from typing import Any

from django.db.models import Count, F, Q, QuerySet
from django.db.models.functions import TruncDate
from django.utils.crypto import salted_hmac

from pathbook.audit.models import Event, Verb
from pathbook.exchange.extract import staff
from pathbook.people.characteristics import absence_band, ethnic_group
from pathbook.people.models import Enrolment, Institution, Sen, Student, SubjectStudied
from pathbook.records.models import (
    Action,
    Activity,
    Aspiration,
    Cohort,
    CohortStudent,
    Consent,
    Destination,
    Evidence,
    GuidanceMeeting,
    Intention,
    Offer,
    Participation,
    Placement,
    PriorRecord,
    Statement,
)
from pathbook.records.models.action import PROVED
from pathbook.uptake.counting import EVERYONE
from pathbook.uptake.models import Observation, Survey, TrainingSession
from pathbook.uptake.queries.results import results_of

Row = tuple[Any, ...]
TEXT, INT, BOOL, DAY, NUMBER, LIST = "VARCHAR", "INTEGER", "BOOLEAN", "DATE", "DOUBLE", "VARCHAR[]"


@dataclass(frozen=True, slots=True)
class Column:
    """`type` is DuckDB's; `meaning` is what docs/extract.md prints."""

    name: str
    type: str
    meaning: str


@dataclass(frozen=True, slots=True)
class Table:
    """One Parquet file. `rows` gives tuples in the order of the columns; `as_of`: it is asked for a day too."""

    name: str
    columns: tuple[Column, ...]
    rows: Callable[..., Iterable[Row]]
    as_of: bool = False

    def rows_on(self, school: Institution, on: date) -> Iterable[Row]:
        return self.rows(school, on) if self.as_of else self.rows(school)


def _statements(school: Institution) -> Iterator[Row]:
    """Those taken back are left out; never the words."""
    rows = Statement.objects.standing().filter(institution=school).order_by("pk")
    return _each(rows, "key", "institution__urn", "set_id", "academic_year", "criterion", "answer", "said_on")


def _statement_evidence(school: Institution) -> Iterator[Row]:
    rows = Evidence.objects.standing().filter(institution=school).order_by("pk")
    return _each(rows, "institution__urn", "set_id", "academic_year", "criterion", "kind", "added_on", "expires_on")


def _each(rows: QuerySet[Any], *names: str | F) -> Iterator[Row]:
    yield from rows.order_by("pk").values_list(*names).iterator(chunk_size=5000)


def _institutions(school: Institution) -> Iterable[Row]:
    return [(school.urn, school.name, school.kind, school.la_code, school.region)]


def _students(school: Institution) -> Iterable[Row]:
    for (key,) in _each(Student.objects.filter(institution=school), "key"):
        yield key, school.urn


def _students_named(school: Institution) -> Iterable[Row]:
    for student in Student.objects.filter(institution=school).order_by("pk").iterator(chunk_size=5000):
        yield student.key, school.urn, student.upn, student.legal_surname, student.legal_forename, student.name


def _enrolments(school: Institution) -> Iterable[Row]:
    rows = _each(
        Enrolment.objects.filter(institution=school), "student__key", "academic_year", "registration", "year_group",
        "tutor_group__name", "sen", "fsm", "pupil_premium", "looked_after", "start_date", "end_date",
    )  # fmt: skip
    for key, year, registration, group, form, sen, *rest in rows:
        yield key, school.urn, year, registration, group, form or "", sen, sen == Sen.EHCP, *rest


def _circumstances(school: Institution) -> Iterator[Row]:
    """By the group each page compares, never what it is made from: a band of absence, a main ethnic group."""
    rows = _each(
        Enrolment.objects.main().filter(institution=school), "student__key", "academic_year", "start_date",
        "student__sex", "eal", "young_carer", "ethnicity", "absence",
    )  # fmt: skip
    for key, year, start, sex, eal, carer, ethnicity, absence in rows:
        yield key, year, start, sex, eal, carer, ethnic_group(ethnicity), absence_band(absence)


def _subjects(school: Institution) -> Iterable[Row]:
    rows = SubjectStudied.objects.filter(student__institution=school)
    return _each(rows, "student__key", "academic_year", "subject")


def _activities(school: Institution) -> Iterable[Row]:
    rows = _each(
        Activity.objects.not_withdrawn().filter(institution=school), "key", "academic_year", "kind", "also",
        "starts_on", "ends_on", "subject", "provider_type", "sector", "provider__name", "meaningful", "technical",
        "criteria",
    )  # fmt: skip
    for key, *middle, provider, meaningful, technical, criteria in rows:
        yield key, school.urn, *middle, provider or "", meaningful, technical, criteria


def _participations(school: Institution) -> Iterable[Row]:
    rows = Participation.objects.filter(activity__institution=school, activity__withdrawn_at__isnull=True)
    return _each(rows, "student__key", "activity__key", "status", "hours", "on")


def _placements(school: Institution) -> Iterable[Row]:
    days = {name: TruncDate(f"{name}_at") for name in ("approved", "done", "called_off")}
    rows = Placement.objects.filter(student__institution=school).annotate(**days)
    told = _each(
        rows, "key", "student__key", "host__provider__name", "starts_on", "ends_on", "approved", "done", "called_off",
        "days_done", "part__activity__key",
    )  # fmt: skip
    return ((key, student, host or "", *rest) for key, student, host, *rest in told)


def _guidance(school: Institution) -> Iterable[Row]:
    rows = GuidanceMeeting.objects.filter(institution=school).annotate(
        has_summary=~Q(summary=""), away=~Q(elsewhere="")
    )
    told = _each(
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
    return _each(
        rows, "key", "student__key", "meeting__key", "owner", "agreed_on", "due_on", "closed_on", "outcome",
        "proved",
    )  # fmt: skip


def _aspirations(school: Institution) -> Iterable[Row]:
    rows = Aspiration.objects.filter(student__institution=school)
    return _each(rows, "student__key", "said_on", "pathway", "soc2020", "sector", "certainty")


def _intentions(school: Institution) -> Iterable[Row]:
    return _each(Intention.objects.filter(student__institution=school), "student__key", "recorded_on", "code")


def _consents(school: Institution) -> Iterable[Row]:
    """Not who said it: a parent's name is nobody's figure."""
    rows = Consent.objects.filter(student__institution=school)
    return _each(rows, "student__key", "activity__key", "answer", "how", "said_on")


def _offers(school: Institution) -> Iterable[Row]:
    """Not who made them: the name of a small college would say who somebody is."""
    return _each(Offer.objects.filter(student__institution=school), "key", "student__key", "on", "status", "suitable")


def _destinations(school: Institution) -> Iterable[Row]:
    rows = Destination.objects.filter(student__institution=school)
    return _each(rows, "student__key", "as_of", "code", "source")


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


def _prior_records(school: Institution) -> Iterable[Row]:
    rows = PriorRecord.objects.filter(student__institution=school)
    return _each(rows, "student__key", "outcome", "received_on")


def _readings(school: Institution) -> Iterable[Row]:
    keys = dict(Student.objects.filter(institution=school).values_list("pk", "key"))
    opened = Event.objects.filter(noun="student", verb__in=(Verb.READ, Verb.READ_OWN), student_id__isnull=False)
    for student, role, verb, day in _each(
        opened.annotate(day=TruncDate("at")), "student_id", "actor_role", "verb", "day"
    ):
        if student in keys:
            yield keys[student], role, verb == Verb.READ_OWN, day


def _survey_results(school: Institution, on: date) -> Iterable[Row]:
    """Only what the results page shows: of surveys that are over, with what is hidden there left out."""
    for survey in Survey.objects.closed_by(on).filter(institution=school).order_by("pk"):
        about = (
            survey.key,
            school.urn,
            survey.template,
            survey.audience,
            survey.is_named,
            survey.opens_on,
            survey.closes_on,
        )
        for answer in results_of(survey, on=on, broken_down=True).answers:
            asked = (answer.question.code, answer.question.kind, answer.question.criterion)
            lines = [(EVERYONE, "", one.label, one.share) for one in answer.lines]
            lines += [(way.part, one.value, "Agree", one.share) for way in answer.ways for one in way.lines]
            for part, value, label, share in lines:
                if share is not None:
                    yield *about, *asked, part, value, label, share.of, share.out_of


def _observations(school: Institution) -> Iterable[Row]:
    """One row for each thing looked for; whose book it was is in no extract."""
    rows = Observation.objects.seen().filter(round__institution=school).select_related("round")
    for one in rows.order_by("pk").iterator(chunk_size=5000):
        criteria = {look.code: look.criterion for look in one.round.looks}
        for code, answer in one.found.items():
            about = (one.round.key, school.urn, one.round.kind, one.year_group, one.subject)
            yield *about, code, criteria.get(code, ""), answer, one.seen_on


def _training(school: Institution) -> Iterable[Row]:
    rows = TrainingSession.objects.filter(institution=school).annotate(came=Count("attendances"))
    for key, topic, day, came in _each(rows, "key", "topic", "held_on", "came"):
        yield key, school.urn, topic, day, came


WHO = Column(
    "student_id", TEXT, "opaque key of the student, the same in every table and in every extract of this school"
)
STAFF = Column("staff_id", TEXT, "number of a member of staff, the same in the tables of this one extract")
URN = Column("urn", INT, "unique reference number of the school")
YEAR = Column("academic_year", INT, "the year it begins: 2025 is 2025/26")
NAMES = (
    Column("upn", TEXT, "unique pupil number, empty when there is none"),
    Column("surname", TEXT, "legal surname"),
    Column("forename", TEXT, "legal forename"),
    Column("name", TEXT, "as the student is called"),
)

TABLES: tuple[Table, ...] = (
    Table("institutions", (
        URN, Column("name", TEXT, "its name"), Column("kind", TEXT, "school, special, college, training_provider, alternative_provision"),
        Column("la_code", TEXT, "local authority, three digits"), Column("region", TEXT, "region"),
    ), _institutions),
    Table("students", (WHO, URN), _students),
    Table("enrolments", (
        WHO, URN, YEAR, Column("registration", TEXT, "main or subsidiary (dual registration); only main counts in a denominator"),
        Column("year_group", INT, "7 to 13"), Column("tutor_group", TEXT, "as the school writes it, such as 10B"),
        Column("sen", TEXT, "N none, K support, E education, health and care plan"), Column("ehcp", BOOL, "sen is E"),
        Column("fsm", BOOL, "free school meals"), Column("pupil_premium", BOOL, "pupil premium"),
        Column("looked_after", BOOL, "looked after"), Column("start_date", DAY, "first day"),
        Column("end_date", DAY, "last day, null while it runs"),
    ), _enrolments),
    Table("circumstances", (
        WHO, YEAR, Column("start_date", DAY, "first day of the main enrolment it is of"),
        Column("sex", TEXT, "F, M, U not known, or empty"), Column("eal", BOOL, "English as an additional language"),
        Column("young_carer", BOOL, "young carer"), Column("ethnic_group", TEXT, "main group, never the code"),
        Column("absence", TEXT, "band of sessions missed that year, never the figure"),
    ), _circumstances),
    Table("subjects", (WHO, YEAR, Column("subject", TEXT, "a subject studied that year")), _subjects),
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
    Table("readings", (
        WHO, Column("reader_role", TEXT, "the role of whoever opened the record"), Column("own_record", BOOL, "the student's own record"),
        Column("read_date", DAY, "opened on"),
    ), _readings),
    Table("survey_results", (
        Column("survey_id", TEXT, "opaque key"), URN, Column("template", TEXT, "which ready survey it was made from"),
        Column("audience", TEXT, "students, parents, staff, employers"), Column("named", BOOL, "answered under names"),
        Column("opens_date", DAY, "first day"), Column("closes_date", DAY, "last day; only surveys that are over are here"),
        Column("question", TEXT, "code of the question in the bank; own-… of the school's own, whose words stay in the school"), Column("kind", TEXT, "scale, choice, multiple, ranking"),
        Column("criterion", TEXT, "criterion it is evidence for, or empty"),
        Column("part", TEXT, "all, year, sen, premium; form only under names"), Column("value", TEXT, "which year group, yes or no, or which form"),
        Column("answer", TEXT, "the answer counted; of a part always Agree"), Column("number", INT, "how many gave it; fewer than 5 are left out, as on the page"),
        Column("out_of", INT, "of how many"),
    ), _survey_results, as_of=True),
    Table("observations", (
        Column("round_id", TEXT, "opaque key of the round"), URN, Column("kind", TEXT, "book_look, walkthrough, learning_walk, conversation"),
        Column("year_group", INT, "7 to 13"), Column("subject", TEXT, "the subject it was seen in, or empty"),
        Column("look", TEXT, "code of what was looked for"), Column("criterion", TEXT, "criterion it is evidence for"),
        Column("result", TEXT, "seen, partly, not_seen"), Column("seen_date", DAY, "looked at on"),
    ), _observations),
    Table("training", (
        Column("session_id", TEXT, "opaque key"), URN, Column("topic", TEXT, "code of what it was about"),
        Column("held_date", DAY, "held on"), Column("came", INT, "how many of the staff came"),
    ), _training),
    Table("staff", (
        STAFF, URN, Column("listed", BOOL, "in the school's list of staff; false: known by a role alone"),
        Column("start_date", DAY, "works here from, where it is known"), Column("end_date", DAY, "and until"),
    ), staff.staff),
    Table("staff_roles", (
        STAFF, Column("role", TEXT, "role held, by an account that may sign in"), Column("start_date", DAY, "from"),
        Column("end_date", DAY, "until, empty while it is held"),
    ), staff.staff_roles),
    Table("staff_days", (
        STAFF, Column("kind", TEXT, "signed_in, or trained: came to a session"), Column("date", DAY, "that day"),
    ), staff.staff_days),
    Table("statements", (
        Column("statement_id", TEXT, "opaque key"), URN, Column("set", TEXT, "benchmark set: 2025 or 2018"),
        Column("academic_year", INT, "the year it begins in"), Column("criterion", TEXT, "criterion stated"),
        Column("answer", TEXT, "met, in_progress, not_met; of a counted criterion a band, which decides nothing"),
        Column("said_date", DAY, "stands from this day, until the next row of the same criterion and year in this order"),
    ), _statements),
    Table("statement_evidence", (
        URN, Column("set", TEXT, "benchmark set: 2025 or 2018"), Column("academic_year", INT, "the year it begins in"),
        Column("criterion", TEXT, "criterion it is evidence for"), Column("kind", TEXT, "link, file, activity, survey, training, observation"),
        Column("added_date", DAY, "counts from this day"), Column("expires_date", DAY, "and to this one"),
    ), _statement_evidence),
)  # fmt: skip

STUDENTS_WITH_NAMES = Table("students", (WHO, URN, *NAMES), _students_named)
