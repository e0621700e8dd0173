"""Measuring: the median of several runs, and a table that prints ratios against their budgets."""

import statistics
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from rich.console import Console
from rich.table import Table


def median(act: Callable[[], Any], times: int = 5) -> float:
    """Seconds, the middle of `times` runs after one to warm up."""
    act()
    taken = []
    for _ in range(times):
        start = time.perf_counter()
        act()
        taken.append(time.perf_counter() - start)
    return statistics.median(taken)


def in_turn(ours: Callable[[], Any], floor: Callable[[], Any], times: int = 9) -> tuple[float, float]:
    """Seconds of each, the middle of runs taken in turn: a machine that slows down meanwhile slows both."""
    ours(), floor()
    taken: tuple[list[float], list[float]] = ([], [])
    for _ in range(times):
        for act, seconds in zip((ours, floor), taken, strict=True):
            start = time.perf_counter()
            act()
            seconds.append(time.perf_counter() - start)
    return statistics.median(taken[0]), statistics.median(taken[1])


@dataclass
class Ratios:
    """Rows of the table. `budget` is the most the ratio (or the number) may be; None for what is only watched."""

    rows: list[tuple[str, str, str, str, bool | None]] = field(default_factory=list)

    def ratio(self, what: str, ours: float, floor: float, budget: float | None) -> None:
        found = ours / floor
        said = f"{ours * 1000:,.1f} ms against {floor * 1000:,.1f} ms"
        self.rows.append((what, said, f"{found:.1f}x", _most(budget, "x"), None if budget is None else found <= budget))

    def number(self, what: str, found: float, budget: float | None, unit: str = "") -> None:
        shown = f"{found:,.0f}{unit}" if float(found).is_integer() or found > 100 else f"{found:,.1f}{unit}"
        self.rows.append((what, "", shown, _most(budget, unit), None if budget is None else found <= budget))

    def show(self) -> bool:
        """Print the table; True when everything with a budget is inside it."""
        table = Table(title="Pathbook, ratios in one run", title_justify="left")
        for heading in ("What", "Measured", "Ratio or number", "Budget", ""):
            table.add_column(heading, overflow="fold")
        for what, said, found, budget, inside in self.rows:
            table.add_row(what, said, found, budget, {True: "ok", False: "OVER", None: ""}[inside])
        Console(width=130).print(table)
        return all(inside is not False for *_, inside in self.rows)


def _most(budget: float | None, unit: str) -> str:
    return "" if budget is None else f"{budget:g}{unit}"
