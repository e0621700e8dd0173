"""The write-up by page: who reads what of it, what is kept while it is typed, what is refused, and what it costs."""

from datetime import date, timedelta

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from pathbook.audit.models import Event
from pathbook.people.models import Place, Role, Staff
from pathbook.records.models import Action, Aspiration, GuidanceMeeting, MeetingDraft
from tests import make
from tests.web.hand import Page, hand_of, open_page

pytestmark = pytest.mark.django_db
TYPED = {
    "held_on": "2026-02-05", "minutes": "45", "adviser_level": "6", "purpose": "Options", "sharing_agreed": "on",
    "sharing_agreed_on": "2026-02-05", "summary": "She means to be a paramedic.", "private_note": "Worried about home.",
    "words": "a paramedic", "soc2020": "2255", "pathway": "university", "certainty": "4",
    "what_1": "Visit the college", "due_1": "2026-02-25", "what_2": "Send the dates", "owner_2": "tutor",
}  # fmt: skip


def adviser(name="Dan Okafor", level=6):
    someone = make.account(name)
    make.role(someone, Role.ADVISER)
    make.staff(name, level=level, account=someone)
    return someone


@pytest.fixture
def amara():
    return make.student("Amara", "Ode", year=11, group="11A", pupil_premium=True)


@pytest.fixture
def dan():
    return hand_of(adviser())


@pytest.fixture
def booked(amara, dan):
    return make.guidance_meeting(
        amara,
        on=make.TODAY,
        status="booked",
        planned_on=make.TODAY,
        adviser=Staff.objects.get(),
        adviser_name="Dan Okafor",
    )


def url_of(meeting, more=""):
    return f"/guidance/{meeting.key}/{more}"


def offered(client, meeting):
    """The form as the page offers it; a box that is not ticked is not sent."""
    fields = open_page(client, url_of(meeting)).fields
    return {name: value for name, value in fields if name != "csrfmiddlewaretoken" and name not in ("q", "student")}


def send(client, meeting, act, fields=None, **said):
    return client.post(url_of(meeting), (fields or offered(client, meeting)) | TYPED | said | {"act": act})


def keep(client, meeting, fields, **said):
    return client.post(url_of(meeting, "draft/"), fields | said)


# what the screen shows


def test_the_student_stands_beside_the_form(dan, booked, amara):
    before = make.guidance_meeting(
        amara, on=date(2025, 3, 4), summary="Liked the hospital visit.", adviser_name="Lena Moss"
    )
    Action.objects.create(student=amara, meeting=before, what="Ask about shifts", owner="student", recorded_by="t",
                          agreed_on=date(2025, 3, 4), due_on=date(2025, 4, 1), recorded_at=make.NOW)  # fmt: skip
    Aspiration.objects.create(student=amara, said_on=date(2025, 10, 1), words="a vet", certainty=2, recorded_by="t",
                              recorded_at=make.NOW)  # fmt: skip
    make.participation(amara, make.activity("Hospital day"))
    text = open_page(dan, url_of(booked)).text
    for said in ("Year 11, 11A", "Pupil premium", "Liked the hospital visit.", "4 Mar 2025, Lena Moss", "Ask about shifts",
                 "Overdue", "a vet", "Not very sure", "Hospital day", "Attended"):  # fmt: skip
        assert said in text, said


def test_what_they_need_next_is_fetched_with_the_page(dan, booked):
    assert url_of(booked, "needs/") in open_page(dan, url_of(booked)).body
    assert "Has met no provider of technical routes" in open_page(dan, url_of(booked, "needs/")).text


def test_it_says_whom_to_tell_of_a_disclosure_and_where_to_set_it(dan, booked):
    leader = hand_of(make.careers_leader())
    assert "No contact has been set: a careers leader can do so" in open_page(dan, url_of(booked)).text
    assert "/set-up/safeguarding/" in open_page(leader, url_of(booked)).links
    leader.post("/set-up/safeguarding/", {"contact": "Mrs Amin, Room 4"})
    text = open_page(dan, url_of(booked)).text
    assert "tell Mrs Amin, Room 4 now, in person" in text and "No contact" not in text
    assert "Amin" not in str(Event.objects.get(noun="safeguarding contact").detail)
    assert dan.post("/set-up/safeguarding/", {"contact": "Nobody"}).status_code == 404


def test_opening_it_is_a_reading_of_the_record(dan, booked, amara):
    open_page(dan, url_of(booked))
    assert Event.objects.filter(verb="read", student_id=amara.pk, actor_name="Dan Okafor").count() == 1


