"""Needs by page: most urgent first, put aside and brought back, what may be written, and rules a school changes."""

from datetime import date

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from pathbook.audit.models import Event
from pathbook.needs.models import Dismissal, NeedSettings
from pathbook.people.models import Place, Role
from pathbook.records.models import AnnualReview, Barrier, Offer
from tests import make
from tests.needs import cast
from tests.web.hand import Page, hand_of, open_page

pytestmark = pytest.mark.django_db
PAGE = "/students/{}/needs/"


@pytest.fixture
def leader():
    return hand_of(make.careers_leader())


@pytest.fixture
def amara():
    someone = make.student("Amara", "Ode", year=11, group="11A", sen="E")
    cast.action(someone, what="Read two pages")
    return someone


def page_of(client, someone):
    return open_page(client, PAGE.format(someone.key))


def post(client, someone, act, follow=True, **said):
    return Page(client.post(f"{PAGE.format(someone.key)}{act}/", said, follow=follow))


def fingerprint(someone, code):
    return cast.need(someone, code).fingerprint


def test_the_group_page_names_the_most_urgent_first_and_counts_each_rule(leader, amara):
    make.student("Aaron", "Ahead", year=11, group="11A")
    make.guidance_meeting(amara, status="not_attended", planned_on=date(2026, 1, 14))
    page = open_page(leader, "/needs/", year=11)
    names = [page.text.index(name) for name in ("Amara Ode", "Aaron Ahead")]
    assert names == sorted(names) and "2 of 2 have something overdue or due within four weeks" in page.text
    assert "The guidance meeting on 14 Jan 2026 did not happen and no other is booked." in page.text
    assert "An action overdue: 1" in page.text and "Missed a guidance meeting: 1" in page.text


def test_it_is_narrowed_to_one_rule_and_nonsense_is_ignored(leader, amara):
    make.student("Ben", "Calm", year=11, group="11A")
    only = open_page(leader, "/needs/", year=11, rule="action_overdue")
    assert "Amara Ode" in only.text and "Ben Calm" not in only.text
    assert "Ben Calm" in open_page(leader, "/needs/", year=11, rule="nonsense").text
    assert "Nobody matches" in open_page(leader, "/needs/", year=7, rule="barrier").text


def test_who_looks_after_the_whole_school_begins_with_year_11(leader, amara):
    make.student("Ten", "Younger", year=10, group="10A")
    assert "Younger" not in open_page(leader, "/needs/").text
    assert "Younger" in open_page(leader, "/needs/", year="").text


def test_a_student_s_page_says_why_what_it_rests_on_and_one_step(leader, amara):
    fair = make.activity(title="Careers fair", meaningful=False)
    make.participation(amara, fair)
    text = page_of(leader, amara).text
    assert "No encounter with an employer that counts this school year yet" in text
    assert "Complete the checklist of Careers fair, 8 Oct 2025" in text
    assert "Careers fair, 8 Oct 2025, attended" in text and "weight 0.80, due in 207 days" in text


def test_opening_it_is_a_reading_of_the_record(leader, amara):
    page_of(leader, amara)
    assert Event.objects.filter(verb="read", student_id=amara.pk).count() == 1


def test_put_aside_and_undone(leader, amara):
    gone = post(
        leader, amara, "dismiss", need=fingerprint(amara, "action_overdue"), reason="Ill this week", until="2026-03-01"
    )
    assert "Put aside until 1 Mar 2026" in gone.notes[0] and "Ill this week" in gone.text
    assert cast.need(amara, "action_overdue") is None
    row = Dismissal.objects.get()
    back = post(leader, amara, f"restore/{row.pk}")
    assert "back among the needs" in back.notes[0] and cast.need(amara, "action_overdue")


@pytest.mark.parametrize(
    ("said", "problem"),
    [
        ({"reason": "", "until": "2026-03-01"}, "Say why, in a few words."),
        ({"reason": "x", "until": ""}, "Say until when."),
        ({"reason": "x", "until": "2026-02-30"}, "Write the date as day, month and year, such as 14/1/2026."),
        ({"reason": "x", "until": "2026-02-04"}, "This day has passed. Choose today or a later one."),
        ({"reason": "x", "until": "2036-02-04"}, "Choose a day within about a year."),
        ({"reason": "x" * 301, "until": "2026-03-01"}, "Shorten the reason to 300 characters."),
    ],
)
def test_a_dismissal_without_reason_or_day_is_refused_and_the_typing_kept(leader, amara, said, problem):
    page = post(leader, amara, "dismiss", need=fingerprint(amara, "action_overdue"), **said)
    assert page.status == 422 and page.problems == [problem]
    assert said["reason"] in page.field("reason") and not Dismissal.objects.exists()


def test_a_need_that_changed_meanwhile_is_not_put_aside_unseen(leader, amara):
    old = fingerprint(amara, "action_overdue")
    amara.actions.update(due_on=date(2026, 1, 25))
    page = post(leader, amara, "dismiss", need=old, reason="x", until="2026-03-01")
    assert "has changed meanwhile" in page.notes[0] and not Dismissal.objects.exists()


def test_a_tutor_reads_needs_and_puts_none_aside(amara):
    tutor = hand_of(make.form_tutor(make.tutor_group("11A", 11)))
    page = page_of(tutor, amara)
    assert page.status == 200 and "Put aside" not in page.text and "Read two pages" in page.text
    answer = post(tutor, amara, "dismiss", need=fingerprint(amara, "action_overdue"), reason="x", until="2026-03-01")
    assert answer.status == 404 and not Dismissal.objects.exists()


