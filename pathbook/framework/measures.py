"""What each criterion counts, one row each: the table `evaluate` and `coverage` both read.

A row judges one student. Counting students, a numerator is how many are met; counting items (subjects,
meetings), it is how many items. Where the sets differ, the rows differ; nothing else does.
"""

from collections.abc import Callable, Iterable
from dataclasses import replace
from functools import cache

from pathbook.framework.kinds import PROVIDER_TYPES
from pathbook.framework.measure import Asked, Measure
from pathbook.framework.tally import HOURS_IN_A_DAY
from pathbook.framework.years import YEAR_GROUPS

ALL = frozenset(YEAR_GROUPS)
LEAVING = frozenset({11, 13})
TO_14, TO_16, AFTER_16 = frozenset({7, 8, 9}), frozenset({7, 8, 9, 10, 11}), frozenset({12, 13})


def _university(asked: Asked) -> bool:
    """By the latest they said; of two said the same day, the one written later, which stands last."""
    said = [a for a in asked.student.aspirations if a.on <= asked.as_of]
    return bool(said) and sorted(said, key=lambda a: a.on)[-1].pathway == "university"


def _joiner(asked: Asked) -> bool:
    """First enrolled here this academic year, above Year 7."""
    first = asked.student.first_enrolled
    return first is not None and asked.student.year_group >= 8 and first >= asked.year.first_day


def prior(asked: Asked) -> int:
    return sum(day <= asked.as_of for day in asked.student.prior_records)


def aspirations(asked: Asked) -> int:
    return sum(asked.this_year(said.on) for said in asked.student.aspirations)


def intentions(asked: Asked) -> int:
    return sum(asked.this_year(day) for day in asked.student.intentions)


def _own_readings(asked: Asked) -> int:
    return sum(asked.this_year(day) for day in asked.student.own_readings)


def _linked(asked: Asked) -> int:
    return len(asked.student.subjects & asked.tally.subjects_linked_this_year)


def _subjects(asked: Asked) -> int:
    return len(asked.student.subjects)


def _access(phase: int, offered: bool) -> Callable[[Asked], int]:
    def count(asked: Asked) -> int:
        met = (asked.tally.access_offered if offered else asked.tally.access).get(phase, [])
        same_each_time = phase < 3 and len(set(met)) == 1  # the law asks for more than one provider in phases 1, 2
        return min(len(met), 1) if same_each_time else len(met)

    return count


def _provider_measure(meaningful: bool) -> Measure:
    def met(asked: Asked) -> set[str]:
        return asked.tally.meaningful_provider_types if meaningful else asked.tally.provider_types

    def one(code: str) -> Callable[[Asked], float]:
        return lambda asked: code in met(asked)

    parts = tuple(
        Measure(f"GB7.1.{code}", label, frozenset({11}), TO_16, one(code), kind="provider_encounter")
        for code, label in PROVIDER_TYPES.items()
    )
    return Measure(
        "GB7.1", "All four kinds of provider, by 16", frozenset({11}), TO_16,
        lambda asked: len(met(asked) & PROVIDER_TYPES.keys()), needed=lambda asked: len(PROVIDER_TYPES),
        kind="provider_encounter", parts=parts,
    )  # fmt: skip


def summed(id: str, label: str, parts: tuple[Measure, ...]) -> Measure:
    due = frozenset().union(*(part.due_in for part in parts))
    applies = frozenset().union(*(part.applies_in for part in parts))
    return Measure(id, label, due, applies, lambda asked: 0, parts=parts, sums_parts=True)


RECORDED = Measure(
    "GB3.2", "Meetings written up, with what was agreed", ALL, ALL,
    lambda asked: asked.tally.meetings_recorded, needed=lambda asked: asked.tally.meetings_held_this_year,
    includes=lambda asked: asked.tally.meetings_held_this_year > 0, per_item=True,
)  # fmt: skip
OWN_RECORD = Measure("GB3.4", "Opened their own record this year", ALL, ALL, _own_readings, rests_on="own_readings")
HE_VISITS = Measure(
    "GB7.2", "Two visits to universities, if considering one", frozenset({13}), AFTER_16,
    lambda asked: asked.tally.he_visits, needed=lambda asked: 2, includes=_university, kind="he_visit",
)  # fmt: skip
DESTINATION = Measure("GB3.5.destination", "Destination of last year's leavers", frozenset(), frozenset(), lambda a: 0)

