"""Proposing who gets which place: worked out at once, again with what a person decided, and better in the background."""

from collections.abc import Sequence
from dataclasses import asdict, dataclass
from datetime import date, datetime
from typing import Any

from django.db import transaction

from pathbook.allocation.answer import Allocation
from pathbook.allocation.improve import fair_start
from pathbook.audit import record
from pathbook.audit.models import Verb
from pathbook.needs.models import Proposal, ProposedAnswer, ProposedPlace
from pathbook.needs.places.deciding import edits_of
from pathbook.needs.places.offers import Scarce, asked_again
from pathbook.needs.places.problem import Edits, problem_of
from pathbook.needs.places.settings import limit_of
from pathbook.people.keys import new_key
from pathbook.people.models import Institution, Student
from pathbook.people.visibility import Viewer

MOVED = "Somebody confirmed this or worked it out again since you opened it. This is how it stands now."


class ProposalMovedOnError(Exception):
    """It was confirmed, or worked out again, after the page was opened; the sentence says which."""


@dataclass(frozen=True, slots=True)
class Proposed:
    """A proposal with the answer found at once, from which a better one may be looked for."""

    proposal: Proposal
    answer: Allocation


def propose(*, school: Institution, scarce: Scarce, by: Viewer, at: datetime, on: date, key: str = "") -> Proposed:
    """`key`, where given, is the form's own token: sent again, it meets the unique key."""
    answer = _worked_out(school, scarce, Edits(), on)
    with transaction.atomic():
        proposal = Proposal.objects.create(
            institution=school, key=key or new_key(), guidance=scarce.guidance,
            slots=[one.key for one in scarce.slots], activities=[one.key for one in scarce.activities],
            improving_since=at, recorded_by=by.name, recorded_at=at,
        )  # fmt: skip
        keep(proposal, answer, better=False, by=by.name, at=at)
        record.changes(by=by, at=at, of=[_event(Verb.CREATED, proposal, {"places": len(answer.places)})])
    return Proposed(proposal, answer)


def again(*, proposal: Proposal, run: int, by: Viewer, at: datetime, on: date) -> Proposed:
    """With what was decided standing. Raises PinsConflict where it cannot all stand, and changes nothing then.

    `run` is the one the person saw: what somebody else worked out since is not replaced unseen.
    """
    edits = edits_of(proposal)
    answer = _worked_out(proposal.institution, asked_again(proposal, by, at=at, on=on), edits, on)
    with transaction.atomic():
        changed = Proposal.objects.filter(pk=proposal.pk, run=run, confirmed_at__isnull=True).update(
            run=run + 1, stale=False, improving_since=at, more={}
        )
        if not changed:
            raise ProposalMovedOnError(MOVED)
        proposal.refresh_from_db()
        proposal.stale = edits_of(proposal) != edits  # decided while it was being worked out
        proposal.save(update_fields=["stale"])
        proposal.answers.all().delete()
        keep(proposal, answer, better=False, by=by.name, at=at)
        detail = {"pins": len(edits.pins), "kept_out": len(edits.outs), "places": len(answer.places)}
        record.changes(by=by, at=at, of=[_event(Verb.CHANGED, proposal, detail)])
    return Proposed(proposal, answer)


@transaction.atomic
def found_better(*, proposal: Proposal, answer: Allocation, more: dict[str, Any], at: datetime) -> bool:
    """Keep it, unless the proposal was confirmed or worked out again meanwhile."""
    still = Proposal.objects.filter(pk=proposal.pk, run=proposal.run, confirmed_at__isnull=True)
    if not still.update(improving_since=None, more=more):
        return False
    keep(proposal, answer, better=True, by=proposal.recorded_by, at=at)
    return True


def given_up(proposal: Proposal) -> None:
    """The search for a better answer ended without one; the answer at once stands."""
    Proposal.objects.filter(pk=proposal.pk, run=proposal.run).update(improving_since=None)


def keep(proposal: Proposal, answer: Allocation, *, better: bool, by: str, at: datetime) -> None:
    """An answer as rows."""
    kept = ProposedAnswer.objects.create(
        proposal=proposal, better=better, objective=answer.objective, bound=answer.bound, finished=answer.finished,
        offers=[[one.id, one.kind, one.name, one.start.isoformat(), one.capacity] for one in answer.problem.offers],
        groups=[asdict(one) for one in answer.groups], recorded_by=by, recorded_at=at,
    )  # fmt: skip
    ProposedPlace.objects.bulk_create(_rows(kept, answer))


def _rows(kept: ProposedAnswer, answer: Allocation) -> Sequence[ProposedPlace]:
    keys = {one.student for one in answer.places} | {one.student for one in answer.waiting}
    pks = dict(Student.objects.filter(key__in=keys).values_list("key", "pk"))
    given = [
        ProposedPlace(answer=kept, student_id=pks[one.student], offer=one.offer, value=one.value, need=one.need,
                      why=one.why, pinned=one.pinned)
        for one in answer.places if one.student in pks
    ]  # fmt: skip
    waiting = [
        ProposedPlace(answer=kept, student_id=pks[one.student], value=one.value, need=one.need, why=one.why,
                      needs=one.needs, placed=one.placed)
        for one in answer.waiting if one.student in pks
    ]  # fmt: skip
    return given + waiting


def _worked_out(school: Institution, scarce: Scarce, edits: Edits, on: date) -> Allocation:
    return fair_start(problem_of(school, scarce, on=on, limit=limit_of(school), edits=edits))


def _event(verb: Verb, proposal: Proposal, detail: dict[str, Any]) -> record.Change:
    return record.Change(verb, "proposal", proposal.pk, detail={"after": detail})
