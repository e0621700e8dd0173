"""Provider access as a visitor is shown it: phases, encounters, dates, no names and no small number."""

from datetime import date

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from pathbook.framework.kinds import MUST_COVER
from pathbook.people.models import Institution
from pathbook.reports.access import access_page
from tests import make
from tests.web.hand import hand_of, open_page

pytestmark = pytest.mark.django_db
ADDRESS = "/reports/access/"


def two_visits(how_many=20):
    """Year 11: everyone met the college in the autumn; all but six met the training provider in January."""
    people = make.students(how_many, year=11, group="11A")
    college = make.activity(
        "College day", "provider_encounter", date(2025, 11, 3), technical=True, provider=make.provider("Town College")
    )
    hub = make.activity(
        "Apprentices", "provider_encounter", date(2026, 1, 20), technical=True, provider=make.provider("Hub")
    )
    for n, one in enumerate(people):
        make.participation(one, college)
        make.participation(one, hub, "attended" if n >= 6 else "absent")
    return people


def page():
    return access_page(Institution.objects.get(), as_of=make.TODAY)


def test_each_phase_with_its_encounters_and_who_came_of_those_offered():
    two_visits()
    phase = page().phases[1]
    assert (phase.number, phase.due, str(phase.share), phase.providers) == (2, 11, "70%, 14 of 20", 2)
    assert [(met.title, met.came.label, met.in_time) for met in phase.met] == [
        ("College day", "20 of 20", True), ("Apprentices", "14 of 20", True),
    ]  # fmt: skip
    assert phase.counts.rows == (("None", 0), ("One, or the same provider each time", 6), ("Two or more", 14))


def test_a_visitor_sees_no_name_and_no_small_number():
    people = two_visits(9)  # six of nine missed the second: three came
    for who in (make.careers_leader(), make.governor()):
        said = open_page(hand_of(who), ADDRESS).text
        assert "3 of 9" not in said and "3 students" not in said and "hidden" in said
        assert all(one.legal_surname not in said for one in people)


def test_days_in_workplaces_are_counted_in_fives():
    people = make.students(20, year=11, group="11A")
    week = make.activity("Work week", "workplace_experience", date(2025, 10, 6))
    for one in people[:8]:
        make.participation(one, week, hours=25)
    days = page().days[1]
    assert dict(days.rows) == {"No day": 12, "Less than 3 days": 0, "3 or 4 days": 0, "5 days or more": 8}


def test_a_school_with_nobody():
    assert "No encounter yet" in open_page(hand_of(make.careers_leader()), ADDRESS).text
    assert page().fulfilled == 0


def test_it_costs_the_same_at_30_and_at_300():
    leader, used = hand_of(make.careers_leader()), []
    for size, form in ((30, "11A"), (270, "11B")):
        make.students(size, group=form)
        leader.get(ADDRESS)
        with CaptureQueriesContext(connection) as asked:
            assert leader.get(ADDRESS).status_code == 200
        used.append(len(asked))
    assert used[0] == used[1] and used[1] <= 12, used


def test_what_an_encounter_must_cover_by_law_is_ticked_and_what_is_not_is_named():
    people = make.students(12, year=11, group="11A")
    four = [item.id for item in MUST_COVER]
    for title, ticked in (("Whole", four), ("Part", four[:3])):
        visit = make.activity(title, "provider_encounter", technical=True, checklist=ticked)
        for one in people:
            make.participation(one, visit)
    whole, part = sorted(page().phases[1].met, key=lambda met: met.title, reverse=True)
    assert (whole.left_out, part.covered_said, part.left_out) == ((), "3 of 4", ("it answered students' questions",))
    said = open_page(hand_of(make.careers_leader()), ADDRESS)
    assert "All 4" in said.text and "Not ticked: it answered students" in said.text
    form = open_page(hand_of(make.careers_leader()), next(link for link in said.links if link.endswith("/edit/")))
    assert "For the law on provider access: it answered students" in form.text


def test_each_student_s_days_by_phase_with_years_12_and_13():
    """Uma, Year 13: ten hours in Year 9, a week (25) in Year 10, fifteen in Year 12, and a day still planned; Vic has none."""
    uma, _ = make.student("Uma", "Days", year=13, group="13A"), make.student("Vic", "None", year=11, group="11A")
    for back, hours in ((4, 10), (3, 25), (1, 15)):
        on = date(2025 - back, 11, 5)
        make.enrol(uma, year=13 - back, academic_year=2025 - back)
        make.participation(uma, make.activity("Work", "workplace_experience", on), on=on, hours=hours)
    make.participation(uma, make.activity("More", "workplace_experience", make.TODAY), "planned", hours=5)
    leader = hand_of(make.careers_leader())
    page = open_page(leader, f"{ADDRESS}days/")
    assert "1 of 2 students have had fewer days" in page.text and page.text.index("Vic None") < page.text.index(
        "Uma Days"
    )
    assert "13A 2 5 3 No number set" in page.text and "11A 0 0 0 Fewer than 5" in page.text
    assert "Vic None" not in open_page(leader, f"{ADDRESS}days/?year=13").text
    tutor = hand_of(make.form_tutor(make.tutor_group("11A", 11)))
    assert "Uma Days" not in open_page(tutor, f"{ADDRESS}days/").text
