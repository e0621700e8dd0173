"""Forecasts a careers leader could check by hand: chances combine, what is certain stays certain, nothing is known better than it is."""

from collections import Counter
from dataclasses import replace
from datetime import date

import pytest

from pathbook.framework.as_planned import PlannedSchool
from pathbook.framework.attendance import Outcome, attendance_of
from pathbook.framework.cohort import Chosen, Cohorts, by_row
from pathbook.framework.forecast import Known, downs, forecast, forecast_rows
from pathbook.framework.hindsight import Late, known_on, late_of
from pathbook.framework.judge import judge_facts, measures_for
from pathbook.framework.kinds import all_kinds
from pathbook.framework.measures import MEASURES, PROVIDER_ACCESS, judged_rows
from pathbook.framework.tally import Tally, tally, windows_for, with_more
from pathbook.framework.what_if import Idea, rows_moved, what_if
from tests.framework.facts_by_hand import AS_OF, activity, met, said, school, student, took

UNTIL = date(2026, 8, 31)
SOON = date(2026, 5, 5)


def history(came, invited=100_000, kind="employer_encounter", groups=range(7, 14), checklist=True):
    """So many in a hundred thousand came, and every checklist was completed: chances as good as known."""
    return [
        Outcome(f"{kind} {g} {n}", all_kinds(kind), g, invited, came, checklist, True)
        for g in groups
        for n in range(40)
    ]


def known(*students, outcomes=(), late=None, set_id="2025"):
    to_come = {one.student_id: tuple(t for t in one.took if t.status == "planned") for one in students}
    booked = {one.student_id: tuple(m for m in one.met if m.status == "booked") for one in students}
    planned = PlannedSchool(school(*students), to_come, booked, UNTIL)
    return Known(planned, AS_OF, set_id, attendance_of(outcomes), late or Late(), {})


def told(about, row):
    rows = [one for one in forecast_rows(about.set_id) if one.id == row]
    return forecast(about, rows, downs(about.planned, about.as_of))[0]


def down_for(*activities, kind="employer_encounter", year=8, n=100):
    return [student(year, took=tuple(took_of(one) for one in activities)) for _ in range(n)]


def took_of(one):
    return took(on=SOON, status="planned", hours=0)._replace(activity=one)


@pytest.mark.parametrize(
    ("chances", "set_id", "row", "year", "kind", "expected"),
    [  # of 100 students, each invited to so many, four in five of those invited come; the chance worked by hand
        (1, "2018", "GB5.1", 8, "employer_encounter", 80.0),  # 0.8
        (2, "2018", "GB5.1", 8, "employer_encounter", 96.0),  # 1 - 0.2 x 0.2
        (1, "2025", "GB6.1", 11, "workplace_experience", 0.0),  # two are needed and one is planned
        (2, "2025", "GB6.1", 11, "workplace_experience", 64.0),  # 0.8 x 0.8
        (3, "2025", "GB6.1", 11, "workplace_experience", 89.6),  # 3 x 0.8 x 0.8 x 0.2 + 0.8 x 0.8 x 0.8
    ],
)
def test_several_chances_of_a_student_combine(chances, set_id, row, year, kind, expected):
    coming = [activity(kind) for _ in range(chances)]
    line = told(known(*down_for(*coming, year=year), outcomes=history(80_000, kind=kind), set_id=set_id), row).total
    assert line.expected == pytest.approx(expected, abs=1.5)
    assert line.low <= expected <= line.high and line.now.of == 0
    assert line.planned.of == (100 if chances >= 2 or row != "GB6.1" else 0)


def test_what_nothing_can_change_is_certain():
    have = [student(8, took=(took(),)) for _ in range(6)]
    line = told(known(*have, *(student(8) for _ in range(4)), outcomes=history(50_000)), "GB5.1").total
    assert (line.now.of, line.planned.of, line.expected, line.low, line.high, line.out_of) == (6, 6, 6.0, 6, 6, 10)


def test_the_range_holds_nine_years_in_ten_and_widens_with_little_history():
    few, many = (
        told(known(*down_for(activity()), outcomes=history(8 * n, 10 * n)[: 7 * 40]), "GB5.1").total for n in (1, 500)
    )
    assert few.high - few.low > 0 and abs(few.expected - 80) < 4 and many.low < 80 < many.high