def test_as_many_questions_with_nothing_known_as_with_years_of_it(booked, amara):
    leader, client, used = make.careers_leader(), hand_of(adviser("Lena Moss")), []
    for _ in range(2):
        open_page(client, url_of(booked))
        with CaptureQueriesContext(connection) as asked:
            open_page(client, url_of(booked))
        used.append(len(questions(asked)))
        for n in range(12):
            on = date(2025, 9, 8) + timedelta(days=n)
            make.participation(amara, make.activity(f"Talk {n}", on=on))
            held = make.guidance_meeting(amara, on=on - timedelta(days=300), summary="Said.")
            Action.objects.create(student=amara, meeting=held, what="Do it", owner="student", agreed_on=on, due_on=on,
                                  recorded_by=leader.name, recorded_at=make.NOW)  # fmt: skip
    assert used[0] == used[1] <= 14, used  # one more for the adviser who stands in: who they are


def test_its_own_adviser_costs_twelve_questions_and_the_seal_of_the_reading(dan, booked):
    open_page(dan, url_of(booked))
    with CaptureQueriesContext(connection) as asked:
        open_page(dan, url_of(booked))
    assert len(questions(asked)) <= 13, [query["sql"][:90] for query in asked]


def questions(asked):
    """Without where a transaction begins and ends."""
    return [query for query in asked if not query["sql"].startswith(("BEGIN", "COMMIT", "SAVEPOINT", "RELEASE"))]


# keeping


def test_what_is_typed_is_there_when_one_comes_back(dan, booked):
    fields = offered(dan, booked)
    answer = keep(dan, booked, fields, summary="She means to", words="paramedic", what_1="Visit", sharing_agreed="on")
    assert answer.status_code == 200 and b"Saved at" in answer.content
    page = open_page(dan, url_of(booked))
    assert page.field("summary") == ["She means to"] and page.field("what_1") == ["Visit"]
    assert page.field("sharing_agreed") == ["on"] and "Paramedics" in page.text and "Draft saved" in page.text
    assert not Aspiration.objects.exists() and not Action.objects.exists()


def test_a_box_emptied_stays_empty_and_a_tick_taken_out_stays_out(dan, booked):
    GuidanceMeeting.objects.update(purpose="Options", shared_with_parent=True)
    fields = offered(dan, booked)
    assert fields["purpose"] == "Options" and "shared_with_parent" in fields
    del fields["shared_with_parent"]
    keep(dan, booked, fields | {"purpose": ""})
    again = offered(dan, booked)
    assert again["purpose"] == "" and "shared_with_parent" not in again


def test_without_a_script_save_for_later_does_the_same(dan, booked):
    answer = send(dan, booked, "later")
    assert answer.status_code == 302 and answer.url == url_of(booked)
    page = open_page(dan, url_of(booked))
    assert "It is not filed yet" in page.notes[0] and page.field("private_note") == ["Worried about home."]
    assert GuidanceMeeting.objects.get().status == "booked"


def test_a_draft_is_nobody_elses(dan, booked):
    keep(dan, booked, offered(dan, booked), summary="canary-draft", private_note="canary-note")
    for other in (make.careers_leader(), adviser("Lena Moss"), make.form_tutor(make.tutor_group("11A", 11))):
        client = hand_of(other)
        for url in (url_of(booked), f"/students/{booked.student.key}/guidance/", f"/students/{booked.student.key}/"):
            assert "canary" not in client.get(url).content.decode(), (other.name, url)


def test_a_second_window_is_shown_both_and_keeps_what_was_typed(dan, booked):
    first, second = offered(dan, booked), offered(dan, booked)
    assert first["window"] != second["window"]
    assert keep(dan, booked, first, summary="Typed in the first").status_code == 200
    answer = keep(dan, booked, second, summary="Typed in the second")
    assert answer.status_code == 409 and b"nothing is lost" in answer.content
    page = Page(send(dan, booked, "later", second, summary="Typed in the second"))
    assert page.status == 409
    assert "Typed in the first" in page.text and page.field("summary") == ["Typed in the second"]
    settled = dict(page.fields)
    assert keep(dan, booked, settled, summary="Both").status_code == 200
    assert open_page(dan, url_of(booked)).field("summary") == ["Both"]
    assert keep(dan, booked, first, summary="Typed in the first again").status_code == 409


