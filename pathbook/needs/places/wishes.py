"""Which needs a place could meet: each becomes a wish, with the offers that would meet it and how much of it they meet."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import NamedTuple

from pathbook.allocation.problem import Menu, Wish
from pathbook.framework.needs.need import StudentNeeds
from pathbook.framework.needs.programme import MEETING, Wanted
from pathbook.needs.places.offers import OnOffer

SOON = timedelta(days=28)  # what is overdue, or nearly, counts as met in time for these four weeks
LATE = 0.5  # the part of a need met after its day
IN_PART = 0.9  # a place that leaves another need open which one place could meet as well


class _Open(NamedTuple):
    """A need a place would meet, nothing being booked for it. `fits`: the offers that would."""

    fits: frozenset[str]
    is_meeting: bool
    code: str
    value: float
    due: date
    reason: str


@dataclass(slots=True)
class Menus:
    """Offers by what they meet, worked out once for each year group: hundreds of students need the same.

    An activity to which other year groups are invited is not on offer to this one. `meetings`: asked about, though no
    slot may be free.
    """

    offers: Sequence[OnOffer]
    on: date
    meetings: bool
    fits: dict[tuple[Wanted, int], frozenset[str]] = field(default_factory=dict)
    made: dict[tuple[frozenset[str], date, tuple[frozenset[str], ...]], Menu] = field(default_factory=dict)

    def wishes(self, one: StudentNeeds) -> Iterator[Wish]:
        """The most urgent need first; needs that one place could meet at once are one wish, so that nobody gets two."""
        open_ = [need for need in self._open(one) if need.fits or (self.meetings and need.is_meeting)]
        while open_:
            first, *others = open_
            also = [need for need in others if (need.is_meeting and first.is_meeting) or need.fits & first.fits]
            open_ = [need for need in others if need not in also]
            yield Wish(one.student_id, first.code, first.value, self._menu(first, also).id, first.reason)

    def _open(self, one: StudentNeeds) -> Iterator["_Open"]:
        for need in one.needs:
            if need.wants and not need.booked and need.severity > 0:
                yield _Open(self._fitting(need.wants, one.year_group), MEETING in need.wants.kinds, need.code,
                            need.severity, need.due, need.reason)  # fmt: skip

    def _fitting(self, wanted: Wanted, year_group: int) -> frozenset[str]:
        key = (wanted, year_group)
        if key not in self.fits:
            self.fits[key] = frozenset(
                one.offer.id for one in self.offers if wanted.fits(one.coming) and one.coming.invites(year_group)
            )
        return self.fits[key]

    def _menu(self, need: "_Open", also: Iterable["_Open"]) -> Menu:
        by = max(need.due, self.on + SOON)
        others = tuple(sorted({other.fits for other in also} - {need.fits}, key=sorted))
        key = (need.fits, by, others)
        if key not in self.made:
            worth = {one.offer.id: _part(one, by, others) for one in self.offers if one.offer.id in need.fits}
            self.made[key] = Menu(f"{len(self.made):04}", worth)
        return self.made[key]


def _part(one: OnOffer, by: date, others: Iterable[frozenset[str]]) -> float:
    all_of_them = all(one.offer.id in fits for fits in others)
    return (1.0 if one.coming.on <= by else LATE) * (1.0 if all_of_them else IN_PART)
