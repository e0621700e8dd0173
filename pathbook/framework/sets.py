"""The two benchmark sets as data: what each benchmark and criterion asks, in whose words, and how sure we are."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from functools import cache
from typing import Any

from pathbook.framework.data import read
from pathbook.framework.shares import Share
from pathbook.framework.years import AcademicYear

SETS = {"2025": ("gatsby-2025", "v3"), "2018": ("gatsby-2018", "v2")}
FIRST_YEAR_OF_2025 = 2025  # in use from September 2025
EXPECTATIONS = frozenset({"GB6.G1", "GB6.G2"})  # the Department's, shown apart and never scored

FRAMEWORKS = "the framework's rule"  # whose shares and bands they are, until a school sets its own
HOW_FAR = {"met": "Fully", "in_progress": "Partly", "not_met": "Not yet"}


@dataclass(frozen=True, slots=True)
class Band:
    """An answer of the self-evaluation tool, for a share between `low` and `high` whole percent."""

    code: str
    label: str
    low: int
    high: int
    verified: bool = True


@dataclass(frozen=True, slots=True)
class Criterion:
    """One thing a benchmark asks. `kind` is quantity, practice or expectation; `verified` whether wording was read."""

    id: str
    benchmark: str
    statement: str
    kind: str
    verified: bool
    sources: tuple[str, ...]
    why_unverified: str = ""


@dataclass(frozen=True, slots=True)
class Benchmark:
    """One of the eight."""

    id: str
    name: str
    summary: str
    criteria: tuple[Criterion, ...]


@dataclass(frozen=True)
class BenchmarkSet:
    """`met_at`: the share at which each counted criterion is met, as the set's file requires (1.0 is every student).

    `rule` names whose shares and bands these are; `own`: the criteria of which a school set its own share.
    """

    id: str
    version: str
    benchmarks: tuple[Benchmark, ...]
    bands: tuple[Band, ...]
    met_at: Mapping[str, float] = field(default_factory=dict)
    rule: str = FRAMEWORKS
    own: frozenset[str] = frozenset()
    framework: "BenchmarkSet | None" = None  # the set as it is published, where a school set its own

    def is_met(self, criterion_id: str, share: Share) -> bool:
        return share.reaches(self.met_at.get(criterion_id, 1.0))

    def band_of(self, share: Share) -> Band | None:
        """The band to type into the self-evaluation tool; None of nobody."""
        percent = share.percent
        if percent is None:
            return None
        return next(band for band in self.bands if band.low <= percent <= band.high)

    def answers(self, criterion: Criterion) -> dict[str, str]:
        """What a person may say of it: how far it is met, or of a counted one the tool's answers."""
        return HOW_FAR if criterion.kind == "practice" else {band.code: band.label for band in self.bands}

    def criterion(self, criterion_id: str) -> Criterion | None:
        return next((c for b in self.benchmarks for c in b.criteria if c.id == criterion_id), None)


def set_in_force(day: date) -> str:
    """Which set judges the academic year that holds this day, unless another is asked for."""
    return "2025" if AcademicYear.of(day).start >= FIRST_YEAR_OF_2025 else "2018"


@cache
def load(set_id: str, audience: str = "school") -> BenchmarkSet:
    """A set as it applies to schools (special schools too), colleges or training providers ("itp")."""
    name, bands = SETS[set_id]
    said, scale = read(name), read("compass-bands")["answer_bands"][bands]
    return BenchmarkSet(
        set_id,
        said["version"],
        tuple(_benchmark(row, audience) for row in said["benchmarks"]),
        tuple(
            Band(row["code"], row["label"], row["min"], row["max"], row.get("verified", scale["verified"]))
            for row in scale["bands"]
        ),
        {one["id"]: one["quantity"]["population_share_required"] for one in _counted(said, audience)},
    )


def _counted(said: Mapping[str, Any], audience: str) -> Iterator[Mapping[str, Any]]:
    for row in said["benchmarks"]:
        yield from (one for one in row["criteria"] if audience in one["audience"] and one["quantity"])


def _benchmark(row: Mapping[str, Any], audience: str) -> Benchmark:
    ours = [said for said in row["criteria"] if audience in said["audience"]]
    name = f"GB{row['n']}"
    return Benchmark(name, row["name"], row["summary"], tuple(_criterion(name, said) for said in ours))


def _criterion(benchmark: str, said: Mapping[str, Any]) -> Criterion:
    kind = "expectation" if said["id"] in EXPECTATIONS else said["kind"]
    return Criterion(
        said["id"], benchmark, said["statement"], kind, said["verified"], tuple(said["sources"]),
        said.get("why_unverified", ""),
    )  # fmt: skip
