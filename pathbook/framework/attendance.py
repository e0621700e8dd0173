"""How often those invited come: this school's own history by kind of activity and year group, leaning on the whole.

A cell of few students says little, so each leans on its kind and each kind on the school, by as much as `LEAN`
students weigh. Activities of one kind differ too, and `spread` says how much: a wet Friday, a coach that broke down.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import NamedTuple

LEAN = 30  # students' worth of weight a cell gives to its kind, and a kind to the school
ASSUMED = 0.9  # of a school with no history at all; said wherever it is used
MOST_SPREAD = 0.2
FEW = 5  # an activity of fewer says nothing of how activities differ
MEETING = frozenset({"guidance_meeting"})
Kinds = frozenset[str]


class Outcome(NamedTuple):
    """One past activity and one year group: of those `invited`, so many `came`.

    `checklist`: whether it has one to be meaningful; `meaningful`: whether that was complete.
    """

    activity_id: str
    kinds: Kinds
    year_group: int
    invited: int
    came: int
    checklist: bool = False
    meaningful: bool = False


class Rate(NamedTuple):
    """`mean`: the share who come. `weight`: how many students' worth of knowledge it is. `of`: the cell's own students."""

    mean: float
    weight: float
    of: int


@dataclass(frozen=True, slots=True)
class Attendance:
    """Invited and came, by kinds and year group, by kinds, and altogether; `complete`: checklists, by kinds."""

    cells: Mapping[tuple[Kinds, int], tuple[int, int]] = field(default_factory=dict)
    kinds: Mapping[Kinds, tuple[int, int]] = field(default_factory=dict)
    whole: tuple[int, int] = (0, 0)
    complete: tuple[int, int] = (0, 0)
    spread: float = 0.0

    @property
    def has_history(self) -> bool:
        return self.whole[0] > 0

    def rate(self, kinds: Kinds, year_group: int) -> Rate:
        """Of those of this year group invited to something of these kinds, who comes."""
        invited, came = self.cells.get((kinds, year_group), (0, 0))
        of_kind = _lean(self.kinds.get(kinds, (0, 0)), _lean(self.whole, ASSUMED))
        return Rate(_lean((invited, came), of_kind), invited + LEAN, invited)

    @property
    def meaningful(self) -> Rate:
        """Of activities that have a checklist, how many had all of it in the end."""
        asked, complete = self.complete
        return Rate((complete + ASSUMED * FEW) / (asked + FEW), asked + FEW, asked)


def attendance_of(outcomes: Iterable[Outcome]) -> Attendance:
    """The history of a school, added up."""
    rows = [row for row in outcomes if row.invited]
    cells: dict[tuple[Kinds, int], list[int]] = defaultdict(lambda: [0, 0])
    of_kinds: dict[Kinds, list[int]] = defaultdict(lambda: [0, 0])
    for row in rows:
        for cell in (cells[row.kinds, row.year_group], of_kinds[row.kinds]):
            cell[0] += row.invited
            cell[1] += row.came
    whole = (sum(row.invited for row in rows), sum(row.came for row in rows))
    listed = {row.activity_id: row.meaningful for row in rows if row.checklist}
    plain = Attendance(
        {key: (n, came) for key, (n, came) in cells.items()}, {key: (n, came) for key, (n, came) in of_kinds.items()},
        whole, (len(listed), sum(listed.values())),
    )  # fmt: skip
    return Attendance(plain.cells, plain.kinds, plain.whole, plain.complete, _spread(rows, plain))


def _lean(counted: tuple[int, int], on: float) -> float:
    n, came = counted
    return (came + LEAN * on) / (n + LEAN)


def _spread(rows: Iterable[Outcome], plain: Attendance) -> float:
    """How much activities differ beyond chance, 0 to 1: the correlation of a beta-binomial, by its moments."""
    beyond = chance = 0.0
    for row in rows:
        if row.invited >= FEW:
            mean = plain.rate(row.kinds, row.year_group).mean
            beyond += (row.came / row.invited - mean) ** 2 - mean * (1 - mean) / row.invited
            chance += mean * (1 - mean) * (1 - 1 / row.invited)
    return min(MOST_SPREAD, max(0.0, beyond / chance)) if chance else 0.0
