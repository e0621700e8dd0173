"""Each page asks the database as often for 300 students as for 30, and seldom."""

from datetime import date, timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from pathbook.people.models import Place, Role
from pathbook.records.models import Activity
from pathbook.reports import evaluation
from tests import make
from tests.web.hand import hand_of

pytestmark = pytest.mark.django_db
FEW, MANY = 30, 300
AT_MOST = {
    "/students/?year=11": 12, "/students/?year=11&per=300": 12, "/students/?year=11&sort=-gaps": 12,
    "/students/?gap=GB8.1a": 12, "/coverage/": 12, "/coverage/?year=11": 12, "/coverage/?rows=students&per=300": 12,
    "/guidance/": 12, "/guidance/?adviser=all": 12, "/guidance/week/": 12, "/guidance/missed/": 12,
    "/guidance/week/closures/": 12, "/guidance/book/": 12, "/guidance/calendars/": 12,
    "/monitoring/": 12, "/monitoring/new/book_look/": 12, "/training/": 12, "/training/who/": 12, "/training/new/": 12,
    "/programme/": 12, "/programme/copy/?to=2026": 12, "/programme/calendar/?view=year": 12, "/programme/dates/2025/": 12,
    "/next/": 12, "/next/offers/": 12, "/next/leavers/": 12, "/next/risk/": 12, "/next/outcomes/": 12, "/next/authority/": 12, "/next/codes/": 12,
    "/": 11, "/activities/": 10, "/evaluation/": 12, "/evaluation/snapshots/": 12, "/evaluation/sheet/": 12, "/evaluation/forecast/": 12, "/evaluation/2025/2025/GB1.1/": 12, "/evaluation/2025/2025/GB4.2/": 12, "/evaluation/rule/": 12, "/set-up/kind/?kind=college": 12, "/guidance/loop/": 12, "/reports/use/": 18, "/guidance/demand/": 12, "/needs/": 13,
}  # fmt: skip

TABS = {
    "": 16,
    "guidance/": 13,
    "benchmarks/": 17,
    "needs/": 22,
    "next/": 15,
}  # each notes that the record was opened: four statements here, three in a school
BY_ROLE = {
    "adviser": {"/": 12, **{f"/students/{{}}/{tab}": most for tab, most in TABS.items()}},
    "tutor": {
        "/": 12,
        "/whiteboard/": 12,
        "/needs/": 12,
        **{f"/students/{{}}/{tab}": most for tab, most in TABS.items()},
    },
    "head of year": {"/": 12},
    "senior leader": {"/": 12},
    "governor": {"/": 12},
    "student": {"/me/": 24, "/me/record/": 14, "/me/plan/": 19, "/me/wish/": 12},
    "parent": {"/family/{}/": 15},
}


def take_part(students):
    """Each in two activities, a planned one for every fifth and a meeting for every third."""
    fair, visit, coming = programme()
    for n, one in enumerate(students):
        make.participation(one, fair, "absent" if n % 7 == 0 else "attended")
        make.participation(one, visit)
        if n % 5 == 0:
            make.participation(one, coming, "planned")
        if n % 3 == 0:
            make.guidance_meeting(one)


def programme():
    known = list(Activity.objects.order_by("pk"))
    return known or [
        make.activity(),
        make.activity("University visit", "he_visit", date(2025, 11, 3)),
        make.activity("Site visit", "workplace_experience", make.TODAY + timedelta(days=20)),
    ]


def asked_for(client, url):
    """How many statements a page takes once the session and everything remembered is warm."""
    assert client.get(url).status_code == 200, url
    with CaptureQueriesContext(connection) as asked:
        assert client.get(url).status_code == 200
    return len(asked), [query["sql"][:140] for query in asked]


def hands_of(one):
    """Somebody of each role, who has to do with this student."""
    year, tutor = make.account("Head of Eleven"), make.form_tutor(make.tutor_group("11A", 11))
    make.role(year, Role.HEAD_OF_YEAR, Place.YEAR_GROUP, year_group=11)
    make.role(tutor, Role.FORM_TUTOR, Place.TUTOR_GROUP, tutor_group=make.tutor_group("11B", 11))
    senior = make.account("Simon Field")
    make.role(senior, Role.SENIOR_LEADER)
    accounts = {
        "adviser": make.adviser(), "tutor": tutor, "head of year": year, "senior leader": senior,
        "governor": make.governor(), "student": make.as_student(one), "parent": make.as_parent(one),
    }  # fmt: skip
    return {role: hand_of(account) for role, account in accounts.items()}


