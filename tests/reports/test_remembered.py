"""What is remembered of each student is what would be found by reading everything again, whatever was done since."""

from datetime import date, timedelta

import pytest
from django.db import connection
from django.db.models.signals import post_delete, post_save
from django.test.utils import CaptureQueriesContext

from pathbook.audit import record
from pathbook.audit.models import Verb
from pathbook.exchange.programme import apply as past
from pathbook.exchange.programme.people import Known
from pathbook.exchange.programme.reading import read_programme
from pathbook.framework.judge import judge_facts
from pathbook.people.keys import new_key
from pathbook.records.actions import attendance, guidance, log, programme
from pathbook.records.actions.programme import Details
from pathbook.records.facts import population, student_facts
from pathbook.reports import remembered
from tests import conftest, make

pytestmark = pytest.mark.django_db
DAY = date(2025, 10, 8)


@pytest.fixture
def school():
    return make.school()


@pytest.fixture
def leader():
    return make.viewer(make.careers_leader())


@pytest.fixture
def students(school):
    found = make.students(3, year=11, group="11A")
    for act in (post_save, post_delete):  # from here on only the audit may tell what changed
        act.disconnect(conftest._forget)
    return found


def seen(school, today):
    roll = population(school, as_of=today)
    return {pk: one.judged for pk, one in remembered.seen(roll, school=school, set_id="2025", as_of=today).items()}


def found(school, today):
    roll = population(school, as_of=today)
    judged = judge_facts(student_facts(roll, as_of=today, school=school), "2025", today)
    return {one.pk: verdict for one, verdict in zip(roll, judged, strict=True)}


def test_nothing_written_nothing_read_but_the_audit(school, students, today):
    seen(school, today)
    roll = population(school, as_of=today)
    with CaptureQueriesContext(connection) as queries:
        remembered.seen(roll, school=school, set_id="2025", as_of=today)
    assert len(queries) == 1 and "audit_event" in queries[0]["sql"]


def test_whatever_is_done_the_next_page_knows_it(school, students, leader, today, now):
    """Every act of the programme, of guidance and of imports, one after another, each followed by a look."""
    moment = (now + timedelta(minutes=n) for n in range(50))
    full = Details("Fair", "employer_encounter", DAY, checklist=("GB5-1", "GB5-2", "GB5-3", "GB5-4"))
    statuses = {one.pk: "attended" for one in students}
    before = seen(school, today)
    fair, _ = log.log(
        details=full, statuses=statuses, token=new_key(), school=school, by=leader, at=next(moment), on=today
    )
    assert seen(school, today) == found(school, today) != before
    at = next(moment)
    attendance.record_attendance(activity=fair, statuses={students[0].pk: "absent"}, by=leader, at=at, visible_on=today)
    assert seen(school, today) == found(school, today)
    attendance.undo(activity=fair, said_at=at, by=leader, at=next(moment), visible_on=today)
    assert seen(school, today) == found(school, today)
    fair.refresh_from_db()
    programme.change(
        activity=fair,
        details=Details("Fair", "employer_encounter", DAY),
        version=fair.version,
        by=leader,
        at=next(moment),
    )
    assert not seen(school, today)[students[1].pk].verdicts["GB5.1"].met
    assert seen(school, today) == found(school, today)
    for act in (programme.withdraw, programme.put_back):
        act(activity=fair, by=leader, at=next(moment))
        assert seen(school, today) == found(school, today)
    said = guidance.Held(date(2026, 1, 9), "Dan Okafor", 6, 45, "Wants joinery", nothing_agreed=True)
    held = guidance.record_meeting(student=students[2], school=school, held=said, by=leader, at=next(moment))
    assert seen(school, today)[students[2].pk].verdicts["GB8.1a"].met and seen(school, today) == found(school, today)
    guidance.take_back(meeting=held, by=leader, at=next(moment))
    assert seen(school, today) == found(school, today)
    file = read_programme(
        b"Name,Activity,Date\nStudent0 Number0000,Talk,13/10/2025\n",
        "past.csv",
        known_students=Known(school, today),
        today=today,
    )
    run = past.apply(file=file, school=school, by=leader, at=next(moment))
    assert run.counts["new"] == 1 and seen(school, today) == found(school, today)
    past.undo(run=run, by=leader, at=next(moment))
    assert seen(school, today) == found(school, today)


def test_only_who_was_written_about_is_read_again(school, students, leader, today, now):
    seen(school, today)
    make.participation(students[0], make.activity(on=DAY))
    make.participation(students[1], make.activity("Second", on=DAY))
    opened = record.Change(Verb.READ_OWN, "student", students[0].pk, students[0].pk)
    record.changes(by=leader, at=now, of=[opened])
    known, real = seen(school, today), found(school, today)
    assert known[students[0].pk] == real[students[0].pk]
    assert known[students[1].pk] != real[students[1].pk], "written past the audit, so not known: this is what it costs"


def test_few_days_are_kept(school, students, today):
    for back in range(10):
        seen(school, today - timedelta(days=back))
    assert len(remembered._memories) == remembered.DAYS_KEPT