def test_a_second_window_closed_without_settling_it_is_found_again(dan, booked):
    first, second = offered(dan, booked), offered(dan, booked)
    keep(dan, booked, first, summary="Typed in the first")
    keep(dan, booked, second, summary="Typed in the second")
    page = open_page(dan, url_of(booked))
    assert page.field("summary") == ["Typed in the first"] and "Typed in the second" in page.text
    assert "Changed in more than one place" in page.text


def test_filed_by_somebody_else_meanwhile_both_are_shown_and_mine_is_kept(dan, booked):
    leader, mine = hand_of(make.careers_leader()), offered(dan, booked)
    assert send(leader, booked, "file").status_code == 302
    answer = send(dan, booked, "file", mine, summary="What I wrote")
    page = Page(answer)
    assert answer.status_code == 409 and page.field("summary") == ["What I wrote"]
    assert "She means to be a paramedic." in page.text and "Filed by Priya Raman" in page.text
    again = send(dan, booked, "file", dict(page.fields), summary="What I wrote")
    assert again.status_code == 302
    booked.refresh_from_db()
    assert booked.summary == "What I wrote"
    assert Action.objects.count() == 2, "what the form shows is what is filed: her two actions, not four"


def test_the_same_form_sent_twice_files_once_and_says_so(dan, booked):
    fields = offered(dan, booked)
    assert send(dan, booked, "file", fields).status_code == 302
    answer = send(dan, booked, "file", fields)
    assert answer.status_code == 302
    assert "already filed" in open_page(dan, answer.url).notes[-1]
    assert Action.objects.count() == 2 and Aspiration.objects.count() == 1
    assert not MeetingDraft.objects.exists()


# filing


def test_filed_it_is_read_by_the_tutor_and_the_leader_and_the_note_by_its_adviser_alone(dan, booked, amara):
    answer = send(dan, booked, "file", shared_with_parent="on")
    page = open_page(dan, answer.url)
    assert page.notes[0].startswith("The meeting with Amara Ode is filed.")
    assert "Also shared with parents" in page.text and "Worried about home." not in page.text
    for reader in (make.careers_leader(), make.form_tutor(make.tutor_group("11A", 11))):
        text = open_page(hand_of(reader), f"/students/{amara.key}/guidance/").text
        assert "She means to be a paramedic." in text and "Visit the college" in text and "Worried" not in text
        assert "Guidance meeting with Dan Okafor" in open_page(hand_of(reader), f"/students/{amara.key}/").text
    assert open_page(dan, url_of(booked)).field("private_note") == ["Worried about home."]
    for other in (make.careers_leader(), adviser("Lena Moss")):
        page = open_page(hand_of(other), url_of(booked))
        assert page.status == 200 and page.field("private_note") == [] and "Worried" not in page.body


def test_a_note_sent_by_who_may_not_write_one_goes_nowhere(dan, booked):
    send(dan, booked, "file")
    leader = hand_of(make.careers_leader())
    assert send(leader, booked, "file", private_note="Overwritten").status_code == 302
    booked.refresh_from_db()
    assert booked.private_note == "Worried about home."
    keep(leader, booked, offered(leader, booked), private_note="canary-note")
    assert "canary-note" not in str(MeetingDraft.objects.values_list("says", flat=True))


def test_the_occupation_is_only_what_a_person_chose(dan, booked):
    page = Page(dan.post("/guidance/occupations/", {"words": "a paramedic"}))
    assert "Paramedics" in page.text and page.field("soc2020") == [""], "none is chosen for them"
    send(dan, booked, "file", soc2020="")
    row = Aspiration.objects.get()
    assert (row.words, row.occupation, row.soc2020, row.sector) == ("a paramedic", "", "", "")


def test_the_one_chosen_brings_its_title_and_its_sector(dan, booked):
    send(dan, booked, "file")
    row = Aspiration.objects.get()
    assert (row.occupation, row.soc2020, row.sector) == ("Paramedics", "2255", "Health and social care")
    assert (row.pathway, row.certainty, row.meeting) == ("university", 4, booked)


def test_one_chosen_stays_chosen_when_the_words_change(dan):
    page = Page(dan.post("/guidance/occupations/", {"words": "a plumber", "soc2020": "2255"}))
    assert page.field("soc2020") == ["2255"] and "Chosen before" in page.text and "lumb" in page.text


