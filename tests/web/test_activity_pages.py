"""Logging an activity on its pages: a year group with four absent, corrected later, undone, never recorded twice."""

import threading
from datetime import date, timedelta

import pytest
from django.db import connection

from pathbook.audit.models import Event
from pathbook.people.keys import ALPHABET
from pathbook.records.models import Activity, Participation
from tests import make
from tests.web.hand import Page, hand_of, open_page

pytestmark = pytest.mark.django_db
FAIR = {"title": "Careers fair", "kind": "employer_encounter", "starts_on": "2025-10-08", "hours": "2"}


def step_two(client, whom, **said):
    """The first form as the page offers it, filled in, and the answer to it: the list of names."""
    offered = dict(open_page(client, "/activities/log/").fields)
    return Page(client.post("/activities/log/who-came/", offered | FAIR | {"whom": whom} | said))


def save(client, page, absent=()):
    """The second form as the page offers it, with these students unticked."""
    fields = {}
    for name, value in page.fields:
        if name != "came" or value not in {one.key for one in absent}:
            fields.setdefault(name, []).append(value)
    return client.post("/activities/log/save/", fields)


def landed(client, answer):
    assert answer.status_code == 302, answer.status_code
    return open_page(client, answer.url)


@pytest.fixture
def year_11():
    return make.students(30)


@pytest.fixture
def leader():
    return hand_of(make.careers_leader())


def statuses():
    return sorted(Participation.objects.values_list("status", flat=True))


def test_a_year_group_with_four_absent(leader, year_11):
    names = step_two(leader, "year:11")
    assert len(names.field("came")) == 30 and "untick whoever was absent" in names.text
    assert Activity.objects.count() == 0, "nothing is saved by the first step"
    page = landed(leader, save(leader, names, absent=year_11[:4]))
    assert page.notes[0].startswith("Careers fair: 26 attended, 4 did not.")
    assert statuses() == ["absent"] * 4 + ["attended"] * 26
    assert {str(h) for h in Participation.objects.attended().values_list("hours", flat=True)} == {"2.0"}
    assert "26 of 30 attended" in page.text


def test_the_page_of_an_activity_lists_the_absent_first(leader, year_11):
    page = landed(leader, save(leader, step_two(leader, "year:11"), absent=year_11[20:22]))
    chosen = [value for name, value in page.fields if name.startswith("s-")]
    assert chosen == ["absent"] * 2 + ["attended"] * 28


def test_undo_takes_it_back_and_a_second_undo_says_there_is_nothing(leader, year_11):
    page = landed(leader, save(leader, step_two(leader, "year:11")))
    assert landed(leader, leader.post(page.undo)).notes == ["Undone: Careers fair is as it was before."]
    assert Participation.objects.count() == 0 and Activity.objects.not_withdrawn().count() == 0
    again = landed(leader, leader.post(page.undo))
    assert again.notes[0] == "There is nothing to undo: it has been undone already."


def test_the_same_form_sent_twice_records_once_and_says_so(leader, year_11):
    names = step_two(leader, "year:11")
    first, second = save(leader, names), save(leader, names)
    assert first.url == second.url
    leader.get("/help/")  # the first note is read here
    assert Activity.objects.count() == 1 and Participation.objects.count() == 30
    assert Event.objects.filter(noun="activity", student_id__isnull=False).count() == 30


def test_a_form_sent_again_after_its_undo_says_so_and_records_nothing(leader, year_11):
    names = step_two(leader, "year:11")
    leader.post(landed(leader, save(leader, names)).undo)
    leader.get("/activities/")
    assert "log it again" in landed(leader, save(leader, names)).notes[0]
    assert Participation.objects.count() == 0


def test_a_correction_later_keeps_what_was_recorded_before(leader, year_11):
    page = landed(leader, save(leader, step_two(leader, "year:11"), absent=year_11[:4]))
    activity = Activity.objects.get()
    fields = {name: value for name, value in page.fields if name.startswith("s-")}
    fields[f"s-{year_11[0].key}"] = "attended"
    corrected = landed(leader, leader.post(f"/activities/{activity.key}/correct/", fields))
    assert corrected.notes[0].startswith("1 student corrected.")
    assert statuses() == ["absent"] * 3 + ["attended"] * 27
    event = Event.objects.get(verb="changed", student_id=year_11[0].pk)
    assert event.detail["before"]["status"] == "absent" and event.detail["after"]["status"] == "attended"
    assert "corrected 1 student" in corrected.text and "recorded 30 students" in corrected.text
    undone = landed(leader, leader.post(corrected.undo))
    assert undone.notes[0].startswith("Undone") and statuses() == ["absent"] * 4 + ["attended"] * 26
    assert Activity.objects.not_withdrawn().exists(), "undoing a correction leaves the activity"


