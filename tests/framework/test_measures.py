"""What each criterion counts, one sentence a rule, in both sets."""

from datetime import date

import pytest

from pathbook.framework.evaluate import evaluate
from pathbook.framework.facts import LeaverFacts
from tests.framework.facts_by_hand import AS_OF, activity, met, said, school, student, took

NOW = AS_OF


def share(criterion, *students, set_id="2025", as_of=NOW, **facts):
    """(numerator, denominator) of a criterion or part over these students."""
    evaluation = evaluate(school(*students, **facts), set_id, as_of)
    rows = {}
    for benchmark in evaluation.benchmarks:
        for result in benchmark.criteria:
            rows[result.criterion.id] = result.share
            rows |= {part.id: part.share for part in result.parts}
    rows |= {part.id: part.share for part in evaluation.provider_access}
    found = rows[criterion]
    return (found.of, found.out_of)


def one(criterion, *takes, set_id="2025", as_of=NOW, **facts):
    year = facts.pop("year_group", 11)
    return share(criterion, student(year, took=takes, **facts), set_id=set_id, as_of=as_of)


# Benchmark 5, the rule for every encounter


def test_an_attended_meaningful_employer_encounter_this_year_counts():
    assert one("GB5.1", took()) == (1, 1)


@pytest.mark.parametrize("status", ["planned", "absent", "excused", "withdrawn"])
def test_only_attendance_counts(status):
    assert one("GB5.1", took(status=status)) == (0, 1)


def test_last_year_does_not_count_this_year_and_tomorrow_not_today():
    assert one("GB5.1", took(on=date(2025, 8, 31))) == (0, 1)
    assert one("GB5.1", took(on=date(2025, 9, 1))) == (1, 1)
    assert one("GB5.1", took(on=date(2026, 2, 2))) == (0, 1)
    assert one("GB5.1", took(on=NOW)) == (1, 1)


def test_an_incomplete_checklist_does_not_count_under_2025_and_does_under_2018():
    assert one("GB5.1", took(meaningful=False)) == (0, 1)
    assert one("GB5.1", took(meaningful=False), set_id="2018") == (1, 1)


def test_a_workplace_is_no_employer_encounter_unless_it_says_it_is_both():
    assert one("GB5.1", took("workplace_experience")) == (0, 1)
    assert one("GB5.1", took("workplace_experience", also=("employer_encounter",))) == (1, 1)


# Benchmark 2


def test_market_information_counts_within_the_current_key_stage():
    assert one("GB2.1", took("labour_market_information", on=date(2024, 10, 1))) == (1, 1)  # Year 10, same stage
    assert one("GB2.1", took("labour_market_information", on=date(2023, 10, 1))) == (0, 1)  # Year 9
    assert one("GB2.1", took("labour_market_information"), year_group=10) == (0, 0), "Year 10 is on the way"


def test_market_information_follows_a_repeated_year():
    history = {2022: 8, 2023: 9, 2024: 10, 2025: 10}
    repeated = student(10, year_groups=history, took=(took("labour_market_information", on=date(2024, 10, 1)),))
    evaluation = evaluate(school(repeated), "2025", NOW)
    assert evaluation.criterion("GB2.1").by_year_group[10].of == 1


def test_2018_asks_for_market_information_by_14_ever():
    assert one("GB2.1", took("labour_market_information", on=date(2023, 10, 1)), set_id="2018", year_group=9) == (1, 1)
    assert one("GB2.1", took("labour_market_information"), set_id="2018", year_group=11) == (0, 0)


# Benchmark 3


def test_a_meeting_is_recorded_with_a_summary_and_something_or_nothing_agreed():
    meetings = (met(), met(summary=False), met(agreed=False), met(status="booked"))
    assert share("GB3.2", student(met=meetings)) == (1, 3)


def test_meetings_of_those_who_left_this_year_are_counted():
    assert share("GB3.2", meetings_of_departed=((10, met()), (10, met(on=date(2024, 11, 1))))) == (1, 1)


def test_joiners_need_an_earlier_record_or_that_we_asked():
    new = student(9, first_enrolled=date(2025, 10, 1))
    known = student(9, first_enrolled=date(2025, 10, 1), prior_records=(date(2025, 11, 1),))
    old, seven = student(9), student(7, first_enrolled=date(2025, 9, 1))
    assert share("GB3.3", new, known, old, seven) == (1, 2)


