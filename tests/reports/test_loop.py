"""The loop of a school: what is read from the records, what each viewer is shown, and in how many queries."""

import json
from datetime import date, timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from pathbook.audit import record
from pathbook.framework.shares import Share
from pathbook.people.models import Role
from pathbook.records.loop_facts import acted_on, meeting_facts
from pathbook.reports.evaluation_page import HIDDEN
from pathbook.reports.gap import gap_for
from pathbook.reports.gap_over_time import gaps_on
from pathbook.reports.loop import as_json, loop_for, loop_page
from pathbook.reports.use import use_facts
from tests import make
from tests.web.hand import hand_of, open_page

pytestmark = pytest.mark.django_db
HELD = date(2026, 1, 14)


def meet(student, *, done=False, proved=False, on=HELD, adviser="Dan Okafor", **said):
    meeting = make.guidance_meeting(student, on=on, adviser_name=adviser, **{"summary": "What we said.", **said})
    closed = {"closed_on": on + timedelta(5), "closed_by": "Dan", "outcome": "done"} if done else {}
    make.action(
        student,
        meeting=meeting,
        agreed_on=on,
        due_on=on + timedelta(14),
        evidence="A letter" if proved else "",
        **closed,
    )
    return meeting


def opened(student, by, day):
    record.reading(by=make.viewer(by), at=make.at(day), student_id=student.pk)


def page(named=True, as_of=make.TODAY):
    return loop_page(make.school(), as_of=as_of, named=named)


def shares(page):
    return {line.figure.step.id: line.share for line in page.lines}


@pytest.fixture
def school():
    """Twenty Year 11s: ten were met, six had something done, five of them with evidence."""
    people = make.students(20)
    for n, student in enumerate(people[:10]):
        meet(student, done=n < 6, proved=n < 5)
    return people


def test_a_meeting_held_at_another_school_is_not_in_the_loop_and_what_was_done_counts_for_the_gap(school):
    before, acted = shares(page()), acted_on(make.school(), as_of=make.TODAY)
    meet(school[15], done=True, elsewhere="Hillside School")
    assert shares(page()) == before
    assert acted_on(make.school(), as_of=make.TODAY) == acted | {school[15].key}


def test_the_figures_of_a_school(school):
    assert shares(page()) == {
        "loop.summary": Share(10, 10), "loop.agreed": Share(10, 10), "loop.closed": Share(6, 10),
        "loop.proved": Share(5, 10), "use.read14": Share(0, 10),
    }  # fmt: skip
    assert page().days_to_done == 5 and page().days_to_read is None


def test_the_gap_in_a_sentence(school):
    said = page().gap
    assert said.sentence == "50% of Year 11 have had guidance; for 30% something agreed was done: 20 points apart"
    assert gap_for(make.school(), as_of=make.TODAY).acted_on == Share(6, 20)


def test_a_school_with_no_year_11_and_one_with_no_meeting():
    assert "No Year 11" in page().gap.sentence and page().meetings == 0
    make.students(3)
    assert page().gap.sentence.startswith("0% of Year 11 have had guidance") and "no gap" in page().gap.sentence


def test_only_the_students_own_form_tutor_reads_it_in_time():
    student = make.student(year=11, group="11A")
    meet(student)
    opened(student, make.careers_leader(), HELD)
    assert shares(page())["use.read14"] == Share(0, 1)
    opened(student, make.form_tutor(make.tutor_group("11A", 11)), HELD + timedelta(14))
    assert shares(page())["use.read14"] == Share(1, 1)
    assert page().days_to_read == 14


def test_five_past_midnight_in_summer_is_the_schools_day_though_utc_has_not_got_there():
    student = make.student(year=11, group="11A")
    meet(student, on=date(2026, 6, 1))
    tutor = make.form_tutor(make.tutor_group("11A", 11))
    record.reading(by=make.viewer(tutor), at=make.at(date(2026, 6, 15), 0, 5), student_id=student.pk)
    (facts,) = meeting_facts(make.school(), as_of=date(2026, 7, 1))
    assert facts.tutor_reads == (date(2026, 6, 15),)


def test_the_students_acted_on_are_those_the_pure_rule_finds(school):
    late = make.student(year=11)
    meet(late, on=make.TODAY - timedelta(2), done=True)  # closed after the day asked about
    for as_of in (make.TODAY, make.TODAY + timedelta(3), HELD, date(2025, 9, 1)):
        by_rule = {m.student_id for m in meeting_facts(make.school(), as_of=as_of) if m.was_acted_on(as_of)}
        assert acted_on(make.school(), as_of=as_of) == by_rule


def test_the_gap_read_for_many_days_at_once_is_what_the_evaluation_says_of_each(school):
    meet(school[15], done=True, elsewhere="Hillside School", on=date(2025, 3, 3))
    meet(school[16], level=4, done=True)
    meet(make.student(year=10), done=True)
    days = (date(2025, 9, 1), HELD, HELD + timedelta(5), make.TODAY)
    at_once = gaps_on(make.school(), use_facts(make.school(), as_of=make.TODAY), days)
    assert at_once == tuple(gap_for(make.school(), as_of=day) for day in days)
    assert at_once[-1].had == Share(11, 20)


def test_another_schools_meetings_are_not_counted(school):
    elsewhere = make.student(year=11, at=make.school("Other School"))
    meet(elsewhere, done=True)
    assert page().meetings == 10 and shares(page())["loop.closed"] == Share(6, 10)


