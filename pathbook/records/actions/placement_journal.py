"""What the student writes of their days: a short entry each, and what they made of it all."""

from datetime import date, datetime

from django.db import transaction

from pathbook.audit import record
from pathbook.audit.models import Verb
from pathbook.people.visibility import Viewer
from pathbook.records.actions import voice
from pathbook.records.actions.placement_counting import count_again
from pathbook.records.actions.placing import PlacementRefusedError
from pathbook.records.models import Placement, PlacementDay


@transaction.atomic
def write_day(*, placement: Placement, day: date, words: str, by: Viewer, at: datetime, on: date) -> None:
    """One entry a day, of a day of the placement that has come; written again, the newer stands."""
    if not placement.starts_on <= day <= min(placement.ends_on, on) or placement.called_off_at:
        raise PlacementRefusedError("Choose one of the days of your placement that has come.")
    said = {"words": words, "recorded_by": by.name, "recorded_at": at}
    PlacementDay.objects.update_or_create(placement=placement, on=day, defaults=said)
    _note("placement day", placement, by, at)
    count_again(placement, by=by, at=at)


@transaction.atomic
def reflect(*, placement: Placement, words: str, by: Viewer, at: datetime) -> None:
    """Once it is counted, what they made of it stands with the activity too."""
    now = Placement.objects.select_for_update(of=("self",)).select_related("part").get(pk=placement.pk)
    if now.part is not None:
        voice.reflect(participation=now.part, words=words, by=by, at=at)
        return
    Placement.objects.filter(pk=now.pk).update(reflection=words)
    _note("reflection on a placement", now, by, at)


def _note(noun: str, placement: Placement, by: Viewer, at: datetime) -> None:
    """Never the words."""
    record.changes(by=by, at=at, of=[record.Change(Verb.CHANGED, noun, placement.pk, placement.student_id)])
