"""Actions end with what became of them and what proves it; undone while nothing rests on it; two people do not collide."""

import threading
from datetime import date, timedelta

import pytest
from django.db import connection

from pathbook.audit.models import Event
from pathbook.people.models import Place, Role
from pathbook.records.actions.agreeing import ChangedMeanwhileError, What, agree, put_right
from pathbook.records.actions.closing import ActionRefusedError, Closing, Opened, close, correct, open_again, reopen
from pathbook.records.models import Action
from pathbook.records.queries.actions import actions_closable_by, actions_owned_by, actions_visible_to
from tests import make

pytestmark = pytest.mark.django_db
ON, AT, LATER = make.TODAY, make.NOW, make.NOW + timedelta(minutes=5)


@pytest.fixture
def amara():
    return make.student("Amara", group="10B")


@pytest.fixture
def leader():
    return make.viewer(make.careers_leader())


@pytest.fixture
def action(amara):
    return make.action(amara, "Visit the college")


def end(action, by, outcome="done", **said):
    return close(actions=[action], closing=Closing(outcome, **said), by=by, at=AT, on=ON)


def test_done_with_what_was_attended_as_its_proof(action, amara, leader):
    came = make.participation(amara, make.activity())
    end(action, leader, attended=came)
    action.refresh_from_db()
    assert (action.outcome, action.closed_on, action.closed_by) == ("done", ON, "Priya Raman")
    assert action.is_proved and action.attended == came


def test_carried_on_opens_one_in_its_place(action, leader):
    end(action, leader, "carried_on", due_on=date(2026, 3, 1))
    action.refresh_from_db()
    onward = action.carried_to
    assert onward.what == action.what and onward.due_on == date(2026, 3, 1) and onward.closed_on is None
    assert Action.objects.still_open(ON).get() == onward


@pytest.mark.parametrize(
    ("outcome", "said"),
    [
        ("carried_on", {}),
        ("carried_on", {"due_on": date(2026, 2, 4)}),
        ("done", {"due_on": date(2026, 3, 1)}),
        ("lost", {}),
    ],
)
def test_what_cannot_be_is_refused_and_changes_nothing(action, leader, outcome, said):
    with pytest.raises(ActionRefusedError):
        end(action, leader, outcome, **said)
    action.refresh_from_db()
    assert action.closed_on is None and Action.objects.count() == 1


def test_another_students_attendance_proves_nothing(action, leader):
    theirs = make.participation(make.student("Ben"), make.activity())
    with pytest.raises(ActionRefusedError, match="same student"):
        end(action, leader, attended=theirs)


def test_of_two_people_the_second_is_told_and_the_first_stands(action, leader):
    mine, theirs = Action.objects.get(), Action.objects.get()
    end(mine, leader, evidence="A letter")
    said = close(actions=[theirs], closing=Closing("not_needed"), by=leader, at=LATER, on=ON)
    assert said.actions == () and said.left == (theirs,)
    action.refresh_from_db()
    assert (action.outcome, action.evidence) == ("done", "A letter")


def test_undone_as_it_was_with_what_it_was_carried_on_to(action, leader):
    end(action, leader, "carried_on", due_on=date(2026, 3, 1))
    assert reopen(said_at=AT, by=leader, at=LATER) == Opened(1, 0)
    action.refresh_from_db()
    assert action.closed_on is None and action.outcome == "" and Action.objects.count() == 1
    with pytest.raises(ActionRefusedError, match="nothing to undo"):
        reopen(said_at=AT, by=leader, at=LATER)


def test_not_undone_once_where_it_was_carried_on_to_has_moved(action, leader):
    end(action, leader, "carried_on", due_on=date(2026, 3, 1))
    close(actions=[Action.objects.get(closed_on=None)], closing=Closing("done"), by=leader, at=LATER, on=ON)
    with pytest.raises(ActionRefusedError, match="changed since"):
        reopen(said_at=AT, by=leader, at=LATER)


def test_nobody_undoes_what_is_not_theirs(action, leader):
    end(action, leader)
    with pytest.raises(ActionRefusedError):
        reopen(said_at=AT, by=make.viewer(make.careers_leader("Somebody else")), at=LATER)


def test_an_old_undo_does_not_touch_what_somebody_else_closed_since(action, leader):
    other = make.viewer(make.careers_leader("Somebody else"))
    end(action, leader)
    reopen(said_at=AT, by=leader, at=LATER)
    close(actions=[action], closing=Closing("not_needed"), by=other, at=LATER + timedelta(minutes=1), on=ON)
    with pytest.raises(ActionRefusedError, match="changed it since"):
        reopen(said_at=AT, by=leader, at=LATER + timedelta(minutes=2))
    action.refresh_from_db()
    assert (action.outcome, action.closed_by) == ("not_needed", "Somebody else")


def test_of_many_undone_those_changed_since_stay_and_are_counted(amara, action, leader):
    second = make.action(amara, "Write a CV")
    close(actions=[action, second], closing=Closing("done"), by=leader, at=AT, on=ON)
    second.refresh_from_db()
    correct(action=second, closing=Closing("done", "A letter"), version=2, by=leader, at=LATER, on=ON)
    assert reopen(said_at=AT, by=leader, at=LATER + timedelta(minutes=1)) == Opened(1, 1)
    assert list(Action.objects.still_open(ON)) == [action]


