"""From which share a criterion is met, and what a share is called: the framework's own words, or a school's instead.

The sets' files say of each counted criterion what share of students is required (`population_share_required`), the
self-evaluation tool what a share is called (`answer_bands`). A school may set its own of one version of a set; whoever
reads a figure is told by which it was judged.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from itertools import pairwise

from pathbook.framework.sets import Band, BenchmarkSet

OWN = "the school's own rule"


@dataclass(frozen=True, slots=True)
class PassRule:
    """`met_at`: criterion -> whole percent; `bands`: code, label and lowest whole percent, lowest first, or none."""

    met_at: Mapping[str, int] = field(default_factory=dict)
    bands: tuple[tuple[str, str, int], ...] = ()
    on: date | None = None
    by: str = ""
    why: str = ""


def judged_under(rule: PassRule | None, benchmark_set: BenchmarkSet) -> BenchmarkSet:
    """The set with the school's own rule where it has one; a criterion it does not ask is passed over."""
    if rule is None:
        return benchmark_set
    own = {id: share / 100 for id, share in rule.met_at.items() if id in benchmark_set.met_at}
    return replace(
        benchmark_set, met_at={**benchmark_set.met_at, **own}, bands=bands_of(rule.bands) or benchmark_set.bands,
        rule=name_of(rule), own=frozenset(own), framework=benchmark_set,
    )  # fmt: skip


def name_of(rule: PassRule) -> str:
    """ "the school's own rule of 5 Mar 2026": how pages and snapshots call it."""
    return f"{OWN} of {rule.on:%-d %b %Y}" if rule.on else OWN


def bands_of(said: tuple[tuple[str, str, int], ...]) -> tuple[Band, ...]:
    """Each band to just under where the next begins, the last to everybody."""
    ends = [*(low - 1 for _, _, low in said[1:]), 100]
    return tuple(Band(code, label, low, high) for (code, label, low), high in zip(said, ends, strict=False))


def wrong_with(bands: tuple[tuple[str, str, int], ...]) -> str:
    """Why these bands leave a share without a word, or one with two; empty when they do not."""
    lows = [low for _, _, low in bands]
    if lows[:1] != [0]:
        return "The first band begins at 0%, so that nobody has a name too."
    if any(one >= other for one, other in pairwise(lows)):
        return "Each band begins higher than the one before it."
    return "" if lows[-1] <= 100 else "The last band begins at 100% at most."