SET_2025 = (
    Measure(
        "GB2.1", "Labour market information this key stage", frozenset({9, 11, 13}), ALL,
        lambda asked: asked.tally.market_information_this_key_stage, kind="labour_market_information",
    ),
    RECORDED,
    Measure(
        "GB3.3", "Earlier school's record, or asked", ALL - {7}, ALL - {7}, prior, includes=_joiner,
        rests_on="prior_records",
    ),
    OWN_RECORD,
    summed("GB3.5", "Aspirations, intentions and destinations", (
        Measure("GB3.5.aspiration", "Aspiration said this year", ALL, ALL, aspirations, rests_on="aspirations"),
        Measure("GB3.5.intention", "Intention recorded this year", LEAVING, LEAVING, intentions, rests_on="intentions"),
        DESTINATION,
    )),
    Measure(
        "GB4.1", "A careers link in every subject this year", ALL, ALL, _linked, needed=_subjects,
        includes=lambda asked: bool(asked.student.subjects), kind="curriculum_link", per_item=True,
    ),
    Measure(
        "GB5.1", "Employer encounter this year", ALL, ALL,
        lambda asked: asked.tally.meaningful_employers_this_year, kind="employer_encounter",
    ),
    Measure(
        "GB6.1", "Two workplace experiences by 16", frozenset({11}), TO_16,
        lambda asked: asked.tally.meaningful_workplaces, needed=lambda asked: 2, kind="workplace_experience",
    ),
    Measure(
        "GB6.2", "A workplace experience after 16", frozenset({13}), AFTER_16,
        lambda asked: asked.tally.meaningful_workplaces_after_16, kind="workplace_experience",
    ),
    Measure(
        "GB6.G1", "Five days in workplaces in Years 7 to 9", frozenset({9}), TO_14,
        lambda asked: asked.tally.ks3_hours / HOURS_IN_A_DAY, needed=lambda asked: 5, kind="workplace_experience",
    ),
    Measure(
        "GB6.G2", "Five days in a workplace in Years 10 and 11", frozenset({11}), frozenset({10, 11}),
        lambda asked: asked.tally.ks4_hours / HOURS_IN_A_DAY, needed=lambda asked: 5, kind="workplace_experience",
    ),
    _provider_measure(meaningful=True),
    HE_VISITS,
    summed("GB8.1", "Guidance meetings by 16 and by 18", (
        Measure(
            "GB8.1a", "Guidance meeting by 16", frozenset({11}), TO_16,
            lambda asked: asked.tally.qualified_meetings, kind="guidance_meeting",
        ),
        Measure(
            "GB8.1b", "Another guidance meeting by 18", frozenset({13}), AFTER_16,
            lambda asked: asked.tally.qualified_meetings_after_16, kind="guidance_meeting",
        ),
    )),
)  # fmt: skip

SET_2018 = (
    Measure(
        "GB2.1", "Labour market information by 14", frozenset({9}), TO_14,
        lambda asked: asked.tally.market_information, kind="labour_market_information",
    ),
    RECORDED,
    replace(OWN_RECORD, id="GB3.3"),
    Measure("GB3.4", "Destination of last year's leavers", frozenset(), frozenset(), lambda asked: 0),
    Measure(
        "GB4.1", "A careers link in a STEM subject by 14", frozenset({9}), TO_14,
        lambda asked: asked.tally.stem_links, kind="curriculum_link",
    ),
    Measure(
        "GB5.1", "Employer encounter this year", ALL, ALL,
        lambda asked: asked.tally.employers_this_year, kind="employer_encounter",
    ),
    Measure(
        "GB6.1", "A workplace experience by 16", frozenset({11}), TO_16,
        lambda asked: asked.tally.workplaces, kind="workplace_experience",
    ),
    Measure(
        "GB6.2", "A workplace experience after 16", frozenset({13}), AFTER_16,
        lambda asked: asked.tally.workplaces_after_16, kind="workplace_experience",
    ),
    _provider_measure(meaningful=False),
    HE_VISITS,
    Measure(
        "GB8.1", "Guidance meeting by 16", frozenset({11}), TO_16,
        lambda asked: asked.tally.meetings_ever, kind="guidance_meeting",
    ),
    Measure(
        "GB8.2", "A second meeting offered by 18", frozenset({13}), AFTER_16,
        lambda asked: asked.tally.meetings_offered_after_16, kind="guidance_meeting",
    ),
)  # fmt: skip

PROVIDER_ACCESS = tuple(
    Measure(
        f"PAL.{phase}", f"Technical education and apprenticeships, {years}", frozenset({due}), frozenset(applies),
        _access(phase, offered), needed=lambda asked: 2, kind="provider_encounter",
    )
    for phase, years, due, applies, offered in (
        (1, "Years 8 and 9", 9, {8, 9}, False),
        (2, "Years 10 and 11", 11, {10, 11}, False),
        (3, "Years 12 and 13 (offered)", 13, {12, 13}, True),
    )
)  # fmt: skip

MEASURES = {"2025": SET_2025, "2018": SET_2018}


def is_of_leavers(measure: Measure) -> bool:
    """Is it judged over last year's leavers, not over those on the roll?"""
    return not measure.due_in


@cache
def is_a_gap(row_id: str) -> bool:
    """Is it the student's own to have, counted once? Not the law's, not an expectation, not the writing-up, and
    not "all four providers", whose four parts are counted.
    """
    return not (row_id.startswith(("PAL.", "GB6.G")) or row_id in ("GB3.2", "GB7.1", "GB3.2C", "GB7.1C"))


def judged_rows(set_id: str) -> tuple[Measure, ...]:
    """Every row a school's student can be judged by, and the provider access duty."""
    return (*rows_of(MEASURES[set_id]), *PROVIDER_ACCESS)


def rows_of(measures: Iterable[Measure]) -> tuple[Measure, ...]:
    """Parts where a criterion only sums them, both where it does not; nothing of leavers."""
    rows: list[Measure] = []
    for measure in measures:
        if not measure.sums_parts:
            rows.append(measure)
        rows.extend(measure.parts)
    return tuple(row for row in rows if not is_of_leavers(row))
