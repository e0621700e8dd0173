"""Logging an activity for many: who attended, in few statements; correcting later; undoing as it was."""

import threading
from datetime import date, timedelta

import pytest
from django.db import IntegrityError, connection, transaction
from django.test.utils import CaptureQueriesContext

from pathbook.audit.models import Event
from pathbook.people.keys import new_key
from pathbook.records.actions import attendance, log, programme
from pathbook.records.actions.programme import Details
from pathbook.records.models import Activity, Participation
from tests import make

FAIR = Details(title="Careers fair", kind="employer_encounter", starts_on=date(2025, 10, 8))


def record(students, now, today, by=None, absent=(), details=FAIR, token=""):
    statuses = {one.pk: "absent" if one in absent else "attended" for one in students}
    leader = by or make.careers_leader()
    return log.log(
        details=details, statuses=statuses, token=token or new_key(), school=make.school(), by=make.viewer(leader),
        at=now, on=today,
    )  # fmt: skip


@pytest.mark.django_db
def test_a_year_group_is_logged_with_its_absentees_each_noted(now, today):
    students = make.students(6)
    activity, logged = record(students, now, today, absent=students[:2])
    assert (logged.attended, logged.other, logged.refused) == (4, 2, 0)
    assert Participation.objects.attended().filter(activity=activity).count() == 4
    events = Event.objects.filter(noun="activity", noun_id=activity.pk, student_id__isnull=False)
    assert events.count() == 6 and {event.actor_name for event in events} == {"Priya Raman"}


@pytest.mark.django_db(transaction=True)
def test_logging_180_takes_no_more_statements_than_logging_30_and_at_most_8(now, today):
    """Beginning and committing are counted too, as on the server."""
    few, many = make.students(30, year=10, group="10A"), make.students(180)
    leader = make.careers_leader()
    used = []
    for students in (few, many):
        with CaptureQueriesContext(connection) as queries:
            record(students, now, today, by=leader)
        used.append(len(queries) - 2)  # less finding the leader's roles and the school, which the door has done
    assert used[0] == used[1] <= 8, used


@pytest.mark.django_db
def test_the_same_form_sent_twice_makes_one(now, today):
    students, token = make.students(3), new_key()
    leader = make.careers_leader()
    first, logged = record(students, now, today, by=leader, token=token)
    again, nothing = record(students, now + timedelta(seconds=1), today, by=leader, token=token)
    assert first == again and logged and nothing is None
    assert Activity.objects.count() == 1 and Participation.objects.count() == 3


@pytest.mark.django_db
def test_a_tutor_records_only_their_own_group(now, today):
    mine, other = make.student("Mine", group="10B"), make.student("Other", group="10C")
    _, logged = record([mine, other], now, today, by=make.form_tutor(make.tutor_group("10B")))
    assert logged.refused == 1
    assert list(Participation.objects.values_list("student", flat=True)) == [mine.pk]


@pytest.mark.django_db
@pytest.mark.parametrize("maker", [make.governor, make.data_manager, make.stranger])
def test_who_may_not_write_records_nothing(maker, now, today):
    _, logged = record(make.students(2), now, today, by=maker())
    assert logged.refused == 2 and Participation.objects.count() == 0


@pytest.mark.django_db
def test_undo_takes_back_the_activity_it_made(now, today):
    activity, logged = record(make.students(3), now, today)
    undone = log.undo_log(activity=activity, said_at=logged.at, by=make.viewer(make.careers_leader()), at=now, on=today)
    activity.refresh_from_db()
    assert undone == 3 and Participation.objects.count() == 0 and activity.withdrawn_at


@pytest.mark.django_db
def test_undo_of_a_correction_puts_back_what_was_there_before(now, today):
    one, other = make.students(2)
    activity, _ = record([one, other], now, today)
    leader, later = make.viewer(make.careers_leader()), now + timedelta(minutes=5)
    attendance.record_attendance(activity=activity, statuses={one.pk: "absent"}, by=leader, at=later, visible_on=today)
    assert Participation.objects.get(student=one).status == "absent"
    attendance.undo(activity=activity, said_at=later, by=leader, at=later + timedelta(minutes=1), visible_on=today)
    back = Participation.objects.get(student=one)
    assert (back.status, back.hours) == ("attended", 1)


