"""Who is reached: the page and the command say the same, hide the same for everyone, and cost the same at any size."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from pathbook.people.characteristics import absence_band, characteristics_of, ethnic_group
from pathbook.people.models import Enrolment, Institution, Student
from pathbook.reports.equity import WAYS, as_json, equity_of
from tests import make
from tests.web.hand import hand_of, open_page

pytestmark = pytest.mark.django_db
ADDRESS = "/reports/equity/"
EMPLOYER = "GB5.1"


def a_year(how_many=40):
    """Year 11, pupil premium every second; of those with it one in two met an employer, of the others three in four."""
    fair, people = make.activity(), make.students(how_many, year=11, group="11A")
    for n, one in enumerate(people):
        Student.objects.filter(pk=one.pk).update(sex="F" if n % 4 < 2 else "M")
        Enrolment.objects.filter(student=one).update(pupil_premium=n % 2 == 0, ethnicity="WBRI" if n % 3 else "APKN")
        if n % 4 == 0 or (n % 2 and n % 8 != 1):
            make.participation(one, fair)
    return people


def found():
    return equity_of(Institution.objects.get(), set_id="2025", as_of=make.TODAY)


def split(way, criterion=EMPLOYER):
    return {g.name: g for s in found().by(way) if s.measure.id == criterion for g in s.groups}


def test_counted_another_way():
    a_year()
    groups = split("pp")
    assert str(groups["Pupil premium"].share) == "50%, 10 of 20"
    assert str(groups["Not pupil premium"].share) == "75%, 15 of 20"
    assert groups["Pupil premium"].more == 5


def test_every_way_has_everybody_once():
    people = a_year(12)
    make.student("Nothing", "Known", year=7, group="7A")
    for way in characteristics_of(Institution.objects.get(), as_of=make.TODAY):
        assert len(way.of) == len(people) + 1, way.id


@pytest.mark.parametrize(
    ("code", "group"),
    [("WBRI", "White"), ("ARAB", "Other ethnic group"), ("CHNE", "Asian or Asian British"), ("WCOR", "White"),
     ("REFU", "Not stated"), ("NOBT", "Not stated"), ("", "Not stated"), ("BSOM", "Black, Black British, Caribbean or African")],
)  # fmt: skip
def test_an_ethnic_code_main_or_extended_has_its_group(code, group):
    assert ethnic_group(code) == group


def test_a_leader_is_shown_no_small_group_either():
    people = a_year()
    Enrolment.objects.filter(student__in=people[:4]).update(looked_after=True)
    for who in (make.careers_leader(), make.governor()):
        page = open_page(hand_of(who), f"{ADDRESS}?by=care")
        assert page.status == 200 and "of 4<" not in page.body and "Every group hidden" in page.body


def test_only_whoever_sees_names_is_led_to_a_list():
    a_year()
    leader, governor = (hand_of(who).get(ADDRESS).content.decode() for who in (make.careers_leader(), make.governor()))
    assert f"/students/?gap={EMPLOYER}&amp;who=pp" in leader and "/students/" not in governor.split("<main")[1]


def test_a_school_with_nobody_says_what_to_do():
    assert "Bring in the roll" in hand_of(make.careers_leader()).get(ADDRESS).content.decode()


@pytest.mark.parametrize("way", WAYS)
def test_each_way_opens(way):
    a_year(12)
    assert hand_of(make.careers_leader()).get(f"{ADDRESS}?by={way}").status_code == 200


def test_for_machines():
    a_year()
    told = as_json(found(), ["pp"])
    assert [one["by"] for one in told["equity"]] == ["pp"]
    row = next(one for one in told["equity"][0]["criteria"] if one["id"] == EMPLOYER)
    assert (row["numerator"], row["denominator"]) == (25, 40)
    assert row["groups"][0] == {
        "group": "Pupil premium", "hidden": False, "numerator": 10, "denominator": 20, "percent": 50, "low": 29, "high": 71,
    }  # fmt: skip
    gap = {"criterion": EMPLOYER, "by": "pp", "group": "Pupil premium", "more_students": 5, "points": 25, "clear": True}
    assert gap in told["gaps"]


def test_what_is_asked_for_never_changes_what_is_hidden():
    people = a_year()
    Enrolment.objects.filter(student__in=people[:16:2]).update(looked_after=True)
    every = {one["by"]: one for one in as_json(found(), WAYS)["equity"]}
    for way in WAYS:
        assert as_json(found(), [way])["equity"] == [every[way]]


def test_it_costs_the_same_at_30_and_at_300():
    leader, used = hand_of(make.careers_leader()), []
    for size, form in ((30, "11A"), (270, "11B")):
        make.students(size, group=form)
        leader.get(ADDRESS)
        with CaptureQueriesContext(connection) as asked:
            assert leader.get(ADDRESS).status_code == 200
        used.append(len(asked))
    assert used[0] == used[1] and used[1] <= 12, used


@pytest.mark.parametrize(
    ("absence", "band"),
    [(None, "Absence not known"), (0.0, "Absent under 5%"), (4.9, "Absent under 5%"), (5.0, "Absent 5% to 10%"),
     (10.0, "Absent 10% to 20%"), (19.9, "Absent 10% to 20%"), (20.0, "Absent 20% to 50%"), (50.0, "Absent 50% or more")],
)  # fmt: skip
def test_a_band_of_absence_begins_at_its_lower_end(absence, band):
    assert absence_band(absence) == band


def test_who_is_often_absent_is_a_group_and_may_be_behind():
    """Twenty absent 12% of sessions, of whom five met an employer; twenty 2%, of whom fifteen did."""
    fair, people = make.activity(), make.students(40, year=11, group="11A")
    Enrolment.objects.filter(student__in=people[:20]).update(absence=12.0)
    Enrolment.objects.filter(student__in=people[20:]).update(absence=2.0)
    for one in people[:5] + people[25:]:
        make.participation(one, fair)
    groups = split("absence")
    assert str(groups["Absent 10% to 20%"].share) == "25%, 5 of 20" and groups["Absent 10% to 20%"].more == 10
    gap = next(gap for gap in found().gaps if gap.way.id == "absence" and gap.measure.id == EMPLOYER)
    assert gap.group.name == "Absent 10% to 20%"
