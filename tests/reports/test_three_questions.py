"""The three questions: what each viewer is shown, what is hidden, what to do next, and in how many queries."""

import re
from datetime import date
from io import BytesIO

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from pypdf import PdfReader

from pathbook.framework.shares import Share
from pathbook.people.models import Institution
from pathbook.reports import evaluation, use
from pathbook.reports.measured import clicks_to_guidance
from pathbook.reports.three_questions import three_questions
from pathbook.sheets.use import use_sheet
from pathbook.uptake.counting import ASKED, EVERYONE
from tests import make
from tests.web.hand import hand_of, open_page

pytestmark = pytest.mark.django_db
HIDDEN = "hidden"


def shown_to(someone):
    return three_questions(make.viewer(someone), Institution.objects.get(), as_of=make.TODAY)


def lines(shown):
    return {line.figure.id: line for question in shown.questions for line in question.lines}


@pytest.fixture
def school():
    """Thirty Year 11s in two forms: 11A all came to the fair and ten were met; of 11B two came."""
    ours, theirs = make.students(15, group="11A"), make.students(15, group="11B")
    fair = make.activity()
    for one in (*ours, *theirs[:2]):
        make.participation(one, fair)
    for n, one in enumerate(ours[:10]):
        meeting = make.guidance_meeting(one, summary="Said.")
        closed = {"closed_on": make.TODAY, "closed_by": "Dan", "outcome": "done"} if n < 5 else {}
        make.action(one, meeting=meeting, **closed)
    return ours, theirs


def test_each_question_is_answered_with_its_figures_and_what_is_not_recorded_yet(school):
    shown = shown_to(make.careers_leader())
    assert [question.number for question in shown.questions] == [1, 2, 3]
    assert lines(shown)["record.any"].share == Share(17, 30)
    assert shown.questions[0].answer == "57% of students have something recorded this year"
    assert [one.id for one in shown.questions[1].not_recorded] == []
    assert {one.id for one in shown.questions[2].not_recorded} == {"use.voice", "use.parents"}


def test_the_weakest_groups_come_first_and_a_whole_group_is_none(school):
    weakest = lines(shown_to(make.careers_leader()))["record.any"].weakest
    assert weakest == (("11B", Share(2, 15)),)


def test_of_overdue_actions_the_weakest_have_most(school):
    make.action(school[1][0])
    weakest = lines(shown_to(make.careers_leader()))["use.overdue"].weakest
    assert [name for name, _ in weakest] == ["11A", "11B"]


def test_the_funnel_is_of_the_same_meetings_at_every_step(school):
    funnel = shown_to(make.careers_leader()).funnel
    assert funnel.rows == (
        ("Recorded", "100%, 10 of 10"), ("Read by the tutor", "0%, 0 of 10"), ("Acted on", "50%, 5 of 10"),
        ("Confirmed by the student", "0%, 0 of 10"),
    )  # fmt: skip
    for drawn in (funnel.wide, funnel.narrow):
        said = re.findall(r"<text[^>]*>([^<]+)</text>", drawn)
        assert [row for row in said if "of" in row.split()] == [row[1] for row in funnel.rows]


def test_a_governor_meets_no_small_number_no_tutor_group_no_role_of_one_and_no_list(school):
    shown = shown_to(make.governor())
    assert shown.questions[1].roles == ()
    assert lines(shown)["use.overdue"].share == Share(5, 5)
    assert {name for line in lines(shown).values() for name, _ in line.weakest} <= {"Year 11"}
    page = open_page(hand_of(make.governor()), "/reports/use/")
    assert page.status == 200 and "11A" not in page.text and "Student1" not in page.text
    assert not any(link.startswith(("/students/", "/actions/")) for link in page.links)


def test_a_number_that_would_point_at_somebody_is_hidden_from_a_governor():
    people = make.students(12)
    fair = make.activity()
    for one in people[:9]:
        make.participation(one, fair)
    line = lines(shown_to(make.governor()))["record.any"]
    assert line.share is None and line.count == HIDDEN and line.weakest == ()
    assert line.terms[-1][1] == HIDDEN
    assert lines(shown_to(make.careers_leader()))["record.any"].share == Share(9, 12)


def test_every_next_thing_opens_for_the_careers_leader(school):
    leader = hand_of(make.careers_leader())
    for line in lines(shown_to(make.careers_leader())).values():
        assert line.next and leader.get(line.next.url).status_code == 200, line.figure.id


def test_the_page_stands_in_a_school_with_nobody():
    page = open_page(hand_of(make.careers_leader()), "/reports/use/")
    assert page.status == 200 and "0% of staff signed in" in page.text and "Nothing to count yet" in page.text


def test_the_clicks_are_the_ones_the_journey_counted():
    assert clicks_to_guidance().median <= 2 and len(clicks_to_guidance().each) >= 3
    assert clicks_to_guidance().sentence in open_page(hand_of(make.careers_leader()), "/reports/use/").text


def test_what_students_and_parents_say_on_the_same_point_stands_side_by_side():
    """Fourteen of twenty students agree; parents were not asked yet, and it says so."""
    make.students(20)
    over = make.survey(opens_on=date(2026, 1, 5), closes_on=date(2026, 1, 20))
    tally = over.tallies.get(part=EVERYONE)
    tally.answered = 20
    tally.counts["know_programme"] |= {ASKED: 20, "5": 8, "4": 6, "2": 6}
    tally.save()
    shown = shown_to(make.careers_leader())
    assert [(point.label, point.agree["students"]) for point in shown.heard] == [
        ("Know what the careers programme is", Share(14, 20))
    ]
    assert {one.id for one in shown.questions[2].not_recorded} == {"use.parents"}
    page = open_page(hand_of(make.careers_leader()), "/reports/use/")
    assert "14 of 20" in page.text and "What students say" not in page.text


def test_on_paper_it_is_one_page_with_the_same_numbers(school):
    leader = make.careers_leader()
    pages = PdfReader(BytesIO(use_sheet(make.viewer(leader), Institution.objects.get(), on=make.TODAY))).pages
    said = " ".join(pages[0].extract_text().split())
    assert len(pages) == 1
    for line in lines(shown_to(leader)).values():
        assert line.count in said, line.figure.id


def test_on_paper_a_governor_meets_nobody_either(school):
    governor = make.governor()
    file = use_sheet(make.viewer(governor), Institution.objects.get(), on=make.TODAY)
    said = "".join(page.extract_text() for page in PdfReader(BytesIO(file)).pages)
    assert "11A" not in said and "Student1" not in said and "Number" not in said


def asked_by(ask):
    """How many statements it takes with nothing remembered."""
    evaluation.forget()
    with CaptureQueriesContext(connection) as asked:
        ask()
    return len(asked)


def test_page_paper_and_command_ask_at_most_twenty_times_at_30_and_at_300_with_nothing_remembered():
    leader, used = hand_of(make.careers_leader()), []
    for more in (30, 270):
        for n, one in enumerate(make.students(more)):
            if n % 20 == 0:
                make.participation(one, make.activity())
            if n % 3 == 0:
                make.action(one, meeting=make.guidance_meeting(one, summary="Said."))
        assert leader.get("/reports/use/").status_code == 200
        page, paper = (asked_by(lambda url=url: leader.get(url)) for url in ("/reports/use/", "/reports/use.pdf"))
        used.append((page, paper, asked_by(lambda: use.as_json(Institution.objects.get(), as_of=make.TODAY))))
    assert used[0] == used[1] and max(used[0]) <= 20, used