def test_a_closing_put_right_later_with_what_shows_it(action, leader):
    end(action, leader)
    action.refresh_from_db()
    correct(action=action, closing=Closing("done", "Applied on 3 March"), version=2, by=leader, at=LATER, on=ON)
    action.refresh_from_db()
    assert (action.evidence, action.closed_on, action.version) == ("Applied on 3 March", ON, 3)
    with pytest.raises(ActionRefusedError, match="changed this since"):
        correct(action=action, closing=Closing("not_needed"), version=2, by=leader, at=LATER, on=ON)


def test_what_is_carried_on_is_opened_again_before_it_ends_otherwise(action, leader):
    end(action, leader, "carried_on", due_on=date(2026, 3, 1))
    action.refresh_from_db()
    with pytest.raises(ActionRefusedError, match="Open it again first"):
        correct(action=action, closing=Closing("done"), version=2, by=leader, at=LATER, on=ON)


def test_opened_again_long_after_unless_it_moved_meanwhile(action, leader):
    end(action, make.viewer(make.careers_leader("Somebody else")))
    action.refresh_from_db()
    with pytest.raises(ActionRefusedError):
        open_again(action=action, version=1, by=leader, at=LATER)
    open_again(action=action, version=2, by=leader, at=LATER)
    assert list(Action.objects.still_open(ON)) == [action]


@pytest.mark.django_db(transaction=True)
def test_of_thirty_at_once_one_carries_it_on_and_all_others_are_told():
    action, by = make.action(make.student()), make.viewer(make.careers_leader())
    start, told, broken = threading.Barrier(30), [], []

    def ask(n):
        try:
            start.wait()
            said = Closing("carried_on", due_on=date(2026, 3, 1))
            told.append(close(actions=[action], closing=said, by=by, at=AT + timedelta(seconds=n), on=ON))
        except Exception as problem:
            broken.append(problem)
        finally:
            connection.close()

    threads = [threading.Thread(target=ask, args=(n,)) for n in range(30)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert broken == []
    assert sorted(len(one.actions) for one in told) == [0] * 29 + [1]
    assert Action.objects.count() == 2 and Event.objects.filter(noun="action").count() == 1


def test_a_hundred_at_once_ask_as_often_as_ten(amara, leader, django_assert_max_num_queries):
    for many in (10, 100):
        rows = [make.action(amara, f"Action {n}") for n in range(many)]
        with django_assert_max_num_queries(9):
            close(actions=rows, closing=Closing("done"), by=leader, at=AT, on=ON)
    assert not Action.objects.still_open(ON).exists()


def test_the_audit_says_what_became_of_it_and_never_its_words(action, leader):
    end(action, leader, evidence="canary-evidence")
    said = str(list(Event.objects.filter(noun="action").values_list("detail", flat=True)))
    assert "done" in said and "canary" not in said and "college" not in said


def test_put_right_only_while_it_stands_as_it_was_shown(action, leader):
    put_right(action=action, what=What("Visit both colleges", "tutor", date(2026, 4, 1)), version=1, by=leader, at=AT)
    action.refresh_from_db()
    assert (action.what, action.owner, action.version) == ("Visit both colleges", "tutor", 2)
    with pytest.raises(ChangedMeanwhileError):
        put_right(action=action, what=What("Mine", "tutor", date(2026, 4, 1)), version=1, by=leader, at=AT)


def test_agreed_outside_a_meeting_once_however_often_it_is_sent(amara, leader):
    for _ in "12":
        agree(
            student=amara,
            what=What("Write a CV", "student", date(2026, 3, 1)),
            key="abcdefghjkmn",
            by=leader,
            at=AT,
            on=ON,
        )
    assert Action.objects.get().meeting is None
    with pytest.raises(ActionRefusedError):
        agree(
            student=amara,
            what=What("Too late", "student", date(2026, 1, 1)),
            key="bbcdefghjkmn",
            by=leader,
            at=AT,
            on=ON,
        )


def test_a_student_closes_their_own_and_no_one_elses(amara):
    someone = make.account("Amara herself")
    make.role(someone, Role.STUDENT, Place.STUDENT, student=amara)
    hers, tutors = make.action(amara, "Hers"), make.action(amara, "The tutor's", owner="tutor")
    other = make.action(make.student("Ben"), "His")
    her = make.viewer(someone)
    assert list(actions_closable_by(her, ON)) == [hers]
    assert set(actions_visible_to(her, ON)) == {hers, tutors} and other not in actions_visible_to(her, ON)


def test_a_tutor_closes_theirs_for_their_group_and_sees_the_rest(amara):
    tutor = make.viewer(make.form_tutor(make.tutor_group("10B")))
    hers, mine = make.action(amara, "Hers"), make.action(amara, "Mine", owner="tutor")
    elsewhere = make.action(make.student("Ben", group="10C"), "Theirs", owner="tutor")
    assert list(actions_closable_by(tutor, ON)) == [mine] == list(actions_owned_by(tutor, ON))
    assert set(actions_visible_to(tutor, ON)) == {hers, mine} and elsewhere not in actions_visible_to(tutor, ON)


def test_an_advisers_are_those_of_their_own_meetings(amara):
    dan, lena = (make.account(name) for name in ("Dan Okafor", "Lena Moss"))
    for one in (dan, lena):
        make.role(one, Role.ADVISER)
    met = make.guidance_meeting(amara, adviser=make.staff("Dan Okafor", account=dan))
    his = make.action(amara, "His", owner="adviser", meeting=met)
    assert list(actions_owned_by(make.viewer(dan), ON)) == [his]
    assert not actions_owned_by(make.viewer(lena), ON).exists()
