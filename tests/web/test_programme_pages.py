"""The plan of the year on its pages: copied, planned by rule, with term dates, exams, money and a calendar to follow."""

from datetime import date, timedelta

import pytest
from icalendar import Calendar

from pathbook.people.models import Enrolment
from pathbook.records.models import Activity, ActivityTemplate, CalendarFeed, Closure, ExamDays, YearBudget
from pathbook.records.queries.slots import school_days
from tests import make
from tests.web.hand import Page, hand_of, open_page

pytestmark = pytest.mark.django_db
SOON = make.TODAY + timedelta(days=20)


@pytest.fixture
def leader():
    return hand_of(make.careers_leader())


def form(**said):
    return {
        "title": "Talk",
        "kind": "employer_encounter",
        "starts_on": SOON.isoformat(),
        "token": "abcdefghjkmn",
    } | said


def test_an_activity_is_counted_before_it_is_saved_and_saved_once(leader):
    make.students(3, year=10, group="10A")
    make.exams(SOON, year_groups=[10], why="Mock exams")
    said = form(years_1=["10"], cost_planned="120", learning_areas=["CDI2"])
    counted = leader.post("/programme/new/", said | {"count": "1"}).content.decode()
    assert "Year 10: 3 students today" in counted and "Mock exams on 25 Feb 2026 (3)" in counted
    assert not Activity.objects.exists()
    for _ in range(2):
        assert leader.post("/programme/new/", said).status_code == 302
    made = Activity.objects.get()
    assert (made.rule, made.cost_planned, made.learning_areas) == (
        [{"years": [10], "forms": [], "who": []}],
        120,
        ["CDI2"],
    )


def test_the_plan_shows_gaps_clashes_and_what_would_be_reached(leader):
    make.students(4, year=10, group="10A")
    make.budget(100)
    make.activity("Talk", on=SOON, rule=[{"years": [10]}], criteria=["GB5.1"], cost_planned=130)
    make.exams(SOON, year_groups=[10], why="Mock exams")
    page = leader.get("/programme/").content.decode()
    assert "4 at Mock exams" in page and "£30" in page and "0% to <b>100%</b> (4 of 4)" in page


def test_a_governor_reads_the_plan_and_no_small_number(client):
    make.participation(make.student(year=10), make.activity("Talk", on=SOON), status="planned")
    page = hand_of(make.governor()).get("/programme/").content.decode()
    assert "Talk" in page and "under 5" in page and "As planned" not in page


def test_term_dates_once_said_are_what_every_page_calls_a_school_day(leader):
    shown = leader.get("/programme/dates/2026/").content.decode()
    assert "2026-10-26" not in shown and 'value="2026-10-23"' in shown and "check them" in shown
    fields = {
        f"{end}_{n}": day for n, row in enumerate(HALVES) for end, day in zip(("first", "last"), row, strict=True)
    }
    assert not school_days(make.school()).closed_on(date(2026, 10, 21))
    assert leader.post("/programme/dates/2026/", fields).status_code == 302
    assert school_days(make.school()).closed_on(date(2026, 10, 21)).why == "Autumn half term"
    assert leader.post("/programme/dates/2026/", fields).status_code == 302
    assert Closure.objects.filter(holiday="autumn_half").count() == 1
    refused = leader.post("/programme/dates/2026/", fields | {"first_1": "2026-10-01"})
    assert refused.status_code == 422 and "begins before Autumn 1 has ended" in refused.content.decode()
    assert 'value="2026-10-01"' in refused.content.decode()


HALVES = (("2026-09-03", "2026-10-16"), ("2026-11-02", "2026-12-18"), ("2027-01-04", "2027-02-12"),
          ("2027-02-22", "2027-03-19"), ("2027-04-05", "2027-05-28"), ("2027-06-07", "2027-07-22"))  # fmt: skip


def test_what_is_typed_on_the_copying_page_is_kept_when_a_day_is_wrong(leader):
    one = make.activity("Fair", on=date(2025, 10, 8))
    sent = {"from": "2025", "to": "2026", f"on-{one.key}": "2031-01-01", f"title-{one.key}": "Bigger fair"}
    refused = leader.post("/programme/copy/", sent)
    assert (
        refused.status_code == 422
        and "2031-01-01" in refused.content.decode()
        and "Bigger fair" in refused.content.decode()
    )
    assert not Activity.objects.in_year(2026).exists()


