"""The loop counted by hand: which meeting gets which step further, and on which day that is known."""

from dataclasses import replace
from datetime import date, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pathbook.framework.loop import STEPS, Agreed, Gap, MeetingFacts, gap_of, held_in_the_year, loop_of
from pathbook.framework.shares import Share

AS_OF = date(2026, 2, 5)
HELD = date(2026, 1, 14)
AGREED, CLOSED, PROVED, SUMMARY, READ = "loop.agreed", "loop.closed", "loop.proved", "loop.summary", "use.read14"


def action(closed=None, outcome="done", proved=False, agreed=HELD):
    return Agreed(agreed, closed, outcome if closed else "", proved)


def meeting(*agreed, on=HELD, summary=True, reads=(), who="s1", key="m1"):
    return MeetingFacts(key, who, on, "Dan Okafor", 11, "11A", summary, agreed, tuple(reads))


def counted(*meetings, as_of=AS_OF):
    loop = loop_of(meetings, as_of)
    return {figure.step.id: (figure.share.of, figure.share.out_of) for figure in loop.figures}


# what became of one meeting -> summary, agreed, closed, proved, read14
BY_HAND = {
    "nothing written": (meeting(summary=False), (0, 1), (0, 1), (0, 0), (0, 0), (0, 0)),
    "written up": (meeting(), (1, 1), (0, 1), (0, 0), (0, 0), (0, 1)),
    "agreed, open": (meeting(action()), (1, 1), (1, 1), (0, 1), (0, 1), (0, 1)),
    "done": (meeting(action(date(2026, 1, 20))), (1, 1), (1, 1), (1, 1), (0, 1), (0, 1)),
    "done with evidence": (meeting(action(date(2026, 1, 20), proved=True)), (1, 1), (1, 1), (1, 1), (1, 1), (0, 1)),
    "done on the day asked about": (meeting(action(AS_OF)), (1, 1), (1, 1), (1, 1), (0, 1), (0, 1)),
    "done the day after": (meeting(action(AS_OF + timedelta(1), proved=True)), (1, 1), (1, 1), (0, 1), (0, 1), (0, 1)),
    "no longer needed is not done": (meeting(action(HELD, "not_needed", True)), (1, 1), (1, 1), (0, 1), (0, 1), (0, 1)),
    "carried on is not done": (meeting(action(HELD, "carried_on", True)), (1, 1), (1, 1), (0, 1), (0, 1), (0, 1)),
    "evidence of another than the one done": (
        meeting(action(HELD), action(HELD, "not_needed", True)), (1, 1), (1, 1), (1, 1), (0, 1), (0, 1),
    ),
    "one of two done": (meeting(action(), action(HELD, proved=True)), (1, 1), (1, 1), (1, 1), (1, 1), (0, 1)),
    "read on the day": (meeting(reads=[HELD]), (1, 1), (0, 1), (0, 0), (0, 0), (1, 1)),
    "read on the 14th day": (meeting(reads=[HELD + timedelta(14)]), (1, 1), (0, 1), (0, 0), (0, 0), (1, 1)),
    "read on the 15th day": (meeting(reads=[HELD + timedelta(15)]), (1, 1), (0, 1), (0, 0), (0, 0), (0, 1)),
    "read the day before it": (meeting(reads=[HELD - timedelta(1)]), (1, 1), (0, 1), (0, 0), (0, 0), (0, 1)),
    "read, nothing written up": (meeting(summary=False, reads=[HELD]), (0, 1), (0, 1), (0, 0), (0, 0), (0, 0)),
    "held 14 days ago": (meeting(on=AS_OF - timedelta(14)), (1, 1), (0, 1), (0, 0), (0, 0), (0, 1)),
    "held 13 days ago: too early to say": (
        meeting(on=AS_OF - timedelta(13), reads=[AS_OF]), (1, 1), (0, 1), (0, 0), (0, 0), (0, 0),
    ),
    "last academic year's": (meeting(on=date(2025, 8, 31)), (0, 0), (0, 0), (0, 0), (0, 0), (0, 0)),
    "first day of this one": (meeting(on=date(2025, 9, 1)), (1, 1), (0, 1), (0, 0), (0, 0), (0, 1)),
    "not held yet": (meeting(on=AS_OF + timedelta(1)), (0, 0), (0, 0), (0, 0), (0, 0), (0, 0)),
}  # fmt: skip


