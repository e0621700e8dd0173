"""What students want or lack, set against what is planned: who names a sector or pathway, who lacks something, what fits."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import NamedTuple

from pathbook.framework.measure import Measure
from pathbook.framework.needs.choices import ENCOUNTERS, MEETS
from pathbook.framework.needs.programme import MEETING, Coming, Wanted

SECTOR, PATHWAY, PROVIDER, GAP = "sector", "pathway", "provider", "gap"
THEMES = (SECTOR, PATHWAY, PROVIDER, GAP)
TYPE_ROW, LAW = "GB7.1.", "PAL."
NOT_PLANNED_AS_ONE = frozenset({"GB4.1", "GB7.1"})  # each subject, and each kind of provider, is planned for itself


class Asking(NamedTuple):
    """One student: what they named last, and the rows they lack with nothing planned for them."""

    key: str
    year_group: int
    tutor_group: str
    sector: str = ""
    pathway: str = ""
    gaps: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class Planned:
    """An activity from today on. `invited`: keys of the students who are down for it."""

    coming: Coming
    pathway: str = ""
    invited: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class Demand:
    """Students who want or lack the same, and what is planned that fits it."""

    theme: str
    code: str
    students: tuple[Asking, ...]
    planned: tuple[Planned, ...] = field(default=())

    @property
    def year_groups(self) -> tuple[int, ...]:
        return tuple(sorted({one.year_group for one in self.students}))

    @property
    def uninvited(self) -> tuple[Asking, ...]:
        """Those down for nothing that fits."""
        down = {key for one in self.planned for key in one.invited}
        return tuple(one for one in self.students if one.key not in down)

    @property
    def without_place(self) -> int:
        """How many would still have none if every place left went to them."""
        groups = {one.year_group for one in self.uninvited}
        left = [one.coming.left for one in self.planned if any(one.coming.is_open_to(group) for group in groups)]
        if None in left:
            return sum(not self._open_to(one.year_group) for one in self.uninvited)
        return max(0, len(self.uninvited) - sum(places or 0 for places in left))

    def _open_to(self, year_group: int) -> bool:
        return any(one.coming.is_open_to(year_group) for one in self.planned)

    @property
    def order(self) -> tuple[int, int, int, str]:
        """Worst first: most without a place, then most students."""
        return (-self.without_place, -len(self.students), THEMES.index(self.theme), self.code)


def demands(students: Iterable[Asking], planned: Sequence[Planned], rows: Mapping[str, Measure]) -> tuple[Demand, ...]:
    """Everything somebody asks for, worst first. `rows`: the set's, by id."""
    asked: dict[tuple[str, str], list[Asking]] = {}
    for one in students:
        for wish in _wishes(one, rows):
            asked.setdefault(wish, []).append(one)
    found = [
        Demand(theme, code, tuple(those), tuple(one for one in planned if fits(one, theme, code, rows)))
        for (theme, code), those in asked.items()
    ]
    return tuple(sorted(found, key=lambda one: one.order))


def _wishes(one: Asking, rows: Mapping[str, Measure]) -> Iterable[tuple[str, str]]:
    if one.sector:
        yield SECTOR, one.sector
    if one.pathway and one.pathway != "undecided":
        yield PATHWAY, one.pathway
    for row in one.gaps:
        if row.startswith(TYPE_ROW):
            yield PROVIDER, row.removeprefix(TYPE_ROW)
        elif can_be_planned(row, rows):
            yield GAP, row


def can_be_planned(row: str, rows: Mapping[str, Measure]) -> bool:
    """Is there one kind of activity that would fill it? Meetings are booked, records are asked for."""
    return row in rows and row not in NOT_PLANNED_AS_ONE and rows[row].kind not in ("", MEETING)


def fits(one: Planned, theme: str, code: str, rows: Mapping[str, Measure]) -> bool:
    if theme == PATHWAY and one.pathway == code:
        return True
    wanted = wanted_for(theme, code, rows)
    return wanted is not None and wanted.fits(one.coming)


def wanted_for(theme: str, code: str, rows: Mapping[str, Measure]) -> Wanted | None:
    """What an activity would have to be; None where only its pathway tells."""
    if theme == SECTOR:
        return Wanted(ENCOUNTERS, sector=code)
    provider = MEETS.get(code, "") if theme == PATHWAY else code
    if theme in (PATHWAY, PROVIDER):
        return Wanted(frozenset({"provider_encounter"}), provider_type=provider) if provider else None
    return Wanted(frozenset({rows[code].kind}), technical=code.startswith(LAW))


def kind_for(theme: str, code: str, rows: Mapping[str, Measure]) -> str:
    """The kind of activity that serves best, for a person to change."""
    if theme == GAP:
        return rows[code].kind
    if code == "university":
        return "he_visit"
    return "provider_encounter" if theme == PROVIDER or code in MEETS else "employer_encounter"
