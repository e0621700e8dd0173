"""Which rows of a table are hidden when the same people are looked at in several ways, so that no subtraction tells.

Each way splits the same people into rows. The hidden rows of one way together are a known cell, the rest: it may not be
small either. Across two ways, each union of one way's cells is laid against the other's: the cells that lie
inside it, and those it takes to cover it. Where the difference is a small group, rows of the later way are hidden with it.
"""

from collections.abc import Iterator, Sequence
from itertools import combinations

from pathbook.framework.disclosure import People, Row
from pathbook.framework.shares import SMALL, Share, hide_small_share

CELLS = 12  # ways of more cells than this on both sides are not laid against each other: the later is hidden whole


def hidden_rows(ways: Sequence[Sequence[Row]], *, small: int = SMALL) -> tuple[frozenset[int], ...]:
    """For each way, the places of its hidden rows. The way given first keeps most."""
    found: list[frozenset[int]] = []
    kept: list[list[Row]] = []
    for rows in ways:
        hidden = _until_safe(rows, kept, small)
        found.append(hidden)
        kept.append(_cells(rows, hidden))
    return tuple(found)


def _until_safe(rows: Sequence[Row], kept: Sequence[Sequence[Row]], small: int) -> frozenset[int]:
    """Hide what is small, then one more row of whatever gives it away, until nothing does."""
    hidden = frozenset(at for at, row in enumerate(rows) if _is_small(row, small))
    while len(hidden) < len(rows):
        cells, rest = _cells(rows, hidden), _union([rows[at] for at in hidden])
        told = next((found for other in kept if (found := _told(other, cells, small)) is not None), None)
        if told is None and not _is_small(rest, small):
            break
        hidden |= {_next(rows, hidden, _near(rest, kept) if told is None else [told])}
    return hidden


def _near(rest: Row, kept: Sequence[Sequence[Row]]) -> list[People]:
    """What covers the rest in each way before, the narrowest first: a form is best hidden with another of its year."""
    covers = [_union([one for one in cells if one.people & rest.people]).people for cells in kept]
    return sorted(covers, key=lambda people: people.bit_count())


def _next(rows: Sequence[Row], hidden: frozenset[int], among: Sequence[People]) -> int:
    """The row of fewest people that lies in the first of these that holds any; of all, where none does."""
    shown = [at for at in range(len(rows)) if at not in hidden]
    inside = [[at for at in shown if rows[at].people & ~people == 0] for people in among]
    chosen = next((some for some in inside if some), shown)
    return min(chosen, key=lambda at: (rows[at].people.bit_count(), at))


def _told(other: Sequence[Row], cells: Sequence[Row], small: int) -> People | None:
    """The people of the cells of this way by which a small group can be worked out against another way; None if none."""
    if min(len(other), len(cells)) > CELLS:
        return _union(cells).people
    few, many = (other, cells) if len(other) <= len(cells) else (cells, other)
    for union in _unions(few):
        for part, rest in _against(union, many):
            if _is_small(rest, small):
                return part.people if many is cells else union.people
    return None


def _against(union: Row, many: Sequence[Row]) -> Iterator[tuple[Row, Row]]:
    """The cells inside the union, and those that cover it: each with what is left between."""
    inside = _union([one for one in many if one.people & ~union.people == 0])
    yield inside, _less(union, inside)
    cover = _union([one for one in many if one.people & union.people])
    yield cover, _less(cover, union)


def _unions(cells: Sequence[Row]) -> Iterator[Row]:
    for many in range(1, len(cells) + 1):
        for chosen in combinations(cells, many):
            yield _union(chosen)


def _cells(rows: Sequence[Row], hidden: frozenset[int]) -> list[Row]:
    """The rows that are shown, and the rest of them as one: everybody can work that out."""
    rest = _union([rows[at] for at in hidden])
    return [row for at, row in enumerate(rows) if at not in hidden] + ([rest] if rest.people else [])


def _union(rows: Sequence[Row]) -> Row:
    people = of = out_of = 0
    for row in rows:
        people, of, out_of = people | row.people, of + row.share.of, out_of + row.share.out_of
    return Row(people, Share(of, out_of))


def _less(outer: Row, inner: Row) -> Row:
    share = Share(outer.share.of - inner.share.of, outer.share.out_of - inner.share.out_of)
    return Row(outer.people & ~inner.people, share)


def _is_small(row: Row, small: int) -> bool:
    return any(hide_small_share(share, small=small) is None for share in _both(row))


def _both(row: Row) -> tuple[Share, Share]:
    """What is counted, and how many students it is counted of: a few students may have many lessons."""
    people = row.people.bit_count()
    return row.share, Share(people, people)
