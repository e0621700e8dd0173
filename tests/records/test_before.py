"""What a record said before it was put right is kept once, in the same act, and no event holds it."""

from dataclasses import replace
from datetime import timedelta

import pytest

from pathbook.audit.models import Event
from pathbook.people.models import Staff
from pathbook.records.actions import (
    actions_of_meeting,
    agreeing,
    attendance,
    closing,
    guidance,
    rebooking,
    voice,
    writing_up,
)
from pathbook.records.actions.closing import Closing
from pathbook.records.models import Action, Before, GuidanceMeeting, Participation
from tests import make
from tests.records.test_writing_up import FORM, HELD, SAID, adviser, file

pytestmark = pytest.mark.django_db
LATER = make.NOW + timedelta(hours=1)


@pytest.fixture
def dan():
    return adviser()


@pytest.fixture
def amara():
    return make.student("Amara", "Ode", year=11, group="11A")


@pytest.fixture
def booked(amara, dan):
    himself = Staff.objects.get(account_id=dan.account_id)
    return make.guidance_meeting(amara, on=HELD, status="booked", planned_on=HELD, adviser=himself)


def kept():
    return sorted(Before.objects.values_list("of", "field", "words"))


def agreed_again(meeting):
    """What is agreed now, as the form sends it."""
    rows = meeting.actions.order_by("pk")
    return [actions_of_meeting.Agreed(row.what, row.owner, row.due_on, row.owner_name, row.key) for row in rows]


def put_right(meeting, by, now=LATER, **said):
    return file(meeting, by, replace(SAID, actions=tuple(agreed_again(meeting)), **said), now=now)


def test_a_write_up_put_right_keeps_its_old_summary_and_purpose_once(booked, dan):
    booked.purpose = "First meeting"
    booked.save()
    file(booked, dan)
    assert kept() == [("meeting", "purpose", "First meeting")]
    put_right(booked, dan, summary="She means to be a nurse.", purpose="Next steps")
    put_right(booked, dan, summary="She means to be a nurse.", purpose="Next steps")
    assert kept() == [
        ("meeting", "purpose", "First meeting"), ("meeting", "purpose", "Options"),
        ("meeting", "summary", "She means to be a paramedic."),
    ]  # fmt: skip
    one = Before.objects.get(field="summary")
    assert (one.student, one.row, one.recorded_by, one.recorded_at) == (booked.student, booked.pk, dan.name, LATER)
    event = Event.objects.get(pk=one.event)
    assert (event.noun, event.noun_id, event.at, event.student_id) == ("meeting", booked.pk, LATER, booked.student_id)


def test_an_advisers_working_note_leaves_nothing_behind(booked, dan):
    file(booked, dan)
    put_right(booked, dan, private_note="All is well.")
    assert kept() == [] and GuidanceMeeting.objects.get().private_note == "All is well."


def test_actions_changed_and_taken_out_in_a_write_up_keep_what_they_said(booked, dan):
    file(booked, dan)
    college, dates = agreed_again(booked)
    file(booked, dan, replace(SAID, actions=(replace(college, what="Ring the college"), replace(dates, what=""))))
    assert kept() == [("action", "what", "Send the dates"), ("action", "what", "Visit the college")]
    assert {one.event for one in Before.objects.all()} == set(
        Event.objects.filter(noun="action", verb__in=("changed", "removed")).values_list("pk", flat=True)
    )


def test_a_filing_taken_back_keeps_what_was_shared_once(booked, dan):
    file(booked, dan)
    put_right(booked, dan, summary="She means to be a nurse.")
    version = GuidanceMeeting.objects.get().version
    writing_up.undo(meeting=booked, version=version, said=FORM, window="window", by=dan, at=LATER)
    assert [words for _, field, words in kept() if field == "summary"] == [
        "She means to be a nurse.", "She means to be a paramedic.",
    ]  # fmt: skip


def test_an_action_put_right_keeps_what_it_said(amara, dan):
    one = make.action(amara, "Visit the colege", owner="other", owner_name="Her aunt")
    what = agreeing.What("Visit the college", "student", one.due_on)
    agreeing.put_right(action=one, what=what, version=1, by=dan, at=LATER)
    assert kept() == [("action", "owner_name", "Her aunt"), ("action", "what", "Visit the colege")]


