"""The heatmap: who has most gaps stands first, many students fold into groups, and each cell opens what it rests on."""

from datetime import date, timedelta

import pytest

from pathbook.reports.heatmap import MANY, heatmap
from pathbook.reports.students import Asked
from tests import make
from tests.web.hand import hand_of, open_page

pytestmark = pytest.mark.django_db


def heat(by=None, asked=None, as_of=make.TODAY, set_id="2025", **said):
    viewer = make.viewer(by or make.careers_leader())
    return heatmap(viewer, make.school(), on=make.TODAY, as_of=as_of, set_id=set_id, asked=asked or Asked(), **said)


def cell_of(shown, name, row):
    line = next(line for line in shown.lines if line.found and line.found.name == name)
    return next(cell for cell in line.cells if cell.row == row)


def test_most_gaps_first_and_pupil_premium_first_where_equal():
    some = make.student("Some", "Aa", year=11, group="11A")
    make.student("None", "Bb", year=11, group="11A")
    make.student("Premium", "Cc", year=11, group="11A", pupil_premium=True)
    make.participation(some, make.activity())
    shown = heat()
    assert [line.found.name for line in shown.lines] == ["Premium Cc", "None Bb", "Some Aa"]
    assert [line.gaps for line in shown.lines] == sorted((line.gaps for line in shown.lines), reverse=True)


def test_a_cell_says_in_a_word_what_its_shade_says():
    someone = make.student("Amara", "Ode", year=11, group="11A")
    make.guidance_meeting(someone)
    make.participation(someone, make.activity("Site visit", "workplace_experience"))
    make.participation(someone, make.activity("Fair", "employer_encounter", make.TODAY + timedelta(days=9)), "planned")
    shown = heat()
    said = {row: cell_of(shown, "Amara Ode", row) for row in ("GB8.1a", "GB6.1", "GB5.1", "GB7.1.university")}
    assert {row: (cell.css, cell.word) for row, cell in said.items()} == {
        "GB8.1a": ("h-done", "Done"), "GB6.1": ("h-part", "1 of 2"), "GB5.1": ("h-plan", "Booked"),
        "GB7.1.university": ("h-none", "None"),
    }  # fmt: skip


def test_what_does_not_apply_is_a_dash_and_leads_nowhere():
    make.student("Young", "Seven", year=7, group="7A")
    make.student("Older", "Thirteen", year=13, group="13A")
    cell = cell_of(heat(), "Young Seven", "GB8.1b")
    assert (cell.css, cell.word) == ("", "–")


