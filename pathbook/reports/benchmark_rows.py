"""The eight benchmarks, each in a line, as the homes show them."""

from dataclasses import dataclass
from datetime import date

from pathbook.framework.evaluate import BenchmarkResult, Evaluation
from pathbook.framework.shares import Share, hide_small_share
from pathbook.people.models import Institution
from pathbook.people.visibility import Viewer
from pathbook.reports.evaluation import evaluation_of


@dataclass(frozen=True, slots=True)
class BenchmarkRow:
    """One benchmark in a line: its leading share, or that it is stated by hand."""

    id: str
    name: str
    what: str
    share: Share | None
    status: str
    met: int
    scored: int
    before: Share | None = None  # the same share a year ago, where a page shows it


def benchmarks_of(
    viewer: Viewer, school: Institution, on: date, *, set_id: str, written: int | None = None
) -> tuple[BenchmarkRow, ...]:
    return benchmark_rows(viewer, evaluation_of(school, set_id=set_id, as_of=on, written=written))


def benchmark_rows(viewer: Viewer, evaluation: Evaluation) -> tuple[BenchmarkRow, ...]:
    return tuple(_row(result, named=viewer.reaches_all) for result in evaluation.benchmarks)


def _row(result: BenchmarkResult, *, named: bool) -> BenchmarkRow:
    """Where names are not seen, small numbers are not either."""
    lead = result.leads
    share = lead.share if lead else None
    shown = share if named or share is None else hide_small_share(share)
    what = lead.label if lead else "Practice: stated with evidence"
    return BenchmarkRow(
        result.benchmark.id, result.benchmark.name, what, shown, result.status, result.met, result.scored
    )
