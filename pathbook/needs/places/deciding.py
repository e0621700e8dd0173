"""What a person decides of a proposal: this student has this place, that one is kept out, or neither any more."""

from datetime import datetime
from typing import Literal

from django.db import transaction

from pathbook.audit import record
from pathbook.audit.models import Verb
from pathbook.needs.models import Proposal
from pathbook.needs.places.problem import Edits, Pair
from pathbook.people.models import Student
from pathbook.people.visibility import Viewer

Act = Literal["keep", "out", "let_go"]


def edits_of(proposal: Proposal) -> Edits:
    return Edits(tuple((who, what) for who, what in proposal.pins), tuple((who, what) for who, what in proposal.outs))


@transaction.atomic
def decide(*, proposal: Proposal, student: Student, offer: str, act: Act, by: Viewer, at: datetime) -> bool:
    """It stands when the proposal is next worked out; False where there is nothing (any more) to decide.

    A student has one guidance meeting: a place kept in another slot gives way to it.
    """
    now = Proposal.objects.select_for_update().get(pk=proposal.pk)
    if not now.is_open or offer not in (*now.slots, *now.activities):
        return False
    pair: Pair = (student.key, offer)
    edits = edits_of(now)
    pins, outs = [one for one in edits.pins if one != pair], [one for one in edits.outs if one != pair]
    if act == "keep":
        pins = [one for one in pins if not (one[0] == student.key and {one[1], offer} <= set(now.slots))] + [pair]
    if act == "out":
        outs.append(pair)
    if (tuple(pins), tuple(outs)) == (edits.pins, edits.outs):
        return False
    now.pins, now.outs, now.stale = pins, outs, True
    now.save(update_fields=["pins", "outs", "stale"])
    detail = {"after": {"decided": act, "offer": offer}}
    record.changes(by=by, at=at, of=[record.Change(Verb.CHANGED, "proposal", now.pk, student.pk, detail)])
    return True
