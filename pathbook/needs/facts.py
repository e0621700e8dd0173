"""The bridge: rows become the facts the rules ask for, six queries beside those of records.facts, whatever the number."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from typing import Any, cast

from django.db.models import Case, CharField, F, Q, QuerySet, Value, When
from django.db.models.functions import Cast

from pathbook.framework.facts import ActivityFacts
from pathbook.framework.judge import judge_facts
from pathbook.framework.needs.facts import (
    Circumstances,
    Hope,
    NeedFacts,
    NextReview,
    Offer,
    OpenAction,
    OpenBarrier,
    SaidUnsure,
)
from pathbook.framework.years import AcademicYear
from pathbook.people.audience import audience_of
from pathbook.people.models import Enrolment, Institution
from pathbook.records import models as records
from pathbook.records.facts import OnRoll, student_facts
from pathbook.uptake.models import SurveyResponse

MEETING, ACTION, HOPE, OFFER, BARRIER, REVIEW = "meeting", "action", "hope", "offer", "barrier", "review"
ANSWER = "answer"
Row = tuple[str, date | None, str, str]  # id, day, and two things more, as each kind has them
Rows = Mapping[tuple[int, str], list[Row]]
OWNERS = dict(records.Action.Owner.choices)
STANDING = (records.Offer.Status.OFFERED, records.Offer.Status.ACCEPTED)


def need_facts(
    roll: Sequence[OnRoll],
    *,
    as_of: date,
    school: Institution,
    set_id: str,
    everyone: bool = False,
    activities: Mapping[int, ActivityFacts] | None = None,
) -> tuple[NeedFacts, ...]:
    """Facts of these students, in order. `everyone`: the roll is the whole population; `activities`: the school's, if read."""
    facts = student_facts(roll, as_of=as_of, school=school, everyone=everyone, activities=activities)
    judged = judge_facts(facts, set_id, as_of, audience_of(school.kind))
    enrolled = Enrolment.objects.main().current(as_of).filter(institution=school)
    whose: dict[str, Any] = {"student__in": enrolled.values("student") if everyone else [one.pk for one in roll]}
    said = _said(whose, as_of)
    circumstances = _circumstances(enrolled.filter(**whose))
    return tuple(
        NeedFacts(
            student,
            verdicts,
            circumstances.get(one.pk, Circumstances()),
            {id: day for id, day, _, _ in said.get((one.pk, MEETING), ()) if day},
            frozenset(id for id, _, no_next, _ in said.get((one.pk, MEETING), ()) if no_next),
            tuple(_actions(said.get((one.pk, ACTION), ()))),
            _hope(said.get((one.pk, HOPE), ())),
            tuple(_barriers(said.get((one.pk, BARRIER), ()))),
            _review(said.get((one.pk, REVIEW), ())),
            tuple(Offer(id, status in STANDING) for id, _, status, _ in sorted(said.get((one.pk, OFFER), ()))),
            _unsure(said.get((one.pk, ANSWER), ())),
        )
        for one, student, verdicts in zip(roll, facts, judged, strict=True)
    )


def _circumstances(enrolled: QuerySet[Enrolment]) -> dict[int, Circumstances]:
    rows = enrolled.values_list("student_id", "sen", "looked_after", "eal", "young_carer", "fsm")
    return {student: Circumstances(sen, care, eal, carer, meals) for student, sen, care, eal, carer, meals in rows}


def _said(whose: Mapping[str, Any], as_of: date) -> Rows:
    """Meetings not held, open actions, aspirations, offers, barriers, reviews to come and answers, in one statement."""
    first = AcademicYear.of(as_of).first_day
    rows = _coded(records.GuidanceMeeting.objects.filter(**whose, status__in=("booked", "not_attended")),
                  MEETING, F("key"), "planned_on", F("no_next")).union(
        _coded(records.Action.objects.filter(_open("closed_on", as_of), **whose, agreed_on__lte=as_of),
               ACTION, F("key"), "due_on", F("what"), F("owner")),
        _coded(records.Aspiration.objects.filter(**whose, said_on__lte=as_of),
               HOPE, _text("pk"), "said_on", F("pathway"), F("sector")),
        _coded(records.Offer.objects.filter(**whose, on__range=(first, as_of)), OFFER, F("key"), "on", F("status")),
        _coded(records.Barrier.objects.filter(_open("eased_on", as_of), **whose, said_on__lte=as_of),
               BARRIER, F("key"), "said_on", F("kind"), _text("ease_by")),
        _coded(records.AnnualReview.objects.to_come().filter(**whose), REVIEW, _text("pk"), "due_on"),
        _coded(SurveyResponse.objects.filter(**whose, is_unsure__isnull=False, said_on__range=(first, as_of)),
               ANSWER, F("key"), "said_on", Case(When(is_unsure=True, then=Value("unsure")), default=Value(""))),
        all=True,
    )  # fmt: skip
    found: dict[tuple[int, str], list[Row]] = defaultdict(list)
    for student, what, id, day, one, other in rows:
        found[student, what].append((id, _day(day), one, other or ""))
    return found


def _coded(rows: QuerySet[Any], what: str, id: Any, day: str, one: Any = None, other: Any = None) -> QuerySet[Any]:
    nothing = Value("", CharField())
    named = rows.order_by().annotate(
        said_as=Value(what, CharField()),
        said_id=id,
        said_day=_text(day),
        said_one=one or nothing,
        said_other=other or nothing,
    )
    return cast(
        QuerySet[Any], named.values_list("student_id", "said_as", "said_id", "said_day", "said_one", "said_other")
    )


def _text(field: str) -> Cast:
    return Cast(field, CharField())


def _open(closed: str, as_of: date) -> Q:
    return Q(**{f"{closed}__isnull": True}) | Q(**{f"{closed}__gt": as_of})


def _day(text: str | None) -> date | None:
    return date.fromisoformat(text) if text else None


def _actions(rows: Iterable[Row]) -> Iterable[OpenAction]:
    return (OpenAction(id, what, OWNERS.get(owner, owner), due) for id, due, what, owner in sorted(rows) if due)


def _hope(rows: Iterable[Row]) -> Hope | None:
    """The latest; of two said the same day, the one written later."""
    last = max(((day, int(id), pathway, sector) for id, day, pathway, sector in rows if day), default=None)
    return Hope(str(last[1]), last[0], last[2], last[3]) if last else None


def _barriers(rows: Iterable[Row]) -> Iterable[OpenBarrier]:
    return (OpenBarrier(id, kind, since, _day(by)) for id, since, kind, by in sorted(rows) if since)


def _review(rows: Iterable[Row]) -> NextReview | None:
    return next((NextReview(id, day) for id, day, _, _ in rows if day), None)


def _unsure(rows: Iterable[Row]) -> SaidUnsure | None:
    """The latest answer counts; one that is sure takes back an earlier one that was not."""
    last = max(((day, id, said) for id, day, said, _ in rows if day), default=None)
    return SaidUnsure(last[1], last[0]) if last and last[2] else None
