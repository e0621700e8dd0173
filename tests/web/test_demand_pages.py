"""From "19 students name construction; nothing is planned" to the activity with them in it: the pages."""

import re
from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from pathbook.records.models import Action, Activity, Participation
from tests import make
from tests.web.hand import Page, hand_of, open_page

pytestmark = pytest.mark.django_db
URL = "/guidance/demand/sector/Construction/?year=10&year=11"
DAY = (make.TODAY + timedelta(30)).isoformat()


@pytest.fixture
def leader():
    return hand_of(make.careers_leader())


@pytest.fixture
def builders():
    """Nineteen in Years 10 and 11 who name construction, each with an action for it; and one who did before."""
    people = [*make.students(9, year=10, group="10A"), *make.students(10, year=11, group="11A")]
    for one in people:
        make.aspiration(one, "Construction")
        make.action(one, "Visit a building site", due_on=make.TODAY + timedelta(40))
    changed = make.student("Changed", "Mind", year=10)
    make.aspiration(changed, "Construction")
    make.aspiration(changed, "Law", said_on=make.TODAY)
    return people


def form_of(page, **changed):
    names = ("token", "title", "kind", "capacity", "sector", "pathway", "provider_type", "hours")
    said = {name: page.field(name)[0] for name in names if page.field(name)}
    return said | {"who": page.field("who"), "action": page.field("action"), "starts_on": DAY} | changed


def test_the_sentence_with_its_count_and_the_list_behind_it(leader, builders):
    page = open_page(leader, "/guidance/demand/?year=10&year=11")
    assert "19 students in Years 10 and 11 name construction; nothing that fits is planned" in page.text
    assert "1 student in Year 10 names law" in page.text  # the latest said counts
    behind = open_page(leader, URL)
    assert len(behind.field("who")) == 19 and "Changed Mind" not in behind.text


def test_from_the_sentence_to_the_activity_with_nineteen_enrolled_and_their_actions_linked(leader, builders):
    page = open_page(leader, URL)
    assert page.field("sector") == ["Construction"] and page.field("capacity") == ["19"]
    done = Page(leader.post(URL, form_of(page, title="Site visit"), follow=True))
    assert "Site visit: 19 enrolled, 19 actions linked." in done.notes[0]
    activity = Activity.objects.get()
    assert Participation.objects.filter(activity=activity, status="planned").count() == 19
    assert Action.objects.filter(activity=activity).count() == 19
    after = open_page(leader, "/guidance/demand/?year=10&year=11").text
    assert "19 students in Years 10 and 11 name construction; 1 that fits is planned" in after and "Site visit" in after
    undone = Page(leader.post(done.undo, follow=True))
    assert undone.status == 200 and not Participation.objects.exists() and not Action.objects.exclude(activity=None)


def test_with_fewer_places_the_most_urgent_go_first_and_the_others_are_named(leader, builders):
    page = open_page(leader, URL)
    in_order = page.field("who")
    done = Page(leader.post(URL, form_of(page, capacity="17"), follow=True))
    placed = set(Participation.objects.values_list("student__key", flat=True))
    assert placed == set(in_order[:17])
    names = re.search(r"Waiting for a place: (.*?)\.", done.notes[0]).group(1)
    assert len(names.split(", ")) == 2 and "17 actions linked" in done.notes[0]


def test_only_the_students_and_actions_ticked(leader, builders):
    page = open_page(leader, URL)
    leader.post(URL, form_of(page, who=page.field("who")[:4], action=page.field("action")[:1]))
    assert Participation.objects.count() == 4 and Action.objects.exclude(activity=None).count() <= 1


def test_the_same_form_sent_twice_makes_one(leader, builders):
    said = form_of(open_page(leader, URL))
    leader.post(URL, said)
    again = Page(leader.post(URL, said, follow=True))
    assert Activity.objects.count() == 1 and "Nothing was made twice" in again.notes[-1]


@pytest.mark.parametrize(
    ("wrong", "sentence"),
    [
        ({"title": ""}, "Say what it will be, such as Visit to a building site."),
        ({"starts_on": ""}, "Say when it will be."),
        ({"starts_on": "2026-01-01"}, "This day has passed. Choose today or a day to come."),
        ({"capacity": "none"}, "Write the places as a whole number from 1 to 5,000."),
        ({"who": []}, "Tick at least one student: it is planned for them."),
        ({"sector": "Nonsense"}, "Choose one of the sectors listed."),
    ],
)
def test_bad_input_is_one_sentence_and_changes_nothing(leader, builders, wrong, sentence):
    answer = leader.post(URL, form_of(open_page(leader, URL), **wrong))
    page = Page(answer)
    assert page.status == 422 and page.problems == [sentence]
    assert not Activity.objects.exists()
    if "who" not in wrong:
        assert len(page.field("who")) == 19  # what was ticked is kept


def test_actions_are_proposed_where_their_words_speak_of_it_and_ticked_only_then(leader, builders):
    make.action(builders[0], "Ask a plumber how she began", due_on=make.TODAY + timedelta(3))
    make.action(builders[0], "Write a CV", due_on=make.TODAY + timedelta(3))
    make.action(builders[1], "Go to the careers fair", due_on=make.TODAY + timedelta(3))
    page = open_page(leader, URL)
    assert "Ask a plumber" in page.text and "Write a CV" not in page.text and "careers fair" in page.text
    fair = Action.objects.get(what="Go to the careers fair")
    assert fair.key not in page.field("action") and len(page.field("action")) == 20


def test_a_tutor_sees_their_own_forms_demand_and_plans_nothing(builders):
    tutor = hand_of(make.form_tutor(make.tutor_group("10A", 10)))
    assert "9 students in Year 10 name construction" in open_page(tutor, "/guidance/demand/").text
    page = open_page(tutor, URL)
    assert page.field("who") == [] and "Plan it" not in page.text
    assert tutor.post(URL, {"title": "Mine"}).status_code == 404
    assert open_page(tutor, "/guidance/demand/sector/Law/").status == 404


@pytest.mark.parametrize("path", ["sector/Nonsense", "nonsense/Construction", "gap/GB8.1a", "gap/GB9", "provider/pub"])
def test_what_nobody_asks_for_is_not_there(leader, builders, path):
    assert open_page(leader, f"/guidance/demand/{path}/").status == 404


def test_a_region_of_the_heatmap(leader, builders):
    text = open_page(leader, "/guidance/demand/?group=11A").text
    assert "10 students in Year 11 have a gap in workplaces by 16; nothing that fits is planned" in text
    assert "10 students in Year 11 have met no university yet" in text
    page = open_page(leader, "/guidance/demand/gap/GB6.1/?group=11A")
    assert page.field("kind") == ["workplace_experience"] and len(page.field("who")) == 10


def test_an_empty_school_and_filters_that_match_nobody(leader):
    assert "What students hope for appears here" in open_page(leader, "/guidance/demand/").text
    assert "Nobody matches" in open_page(leader, "/guidance/demand/?year=9").text


def test_the_list_behind_costs_the_same_at_20_and_at_200(leader):
    used = []
    for more in (20, 180):
        for one in make.students(more):
            make.aspiration(one, "Construction")
        leader.get(URL)
        with CaptureQueriesContext(connection) as asked:
            assert leader.get(URL).status_code == 200
        used.append(len(asked))
    assert used[0] == used[1], used
