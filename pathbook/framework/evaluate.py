"""A school against a benchmark set on a day: every criterion with its count, its status and how it was judged."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date

from pathbook.framework import sets
from pathbook.framework.cohort import NOBODY_CHOSE, Cohorts, Size, size_of, within
from pathbook.framework.facts import SchoolFacts
from pathbook.framework.judge import Count, Judged, count, judge_facts, measure_of, measures_for
from pathbook.framework.measure import Measure
from pathbook.framework.measures import PROVIDER_ACCESS
from pathbook.framework.pass_rules import PassRule, judged_under
from pathbook.framework.sets import Band, Benchmark, BenchmarkSet, Criterion
from pathbook.framework.shares import Share, percent_met
from pathbook.framework.years import AcademicYear

MET, IN_PROGRESS, NOT_MET, UNSCORED = "met", "in_progress", "not_met", "unscored"


@dataclass(frozen=True, slots=True)
class Stated:
    """What a person says of a criterion: a status, or of a counted one a band's code. `evidence`: pieces that hold."""

    status: str
    evidence: int = 0
    words: str = ""
    by: str = ""
    on: date | None = None
    key: str = ""


@dataclass(frozen=True, slots=True)
class Part:
    """One row of a criterion that has several, or a duty counted the same way."""

    id: str
    label: str
    share: Share
    status: str
    by_year_group: Mapping[int, Share]


@dataclass(frozen=True, slots=True)
class CriterionResult:
    """`judged`: recorded, stated, stated_no_evidence or unscored. `share` is None where nothing is counted.

    `size`: how many of the roll were chosen to be counted; None where everyone is.
    """

    criterion: Criterion
    label: str
    status: str
    judged: str
    share: Share | None = None
    band: Band | None = None
    by_year_group: Mapping[int, Share] | None = None
    parts: tuple[Part, ...] = ()
    said: Stated | None = None
    size: Size | None = None

    @property
    def is_scored(self) -> bool:
        return self.status != UNSCORED and self.criterion.kind != "expectation"


@dataclass(frozen=True, slots=True)
class BenchmarkResult:
    """One benchmark and its criteria."""

    benchmark: Benchmark
    criteria: tuple[CriterionResult, ...]

    @property
    def scored(self) -> int:
        return sum(result.is_scored for result in self.criteria)

    @property
    def met(self) -> int:
        return sum(result.is_scored and result.status == MET for result in self.criteria)

    @property
    def leads(self) -> CriterionResult | None:
        """The first quantity criterion of which somebody is counted: the one to show where there is room for one."""
        return next((c for c in self.criteria if c.share and c.share.out_of and c.criterion.kind == "quantity"), None)

    @property
    def percent(self) -> int | None:
        return percent_met(self.met, self.scored)

    @property
    def status(self) -> str:
        return together([result.status for result in self.criteria if result.is_scored])


@dataclass(frozen=True, slots=True)
class Evaluation:
    """`judged` is everyone on the roll; `counted` the same with what each criterion was added up from, where a school chose.

    So every count leads back to its students, and nobody who was not chosen is lost from a list.
    """

    set: BenchmarkSet
    as_of: date
    benchmarks: tuple[BenchmarkResult, ...]
    provider_access: tuple[Part, ...]
    judged: tuple[Judged, ...]
    counted: tuple[Judged, ...] = ()
    cohorts: Cohorts = NOBODY_CHOSE

    @property
    def academic_year(self) -> AcademicYear:
        return AcademicYear.of(self.as_of)

    def criterion(self, criterion_id: str) -> CriterionResult | None:
        return next((c for b in self.benchmarks for c in b.criteria if c.criterion.id == criterion_id), None)


@dataclass(frozen=True, slots=True)
class _Judging:
    """What one criterion after the other is added up from."""

    set: BenchmarkSet
    counted: tuple[Judged, ...]
    school: SchoolFacts
    as_of: date
    stated: Mapping[str, Stated]
    cohorts: Cohorts

    def count(self, row: Measure, criterion: str) -> Count:
        """Of those chosen, where somebody chose: then of students on the roll, and not of those since gone."""
        if not self.cohorts.now and not self.cohorts.before:
            return count(row, self.counted, self.school, self.as_of)
        gone = () if self.cohorts.of(criterion) else self.school.meetings_of_departed
        left = self.cohorts.leavers(criterion, self.school.leavers)
        return count(row, self.counted, replace(self.school, leavers=left, meetings_of_departed=gone), self.as_of)