def test_opening_ones_own_record_counts_this_year():
    assert share("GB3.4", student(own_readings=(date(2025, 9, 3),)), student(own_readings=(date(2025, 8, 3),))) == (
        1,
        2,
    )


def test_aspirations_intentions_and_destinations_are_three_parts_and_their_sum():
    eleven = student(11, aspirations=(said(),), intentions=(date(2025, 11, 1),))
    eight = student(8, aspirations=(said(on=date(2024, 10, 1)),))
    leavers = (LeaverFacts("l1", 11, (date(2025, 10, 1),)), LeaverFacts("l2", 13))
    facts = {"leavers": leavers}
    assert share("GB3.5.aspiration", eleven, eight, **facts) == (1, 2)
    assert share("GB3.5.intention", eleven, eight, **facts) == (1, 1)
    assert share("GB3.5.destination", eleven, eight, **facts) == (1, 2)
    assert share("GB3.5", eleven, eight, **facts) == (3, 5)
    assert share("GB3.4", eleven, eight, set_id="2018", **facts) == (1, 2)


# Benchmark 4


def test_curriculum_links_are_counted_by_subject_studied():
    links = (took("curriculum_link", subject="French"), took("curriculum_link", subject="French"),
             took("curriculum_link", subject="Latin"), took("curriculum_link", subject="Art", on=date(2025, 3, 1)))  # fmt: skip
    assert one("GB4.1", *links, subjects=frozenset({"French", "Mathematics", "Art"})) == (1, 3)


def test_2018_asks_for_one_stem_link_by_14():
    assert one("GB4.1", took("curriculum_link", subject="Science"), set_id="2018", year_group=9) == (1, 1)
    assert one("GB4.1", took("curriculum_link", subject="French"), set_id="2018", year_group=9) == (0, 1)


# Benchmark 6


def test_two_workplaces_by_16_under_2025_one_under_2018():
    once, twice = (took("workplace_experience"),), (took("workplace_experience"), took("workplace_experience"))
    assert one("GB6.1", *once) == (0, 1)
    assert one("GB6.1", *twice) == (1, 1)
    assert one("GB6.1", *once, set_id="2018") == (1, 1)


def test_a_workplace_after_16_is_dated_after_the_end_of_year_11():
    assert one("GB6.2", took("workplace_experience", on=date(2024, 8, 31)), year_group=13) == (0, 1)
    assert one("GB6.2", took("workplace_experience", on=date(2024, 9, 1)), year_group=13) == (1, 1)


def test_days_of_a_key_stage_keep_their_parts_and_are_never_scored():
    days = [took("workplace_experience", on=date(2024, 10, 1), hours=12.5) for _ in range(2)]
    assert one("GB6.G2", *days) == (1, 1)
    assert one("GB6.G2", *days[:1], took("workplace_experience", hours=12.0)) == (0, 1)
    assert one("GB6.G1", *days) == (0, 0)
    result = evaluate(school(student(11, took=days)), "2025", NOW).criterion("GB6.G2")
    assert not result.is_scored


# Benchmark 7


def test_all_four_kinds_of_provider_by_16_and_each_its_own_row():
    kinds = ("sixth_form", "fe_college", "university", "training_provider")
    takes = [took("provider_encounter", provider_type=kind) for kind in kinds]
    assert one("GB7.1", *takes) == (1, 1)
    assert one("GB7.1", *takes[:3]) == (0, 1)
    assert one("GB7.1.university", *takes[:3]) == (1, 1)
    assert one("GB7.1.training_provider", *takes[:3]) == (0, 1)


def test_a_visit_to_a_university_is_also_an_encounter_with_one():
    assert one("GB7.1.university", took("he_visit")) == (1, 1)


