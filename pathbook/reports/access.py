"""Provider access on one page a visitor may be shown: each phase, its encounters and dates, and days in workplaces. No names."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from pathbook.audit.last import last_write
from pathbook.framework.access import Encounter, encounters
from pathbook.framework.evaluate import Part
from pathbook.framework.judge import Judged
from pathbook.framework.kinds import MUST_COVER
from pathbook.framework.sets import set_in_force
from pathbook.framework.shares import Share, hide_small, hide_small_share
from pathbook.people.models import Institution
from pathbook.records.models import Activity
from pathbook.reports.evaluation import evaluation_of
from pathbook.reports.facts_then import facts_then
from pathbook.reports.placement_days import PhaseDays, placement_days

Titles = Mapping[str, tuple[str, frozenset[str]]]
DUE = {"PAL.1": 9, "PAL.2": 11, "PAL.3": 13}
DAYS = (("GB6.G1", "Years 7 to 9, of Year 9", 9), ("GB6.G2", "Years 10 and 11, of Year 11", 11))
HOW_MANY = ("None", "One, or the same provider each time", "Two or more")
HOW_MANY_OFFERED = ("None", "One", "Two or more")
HOW_LONG = ("No day", "Less than 3 days", "3 or 4 days", "5 days or more")


@dataclass(frozen=True, slots=True)
class Met:
    """One encounter as a line; `came`: attended of offered, None where that would point at somebody."""

    title: str
    provider: str
    first_on: date
    last_on: date
    came: Share | None
    in_time: bool
    key: str
    left_out: tuple[str, ...]  # of what the law says must be covered, what nobody ticked

    @property
    def covered(self) -> int:
        return len(MUST_COVER) - len(self.left_out)

    @property
    def covered_said(self) -> str:
        return f"{self.covered} of {len(MUST_COVER)}"


@dataclass(frozen=True, slots=True)
class Counts:
    """How many students of a year group have how much; None where hidden."""

    id: str
    label: str
    rows: tuple[tuple[str, int | None], ...]


@dataclass(frozen=True, slots=True)
class Phase:
    """One phase. `share` is None where it is small; `providers`: different ones inside the dates."""

    number: int
    label: str
    due: int
    status: str
    share: Share | None
    providers: int
    met: tuple[Met, ...]
    counts: Counts


@dataclass(frozen=True, slots=True)
class AccessPage:
    """`fulfilled`: phases in which everyone due has had what the law asks."""

    phases: tuple[Phase, ...]
    fulfilled: int
    days: tuple[Counts, ...]
    placements: tuple[PhaseDays, ...]


def access_page(school: Institution, *, as_of: date) -> AccessPage:
    """The evaluation with the facts it rests on, and two queries; the same for whoever looks."""
    last = last_write()
    evaluation = evaluation_of(school, set_id=set_in_force(as_of), as_of=as_of, written=last)
    due = [one for one in facts_then(school.pk, as_of, last).students if one.year_group in DUE.values()]
    found = encounters(due, as_of)
    rows = Activity.objects.filter(key__in={one.activity_id for one in found}).values_list("key", "title", "checklist")
    titles = {key: (title, frozenset(ticked)) for key, title, ticked in rows}
    phases = tuple(_phase(part, evaluation.judged, found, titles) for part in evaluation.provider_access)
    days = tuple(_days(id, label, due, evaluation.judged) for id, label, due in DAYS)
    return AccessPage(phases, sum(phase.status == "met" for phase in phases), days, placement_days(school, as_of=as_of))


def _phase(part: Part, judged: Sequence[Judged], found: Iterable[Encounter], titles: Titles) -> Phase:
    number, due = int(part.id[-1]), DUE[part.id]
    ours = [one for one in found if one.phase == number]
    had = [one.verdicts[part.id].had for one in judged if one.year_group == due]
    words = HOW_MANY_OFFERED if number == 3 else HOW_MANY
    counts = _counts(part.id, part.label, words, [min(2, int(much)) for much in had])
    providers = {one.provider for one in ours if one.in_time and one.provider and (number == 3 or one.attended)}
    met = tuple(_met(one, titles) for one in ours)
    return Phase(number, part.label, due, part.status, hide_small_share(part.share), len(providers), met, counts)


def _met(one: Encounter, titles: Titles) -> Met:
    came = hide_small_share(Share(len(one.attended), len(one.offered)))
    title, ticked = titles.get(one.activity_id, ("", frozenset()))
    left_out = tuple(item.text for item in MUST_COVER if item.id not in ticked)
    return Met(title, one.provider, one.first_on, one.last_on, came, one.in_time, one.activity_id, left_out)


def _days(id: str, label: str, due: int, judged: Iterable[Judged]) -> Counts:
    had = [one.verdicts[id].had for one in judged if one.year_group == due and id in one.verdicts]
    return _counts(id, label, HOW_LONG, [0 if not days else 1 if days < 3 else 2 if days < 5 else 3 for days in had])


def _counts(id: str, label: str, words: Sequence[str], places: Sequence[int]) -> Counts:
    """A small number is hidden, and the next smallest with it: the total is published."""
    shown = hide_small([places.count(at) for at in range(len(words))])
    return Counts(id, label, tuple(zip(words, shown, strict=True)))