@pytest.fixture
def counted():
    """What every page cost at 30 students and again at 300, in one school that grew, by (role, address)."""
    leader, hands, one, found = hand_of(make.careers_leader()), {}, None, {}
    reader = f"/reports/reading/{make.form_tutor(make.tutor_group('11A', 11)).pk}/form_tutor/"
    for size, more, form in ((FEW, FEW, "11A"), (MANY, MANY - FEW, "11B")):
        students = make.students(more, group=form)
        take_part(students)
        one = one or students[0]
        hands = hands or hands_of(one)
        addresses = [*AT_MOST, f"/activities/{programme()[0].key}/", reader]
        asked = [("leader", leader, url) for url in addresses]
        asked += [(role, hands[role], url.format(one.key)) for role, of_role in BY_ROLE.items() for url in of_role]
        found[size] = {(role, url): asked_for(hand, url) for role, hand, url in asked}
    budgets = {("leader", url): most for url, most in AT_MOST.items()}
    budgets |= {(role, url.format(one.key)): most for role, of_role in BY_ROLE.items() for url, most in of_role.items()}
    return found, budgets


def test_every_page_asks_as_often_for_300_as_for_30_and_within_its_budget(counted):
    found, budgets = counted
    for page, (few, _) in found[FEW].items():
        many, said = found[MANY][page]
        assert few == many <= budgets.get(page, 12), (page, few, many, said)


def test_a_home_with_fresh_figures_costs_the_same_at_both_sizes():
    """Nothing remembered: the evaluation is worked out anew, in a fixed number of statements."""
    leader, used = hand_of(make.careers_leader()), []
    for more, form in ((FEW, "11A"), (MANY - FEW, "11B")):
        take_part(make.students(more, group=form))
        leader.get("/")
        evaluation.forget()
        with CaptureQueriesContext(connection) as asked:
            leader.get("/")
        used.append(len(asked))
    assert used[0] == used[1], used


@pytest.mark.parametrize("tab", ["", "guidance/", "benchmarks/", "access/"])
def test_a_record_costs_the_same_with_one_year_of_history_and_with_six(tab):
    leader = hand_of(make.careers_leader())
    short, long = (
        make.student("Short", "History", year=11, group="11A"),
        make.student("Long", "History", year=11, group="11A"),
    )
    for years, someone in ((1, short), (6, long)):
        for back in range(years):
            for n in range(8):
                day = date(2025 - back, 10, 1) + timedelta(days=n)
                make.participation(someone, make.activity(f"Talk {someone.pk} {back} {n}", on=day))
            make.guidance_meeting(someone, on=date(2025 - back, 11, 5), summary="What was said.")
    short_cost, _ = asked_for(leader, f"/students/{short.key}/{tab}")
    long_cost, said = asked_for(leader, f"/students/{long.key}/{tab}")
    assert short_cost == long_cost <= 17, (short_cost, long_cost, said)


def test_what_home_said_costs_the_same_for_30_and_for_300():
    leader, used = hand_of(make.careers_leader()), []
    visit = make.activity("Site visit", "workplace_experience", make.TODAY + timedelta(days=20), asks_consent=True)
    for more in (FEW, MANY - FEW):
        for n, one in enumerate(make.students(more)):
            make.guardian(one)
            make.consent(one, visit, ("given", "asked", "refused")[n % 3])
            make.participation(one, visit, "planned")
        used.append(asked_for(leader, f"/activities/{visit.key}/consent/"))
    assert used[0][0] == used[1][0] <= 12, used


@pytest.mark.parametrize("url", ["/students/?year=11&per=300", "/coverage/?rows=students&per=300"])
def test_with_nothing_remembered_too(url):
    leader, used = hand_of(make.careers_leader()), []
    for more, form in ((FEW, "11A"), (MANY - FEW, "11B")):
        take_part(make.students(more, group=form))
        leader.get(url)
        evaluation.forget()
        with CaptureQueriesContext(connection) as asked:
            leader.get(url)
        used.append(len(asked))
    assert used[0] == used[1] <= 12, used