def test_two_visits_for_those_considering_university():
    twice = (took("he_visit"), took("he_visit", meaningful=False))
    assert one("GB7.2", *twice, year_group=13, aspirations=(said(),)) == (1, 1)
    assert one("GB7.2", *twice[:1], year_group=13, aspirations=(said(),)) == (0, 1)
    changed = (said(), said("apprenticeship", on=date(2025, 12, 1)))
    assert one("GB7.2", *twice, year_group=13, aspirations=changed) == (0, 0), "the latest aspiration decides"
    same_day = (said(), said("apprenticeship"))
    assert one("GB7.2", *twice, year_group=13, aspirations=same_day) == (0, 0), "of one day the one written later"
    assert one("GB7.2", *twice, year_group=13, aspirations=same_day[::-1]) == (1, 1)


# Benchmark 8


def test_a_meeting_counts_with_a_qualified_adviser():
    assert share("GB8.1a", student(11, met=(met(on=date(2022, 11, 1)),))) == (1, 1)
    assert share("GB8.1a", student(11, met=(met(level=4),))) == (0, 1)
    assert share("GB8.1", student(11, met=(met(level=4),)), set_id="2018") == (1, 1)


def test_a_second_meeting_is_held_under_2025_and_offered_under_2018():
    booked = student(13, met=(met(on=date(2025, 12, 1), status="booked"),))
    cancelled = student(13, met=(met(on=date(2025, 12, 1), status="cancelled"),))
    early = student(13, met=(met(on=date(2024, 5, 1)),))
    assert share("GB8.1b", booked, cancelled, early) == (0, 3)
    assert share("GB8.2", booked, cancelled, early, set_id="2018") == (1, 3)


# The law


def technical(on, provider="Northbridge College", **given):
    return took("provider_encounter", on=on, provider_type="fe_college", technical=True, provider=provider, **given)


def test_provider_access_asks_for_two_in_the_phase_and_not_the_same_each_time():
    year_8, year_9 = date(2025, 3, 1), date(2025, 11, 1)
    assert one("PAL.1", technical(year_8), technical(year_9, "Forward Training"), year_group=9) == (1, 1)
    assert one("PAL.1", technical(year_8), technical(year_9), year_group=9) == (0, 1)
    assert one("PAL.1", technical(year_9, "Forward Training"), year_group=9) == (0, 1)


@pytest.mark.parametrize(("day", "counted"), [(date(2026, 2, 28), 1), (date(2026, 3, 1), 0)])
def test_in_year_11_the_window_closes_with_february(day, counted):
    takes = (technical(date(2025, 10, 1)), technical(day, "Forward Training"))
    assert one("PAL.2", *takes, as_of=date(2026, 7, 1)) == (counted, 1)


def test_in_year_10_the_whole_year_counts():
    takes = (technical(date(2025, 6, 30)), technical(date(2025, 10, 1), "Forward Training"))
    assert one("PAL.2", *takes) == (1, 1)


def test_after_16_an_offer_is_enough_and_one_provider_may_come_twice():
    takes = (technical(date(2025, 10, 1), status="absent"), technical(date(2025, 11, 1), status="planned"))
    assert one("PAL.3", *takes, year_group=13) == (1, 1)
    assert one("PAL.3", takes[0], technical(date(2025, 11, 1), status="withdrawn"), year_group=13) == (0, 1)


# Statuses


def test_statuses_of_a_criterion_and_its_benchmark():
    both = evaluate(school(student(took=(took(),)), student()), "2025", NOW)
    assert both.criterion("GB5.1").status == "in_progress"
    assert evaluate(school(student()), "2025", NOW).criterion("GB5.1").status == "not_met"
    assert evaluate(school(student(took=(took(),))), "2025", NOW).criterion("GB5.1").status == "met"
    assert evaluate(school(), "2025", NOW).criterion("GB5.1").status == "unscored"
    assert evaluate(school(), "2025", NOW).criterion("GB1.1").judged == "unscored"


def test_planned_and_booked_are_coming_not_had():
    person = student(11, took=(planned_talk(),), met=(met(status="booked"),))
    judged = evaluate(school(person), "2025", NOW).judged[0]
    assert judged.verdicts["GB5.1"].coming and not judged.verdicts["GB5.1"].met
    assert judged.verdicts["GB8.1a"].coming


def planned_talk():
    return took(status="planned", on=date(2026, 5, 1))


def test_one_activity_can_serve_two_kinds_for_many_students():
    both = activity("workplace_experience", also=("employer_encounter",))
    assert both.kinds == {"workplace_experience", "employer_encounter"}