def test_nothing_different_is_said_and_nothing_is_noted(leader, year_11):
    page = landed(leader, save(leader, step_two(leader, "year:11")))
    before = Event.objects.count()
    fields = {name: value for name, value in page.fields if name.startswith("s-")}
    again = landed(leader, leader.post(f"/activities/{Activity.objects.get().key}/correct/", fields))
    assert again.notes == ["Nothing was different."] and again.undo == ""
    assert Event.objects.count() == before


def test_an_activity_to_come_invites_and_is_confirmed_afterwards(leader, year_11):
    day = make.TODAY + timedelta(days=10)
    names = step_two(leader, "year:11", starts_on=day.isoformat())
    assert "who is invited?" in names.text
    page = landed(leader, save(leader, names, absent=year_11[:1]))
    assert page.notes[0].startswith("Careers fair: 29 invited.")
    assert statuses() == ["planned"] * 29, "whoever is not invited is not recorded at all"


def test_ticked_students_are_handed_over_from_the_list(leader, year_11):
    keys = [one.key for one in year_11[:3]]
    first = Page(leader.post("/activities/log/for/", {"who": keys}))
    assert first.field("who") == keys and "3 students from your list" in first.text
    fields = {**dict(first.fields), **FAIR, "who": keys}
    names = Page(leader.post("/activities/log/who-came/", fields))
    assert names.field("came") == keys


def test_more_than_its_places_is_said(leader, year_11):
    page = landed(leader, save(leader, step_two(leader, "year:11", capacity="20")))
    assert "That is more than its 20 places." in page.notes[0]


def test_a_club_offers_its_members_of_today_only(leader):
    club = make.group()
    inside, left = make.student("Inside", group="10B"), make.student("Left", group="10B")
    make.member(inside, club)
    make.member(left, club, ends_on=date(2025, 12, 1))
    names = step_two(leader, f"group:{club.pk}")
    assert names.field("came") == [inside.key]


@pytest.mark.parametrize("token", ["a/b", "../../x", "log", "", "x" * 500, "ABCDEFGHJKMN", "é" * 12, "\0"])
def test_a_forged_token_is_not_taken_for_a_key(leader, year_11, token):
    names = step_two(leader, "year:11", token=token)
    page = landed(leader, save(leader, names))
    assert page.status == 200
    key = Activity.objects.get().key
    assert len(key) == 12 and set(key) <= set(ALPHABET)


def test_another_schools_key_as_a_token_gives_nothing_away(leader, year_11):
    theirs = make.activity("Secret fair")
    theirs.institution = make.school("Other School")
    theirs.save()
    answer = save(leader, step_two(leader, "year:11", token=theirs.key))
    assert answer.status_code == 404 and b"Secret fair" not in answer.content
    assert Participation.objects.count() == 0


def test_students_of_another_school_or_group_cannot_be_slipped_in(year_11):
    mine, other = make.student("Mine", group="10B"), make.student("Other", group="10C")
    elsewhere = make.student("Elsewhere", group="10B", at=make.school("Other School"))
    tutor = hand_of(make.form_tutor(make.tutor_group("10B")))
    names = step_two(tutor, "", who=[mine.key, other.key, elsewhere.key])
    assert names.field("came") == [mine.key]
    fields = {**FAIR, "who": [one.key for one in (mine, other, elsewhere)]}
    tutor.post("/activities/log/save/", fields | {"came": fields["who"], "token": "abcdefghjkmn"})
    assert list(Participation.objects.values_list("student", flat=True)) == [mine.pk]


def test_a_tutor_corrects_their_own_and_nobody_elses(leader):
    mine, other = make.student("Mine", group="10B"), make.student("Other", group="10C")
    fair = make.activity()
    for one in (mine, other):
        make.participation(one, fair)
    tutor = hand_of(make.form_tutor(make.tutor_group("10B")))
    tutor.post(f"/activities/{fair.key}/correct/", {f"s-{one.key}": "absent" for one in (mine, other)})
    assert Participation.objects.get(student=mine).status == "absent"
    assert Participation.objects.get(student=other).status == "attended"