def test_a_checklist_still_open_may_leave_nobody_with_what_was_planned():
    half = [replace_meaningful(one, n % 2 == 0) for n, one in enumerate(history(100_000))]
    about = known(*down_for(activity(meaningful=False)), outcomes=half)
    assert told(about, "GB5.1").total.low == 0 and told(about, "GB5.1").total.planned.of == 100
    assert told(replace(about, set_id="2018"), "GB5.1").total.low >= 97  # the 2018 set asks for none


def replace_meaningful(outcome, meaningful):
    return outcome._replace(meaningful=meaningful)


def test_no_history_is_taken_as_nine_in_ten():
    about = known(*down_for(activity()))
    assert not about.attendance.has_history and told(about, "GB5.1").total.expected == pytest.approx(90, abs=4)


def test_what_comes_by_no_plan_comes_as_in_past_years():
    then, ended = date(2025, 2, 1), date(2025, 8, 31)
    past = [student(11, year_groups={2024: 11}, met=(met(on=date(2025, 5, 1)),) if n < 30 else ()) for n in range(100)]
    late = late_of([(tuple(past), then, ended)], MEASURES["2025"][-1].parts)
    assert late.counts["GB8.1a", 11] == (100, 30)
    line = told(known(*(student(11) for _ in range(100)), late=late), "GB8.1a").total
    assert line.expected == pytest.approx(30, abs=3) and line.low < 30 < line.high
    assert not told(known(student(11)), "GB8.1a").known  # and with no past year nothing is said


def test_a_cell_of_few_leans_on_its_kind_and_on_the_school():
    rows = [*history(90, 100), Outcome("small", all_kinds("he_visit"), 12, 2, 0)]
    rate = attendance_of(rows).rate(all_kinds("he_visit"), 12)
    assert 0.7 < rate.mean < 0.9 and rate.of == 2


def test_the_same_facts_give_the_same_answer():
    about = known(*down_for(activity(), activity()), outcomes=history(70, 100))
    assert told(about, "GB5.1") == told(about, "GB5.1")


def test_one_more_is_for_those_who_lack_it_first_and_moves_only_what_it_gives():
    have, lack = [student(8, took=(took(),)) for _ in range(5)], [student(8) for _ in range(5)]
    about = known(*have, *lack, outcomes=history(100_000))
    everyone = downs(about.planned, about.as_of)
    before = forecast(about, forecast_rows("2025"), everyone)
    answer = what_if(about, everyone, before, Idea("employer_encounter", (8,), SOON, places=6))
    assert (answer.invited, answer.first) == (6, 5)
    assert [(one.row.id, one.before.planned.of, one.after.planned.of) for one in answer.changes] == [("GB5.1", 5, 10)]


def test_a_visit_of_a_college_is_first_for_those_who_lack_a_college_and_moves_no_other_provider():
    """Six of Year 11 have met a college and no university, four neither: the first four places are for the four."""
    have = [student(11, took=(took("provider_encounter", provider_type="fe_college"),)) for _ in range(6)]
    about = known(*have, *(student(11) for _ in range(4)), outcomes=history(100_000, kind="provider_encounter"))
    everyone = downs(about.planned, about.as_of)
    idea = Idea("provider_encounter", (11,), SOON, places=4, provider_type="fe_college")
    assert [one.id for one in rows_moved(about, everyone, idea)] == ["GB7.1", "GB7.1.fe_college"]
    before = forecast(about, forecast_rows("2025"), everyone)
    colleges = [one for one in what_if(about, everyone, before, idea).changes if one.row.id == "GB7.1.fe_college"]
    assert [(one.before.planned.of, one.after.planned.of) for one in colleges] == [(6, 10)]


