"""Who is reached and who is not: each counted criterion by sex, SEN, pupil premium and other groups, and the gaps between.

Pure sums over what was judged of each student. Small groups are hidden, whoever asks.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from pathbook.framework.disclosure import People, Row, people_of
from pathbook.framework.hiding import hidden_rows
from pathbook.framework.interval import Interval, is_clear, wilson
from pathbook.framework.judge import Judged, rows_for
from pathbook.framework.measure import Measure
from pathbook.framework.measures import is_a_gap
from pathbook.framework.shares import Share, hide_small_share

MEETINGS = (
    "GB3.2",
    "GB3.2C",
)  # counted in meetings, of students who have left since too: the school's own, nobody's group's
NOT_KNOWN = "Not known"  # joined the roll while this was being counted


@dataclass(frozen=True, slots=True)
class Way:
    """One way of looking. `of`: student id -> group. `ranked`: the groups asked whether they are behind."""

    id: str
    label: str
    of: Mapping[str, str]
    order: tuple[str, ...]
    ranked: frozenset[str]


@dataclass(frozen=True, slots=True)
class Group:
    """One group on one criterion: its share and everyone else's; both None where that would point at somebody."""

    name: str
    share: Share | None
    others: Share | None

    @property
    def interval(self) -> Interval | None:
        return wilson(self.share) if self.share else None

    @property
    def more(self) -> int:
        """How many more of the group must be reached for its share to be no less than everyone else's."""
        if self.share is None or self.others is None or not self.others.out_of:
            return 0
        asked = -(-self.share.out_of * self.others.of // self.others.out_of)  # rounded up
        return max(0, asked - self.share.of)

    @property
    def points(self) -> int:
        """Percentage points behind everyone else; below nought, ahead."""
        if self.share is None or self.others is None:
            return 0
        return (self.others.percent or 0) - (self.share.percent or 0) if self.others.out_of else 0

    @property
    def is_clear(self) -> bool:
        return self.share is not None and self.others is not None and is_clear(self.share, self.others)


@dataclass(frozen=True, slots=True)
class Split:
    """One criterion looked at in one way; `whole` is None where even that is small."""

    measure: Measure
    way: Way
    whole: Share | None
    groups: tuple[Group, ...]

    @property
    def is_hidden(self) -> bool:
        """Is no group of it shown?"""
        return all(group.share is None for group in self.groups)


@dataclass(frozen=True, slots=True)
class Gap:
    """A group that is behind everyone else on one criterion."""

    measure: Measure
    way: Way
    group: Group


@dataclass(frozen=True, slots=True)
class Equity:
    """Every criterion in every way, and the gaps, those that most students stand behind first."""

    splits: tuple[Split, ...]
    gaps: tuple[Gap, ...]

    def by(self, way: str) -> tuple[Split, ...]:
        return tuple(split for split in self.splits if split.way.id == way)


@dataclass(frozen=True, slots=True)
class _Counted:
    """Who is in the denominator and who has met it, a bit each; `items`: place -> had and needed, where those are counted."""

    people: People
    met: People
    items: Mapping[int, tuple[int, int]]

    def row(self, people: People) -> Row:
        people &= self.people
        if not self.items:
            return Row(people, Share((people & self.met).bit_count(), people.bit_count()))
        each = [both for at, both in self.items.items() if people >> at & 1]
        return Row(people, Share(sum(of for of, _ in each), sum(out_of for _, out_of in each)))


def equity(judged: Sequence[Judged], ways: Sequence[Way], set_id: str, audience: str = "school") -> Equity:
    """Over each criterion's own denominator: the year groups in which it is due. The ways given first show most."""
    groups = [_people_by_group(judged, way) for way in ways]
    rows = [row for row in rows_for(set_id, audience) if row.id not in MEETINGS]
    splits = tuple(split for row in rows for split in _splits(row, judged, ways, groups))
    return Equity(splits, tuple(sorted(_gaps(splits), key=_most_first)))


def _people_by_group(judged: Sequence[Judged], way: Way) -> dict[str, People]:
    inside: dict[str, list[int]] = {}
    for at, one in enumerate(judged):
        inside.setdefault(way.of.get(one.student_id, NOT_KNOWN), []).append(at)
    ordered = sorted(inside, key=lambda name: (way.order.index(name) if name in way.order else len(way.order), name))
    return {name: people_of(inside[name]) for name in ordered}


def _splits(
    measure: Measure, judged: Sequence[Judged], ways: Sequence[Way], groups: Sequence[Mapping[str, People]]
) -> Iterable[Split]:
    counted = _counted(measure, judged)
    everyone = counted.row(counted.people)
    named = [{name: counted.row(people) for name, people in one.items()} for one in groups]
    named = [{name: row for name, row in one.items() if row.people} for one in named]
    hidden = hidden_rows([list(one.values()) for one in named])
    whole = hide_small_share(everyone.share)
    for way, rows, out in zip(ways, named, hidden, strict=True):
        shown = (_group(name, row, everyone, at in out) for at, (name, row) in enumerate(rows.items()))
        yield Split(measure, way, whole, tuple(shown))


def _counted(measure: Measure, judged: Sequence[Judged]) -> _Counted:
    """Those in its denominator: a student once; of subjects, as many as there are."""
    due = {at: one.verdicts[measure.id] for at, one in enumerate(judged) if _is_due(measure, one)}
    met = people_of(at for at, verdict in due.items() if verdict.met)
    items = {at: (int(said.had), int(said.needed)) for at, said in due.items()} if measure.per_item else {}
    return _Counted(people_of(due), met, items)


def _is_due(measure: Measure, one: Judged) -> bool:
    return measure.id in one.verdicts and one.year_group in measure.due_in


def _group(name: str, row: Row, everyone: Row, is_hidden: bool) -> Group:
    if is_hidden:
        return Group(name, None, None)
    share, whole = row.share, everyone.share
    return Group(name, share, Share(whole.of - share.of, whole.out_of - share.out_of))


def _gaps(splits: Iterable[Split]) -> Iterable[Gap]:
    """Of criteria that are a student's own, counted in students."""
    for split in splits:
        if is_a_gap(split.measure.id) and not split.measure.per_item:
            yield from (
                Gap(split.measure, split.way, group)
                for group in split.groups
                if group.name in split.way.ranked and group.more
            )


def _most_first(gap: Gap) -> tuple[int, int, str, str, str]:
    return -gap.group.more, -gap.group.points, gap.measure.id, gap.way.id, gap.group.name
