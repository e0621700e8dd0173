"""Planning a round of looking at books or lessons, drawing its sample, and writing down what was seen."""

import secrets
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from django.db import transaction

from pathbook.audit import record
from pathbook.audit.models import Verb
from pathbook.framework.sampling import draw
from pathbook.people.models import Institution
from pathbook.people.visibility import Viewer
from pathbook.uptake.models import MonitoringRound, Observation, ObservationPhoto
from pathbook.uptake.models.observation import as_rows
from pathbook.uptake.queries.to_look_at import Place, places
from pathbook.uptake.ready import Look


class NobodyToDrawError(Exception):
    """There is nothing of that kind to look at; the sentence says what to do."""


class SeenMeanwhileError(Exception):
    """Somebody else wrote it down meanwhile."""


@dataclass(frozen=True, slots=True)
class Plan:
    """What the careers leader decides about a round. No subjects: all of them."""

    kind: str
    looks: Sequence[Look]
    subjects: Sequence[str]
    how_many: int


@dataclass(frozen=True, slots=True)
class Seen:
    """What was seen of one: look -> seen, partly or not seen; one sentence; a photograph already drawn anew."""

    found: Mapping[str, str]
    words: str = ""
    photo: bytes | None = None


@transaction.atomic
def plan_round(
    *, plan: Plan, school: Institution, by: Viewer, at: datetime, on: date, seed: int | None = None
) -> MonitoringRound:
    """Its sample is drawn at once, by lot. Raises NobodyToDrawError."""
    made = MonitoringRound.objects.create(
        institution=school, kind=plan.kind, looks_for=as_rows(plan.looks), subjects=list(plan.subjects),
        how_many=plan.how_many, seed=_by_lot() if seed is None else seed, drawn_on=on, recorded_by=by.name, recorded_at=at,
    )  # fmt: skip
    if not _draw(made, on):
        raise NobodyToDrawError(
            "Nobody on the roll studies that today. Choose other subjects, or bring in the roll first."
        )
    _note(Verb.CREATED, made, by, at)
    return made


@transaction.atomic
def draw_again(*, of: MonitoringRound, by: Viewer, at: datetime, on: date) -> None:
    """Another sample for what is still to be looked at; what was seen stays. How often it was done is kept and shown."""
    locked = MonitoringRound.objects.select_for_update().get(pk=of.pk)
    before = locked.seed
    locked.seed, locked.draws, locked.drawn_on = _by_lot(), locked.draws + 1, on
    locked.save(update_fields=["seed", "draws", "drawn_on"])
    Observation.objects.waiting().filter(round=locked).delete()
    _draw(locked, on)
    _note(Verb.CHANGED, locked, by, at, before={"seed": before}, after={"seed": locked.seed, "draws": locked.draws})


@transaction.atomic
def write_down(*, of: Observation, seen: Seen, version: int, by: Viewer, at: datetime, on: date) -> None:
    """Raises SeenMeanwhileError when it was written since `version` was shown. A new photograph takes the old one's place."""
    fresh = {"found": dict(seen.found), "words": seen.words, "seen_on": on, "seen_by": by.name, "version": version + 1}
    if not Observation.objects.filter(pk=of.pk, version=version).update(**fresh):
        raise SeenMeanwhileError("Somebody wrote this down meanwhile. Look at what they saw, then save again.")
    if seen.photo is not None:
        said = {"key": secrets.token_hex(6), "image": seen.photo, "recorded_by": by.name, "recorded_at": at}
        ObservationPhoto.objects.update_or_create(observation=of, defaults=said)
    _noted(Verb.CHANGED, of, by, at)


@transaction.atomic
def take_back(*, of: Observation, by: Viewer, at: datetime) -> None:
    """As if it had not been looked at yet; its photograph is gone."""
    ObservationPhoto.objects.filter(observation=of).delete()
    empty: dict[str, object] = {"found": {}, "words": "", "seen_on": None, "seen_by": "", "version": of.version + 1}
    Observation.objects.filter(pk=of.pk).update(**empty)
    _noted(Verb.REMOVED, of, by, at)


def _draw(of: MonitoringRound, on: date) -> int:
    """Fill the round up with what it has not seen; how many."""
    seen = list(Observation.objects.filter(round=of).order_by("number"))
    known = places(of.institution, of.kind, of.subjects, on=on)
    were = {(row.student_id, row.year_group, row.form, "" if row.student_id else row.subject) for row in seen}
    free = {
        id: one for id, one in known.items()
        if (one.student, one.year_group, one.form, "" if one.student else "".join(one.candidate.choices)) not in were
    }  # fmt: skip
    drawn = draw((one.candidate for one in free.values()), max(0, of.how_many - len(seen)), seed=of.seed)
    numbers = (n for n in range(1, of.how_many + 1) if n not in {row.number for row in seen})
    rows = [_row(of, number, free[one.candidate.id], one.choice) for number, one in zip(numbers, drawn, strict=False)]
    Observation.objects.bulk_create(rows)
    return len(rows)


def _row(of: MonitoringRound, number: int, place: Place, subject: str) -> Observation:
    return Observation(
        round=of, number=number, student_id=place.student, year_group=place.year_group, form=place.form, subject=subject
    )


def _by_lot() -> int:
    return secrets.randbelow(1_000_000)


def _note(verb: Verb, of: MonitoringRound, by: Viewer, at: datetime, **detail: object) -> None:
    record.changes(by=by, at=at, of=[record.Change(verb, "monitoring round", of.pk, None, detail)])


def _noted(verb: Verb, of: Observation, by: Viewer, at: datetime) -> None:
    record.changes(by=by, at=at, of=[record.Change(verb, "observation", of.pk, of.student_id)])
