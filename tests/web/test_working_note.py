"""An adviser's working note is theirs alone; opened for a reason, it closes within the hour and they are told."""

import pytest
import time_machine
from django.test import Client

from pathbook.audit.models import Event
from pathbook.people.models import Role
from pathbook.records.models import NoteOpening
from tests import make
from tests.web.hand import Page, hand_of, open_page

pytestmark = pytest.mark.django_db
SECRET = "She told me about her brother."
WHY = "Her mother called about something said in this meeting."


@pytest.fixture
def cast():
    class Cast:
        adviser, leader, officer = make.adviser(), make.careers_leader(), make.officer()
        amara = make.student("Amara", "Ode", group="10B")
        meeting = make.guidance_meeting(
            amara, adviser=adviser.staff, adviser_name="Dan Okafor", private_note=SECRET, summary="Shared."
        )
        url = f"/guidance/{meeting.key}/note/"

    return Cast


def opened(cast, who=None, reason=WHY):
    return hand_of(who or cast.leader).post(cast.url, {"reason": reason})


def test_a_reason_opens_the_note_to_that_person_and_shows_it(cast):
    asks = open_page(hand_of(cast.leader), cast.url)
    assert asks.status == 200 and SECRET not in asks.body and not NoteOpening.objects.exists()
    answer = opened(cast)
    assert answer.status_code == 302 and answer.url == cast.url
    assert SECRET in open_page(hand_of(cast.leader), cast.url).text


@pytest.mark.parametrize("reason", ["", "because", "please let me in", "x" * 60, "a b c d"])
def test_without_a_sentence_it_stays_shut_and_nobody_is_told(cast, reason):
    answer = opened(cast, reason=reason)
    page = Page(answer)
    assert answer.status_code == 422 and "why you must read" in " ".join(page.problems)
    assert reason in page.body and SECRET not in page.body
    assert not NoteOpening.objects.exists() and not Event.objects.filter(noun="note opening").exists()


def test_the_adviser_and_the_officer_are_told_on_their_home_until_they_say_they_saw_it(cast):
    opened(cast)
    for who in (cast.adviser, cast.officer):
        home = open_page(hand_of(who), "/")
        assert "Priya Raman opened a working note" in home.text and WHY in home.text, who
        assert "Amara" not in home.text and SECRET not in home.text
        hand_of(who).post(f"/audit/notes/{NoteOpening.objects.get().key}/seen/")
        assert "opened a working note" not in open_page(hand_of(who), "/").text
    one = NoteOpening.objects.get()
    assert one.author_saw_at and one.officer_saw_at and one.officer_saw_by == "Meera Shah"


def test_one_saying_they_saw_it_does_not_answer_for_the_other(cast):
    opened(cast)
    hand_of(cast.officer).post(f"/audit/notes/{NoteOpening.objects.get().key}/seen/")
    assert "opened a working note" in open_page(hand_of(cast.adviser), "/").text


def test_they_are_told_by_mail_too_each_alone_and_with_no_students_name(
    cast, mailoutbox, django_capture_on_commit_callbacks
):
    with django_capture_on_commit_callbacks(execute=True):
        opened(cast)
    assert sorted(letter.to for letter in mailoutbox) == sorted([[cast.adviser.email], [cast.officer.email]])
    assert all("Priya Raman" in letter.body and "Amara" not in letter.body for letter in mailoutbox)
    assert all(WHY not in letter.body and SECRET not in letter.body for letter in mailoutbox)


def test_if_it_cannot_be_told_it_is_not_opened(cast):
    cast.officer.roles.all().delete()
    answer = opened(cast)
    assert answer.status_code == 422 and "Give somebody that role first" in answer.content.decode()
    assert not NoteOpening.objects.exists()


def test_whoever_opens_it_is_not_the_officer_who_is_told(cast):
    """One person with both hats would be told of themselves, and could say they saw it."""
    cast.officer.roles.update(account=cast.leader)
    assert opened(cast).status_code == 422 and not NoteOpening.objects.exists()
    make.officer("Another Officer")
    assert opened(cast).status_code == 302 and NoteOpening.objects.get().account_id == cast.leader.pk


