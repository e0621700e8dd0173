"""Read and understood: said once of each note, seen as a reading, taken back; and never by somebody who is not there."""

from datetime import date, timedelta

import pytest

from pathbook.audit.models import Event, Verb
from pathbook.people.visibility import command_line
from pathbook.uptake.actions.acknowledging import acknowledge, take_back
from pathbook.uptake.models import Acknowledgement
from pathbook.uptake.queries.acknowledged import acknowledged
from tests import make

pytestmark = pytest.mark.django_db


@pytest.fixture
def tutee():
    return make.student("Tutee", group="10B")


@pytest.fixture
def tutor(tutee):
    return make.viewer(make.form_tutor(make.tutor_group("10B")))


def say(tutee, tutor, at=make.NOW, of=None):
    """Of the last note, as the group's page shows it."""
    note = of or tutee.meetings.order_by("-held_on").first()
    return acknowledge(student=tutee, note=note.key, by=tutor, at=at, on=make.TODAY)


def test_one_tap_says_it_of_the_note_that_stood_there_once_and_of_no_other(tutee, tutor):
    unseen = make.guidance_meeting(tutee, on=date(2025, 11, 5), summary="What was said first.")
    shown = make.guidance_meeting(tutee, on=date(2026, 1, 14), summary="What was said.")
    assert say(tutee, tutor, of=shown) == 1
    assert say(tutee, tutor, make.NOW + timedelta(minutes=1), of=shown) == 0
    assert Acknowledgement.objects.get().meeting == shown != unseen


def test_another_students_note_is_not_said_of(tutee, tutor):
    others = make.guidance_meeting(make.student("Other", group="10C"), summary="What was said.")
    assert say(tutee, tutor, of=others) == 0 and Acknowledgement.objects.count() == 0


def test_a_meeting_not_written_up_or_of_last_year_is_not_said_of(tutee, tutor):
    for note in (
        make.guidance_meeting(tutee, summary=""),
        make.guidance_meeting(tutee, on=date(2025, 3, 4), summary="Last year."),
        make.guidance_meeting(tutee, status="booked", planned_on=make.TODAY),
    ):
        assert say(tutee, tutor, of=note) == 0 and Acknowledgement.objects.count() == 0


def test_saying_so_is_a_reading_the_student_sees(tutee, tutor):
    make.guidance_meeting(tutee, summary="What was said.")
    say(tutee, tutor)
    seen = Event.objects.get(verb=Verb.READ, student_id=tutee.pk)
    assert (seen.actor_name, seen.actor_role) == ("Tom Whitlock", "form_tutor")
    assert "What was said" not in str(list(Event.objects.values_list("detail", flat=True)))


def test_taken_back_it_is_gone_and_only_ones_own(tutee, tutor):
    meeting = make.guidance_meeting(tutee, summary="What was said.")
    other = make.form_tutor(make.tutor_group("10B"), name="Olive Other")
    make.acknowledgement(meeting, other)
    say(tutee, tutor)
    assert take_back(said_at=make.NOW, by=tutor, at=make.NOW) == 1
    assert take_back(said_at=make.NOW, by=tutor, at=make.NOW) == 0
    assert [one.name for one in acknowledged([meeting])[meeting.pk]] == ["Olive Other"]


def test_the_command_line_reads_nothing(tutee):
    make.guidance_meeting(tutee, summary="What was said.")
    assert say(tutee, command_line(tutee.institution)) == 0
    assert not Event.objects.filter(verb=Verb.READ).exists()
