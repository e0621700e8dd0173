"""What each criterion counts at a college or training provider: over the programme of study, not by key stage.

The programme of study is taken to begin after 16 and to end with Year 13; what came before it is the school's. A
criterion "by the end of the programme" is due in Year 13, and Year 12 is on the way there (docs/decisions/0040).
"""

from collections.abc import Callable
from dataclasses import replace

from pathbook.framework.kinds import PROVIDER_TYPES
from pathbook.framework.measure import Asked, Measure
from pathbook.framework.measures import (
    DESTINATION,
    OWN_RECORD,
    RECORDED,
    aspirations,
    intentions,
    prior,
    rows_of,
    summed,
)

LEARNERS, LEAVING = frozenset({12, 13}), frozenset({13})
NEXT = tuple(code for code in PROVIDER_TYPES if code != "sixth_form")  # a sixth form is not what comes after a college
TWICE = 2


def _linked(asked: Asked) -> int:
    return len(asked.student.subjects & asked.tally.subjects_linked_after_16)


def _employers(meaningful: bool) -> Callable[[Asked], int]:
    """Two, one of them through a subject of the curriculum: without that one, one is still missing."""

    def count(asked: Asked) -> int:
        counts = asked.tally
        met = counts.meaningful_employers_this_year if meaningful else counts.employers_this_year
        taught = (
            counts.meaningful_employers_in_subject_this_year if meaningful else counts.employers_in_subject_this_year
        )
        return met if taught else min(met, TWICE - 1)

    return count


def _providers(meaningful: bool) -> Measure:
    def met(asked: Asked) -> set[str]:
        counts = asked.tally
        return counts.meaningful_provider_types_after_16 if meaningful else counts.provider_types_after_16

    def one(code: str) -> Callable[[Asked], float]:
        return lambda asked: code in met(asked)

    parts = tuple(
        Measure(f"GB7.1C.{code}", PROVIDER_TYPES[code], LEAVING, LEARNERS, one(code), kind="provider_encounter")
        for code in NEXT
    )
    return Measure(
        "GB7.1C", "Each kind of provider that may come next", LEAVING, LEARNERS,
        lambda asked: len(met(asked).intersection(NEXT)), needed=lambda asked: len(NEXT), kind="provider_encounter",
        parts=parts,
    )  # fmt: skip


def _of_learners(row: Measure, id: str) -> Measure:
    return replace(row, id=id, due_in=LEARNERS, applies_in=LEARNERS)


MARKET = Measure(
    "GB2.1C", "Labour market information in the programme", LEAVING, LEARNERS,
    lambda asked: asked.tally.market_information_this_key_stage, kind="labour_market_information",
)  # fmt: skip
PRIOR = Measure("GB3.3C", "Earlier stage's record, or asked", LEARNERS, LEARNERS, prior, rests_on="prior_records")
LINKS = Measure(
    "GB4.1C", "A careers link in every subject of the programme", LEAVING, LEARNERS, _linked,
    needed=lambda asked: len(asked.student.subjects), includes=lambda asked: bool(asked.student.subjects),
    kind="curriculum_link", per_item=True,
)  # fmt: skip
EMPLOYERS = Measure(
    "GB5.1C", "Two employer encounters this year, one through a subject", LEARNERS, LEARNERS, _employers(True),
    needed=lambda asked: TWICE, kind="employer_encounter",
)  # fmt: skip

COLLEGE_2025 = (
    MARKET,
    _of_learners(RECORDED, "GB3.2C"),
    PRIOR,
    _of_learners(OWN_RECORD, "GB3.4C"),
    summed("GB3.5C", "Aspirations, intentions and destinations", (
        Measure("GB3.5C.aspiration", "Aspiration said this year", LEARNERS, LEARNERS, aspirations, rests_on="aspirations"),
        Measure("GB3.5C.intention", "Intention recorded this year", LEAVING, LEAVING, intentions, rests_on="intentions"),
        replace(DESTINATION, id="GB3.5C.destination"),
    )),
    LINKS,
    EMPLOYERS,
    Measure(
        "GB6.1C", "A workplace experience in the programme", LEAVING, LEARNERS,
        lambda asked: asked.tally.meaningful_workplaces_after_16, kind="workplace_experience",
    ),
    _providers(meaningful=True),
    Measure(
        "GB8.1C", "Guidance meeting in the programme", LEAVING, LEARNERS,
        lambda asked: asked.tally.qualified_meetings_after_16, kind="guidance_meeting",
    ),
)  # fmt: skip

COLLEGE_2018 = (
    MARKET,
    _of_learners(RECORDED, "GB3.2C"),
    PRIOR,
    Measure("GB3.5C", "Destination of last year's leavers", frozenset(), frozenset(), lambda asked: 0),
    LINKS,
    replace(EMPLOYERS, count=_employers(False)),
    Measure(
        "GB6.1C", "A workplace experience in the programme", LEAVING, LEARNERS,
        lambda asked: asked.tally.workplaces_after_16, kind="workplace_experience",
    ),
    _providers(meaningful=False),
    Measure(
        "GB8.1C", "Guidance meeting in the programme", LEAVING, LEARNERS,
        lambda asked: asked.tally.meetings_after_16, kind="guidance_meeting",
    ),
)  # fmt: skip

COLLEGE_MEASURES = {"2025": COLLEGE_2025, "2018": COLLEGE_2018}


def college_rows(set_id: str) -> tuple[Measure, ...]:
    """Every row a learner can be judged by. The provider access duty lies on schools."""
    return rows_of(COLLEGE_MEASURES[set_id])
