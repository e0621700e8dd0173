"""How far chance alone could move a share: Wilson's interval, in whole percents."""

from dataclasses import dataclass
from math import ceil, floor, sqrt

from pathbook.framework.shares import Share

NINETEEN_IN_TWENTY = 1.959964  # standard deviations either side that hold 95% of what chance does


@dataclass(frozen=True, slots=True)
class Interval:
    """From `low` to `high` percent, rounded outwards."""

    low: int
    high: int

    def __str__(self) -> str:
        return f"{self.low}% to {self.high}%"


def wilson(share: Share) -> Interval | None:
    """The interval that holds the share behind what was seen, 19 times in 20 (Wilson 1927); None of nobody."""
    if share.out_of == 0:
        return None
    low, high = _ends(share)
    return Interval(max(0, floor(100 * low + 1e-9)), min(100, ceil(100 * high - 1e-9)))


def is_clear(share: Share, other: Share) -> bool:
    """Does the other share lie outside the interval of this one? Then chance alone seldom sets them so far apart."""
    if share.out_of == 0 or other.out_of == 0:
        return False
    low, high = _ends(share)
    return not low <= other.of / other.out_of <= high


def _ends(share: Share) -> tuple[float, float]:
    n, p, z2 = share.out_of, share.of / share.out_of, NINETEEN_IN_TWENTY**2
    middle, reach = p + z2 / (2 * n), NINETEEN_IN_TWENTY * sqrt(p * (1 - p) / n + z2 / (4 * n * n))
    return (middle - reach) / (1 + z2 / n), (middle + reach) / (1 + z2 / n)
