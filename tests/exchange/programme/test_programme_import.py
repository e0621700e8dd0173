"""Years of activities in a spreadsheet come in, whichever of the shapes it has; twice changes nothing; undo restores."""

from datetime import date, timedelta

import pytest

from pathbook.audit.models import Event
from pathbook.exchange.programme.apply import CannotUndoError, apply, plan_of, undo
from pathbook.exchange.programme.found import notes_of
from pathbook.exchange.programme.people import Known
from pathbook.exchange.programme.reading import Shape, read_programme
from pathbook.exchange.tables import UnreadableError
from pathbook.records.actions import attendance
from pathbook.records.actions.voice import reflect
from pathbook.records.models import Activity, Before, GuidanceMeeting, Participation
from tests import make

pytestmark = pytest.mark.django_db


@pytest.fixture
def cast():
    class Cast:
        amara = make.student("Amara", "Ode", year=10, group="10B", upn="H801200001001", mis_id="000123")
        zoe = make.student("Zoë", "Lindqvist", year=10, group="10C", mis_id="000124")
        gone = make.student("Gone", "Leaver", year=11, academic_year=2024, mis_id="000125")
        leader = make.viewer(make.careers_leader())

    return Cast


def read(text, today, dates="", name="past.csv"):
    data = text.encode() if isinstance(text, str) else text
    return read_programme(data, name, known_students=Known(make.school(), today), today=today, dates=dates)


EACH = """Careers programme 2024/25
UPN,Name,Activity,Date,Type,Attended,Hours
H801200001001,Amara Ode,Careers fair,13/10/2025,Employer encounter,Y,2
,Zoe Lindqvist,Careers fair,13/10/2025,Employer encounter,N,
000000,Nobody Here,Careers fair,13/10/2025,,Y,
"""
GROUPS = "Activity,Date,Who,Employer\nApprenticeship talk,14/10/2025,Year 10,Forward Training\nForm talk,15/10/2025,10B;10C,\nLost,15/10/2025,10Z,\n"
MATRIX = "Admission No,Surname,Forename,Careers fair 13/10/2025,University campus visit (2025-11-20),No date\n000123,Ode,Amara,Y,absent,\n000124,Lindqvist,Zoë,,Y,Y\n000125,Leaver,Gone,/,,\n"
MEETINGS = "Name,Date of interview,Adviser,Level,Minutes,Summary\nAmara Ode,20/01/2026,Dan Okafor,6,45,Wants joinery\nZoë Lindqvist,21/01/2026,Dan Okafor,Level 6,,\n"


def test_a_row_a_student_and_activity(cast, today):
    file = read(EACH, today)
    assert file.shape is Shape.EACH
    ((_, fair),) = file.activities.items()
    assert (fair.title, fair.on, fair.kind, fair.guessed) == (
        "Careers fair",
        date(2025, 10, 13),
        "employer_encounter",
        False,
    )
    assert fair.parts == {cast.amara.pk: ("attended", 2.0), cast.zoe.pk: ("absent", 1.0)}
    (problem,) = file.problems
    assert (problem.line, problem.level) == (5, "error") and "with the roll first" in problem.message


def test_a_row_an_activity_for_groups(cast, today):
    file = read(GROUPS, today)
    assert file.shape is Shape.BY_GROUP
    by_title = {a.title: a for a in file.activities.values()}
    assert (
        set(by_title["Apprenticeship talk"].parts) == set(by_title["Form talk"].parts) == {cast.amara.pk, cast.zoe.pk}
    )
    assert by_title["Apprenticeship talk"].kind == "provider_encounter" and by_title["Apprenticeship talk"].guessed
    assert "no such year group" in file.problems[0].message and file.problems[0].line == 4


def test_a_row_a_student_with_a_column_an_activity(cast, today):
    file = read(MATRIX, today)
    assert file.shape is Shape.MATRIX
    fair = file.activities["careers fair", date(2025, 10, 13)]
    assert fair.parts == {cast.amara.pk: ("attended", 1.0), cast.gone.pk: ("attended", 1.0)}
    visit = file.activities["university campus visit", date(2025, 11, 20)]
    assert visit.kind == "he_visit" and visit.parts[cast.amara.pk][0] == "absent"
    assert "Put one in the heading" in file.problems[0].message


