"""A sum for the solver to make as great as can be, and what it found."""

from dataclasses import dataclass, field


@dataclass
class Sum:
    """A total to make as great as can be, over numbers from 0 to `most`, inside rows of `low <= sum <= high`."""

    worth: list[float] = field(default_factory=list)
    most: list[float] = field(default_factory=list)
    whole: list[bool] = field(default_factory=list)
    low: list[float] = field(default_factory=list)
    high: list[float] = field(default_factory=list)
    start: list[int] = field(default_factory=lambda: [0])
    index: list[int] = field(default_factory=list)
    part: list[float] = field(default_factory=list)

    def number(self, worth: float, most: float = 1.0, *, whole: bool = True) -> int:
        self.worth.append(worth)
        self.most.append(most)
        self.whole.append(whole)
        return len(self.worth) - 1

    def row(self, low: float, high: float, terms: dict[int, float]) -> None:
        self.low.append(low)
        self.high.append(high)
        self.index.extend(terms)
        self.part.extend(terms.values())
        self.start.append(len(self.index))


@dataclass(frozen=True, slots=True)
class Solved:
    """`values` is empty when nothing was found in time; `bound` is infinite when nothing was shown."""

    values: tuple[float, ...]
    total: float
    bound: float
    finished: bool


def solve(asked: Sum, *, seconds: float, gap: float, whole: bool = True) -> Solved:
    """Without `whole` the numbers may be parts, which is quick and gives a bound."""
    if not asked.worth:
        return Solved((), 0.0, 0.0, True)
    from pathbook.allocation import highs  # large, so only where there is something to solve

    return highs.solve(asked, seconds, gap, whole)
