"""The days the national tool takes its own picture of a school, and what changed between two of ours."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from pathbook.framework.shares import Share

DUE = ((12, 31), (3, 31), (7, 31))
STATUSES = {"met": "Met", "in_progress": "In progress", "not_met": "Not met", "unscored": "Not scored"}


def last_due_before(day: date) -> date:
    """The latest of 31 December, 31 March and 31 July that is over."""
    days = [date(year, month, number) for year in (day.year - 1, day.year) for month, number in DUE]
    return max(due for due in days if due < day)


def name_of(day: date) -> str:
    """ "31 July 2026" as people call it: July 2026."""
    return f"{day:%B %Y}"


@dataclass(frozen=True, slots=True)
class Changed:
    """One criterion in two snapshots, in words; `way` is up, down or same."""

    id: str
    before: str
    after: str
    way: str


@dataclass(frozen=True, slots=True)
class BenchmarkChange:
    """ "3 of 5" then "4 of 5", and the criteria that differ."""

    id: str
    name: str
    before: str
    after: str
    way: str
    criteria: tuple[Changed, ...]


def compare(before: Mapping[str, Any], after: Mapping[str, Any]) -> tuple[BenchmarkChange, ...]:
    """Two evaluations as `pathbook evaluate --json` says them, by the same set."""
    was = {one["id"]: one for one in before["benchmarks"]}
    return tuple(_benchmark(was[now["id"]], now) for now in after["benchmarks"] if now["id"] in was)


def _benchmark(was: Mapping[str, Any], now: Mapping[str, Any]) -> BenchmarkChange:
    known = {one["id"]: one for one in was["criteria"]}
    pairs = [(known[one["id"]], one) for one in now["criteria"] if one["id"] in known]
    changed = [_changed(first, second) for first, second in pairs if _words(first) != _words(second)]
    way = _way((was["criteria_met"],), (now["criteria_met"],))
    return BenchmarkChange(now["id"], now["name"], _met(was), _met(now), way, tuple(changed))


def _changed(was: Mapping[str, Any], now: Mapping[str, Any]) -> Changed:
    return Changed(now["id"], _words(was), _words(now), _way(_height(was), _height(now)))


def _met(said: Mapping[str, Any]) -> str:
    return f"{said['criteria_met']} of {said['criteria_scored']}" if said["criteria_scored"] else "none scored"


def _words(said: Mapping[str, Any]) -> str:
    """ "In progress, 79%, 871 of 1,105", or of a stated one "Met"."""
    status = STATUSES[said["status"]]
    if not said.get("denominator"):
        return status
    of, out_of = said["numerator"], said["denominator"]
    return f"{status}, {Share(of, out_of)}"


def _height(said: Mapping[str, Any]) -> tuple[float, ...]:
    """How far a criterion is: by its share where it is counted, else by its status."""
    if said.get("denominator"):
        return (said["numerator"] / said["denominator"],)
    return (("unscored", "not_met", "in_progress", "met").index(said["status"]),)


def _way(was: tuple[float, ...], now: tuple[float, ...]) -> str:
    return "same" if was == now else "up" if now > was else "down"