def test_opening_and_telling_stand_or_fall_together(cast, monkeypatch):
    from pathbook.records.actions import note_openings

    def broken(**said):
        raise RuntimeError

    monkeypatch.setattr(note_openings.record, "changes", broken)
    assert opened(cast).status_code == 500
    assert not NoteOpening.objects.exists()


@pytest.mark.parametrize(("minutes", "is_open"), [(1, True), (59, True), (60, False), (61, False), (24 * 60, False)])
def test_it_shuts_within_the_hour(cast, minutes, is_open, settings):
    settings.PATHBOOK_TODAY = None
    with time_machine.travel(make.NOW, tick=False) as clock:
        opened(cast)
        clock.shift(minutes * 60)
        assert (SECRET in open_page(hand_of(cast.leader), cast.url).body) is is_open


def test_opened_twice_it_is_one_opening_and_no_longer(cast):
    opened(cast)
    opened(cast)
    assert NoteOpening.objects.count() == 1


def test_it_opens_that_note_and_no_other_and_to_nobody_else(cast):
    other = make.guidance_meeting(cast.amara, adviser=cast.adviser.staff, private_note="another secret")
    second = make.careers_leader("Second Leader")
    opened(cast)
    assert "another secret" not in open_page(hand_of(cast.leader), f"/guidance/{other.key}/note/").body
    assert SECRET not in open_page(hand_of(second), cast.url).body


def test_every_reading_of_it_is_an_event_and_no_event_holds_its_words(cast):
    opened(cast)
    for _ in range(3):
        open_page(hand_of(cast.leader), cast.url)
    about = Event.objects.filter(student_id=cast.amara.pk)
    assert about.filter(noun="note opening", verb="created").count() == 1
    assert about.filter(noun="working note", verb="read", actor_name="Priya Raman").count() == 3
    assert not any(words in str(event.detail) for event in Event.objects.all() for words in (SECRET, WHY))


def test_the_student_may_see_that_a_note_about_them_was_read(cast):
    opened(cast)
    open_page(hand_of(cast.leader), cast.url)
    assert "Read: working note" in open_page(hand_of(cast.leader), f"/students/{cast.amara.key}/access/").text


@pytest.mark.parametrize("role", [role for role in Role if role != Role.CAREERS_LEADER])
def test_no_other_role_may_even_ask(cast, role):
    someone = make.account(f"A {role.label}")
    make.role(someone, role)
    for answer in (hand_of(someone).get(cast.url), hand_of(someone).post(cast.url, {"reason": WHY})):
        assert answer.status_code == 404, role
    assert not NoteOpening.objects.exists()


def test_another_schools_leader_may_not_ask(cast):
    assert opened(cast, make.careers_leader("Elsewhere", at=make.school("Other School"))).status_code == 404


def test_a_leader_whose_role_ended_reads_it_no_longer(cast):
    opened(cast)
    cast.leader.roles.all().delete()
    assert hand_of(cast.leader).get(cast.url).status_code == 404


def test_where_there_is_no_note_there_is_nothing_to_open_and_nobody_is_alarmed(cast):
    empty = make.guidance_meeting(cast.amara, adviser=cast.adviser.staff)
    page = open_page(hand_of(cast.leader), f"/guidance/{empty.key}/note/")
    assert "No working note was written" in page.text and "reason" not in dict(page.fields)
    hand_of(cast.leader).post(f"/guidance/{empty.key}/note/", {"reason": WHY})
    assert not NoteOpening.objects.exists()


def test_only_those_told_may_say_they_saw_it(cast):
    one = make.note_opening(cast.meeting, cast.leader)
    for who in (cast.leader, make.adviser("Lena Moss")):
        assert hand_of(who).post(f"/audit/notes/{one.key}/seen/").status_code == 404
    assert Client().post(f"/audit/notes/{one.key}/seen/").status_code == 302
    one.refresh_from_db()
    assert one.author_saw_at is None and one.officer_saw_at is None
