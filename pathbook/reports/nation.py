"""Where the school stands beside the nation: does it fully meet each benchmark, and what share of schools said they do."""

from dataclasses import dataclass
from datetime import date

from pathbook.framework.evaluate import BenchmarkResult, Evaluation, by_the_framework
from pathbook.framework.nation import (
    NO,
    UNKNOWN,
    YES,
    NationalYear,
    fully_meets,
    latest_of,
    national_years,
    not_stated,
    three_and_eight,
)
from pathbook.framework.sets import SETS, set_in_force
from pathbook.people.models import Institution
from pathbook.reports.evaluation import evaluation_of
from pathbook.reports.evaluation_page import CriterionLine, evaluation_page
from pathbook.reports.gap import GapSaid, gap_for, gap_said

ASKED_THEN = "2018"  # every national year so far was answered by this set
VERIFIED = {"true": "Read in the source", "secondary": "Second hand"}
TO_CONFIRM = "To be confirmed"
OURS = (3, 8)


@dataclass(frozen=True, slots=True)
class Answer:
    """Could the school say it fully meets one benchmark under one set? `why`: what stands in the way."""

    state: str
    why: str


@dataclass(frozen=True, slots=True)
class BenchmarkRow:
    """One benchmark: our answer by the set the nation answered, by the one now, and the last published share of schools."""

    number: int
    name: str
    then: Answer
    now: Answer
    nation: str
    published: str


@dataclass(frozen=True, slots=True)
class YearRow:
    """One published year, in words: "13%" rounded, "13.1" as published, and how sure we are of it."""

    label: str
    report: str
    n: str
    three: str
    eight: str
    gap: str
    each: tuple[str, ...]
    average: str
    verified: str
    note: str
    sources: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class NationPage:
    """Everything the page shows. `met`, `unmet` and `unknown`: of the eight, by the set the nation answered."""

    met: int
    unmet: int
    unknown: int
    benchmarks: tuple[BenchmarkRow, ...]
    three_and_eight: tuple[YearRow, ...]
    finding: str
    ours: tuple[CriterionLine, ...]
    gap: GapSaid
    years: tuple[YearRow, ...]
    average: YearRow | None


def nation_page(school: Institution, *, as_of: date, named: bool) -> NationPage:
    """Both sets judged on the day, and the gap of one's own: one query more."""
    judged = {set_id: by_the_framework(evaluation_of(school, set_id=set_id, as_of=as_of)) for set_id in SETS}
    years = national_years()
    rows = tuple(_benchmark(at, judged, years) for at in range(len(judged[ASKED_THEN].benchmarks)))
    states = [row.then.state for row in rows]
    both, told = three_and_eight(years), tuple(_year(year) for year in years)
    return NationPage(
        states.count(YES), states.count(NO), states.count(UNKNOWN), rows, tuple(_year(year) for year in both),
        _finding(both), _own(judged[set_in_force(as_of)], named),
        gap_said(gap_for(school, as_of=as_of), named=named), told, next((y for y in reversed(told) if y.average), None),
    )  # fmt: skip


def _benchmark(at: int, judged: dict[str, Evaluation], years: tuple[NationalYear, ...]) -> BenchmarkRow:
    now, then = (judged[set_id].benchmarks[at] for set_id in SETS)
    number = int(now.benchmark.id[2:])
    last = latest_of(years, number)
    nation = f"{last.percents[number]:g}% of {last.n:,} schools" if last else ""
    published = f"{last.label}, {_verified(last).lower()}" if last else "never published"
    return BenchmarkRow(number, now.benchmark.name, _answer(then), _answer(now), nation, published)


def _answer(result: BenchmarkResult) -> Answer:
    state, waiting = fully_meets(result), not_stated(result)
    counted = [one for one in result.criteria if one.is_scored]
    met = f"{result.met} of {len(counted)} counted or stated criteria met" if counted else ""
    unsaid = f"{waiting} for somebody to state" if waiting else ""
    return Answer(state, ", ".join(said for said in (met, unsaid) if said))


def _own(evaluation: Evaluation, named: bool) -> tuple[CriterionLine, ...]:
    """The counted criteria of Benchmarks 3 and 8."""
    sections = evaluation_page(evaluation, named=named, links=False).sections
    asked = [section for section in sections if section.number in OURS]
    return tuple(line for section in asked for line in section.criteria if line.kind == "quantity")


def _finding(both: tuple[NationalYear, ...]) -> str:
    """What became of the gap, first and last."""
    first, last = both[0], both[-1]
    return f"{_whole(first.gap)} points apart in {first.label}, {_whole(last.gap)} in {last.label}"


def _year(year: NationalYear) -> YearRow:
    percents = year.percents
    return YearRow(
        year.label, year.report, "not published" if year.n is None else f"{year.n:,}", _percent(percents.get(3)),
        _percent(percents.get(8)), "" if year.gap is None else _whole(year.gap),
        tuple(f"{percents[n]:g}%" if n in percents else "–" for n in range(1, 9)),
        "" if year.average is None else f"{year.average:g}", _verified(year), year.note, year.sources,
    )  # fmt: skip


def _verified(year: NationalYear) -> str:
    return VERIFIED.get(year.verified, TO_CONFIRM)


def _percent(share: float | None) -> str:
    return "–" if share is None else f"{_whole(share)}%"


def _whole(points: float | None) -> str:
    return "" if points is None else f"{int(points + 0.5)}"