def test_a_dismissal_of_another_student_is_not_found(leader, amara):
    other = make.student("Other", year=11, group="11A")
    post(leader, amara, "dismiss", need=fingerprint(amara, "action_overdue"), reason="x", until="2026-03-01")
    assert post(leader, other, f"restore/{Dismissal.objects.get().pk}").status == 404


def test_a_barrier_is_a_need_until_it_is_eased_and_only_support_readers_see_it(leader, amara):
    page = post(leader, amara, "barrier", kind="travel", words="No bus after four", ease_by="")
    assert (
        "Something in the way was recorded on 5 Feb 2026: getting there." in page.text
        and "No bus after four" in page.text
    )
    row = Barrier.objects.get()
    pupil = make.account("Amara")
    make.role(pupil, Role.STUDENT, Place.STUDENT, student=amara)
    own = page_of(hand_of(pupil), amara)
    assert own.status == 200 and "No bus" not in own.text and "Something in the way" not in own.text
    assert "annual review" not in own.text.casefold() and "Read two pages" in own.text
    eased = post(leader, amara, f"eased/{row.key}")
    assert "Eased." in eased.notes[0] and cast.need(amara, "barrier") is None
    assert post(leader, amara, f"eased/{row.key}").status == 404
    assert "No bus" not in str(list(Event.objects.values_list("detail", flat=True)))


def test_a_review_is_planned_moved_and_held(leader, amara):
    assert "day of its annual review is not recorded" in page_of(leader, amara).text
    post(leader, amara, "review", due_on="2026-02-26")
    assert "The annual review is on 26 Feb 2026" in page_of(leader, amara).text
    post(leader, amara, "review", due_on="2026-06-26")
    assert AnnualReview.objects.get().due_on == date(2026, 6, 26) and cast.need(amara, "review_due") is None
    held = post(leader, amara, "review-held")
    assert "Set the day of the next one" in held.notes[0]
    assert not AnnualReview.objects.to_come().exists()
    assert post(leader, amara, "review-held").status == 404


def test_an_offer_is_recorded_and_its_status_changed(leader, amara):
    said = {"provider": "Northbridge College", "course": "Carpentry", "on": "2026-02-01"}
    post(leader, amara, "offer", status="applied", **said)
    page = post(leader, amara, "offer", status="offered", **said)
    assert "Northbridge College" in page.text
    assert Offer.objects.get().status == "offered"
    refused = post(leader, amara, "offer", status="offered", provider="", course="", on="2026-02-06")
    assert refused.status == 422 and len(refused.problems) == 2


def test_the_rules_are_shown_with_their_sources_and_a_leader_changes_them(leader, amara):
    page = open_page(leader, "/needs/rules/")
    assert "Nothing recorded changes" in page.text and "There are no national weights" in page.text
    said = dict(page.fields) | {"action_overdue/weight": "0.2", "neet_risk": "on", "neet_risk/item/ehcp": "5"}
    said.pop("guidance_due")
    saved = Page(leader.post("/needs/rules/", said, follow=True))
    assert "The rules are saved" in saved.notes[0] and "(was 0.7)" in saved.text
    assert set(NeedSettings.objects.get().changed) == {"action_overdue", "guidance_due", "neet_risk"}
    assert cast.need(amara, "action_overdue").severity == 0.2
    assert cast.need(amara, "neet_risk").reason.startswith("EHC plan (5)")


def test_what_is_as_shipped_is_not_kept_as_a_change(leader):
    page = open_page(leader, "/needs/rules/")
    leader.post("/needs/rules/", dict(page.fields))
    assert NeedSettings.objects.get().changed == {}


@pytest.mark.parametrize("weight", ["", "2", "-1", "much", "NaN", "Infinity", "9" * 400, "\0"])
def test_a_weight_that_is_none_is_refused_in_one_sentence(leader, weight):
    page = open_page(leader, "/needs/rules/")
    refused = Page(leader.post("/needs/rules/", dict(page.fields) | {"barrier/weight": weight}))
    assert refused.status == 422 and refused.problems == ["Something in the way: give a weight from 0 to 1."]
    assert not NeedSettings.objects.exists()


def test_a_tutor_reads_the_rules_and_changes_none(amara):
    tutor = hand_of(make.form_tutor(make.tutor_group("11A", 11)))
    page = open_page(tutor, "/needs/rules/")
    assert page.status == 200 and not page.field("barrier/weight") and "Something in the way" in page.text
    assert tutor.post("/needs/rules/", {}).status_code == 404 and not NeedSettings.objects.exists()


def test_no_page_has_what_the_policy_forbids(leader, amara):
    for url in ("/needs/", PAGE.format(amara.key), "/needs/rules/"):
        assert open_page(leader, url).would_run == []


def test_the_pages_ask_the_database_as_often_for_3_students_as_for_30(leader):
    def asked(url):
        leader.get(url)
        with CaptureQueriesContext(connection) as seen:
            assert leader.get(url).status_code == 200
        return len(seen)

    def grow(many):
        for someone in make.students(many):
            cast.action(someone)
            make.participation(someone, make.activity(f"Talk {someone.pk}"))
        return someone

    first = grow(3)
    few = asked("/needs/?year=11"), asked(PAGE.format(first.key))
    grow(27)
    assert (asked("/needs/?year=11"), asked(PAGE.format(first.key))) == few
