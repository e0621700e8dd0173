"""`pathbook allocate` as a person and a machine run it, on a small demo school given scarce places."""

import json
import os
from itertools import combinations

import pytest

from tests import built, warm

ENV = {k: v for k, v in os.environ.items() if not k.startswith(("PATHBOOK", "DJANGO"))}

DAY = "2026-02-05"
GIVE_PLACES = """
import django; django.setup()
from datetime import date, datetime, time, timedelta
from pathbook import clock
from pathbook.people.models import Institution, Staff
from pathbook.people.visibility import command_line
from pathbook.records.actions import slots
from pathbook.records.models import Activity
school = Institution.objects.get()
adviser = Staff.objects.create(institution=school, name="Dan Okafor", level=6)
run = slots.Run(date(2026, 2, 9), time(9, 0), 5, 45, last_day=date(2026, 2, 13), weekdays=(0, 1, 2))
slots.offer(adviser=adviser, run=run, by=command_line(school), at=clock.now())
for one in Activity.objects.filter(starts_on__gt=clock.today()):
    one.capacity = one.participations.filter(status="planned").count() + 3
    one.save()
begun = Activity.objects.filter(starts_on__lte=clock.today()).first()
begun.capacity = 30; begun.save()
print(begun.key, *Activity.objects.filter(starts_on__gt=clock.today()).order_by("pk").values_list("key", flat=True))
"""


def run(folder, *words, code=None, by=warm.pathbook):
    if code:
        said = {"PATHBOOK_DATA": str(folder), "DJANGO_SETTINGS_MODULE": "pathbook.config.settings"}
        return warm.pathbook(env=ENV | said, code=code)
    return by(*words, "--data", folder, env=ENV, timeout=180)


@pytest.fixture(scope="module")
def world(tmp_path_factory):
    """The folder, an activity that has begun, and those to come."""
    folder = tmp_path_factory.mktemp("places") / "school"
    built.demo(folder, "--students", 120, "--activities", 30, "--years", 2, "--today", DAY, env=ENV)
    begun, *coming = run(folder, code=GIVE_PLACES).stdout.split()
    return folder, begun, coming


def said(folder, *words, by=warm.pathbook):
    done = run(folder, "allocate", "--json", *words, by=by)
    assert done.returncode == 0, done.stderr
    return json.loads(done.stdout)


def test_it_says_the_documented_shape_and_keeps_what_it_promises(world):
    folder, _, coming = world
    answer = said(folder)
    assert set(answer) == {"objective", "bound", "offers", "places", "waiting"}
    assert all(set(one) == {"offer_id", "kind", "start", "end", "capacity"} for one in answer["offers"])
    assert all(set(one) == {"student_id", "offer_id", "value", "need", "why"} for one in answer["places"])
    assert all(set(one) == {"student_id", "value", "why"} for one in answer["waiting"])
    assert answer["places"] and answer["waiting"] and all(one["why"] for one in answer["places"] + answer["waiting"])
    assert answer["objective"] == pytest.approx(sum(one["value"] for one in answer["places"]))
    assert answer["objective"] <= answer["bound"] <= answer["objective"] * 1.01
    offers = {one["offer_id"]: one for one in answer["offers"]}
    assert {one["kind"] for one in answer["offers"]} == {"slot", "activity"} and set(coming) <= set(offers)
    for id, offer in offers.items():
        assert sum(one["offer_id"] == id for one in answer["places"]) <= offer["capacity"]
    by_student = {}
    for one in answer["places"]:
        by_student.setdefault(one["student_id"], []).append(offers[one["offer_id"]])
    for mine in by_student.values():
        for one, other in combinations(mine, 2):
            assert one["offer_id"] != other["offer_id"]
            assert one["end"] <= other["start"] or other["end"] <= one["start"]


def test_the_same_school_gives_the_same_answer(world):
    assert said(world[0]) == said(world[0], by=warm.cold)


def test_only_guidance_only_activities_or_both(world):
    folder, _, (first, second, *_) = world
    assert {one["kind"] for one in said(folder, "--guidance")["offers"]} == {"slot"}
    named = said(folder, "--activity", first, second)["offers"]
    assert {one["offer_id"] for one in named} == {first, second}
    both = said(folder, "--activity", first, "--guidance")["offers"]
    assert {one["kind"] for one in both} == {"slot", "activity"}


def test_a_person_reads_who_why_who_not_and_how_fair(world):
    done = run(world[0], "allocate", "--guidance")
    assert done.returncode == 0
    for words in ("Who gets a place", "Who waits", "What it would take", "Each group against a lot", "a gap of",
                  "Nothing is booked"):  # fmt: skip
        assert words in done.stdout, words


def test_what_cannot_be_given_is_refused_in_one_line_and_wrong_usage_is_2(world):
    folder, begun, _ = world
    for id, words in ((begun, "has begun"), ("nothing", "there is no activity 'nothing'")):
        refused = run(folder, "allocate", "--activity", id)
        assert refused.returncode == 1 and words in refused.stderr and refused.stderr.count("\n") == 1
    assert run(folder, "allocate", "--no-such-option").returncode == 2