def evaluate(
    school: SchoolFacts, set_id: str, as_of: date, *, audience: str = "school",
    stated: Mapping[str, Stated] | None = None, cohorts: Cohorts = NOBODY_CHOSE, rule: PassRule | None = None,
) -> Evaluation:  # fmt: skip
    """Judge the school. Practice criteria are as stated, unscored where nobody says; the others as counted, whatever is said."""
    benchmark_set = judged_under(rule, sets.load(set_id, audience))
    judged = judge_facts(school.students, set_id, as_of, audience)
    counted = within(judged, measures_for(set_id, audience), cohorts)
    at = _Judging(benchmark_set, counted, school, as_of, stated or {}, cohorts)
    results = tuple(
        BenchmarkResult(benchmark, tuple(_result(criterion, at) for criterion in benchmark.criteria))
        for benchmark in benchmark_set.benchmarks
    )
    duty = PROVIDER_ACCESS if audience == "school" else ()
    access = tuple(_part(row, benchmark_set, count(row, judged, school, as_of)) for row in duty)
    return Evaluation(benchmark_set, as_of, results, access, judged, counted, cohorts)


def by_the_framework(evaluation: Evaluation) -> Evaluation:
    """The same counts, met where the published set says so, whatever a school set for itself."""
    of = evaluation.set.framework
    if of is None:
        return evaluation
    results = tuple(
        replace(one, criteria=tuple(_judged_by(result, of) for result in one.criteria)) for one in evaluation.benchmarks
    )
    return replace(evaluation, set=of, benchmarks=results)


def _judged_by(result: CriterionResult, of: BenchmarkSet) -> CriterionResult:
    if result.share is None:
        return result
    id = result.criterion.id
    parts = tuple(replace(part, status=status_of(id, part.share, of)) for part in result.parts)
    measure = measure_of(of.id, id)
    whole = status_of(id, result.share, of)
    status = together([part.status for part in parts]) if measure and measure.sums_parts else whole
    return replace(result, status=status, parts=parts, band=of.band_of(result.share))


def status_of(criterion_id: str, share: Share, benchmark_set: BenchmarkSet) -> str:
    """met at the set's threshold, in progress above nobody, not met at nobody, unscored of nobody."""
    if share.out_of == 0:
        return UNSCORED
    if benchmark_set.is_met(criterion_id, share):
        return MET
    return IN_PROGRESS if share.of else NOT_MET


def together(statuses: list[str]) -> str:
    """Of several: met when all are, not met when none has begun."""
    scored = [status for status in statuses if status != UNSCORED]
    if not scored:
        return UNSCORED
    if len(set(scored)) == 1:
        return scored[0]
    return IN_PROGRESS


def _result(criterion: Criterion, at: _Judging) -> CriterionResult:
    measure, said = measure_of(at.set.id, criterion.id), at.stated.get(criterion.id)
    if measure is None:
        return _practice(criterion, said)
    counted = at.count(measure, criterion.id)
    parts = tuple(_part(row, at.set, at.count(row, criterion.id), criterion.id) for row in measure.parts)
    status = status_of(criterion.id, counted.share, at.set)
    if measure.sums_parts:
        status = together([part.status for part in parts])
    return CriterionResult(
        criterion, measure.label, status, "recorded" if counted.share.out_of else UNSCORED, counted.share,
        at.set.band_of(counted.share), counted.by_year_group, parts, said,
        size_of(at.cohorts.of(criterion.id), at.counted),
    )  # fmt: skip


def _part(measure: Measure, benchmark_set: BenchmarkSet, counted: Count, criterion: str = "") -> Part:
    """A part is met from the share its criterion is."""
    status = status_of(criterion or measure.id, counted.share, benchmark_set)
    return Part(measure.id, measure.label, counted.share, status, counted.by_year_group)


def _practice(criterion: Criterion, said: Stated | None) -> CriterionResult:
    if said is None:
        return CriterionResult(criterion, "", UNSCORED, UNSCORED)
    return CriterionResult(criterion, "", said.status, "stated" if said.evidence else "stated_no_evidence", said=said)
