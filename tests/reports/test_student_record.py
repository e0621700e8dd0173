"""One student's record: newest first, what counts and what does not, and only the parts a viewer may read."""

from datetime import date, timedelta

import pytest

from pathbook.records.models import Aspiration
from pathbook.reports import coverage, student_record, student_timeline
from pathbook.reports.eight import LABELS, eight_marks
from tests import make
from tests.web.hand import hand_of, open_page

pytestmark = pytest.mark.django_db
WHOLE = ["GB5-1", "GB5-2", "GB5-3", "GB5-4"]


def timeline(someone, by=None):
    return student_timeline.timeline_of(someone, make.viewer(by or make.careers_leader()), on=make.TODAY)


def benchmarks(someone, by=None):
    return student_record.benchmarks_of(someone, make.viewer(by or make.careers_leader()), make.school(), on=make.TODAY)


@pytest.fixture
def amara():
    return make.student("Amara", "Ode", year=11, group="11A")


def test_newest_first_with_what_is_coming_on_top(amara):
    make.participation(amara, make.activity("First talk", on=date(2024, 10, 8)))
    make.guidance_meeting(amara, on=date(2025, 11, 14))
    make.participation(amara, make.activity("Next visit", on=make.TODAY + timedelta(days=5)), "planned")
    make.participation(amara, make.activity("Autumn fair", on=date(2025, 10, 8), checklist=WHOLE))
    lines = timeline(amara).lines
    assert [line.title for line in lines] == [
        "Next visit", "Guidance meeting with an adviser", "Autumn fair", "First talk",
    ]  # fmt: skip
    assert [line.word for line in lines] == ["Planned", "Held", "Counts", "Does not count: 0 of 4 checklist items"]


def test_the_page_shows_them_in_that_order(amara):
    for month in (9, 10, 11, 12):
        make.participation(amara, make.activity(f"Talk {month}", on=date(2025, month, 10)))
    text = open_page(hand_of(make.careers_leader()), f"/students/{amara.key}/").text
    places = [text.index(f"Talk {month}") for month in (12, 11, 10, 9)]
    assert places == sorted(places)


def test_only_the_latest_are_listed_and_the_rest_are_counted(amara):
    for n in range(20):
        make.participation(amara, make.activity(f"Talk {n}", on=date(2025, 9, 8) + timedelta(days=n)))
    shown = timeline(amara)
    assert len(shown.lines) == student_timeline.RECENT and shown.total == 20
    assert shown.lines[0].title == "Talk 19"


@pytest.mark.parametrize(("status", "word"), [("absent", "Absent"), ("excused", "Excused"), ("withdrawn", "Withdrawn")])
def test_who_was_not_there_is_said_and_not_counted(amara, status, word):
    make.participation(amara, make.activity(checklist=WHOLE), status)
    (line,) = timeline(amara).lines
    assert (line.word, line.state) == (word, "")


def test_an_activity_taken_out_of_the_programme_is_on_no_record(amara):
    gone = make.activity("Gone talk", withdrawn_by="someone", withdrawn_at=make.NOW)
    make.participation(amara, gone)
    assert timeline(amara).lines == ()


def test_a_tutors_reading_since_the_last_meeting_is_told(amara):
    make.guidance_meeting(amara, on=date(2026, 1, 14))
    assert timeline(amara).tutor_read is None
    hand_of(make.form_tutor(make.tutor_group("11A", 11))).get(f"/students/{amara.key}/")
    assert timeline(amara).tutor_read == make.TODAY


def test_what_was_hoped_before_is_kept_and_the_latest_leads(amara):
    for day, words in ((date(2024, 10, 1), "Nurse"), (date(2025, 10, 1), "Electrician")):
        Aspiration.objects.create(student=amara, said_on=day, words=words, recorded_by="t", recorded_at=make.NOW)
    assert [hope.words for hope in timeline(amara).hopes] == ["Electrician", "Nurse"]


def test_each_criterion_that_applies_stands_with_gaps_first_and_none_that_does_not(amara):
    make.guidance_meeting(amara)
    tab = benchmarks(amara)
    met = [one.verdict.met for one in tab.criteria]
    assert met == sorted(met) and tab.met == sum(met)
    by_id = {one.id: one for one in tab.criteria}
    assert by_id["GB8.1a"].verdict.met and not by_id["GB6.1"].verdict.met
    assert "GB8.1b" not in by_id, "Year 11 is not yet asked for a meeting after 16"


