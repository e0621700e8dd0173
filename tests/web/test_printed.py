"""What leaves on paper is noted of each student on it, as far as a browser says so."""

import pytest
from django.test import Client

from pathbook.audit.models import Event
from tests import make
from tests.web.hand import hand_of

pytestmark = pytest.mark.django_db
URL = "/students/printed/"


def noted():
    return sorted(Event.objects.filter(verb="printed").values_list("student_id", flat=True))


def test_a_print_is_one_event_for_each_student_on_the_page():
    people = make.students(3)
    answer = hand_of(make.careers_leader()).post(URL, {"who": [one.key for one in people]})
    assert answer.status_code == 204
    assert noted() == [one.pk for one in people]
    assert all(event.detail == {} for event in Event.objects.filter(verb="printed"))


def test_only_students_this_person_sees_are_noted_whatever_is_sent():
    mine, other = make.student("Mine", group="10B"), make.student("Other", group="10C")
    tutor = hand_of(make.form_tutor(make.tutor_group("10B")))
    tutor.post(URL, {"who": [mine.key, other.key, "nonsense", ""]})
    assert noted() == [mine.pk]


def test_a_governor_and_a_stranger_have_nothing_to_print():
    assert hand_of(make.governor()).post(URL, {"who": ["a"]}).status_code == 404
    assert Client().post(URL).status_code == 302 and noted() == []
