"""What is on offer: free guidance slots and activities with a limit, as the rules know them and as the allocation does."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from functools import cache

from django.utils import timezone

from pathbook.allocation.problem import Offer
from pathbook.framework.needs.programme import MEETING, Coming, Programme
from pathbook.framework.years import AcademicYear
from pathbook.needs.models import Proposal
from pathbook.people.models import Institution
from pathbook.people.visibility import Viewer
from pathbook.records.models import Activity, GuidanceSlot
from pathbook.records.queries.places import places_left, with_places
from pathbook.records.queries.slots import advisers_bookable_by, day_of, free_slots, midnight

ONE_DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Scarce:
    """The slots and activities places are asked for. `guidance`: meetings are asked for, though no slot may be free."""

    guidance: bool = False
    slots: Sequence[GuidanceSlot] = ()
    activities: Sequence[Activity] = ()


@dataclass(frozen=True, slots=True)
class OnOffer:
    """One of them: what the rules know of it, and what the allocation does."""

    coming: Coming
    offer: Offer


def open_slots(viewer: Viewer, school: Institution, *, at: datetime, on: date) -> list[GuidanceSlot]:
    """Free slots from this moment to the end of the school year, of every adviser this viewer may book; two queries."""
    advisers = advisers_bookable_by(viewer, school, on=on)
    ends = midnight(AcademicYear.of(on).last_day + ONE_DAY)
    rows = free_slots(school, after=at, advisers=advisers).filter(starts_at__lt=ends)
    return list(rows.select_related("adviser"))


def open_activities(school: Institution, *, on: date) -> list[Activity]:
    return list(with_places(school, on=on))


def offers_of(scarce: Scarce, programme: Programme) -> tuple[OnOffer, ...]:
    """In order of day; one query."""
    left = places_left(scarce.activities)
    known = {one.id: one for one in programme.coming}
    activities = (_activity(one, known[one.key], left[one.pk]) for one in scarce.activities if one.key in known)
    found = [*(_slot(one) for one in scarce.slots), *activities]
    return tuple(sorted(found, key=lambda one: (one.offer.start, one.offer.id)))


def _slot(slot: GuidanceSlot) -> OnOffer:
    coming = Coming(slot.key, slot_title(slot), day_of(slot), frozenset({MEETING}), level=slot.adviser.level or 0)
    return OnOffer(coming, slot_offer(slot))


def slot_offer(slot: GuidanceSlot) -> Offer:
    return Offer(slot.key, "slot", _local(slot.starts_at), _local(slot.ends_at), title=slot_title(slot))


def _activity(one: Activity, coming: Coming, left: int) -> OnOffer:
    """An activity has days and no times, so it takes its days whole: docs/decisions/0013."""
    start, end = days_of(one.starts_on, one.ends_on)
    return OnOffer(coming, Offer(one.key, "activity", start, end, left, one.title))


@cache
def days_of(first: date, last: date) -> tuple[datetime, datetime]:
    return timezone.localtime(midnight(first)), timezone.localtime(midnight(last + ONE_DAY))


def slot_title(slot: GuidanceSlot) -> str:
    start = _local(slot.starts_at)
    return f"{slot.adviser.name}, {start:%a} {start.day} {start:%b} at {start:%H:%M}"


def _local(moment: datetime) -> datetime:
    return timezone.localtime(moment)


def asked_again(proposal: Proposal, viewer: Viewer, *, at: datetime, on: date) -> Scarce:
    """What the proposal asked for, as far as it is still free."""
    slots, activities = set(proposal.slots), set(proposal.activities)
    free = open_slots(viewer, proposal.institution, at=at, on=on) if proposal.guidance else []
    coming = open_activities(proposal.institution, on=on) if activities else []
    return Scarce(
        proposal.guidance, [one for one in free if one.key in slots], [one for one in coming if one.key in activities]
    )
