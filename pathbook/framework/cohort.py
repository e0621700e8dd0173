"""The students a special school or college has chosen for the benchmarks: of these a criterion is counted.

A careers leader says for whom the benchmarks are apt, and reports on them; the programme still serves everyone. So the
choice changes what is counted and of how many, and never whom a list or a need shows. The law (provider access) knows
no choice. Source: compass-questions.json, `special_schools`.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import date

from pathbook.framework.facts import LeaverFacts
from pathbook.framework.judge import Judged
from pathbook.framework.measure import Measure

ALL = ""  # chosen for every criterion that has no choice of its own


@dataclass(frozen=True, slots=True)
class Chosen:
    """One choice: whom, since when, by whom and why. `on_roll`: how many were on the roll that day."""

    students: frozenset[str]
    on: date
    by: str = ""
    why: str = ""
    key: str = ""
    on_roll: int = 0


@dataclass(frozen=True, slots=True)
class Cohorts:
    """Criterion -> what was chosen, in force on the day; None where everyone is counted again.

    `before`: on the last day of the year before, for its leavers.
    """

    now: Mapping[str, Chosen | None] = field(default_factory=dict)
    before: Mapping[str, Chosen | None] = field(default_factory=dict)

    def of(self, criterion: str) -> Chosen | None:
        return _of(self.now, criterion)

    def leavers(self, criterion: str, leavers: tuple[LeaverFacts, ...]) -> tuple[LeaverFacts, ...]:
        """Those who had been chosen when they left; all of them where nobody had chosen yet."""
        chosen = _of(self.before, criterion)
        return leavers if chosen is None else tuple(one for one in leavers if one.student_id in chosen.students)


@dataclass(frozen=True, slots=True)
class Size:
    """How many of the roll a criterion is counted over, and since when."""

    chosen: int
    roll: int
    on: date


def _of(said: Mapping[str, Chosen | None], criterion: str) -> Chosen | None:
    return said[criterion] if criterion in said else said.get(ALL)


NOBODY_CHOSE = Cohorts()


def within(judged: tuple[Judged, ...], measures: Iterable[Measure], cohorts: Cohorts) -> tuple[Judged, ...]:
    """Each student with the verdicts that are counted of them: a row they were not chosen for is not there."""
    if not cohorts.now:
        return judged
    asked = by_row(measures, cohorts)
    return tuple(_within(one, asked) for one in judged)


def by_row(measures: Iterable[Measure], cohorts: Cohorts) -> dict[str, Chosen | None]:
    """Each row, and those of its parts, with the choice it is counted by."""
    return {row.id: cohorts.of(measure.id) for measure in measures for row in (measure, *measure.parts)}


def _within(one: Judged, asked: Mapping[str, Chosen | None]) -> Judged:
    out = {row for row in one.verdicts if (chosen := asked.get(row)) and one.student_id not in chosen.students}
    if not out:
        return one
    kept = {row: verdict for row, verdict in one.verdicts.items() if row not in out}
    return replace(one, verdicts=kept, applying=one.applying - out)


def size_of(chosen: Chosen | None, judged: Iterable[Judged]) -> Size | None:
    """Of the roll as it is: whoever left is not counted, whoever joined is not chosen yet."""
    if chosen is None:
        return None
    roll = [one.student_id in chosen.students for one in judged]
    return Size(sum(roll), len(roll), chosen.on)