@pytest.mark.parametrize(
    ("wrong", "sentence"),
    [
        (
            {"due_1": "2026-02-04"},
            "“Visit the college” would be due before its meeting: choose a day from 5 Feb 2026 on.",
        ),
        ({"due_1": ""}, "Say by when “Visit the college” is due."),
        ({"owner_1": "other"}, "Say who will do “Visit the college”."),
        ({"nothing_agreed": "on"}, "Clear the actions, or untick this: it cannot be both."),
        ({"held_on": "2026-02-06"}, "This day has not come yet. File the meeting once it has been held."),
        ({"held_on": ""}, "Say when it was held."),
        ({"sharing_agreed": ""}, "Tick that you agreed who will see the summary, or leave it empty."),
        ({"sharing_agreed_on": ""}, "Say on which day sharing was agreed."),
        ({"minutes": "long"}, "Write the minutes as a whole number from 1 to 600."),
        ({"soc2020": "0000"}, "Choose one of the occupations offered, or none of them."),
        ({"certainty": "9"}, "Choose how sure from 1 to 5."),
        ({"what_1": "x" * 301}, "Shorten action 1 to 300 characters."),
    ],
)
def test_what_is_wrong_is_said_in_a_sentence_and_nothing_typed_is_lost(dan, booked, wrong, sentence):
    answer = send(dan, booked, "file", **wrong)
    page = Page(answer)
    assert answer.status_code == 422 and page.problems == [sentence]
    assert page.field("summary") == [TYPED["summary"]]
    assert GuidanceMeeting.objects.get().status == "booked" and not Action.objects.exists()
    assert open_page(dan, url_of(booked)).field("summary") == [TYPED["summary"]], "the draft has it too"
    assert send(dan, booked, "file", dict(page.fields) | wrong | TYPED, **dict.fromkeys(("nothing_agreed",), ""),
                owner_1="student").status_code == 302  # fmt: skip


@pytest.mark.parametrize("status", ["cancelled", "not_attended"])
def test_a_meeting_not_held_has_no_write_up(dan, booked, status):
    GuidanceMeeting.objects.update(status=status)
    answer = dan.get(url_of(booked))
    assert answer.status_code == 302 and "no write-up" in open_page(dan, answer.url).notes[0]


def test_undo_gives_back_the_draft_and_says_when_it_is_too_late(dan, booked):
    page = open_page(dan, send(dan, booked, "file").url)
    back = url_of(booked, "undo/2/")
    assert back in page.body
    assert dan.post(back).url == url_of(booked)
    page = open_page(dan, url_of(booked))
    assert "draft again" in page.notes[0]
    assert page.field("summary") == [TYPED["summary"]] and page.field("private_note") == ["Worried about home."]
    assert page.field("what_1") == ["Visit the college"] or page.field("what_2") == ["Visit the college"]
    assert "Changed in more than one place" not in page.text
    open_page(dan, send(dan, booked, "file", dict(page.fields)).url)
    dan.post(back)
    assert "changed since" in open_page(dan, url_of(booked)).notes[0]


def test_put_right_later_in_place(dan, booked):
    send(dan, booked, "file")
    fields = offered(dan, booked)
    row = next(n for n in "123" if fields[f"what_{n}"] == "Visit the college")
    changed = fields | {"summary": "She means to be a nurse.", f"due_{row}": "2026-03-01"}
    answer = dan.post(url_of(booked), changed | {"act": "file"})
    assert answer.status_code == 302 and "put right" in open_page(dan, answer.url).notes[0]
    booked.refresh_from_db()
    assert booked.summary == "She means to be a nurse." and booked.version == 3
    assert Action.objects.get(what="Visit the college").due_on == date(2026, 3, 1) and Action.objects.count() == 2
    assert Aspiration.objects.count() == 1, "what they want was not said again"


def test_an_action_closed_while_it_was_changed_is_left_closed(dan, booked):
    send(dan, booked, "file")
    fields = offered(dan, booked)
    Action.objects.update(closed_on=make.TODAY, outcome="done")
    answer = dan.post(url_of(booked), fields | {"what_1": "Changed", "act": "file"})
    assert answer.status_code == 422 and "closed meanwhile" in Page(answer).problems[0]
    page = open_page(dan, url_of(booked))
    assert page.field("what_1") == [""], "the closed one is shown above, not offered again"
    assert dan.post(url_of(booked), dict(page.fields) | {"act": "file"}).status_code == 302


# a walk-in; throwing away