def test_a_tutor_cannot_undo_what_the_careers_leader_recorded_for_others(leader):
    make.student("Mine", group="10B")
    make.student("Other", group="10C")
    page = landed(leader, save(leader, step_two(leader, "year:10")))
    tutor = hand_of(make.form_tutor(make.tutor_group("10B")))
    said = landed(tutor, tutor.post(page.undo))
    assert "not yours" in said.notes[0]
    assert Participation.objects.count() == 2 and Activity.objects.not_withdrawn().count() == 1


def test_undo_keeps_the_activity_that_others_were_recorded_for_since(leader):
    make.student("First", group="10B")
    page = landed(leader, save(leader, step_two(leader, "year:10")))
    activity = Activity.objects.get()
    make.participation(make.student("Later", group="10C"), activity)
    leader.post(page.undo)
    assert Activity.objects.not_withdrawn().get() == activity
    assert Participation.objects.get().student.legal_forename == "Later"


def test_a_tutor_is_offered_only_what_a_tutor_may_do():
    mine = make.student("Mine", group="10B")
    fair = make.activity()
    make.participation(mine, fair)
    page = open_page(hand_of(make.form_tutor(make.tutor_group("10B"))), f"/activities/{fair.key}/")
    assert f"/activities/{fair.key}/edit/" not in page.links
    assert "Take it out" not in page.text and "Save corrections" in page.text


def test_taken_out_and_put_back(leader, year_11):
    fair = make.activity()
    make.participation(year_11[0], fair)
    landed(leader, leader.post(f"/activities/{fair.key}/take-out/"))
    assert "counts for nobody" in open_page(leader, f"/activities/{fair.key}/").text
    assert "Careers fair" not in open_page(leader, "/activities/").text
    landed(leader, leader.post(f"/activities/{fair.key}/put-back/"))
    assert "Careers fair" in open_page(leader, "/activities/").text


def test_the_second_editor_sees_both_versions_and_loses_nothing_typed(leader):
    fair = make.activity()
    form = open_page(leader, f"/activities/{fair.key}/edit/")
    fields = dict(form.fields) | {"title": "My title", "also": [], "checklist": []}
    Activity.objects.filter(pk=fair.pk).update(title="Their title", version=2)
    page = Page(leader.post(f"/activities/{fair.key}/edit/", fields))
    assert page.status == 409 and "Their title" in page.text and page.field("title") == ["My title"]
    again = dict(page.fields) | {"also": [], "checklist": []}
    assert landed(leader, leader.post(f"/activities/{fair.key}/edit/", again)).notes == ["My title is saved."]
    fair.refresh_from_db()
    assert (fair.title, fair.version) == ("My title", 3)


@pytest.mark.django_db(transaction=True)
def test_two_people_recording_the_same_activity_at_once_lose_nothing():
    """One confirms the first half, the other the second, through the page, on a database file, again and again."""
    assert connection.vendor == "sqlite" and "memory" not in str(connection.settings_dict["NAME"])
    people = make.students(24)
    fair = make.activity()
    for one in people:
        make.participation(one, fair, "planned")
    hands = [hand_of(make.careers_leader(f"Leader {n}")) for n in range(4)]
    answers = []

    def confirm(hand, some):
        answers.extend(
            hand.post(f"/activities/{fair.key}/correct/", {f"s-{one.key}": "attended"}).status_code for one in some
        )
        connection.close()

    threads = [threading.Thread(target=confirm, args=(hand, people[n::4])) for n, hand in enumerate(hands)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert answers == [302] * 24
    assert statuses() == ["attended"] * 24
    assert Event.objects.filter(noun="activity", noun_id=fair.pk, verb="changed").count() == 24


@pytest.mark.django_db(transaction=True)
def test_one_form_sent_four_times_at_once_makes_one_activity():
    people, account = make.students(12), make.careers_leader()
    names = step_two(hand_of(account), "year:11")
    hands, answers = [hand_of(account) for _ in range(4)], []

    def send(hand):
        answers.append(save(hand, names).status_code)
        connection.close()

    threads = [threading.Thread(target=send, args=(hand,)) for hand in hands]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert answers == [302] * 4
    assert Activity.objects.count() == 1 and Participation.objects.count() == len(people)