def test_past_meetings(cast, today):
    file = read(MEETINGS, today)
    assert file.shape is Shape.MEETINGS
    assert [(m.student, m.on, m.level, m.minutes) for m in file.meetings] == [
        (cast.amara.pk, date(2026, 1, 20), 6, 45), (cast.zoe.pk, date(2026, 1, 21), 6, None),
    ]  # fmt: skip


@pytest.mark.parametrize("text", [EACH, GROUPS, MATRIX, MEETINGS])
def test_the_second_run_changes_nothing(cast, today, now, text):
    first = apply(file=read(text, today), school=make.school(), by=cast.leader, at=now)
    assert first.counts["new"] > 0
    again = plan_of(read(text, today), make.school()).counts()
    assert (again["activities"], again["new"], again["changed"]) == (0, 0, 0)
    assert again["same"] == first.counts["new"]


@pytest.mark.parametrize("text", [EACH, GROUPS, MATRIX, MEETINGS])
def test_undo_takes_all_of_it_back(cast, today, now, text):
    run = apply(file=read(text, today), school=make.school(), by=cast.leader, at=now)
    undo(run=run, by=cast.leader, at=now + timedelta(minutes=1))
    assert Activity.objects.count() == Participation.objects.count() == GuidanceMeeting.objects.count() == 0
    with pytest.raises(CannotUndoError):
        undo(run=run, by=cast.leader, at=now)


def test_a_changed_status_comes_back_on_undo(cast, today, now):
    fair = make.activity("Careers fair", on=date(2025, 10, 13))
    make.participation(cast.zoe, fair)
    run = apply(file=read(EACH, today), school=make.school(), by=cast.leader, at=now)
    assert run.counts["changed"] == 1 and Participation.objects.get(student=cast.zoe).status == "absent"
    undo(run=run, by=cast.leader, at=now)
    assert Participation.objects.get().status == "attended"


def test_what_a_student_made_of_it_since_is_kept_on_undo(cast, today, now):
    run = apply(file=read(EACH, today), school=make.school(), by=cast.leader, at=now)
    reflect(participation=Participation.objects.get(student=cast.zoe), words="Loud", by=cast.leader, at=now)
    undo(run=run, by=cast.leader, at=now + timedelta(minutes=1))
    assert [(one.student, one.words) for one in Before.objects.all()] == [(cast.zoe, "Loud")]


def test_undo_is_refused_once_something_was_recorded_again(cast, today, now):
    run = apply(file=read(EACH, today), school=make.school(), by=cast.leader, at=now)
    attendance.record_attendance(
        activity=Activity.objects.get(), statuses={cast.zoe.pk: "attended"}, by=cast.leader, at=now, visible_on=today
    )
    with pytest.raises(CannotUndoError, match="recorded again"):
        undo(run=run, by=cast.leader, at=now)


def test_every_record_is_noted_and_nothing_is_meaningful_from_a_file(cast, today, now):
    run = apply(file=read(EACH, today), school=make.school(), by=cast.leader, at=now)
    assert Event.objects.filter(verb="imported", student_id__isnull=False, detail__import=run.key).count() == 2
    assert not Activity.objects.get().meaningful
    assert any("checklist" in note for note in notes_of(read(EACH, today)))


def test_dates_that_could_be_either_are_asked(cast, today):
    text = "UPN,Activity,Date\nH801200001001,Talk,3/4/2025\n"
    assert read(text, today).question == "3/4/2025"
    asked = read(text, today, dates="mdy")
    assert next(iter(asked.activities.values())).on == date(2025, 3, 4)


@pytest.mark.parametrize(
    "bad",
    [
        b"",
        b"%PDF-1.7 nothing",
        b"PK\x03\x04broken",
        b"colour,size\nred,3\n",
        b"\x00\x01\x02\x03" * 50,
        b'UPN,Activity,Date\n"open,Talk,',
    ],
)
def test_a_file_that_is_no_programme_is_refused_in_one_sentence(cast, today, bad):
    with pytest.raises(UnreadableError) as refusal:
        read(bad, today)
    assert str(refusal.value).count("\n") == 0


def test_future_dates_are_plans_and_far_ones_mistakes(cast, today):
    file = read("UPN,Activity,Date\nH801200001001,Fair,20/06/2026\nH801200001001,Fair,20/06/2096\n", today)
    assert [a.parts[cast.amara.pk][0] for a in file.activities.values()] == ["planned"]
    assert "too far" in file.problems[0].message
