"""Do published figures give away a small group when any two are laid against each other?

Within one way of looking (by year group, say) shares.small_rows hides what must be hidden. Across two ways, what can be
worked out is a set that lies inside another: the years 7 and 8 inside "no SEN" leave the rest of "no SEN". So every
union of shown rows of one way, and everyone else than it, is laid against every one of another way.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import combinations

from pathbook.framework.shares import SMALL, Share, hide_small_share

People = int  # a set of people, one bit each: inclusion is one operation


@dataclass(frozen=True, slots=True)
class Row:
    """One published row of one way of looking: who is in it, and what is said of them."""

    people: People
    share: Share


def people_of(numbers: Iterable[int]) -> People:
    """The set of these people, each known by a number from nought."""
    found = 0
    for number in numbers:
        found |= 1 << number
    return found


def gives_away(everyone: Row, ways: Sequence[Sequence[Row]], *, small: int = SMALL) -> bool:
    """Can a group of fewer than `small`, or what fewer than `small` of a group said, be worked out from any two rows?"""
    derived = [list(_derived(everyone, rows)) for rows in ways]
    every = [[Row(0, Share(0, 0)), everyone], *derived]
    return any(
        _is_small(_rest(inner, outer), small)
        for one, other in combinations(every, 2)
        for inner, outer in [*_nested(one, other), *_nested(other, one)]
    )


def withheld(everyone: Row, ways: Mapping[str, Sequence[Row]], *, small: int = SMALL) -> frozenset[str]:
    """Which ways of looking are not shown, the last given first, so that the others give nothing away."""
    kept = list(ways)
    while kept and gives_away(everyone, [ways[name] for name in kept], small=small):
        kept.pop()
    return frozenset(ways) - frozenset(kept)


def _derived(everyone: Row, rows: Sequence[Row]) -> Iterator[Row]:
    """Each union of rows, and everyone who is in none of them."""
    for many in range(1, len(rows) + 1):
        for chosen in combinations(rows, many):
            union = Row(
                sum(one.people for one in chosen),  # rows of one way share nobody
                Share(sum(one.share.of for one in chosen), sum(one.share.out_of for one in chosen)),
            )
            yield union
            yield _rest_row(union, everyone)


def _nested(inner: Iterable[Row], outer: Sequence[Row]) -> Iterator[tuple[Row, Row]]:
    return ((one, other) for one in inner for other in outer if one.people & ~other.people == 0)


def _rest_row(inner: Row, outer: Row) -> Row:
    return Row(outer.people & ~inner.people, _rest(inner, outer))


def _rest(inner: Row, outer: Row) -> Share:
    return Share(outer.share.of - inner.share.of, outer.share.out_of - inner.share.out_of)


def _is_small(share: Share, small: int) -> bool:
    return hide_small_share(share, small=small) is None