def test_the_calendar_to_follow_names_nobody_and_ends(leader, client):
    make.participation(make.student("Amara", "Ode"), make.activity("Talk", on=SOON), status="planned")
    leader.post("/programme/feed/")
    address = f"/calendar/{CalendarFeed.objects.get().key}.ics"
    followed = client.get(address)
    event = Calendar.from_ical(followed.content).walk("VEVENT")[0]
    assert (str(event["SUMMARY"]), event["DTSTART"].dt) == ("Talk", SOON) and b"Ode" not in followed.content
    leader.post("/programme/feed/end/")
    assert client.get(address).status_code == 404


def test_every_view_of_the_calendar_holds_it(leader):
    make.activity("Talk", on=SOON)
    for view in ("week", "term", "year"):
        page = open_page(leader, f"/programme/calendar/?view={view}&day={SOON}")
        assert "Talk" in page.text, view
        others = {"week", "term", "year"} - {view}
        assert {f"?view={one}&day={SOON}" for one in others} <= set(page.links), "each leads to the others"
    assert leader.get("/programme/calendar/?view=x&day=nonsense").status_code == 200


def test_exams_a_budget_and_a_template_are_said_and_taken_away(leader):
    leader.post(
        "/programme/dates/2025/exams/",
        {"why": "GCSEs", "first_day": "2026-05-11", "last_day": "2026-06-24", "year_groups": ["11"]},
    )
    leader.post(f"/programme/exams/{ExamDays.objects.get().pk}/end/")
    leader.post("/programme/budget/2025/", {"pounds": "2500"})
    assert not ExamDays.objects.exists() and YearBudget.objects.get().pounds == 2500
    talk = make.activity("Talk", on=SOON, rule=[{"years": [9], "who": ["ehcp"]}])
    leader.post(f"/programme/templates/keep/{talk.key}/")
    page = leader.get(f"/programme/new/?from={ActivityTemplate.objects.get().key}").content.decode()
    assert 'value="Talk"' in page and 'name="who_1" value="ehcp"' in page.replace("  ", " ")


def test_a_list_filled_by_rule_says_who_joined_and_left_it_since(leader):
    leaves, talk = make.student(year=10), make.activity("Talk", on=SOON, rule=[{"years": [10]}])
    assert "1 student today" in leader.get(f"/activities/{talk.key}/").content.decode()
    leader.post(f"/activities/{talk.key}/invite/")
    make.student("New", year=10)
    Enrolment.objects.filter(student=leaves).update(end_date=make.TODAY - timedelta(days=1))
    leader.post("/programme/lists/")
    assert "1 joined, 1 left</b> since 5 Feb 2026" in leader.get(f"/activities/{talk.key}/").content.decode()


def test_a_rule_that_names_no_group_of_the_school_is_asked_about(leader):
    page = leader.post("/programme/new/", form(years_1=["10"], groups_1="Chior"))
    assert page.status_code == 422 and "There is no class or group called Chior." in page.content.decode()


def test_term_dates_and_exams_are_undone_as_they_were(leader):
    make.exams(SOON, year_groups=[10], why="Mock exams")
    gone = Page(leader.post(f"/programme/exams/{ExamDays.objects.get().pk}/end/", follow=True))
    assert not ExamDays.objects.exists()
    address = next(part.split('"')[0] for part in gone.body.split('action="')[1:] if "/undo/" in part.split('"')[0])
    assert "Mock exams is as before" in Page(leader.post(address, follow=True)).notes[0]
    assert ExamDays.objects.get().year_groups == [10]
    assert "nothing to undo" in Page(leader.post(address, follow=True)).notes[0]
    first = leader.get("/programme/dates/2025/").context["terms"].initial
    saved = Page(leader.post("/programme/dates/2025/", first, follow=True))
    address = next(part.split('"')[0] for part in saved.body.split('action="')[1:] if "/undo/" in part.split('"')[0])
    assert Closure.objects.exists()
    assert "The term dates are as before" in Page(leader.post(address, follow=True)).notes[0]
    assert not Closure.objects.exists(), "those usual in England are proposed again"
