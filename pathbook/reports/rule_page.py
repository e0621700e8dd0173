"""By which rule a school judges: the framework's, its own beside it, and what it set before."""

from dataclasses import dataclass

from pathbook.framework.pass_rules import PassRule, bands_of
from pathbook.framework.sets import Band, BenchmarkSet, load
from pathbook.people.audience import audience_of
from pathbook.people.models import Institution
from pathbook.records.models import OwnRule
from pathbook.records.queries.cohorts import as_rule


@dataclass(frozen=True, slots=True)
class MetAt:
    """One counted criterion: from which whole percent it is met by the framework, and by the school."""

    id: str
    statement: str
    verified: bool
    framework: int
    ours: int

    @property
    def is_own(self) -> bool:
        return self.ours != self.framework


@dataclass(frozen=True, slots=True)
class RuleLine:
    """What was set, in words; `stands`: it is the one in force."""

    row: OwnRule
    words: str
    stands: bool


@dataclass(frozen=True, slots=True)
class RulePage:
    """`rule` None: the framework's. `tool`: the tool's bands; `bands`: those in use."""

    set: BenchmarkSet
    rule: PassRule | None
    met_at: tuple[MetAt, ...]
    bands: tuple[Band, ...]
    said: tuple[RuleLine, ...]

    @property
    def own(self) -> int:
        return sum(one.is_own for one in self.met_at)

    @property
    def own_bands(self) -> bool:
        return bool(self.rule and self.rule.bands)


def rule_page(school: Institution, *, set_id: str) -> RulePage:
    """Of the version in use; one query."""
    of = load(set_id, audience_of(school.kind))
    rows = list(OwnRule.objects.of(school, set_id=set_id, version=of.version).standing())
    last = rows[-1] if rows else None
    rule = as_rule(last) if last and (last.met_at or last.bands) else None
    own = rule.met_at if rule else {}
    met_at = tuple(
        MetAt(one.id, one.statement, one.verified, round(of.met_at[one.id] * 100), own.get(one.id, round(of.met_at[one.id] * 100)))
        for benchmark in of.benchmarks for one in benchmark.criteria if one.kind == "quantity" and one.id in of.met_at
    )  # fmt: skip
    bands = bands_of(rule.bands) if rule and rule.bands else of.bands
    return RulePage(of, rule, met_at, bands, tuple(_line(row, row is last) for row in reversed(rows)))


def _line(row: OwnRule, stands: bool) -> RuleLine:
    met = ", ".join(f"{id} at {share}%" for id, share in row.met_at.items())
    bands = "own bands" if row.bands else ""
    return RuleLine(row, "; ".join(said for said in (met, bands) if said) or "The framework’s rule", stands)
