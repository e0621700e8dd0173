"""The one place a percentage is made, and the one rule by which small numbers are hidden."""

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction

SMALL = 5  # a cell of fewer students than this is hidden wherever names are not shown
HIDDEN = "hidden"  # not "fewer than 5": the next smallest is hidden beside a lone small one
WHY_HIDDEN = f"Hidden: groups under {SMALL}, and one more so that it cannot be worked out."


@dataclass(frozen=True, slots=True)
class Share:
    """`of` students out of `out_of`. 27 out of 180 reads "15%, 27 of 180"."""

    of: int
    out_of: int

    @property
    def percent(self) -> int | None:
        """The nearest whole number (halves up); below 1 never 100, above 0 never 0; None of nobody."""
        if self.out_of == 0:
            return None
        nearest = (200 * self.of + self.out_of) // (2 * self.out_of)
        if 0 < self.of < self.out_of:
            return min(max(nearest, 1), 99)
        return nearest

    @property
    def missing(self) -> int:
        return self.out_of - self.of

    def reaches(self, threshold: float) -> bool:
        """Is the share at least `threshold` (1.0 is everybody)? Of nobody, no."""
        return self.out_of > 0 and Fraction(self.of, self.out_of) >= Fraction(str(threshold))

    @property
    def label(self) -> str:
        """ "27 of 180", with thousands set apart."""
        return f"{self.of:,} of {self.out_of:,}"

    def __str__(self) -> str:
        return self.label if self.percent is None else f"{self.percent}%, {self.label}"


def percent_met(met: int, scored: int) -> int | None:
    """Of a benchmark: floor(100 x criteria met / criteria scored), as the self-evaluation tool does."""
    return 100 * met // scored if scored else None


def is_small(count: int, *, small: int = SMALL) -> bool:
    """One to four: few enough to point at someone. Nobody at all points at no one."""
    return 0 < count < small


def hide_small(counts: Sequence[int], *, small: int = SMALL) -> tuple[int | None, ...]:
    """Cells of a total that is published: hide those of 1 to `small`-1, and the next smallest beside a lone one.

    A zero gives nobody away and stays; but it cannot serve as the second hidden cell.
    """
    hidden = {at for at, count in enumerate(counts) if is_small(count, small=small)}
    rest = sorted((count, at) for at, count in enumerate(counts) if at not in hidden and count > 0)
    total = sum(counts[at] for at in hidden)
    gives_away = len(hidden) == 1 or total < small or total == len(hidden) * (small - 1)
    if hidden and rest and gives_away:
        hidden.add(rest[0][1])
    return tuple(None if at in hidden else count for at, count in enumerate(counts))


def hide_small_share(share: Share, *, small: int = SMALL) -> Share | None:
    """A share of a group: hidden when the group, those in it or those not in it are 1 to `small`-1 students."""
    parts = (share.out_of, share.of, share.missing)
    return None if any(is_small(part, small=small) for part in parts) else share


def small_rows(rows: Sequence[Sequence[Share]]) -> frozenset[int]:
    """Rows of a table whose totals are published: hide those with a small share, whole, by their place.

    The total less the rows shown is what is hidden: more are hidden, fewest first, until that points at nobody.
    """
    hidden = {at for at, shares in enumerate(rows) if _has_small(shares)}
    rest = sorted((shares[0].out_of, at) for at, shares in enumerate(rows) if at not in hidden and shares[0].out_of)
    while hidden and rest and (len(hidden) == 1 or _has_small(_together([rows[at] for at in sorted(hidden)]))):
        hidden.add(rest.pop(0)[1])
    return frozenset(hidden)


def _has_small(shares: Sequence[Share]) -> bool:
    return any(hide_small_share(share) is None for share in shares)


def _together(rows: Sequence[Sequence[Share]]) -> list[Share]:
    return [Share(sum(s.of for s in column), sum(s.out_of for s in column)) for column in zip(*rows, strict=True)]
