"""The encounters behind the provider access duty, worked by hand, and never at odds with what the duty counts."""

from datetime import date

from hypothesis import given, settings
from hypothesis import strategies as st

from pathbook.framework.access import encounters
from pathbook.framework.judge import judge_facts
from pathbook.framework.tally import PHASES
from tests.framework import facts_by_hand as by_hand

AS_OF = date(2026, 4, 1)


def technical(on, provider="Hub", **said):
    return by_hand.took("provider_encounter", on=on, provider=provider, technical=True, **said)


def test_year_9s_two_years_are_its_phase_and_march_is_too_late():
    """Year 8 in June counts, Year 9 in February counts, Year 9 in March is too late, Year 7 is no phase."""
    days = [date(2025, 6, 20), date(2026, 2, 27), date(2026, 3, 2), date(2024, 6, 1)]
    found = encounters([by_hand.student(year_group=9, took=tuple(technical(on) for on in days))], AS_OF)
    assert [(one.first_on, one.in_time) for one in found] == [
        (date(2025, 6, 20), True), (date(2026, 2, 27), True), (date(2026, 3, 2), False),
    ]  # fmt: skip


def test_offered_is_everyone_asked_and_attended_those_who_came():
    came = technical(date(2025, 11, 3))
    away = came._replace(status="absent")
    withdrawn = came._replace(status="withdrawn")
    cohort = [by_hand.student(took=(one,)) for one in (came, came, away, withdrawn)]
    (found,) = encounters(cohort, AS_OF)
    assert (len(found.attended), len(found.offered)) == (2, 3)


def test_what_is_not_technical_or_not_a_provider_or_still_to_come_is_no_encounter():
    day = date(2025, 11, 3)
    none = (by_hand.took("provider_encounter", on=day), technical(date(2026, 5, 1)),
            by_hand.took("employer_encounter", on=day, technical=True))  # fmt: skip
    assert encounters([by_hand.student(took=none)], AS_OF) == ()
    assert encounters([by_hand.student(year_group=10, took=(technical(day),))], AS_OF) == ()


days = st.dates(date(2024, 9, 1), date(2026, 3, 31))
parts = st.tuples(days, st.sampled_from(["Hub", "College"]), st.sampled_from(["attended", "absent", "withdrawn"]))


@settings(max_examples=60, deadline=None)
@given(st.sampled_from([9, 11, 13]), st.lists(parts, max_size=5))
def test_what_is_listed_is_what_the_duty_counts(year_group, took):
    one = by_hand.student(
        year_group=year_group, took=tuple(technical(on, provider, status=status) for on, provider, status in took)
    )
    found = [each for each in encounters([one], AS_OF) if each.in_time]
    met = [each.provider for each in found if (each.offered if year_group == 13 else each.attended)]
    counted = min(len(met), 1) if year_group != 13 and len(set(met)) == 1 else len(met)
    (judged,) = judge_facts([one], "2025", AS_OF)
    assert judged.verdicts[f"PAL.{PHASES[year_group]}"].had == counted
