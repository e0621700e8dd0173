"""A student's aspiration written down outside a meeting: history kept, suggestions confirmed, undone, never twice."""

from datetime import timedelta

import pytest

from pathbook.audit.models import Event
from pathbook.records.models import Aspiration
from tests import make
from tests.web.hand import Page, hand_of, open_page

pytestmark = pytest.mark.django_db


@pytest.fixture
def someone():
    one = make.student("Amara", "Ode", year=10, group="10B")
    make.aspiration(one, "Law", words="A solicitor")
    return one


def url_of(someone):
    return f"/guidance/hope/{someone.key}/"


def said(**changed):
    first = {"words": "A paramedic", "soc2020": "", "sector": "", "pathway": "university", "certainty": "4",
             "said_on": make.TODAY.isoformat(), "act": "save"}  # fmt: skip
    return first | changed


def test_the_old_is_kept_and_the_new_is_the_latest(someone):
    leader = hand_of(make.careers_leader())
    page = open_page(leader, url_of(someone))
    assert "A solicitor" in page.text
    done = Page(leader.post(url_of(someone), said(), follow=True))
    assert "is written down" in done.notes[0] and "A paramedic" in done.text
    rows = list(Aspiration.objects.order_by("pk").values_list("words", "pathway", "certainty"))
    assert rows == [("A solicitor", "", None), ("A paramedic", "university", 4)]
    undone = Page(leader.post(done.undo, follow=True))
    assert "Undone" in undone.notes[-1] and Aspiration.objects.get().words == "A solicitor"


def test_words_are_matched_and_nothing_is_decided_until_a_person_chooses(someone):
    leader = hand_of(make.careers_leader())
    page = Page(leader.post(url_of(someone), said(act="meant")))
    assert page.status == 200 and "Paramedics" in page.text and Aspiration.objects.count() == 1
    leader.post(url_of(someone), said())
    assert Aspiration.objects.latest("pk").soc2020 == ""
    chosen = page.body.split('name="soc2020" value="')[1][:4]
    leader.post(url_of(someone), said(soc2020=chosen))
    last = Aspiration.objects.latest("pk")
    assert last.soc2020 == chosen and last.sector == "Health and social care"


def test_the_same_form_sent_twice_is_written_once(someone):
    leader = hand_of(make.careers_leader())
    leader.post(url_of(someone), said())
    again = Page(leader.post(url_of(someone), said(), follow=True))
    assert "Nothing was written twice" in again.notes[-1] and Aspiration.objects.count() == 2


@pytest.mark.parametrize(
    ("wrong", "sentence"),
    [
        ({"words": "", "pathway": "", "certainty": ""}, "Write what they want, or choose a sector or a pathway."),
        ({"words": "x" * 301}, "Shorten what they want to 300 characters."),
        ({"soc2020": "0000"}, "Choose one of the occupations offered, or none of them."),
        ({"pathway": "moon"}, "Choose one of the pathways listed."),
        (
            {"said_on": (make.TODAY + timedelta(1)).isoformat()},
            "This day has not come yet. Choose the day they said it.",
        ),
        ({"said_on": ""}, "Say when they said it."),
    ],
)
def test_bad_input_is_one_sentence_and_changes_nothing(someone, wrong, sentence):
    page = Page(hand_of(make.careers_leader()).post(url_of(someone), said(**wrong)))
    assert page.status == 422 and sentence in page.problems and Aspiration.objects.count() == 1


def test_an_adviser_may_and_a_tutor_may_not(someone):
    assert open_page(hand_of(make.adviser()), url_of(someone)).status == 200
    tutor = hand_of(make.form_tutor(make.tutor_group("10B")))
    assert open_page(tutor, url_of(someone)).status == 404 == tutor.post(url_of(someone), said()).status_code


def test_somebody_elses_or_one_said_in_a_meeting_is_not_taken_back(someone):
    hand_of(make.careers_leader()).post(url_of(someone), said())
    row = Aspiration.objects.latest("pk")
    other = hand_of(make.adviser())
    refused = Page(other.post(f"{url_of(someone)}undo/{row.pk}/", follow=True))
    assert "Only whoever wrote it" in refused.text and Aspiration.objects.count() == 2
    in_meeting = make.aspiration(someone, "Law", meeting=make.guidance_meeting(someone))
    assert other.post(f"{url_of(someone)}undo/{in_meeting.pk}/").status_code == 404


def test_the_words_never_stand_in_the_audit(someone):
    hand_of(make.careers_leader()).post(url_of(someone), said(words="Zzcanary words"))
    assert not any("Zzcanary" in str(event.detail) for event in Event.objects.all())


def test_opening_the_form_is_reading_the_record(someone):
    open_page(hand_of(make.careers_leader()), url_of(someone))
    assert Event.objects.filter(verb="read", student_id=someone.pk).count() == 1
