"""Figures of use: the population of a day, terms, groups that add up, staff who came lately."""

from datetime import date, timedelta

import pytest

from pathbook.framework.shares import Share
from pathbook.framework.use.counting import by_group, share_of
from pathbook.framework.use.facts import ActionFacts, Spell, StaffFacts, UseFacts
from pathbook.framework.use.figures import ANYTHING, FIGURES, of_role
from pathbook.framework.use.over_time import terms_to, trend

DAY = date(2026, 2, 5)
FIGURE = {figure.id: figure for figure in FIGURES}


def spell(student, starts=date(2025, 9, 1), ends=None, year=11, form="11A", academic_year=2025):
    return Spell(student, academic_year, starts, ends, year, form)


def facts(*spells, first=None, actions=(), staff=()):
    return UseFacts(tuple(spells), first or {}, (), tuple(actions), tuple(staff))


def test_the_trend_goes_from_the_autumn_of_last_year_to_the_day_asked_about():
    assert [(term.label, term.day) for term in terms_to(DAY)] == [
        ("2024/25 autumn", date(2024, 12, 31)), ("2024/25 spring", date(2025, 4, 15)),
        ("2024/25 summer", date(2025, 8, 31)), ("2025/26 autumn", date(2025, 12, 31)), ("2025/26 spring", DAY),
    ]  # fmt: skip


@pytest.mark.parametrize("day", [date(2025, 9, 1), date(2025, 12, 31), date(2026, 4, 15), date(2026, 8, 31)])
def test_the_term_in_which_the_day_lies_is_the_last_and_ends_on_it(day):
    assert terms_to(day)[-1].day == day


def test_a_student_who_left_is_not_counted_and_one_who_came_back_is_counted_once():
    left, back = (
        spell(1, ends=date(2025, 10, 1)),
        (spell(2, ends=date(2025, 10, 1)), spell(2, starts=date(2025, 11, 1))),
    )
    known = facts(left, *back, first={ANYTHING: {(1, 2025): DAY, (2, 2025): DAY}})
    assert FIGURE["record.any"].share(known, DAY) == Share(1, 1)
    assert FIGURE["record.any"].share(known, date(2025, 9, 20)) == Share(0, 2)


def test_what_was_done_last_year_does_not_count_for_this_one_but_in_its_own_term():
    known = facts(spell(1), spell(1, academic_year=2024, starts=date(2024, 9, 1), ends=date(2025, 8, 31)),
                  first={ANYTHING: {(1, 2024): date(2025, 3, 1)}})  # fmt: skip
    assert [share.of for _, share in trend(FIGURE["record.any"], known, DAY)] == [0, 1, 1, 0, 0]


def test_what_they_mean_to_do_is_asked_of_years_11_and_13_only():
    known = facts(spell(1), spell(2, year=12), spell(3, year=13))
    assert FIGURE["record.intention"].share(known, DAY) == Share(0, 2)


def test_groups_add_up_to_the_whole():
    known = facts(spell(1), spell(2, form="11B"), spell(3, form=""), first={ANYTHING: {(2, 2025): DAY}})
    counted = list(FIGURE["record.any"].count(known, DAY))
    assert by_group(counted, wider=False) == {"11A": Share(0, 1), "11B": Share(1, 1), "No tutor group": Share(0, 1)}
    assert by_group(counted, wider=True) == {"Year 11": share_of(counted)}


def test_an_action_due_today_is_not_overdue_and_one_closed_today_is_not_open():
    def act(due, closed=None):
        return ActionFacts(1, date(2026, 1, 1), due, closed)

    known = facts(spell(1), actions=[act(DAY), act(DAY - timedelta(1)), act(date(2026, 1, 2), closed=DAY)])
    assert FIGURE["use.overdue"].share(known, DAY) == Share(1, 2)
    assert FIGURE["use.overdue"].share(known, DAY - timedelta(1)) == Share(1, 3)


def test_staff_signed_in_lately_are_those_of_the_last_42_days_who_hold_a_role():
    held = (("adviser", date(2025, 9, 1), None),)
    people = [
        StaffFacts(1, None, None, held, (DAY - timedelta(42),)),
        StaffFacts(2, None, None, held, (DAY - timedelta(43), DAY + timedelta(1))),
        StaffFacts(3, None, None, (("adviser", date(2025, 9, 1), date(2026, 2, 4)),), (DAY,)),
        StaffFacts(None, None, None),
        StaffFacts(None, None, date(2026, 1, 1)),
    ]
    known = facts(staff=people)
    assert FIGURE["reach.signed_in"].share(known, DAY) == Share(1, 2)
    assert FIGURE["reach.accounts"].share(known, DAY) == Share(2, 4)
    assert of_role("adviser", "Adviser").share(known, DAY) == Share(1, 2)
    assert of_role("sendco", "SENDCo").share(known, DAY) == Share(0, 0)


def test_every_figure_has_an_id_of_its_own_and_says_what_it_counts():
    assert len(FIGURE) == len(FIGURES)
    assert all(figure.label and figure.among and figure.means for figure in FIGURES)