def test_somebody_walks_in_and_is_written_up(dan, amara):
    page = open_page(dan, f"/students/{amara.key}/")
    assert "Write up a meeting" in page.text
    answer = dan.post("/guidance/start/", {"student": amara.key})
    meeting = GuidanceMeeting.objects.get()
    assert answer.url == url_of(meeting)
    assert send(dan, meeting, "file").status_code == 302
    meeting.refresh_from_db()
    assert (meeting.status, meeting.adviser_name, meeting.adviser_level) == ("held", "Dan Okafor", 6)


def test_a_leader_says_who_the_adviser_was(amara):
    leader = hand_of(make.careers_leader())
    leader.post("/guidance/start/", {"student": amara.key})
    meeting = GuidanceMeeting.objects.get()
    assert Page(send(leader, meeting, "file")).problems == ["Say who the adviser was."]
    assert send(leader, meeting, "file", adviser_name="Ann Other").status_code == 302
    meeting.refresh_from_db()
    assert (meeting.adviser, meeting.adviser_name, meeting.private_note) == (None, "Ann Other", "")


def test_a_draft_thrown_away_is_gone_and_the_booking_stays(dan, booked):
    GuidanceMeeting.objects.update(booked_on=date(2026, 1, 5))
    keep(dan, booked, offered(dan, booked), summary="Throw me")
    assert dan.post(url_of(booked, "drop/")).status_code == 302
    assert not MeetingDraft.objects.exists() and GuidanceMeeting.objects.get().status == "booked"


@pytest.mark.parametrize("maker", [
    lambda: make.form_tutor(make.tutor_group("11A", 11)), make.data_manager, make.governor, make.stranger,
])  # fmt: skip
def test_who_may_not_write_guidance_neither_opens_nor_sends_it(maker, booked, amara):
    client = hand_of(maker())
    assert client.get(url_of(booked)).status_code == client.get(url_of(booked, "needs/")).status_code == 404
    for more in ("", "draft/", "drop/", "undo/1/"):
        assert client.post(url_of(booked, more), TYPED | {"act": "file"}).status_code == 404, more
    assert client.post("/guidance/start/", {"student": amara.key}).status_code == 404
    assert GuidanceMeeting.objects.get().status == "booked" and not MeetingDraft.objects.exists()


def test_an_adviser_of_one_year_group_reaches_only_that(booked, amara):
    someone = make.account("Of Year 9")
    make.role(someone, Role.ADVISER, Place.YEAR_GROUP, year_group=9)
    client = hand_of(someone)
    assert client.get(url_of(booked)).status_code == client.post(url_of(booked, "draft/"), TYPED).status_code == 404


def test_another_schools_meeting_does_not_exist(dan):
    theirs = make.guidance_meeting(make.student("Theirs", at=make.school("Other School")))
    assert dan.get(url_of(theirs)).status_code == dan.post(url_of(theirs), TYPED).status_code == 404


def test_a_forged_save_without_its_token_is_refused(booked):
    client = Client(enforce_csrf_checks=True)
    client.force_login(make.careers_leader())
    assert client.post(url_of(booked, "draft/"), TYPED).status_code == 403


@pytest.mark.parametrize("said", [
    {"window": "", "base": "", "draft": ""}, {"base": "9" * 400, "draft": "-1"}, {"base": "²", "draft": "x"},
    {"window": "<b>", "base": "1", "draft": "1"}, {"summary": "a\x00b"}, {"what_1": "💙" * 400},
])  # fmt: skip
def test_nonsense_sent_breaks_nothing(dan, booked, said):
    fields = offered(dan, booked)
    for act in ("draft", "later", "both", "file"):
        url = url_of(booked, "draft/") if act == "draft" else url_of(booked)
        assert dan.post(url, fields | TYPED | said | {"act": act}).status_code in (200, 302, 409, 422)
    assert dan.get(url_of(booked)).status_code == 200


def test_typed_markup_stays_text_in_every_version(dan, booked):
    first, second = offered(dan, booked), offered(dan, booked)
    keep(dan, booked, first, summary="<script>alert(1)</script>", words="<b>vet</b>")
    page = Page(send(dan, booked, "later", second, summary="<img src=x onerror=alert(2)>"))
    assert page.status == 409 and page.would_run == []
    assert open_page(dan, url_of(booked)).would_run == []


def test_ids_are_single_and_every_box_is_named(dan, booked):
    keep(dan, booked, offered(dan, booked), words="paramedic")
    page = open_page(dan, url_of(booked))
    assert sorted(page.ids) == sorted(set(page.ids)) and page.unlabelled == []
