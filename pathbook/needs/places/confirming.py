"""Confirming a proposal: meetings booked and students put down in one act, and undone in one."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from django.db import transaction

from pathbook.allocation.problem import Offer
from pathbook.audit import record
from pathbook.audit.models import Verb
from pathbook.needs.models import Proposal, ProposedAnswer, ProposedPlace
from pathbook.needs.places.consents import consents_of
from pathbook.needs.places.engaged import engaged
from pathbook.needs.places.offers import days_of, slot_offer
from pathbook.needs.places.proposing import MOVED, ProposalMovedOnError
from pathbook.people.models import Student
from pathbook.people.visibility import Viewer
from pathbook.records.actions import attendance, booking, enrolling, rebooking
from pathbook.records.models import Activity, GuidanceMeeting, GuidanceSlot

GONE = "It is no longer on offer."


@dataclass(frozen=True, slots=True)
class Confirmed:
    """What one act of confirming did. Each place refused keeps its reason in the proposal."""

    booked: int
    enrolled: int
    refused: int


@transaction.atomic
def confirm(*, proposal: Proposal, better: bool, run: int, by: Viewer, at: datetime, on: date) -> Confirmed:
    """All that can still be had; what was taken meanwhile is refused by name and the rest stands."""
    answer = _accept(proposal, better, run, by, at)
    places = list(answer.places.exclude(offer="").select_related("student").order_by("-pinned", "-value", "pk"))
    refused = dict(_clashes(proposal, places, on))
    free = [one for one in places if one.pk not in refused]
    booked, enrolled = _book(proposal, free, refused, by, at, on), _enrol(proposal, free, refused, by, at, on)
    for place in places:
        place.refused = refused.get(place.pk, "")[:300]
    ProposedPlace.objects.bulk_update([one for one in places if one.refused], ["refused"])
    detail = {"booked": booked, "enrolled": enrolled, "refused": len(refused)}
    record.changes(by=by, at=at, of=[record.Change(Verb.CHANGED, "proposal", proposal.pk, detail={"after": detail})])
    return Confirmed(booked, enrolled, len(refused))


@transaction.atomic
def undo(*, proposal: Proposal, by: Viewer, at: datetime, on: date) -> None:
    """Take out every meeting and every place of the act; refused whole where something came after one of them."""
    said_at = proposal.undoable_at
    done = Proposal.objects.filter(pk=proposal.pk, confirmed_at__isnull=False, undone_at__isnull=True)
    if said_at is None or not done.update(undone_by=by.name, undone_at=at):
        raise ProposalMovedOnError("There is nothing to undo: it has been undone already.")
    given = ProposedPlace.objects.filter(answer__proposal=proposal, answer__accepted=True, refused="").exclude(offer="")
    offers = set(given.values_list("offer", flat=True))
    if offers & set(proposal.slots):
        booked = GuidanceMeeting.objects.filter(slot__key__in=offers, student__in=given.values("student"))
        rebooking.undo(said_at=said_at, by=by, at=at, on=on, meetings=list(booked.values_list("pk", flat=True)))
    for activity in Activity.objects.filter(key__in=offers & set(proposal.activities)).order_by("pk"):
        attendance.undo(activity=activity, said_at=said_at, by=by, at=at, visible_on=on)
    record.changes(by=by, at=at, of=[record.Change(Verb.UNDONE, "proposal", proposal.pk)])


def _accept(proposal: Proposal, better: bool, run: int, by: Viewer, at: datetime) -> ProposedAnswer:
    open_ = Proposal.objects.filter(pk=proposal.pk, run=run, confirmed_at__isnull=True)
    if open_.filter(stale=True).exists():
        raise ProposalMovedOnError("Something was decided since this was worked out. Work it out again, then confirm.")
    if not open_.update(confirmed_by=by.name, confirmed_at=at, improving_since=None):
        raise ProposalMovedOnError(MOVED)
    answer = proposal.answers.filter(better=better).first()
    if answer is None:
        raise ProposalMovedOnError("The better answer is not there yet: wait for it, or confirm the one at once.")
    answer.accepted = True
    answer.save(update_fields=["accepted"])
    return answer


def _clashes(proposal: Proposal, places: Sequence[ProposedPlace], on: date) -> Iterator[tuple[int, str]]:
    """By the rule the proposal was made by, asked again of the rows as they stand now."""
    activities = list(Activity.objects.not_withdrawn().filter(key__in={one.offer for one in places}))
    taken, offers, homes = engaged(proposal.institution, on=on), _offers(places, activities), consents_of(activities)
    for place in places:
        offer = offers.get(place.offer)
        why = taken.cannot(place.student_id, [offer]).get(place.offer) if offer else ""
        if why:
            yield place.pk, f"{place.student.name} {why}."
        elif offer is None:
            yield place.pk, GONE
        elif stopped := homes.stops(place.student, place.offer):
            yield place.pk, stopped


def _offers(places: Sequence[ProposedPlace], activities: Iterable[Activity]) -> Mapping[str, Offer]:
    slots = GuidanceSlot.objects.filter(key__in={one.offer for one in places}).select_related("adviser")
    return {one.key: slot_offer(one) for one in slots} | {
        one.key: Offer(one.key, "activity", *days_of(one.starts_on, one.ends_on), title=one.title) for one in activities
    }


def _book(
    proposal: Proposal, places: Sequence[ProposedPlace], refused: dict[int, str], by: Viewer, at: datetime, on: date
) -> int:
    slots = GuidanceSlot.objects.filter(key__in=[one.offer for one in places]).select_related("adviser", "institution")
    by_key = {one.key: one for one in slots}
    mine: dict[int, ProposedPlace] = {}
    for one in places:
        if one.offer in by_key and mine.setdefault(one.student_id, one) is not one:
            refused[one.pk] = f"{one.student.name} has another meeting in this list."
    pairs = [(one.student, by_key[one.offer]) for one in mine.values()]
    done = booking.book_each(school=proposal.institution, pairs=pairs, by=by, at=at, on=on)
    refused |= {mine[left.student.pk].pk: left.why for left in done.left}
    return len(done.meetings)


def _enrol(
    proposal: Proposal, places: Sequence[ProposedPlace], refused: dict[int, str], by: Viewer, at: datetime, on: date
) -> int:
    down = 0
    for activity in Activity.objects.filter(key__in=[one.offer for one in places]).order_by("pk"):
        mine: dict[int, ProposedPlace] = {one.student_id: one for one in places if one.offer == activity.key}
        students: list[Student] = [one.student for one in mine.values()]
        done = enrolling.enrol(activity=activity, students=students, by=by, at=at, on=on)
        refused |= {mine[left.student.pk].pk: left.why for left in done.left}
        down += len(done.students)
    return down
