"""The evaluation page: each criterion with its count and band, and what is too small to publish hidden from governors."""

from datetime import date

import pytest

from pathbook.framework.sets import SETS
from pathbook.framework.shares import Share
from pathbook.people.models import Student
from pathbook.reports.evaluation import evaluation_of
from pathbook.reports.evaluation_page import HIDDEN, evaluation_page
from tests import make
from tests.web.hand import hand_of, open_page

pytestmark = pytest.mark.django_db


def page_of(*, named=True, set_id="2025", as_of=make.TODAY):
    judged = evaluation_of(make.school(), set_id=set_id, as_of=as_of)
    return evaluation_page(judged, named=named, links=named)


def line_of(page, criterion):
    lines = [
        line
        for section in page.sections
        for line in (*section.criteria, *(p for c in section.criteria for p in c.parts))
    ]
    return next(line for line in lines if line.id == criterion)


def met(how_many, out_of, year=11, group="11A"):
    people = make.students(out_of, year=year, group=group)
    for one in people[:how_many]:
        make.guidance_meeting(one)
    return people


def test_a_criterion_shows_its_share_its_count_and_its_band():
    met(27, 36)
    guidance = line_of(page_of(), "GB8.1a")
    assert guidance.share == Share(27, 36) and guidance.count == "75%, 27 of 36"
    assert guidance.status == "in_progress"
    whole = line_of(page_of(), "GB8.1")
    assert whole.band and whole.judged == "counted from records"


@pytest.mark.parametrize("set_id", sorted(SETS))
def test_eight_benchmarks_each_with_its_criteria_and_sums_that_add_up(set_id):
    met(3, 5)
    page = page_of(set_id=set_id)
    assert [section.number for section in page.sections] == list(range(1, 9))
    assert page.met == sum(section.met for section in page.sections)
    for section in page.sections:
        quantity = [line for line in section.criteria if line.kind == "quantity" and line.status != "unscored"]
        assert section.met == sum(line.status == "met" for line in quantity), section.id
        assert section.scored == len(quantity), section.id


def test_what_nobody_verified_says_so_on_the_page():
    make.students(6)
    page = page_of()
    unverified = [line for section in page.sections for line in section.criteria if not line.verified]
    shown = open_page(hand_of(make.careers_leader()), "/evaluation/")
    assert shown.text.count("(wording to be confirmed)") == len(unverified) > 0


def test_practice_is_not_claimed_to_be_met_when_nobody_stated_it():
    make.students(6)
    practice = [line for s in page_of().sections for line in s.criteria if line.kind == "practice"]
    assert practice and {line.status for line in practice} == {"unscored"}
    assert {line.count for line in practice} == {""}


def test_a_line_links_to_exactly_those_without():
    met(2, 5)
    page = open_page(hand_of(make.careers_leader()), "/evaluation/")
    assert "/students/?gap=GB8.1a" in page.links
    opened = open_page(hand_of(make.careers_leader("Other leader")), "/students/?gap=GB8.1a")
    assert len(opened.rows) == 3


def test_no_list_is_offered_for_another_day_or_to_a_governor():
    """The list of students is always today's: from last month's figure it would not be the same people."""
    met(2, 5)
    past = open_page(hand_of(make.careers_leader()), "/evaluation/", as_of="2026-01-15")
    governors = open_page(hand_of(make.governor()), "/evaluation/")
    for page in (past, governors):
        assert not [link for link in page.links if link.startswith("/students/?gap")]


@pytest.mark.parametrize(
    ("done", "out_of"), [(1, 40), (4, 40), (36, 40), (39, 40), (2, 4)],
)  # fmt: skip
def test_a_share_that_points_at_fewer_than_five_is_hidden_where_names_are_not_seen(done, out_of):
    met(done, out_of)
    assert line_of(page_of(named=True), "GB8.1a").count.endswith(f"{done} of {out_of}")
    hidden = line_of(page_of(named=False), "GB8.1a")
    assert hidden.share is None and hidden.count == HIDDEN
    body = open_page(hand_of(make.governor()), "/evaluation/").body
    assert f"{done} of {out_of}" not in body


