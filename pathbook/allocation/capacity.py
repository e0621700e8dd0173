"""How many meetings so many slots will hold, from this school's own missed ones; and who will not be reached.

Two things are unsure: the school's true rate of missed meetings, and how the coming ones fall. The beta-binomial holds
both at once (the rate as likely as the history leaves it, beginning from Jeffreys' even-handed half and half), so a
school with ten past meetings is told a wide range and one with a thousand a narrow one. The rate itself is shown with
Wilson's interval, which stays between 0 and 1 when nobody or everybody missed. A missed slot is lost; the student is
booked again while slots remain.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import accumulate
from math import exp, lgamma, log, sqrt

SURE = 0.9  # of the ranges: one year in ten falls outside
Z = 1.6448536269514722  # the normal distribution leaves 5% above it, so 90% lie inside plus and minus


@dataclass(frozen=True, slots=True)
class Rate:
    """`missed` out of `booked`; `low` to `high` by Wilson, 90%. With no history: 0 to 1."""

    missed: int
    booked: int
    low: float
    high: float


@dataclass(frozen=True, slots=True)
class Forecast:
    """Of so many slots: meetings expected to be held, 90 years in 100 from `low` to `high`.

    `chance` that everyone required is reached. `unsure` are reached only in a better year than `low`, `unreached` not in
    the expected one; both in the order given, the first to be reached first.
    """

    slots: int
    required: int
    expected: float
    low: int
    high: int
    chance: float
    unsure: tuple[str, ...]
    unreached: tuple[str, ...]


def rate(*, held: int, missed: int) -> Rate:
    n = held + missed
    if n == 0:
        return Rate(0, 0, 0.0, 1.0)
    share, z2 = missed / n, Z * Z
    middle, half = share + z2 / (2 * n), Z * sqrt(share * (1 - share) / n + z2 / (4 * n * n))
    return Rate(missed, n, max(0.0, (middle - half) / (1 + z2 / n)), min(1.0, (middle + half) / (1 + z2 / n)))


def forecast(*, slots: int, required: Sequence[str], held: int, missed: int) -> Forecast:
    """From the school's own history. `required` are student ids, the first to be reached first."""
    return _forecast(slots, required, list(_coming(slots, held + 0.5, missed + 0.5)))


def supposing(*, slots: int, required: Sequence[str], missed_share: float) -> Forecast:
    """The same, were the rate known: "at 15% not attended"."""
    if not 0 <= missed_share < 1:
        raise ValueError("The share not attended is from 0 up to, but not, 1.")
    return _forecast(slots, required, list(_known(slots, 1 - missed_share)))


def slots_for(*, required: int, held: int, missed: int, sure: float = SURE) -> int | None:
    """The fewest slots that hold `required` meetings with that much certainty; None when ten times as many do not."""
    if required == 0:
        return 0
    few, many = required, 10 * required
    if _chance(list(_coming(many, held + 0.5, missed + 0.5)), required) < sure:
        return None
    while few < many:
        half = (few + many) // 2
        if _chance(list(_coming(half, held + 0.5, missed + 0.5)), required) >= sure:
            many = half
        else:
            few = half + 1
    return few


def _forecast(slots: int, required: Sequence[str], chances: list[float]) -> Forecast:
    expected = sum(n * chance for n, chance in enumerate(chances))
    low, high = _quantile(chances, (1 - SURE) / 2), _quantile(chances, (1 + SURE) / 2)
    reached = int(expected + 1e-9)
    return Forecast(
        slots, len(required), expected, low, high, _chance(chances, len(required)), tuple(required[low:reached]),
        tuple(required[reached:]),
    )  # fmt: skip


def _coming(n: int, a: float, b: float) -> Iterator[float]:
    """The chance of exactly 0, 1 ... n held, the rate of holding spread as Beta(a, b)."""
    every = lgamma(n + 1) + lgamma(a + b) - lgamma(a) - lgamma(b) - lgamma(n + a + b)
    for k in range(n + 1):
        yield exp(every - lgamma(k + 1) - lgamma(n - k + 1) + lgamma(k + a) + lgamma(n - k + b))


def _known(n: int, share: float) -> Iterator[float]:
    for k in range(n + 1):
        if share == 1:
            yield float(k == n)
        else:
            ways = lgamma(n + 1) - lgamma(k + 1) - lgamma(n - k + 1)
            yield exp(ways + k * log(share) + (n - k) * log(1 - share))


def _quantile(chances: list[float], at: float) -> int:
    sums = accumulate(chances)
    return next((n for n, sum_ in enumerate(sums) if sum_ >= at - 1e-12), len(chances) - 1)


def _chance(chances: list[float], at_least: int) -> float:
    return min(1.0, max(0.0, sum(chances[at_least:])))