def test_the_evidence_of_each_criterion_adds_up_to_what_is_said(amara):
    """Where things are counted one by one, as many rows say "counts" as the verdict says it had."""
    make.participation(amara, make.activity("This year", checklist=WHOLE))
    make.participation(amara, make.activity("Last year", on=date(2024, 10, 8), checklist=WHOLE))
    make.participation(amara, make.activity("Not all there", on=date(2025, 11, 8), meaningful=False))
    for on, level in ((date(2026, 1, 14), 6), (date(2025, 12, 1), 4)):
        make.guidance_meeting(amara, on=on, level=level)
    for month in (3, 6):
        make.participation(amara, make.activity("Site visit", "workplace_experience", on=date(2025, month, 3)))
    by_id = {one.id: one for one in benchmarks(amara).criteria}
    for row, had in (("GB5.1", 1), ("GB8.1a", 1), ("GB6.1", 2)):
        assert by_id[row].verdict.had == had
        assert sum(one.counts for one in by_id[row].evidence) == had, row
    why = {one.title: one.why for one in by_id["GB5.1"].evidence}
    assert why["Last year"] == "Outside the time this criterion asks about"
    assert why["Not all there"] == "0 of 4 checklist items"


def test_someone_not_on_the_roll_today_has_nothing_due():
    gone = make.student("Gone", year=11, group="11A", end_date=date(2025, 12, 1))
    assert benchmarks(gone).criteria == ()
    page = open_page(hand_of(make.careers_leader()), f"/students/{gone.key}/benchmarks/")
    assert "Not on the roll today, so nothing is due" in page.text


def test_the_eight_marks_agree_with_the_benchmarks_tab(amara):
    """Seven marks (the first benchmark is the school's): met, begun or nothing, as the criteria say."""
    make.guidance_meeting(amara)
    make.participation(amara, make.activity("Site visit", "workplace_experience"))
    known = coverage.known_of(amara, school=make.school(), set_id="2025", as_of=make.TODAY)
    marks = {mark.number: mark.state for mark in eight_marks(known.judged)}
    assert marks.keys() == LABELS.keys()
    assert marks[8] == "met" and marks[6] == "part" and marks[5] == "gap" and marks[4] == "na"


def test_gaps_are_counted_once_and_the_law_is_not_among_them(amara):
    known = coverage.known_of(amara, school=make.school(), set_id="2025", as_of=make.TODAY)
    missing = {row for row in known.judged.applying if not known.judged.verdicts[row].met}
    counted = {row for row in missing if not row.startswith(("PAL.", "GB6.G")) and row not in ("GB3.2", "GB7.1")}
    assert known.judged.gaps == len(counted) < len(missing)
    assert {"GB7.1.university", "GB7.1.fe_college", "GB7.1.sixth_form", "GB7.1.training_provider"} <= counted


@pytest.mark.parametrize(
    ("maker", "offered", "kept_from"),
    [
        (lambda: make.careers_leader(), {"Timeline", "Guidance", "Benchmarks", "Access"}, set()),
        (
            lambda: make.form_tutor(make.tutor_group("11A", 11)),
            {"Timeline", "Guidance", "Benchmarks"},
            {"Access"},
        ),
        (lambda: make.data_manager(), {"Timeline"}, {"Guidance", "Benchmarks", "Access"}),
    ],
)
def test_each_role_is_offered_the_tabs_it_may_open_and_no_other(amara, maker, offered, kept_from):
    someone = maker()
    shown = timeline(amara, someone)
    labels = {label for label, _ in shown.top.tabs}
    assert offered <= labels and not labels & kept_from
    for _, url in shown.top.tabs:
        assert hand_of(someone).get(url).status_code == 200
    for label in kept_from:
        assert hand_of(someone).get(f"/students/{amara.key}/{label.lower()}/").status_code == 404


def test_opening_each_tab_is_noted_with_who_opened_it(amara):
    leader = make.careers_leader()
    for tab in ("", "guidance/", "benchmarks/"):
        hand_of(leader).get(f"/students/{amara.key}/{tab}")
    hand_of(leader).get(f"/coverage/{amara.key}/GB5.1/")
    page = open_page(hand_of(leader), f"/students/{amara.key}/access/")
    assert len(page.rows) == 5 and page.text.count("Priya Raman") >= 5