@pytest.mark.parametrize(("done", "out_of"), [(0, 40), (5, 40), (35, 40), (40, 40)])
def test_nobody_everybody_and_five_may_be_told(done, out_of):
    met(done, out_of)
    assert line_of(page_of(named=False), "GB8.1a").share == Share(done, out_of)


def test_one_hidden_year_group_hides_another_so_that_the_total_does_not_give_it_away():
    for year, done in ((7, 10), (8, 2), (9, 20), (10, 15)):
        met(done, 30, year=year, group=f"{year}A")
    said = {year.group: year.text for year in line_of(page_of(named=False), "GB8.1a").years}
    assert said[8] == HIDDEN
    assert list(said.values()).count(HIDDEN) >= 2


def test_the_total_of_the_year_groups_that_count_gives_none_of_them_away():
    """GB2.1 counts Years 9, 11 and 13 alone: hiding Year 12 beside Year 13 would leave Year 13 to be subtracted."""
    fair = make.activity(kind="labour_market_information")
    for year, done in ((9, 20), (11, 15), (12, 6), (13, 2)):
        for one in make.students(30, year=year, group=f"{year}A")[:done]:
            make.participation(one, fair)
    line = line_of(page_of(named=False), "GB2.1")
    said = {year.group: year.text for year in line.years}
    assert line.share == Share(37, 90) and said[13] == HIDDEN
    assert HIDDEN in (said[9], said[11])


def test_hidden_year_groups_together_are_never_few_enough_to_be_worked_out():
    """Two hidden year groups of one student each would be told by the total less the rest."""
    for year, done in ((7, 1), (8, 1), (9, 20), (10, 15), (11, 12)):
        met(done, 30, year=year, group=f"{year}A")
    fair = make.activity()
    for one in Student.objects.filter(meetings__isnull=False):
        make.participation(one, fair)
    line = line_of(page_of(named=False), "GB5.1")
    shown = sum(int(year.text.split(", ")[1].split(" of ")[0]) for year in line.years if year.text != HIDDEN)
    total = 1 + 1 + 20 + 15 + 12
    assert line.share == Share(total, 150)
    assert total - shown >= 5, "the year groups hidden have fewer than five students between them"


def test_a_viewer_who_sees_every_name_sees_every_number():
    met(1, 4)
    assert HIDDEN not in open_page(hand_of(make.careers_leader()), "/evaluation/").text
    assert HIDDEN in open_page(hand_of(make.governor()), "/evaluation/").text


def test_the_day_and_the_set_asked_about_are_the_ones_shown():
    people = met(0, 6)
    for one in people:
        make.guidance_meeting(one, on=date(2026, 1, 20))
    leader = hand_of(make.careers_leader())
    assert "6 of 6" in open_page(leader, "/evaluation/", as_of="2026-01-21").text
    before = open_page(leader, "/evaluation/", as_of="2026-01-19").text
    assert "0 of 6" in before and "to 19 Jan 2026" in before
    assert "2018 set" in open_page(leader, "/evaluation/", set="2018").text.replace("2014/18", "2018")


@pytest.mark.parametrize("nonsense", ["yesterday", "2026-13-01", "0001-01-01", "9999-12-31", "", "<b>"])
def test_a_day_that_is_none_is_taken_as_today(nonsense):
    make.students(2)
    page = open_page(hand_of(make.careers_leader()), "/evaluation/", as_of=nonsense, set=nonsense)
    assert page.status == 200 and "to 5 Feb 2026" in page.text


def test_a_governors_home_hides_what_the_evaluation_hides():
    met(2, 40)
    home = open_page(hand_of(make.governor()), "/")
    assert "2 of 40" not in home.text and home.status == 200