def test_of_two_people_at_once_the_first_keeps_and_the_second_changes_and_keeps_nothing(amara, dan):
    one, eve = make.action(amara, "Visit"), adviser("Eve Adviser")
    first, second = (agreeing.What(words, "student", one.due_on) for words in ("Visit the college", "Visit the fair"))
    agreeing.put_right(action=one, what=first, version=1, by=dan, at=LATER)
    with pytest.raises(agreeing.ChangedMeanwhileError):
        agreeing.put_right(action=one, what=second, version=1, by=eve, at=LATER)
    assert kept() == [("action", "what", "Visit")] and Before.objects.get().recorded_by == dan.name
    agreeing.put_right(action=one, what=second, version=2, by=eve, at=LATER)
    assert kept() == [("action", "what", "Visit"), ("action", "what", "Visit the college")]


def test_what_showed_an_action_done_is_kept_when_it_is_put_right_or_opened_again(amara, dan):
    one, on = make.action(amara), make.TODAY
    closing.close(actions=[one], closing=Closing("done", "A photo"), by=dan, at=make.NOW, on=on)
    assert kept() == []
    closing.correct(action=closed(one), closing=Closing("done", "A letter"), version=2, by=dan, at=LATER, on=on)
    assert kept() == [("action", "evidence", "A photo")]
    closing.open_again(action=closed(one), version=3, by=dan, at=LATER)
    assert kept() == [("action", "evidence", "A letter"), ("action", "evidence", "A photo")]


def closed(action):
    return Action.objects.get(pk=action.pk)


def test_a_reflection_written_anew_keeps_the_one_before(amara):
    part, by = make.participation(amara, make.activity()), make.viewer(make.as_student(amara))
    for n, words in enumerate(("Dull", "Dull", "Not bad")):
        voice.reflect(participation=part, words=words, by=by, at=make.NOW + timedelta(hours=n))
    assert kept() == [("reflection", "reflection", "Dull")]


def test_why_a_meeting_was_moved_is_kept_when_it_is_then_cancelled(amara, dan):
    meeting = make.guidance_meeting(amara, status="booked", planned_on=make.TODAY, reason="Ill")
    rebooking.cancel(meeting=meeting, reason="Moved away", seen=0, by=dan, at=LATER)
    assert kept() == [("meeting", "reason", "Ill")]


def test_an_undo_keeps_the_reason_it_takes_out_and_not_the_one_it_puts_back(amara, dan):
    meeting = make.guidance_meeting(amara, status="booked", planned_on=make.TODAY, reason="Ill")
    rebooking.cancel(meeting=meeting, reason="Moved away", seen=0, by=dan, at=make.NOW)
    rebooking.undo(said_at=make.NOW, by=dan, at=LATER, on=make.TODAY)
    assert GuidanceMeeting.objects.get().reason == "Ill"
    assert kept() == [("meeting", "reason", "Ill"), ("meeting", "reason", "Moved away")]


def test_a_past_meeting_taken_back_keeps_what_it_said(amara, dan):
    meeting = make.guidance_meeting(amara, summary="She wants to build.")
    guidance.take_back(meeting=meeting, by=dan, at=LATER)
    assert kept() == [("meeting", "summary", "She wants to build.")]


def test_no_event_holds_the_words(booked, dan):
    file(booked, dan)
    put_right(booked, dan, summary="She means to be a nurse.")
    told = str(list(Event.objects.values()))
    assert "paramedic" not in told and "nurse" not in told


def test_what_a_student_made_of_it_is_kept_when_the_attendance_is_taken_back(amara):
    by, on = make.viewer(make.careers_leader()), make.TODAY
    activity = make.activity(on=on)
    said = attendance.record_attendance(
        activity=activity, statuses={amara.pk: "attended"}, by=by, at=make.NOW, visible_on=on
    )
    part, own = Participation.objects.get(), make.viewer(make.as_student(amara))
    voice.reflect(participation=part, words="Loud", by=own, at=LATER)
    attendance.undo(activity=activity, said_at=said.at, by=by, at=LATER + timedelta(hours=1), visible_on=on)
    assert not Participation.objects.exists() and kept() == [("reflection", "reflection", "Loud")]
    assert Before.objects.get().event is None, "no event of the reflection took it out"
