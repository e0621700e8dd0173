"""The rule of placements as a careers leader could check it: where one stands, what blocks it, when it counts."""

from dataclasses import replace
from datetime import date

import pytest

from pathbook.framework import kinds
from pathbook.framework.placements import (
    STATES,
    Host,
    Placed,
    Shown,
    blocks,
    days_between,
    is_late,
    items_shown,
    reminder_due,
    state_of,
    still_to_show,
    to_send,
)

FIRST, LAST = date(2026, 7, 6), date(2026, 7, 10)
FEBRUARY, DURING, AFTER = date(2026, 2, 5), date(2026, 7, 8), date(2026, 7, 13)
HOST = Host(date(2026, 7, 10), date(2025, 11, 3), safeguarding=True, keeps_data=True)
READY = Placed(FIRST, LAST, host=HOST, student=True, employer=True, home=True)

# what has been said                                                         on         stands           to send
STANDS = [
    (Placed(FIRST, LAST), FEBRUARY, "find", "student"),
    (Placed(FIRST, LAST, student=True), FEBRUARY, "find", "student"),
    (Placed(FIRST, LAST, named=True, student=True), FEBRUARY, "wished", ""),
    (Placed(FIRST, LAST, host=HOST), FEBRUARY, "student", "student"),
    (Placed(FIRST, LAST, host=HOST, student=True), FEBRUARY, "employer", "employer"),
    (Placed(FIRST, LAST, host=HOST, student=True, employer=False), FEBRUARY, "declined", ""),
    (Placed(FIRST, LAST, host=HOST, student=True, employer=True), FEBRUARY, "parent", "parent"),
    (replace(READY, home=False), FEBRUARY, "refused", ""),
    (READY, FEBRUARY, "school", ""),
    (replace(READY, approved=True), FEBRUARY, "approved", ""),
    (replace(READY, approved=True, home=False), FEBRUARY, "refused", ""),
    (replace(READY, approved=True), FIRST, "under_way", "feedback"),
    (replace(READY, approved=True), LAST, "under_way", "feedback"),
    (replace(READY, approved=True), AFTER, "over", "feedback"),
    (replace(READY, approved=True, took_place=True), AFTER, "done", "feedback"),
    (replace(READY, approved=True, called_off=True), AFTER, "off", ""),
]


@pytest.mark.parametrize(("one", "on", "state", "send"), STANDS)
def test_where_a_placement_stands_and_whose_form_is_next(one, on, state, send):
    assert state_of(one, on) == state and state in STATES
    assert to_send(state) == send and to_send(state, has_feedback=True) in (send if send != "feedback" else "", "")


INSURED = "The host's insurance ends on 9 Jul 2026, before the last day, 10 Jul 2026."
BLOCKED = [
    (READY, ()),
    (Placed(FIRST, LAST, student=True), ("There is no host yet.",)),
    (replace(READY, host=replace(HOST, insured_until=date(2026, 7, 9))), (INSURED,)),
    (replace(READY, host=replace(HOST, insured_until=None)),
     ("The host has not said until when its employers' liability insurance lasts.",)),
    (replace(READY, host=replace(HOST, risk_assessed_on=None)), ("There is no risk assessment.",)),
    (replace(READY, host=replace(HOST, safeguarding=False)), ("The host has not agreed to the safeguarding statement.",)),
    (replace(READY, host=replace(HOST, keeps_data=False)), ("The host has not agreed to keep the student's data safe.",)),
    (replace(READY, home=None), ("Home has not answered.",)),
    (replace(READY, home=False), ("Home has said no.",)),
    (replace(READY, student=False), ("The student has not said what they want to learn.",)),
    (replace(READY, employer=None), ("The employer has not answered.",)),
    (replace(READY, employer=False), ("The employer has said no.",)),
]  # fmt: skip


@pytest.mark.parametrize(("one", "said"), BLOCKED)
def test_what_blocks_approval_is_one_sentence_each(one, said):
    assert blocks(one) == said


def test_insurance_that_ends_on_the_last_day_is_enough():
    assert blocks(replace(READY, host=replace(HOST, insured_until=LAST))) == ()


@pytest.mark.parametrize(
    ("one", "sent_on", "on", "late"),
    [
        (READY, None, FEBRUARY, False),
        (READY, None, date(2026, 6, 7), False),  # 29 days before
        (READY, None, date(2026, 6, 8), True),  # 28 days before
        (replace(READY, employer=None), date(2026, 1, 22), FEBRUARY, False),  # 14 days
        (replace(READY, employer=None), date(2026, 1, 21), FEBRUARY, True),
        (replace(READY, approved=True), None, date(2026, 7, 1), False),
        (replace(READY, approved=True), None, AFTER, True),  # over, and nobody has said whether it took place
    ],
)
def test_what_is_late(one, sent_on, on, late):
    assert is_late(one, sent_on, on) == late


def test_reminders_are_due_after_a_week_and_after_two():
    sent = date(2026, 2, 2)
    due = [[reminder_due(sent, n, date(2026, 2, day)) for day in (8, 9, 15, 16, 25)] for n in (0, 1, 2)]
    assert due == [[False, True, True, True, True], [False, False, False, True, True], [False] * 5]


WHOLE = Shown(True, True, frozenset({"GB6-3", "GB6-4", "GB6-5"}), True, 3, True)


def test_journal_feedback_and_reflection_make_it_meaningful_and_each_missing_one_is_said():
    assert kinds.is_meaningful("workplace_experience", (), items_shown(WHOLE)) and still_to_show(WHOLE) == ()
    for less in (
        replace(WHOLE, journal=0), replace(WHOLE, reflection=False), replace(WHOLE, feedback=False, vouched=frozenset()),
        replace(WHOLE, aim=False), replace(WHOLE, tasks=False), replace(WHOLE, vouched=frozenset({"GB6-3"})),
    ):  # fmt: skip
        assert not kinds.is_meaningful("workplace_experience", (), items_shown(less))
        assert len(still_to_show(less)) == 1, less


def test_days_are_weekdays():
    assert days_between(FIRST, LAST) == 5 and days_between(date(2026, 7, 3), date(2026, 7, 6)) == 2