def test_more_than_a_hundred_students_fold_into_their_groups_worst_first():
    make.students(MANY // 2, group="11A")
    served = make.students(MANY // 2 + 1, group="11B")
    for one in served:
        make.guidance_meeting(one)
    shown = heat()
    assert shown.by_group and [(line.group, line.size) for line in shown.lines] == [("11A", 50), ("11B", 51)]
    worse, better = shown.lines
    assert worse.gaps > better.gaps
    assert [cell.word for cell in better.cells if cell.row == "GB8.1a"] == ["51 of 51"]


def test_exactly_a_hundred_are_still_students():
    make.students(MANY)
    shown = heat()
    assert not shown.by_group and shown.students == MANY


def test_a_column_adds_up_the_cells_under_it_whichever_way_it_is_shown():
    people = make.students(MANY + 2, group="11A")
    for one in people[:30]:
        make.guidance_meeting(one)
    folded, spread = heat(), heat(students=True)
    assert {c.id: c.share for c in folded.columns} == {c.id: c.share for c in spread.columns}
    guidance = next(column for column in folded.columns if column.id == "GB8.1a")
    assert (guidance.share.of, guidance.share.out_of) == (30, MANY + 2)


def test_a_groups_cell_leads_to_exactly_those_who_lack_it():
    people = make.students(MANY + 1, group="11A")
    for one in people[:60]:
        make.guidance_meeting(one)
    leader = hand_of(make.careers_leader())
    page = open_page(leader, "/coverage/")
    link = next(link for link in page.links if "group=11A" in link and "gap=GB8.1a" in link)
    opened = open_page(leader, f"/coverage/{link}")
    assert len([css for css in opened.rows if css != "tot"]) == MANY + 1 - 60


@pytest.mark.parametrize("set_id", ["2025", "2018"])
def test_every_cell_of_a_page_opens_evidence_that_names_its_student(set_id):
    """Under either set, and on another day than today."""
    someone = make.student("Amara", "Ode", year=11, group="11A")
    make.participation(someone, make.activity("Careers fair"))
    make.guidance_meeting(someone)
    leader = hand_of(make.careers_leader())
    page = open_page(leader, "/coverage/", set=set_id, as_of="2026-01-31", every=1)
    cells = [link for link in page.links if link.startswith(f"/coverage/{someone.key}/")]
    assert len(cells) >= 8
    for link in cells:
        opened = open_page(leader, link)
        assert opened.status == 200 and "Amara Ode" in opened.text, link


def test_a_cell_opened_from_another_day_or_set_tells_of_that_day_and_set():
    someone = make.student("Amara", "Ode", year=11, group="11A")
    make.guidance_meeting(someone, on=date(2026, 1, 14))
    leader = hand_of(make.careers_leader())
    page = open_page(leader, "/coverage/", as_of="2026-01-10")
    link = next(link for link in page.links if link.startswith(f"/coverage/{someone.key}/GB8.1a/"))
    assert "0 of 1" in open_page(leader, link).text
    today = open_page(leader, "/coverage/")
    link = next(link for link in today.links if link.startswith(f"/coverage/{someone.key}/GB8.1a/"))
    assert "1 of 1" in open_page(leader, link).text


def test_evidence_lists_the_students_own_things_and_nobody_elses():
    mine, other = make.student("Mine", year=11, group="11A"), make.student("Other", year=11, group="11A")
    make.participation(mine, make.activity("Fair for mine"))
    make.participation(mine, make.activity("Talk half said", meaningful=False, on=date(2025, 11, 1)))
    make.participation(mine, make.activity("Missed talk", on=date(2025, 12, 1)), "absent")
    make.participation(other, make.activity("Fair for other"))
    page = open_page(hand_of(make.careers_leader()), f"/coverage/{mine.key}/GB5.1/")
    assert page.text.index("Missed talk") < page.text.index("Talk half said") < page.text.index("Fair for mine")
    assert "Fair for other" not in page.text


def test_what_was_in_an_earlier_year_is_not_said_to_count_for_this_year():
    someone = make.student("Amara", year=11, group="11A")
    full = ["GB5-1", "GB5-2", "GB5-3", "GB5-4"]
    make.participation(someone, make.activity("Old fair", on=date(2024, 10, 8), checklist=full))
    page = open_page(hand_of(make.careers_leader()), f"/coverage/{someone.key}/GB5.1/")
    assert "0 of 1" in page.text and "Does not count" in page.text


def test_a_tutor_looking_back_sees_nobody_they_do_not_see_today():
    """Someone who was in 10B in October and is in 10C now is not 10B's tutor's to read, on any day asked about."""
    make.student("Stayed", "Here", year=10, group="10B")
    moved = make.student("Moved", "Away", year=10, group="10B", end_date=date(2025, 12, 19))
    make.enrol(moved, year=10, group="10C", start_date=date(2026, 1, 5))
    tutor = hand_of(make.form_tutor(make.tutor_group("10B")))
    page = open_page(tutor, "/coverage/", as_of="2025-10-20")
    assert "Stayed" in page.text and "Moved" not in page.text


def test_a_gap_narrows_the_heatmap_to_those_who_have_it():
    lacking, having = make.student("Lacking", year=11, group="11A"), make.student("Having", year=11, group="11A")
    make.guidance_meeting(having)
    shown = heat(asked=Asked(gap="GB8.1a"))
    assert [line.found.pk for line in shown.lines] == [lacking.pk]


def test_the_title_names_the_first_thing_somebody_lacks():
    people = make.students(3)
    for one in people:
        make.guidance_meeting(one)
    assert heat().worst.id == "GB6.1"
    assert heat(asked=Asked(gap="GB5.1")).worst.id == "GB5.1"


def test_nobody_on_the_roll_is_an_empty_page_not_an_error():
    shown = heat()
    assert (shown.students, shown.columns, list(shown.lines), shown.worst) == (0, (), [], None)
