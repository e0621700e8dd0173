"""What schools and colleges in England said of themselves, year by year: the share that fully meet each benchmark.

A national figure counts schools, by what they said themselves. A school's own shares count students.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Any

from pathbook.framework.data import read
from pathbook.framework.evaluate import MET, BenchmarkResult, CriterionResult

YES, NO, UNKNOWN = "yes", "no", "unknown"
NUMBERS = range(1, 9)


@dataclass(frozen=True, slots=True)
class NationalYear:
    """One published year. `percents`: benchmark number -> percent of `n` schools and colleges, where published.

    `verified`: "true" where the source itself was read, "secondary" where somebody else's page was, "false" where neither.
    """

    label: str
    report: str
    n: int | None
    average: float | None
    percents: Mapping[int, float]
    verified: str
    note: str
    sources: tuple[str, ...]

    @property
    def gap(self) -> float | None:
        """Points between Benchmark 8 and Benchmark 3; None where either was not published."""
        three, eight = self.percents.get(3), self.percents.get(8)
        return None if three is None or eight is None else eight - three


@cache
def national_years() -> tuple[NationalYear, ...]:
    """Every year the file has a figure for, oldest first."""
    return tuple(_year(said) for said in read("state-of-the-nation")["years"])


def three_and_eight(years: Sequence[NationalYear]) -> tuple[NationalYear, ...]:
    """The reports that give both Benchmark 3 and 8 and how many answered: an interim figure of no date is left out."""
    return tuple(year for year in years if year.gap is not None and year.n is not None)


def latest_of(years: Sequence[NationalYear], number: int) -> NationalYear | None:
    """The last report with a figure for this benchmark."""
    return next((year for year in reversed(years) if number in year.percents and year.n is not None), None)


def fully_meets(result: BenchmarkResult) -> str:
    """Could the school say that it fully meets the benchmark? Unknown while nobody has stated what cannot be counted."""
    asked = [one for one in result.criteria if _is_asked(one)]
    if any(one.is_scored and one.status != MET for one in asked):
        return NO
    return YES if asked and all(one.is_scored for one in asked) else UNKNOWN


def not_stated(result: BenchmarkResult) -> int:
    """How many of its practice criteria nobody has stated yet."""
    return sum(not one.is_scored for one in result.criteria if _is_asked(one))


def _is_asked(one: CriterionResult) -> bool:
    """An expectation is never scored; a count of nobody (no Year 13 here) is not asked of this school."""
    return one.criterion.kind == "practice" or bool(one.criterion.kind == "quantity" and one.share and one.share.out_of)


def _year(said: Mapping[str, Any]) -> NationalYear:
    shares = {number: said["fully_achieved_pct"][f"GB{number}"] for number in NUMBERS}
    return NationalYear(
        said["academic_year"], said["report"], said["n_institutions"], said["average_benchmarks_fully_achieved"],
        {number: float(share) for number, share in shares.items() if share is not None},
        str(said["verified"]).lower(), said.get("verified_note") or said.get("n_note") or said.get("missing", ""),
        tuple(said["sources"]),
    )  # fmt: skip
