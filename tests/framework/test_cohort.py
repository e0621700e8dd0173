"""A special school counts whom it chose: a cohort small enough to count by hand. The table is the check.

Eight students on 1 February 2026. Chosen for everything: Ada, Ben, Cy, Dee. For guidance (GB8.1): Ada, Ben, Cy and Eve.

| student | year | chosen | chosen for GB8.1 | employer this year | guidance at level 6 | meeting written up |
|---------|------|--------|------------------|--------------------|---------------------|--------------------|
| Ada     | 11   | yes    | yes              | yes                | yes                 | yes                |
| Ben     | 11   | yes    | yes              |                    |                     |                    |
| Cy      | 13   | yes    | yes              | yes                | yes, after 16       |                    |
| Dee     | 9    | yes    |                  | yes                |                     |                    |
| Eve     | 11   |        | yes              | yes                | yes                 | yes                |
| Fay     | 11   |        |                  | yes                |                     |                    |
| Gus     | 9    |        |                  |                    |                     |                    |
| Hal     | 8    |        |                  | yes                |                     |                    |

Two left last summer: Ivy, chosen then, of whom a destination is known, and Jo, not chosen, of whom none is.
"""

from datetime import date

import pytest

from pathbook.framework.cohort import Chosen, Cohorts
from pathbook.framework.equity import Way, equity
from pathbook.framework.evaluate import evaluate
from pathbook.framework.facts import LeaverFacts
from pathbook.framework.told import told
from tests.framework.facts_by_hand import AS_OF, met, school, student, took

ADA, BEN, CY, DEE, EVE, FAY, GUS, HAL = EVERYONE = (
    student(11, took=(took(),), met=(met(),)),
    student(11),
    student(13, took=(took(),), met=(met(summary=False),)),
    student(9, took=(took(),)),
    student(11, took=(took(),), met=(met(),)),
    student(11, took=(took(),)),
    student(9),
    student(8, took=(took(),)),
)
LEFT = (LeaverFacts("ivy", 11, (AS_OF,)), LeaverFacts("jo", 11))
SEPTEMBER = date(2025, 9, 9)


def choice(*who, on=SEPTEMBER):
    return Chosen(frozenset(one if isinstance(one, str) else one.student_id for one in who), on, on_roll=8)


CHOSEN = Cohorts(
    {"": choice(ADA, BEN, CY, DEE), "GB8.1": choice(ADA, BEN, CY, EVE)}, {"": choice("ivy", ADA, BEN, CY, DEE)}
)
TABLE = [  # criterion, counted and of by the choice, the same over everyone
    ("GB5.1", (3, 4), (6, 8)),  # Ada, Cy and Dee of the four
    ("GB8.1", (3, 4), (3, 5)),  # Ada, Cy and Eve, of Ada, Ben, Cy and Eve, who were chosen for it
    (
        "GB3.2",
        (1, 2),
        (2, 4),
    ),  # meetings of the chosen: Ada's is written up, Cy's is not; one of somebody gone falls away
    ("GB3.4", (0, 4), (0, 8)),
    ("GB6.1", (0, 2), (0, 4)),  # of Year 11: Ada and Ben
]
GONE = (12, met(summary=False))


def judged(cohorts=CHOSEN):
    return evaluate(school(*EVERYONE, leavers=LEFT, meetings_of_departed=(GONE,)), "2025", AS_OF, cohorts=cohorts)


@pytest.mark.parametrize(("criterion", "chosen", "everyone"), TABLE)
def test_a_criterion_is_counted_over_whom_was_chosen(criterion, chosen, everyone):
    for cohorts, (of, out_of) in ((CHOSEN, chosen), (Cohorts(), everyone)):
        share = judged(cohorts).criterion(criterion).share
        assert (share.of, share.out_of) == (of, out_of), cohorts


def test_leavers_are_those_chosen_when_they_left():
    parts = {part.id: part.share for part in judged().criterion("GB3.5").parts}
    assert (parts["GB3.5.destination"].of, parts["GB3.5.destination"].out_of) == (1, 1)


def test_the_law_and_the_lists_stay_for_everyone():
    found = judged()
    assert {one.student_id for one in found.judged} == {one.student_id for one in EVERYONE}
    assert [part.share.out_of for part in found.provider_access] == [2, 4, 1]  # Years 9, 11 and 13
    assert found.judged[7].applies("GB5.1") and not found.counted[7].applies("GB5.1")


def test_how_many_were_chosen_is_said_and_frozen():
    said = told(judged(), urn=1, name="Hill School")
    found = {one["id"]: one for benchmark in said["benchmarks"] for one in benchmark["criteria"]}
    assert found["GB5.1"]["chosen"] == {"students": 4, "on_roll": 8, "since": "2025-09-09"}
    assert found["GB5.1"]["denominator"] == 4 and found["GB8.1"]["chosen"]["students"] == 4
    assert "chosen" not in told(judged(Cohorts()), urn=1, name="Hill School")["benchmarks"][4]["criteria"][0]


def test_groups_are_compared_among_the_chosen():
    way = Way("sex", "Sex", {one.student_id: "F" for one in EVERYONE}, ("F",), frozenset())
    whole = {split.measure.id: split.whole for split in equity(judged().counted * 6, [way], "2025").splits}
    assert (whole["GB5.1"].of, whole["GB5.1"].out_of) == (18, 24)


def test_a_choice_that_ended_counts_everyone_again():
    share = judged(Cohorts({"": None})).criterion("GB5.1").share
    assert (share.of, share.out_of) == (6, 8)
    own = Cohorts({"": choice(ADA), "GB5.1": None})
    assert judged(own).criterion("GB5.1").share.out_of == 8 and judged(own).criterion("GB3.4").share.out_of == 1
