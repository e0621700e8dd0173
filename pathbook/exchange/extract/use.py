"""Of the use: who read records, what surveys and monitoring found, and who of the staff there is."""

from collections.abc import Iterable
from datetime import date

from django.db.models import Count
from django.db.models.functions import TruncDate

from pathbook.audit.models import Event, Verb
from pathbook.exchange.extract import staff
from pathbook.exchange.extract.shape import BOOL, DAY, INT, TEXT, URN, WHO, Column, Row, Table, each
from pathbook.people.models import Institution, Student
from pathbook.uptake.counting import EVERYONE
from pathbook.uptake.models import Observation, Survey, TrainingSession
from pathbook.uptake.queries.results import results_of


def _readings(school: Institution) -> Iterable[Row]:
    keys = dict(Student.objects.filter(institution=school).values_list("pk", "key"))
    opened = Event.objects.filter(noun="student", verb__in=(Verb.READ, Verb.READ_OWN), student_id__isnull=False)
    for student, role, verb, day in each(
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
    for key, topic, day, came in each(rows, "key", "topic", "held_on", "came"):
        yield key, school.urn, topic, day, came


STAFF = Column("staff_id", TEXT, "number of a member of staff, the same in the tables of this one extract")

TABLES: tuple[Table, ...] = (
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
)  # fmt: skip