@pytest.mark.parametrize("what", BY_HAND)
def test_a_meeting_by_hand(what):
    one, *expected = BY_HAND[what]
    assert counted(one) == dict(zip((SUMMARY, AGREED, CLOSED, PROVED, READ), expected, strict=True))


def test_an_action_agreed_after_the_day_is_not_agreed_yet():
    assert counted(meeting(action(agreed=AS_OF + timedelta(1))))[AGREED] == (0, 1)


def test_the_median_days_are_of_those_it_has_happened_to():
    loop = loop_of(
        [
            meeting(action(HELD + timedelta(10)), action(HELD + timedelta(4)), reads=[HELD + timedelta(3)]),
            meeting(action(HELD + timedelta(7)), reads=[HELD - timedelta(9), HELD + timedelta(20)]),
            meeting(action()),
        ],
        AS_OF,
    )
    assert loop.days_to_done == 5.5  # 4 and 7: the first of each meeting's
    assert loop.days_to_read == 11.5  # 3 and 20, in time or not
    assert loop_of([meeting(action())], AS_OF).days_to_done is None


def test_the_gap_is_of_the_same_year_11s_and_of_whole_percentages():
    gap = gap_of(Share(13, 18), [f"s{n}" for n in range(18)], {"s1", "s2", "s3", "s4", "s5", "somebody else"})
    assert (gap.had.percent, gap.acted_on.percent, gap.points) == (72, 28, 44)
    assert gap.acted_on == Share(5, 18)


def test_with_no_year_11_there_is_no_gap_to_speak_of():
    assert gap_of(Share(0, 0), [], {"s1"}).points is None
    assert Gap(Share(0, 5), Share(1, 5)).points == -20  # an adviser below level 6: it did not count, and was acted on


DAYS = st.dates(date(2025, 7, 1), date(2026, 4, 1))
ACTIONS = st.builds(
    Agreed, agreed_on=DAYS, closed_on=DAYS, outcome=st.sampled_from(["done", "not_needed", "carried_on"]),
    proved=st.booleans(),
) | st.builds(Agreed, DAYS, st.none(), st.just(""), st.booleans())  # fmt: skip
MEETINGS = st.builds(
    MeetingFacts, meeting_id=st.just("m"), student_id=st.sampled_from("abc"), held_on=DAYS, adviser=st.just("Dan"),
    year_group=st.just(11), tutor_group=st.just("11A"), has_summary=st.booleans(),
    agreed=st.lists(ACTIONS, max_size=3).map(tuple), tutor_reads=st.lists(DAYS, max_size=3).map(tuple),
)  # fmt: skip
MANY = st.lists(MEETINGS, max_size=8)


@settings(max_examples=80, deadline=None)
@given(MANY, DAYS)
def test_each_step_is_a_share_of_the_ones_before_it(meetings, as_of):
    shares = {f.step.id: f.share for f in loop_of(meetings, as_of).figures}
    held = len(held_in_the_year(meetings, as_of))
    assert shares[SUMMARY].out_of == shares[AGREED].out_of == held
    assert shares[CLOSED].out_of == shares[PROVED].out_of == shares[AGREED].of
    assert shares[PROVED].of <= shares[CLOSED].of
    assert shares[READ].out_of <= shares[SUMMARY].of
    assert all(0 <= share.of <= share.out_of for share in shares.values())


@settings(max_examples=80, deadline=None)
@given(MANY, st.integers(0, 8), DAYS)
def test_split_any_way_the_parts_add_up_to_the_whole(meetings, at, as_of):
    whole, one, other = (loop_of(part, as_of) for part in (meetings, meetings[:at], meetings[at:]))
    for step in STEPS:
        parts = one.share(step.id), other.share(step.id)
        assert whole.share(step.id) == Share(sum(p.of for p in parts), sum(p.out_of for p in parts))


@settings(max_examples=80, deadline=None)
@given(MANY.filter(bool), DAYS)
def test_one_more_action_done_never_lowers_what_was_acted_on(meetings, as_of):
    done = Agreed(meetings[0].held_on, meetings[0].held_on, "done", True)
    richer = [replace(meetings[0], agreed=(*meetings[0].agreed, done)), *meetings[1:]]
    before, after = loop_of(meetings, as_of), loop_of(richer, as_of)
    for step in (AGREED, CLOSED, PROVED):
        assert after.share(step).of >= before.share(step).of