@pytest.mark.django_db
def test_undo_is_refused_once_someone_was_recorded_again_or_it_was_undone(now, today):
    (one,) = make.students(1)
    activity, logged = record([one], now, today)
    leader, later = make.viewer(make.careers_leader()), now + timedelta(minutes=5)
    attendance.record_attendance(activity=activity, statuses={one.pk: "absent"}, by=leader, at=later, visible_on=today)
    with pytest.raises(attendance.NothingToUndoError, match="recorded again"):
        attendance.undo(activity=activity, said_at=logged.at, by=leader, at=later, visible_on=today)
    assert Participation.objects.get().status == "absent"


@pytest.mark.django_db
def test_recording_the_same_again_changes_and_notes_nothing(now, today):
    (one,) = make.students(1)
    activity, _ = record([one], now, today)
    before = Event.objects.count()
    again = attendance.record_attendance(
        activity=activity,
        statuses={one.pk: "attended"},
        by=make.viewer(make.careers_leader()),
        at=now,
        visible_on=today,
    )
    assert again.changed == 0 and Event.objects.count() == before


@pytest.mark.django_db
def test_the_second_editor_overwrites_nothing(now):
    leader = make.viewer(make.careers_leader())
    activity = programme.plan(details=FAIR, school=make.school(), by=leader, at=now)
    renamed = Details(title="Careers fair, hall", kind="employer_encounter", starts_on=date(2025, 10, 8))
    programme.change(activity=activity, details=renamed, version=1, by=leader, at=now)
    with pytest.raises(programme.ChangedMeanwhileError):
        programme.change(activity=activity, details=FAIR, version=1, by=leader, at=now)
    activity.refresh_from_db()
    assert activity.title == "Careers fair, hall" and activity.version == 2
    assert Event.objects.get(verb="changed").detail["fields"]["title"] == ["Careers fair", "Careers fair, hall"]


@pytest.mark.django_db
def test_an_activity_counts_as_meaningful_only_with_its_whole_checklist(now):
    leader = make.viewer(make.careers_leader())
    whole = ("GB5-1", "GB5-2", "GB5-3", "GB5-4")
    for ticked, meaningful in ((whole, True), (whole[:3], False), ((), False)):
        details = Details(title="Fair", kind="employer_encounter", starts_on=date(2025, 10, 8), checklist=ticked)
        assert programme.plan(details=details, school=make.school(), by=leader, at=now).meaningful is meaningful


@pytest.mark.django_db
@pytest.mark.parametrize(
    "wrong",
    [
        lambda: make.activity(ends_on=date(2025, 1, 1)),
        lambda: make.activity(withdrawn_by="someone"),
        lambda: make.guidance_meeting(make.student(), status="held", held_on=None),
        lambda: make.guidance_meeting(make.student(), status="booked", held_on=date(2026, 1, 1)),
        lambda: make.enrol(make.student(), end_date=date(2024, 1, 1)),
        lambda: make.enrol(make.student()),
        lambda: make.role(make.account(), "form_tutor", place="tutor_group"),
        lambda: make.role(make.account(), "governor", ends_on=date(2020, 1, 1)),
        lambda: [make.student(mis_id="7"), make.student(mis_id="7")],
    ],
)
def test_the_database_refuses_nonsense(wrong):
    with pytest.raises(IntegrityError), transaction.atomic():
        wrong()


@pytest.mark.django_db(transaction=True)
def test_two_people_logging_the_same_year_group_at_once_leave_exact_counts(now, today):
    students = make.students(20)
    activity = make.activity()
    leaders = [make.viewer(make.careers_leader(f"Leader {n}")) for n in range(4)]
    failed = []

    def write(leader, status, at):
        try:
            attendance.record_attendance(
                activity=activity, statuses={one.pk: status for one in students}, by=leader, at=at, visible_on=today
            )
        except Exception as problem:
            failed.append(problem)
        finally:
            connection.close()

    threads = [
        threading.Thread(target=write, args=(leader, "attended" if n % 2 else "absent", now + timedelta(seconds=n)))
        for n, leader in enumerate(leaders)
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert failed == []
    assert Participation.objects.count() == 20
    assert len(set(Participation.objects.values_list("status", flat=True))) == 1, "the last word stands for all"