def test_whom_a_special_school_chose_is_all_a_row_is_counted_over_and_who_gets_its_first_places():
    """Ten of Year 8, four chosen, of whom one has met an employer: of the four, and the three others come first."""
    chosen = [student(8, took=(took(),)), *(student(8) for _ in range(3))]
    about = known(*chosen, *(student(8) for _ in range(6)), outcomes=history(100_000))
    choice = Cohorts({"": Chosen(frozenset(one.student_id for one in chosen), AS_OF)})
    about = replace(about, chosen=by_row(measures_for("2025"), choice))
    line = told(about, "GB5.1").total
    assert (line.now.of, line.out_of) == (1, 4)
    before = forecast(about, forecast_rows("2025"), (everyone := downs(about.planned, about.as_of)))
    answer = what_if(about, everyone, before, Idea("employer_encounter", (8,), SOON, places=3))
    assert (answer.invited, answer.first) == (3, 3)
    assert [(one.row.id, one.after.planned.of, one.after.out_of) for one in answer.changes] == [("GB5.1", 4, 4)]


def test_pruning_what_does_not_matter_changes_no_chance():
    """Five visits of three kinds of provider: each part told as if the others were not there."""
    coming = [activity("provider_encounter", provider_type=one) for one in ("sixth_form", "sixth_form", "fe_college", "training_provider", "university")]  # fmt: skip
    outcomes = history(80_000, kind="provider_encounter")
    together = known(*down_for(*coming, year=11), outcomes=outcomes)
    alone = known(*down_for(*coming[:2], year=11), outcomes=outcomes)
    one, other = (told(about, "GB7.1.sixth_form").total for about in (together, alone))
    assert one.expected == pytest.approx(other.expected, abs=1.5) and one.expected == pytest.approx(96, abs=1.5)
    assert told(together, "GB7.1").total.expected == pytest.approx(100 * 0.8**3 * 0.96, abs=5)


def test_counting_more_is_counting_all_of_it():
    """The seam the forecast stands on: for every row, what was and what is added, together as at once."""
    had = (took(), took("workplace_experience", hours=5), took("provider_encounter", provider_type="fe_college", technical=True, provider="A"))  # fmt: skip
    more = (took("he_visit"), took("curriculum_link", subject="Mathematics"), took("labour_market_information"))
    held = (met(), met(on=date(2026, 1, 8)))
    whole = student(11, took=had + more, met=held, subjects=frozenset({"Mathematics"}), aspirations=(said(),))
    part = replace(whole, took=had, met=held[:1])
    counted = tally(part, UNTIL)
    before = repr(counted)
    assert with_more(counted, windows_for(part, UNTIL), more, held[1:], UNTIL) == tally(whole, UNTIL)
    assert repr(counted) == before and isinstance(counted, Tally) and isinstance(counted.this_year, Counter)


@pytest.mark.parametrize("row", [*judged_rows("2025"), *judged_rows("2018"), *PROVIDER_ACCESS], ids=lambda row: row.id)
def test_a_row_counts_only_activities_of_its_kind(row):
    """So that only what could matter is tried: without the other kinds each row judges the same."""
    everything = [took(kind, provider_type=(kind == "provider_encounter" and "fe_college") or "", technical=True, subject="Mathematics", hours=5, provider=str(n))
                  for n, kind in enumerate(("employer_encounter", "workplace_experience", "provider_encounter", "he_visit", "curriculum_link", "labour_market_information", "careers_lesson") * 2)]  # fmt: skip
    whole = student((row.id == "GB2.1" and 9) or 11, took=tuple(everything), met=(met(),), subjects=frozenset({"Mathematics"}), aspirations=(said(),))  # fmt: skip
    slim = replace(whole, took=tuple(one for one in everything if row.kind in one.activity.kinds), met=whole.met)
    set_id = "2018" if row in judged_rows("2018") else "2025"
    one, other = (judge_facts([who], set_id, AS_OF)[0].verdicts.get(row.id) for who in (whole, slim))
    assert (one and one[:2]) == (other and other[:2])


def test_what_was_known_on_a_day_is_less_than_what_is_known_now():
    one = student(11, took=(took(), took(on=SOON)), met=(met(), met(on=SOON, booked=date(2026, 1, 20)), met(on=SOON)), aspirations=(said(), said(on=SOON)))  # fmt: skip
    then = known_on(one, AS_OF)
    assert [(each.status, each.activity.meaningful) for each in then.took] == [("attended", True), ("planned", False)]
    assert [each.status for each in then.met] == ["held", "booked"] and len(then.aspirations) == 1