def test_every_table_adds_up_to_the_school_and_begins_where_least_is_done(school):
    meet(make.student(year=9, group="9B"), adviser="Lena Moss")
    shown = {table.title: table for table in page().tables}
    assert list(shown) == ["By adviser", "By year group", "By tutor group", "Over time"]
    for table in shown.values():
        assert sum(row.meetings for row in table.rows) == 11
    assert [row.name for row in shown["By adviser"].rows] == ["Lena Moss", "Dan Okafor"]
    assert [row.name for row in shown["By year group"].rows] == ["Year 9", "Year 11"]


def test_over_time_a_year_stands_as_it_stood_on_its_last_day():
    student = make.student(year=11)
    meeting = make.guidance_meeting(student, on=date(2025, 6, 1), summary="Said.")
    make.action(student, meeting=meeting, agreed_on=date(2025, 6, 1), due_on=date(2025, 7, 1),
                closed_on=date(2025, 10, 1), closed_by="Dan", outcome="done")  # fmt: skip
    (row,) = next(table for table in page().tables if table.title == "Over time").rows
    assert row.name == "2024/25" and row.shares[2] == Share(0, 1)


class TestWhoeverSeesNoNames:
    def test_meets_no_adviser_and_no_tutor_group(self, school):
        assert [table.title for table in page(named=False).tables] == ["By year group", "Over time"]

    def test_is_told_no_count_under_five_nor_one_that_gives_it_away(self, school):
        """Four of the ten had nothing done, and one of the six no evidence."""
        shown = shares(page(named=False))
        assert shown["loop.closed"] is None and shown["loop.proved"] == Share(5, 10)
        assert page(named=False).days_to_done is None

    def test_a_hidden_denominator_hides_what_is_counted_in_it(self):
        for n, student in enumerate(make.students(20)):
            meeting = make.guidance_meeting(student, summary="Said.")
            if n < 17:
                closed = {"closed_on": HELD, "closed_by": "Dan", "outcome": "done"} if n < 9 else {}
                make.action(student, meeting=meeting, **closed)
        shown = shares(page(named=False))
        assert shown["loop.agreed"] is None
        assert shown["loop.closed"] is None and shown["loop.proved"] is None  # 9 of 17 would tell of the 3

    def test_a_small_year_group_takes_another_with_it(self, school):
        for n in range(2):
            meet(make.student(f"Few{n}", year=13, group="13A"))
        for n in range(30):
            meet(make.student(f"More{n}", year=10, group="10A"), done=n % 2 == 0, proved=n % 2 == 0)
        (years, _) = page(named=False).tables
        assert {row.name for row in years.rows if row.hidden} == {"Year 11", "Year 13"}

    def test_the_gap_is_hidden_where_either_half_would_point_at_someone(self):
        for student in make.students(20)[:17]:
            meet(student)
        said = page(named=False).gap
        assert said.had is None and said.points is None and "%" not in said.sentence

    def test_a_governor_reads_the_page_and_its_file_without_a_small_number_or_a_name(self, school):
        governor = hand_of(make.governor())
        page = open_page(governor, "/guidance/loop/")
        assert page.status == 200 and HIDDEN in page.text
        file = governor.get("/guidance/loop/export.csv").content.decode()
        for text in (page.text, file):
            assert "Dan Okafor" not in text and "11A" not in text and "Number" not in text


def test_a_careers_leader_reads_it_on_the_page_at_home_in_the_evaluation_and_as_a_file(school):
    leader = hand_of(make.careers_leader())
    sentence = page().gap.sentence
    assert sentence in open_page(leader, "/guidance/loop/").text
    home = open_page(leader, "/")
    assert sentence in home.text and "/guidance/loop/" in home.links
    evaluation = open_page(leader, "/evaluation/").text
    assert evaluation.count(sentence) == 2  # beside Benchmark 3 and beside 8
    file = leader.get("/guidance/loop/export.csv").content.decode()
    assert "By adviser,Dan Okafor,10,10,10,10,10,6,10,5,10,0,10" in file


def test_a_head_of_year_sees_the_schools_numbers_as_one_who_sees_not_all_names(school):
    someone = make.account("Harriet Head")
    make.role(someone, Role.HEAD_OF_YEAR, "year_group", year_group=11)
    assert "Dan Okafor" not in open_page(hand_of(someone), "/guidance/loop/").text


def test_it_may_be_asked_for_another_day_but_not_for_one_to_come(school):
    leader = hand_of(make.careers_leader())
    assert "No meeting has been held this year yet" in open_page(leader, "/guidance/loop/", as_of="2025-10-01").text
    later = open_page(leader, "/guidance/loop/", as_of="2026-12-01")
    assert later.field("as_of") == [make.TODAY.isoformat()]


def test_the_same_queries_at_30_and_at_300_meetings():
    used = []
    for more in (30, 270):
        for n, student in enumerate(make.students(more)):
            meet(student, done=n % 2 == 0)
        page()
        with CaptureQueriesContext(connection) as asked:
            page()
        used.append(len(asked))
    assert used[0] == used[1] <= 7, used


def test_as_json_it_keeps_the_shape_of_a_figure(school):
    said = json.loads(json.dumps(as_json(loop_for(make.school(), as_of=make.TODAY),
                                         gap_for(make.school(), as_of=make.TODAY))))  # fmt: skip
    assert [figure["id"] for figure in said["loop"]] == [
        "loop.summary", "loop.agreed", "loop.closed", "loop.proved", "use.read14",
    ]  # fmt: skip
    assert said["loop"][2] == {"id": "loop.closed", "numerator": 6, "denominator": 10}
    assert said["gap"]["points"] == 20 and said["gap"]["acted_on"]["numerator"] == 6
