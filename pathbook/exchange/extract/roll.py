"""Of the roll: the school, its students by opaque key, their enrolments, circumstances and subjects."""

from collections.abc import Iterable, Iterator

from pathbook.exchange.extract.shape import BOOL, DAY, INT, TEXT, URN, WHO, YEAR, Column, Row, Table, each
from pathbook.people.characteristics import absence_band, ethnic_group
from pathbook.people.models import Enrolment, Institution, Sen, Student, SubjectStudied


def _institutions(school: Institution) -> Iterable[Row]:
    return [(school.urn, school.name, school.kind, school.la_code, school.region)]


def _students(school: Institution) -> Iterable[Row]:
    for (key,) in each(Student.objects.filter(institution=school), "key"):
        yield key, school.urn


def _students_named(school: Institution) -> Iterable[Row]:
    for student in Student.objects.filter(institution=school).order_by("pk").iterator(chunk_size=5000):
        yield student.key, school.urn, student.upn, student.legal_surname, student.legal_forename, student.name


def _enrolments(school: Institution) -> Iterable[Row]:
    rows = each(
        Enrolment.objects.filter(institution=school), "student__key", "academic_year", "registration", "year_group",
        "tutor_group__name", "sen", "fsm", "pupil_premium", "looked_after", "start_date", "end_date",
    )  # fmt: skip
    for key, year, registration, group, form, sen, *rest in rows:
        yield key, school.urn, year, registration, group, form or "", sen, sen == Sen.EHCP, *rest


def _circumstances(school: Institution) -> Iterator[Row]:
    """By the group each page compares, never what it is made from: a band of absence, a main ethnic group."""
    rows = each(
        Enrolment.objects.main().filter(institution=school), "student__key", "academic_year", "start_date",
        "student__sex", "eal", "young_carer", "ethnicity", "absence",
    )  # fmt: skip
    for key, year, start, sex, eal, carer, ethnicity, absence in rows:
        yield key, year, start, sex, eal, carer, ethnic_group(ethnicity), absence_band(absence)


def _subjects(school: Institution) -> Iterable[Row]:
    rows = SubjectStudied.objects.filter(student__institution=school)
    return each(rows, "student__key", "academic_year", "subject")


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
)  # fmt: skip

STUDENTS_WITH_NAMES = Table("students", (WHO, URN, *NAMES), _students_named)
